import { fail, redirect } from '@sveltejs/kit'
import { api, attempt } from '#lib/api.ts'
import { findAreasForForm } from '#lib/areas.ts'
import { safeNext } from '#lib/session.ts'
import type { Person } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { citizenOf, fieldErrors } from '../../citizen.ts'
import { findChosen, readDetails } from '../details.ts'
import type { Actions, PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ parent, url }) => {
  const { me } = await parent()
  const holder = citizenOf(me, url)
  const next = safeNext(url.searchParams.get('next'), '/me')
  if (!holder.complete)
    redirect(303, `/me/people/${holder.id}?next=${encodeURIComponent(url.pathname + url.search)}`)
  return { holder, next: url.searchParams.has('next') ? next : null }
}

export const actions: Actions = {
  save: async ({ request, fetch, url }) => {
    const { values, errors, body } = readDetails(await request.formData())
    const found = await findChosen(fetch, values.areaCode)
    if (!values.relation) errors.relation = m.details_relation_missing()
    if (Object.keys(errors).length > 0) return fail(422, { values, errors, found, problem: undefined })
    const relation = values.relation
    const { problem } = await attempt(api(fetch).post<Person>('/people', { body: { ...body, relation } }))
    if (problem) return fail(problem.status, { values, errors: fieldErrors(problem), found, problem })
    redirect(303, safeNext(url.searchParams.get('next'), '/me'))
  },
  area: async ({ request, fetch }) => {
    const { values, areas } = await findAreasForForm(fetch, await request.formData())
    return { values, errors: {}, found: areas, problem: undefined }
  },
}
