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
    hours: () => (form.has('opens') ? readHours(text, form.getAll('days')) : undefined),
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

/** A day has hours of its own, or the usual ones. Half of them is sent as it is, so that the API says what is missing. */
function readHours(text: (name: string) => string, days: readonly unknown[]) {
  const hours = WEEK.flatMap((day) => {
    const [opens, closes] = [text(`opens_${day}`), text(`closes_${day}`)]
    if (opens || closes) return { weekday: Number(day), opens, closes }
    const usual = { weekday: Number(day), opens: text('opens'), closes: text('closes') }
    return days.includes(day) && (usual.opens || usual.closes) ? usual : []
  })
  return hours.length > 0 ? hours : null
}

/** The field of the API's refusal that is about hours: those of one day, or all of them. */
export const wrongHours = (errors: Record<string, string>) =>
  Object.keys(errors).find((field) => field.split('.')[0] === 'hours')

/** The details that each form of place has. */
export const detailsOf: Record<Form, readonly string[]> = {
  fixed: ['capacity', 'hours'],
  vehicle: ['plate', 'route', 'operator', 'zones', 'capacity'],
  event: ['startsAt', 'endsAt', 'expectedGuests', 'host', 'capacity'],
}

type Hours = NonNullable<Place['hours']>

/** The hours that most days have are the usual ones; the others are on days of their own. */
function hourValues(hours: Hours): Record<string, string> {
  const spoken = ({ opens, closes }: Hours[number]) => `${opens} ${closes}`
  const often = (day: Hours[number]) => hours.filter((other) => spoken(other) === spoken(day)).length
  const usual = hours.toSorted((one, other) => often(other) - often(one))[0]!
  const isUsual = (day: Hours[number]) => spoken(day) === spoken(usual)
  const own = hours.filter((day) => !isUsual(day))
  return {
    opens: usual.opens,
    closes: usual.closes,
    days: hours
      .filter(isUsual)
      .map(({ weekday }) => weekday)
      .join(','),
    ...Object.fromEntries(own.map(({ weekday, opens }) => [`opens_${weekday}`, opens])),
    ...Object.fromEntries(own.map(({ weekday, closes }) => [`closes_${weekday}`, closes])),
  }
}

/** What a form that changes a place begins with. */
export function valuesOf(place: Place): Record<string, string> {
  const { capacity, hours, plate, route, operator, zones, startsAt, endsAt, expectedGuests, host } = place
  return {
    capacity: String(capacity ?? ''),
    ...(hours ? hourValues(hours) : {}),
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
