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

/** What officials within these areas did, newest first. */
export const listAudit = (
  sql: Sql,
  areaIds: readonly number[],
  { action, subjectId, before, limit }: Wanted,
) =>
  sql<AuditRow[]>`
    select id, at, actor_kind, actor_name, action, subject_id, details from audit_log l
    where exists (
        select from account_areas a join area_within w on w.area_id = a.area_id
        where a.account_id = l.actor_id and w.ancestor_id = any(${areaIds as number[]}))
      ${action ? sql`and action = ${action}` : sql``}
      ${subjectId ? sql`and subject_id = ${subjectId}` : sql``}
      ${before ? sql`and id < ${before}` : sql``}
    order by id desc limit ${limit}`
