import type { Context } from '../../platform/context.ts'
import { draw } from '../../platform/throttle.ts'
import { typedAs } from '../people/index.ts'
import { seenBy, textIn } from './again.ts'
import * as queries from './queries.ts'

/**
 * What anybody could make up is counted: numbers that are typed, and of cards that we did not sign. Of a body so much
 * is taken as there is left, and the rest is to be sent again.
 */

type Allowance = { name: string; most: number; perSeconds: number }

/** Phone numbers are soon tried out: no gate has so many people without a code or a card. "The same person again" counts as one. */
const PHONES: Allowance = { name: 'scan-phone', most: 300, perSeconds: 600 }
const PHONES_OF_KEYS: Allowance = { ...PHONES, most: 3000 }
const CARDS: Allowance = { name: 'scan-card', most: 300, perSeconds: 600 }
/** At places that have been at work for a while: what the largest gate kept in a day without the network, at once. */
const MANY_CARDS: Allowance = { name: 'scan-cards', most: 15_000, perSeconds: 1800 }
/** What was kept leaves the rest to those who stand at the door now. */
const FOR_LATE = 0.8
const LATE_MS = 5 * 60_000

type Typed = { at: number; as: 'phone' | 'card'; placeId: string; isLate: boolean }
/** What is to be sent again, and after how many seconds. */
type HeldBack = { rest: readonly Typed[]; retryAfter: number }

/** Where in the body those stand that are to be sent again. */
export async function holdBackTyped(
  ctx: Context,
  sent: readonly unknown[],
): Promise<{ back: ReadonlySet<number>; retryAfter: number }> {
  const typed = typedIn(ctx, sent)
  const { phone = [], card = [] } = Object.groupBy(typed, ({ as }) => as)
  const isKey = ctx.actor.kind !== 'citizen'
  const { rest, retryAfter } = joined(
    await take(ctx, phone, isKey ? PHONES_OF_KEYS : PHONES),
    await (isKey ? take(ctx, card, MANY_CARDS) : takeCards(ctx, card)),
  )
  return { back: new Set(rest.map(({ at }) => at)), retryAfter }
}

const typedIn = ({ now }: Context, sent: readonly unknown[]) =>
  sent.flatMap((one, at): Typed[] => {
    const as = seenBy(one) ? 'phone' : typedAs(textIn(one, 'code'))
    const isLate = Date.parse(textIn(one, 'at')) < now.getTime() - LATE_MS
    return as ? [{ at, as, placeId: textIn(one, 'placeId').toLowerCase(), isLate }] : []
  })

const joined = (...parts: readonly HeldBack[]): HeldBack => {
  const held = parts.filter(({ rest }) => rest.length > 0)
  return {
    rest: held.flatMap(({ rest }) => rest),
    retryAfter: held.length > 0 ? Math.min(...held.map(({ retryAfter }) => retryAfter)) : 0,
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a place is at work is asked only where there are more than anybody may send. */
async function takeCards(ctx: Context, cards: readonly Typed[]): Promise<HeldBack> {
  const few = await take(ctx, cards, CARDS)
  const placeIds = new Set(few.rest.map(({ placeId }) => placeId).filter((id) => UUID.test(id)))
  if (placeIds.size === 0) return few
  const atWork = new Set(await queries.listAtWork(ctx.sql, [...placeIds], ctx.now))
  const [there, elsewhere] = [true, false].map((is) =>
    few.rest.filter(({ placeId }) => atWork.has(placeId) === is),
  ) as [Typed[], Typed[]]
  return joined(await take(ctx, there, MANY_CARDS), { ...few, rest: elsewhere })
}

/** The latest ones first: who stands at the door now is waiting. */
async function take(
  ctx: Context,
  typed: readonly Typed[],
  { name, most, perSeconds }: Allowance,
): Promise<HeldBack> {
  const { kind, id } = ctx.actor
  const key = `${name}:${kind}:${id}`
  const drawFrom = async (limit: { key: string; most: number }, wanted: readonly Typed[]) => {
    if (wanted.length === 0) return { taken: wanted, retryAfter: 0 }
    const { granted, retryAfter } = await draw(ctx, { ...limit, perSeconds, weight: wanted.length })
    return { taken: wanted.slice(0, granted), retryAfter: granted < wanted.length ? retryAfter : 0 }
  }
  const { true: old = [], false: fresh = [] } = Object.groupBy(typed, ({ isLate }) => `${isLate}` as const)
  const late = await drawFrom({ key: `${key}:late`, most: most * FOR_LATE }, old)
  const all = await drawFrom({ key, most }, [...fresh, ...late.taken])
  const taken = new Set(all.taken)
  return {
    rest: typed.filter((one) => !taken.has(one)),
    retryAfter: Math.max(late.retryAfter, all.retryAfter),
  }
}
