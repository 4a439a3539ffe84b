import type { Context } from '../../platform/context.ts'
import { hashPassword } from './password.ts'
import { accountProblem } from './problems.ts'
import * as queries from './queries.ts'

/** What whoever runs the server does to accounts and keys from the command line. */

async function getAccountInUse(ctx: Context, login: string) {
  const account = await queries.findAccountByLogin(ctx.sql, login)
  if (!account) throw accountProblem.unknown()
  return account
}

/** The account signs in no more, and whoever is signed in with it is out at once. What it did stays. */
export async function disableAccount(ctx: Context, login: string) {
  const { id, publicId } = await getAccountInUse(ctx, login)
  await queries.disableAccount(ctx.sql, id, ctx.now)
  await queries.revokeSessionsOf(ctx.sql, id, ctx.now)
  await ctx.record('account.disable', publicId)
}

/** Whoever knew the old password is out at once. */
export async function changePassword(ctx: Context, login: string, password: string) {
  if (password.length < 10) throw accountProblem.passwordWeak()
  const { id, publicId } = await getAccountInUse(ctx, login)
  await queries.updatePassword(ctx.sql, id, await hashPassword(password))
  await queries.revokeSessionsOf(ctx.sql, id, ctx.now)
  await ctx.record('account.password', publicId)
}

export async function revokeKey(ctx: Context, id: string) {
  if (!(await queries.revokeKey(ctx.sql, id, ctx.now))) throw accountProblem.keyUnknown()
  await ctx.record('key.revoke', id)
}

export const listAccounts = (ctx: Context) => queries.listAccounts(ctx.sql)

export const listKeys = (ctx: Context) => queries.listKeys(ctx.sql)
