import type { Context } from '../../platform/context.ts'
import type { App } from '../../platform/http.ts'
import { rechain } from './chains/keep.ts'
import { routes as chainRoutes } from './chains/routes.ts'
import { routes as deskRoutes } from './desk/routes.ts'
import { followUpJobs, followUpListeners, followUpRoutes, releaseNightly } from './follow-up/index.ts'
import { placeLines } from './lines.ts'
import { lookAgain, refreshCases, refreshTraces } from './many.ts'
import { routes as markingRoutes } from './marking/routes.ts'
import { endDiscarded, runMarking } from './marking/service.ts'
import { runMeasuredMany, runMeasuredTrace } from './measured.ts'
import { routes as noticeRoutes } from './notices/routes.ts'
import { forgetRenewals } from './renewals/service.ts'
import { routes as traceRoutes } from './routes.ts'
import { routes as sendingRoutes } from './sending/routes.ts'
import { finishHalt, finishTakingBack, recallWarnings, warnContacts } from './sending/service.ts'
import { traceAgain } from './service.ts'
import { routes as zoneRoutes } from './zones/routes.ts'

/**
 * Contacts: found by traces, marked by officers, warned by message, watched until it is over; what the public is told of
 * where cases were. Chains: who infected whom. Zones: drafted, ordered, notified, lifted.
 */
export { traceByRef } from './by-ref.ts'
export { linksImport } from './chains/import.ts'
export type { Contacts, Seed } from './contacts.ts'
export { type Edge, type EdgeSeed, listEdges } from './graph/edges.ts'
export { meet, meetEach } from './meet.ts'
export { startTrace } from './service.ts'
export { traceContacts } from './trace.ts'

export const routes = async (app: App) => {
  await traceRoutes(app)
  await markingRoutes(app)
  await sendingRoutes(app)
  await noticeRoutes(app)
  await chainRoutes(app)
  await followUpRoutes(app)
  await deskRoutes(app)
  await zoneRoutes(app)
}
export const jobs = {
  'tracing.run': runMeasuredTrace,
  'tracing.runMany': runMeasuredMany,
  'tracing.again': traceAgain,
  'tracing.place': placeLines,
  'tracing.refresh': refreshTraces,
  'tracing.look': lookAgain,
  'tracing.lookAt': refreshCases,
  'tracing.forget': forgetRenewals,
  'tracing.mark': runMarking,
  'tracing.warn': warnContacts,
  'tracing.halt': finishHalt,
  'tracing.unsend': finishTakingBack,
  'tracing.discarded': endDiscarded,
  'tracing.recall': recallWarnings,
  'tracing.rechain': rechain,
  ...followUpJobs,
}
export const listeners = {
  'case.edit': ['tracing.again', 'tracing.rechain'],
  'case.classify': ['tracing.discarded', 'tracing.rechain'],
  ...followUpListeners,
}
/** Scans that come late are looked at every five minutes. */
export const often = { 'tracing.look': '*/5 * * * *' }
export const clean = async (ctx: Context) => {
  await ctx.addJob('tracing.refresh', {})
  await ctx.addJob('tracing.forget', {})
  await releaseNightly(ctx)
}
