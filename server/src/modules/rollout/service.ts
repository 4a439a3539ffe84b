import type { Context } from '../../platform/context.ts'
import { dayBounds, dayIn } from '../../platform/days.ts'
import { accessProblem } from '../../platform/problem.ts'
import { areaRef, getAreaInForce, listAreas } from '../areas/index.ts'
import { DEFINITIONS_VERSION, definitions } from './definitions.ts'
import { countDay } from './queries.ts'
import type { DailyReportQuery } from './schema.ts'

/** The figures of one day for an area and each unit below it. Without an area: the caller's own. */
export async function readDailyReport(
  ctx: Context,
  { on = dayIn(ctx.services.timeZone, ctx.now), area }: DailyReportQuery,
) {
  const areaId = area ? (await getAreaInForce(ctx.sql, area, on)).id : ctx.areaIds()[0]
  if (areaId === undefined) throw accessProblem.outOfReach()
  await ctx.assertReach({ areaId })
  const below = await listAreas(ctx.sql, { parentId: areaId, on }, { limit: 1000 })
  const ids = below.length > 0 ? below.map(({ id }) => id) : [areaId]
  const { from, to } = dayBounds(ctx.services.timeZone, on)
  const figures = new Map(
    (await countDay(ctx.sql, [...new Set([areaId, ...ids])], from, to)).map((row) => [row.areaId, row]),
  )
  const rows = ids.map(async (id) => ({ area: (await areaRef(ctx.sql, id))!, ...figures.get(id)! }))
  return {
    on,
    area: (await areaRef(ctx.sql, areaId))!,
    totals: figures.get(areaId)!,
    rows: await Promise.all(rows),
    definitionsVersion: DEFINITIONS_VERSION,
    definitions,
  }
}
