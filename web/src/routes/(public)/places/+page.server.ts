import { api, orErrorPage } from '#lib/api.ts'
import type { OwnPlace, Page } from '#lib/shapes.ts'
import { citizenOf } from '../me/citizen.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  citizenOf(me, url)
  return { places: (await orErrorPage(api(fetch).get<Page<OwnPlace>>('/me/places'), url)).items }
}
