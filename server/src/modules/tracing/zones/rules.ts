import type { Shape, ZoneAction, ZoneState } from './schema.ts'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS

// — time

export type ZoneTimes = {
  status: 'draft' | 'proposed' | 'ordered' | 'notified' | 'lifted'
  startsAt: Date
  endsAt: Date
  noticeHours: number
}

/** Where a zone stands at a moment: what was decided, and what the hour makes of it. */
export function stateOf({ status, startsAt, endsAt }: ZoneTimes, now: Date): ZoneState {
  if (status !== 'notified') return status
  if (now < startsAt) return 'notified'
  return now < endsAt ? 'inForce' : 'expired'
}

/** The latest moment of the notice. */
export const noticeBy = ({ startsAt, noticeHours }: Pick<ZoneTimes, 'startsAt' | 'noticeHours'>) =>
  new Date(startsAt.getTime() - noticeHours * HOUR_MS)

/** Whether a notice at this moment comes as early as the law asks. */
export const isInTime = (zone: Pick<ZoneTimes, 'startsAt' | 'noticeHours'>, at: Date) => at <= noticeBy(zone)

/** What is due next, and when. */
export function clockOf(zone: ZoneTimes, now: Date): { kind: 'notice' | 'start' | 'end'; at: Date } | null {
  const state = stateOf(zone, now)
  if (state === 'draft' || state === 'proposed' || state === 'ordered')
    return { kind: 'notice', at: noticeBy(zone) }
  if (state === 'notified') return { kind: 'start', at: zone.startsAt }
  return state === 'inForce' ? { kind: 'end', at: zone.endsAt } : null
}

/** A zone begins before it ends, ends in the future, and no later than the rules allow. */
export const isLikely = (
  { startsAt, endsAt }: Pick<ZoneTimes, 'startsAt' | 'endsAt'>,
  mostDays: number,
  now: Date,
) =>
  startsAt < endsAt &&
  endsAt > now &&
  endsAt.getTime() - startsAt.getTime() <= mostDays * DAY_MS &&
  startsAt.getTime() - now.getTime() <= 366 * DAY_MS

// — steps

const steps: Record<ZoneState, readonly ZoneAction[]> = {
  draft: ['edit', 'propose'],
  proposed: ['return', 'order'],
  ordered: ['notify', 'return', 'lift'],
  notified: ['extend', 'lift'],
  inForce: ['extend', 'lift'],
  expired: [],
  lifted: [],
}

export const isPossible = (state: ZoneState, action: ZoneAction) => steps[state].includes(action)

/** Which permission each step asks for. */
export const permissionFor: Record<ZoneAction, string> = {
  edit: 'zone.draft',
  propose: 'zone.draft',
  return: 'zone.order',
  order: 'zone.order',
  notify: 'zone.notify',
  extend: 'zone.order',
  lift: 'zone.order',
}

/** What a second person decides: not whoever drafted or proposed it. */
export const needsSecondPerson = (action: ZoneAction) => action === 'order' || action === 'extend'

// — the smallest cover

/** So many points that lie in each of these units: mostly one, several where a former commune was split. */
export type Group<Unit> = { units: readonly Unit[]; count: number }

/**
 * As few units as hold the share of the points; among equals those in which fewer people live. The unit that adds most
 * comes first: where every point lies in one unit that is the least number there is.
 */
export function smallestCover<Unit>(
  groups: readonly Group<Unit>[],
  share: number,
  peopleIn: (unit: Unit) => number,
): { units: Unit[]; covered: number } {
  const total = groups.reduce((sum, { count }) => sum + count, 0)
  const wanted = Math.ceil(total * share - 1e-9)
  const chosen: Unit[] = []
  let rest = [...groups]
  let covered = 0
  while (covered < wanted) {
    const gains = new Map<Unit, number>()
    for (const { units, count } of rest)
      for (const unit of units) gains.set(unit, (gains.get(unit) ?? 0) + count)
    const [best] = [...gains].sort(
      ([one, gain], [other, otherGain]) => otherGain - gain || peopleIn(one) - peopleIn(other),
    )
    if (!best) break
    chosen.push(best[0])
    covered += best[1]
    rest = rest.filter(({ units }) => !units.includes(best[0]))
  }
  return { units: chosen, covered: total === 0 ? 0 : covered / total }
}

export type Weighed = { lat: number; lon: number; weight: number }

const LEAST_RADIUS = 100
const ROUNDING = 50

/**
 * The smallest circle around one of the points that holds the share of their weight: at most twice as wide as the
 * smallest circle anywhere. Rounded up to 50 m, and never under 100 m, because positions are not better known.
 */
export function smallestCircle(points: readonly Weighed[], share: number) {
  const total = points.reduce((sum, { weight }) => sum + weight, 0)
  const wanted = total * share - 1e-9
  let best: { center: Weighed; radius: number } | undefined
  for (const center of points) {
    const near = points
      .map((point) => ({ metres: metresBetween(center, point), weight: point.weight }))
      .sort((one, other) => one.metres - other.metres)
    let held = 0
    const last = near.find(({ weight }) => {
      held += weight
      return held >= wanted
    })
    if (last && (!best || last.metres < best.radius)) best = { center, radius: last.metres }
  }
  if (!best) return undefined
  const { lat, lon } = best.center
  const radiusMetres = Math.max(LEAST_RADIUS, Math.ceil(best.radius / ROUNDING) * ROUNDING)
  const inside = points.filter((point) => metresBetween(best.center, point) <= radiusMetres)
  const shape: Extract<Shape, { kind: 'circle' }> = { kind: 'circle', center: { lat, lon }, radiusMetres }
  return {
    shape,
    places: inside.length,
    covered: inside.reduce((sum, { weight }) => sum + weight, 0) / total,
  }
}

const EARTH_METRES = 6_371_000
const radians = (degrees: number) => (degrees * Math.PI) / 180

type Point = { lat: number; lon: number }

export function metresBetween(one: Point, other: Point) {
  const half =
    Math.sin(radians(other.lat - one.lat) / 2) ** 2 +
    Math.cos(radians(one.lat)) *
      Math.cos(radians(other.lat)) *
      Math.sin(radians(other.lon - one.lon) / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(half)))
}
