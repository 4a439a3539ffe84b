import { isDeepStrictEqual } from 'node:util'
import { daysAgo } from '../../../platform/clean.ts'
import type { Context } from '../../../platform/context.ts'
import { traceProblem } from '../problems.ts'
import type { TraceRow } from '../queries.ts'
import { listFollowed } from '../queries.ts'
import * as queries from './queries.ts'

/** Officers are told of cases that were traced anew, and these are looked at again, for so many days after they were traced. */
const REFRESHED_DAYS = 21

export const refreshed = ({ now }: Context) => ({
  now,
  since: new Date(now.getTime() - REFRESHED_DAYS * 86_400_000),
})

/** So many rows are deleted at once. */
const PIECE = 10_000

/**
 * Drops a trace that nobody asked for and that found exactly what the latest one did, which was thereby looked at again.
 * Whether it did.
 */
export async function dropRepeated({ sql, now }: Context, trace: TraceRow) {
  if (!trace.byItself) return false
  const [before] = await listFollowed(sql, [trace.caseId], trace.parameters)
  if (!before || before.listDeletedAt || !isDeepStrictEqual(before.parameters, trace.parameters)) return false
  if (!(await queries.isSameList(sql, trace.id, before.id))) return false
  await queries.deleteFromList(sql, trace.id, Number.MAX_SAFE_INTEGER)
  await queries.deleteTrace(sql, trace.id)
  await queries.noteLooked(sql, [before.id], now)
  return true
}

/** Whoever reads a list, or acts on it, keeps it; one that was deleted says so. */
export async function keepList({ sql, now }: Context, { id, byItself, readAt, listDeletedAt }: TraceRow) {
  if (!byItself || readAt) return
  if (listDeletedAt || !(await queries.noteRead(sql, id, now))) throw traceProblem.listDeleted()
}

/** A job is one transaction, and should not be for long. */
const FORGETTING_MS = 2000

/**
 * The job `tracing.forget`, each night: deletes the lists of traces that nobody asked for, read or acted on, once a later one has
 * taken their place for the days that are configured. The latest first, because what it shows as gone stays in the lists before it.
 * That a trace ran, and how many it found, stays until officers are told of it no more and nothing that stays names it.
 */
export async function forgetRenewals(ctx: Context, { upTo }: { upTo?: number }) {
  const before = daysAgo(ctx, ctx.services.keepRenewalsDays)
  const until = performance.now() + FORGETTING_MS
  let last = upTo
  while (performance.now() < until) {
    const trace = await queries.lockForgettable(ctx.sql, last, before)
    if (!trace) return
    if (!trace.listDeletedAt) await queries.closeList(ctx.sql, trace.id, ctx.now)
    const isPart = (await queries.deleteFromList(ctx.sql, trace.id, PIECE)) === PIECE
    if (!isPart && trace.askedAt < refreshed(ctx).since && !(await queries.isNamed(ctx.sql, trace.id)))
      await queries.deleteTrace(ctx.sql, trace.id)
    last = isPart ? trace.id : trace.id - 1
  }
  await ctx.addJob('tracing.forget', { upTo: last })
}
