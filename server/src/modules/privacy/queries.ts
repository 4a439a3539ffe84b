import type { Sql } from '../../platform/database.ts'

export type AuditRow = {
  id: string
  at: Date
  actorKind: string
  actorName: string | null
  action: string
  subjectId: string | null
  details: Record<string, unknown>
}

type Wanted = { action?: string; subjectId?: string; before: string | null; limit: number }

/**
 * What accounts and keys within these areas did, and what the system did to them, newest first.
 *
 * What citizens do with their own things stays out on purpose: an auditor watches over officials, not over the people.
 */
export const listAudit = (
  sql: Sql,
  areaIds: readonly number[],
  { action, subjectId, before, limit }: Wanted,
) =>
  sql<AuditRow[]>`
    with reach as (
      select account_id as id, area_id from account_areas
      union
      select k.key_id, coalesce(k.area_id, p.area_id) from key_reach k left join place_facts p using (place_id)),
    watched as (
      select reach.id from reach join area_within w using (area_id)
      where w.ancestor_id = any(${areaIds as number[]}))
    select id, at, actor_kind, actor_name, action, subject_id, details from audit_log
    where (actor_kind in ('account', 'key') and actor_id in (select id from watched)
        or actor_kind = 'system' and subject_id in (select id::text from watched))
      ${action ? sql`and action = ${action}` : sql``}
      ${subjectId ? sql`and subject_id = ${subjectId}` : sql``}
      ${before ? sql`and id < ${before}` : sql``}
    order by id desc limit ${limit}`
