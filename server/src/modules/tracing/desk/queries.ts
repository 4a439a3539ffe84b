import type { Sql } from '../../../platform/database.ts'
import { isOneOf, type Units } from '../follow-up/queries.ts'

type Waiting = { batches: number; people: number; late: number }

/** What waits for a receipt by these units. */
export const countHandOvers = async (sql: Sql, units: Units, now: Date) =>
  (
    await sql<[Waiting]>`
      select count(distinct h.id)::int as batches, count(*)::int as people,
        (count(distinct h.id) filter (where h.due_at < ${now}))::int as late
      from hand_over_lines l join hand_overs h on h.id = l.hand_over_id
      where l.answer is null and ${isOneOf(sql, 'h.to_id', units)}`
  )[0]

/** What waits for a second officer, of cases within these areas. */
export const countDrafts = async (sql: Sql, table: 'notices' | 'warning_runs', areaIds: readonly number[]) =>
  (
    await sql<[{ count: number }]>`
      select count(*)::int as count from ${sql(table)} d join case_facts f using (case_id)
      where d.status = 'waiting' and exists (
        select from area_within w where w.area_id = f.area_id and w.ancestor_id = any(${areaIds as number[]}::int[]))`
  )[0].count
