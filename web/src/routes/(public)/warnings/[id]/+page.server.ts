import { api, orErrorPage } from '#lib/api.ts'
import type { Warning } from '#lib/shapes.ts'
import { citizenOf } from '../../me/citizen.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, params, parent, url }) => {
  const { me } = await parent()
  citizenOf(me, url)
  const path = { id: params.id }
  return {
    warning: await orErrorPage(api(fetch).get<Warning>('/me/warnings/{id}', { params: { path } }), url),
  }
}
