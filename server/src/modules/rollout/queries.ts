import type { Sql } from '../../platform/database.ts'
import type { Figures } from './schema.ts'

type Counted = { areaIds: readonly number[]; sectors: readonly string[] | null; from: Date; to: Date }

/**
 * The figures of several areas for one day [from, to), each area with everything within it. Of some sectors only,
 * their places count, and what belongs to no place (declarations, cases) is not told.
 */
export const countDay = (sql: Sql, { areaIds, sectors, from, to }: Counted) => sql<
  (Figures & { areaId: number })[]
>`
  with wanted as (select unnest(${areaIds as number[]}::int[]) as area_id),
  place as (
    select w.ancestor_id as area_id, p.place_id, p.created_at, p.closed_at
    from place_facts p join area_within w on w.area_id = p.area_id
    where w.ancestor_id = any(${areaIds as number[]})
      ${sectors ? sql`and p.sector = any(${sectors as string[]}::text[])` : sql``}
  ),
  scanned as (
    select p.area_id, count(*) filter (where s.direction = 1) as scans_in,
      count(*) filter (where s.direction = -1) as scans_out,
      count(distinct s.place_id) as active_places, count(distinct s.person_id) as people_checked
    from scan_facts s join place p on p.place_id = s.place_id
    where s.at >= ${from} and s.at < ${to} group by p.area_id
  ),
  registered as (
    select area_id, count(*) filter (where created_at < ${to} and (closed_at is null or closed_at >= ${to})) as places,
      count(*) filter (where created_at >= ${from} and created_at < ${to}) as new_places
    from place group by area_id
  ),
  declared as (
    select w.ancestor_id as area_id, count(*) as declarations
    from declaration_facts d join area_within w on w.area_id = d.area_id
    where w.ancestor_id = any(${areaIds as number[]}) and d.declared_at >= ${from} and d.declared_at < ${to}
    group by w.ancestor_id
  ),
  confirmed as (
    select w.ancestor_id as area_id, count(*) as cases
    from case_facts c join area_within w on w.area_id = c.area_id
    where w.ancestor_id = any(${areaIds as number[]}) and c.created_at >= ${from} and c.created_at < ${to}
    group by w.ancestor_id
  )
  select w.area_id, coalesce(places, 0)::int as places, coalesce(new_places, 0)::int as new_places,
    coalesce(active_places, 0)::int as active_places, coalesce(scans_in, 0)::int as scans_in,
    coalesce(scans_out, 0)::int as scans_out, coalesce(people_checked, 0)::int as people_checked,
    ${sectors ? sql`null::int as declarations, null::int as cases` : sql`coalesce(declarations, 0)::int as declarations, coalesce(cases, 0)::int as cases`}
  from wanted w left join registered using (area_id) left join scanned using (area_id)
    left join declared using (area_id) left join confirmed using (area_id)`
