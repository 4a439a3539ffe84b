import { system } from '../../platform/access.ts'
import { type Context, writeAudit } from '../../platform/context.ts'
import { describeAccount } from '../accounts/index.ts'
import { findCaseById } from '../cases/index.ts'
import * as queries from './queries.ts'
import { runTrace } from './run.ts'

/**
 * The job `tracing.run` with what the auditor is told of it: whoever asked for a trace opened a window into other people's
 * days, of so many stays and so many people.
 */
export async function runMeasuredTrace(ctx: Context, payload: { id: string }) {
  const before = await queries.findTrace(ctx.sql, payload.id)
  await runTrace(ctx, payload)
  const trace = await queries.findTrace(ctx.sql, payload.id)
  if (!trace || before?.finishedAt || trace.status !== 'done') return
  const { from, to } = trace.parameters
  const of = (await findCaseById(ctx.sql, trace.caseId))!
  const asker = await queries.findAsker(ctx.sql, trace.id)
  const account = asker === null ? null : await describeAccount(ctx, asker)
  const actor = account
    ? { ...system, kind: 'account' as const, publicId: account.id, name: account.login }
    : system
  const size = await queries.measureTrace(ctx.sql, trace.id)
  const stays = await queries.countStays(ctx.sql, of.personId, new Date(from), new Date(to))
  await writeAudit(ctx.sql, [
    {
      at: ctx.now,
      actor,
      action: 'window.open',
      subjectId: of.publicId,
      details: { by: 'trace', traceId: trace.publicId, from, to, stays, ...size },
    },
  ])
}

/** A list that was read for a case: what window, and how much of it was seen. */
export const recordWindow = (
  ctx: Context,
  caseId: string,
  details: {
    by: 'contacts' | 'points'
    from: string | Date
    to: string | Date
    stays: number
    people: number
  },
) => ctx.record('window.open', caseId, details)
