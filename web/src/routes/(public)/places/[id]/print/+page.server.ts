import { api, orErrorPage } from '#lib/api.ts'
import { drawQr } from '#lib/qr.ts'
import type { Place } from '#lib/shapes.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ params, fetch, url }) => {
  const path = { id: params.id }
  const place = await orErrorPage(api(fetch).get<Place>('/places/{id}', { params: { path } }), url)
  return { place, code: drawQr(place.checkInUrl, 'Q'), on: new Date().toISOString() }
}
