import { redirect } from '@sveltejs/kit'
import { api } from '#lib/api.ts'
import type { Me } from '#lib/shapes.ts'
import type { LayoutLoad } from './$types.js'

/** Nobody sees a desk without an account. What each may see is decided by the API, request by request. */
export const load: LayoutLoad = async ({ fetch, url, untrack }) => {
  const me = await api(fetch).get<Me>('/me')
  if (!me.account) {
    const next = untrack(() => url.pathname + url.search)
    redirect(303, `/console/signin?next=${encodeURIComponent(next)}`)
  }
  return { me, account: me.account }
}
