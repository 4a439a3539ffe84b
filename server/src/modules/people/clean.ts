import { daysAgo } from '../../platform/clean.ts'
import type { Context } from '../../platform/context.ts'
import { deleteChallengesBefore } from './queries.ts'

export const clean = (ctx: Context) => deleteChallengesBefore(ctx.sql, daysAgo(ctx, 1))
