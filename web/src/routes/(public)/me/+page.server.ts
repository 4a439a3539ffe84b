import { error, fail, redirect } from '@sveltejs/kit'
import { api, attempt, orErrorPage, type PathOf } from '#lib/api.ts'
import { getCode } from '#lib/code/shown.ts'
import type {
  Declaration,
  DeclarationForm,
  EntryDecision,
  Inside,
  OwnPlace,
  OwnReading,
  Page,
  Visit,
  VisitResult,
  Warning,
} from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import type { Actions, PageServerLoad } from './$types.js'
import { citizenOf } from './citizen.ts'
import { listPeople } from './people.ts'
import { tellReading } from './readings.ts'

/** The page shows the latest few of each list; the whole lists have pages of their own. */
const FEW = 3

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  const holder = citizenOf(me, url)
  const people = await listPeople(fetch, url)
  const wanted = url.searchParams.get('person') ?? holder.id
  const person = people.find(({ id }) => id === wanted)
  if (!person) error(404, { message: m.details_unknown(), code: 'person.unknown' })

  const personId = person.id
  const get = <T>(path: PathOf<'get'>, query: Record<string, string | number> = {}) =>
    orErrorPage(api(fetch).get<T>(path, { params: { query } }), url)
  const [code, inside, warnings, places, visits, readings, declarations, forms, ...decisions] =
    await Promise.all([
      getCode(fetch, person, url),
      get<Page<Inside>>('/me/inside'),
      get<Page<Warning>>('/me/warnings'),
      get<Page<OwnPlace>>('/me/places'),
      get<Page<Visit>>('/me/visits', { personId, limit: FEW }),
      get<Page<OwnReading>>('/me/readings', { limit: FEW }),
      get<Page<Declaration>>('/me/declarations', { personId, limit: FEW }),
      get<Page<Pick<DeclarationForm, 'id' | 'title'>>>('/forms'),
      ...people.map(({ id }) => get<EntryDecision>('/me/status', { personId: id })),
    ])
  return {
    person,
    code,
    people: people.map((one, index) => ({ ...one, decision: decisions[index] as EntryDecision })),
    inside: inside.items.map((item) => ({ ...item, visitId: crypto.randomUUID() })),
    warnings: warnings.items,
    places: places.items,
    visits: visits.items,
    readings: readings.items.map((reading) => tellReading(reading, people)),
    declarations: declarations.items,
    forms: forms.items,
    now: new Date().toISOString(),
  }
}

export const actions: Actions = {
  /** Out of a place, without its code at hand. */
  leave: async ({ request, fetch }) => {
    const form = await request.formData()
    const path = { id: String(form.get('visitId') ?? '') }
    const body = {
      placeCode: String(form.get('placeCode') ?? ''),
      direction: 'out',
      at: new Date().toISOString(),
      personId: String(form.get('personId') ?? ''),
    }
    const { problem } = await attempt(api(fetch).put<VisitResult>('/visits/{id}', { params: { path }, body }))
    // A second tap on the same button: the first one did it.
    if (problem && problem.code !== 'visit.idTaken') return fail(problem.status, { problem })
    redirect(303, '/me')
  },
}
