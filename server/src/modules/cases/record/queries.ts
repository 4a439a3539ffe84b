import type { Sql } from '../../../platform/database.ts'
import type { Classification, Origin } from '../schema.ts'
import type { LabResult } from './schema.ts'

type Named = { classification: Classification; origin: Origin }

export type ClassificationRow = Named & {
  publicId: string
  definitionVersion: number
  validFrom: string
  sealed: Buffer | null
  recordedAt: Date
  recordedBy: number | null
}

/** Newest first: the first of them is in force. */
export const listClassifications = (sql: Sql, caseId: number) =>
  sql<ClassificationRow[]>`
    select public_id, classification, origin, definition_version, valid_from, sealed, recorded_at, recorded_by
    from case_classifications where case_id = ${caseId} order by id desc limit 500`

/** A new name for the case, and the one that lists show from now on. */
export const insertClassification = (
  sql: Sql,
  caseId: number,
  row: Omit<ClassificationRow, 'publicId'>,
) => sql`
  with recorded as (
    insert into case_classifications ${sql({ caseId, ...row })} returning case_id, classification, origin
  )
  update cases c set classification = recorded.classification, origin = recorded.origin
  from recorded where c.id = recorded.case_id`

type Dates = { onsetOn: string | null; sampledOn: string | null; isolatedAt: string | null }

export type DateChangeRow = {
  publicId: string
  before: Dates
  after: Dates
  sealed: Buffer | null
  recordedAt: Date
  recordedBy: number | null
}

export const insertDateChange = (
  sql: Sql,
  caseId: number,
  { before, after, sealed, recordedAt, recordedBy }: Omit<DateChangeRow, 'publicId'>,
) => sql`
  insert into case_date_changes (case_id, before, after, sealed, recorded_at, recorded_by)
  values (${caseId}, ${sql.json(before)}, ${sql.json(after)}, ${sealed}, ${recordedAt}, ${recordedBy})`

/** Newest first. */
export const listDateChanges = (sql: Sql, caseId: number) =>
  sql<DateChangeRow[]>`
    select public_id, before, after, sealed, recorded_at, recorded_by
    from case_date_changes where case_id = ${caseId} order by id desc limit 500`

export type LabRow = {
  id: number
  caseId: number
  publicId: string
  sampledOn: string
  kind: LabResult['kind']
  result: LabResult['result']
  ct: string | null
  laboratory: string
  receivedAt: Date
  recordedAt: Date
  recordedBy: number | null
  withdrawnAt: Date | null
  withdrawnBy: number | null
  sealed: Buffer | null
}

const labColumns = [
  'id',
  'caseId',
  'publicId',
  'sampledOn',
  'kind',
  'result',
  'ct',
  'laboratory',
  'receivedAt',
  'recordedAt',
  'recordedBy',
  'withdrawnAt',
  'withdrawnBy',
  'sealed',
] as const

/** The newest sample first. */
export const listLabResults = (sql: Sql, caseId: number) =>
  sql<LabRow[]>`
    select ${sql(labColumns)} from lab_results where case_id = ${caseId}
    order by sampled_on desc, id desc limit 500`

/** For a withdrawal: who comes second sees what the first one did. */
export const lockLabResult = async (sql: Sql, publicId: string) =>
  (
    await sql<LabRow[]>`select ${sql(labColumns)} from lab_results where public_id = ${publicId} for update`
  )[0]

type NewLabRow = Omit<LabRow, 'id' | 'ct' | 'withdrawnAt' | 'withdrawnBy' | 'sealed'> & { ct: number | null }

/** Undefined when the same result stands there already. */
export const insertLabResult = async (sql: Sql, row: NewLabRow) =>
  (
    await sql<LabRow[]>`
    insert into lab_results ${sql(row)}
    on conflict (case_id, sampled_on, kind, laboratory, result) where withdrawn_at is null do nothing
    returning ${sql(labColumns)}`
  )[0]

export const withdrawLabResult = async (
  sql: Sql,
  id: number,
  change: { withdrawnAt: Date; withdrawnBy: number | null; sealed: Buffer },
) =>
  (
    await sql<LabRow[]>`
    update lab_results set ${sql(change)} where id = ${id} returning ${sql(labColumns)}`
  )[0]!
