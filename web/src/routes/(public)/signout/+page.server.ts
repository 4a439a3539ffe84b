import { redirect } from '@sveltejs/kit'
import { api, attempt } from '#lib/api.ts'
import type { Actions } from './$types.js'

export const actions: Actions = {
  default: async ({ request, fetch, cookies }) => {
    // The codes of this phone end with the sign-in: whoever has it next is somebody else.
    const id = String((await request.formData()).get('device') ?? '')
    if (id) await attempt(api(fetch).delete('/me/devices/{id}', { params: { path: { id } } }))
    await attempt(api(fetch).delete('/sessions/current'))
    cookies.delete('lachan_session', { path: '/' })
    redirect(303, '/')
  },
}
