import { api, orErrorPage } from '#lib/api.ts'
import type { OwnPlace, Page } from '#lib/shapes.ts'
import { citizenOf } from '../me/citizen.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  citizenOf(me, url)
  const query = { cursor: url.searchParams.get('cursor'), limit: 50 }
  const page = await orErrorPage(api(fetch).get<Page<OwnPlace>>('/me/places', { params: { query } }), url)
  return { places: page.items, next: page.next }
}
