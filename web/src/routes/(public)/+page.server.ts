import { api, attempt } from '#lib/api.ts'
import type { DemoAccounts } from '#lib/shapes.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent }) => {
  const { site } = await parent()
  if (!site.demo) return { demo: null }
  const { data } = await attempt(api(fetch).get<DemoAccounts>('/demo/accounts'))
  return { demo: data ?? null }
}
