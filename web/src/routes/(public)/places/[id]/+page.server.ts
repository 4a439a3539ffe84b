import { fail, redirect } from '@sveltejs/kit'
import { api, attempt, orErrorPage, type PathOf, type ProblemBody } from '#lib/api.ts'
import { drawQr } from '#lib/qr.ts'
import type {
  Gate,
  Guard,
  OwnPlace,
  Page,
  Place,
  PlaceKind,
  PlaceToday,
  PosterVersion,
  Trip,
} from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { fieldErrors } from '../../me/citizen.ts'
import { detailsOf, type Form, readDetails } from '../details.ts'
import { readPosition } from '../position.ts'
import { positionWords } from '../position-words.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.js'

/** As many as one looks through on a phone. */
const ROWS = 12
const TRIPS = 5

export const load: PageServerLoad = async ({ params, fetch, parent, url }) => {
  const get = <T>(path: PathOf<'get'>, query: Record<string, string | number | null> = {}) =>
    orErrorPage(api(fetch).get<T>(path, { params: { path: { id: params.id }, query } }), url)
  const place = await get<Place>('/places/{id}')
  const { me } = await parent()
  const mine = me?.kind === 'citizen' ? (await get<Page<OwnPlace>>('/me/places', { limit: 1000 })).items : []
  // An official who may edit places does here what its owner does; a guard only looks.
  const mayEdit =
    me?.kind === 'account' ? me.permissions.includes('place.edit') : mine.some(isOwned(place.id))
  const mayStaff = me?.kind === 'account' ? me.permissions.includes('place.staff') : mayEdit
  const mayDrive = me?.permissions.includes('scan.record') ?? false
  const isVehicle = place.plate !== null
  const [kinds, today, guards, gates, posters, trips] = await Promise.all([
    get<Page<PlaceKind>>('/place-kinds'),
    get<PlaceToday>('/places/{id}/today', { cursor: url.searchParams.get('cursor'), limit: ROWS }),
    mayStaff ? get<Page<Guard>>('/places/{id}/guards') : null,
    mayEdit ? get<Page<Gate>>('/places/{id}/gates') : null,
    mayEdit ? get<Page<PosterVersion>>('/places/{id}/posters') : null,
    isVehicle ? get<Page<Trip>>('/places/{id}/trips') : null,
  ])
  const kind = kinds.items.find(({ code }) => code === place.kind)
  return {
    place,
    positionWords: positionWords(place.approximate),
    code: drawQr(place.checkInUrl, 'Q'),
    kind: kind?.label ?? null,
    form: kind?.form ?? 'fixed',
    today,
    guards: guards?.items ?? null,
    gates: gates?.items ?? null,
    poster: posters?.items.find(({ withdrawnAt }) => withdrawnAt === null) ?? null,
    trips: trips?.items.slice(0, TRIPS) ?? null,
    mayDrive,
    mayEdit,
    isNew: url.searchParams.has('new'),
    isReplaced: url.searchParams.has('replaced'),
    asOf: new Date().toISOString(),
  }
}

const isOwned = (id: string) => (place: OwnPlace) => place.id === id && place.role === 'owner'

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()

type Act = 'edit' | 'close' | 'gate' | 'poster' | 'trip'
type Values = Record<string, unknown>

/** What was refused, for the section of the page that asked. */
const refused = (act: Act, values: Values, problem: ProblemBody) =>
  fail(problem.status, { act, values, errors: fieldErrors(problem), phoneFault: undefined, problem })

async function change({ params, fetch }: RequestEvent, body: Values, act: Act, values = body) {
  const path = { id: params.id }
  const { problem } = await attempt(api(fetch).patch<Place>('/places/{id}', { params: { path }, body }))
  if (problem) return refused(act, values, problem)
  redirect(303, `/places/${params.id}`)
}

const isForm = (text: string): text is Form => Object.hasOwn(detailsOf, text)

export const actions: Actions = {
  edit: async (event) => {
    const form = await event.request.formData()
    const placeForm = text(form, 'form')
    const details = isForm(placeForm) ? readDetails(form, detailsOf[placeForm]) : {}
    const values = { ...Object.fromEntries(form), days: form.getAll('days').join(',') }
    const position = readPosition(text(form, 'position'))
    if (position === undefined) {
      const errors = { position: m.place_position_wrong() }
      return fail(422, { act: 'edit' as const, values, errors, phoneFault: undefined, problem: undefined })
    }
    const point = form.has('position') ? (position ?? { lat: null, lon: null }) : {}
    const body = { name: text(form, 'name'), address: text(form, 'address'), ...point, ...details }
    return change(event, body, 'edit', values)
  },
  addGate: async ({ request, fetch, params }) => {
    const form = await request.formData()
    const body = { name: text(form, 'gateName'), direction: text(form, 'direction') || 'both' }
    const path = { id: params.id }
    const { problem } = await attempt(api(fetch).post<Gate>('/places/{id}/gates', { params: { path }, body }))
    if (problem) return refused('gate', Object.fromEntries(form), problem)
    redirect(303, `/places/${params.id}#gates`)
  },
  removeGate: async ({ request, fetch, params }) => {
    const path = { id: params.id, code: text(await request.formData(), 'code') }
    const { problem } = await attempt(api(fetch).delete('/places/{id}/gates/{code}', { params: { path } }))
    if (problem && problem.status !== 404) return refused('gate', {}, problem)
    redirect(303, `/places/${params.id}#gates`)
  },
  replacePoster: async ({ fetch, params }) => {
    const path = { id: params.id }
    const { problem } = await attempt(
      api(fetch).post<PosterVersion>('/places/{id}/posters', { params: { path } }),
    )
    if (problem) return refused('poster', {}, problem)
    redirect(303, `/places/${params.id}?replaced#poster`)
  },
  startTrip: async ({ request, fetch, params }) => {
    const form = await request.formData()
    const body = { from: text(form, 'from'), to: text(form, 'to') }
    const path = { id: params.id }
    const { problem } = await attempt(api(fetch).post<Trip>('/places/{id}/trips', { params: { path }, body }))
    if (problem) return refused('trip', body, problem)
    redirect(303, `/places/${params.id}#trips`)
  },
  endTrip: async ({ request, fetch, params }) => {
    const path = { id: params.id, tripId: text(await request.formData(), 'tripId') }
    const body = { ended: true }
    const { problem } = await attempt(
      api(fetch).patch<Trip>('/places/{id}/trips/{tripId}', { params: { path }, body }),
    )
    if (problem) return refused('trip', {}, problem)
    redirect(303, `/places/${params.id}#trips`)
  },
  close: (event) => change(event, { closed: true }, 'close'),
  reopen: (event) => change(event, { closed: false }, 'close'),
  addGuard: async ({ request, fetch, params }) => {
    const form = await request.formData()
    const [phone, name] = [text(form, 'phone'), text(form, 'name')]
    const values = { phone, name }
    const phoneFault = phone.replace(/\D/g, '').length < 9 ? m.place_guard_phone_wrong() : undefined
    if (phoneFault)
      return fail(422, { act: 'guard' as const, values, errors: {}, phoneFault, problem: undefined })
    const { problem } = await attempt(
      api(fetch).post<Guard>('/places/{id}/guards', {
        params: { path: { id: params.id } },
        body: { phone, ...(name ? { name } : {}) },
      }),
    )
    if (problem)
      return fail(problem.status, { act: 'guard' as const, values, errors: {}, phoneFault, problem })
    redirect(303, `/places/${params.id}#guards`)
  },
  removeGuard: async ({ request, fetch, params }) => {
    const path = { id: params.id, guardId: text(await request.formData(), 'guardId') }
    const { problem } = await attempt(
      api(fetch).delete('/places/{id}/guards/{guardId}', { params: { path } }),
    )
    // Removed already, from another phone perhaps: that is what was wanted.
    if (problem && problem.status !== 404)
      return fail(problem.status, {
        act: 'guard' as const,
        values: {},
        errors: {},
        phoneFault: undefined,
        problem,
      })
    redirect(303, `/places/${params.id}#guards`)
  },
}
