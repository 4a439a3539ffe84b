import { daysAgo } from '../../platform/clean.ts'
import type { Context } from '../../platform/context.ts'
import { deleteSessionsEndedBefore } from './queries.ts'

export const clean = (ctx: Context) => deleteSessionsEndedBefore(ctx.sql, daysAgo(ctx, 30))
