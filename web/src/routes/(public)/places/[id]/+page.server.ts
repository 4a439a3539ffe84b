import { fail, redirect } from '@sveltejs/kit'
import { api, attempt, orErrorPage, type PathOf } from '#lib/api.ts'
import { drawQr } from '#lib/qr.ts'
import type { Guard, OwnPlace, Page, Place, PlaceKind, PlaceToday } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import type { Actions, PageServerLoad, RequestEvent } from './$types.js'

/** As many as one looks through on a phone. */
const ROWS = 12

export const load: PageServerLoad = async ({ params, fetch, parent, url, depends }) => {
  depends('place:today')
  const get = <T>(path: PathOf<'get'>, query: Record<string, string | number | null> = {}) =>
    orErrorPage(api(fetch).get<T>(path, { params: { path: { id: params.id }, query } }), url)
  const place = await get<Place>('/places/{id}')
  const { me } = await parent()
  const mine = me?.kind === 'citizen' ? (await get<Page<OwnPlace>>('/me/places', { limit: 1000 })).items : []
  // An official who may edit places does here what its owner does; a guard only looks.
  const mayEdit =
    me?.kind === 'account' ? me.permissions.includes('place.edit') : mine.some(isOwned(place.id))
  const mayStaff = me?.kind === 'account' ? me.permissions.includes('place.staff') : mayEdit
  const [kinds, today, guards] = await Promise.all([
    get<Page<PlaceKind>>('/place-kinds'),
    get<PlaceToday>('/places/{id}/today', { cursor: url.searchParams.get('cursor'), limit: ROWS }),
    mayStaff ? get<Page<Guard>>('/places/{id}/guards') : null,
  ])
  return {
    place,
    code: drawQr(place.checkInUrl, 'Q'),
    kind: kinds.items.find(({ code }) => code === place.kind)?.label ?? null,
    today,
    guards: guards?.items ?? null,
    mayEdit,
    isNew: url.searchParams.has('new'),
    asOf: new Date().toISOString(),
  }
}

const isOwned = (id: string) => (place: OwnPlace) => place.id === id && place.role === 'owner'

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()

async function change({ params, fetch }: RequestEvent, body: Record<string, unknown>, act: 'edit' | 'close') {
  const path = { id: params.id }
  const { problem } = await attempt(api(fetch).patch<Place>('/places/{id}', { params: { path }, body }))
  if (problem) return fail(problem.status, { act, values: body, phoneFault: undefined, problem })
  redirect(303, `/places/${params.id}`)
}

export const actions: Actions = {
  edit: async (event) => {
    const form = await event.request.formData()
    return change(event, { name: text(form, 'name'), address: text(form, 'address') }, 'edit')
  },
  close: (event) => change(event, { closed: true }, 'close'),
  reopen: (event) => change(event, { closed: false }, 'close'),
  addGuard: async ({ request, fetch, params }) => {
    const form = await request.formData()
    const [phone, name] = [text(form, 'phone'), text(form, 'name')]
    const values = { phone, name }
    const phoneFault = phone.replace(/\D/g, '').length < 9 ? m.place_guard_phone_wrong() : undefined
    if (phoneFault) return fail(422, { act: 'guard' as const, values, phoneFault, problem: undefined })
    const { problem } = await attempt(
      api(fetch).post<Guard>('/places/{id}/guards', {
        params: { path: { id: params.id } },
        body: { phone, ...(name ? { name } : {}) },
      }),
    )
    if (problem) return fail(problem.status, { act: 'guard' as const, values, phoneFault, problem })
    redirect(303, `/places/${params.id}#guards`)
  },
  removeGuard: async ({ request, fetch, params }) => {
    const path = { id: params.id, guardId: text(await request.formData(), 'guardId') }
    const { problem } = await attempt(
      api(fetch).delete('/places/{id}/guards/{guardId}', { params: { path } }),
    )
    // Removed already, from another phone perhaps: that is what was wanted.
    if (problem && problem.status !== 404)
      return fail(problem.status, { act: 'guard' as const, values: {}, phoneFault: undefined, problem })
    redirect(303, `/places/${params.id}#guards`)
  },
}
