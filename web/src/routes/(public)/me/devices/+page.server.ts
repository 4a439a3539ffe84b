import { fail, redirect } from '@sveltejs/kit'
import { api, attempt, orErrorPage } from '#lib/api.ts'
import type { Device, Page } from '#lib/shapes.ts'
import { citizenOf } from '../citizen.ts'
import type { Actions, PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  citizenOf(me, url)
  const { items } = await orErrorPage(api(fetch).get<Page<Device>>('/me/devices'), url)
  return { items, isRevoked: url.searchParams.has('revoked') }
}

export const actions: Actions = {
  revoke: async ({ request, fetch }) => {
    const path = { id: String((await request.formData()).get('id') ?? '') }
    const { problem } = await attempt(api(fetch).delete('/me/devices/{id}', { params: { path } }))
    // Revoked already, from another phone perhaps: that is what was wanted.
    if (problem && problem.status !== 404) return fail(problem.status, { problem })
    redirect(303, '/me/devices?revoked')
  },
}
