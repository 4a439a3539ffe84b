import { daysAgo } from '../../platform/clean.ts'
import type { Context } from '../../platform/context.ts'
import { forgetVisits } from './service.ts'

const FORGET = 'visits.forget'

/** A job of its own: dropping weeks waits for whoever reads them, and what else is cleaned does not wait with it. */
export const clean = async (ctx: Context) => {
  if (ctx.services.keepVisitsDays !== undefined) await ctx.addJob(FORGET, {})
}

export const jobs = {
  /** Drops the weeks that ended so many days ago; what was forgotten stands in the audit. */
  async [FORGET](ctx: Context) {
    const days = ctx.services.keepVisitsDays
    if (days === undefined) return
    const day = daysAgo(ctx, days)
    day.setUTCHours(0, 0, 0, 0)
    await forgetVisits(ctx, day)
  },
}
