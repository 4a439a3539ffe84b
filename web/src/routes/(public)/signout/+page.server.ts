import { redirect } from '@sveltejs/kit'
import { api, attempt } from '#lib/api.ts'
import type { Actions } from './$types.js'

export const actions: Actions = {
  default: async ({ fetch, cookies }) => {
    await attempt(api(fetch).delete('/sessions/current'))
    cookies.delete('lachan_session', { path: '/' })
    redirect(303, '/')
  },
}
