import type { Sql } from '../../platform/database.ts'
import { gatherEach } from '../../platform/gather.ts'
import type { AreaRef } from '../../platform/shapes.ts'
import { isMarked, markedText, plainText } from '../../platform/vietnamese.ts'
import type { Coverage } from './schema.ts'

export type AreaRow = {
  id: number
  code: string
  level: number
  kind: string
  name: string
  fullName: string
  nameEn: string
  parentId: number | null
  parentCode: string | null
  path: string
  hasChildren: boolean
  validFrom: string
  validTo: string | null
  sortOrder: number
  lat: number | null
  lon: number | null
}

const inForce = (sql: Sql, on: string) => sql`valid_from <= ${on} and (valid_to is null or valid_to > ${on})`

const columns = (sql: Sql, on: string) => sql`
  id, code, level, kind, name, full_name, name_en, parent_id, path, valid_from, valid_to, sort_order, lat, lon,
  (select code from areas parent where parent.id = area.parent_id) as parent_code,
  exists (select from areas child where child.parent_id = area.id and ${inForce(sql, on)}) as has_children`

export const findArea = async (sql: Sql, code: string, on: string): Promise<AreaRow | undefined> =>
  (
    await sql<AreaRow[]>`
      select ${columns(sql, on)} from areas area where code = ${code} and ${inForce(sql, on)} order by level limit 1`
  )[0]

/** The row of a code that is not in force: the last one before the day, else the first one after it. */
export const findAreaNear = async (sql: Sql, code: string, on: string): Promise<AreaRow | undefined> =>
  (
    await sql<AreaRow[]>`
      select ${columns(sql, on)} from areas area where code = ${code}
      order by valid_from > ${on}, abs(valid_from - ${on}::date) limit 1`
  )[0]

/** The last row of a code that has ended by the day. */
export const findEndedArea = async (sql: Sql, code: string, on: string): Promise<AreaRow | undefined> =>
  (
    await sql<AreaRow[]>`
      select ${columns(sql, on)} from areas area where code = ${code} and valid_to <= ${on}
      order by valid_to desc, level limit 1`
  )[0]

type Wanted = { parentId?: number; level?: number | undefined; q?: string | undefined; on: string }
type Window = { limit: number; after?: { rank: number; sortOrder: number } }
export type RankedArea = AreaRow & { rank: number }

/**
 * Units in force on a day: the top level, or those directly under a parent, or (with a level or a text) all within it.
 * A text is found at the beginning of any word; whole names come first, then beginnings of names.
 */
export function listAreas(sql: Sql, { parentId, level, q, on }: Wanted, { limit, after }: Window) {
  const text = q ? (isMarked(q) ? markedText(q) : plainText(q)) : ''
  const key = q && isMarked(q) ? sql`search_key_marked` : sql`search_key`
  const name = sql`substr(${key}, length(full_name) - length(name) + 1)`
  const rank = text
    ? sql`case when ${key} = ${text} or ${name} = ${text} then 0
        when starts_with(${key}, ${`${text} `}) or starts_with(${name}, ${`${text} `}) then 1
        when starts_with(${key}, ${text}) or starts_with(${name}, ${text}) then 2
        else 3 end`
    : sql`0`
  const deep = level !== undefined || text !== ''
  const where = [
    sql`${inForce(sql, on)}`,
    ...(level === undefined ? [] : [sql`level = ${level}`]),
    ...(text ? [sql`position(${` ${text}`} in ' ' || ${key}) > 0`] : []),
    ...(parentId === undefined && !deep ? [sql`parent_id is null`] : []),
    ...(parentId !== undefined && !deep ? [sql`parent_id = ${parentId}`] : []),
    ...(parentId !== undefined && deep
      ? [
          sql`id <> ${parentId} and id in (select area_id from area_enclosures where ancestor_id = ${parentId})`,
        ]
      : []),
    ...(after ? [sql`(${rank}, sort_order) > (${after.rank}::int, ${after.sortOrder}::int)`] : []),
  ]
  return sql<RankedArea[]>`
    select ${columns(sql, on)}, ${rank} as rank from areas area
    where ${where.reduce((all, one) => sql`${all} and ${one}`)}
    order by rank, sort_order limit ${limit}`
}

export type SuccessorRow = {
  id: number
  code: string
  name: string
  fullName: string
  kind: string
  level: number
  path: string
  ways: Coverage[]
}

/**
 * The units in force on a day into which a unit went, over as many reforms as lie between. A unit that was
 * abolished without a successor of its own (a district) went where its parts went.
 */
export const listSuccessors = (sql: Sql, areaId: number, on: string) => sql<SuccessorRow[]>`
  with recursive line (id, coverage) as (
    select ${areaId}::int, 'full'
    union
    select step.id, case when line.coverage = 'full' then step.coverage else line.coverage end
    from line
    join areas past on past.id = line.id and past.valid_to <= ${on}
    cross join lateral (
      select successor_id as id, coverage from area_successors where area_id = past.id
      union all
      select id, 'full' from areas part
      where part.parent_id = past.id and not exists (select from area_successors where area_id = past.id)
    ) step
  )
  select area.id, code, name, full_name, kind, level, path, array_agg(distinct coverage) as ways
  from line join areas area using (id)
  where ${inForce(sql, on)}
  group by area.id order by sort_order`

type Enclosed = { ancestorIds: readonly number[]; areaId: number }

/** Every request of a gate asks this of its place: those that come together ask together. */
const withinTogether = gatherEach<Enclosed, boolean>(async (sql, asked) => {
  const rows = await sql<{ areaId: number; ancestorId: number }[]>`
    select area_id, ancestor_id from area_enclosures
    where area_id = any (${[...new Set(asked.map(({ areaId }) => areaId))]}::int[])
      and ancestor_id = any (${[...new Set(asked.flatMap(({ ancestorIds }) => ancestorIds))]}::int[])`
  const known = new Set(rows.map(({ areaId, ancestorId }) => `${areaId} ${ancestorId}`))
  return asked.map(({ ancestorIds, areaId }) => ancestorIds.some((id) => known.has(`${areaId} ${id}`)))
})

export const isWithin = (sql: Sql, ancestorIds: readonly number[], areaId: number): Promise<boolean> =>
  withinTogether(sql, { ancestorIds, areaId })

export const areaRef = async (sql: Sql, id: number): Promise<AreaRef | undefined> =>
  (await sql<AreaRef[]>`select code, full_name, path from areas where id = ${id}`)[0]
