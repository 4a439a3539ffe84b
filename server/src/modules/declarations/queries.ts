import type { Sql } from '../../platform/database.ts'
import type { Signal } from './schema.ts'

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
