import { api, orErrorPage } from '#lib/api.ts'
import { safeNext } from '#lib/session.ts'
import type { DeclarationForm, EntryDecision, Page } from '#lib/shapes.ts'
import { citizenOf } from '../me/citizen.ts'
import { listPeople } from '../me/people.ts'
import type { PageServerLoad } from './$types.js'

/** For whom, and how each of them stands. */
export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  citizenOf(me, url)
  const [people, forms] = await Promise.all([
    listPeople(fetch, url),
    orErrorPage(api(fetch).get<Page<Pick<DeclarationForm, 'id' | 'version' | 'title'>>>('/forms')),
  ])
  const standing = people.map(async (person) => {
    const query = { personId: person.id }
    return {
      ...person,
      decision: await orErrorPage(api(fetch).get<EntryDecision>('/me/status', { params: { query } })),
    }
  })
  const next = url.searchParams.get('next')
  return { people: await Promise.all(standing), forms: forms.items, next: next && safeNext(next, '/me') }
}
