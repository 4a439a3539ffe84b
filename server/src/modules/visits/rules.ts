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

/** A scan as derivation sees it; `at` in milliseconds; `direction` 0 where the gate left it open. */
export type Mark = { placeId: number; at: number; direction: number; source: number }
export type DerivedStay = { placeId: number; arrivedAt: number; leftAt: number | null; source: number }

/** What places say of the ends of stays. */
export type Ends = {
  /** When it has ended, unless more is known. */
  usual: (stay: DerivedStay) => number
  /** Until when whoever scans again is leaving. */
  last: (stay: DerivedStay) => number
  /** Whether nobody comes in any more. */
  isClosed: (placeId: number, at: number) => boolean
}

/** The order in which scans count: of one moment, those that may begin a stay by their places, as stays are kept, and exits last. */
export const inOrder = (one: Mark, other: Mark) =>
  one.at - other.at ||
  Number(one.direction === -1) - Number(other.direction === -1) ||
  one.placeId - other.placeId ||
  other.direction - one.direction ||
  one.source - other.source

/**
 * The stays of one person. An `in` begins a stay, unless the person is in one there that has not usually ended yet;
 * arriving elsewhere ends that. An `out` is the recorded end of the stay that began last at its
 * place, if that began in the last 31 days and has no such end yet. `leftAt` null: nobody recorded the end. Where the
 * direction is open, whoever is inside leaves, and others come in, unless the place has closed for good. The source of
 * a stay is that of its first scan which nobody could have made up, if it has one.
 *
 * What anybody could have made up ends no stay elsewhere that somebody was truly seen to begin, and what it means at its
 * place follows from the scans of that place: whoever types a number at a door of their own learns nothing from the answer,
 * unless the person has truly been seen at that door.
 *
 * `standing` are the stays, by arrival, that began before the first of `scans`, whose order is `inOrder`; what they
 * become is in the answer, followed by the new ones.
 */
export function deriveStays(
  scans: readonly Mark[],
  standing: readonly DerivedStay[],
  ends: Ends,
): DerivedStay[] {
  const stays = standing.map((stay) => ({ ...stay }))
  const lastAt = new Map(stays.map((stay) => [stay.placeId, stay]))
  let truly = latestTrue(stays)
  for (const { placeId, at, direction: said, source } of scans) {
    const last = lastAt.get(placeId)
    const current = last && isUnderWay(last, truly, source) ? last : undefined
    const direction = said || directionLeftOpen(current, placeId, at, ends)
    if (direction === 0) continue
    if (direction === 1) {
      let stay = current
      if (!stay || at > ends.usual(stay)) {
        stay = { placeId, arrivedAt: at, leftAt: null, source }
        stays.push(stay)
        lastAt.set(placeId, stay)
      }
      if (isMadeUp(source)) continue
      if (isMadeUp(stay.source)) stay.source = source
      truly = stay
      continue
    }
    if (last?.leftAt === null && at - last.arrivedAt <= OLDEST_SCAN_SECONDS * 1000) last.leftAt = at
  }
  return stays
}

export const isMadeUp = (source: number) => source < 0
const latestTrue = (stays: readonly DerivedStay[]) => stays.findLast(({ source }) => !isMadeUp(source))

/** Whether a scan of that source falls into the stay that began last at its place: nobody left, nor truly arrived elsewhere since. */
const isUnderWay = (stay: DerivedStay, truly: DerivedStay | undefined, source: number) =>
  stay.leftAt === null &&
  ((isMadeUp(stay.source) && isMadeUp(source)) ||
    truly === undefined ||
    (truly.arrivedAt - stay.arrivedAt || truly.placeId - stay.placeId) <= 0)

/** The stay at the place that somebody of these stays is in, as a scan of that source may know it. */
export function currentStay(stays: readonly DerivedStay[], placeId: number, source: number) {
  const last = stays.findLast((stay) => stay.placeId === placeId)
  return last && isUnderWay(last, latestTrue(stays), source) ? last : undefined
}

/** In which direction somebody goes who is in that stay at the place, or in none; 0 for neither. Nobody leaves the moment they come. */
export function directionLeftOpen(
  current: DerivedStay | undefined,
  placeId: number,
  at: number,
  ends: Ends,
): DirectionNumber | 0 {
  if (current && at > current.arrivedAt && at <= ends.last(current)) return -1
  return ends.isClosed(placeId, at) ? 0 : 1
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
 * phone was shown elsewhere; `beforeIssue`: the paper card was not printed yet; `takenBack`: the gate took it back.
 */
export const doubtNames = [
  'travel',
  'crowd',
  'closedHours',
  'mismatch',
  'farAway',
  'copied',
  'beforeIssue',
  'takenBack',
] as const
export type DoubtName = (typeof doubtNames)[number]

/**
 * Reasons that rest on where else somebody was. They are shown to whoever traces, never to a place, for which such a scan
 * seems to count: anybody can open a place and type a number there, and could ask where the person is.
 */
const ofElsewhere = ['travel', 'copied'] as const
type OfElsewhere = (typeof ofElsewhere)[number]
export const isOfElsewhere = (name: DoubtName): name is OfElsewhere =>
  (ofElsewhere as readonly DoubtName[]).includes(name)
export const toldDoubtNames = doubtNames.filter(
  (name): name is Exclude<DoubtName, OfElsewhere> => !isOfElsewhere(name),
)
/** As the table has them, from 1. */
export const doubtNumber = (name: DoubtName) => doubtNames.indexOf(name) + 1
export const doubtName = (number: number): DoubtName => doubtNames[number - 1]!
export const OF_ELSEWHERE = ofElsewhere.map(doubtNumber)
export const TAKEN_BACK = doubtNumber('takenBack')
/** What a place is told of a scan that is set aside. */
export const toldDoubt = (doubt: number | null) => {
  const name = doubt === null ? null : doubtName(doubt)
  return name === null || isOfElsewhere(name) ? {} : { setAside: name }
}

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
  'later',
] as const
type Via = (typeof vias)[number]
export const viaNumber = (via: Via) => vias.indexOf(via)
export const viaName = (number: number) => vias[number]!

/**
 * How far a scan is believed to be of its person. Whoever knows a number can make up the rest (0); of a card of others one has
 * to know more, and a code that was made afterwards says nothing of when (1); a signed code can be photographed (2); the person
 * answered from their own phone, wherever that was (3), or showed what it makes anew all the time (4).
 */
const trusts: Partial<Record<Via, number>> = {
  'phone-code': 4,
  own: 3,
  confirmed: 3,
  'server-code': 2,
  paper: 2,
  cccd: 1,
  bhyt: 1,
  mic: 1,
  later: 1,
}
/** What nobody could make up, unless it is keyed in. */
export const provenVias = Object.keys(trusts).map((via) => viaNumber(via as Via))
export const trustOf = ({ via, keyedIn }: { via: number; keyedIn: boolean }) =>
  keyedIn ? 0 : (trusts[vias[via]!] ?? 0)

/** A phone makes a new code every so often. */
const STEP_MS = 30_000
const AT_ONCE_MS = 10_000
/** Clocks of gates differ a little. */
const LATE_MS = 5_000

/** The half minute of a moment: of what phones show, the one in which it was made. */
export const stepOf = (madeAt: Date) => Math.floor(madeAt.getTime() / STEP_MS)

/** A scan of somebody, as it is weighed against their others. */
export type Weighed = { placeId: number; at: number; step: number | null; trust: number }

/** Nobody is at two doors at once, and by the time one has come to the next one the phone has made a new code. */
const isCopied = (one: Weighed, other: Weighed) =>
  one.step !== null &&
  other.step !== null &&
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

/** So long before and after a scan others of the same person may contradict it. */
export const WEIGHED_MS = DAY * 1000

type Positions = ReadonlyMap<number, Point>

/** Why two scans cannot both be of one person. */
function contradictionOf(one: Weighed, other: Weighed, places: Positions): OfElsewhere | null {
  const ms = Math.abs(one.at - other.at)
  if (one.placeId === other.placeId || ms > WEIGHED_MS) return null
  if (isImpossibleTravel(places.get(one.placeId)!, places.get(other.placeId)!, ms / 1000)) return 'travel'
  return isCopied(one, other) ? 'copied' : null
}

/**
 * What becomes of a new scan beside those that count: of two that contradict each other the one that is believed less is set
 * aside, or the later to come. What anybody could make up weighs nothing.
 */
export function weigh(scan: Weighed, others: readonly Weighed[], places: Positions) {
  let outweighs = false
  let doubt: OfElsewhere | null = null
  for (const other of others) {
    if (Math.max(scan.trust, other.trust) === 0) continue
    const reason = contradictionOf(scan, other, places)
    if (!reason) continue
    if (scan.trust > other.trust) outweighs = true
    else doubt = doubt === 'travel' ? doubt : reason
  }
  return { doubt, outweighs: outweighs && !doubt }
}

/**
 * The same for all scans of somebody, in the order in which they came; what is `settled` stays as it is. Whoever is outweighed
 * outweighs nobody.
 */
export function weighAll<T extends Weighed & { settled?: OfElsewhere | null }>(
  scans: readonly T[],
  places: Positions,
) {
  const standing: T[] = []
  return scans
    .toSorted((one, other) => other.trust - one.trust)
    .map((scan) => {
      const { settled } = scan
      const doubt = settled === undefined ? weigh(scan, standing, places).doubt : settled
      if (doubt === null && scan.trust > 0) standing.push(scan)
      return { scan, doubt }
    })
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

/** Whether a place has closed for good: nobody comes in any more. */
export const hasClosed = ({ closedAt }: Scanned, at: Date) => closedAt !== null && closedAt <= at

/** A scan may come late, but not before its time; a closed place takes those who leave, and who came before. */
export function assertMayScan(place: Scanned, direction: Direction, at: Date, now: Date) {
  if (isFromTheFuture(at, now)) throw visitProblem.fromTheFuture()
  if (at.getTime() < now.getTime() - OLDEST_SCAN_SECONDS * 1000) throw visitProblem.tooOld()
  if (direction === 'in' && hasClosed(place, at)) throw visitProblem.placeClosed()
}
