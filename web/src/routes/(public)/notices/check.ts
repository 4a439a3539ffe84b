// The only script of the page of notices. It reads the whole public list, without saying who asks, and compares it with
// the visits that came with the page. Nothing of that leaves the phone: no place, no person, no result.

import { findMatches, type OwnVisit, type Published } from '#lib/matching.ts'

const LIST = '/api/v1/public/notices?days=31'
/** No list is so long; a server that never ends must not keep a phone busy. */
const MOST_PAGES = 40

const box = document.querySelector<HTMLElement>('[data-check]')
const locale = document.documentElement.lang === 'en' ? 'en' : 'vi'
const words = (name: string) => box?.dataset[name] ?? ''

const when = (at: number, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', {
    timeZone: 'Asia/Ho_Chi_Minh',
    ...options,
  }).format(at)
const time = (at: number) => when(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

async function readList(): Promise<Published[]> {
  const list: Published[] = []
  for (let cursor = '', page = 0; page < MOST_PAGES; page++) {
    const answer = await fetch(LIST + cursor, { credentials: 'omit', referrerPolicy: 'no-referrer' })
    if (!answer.ok) throw new Error(String(answer.status))
    const { items, next } = (await answer.json()) as { items: Published[]; next: string | null }
    list.push(...items)
    if (!next) return list
    cursor = `&cursor=${next}`
  }
  return list
}

const paragraph = (text: string, className = '') =>
  Object.assign(document.createElement('p'), { textContent: text, className })

async function check(button: HTMLButtonElement, result: HTMLElement) {
  button.disabled = true
  result.replaceChildren(paragraph(words('going')))
  try {
    const list = await readList()
    const began = performance.now()
    const visits = JSON.parse(words('visits')) as OwnVisit[]
    const matches = findMatches(list, visits)
    result.dataset.took = String(Math.ceil(performance.now() - began))
    result.dataset.state = matches.length > 0 ? 'found' : 'none'
    const counted = words(matches.length > 0 ? 'found' : 'none')
      .replace('{matches}', String(matches.length))
      .replace('{visits}', String(visits.length))
      .replace('{lines}', String(list.length))
    const rows = matches.map(({ notice, visit, from, to }) => {
      const item = document.createElement('li')
      const name = document.createElement('strong')
      name.textContent = notice.place?.name ?? ''
      const day = when(from, { day: '2-digit', month: '2-digit', year: 'numeric' })
      const facts = [`${day}, ${time(from)} – ${time(to)}`, notice.disease[locale], visit.whose].filter(
        Boolean,
      )
      item.append(name, paragraph(facts.join(' · ')))
      return item
    })
    const found = document.createElement('ul')
    found.append(...rows)
    result.replaceChildren(
      paragraph(counted, 'told'),
      ...(rows.length > 0 ? [found] : []),
      paragraph(words(rows.length > 0 ? 'act' : 'still')),
    )
  } catch {
    result.dataset.state = 'failed'
    result.replaceChildren(paragraph(words('failed')))
  }
  button.disabled = false
}

const button = box?.querySelector<HTMLButtonElement>('button')
const result = box?.querySelector<HTMLElement>('[data-result]')
if (button && result) {
  button.hidden = false
  button.addEventListener('click', () => check(button, result))
}
