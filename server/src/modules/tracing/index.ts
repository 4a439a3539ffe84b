import type { App } from '../../platform/http.ts'
import { routes as notices } from './notices/routes.ts'
import { routes as traces } from './routes.ts'
import { routes as sending } from './sending/routes.ts'
import { finishHalt, recallWarnings, warnContacts } from './sending/service.ts'
import { runMeasuredTrace } from './windows.ts'

/** Contacts: found by traces, marked by officers, warned by message; and what the public is told of where cases were. */
export { traceByRef } from './by-ref.ts'
export { meet, meetEach, type Seed } from './meet.ts'
export { startTrace } from './service.ts'
export { traceContacts } from './trace.ts'

export const routes = async (app: App) => {
  await traces(app)
  await sending(app)
  await notices(app)
}

export const jobs = {
  'tracing.run': runMeasuredTrace,
  'tracing.warn': warnContacts,
  'tracing.halt': finishHalt,
  'tracing.recall': recallWarnings,
}
export const listeners = { 'contact.mark': ['tracing.warn'] }
