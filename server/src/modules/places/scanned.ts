import { timingSafeEqual } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { gatherEach } from '../../platform/gather.ts'
import { Problem } from '../../platform/problem.ts'
import { assertNotThrottled, giveBack, throttle } from '../../platform/throttle.ts'
import { placeProblem } from './problems.ts'
import type { PlaceRow } from './queries.ts'
import * as queries from './queries.ts'
import { checkInUrl, readPlaceCode, readScannedCode, shortSignature } from './rules.ts'
import type { Marks } from './schema.ts'

/** How long a screen shows the same code. */
export const STEP_SECONDS = 30
/** Time to hold up a phone and tap, not to send the code to a friend. */
const SCREEN_CODE_SECONDS = 120
/** Phones drift. */
const SKEW_SECONDS = 300

// — signatures: keyed hashes, because nobody but this server checks them, and short ones make a QR easy to read

const signPoster = (ctx: Context, code: string, version: number) =>
  shortSignature(ctx.services.keys.blindIndex('poster', `${code}.${version}`))

const signScreen = (ctx: Context, code: string, step: number) =>
  shortSignature(ctx.services.keys.blindIndex('screen', `${code}.${step}`))

const isSame = (given: string, right: string) => {
  const [one, other] = [Buffer.from(given.toUpperCase()), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** What the poster in force says. */
export const posterUrl = (ctx: Context, { code, posterVersion }: { code: string; posterVersion: number }) =>
  `${checkInUrl(ctx.services.origin, code)}?p=${posterVersion}.${signPoster(ctx, code, posterVersion)}`

/** What a screen shows just now. */
export function screenUrl(ctx: Context, code: string) {
  const step = Math.floor(ctx.now.getTime() / 1000 / STEP_SECONDS)
  return `${checkInUrl(ctx.services.origin, code)}?s=${step.toString(36)}.${signScreen(ctx, code, step)}`
}

// — what was scanned

/** A queue at a door asks for one place again and again: what comes together is asked together. */
const findByCode = gatherEach<string, PlaceRow | undefined>(async (sql, codes) => {
  const rows = new Map(
    (await queries.listPlacesByCode(sql, [...new Set(codes)])).map((row) => [row.code, row]),
  )
  return codes.map((code) => rows.get(code))
})

/**
 * The place of a code as it was typed, or of the address on a poster or a screen; `refusal` says why these are not in
 * force at `at`.
 */
export async function findScannedPlace(
  ctx: Context,
  text: string,
  at = ctx.now,
): Promise<{ place: PlaceRow; refusal: Problem | null }> {
  const { code, marks } = readScannedCode(text)
  const place = await findByCode(ctx.sql, code)
  if (!place) throw placeProblem.unknown()
  return { place, refusal: await refusalOf(ctx, place, marks, at) }
}

/** Why what a poster or a screen adds to the code of its place is not good at that moment. */
export async function refusalOf(
  ctx: Context,
  { id, code }: Pick<PlaceRow, 'id' | 'code'>,
  { p, s }: Marks,
  at: Date,
) {
  if (s !== undefined && !isInTime(stepOf(ctx, code, s), at)) return placeProblem.screenCodeOld()
  if (p === undefined) return null
  const version = versionOf(ctx, code, p)
  if (version !== undefined && (await queries.isPosterInForce(ctx.sql, id, version, at))) return null
  return placeProblem.posterWithdrawn()
}

/** The version of a poster that we signed, whether it hangs still or not. */
function versionOf(ctx: Context, code: string, p: string): number | undefined {
  const [, digits, signature = ''] = /^([1-9]\d{0,8})\.(\w+)$/.exec(p) ?? []
  const version = Number(digits)
  return digits && isSame(signature, signPoster(ctx, code, version)) ? version : undefined
}

/** When a screen of ours showed it. */
function stepOf(ctx: Context, code: string, s: string): number | undefined {
  const [, digits, signature = ''] = /^([0-9a-z]{1,9})\.(\w+)$/i.exec(s) ?? []
  const step = Number.parseInt(digits ?? '', 36)
  return digits && isSame(signature, signScreen(ctx, code, step)) ? step : undefined
}

function isInTime(step: number | undefined, at: Date) {
  if (step === undefined) return false
  const age = at.getTime() / 1000 - step * STEP_SECONDS
  return age <= SCREEN_CODE_SECONDS && age >= -SKEW_SECONDS
}

// — guesses

/**
 * A mistyped code is caught by its check character, so a code that no place has was most likely guessed. Whoever is
 * signed in is counted by themselves; thousands of others may share one address, so what is signed is never a guess.
 */
const guesses = ({ actor, address }: Context) => ({
  key: actor.kind === 'nobody' ? `place-guess-address:${address}` : `place-guess:${actor.kind}:${actor.id}`,
  most: 60,
  perSeconds: 3600,
})

function isSigned(ctx: Context, written: string, more: Marks = {}) {
  const { code, marks } = readScannedCode(written)
  const { p, s } = { ...marks, ...more }
  return (
    (p !== undefined && versionOf(ctx, code, p) !== undefined) ||
    (s !== undefined && stepOf(ctx, code, s) !== undefined)
  )
}

/** For who only looks: whoever has guessed too often is not told of the right one either. */
export async function throttleGuesses(ctx: Context, written: string, marks: Marks) {
  if (isSigned(ctx, written, marks)) return
  await throttle(ctx, [guesses(ctx)])
  if (await queries.findPlaceByCode(ctx.sql, readPlaceCode(written))) await giveBack(ctx, guesses(ctx))
}

/** Whose codes that may be guesses are being looked up in this server just now, and how many. */
const lookedUp = new Map<string, number>()

/**
 * For a check-in: whether it may be looked up is asked within what it shares with others, and a guess is counted outside
 * of that, so that it stays counted. Those under way count, too: a thousand at once are no more than one after the other.
 */
export async function countingGuesses<T>(
  ctx: Context,
  written: string,
  work: (assertFew: (within: Context) => Promise<void>) => Promise<T>,
): Promise<T> {
  if (isSigned(ctx, written)) return work(async () => {})
  const limit = guesses(ctx)
  const before = lookedUp.get(limit.key) ?? 0
  lookedUp.set(limit.key, before + 1)
  try {
    return await work((within) => assertNotThrottled(within, limit, before))
  } catch (error) {
    if (error instanceof Problem && error.code === placeProblem.unknown().code) await throttle(ctx, [limit])
    throw error
  } finally {
    const rest = lookedUp.get(limit.key)! - 1
    if (rest > 0) lookedUp.set(limit.key, rest)
    else lookedUp.delete(limit.key)
  }
}
