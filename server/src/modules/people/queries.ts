import type { Sql } from '../../platform/database.ts'

/** What is sealed. A person may be known by a phone alone, or by an outside reference alone. */
export type Profile = {
  name: string | null
  birthYear: number | null
  birthOn: string | null
  sex: 'male' | 'female' | 'other' | null
  phone: string | null
  documentNumber: string | null
  healthInsuranceNumber: string | null
  nationality: string | null
  address: string | null
}

export type PersonRow = {
  id: number
  publicId: string
  ref: string | null
  holderId: number | null
  sealed: Buffer
  areaId: number | null
}

export const columns = ['id', 'publicId', 'ref', 'holderId', 'sealed', 'areaId'] as const

/** An array of bytes as PostgreSQL writes it: the driver has no array of bytea. */
export const byteas = (list: readonly Buffer[]) =>
  `{${list.map((bytes) => `"\\\\x${bytes.toString('hex')}"`).join()}}`

export type NewRow = {
  publicId: string
  ref?: string
  sealed: Buffer
  phoneIndex: Buffer | null
  documentIndex: Buffer | null
  /** Of a number that nobody has confirmed (numbers.ts). */
  claimedDocumentIndex: Buffer | null
  insuranceIndex: Buffer | null
  nameTokens: Buffer[]
  areaId: number | null
  createdAt: Date
}

/** `holderId` 'self' makes the person the holder of the phone; undefined when somebody else became it meanwhile. */
export const insertPerson = async (sql: Sql, row: NewRow, holderId: number | 'self' | null) =>
  (
    await sql<PersonRow[]>`
    with new as (select nextval(pg_get_serial_sequence('people', 'id'))::int as id)
    insert into people (id, public_id, ref, holder_id, sealed, phone_index, document_index, claimed_document_index,
      insurance_index, name_tokens, area_id, created_at)
    overriding system value
    select id, ${row.publicId}::uuid, ${row.ref ?? null}, ${holderId === 'self' ? sql`id` : sql`${holderId}::int`},
      ${row.sealed}, ${row.phoneIndex}, ${row.documentIndex}, ${row.claimedDocumentIndex}, ${row.insuranceIndex},
      ${byteas(row.nameTokens)}::bytea[], ${row.areaId}, ${row.createdAt}
    from new
    on conflict (phone_index) where holder_id = id do nothing
    returning ${sql(columns)}`
  )[0]

type Change = Pick<NewRow, 'sealed' | 'nameTokens' | 'areaId'> &
  Partial<Pick<NewRow, 'documentIndex' | 'claimedDocumentIndex' | 'insuranceIndex'>>
/** Whose record was written on is no longer nobody's. */
export const updatePerson = async (sql: Sql, id: number, { nameTokens, ...change }: Change) =>
  (
    await sql<PersonRow[]>`
    update people set ${sql(change)}, name_tokens = ${byteas(nameTokens)}::bytea[], is_typed = false
    where id = ${id} returning ${sql(columns)}`
  )[0]!

/**
 * Of everybody but the named person, unless the number is confirmed as theirs already; answers whose it was, and whether
 * a card led to them by it.
 */
export const loseNumbers = (
  sql: Sql,
  publicId: string,
  { documentIndex, insuranceIndex }: Pick<NewRow, 'documentIndex' | 'insuranceIndex'>,
) =>
  sql<(PersonRow & { wasFound: boolean })[]>`
    with own as (select document_index, insurance_index from people where public_id = ${publicId})
    update people p set
      claimed_document_index = case when p.document_index = ${documentIndex} then p.document_index else p.claimed_document_index end,
      document_index = nullif(p.document_index, ${documentIndex}),
      insurance_index = nullif(p.insurance_index, ${insuranceIndex})
    from people known
    where known.id = p.id and p.public_id <> ${publicId} and (
      (p.document_index = ${documentIndex} or p.claimed_document_index = ${documentIndex})
        and not exists (select from own where document_index = ${documentIndex})
      or p.insurance_index = ${insuranceIndex} and not exists (select from own where insurance_index = ${insuranceIndex}))
    returning ${sql(columns.map((column) => `p.${column}`))},
      coalesce(known.document_index = ${documentIndex}, false) or coalesce(known.insurance_index = ${insuranceIndex}, false)
        as was_found`

export const findPerson = async (sql: Sql, publicId: string) =>
  (await sql<PersonRow[]>`select ${sql(columns)} from people where public_id = ${publicId}`)[0]

/** Waits for whoever is changing the record, so that two changes of different things both stand. */
export const lockPerson = async (sql: Sql, id: number) =>
  (await sql<PersonRow[]>`select ${sql(columns)} from people where id = ${id} for no key update`)[0]!

/** The same, if it is nobody's yet: known by a number alone, which somebody typed. */
export const lockTyped = async (sql: Sql, id: number) =>
  (
    await sql<PersonRow[]>`
      select ${sql(columns)} from people where id = ${id} and is_typed for no key update`
  )[0]

/** Somebody has shown that the number is theirs. */
export const takeUp = (sql: Sql, phoneIndex: Buffer) =>
  sql`update people set is_typed = false where phone_index = ${phoneIndex} and is_typed`

export const findPersonById = async (sql: Sql, id: number) =>
  (await sql<PersonRow[]>`select ${sql(columns)} from people where id = ${id}`)[0]

export const listPeopleById = (sql: Sql, ids: readonly number[]) =>
  sql<PersonRow[]>`select ${sql(columns)} from people where id = any(${ids as number[]})`

export const listPeopleByRef = (sql: Sql, refs: readonly string[]) =>
  sql<{ ref: string; id: number }[]>`select ref, id from people where ref = any(${refs as string[]}::text[])`

export const listPeopleByPublicId = (sql: Sql, publicIds: readonly string[]) =>
  sql<PersonRow[]>`select ${sql(columns)} from people where public_id = any(${publicIds as string[]})`

export const listPeopleOfHolder = (sql: Sql, holderId: number) =>
  sql<PersonRow[]>`
    select ${sql(columns)} from people where holder_id = ${holderId} order by id <> holder_id, id limit 500`

/** Who holds the phone; else who was registered with it first and can become its holder. */
export const findByPhone = async (sql: Sql, phoneIndex: Buffer) =>
  (
    await sql<PersonRow[]>`
    select ${sql(columns)} from people where phone_index = ${phoneIndex}
    order by holder_id is distinct from id, id limit 1`
  )[0]

/** Everybody on this phone, the holder first. */
export const listByPhone = (sql: Sql, phoneIndex: Buffer) =>
  sql<PersonRow[]>`
    select ${sql(columns)} from people where phone_index = ${phoneIndex}
    order by holder_id is distinct from id, id limit 500`

/** Waits for whoever is making people known by the same phones and documents, to the end of the transaction. */
export const waitForIndexes = (sql: Sql, indexes: readonly Buffer[]) => {
  const numbers = [...new Set(indexes.map((index) => index.readBigInt64BE().toString()))]
  return sql`
    select pg_advisory_xact_lock(number) from (select unnest(${numbers}::bigint[]) as number order by 1) wanted`
}

/** Everybody registered with this phone, and not yet reached by one, is reached by its holder from now on. */
export const adoptByPhone = (sql: Sql, phoneIndex: Buffer, holderId: number) =>
  sql`update people set holder_id = ${holderId} where phone_index = ${phoneIndex} and holder_id is null`

/** What a person without a phone is reached through from now on: the holder of this one, or they become it. */
export const givePhone = async (sql: Sql, id: number, phoneIndex: Buffer, holderId: number) =>
  (
    await sql<PersonRow[]>`
    update people set phone_index = ${phoneIndex}, holder_id = ${holderId}
    where id = ${id} returning ${sql(columns)}`
  )[0]!

/** `insuranceIndex`: the number may as well be that of a health insurance card. */
type Wanted = {
  phoneIndex?: Buffer
  documentIndex?: Buffer
  insuranceIndex?: Buffer | null
  nameTokens?: Buffer[]
}

/** Whether the number of a document is confirmed; `contested`: it is claimed, and a card leads to somebody else by it. */
export type DocumentStanding = 'confirmed' | 'claimed' | 'contested'

const documentStanding = (sql: Sql) => sql`
  case when p.document_index is not null then 'confirmed'
    when exists (select from people o where o.document_index = p.claimed_document_index) then 'contested'
    when p.claimed_document_index is not null then 'claimed' end`

export const findDocumentStanding = async (sql: Sql, id: number) =>
  (
    await sql<{ standing: DocumentStanding | null }[]>`
      select ${documentStanding(sql)} as standing from people p where id = ${id}`
  )[0]!.standing

/**
 * Exact by phone or document, or by words of the name, within the searcher's areas; goes on after `after`. Who has no
 * residence yet is in nobody's area, and is found by an exact number alone.
 */
export const searchPeople = (
  sql: Sql,
  { phoneIndex, documentIndex, insuranceIndex = null, nameTokens }: Wanted,
  areaIds: readonly number[],
  { after, limit }: { after: string | undefined; limit: number },
) =>
  sql<(PersonRow & { documentStanding: DocumentStanding | null })[]>`
    select ${sql(columns)}, ${documentStanding(sql)} as document_standing from people p
    where ${
      phoneIndex
        ? sql`phone_index = ${phoneIndex}`
        : documentIndex
          ? sql`(document_index = ${documentIndex} or claimed_document_index = ${documentIndex}
              or insurance_index = ${insuranceIndex})`
          : sql`name_tokens @> ${byteas(nameTokens!)}::bytea[]`
    }
      and (exists (select from area_within w where w.area_id = p.area_id and w.ancestor_id = any(${areaIds as number[]}))
        ${(phoneIndex || documentIndex) && areaIds.length > 0 ? sql`or p.area_id is null` : sql``})
      ${after === undefined ? sql`` : sql`and id > (select id from people where public_id = ${after})`}
    order by id limit ${limit}`

/** The rows known by a phone or by words of a name, wherever they live, as many as asked for. */
export const listKnownBy = async (sql: Sql, { phoneIndex, nameTokens }: Wanted, limit: number) =>
  (
    await sql<{ id: number }[]>`
      select id from people
      where ${phoneIndex ? sql`phone_index = ${phoneIndex}` : sql`name_tokens @> ${byteas(nameTokens!)}::bytea[]`}
      limit ${limit}`
  ).map(({ id }) => id)

type NewChallenge = {
  id: string
  placeId: string | null
  phoneIndex: Buffer
  sealed: Buffer
  codeHash: Buffer
  createdAt: Date
  expiresAt: Date
}
export const insertChallenge = (sql: Sql, challenge: NewChallenge) =>
  sql`insert into phone_challenges ${sql(challenge)}`

/** Counts an attempt; undefined when there is no such challenge. */
export const countAttempt = async (sql: Sql, id: string) =>
  (
    await sql<{ attempts: number }[]>`
    update phone_challenges set attempts = least(attempts + 1, 100) where id = ${id} returning attempts`
  )[0]

export type ChallengeRow = {
  phoneIndex: Buffer
  sealed: Buffer
  codeHash: Buffer
  expiresAt: Date
  usedAt: Date | null
}
/** Of a code that was sent from the gate of this place; null: of one that signs in. */
export const findChallenge = async (sql: Sql, id: string, placeId: string | null) =>
  (
    await sql<ChallengeRow[]>`
    select phone_index, sealed, code_hash, expires_at, used_at from phone_challenges
    where id = ${id} and place_id is not distinct from ${placeId}::uuid for update`
  )[0]

export const useChallenge = (sql: Sql, id: string, now: Date) =>
  sql`update phone_challenges set used_at = ${now} where id = ${id}`

export type Confirmation = { id: string; placeId: string; phoneIndex: Buffer; createdAt: Date; usedAt: Date }

/** Of these challenges, those with which a number was confirmed at a gate. */
export const listConfirmations = (sql: Sql, ids: readonly string[]) =>
  sql<Confirmation[]>`
    select id, place_id, phone_index, created_at, used_at from phone_challenges
    where id = any(${ids as string[]}::uuid[]) and place_id is not null and used_at is not null`

/** What confirmed a number at a gate is kept until the last scan may have come. */
export const deleteChallengesBefore = (sql: Sql, end: Date, endOfConfirmations: Date) =>
  sql`
    delete from phone_challenges
    where created_at < ${end} and (place_id is null or used_at is null or created_at < ${endOfConfirmations})`

export const insertReadings = (
  sql: Sql,
  reading: { at: Date; accountId: number; action: string; reason: string; caseId: string | null },
  personIds: readonly number[],
) => sql`
  insert into readings (at, account_id, person_id, action, reason, case_id)
  select ${reading.at}, ${reading.accountId}, person_id, ${reading.action}, ${reading.reason}, ${reading.caseId}::uuid
  from unnest(${personIds as number[]}::int[]) as person_id`

export type ReadingRow = {
  id: string
  at: Date
  accountId: number
  personId: number
  action: string
  reason: string
  caseId: string | null
}
type ReadingFilter = { personIds?: readonly number[]; before: string | null; limit: number }

const readingColumns = ['id', 'at', 'accountId', 'personId', 'action', 'reason', 'caseId'] as const

const matching = (sql: Sql, { personIds, before }: ReadingFilter) => sql`
  ${personIds ? sql`and person_id = any(${personIds as number[]})` : sql``}
  ${before ? sql`and r.id < ${before}` : sql``}`

/** Which accounts read any of these people. */
export const listReaders = async (sql: Sql, personIds: readonly number[]) =>
  (
    await sql<{ accountId: number }[]>`
      select distinct account_id from readings where person_id = any(${personIds as number[]})`
  ).map(({ accountId }) => accountId)

export type ReadingsOfDay = {
  /** Of the last of them. */
  id: string
  at: Date
  count: number
  office: number
  personId: number
  action: string
  reason: string
}
type Offices = { accountIds: readonly number[]; offices: readonly number[]; timeZone: string }

/** What an office did with a person's data for one reason on one day is one row; the day last read comes first. */
export const listReadingsByDay = (
  sql: Sql,
  { personIds, before, limit }: ReadingFilter & { personIds: readonly number[] },
  { accountIds, offices, timeZone }: Offices,
) => sql<ReadingsOfDay[]>`
  select max(r.id) as id, max(r.at) as at, count(*)::int as count, o.office, r.person_id, r.action, r.reason
  from readings r join unnest(${accountIds as number[]}::int[], ${offices as number[]}::int[]) as o (account_id, office)
    using (account_id)
  where r.person_id = any(${personIds as number[]})
  group by o.office, r.person_id, r.action, r.reason, (r.at at time zone ${timeZone})::date
  ${before ? sql`having max(r.id) < ${before}` : sql``}
  order by max(r.id) desc limit ${limit}`

/** Of people who live within these areas, newest first; of those without a residence, what its officers read. */
export const listReadingsWithin = (sql: Sql, areaIds: readonly number[], filter: ReadingFilter) =>
  sql<ReadingRow[]>`
    select ${sql(readingColumns)} from readings r
    where (
      exists (
        select from people p join area_within w on w.area_id = p.area_id
        where p.id = r.person_id and w.ancestor_id = any(${areaIds as number[]}))
      or exists (
        select from people p join reader_areas a on a.account_id = r.account_id
        join area_within w on w.area_id = a.area_id
        where p.id = r.person_id and p.area_id is null and w.ancestor_id = any(${areaIds as number[]}))) ${matching(sql, filter)}
    order by id desc limit ${filter.limit}`
