import type { Context } from './context.ts'
import { gatherEach } from './gather.ts'
import { requestProblem } from './problem.ts'

/** `weight` is how many attempts this one is. */
export type Limit = { key: string; most: number; perSeconds: number; weight?: number }

/**
 * Counts an attempt against each limit and refuses when one is passed. Fixed windows in the database, so that
 * several servers count together; keys are hashed, so that the table names no number and no address.
 * Call it from a route's `before`: what is counted must stay counted when the request fails.
 */
export async function throttle(ctx: Context, limits: Limit[]) {
  for (const limit of limits) {
    const { count, endsAt } = await add(ctx, limit)
    if (count > limit.most) throw tooMany(ctx, endsAt)
  }
}

/** Takes what a limit has left: how much of the weight is granted, and in how many seconds there is more. */
export async function draw(ctx: Context, limit: Limit & { weight: number }) {
  const { most, weight } = limit
  const { count, endsAt } = await add(ctx, limit)
  const granted = Math.max(0, Math.min(weight, most - (count - weight)))
  return { granted, retryAfter: secondsUntil(ctx, endsAt) }
}

async function add(ctx: Context, { key, perSeconds, weight = 1 }: Limit) {
  const [row] = await ctx.sql<{ count: number; endsAt: Date }[]>`
    insert into throttles as t (key, ends_at, count)
    values (${ctx.services.keys.blindIndex('throttle', key)}, ${new Date(ctx.now.getTime() + perSeconds * 1000)}, ${weight})
    on conflict (key) do update set
      count = case when t.ends_at <= ${ctx.now} then excluded.count else t.count + excluded.count end,
      ends_at = case when t.ends_at <= ${ctx.now} then excluded.ends_at else t.ends_at end
    returning count, ends_at`
  return row!
}

const findCounts = gatherEach<string, { count: number; endsAt: Date } | undefined>(async (sql, keys) => {
  const rows = await sql<{ key: string; count: number; endsAt: Date }[]>`
    select encode(key, 'hex') as key, count, ends_at from throttles
    where key = any(array(select decode(key, 'hex') from unnest(${[...new Set(keys)]}::text[]) as asked (key)))`
  const counts = new Map(rows.map((row) => [row.key, row]))
  return keys.map((key) => counts.get(key))
})

/** Refuses when earlier attempts have used a limit up, without counting this one. */
export async function assertNotThrottled(ctx: Context, limits: readonly Limit[]) {
  const ask = async ({ key, most }: Limit) => {
    const known = await findCounts(ctx.sql, ctx.services.keys.blindIndex('throttle', key).toString('hex'))
    if (known && known.endsAt > ctx.now && known.count > most) throw tooMany(ctx, known.endsAt)
  }
  await Promise.all(limits.map(ask))
}

const secondsUntil = ({ now }: Context, endsAt: Date) =>
  Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / 1000))

const tooMany = (ctx: Context, endsAt: Date) =>
  requestProblem.tooMany({ retryAfter: secondsUntil(ctx, endsAt) })

/** Forgets an account's failures once somebody proved to be its owner. */
export const forgive = (ctx: Context, key: string) =>
  ctx.sql`delete from throttles where key = ${ctx.services.keys.blindIndex('throttle', key)}`
