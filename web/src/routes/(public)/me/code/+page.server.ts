import { citizenOf } from '../citizen.ts'
import { getCode } from '../codes.ts'
import { listPeople } from '../people.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  const personId = url.searchParams.get('person') ?? citizenOf(me, url).id
  const [code, people] = await Promise.all([getCode(fetch, personId, url), listPeople(fetch, url)])
  return { code, name: people.find(({ id }) => id === personId)?.name ?? '' }
}
