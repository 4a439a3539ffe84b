import { type Clean, daysAgo } from '../../platform/clean.ts'
import { deleteRestrictionsEndedBefore } from './queries.ts'

/** What lay over places and is over. Why it did, the module knows that laid it. */
export const clean: Clean = (ctx) => deleteRestrictionsEndedBefore(ctx.sql, daysAgo(ctx, 1))
