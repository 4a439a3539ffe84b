import type { Sql } from '../../../platform/database.ts'
import type { Edge, edges as queryOfEdges } from './edges.ts'
import type { DeclaredContactOrder, InterviewSummary } from './schema.ts'

export type InterviewRow = {
  id: number
  publicId: string
  caseId: number
  informant: InterviewSummary['informant']
  formId: string
  formVersion: number
  sealed: Buffer
  heldAt: Date
  recordedAt: Date
  recordedBy: number | null
  withdrawnAt: Date | null
  people: number
  places: number
}

const columns = (sql: Sql) => sql`
  i.id, i.public_id, i.case_id, i.informant, i.form_id, i.form_version, i.sealed, i.held_at, i.recorded_at, i.recorded_by,
  i.withdrawn_at,
  (select count(*)::int from declared_contacts d where d.interview_id = i.id) as people,
  (select count(*)::int from declared_visits v where v.interview_id = i.id) as places`

type NewInterviewRow = Omit<InterviewRow, 'id' | 'withdrawnAt' | 'people' | 'places'>

export const insertInterview = async (sql: Sql, row: NewInterviewRow) =>
  (await sql<{ id: number }[]>`insert into interviews ${sql(row)} returning id`)[0]!.id

export const findInterview = async (sql: Sql, publicId: string) =>
  (await sql<InterviewRow[]>`select ${columns(sql)} from interviews i where public_id = ${publicId}`)[0]

/** For a withdrawal: who comes second sees what the first one did. */
export const lockInterview = (sql: Sql, id: number) => sql`select from interviews where id = ${id} for update`

/** The newest first; a page goes on after the interview `after`. */
export const listInterviews = (sql: Sql, caseId: number, after: string | undefined, limit: number) =>
  sql<InterviewRow[]>`
    select ${columns(sql)} from interviews i
    where case_id = ${caseId}
      ${after === undefined ? sql`` : sql`and (held_at, id) < (select held_at, id from interviews where public_id = ${after})`}
    order by held_at desc, id desc limit ${limit}`

type Withdrawn = { withdrawnAt: Date; withdrawnBy: number | null }

/** With what came from it. */
export async function withdrawInterview(sql: Sql, id: number, change: Withdrawn & { sealed: Buffer }) {
  const { withdrawnAt, withdrawnBy } = change
  await sql`update interviews set ${sql(change)} where id = ${id}`
  await sql`
    update declared_contacts set ${sql({ withdrawnAt, withdrawnBy })}
    where interview_id = ${id} and withdrawn_at is null`
  await sql`update declared_visits set withdrawn_at = ${withdrawnAt} where interview_id = ${id} and withdrawn_at is null`
}

// — contacts that somebody declared

export type DeclaredContactRow = {
  id: number
  publicId: string
  caseId: number
  interviewId: string | null
  otherId: number
  placeId: number | null
  fromAt: Date
  toAt: Date
  setting: string
  source: 'interview' | 'declared'
  masked: boolean | null
  confidence: number
  recordedAt: Date
  recordedBy: number | null
  withdrawnAt: Date | null
}

const contactColumns = (sql: Sql) => sql`
  d.id, d.public_id, d.case_id, i.public_id as interview_id, d.other_id, d.place_id, d.from_at, d.to_at, d.setting, d.source,
  d.masked, d.confidence, d.recorded_at, d.recorded_by, d.withdrawn_at`

const contacts = (sql: Sql) => sql`declared_contacts d left join interviews i on i.id = d.interview_id`

export type NewContactRow = Omit<DeclaredContactRow, 'id' | 'publicId' | 'interviewId' | 'withdrawnAt'> & {
  personId: number
  interviewId: number | null
}

/** Undefined when the same is recorded already. */
export const insertDeclaredContact = async (sql: Sql, row: NewContactRow) =>
  (
    await sql<{ publicId: string }[]>`
    insert into declared_contacts ${sql(row)}
    on conflict (case_id, person_id, other_id, from_at, to_at, setting) where withdrawn_at is null do nothing
    returning public_id`
  )[0]?.publicId

type NewVisitRow = {
  interviewId: number
  personId: number
  placeId: number
  fromAt: Date
  toAt: Date
  confidence: number
}
export const insertDeclaredVisit = (sql: Sql, row: NewVisitRow) =>
  sql`insert into declared_visits ${sql(row)}`

export const findDeclaredContact = async (sql: Sql, publicId: string) =>
  (
    await sql<DeclaredContactRow[]>`
    select ${contactColumns(sql)} from ${contacts(sql)} where d.public_id = ${publicId}`
  )[0]

/** False when somebody did so before. */
export const withdrawDeclaredContact = async (sql: Sql, id: number, change: Withdrawn) =>
  (await sql`update declared_contacts set ${sql(change)} where id = ${id} and withdrawn_at is null`).count > 0

export const listContactsOfInterview = (sql: Sql, interviewId: number) =>
  sql<DeclaredContactRow[]>`
    select ${contactColumns(sql)} from ${contacts(sql)} where d.interview_id = ${interviewId}
    order by d.from_at, d.id limit 1000`

/** Whom people told of about this case: among them a name without a number is looked for. */
export const listDeclaredPeople = async (sql: Sql, caseId: number) =>
  (
    await sql<{ otherId: number }[]>`
    select distinct other_id from declared_contacts where case_id = ${caseId} limit 2000`
  ).map(({ otherId }) => otherId)

type Filter = { setting: string | undefined; withdrawn: boolean | undefined }
type Window = { order: DeclaredContactOrder; after: string | undefined; limit: number }

export function listDeclaredContacts(
  sql: Sql,
  caseId: number,
  { setting, withdrawn }: Filter,
  { order, after, limit }: Window,
) {
  const keys = { from: sql`d.from_at`, confidence: sql`d.confidence`, recordedAt: sql`d.recorded_at` }
  const key = keys[order.replace('-', '') as keyof typeof keys]
  const down = order.startsWith('-')
  const way = down ? sql`desc` : sql`asc`
  return sql<DeclaredContactRow[]>`
    select ${contactColumns(sql)} from ${contacts(sql)}
    where d.case_id = ${caseId}
      ${setting === undefined ? sql`` : sql`and d.setting = ${setting}`}
      ${withdrawn === undefined ? sql`` : withdrawn ? sql`and d.withdrawn_at is not null` : sql`and d.withdrawn_at is null`}
      ${
        after === undefined
          ? sql``
          : sql`and (${key}, d.id) ${down ? sql`<` : sql`>`}
              (select ${key}, d.id from declared_contacts d where d.public_id = ${after})`
      }
    order by ${key} ${way}, d.id ${way} limit ${limit}`
}

export type NamedPlace = { placeId: number; id: string; name: string; lat: number | null; lon: number | null }

export const listNamedPlaces = (sql: Sql, ids: readonly number[]) =>
  sql<NamedPlace[]>`
    select place_id, public_id as id, name, lat, lon from place_facts where place_id = any(${ids as number[]}::int[])`

export const sealInterview = (sql: Sql, id: number, sealed: Buffer) =>
  sql`update interviews set sealed = ${sealed} where id = ${id}`

/** The surest first, then the longest. */
export const pageEdges = (sql: Sql, edges: ReturnType<typeof queryOfEdges>, after: number, limit: number) =>
  sql<Edge[]>`
    select * from (${edges}) edge
    order by confidence desc, "to" - "from" desc, person_id, "from", source, setting, place_id
    offset ${after} limit ${limit}`
