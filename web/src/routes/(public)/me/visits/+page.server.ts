import { error } from '@sveltejs/kit'
import { api, orErrorPage } from '#lib/api.ts'
import type { Page, Visit } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { citizenOf } from '../citizen.ts'
import { listPeople } from '../people.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  const holder = citizenOf(me, url)
  const people = await listPeople(fetch, url)
  const personId = url.searchParams.get('person') ?? holder.id
  const person = people.find(({ id }) => id === personId)
  if (!person) error(404, { message: m.details_unknown(), code: 'person.unknown' })
  const query = { personId, cursor: url.searchParams.get('cursor'), limit: 20 }
  return {
    people,
    person,
    visits: await orErrorPage(api(fetch).get<Page<Visit>>('/me/visits', { params: { query } })),
  }
}
