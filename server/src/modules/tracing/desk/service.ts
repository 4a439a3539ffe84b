import type { Context } from '../../../platform/context.ts'
import { countFollowUps, unitsWithinReach } from '../follow-up/service.ts'
import * as queries from './queries.ts'
import type { Desk } from './schema.ts'

/** How much work waits within reach: each number is that of the list that it opens. Nobody is read. */
export async function readDesk(ctx: Context): Promise<Desk> {
  const [toCall, ending, handOvers, notices, warnings] = await Promise.all([
    countFollowUps(ctx, { due: 'unseen' }),
    countFollowUps(ctx, { due: 'ending' }),
    unitsWithinReach(ctx).then((units) => queries.countHandOvers(ctx.sql, units, ctx.now)),
    queries.countDrafts(ctx.sql, 'notices', ctx.areaIds('notice.draft')),
    queries.countDrafts(ctx.sql, 'warning_runs', ctx.areaIds('contact.read')),
  ])
  return { toCall: toCall.people, ending: ending.people, handOvers, notices, warnings }
}
