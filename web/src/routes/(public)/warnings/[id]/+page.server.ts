import { api, orErrorPage } from '#lib/api.ts'
import { citizenOf } from '../../me/citizen.ts'
import { listPeople } from '../../me/people.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, params, parent, url }) => {
  const { me } = await parent()
  citizenOf(me, url)
  const path = { id: params.id }
  const [warning, people] = await Promise.all([
    orErrorPage(api(fetch).get('/me/warnings/{id}', { params: { path } }), url),
    listPeople(fetch, url),
  ])
  const { name = null } = people.find(({ id }) => id === warning.person.id) ?? {}
  return { warning, name, isShared: people.length > 1 }
}
