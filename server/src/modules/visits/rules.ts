import { visitProblem } from './problems.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** How long a stay of each class may be, in seconds: so far back must a look-up go that wants all of the class. */
export const lookBack = [2 * HOUR, 12 * HOUR, 3 * DAY, 31 * DAY, 366 * DAY] as const

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

/** Cheap phones drift. */
const SKEW_MS = 5 * 60_000

type Scanned = { closedAt: Date | null }

/** A scan may come late, but not before its time; a closed place takes those who leave, and who came before. */
export function assertMayScan(place: Scanned, direction: Direction, at: Date, now: Date) {
  if (at.getTime() > now.getTime() + SKEW_MS) throw visitProblem.fromTheFuture()
  if (at.getTime() < now.getTime() - OLDEST_SCAN_SECONDS * 1000) throw visitProblem.tooOld()
  if (direction === 'in' && place.closedAt && place.closedAt <= at) throw visitProblem.placeClosed()
}
