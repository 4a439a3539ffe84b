import { fail, redirect } from '@sveltejs/kit'
import { api, attempt } from '#lib/api.ts'
import { safeNext } from '#lib/session.ts'
import type { Actions, PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ url, parent }) => {
  const next = safeNext(url.searchParams.get('next'), '/me')
  const { me } = await parent()
  if (me?.kind === 'citizen') redirect(303, next)
  return { next }
}

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()

export const actions: Actions = {
  /** Step 1: send a code to the phone. */
  code: async ({ request, fetch }) => {
    const phone = text(await request.formData(), 'phone')
    const { data, problem } = await attempt(
      api(fetch).post<{ challengeId: string; resendAfterSeconds: number }>('/phone-codes', {
        body: { phone },
      }),
    )
    if (problem) return fail(problem.status, { step: 'phone' as const, phone, challengeId: '', problem })
    return { step: 'code' as const, phone, challengeId: data.challengeId, problem: undefined }
  },
  /** Step 2: the code that came. The session cookie of the API's answer reaches the browser by itself. */
  confirm: async ({ request, fetch, url }) => {
    const form = await request.formData()
    const challengeId = text(form, 'challengeId')
    const phone = text(form, 'phone')
    const code = text(form, 'code').replace(/\D/g, '')
    const { problem } = await attempt(api(fetch).post('/phone-sessions', { body: { challengeId, code } }))
    if (problem) return fail(problem.status, { step: 'code' as const, phone, challengeId, problem })
    redirect(303, safeNext(url.searchParams.get('next'), '/me'))
  },
}
