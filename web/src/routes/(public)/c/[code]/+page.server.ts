import { fail, redirect } from '@sveltejs/kit'
import { api, attempt, orErrorPage, type ProblemBody } from '#lib/api.ts'
import type { EntryDecision, Inside, Page, PublicPlace, Visit, VisitResult } from '#lib/shapes.ts'
import { listPeople } from '../../me/people.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.js'

type Fetch = typeof globalThis.fetch
type Direction = 'in' | 'out'

/** A screen that says "you have just left" is of use at the door, not the day after. */
const JUST_NOW_MS = 15 * 60_000

/** What a poster or a screen adds to the address of its place; it goes along until the check-in is made. */
function marksOf(url: URL): { p?: string; s?: string } {
  const [p, s] = [url.searchParams.get('p'), url.searchParams.get('s')]
  return { ...(p === null ? {} : { p }), ...(s === null ? {} : { s }) }
}

const withQuery = (address: string, query: string | URLSearchParams) =>
  String(query) ? `${address}${address.includes('?') ? '&' : '?'}${query}` : address

export const load: PageServerLoad = async ({ params, url, fetch, parent }) => {
  const path = { code: params.code }
  const query = marksOf(url)
  const place = await orErrorPage(
    api(fetch).get<PublicPlace>('/public/places/{code}', { params: { path, query } }),
  )
  // One address for each place, however its code was typed.
  if (place.code !== params.code) redirect(303, `/c/${place.code}${url.search}`)
  const here = withQuery(`/c/${place.code}`, new URLSearchParams(query))
  const go = withQuery(here, 'go')
  /** Before the name of an action: its address keeps what the poster says. */
  const marks = `?${new URLSearchParams(query)}${Object.keys(query).length > 0 ? '&' : ''}`

  const { me } = await parent()
  if (me?.kind !== 'citizen' || !me.person)
    return {
      place,
      here,
      go,
      marks,
      holder: null,
      people: [],
      left: null,
      isReady: false,
      isAside: false,
      isFull: false,
    }
  const holder = me.person

  const onTheWay = url.searchParams.has('go')
  const wayBack = encodeURIComponent(onTheWay ? go : here)
  if (onTheWay && !holder.complete) redirect(303, `/me/people/${holder.id}?next=${wayBack}`)
  const people = await listHere(fetch, place.code)
  if (onTheWay && !people.find((person) => person.isHolder)?.decision.declaration) {
    redirect(303, `/declare/general?for=${holder.id}&next=${encodeURIComponent(withQuery(here, 'ready'))}`)
  }
  const left = await findLeft(fetch, url, place.code, people)
  return {
    place,
    here,
    go,
    marks,
    holder,
    people,
    left,
    isReady: url.searchParams.has('ready'),
    isAside: url.searchParams.has('aside'),
    isFull: url.searchParams.has('full'),
  }
}

/** Everybody on this phone: how they stand, and since when they are inside here. */
async function listHere(fetch: Fetch, code: string) {
  const [people, inside] = await Promise.all([
    listPeople(fetch),
    orErrorPage(api(fetch).get<Page<Inside>>('/me/inside')),
  ])
  return Promise.all(
    people.map(async ({ id, name, isHolder, complete }) => {
      const query = { personId: id }
      const decision = await orErrorPage(api(fetch).get<EntryDecision>('/me/status', { params: { query } }))
      const stay = inside.items.find((item) => item.place.code === code && item.person.id === id)
      return {
        id,
        name,
        isHolder,
        complete,
        decision,
        arrivedAt: stay?.arrivedAt ?? null,
        ids: { in: crypto.randomUUID(), out: crypto.randomUUID() },
      }
    }),
  )
}

/** Those who left a moment ago, as the address says after a check-out. */
async function findLeft(fetch: Fetch, url: URL, code: string, people: { id: string; name: string | null }[]) {
  const at = new Date(url.searchParams.get('left') ?? '')
  if (Number.isNaN(at.getTime()) || Math.abs(Date.now() - at.getTime()) > JUST_NOW_MS) return null
  const who = new Set(url.searchParams.getAll('who'))
  const stays = people
    .filter(({ id }) => who.has(id))
    .map(async ({ id, name }) => {
      const query = { personId: id, limit: 5 }
      const { items } = await orErrorPage(api(fetch).get<Page<Visit>>('/me/visits', { params: { query } }))
      const stay = items.find(
        (visit) => visit.place.code === code && !visit.estimated && isNear(visit.leftAt, at),
      )
      return { id, name, stay: stay ? { arrivedAt: stay.arrivedAt, leftAt: stay.leftAt } : null }
    })
  return { at: at.toISOString(), people: await Promise.all(stays) }
}

const isNear = (moment: string, at: Date) => Math.abs(Date.parse(moment) - at.getTime()) < 10_000

/** Writes one person's scan. The page made its id, so that a double tap is one scan. */
async function recordVisit(
  fetch: Fetch,
  id: string,
  place: { code: string; scanned: string },
  direction: Direction,
  person: { personId: string; metresAway?: number },
) {
  const put = (visit: string) =>
    attempt(
      api(fetch).put<VisitResult>('/visits/{id}', {
        params: { path: { id: visit } },
        body: { placeCode: place.scanned, direction, at: new Date().toISOString(), ...person },
      }),
    )
  const answer = await put(id)
  if (answer.problem?.code !== 'visit.idTaken') return told(answer)
  // The same button again: a second tap changes nothing, but a page that stayed open since yesterday means a new visit.
  const { items } = await orErrorPage(api(fetch).get<Page<Inside>>('/me/inside'))
  const inside = items.some((item) => item.place.code === place.code && item.person.id === person.personId)
  const again = inside === (direction === 'in') ? undefined : await put(crypto.randomUUID())
  return told(again)
}

/** What to say of a visit beside that it is recorded. */
const told = (answer: { data?: VisitResult | undefined; problem?: ProblemBody | undefined } | undefined) => ({
  problem: answer?.problem,
  isAside: answer?.data?.setAside !== undefined,
  isFull: answer?.data?.full === true,
})

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function record({ request, fetch, params, url }: RequestEvent, direction: Direction) {
  const form = await request.formData()
  const scanned = withQuery(`${url.origin}/c/${params.code}`, new URLSearchParams(marksOf(url)))
  const who = form.getAll('who').map(String)
  if (who.length === 0) return fail(422, { nobody: true, who, problem: undefined })
  const metresAway = Number(form.get('metresAway') || Number.NaN)
  const far = Number.isInteger(metresAway) ? { metresAway } : {}
  let problem: ProblemBody | undefined
  let isAside = false
  let isFull = false
  for (const personId of who) {
    const given = String(form.get(`${direction}:${personId}`) ?? '')
    const id = UUID.test(given) ? given : crypto.randomUUID()
    if (problem) break
    const visit = await recordVisit(fetch, id, { code: params.code, scanned }, direction, {
      personId,
      ...far,
    })
    problem = visit.problem
    isAside ||= visit.isAside
    isFull ||= visit.isFull
  }
  const here = `/c/${params.code}`
  if (problem?.status === 401) redirect(303, `/signin?next=${encodeURIComponent(here)}`)
  if (problem) return fail(problem.status, { nobody: false, who, problem })
  if (direction === 'in') {
    const said = [isAside ? 'aside' : '', isFull ? 'full' : ''].filter(Boolean).join('&')
    redirect(303, said ? `${here}?${said}` : here)
  }
  const left = new URLSearchParams([['left', new Date().toISOString()], ...who.map((id) => ['who', id])])
  redirect(303, `${here}?${left}`)
}

export const actions: Actions = {
  in: (event) => record(event, 'in'),
  out: (event) => record(event, 'out'),
}
