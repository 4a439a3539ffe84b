import type { Topology } from 'topojson-specification'
import { api, attempt } from '#lib/api.ts'
import { today } from '#lib/format.ts'
import type { Area, DailyReport } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

const PROVINCE = 1

/** Maps are large and do not change while one works. */
const maps = new Map<string, Topology>()

async function findMap(fetch: typeof globalThis.fetch, code: string): Promise<Topology | null> {
  const known = maps.get(code)
  if (known) return known
  const { data } = await attempt(
    api(fetch).get<Topology>('/areas/boundaries/{code}', { params: { path: { code } } }),
  )
  if (data) maps.set(code, data)
  return data ?? null
}

export const load: PageLoad = async ({ fetch, url, parent }) => {
  const { account } = await parent()
  const on = url.searchParams.get('on') || today()
  const code = url.searchParams.get('area') ?? account.roles[0]?.area.code
  const report = await api(fetch).get<DailyReport>('/reports/daily', {
    params: { query: { on, area: code } },
  })
  const area = await api(fetch).get<Area>('/areas/{code}', { params: { path: { code: report.area.code } } })
  const map = area.level === PROVINCE ? await findMap(fetch, area.code) : null
  // The way up ends where the officer's own areas end.
  const own = account.roles.some((role) => role.area.code === area.code)
  return { report, area, map, up: own ? null : area.parentCode, on }
}
