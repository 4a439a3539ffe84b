import { error } from '@sveltejs/kit'
import { api, orErrorPage } from '#lib/api.ts'
import type { EntryDecision } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { citizenOf } from '../../me/citizen.ts'
import { listPeople } from '../../me/people.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  const holder = citizenOf(me, url)
  const personId = url.searchParams.get('for') ?? holder.id
  const person = (await listPeople(fetch, url)).find(({ id }) => id === personId)
  if (!person) error(404, { message: m.details_unknown(), code: 'person.unknown' })
  const query = { personId }
  return {
    person,
    decision: await orErrorPage(api(fetch).get<EntryDecision>('/me/status', { params: { query } })),
  }
}
