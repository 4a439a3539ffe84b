import type { Sql } from '../../../platform/database.ts'
import { isOneOf, type Units } from '../follow-up/queries.ts'

type Waiting = { batches: number; people: number; late: number }

/** What waits for a receipt: by these units, or by others of what these sent. */
export const countHandOvers = async (sql: Sql, units: Units, direction: 'in' | 'out', now: Date) =>
  (
    await sql<[Waiting]>`
      select count(distinct h.id)::int as batches, count(*)::int as people,
        (count(distinct h.id) filter (where h.due_at < ${now}))::int as late
      from hand_over_lines l join hand_overs h on h.id = l.hand_over_id
      where l.answer is null and ${
        direction === 'in'
          ? isOneOf(sql, 'h.to_id', units)
          : sql`${isOneOf(sql, 'h.from_id', units)} and not ${isOneOf(sql, 'h.to_id', units)}`
      }`
  )[0]
