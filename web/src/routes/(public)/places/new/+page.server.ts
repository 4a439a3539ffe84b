import { fail, redirect } from '@sveltejs/kit'
import { api, attempt, orErrorPage } from '#lib/api.ts'
import { findAreasForForm } from '#lib/areas.ts'
import type { Page, Place, PlaceKind } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { inWords } from '../../declare/words.ts'
import { citizenOf, fieldErrors } from '../../me/citizen.ts'
import { findChosen } from '../../me/people/details.ts'
import { detailsOf, type Form, readDetails } from '../details.ts'
import { readPosition } from '../position.ts'
import { positionWords } from '../position-words.ts'
import type { Actions, PageServerLoad } from './$types.js'

const listKinds = (fetch: typeof globalThis.fetch) =>
  orErrorPage(api(fetch).get<Page<PlaceKind>>('/place-kinds'))

async function formOfKind(fetch: typeof globalThis.fetch, code: string | undefined): Promise<Form> {
  const { items } = await listKinds(fetch)
  return items.find((kind) => kind.code === code)?.form ?? 'fixed'
}

const groupNames: Record<string, () => string> = {
  work: m.place_group_work,
  leisure: m.place_group_leisure,
  care: m.place_group_care,
  trade: m.place_group_trade,
  home: m.place_group_home,
  transport: m.place_group_transport,
  event: m.place_group_event,
}

const groupsOf = (kinds: readonly PlaceKind[]) =>
  [...new Set(kinds.map(({ group }) => group))].map((group) => ({
    label: (groupNames[group] ?? m.place_group_other)(),
    options: kinds
      .filter((kind) => kind.group === group)
      .map(({ code, label }) => ({ value: code, label: inWords(label) })),
  }))

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  const holder = citizenOf(me, url)
  const { items } = await listKinds(fetch)
  return {
    holder,
    // What is said once comes with the page: its script would bring it in each language.
    groups: groupsOf(items),
    forms: Object.fromEntries(items.map(({ code, form }) => [code, form])),
    positionWords: positionWords(),
  }
}

export const actions: Actions = {
  save: async ({ request, fetch }) => {
    const form = await request.formData()
    const values: Record<string, string> = {}
    for (const [name, value] of form) if (typeof value === 'string') values[name] = value.trim()
    values.days = form.getAll('days').join(',')
    const { name, kind, areaCode, address, phone } = values
    const found = await findChosen(fetch, areaCode)
    const errors: Record<string, string> = {}
    if (!name) errors.name = m.place_name_missing()
    if (!kind) errors.kind = m.place_kind_missing()
    if (!areaCode) errors.areaCode = m.details_area_missing()
    if (!address) errors.address = m.details_address_missing()
    const position = readPosition(values.position ?? '')
    if (position === undefined) errors.position = m.place_position_wrong()
    if (Object.keys(errors).length > 0) return fail(422, { values, errors, found, problem: undefined })
    const details = readDetails(form, detailsOf[await formOfKind(fetch, kind)])
    const given = Object.entries(details).filter(([, value]) => value !== null)
    const body = { name, kind, areaCode, address, phone, ...position, ...Object.fromEntries(given) }
    const { data, problem } = await attempt(api(fetch).post<Place>('/places', { body }))
    if (problem) return fail(problem.status, { values, errors: fieldErrors(problem), found, problem })
    redirect(303, `/places/${data.id}?new`)
  },
  area: async ({ request, fetch }) => {
    const { values, areas } = await findAreasForForm(fetch, await request.formData())
    return { values, errors: {}, found: areas, problem: undefined }
  },
}
