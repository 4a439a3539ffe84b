import { daysAgo } from '../../platform/clean.ts'
import type { Context } from '../../platform/context.ts'
import { packDays } from './place-days.ts'
import { forgetVisits } from './service.ts'

const FORGET = 'visits.forget'
const PACK = 'visits.pack'
/** A job is one transaction, and should not be for long. */
const PACKING_MS = 20_000

/** A job of its own: dropping weeks waits for whoever reads them, and what else is cleaned does not wait with it. */
export const clean = async (ctx: Context) => {
  if (ctx.services.keepVisitsDays !== undefined) await ctx.addJob(FORGET, {})
  await ctx.addJob(PACK, {})
}

export const jobs = {
  /** Packs the days that have settled, some at a time, until all are. */
  async [PACK](ctx: Context) {
    if (!(await packDays(ctx, performance.now() + PACKING_MS))) await ctx.addJob(PACK, {})
  },

  /** Drops the weeks that ended so many days ago; what was forgotten stands in the audit. */
  async [FORGET](ctx: Context) {
    const days = ctx.services.keepVisitsDays
    if (days === undefined) return
    const day = daysAgo(ctx, days)
    day.setUTCHours(0, 0, 0, 0)
    await forgetVisits(ctx, day)
  },
}
