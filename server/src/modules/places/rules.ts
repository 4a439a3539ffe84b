import { randomBytes } from 'node:crypto'
import { markedText, plainText, unaccented } from '../../platform/vietnamese.ts'
import { placeProblem } from './problems.ts'
import type { Restriction } from './queries.ts'
import type { Marks, OpeningDay, PlaceForm } from './schema.ts'

// — short codes

/** Crockford's base32: no I, L, O or U, so that nothing is read for something else and no word appears. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 8

/** Times a generator of the field of 32 elements (x⁵ + x² + 1). */
const next = (value: number) => (value & 16 ? (value << 1) ^ 0b100101 : value << 1)

/**
 * Weighs the characters with the powers of a generator of GF(32). Those differ from each other and from zero,
 * so one wrong character and two swapped ones always change the sum.
 */
const weigh = (values: readonly number[]) => values.reduce((sum, value) => next(sum) ^ value, 0)

/** Seven random characters (34 thousand million codes) and the check character that makes the sum zero. */
export function newPlaceCode(random: Uint8Array = randomBytes(LENGTH - 1)) {
  const values = [...random].map((byte) => byte % 32)
  return [...values, next(weigh(values))].map((value) => ALPHABET[value]).join('')
}

/** Typed by hand: any case, blanks and dashes, and the letters that look like digits. */
const tidied = (text: string) =>
  text
    .toUpperCase()
    .replace(/[\s\-–—_.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')

/** A check-in address, whatever host it was printed with: posters outlive the names of servers. */
const CHECK_IN_URL = /^\s*https?:\/\/[^/\s]+\/c\/([^/?#\s]+)\/?(?:\?([^#\s]*))?(?:#\S*)?\s*$/i

/** The code in what somebody typed or scanned. */
export function readPlaceCode(text: string): string {
  const code = tidied(CHECK_IN_URL.exec(text)?.[1] ?? text)
  const values = [...code].map((character) => ALPHABET.indexOf(character))
  if (values.length !== LENGTH || values.includes(-1) || weigh(values) !== 0)
    throw placeProblem.codeMistyped()
  return code
}

/** The code, and what a poster or a screen adds to it. */
export function readScannedCode(text: string): { code: string; marks: Marks } {
  const given = new URLSearchParams(CHECK_IN_URL.exec(text)?.[2] ?? '')
  const [p, s] = [given.get('p'), given.get('s')]
  return { code: readPlaceCode(text), marks: { ...(p === null ? {} : { p }), ...(s === null ? {} : { s }) } }
}

/** Eight characters for 40 bits: only the server that signed asks whether it is right. */
export const shortSignature = (bytes: Uint8Array) =>
  [...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % 32]).join('')

export const checkInUrl = (origin: string, code: string) => `${origin}/c/${code}`

/** As posters and screens show it: ABCD-EFGH. */
export const spacedCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`

// — what people write

/** One line without control characters or invisible ones, which could turn a name around or hide in it. */
const oneLine = (text: string) =>
  text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()

const hasSubstance = (text: string) => /[\p{L}\p{N}]/u.test(text)

export function cleanName(name: string) {
  const clean = oneLine(name)
  if (!hasSubstance(clean)) throw placeProblem.nameInvalid({ fields: [{ field: 'name', reason: 'letters' }] })
  return clean
}

export function cleanAddress(address: string) {
  const clean = oneLine(address)
  if (!hasSubstance(clean))
    throw placeProblem.addressInvalid({ fields: [{ field: 'address', reason: 'letters' }] })
  return clean
}

export const searchKeyOf = (name: string, address: string) => plainText(`${name} ${address}`)

/** The same name, however its accents were typed. */
export const isSameName = (one: string, other: string) => markedText(one) === markedText(other)

// — what kinds have

export const isClosed = ({ closedAt }: { closedAt: Date | null }, now: Date) =>
  closedAt !== null && closedAt <= now

const ofForm: Record<PlaceForm, readonly string[]> = {
  fixed: ['hours'],
  vehicle: ['plate', 'route', 'operator', 'zones'],
  event: ['startsAt', 'endsAt', 'expectedGuests', 'host'],
}
const ofSomeForm = Object.values(ofForm).flat()

/** A market has no number plate. */
export function assertOfForm(form: PlaceForm, given: object) {
  const misplaced = Object.keys(given).filter(
    (name) => ofSomeForm.includes(name) && !ofForm[form].includes(name),
  )
  if (misplaced.length === 0) return
  throw placeProblem.detailMisplaced({ fields: misplaced.map((field) => ({ field, reason: 'misplaced' })) })
}

/** In the order of the week. */
export function cleanHours(hours: readonly OpeningDay[]) {
  const days = new Set(hours.map(({ weekday }) => weekday))
  if (days.size < hours.length || hours.some(({ opens, closes }) => opens === closes))
    throw placeProblem.hoursInvalid({ fields: [{ field: 'hours', reason: 'unclear' }] })
  return hours.toSorted((one, other) => one.weekday - other.weekday)
}

/** Letters and digits alone: 79B-012.34 and 79b 01234 are one vehicle. Also tails of ships and trains. */
export function cleanPlate(plate: string) {
  const clean = unaccented(plate)
    .toUpperCase()
    .replace(/[\s\-–—_.]/g, '')
  if (!/^(?=.*\d)[A-Z0-9]{3,12}$/.test(clean))
    throw placeProblem.plateInvalid({ fields: [{ field: 'plate', reason: 'form' }] })
  return clean
}

const LONGEST_EVENT_MS = 31 * 24 * 3600_000

export function assertEventTimes(startsAt: Date, endsAt: Date) {
  const length = endsAt.getTime() - startsAt.getTime()
  if (length > 0 && length <= LONGEST_EVENT_MS) return
  throw placeProblem.eventTimesWrong({ fields: [{ field: 'endsAt', reason: 'order' }] })
}

/** Parts of a vehicle, each named once and with more than blanks. */
export const cleanZones = (zones: readonly string[]) => [
  ...new Set(zones.map(oneLine).filter((zone) => hasSubstance(zone))),
]

/** A stop, a route, a host: one line that says something, or nothing at all. */
export const cleanDetail = (text: string | null) =>
  text === null || !hasSubstance(text) ? null : oneLine(text)

/** Whether nobody is let in here now, because of what lies over the place. */
export const isShutNow = (
  restrictions: readonly Pick<Restriction, 'from' | 'until' | 'isClosed'>[],
  now: Date,
) =>
  restrictions.some(({ isClosed, from, until }) => isClosed && new Date(from) <= now && now < new Date(until))
