import { type Fragment, type Sql, transact } from '../../platform/database.ts'
import { noteChanges, noteLateDays } from './place-days.ts'
import {
  type DerivedStay,
  lengthClass,
  type Mark,
  OF_ELSEWHERE,
  provenVias,
  TAKEN_BACK,
  viaNumber,
} from './rules.ts'

export type ScanRow = {
  id: string
  placeId: number
  personId: number
  direction: number
  at: Date
  /** Why it is set aside. */
  doubt: number | null
}

/** What is kept of a scan beside what it says. */
export type NewScan = ScanRow & {
  /** The gate left the direction open; the one above is what it was told. */
  auto: boolean
  source: number
  via: number
  keyedIn: boolean
  skewSeconds: number | null
  gate: string | null
  stop: string | null
  zone: string | null
  /** The half minute in which the phone made its code; of other codes of ours, in which they were shown. */
  step: number | null
}

/** What a gate took back is not there any more, but for whoever traces. */
const isThere = (sql: Sql) => sql`s.doubt is distinct from ${TAKEN_BACK}`
/** What a place takes to count: it does not hear what somebody's scans elsewhere say of those at its doors. */
const seemsToCount = (sql: Sql) => sql`(s.doubt is null or s.doubt = any(${OF_ELSEWHERE}::smallint[]))`
/** What only seems to. The indexes of what is set aside answer it. */
const onlySeems = (sql: Sql) => sql`s.doubt in (${sql.unsafe(OF_ELSEWHERE.join())})`
const directionOfMark = (sql: Sql) => sql`case when s.auto then 0 else s.direction end as direction`

const scanColumns = ['id', 'placeId', 'personId', 'direction', 'at', 'doubt'] as const

/** The source of a scan, and of the stay that begins with it; imported stays have no scans, no scan says that it is made up. */
export const SOURCE = { madeUp: -1, phone: 0, gate: 1, imported: 2 } as const

/**
 * A column of rows as PostgreSQL writes arrays. The driver would look at each value by itself, which costs more than
 * all else that is done here for a scan; what is written so are numbers, ids and moments, which need no escape.
 */
const column = <Row, Key extends keyof Row>(rows: readonly Row[], key: Key) =>
  `{${rows.map((row) => row[key] ?? 'NULL').join()}}`
const moments = (times: readonly (Date | number)[]) =>
  `{${times.map((time) => new Date(time).toISOString()).join()}}`

// — taking scans

/** Locks of this module: people one by one, and turns among large bodies. */
const PERSON = 7
const TURN = 8
const LARGE = 100
const TURNS = 4

/**
 * The transaction goes through indexes, row by row, by plans made once: a table that was empty when statistics were
 * last taken would be read whole for every scan, and it is the busiest morning on which that happens.
 */
export const goThroughIndexes = (sql: Sql) => sql`
  select set_config(name, 'off', true)
  from unnest(array['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) as name
  union all
  select set_config('plan_cache_mode', 'force_generic_plan', true)`

/**
 * One writer at a time for each person, so that stays are derived from all scans there are. Everybody locks in the
 * same order, so that nobody waits in a circle. Large bodies take turns: PostgreSQL has room for some thousand locks.
 */
export async function waitForPeople(sql: Sql, personIds: readonly number[]) {
  const ids = [...new Set(personIds)].sort((one, other) => one - other)
  await Promise.all([
    ...(ids.length > LARGE ? [sql`select pg_advisory_xact_lock(${TURN}, ${ids[0]! % TURNS})`] : []),
    sql`select pg_advisory_xact_lock(${PERSON}, id)::text from unnest(${ids}::int[]) as id`,
  ])
}

/** Scans that have one of these ids, wherever: none is older than `since` or later than `until`. */
export const listScans = (sql: Sql, ids: readonly string[], since: Date, until: Date) =>
  sql<ScanRow[]>`
    select known.* from unnest(${ids as string[]}::uuid[]) as wanted (id)
    cross join lateral (
      select ${sql(scanColumns)} from scans where id = wanted.id and at between ${since} and ${until} offset 0) as known`

/** Whom these scans were of, if gates of their places made them within the day before; in their order. */
export const listSeen = (sql: Sql, named: readonly { id: string; placeId: number; at: Date }[]) =>
  sql<{ personId: number | null; doubt: number | null; via: number | null }[]>`
    select known.person_id, known.doubt, known.via
    from unnest(${column(named, 'id')}::uuid[], ${column(named, 'placeId')}::int[], ${moments(named.map(({ at }) => at))}::timestamptz[])
      with ordinality as named (id, place_id, at, position)
    left join lateral (
      select person_id, doubt, via from scans s
      where s.id = named.id and s.place_id = named.place_id and s.source = ${SOURCE.gate} and s.at <= named.at and s.at >= named.at - interval '24 hours'
        and ${isThere(sql)}
      limit 1) as known on true
    order by position`

/** By place and time: bodies with the same scans must not wait for each other in a circle. */
const byKey = (one: ScanRow, other: ScanRow) =>
  one.placeId - other.placeId || one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1)

/** Adds scans, in one statement. */
export function insertScans(sql: Sql, sent: readonly NewScan[], now: Date) {
  const scans = sent.toSorted(byKey)
  return sql`
    insert into scans (id, place_id, person_id, direction, auto, at, received_at, source, via, doubt, keyed_in,
      skew_seconds, gate, stop, zone, step)
    select id, place_id, person_id, direction, auto, at, ${now}, source, via, doubt, keyed_in, skew_seconds, gate, stop,
      zone, step
    from unnest(${column(scans, 'id')}::uuid[], ${column(scans, 'placeId')}::int[], ${column(scans, 'personId')}::int[],
      ${column(scans, 'direction')}::smallint[], ${column(scans, 'auto')}::bool[],
      ${moments(scans.map(({ at }) => at))}::timestamptz[], ${column(scans, 'source')}::smallint[], ${column(scans, 'via')}::smallint[],
      ${column(scans, 'doubt')}::smallint[], ${column(scans, 'keyedIn')}::bool[],
      ${column(scans, 'skewSeconds')}::int[], ${scans.map(({ gate }) => gate)}::text[], ${scans.map(({ stop }) => stop)}::text[],
      ${scans.map(({ zone }) => zone)}::text[], ${column(scans, 'step')}::int[])
      as sent (id, place_id, person_id, direction, auto, at, source, via, doubt, keyed_in, skew_seconds, gate, stop, zone, step)
    on conflict (place_id, at, id) do nothing`
}

/** Of these arrivals those whose code came in by another entrance of the place as well. */
export const listShownTwice = (sql: Sql, arrivals: readonly NewScan[]) =>
  sql<{ id: string }[]>`
    select id from unnest(${column(arrivals, 'id')}::uuid[], ${column(arrivals, 'placeId')}::int[],
      ${column(arrivals, 'personId')}::int[], ${moments(arrivals.map(({ at }) => at))}::timestamptz[],
      ${column(arrivals, 'step')}::int[], ${arrivals.map(({ gate }) => gate)}::text[])
      as shown (id, place_id, person_id, at, step, gate)
    where exists (
      select from scans s
      where s.person_id = shown.person_id and s.place_id = shown.place_id and s.direction = 1 and s.doubt is null
        and s.at between shown.at - interval '90 seconds' and shown.at + interval '90 seconds'
        and s.step = shown.step and s.gate <> shown.gate)`

/** How the person was known at the place since then, in or out. */
export const listSightings = (sql: Sql, personId: number, placeId: number, since: Date) =>
  sql<Sighting[]>`
    select distinct via, doubt from scans s
    where s.person_id = ${personId} and s.place_id = ${placeId} and s.at >= ${since} and ${isThere(sql)}`

export type Sighting = { via: number; doubt: number | null }

/** Which of these people were at these places since then. */
export const listKnownAt = (
  sql: Sql,
  people: readonly { personId: number; placeId: number }[],
  since: Date,
) =>
  sql<{ personId: number; placeId: number }[]>`
    select person_id, place_id
    from unnest(${column(people, 'personId')}::int[], ${column(people, 'placeId')}::int[]) as asked (person_id, place_id)
    where exists (
      select from scans s where s.person_id = asked.person_id and s.place_id = asked.place_id and s.at >= ${since} and ${isThere(sql)})`

/** On how many of so many days before a place that is at work received how many scans at least, within a day or two. */
const AT_WORK = { days: 7, of: 28, scans: 20 }

/** Those of these places that have been at work for a while; what is sent with an hour long past makes no history. */
export const listAtWork = async (sql: Sql, publicIds: readonly string[], now: Date) =>
  (
    await sql<{ publicId: string }[]>`
      select public_id from place_facts place
      where public_id = any(${publicIds as string[]}::uuid[]) and ${AT_WORK.days} <= (
        select count(*) from generate_series(1, ${AT_WORK.of}::int) as ago
        where ${AT_WORK.scans} <= (
          select count(*) from (
            select from scans s
            where s.place_id = place.place_id and s.doubt is null
              and s.at >= ${now}::timestamptz - ago * interval '1 day' and s.at < ${now}::timestamptz - (ago - 1) * interval '1 day'
              and s.received_at < s.at + interval '2 days'
            limit ${AT_WORK.scans}::int) of_day))`
  ).map(({ publicId }) => publicId)

/** What is unique of a scan. */
export type ScanKey = Pick<ScanRow, 'id' | 'placeId' | 'at'>

const keysOf = (sql: Sql, scans: readonly ScanKey[]) => sql`
  unnest(${column(scans, 'placeId')}::int[], ${moments(scans.map(({ at }) => at))}::timestamptz[], ${column(scans, 'id')}::uuid[])`

/** Scans of these ids that their places sent lately; what somebody's own phone sent is not theirs. */
export const findReceived = (
  sql: Sql,
  scans: readonly { id: string; placeId: number }[],
  receivedSince: Date,
) =>
  sql<ScanRow[]>`
    select ${sql(scanColumns.map((name) => `s.${name}`))}
    from unnest(${column(scans, 'id')}::uuid[], ${column(scans, 'placeId')}::int[]) as wanted (id, place_id)
    join scans s on s.id = wanted.id and s.place_id = wanted.place_id
    where s.source = ${SOURCE.gate} and s.received_at >= ${receivedSince}
      and s.at >= ${receivedSince}::timestamptz - interval '32 days' and ${isThere(sql)}`

/** The scans of these keys that seem to count. */
export const findCounting = (sql: Sql, scans: readonly ScanKey[]) =>
  sql<ScanRow[]>`
    select ${sql(scanColumns.map((name) => `s.${name}`))} from scans s join ${keysOf(sql, scans)} as wanted (place_id, at, id)
      using (place_id, at, id)
    where ${seemsToCount(sql)}`

/**
 * Sets those aside that count, or by `null` lets those count that only others of their person spoke against. A reason that lies at
 * the place itself stands before one of elsewhere: all of a crowd are told the same.
 */
export const setDoubt = (sql: Sql, scans: readonly ScanKey[], doubt: number | null) =>
  sql<Changed[]>`
    update scans s set doubt = ${doubt} from ${keysOf(sql, scans)} as doubtful (place_id, at, id)
    where s.place_id = doubtful.place_id and s.at = doubtful.at and s.id = doubtful.id
      and ${doubt === null ? onlySeems(sql) : OF_ELSEWHERE.includes(doubt) ? sql`s.doubt is null` : seemsToCount(sql)}
    returning s.id, s.place_id, s.person_id, s.at`

type Changed = ScanKey & Since

/** What phones sent for these people. */
export const listSentByPhone = (
  sql: Sql,
  personIds: readonly number[],
  { since, until }: { since: Date; until: Date },
) =>
  sql<ScanRow[]>`
    select ${sql(scanColumns)} from scans
    where person_id = any(${personIds as number[]}::int[]) and source = ${SOURCE.phone}
      and received_at > ${since} and received_at <= ${until} and at > ${since}::timestamptz - interval '32 days'`

/** They stay for whoever traces; what else was doubtful about them matters no more. */
export const setTakenBack = (sql: Sql, scans: readonly ScanKey[]) =>
  sql<Changed[]>`
    update scans s set doubt = ${TAKEN_BACK} from ${keysOf(sql, scans)} as gone (place_id, at, id)
    where s.place_id = gone.place_id and s.at = gone.at and s.id = gone.id and ${isThere(sql)}
    returning s.id, s.place_id, s.person_id, s.at`

/** What gates scanned of one is of the other from now on; answers when that was. */
export const giveScans = (sql: Sql, from: number, to: number) =>
  sql<{ at: Date }[]>`
    update scans set person_id = ${to} where person_id = ${from} and source = ${SOURCE.gate} returning at`

export type PlaceFacts = {
  placeId: number
  publicId: string
  areaId: number | null
  kind: string
  sector: string
  defaultStaySeconds: number
  /** Of an event. */
  startsAt: Date | null
  closedAt: Date | null
  lat: number | null
  lon: number | null
  /** By how much the point may be wrong: nobody has put the place on the map. */
  marginKm: number | null
  /** Local; a day that is left out is a day off. Null where they are not known. */
  hours: { weekday: number; opens: string; closes: string }[] | null
  restrictions: { from: string; until: string; isClosed: boolean }[]
  isVehicle: boolean
  zones: readonly string[]
  /** The codes of its entrances, also of those that are there no more. */
  gates: readonly string[]
  /** Of a vehicle, as far as they matter to whoever boards again. */
  trips?: TripRow[]
}
export type TripRow = { placeId: number; startedAt: Date; endedAt: Date }
const factColumns = (sql: Sql) => sql`
  place_id, public_id, area_id, kind, sector, default_stay_seconds, starts_at, closed_at, at.lat, at.lon, at.margin_km, hours,
  (select coalesce(jsonb_agg(jsonb_build_object('from', r.from_at, 'until', r.until_at, 'isClosed', r.is_closed)), '[]')
   from place_restrictions r where r.place_id = place_facts.place_id) as restrictions,
  exists (select from vehicle_facts v where v.place_id = place_facts.place_id) as is_vehicle,
  coalesce((select zones from vehicle_facts v where v.place_id = place_facts.place_id), '{}') as zones,
  array(select g.code from gate_facts g where g.place_id = place_facts.place_id) as gates`

export const listPlaceFacts = (sql: Sql, ids: readonly number[]) => sql<PlaceFacts[]>`
  select ${factColumns(sql)} from place_facts join place_positions at using (place_id) where place_id = any(${ids as number[]}::int[])`

export const listPlaceFactsByPublicId = (sql: Sql, publicIds: readonly string[]) => sql<PlaceFacts[]>`
  select ${factColumns(sql)} from place_facts join place_positions at using (place_id) where public_id = any(${publicIds as string[]}::uuid[])`

/** Trips of these vehicles that ended after a moment. */
export const listTrips = (sql: Sql, vehicleIds: readonly number[], after: Date) => sql<TripRow[]>`
  select place_id, started_at, ended_at from trip_facts
  where place_id = any(${vehicleIds as number[]}::int[]) and ended_at > ${after}`

/** Of those who arrived at the places so long before and after these moments, so many before and after each. */
export const listArrivals = (
  sql: Sql,
  asked: readonly { placeId: number; at: Date }[],
  { most, ms }: { most: number; ms: number },
) =>
  sql<Pick<ScanRow, 'id' | 'placeId' | 'at' | 'doubt'>[]>`
    select distinct near.* from unnest(${column(asked, 'placeId')}::int[], ${moments(asked.map(({ at }) => at))}::timestamptz[])
      as asked (place_id, at)
    cross join lateral (
      (select id, place_id, at, doubt from scans s where s.place_id = asked.place_id and s.direction = 1 and ${isThere(sql)}
         and s.at <= asked.at and s.at > asked.at - make_interval(secs => ${ms / 1000}) order by s.at desc limit ${most})
      union all
      (select id, place_id, at, doubt from scans s where s.place_id = asked.place_id and s.direction = 1 and ${isThere(sql)}
         and s.at > asked.at and s.at < asked.at + make_interval(secs => ${ms / 1000}) order by s.at limit ${most})) as near`

// — deriving stays

export type Since = { personId: number; at: Date }

/** How a person stands at a moment: the stay before it, and whether scans at or after it are known. */
export type Standing = {
  personId: number
  /** Scans at or after the moment are known. */
  hasLater: boolean
  /** Some scan of the so many days before the moment, or after it, is set aside without its place being told. */
  onlySeems: boolean
  placeId: number | null
  arrivedAt: Date | null
  leftAt: Date | null
  source: number | null
}

/** No scan is later than `until`. Each search ends with the first week that has something. */
export const listStandings = (
  sql: Sql,
  people: readonly (Since & { seemsDays: number })[],
  until: Date,
) => sql<Standing[]>`
  select since.person_id,
    exists (
      select from scans s where s.person_id = since.person_id and s.at between since.at and ${until} and s.doubt is null) as has_later,
    exists (
      select from scans s where s.person_id = since.person_id and s.at between since.at - make_interval(days => since.seems_days) and ${until}
        and ${onlySeems(sql)}) as only_seems,
    stay.place_id, stay.arrived_at, stay.left_at, stay.source
  from unnest(${column(people, 'personId')}::int[], ${moments(people.map(({ at }) => at))}::timestamptz[],
    ${column(people, 'seemsDays')}::int[]) as since (person_id, at, seems_days)
  left join lateral (
    select * from (
      (select place_id, arrived_at, left_at, source from visits_short v
       where v.person_id = since.person_id and v.arrived_at < since.at
         and v.arrived_at >= since.at - interval '31 days' and v.source < 2
       order by v.arrived_at desc, v.place_id desc limit 1)
      union all
      (select place_id, arrived_at, left_at, source from visits_long v
       where v.person_id = since.person_id and v.arrived_at < since.at
         and v.arrived_at >= since.at - interval '31 days' and v.source < 2
       order by v.arrived_at desc, v.place_id desc limit 1)
      union all
      (select place_id, arrived_at, null, source from open_stays o
       where o.person_id = since.person_id and o.arrived_at < since.at
         and o.arrived_at >= since.at - interval '31 days' and o.source < 2
       order by o.arrived_at desc, o.place_id desc limit 1)
    ) as latest order by arrived_at desc, place_id desc limit 1
  ) as stay on true`

/** What others of a person's scans are weighed against. */
type WeighedRow = {
  personId: number
  placeId: number
  at: Date
  step: number | null
  via: number
  keyedIn: boolean
}

/**
 * The latest scans of so long before the moment that count, and the latest of those that nobody could make up. However many
 * somebody has: a day of scans read for each would be most of what a scan costs.
 */
export const listBefore = (sql: Sql, people: readonly Since[], ms: number) => {
  const before = sql`
    select place_id, at, step, via, keyed_in from scans s
    where s.person_id = since.person_id and s.at < since.at and s.at >= since.at - make_interval(secs => ${ms / 1000})
      and s.doubt is null`
  return sql<WeighedRow[]>`
    select since.person_id, s.place_id, s.at, s.step, s.via, s.keyed_in
    from unnest(${column(people, 'personId')}::int[], ${moments(people.map(({ at }) => at))}::timestamptz[]) as since (person_id, at)
    cross join lateral (
      (${before} order by s.at desc limit 3)
      union all
      (${before} and ${isProven(sql)} order by s.at desc limit 2)) as s`
}

/** From the first to the last moment that matters of somebody. */
export type Range = { personId: number; from: Date; to: Date }

/** The scans of these people then that count or would, if it were not for others of them; in the order in which they came. */
export const listWeighed = (sql: Sql, ranges: readonly Range[]) => sql<(WeighedRow & ScanRow)[]>`
  select s.id, s.place_id, s.person_id, s.direction, s.at, s.doubt, s.step, s.via, s.keyed_in
  from unnest(${column(ranges, 'personId')}::int[], ${moments(ranges.map(({ from }) => from))}::timestamptz[],
    ${moments(ranges.map(({ to }) => to))}::timestamptz[]) as range (person_id, from_at, to_at)
  join scans s on s.person_id = range.person_id and s.at between range.from_at and range.to_at and ${seemsToCount(sql)}
  order by s.received_at, s.at, s.id`

/** The scans at or after the moment that count. */
export const listMarks = (sql: Sql, people: readonly Since[]) => sql<(MarkRow & WeighedRow)[]>`
  select since.person_id, s.place_id, s.at, s.direction, s.source, s.step, s.via, s.keyed_in
  from unnest(${column(people, 'personId')}::int[], ${moments(people.map(({ at }) => at))}::timestamptz[]) as since (person_id, at)
  cross join lateral (
    select place_id, at, ${directionOfMark(sql)}, source, step, via, keyed_in from scans s
    where s.person_id = since.person_id and s.at >= since.at and s.doubt is null offset 0) as s`

/** What nobody could have made up, at whichever place. */
const isProven = (sql: Sql) => sql`(s.via = any(${provenVias}::smallint[]) and not s.keyed_in)`

/** Whether somebody comes or goes follows from what was before, back to a day without them; nobody truly scans more than that. */
const MOST_SEEMING = 500

/** What seems to count of `who` since a moment: all at these places, and of those elsewhere what nobody could make up. */
const seemingOf = (sql: Sql, placeIds: readonly number[], within: Fragment) => sql`
  cross join lateral (
    select place_id, at, ${directionOfMark(sql)}, source, via, keyed_in from scans s
    where s.person_id = who.person_id and ${within} and ${seemsToCount(sql)}
      and (s.place_id = any(${placeIds as number[]}::int[]) or ${isProven(sql)})
    order by s.at desc limit ${MOST_SEEMING}) as s`

/** The latest scans from 31 days before the moment on that seem to count. */
export const listSeeming = (sql: Sql, people: readonly Since[], placeIds: readonly number[]) => sql<
  MarkRow[]
>`
  select who.person_id, s.*
  from unnest(${column(people, 'personId')}::int[], ${moments(people.map(({ at }) => at))}::timestamptz[]) as who (person_id, at)
  ${seemingOf(sql, placeIds, sql`s.at >= who.at - interval '31 days'`)}`

/** The same of those who have some scan at the place in [from, to] that only seems to count. */
export const listSeemingAt = (sql: Sql, placeId: number, from: Date, to: Date) => sql<MarkRow[]>`
  select who.person_id, s.*
  from (
    select distinct s.person_id from scans s
    where s.place_id = ${placeId} and s.at between ${from} and ${to} and ${onlySeems(sql)}) as who
  ${seemingOf(sql, [placeId], sql`s.at between ${from}::timestamptz - interval '31 days' and ${to}`)}`

/** A scan as stays are derived from it. */
export type MarkRow = Omit<Mark, 'at'> & { personId: number; at: Date; via: number; keyedIn: boolean }

export type KeptStay = {
  personId: number
  placeId: number
  arrivedAt: Date
  leftAt: Date | null
  source: number
  /** What the source is by the scans before the moment alone. */
  sourceBefore: number
}

/**
 * Of the stays that began in the 31 days before the moment the latest at each place, and the latest that a scan before it
 * proves; and all that began later. By arrival.
 */
export function listStays(sql: Sql, people: readonly Since[]) {
  // Without the offset it would be joined with all scans of the month.
  const isProvenBefore = sql`stay.source >= 0 and exists (
    select from scans s
    where s.person_id = since.person_id and s.at >= stay.arrived_at and s.at < since.at and s.place_id = stay.place_id
      and s.doubt is null and ${isProven(sql)} offset 0)`
  return sql<KeptStay[]>`
    select since.person_id, stay.place_id, stay.arrived_at, stay.left_at, stay.source,
      case when ${isProvenBefore} then stay.source else ${SOURCE.madeUp}::int end as source_before
    from unnest(${column(people, 'personId')}::int[], ${moments(people.map(({ at }) => at))}::timestamptz[]) as since (person_id, at)
    cross join lateral (
      with known as materialized (
        select place_id, arrived_at, left_at, source from visits v
        where v.person_id = since.person_id and v.arrived_at >= since.at - interval '31 days' and v.source < 2
        union all
        select place_id, arrived_at, null, source from open_stays o
        where o.person_id = since.person_id and o.arrived_at >= since.at - interval '31 days' and o.source < 2),
      before as materialized (
        select * from known where arrived_at < since.at order by arrived_at desc, place_id desc)
      (select distinct on (place_id) * from before order by place_id, arrived_at desc)
      union
      (select * from before as stay where ${isProvenBefore} order by arrived_at desc, place_id desc limit 1)
      union all
      select * from known where arrived_at >= since.at) as stay
    order by stay.arrived_at, stay.place_id`
}

export type StayChange = DerivedStay & { personId: number }

const sortedStays = (stays: readonly StayChange[]) =>
  stays.toSorted(
    (one, other) =>
      one.placeId - other.placeId || one.arrivedAt - other.arrivedAt || one.personId - other.personId,
  )

/**
 * What does not stand any more goes, what is new comes, because of these scans; statements that one connection runs one after
 * the other.
 */
export async function changeStays(
  sql: Sql,
  gone: readonly StayChange[],
  fresh: readonly StayChange[],
  now: Date,
  scans: readonly Since[] = [],
) {
  const ended = (stays: readonly StayChange[]) => sortedStays(stays.filter(({ leftAt }) => leftAt !== null))
  const open = (stays: readonly StayChange[]) => sortedStays(stays.filter(({ leftAt }) => leftAt === null))
  const keys = (stays: readonly StayChange[]) => sql`
    unnest(${column(stays, 'placeId')}::int[], ${column(stays, 'personId')}::int[],
      ${moments(stays.map(({ arrivedAt }) => arrivedAt))}::timestamptz[], ${column(stays, 'source')}::smallint[])`
  const has = (stays: readonly StayChange[], statement: () => PromiseLike<unknown>) =>
    stays.length > 0 ? [statement()] : []
  const [goneEnded, goneOpen, freshEnded, freshOpen] = [ended(gone), open(gone), ended(fresh), open(fresh)]
  await Promise.all([
    ...has(
      goneEnded,
      () => sql`
        delete from visits v using ${keys(goneEnded)} as gone (place_id, person_id, arrived_at, source)
        where v.person_id = gone.person_id and v.arrived_at = gone.arrived_at and v.place_id = gone.place_id
          and v.source = gone.source`,
    ),
    ...has(
      goneOpen,
      () => sql`
        delete from open_stays o using ${keys(goneOpen)} as gone (place_id, person_id, arrived_at, source)
        where o.place_id = gone.place_id and o.arrived_at = gone.arrived_at and o.person_id = gone.person_id
          and o.source = gone.source`,
    ),
    ...has(
      freshEnded,
      () => sql`
        insert into visits (place_id, person_id, arrived_at, left_at, length, source)
        select place_id, person_id, arrived_at, left_at, length_of_stay(left_at - arrived_at), source
        from unnest(${column(freshEnded, 'placeId')}::int[], ${column(freshEnded, 'personId')}::int[],
          ${moments(freshEnded.map(({ arrivedAt }) => arrivedAt))}::timestamptz[], ${moments(freshEnded.map(({ leftAt }) => leftAt!))}::timestamptz[],
          ${column(freshEnded, 'source')}::smallint[]) as fresh (place_id, person_id, arrived_at, left_at, source)`,
    ),
    ...has(
      freshOpen,
      () => sql`
        insert into open_stays (place_id, person_id, arrived_at, source)
        select * from ${keys(freshOpen)} as fresh (place_id, person_id, arrived_at, source)`,
    ),
    noteChanges(sql, [...gone, ...fresh], scans, now),
  ])
}

type StayOfScan = { arrivedAt: Date | null; leftAt: Date | null }

/** The stay that each scan belongs to, in their order: an `in` began it or fell into it, an `out` ended it. */
export const listStaysOf = (sql: Sql, scans: readonly Omit<ScanRow, 'id'>[]) => sql<StayOfScan[]>`
  select stay.arrived_at, stay.left_at
  from unnest(${column(scans, 'placeId')}::int[], ${column(scans, 'personId')}::int[],
    ${column(scans, 'direction')}::smallint[], ${moments(scans.map(({ at }) => at))}::timestamptz[])
    with ordinality as sent (place_id, person_id, direction, at, position)
  left join lateral (
    select arrived_at, left_at from (
      (select arrived_at, left_at from visits v
       where v.person_id = sent.person_id and v.place_id = sent.place_id and v.source < 2
         and v.arrived_at <= sent.at and v.arrived_at >= sent.at - interval '31 days'
       order by arrived_at desc limit 1)
      union all
      (select arrived_at, null from open_stays o
       where o.person_id = sent.person_id and o.place_id = sent.place_id and o.source < 2
         and o.arrived_at <= sent.at and o.arrived_at >= sent.at - interval '31 days'
       order by arrived_at desc limit 1)
    ) as latest (arrived_at, left_at)
    order by arrived_at desc limit 1
  ) as stay on sent.direction = 1 or stay.left_at = sent.at
  order by sent.position`

/** Makes the week that holds a moment, unless it is there. */
export const ensureWeek = (sql: Sql, at: Date) => sql`select ensure_weeks(${at}, ${at})`

// — importing stays

export type ImportedStay = { placeId: number; personId: number; arrivedAt: Date; leftAt: Date | null }
type EndedStay = ImportedStay & { leftAt: Date }

/**
 * Adds stays from another system, which have no scans; each of its rows counts. Of stays with the same arrival in the
 * same class of length the longest is kept, and one whose end was not recorded stands beside them. Takes thousands
 * of rows a call; answers how many changed anything.
 */
export async function insertStays(
  sql: Sql,
  stays: readonly ImportedStay[],
  now = new Date(),
): Promise<number> {
  await noteLateDays(sql, stays, now)
  const ended = stays.filter((stay): stay is EndedStay => stay.leftAt !== null)
  const open = stays.filter(({ leftAt }) => leftAt === null)
  return (ended.length ? await insertEnded(sql, ended) : 0) + (open.length ? await insertOpen(sql, open) : 0)
}

async function insertEnded(sql: Sql, sent: readonly EndedStay[]) {
  const longest = new Map<string, ClassedStay>()
  for (const stay of sent) {
    const length = lengthClass((stay.leftAt.getTime() - stay.arrivedAt.getTime()) / 1000)
    const key = `${stay.placeId} ${stay.personId} ${stay.arrivedAt.getTime()} ${length}`
    const known = longest.get(key)
    if (!known || stay.leftAt > known.leftAt) longest.set(key, { ...stay, length })
  }
  // In the order of the key: two imports with the same stays must not wait for each other in a circle.
  const stays = [...longest.values()].sort(
    (one, other) =>
      one.placeId - other.placeId ||
      one.length - other.length ||
      one.arrivedAt.getTime() - other.arrivedAt.getTime() ||
      one.personId - other.personId,
  )
  try {
    // Mostly nothing of a batch is known yet, and not to look costs a third less.
    await transact(sql, (tx) => tx`${insertSent(tx, stays)}`)
    return stays.length
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
  }
  const { count } = await sql`
    ${insertSent(sql, stays)}
    on conflict (place_id, length, arrived_at, person_id, source)
      do update set left_at = excluded.left_at where v.left_at < excluded.left_at`
  return count
}

const UNIQUE_VIOLATION = '23505'

type ClassedStay = EndedStay & { length: number }

const insertSent = (sql: Sql, stays: readonly ClassedStay[]) => sql`
  insert into visits as v (place_id, person_id, arrived_at, left_at, length, source)
  select place_id, person_id, arrived_at, left_at, length, ${SOURCE.imported}
  from unnest(${column(stays, 'placeId')}::int[], ${column(stays, 'personId')}::int[],
    ${moments(stays.map(({ arrivedAt }) => arrivedAt))}::timestamptz[], ${moments(stays.map(({ leftAt }) => leftAt))}::timestamptz[],
    ${column(stays, 'length')}::smallint[]) as sent (place_id, person_id, arrived_at, left_at, length)`

const insertOpen = async (sql: Sql, stays: readonly ImportedStay[]) =>
  (
    await sql`
      insert into open_stays (place_id, person_id, arrived_at, source)
      select place_id, person_id, arrived_at, ${SOURCE.imported}
      from unnest(${column(stays, 'placeId')}::int[], ${column(stays, 'personId')}::int[],
        ${moments(stays.map(({ arrivedAt }) => arrivedAt))}::timestamptz[]) as sent (place_id, person_id, arrived_at)
      order by place_id, arrived_at, person_id
      on conflict do nothing`
  ).count

// — forgetting

/** Drops the weeks that ended before the moment; answers what is gone. */
export const forgetWeeks = (sql: Sql, before: Date) =>
  sql<
    { part: string; bytes: number }[]
  >`select part, bytes::float8 as bytes from forget_weeks(${before}) order by part`

// — reading

/** When an open stay ended, as far as anybody can tell. */
const estimatedEnd = (sql: Sql, timeZone: string, elsewhereAt = sql`o.elsewhere_at`) => sql`
  estimated_end(o.arrived_at, make_interval(secs => p.default_stay_seconds), ${elsewhereAt}, p.openings, p.closed_at,
    ${timeZone})`

/** The same, as its place may know it: of whoever is known there by a number alone it hears nothing from elsewhere. */
const endAtPlace = (sql: Sql, timeZone: string) =>
  estimatedEnd(
    sql,
    timeZone,
    sql`case when o.source < 0 then trip_end(o.place_id, o.arrived_at) else o.elsewhere_at end`,
  )

export type StayRow = { placeId: number; personId: number; arrivedAt: Date; leftAt: Date; estimated: boolean }

type Window = { timeZone: string; limit: number; before: { at: string; skip: number } | null }

/** The stays of a person, latest first. A page goes on after `skip` stays that began at the moment `before.at`. */
export const listStaysOfPerson = (sql: Sql, personId: number, { timeZone, limit, before }: Window) => {
  const until = before ? sql`and arrived_at <= ${before.at}::timestamptz` : sql``
  const most = limit + (before?.skip ?? 0)
  return sql<StayRow[]>`
    select o.place_id, o.person_id, o.arrived_at, coalesce(left_at, ${estimatedEnd(sql, timeZone)}) as left_at,
      left_at is null as estimated
    from (
      select * from (
        (select place_id, person_id, arrived_at, left_at, source, null::timestamptz as elsewhere_at from visits
         where person_id = ${personId} ${until}
         order by arrived_at desc, place_id, source limit ${most})
        union all
        (select place_id, person_id, arrived_at, null, source, elsewhere_at from unfinished_stays
         where person_id = ${personId} ${until}
         order by arrived_at desc, place_id, source limit ${most})
      ) as both_kinds
      order by arrived_at desc, place_id, source, left_at offset ${before?.skip ?? 0} limit ${limit}
    ) as o
    join place_facts p on p.place_id = o.place_id
    order by o.arrived_at desc, o.place_id, o.source, left_at`
}

/** Now, and the zone in which places close. */
type Moment = { now: Date; timeZone: string }

/** Who of these people is still at a place, as far as anybody can tell, and until when. */
export const listInside = (sql: Sql, personIds: readonly number[], { now, timeZone }: Moment) =>
  sql<StayRow[]>`
    select place_id, person_id, max(arrived_at) as arrived_at, max(left_at) as left_at, true as estimated
    from (
      select o.place_id, o.person_id, o.arrived_at, ${estimatedEnd(sql, timeZone)} as left_at
      from unfinished_stays o join place_facts p on p.place_id = o.place_id
      where o.person_id = any(${personIds as number[]}::int[]) and o.arrived_at > ${now}::timestamptz - interval '744 hours'
    ) as stay
    where left_at > ${now}
    group by place_id, person_id
    order by arrived_at desc, person_id`

type Day = Moment & { from: Date; to: Date }

/** Scans of a day at a place; of the stays that began that day and are over, how many exits were recorded, but of some people. */
export const countToday = async (
  sql: Sql,
  placeId: number,
  { from, to, now, timeZone }: Day,
  but: readonly number[],
) =>
  (
    await sql<{ in: number; out: number; exits: { recorded: number; estimated: number } }[]>`
      select count(*) filter (where direction = 1)::int as in, count(*) filter (where direction = -1)::int as out,
        jsonb_build_object(
          'recorded', (select count(*) from visits v
            where v.place_id = ${placeId} and v.arrived_at >= ${from} and v.arrived_at < ${to} and v.source < 2
              and v.person_id <> all(${but as number[]}::int[])),
          'estimated', (select count(*) from unfinished_stays o join place_facts p on p.place_id = o.place_id
            where o.place_id = ${placeId} and o.arrived_at >= ${from} and o.arrived_at < ${to} and o.source < 2
              and o.person_id <> all(${but as number[]}::int[]) and ${endAtPlace(sql, timeZone)} <= ${now})) as exits
      from scans s where s.place_id = ${placeId} and s.at >= ${from} and s.at < ${to} and ${isThere(sql)}`
  )[0]!

/** The stays at a place that are under way now, as far as anybody can tell, but of some people. */
const underWay = (sql: Sql, placeId: number, { now, timeZone }: Moment, but: readonly number[]) => sql`
  from unfinished_stays o join place_facts p on p.place_id = o.place_id
  where o.place_id = ${placeId} and o.arrived_at <= ${now} and o.person_id <> all(${but as number[]}::int[])
    and o.arrived_at > ${now}::timestamptz - make_interval(secs =>
      (select default_stay_seconds from place_facts where place_id = ${placeId}))
    and ${endAtPlace(sql, timeZone)} > ${now}`

export const countInside = async (sql: Sql, placeId: number, moment: Moment, but: readonly number[]) =>
  (
    await sql<
      { inside: number }[]
    >`select count(distinct o.person_id)::int as inside ${underWay(sql, placeId, moment, but)}`
  )[0]!.inside

/** Who is at the place now, the latest first. */
export const listHere = (
  sql: Sql,
  placeId: number,
  moment: Moment,
  { but, limit }: { but: readonly number[]; limit: number },
) =>
  sql<{ personId: number; since: Date }[]>`
    select o.person_id, max(o.arrived_at) as since ${underWay(sql, placeId, moment, but)}
    group by o.person_id order by since desc, o.person_id limit ${limit}`

/** Of those who are at the place since then, whom nothing but a number that was vouched for tells to be there. */
export const listVouchedHere = async (
  sql: Sql,
  placeId: number,
  here: readonly { personId: number; since: Date }[],
) =>
  (
    await sql<{ personId: number }[]>`
    select s.person_id from scans s
    join unnest(${column(here, 'personId')}::int[], ${moments(here.map(({ since }) => since))}::timestamptz[])
      as here (person_id, since) on s.person_id = here.person_id and s.at = here.since
    where s.place_id = ${placeId} and ${seemsToCount(sql)}
    group by s.person_id having bool_and(s.via = ${viaNumber('vouched')})`
  ).map(({ personId }) => personId)

type After = { limit: number; before: { at: string; id: string } | null }

export const listToday = (
  sql: Sql,
  placeId: number,
  { from, to }: Pick<Day, 'from' | 'to'>,
  { limit, before }: After,
) =>
  sql<(ScanRow & Sighting & { keyedIn: boolean; gate: string | null })[]>`
    select ${sql(scanColumns)}, via, keyed_in, (
      select name from gate_facts g where g.place_id = s.place_id and g.code = s.gate) as gate
    from scans s
    where place_id = ${placeId} and at >= ${from} and at < ${to} and ${isThere(sql)}
      ${before ? sql`and (at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
    order by at desc, id desc limit ${limit}`
