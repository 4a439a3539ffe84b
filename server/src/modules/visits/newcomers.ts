import type { Context } from '../../platform/context.ts'
import { gatherEach } from '../../platform/gather.ts'
import { drawEach } from '../../platform/throttle.ts'
import * as queries from './queries.ts'
import { OLDEST_SCAN_SECONDS } from './rules.ts'
import type { Scan } from './schema.ts'

/**
 * Whoever has a place of their own could type number after number and see which of them is that of a visitor. At an
 * honest gate most numbers come again, and a day brings few that were never there.
 */

const MOST_NEW_BY_CITIZEN = 300
const DAY_SECONDS = 24 * 3600

/**
 * A number that somebody vouched for, and the person whom it means. `isDeclared`: beside it stands a name which that person
 * gave. It is new each time, or who is known at the place by the number would be told from any other name.
 */
type Typed = { scan: Scan; personId: number; placeId: number; isDeclared: boolean }
type Asked = { ctx: Context; typed: readonly Typed[] }

/** Those of numbers new to their places that are more than a citizen may bring. */
export const findTooManyNew = async (ctx: Context, typed: readonly Typed[]): Promise<readonly Typed[]> =>
  ctx.actor.kind === 'citizen' && typed.length > 0 ? findTogether(ctx.sql, { ctx, typed }) : []

const keyOf = ({ personId, placeId }: Pick<Typed, 'personId' | 'placeId'>) => `${personId} ${placeId}`
const keyOfTyped = (one: Typed) => (one.isDeclared ? `name of ${keyOf(one)}` : keyOf(one))

/** All that a run counts is counted at once, in one order. */
const whole = { most: Number.POSITIVE_INFINITY }

const findTogether = gatherEach<Asked, readonly Typed[]>(async (sql, asked) => {
  const { ctx } = asked[0]!
  const since = new Date(ctx.now.getTime() - OLDEST_SCAN_SECONDS * 1000)
  const rows = await queries.listKnownAt(
    sql,
    asked.flatMap(({ typed }) => typed),
    since,
  )
  const known = new Set(rows.map(keyOf))
  const freshOf = new Map<number | null, Set<string>>()
  for (const { ctx, typed } of asked) {
    const fresh = typed.map(keyOfTyped).filter((key) => !known.has(key))
    freshOf.set(ctx.actor.id, new Set([...(freshOf.get(ctx.actor.id) ?? []), ...fresh]))
  }
  const limits = [...freshOf].map(([citizen, { size }]) => ({
    key: `scan-new:${citizen}`,
    most: MOST_NEW_BY_CITIZEN,
    perSeconds: DAY_SECONDS,
    weight: size,
  }))
  const allowed = await drawEach(ctx.within(sql), limits)
  const tooMany = new Map(
    [...freshOf].map(([citizen, fresh], at) => [citizen, new Set([...fresh].slice(allowed[at]))]),
  )
  return asked.map(({ ctx, typed }) => typed.filter((one) => tooMany.get(ctx.actor.id)!.has(keyOfTyped(one))))
}, whole)
