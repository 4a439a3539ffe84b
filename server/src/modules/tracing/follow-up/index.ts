import type { Context } from '../../../platform/context.ts'
import { endFollowUpOfCase, releaseOver } from './service.ts'

/** Contacts who are watched: by which unit, until when, what was tried, handed over with a receipt. */
export { followUpRoutes } from './routes.ts'
export { endWithdrawn, followContacts, lockFollowUps } from './service.ts'

export const followUpJobs = { 'tracing.release': releaseOver, 'tracing.becameCase': endFollowUpOfCase }
export const followUpListeners = { 'case.confirm': ['tracing.becameCase'] }

/** Every night; a job of its own, because it may take long. */
export const releaseNightly = (ctx: Context) => ctx.addJob('tracing.release', {})
