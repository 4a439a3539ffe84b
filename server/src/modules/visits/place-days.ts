import type { Context } from '../../platform/context.ts'
import { type Fragment, fetchBinary, type Sql, transact } from '../../platform/database.ts'
import { LONGEST_USUAL_SECONDS, lookBack, WEEKLY_CLASSES } from './rules.ts'

/**
 * Stays packed by place and day, for traces: `readPlaceDays` reads them, from the packed table where that is right and
 * from the rows where it is not (yet), so that the answer is always that of the rows. `stale_place_days` is written in
 * the transaction that changes a stay of a day long over; days that are younger are never packed.
 *
 * Days are those of UTC, as numbers since 1970. A stay over several days has a piece in each.
 */
const DAY_SECONDS = 86_400
export const DAY_MS = DAY_SECONDS * 1000

export const dayNumber = (at: number) => Math.floor(at / DAY_MS)

/** Of the stays that `short` counts none is longer: so far back must be looked in them. */
export const SHORT_MS = lookBack[0] * 1000

/** A day is packed when it has been over so long; changes are noted from half of that on, whatever clocks say. */
const SETTLED_MS = DAY_MS

/** No trace looks further back than a quarter, and a bit. */
const PACKED_DAYS = 100

type Options = {
  /** In which places close. */
  timeZone: string
  /** In place of the default stay of each kind of place. */
  defaultStaySeconds?: number | undefined
  /** Whoever has not left is not known to be there any later. */
  now?: Date | undefined
}

/** When an open stay ended, as far as anybody can tell by now; its estimate may lie ahead. */
const byNow = (sql: Sql, estimate: Fragment, now: Date | undefined) =>
  now ? sql`least(${estimate}, ${now}::timestamptz)` : estimate

// — packing

/** Each piece of a stay as (place_id, day, person_id, arrived_at, left_at, estimated), the pieces packed by place and day. */
const packed = (sql: Sql, pieces: Fragment) => sql`
  select day, place_id, max(usual_print) as usual, (count(*) filter (where is_short))::int as short,
    string_agg(int4send(case when estimated then -person_id else person_id end), ''::bytea order by is_short desc, since, until, person_id)
      || string_agg(int4send(since), ''::bytea order by is_short desc, since, until, person_id)
      || string_agg(int4send(until), ''::bytea order by is_short desc, since, until, person_id) as stays
  from (
    select *, until - since <= ${SHORT_MS}::int as is_short
    from (
      select day, place_id, person_id, estimated, usual_print,
        greatest(0, ${milliseconds(sql, sql`arrived_at - start`)}) as since,
        least(${DAY_MS}::int, ${milliseconds(sql, sql`left_at - start`)}) as until
      from (
        select *, (day::timestamp at time zone 'UTC') as start from (${pieces}) found
      ) placed
      where left_at > start and arrived_at < start + interval '1 day' and left_at > arrived_at
    ) cut
  ) sorted
  group by day, place_id`

/** Of an interval; no part of a stay is longer than a day before or after the day that it is cut to matters. */
const milliseconds = (sql: Sql, interval: Fragment) =>
  sql`round(least(greatest(date_part('epoch', ${interval}), -1), ${DAY_SECONDS + 1}) * 1000)::int`

const usualOf = (sql: Sql, defaultStaySeconds: number | undefined) =>
  sql`coalesce(${defaultStaySeconds ?? null}::int, p.default_stay_seconds)`

/** Of a row `u` of the stays without an end, at the place `p`. */
const endOfUnfinished = (sql: Sql, { timeZone, defaultStaySeconds, now }: Options) =>
  byNow(
    sql,
    sql`estimated_end(u.arrived_at, ${usualOf(sql, defaultStaySeconds)} * interval '1 second', u.elsewhere_at, p.openings,
      p.closed_at, ${timeZone})`,
    now,
  )

/** The pieces at places on days, one look-up of each class of length for each. `offset 0` keeps them in their loop. */
function piecesAt(sql: Sql, places: readonly number[], days: readonly number[], options: Options) {
  const { defaultStaySeconds } = options
  const [first, last] = [Math.min(...days), Math.max(...days)]
  // The bounds of all together are said as they are, so that weeks in which nothing can be found are not planned.
  const within = (mostSeconds: number) =>
    sql`arrived_at > ${momentOf(first * DAY_MS - mostSeconds * 1000 - 1)} and arrived_at < ${momentOf((last + 1) * DAY_MS)}`
  const recorded = lookBack.map(
    (mostSeconds, length) => sql`
      select r.person_id, r.arrived_at, r.left_at, false as estimated, null::int as usual_print from recorded_stays r
      where r.place_id = w.place_id and r.length = ${length}::smallint and ${within(mostSeconds)}
        and r.arrived_at >= w.start - ${mostSeconds}::int * interval '1 second'
        and r.arrived_at < w.start + interval '1 day' and r.left_at > w.start
      union all`,
  )
  const longestUsual = Math.max(LONGEST_USUAL_SECONDS, defaultStaySeconds ?? 0)
  return sql`
    select w.day, w.place_id, o.*
    from (
      select place_id, date '1970-01-01' + day as day, ((date '1970-01-01' + day)::timestamp at time zone 'UTC') as start
      from unnest(${places as number[]}::int[], ${days as number[]}::int[]) as given (place_id, day)
    ) w left join place_facts p on p.place_id = w.place_id
    cross join lateral (
      ${recorded}
      select e.person_id, e.arrived_at, e.left_at, true, usual_print(p.default_stay_seconds, p.openings, p.closed_at) from (
        select u.person_id, u.arrived_at, ${endOfUnfinished(sql, options)} as left_at
        from unfinished_stays u
        where u.place_id = w.place_id and ${within(longestUsual)}
          and u.arrived_at > w.start - ${usualOf(sql, defaultStaySeconds)} * interval '1 second'
          and u.arrived_at < w.start + interval '1 day'
        offset 0
      ) e
      offset 0
    ) o`
}

/** The pieces of a whole day, at every place. */
function piecesOfDay(sql: Sql, day: number, { timeZone, now }: Options) {
  const [start, end] = [momentOf(day * DAY_MS), momentOf((day + 1) * DAY_MS)]
  const since = (mostSeconds: number) => momentOf(day * DAY_MS - mostSeconds * 1000)
  const recorded = lookBack.map(
    (mostSeconds, length) => sql`
      select ${dateOf(sql, day)} as day, place_id, person_id, arrived_at, left_at, false as estimated, null::int as usual_print
      from recorded_stays
      where length = ${length}::smallint and arrived_at >= ${since(mostSeconds)} and arrived_at < ${end} and left_at > ${start}
      union all`,
  )
  return sql`
    ${recorded}
    select ${dateOf(sql, day)}, e.place_id, e.person_id, e.arrived_at,
      ${byNow(
        sql,
        sql`estimated_end(e.arrived_at, e.usual, next_elsewhere(e.person_id, e.place_id, e.arrived_at, e.source), e.openings,
          e.closed_at, ${timeZone})`,
        now,
      )},
      true, usual_print(e.default_stay_seconds, e.openings, e.closed_at)
    from (
      select u.place_id, u.person_id, u.arrived_at, u.source, p.openings, p.closed_at, p.default_stay_seconds,
        p.default_stay_seconds * interval '1 second' as usual
      from open_stays u join place_facts p on p.place_id = u.place_id
      where u.arrived_at > ${since(LONGEST_USUAL_SECONDS)} and u.arrived_at < ${end}
        and u.arrived_at > ${start}::timestamptz - p.default_stay_seconds * interval '1 second'
      offset 0
    ) e`
}

const momentOf = (at: number) => new Date(at)
const dateOf = (sql: Sql, day: number) => sql`date '1970-01-01' + ${day}::int`

// — keeping it right

type Change = { placeId: number; personId: number; arrivedAt: Date | number; leftAt: Date | number | null }

const isLate = (day: number, now: Date) => (day + 1) * DAY_MS + SETTLED_MS / 2 <= now.getTime()

/** A scan that is so old when it comes was made without network, or keyed in afterwards. */
const BEHIND_MS = 10 * 60_000

/**
 * Notes the places and days of changed stays, until now, an end that nobody recorded being as late as people usually leave: of
 * days that may be packed, because they are not what was packed of them any more (`stale_place_days`), and of people whose
 * `scans` came a while after they were made, or went, for traces that did not see it (`late_place_days`). Mostly scans come
 * when they are made, today, and nothing is asked. What is noted already is noted again: whoever takes the first note away
 * may not see this change yet.
 */
export async function noteChanges(
  sql: Sql,
  changes: readonly Change[],
  scans: readonly { personId: number; at: Date }[],
  now: Date,
) {
  const behind = now.getTime() - BEHIND_MS
  const whoLate = new Set(scans.flatMap(({ personId, at }) => (at.getTime() <= behind ? personId : [])))
  const noted = changes
    .map((change) => ({
      ...change,
      isStale: isLate(dayNumber(Number(change.arrivedAt)), now),
      isBehind: whoLate.has(change.personId),
    }))
    .filter(({ isStale, isBehind }) => isStale || isBehind)
  if (noted.length === 0) return
  await sql`
    with change as (
      select place_id, person_id, arrived_at::timestamptz, left_at::timestamptz, is_stale, is_behind
      from unnest(${noted.map((c) => c.placeId)}::int[], ${noted.map((c) => c.personId)}::int[],
        ${noted.map((c) => momentOf(Number(c.arrivedAt)).toISOString())}::text[],
        ${noted.map((c) => (c.leftAt === null ? null : momentOf(Number(c.leftAt)).toISOString()))}::text[],
        ${`{${noted.map(({ isStale }) => isStale).join()}}`}::bool[], ${`{${noted.map(({ isBehind }) => isBehind).join()}}`}::bool[])
        as given (place_id, person_id, arrived_at, left_at, is_stale, is_behind)
    ),
    touched as (
      select place_id, arrived_at, left_at, is_stale, is_behind from change
      -- Whoever is known to be elsewhere has left before: stays without an end that still lasted may end earlier now, or later.
      union
      select o.place_id, o.arrived_at, null, of.is_stale, of.is_behind from open_stays o
      join (
        select person_id, min(arrived_at) as since, max(arrived_at) as until, bool_or(is_stale) as is_stale,
          bool_or(is_behind) as is_behind
        from change group by 1
      ) of
        on o.person_id = of.person_id and o.arrived_at > of.since - ${LONGEST_USUAL_SECONDS}::int * interval '1 second'
          and o.arrived_at < of.until
      join place_facts p
        on p.place_id = o.place_id and o.arrived_at + p.default_stay_seconds * interval '1 second' > of.since
    ),
    of_day as (
      select distinct day::date as day, t.place_id, t.is_stale, t.is_behind
      from touched t left join place_facts p on p.place_id = t.place_id
      cross join lateral generate_series((t.arrived_at at time zone 'UTC')::date,
        (least(coalesce(t.left_at, t.arrived_at + p.default_stay_seconds * interval '1 second'), ${now}) at time zone 'UTC')::date,
        interval '1 day') as day
    ),
    stale as (insert into stale_place_days (day, place_id) select distinct day, place_id from of_day where is_stale)
    insert into late_place_days (day, place_id) select distinct day, place_id from of_day where is_behind`
}

/** Notes the same of many stays at once, by whole days that may be packed. */
export async function noteLateDays(sql: Sql, changes: readonly Change[], now: Date) {
  const days = new Set<number>()
  for (const { arrivedAt, leftAt } of changes) {
    const until = Number(leftAt ?? Number(arrivedAt) + LONGEST_USUAL_SECONDS * 1000)
    for (let day = dayNumber(Number(arrivedAt)); day <= dayNumber(until) && isLate(day, now); day++)
      days.add(day)
  }
  if (days.size > 0)
    await sql`
      insert into stale_place_days (day, place_id)
      select date '1970-01-01' + day, 0 from unnest(${[...days]}::int[]) as day`
}

/** What was noted since somebody last took it. */
export const takeLate = (sql: Sql) =>
  sql<{ placeId: number; day: string }[]>`
    with late as (delete from late_place_days returning place_id, day)
    select distinct place_id, day::text from late`

/** Packs the days that have settled and are not packed, or not rightly, until `until` at the latest; whether all are. */
export async function packDays(
  { sql, now, services: { timeZone } }: Pick<Context, 'sql' | 'now'> & { services: { timeZone: string } },
  until = Number.POSITIVE_INFINITY,
) {
  const last = dayNumber(now.getTime() - SETTLED_MS) - 1
  const waiting = await sql<{ day: number; isPacked: boolean }[]>`
    select given.day, packed.day is not null as is_packed
    from generate_series(${last - PACKED_DAYS}::int, ${last}::int) as given (day)
    left join packed_days packed on packed.day = date '1970-01-01' + given.day
    where packed.day is null or exists (select from stale_place_days stale where stale.day = date '1970-01-01' + given.day)
    order by 1`
  for (const { day, isPacked } of waiting) {
    if (performance.now() > until) return false
    await transact(sql, (tx) => packDay(tx, day, isPacked, { timeZone, now }))
  }
  return true
}

/** Beyond so many places of a day, the whole day is packed anew. */
const MOST_PLACES = 2000

export async function packDay(
  sql: Sql,
  day: number,
  isPacked: boolean,
  { timeZone, now }: { timeZone: string; now: Date },
) {
  await sql`select ensure_place_days(${dateOf(sql, day)})`
  // Whoever changes something from here on notes it again.
  const stale = await sql<{ placeId: number }[]>`
    with gone as (delete from stale_place_days where day = ${dateOf(sql, day)} returning place_id)
    select distinct place_id from gone`
  const places = stale.map(({ placeId }) => placeId)
  if (isPacked && places.length === 0) return
  const isWhole = !isPacked || places.includes(0) || places.length > MOST_PLACES
  await sql`
    delete from place_days
    where day = ${dateOf(sql, day)} ${isWhole ? sql`` : sql`and place_id = any(${places}::int[])`}`
  const pieces = isWhole
    ? piecesOfDay(sql, day, { timeZone })
    : piecesAt(
        sql,
        places,
        places.map(() => day),
        { timeZone },
      )
  await sql`insert into place_days (day, place_id, usual, short, stays) ${packed(sql, pieces)}`
  await sql`
    insert into packed_days (day, packed_at) values (${dateOf(sql, day)}, ${now})
    on conflict (day) do update set packed_at = excluded.packed_at`
}

// — reading

/** The stays of one place on one day; `first` is where they begin in the columns, `short` and `count` how many they are. */
export type PlaceDay = { day: number; placeId: number; first: number; short: number; count: number }

/** The columns of many place-days, one after the other: person (negative: the end is estimated), from and until. */
export type PlaceDays = { days: PlaceDay[]; person: Int32Array; since: Int32Array; until: Int32Array }

/** So many place-days are asked for together. */
const AT_ONCE = 5000

/**
 * What is known of these places on these days. Packed where that is right, else from the rows: days that are not over
 * for long, what changed since, and everything when another default stay is asked for.
 */
export async function readPlaceDays(
  sql: Sql,
  places: readonly number[],
  days: readonly number[],
  options: Options,
): Promise<PlaceDays> {
  const parts: (() => Promise<PackedRow[]>)[] = []
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const [some, of] = [places.slice(from, from + AT_ONCE), days.slice(from, from + AT_ONCE)]
    parts.push(() =>
      options.defaultStaySeconds === undefined
        ? readPacked(sql, given(some, of), [Math.min(...of), Math.max(...of)], options)
        : readRows(sql, some, of, options),
    )
  }
  const rows: PackedRow[][] = []
  for await (const some of readAhead(sql, parts)) rows.push(some)
  return unpack(rows.flat())
}

/** Place, day, how many are short, and the stays; one value, because each costs more than what is in it. */
type PackedRow = Buffer
const HEAD = 12

/** The same of every place, a day after the other. */
export async function* readEachDay(sql: Sql, first: number, last: number, options: Options) {
  const days = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const reads = days.map((day) => () => readWholeDay(sql, day, options))
  for await (const rows of readAhead(sql, reads)) yield unpack(rows)
}

/** While one part is worked on, the database reads the next ones; in a transaction one after the other. */
async function* readAhead<T>(sql: Sql, reads: readonly (() => Promise<T>)[]) {
  const ahead = 'savepoint' in sql ? 1 : 3
  const reading: Promise<T>[] = []
  for (const read of reads) {
    if (reading.length === ahead) yield await reading.shift()!
    const rows = read()
    // It may fail before its turn: then it is heard.
    rows.catch(() => {})
    reading.push(rows)
  }
  for (const rows of reading) yield await rows
}

async function readWholeDay(sql: Sql, day: number, options: Options): Promise<PackedRow[]> {
  const [{ isPacked }] = await sql<[{ isPacked: boolean }]>`
    select exists (select from packed_days where day = ${dateOf(sql, day)})
      and not exists (select from stale_place_days where day = ${dateOf(sql, day)} and place_id = 0) as is_packed`
  if (!isPacked) return fetchPacked(sql, (sql) => piecesOfDay(sql, day, options))
  const everywhere = (sql: Sql) => sql`
    select place_id, ${day}::int as day from place_days where day = ${dateOf(sql, day)}
    union select place_id, ${day}::int from stale_place_days where day = ${dateOf(sql, day)}`
  return readPacked(sql, everywhere, [day, day], options)
}

const given = (places: readonly number[], days: readonly number[]) => (sql: Sql) =>
  sql`select * from unnest(${places as number[]}::int[], ${days as number[]}::int[]) as given (place_id, day)`

/** What is not (rightly) packed comes from the rows. */
async function readPacked(
  sql: Sql,
  wanted: (sql: Sql) => Fragment,
  [first, last]: readonly [number, number],
  options: Options,
) {
  const rows = await fetchColumn(
    sql,
    (sql) => sql`
      select int4send(place_id) || int4send(day) || case when is_live then '' else int4send(short) || stays end
      from (
        select w.place_id, w.day, d.short, d.stays,
          packed.day is null or stale.day is not null
            or coalesce(d.usual <> usual_print(p.default_stay_seconds, p.openings, p.closed_at), false) as is_live
        from (${wanted(sql)}) w
        left join (
          select day - date '1970-01-01' as day from packed_days
          where day between ${dateOf(sql, first)} and ${dateOf(sql, last)}
            and day not in (select day from stale_place_days where place_id = 0)
        ) packed on packed.day = w.day
        left join (
          select distinct day - date '1970-01-01' as day, place_id from stale_place_days
          where day between ${dateOf(sql, first)} and ${dateOf(sql, last)}
        ) stale on stale.day = w.day and stale.place_id = w.place_id
        left join place_days d on d.day = date '1970-01-01' + w.day and d.place_id = w.place_id
          and d.day between ${dateOf(sql, first)} and ${dateOf(sql, last)}
        left join place_facts p on p.place_id = w.place_id and d.usual is not null
        offset 0
      ) found
      where is_live or stays is not null`,
  )
  const packed = rows.filter((row) => row.length >= HEAD)
  if (packed.length === rows.length) return packed
  const live = rows.filter((row) => row.length < HEAD)
  const places = live.map((row) => row.readInt32BE(0))
  const days = live.map((row) => row.readInt32BE(4))
  return [...packed, ...(await readRows(sql, places, days, options))]
}

const readRows = (sql: Sql, places: readonly number[], days: readonly number[], options: Options) =>
  fetchPacked(sql, (sql) => piecesAt(sql, places, days, options))

const fetchPacked = (sql: Sql, pieces: (sql: Sql) => Fragment) =>
  fetchColumn(
    sql,
    (sql) => sql`
      select int4send(place_id) || int4send(day - date '1970-01-01') || int4send(short) || stays
      from (${packed(sql, pieces(sql))}) live`,
  )

const fetchColumn = async (sql: Sql, query: (sql: Sql) => Fragment) =>
  (await fetchBinary(sql, query)).map(([value]) => value!)

function unpack(rows: readonly PackedRow[]): PlaceDays {
  const most = rows.reduce((sum, { length }) => sum + length - HEAD, 0) / 12
  const columns = [new Int32Array(most), new Int32Array(most), new Int32Array(most)] as const
  const bytes = columns.map(({ buffer }) => Buffer.from(buffer))
  let first = 0
  const days = rows.map((row): PlaceDay => {
    const count = (row.length - HEAD) / 12
    for (const [at, column] of bytes.entries())
      row.copy(column, first * 4, HEAD + at * count * 4, HEAD + (at + 1) * count * 4)
    first += count
    return {
      day: row.readInt32BE(4),
      placeId: row.readInt32BE(0),
      first: first - count,
      short: row.readInt32BE(8),
      count,
    }
  })
  for (const column of bytes) column.swap32()
  const [person, since, until] = columns
  return { days, person, since, until }
}

// — the stays of people

/** Somebody's stays within a window, in columns: whose (by place in the list), where (negative: the end is estimated), when. */
export type OwnStays = {
  count: number
  rank: Int32Array
  place: Int32Array
  /** Milliseconds since 1970. */
  since: Float64Array
  until: Float64Array
}

export type Window = { personId: number; from: number; to: number }

/** The stays of these people, each cut to their window; by person, place and time. */
export async function readOwnStays(
  sql: Sql,
  windows: readonly Window[],
  options: Options,
): Promise<OwnStays> {
  const first = windows.reduce((least, { from }) => Math.min(least, from), Infinity)
  const last = windows.reduce((most, { to }) => Math.max(most, to), -Infinity)
  const { defaultStaySeconds } = options
  const longestUsual = Math.max(LONGEST_USUAL_SECONDS, defaultStaySeconds ?? 0)
  const within = (mostSeconds: number) =>
    sql`arrived_at > ${momentOf(first - mostSeconds * 1000 - 1)} and arrived_at < ${momentOf(last)}`
  const recorded = (classes: readonly number[]) => {
    const most = lookBack[classes.at(-1)!]!
    return sql`
      select r.place_id, r.arrived_at, r.left_at, false as estimated from recorded_stays r
      where r.person_id = w.person_id and r.length = any(${classes as number[]}::smallint[]) and ${within(most)}
        and r.arrived_at >= w.since - ${most}::int * interval '1 second' and r.arrived_at < w.until and r.left_at > w.since
      union all`
  }
  const classes = lookBack.map((_, length) => length)
  const [found] = await fetchBinary(
    sql,
    (sql) => sql`
    select string_agg(int4send(rank), ''::bytea order by rank, place_id, since, until, estimated) as rank,
      string_agg(int4send(case when estimated then -place_id else place_id end), ''::bytea order by rank, place_id, since, until, estimated) as place,
      string_agg(float8send(since), ''::bytea order by rank, place_id, since, until, estimated) as since,
      string_agg(float8send(until), ''::bytea order by rank, place_id, since, until, estimated) as until
    from (
      select rank, place_id, estimated, round(date_part('epoch', greatest(arrived_at, w.since)) * 1000) as since,
        round(date_part('epoch', least(left_at, w.until)) * 1000) as until
      from (
        select person_id, to_timestamp(since / 1000) as since, to_timestamp(until / 1000) as until, (rank - 1)::int as rank
        from unnest(${windows.map(({ personId }) => personId)}::int[], ${windows.map(({ from }) => from)}::float8[],
          ${windows.map(({ to }) => to)}::float8[]) with ordinality as given (person_id, since, until, rank)
        where since < until
      ) w cross join lateral (
        ${recorded(classes.slice(0, WEEKLY_CLASSES))}
        ${recorded(classes.slice(WEEKLY_CLASSES))}
        select e.place_id, e.arrived_at, e.left_at, true from (
          select u.place_id, u.arrived_at, ${endOfUnfinished(sql, options)} as left_at
          from unfinished_stays u join place_facts p on p.place_id = u.place_id
          where u.person_id = w.person_id and ${within(longestUsual)} and u.arrived_at < w.until
          offset 0
        ) e where e.left_at > w.since
        offset 0
      ) v
      where left_at > arrived_at
    ) cut`,
  )
  const [rank, place, since, until] = found!.map((column) => aligned(column ?? Buffer.of()))
  return {
    count: rank!.length / 4,
    rank: new Int32Array(rank!.swap32().buffer),
    place: new Int32Array(place!.swap32().buffer),
    since: new Float64Array(since!.swap64().buffer),
    until: new Float64Array(until!.swap64().buffer),
  }
}

/** A copy with memory of its own, in which columns of numbers may begin. */
function aligned(bytes: Buffer) {
  const copy = Buffer.from(new ArrayBuffer(bytes.length))
  bytes.copy(copy)
  return copy
}

/** The same as `readPlaceDays`, of few people and wherever they were: what nobody else did is not read. */
export async function readPlaceDaysOf(
  sql: Sql,
  windows: readonly Window[],
  options: Options,
): Promise<PlaceDays> {
  if (windows.length === 0) return unpack([])
  const own = await readOwnStays(sql, windows, options)
  const pieces: { day: number; placeId: number; person: number; since: number; until: number }[] = []
  for (let at = 0; at < own.count; at++) {
    const [since, until, place] = [own.since[at]!, own.until[at]!, own.place[at]!]
    const person = windows[own.rank[at]!]!.personId * Math.sign(place)
    for (let day = dayNumber(since); day * DAY_MS < until; day++)
      pieces.push({
        day,
        placeId: Math.abs(place),
        person,
        since: Math.max(0, since - day * DAY_MS),
        until: Math.min(DAY_MS, until - day * DAY_MS),
      })
  }
  const isLong = ({ since, until }: { since: number; until: number }) => Number(until - since > SHORT_MS)
  pieces.sort(
    (one, other) =>
      one.day - other.day ||
      one.placeId - other.placeId ||
      isLong(one) - isLong(other) ||
      one.since - other.since,
  )
  const days: PlaceDay[] = []
  for (const [first, piece] of pieces.entries()) {
    let last = days.at(-1)
    if (last?.day !== piece.day || last.placeId !== piece.placeId) {
      last = { day: piece.day, placeId: piece.placeId, first, short: 0, count: 0 }
      days.push(last)
    }
    last.count += 1
    last.short += 1 - isLong(piece)
  }
  return {
    days,
    person: Int32Array.from(pieces, ({ person }) => person),
    since: Int32Array.from(pieces, ({ since }) => since),
    until: Int32Array.from(pieces, ({ until }) => until),
  }
}
