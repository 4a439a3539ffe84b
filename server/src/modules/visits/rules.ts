import { momentIn, weekIn } from '../../platform/days.ts'
import { visitProblem } from './problems.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** How long a stay of each class may be, in seconds: so far back must a look-up go that wants all of the class. */
export const lookBack = [2 * HOUR, 12 * HOUR, 3 * DAY, 31 * DAY, 366 * DAY] as const

/** Stays of the first classes lie in weeks; longer ones are few and lie together (0011_visits_by_week.sql). */
export const WEEKLY_CLASSES = 3

/** No kind of place has a longer default stay. */
export const LONGEST_USUAL_SECONDS = 31 * DAY

/** No stay is longer; an import that says so is refused. */
export const LONGEST_STAY_SECONDS = 366 * DAY

/** So old may a scan be; and an exit later than that after an entry does not end it. */
export const OLDEST_SCAN_SECONDS = 31 * DAY

/** The class of a stay of so many seconds, as `length_of_stay` of the database has it. */
export function lengthClass(seconds: number): number {
  const length = lookBack.findIndex((most) => seconds <= most)
  if (seconds < 0 || length < 0) throw new RangeError(`No stay lasts ${seconds} seconds`)
  return length
}

export type Direction = 'in' | 'out'
export type DirectionNumber = 1 | -1

export const directionNumber = (direction: Direction): DirectionNumber => (direction === 'in' ? 1 : -1)
export const directionName = (direction: number): Direction => (direction === 1 ? 'in' : 'out')

// — stays from scans

/** A scan as derivation sees it; `at` in milliseconds. */
export type Mark = { placeId: number; at: number; direction: number; source: number; step?: number | null }
export type DerivedStay = { placeId: number; arrivedAt: number; leftAt: number | null; source: number }

/** The order in which scans count: in before out, where both are of one moment. */
export const inOrder = (one: Mark, other: Mark) =>
  one.at - other.at ||
  other.direction - one.direction ||
  one.placeId - other.placeId ||
  one.source - other.source

/**
 * The stays of one person. An `in` begins a stay, unless the person is in one there that has not usually ended yet;
 * arriving elsewhere ends that. An `out` is the recorded end of the stay that began last at its
 * place, if that began in the last 31 days and has no such end yet. `leftAt` null: nobody recorded the end.
 *
 * `standing` are the stays, by arrival, that began before the first of `scans`, whose order is `inOrder`; what they
 * become is in the answer, followed by the new ones.
 */
export function deriveStays(
  scans: readonly Mark[],
  standing: readonly DerivedStay[],
  usualEndOf: (stay: DerivedStay) => number,
): DerivedStay[] {
  const stays = standing.map((stay) => ({ ...stay }))
  const lastAt = new Map(stays.map((stay) => [stay.placeId, stay]))
  const latest = stays.at(-1)
  let current = latest?.leftAt === null ? latest : undefined
  for (const { placeId, at, direction, source } of scans) {
    if (direction === 1) {
      if (current?.placeId === placeId && at <= usualEndOf(current)) continue
      current = { placeId, arrivedAt: at, leftAt: null, source }
      stays.push(current)
      lastAt.set(placeId, current)
      continue
    }
    const ended = lastAt.get(placeId)
    if (!ended || ended.leftAt !== null || at - ended.arrivedAt > OLDEST_SCAN_SECONDS * 1000) continue
    ended.leftAt = at
    if (ended === current) current = undefined
  }
  return stays
}

// — opening hours

/** A day that is left out is a day off; null where the hours are not known. */
type Hours = readonly { weekday: number; opens: string; closes: string }[] | null
const DAY_MINUTES = DAY / 60
const WEEK_MINUTES = 7 * DAY_MINUTES

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** From and to which minute of the week it is open, also in the weeks before and after (`openings_of` of the database). */
const openingsOf = (hours: Hours) =>
  (hours ?? []).flatMap(({ weekday, opens, closes }) => {
    const begins = (weekday - 1) * DAY_MINUTES + minuteOf(opens)
    const lasts = (minuteOf(closes) - minuteOf(opens) + DAY_MINUTES) % DAY_MINUTES
    return [-WEEK_MINUTES, 0, WEEK_MINUTES].map((week) => ({
      from: week + begins,
      to: week + begins + lasts,
    }))
  })

/** When the opening period that holds a moment ends, as `closing_after` of the database has it; null outside hours. */
function closingAfter(hours: Hours, timeZone: string, at: number) {
  if (hours === null) return null
  const { monday, minute } = weekIn(timeZone, new Date(at))
  const openings = openingsOf(hours)
  const endOf = (minute: number): number => {
    const open = openings.find(({ from, to }) => from <= minute && minute < to)
    return open ? endOf(open.to) : minute
  }
  const end = endOf(minute)
  return end === minute ? null : momentIn(timeZone, monday, end).getTime()
}

/** Kinds of place where between midnight and five nobody is expected, unless their hours say so. */
const ASLEEP = 'office business restaurant massage gym tourism school mall supermarket shop meeting'.split(
  ' ',
)
/** Kinds of place where some come at any hour, whatever hours the counter has. */
const AWAKE =
  'hospital quarantine quarantine-hotel apartment boarding-house hotel station factory industrial-zone wholesale-market'.split(
    ' ',
  )
const DAWN = 5 * 60

/** Whether a moment lies more than an hour outside the hours of a place, or in the night where they are not known. */
export function isClosedHour({ hours, kind }: { hours: Hours; kind: string }, timeZone: string, at: Date) {
  if (AWAKE.includes(kind)) return false
  const { minute } = weekIn(timeZone, at)
  if (hours === null) return ASLEEP.includes(kind) && minute % (24 * 60) < DAWN
  return !openingsOf(hours).some(({ from, to }) => from - 60 <= minute && minute <= to + 60)
}

/** Whoever prepares an event comes on its day. */
const PREPARING_MS = 12 * HOUR * 1000

/** Whether a moment lies so long before an event that nobody is expected yet. */
export const isBeforeEvent = ({ startsAt }: { startsAt: Date | null }, at: Date) =>
  startsAt !== null && at.getTime() < startsAt.getTime() - PREPARING_MS

type Usual = {
  defaultStaySeconds: number
  hours: Hours
  closedAt: Date | null
  /** Of a vehicle. */
  trips?: readonly { startedAt: Date; endedAt: Date }[] | undefined
}

/** When somebody who arrived then has left, unless more is known: `estimated_end` and `trip_end` of the database. */
export function usualEnd(place: Usual, timeZone: string, arrivedAt: number) {
  const closedAt = place.closedAt?.getTime() ?? 0
  return Math.min(
    arrivedAt + place.defaultStaySeconds * 1000,
    closingAfter(place.hours, timeZone, arrivedAt) ?? Infinity,
    closedAt > arrivedAt ? closedAt : Infinity,
    ...(place.trips ?? [])
      .filter(({ startedAt, endedAt }) => startedAt.getTime() <= arrivedAt && arrivedAt < endedAt.getTime())
      .map(({ endedAt }) => endedAt.getTime()),
  )
}

/** Until when somebody who arrived then and scans again is leaving: people linger when a place closes. */
export const lastExit = ({ defaultStaySeconds, hours }: Usual, timeZone: string, arrivedAt: number) =>
  Math.min(
    arrivedAt + defaultStaySeconds * 1000,
    (closingAfter(hours, timeZone, arrivedAt) ?? Infinity) + HOUR * 1000,
  )

// — what cannot be

/**
 * Why a scan is set aside: it is kept, makes no stay, and whoever traces sees the reason. `travel`: the person was
 * seen too far away too shortly before or after; `mismatch`: what the bearer answered does not fit the card, or the card
 * not what is known of its number; `closedHours`: many came while nobody is there, or an event is still far off; `farAway`: the phone was not where the poster hangs; `copied`: the same code of a
 * phone was shown elsewhere; `beforeIssue`: the paper card was not printed yet.
 */
export const doubtNames = [
  'travel',
  'crowd',
  'closedHours',
  'mismatch',
  'farAway',
  'copied',
  'beforeIssue',
] as const
export type DoubtName = (typeof doubtNames)[number]
/** As the table has them, from 1. */
export const doubtNumber = (name: DoubtName) => doubtNames.indexOf(name) + 1
export const doubtName = (number: number): DoubtName => doubtNames[number - 1]!

/** By which code a person was known, as the table has it. */
export const vias = [
  'own',
  'phone-code',
  'server-code',
  'paper',
  'cccd',
  'bhyt',
  'mic',
  'tel',
  'vouched',
  'confirmed',
  'seen',
  'line',
] as const
export const viaNumber = (via: (typeof vias)[number]) => vias.indexOf(via)
export const viaName = (number: number) => vias[number]!

/** A phone makes a new code every so often. */
const STEP_MS = 30_000
const AT_ONCE_MS = 10_000
/** Clocks of gates differ a little. */
const LATE_MS = 5_000

/** The half minute of a moment: of what phones show, the one in which it was made. */
export const stepOf = (madeAt: Date) => Math.floor(madeAt.getTime() / STEP_MS)

type Shown = { placeId: number; at: number; step: number | null }

/** Nobody is at two doors at once, and by the time one has come to the next one the phone has made a new code. */
export const isCopied = (one: Shown, other: Mark) =>
  one.placeId !== other.placeId &&
  one.step !== null &&
  other.step != null &&
  (Math.abs(one.at - other.at) < AT_ONCE_MS ||
    (one.step === other.step && Math.abs(one.at - other.at) > STEP_MS + LATE_MS))

/** Markets and campuses are large; what a phone is unsure of it has taken off already. */
const NEAR_METRES = 1000

export const isFarAway = (metres: number) => metres > NEAR_METRES

type Point = { lat: number | null; lon: number | null; marginKm?: number | null }

/** Faster than a car on the motorway, over more than a town: somebody else carried the code. */
const FASTEST_KM_PER_HOUR = 150
const TOWN_KM = 15
const EARTH_KM = 6371

export function isImpossibleTravel(from: Point, to: Point, seconds: number) {
  const km = distanceKm(from, to)
  if (km === null) return false
  // Where a place is known by its commune alone, the two may be that much nearer.
  const least = km - TOWN_KM - (from.marginKm ?? 0) - (to.marginKm ?? 0)
  return least > 0 && least / FASTEST_KM_PER_HOUR > seconds / HOUR
}

/** Great-circle distance; null where a place is not on the map. */
function distanceKm(from: Point, to: Point) {
  if (from.lat === null || from.lon === null || to.lat === null || to.lon === null) return null
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const [lat, otherLat] = [radians(from.lat), radians(to.lat)]
  const half =
    Math.sin((otherLat - lat) / 2) ** 2 +
    Math.cos(lat) * Math.cos(otherLat) * Math.sin(radians(to.lon - from.lon) / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.sqrt(half))
}

type Crowd = { most: number; ms: number }

/** More people within ten minutes of a night are no cleaners. */
const BURST: Crowd = { most: 20, ms: 600_000 }
/** Nor are so many, however slowly they come. */
const NIGHTFUL: Crowd = { most: 60, ms: 6 * HOUR * 1000 }
/** The largest, for whoever looks for all that may belong to one. */
export const LARGEST_CROWD = NIGHTFUL

/** Kinds of place of which many serve all night, though nobody has written down their hours. */
const SLEEPLESS = ['restaurant', 'shop']

/** What is a crowd at a closed place. */
export const crowdsAt = ({ hours, kind }: { hours: Hours; kind: string }): readonly Crowd[] =>
  hours === null && SLEEPLESS.includes(kind) ? [BURST] : [BURST, NIGHTFUL]

/** So many others on one phone in a day are no family, however slowly it goes. */
export const CROWD_ON_PHONE = 12
export const ON_PHONE_MS = DAY * 1000

/** Of those who arrived at a closed place, all who came with more than a crowd within its time. */
export function crowdOf<T extends { at: Date }>(arrivals: readonly T[], { most, ms }: Crowd): T[] {
  const inOrder = arrivals.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  const lastInCrowd = (at: number) => {
    const last = inOrder[at + most]
    return last && last.at.getTime() - inOrder[at]!.at.getTime() < ms ? at + most : -1
  }
  let last = -1
  return inOrder.filter((_, at) => {
    last = Math.max(last, lastInCrowd(at))
    return at <= last
  })
}

/** Cheap phones drift. */
const SKEW_MS = 5 * 60_000

export const isFromTheFuture = (at: Date, now: Date) => at.getTime() > now.getTime() + SKEW_MS

type Scanned = { closedAt: Date | null }

/** A scan may come late, but not before its time; a closed place takes those who leave, and who came before. */
export function assertMayScan(place: Scanned, direction: Direction, at: Date, now: Date) {
  if (isFromTheFuture(at, now)) throw visitProblem.fromTheFuture()
  if (at.getTime() < now.getTime() - OLDEST_SCAN_SECONDS * 1000) throw visitProblem.tooOld()
  if (direction === 'in' && place.closedAt && place.closedAt <= at) throw visitProblem.placeClosed()
}
