import type { Context } from '../../platform/context.ts'
import type { App } from '../../platform/http.ts'
import { followUpJobs, followUpListeners, followUpRoutes, releaseNightly } from './follow-up/index.ts'
import { runMany } from './many.ts'
import { routes as traceRoutes } from './routes.ts'
import { runTrace, warnContacts } from './run.ts'
import { refreshTraces, traceAgain } from './service.ts'

/** Contacts: found by traces, marked by officers, warned by message, watched until it is over. */
export { traceByRef } from './by-ref.ts'
export { type Edge, type EdgeSeed, listEdges } from './graph/edges.ts'
export { meet, meetEach, type Seed } from './meet.ts'
export { startTrace } from './service.ts'
export { traceContacts } from './trace.ts'

export const routes = async (app: App) => {
  await traceRoutes(app)
  await followUpRoutes(app)
}
export const jobs = {
  'tracing.run': runTrace,
  'tracing.runMany': runMany,
  'tracing.again': traceAgain,
  'tracing.refresh': refreshTraces,
  'tracing.warn': warnContacts,
  ...followUpJobs,
}
export const listeners = {
  'contact.mark': ['tracing.warn'],
  'case.edit': ['tracing.again'],
  ...followUpListeners,
}
export const clean = async (ctx: Context) => {
  await ctx.addJob('tracing.refresh', {})
  await releaseNightly(ctx)
}
