import type { Sql } from '../../../platform/database.ts'
import { LONGEST_USUAL_SECONDS, lookBack } from '../../visits/rules.ts'

/**
 * Who was together with whom beside the stays at places that were scanned: what people declared, who shares a phone,
 * guests of events, places visited without a scan, and seats of vehicles.
 *
 * An edge goes both ways in the data and is told from the seed's side: `withId` is the seed, `personId` the other one.
 * It is cut to the seed's window, half-open; touching is none. Edges of one pair are not merged: each says where it comes
 * from and how sure it is.
 */
export type EdgeSeed = { personId: number; from: Date | string; to: Date | string }

export type Edge = {
  personId: number
  withId: number
  from: Date
  to: Date
  /** A setting of the interview form, or `household`, `event`, `place`, `vehicle`. */
  setting: string
  source: 'interview' | 'declared' | 'household' | 'guest-list' | 'scan'
  /** From 0 to 1. */
  confidence: number
  placeId: number | null
  /** Both wore masks; null: nobody knows. */
  masked: boolean | null
  /** An exit that nobody recorded was estimated. */
  estimated: boolean
}

/** A disease's profile says so; these are what it says where it says nothing (data/diseases). */
type ZoneConfidence = { same: number; neighbouring: number; apart: number; unknown: number }
const zonesUnlessSaid: ZoneConfidence = { same: 1, neighbouring: 0.6, apart: 0.3, unknown: 0.6 }

/** How sure it is that who shares a phone lives together; and so many on one phone are no household but a class. */
export const HOUSEHOLD_CONFIDENCE = 0.8
export const MOST_IN_HOUSEHOLD = 20
/** How sure it is that who was asked to an event came, where nobody was scanned. */
export const GUEST_CONFIDENCE = 0.6

type Options = {
  timeZone: string
  zones?: ZoneConfidence | undefined
  /** Also who was scanned on the same vehicle, by their seats. */
  aboard?: boolean
}

/** All edges of the seeds, in one statement. Who is a seed twice has the edges of both windows. */
export const listEdges = async (sql: Sql, seeds: readonly EdgeSeed[], options: Options): Promise<Edge[]> =>
  seeds.length === 0 ? [] : [...(await edges(sql, seeds, options))]

const text = (at: Date | string) => (typeof at === 'string' ? at : at.toISOString())

/** The same as a query, for whoever joins or pages it; its columns are those of Edge. */
export function edges(
  sql: Sql,
  seeds: readonly EdgeSeed[],
  { timeZone, zones = zonesUnlessSaid, aboard = true }: Options,
) {
  // The bounds of all seeds are said as they are, so that weeks in which nothing can be found are not planned.
  const since = Math.min(...seeds.map(({ from }) => momentOf(text(from)))) - 1000
  const until = Math.max(...seeds.map(({ to }) => momentOf(text(to)))) + 1000
  const between = (column: string, mostSeconds: number) =>
    sql`${sql(column)} > ${new Date(since - mostSeconds * 1000)} and ${sql(column)} < ${new Date(until)}`
  const usual = sql`p.default_stay_seconds * interval '1 second'`

  /** Stays that the place's index finds, or the person's: a look-up for each class of length. */
  const recorded = (of: ReturnType<Sql>) =>
    lookBack.map(
      (most, length) => sql`
      select r.person_id, r.place_id, r.arrived_at, r.left_at, false as estimated from recorded_stays r
      where ${of} and r.length = ${length}::smallint and ${between('r.arrived_at', most)}
        and r.arrived_at > m.a - ${most}::int * interval '1 second' and r.arrived_at < m.b
        and r.left_at > m.a and r.left_at > r.arrived_at
      union all`,
    )
  /** Of whom nobody saw leave. */
  const unfinished = (of: ReturnType<Sql>) => sql`
    select e.* from (
      select u.person_id, u.place_id, u.arrived_at,
        estimated_end(u.arrived_at, ${usual}, u.elsewhere_at, p.openings, p.closed_at, ${timeZone}) as left_at,
        true as estimated
      from unfinished_stays u join place_facts p on p.place_id = u.place_id
      where ${of} and ${between('u.arrived_at', LONGEST_USUAL_SECONDS)} and u.arrived_at < m.b
        and u.arrived_at > m.a - ${usual}
      offset 0
    ) e where e.left_at > m.a and e.left_at > e.arrived_at`
  const stays = (recordedOf: ReturnType<Sql>, unfinishedOf: ReturnType<Sql>) =>
    sql`${recorded(recordedOf)} ${unfinished(unfinishedOf)} offset 0`

  /** Where somebody was without a scan; who has a stay there at that time is known better by it. */
  const unscanned = sql`
    select w.* from (
      select g.person_id, g.place_id, g.starts_at as a, g.ends_at as b, ${GUEST_CONFIDENCE}::float8 as confidence,
        'guest-list' as source from guest_facts g
      union all
      select v.person_id, v.place_id, v.from_at, v.to_at, v.confidence::float8, 'interview' from declared_visits v
      where v.withdrawn_at is null
    ) w
    where w.a < ${new Date(until)} and w.b > ${new Date(since)}
      and not exists (
        select from recorded_stays r
        where r.person_id = w.person_id and r.place_id = w.place_id and r.arrived_at < w.b and r.left_at > w.a
          and r.arrived_at > w.a - interval '366 days' and r.left_at > r.arrived_at)
      and not exists (
        select from unfinished_stays u join place_facts p on p.place_id = u.place_id
        where u.person_id = w.person_id and u.place_id = w.place_id and u.arrived_at < w.b
          and u.arrived_at > w.a - ${usual})`

  return sql<Edge[]>`
    with seed as materialized (
      select person_id, since::timestamptz as a, until::timestamptz as b
      from unnest(${seeds.map(({ personId }) => personId)}::int[], ${seeds.map(({ from }) => text(from))}::text[],
        ${seeds.map(({ to }) => text(to))}::text[]) as given (person_id, since, until)
      where since::timestamptz < until::timestamptz
    ),
    declared as (
      select case when d.person_id = s.person_id then d.other_id else d.person_id end as person_id, s.person_id as with_id,
        greatest(d.from_at, s.a) as a, least(d.to_at, s.b) as b, d.setting, d.source, d.confidence::float8 as confidence,
        d.place_id, d.masked, false as estimated
      from seed s cross join lateral (
        select * from declared_contacts one where one.person_id = s.person_id and one.withdrawn_at is null
        union all
        select * from declared_contacts other where other.other_id = s.person_id and other.withdrawn_at is null
      ) d
      where d.from_at < s.b and d.to_at > s.a
    ),
    household as (
      select o.person_id, s.person_id as with_id, s.a, s.b, 'household', 'household', ${HOUSEHOLD_CONFIDENCE}::float8,
        null::int, null::boolean, false
      from seed s join household_facts h on h.person_id = s.person_id
        join household_facts o on o.household_id = h.household_id and o.person_id <> s.person_id
      where (select count(*) from (
        select from household_facts c where c.household_id = h.household_id limit ${MOST_IN_HOUSEHOLD + 1}) members
      ) <= ${MOST_IN_HOUSEHOLD}
    ),
    absent as materialized (${unscanned}),
    attended as materialized (select distinct place_id from absent),
    own as materialized (
      select s.person_id as with_id, s.a as since, s.b as until, v.place_id, v.arrived_at, v.left_at, v.estimated,
        k.place_id is not null as aboard, k.zones
      from ${aboard ? sql`seed` : sql`(select * from seed where exists (select from attended))`} s cross join lateral (
        select s.a, s.b
      ) m cross join lateral (${stays(sql`r.person_id = s.person_id`, sql`u.person_id = s.person_id`)}) v
        left join vehicle_facts k on k.place_id = v.place_id
      where ${aboard ? sql`k.place_id is not null or` : sql``} v.place_id in (select place_id from attended)
    ),
    /* Seats of the vehicles in question, once: a look-up for each pair of people would be most of the work. */
    seats as materialized (
      select f.place_id, f.person_id, f.at, min(f.zone) as zone from seat_facts f
      where f.place_id in (select place_id from own where aboard) and ${between('f.at', LONGEST_USUAL_SECONDS)}
      group by f.place_id, f.person_id, f.at
    ),
    seated as (
      select o.person_id, m.with_id, greatest(o.arrived_at, m.a) as a, least(o.left_at, m.b) as b, 'vehicle', 'scan',
        case
          when mine.zone is null or theirs.zone is null then ${zones.unknown}::float8
          when mine.zone = theirs.zone then ${zones.same}::float8
          when abs(array_position(m.zones, mine.zone) - array_position(m.zones, theirs.zone)) = 1
            then ${zones.neighbouring}::float8
          else ${zones.apart}::float8
        end, m.place_id, null::boolean, m.estimated or o.estimated
      from (
        select *, greatest(arrived_at, since) as a, least(left_at, until) as b from own where aboard
      ) m cross join lateral (${stays(sql`r.place_id = m.place_id`, sql`u.place_id = m.place_id`)}) o
        left join seats mine on mine.person_id = m.with_id and mine.at = m.arrived_at and mine.place_id = m.place_id
        left join seats theirs on theirs.person_id = o.person_id and theirs.at = o.arrived_at and theirs.place_id = m.place_id
      where o.person_id <> m.with_id
    ),
    /* The seed without a scan, the others with one or without. */
    mine as (
      select s.person_id as with_id, w.place_id, greatest(w.a, s.a) as a, least(w.b, s.b) as b, w.confidence, w.source
      from seed s join absent w on w.person_id = s.person_id where w.a < s.b and w.b > s.a
    ),
    unseen as (
      select o.person_id, m.with_id, greatest(o.arrived_at, m.a) as a, least(o.left_at, m.b) as b, m.confidence, m.source,
        m.place_id, o.estimated
      from mine m cross join lateral (${stays(sql`r.place_id = m.place_id`, sql`u.place_id = m.place_id`)}) o
      union all
      select w.person_id, m.with_id, greatest(w.a, m.a), least(w.b, m.b), least(m.confidence, w.confidence),
        greatest(m.source, w.source), m.place_id, false
      from mine m join absent w on w.place_id = m.place_id where w.a < m.b and w.b > m.a
      union all
      /* The seed with a scan, the others without. */
      select w.person_id, m.with_id, greatest(w.a, m.arrived_at, m.since), least(w.b, m.left_at, m.until), w.confidence,
        w.source, m.place_id, m.estimated
      from own m join absent w on w.place_id = m.place_id
    )
    select person_id, with_id, a as from, b as to, setting, source, confidence, place_id, masked, estimated from (
      select * from declared
      union all
      select * from household
      ${aboard ? sql`union all select * from seated` : sql``}
      union all
      select u.person_id, u.with_id, u.a, u.b, case k.form when 'event' then 'event' else 'place' end, u.source,
        u.confidence, u.place_id, null, u.estimated
      from unseen u join place_facts p on p.place_id = u.place_id join kind_facts k on k.kind = p.kind
      where u.person_id <> u.with_id
    ) edge
    where a < b`
}

/** Of a moment as PostgreSQL or ISO 8601 writes it, in milliseconds. */
const momentOf = (moment: string) => Date.parse(moment.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
