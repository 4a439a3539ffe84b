import { api, orErrorPage } from '#lib/api.ts'
import type { OwnVisit } from '#lib/matching.ts'
import type { Page, PublicNotice, Visit } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { listPeople } from '../me/people.ts'
import type { PageServerLoad } from './$types.js'

const DAY = /^\d{4}-\d\d-\d\d$/
/** No notice reaches further back. */
const LOOK_BACK_MS = 92 * 86_400_000

/**
 * The visits of everybody on the phone come with the page, whoever opens it: to compare them the browser asks the server
 * for nothing more, so the server does not know who compares.
 */
async function listVisits(fetch: typeof globalThis.fetch): Promise<OwnVisit[]> {
  const people = await listPeople(fetch)
  const since = Date.now() - LOOK_BACK_MS
  const lists = await Promise.all(
    people.map(async ({ id, isHolder, name }) => {
      const query = { personId: id, limit: 1000 }
      const { items } = await orErrorPage(api(fetch).get<Page<Visit>>('/me/visits', { params: { query } }))
      const whose = people.length === 1 ? null : isHolder ? m.me_self() : (name ?? m.me_nameless())
      return items
        .filter(({ leftAt }) => Date.parse(leftAt) > since)
        .map(({ place, arrivedAt, leftAt }) => ({ whose, placeId: place.id, from: arrivedAt, to: leftAt }))
    }),
  )
  return lists.flat()
}

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  const asked = (name: string) => url.searchParams.get(name)?.trim() || undefined
  const [day, cursor] = [asked('day'), asked('cursor')].map((text) =>
    text && DAY.test(text) ? text : undefined,
  )
  const q = asked('q')?.slice(0, 100)
  const query = { q, day, cursor }
  const notices = await orErrorPage(
    api(fetch).get<Page<PublicNotice>>('/public/notices', { params: { query } }),
  )
  return { notices, query, visits: me?.kind === 'citizen' ? await listVisits(fetch) : null }
}
