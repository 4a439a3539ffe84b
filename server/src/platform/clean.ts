import type { Context } from './context.ts'

/** The job by which everybody clears away, once a night, what is of no more use to anyone. */
export const CLEAN = 'platform.clean'

/** 02:00 in Vietnam; the queue reckons in UTC. */
export const NIGHTLY = '0 19 * * *'

export type Clean = (ctx: Context) => Promise<unknown>

const DAY_MS = 24 * 3600_000

/** So many days ago; a mistake in a module must not reach what is younger than a day. */
export function daysAgo(ctx: Context, days: number) {
  if (!(days >= 1)) throw new RangeError(`What is younger than a day is not deleted: ${days}`)
  return new Date(ctx.now.getTime() - days * DAY_MS)
}

/** What the platform keeps itself. A message that still waits is never deleted. */
export async function cleanPlatform(ctx: Context) {
  await ctx.sql`delete from throttles where ends_at < ${daysAgo(ctx, 1)}`
  await ctx.sql`
    delete from messages
    where delivered_at < ${daysAgo(ctx, 30)} or purpose = 'phone-code' and delivered_at < ${daysAgo(ctx, 1)}`
}
