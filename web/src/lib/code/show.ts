// The only script of one's own code. Where the phone can make codes by itself it does: a new one every half minute,
// with or without the network. Where it cannot, the page asks for a new one while its code is still good.

import { type CodeDecision, stepAt, stepEnd } from '@lachan/contract/codes.ts'
import { drawQr } from '#lib/qr.ts'
import { sayHint } from './hint.ts'
import { Phone } from './phone.ts'

const RENEW_MS = 10 * 60_000

let phone: Phone | undefined
let shownStep = 0
let renewedAt = 0
let asking = false

const find = <E extends Element>(selector: string) => document.querySelector<E>(selector)
const figure = () => find<HTMLElement>('figure[data-lasts]')

/** `06/12, 17:00`, by the clock of the place, whatever the phone is set to. */
const sayTime = (at: Date) =>
  at.toLocaleString('en-GB', {
    timeZone: 'Asia/Ho_Chi_Minh',
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })

function draw(text: string) {
  const { size, path } = drawQr(text, 'L')
  const svg = find<SVGElement>('figure[data-lasts] svg')
  svg?.setAttribute('viewBox', `0 0 ${size} ${size}`)
  for (const side of ['width', 'height']) svg?.querySelector('rect')?.setAttribute(side, String(size))
  svg?.querySelector('path')?.setAttribute('d', path)
}

/** The decision on the code ends by itself: a gate without network then asks to declare. */
function sayDecision(decision: CodeDecision | null, now: number) {
  const line = find<HTMLElement>('[data-said]')
  if (!line) return
  const { green = '', yellow = '', red = '', over = '' } = line.dataset
  const isOver = decision?.until ? decision.until.getTime() <= now : false
  const words = isOver ? over : { green, yellow, red }[decision?.status ?? 'yellow']
  line.textContent = words.replace('{at}', decision?.until ? sayTime(decision.until) : '')
  line.hidden = false
}

/** Shows the phone's own code; false when it has none for this person. */
async function showOwn(shown: HTMLElement): Promise<boolean> {
  const certificates = phone?.listCertificates() ?? []
  listPeople(
    certificates.map(({ personId, hint }) => ({ personId, who: sayHint(hint) })),
    shown,
  )
  const certificate = certificates.find(({ personId }) => personId === shown.dataset.person)
  if (!phone || !certificate) return false
  const { now } = phone
  const step = stepAt(new Date(now))
  if (step.getTime() !== shownStep) {
    const text = await phone.makeCode(certificate.personId, step)
    if (!text) return false
    draw(text)
    shownStep = step.getTime()
    const who = find('[data-who]')
    if (who) who.textContent = sayHint(certificate.hint)
    shown.toggleAttribute('data-over', false)
    shown.toggleAttribute('data-live', true)
  }
  sayDecision(certificate.decision, now)
  const seconds = find('[data-seconds]')
  if (seconds) seconds.textContent = String(Math.ceil((stepEnd(step).getTime() - now) / 1000))
  return true
}

/** On the page for the time without network nobody is named: who is on this phone is found here. */
function listPeople(people: { personId: string; who: string }[], shown: HTMLElement) {
  const list = find<HTMLElement>('[data-people]')
  if (!list) return
  const none = find<HTMLElement>('[data-none]')
  if (none) none.hidden = people.length > 0
  shown.hidden = people.length === 0
  const [first] = people
  if (!people.some(({ personId }) => personId === shown.dataset.person)) {
    shownStep = 0
    shown.dataset.person = first?.personId ?? ''
  }
  const wanted = people.map(({ personId }) => personId).join()
  if (list.dataset.people === wanted) return
  list.dataset.people = wanted
  list.hidden = people.length < 2
  list.replaceChildren(
    ...people.map(({ personId, who }) => {
      const button = document.createElement('button')
      button.textContent = who || '…'
      button.ariaPressed = String(personId === shown.dataset.person)
      button.addEventListener('click', () => {
        for (const one of list.children) (one as HTMLElement).ariaPressed = String(one === button)
        shown.dataset.person = personId
        shownStep = 0
        look()
      })
      return button
    }),
  )
}

/** Takes a new code of the server from a page that shows nothing else: it needs neither words nor drawing. */
async function showServers(shown: HTMLElement) {
  const source = shown.querySelector('a')?.href
  const { dataset } = shown
  const lasts = Number(dataset.lasts)
  if (!source || lasts === 0) return
  dataset.since ??= String(Date.now())
  const left = lasts - (Date.now() - Number(dataset.since))
  shown.toggleAttribute('data-live', false)
  shown.toggleAttribute('data-over', left <= 0)
  // Renewed while it can still be used, so that nobody is stopped at a door.
  if (document.hidden || left > lasts / 2 || asking) return
  asking = true
  try {
    const page = new DOMParser().parseFromString(await (await fetch(source)).text(), 'text/html')
    const fresh = page.querySelector('figure[data-lasts]')
    // Signed out meanwhile, or no longer on this phone: then there is none, and the old one runs out.
    if (fresh) shown.replaceWith(document.adoptNode(fresh))
  } catch {
    // No network just now: asked again at the next look.
  }
  asking = false
}

async function renew() {
  // On the page for the time without network nobody need be signed in.
  if (!phone || (!phone.deviceId && find('[data-none]'))) return
  if (!navigator.onLine || document.hidden || Date.now() - renewedAt < RENEW_MS) return
  renewedAt = Date.now()
  try {
    await phone.renew()
    shownStep = 0
  } catch {
    // What it has is good for days; asked again in a minute.
    renewedAt += 60_000 - RENEW_MS
  }
}

async function look() {
  const shown = figure()
  if (!shown) return
  try {
    if (await showOwn(shown)) return
  } catch {
    phone = undefined
  }
  await showServers(shown)
}

async function start() {
  if (import.meta.env.PROD) navigator.serviceWorker?.register('/service-worker.js').catch(() => {})
  try {
    phone = await Phone.open()
  } catch {
    // A private window keeps nothing.
  }
  const leaving = find<HTMLInputElement>('input[name=device]')
  if (leaving && phone) {
    leaving.value = phone.deviceId ?? ''
    leaving.form?.addEventListener('submit', () => phone?.forget())
    return
  }
  await look()
  setInterval(() => {
    renew()
    look()
  }, 1000)
  for (const what of ['visibilitychange', 'online']) addEventListener(what, look)
  await renew()
  await look()
}

start()
