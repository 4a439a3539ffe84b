import { api } from '#lib/api.ts'
import { findMap } from '#lib/console/maps.ts'
import { listScope } from '#lib/console/scope.ts'
import { today } from '#lib/format.ts'
import type {
  Account,
  Area,
  DiseaseProfile,
  Page,
  PlaceKind,
  Zone,
  ZoneRules,
  ZoneSummary,
} from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

type Fetch = typeof globalThis.fetch

const PROVINCE = 1
const COMMUNE = 3

/** The page is a list, one zone of it (`?zone=`), or the drafting of one (`?draft=new` or its id). */
export const load: PageLoad = async ({ fetch, url, parent, depends }) => {
  depends('zone:one')
  const { account } = await parent()
  const asked = (name: string) => url.searchParams.get(name)
  const kinds = async () => (await api(fetch).get<Page<PlaceKind>>('/place-kinds')).items

  const id = asked('zone')
  if (id) {
    const zone = await readZone(fetch, id)
    const [map, names] = await Promise.all([findMapOf(fetch, zone.area.code), kinds()])
    return { view: 'one' as const, zone, map, kinds: names }
  }

  const draft = asked('draft')
  if (draft) {
    const zone = draft === 'new' ? null : await readZone(fetch, draft)
    const code = zone?.area.code ?? asked('area') ?? authorities(account)[0]?.code ?? ''
    const [map, communes, rules, names, profiles] = await Promise.all([
      findMapOf(fetch, code),
      listCommunes(fetch, code),
      api(fetch).get<ZoneRules>('/zone-rules'),
      kinds(),
      api(fetch).get<Page<DiseaseProfile>>('/disease-profiles'),
    ])
    return {
      view: 'draft' as const,
      zone,
      code,
      authorities: authorities(account),
      map,
      communes,
      rules,
      kinds: names,
      profiles: profiles.items,
    }
  }

  const query = {
    q: asked('q'),
    area: asked('area'),
    state: asked('state'),
    on: asked('on'),
    sort: asked('sort'),
    cursor: asked('cursor'),
    limit: 50,
  }
  const [zones, units] = await Promise.all([
    api(fetch).get<Page<ZoneSummary>>('/zones', { params: { query } }),
    listScope(fetch, account),
  ])
  return { view: 'list' as const, zones, units, query, today: today() }
}

const readZone = (fetch: Fetch, id: string) =>
  api(fetch).get<Zone>('/zones/{id}', { params: { path: { id } } })

/** The units for which somebody drafts: those of their roles as health officers. */
const authorities = ({ roles }: Account) => [
  ...new Map(
    roles.filter(({ role }) => role === 'health_officer').map(({ area }) => [area.code, area]),
  ).values(),
]

/** The map of the province in which a unit lies. */
async function findMapOf(fetch: Fetch, code: string) {
  const area = await api(fetch).get<Area>('/areas/{code}', { params: { path: { code } } })
  const province = area.level === PROVINCE ? area.code : area.parentCode
  return province ? findMap(fetch, province) : null
}

/** Communes that may be part of a zone of this unit; the commune itself, where it is one. */
async function listCommunes(fetch: Fetch, code: string): Promise<Area[]> {
  const area = await api(fetch).get<Area>('/areas/{code}', { params: { path: { code } } })
  if (area.level === COMMUNE) return [area]
  const query = { parent: code, level: COMMUNE, limit: 1000 }
  return (await api(fetch).get<Page<Area>>('/areas', { params: { query } })).items
}
