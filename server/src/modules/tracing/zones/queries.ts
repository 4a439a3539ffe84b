import type { Sql } from '../../../platform/database.ts'
import type { AreaRef } from '../../../platform/shapes.ts'
import type { DrawnFeature } from './geometry.ts'
import type { Group, Weighed, ZoneTimes } from './rules.ts'
import type { Counted, ZoneAction, ZoneCounts, ZoneOrderBy, ZoneState, ZoneSummary } from './schema.ts'

// — units

export type UnitRow = AreaRef & { id: number }

const refOf = (sql: Sql) => sql`jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path)`

const inForce = (sql: Sql, on: string) =>
  sql`a.valid_from <= ${on} and (a.valid_to is null or a.valid_to > ${on})`

const COMMUNE = 3

/** Communes of a day within a unit, or being it. */
export const listCommunes = (sql: Sql, areaId: number, on: string) =>
  sql<UnitRow[]>`
    select a.id, a.code, a.full_name, a.path from area_names a join area_within w on w.area_id = a.id
    where w.ancestor_id = ${areaId} and a.level = ${COMMUNE} and ${inForce(sql, on)} order by a.sort_order`

/** The code of the province in which a unit lies today. */
export const findProvinceCode = async (sql: Sql, areaId: number, on: string) =>
  (
    await sql<{ code: string }[]>`
      select a.code from area_names a join area_within w on w.ancestor_id = a.id
      where w.area_id = ${areaId} and a.level = 1 and ${inForce(sql, on)} limit 1`
  )[0]?.code

// — cases and contacts of a time

export type Sought = {
  /** Whose cases the reader may count. */
  reach: readonly number[]
  from: string
  to: string
  diseaseId: string | null
  caseIds: readonly string[] | null
  traceId: string | null
}

/** Cases that began in the period, within reach or beyond it, and were not discarded. */
const soughtCases = (
  sql: Sql,
  { reach, from, to, diseaseId, caseIds, traceId }: Sought,
  where: 'within' | 'beyond' = 'within',
) => sql`
  select f.case_id, f.area_id, f.person_id from counted_cases f
  where f.began_on between ${from} and ${to}
    and ${where === 'within' ? sql`` : sql`not`} exists (
      select from area_within w where w.area_id = f.area_id and w.ancestor_id = any(${reach as number[]}::int[]))
    ${diseaseId === null ? sql`` : sql`and f.disease_id = ${diseaseId}`}
    ${caseIds === null ? sql`` : sql`and f.public_id = any(${caseIds as string[]}::uuid[])`}
    ${traceId === null ? sql`` : sql`and f.case_id = (select case_id from traces where public_id = ${traceId})`}`

/** Each case, and each of their contacts who is no case among them, once, with the unit in which they live. */
const points = (sql: Sql, sought: Sought) => sql`
  with index_case as materialized (${soughtCases(sql, sought)}),
  point as (
    select 'case' as kind, case_id as id, area_id from index_case
    union all
    select distinct 'contact', r.person_id, r.area_id
    from contacts c join index_case i on i.case_id = c.case_id join residence_facts r on r.person_id = c.person_id
    where c.withdrawn_at is null and c.person_id not in (select person_id from index_case)
  )`

type PointGroup = Group<number> & { kind: 'case' | 'contact'; isKnown: boolean }

/** Points by the communes in which they lie: none for those who live elsewhere. */
export const listPoints = (sql: Sql, sought: Sought, unitIds: readonly number[]) =>
  sql<PointGroup[]>`
    ${points(sql, sought)},
    placed as (
      select kind, area_id is not null as is_known, array(
        select w.ancestor_id from area_within w
        where w.area_id = point.area_id and w.ancestor_id = any(${unitIds as number[]}::int[]) order by 1) as units
      from point
    )
    select kind, is_known, units, count(*)::int as count from placed group by 1, 2, 3`

/** People of these units who are no points, but would be if the reader reached the cases that they met. */
export const countBeyond = async (sql: Sql, sought: Sought, unitIds: readonly number[]) =>
  (
    await sql<[{ count: number }]>`
    ${points(sql, sought)},
    beyond as materialized (${soughtCases(sql, sought, 'beyond')})
    select count(distinct r.person_id)::int as count
    from residence_facts r join contacts c on c.person_id = r.person_id join beyond b on b.case_id = c.case_id
    where c.withdrawn_at is null
      and exists (select from area_within w where w.area_id = r.area_id and w.ancestor_id = any(${unitIds as number[]}::int[]))
      and r.person_id not in (select person_id from index_case)
      and r.person_id not in (select id from point where kind = 'contact')`
  )[0].count

/** Places with a position within the units where these cases were in the period, and how many of them. */
export const listVisited = (sql: Sql, sought: Sought, unitIds: readonly number[], timeZone: string) =>
  sql<Weighed[]>`
    with index_case as materialized (${soughtCases(sql, sought)}),
    stay as (
      select place_id, person_id, arrived_at from recorded_stays where person_id in (select person_id from index_case)
      union all
      select place_id, person_id, arrived_at from unfinished_stays where person_id in (select person_id from index_case)
    )
    select p.lat, p.lon, count(distinct s.person_id)::int as weight
    from stay s join place_facts p on p.place_id = s.place_id
    where s.arrived_at >= ${sought.from}::date::timestamp at time zone ${timeZone}
      and s.arrived_at < (${sought.to}::date + 1)::timestamp at time zone ${timeZone}
      and p.lat is not null
      and exists (select from area_within w where w.area_id = p.area_id and w.ancestor_id = any(${unitIds as number[]}::int[]))
    group by p.place_id, p.lat, p.lon order by weight desc, p.place_id limit 500`

type UnitCount = Counted & { unitId: number | null; placesUnplaced: number }

/**
 * What lies in each of these units and, where `unitId` is null, in all of them: somebody of a former commune that was split
 * counts in each part and once in the sum. Of a drawn area only places with a position can be told.
 */
export const countUnits = (
  sql: Sql,
  {
    unitIds,
    outline,
    sought,
    now,
  }: { unitIds: readonly number[]; outline: string | null; sought: Sought; now: Date },
) => {
  const ids = sql`${unitIds as number[]}::int[]`
  const inside = outline === null ? sql`true` : sql`${outline}::text::polygon @> point(p.lon, p.lat)`
  return sql<UnitCount[]>`
    ${points(sql, sought)},
    resident as (
      select w.ancestor_id as unit_id, count(distinct person_id)::int as people,
        count(distinct household_id)::int as households
      from residence_facts r join area_within w on w.area_id = r.area_id where w.ancestor_id = any(${ids})
      group by grouping sets ((w.ancestor_id), ())
    ),
    ill as (
      select w.ancestor_id as unit_id, count(distinct id) filter (where kind = 'case')::int as cases,
        count(distinct id) filter (where kind = 'contact')::int as contacts
      from point join area_within w on w.area_id = point.area_id where w.ancestor_id = any(${ids})
      group by grouping sets ((w.ancestor_id), ())
    ),
    place as (
      select w.ancestor_id as unit_id, count(distinct p.place_id) filter (where ${inside})::int as places,
        count(distinct p.place_id) filter (where p.lat is null)::int as unplaced
      from place_facts p join area_within w on w.area_id = p.area_id
      where w.ancestor_id = any(${ids}) and (p.closed_at is null or p.closed_at > ${now})
      group by grouping sets ((w.ancestor_id), ())
    ),
    wanted as (select unnest(${ids}) as unit_id union all select null)
    select u.unit_id, coalesce(people, 0) as people, coalesce(households, 0) as households,
      coalesce(cases, 0) as cases, coalesce(contacts, 0) as contacts, coalesce(places, 0) as places,
      coalesce(unplaced, 0) as places_unplaced
    from wanted u
    left join resident on resident.unit_id is not distinct from u.unit_id
    left join ill on ill.unit_id is not distinct from u.unit_id
    left join place on place.unit_id is not distinct from u.unit_id`
}

// — zones

export type ZoneRow = ZoneTimes & {
  id: number
  publicId: string
  version: number
  areaId: number
  area: AreaRef
  name: string
  diseaseId: string | null
  level: ZoneSummary['level']
  measures: string
  legalBasis: string
  ruleVersion: number
  closedKinds: string[]
  shape: DrawnFeature | null
  draftedBy: number | null
  draftedAt: Date
  proposedBy: number | null
  number: string | null
  orderedBy: number | null
  orderedAt: Date | null
  counts: ZoneCounts | null
  notifiedAt: Date | null
  exceptionReason: string | null
  liftedAt: Date | null
  units: UnitRow[]
}

const columns = (sql: Sql) => sql`
  z.id, z.public_id, z.version, z.area_id, z.name, z.disease_id, z.level, z.measures, z.legal_basis, z.rule_version, z.notice_hours,
  z.closed_kinds, z.shape, z.starts_at, z.ends_at, z.status, z.drafted_by, z.drafted_at, z.proposed_by, z.number,
  z.ordered_by, z.ordered_at, z.counts, z.notified_at, z.exception_reason, z.lifted_at,
  (select ${refOf(sql)} from area_names a where a.id = z.area_id) as area,
  (select jsonb_agg(${refOf(sql)} || jsonb_build_object('id', a.id) order by a.sort_order)
   from zone_units u join area_names a on a.id = u.area_id where u.zone_id = z.id) as units`

export const findZone = async (sql: Sql, publicId: string) =>
  (await sql<ZoneRow[]>`select ${columns(sql)} from zones z where public_id = ${publicId}`)[0]

/** Waits for a change of the same zone that is under way, so that each sees what the other left. */
export const lockZone = (sql: Sql, publicId: string) =>
  sql`select from zones where public_id = ${publicId} for update`

type Content = Pick<
  ZoneRow,
  | 'areaId'
  | 'name'
  | 'diseaseId'
  | 'level'
  | 'measures'
  | 'legalBasis'
  | 'ruleVersion'
  | 'noticeHours'
  | 'closedKinds'
  | 'startsAt'
  | 'endsAt'
>
type Drawn = { shape: DrawnFeature | null; outline: string | null }

export const insertZone = async (
  sql: Sql,
  content: Content & Pick<ZoneRow, 'publicId' | 'draftedBy' | 'draftedAt'>,
  { shape, outline }: Drawn,
  unitIds: readonly number[],
) => {
  const [row] = await sql<{ id: number }[]>`insert into zones ${sql(content)} returning id`
  await saveWhere(sql, row!.id, { shape, outline }, unitIds)
  return row!.id
}

/** What was drawn, and the communes. */
export const saveWhere = async (
  sql: Sql,
  id: number,
  { shape, outline }: Drawn,
  unitIds: readonly number[],
) => {
  await sql`
    update zones set shape = ${shape && sql.json(shape as never)}, outline = ${outline}::text::polygon where id = ${id}`
  await sql`delete from zone_units where zone_id = ${id} and area_id <> all(${unitIds as number[]}::int[])`
  await sql`
    insert into zone_units (zone_id, area_id) select ${id}, unnest(${unitIds as number[]}::int[]) on conflict do nothing`
}

type Change = Partial<
  Content &
    Pick<
      ZoneRow,
      | 'status'
      | 'draftedBy'
      | 'proposedBy'
      | 'number'
      | 'orderedBy'
      | 'orderedAt'
      | 'notifiedAt'
      | 'exceptionReason'
      | 'liftedAt'
    >
> & { counts?: ZoneCounts | null }

export const updateZone = (sql: Sql, id: number, { counts, ...change }: Change) => {
  const set = { ...change, ...(counts === undefined ? {} : { counts: counts && sql.json(counts as never) }) }
  return sql`update zones set ${sql(set as never)}, version = version + 1 where id = ${id}`
}

// — history

type Event = {
  zoneId: number
  at: Date
  accountId: number | null
  accountName: string
  action: ZoneAction | 'draft'
  reason: string | null
  details: Record<string, unknown>
}
export const insertEvent = (sql: Sql, { details, ...event }: Event) =>
  sql`insert into zone_events ${sql({ ...event, details: sql.json(details as never) } as never)}`

export const listEvents = (sql: Sql, zoneId: number) =>
  sql<Omit<Event, 'zoneId' | 'accountId'>[]>`
    select at, account_name, action, reason, details from zone_events where zone_id = ${zoneId} order by id`

// — overlaps

/** Zones in the same time and on the same ground: of a common commune and, where both are drawn, of a common point. */
const overlapping = (sql: Sql, now: Date) => sql`
  from zones o
  where o.id <> z.id and o.status <> 'lifted' and o.ends_at > ${now}
    and o.starts_at < z.ends_at and o.ends_at > z.starts_at
    and (o.outline is null or z.outline is null or o.outline && z.outline)
    and exists (select from zone_units u join zone_units v on v.area_id = u.area_id
      where u.zone_id = z.id and v.zone_id = o.id)`

export type OverlapRow = ZoneTimes & {
  publicId: string
  name: string
  number: string | null
  from: Date
  to: Date
  units: AreaRef[]
}

export const listOverlaps = (sql: Sql, zoneId: number, now: Date) => sql<OverlapRow[]>`
  select found.* from zones z, lateral (
    select o.id, o.public_id, o.name, o.number, o.status, o.starts_at, o.ends_at, o.notice_hours,
      greatest(o.starts_at, z.starts_at) as from, least(o.ends_at, z.ends_at) as to,
      (select jsonb_agg(${refOf(sql)} order by a.sort_order) from zone_units u
       join zone_units v on v.area_id = u.area_id and v.zone_id = o.id join area_names a on a.id = u.area_id
       where u.zone_id = z.id) as units
    ${overlapping(sql, now)}
  ) found
  where z.id = ${zoneId} order by found.from, found.id limit 50`

// — lists

/** What the hour makes of what was decided, as `stateOf` says it. */
const isAt = (sql: Sql, state: ZoneState, now: Date) => {
  if (state === 'notified') return sql`z.status = 'notified' and z.starts_at > ${now}`
  if (state === 'inForce') return sql`z.status = 'notified' and z.starts_at <= ${now} and z.ends_at > ${now}`
  if (state === 'expired') return sql`z.status = 'notified' and z.ends_at <= ${now}`
  return sql`z.status = ${state}`
}

type Filter = {
  /** Null: everybody's. */
  reach: readonly number[] | null
  areaId: number | null
  state: ZoneState | null
  on: { from: Date; to: Date } | null
  q: string | null
  now: Date
}
type Window = { order: ZoneOrderBy; after: string | undefined; limit: number }

const likeText = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const within = (sql: Sql, areaIds: readonly number[]) => sql`exists (
  select from zone_units u join area_within w on w.area_id = u.area_id
  where u.zone_id = z.id and w.ancestor_id = any(${areaIds as number[]}::int[]))`

/** Zones that touch the reader's areas; a page goes on after the zone named by `after`. */
export function listZones(
  sql: Sql,
  { reach, areaId, state, on, q, now }: Filter,
  { order, after, limit }: Window,
) {
  const keys = {
    startsAt: sql`starts_at`,
    endsAt: sql`ends_at`,
    name: sql`name collate "vi-x-icu"`,
  }
  const key = keys[order.replace('-', '') as keyof typeof keys]
  const isDown = order.startsWith('-')
  const way = isDown ? sql`desc` : sql`asc`
  return sql<(ZoneRow & { overlaps: number })[]>`
    select ${columns(sql)}, (select count(*)::int ${overlapping(sql, now)}) as overlaps
    from zones z
    where true
      ${reach === null ? sql`` : sql`and ${within(sql, reach)}`}
      ${areaId === null ? sql`` : sql`and ${within(sql, [areaId])}`}
      ${state === null ? sql`` : sql`and ${isAt(sql, state, now)}`}
      ${on === null ? sql`` : sql`and z.starts_at < ${on.to} and coalesce(z.lifted_at, z.ends_at) > ${on.from}`}
      ${q ? sql`and (z.name ilike ${likeText(q)} or z.number ilike ${likeText(q)})` : sql``}
      ${
        after === undefined
          ? sql``
          : sql`and (${key}, id) ${isDown ? sql`<` : sql`>`} (select ${key}, id from zones where public_id = ${after})`
      }
    order by ${key} ${way}, id ${way} limit ${limit}`
}

/** Announced or in force, for everybody. */
export const listPublicZones = (
  sql: Sql,
  {
    areaId,
    now,
    after,
    limit,
  }: { areaId: number | null; now: Date; after: string | undefined; limit: number },
) => sql<ZoneRow[]>`
  select ${columns(sql)} from zones z
  where z.status = 'notified' and z.ends_at > ${now}
    ${areaId === null ? sql`` : sql`and ${within(sql, [areaId])}`}
    ${
      after === undefined
        ? sql``
        : sql`and (starts_at, id) > (select starts_at, id from zones where public_id = ${after})`
    }
  order by starts_at, id limit ${limit}`
