import type { Sql } from '../../platform/database.ts'
import { addDays, dayIn, startOfDay } from '../../platform/days.ts'
import { type DoubtName, doubtName, doubtNames, doubtNumber } from '../visits/index.ts'

/**
 * What of somebody is set aside where they met a case, on that day: they may have been there longer, or not at all. It is
 * looked up for the lines of a page, never while contacts are sought.
 */

type Met = { personId: number; placeId: number; from: Date; to: Date }
type Aside = { placeId: number; on: string; reason: DoubtName; scans: number }

/** By person; of one place, day and reason no more than `most` are counted. */
export async function listAsideWhereMet(
  sql: Sql,
  met: readonly Met[],
  { timeZone, most }: { timeZone: string; most: number },
): Promise<Map<number, Aside[]>> {
  const days = met.flatMap(({ personId, placeId, from, to }) =>
    [...new Set([dayIn(timeZone, from), dayIn(timeZone, to)])].map((on) => ({ personId, placeId, on })),
  )
  const asked = [...new Map(days.map((day) => [Object.values(day).join(' '), day])).values()]
  if (asked.length === 0) return new Map()
  const begin = asked.map(({ on }) => startOfDay(timeZone, on))
  const end = asked.map(({ on }) => startOfDay(timeZone, addDays(on, 1)))
  const times = [...begin, ...end].map((at) => at.getTime())
  // Said once for all, so that weeks in which nothing can be found are not planned.
  const [first, last] = [new Date(Math.min(...times)), new Date(Math.max(...times))]
  const rows = await sql<{ position: number; doubt: number; scans: number }[]>`
    select position::int, doubt, scans
    from unnest(${asked.map(({ personId }) => personId)}::int[], ${asked.map(({ placeId }) => placeId)}::int[],
      ${begin.map((at) => at.toISOString())}::timestamptz[], ${end.map((at) => at.toISOString())}::timestamptz[])
      with ordinality as asked (person_id, place_id, begins, ends, position)
    cross join unnest(${doubtNames.map(doubtNumber)}::int[]) as of (doubt)
    cross join lateral (
      select count(*)::int as scans from (
        select from set_aside_scans s
        where s.person_id = asked.person_id and s.doubt = of.doubt and s.place_id = asked.place_id
          and s.at >= asked.begins and s.at < asked.ends and s.at >= ${first} and s.at < ${last}
        limit ${most}) as few) counted
    where scans > 0 order by begins, position, doubt`
  const found = rows.map(({ position, doubt, scans }) => ({
    ...asked[position - 1]!,
    reason: doubtName(doubt),
    scans,
  }))
  return Map.groupBy(found, ({ personId }) => personId)
}
