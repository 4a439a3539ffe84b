import { api } from '#lib/api.ts'
import { today } from '#lib/format.ts'
import type { CaseRecord, DailyReport, Desk, Page, Reading, RenewedCase, Trace } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

const SHOWN = 5

const dayBefore = () => today(new Date(Date.now() - 86_400_000))

/** The newest cases with how far their last trace is. */
async function listCases(fetch: typeof globalThis.fetch, mayTrace: boolean) {
  const { items, next } = await api(fetch).get<Page<CaseRecord>>('/cases', {
    params: { query: { limit: SHOWN } },
  })
  const traces = await Promise.all(
    items.map(async ({ id }) => {
      if (!mayTrace) return undefined
      const params = { path: { id }, query: { limit: 1 } }
      return (await api(fetch).get<Page<Trace>>('/cases/{id}/traces', { params })).items[0]
    }),
  )
  return { more: next !== null, items: items.map((record, at) => ({ record, trace: traces[at] })) }
}

async function readFigures(fetch: typeof globalThis.fetch, area: string | undefined) {
  const of = (on: string) =>
    api(fetch).get<DailyReport>('/reports/daily', { params: { query: { on, area } } })
  const [now, before] = await Promise.all([of(today()), of(dayBefore())])
  return { now, before: before.totals }
}

export const load: PageLoad = async ({ fetch, parent }) => {
  const { me, account } = await parent()
  const may = (permission: string) => me.permissions.includes(permission)
  const [desk, cases, renewed, figures, readings] = await Promise.all([
    may('followUp.read') ? api(fetch).get<Desk>('/desk') : null,
    may('case.read') ? listCases(fetch, may('case.trace')) : null,
    may('case.trace')
      ? api(fetch).get<Page<RenewedCase>>('/renewed-cases', { params: { query: { limit: SHOWN } } })
      : null,
    may('report.read') ? readFigures(fetch, account.roles[0]?.area.code) : null,
    may('reading.read')
      ? api(fetch).get<Page<Reading>>('/readings', { params: { query: { limit: SHOWN } } })
      : null,
  ])
  return { desk, cases, renewed: renewed?.items ?? [], figures, readings: readings?.items ?? null }
}
