import { timingSafeEqual } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { gatherEach } from '../../platform/gather.ts'
import { Problem } from '../../platform/problem.ts'
import { assertNotThrottled, throttle } from '../../platform/throttle.ts'
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

/** The place of a code as it was typed, or of the address on a poster or a screen, which must be in force at `at`. */
export async function findScannedPlace(
  ctx: Context,
  text: string,
  at = ctx.now,
): Promise<{ place: PlaceRow; posterVersion: number | null }> {
  const { code, marks } = readScannedCode(text)
  const place = await findByCode(ctx.sql, code)
  if (!place) throw placeProblem.unknown()
  return { place, posterVersion: await checkMarks(ctx, place, marks, at) }
}

/** The version of the poster that was scanned; null for a typed code and for a screen. */
export async function checkMarks(ctx: Context, place: PlaceRow, { p, s }: Marks, at: Date) {
  if (s !== undefined) assertScreenCode(ctx, place.code, s, at)
  if (p === undefined) return null
  const [, digits, signature] = /^([1-9]\d{0,8})\.(\w+)$/.exec(p) ?? []
  const version = Number(digits)
  if (
    signature === undefined ||
    !isSame(signature, signPoster(ctx, place.code, version)) ||
    version !== (await queries.findPosterVersion(ctx.sql, place.id))
  )
    throw placeProblem.posterWithdrawn()
  return version
}

function assertScreenCode(ctx: Context, code: string, given: string, at: Date) {
  const [, digits, signature] = /^([0-9a-z]{1,9})\.(\w+)$/i.exec(given) ?? []
  const step = Number.parseInt(digits ?? '', 36)
  const age = at.getTime() / 1000 - step * STEP_SECONDS
  if (
    signature === undefined ||
    !isSame(signature, signScreen(ctx, code, step)) ||
    age > SCREEN_CODE_SECONDS ||
    age < -SKEW_SECONDS
  )
    throw placeProblem.screenCodeOld()
}

// — guesses

/** A mistyped code is caught by its check character, so a code that no place has was most likely guessed. */
const guesses = (ctx: Context) => ({ key: `place-guess-address:${ctx.address}`, most: 60, perSeconds: 3600 })

export async function throttleGuesses(ctx: Context, written: string) {
  const limit = guesses(ctx)
  if (await queries.findPlaceByCode(ctx.sql, readPlaceCode(written))) await assertNotThrottled(ctx, [limit])
  else await throttle(ctx, [limit])
}

/** Whoever checks in is known; so others behind the same address may still do so when one of them guesses. */
const guessesOfHolder = (ctx: Context) => [
  { key: `place-guess-holder:${ctx.holderId()}`, most: 60, perSeconds: 3600 },
  { ...guesses(ctx), most: 600 },
]

export const assertNoGuesser = (ctx: Context) => assertNotThrottled(ctx, guessesOfHolder(ctx))

/** For a check-in that failed, outside of what it shared with others: it stays counted. */
export async function countGuess(ctx: Context, error: unknown) {
  if (error instanceof Problem && error.code === placeProblem.unknown().code)
    await throttle(ctx, guessesOfHolder(ctx))
}
