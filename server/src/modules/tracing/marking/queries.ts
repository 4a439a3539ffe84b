import type { Sql } from '../../../platform/database.ts'
import type { edges as queryOfEdges } from '../graph/edges.ts'
import type { ContactMarking } from './schema.ts'

export type Label = NonNullable<ContactMarking['label']>
export type Fragment = ReturnType<Sql>

export type MarkingRow = {
  id: number
  publicId: string
  caseId: number
  traceId: number | null
  /** Nothing: they are contacts no more. */
  label: Label | null
  /** Those are contacts already, and are found farther away than they were marked. */
  isFarther: boolean
  /** Nothing: all whom the trace found in the hop of the label, or finds no more. */
  personIds: number[] | null
  status: ContactMarking['status']
  total: number
  seen: number
  marked: number
  /** Of those marked before: exposed again, or found nearer. */
  renewed: number
  withdrawn: number
  /** Of these, whose follow-up ended. */
  ended: number
  /** Why. */
  sealed: Buffer | null
  lastPersonId: number
  runId: number | null
  waitsFor: string | null
  problem: string | null
  askedBy: number | null
  askedAt: Date
  finishedAt: Date | null
}

const selected = (sql: Sql) => sql`
  select k.*, case r.status when 'waiting' then r.public_id end as waits_for
  from contact_markings k left join warning_runs r on r.id = k.run_id`

type NewMarking = Pick<
  MarkingRow,
  | 'publicId'
  | 'caseId'
  | 'traceId'
  | 'label'
  | 'isFarther'
  | 'personIds'
  | 'total'
  | 'sealed'
  | 'askedBy'
  | 'askedAt'
>

export const insertMarking = (sql: Sql, row: NewMarking) =>
  sql`insert into contact_markings ${sql({ ...row, status: 'waiting' })}`

export const findMarking = async (sql: Sql, publicId: string) =>
  (await sql<MarkingRow[]>`${selected(sql)} where k.public_id = ${publicId}`)[0]

/** For a part of it: nobody else works on the same meanwhile. */
export const lockMarking = async (sql: Sql, publicId: string) =>
  (await sql<MarkingRow[]>`${selected(sql)} where k.public_id = ${publicId} for update of k`)[0]

/** Waits for the part of each that is being done. */
export const lockUnfinished = (sql: Sql, caseId: number) =>
  sql`select from contact_markings where case_id = ${caseId} and finished_at is null order by id for update`

/** The newest first. */
export const listMarkings = (sql: Sql, caseId: number, after: string | undefined, limit: number) =>
  sql<MarkingRow[]>`
    ${selected(sql)}
    where k.case_id = ${caseId}
      ${after === undefined ? sql`` : sql`and k.id < (select id from contact_markings where public_id = ${after})`}
    order by k.id desc limit ${limit}`

type Change = Partial<
  Pick<
    MarkingRow,
    | 'status'
    | 'seen'
    | 'marked'
    | 'renewed'
    | 'withdrawn'
    | 'ended'
    | 'lastPersonId'
    | 'runId'
    | 'problem'
    | 'finishedAt'
  >
>
export const updateMarking = (sql: Sql, id: number, change: Change) =>
  sql`update contact_markings set ${sql(change)} where id = ${id}`

/** F1 are the contacts of the case, F2 theirs. */
export const hopOf = (label: Label) => Number(label.slice(1))

/** Whom a trace found in the hop of this label: as (person_id, first_at, last_at). */
export const foundByTrace = (sql: Sql, traceId: number, label: Label): Fragment => sql`
  select person_id, first_at, last_at from trace_contacts where trace_id = ${traceId} and hop = ${hopOf(label)}`

/** The same of those beside the scans (graph/edges.ts). */
export const foundBeside = (sql: Sql, edges: ReturnType<typeof queryOfEdges>): Fragment => sql`
  select person_id, min("from") as first_at, max("to") as last_at from (${edges}) edge group by person_id`

/**
 * Contacts whom a trace and every later one find no more. What told of them beside the scans stands where these were traced by
 * scans alone.
 */
export const foundGone = (
  sql: Sql,
  { id, caseId }: { id: number; caseId: number },
  beside: ReturnType<typeof queryOfEdges> | null,
): Fragment => sql`
  select person_id from trace_gone g join contacts c using (person_id)
  where g.trace_id = ${id} and c.case_id = ${caseId} and c.withdrawn_at is null
    and not exists (
      select from traces later join trace_contacts t on t.trace_id = later.id
      where later.case_id = ${caseId} and later.id > ${id} and later.status = 'done' and t.person_id = g.person_id)
    ${beside ? sql`and person_id not in (select person_id from (${beside}) edge)` : sql``}`

/**
 * Contacts whom a trace finds in a hop (or in any) farther than they were marked, as (person_id, hop, first_at, last_at): unless a
 * later one finds them nearer, or they are with the case beside the scans where these were traced by scans alone.
 */
export const foundFarther = (
  sql: Sql,
  { id, caseId }: { id: number; caseId: number },
  hop: number | undefined,
  beside: ReturnType<typeof queryOfEdges> | null,
): Fragment => sql`
  select t.person_id, t.hop, t.first_at, t.last_at from contacts c
  join trace_contacts t on t.trace_id = ${id} and t.person_id = c.person_id
  where c.case_id = ${caseId} and c.withdrawn_at is null and c.label < 'F' || t.hop
    ${hop === undefined ? sql`` : sql`and t.hop = ${hop}`}
    and not exists (
      select from traces later join trace_contacts n on n.trace_id = later.id
      where later.case_id = ${caseId} and later.id > ${id} and later.status = 'done' and n.person_id = c.person_id
        and n.hop < t.hop)
    ${beside ? sql`and t.person_id not in (select person_id from (${beside}) edge)` : sql``}`

/** Everybody who is marked for a case that was discarded; nobody as soon as it is a case again. */
export const foundDiscarded = (sql: Sql, caseId: number): Fragment => sql`
  select c.person_id from contacts c join case_facts f using (case_id)
  where case_id = ${caseId} and c.withdrawn_at is null and f.classification = 'discarded'`

/** The next people, in the order of their rows. */
export const listNext = async (
  sql: Sql,
  { personIds, lastPersonId }: MarkingRow,
  found: Fragment,
  most: number,
) =>
  (
    await sql<{ personId: number }[]>`
      select person_id from (${found}) found
      where ${only(sql, personIds)} and person_id > ${lastPersonId} order by person_id limit ${most}`
  ).map(({ personId }) => personId)

/** Makes these people contacts no more. */
export const withdrawContacts = (
  sql: Sql,
  { caseId, askedBy }: MarkingRow,
  personIds: readonly number[],
  at: Date,
) => sql<{ personId: number; contactId: number; followUpId: number | null }[]>`
  update contacts set withdrawn_at = ${at}, withdrawn_by = ${askedBy}
  where case_id = ${caseId} and ${only(sql, personIds)} and withdrawn_at is null
  returning person_id, id as contact_id, follow_up_id`

export type Met = { place: number | null; setting: string | null }

/** Where these people were with the case, by what was found beside the scans. */
export const listMetBeside = (
  sql: Sql,
  edges: ReturnType<typeof queryOfEdges>,
  personIds: readonly number[],
) =>
  sql<{ personId: number; met: Met[] }[]>`
    select person_id, jsonb_agg(distinct jsonb_build_object('place', place_id, 'setting', setting)) as met
    from (${edges}) edge where person_id = any(${personIds as number[]}::int[]) group by 1`

/** Keeps it beside what was known before. */
export const saveMet = (sql: Sql, caseId: number, found: readonly { personId: number; met: Met[] }[]) => sql`
  update contacts c set met = (
    select coalesce(jsonb_agg(distinct one.met), '[]') from jsonb_array_elements(c.met || found.met::jsonb) as one (met))
  from unnest(${found.map(({ personId }) => personId)}::int[], ${found.map(({ met }) => JSON.stringify(met))}::text[])
    as found (person_id, met)
  where c.case_id = ${caseId} and c.person_id = found.person_id`

const only = (sql: Sql, personIds: readonly number[] | null) =>
  personIds ? sql`person_id = any(${personIds as number[]}::int[])` : sql`true`

export const countFound = async (sql: Sql, found: Fragment, personIds: readonly number[] | null) =>
  (
    await sql<[{ count: number }]>`
      select count(*)::int from (${found}) found where ${only(sql, personIds)}`
  )[0].count

export const countFarther = (sql: Sql, found: Fragment) =>
  sql<{ hop: number; people: number }[]>`
    select hop::int, count(*)::int as people from (${found}) found group by 1 order by 1`

/** How many a run warns. */
export const countWarned = async (sql: Sql, runId: number) =>
  (await sql<[{ people: number }]>`select count(*)::int as people from warnings where run_id = ${runId}`)[0]
    .people

export const listFound = async (sql: Sql, found: Fragment) =>
  (await sql<{ personId: number }[]>`select person_id from (${found}) found`).map(({ personId }) => personId)

type Part = {
  label: Label
  found: Fragment
  personIds: readonly number[]
  runId: number
  diseaseId: string
  profileVersion: number
  markedAt: Date
  timeZone: string
}

/** The day on which something ended. */
const lastDayIn = (sql: Sql, timeZone: string) => (at: Fragment) =>
  sql`((${at} - interval '1 microsecond') at time zone ${timeZone})::date`

/**
 * Marks these people, and lays a warning on the page of each who is new, or exposed on a later day or found nearer than
 * it stands: who is F1 stays F1. Who was a contact no more is one again, as if new. Who was gone through, in the order of their rows; when those were exposed last.
 */
export const insertContacts = (
  sql: Sql,
  { caseId, traceId, askedBy }: MarkingRow,
  { label, found, personIds, runId, diseaseId, profileVersion, markedAt, timeZone }: Part,
) => {
  const dayOf = lastDayIn(sql, timeZone)
  return sql<{ personId: number; isNew: boolean; exposedTo: string | null }[]>`
  with next as materialized (
    select * from (${found}) found where ${only(sql, personIds)}
  ),
  before as materialized (
    select c.person_id, c.label, c.last_at, c.withdrawn_at, f.end_reason from next join contacts c using (person_id)
      left join follow_ups f on f.id = c.follow_up_id
    where c.case_id = ${caseId}
  ),
  marked as (
    insert into contacts as c (public_id, case_id, person_id, label, trace_id, first_at, last_at, marked_by, marked_at)
    select gen_random_uuid(), ${caseId}, person_id, ${label}, ${traceId}, first_at, last_at, ${askedBy}, ${markedAt}
    from next order by person_id
    on conflict (case_id, person_id) do update set label = excluded.label,
      first_at = case when c.withdrawn_at is null then least(c.first_at, excluded.first_at) else excluded.first_at end,
      last_at = case when c.withdrawn_at is null then greatest(c.last_at, excluded.last_at) else excluded.last_at end,
      trace_id = coalesce(excluded.trace_id, c.trace_id), withdrawn_at = null, withdrawn_by = null
    where excluded.label < c.label or excluded.label = c.label
      and (excluded.first_at < c.first_at or excluded.last_at > c.last_at) or c.withdrawn_at is not null
    returning id, person_id, xmax = 0 as is_new
  ),
  warned as (
    insert into warnings (id, contact_id, person_id, disease_id, profile_version, label, exposed_from, exposed_to, created_at, run_id)
    select gen_random_uuid(), marked.id, person_id, ${diseaseId}, ${profileVersion}, ${label},
      (first_at at time zone ${timeZone})::date, ${dayOf(sql`next.last_at`)}, ${markedAt}, ${runId}
    from marked join next using (person_id) left join before using (person_id)
    where is_new or before.end_reason is distinct from 'becameCase'
      and (before.withdrawn_at is not null or ${label} < before.label
        or ${dayOf(sql`next.last_at`)} > ${dayOf(sql`before.last_at`)})
    returning person_id, exposed_to
  )
  select person_id, coalesce(is_new, false) as is_new, exposed_to
  from next left join marked using (person_id) left join warned using (person_id) order by person_id`
}

/**
 * Says of these contacts what the trace says now: a farther label, and its times. Whoever is watched, or was exposed on a later
 * day than they were watched for, gets a new warning; what they were told before stays as it was. When those were exposed last.
 */
export const relabelContacts = (
  sql: Sql,
  { caseId, traceId }: MarkingRow,
  { label, found, personIds, runId, diseaseId, profileVersion, markedAt, timeZone }: Part,
) => {
  const dayOf = lastDayIn(sql, timeZone)
  return sql<{ personId: number; contactId: number; exposedTo: string | null }[]>`
  with next as materialized (
    select * from (${found}) found where ${only(sql, personIds)}
  ),
  before as materialized (
    select c.person_id, c.last_at, f.end_reason from next join contacts c using (person_id)
      left join follow_ups f on f.id = c.follow_up_id
    where c.case_id = ${caseId}
  ),
  changed as (
    update contacts c set label = ${label}, first_at = next.first_at, last_at = next.last_at, trace_id = ${traceId}, met = '[]'
    from next where c.case_id = ${caseId} and c.person_id = next.person_id returning c.id, c.person_id
  ),
  warned as (
    insert into warnings (id, contact_id, person_id, disease_id, profile_version, label, exposed_from, exposed_to, created_at, run_id)
    select gen_random_uuid(), changed.id, person_id, ${diseaseId}, ${profileVersion}, ${label},
      (next.first_at at time zone ${timeZone})::date, ${dayOf(sql`next.last_at`)}, ${markedAt}, ${runId}
    from changed join next using (person_id) join before using (person_id)
    where before.end_reason is null or before.end_reason <> 'becameCase'
      and ${dayOf(sql`next.last_at`)} > ${dayOf(sql`before.last_at`)}
    returning person_id, exposed_to
  )
  select person_id, changed.id as contact_id, exposed_to
  from changed left join warned using (person_id) order by person_id`
}
