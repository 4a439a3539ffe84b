import { api } from '#lib/api.ts'
import { findMap } from '#lib/console/maps.ts'
import { today } from '#lib/format.ts'
import type { Area, DailyReport, Page, PublicZone } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

const PROVINCE = 1

export const load: PageLoad = async ({ fetch, url, parent }) => {
  const { account } = await parent()
  const on = url.searchParams.get('on') || today()
  const code = url.searchParams.get('area') ?? account.roles[0]?.area.code
  const report = await api(fetch).get<DailyReport>('/reports/daily', {
    params: { query: { on, area: code } },
  })
  const area = await api(fetch).get<Area>('/areas/{code}', { params: { path: { code: report.area.code } } })
  const [map, zones] = await Promise.all([
    area.level === PROVINCE ? findMap(fetch, area.code) : null,
    api(fetch).get<Page<PublicZone>>('/public/zones', { params: { query: { area: area.code, limit: 200 } } }),
  ])
  // The way up ends where the officer's own areas end.
  const own = account.roles.some((role) => role.area.code === area.code)
  return { report, area, map, zones: zones.items, up: own ? null : area.parentCode, on }
}
