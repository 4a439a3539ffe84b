import { api, attempt } from '#lib/api.ts'
import type { Me } from '#lib/shapes.ts'
import type { LayoutServerLoad } from './$types.js'

/** Who looks at the page: a citizen by phone, an account of the staff, or nobody in particular. */
export const load: LayoutServerLoad = async ({ fetch }) => {
  const { data } = await attempt(api(fetch).get<Me>('/me'))
  return { me: data ?? null }
}
