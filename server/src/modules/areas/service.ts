import type { Sql } from '../../platform/database.ts'
import { cursorOf, pageOf, readCursor } from '../../platform/paging.ts'
import { requestProblem } from '../../platform/problem.ts'
import { areaProblem } from './problems.ts'
import * as queries from './queries.ts'
import { combinedCoverage, dayOf } from './rules.ts'

/** The unit with this code on a day; when it is known but not in force then, the problem names its successors. */
export async function getAreaInForce(sql: Sql, code: string, on: Date | string): Promise<queries.AreaRow> {
  const day = dayOf(on)
  const area = await queries.findArea(sql, code, day)
  if (area) return area
  const near = await queries.findAreaNear(sql, code, day)
  if (!near) throw areaProblem.unknown()
  const { fullName, path, validFrom, validTo } = near
  throw areaProblem.notInForce({
    details: {
      code,
      fullName,
      path,
      validFrom,
      validTo,
      on: day,
      successors: await successorsOf(sql, near.id, day),
    },
  })
}

async function successorsOf(sql: Sql, areaId: number, on: string) {
  const rows = await queries.listSuccessors(sql, areaId, on)
  return rows.map(({ id, ways, ...row }) => ({ ...row, coverage: combinedCoverage(ways, rows.length) }))
}

type Search = {
  parent?: string
  on: string
  level?: number
  q?: string
  limit?: number
  cursor?: string
}

export async function searchAreas(sql: Sql, { parent, on, level, q, limit = 200, cursor }: Search) {
  const after = cursor ? readPosition(cursor) : undefined
  const wanted = { on, level, q, ...(parent ? { parentId: (await getAreaInForce(sql, parent, on)).id } : {}) }
  const window = { limit: limit + 1, ...(after ? { after } : {}) }
  const rows = await queries.listAreas(sql, wanted, window)
  return pageOf(rows, limit, (last) => cursorOf(last.rank, last.sortOrder))
}

function readPosition(cursor: string) {
  const [rank, sortOrder] = readCursor(cursor, 2)!.map(Number)
  const fits = (n: number | undefined): n is number => Number.isInteger(n) && Math.abs(n!) < 2 ** 31
  if (fits(rank) && fits(sortOrder)) return { rank, sortOrder }
  throw requestProblem.invalid({ fields: [{ field: 'cursor', reason: 'unknown' }] })
}

/** What holds, on a day, the territory that the code meant on an earlier one. */
export async function traceSuccessors(sql: Sql, code: string, { from, on }: { from?: string; on: string }) {
  const area = from
    ? await getAreaInForce(sql, code, from)
    : ((await queries.findEndedArea(sql, code, on)) ?? (await getAreaInForce(sql, code, on)))
  const items = await successorsOf(sql, area.id, on)
  return { from: area, on, needsChoice: items.length > 1, items }
}
