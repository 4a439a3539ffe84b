import { api, attempt } from '#lib/api.ts'
import type { Site } from '#lib/shapes.ts'
import type { LayoutServerLoad } from './$types.js'

export const load: LayoutServerLoad = async ({ fetch }) => {
  const { data } = await attempt(api(fetch).get<Site>('/public/site'))
  return { site: data ?? { demo: false, name: 'Lá Chắn' } }
}
