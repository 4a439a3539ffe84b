import type { Context } from '../../platform/context.ts'
import type { TraceRow } from './queries.ts'

type Window = {
  by: 'contacts' | 'points' | 'whatIf' | 'sources' | 'links' | 'edges'
  from: string | Date
  to: string | Date
  stays: number
  people: number
  /** Beyond the window of the case, and why. */
  wider?: true
  reason?: string | undefined
}

/** What the auditor is told of the window of a trace. */
export const windowOfTrace = ({ from, to, wider, reason }: TraceRow['parameters']) => ({
  from,
  to,
  ...(wider ? { wider } : {}),
  ...(reason === undefined ? {} : { reason }),
})

/** A list that was read for a case: what window, and how much of it was seen. */
export const recordWindow = (ctx: Context, caseId: string, details: Window) =>
  ctx.record('window.open', caseId, details)
