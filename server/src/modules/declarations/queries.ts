import type { Sql } from '../../platform/database.ts'
import type { HoldReason, Signal } from './schema.ts'

export type DeclarationRow = {
  id: number
  publicId: string
  personId: number
  declaredBy: number | null
  formId: string
  formVersion: number
  signals: Signal[]
  declaredAt: Date
  validUntil: Date
}

const columns = [
  'id',
  'publicId',
  'personId',
  'declaredBy',
  'formId',
  'formVersion',
  'signals',
  'declaredAt',
  'validUntil',
] as const

export type NewRow = Omit<DeclarationRow, 'id'> & { sealed: Buffer; areaId: number | null }

/** Undefined when there is one with this id already. */
export const insertDeclaration = async (sql: Sql, row: NewRow) =>
  (
    await sql<DeclarationRow[]>`
      insert into declarations ${sql(row)} on conflict (public_id) do nothing returning ${sql(columns)}`
  )[0]

export const findDeclaration = async (sql: Sql, publicId: string) =>
  (
    await sql<(DeclarationRow & { sealed: Buffer })[]>`
      select ${sql(columns)}, sealed from declarations where public_id = ${publicId}`
  )[0]

/** The last declaration of each of these people. */
export const listLatest = (sql: Sql, personIds: readonly number[]) =>
  sql<DeclarationRow[]>`
    select last.* from unnest(${personIds as number[]}::int[]) as wanted (person_id)
    cross join lateral (
      select ${sql(columns)} from declarations d where d.person_id = wanted.person_id
      order by declared_at desc, id desc limit 1) last`

/** What entry is decided by: the last declaration of each of these people, and whether they are held now. */
export const listStandings = (sql: Sql, personIds: readonly number[], now: Date) =>
  sql<{ personId: number; signals: Signal[] | null; validUntil: Date | null; isHeld: boolean }[]>`
    select wanted.person_id, last.signals, last.valid_until, exists (
      select from entry_holds h where h.person_id = wanted.person_id and ${isInForce(sql, now)}) as is_held
    from unnest(${personIds as number[]}::int[]) as wanted (person_id)
    left join lateral (
      select signals, valid_until from declarations d where d.person_id = wanted.person_id
      order by declared_at desc, id desc limit 1) last on true`

// — entry holds

export type Hold = { personId: number; reason: HoldReason; caseId: string; until: Date }

/**
 * What an officer lifted stays lifted wherever its end moves, up to the one that they knew of: who is told of a later exposure
 * to the same case is held again, until that is taken back.
 */
export const saveHolds = (sql: Sql, holds: readonly Hold[], now: Date) => sql`
  insert into entry_holds (person_id, reason, case_id, since, until)
  select "personId", reason, "caseId", ${now}, until
  from jsonb_to_recordset(${sql.json(holds as never)}) as hold ("personId" int, reason text, "caseId" uuid, until timestamptz)
  on conflict (person_id, reason, case_id) do update set until = excluded.until,
    since = case when excluded.until > entry_holds.lifted_until and entry_holds.until <= entry_holds.lifted_until
      then excluded.since else entry_holds.since end`

/** What holds one holds the other. */
export const shareHolds = (sql: Sql, from: number, to: number) => sql`
  insert into entry_holds (person_id, reason, case_id, since, until, lifted_at, lifted_until)
  select ${to}, reason, case_id, since, until, lifted_at, lifted_until from entry_holds where person_id = ${from}
  on conflict do nothing`

export type HoldRow = {
  personId: number
  reason: HoldReason
  since: Date
  until: Date
  /** Exposed to the same case once more, after an officer had let them in again. */
  liftedBefore: Date | null
}

const isInForce = (sql: Sql, now: Date) => sql`until > greatest(${now}, lifted_until)`

const inForce = (sql: Sql, personIds: readonly number[], now: Date) =>
  sql`person_id = any(${personIds as number[]}::int[]) and ${isInForce(sql, now)}`

export const listHolds = (sql: Sql, personIds: readonly number[], now: Date) =>
  sql<HoldRow[]>`
    select person_id, reason, since, until, lifted_at as lifted_before from entry_holds
    where ${inForce(sql, personIds, now)} order by until desc, since, reason`

/** How many were in force. */
export const liftHolds = async (sql: Sql, personId: number, now: Date) =>
  (
    await sql`
      update entry_holds set lifted_at = ${now}, lifted_until = case reason when 'case' then 'infinity' else until end
      where ${inForce(sql, [personId], now)}`
  ).count

export const deleteContactHolds = (sql: Sql, caseId: string, personIds: readonly number[]) => sql`
  delete from entry_holds
  where person_id = any(${personIds as number[]}::int[]) and reason = 'contact' and case_id = ${caseId}`

export const deleteHoldsEndedBefore = (sql: Sql, end: Date) =>
  sql`delete from entry_holds where until < ${end}`

// — lists

/** Newest first; `after` is the last one seen. */
export const listDeclarations = (
  sql: Sql,
  personIds: readonly number[],
  { after, limit }: { after: string | undefined; limit: number },
) => sql<DeclarationRow[]>`
  select ${sql(columns)} from declarations
  where person_id = any(${personIds as number[]}::int[])
    ${
      after === undefined
        ? sql``
        : sql`and (declared_at, id) < (select declared_at, id from declarations where public_id = ${after})`
    }
  order by declared_at desc, id desc limit ${limit}`
