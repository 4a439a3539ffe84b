import type { Sql } from '../../platform/database.ts'
import type { AreaRef } from '../../platform/shapes.ts'
import type { CaseOrder, Classification, Origin } from './schema.ts'

export type CaseRow = {
  id: number
  publicId: string
  number: string
  personId: number
  diseaseId: string
  profileVersion: number
  onsetOn: string | null
  sampledOn: string | null
  confirmedOn: string
  isolatedAt: Date | null
  sealed: Buffer | null
  areaId: number
  area: AreaRef
  createdAt: Date
  createdBy: number | null
  classification: Classification
  origin: Origin
}

const columns = (sql: Sql) => sql`
  c.id, c.public_id, c.number, c.person_id, c.disease_id, c.profile_version, c.onset_on, c.sampled_on, c.confirmed_on,
  c.isolated_at, c.sealed, c.area_id, c.created_at, c.created_by, c.classification, c.origin,
  (select jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path)
   from area_names a where a.id = c.area_id) as area`

export const findCase = async (sql: Sql, publicId: string) =>
  (await sql<CaseRow[]>`select ${columns(sql)} from cases c where public_id = ${publicId}`)[0]

export const findCaseById = async (sql: Sql, id: number) =>
  (await sql<CaseRow[]>`select ${columns(sql)} from cases c where id = ${id}`)[0]

export const hasCase = async (sql: Sql, personId: number) =>
  (await sql`select from cases where person_id = ${personId} limit 1`).length > 0

/** Of these cases those within the areas. */
export const listCasesById = (sql: Sql, publicIds: readonly string[], areaIds: readonly number[]) =>
  sql<CaseRow[]>`
    select ${columns(sql)} from cases c
    where public_id = any(${publicIds as string[]}::uuid[]) and exists (
      select from area_within w where w.area_id = c.area_id and w.ancestor_id = any(${areaIds as number[]}::int[]))
    order by id`

/** The case of this person with this disease that began on this day. */
export const findSameCase = async (sql: Sql, personId: number, diseaseId: string, began: string) =>
  (
    await sql<CaseRow[]>`
    select ${columns(sql)} from cases c
    where person_id = ${personId} and disease_id = ${diseaseId} and coalesce(onset_on, sampled_on) = ${began}`
  )[0]

/** The next number of a unit and year. Two officers who ask at once get two: the second waits for the first. */
export const nextNumber = async (sql: Sql, areaCode: string, year: number) =>
  (
    await sql<{ last: number }[]>`
    insert into case_numbers as n (area_code, year, last) values (${areaCode}, ${year}, 1)
    on conflict (area_code, year) do update set last = n.last + 1 returning last`
  )[0]!.last

type NewCase = Omit<CaseRow, 'id' | 'area' | 'isolatedAt'> & { ref: string | null }
export const insertCase = async (sql: Sql, row: NewCase) =>
  (
    await sql<{ id: number }[]>`
    insert into cases ${sql(row)} on conflict (person_id, disease_id, (coalesce(onset_on, sampled_on))) do nothing
    returning id`
  )[0]?.id

/** Waits for a change of the same case that is under way, so that each sees what the other left. */
export const lockCase = (sql: Sql, id: number) => sql`select from cases where id = ${id} for update`

type Change = Pick<CaseRow, 'onsetOn' | 'sampledOn' | 'isolatedAt'>
export const updateCase = (sql: Sql, id: number, change: Change) =>
  sql`update cases set ${sql(change)} where id = ${id}`

type Filter = {
  areaIds: readonly number[]
  areaId?: number
  diseaseId?: string
  status?: Classification
  q?: string
}
type Window = { order: CaseOrder; after: string | undefined; limit: number }

const likeText = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Within the reader's areas; a page goes on after the case named by `after`. */
export function listCases(
  sql: Sql,
  { areaIds, areaId, diseaseId, status, q }: Filter,
  { order, after, limit }: Window,
) {
  const keys = {
    createdAt: sql`created_at`,
    number: sql`number`,
    onsetOn: sql`coalesce(onset_on, sampled_on)`,
  }
  const key = keys[order.replace('-', '') as keyof typeof keys]
  const down = order.startsWith('-')
  const way = down ? sql`desc` : sql`asc`
  const within = (ids: readonly number[]) => sql`exists (
    select from area_within w where w.area_id = c.area_id and w.ancestor_id = any(${ids as number[]}::int[]))`
  return sql<CaseRow[]>`
    select ${columns(sql)} from cases c
    where ${within(areaIds)}
      ${areaId === undefined ? sql`` : sql`and ${within([areaId])}`}
      ${diseaseId === undefined ? sql`` : sql`and disease_id = ${diseaseId}`}
      ${status === undefined ? sql`` : sql`and classification = ${status}`}
      ${q ? sql`and number like ${likeText(q)}` : sql``}
      ${
        after === undefined
          ? sql``
          : sql`and (${key}, id) ${down ? sql`<` : sql`>`} (select ${key}, id from cases where public_id = ${after})`
      }
    order by ${key} ${way}, id ${way} limit ${limit}`
}

export const listNumbers = (sql: Sql, publicIds: readonly string[]) =>
  sql<{ publicId: string; number: string }[]>`
    select public_id, number from cases where public_id = any(${publicIds as string[]}::uuid[])`

export type StayRow = {
  placeId: number
  place: {
    id: string
    code: string
    name: string
    kind: string
    area: AreaRef | null
    lat: number | null
    lon: number | null
  }
  arrivedAt: Date
  leftAt: Date
  estimated: boolean
}

const placeOfStay = (sql: Sql) => sql`
  jsonb_build_object('id', p.public_id, 'code', p.code, 'name', p.name, 'kind', p.kind, 'lat', p.lat, 'lon', p.lon,
    'area', case when a.id is not null then
      jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path) end)`

/** Where somebody was in [from, to); an exit that nobody recorded is estimated as a trace does. */
export const listStays = (
  sql: Sql,
  personId: number,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
) => sql<StayRow[]>`
  with stay as (
    select place_id, arrived_at, left_at, false as estimated from recorded_stays where person_id = ${personId}
    union all
    select u.place_id, u.arrived_at,
      estimated_end(u.arrived_at, make_interval(secs => p.default_stay_seconds), u.elsewhere_at, p.openings, p.closed_at,
        ${timeZone}), true
    from unfinished_stays u join place_facts p on p.place_id = u.place_id where u.person_id = ${personId}
  )
  select p.place_id, ${placeOfStay(sql)} as place,
    s.arrived_at, s.left_at, s.estimated
  from stay s join place_facts p on p.place_id = s.place_id left join area_names a on a.id = p.area_id
  where s.arrived_at < ${to} and s.left_at > ${from}
  order by s.arrived_at, s.left_at, p.place_id`

type Span = { from: Date; to: Date; timeZone: string }

export type SetAsideRow = {
  placeId: number
  place: StayRow['place']
  doubt: number
  /** Of the first scan. */
  direction: 'in' | 'out'
  firstAt: Date
  lastAt: Date
  /** No more than `most`. */
  scans: number
}

const setAsideOf = (sql: Sql, personId: number, { from, to }: Span, doubt: number | undefined) => sql`
  from set_aside_scans s where s.person_id = ${personId} and s.at >= ${from} and s.at < ${to}
    ${doubt === undefined ? sql`` : sql`and s.doubt = ${doubt}`}`

const directionOf = (sql: Sql) => sql`case s.direction when 1 then 'in' else 'out' end as direction`

/**
 * Scans in [from, to) that make no stay: for each day what was set aside at one place for one reason, by time. The next is
 * looked for behind the day of the one before, so that it does not matter how many scans that was.
 */
export const listSetAside = (
  sql: Sql,
  personId: number,
  { doubt, ...span }: Span & { doubt: number | undefined },
  { after, limit, most }: { after: SetAsideKey | undefined; limit: number; most: number },
) => {
  const scans = setAsideOf(sql, personId, span, doubt)
  return sql<SetAsideRow[]>`
    with recursive found as (
      (select s.doubt, s.place_id, s.at, s.direction ${scans} order by s.doubt, s.place_id, s.at limit 1)
      union all
      select next.* from found f cross join lateral (
        select s.doubt, s.place_id, s.at, s.direction ${scans}
          and (s.doubt, s.place_id, s.at) >= (f.doubt, f.place_id, ${dayAfter(sql, span)})
        order by s.doubt, s.place_id, s.at limit 1) next
    ), shown as materialized (
      select * from found f
      ${
        after
          ? sql`where (at, place_id, doubt) > (${after.firstAt},
              (select place_id from place_facts where public_id = ${after.placeId}), ${after.doubt}::int)`
          : sql``
      }
      order by at, place_id, doubt limit ${limit}
    )
    select f.place_id, ${placeOfStay(sql)} as place, f.doubt, ${directionOf(sql)}, f.at as first_at, last.at as last_at, counted.scans
    from shown f join place_facts p on p.place_id = f.place_id left join area_names a on a.id = p.area_id
    cross join lateral (select f.direction) s
    cross join lateral (select s.at ${scans} ${sameDay(sql, span)} order by s.at desc limit 1) last
    cross join lateral (
      select count(*)::int as scans from (select ${scans} ${sameDay(sql, span)} limit ${most}) as few) counted
    order by f.at, f.place_id, f.doubt`
}

/** Where a page of what is set aside goes on. */
export type SetAsideKey = { firstAt: Date; placeId: string; doubt: number }

const dayAfter = (sql: Sql, { timeZone }: Span) =>
  sql`((f.at at time zone ${timeZone})::date + 1)::timestamp at time zone ${timeZone}`

const sameDay = (sql: Sql, span: Span) => sql`
  and s.doubt = f.doubt and s.place_id = f.place_id and s.at >= f.at and s.at < ${dayAfter(sql, span)}`

/** How many scans are set aside for each reason; of none are more than `most` counted. */
export const countSetAside = (
  sql: Sql,
  personId: number,
  span: Span,
  doubts: readonly number[],
  most: number,
) =>
  sql<{ doubt: number; scans: number }[]>`
    select doubt, scans from unnest(${doubts as number[]}::int[]) as of (doubt)
    cross join lateral (
      select count(*)::int as scans from (
        select ${setAsideOf(sql, personId, span, undefined)} and s.doubt = of.doubt limit ${most}) as few) counted
    where scans > 0 order by doubt`

export type SetAsideScanRow = {
  id: string
  placeId: number
  place: StayRow['place']
  at: Date
  direction: 'in' | 'out'
  doubt: number
}

/** The scans themselves, by time. */
export const listSetAsideScans = (
  sql: Sql,
  personId: number,
  {
    doubt,
    placeId,
    day,
    ...span
  }: Span & {
    doubt: number | undefined
    placeId: string | undefined
    day: { from: Date; to: Date } | undefined
  },
  { after, limit }: { after: { at: Date; id: string } | undefined; limit: number },
) => sql<SetAsideScanRow[]>`
  select s.id, s.place_id, ${placeOfStay(sql)} as place, s.at, ${directionOf(sql)}, s.doubt
  from (
    select s.* ${setAsideOf(sql, personId, span, doubt)}
      ${placeId === undefined ? sql`` : sql`and s.place_id = (select place_id from place_facts where public_id = ${placeId})`}
      ${day ? sql`and s.at >= ${day.from} and s.at < ${day.to}` : sql``}
      ${after ? sql`and (s.at, s.id) > (${after.at}, ${after.id}::uuid)` : sql``}
    order by s.at, s.id limit ${limit}) s
  join place_facts p on p.place_id = s.place_id left join area_names a on a.id = p.area_id
  order by s.at, s.id`

// — imports

export const listAreaCodes = (sql: Sql, ids: readonly number[]) =>
  sql<
    { id: number; code: string }[]
  >`select id, code from area_names where id = any(${ids as number[]}::int[])`

/** As many numbers of each unit as asked for: the first of them. Units come in one order, so that nobody deadlocks. */
export const reserveNumbers = (
  sql: Sql,
  wanted: readonly (readonly [areaCode: string, count: number])[],
  year: number,
) =>
  sql<{ areaCode: string; first: number }[]>`
    insert into case_numbers as n (area_code, year, last)
    select code, ${year}, count from unnest(${wanted.map(([code]) => code)}::text[], ${wanted.map(([, count]) => count)}::int[])
      as wanted (code, count) order by code
    on conflict (area_code, year) do update set last = n.last + excluded.last
    returning area_code, last - (select count from unnest(${wanted.map(([code]) => code)}::text[],
      ${wanted.map(([, count]) => count)}::int[]) as w (code, count) where w.code = area_code) + 1 as first`

type ImportedRow = Omit<NewCase, 'sealed' | 'createdBy' | 'classification' | 'origin'>

/** The ids of those that were new: neither the ref nor the same illness of the person was known. */
export const insertCases = async (sql: Sql, rows: readonly ImportedRow[]) =>
  (
    await sql<{ publicId: string }[]>`
      with new as (insert into cases (public_id, ref, number, person_id, disease_id, profile_version, onset_on, sampled_on, confirmed_on,
        area_id, created_at)
      select "publicId", ref, number, "personId", "diseaseId", "profileVersion", "onsetOn", "sampledOn", "confirmedOn",
        "areaId", "createdAt"
      from jsonb_to_recordset(${sql.json(rows as never)}) as sent ("publicId" uuid, ref text, number text, "personId" int,
        "diseaseId" text, "profileVersion" int, "onsetOn" date, "sampledOn" date, "confirmedOn" date, "areaId" int,
        "createdAt" timestamptz)
      on conflict do nothing returning id, public_id, confirmed_on, profile_version, created_at),
      named as (
        insert into case_classifications (case_id, classification, origin, definition_version, valid_from, recorded_at)
        select id, 'confirmed', 'unknown', profile_version, confirmed_on, created_at from new)
      select public_id from new`
  ).map(({ publicId }) => publicId)
