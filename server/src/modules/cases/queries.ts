import type { Sql } from '../../platform/database.ts'
import type { AreaRef } from '../../platform/shapes.ts'
import type { DoubtName } from '../visits/index.ts'
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

export type SetAsideRow = {
  placeId: number
  place: StayRow['place']
  at: Date
  direction: 'in' | 'out'
  reason: DoubtName
}

/** Scans in [from, to) that make no stay, because something about them cannot be. */
export const listSetAside = (sql: Sql, personId: number, from: Date, to: Date) => sql<SetAsideRow[]>`
  select p.place_id, ${placeOfStay(sql)} as place, s.at, case s.direction when 1 then 'in' else 'out' end as direction, s.reason
  from set_aside_scans s join place_facts p on p.place_id = s.place_id left join area_names a on a.id = p.area_id
  where s.person_id = ${personId} and s.at >= ${from} and s.at < ${to}
  order by s.at limit 200`

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
