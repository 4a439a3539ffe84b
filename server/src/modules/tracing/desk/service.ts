import type { Context } from '../../../platform/context.ts'
import { countFollowUps, unitsWithinReach } from '../follow-up/service.ts'
import { countNotices } from '../notices/service.ts'
import { countRuns } from '../sending/service.ts'
import * as queries from './queries.ts'
import type { Desk } from './schema.ts'

/** How much work waits within reach: each number is that of the list that it opens. Nobody is read. */
export async function readDesk(ctx: Context): Promise<Desk> {
  const units = unitsWithinReach(ctx)
  const countHandOvers = async (direction: 'in' | 'out') =>
    queries.countHandOvers(ctx.sql, await units, direction, ctx.now)
  const [toCall, ending, handOvers, handedOn, notices, warnings] = await Promise.all([
    countFollowUps(ctx, { due: 'unseen' }),
    countFollowUps(ctx, { due: 'ending' }),
    countHandOvers('in'),
    countHandOvers('out'),
    countNotices(ctx),
    countRuns(ctx),
  ])
  return { toCall: toCall.people, ending: ending.people, handOvers, handedOn, notices, warnings }
}
