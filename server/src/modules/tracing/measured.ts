import { system } from '../../platform/access.ts'
import { type Context, writeAudit } from '../../platform/context.ts'
import { describeAccount } from '../accounts/index.ts'
import { runMany } from './many.ts'
import * as queries from './queries.ts'
import { runTrace } from './run.ts'
import { windowOfTrace } from './windows.ts'

/**
 * The jobs `tracing.run` and `tracing.runMany` with what the auditor is told of them: whoever asked for a trace opened a
 * window into other people's days, of so many stays and so many people.
 */
export async function runMeasuredTrace(ctx: Context, payload: { id: string }) {
  const before = await queries.findTrace(ctx.sql, payload.id)
  await runTrace(ctx, payload)
  if (!before?.finishedAt) await recordTraces(ctx, { trace: payload.id })
}

export async function runMeasuredMany(ctx: Context, payload: { id: string }) {
  const before = await queries.findBatch(ctx.sql, payload.id)
  await runMany(ctx, payload)
  if (!before?.finishedAt) await recordTraces(ctx, { batch: payload.id })
}

/** What a job does for the officer who asked for it is recorded as theirs. */
export async function asOfficer(ctx: Context, id: number | null) {
  if (id === null) return ctx
  const { id: publicId, login } = await describeAccount(ctx, id)
  return ctx.as({ ...system, kind: 'account', id, publicId, name: login })
}

async function recordTraces(ctx: Context, which: { trace: string } | { batch: string }) {
  const traces = await queries.measureTraces(ctx.sql, ctx.now, which)
  const askers = [...new Set(traces.flatMap(({ askedBy }) => askedBy ?? []))]
  const actors = new Map(
    await Promise.all(askers.map(async (id) => [id, (await asOfficer(ctx, id)).actor] as const)),
  )
  const entries = traces.map(({ publicId, caseId, askedBy, parameters, people, stays }) => ({
    at: ctx.now,
    actor: actors.get(askedBy ?? 0) ?? system,
    action: 'window.open',
    subjectId: caseId,
    details: { by: 'trace', traceId: publicId, ...windowOfTrace(parameters), stays, people },
  }))
  if (entries.length > 0) await writeAudit(ctx.sql, entries)
}
