import { fail, redirect } from '@sveltejs/kit'
import { api, attempt, orErrorPage } from '#lib/api.ts'
import { findAreasForForm } from '#lib/areas.ts'
import type { Page, Place, PlaceKind } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { citizenOf, fieldErrors } from '../../me/citizen.ts'
import { findChosen } from '../../me/people/details.ts'
import type { Actions, PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  const holder = citizenOf(me, url)
  const kinds = await orErrorPage(api(fetch).get<Page<PlaceKind>>('/place-kinds'))
  return { holder, kinds: kinds.items }
}

export const actions: Actions = {
  save: async ({ request, fetch }) => {
    const values: Record<string, string> = {}
    for (const [name, value] of await request.formData())
      if (typeof value === 'string') values[name] = value.trim()
    const { name, kind, areaCode, address, phone } = values
    const found = await findChosen(fetch, areaCode)
    const errors: Record<string, string> = {}
    if (!name) errors.name = m.place_name_missing()
    if (!kind) errors.kind = m.place_kind_missing()
    if (!areaCode) errors.areaCode = m.details_area_missing()
    if (!address) errors.address = m.details_address_missing()
    if (Object.keys(errors).length > 0) return fail(422, { values, errors, found, problem: undefined })
    const body = { name, kind, areaCode, address, phone }
    const { data, problem } = await attempt(api(fetch).post<Place>('/places', { body }))
    if (problem) return fail(problem.status, { values, errors: fieldErrors(problem), found, problem })
    redirect(303, `/places/${data.id}?new`)
  },
  area: async ({ request, fetch }) => {
    const { values, areas } = await findAreasForForm(fetch, await request.formData())
    return { values, errors: {}, found: areas, problem: undefined }
  },
}
