import { daysAgo } from '../../platform/clean.ts'
import type { Context } from '../../platform/context.ts'
import { deleteHoldsEndedBefore } from './queries.ts'

export const clean = (ctx: Context) => deleteHoldsEndedBefore(ctx.sql, daysAgo(ctx, 30))
