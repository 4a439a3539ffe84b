import type { Place, PlaceKind } from '#lib/shapes.ts'

export type Form = PlaceKind['form']
type Body = Record<string, unknown>

export const WEEK = ['1', '2', '3', '4', '5', '6', '7']

/** The site has one zone, which has no summer time. */
const OFFSET = '+07:00'

/** `2026-11-21T10:00` as a field has it, or null for anything that is no moment. */
function momentOf(local: string): string | null {
  const at = new Date(`${local}:00${OFFSET}`)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}

const localOf = (at: string) => new Date(Date.parse(at) + 7 * 3600_000).toISOString().slice(0, 16)

/**
 * What the fields of `DetailFields` say, for the API. Fields that are not on the form are left out; one that is empty
 * is null, which forgets what was there. A moment that cannot be read is sent as it was typed: the API says so.
 */
export function readDetails(form: FormData, names: readonly string[]): Body {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const read: Record<string, () => unknown> = {
    capacity: () => count(text('capacity')),
    hours: () =>
      form.has('opens')
        ? readHours(text('opens'), text('closes'), form.getAll('days').map(String))
        : undefined,
    plate: () => text('plate') || undefined,
    route: () => text('route') || null,
    operator: () => text('operator') || null,
    zones: () =>
      text('zones')
        .split(/[,;\n]/)
        .flatMap((zone) => zone.trim() || []),
    startsAt: () => momentOf(text('startsAt')) ?? (text('startsAt') || undefined),
    endsAt: () => momentOf(text('endsAt')) ?? (text('endsAt') || undefined),
    expectedGuests: () => count(text('expectedGuests')),
    host: () => text('host') || null,
  }
  const body: Body = {}
  for (const name of names) {
    const value = read[name]?.()
    if (value !== undefined) body[name] = value
  }
  return body
}

/** What is no number is sent as it is, too. */
const count = (text: string) => (text === '' ? null : /^\d{1,9}$/.test(text) ? Number(text) : text)

/** Half of the hours is sent as it is, so that the API says what is missing. */
const readHours = (opens: string, closes: string, days: readonly string[]) =>
  (opens || closes) && days.length > 0 ? days.map((day) => ({ weekday: Number(day), opens, closes })) : null

/** The details that each form of place has. */
export const detailsOf: Record<Form, readonly string[]> = {
  fixed: ['capacity', 'hours'],
  vehicle: ['plate', 'route', 'operator', 'zones', 'capacity'],
  event: ['startsAt', 'endsAt', 'expectedGuests', 'host', 'capacity'],
}

/** Hours that differ from day to day, which come from elsewhere: the form has one line for all days and leaves them. */
const isMixed = (hours: Place['hours']) =>
  hours?.some(({ opens, closes }) => opens !== hours[0]?.opens || closes !== hours[0]?.closes) ?? false

/** What a form that changes a place begins with. */
export function valuesOf(place: Place): Record<string, string> {
  const { capacity, hours, plate, route, operator, zones, startsAt, endsAt, expectedGuests, host } = place
  return {
    capacity: String(capacity ?? ''),
    ...(isMixed(hours) ? { mixed: 'yes' } : {}),
    opens: hours?.[0]?.opens ?? '',
    closes: hours?.[0]?.closes ?? '',
    days: (hours ? hours.map(({ weekday }) => String(weekday)) : WEEK).join(','),
    plate: plate ?? '',
    route: route ?? '',
    operator: operator ?? '',
    zones: zones.join(', '),
    startsAt: startsAt ? localOf(startsAt) : '',
    endsAt: endsAt ? localOf(endsAt) : '',
    expectedGuests: String(expectedGuests ?? ''),
    host: host ?? '',
  }
}
