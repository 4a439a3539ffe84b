import { error, fail, redirect } from '@sveltejs/kit'
import { api, attempt } from '#lib/api.ts'
import { findAreasForForm } from '#lib/areas.ts'
import { safeNext } from '#lib/session.ts'
import type { Person } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { citizenOf, fieldErrors } from '../../citizen.ts'
import { listPeople } from '../../people.ts'
import { findChosen, readDetails } from '../details.ts'
import type { Actions, PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ params, parent, url, fetch }) => {
  const { me } = await parent()
  citizenOf(me, url)
  const person = (await listPeople(fetch, url)).find(({ id }) => id === params.id)
  if (!person) error(404, { message: m.details_unknown(), code: 'person.unknown' })
  return { person, next: url.searchParams.has('next') ? safeNext(url.searchParams.get('next'), '/me') : null }
}

export const actions: Actions = {
  save: async ({ request, fetch, params, url }) => {
    const { values, errors, body } = readDetails(await request.formData())
    const found = await findChosen(fetch, values.areaCode)
    if (Object.keys(errors).length > 0) return fail(422, { values, errors, found, problem: undefined })
    const path = { id: params.id }
    const { problem } = await attempt(api(fetch).patch<Person>('/people/{id}', { params: { path }, body }))
    if (problem) return fail(problem.status, { values, errors: fieldErrors(problem), found, problem })
    redirect(303, safeNext(url.searchParams.get('next'), '/me'))
  },
  area: async ({ request, fetch }) => {
    const { values, areas } = await findAreasForForm(fetch, await request.formData())
    return { values, errors: {}, found: areas, problem: undefined }
  },
}
