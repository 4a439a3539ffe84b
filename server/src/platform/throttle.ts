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
    const [row] = await add(ctx, [limit])
    if (row!.count > limit.most) throw tooMany(ctx, row!.endsAt)
  }
}

/** Takes what a limit has left: how much of the weight is granted, and in how many seconds there is more. */
export async function draw(ctx: Context, limit: Required<Limit>) {
  const [row] = await add(ctx, [limit])
  return { granted: granted(limit, row!.count), retryAfter: secondsUntil(ctx, row!.endsAt) }
}

/** The same of several limits at once; how much of each is granted. */
export async function drawEach(ctx: Context, limits: readonly Required<Limit>[]) {
  const rows = await add(ctx, limits)
  return limits.map((limit, at) => granted(limit, rows[at]!.count))
}

const granted = ({ most, weight }: Required<Limit>, count: number) =>
  Math.max(0, Math.min(weight, most - (count - weight)))

/** In one order, so that transactions that count within do not wait for each other in a circle; each key once. */
async function add(ctx: Context, limits: readonly Limit[]) {
  const keys = limits.map(({ key }) => ctx.services.keys.blindIndex('throttle', key).toString('hex'))
  const rows = await ctx.sql<{ key: string; count: number; endsAt: Date }[]>`
    insert into throttles as t (key, ends_at, count)
    select decode(key, 'hex'), ${ctx.now}::timestamptz + make_interval(secs => seconds), weight
    from unnest(${keys}::text[], ${limits.map(({ perSeconds }) => perSeconds)}::int[],
      ${limits.map(({ weight = 1 }) => weight)}::int[]) as asked (key, seconds, weight)
    order by key
    on conflict (key) do update set
      count = case when t.ends_at <= ${ctx.now} then excluded.count else t.count + excluded.count end,
      ends_at = case when t.ends_at <= ${ctx.now} then excluded.ends_at else t.ends_at end
    returning encode(key, 'hex') as key, count, ends_at`
  return keys.map((key) => rows.find((row) => row.key === key)!)
}

const findCounts = gatherEach<string, { count: number; endsAt: Date } | undefined>(async (sql, keys) => {
  const rows = await sql<{ key: string; count: number; endsAt: Date }[]>`
    select encode(key, 'hex') as key, count, ends_at from throttles
    where key = any(array(select decode(key, 'hex') from unnest(${[...new Set(keys)]}::text[]) as asked (key)))`
  const counts = new Map(rows.map((row) => [row.key, row]))
  return keys.map((key) => counts.get(key))
})

/** Refuses when earlier attempts, and as many as are `underWay`, have used a limit up, without counting this one. */
export async function assertNotThrottled(ctx: Context, { key, most, perSeconds }: Limit, underWay = 0) {
  const known = await findCounts(ctx.sql, ctx.services.keys.blindIndex('throttle', key).toString('hex'))
  const { count, endsAt } =
    known && known.endsAt > ctx.now
      ? known
      : { count: 0, endsAt: new Date(ctx.now.getTime() + perSeconds * 1000) }
  if (count + underWay > most) throw tooMany(ctx, endsAt)
}

/** Uncounts an attempt that turned out to be none. */
export const giveBack = (ctx: Context, { key }: Limit) =>
  ctx.sql`
    update throttles set count = count - 1
    where key = ${ctx.services.keys.blindIndex('throttle', key)} and ends_at > ${ctx.now}`

const secondsUntil = ({ now }: Context, endsAt: Date) =>
  Math.max(1, Math.ceil((endsAt.getTime() - now.getTime()) / 1000))

const tooMany = (ctx: Context, endsAt: Date) =>
  requestProblem.tooMany({ retryAfter: secondsUntil(ctx, endsAt) })

/** Forgets an account's failures once somebody proved to be its owner. */
export const forgive = (ctx: Context, key: string) =>
  ctx.sql`delete from throttles where key = ${ctx.services.keys.blindIndex('throttle', key)}`
