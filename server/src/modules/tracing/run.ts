import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database.ts'
import { findCaseById } from '../cases/index.ts'
import { ruleOf } from './airing.ts'
import { meetBeside } from './beside.ts'
import { placeKept } from './lines.ts'
import { meet } from './meet.ts'
import type { TraceRow } from './queries.ts'
import * as queries from './queries.ts'
import { dropRepeated } from './renewals/service.ts'
import { inOrderOfRef } from './trace.ts'

/**
 * The job `tracing.run`: one hop, one transaction; then it queues itself for the next. So the screen sees how far
 * it came, and a restart goes on from the last hop that was finished.
 */
export async function runTrace(ctx: Context, { id }: { id: string }) {
  const trace = await queries.lockTrace(ctx.sql, id)
  if (!trace || trace.finishedAt) return
  if (!trace.startedAt)
    await queries.updateTrace(ctx.sql, trace.id, { status: 'running', startedAt: ctx.now })
  const { done, total } = trace.progress
  const number = done + 1
  let outcome: 'isLast' | 'isRepeated' | 'goesOn'
  try {
    outcome = await transact(ctx.sql, async (tx) => {
      const found = await runHop(ctx.within(tx), trace, number)
      if (number < total && found > 0) return 'goesOn'
      if (await dropRepeated(ctx.within(tx), trace)) return 'isRepeated'
      await queries.keepGone(tx, trace)
      return 'isLast'
    })
  } catch (error) {
    // What stopped the hop would stop it again. Without a database this cannot be written either, and the queue retries.
    const { code, name } = error as { code?: string; name: string }
    await queries.updateTrace(ctx.sql, trace.id, {
      status: 'failed',
      finishedAt: ctx.now,
      problem: code ?? name,
    })
    return
  }
  if (outcome === 'isRepeated') return
  if (outcome === 'goesOn') {
    await queries.setProgress(ctx.sql, trace.id, { done: number, total })
    await ctx.addJob('tracing.run', { id })
    return
  }
  await queries.setProgress(ctx.sql, trace.id, { done: total, total })
  await queries.updateTrace(ctx.sql, trace.id, { status: 'done', finishedAt: ctx.now })
}

/** The overlaps of so many people's contacts are kept with them; beyond, they are found when a line is read. */
const EXPLAINED = 500

async function runHop(ctx: Context, trace: TraceRow, number: number) {
  if (number > 1) await queries.keepIsolations(ctx.sql, trace, number - 1)
  const { found, beside } = await findHop(ctx, trace, number, { explained: EXPLAINED, now: trace.askedAt })
  const people = await queries.insertHop(ctx.sql, trace, number, found, beside)
  await placeKept(ctx, trace, number)
  return people
}

/** Whom a hop finds from the one that is kept before it, as things were known at that moment; so many people's contacts explained. */
export async function findHop(
  { sql, services }: Context,
  trace: TraceRow,
  number: number,
  { explained, now }: { explained: number; now: Date },
) {
  const { from, to } = trace.parameters
  const rule = { ...ruleOf(trace.parameters), timeZone: services.timeZone, now }
  const index = (await findCaseById(sql, trace.caseId))!.personId
  const seeds =
    number === 1
      ? [{ personId: index, from: Date.parse(from), to: Date.parse(to) }]
      : await inOrderOfRef(sql, await queries.listSeeds(sql, trace, number - 1))
  const known = new Set([index, ...(await queries.listKnown(sql, trace.id, number))])
  const found = await meet(sql, seeds, known, { ...rule, explain: seeds.length <= explained })
  const beside = trace.parameters.beside ? await meetBeside(sql, seeds, known, rule) : []
  return { found, beside }
}
