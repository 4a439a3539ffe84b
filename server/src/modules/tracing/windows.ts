import type { Context } from '../../platform/context.ts'

type Window = {
  by: 'contacts' | 'points' | 'whatIf' | 'sources' | 'links' | 'edges'
  from: string | Date
  to: string | Date
  stays: number
  people: number
}

/** A list that was read for a case: what window, and how much of it was seen. */
export const recordWindow = (ctx: Context, caseId: string, details: Window) =>
  ctx.record('window.open', caseId, details)
