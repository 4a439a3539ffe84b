import { api } from '#lib/api.ts'
import { listScope } from '#lib/console/scope.ts'
import { dateOf } from '#lib/dates.ts'
import type { Chain, Chains, DiseaseProfile, Page, SpreadingPlace, TransmissionFigures } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

/** `22/11/2026`, as it is shown, or as an address may hold it: `2026-11-22`. */
function readDay(text: string | null): string | null {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text?.trim() ?? '') ?? []
  if (year && month && day) return dateOf(year, month, day)
  const [y = '', mo = '', d = ''] = text?.trim().split('-') ?? []
  return dateOf(y, mo, d)
}

const views = ['tree', 'network'] as const

export const load: PageLoad = async ({ fetch, url, parent }) => {
  const { account } = await parent()
  const asked = (name: string) => url.searchParams.get(name) || null
  const day = readDay(asked('asOf'))
  const misread = asked('asOf') !== null && day === null
  const asOf = day
  const caseId = asked('case')
  const tab = asked('tab') === 'figures' ? ('figures' as const) : ('list' as const)
  const common = {
    asOf,
    misread,
    typed: asked('asOf') ?? '',
    caseId,
    tab,
    view: views.find((one) => one === asked('view')) ?? 'tree',
  }
  const none = { chain: null, chains: null, figures: null, places: null, profiles: [], units: [], query: {} }
  if (caseId) {
    const chain = await api(fetch).get<Chain>('/cases/{id}/chain', {
      params: { path: { id: caseId }, query: { asOf } },
    })
    return { ...common, ...none, chain }
  }
  const [profiles, units] = await Promise.all([
    api(fetch).get<Page<DiseaseProfile>>('/disease-profiles'),
    listScope(fetch, account),
  ])
  const area = asked('area')
  if (tab === 'figures') {
    const disease = asked('disease') ?? profiles.items[0]!.id
    const query = { asOf, area, disease }
    const [figures, places] = await Promise.all([
      api(fetch).get<TransmissionFigures>('/transmission/figures', { params: { query } }),
      api(fetch).get<Page<SpreadingPlace>>('/transmission/places', {
        params: { query: { ...query, cursor: asked('cursor'), limit: 20 } },
      }),
    ])
    return { ...common, ...none, figures, places, profiles: profiles.items, units, query: { area, disease } }
  }
  const query = { area, disease: asked('disease'), status: asked('status') }
  const chains = await api(fetch).get<Chains>('/chains', {
    params: { query: { ...query, asOf, sort: asked('sort'), cursor: asked('cursor'), limit: 50 } },
  })
  return { ...common, ...none, chains, profiles: profiles.items, units, query }
}
