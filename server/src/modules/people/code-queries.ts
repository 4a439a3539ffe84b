import type { Sql } from '../../platform/database.ts'
import { byteas, columns, type NewRow, type PersonRow } from './queries.ts'

const hexes = (ids: readonly string[]) => byteas(ids.map((id) => Buffer.from(id, 'hex')))
const hex = (bytes: Buffer | null) => bytes?.toString('hex') ?? null

// — people by what their cards say

export type IndexedPerson = PersonRow & {
  phoneIndex: Buffer | null
  documentIndex: Buffer | null
  insuranceIndex: Buffer | null
  /** Of a line of a paper list, see list-lines.ts. */
  lineIndex: Buffer | null
}
export type Indexes = { phones: Buffer[]; documents: Buffer[]; insurances: Buffer[]; lines: Buffer[] }

/** Oldest first, so that everybody agrees on who is meant where several are known by one number. */
export const listByIndexes = (sql: Sql, { phones, documents, insurances, lines }: Indexes) =>
  sql<IndexedPerson[]>`
    select ${sql(columns)}, phone_index, document_index, insurance_index, line_index from people
    where phone_index = any(${byteas(phones)}::bytea[]) or document_index = any(${byteas(documents)}::bytea[])
      or insurance_index = any(${byteas(insurances)}::bytea[]) or line_index = any(${byteas(lines)}::bytea[])
    order by id`

/** Ids for people who are about to be inserted, where one is to hold the phone of another. */
export const takePersonIds = async (sql: Sql, count: number) =>
  (
    await sql<{ id: number }[]>`
      select nextval(pg_get_serial_sequence('people', 'id'))::int as id from generate_series(1, ${count}::int)`
  ).map(({ id }) => id)

export type GateRow = Omit<NewRow, 'ref'> & {
  id: number
  holderId: number | null
  lineIndex: Buffer | null
  /** Known by a number that somebody typed, and by nothing else. */
  isTyped: boolean
}

export const insertPeople = (sql: Sql, rows: readonly GateRow[]) => sql`
  insert into people (id, public_id, holder_id, sealed, phone_index, document_index, insurance_index, line_index, name_tokens,
    area_id, created_at, is_typed)
  overriding system value
  select id, public_id, holder_id, decode(sealed, 'hex'), decode(phone, 'hex'), decode(document, 'hex'),
    decode(insurance, 'hex'), decode(line, 'hex'),
    (select coalesce(array_agg(decode(token, 'hex')), '{}') from unnest(string_to_array(tokens, ' ')) as token),
    area_id, created_at, is_typed
  from unnest(${rows.map(({ id }) => id)}::int[], ${rows.map(({ publicId }) => publicId)}::uuid[],
    ${rows.map(({ holderId }) => holderId)}::int[], ${rows.map(({ sealed }) => hex(sealed))}::text[],
    ${rows.map(({ phoneIndex }) => hex(phoneIndex))}::text[],
    ${rows.map(({ documentIndex }) => hex(documentIndex))}::text[],
    ${rows.map(({ insuranceIndex }) => hex(insuranceIndex))}::text[],
    ${rows.map(({ lineIndex }) => hex(lineIndex))}::text[],
    ${rows.map(({ nameTokens }) => nameTokens.map(hex).join(' '))}::text[],
    ${rows.map(({ areaId }) => areaId)}::int[], ${rows.map(({ createdAt }) => createdAt.toISOString())}::timestamptz[],
    ${`{${rows.map(({ isTyped }) => isTyped).join()}}`}::bool[])
    as new (id, public_id, holder_id, sealed, phone, document, insurance, line, tokens, area_id, created_at, is_typed)`

/** In one order, so that nobody waits for somebody who waits for them. */
export const lockPeople = (sql: Sql, ids: readonly number[]) =>
  sql<PersonRow[]>`
    select ${sql(columns)} from people where id = any(${ids as number[]}) order by id for no key update`

/** What a card added to what is known; an index that is null stays as it is. */
export const completePeople = (
  sql: Sql,
  rows: readonly (Pick<NewRow, 'sealed' | 'documentIndex' | 'insuranceIndex'> & { id: number })[],
) => sql`
  update people p set sealed = decode(new.sealed, 'hex'),
    document_index = coalesce(decode(document, 'hex'), document_index),
    insurance_index = coalesce(decode(insurance, 'hex'), insurance_index)
  from unnest(${rows.map(({ id }) => id)}::int[], ${rows.map(({ sealed }) => hex(sealed))}::text[],
    ${rows.map(({ documentIndex }) => hex(documentIndex))}::text[],
    ${rows.map(({ insuranceIndex }) => hex(insuranceIndex))}::text[])
    as new (id, sealed, document, insurance)
  where p.id = new.id`

// — phones

export type DeviceRow = {
  id: string
  name: string | null
  createdAt: Date
  renewedAt: Date
  sessionId: number | null
}

type NewDevice = {
  id: Buffer
  holderId: number
  publicKey: Buffer
  name: string | null
  sessionId: number | null
  now: Date
}

/** The same key is the same phone; undefined when it was revoked. */
export const saveDevice = async (sql: Sql, { id, holderId, publicKey, name, sessionId, now }: NewDevice) =>
  (
    await sql<{ id: string }[]>`
    insert into devices as known (id, holder_id, public_key, name, session_id, created_at, renewed_at)
    values (${id}, ${holderId}, ${publicKey}, ${name}, ${sessionId}, ${now}, ${now})
    on conflict (holder_id, public_key) do update set renewed_at = excluded.renewed_at,
      session_id = excluded.session_id, name = coalesce(excluded.name, known.name)
      where known.revoked_at is null
    returning encode(id, 'hex') as id`
  )[0]

/** Those in use, the last one renewed first. */
export const listDevices = (sql: Sql, holderId: number) =>
  sql<DeviceRow[]>`
    select encode(id, 'hex') as id, name, created_at, renewed_at, session_id::int from devices
    where holder_id = ${holderId} and revoked_at is null order by renewed_at desc, id`

type RevokedDevice = { id: string; sessionId: number | null }

/** Of one holder: the named one, or all. */
export const revokeDevices = (sql: Sql, holderId: number, id: string | null, now: Date) =>
  sql<RevokedDevice[]>`
    update devices set revoked_at = ${now}
    where holder_id = ${holderId} and revoked_at is null ${id === null ? sql`` : sql`and id = decode(${id}, 'hex')`}
    returning encode(id, 'hex') as id, session_id::int`

/** A phone that was not seen for long makes room for a new one. */
export const revokeOldDevices = (sql: Sql, holderId: number, most: number, now: Date) => sql`
  update devices set revoked_at = ${now}
  where holder_id = ${holderId} and revoked_at is null and id not in (
    select id from devices where holder_id = ${holderId} and revoked_at is null
    order by renewed_at desc, id limit ${most})`

export const listRevokedDevices = (sql: Sql, ids: readonly string[]) =>
  sql<{ id: string; revokedAt: Date }[]>`
    select encode(id, 'hex') as id, revoked_at from devices
    where id = any(${hexes(ids)}::bytea[]) and revoked_at is not null`

export const deleteDevicesRenewedBefore = (sql: Sql, end: Date) =>
  sql`delete from devices where renewed_at < ${end}`

// — paper cards

export type CardRow = { id: string; personId: number; issuedAt: Date; revokedAt: Date | null }

/** A new card for each of these people; who had one has it no more, and stays on its list unless another is given. */
export async function replaceCards(
  sql: Sql,
  cards: readonly { id: string; personId: number }[],
  { now, listId }: { now: Date; listId: number | null },
) {
  const personIds = cards.map(({ personId }) => personId)
  const replaced = await sql<{ personId: number; listId: number | null }[]>`
    update paper_cards set revoked_at = ${now} where person_id = any(${personIds}) and revoked_at is null
    returning person_id, list_id`
  const listOf = new Map(replaced.map((card) => [card.personId, card.listId]))
  await sql`
    insert into paper_cards (id, person_id, issued_at, list_id)
    select decode(id, 'hex'), person_id, ${now}, list_id
    from unnest(${cards.map(({ id }) => id)}::text[], ${personIds}::int[],
      ${personIds.map((id) => listId ?? listOf.get(id) ?? null)}::int[]) as new (id, person_id, list_id)`
}

export const listCards = (sql: Sql, ids: readonly string[]) =>
  sql<CardRow[]>`
    select encode(id, 'hex') as id, person_id, issued_at, revoked_at from paper_cards
    where id = any(${hexes(ids)}::bytea[])`

export const findCardInUse = async (sql: Sql, personId: number) =>
  (
    await sql<CardRow[]>`
      select encode(id, 'hex') as id, person_id, issued_at, revoked_at from paper_cards
      where person_id = ${personId} and revoked_at is null`
  )[0]

export const revokeCard = (sql: Sql, id: string, now: Date) =>
  sql`update paper_cards set revoked_at = ${now} where id = decode(${id}, 'hex') and revoked_at is null`

/** The card that one has in use is the other's, who has none; else it is worth nothing from now on. */
export async function giveCard(sql: Sql, from: number, to: number, now: Date) {
  await lockPeople(sql, [from, to])
  await sql`
    update paper_cards set person_id = ${to} where person_id = ${from} and revoked_at is null
      and not exists (select from paper_cards where person_id = ${to} and revoked_at is null)`
  await sql`update paper_cards set revoked_at = ${now} where person_id = ${from} and revoked_at is null`
}

/** Who lives in the unit, is known by name and has no card, and how many they are; mostly who holds a phone needs none. */
export const listWithoutCard = (sql: Sql, areaId: number, withPhones: boolean, limit: number) =>
  sql<(PersonRow & { total: number })[]>`
    select ${sql(columns)}, (count(*) over ())::int as total from people p
    where exists (select from area_within w where w.area_id = p.area_id and w.ancestor_id = ${areaId})
      and name_tokens <> '{}'
      and not exists (select from paper_cards c where c.person_id = p.id and c.revoked_at is null)
      ${withPhones ? sql`` : sql`and p.holder_id is distinct from p.id`}
    order by id limit ${limit}`

const inUseWithin = (sql: Sql, areaId: number) => sql`
  paper_cards c join people p on p.id = c.person_id and c.revoked_at is null
  and exists (select from area_within w where w.area_id = p.area_id and w.ancestor_id = ${areaId})`

/** What was printed together for people of the unit, the last first. */
export const listSheets = (sql: Sql, areaId: number, limit: number) =>
  sql<{ issuedAt: Date; cards: number }[]>`
    select c.issued_at, count(*)::int as cards from ${inUseWithin(sql, areaId)}
    group by c.issued_at order by c.issued_at desc limit ${limit}`

/** In the order of the sheet. */
export const listCardsOfSheet = (sql: Sql, areaId: number, issuedAt: Date, limit: number) =>
  sql<(PersonRow & { cardId: string })[]>`
    select ${sql(columns.map((column) => `p.${column}`))}, encode(c.id, 'hex') as card_id
    from ${inUseWithin(sql, areaId)} where c.issued_at = ${issuedAt} order by p.id limit ${limit}`

// — lists

export const insertList = async (sql: Sql, list: { publicId: string; name: string; createdAt: Date }) =>
  (await sql<[{ id: number }]>`insert into card_lists ${sql(list)} returning id`)[0].id

/** Of people within these areas, and of those without a residence, whom nobody reaches who has no area. */
const inUseOfLists = (sql: Sql, areaIds: readonly number[]) => sql`
  card_lists l join paper_cards c on c.list_id = l.id and c.revoked_at is null join people p on p.id = c.person_id
  and (${areaIds.length > 0} and p.area_id is null or exists (
    select from area_within w where w.area_id = p.area_id and w.ancestor_id = any(${areaIds as number[]}::int[])))`

/** With people within these areas, the last printed first. */
export const listLists = (sql: Sql, areaIds: readonly number[], limit: number) =>
  sql<{ id: string; name: string; issuedAt: Date; cards: number }[]>`
    select l.public_id as id, l.name, max(c.issued_at) as issued_at, count(*)::int as cards
    from ${inUseOfLists(sql, areaIds)}
    group by l.id order by max(c.issued_at) desc, l.id limit ${limit}`

export const listPeopleOfList = (sql: Sql, publicId: string, areaIds: readonly number[]) =>
  sql<(PersonRow & { listId: number })[]>`
    select ${sql(columns.map((column) => `p.${column}`))}, l.id as list_id
    from ${inUseOfLists(sql, areaIds)} where l.public_id = ${publicId} order by p.id`

// — for gates

/** Where somebody is in the list of what was revoked, which is in the order in which it was. */
export type Position = { at: Date; id: string }

/** The next ones after it: phones whose last certificate may still hold, and cards, which never end by themselves. */
export const listRevokedAfter = (
  sql: Sql,
  { at, id }: Position,
  { renewedAfter, most }: { renewedAfter: Date; most: number },
) =>
  sql<{ id: string; revokedAt: Date; renewedAt: Date | null }[]>`
    select encode(id, 'hex') as id, revoked_at, renewed_at from (
      (select id, revoked_at, renewed_at from devices
        where revoked_at is not null and (revoked_at, id) > (${at}, decode(${id}, 'hex'))
          and revoked_at > ${renewedAfter} and renewed_at > ${renewedAfter}
        order by revoked_at, id limit ${most})
      union all
      (select id, revoked_at, null from paper_cards
        where revoked_at is not null and (revoked_at, id) > (${at}, decode(${id}, 'hex'))
        order by revoked_at, id limit ${most})
    ) as revoked
    order by revoked.revoked_at, revoked.id limit ${most}`

export const countRevoked = async (sql: Sql, after: Date, until: Date) =>
  (
    await sql<[{ count: number }]>`
      select ((select count(*) from devices where revoked_at > ${after} and revoked_at <= ${until})
        + (select count(*) from paper_cards where revoked_at > ${after} and revoked_at <= ${until}))::int as count`
  )[0].count
