import type { Context } from '../../platform/context.ts'
import { dayBounds, dayIn } from '../../platform/days.ts'
import { accessProblem } from '../../platform/problem.ts'
import { areaRef, getAreaInForce, listAreas } from '../areas/index.ts'
import { listSectors } from '../places/index.ts'
import { DEFINITIONS_VERSION, definitions } from './definitions.ts'
import { countDay } from './queries.ts'
import type { DailyReportQuery } from './schema.ts'

const knownSectors = listSectors()

/** The sectors whose places the caller may count in an area; null: all, and what belongs to no place too. */
async function sectorsWithin(ctx: Context, areaId: number): Promise<typeof knownSectors | null> {
  if (await ctx.mayReach({ areaId })) return null
  const reached: typeof knownSectors = []
  for (const sector of knownSectors)
    if (await ctx.mayReach({ areaId, sector: sector.code })) reached.push(sector)
  if (reached.length === 0) throw accessProblem.outOfReach()
  return reached
}

/** The figures of one day for an area and each unit below it. Without an area: the caller's own. */
export async function readDailyReport(
  ctx: Context,
  { on = dayIn(ctx.services.timeZone, ctx.now), area }: DailyReportQuery,
) {
  const areaId = area ? (await getAreaInForce(ctx.sql, area, on)).id : ctx.reach()[0]?.areaId
  if (areaId === undefined) throw accessProblem.outOfReach()
  const sectors = await sectorsWithin(ctx, areaId)
  const below = await listAreas(ctx.sql, { parentId: areaId, on }, { limit: 1000 })
  const ids = below.length > 0 ? below.map(({ id }) => id) : [areaId]
  const { from, to } = dayBounds(ctx.services.timeZone, on)
  const counted = {
    areaIds: [...new Set([areaId, ...ids])],
    sectors: sectors?.map(({ code }) => code) ?? null,
    from,
    to,
  }
  const figures = new Map((await countDay(ctx.sql, counted)).map((row) => [row.areaId, row]))
  const rows = ids.map(async (id) => ({ area: (await areaRef(ctx.sql, id))!, ...figures.get(id)! }))
  return {
    on,
    area: (await areaRef(ctx.sql, areaId))!,
    sectors,
    totals: figures.get(areaId)!,
    rows: await Promise.all(rows),
    definitionsVersion: DEFINITIONS_VERSION,
    definitions,
  }
}
