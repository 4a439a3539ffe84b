import { error } from '@sveltejs/kit'
import { getCode } from '#lib/code/shown.ts'
import { m } from '#paraglide/messages.js'
import { citizenOf } from '../citizen.ts'
import { listPeople } from '../people.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  const personId = url.searchParams.get('person') ?? citizenOf(me, url).id
  const person = (await listPeople(fetch, url)).find(({ id }) => id === personId)
  if (!person) error(404, { message: m.details_unknown(), code: 'person.unknown' })
  return { code: await getCode(fetch, person, url), name: person.name ?? '' }
}
