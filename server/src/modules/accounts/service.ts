import { hash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { type Actor, type Grant, nobody } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import type { Sql } from '../../platform/database.ts'
import { gatherEach } from '../../platform/gather.ts'
import { forgive, throttle } from '../../platform/throttle.ts'
import { areaRef, getAreaInForce } from '../areas/index.ts'
import { hashPassword, isPassword, nobodysHash } from './password.ts'
import { accountProblem } from './problems.ts'
import * as queries from './queries.ts'
import { accountPermissions, citizenPermissions, isRole, roles } from './roles.ts'
import type { Account, SignIn } from './schema.ts'

const STAFF_SESSION_MS = 12 * 3600_000
const CITIZEN_SESSION_MS = 90 * 24 * 3600_000
const KEY_PREFIX = 'lck_'

const hashOf = (token: string) => hash('sha256', token)
const newToken = () => randomBytes(32).toString('base64url')

const loginKey = (login: string) => `sign-in:${login.toLowerCase()}`

/** Ten tries a quarter of an hour for one login, a hundred for one address: counted even when they fail. */
export const throttleSignIn = (ctx: Context, login: string) =>
  throttle(ctx, [
    { key: `sign-in-address:${ctx.address}`, most: 100, perSeconds: 900 },
    { key: loginKey(login), most: 10, perSeconds: 900 },
  ])

export async function signIn(ctx: Context, { login, password }: SignIn) {
  const account = await queries.findAccountByLogin(ctx.sql, login)
  const matches = await isPassword(password, account?.passwordHash ?? (await nobodysHash))
  if (!account || !matches || (account.demo && !ctx.services.demo)) throw accountProblem.wrongCredentials()
  await forgive(ctx, loginKey(login))
  const session = await openSession(ctx, { accountId: account.id })
  const { id, publicId } = account
  const actor: Actor = { ...nobody, kind: 'account', id, publicId, name: account.login }
  await ctx.as(actor).record('session.open', publicId)
  return { ...session, account: await describeAccount(ctx, account.id) }
}

/** Opens a session for an account, or for the holder of a confirmed phone. The token is shown once. */
export async function openSession(ctx: Context, owner: { accountId: number } | { holderId: number }) {
  const token = newToken()
  const lasts = 'accountId' in owner ? STAFF_SESSION_MS : CITIZEN_SESSION_MS
  const expiresAt = new Date(ctx.now.getTime() + lasts)
  await queries.insertSession(ctx.sql, {
    tokenHash: Buffer.from(hashOf(token), 'hex'),
    accountId: 'accountId' in owner ? owner.accountId : null,
    holderId: 'holderId' in owner ? owner.holderId : null,
    createdAt: ctx.now,
    expiresAt,
  })
  return { token, expiresAt }
}

export async function closeSession(ctx: Context) {
  ctx.scopeDecided = true
  if (ctx.actor.sessionId !== null) await queries.revokeSession(ctx.sql, ctx.actor.sessionId, ctx.now)
}

/** Signs phones out: the named sessions, or all of one holder. Whoever calls has decided that they may. */
export const closeSessions = (ctx: Context, of: { ids: readonly number[] } | { holderId: number }) =>
  queries.revokeSessions(ctx.sql, of, ctx.now)

export async function describeAccount(ctx: Context, id: number): Promise<Account> {
  const account = await queries.getAccount(ctx.sql, id)
  const held = await queries.listRoles(ctx.sql, id)
  return {
    id: account.publicId,
    login: account.login,
    name: account.name,
    roles: await Promise.all(
      held.map(async ({ role, areaId, sector }) => ({
        role,
        area: (await areaRef(ctx.sql, areaId))!,
        sector: sector || null,
      })),
    ),
  }
}

// Requests that come together ask for their tokens together.

const findSession = gatherEach<{ hash: string; now: Date }, queries.SessionRow | undefined>(
  async (sql, asked) => {
    const hashes = asked.map(({ hash }) => hash)
    const rows = await queries.listSessions(sql, [...new Set(hashes)], asked[0]!.now)
    const byHash = new Map(rows.map((row) => [row.hash, row]))
    return hashes.map((hash) => byHash.get(hash))
  },
)

const findKey = gatherEach<string, queries.KeyRow | undefined>(async (sql, hashes) => {
  const rows = await queries.listKeysByToken(sql, [...new Set(hashes)])
  const byHash = new Map(rows.map((row) => [row.hash, row]))
  return hashes.map((hash) => byHash.get(hash))
})

/** Turns a token into who is asking. An unknown, expired or revoked token is nobody. */
export async function authenticate(
  sql: Sql,
  { token }: { token: string | undefined },
  now: Date,
): Promise<Actor> {
  if (!token || token.length > 100) return nobody
  const hashed = hashOf(token)
  if (token.startsWith(KEY_PREFIX)) return keyActor(await findKey(sql, hashed))
  const session = await findSession(sql, { hash: hashed, now })
  if (!session) return nobody
  if (session.holderId !== null) return citizenActor(session.holderId, session.id)
  const account = await queries.findAccount(sql, session.accountId!)
  if (!account) return nobody
  const grants = (await queries.listRoles(sql, account.id)).map(
    ({ role, areaId, sector }): Grant => ({
      role,
      permissions: new Set<string>(isRole(role) ? roles[role] : []),
      areaId,
      sector: sector || null,
      placeId: null,
    }),
  )
  return {
    kind: 'account',
    id: account.id,
    publicId: account.publicId,
    name: account.login,
    permissions: new Set([...accountPermissions, ...grants.flatMap((grant) => [...grant.permissions])]),
    grants,
    sessionId: session.id,
  }
}

const citizenActor = (holderId: number, sessionId: number): Actor => ({
  kind: 'citizen',
  id: holderId,
  publicId: null,
  name: null,
  permissions: new Set(citizenPermissions),
  grants: [],
  sessionId,
})

function keyActor(key: queries.KeyRow | undefined): Actor {
  if (key?.role !== 'gate') return nobody
  const permissions = new Set<string>(roles.gate)
  return {
    kind: 'key',
    id: key.id,
    publicId: key.publicId,
    name: key.name,
    permissions: new Set([...permissions, ...accountPermissions]),
    grants: [{ role: key.role, permissions, areaId: key.areaId, sector: null, placeId: key.placeId }],
    sessionId: null,
  }
}

type NewAccount = {
  login: string
  name?: string
  role: string
  areaCode: string
  sector?: string
  password: string
  demo?: boolean
}

/** Makes an account with one role, for `lachan account add` and the demo. */
export async function addAccount(ctx: Context, input: NewAccount) {
  if (!isRole(input.role) || input.role === 'gate') throw accountProblem.roleUnknown()
  if (input.password.length < 10) throw accountProblem.passwordWeak()
  const area = await getAreaInForce(ctx.sql, input.areaCode, ctx.now)
  const publicId = uuidv7()
  const account = await queries.insertAccount(ctx.sql, {
    publicId,
    login: input.login,
    name: input.name ?? input.login,
    passwordHash: await hashPassword(input.password),
    demo: input.demo ?? false,
  })
  if (!account) throw accountProblem.loginTaken()
  await queries.insertRole(ctx.sql, account.id, input.role, area.id, input.sector ?? '')
  await ctx.record('account.add', publicId, { role: input.role, area: input.areaCode })
  return { id: publicId, login: input.login }
}

type NewKey = { name: string; role: string; areaId: number | null; placeId: number | null }

/** Makes a key for a gate, a kiosk or a local app; the token is shown once. */
export async function addKey(ctx: Context, { name, role, areaId, placeId }: NewKey) {
  if (!isRole(role)) throw accountProblem.roleUnknown()
  if (role !== 'gate') throw accountProblem.keyRole()
  const token = KEY_PREFIX + newToken()
  const publicId = uuidv7()
  await queries.insertKey(ctx.sql, {
    publicId,
    tokenHash: Buffer.from(hashOf(token), 'hex'),
    name,
    role,
    areaId,
    placeId,
    createdAt: ctx.now,
  })
  await ctx.record('key.add', publicId, { role })
  return { id: publicId, token }
}
