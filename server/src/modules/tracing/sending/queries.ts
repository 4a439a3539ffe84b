import type { Sql } from '../../../platform/database.ts'
import type { AreaRef } from '../../../platform/shapes.ts'
import { isTold, type WarningRow, warningColumns } from '../queries.ts'
import type { RunOrder, RunShow, RunStatus } from './schema.ts'

export type RunRow = {
  id: number
  publicId: string
  caseId: number
  people: number
  status: RunStatus
  alone: boolean
  askedBy: number | null
  askedAt: Date
  decidedBy: number | null
  decidedAt: Date | null
  stoppedBy: number | null
  stoppedAt: Date | null
  recalledBy: number | null
  recalledAt: Date | null
  sealed: Buffer | null
  /** What its people were told of the case before counts no more, once they are told this. */
  replaces: boolean
  casePublicId: string
  caseNumber: string
  diseaseId: string
  areaId: number
  area: AreaRef
}

const columns = (sql: Sql) => sql`
  r.id, r.public_id, r.case_id, r.people, r.status, r.alone, r.asked_by, r.asked_at, r.decided_by, r.decided_at,
  r.stopped_by, r.stopped_at, r.recalled_by, r.recalled_at, r.sealed, r.replaces,
  f.public_id as case_public_id, f.number as case_number, f.disease_id, f.area_id,
  (select jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path)
   from area_names a where a.id = f.area_id) as area`

export const findRun = async (sql: Sql, publicId: string) =>
  (
    await sql<RunRow[]>`
    select ${columns(sql)} from warning_runs r join case_facts f using (case_id) where r.public_id = ${publicId}`
  )[0]

/** Waits for whoever decides on it, stops it or sends a part of it at this moment. */
export const lockRun = async (sql: Sql, id: number) =>
  (
    await sql<RunRow[]>`
    select ${columns(sql)} from warning_runs r join case_facts f using (case_id) where r.id = ${id} for update of r`
  )[0]!

/** Runs of a case that wait for a second officer, are being sent, or of which something may still lie in the outbox. */
export const listStoppable = (sql: Sql, caseId: number) =>
  sql<{ id: number }[]>`
    select id from warning_runs where case_id = ${caseId} and status in ('waiting', 'sending', 'sent') order by id`

/** The next run of a case of which something is to be sent; nothing of one that was discarded. */
export const lockSendingRun = async (sql: Sql, casePublicId: string) =>
  (
    await sql<RunRow[]>`
    select ${columns(sql)} from warning_runs r join case_facts f using (case_id)
    where f.public_id = ${casePublicId} and f.classification <> 'discarded' and r.status = 'sending' order by r.id limit 1 for update of r`
  )[0]

const isWithin = (sql: Sql, areaIds: readonly number[]) => sql`exists (
  select from area_within w where w.area_id = f.area_id and w.ancestor_id = any(${areaIds as number[]}::int[]))`

/** What waits for somebody's release, or is what waits of their own. */
const isWaiting = (sql: Sql, show: RunShow, readerId: number | null) => sql`
  r.status = 'waiting' and r.asked_by ${show === 'own' ? sql`=` : sql`is distinct from`} ${readerId}`

/** How many sendings wait for somebody, and how many of their own wait for others. */
export const countRuns = async (sql: Sql, areaIds: readonly number[], readerId: number | null) =>
  (
    await sql<[{ toRelease: number; own: number }]>`
    select count(*) filter (where ${isWaiting(sql, 'toRelease', readerId)})::int as to_release,
      count(*) filter (where ${isWaiting(sql, 'own', readerId)})::int as own
    from warning_runs r join case_facts f using (case_id) where r.status = 'waiting' and ${isWithin(sql, areaIds)}`
  )[0]

type Filter = {
  areaIds: readonly number[]
  status: RunStatus | undefined
  show: RunShow | undefined
  readerId: number | null
}
type Window = { order: RunOrder; after: string | undefined; limit: number }

export function listRuns(
  sql: Sql,
  { areaIds, status, show, readerId }: Filter,
  { order, after, limit }: Window,
) {
  const keys = { askedAt: sql`r.asked_at`, people: sql`r.people` }
  const key = keys[order.replace('-', '') as keyof typeof keys]
  const down = order.startsWith('-')
  const way = down ? sql`desc` : sql`asc`
  return sql<RunRow[]>`
    select ${columns(sql)} from warning_runs r join case_facts f using (case_id)
    where ${isWithin(sql, areaIds)}
      ${status === undefined ? sql`` : sql`and r.status = ${status}`}
      ${show === undefined ? sql`` : sql`and ${isWaiting(sql, show, readerId)}`}
      ${
        after === undefined
          ? sql``
          : sql`and (${key}, r.id) ${down ? sql`<` : sql`>`} (
              select ${key}, r.id from warning_runs r where r.public_id = ${after})`
      }
    order by ${key} ${way}, r.id ${way} limit ${limit}`
}

/** One officer, or one case, at a time: two markings at once must not both count as the first. */
export const lockAsker = (sql: Sql, officerId: number | null, caseId: number) => sql`
  select pg_advisory_xact_lock(21, key)
  from unnest(array[${caseId}::int, ${-(officerId ?? 0)}::int]) as key order by key`

/** How many people this officer, or this case, had warned alone since a moment. */
export const countAlone = async (sql: Sql, officerId: number | null, caseId: number, since: Date) =>
  (
    await sql<{ people: number }[]>`
    select coalesce(sum(people), 0)::int as people from warning_runs
    where alone and asked_at > ${since} and (case_id = ${caseId} or asked_by = ${officerId})`
  )[0]!.people

type NewRun = Pick<
  RunRow,
  'publicId' | 'caseId' | 'people' | 'status' | 'alone' | 'askedBy' | 'askedAt' | 'replaces'
>

export const insertRun = async (sql: Sql, row: NewRun) =>
  (await sql<{ id: number }[]>`insert into warning_runs ${sql(row)} returning id`)[0]!.id

/** Of one to which no warning belongs. */
export const deleteRun = (sql: Sql, id: number) => sql`delete from warning_runs where id = ${id}`

type Change = Partial<
  Pick<
    RunRow,
    | 'people'
    | 'status'
    | 'alone'
    | 'askedBy'
    | 'askedAt'
    | 'decidedBy'
    | 'decidedAt'
    | 'stoppedBy'
    | 'stoppedAt'
    | 'recalledBy'
    | 'recalledAt'
    | 'sealed'
  >
>
export const updateRun = (sql: Sql, id: number, change: Change) =>
  sql`update warning_runs set ${sql(change)} where id = ${id}`

export type RunCounts = {
  runId: number
  f1: number
  f2: number
  f3: number
  unsent: number
  sms: number
  unreachable: number
  recallTold: number
}

export const countWarnings = (sql: Sql, runIds: readonly number[]) =>
  sql<RunCounts[]>`
    select run_id, count(*) filter (where label = 'F1')::int as f1, count(*) filter (where label = 'F2')::int as f2,
      count(*) filter (where label = 'F3')::int as f3, count(*) filter (where reached_by is null)::int as unsent,
      count(*) filter (where reached_by = 'sms')::int as sms,
      count(*) filter (where reached_by = 'none')::int as unreachable,
      count(recall_told_at)::int as recall_told
    from warnings where run_id = any(${runIds as number[]}::int[]) group by 1`

type SentRow = WarningRow & { toldAt: Date | null }

const sentColumns = (sql: Sql) => sql`${warningColumns(sql)}, w.told_at`

export const takeUnsent = (sql: Sql, runId: number, limit: number) =>
  sql<SentRow[]>`
    select ${sentColumns(sql)} from warnings w where run_id = ${runId} and reached_by is null and recalled_at is null
    order by contact_id limit ${limit} for update`

export type SaidRow = Pick<
  WarningRow,
  'label' | 'diseaseId' | 'profileVersion' | 'exposedFrom' | 'exposedTo'
> & { people: number }

/** What those of a run who have not been sent anything will be told, and how many the same. */
export const listToSay = (sql: Sql, runId: number) =>
  sql<SaidRow[]>`
    select label, disease_id, profile_version, exposed_from, exposed_to, count(*)::int as people
    from warnings where run_id = ${runId} and reached_by is null and recalled_at is null
    group by 1, 2, 3, 4, 5 order by label, people desc, exposed_to, exposed_from`

export const setReach = (
  sql: Sql,
  id: string,
  { reachedBy, messageId, at }: { reachedBy: 'sms' | 'none'; messageId: string | null; at: Date },
) => sql`
  update warnings set reached_by = ${reachedBy}, message_id = ${messageId}, told_at = ${reachedBy === 'sms' ? at : null}
  where id = ${id}`

/** What was taken out of the outbox was not told. */
export const unsetReach = (sql: Sql, messageIds: readonly string[]) => sql`
  update warnings set reached_by = null, told_at = null, message_id = null
  where message_id = any(${messageIds as string[]}::uuid[])`

export const listPeopleOfRun = async (sql: Sql, runId: number, which: 'all' | 'unsent') =>
  (
    await sql<{ personId: number }[]>`
    select person_id from warnings
    where run_id = ${runId} ${which === 'all' ? sql`` : sql`and reached_by is null and recalled_at is null`}`
  ).map(({ personId }) => personId)

/** The latest exposure to the case that each of these people was told of, or is being told; recalled ones aside. */
export const listToldExposures = (sql: Sql, caseId: number, personIds: readonly number[]) =>
  sql<{ personId: number; exposedTo: string }[]>`
    select w.person_id, max(w.exposed_to) as exposed_to
    from contacts c join warnings w on w.contact_id = c.id
    where c.case_id = ${caseId} and c.person_id = any(${personIds as number[]}::int[])
      and w.recalled_at is null and ${isTold(sql)}
    group by 1`

export const listContactsOfRun = async (sql: Sql, runId: number) =>
  (
    await sql<{ contactId: number }[]>`
      select contact_id from warnings where run_id = ${runId} and recalled_at is null order by contact_id`
  ).map(({ contactId }) => contactId)

type Earlier = { before: number; isUntold?: boolean }

/** Warnings that hold no more, all or those before a run; the messages that tell of them, or remind. In the order in which warnings are sent, so that nobody deadlocks. */
export const recallOf = async (sql: Sql, contactIds: readonly number[], at: Date, earlier?: Earlier) =>
  (
    await sql<{ messageId: string | null; reminderIds: string[] }[]>`
    with those as (
      select id from warnings w where contact_id = any(${contactIds as number[]}::int[]) and recalled_at is null
        ${earlier ? sql`and run_id < ${earlier.before}` : sql``} ${earlier?.isUntold ? sql`and not ${isTold(sql)}` : sql``}
      order by contact_id for update
    )
    update warnings w set recalled_at = ${at} from those where w.id = those.id returning w.message_id, w.reminder_ids`
  ).flatMap(({ messageId, reminderIds }) => [...(messageId ? [messageId] : []), ...reminderIds])

/** Whoever was told, by a message or on their own page. */
export const recallWarnings = async (sql: Sql, runId: number, at: Date) =>
  (
    await sql`
    update warnings set recalled_at = ${at}
    where run_id = ${runId} and recalled_at is null and (reached_by is not null or read_at is not null)`
  ).count

export const takeUntoldRecalls = (sql: Sql, runId: number, limit: number) =>
  sql<SentRow[]>`
    select ${sentColumns(sql)} from warnings w
    where run_id = ${runId} and recalled_at is not null and reached_by = 'sms' and recall_told_at is null
    order by contact_id limit ${limit} for update`

export const setRecallTold = (sql: Sql, id: string, at: Date) =>
  sql`update warnings set recall_told_at = ${at} where id = ${id}`
