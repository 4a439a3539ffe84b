import type { Sql } from '../../platform/database.ts'

export type ScanRow = {
  id: string
  placeId: number
  personId: number
  direction: number
  at: Date
}

const scanColumns = ['id', 'placeId', 'personId', 'direction', 'at'] as const

/** The source of a scan, and of the stay that begins with it; imported stays have no scans. */
export const SOURCE = { phone: 0, gate: 1, imported: 2 } as const

// — taking scans

/** Locks of this module: people one by one, and turns among large bodies. */
const PERSON = 7
const TURN = 8
const LARGE = 100
const TURNS = 4

/**
 * One writer at a time for each person, so that stays are derived from all scans there are. Everybody locks in the
 * same order, so that nobody waits in a circle. Large bodies take turns: PostgreSQL has room for some thousand locks.
 *
 * The rest of the transaction reads through indexes only: a table that was empty when statistics were last taken
 * would be read whole for every scan, and it is the busiest morning on which that happens.
 */
export async function waitForPeople(sql: Sql, personIds: readonly number[]) {
  const ids = [...new Set(personIds)].sort((one, other) => one - other)
  if (ids.length > LARGE) await sql`select pg_advisory_xact_lock(${TURN}, ${ids[0]! % TURNS})`
  await Promise.all([
    sql`select pg_advisory_xact_lock(${PERSON}, id) from unnest(${ids}::int[]) as id`,
    sql`select set_config('enable_seqscan', 'off', true)`,
  ])
}

/** Scans that have one of these ids at its place, or that this person sent under one of them from elsewhere. */
export const listScans = (
  sql: Sql,
  wanted: readonly { id: string; placeId: number }[],
  personId: number | null = null,
) =>
  sql<ScanRow[]>`
    select s.* from unnest(${wanted.map(({ placeId }) => placeId)}::int[], ${wanted.map(({ id }) => id)}::uuid[])
      as wanted (place_id, id)
    cross join lateral (
      select ${sql(scanColumns)} from scans where place_id = wanted.place_id and id = wanted.id
      union
      select ${sql(scanColumns)} from scans where person_id = ${personId} and id = wanted.id) as s`

/** By place and id: two bodies with the same ids must not wait for each other in a circle. */
const inOrder = (scans: readonly ScanRow[]) =>
  scans.toSorted((one, other) => one.placeId - other.placeId || (one.id < other.id ? -1 : 1))

/** Adds scans, in one statement; answers which were new. */
export function insertScans(sql: Sql, sent: readonly ScanRow[], source: number, now: Date) {
  const scans = inOrder(sent)
  return sql<{ id: string; placeId: number }[]>`
    insert into scans (id, place_id, person_id, direction, at, received_at, source)
    select id, place_id, person_id, direction, at, ${now}, ${source}
    from unnest(${scans.map(({ id }) => id)}::uuid[], ${scans.map(({ placeId }) => placeId)}::int[],
      ${scans.map(({ personId }) => personId)}::int[], ${scans.map(({ direction }) => direction)}::smallint[],
      ${scans.map(({ at }) => at.toISOString())}::timestamptz[]) as sent (id, place_id, person_id, direction, at)
    on conflict (place_id, id) do nothing
    returning id, place_id`
}

// — deriving stays

type Touched = { placeId: number; personId: number; at: Date }

/**
 * Derives the stays of the people and places that new scans touch, all of them in one statement, after their people
 * were waited for. In the order of time, in before out: an `in` begins a stay, unless one began there at most
 * the kind's default stay ago and nobody left since; an `out` ends the stay that began last, if it began in the last
 * 31 days and is not ended yet. So what began before the first new scan stands, and the walk goes from the last such
 * beginning to the first one after the new scans that stood already: from there on nothing can differ.
 *
 * Written so that the planner cannot leave the index by person, whatever it believes of the size of things: `offset 0`
 * keeps a look-up in its loop, `+ 0` away from the index by place (which would read everybody's stays there), and
 * `not in` compares through a hash.
 */
export const deriveStays = (sql: Sql, touched: readonly Touched[]) => sql`
  with recursive touched as (
    select place_id, person_id, min(at) as first_at, max(at) as last_at
    from unnest(${touched.map(({ placeId }) => placeId)}::int[], ${touched.map(({ personId }) => personId)}::int[],
      ${touched.map(({ at }) => at.toISOString())}::timestamptz[]) as sent (place_id, person_id, at)
    group by place_id, person_id
  ),
  walk as (
    select t.place_id, t.person_id, t.last_at, make_interval(secs => p.default_stay_seconds) as default_stay,
      begun.at, begun.source, ended.at as ended_at, false as stood
    from touched t join place_facts p on p.place_id = t.place_id
    cross join lateral (
      select max(arrived_at) as at from (
        select max(arrived_at) as arrived_at from visits v
        where v.person_id = t.person_id and v.arrived_at < t.first_at and v.place_id = t.place_id and v.source < 2
        union all
        select max(arrived_at) from open_stays o
        where o.person_id = t.person_id and o.arrived_at < t.first_at and o.place_id = t.place_id and o.source < 2
      ) as standing
    ) as last_standing
    cross join lateral (
      select at, source from scans s
      where s.person_id = t.person_id and s.place_id = t.place_id and s.direction = 1
        and s.at >= coalesce(last_standing.at, t.first_at)
      order by at, source limit 1
    ) as begun
    left join lateral (
      select at from scans s
      where s.person_id = t.person_id and s.place_id = t.place_id and s.direction = -1 and s.at >= begun.at
      order by at limit 1
    ) as ended on true
    union all
    select w.place_id, w.person_id, w.last_at, w.default_stay, begun.at, begun.source, ended.at,
      begun.at > w.last_at and (
        exists (select from visits v
          where v.person_id = w.person_id and v.arrived_at = begun.at and v.place_id = w.place_id and v.source < 2)
        or exists (select from open_stays o
          where o.person_id = w.person_id and o.arrived_at = begun.at and o.place_id = w.place_id and o.source < 2))
    from walk w
    cross join lateral (
      select at, source from scans s
      where s.person_id = w.person_id and s.place_id = w.place_id and s.direction = 1
        and s.at > least(w.at + w.default_stay, w.ended_at)
      order by at, source limit 1
    ) as begun
    left join lateral (
      select at from scans s
      where s.person_id = w.person_id and s.place_id = w.place_id and s.direction = -1 and s.at >= begun.at
      order by at limit 1
    ) as ended on true
    where not w.stood
  ),
  derived as (
    select *, length_of_stay(left_at - arrived_at) as length
    from (
      select place_id, person_id, at as arrived_at, source, stood,
        case when ended_at < coalesce(lead(at) over in_order, 'infinity') and ended_at - at <= interval '31 days'
          then ended_at end as left_at
      from walk window in_order as (partition by place_id, person_id order by at)
    ) as stay
    where not stood
  ),
  span as (
    select place_id, person_id, min(at) as from_at, coalesce(min(at) filter (where stood), 'infinity') as until_at
    from walk group by place_id, person_id
  ),
  gone_visits as (
    delete from visits where ctid = any(array(
      select stay.ctid from span cross join lateral (
        select ctid, * from visits v
        where v.person_id = span.person_id and v.arrived_at >= span.from_at and v.arrived_at < span.until_at
          and v.place_id + 0 = span.place_id and v.source < 2 offset 0
      ) as stay
      where (stay.place_id, stay.person_id, stay.arrived_at, stay.length, stay.source) not in (
        select place_id, person_id, arrived_at, length, source from derived where left_at is not null)))
  ),
  gone_open as (
    delete from open_stays where ctid = any(array(
      select stay.ctid from span cross join lateral (
        select ctid, * from open_stays o
        where o.person_id = span.person_id and o.arrived_at >= span.from_at and o.arrived_at < span.until_at
          and o.place_id + 0 = span.place_id and o.source < 2 offset 0
      ) as stay
      where (stay.place_id, stay.person_id, stay.arrived_at, stay.source) not in (
        select place_id, person_id, arrived_at, source from derived where left_at is null)))
  ),
  ended as (
    insert into visits as v (place_id, person_id, arrived_at, left_at, length, source)
    select place_id, person_id, arrived_at, left_at, length, source from derived where left_at is not null
    on conflict (place_id, length, arrived_at, person_id, source) do update set left_at = excluded.left_at
    where v.left_at <> excluded.left_at
  )
  insert into open_stays (place_id, person_id, arrived_at, source)
  select place_id, person_id, arrived_at, source from derived where left_at is null
  on conflict do nothing`

type StayOfScan = { arrivedAt: Date | null; leftAt: Date | null }

/** The stay that each scan belongs to, in their order: an `in` began it or fell into it, an `out` ended it. */
export const listStaysOf = (sql: Sql, scans: readonly Omit<ScanRow, 'id'>[]) => sql<StayOfScan[]>`
  select stay.arrived_at, stay.left_at
  from unnest(${scans.map(({ placeId }) => placeId)}::int[], ${scans.map(({ personId }) => personId)}::int[],
    ${scans.map(({ direction }) => direction)}::smallint[], ${scans.map(({ at }) => at.toISOString())}::timestamptz[])
    with ordinality as sent (place_id, person_id, direction, at, position)
  left join lateral (
    select arrived_at, left_at from (
      (select arrived_at, left_at from visits v
       where v.person_id = sent.person_id and v.place_id = sent.place_id and v.source < 2
         and v.arrived_at <= sent.at and v.arrived_at >= sent.at - interval '744 hours'
       order by arrived_at desc limit 1)
      union all
      (select arrived_at, null from open_stays o
       where o.person_id = sent.person_id and o.place_id = sent.place_id and o.source < 2
         and o.arrived_at <= sent.at and o.arrived_at >= sent.at - interval '744 hours'
       order by arrived_at desc limit 1)
    ) as latest (arrived_at, left_at)
    order by arrived_at desc limit 1
  ) as stay on sent.direction = 1 or stay.left_at = sent.at
  order by sent.position`

// — importing stays

export type ImportedStay = { placeId: number; personId: number; arrivedAt: Date; leftAt: Date | null }
type EndedStay = ImportedStay & { leftAt: Date }

/**
 * Adds stays from another system, which have no scans. Of stays with the same arrival the longest is kept; one whose
 * end was not recorded stands beside them, because each row of the other system counts. Takes thousands of rows a
 * call; answers how many were new.
 */
export async function insertStays(sql: Sql, stays: readonly ImportedStay[]): Promise<number> {
  const ended = stays.filter((stay): stay is EndedStay => stay.leftAt !== null)
  const open = stays.filter(({ leftAt }) => leftAt === null)
  return (ended.length ? await insertEnded(sql, ended) : 0) + (open.length ? await insertOpen(sql, open) : 0)
}

const insertEnded = async (sql: Sql, stays: readonly EndedStay[]) =>
  (
    await sql<{ added: number }[]>`
      with sent as (
        select place_id, person_id, arrived_at, max(left_at) as left_at
        from unnest(${stays.map(({ placeId }) => placeId)}::int[], ${stays.map(({ personId }) => personId)}::int[],
          ${stays.map(({ arrivedAt }) => arrivedAt.toISOString())}::timestamptz[], ${stays.map(({ leftAt }) => leftAt.toISOString())}::timestamptz[])
          as sent (place_id, person_id, arrived_at, left_at)
        group by place_id, person_id, arrived_at
      ),
      classed as (select *, length_of_stay(left_at - arrived_at) as length from sent),
      known as (
        select stay.row, c.place_id, c.person_id, c.arrived_at, stay.left_at >= c.left_at as lasts, stay.length < c.length as shorter
        from classed c cross join lateral (
          select ctid as row, left_at, length from visits v
          where v.person_id = c.person_id and v.arrived_at = c.arrived_at and v.place_id + 0 = c.place_id
            and v.source = ${SOURCE.imported} offset 0
        ) as stay
      ),
      shorter as (delete from visits where ctid = any(array(select row from known where shorter))),
      kept as (
        insert into visits as v (place_id, person_id, arrived_at, left_at, length, source)
        select place_id, person_id, arrived_at, left_at, length, ${SOURCE.imported} from classed
        where (place_id, person_id, arrived_at) not in (select place_id, person_id, arrived_at from known where lasts)
        on conflict (place_id, length, arrived_at, person_id, source)
          do update set left_at = greatest(v.left_at, excluded.left_at)
        returning place_id, person_id, arrived_at
      )
      select count(*)::int as added from kept
      where (place_id, person_id, arrived_at) not in (select place_id, person_id, arrived_at from known)`
  )[0]!.added

const insertOpen = async (sql: Sql, stays: readonly ImportedStay[]) =>
  (
    await sql`
      insert into open_stays (place_id, person_id, arrived_at, source)
      select place_id, person_id, arrived_at, ${SOURCE.imported}
      from unnest(${stays.map(({ placeId }) => placeId)}::int[], ${stays.map(({ personId }) => personId)}::int[],
        ${stays.map(({ arrivedAt }) => arrivedAt.toISOString())}::timestamptz[]) as sent (place_id, person_id, arrived_at)
      on conflict do nothing`
  ).count

// — reading

/** When an open stay ended, as far as anybody can tell: after the kind's default stay, or at the next check-in elsewhere. */
const estimatedEnd = (sql: Sql) => sql`
  least(o.arrived_at + make_interval(secs => p.default_stay_seconds),
    (select min(v.arrived_at) from visits v
     where v.person_id = o.person_id and v.arrived_at > o.arrived_at and v.place_id <> o.place_id
       and v.arrived_at < o.arrived_at + make_interval(secs => p.default_stay_seconds)),
    (select min(next.arrived_at) from open_stays next
     where next.person_id = o.person_id and next.arrived_at > o.arrived_at and next.place_id <> o.place_id
       and next.arrived_at < o.arrived_at + make_interval(secs => p.default_stay_seconds)))`

export type StayRow = { placeId: number; personId: number; arrivedAt: Date; leftAt: Date; estimated: boolean }

type Window = { limit: number; before: { at: string; skip: number } | null }

/** The stays of a person, latest first. A page goes on after `skip` stays that began at the moment `before.at`. */
export const listStaysOfPerson = (sql: Sql, personId: number, { limit, before }: Window) => {
  const until = before ? sql`and arrived_at <= ${before.at}::timestamptz` : sql``
  const most = limit + (before?.skip ?? 0)
  return sql<StayRow[]>`
    select o.place_id, o.person_id, o.arrived_at, coalesce(left_at, ${estimatedEnd(sql)}) as left_at,
      left_at is null as estimated
    from (
      select * from (
        (select place_id, person_id, arrived_at, left_at, source from visits
         where person_id = ${personId} ${until}
         order by arrived_at desc, place_id, source limit ${most})
        union all
        (select place_id, person_id, arrived_at, null, source from open_stays
         where person_id = ${personId} ${until}
         order by arrived_at desc, place_id, source limit ${most})
      ) as both_kinds
      order by arrived_at desc, place_id, source, left_at offset ${before?.skip ?? 0} limit ${limit}
    ) as o
    join place_facts p on p.place_id = o.place_id
    order by o.arrived_at desc, o.place_id, o.source, left_at`
}

/** Who of these people is still at a place, as far as anybody can tell, and until when. */
export const listInside = (sql: Sql, personIds: readonly number[], now: Date) =>
  sql<StayRow[]>`
    select place_id, person_id, max(arrived_at) as arrived_at, max(left_at) as left_at, true as estimated
    from (
      select o.place_id, o.person_id, o.arrived_at, ${estimatedEnd(sql)} as left_at
      from open_stays o join place_facts p on p.place_id = o.place_id
      where o.person_id = any(${personIds as number[]}::int[]) and o.arrived_at > ${now}::timestamptz - interval '744 hours'
    ) as stay
    where left_at > ${now}
    group by place_id, person_id
    order by arrived_at desc, person_id`

type Moments = { from: Date; to: Date; now: Date }

/** Scans of a day at a place, and how many people are there now. */
export const countToday = async (sql: Sql, placeId: number, { from, to, now }: Moments) =>
  (
    await sql<{ in: number; out: number; inside: number }[]>`
      select count(*) filter (where direction = 1)::int as in, count(*) filter (where direction = -1)::int as out,
        (select count(distinct o.person_id)::int from open_stays o join place_facts p on p.place_id = o.place_id
         where o.place_id = ${placeId} and o.arrived_at <= ${to}
           and o.arrived_at > ${now}::timestamptz - make_interval(secs =>
             (select default_stay_seconds from place_facts where place_id = ${placeId}))
           and ${estimatedEnd(sql)} > ${now}) as inside
      from scans where place_id = ${placeId} and at >= ${from} and at < ${to}`
  )[0]!

type After = { limit: number; before: { at: string; id: string } | null }

export const listToday = (sql: Sql, placeId: number, { from, to }: Moments, { limit, before }: After) =>
  sql<ScanRow[]>`
    select ${sql(scanColumns)} from scans
    where place_id = ${placeId} and at >= ${from} and at < ${to}
      ${before ? sql`and (at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
    order by at desc, id desc limit ${limit}`
