import type { Sql } from '../../platform/database.ts'
import { type Direction, directionNumber, OLDEST_SCAN_SECONDS, viaName } from './rules.ts'
import type { Known } from './schema.ts'

/** How people were known where they were scanned. It is looked up for what is shown, never while contacts are sought. */

type Seen = { personId: number; placeId: number; at: Date }

/** A scan by what it says; `isAside`: one of those that make no stay. */
type Said = Seen & { direction: Direction; isAside?: boolean }

type Row = Omit<Known, 'via'> & { via: number | null }

/** How the scans were made, in their order; null where there is none, because the stay was imported. */
export const listKnown = (sql: Sql, scans: readonly Said[]) => find(sql, scans, sql`asked.at`)

/** How each of these people was known when they last arrived at the place before the moment, in their order. */
export function listKnownOnArrival(sql: Sql, seen: readonly Seen[]) {
  const last = (stays: string) => sql`
    (select max(arrived_at) from ${sql(stays)} stay
     where stay.person_id = asked.person_id and stay.place_id = asked.place_id and stay.arrived_at <= asked.at
       and stay.arrived_at >= asked.at - ${LONGEST}::interval and ${within(sql, 'arrived_at', seen)})`
  const arrivals = seen.map((one) => ({ ...one, direction: 'in' as const }))
  return find(sql, arrivals, sql`greatest(${last('visits')}, ${last('open_stays')})`)
}

/** No stay that began with a scan is longer. */
const LONGEST = `${OLDEST_SCAN_SECONDS} seconds`

/** The bounds of all that is asked are said as they are, so that weeks in which nothing can be found are not planned. */
function within(sql: Sql, column: string, asked: readonly Seen[]) {
  const times = asked.map(({ at }) => at.getTime())
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY)
  const last = times.reduce((most, time) => Math.max(most, time), 0)
  return sql`${sql(column)} between ${new Date(first - OLDEST_SCAN_SECONDS * 1000)} and ${new Date(last)}`
}

/** `at`: when the scan was, in the words of the query. */
async function find(sql: Sql, asked: readonly Said[], at: ReturnType<Sql>): Promise<(Known | null)[]> {
  if (asked.length === 0) return []
  const aside = asked.map(({ isAside = false }) => isAside)
  const rows = await sql<Row[]>`
    select s.via, s.keyed_in, s.stop, s.skew_seconds, g.name as gate
    from unnest(${asked.map(({ personId }) => personId)}::int[], ${asked.map(({ placeId }) => placeId)}::int[],
      ${asked.map(({ at }) => at.toISOString())}::timestamptz[],
      ${asked.map(({ direction }) => directionNumber(direction))}::smallint[],
      ${`{${aside.join()}}`}::bool[])
      with ordinality as asked (person_id, place_id, at, direction, is_aside, position)
    cross join lateral (select ${at} as at offset 0) moment
    left join lateral (
      select * from scans s
      where s.person_id = asked.person_id and s.at = moment.at and s.place_id = asked.place_id
        and (s.direction = asked.direction or s.auto) and (s.doubt is not null) = asked.is_aside and ${within(sql, 'at', asked)}
      order by s.id limit 1) s on true
    left join gate_facts g on g.place_id = s.place_id and g.code = s.gate
    order by position`
  return rows.map(({ via, ...row }) => (via === null ? null : { ...row, via: viaName(via) }))
}
