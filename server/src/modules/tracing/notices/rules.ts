import type { CoarseReason, Doubt, Precision } from './schema.ts'

const HALF_HOUR_MS = 1_800_000
const MOST_HOURS = 24

/** So many other people have to have been there before a place is named: among fewer, one is recognised. */
export const LEAST_VISITORS = 5

/** Where people live, and gatherings that are called after people: they name somebody whoever was there. */
const TELLING_KINDS: ReadonlySet<string> = new Set([
  'apartment',
  'boarding-house',
  'hotel',
  'quarantine',
  'quarantine-hotel',
  'wedding',
  'funeral',
])

type Time = { from: Date; to: Date }

/** Whether a point may have this time: within the bounds, begun, and not longer than a day. */
export const isLikelyTime = ({ from, to }: Time, bounds: Time, now: Date) =>
  from < to &&
  from >= bounds.from &&
  to <= bounds.to &&
  from <= now &&
  to.getTime() - from.getTime() <= MOST_HOURS * 3_600_000

type Rests = {
  /** What the case is called now, and how its point was judged last. */
  classification: string
  status: string
}

/** Whether something of this time lies in a window. */
export const isWithin = (time: Time, window: Time) => time.from < window.to && time.to > window.from

/** Why a line that was published should be taken back: what it rests on is no more. */
export function doubtOf({ classification, status, ...time }: Rests & Time, window: Time): Doubt | null {
  if (classification === 'discarded') return 'discarded'
  if (status === 'rejected') return 'rejected'
  return isWithin(time, window) ? null : 'outside'
}

/**
 * What is published of a time: with the air that stays behind, and out to half hours, so that a list of who came and went
 * at the minute names nobody.
 */
export const publishedTime = ({ from, to }: Time, airingSeconds: number): Time => ({
  from: new Date(Math.floor(from.getTime() / HALF_HOUR_MS) * HALF_HOUR_MS),
  to: new Date(Math.ceil((to.getTime() + airingSeconds * 1000) / HALF_HOUR_MS) * HALF_HOUR_MS),
})

type Known = {
  /** Of a place with a code. */
  kind: string | null
  visitors: number | null
  wishCoarse: boolean
}

/** How exactly a point is published, and why not more exactly. */
export function precisionOf({ kind, visitors, wishCoarse }: Known): {
  precision: Precision
  because: CoarseReason | null
} {
  const because: CoarseReason | null =
    kind === null || visitors === null
      ? 'uncounted'
      : TELLING_KINDS.has(kind)
        ? 'kind'
        : visitors < LEAST_VISITORS
          ? 'few'
          : wishCoarse
            ? 'wish'
            : null
  return { precision: because === null ? 'place' : 'area', because }
}
