import type { Context } from './context.ts'
import { requestProblem } from './problem.ts'

export type Limit = { key: string; most: number; perSeconds: number }

/**
 * Counts an attempt against each limit and refuses when one is passed. Fixed windows in the database, so that
 * several servers count together; keys are hashed, so that the table names no number and no address.
 * Call it from a route's `before`: what is counted must stay counted when the request fails.
 */
export async function throttle(ctx: Context, limits: Limit[]) {
  for (const { key, most, perSeconds } of limits) {
    const [row] = await ctx.sql<{ count: number; endsAt: Date }[]>`
      insert into throttles as t (key, ends_at, count)
      values (${ctx.services.keys.blindIndex('throttle', key)}, ${new Date(ctx.now.getTime() + perSeconds * 1000)}, 1)
      on conflict (key) do update set
        count = case when t.ends_at <= ${ctx.now} then 1 else t.count + 1 end,
        ends_at = case when t.ends_at <= ${ctx.now} then excluded.ends_at else t.ends_at end
      returning count, ends_at`
    if (row!.count > most) throw tooMany(ctx, row!.endsAt)
  }
}

/** Refuses when the attempts of others have used the limit up, without counting this one. */
export async function assertNotThrottled(ctx: Context, { key, most }: Limit) {
  const [row] = await ctx.sql<{ endsAt: Date }[]>`
    select ends_at from throttles
    where key = ${ctx.services.keys.blindIndex('throttle', key)} and ends_at > ${ctx.now} and count > ${most}`
  if (row) throw tooMany(ctx, row.endsAt)
}

const tooMany = (ctx: Context, endsAt: Date) =>
  requestProblem.tooMany({
    retryAfter: Math.max(1, Math.ceil((endsAt.getTime() - ctx.now.getTime()) / 1000)),
  })

/** Forgets an account's failures once somebody proved to be its owner. */
export const forgive = (ctx: Context, key: string) =>
  ctx.sql`delete from throttles where key = ${ctx.services.keys.blindIndex('throttle', key)}`
