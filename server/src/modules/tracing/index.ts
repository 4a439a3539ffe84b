import { runTrace, warnContacts } from './run.ts'

/** Contacts: found by traces, marked by officers, warned by message. */
export { traceByRef } from './by-ref.ts'
export { meet, meetEach, type Seed } from './meet.ts'
export { routes } from './routes.ts'
export { startTrace } from './service.ts'
export { traceContacts } from './trace.ts'

export const jobs = { 'tracing.run': runTrace, 'tracing.warn': warnContacts }
export const listeners = { 'contact.mark': ['tracing.warn'] }
