import type { Sql } from '../../platform/database.ts'

export type AccountRow = {
  id: number
  publicId: string
  login: string
  name: string
  passwordHash: string
  demo: boolean
}
export type RoleRow = { role: string; areaId: number; sector: string }
export type KeyRow = {
  id: number
  publicId: string
  name: string
  role: string
  areaId: number | null
  placeId: number | null
}
export type SessionRow = { id: number; accountId: number | null; holderId: number | null }

export const findAccountByLogin = async (sql: Sql, login: string) =>
  (
    await sql<
      AccountRow[]
    >`select * from accounts where lower(login) = lower(${login}) and disabled_at is null`
  )[0]

export const findAccount = async (sql: Sql, id: number) =>
  (await sql<AccountRow[]>`select * from accounts where id = ${id} and disabled_at is null`)[0]

/** Also one that was disabled: what its owner did stays theirs. */
export const getAccount = async (sql: Sql, id: number) =>
  (await sql<AccountRow[]>`select * from accounts where id = ${id}`)[0]!

export const listRoles = (sql: Sql, accountId: number) =>
  sql<
    RoleRow[]
  >`select role, area_id, sector from account_roles where account_id = ${accountId} order by role, area_id`

type NewAccount = { publicId: string; login: string; name: string; passwordHash: string; demo: boolean }

export const insertAccount = async (sql: Sql, account: NewAccount) =>
  (
    await sql<{ id: number }[]>`
    insert into accounts ${sql(account)} on conflict (lower(login)) do nothing returning id`
  )[0]

export const insertRole = (sql: Sql, accountId: number, role: string, areaId: number, sector: string) => sql`
  insert into account_roles (account_id, role, area_id, sector) values (${accountId}, ${role}, ${areaId}, ${sector})
  on conflict do nothing`

type NewSession = {
  tokenHash: Buffer
  accountId: number | null
  holderId: number | null
  createdAt: Date
  expiresAt: Date
}
export const insertSession = (sql: Sql, session: NewSession) => sql`insert into sessions ${sql(session)}`

/** By the hashes of their tokens, in hex. */
export const listSessions = (sql: Sql, tokenHashes: readonly string[], now: Date) =>
  sql<(SessionRow & { hash: string })[]>`
    select encode(token_hash, 'hex') as hash, id::int, account_id, holder_id from sessions
    where token_hash in (select decode(hash, 'hex') from unnest(${tokenHashes as string[]}::text[]) as hash)
      and revoked_at is null and expires_at > ${now}`

export const revokeSession = (sql: Sql, id: number, now: Date) =>
  sql`update sessions set revoked_at = ${now} where id = ${id}`

/** The named ones, or all of somebody who holds a phone. */
export const revokeSessions = (
  sql: Sql,
  of: { ids: readonly number[] } | { holderId: number },
  now: Date,
) => sql`
  update sessions set revoked_at = ${now}
  where revoked_at is null and ${'ids' in of ? sql`id = any(${of.ids as number[]}::bigint[])` : sql`holder_id = ${of.holderId}`}`

export const deleteSessionsEndedBefore = (sql: Sql, end: Date) =>
  sql`delete from sessions where expires_at < ${end} or revoked_at < ${end}`

export const listKeysByToken = (sql: Sql, tokenHashes: readonly string[]) =>
  sql<(KeyRow & { hash: string })[]>`
    select encode(token_hash, 'hex') as hash, id, public_id, name, role, area_id, place_id from api_keys
    where token_hash in (select decode(hash, 'hex') from unnest(${tokenHashes as string[]}::text[]) as hash)
      and revoked_at is null`

type NewKey = {
  publicId: string
  tokenHash: Buffer
  name: string
  role: string
  areaId: number | null
  placeId: number | null
  createdAt: Date
}
export const insertKey = (sql: Sql, key: NewKey) => sql`insert into api_keys ${sql(key)}`

export const disableAccount = (sql: Sql, id: number, now: Date) =>
  sql`update accounts set disabled_at = ${now} where id = ${id}`

export const updatePassword = (sql: Sql, id: number, passwordHash: string) =>
  sql`update accounts set password_hash = ${passwordHash} where id = ${id}`

export const revokeSessionsOf = (sql: Sql, accountId: number, now: Date) =>
  sql`update sessions set revoked_at = ${now} where account_id = ${accountId} and revoked_at is null`

/** Whether there was such a key, and it was in use. */
export const revokeKey = async (sql: Sql, publicId: string, now: Date) =>
  (
    await sql`
    update api_keys set revoked_at = ${now} where public_id::text = lower(${publicId}) and revoked_at is null
    returning id`
  ).length > 0

export const listAccounts = (sql: Sql) =>
  sql<{ login: string; name: string; roles: string; disabledAt: Date | null }[]>`
    select login, name, disabled_at, coalesce((
      select string_agg(concat_ws(' ', r.role, n.code, nullif(r.sector, '')), ', ' order by r.role, n.code)
      from account_roles r join area_names n on n.id = r.area_id where r.account_id = accounts.id), '') as roles
    from accounts order by lower(login)`

/** A place has no name here: places are below. */
export const listKeys = (sql: Sql) =>
  sql<
    {
      id: string
      name: string
      role: string
      areaCode: string | null
      createdAt: Date
      revokedAt: Date | null
    }[]
  >`
    select k.public_id as id, k.name, k.role, n.code as area_code, k.created_at, k.revoked_at
    from api_keys k left join area_names n on n.id = k.area_id order by k.id`
