import type { Context } from '../../platform/context.ts'
import { runMany } from './many.ts'
import { runTrace, warnContacts } from './run.ts'
import { refreshTraces, traceAgain } from './service.ts'

/** Contacts: found by traces, marked by officers, warned by message. */
export { traceByRef } from './by-ref.ts'
export { meet, meetEach, type Seed } from './meet.ts'
export { routes } from './routes.ts'
export { startTrace } from './service.ts'
export { traceContacts } from './trace.ts'

export const jobs = {
  'tracing.run': runTrace,
  'tracing.runMany': runMany,
  'tracing.again': traceAgain,
  'tracing.refresh': refreshTraces,
  'tracing.warn': warnContacts,
}
export const listeners = { 'contact.mark': ['tracing.warn'], 'case.edit': ['tracing.again'] }
export const clean = (ctx: Context) => ctx.addJob('tracing.refresh', {})
