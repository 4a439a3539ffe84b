import { api } from '#lib/api.ts'
import { listScope } from '#lib/console/scope.ts'
import type { CaseRecord, DiseaseProfile, Page } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

export const load: PageLoad = async ({ fetch, url, parent }) => {
  const { account } = await parent()
  const asked = (name: string) => url.searchParams.get(name)
  const query = {
    q: asked('q'),
    disease: asked('disease'),
    status: asked('status'),
    area: asked('area'),
    sort: asked('sort'),
    cursor: asked('cursor'),
    limit: 50,
  }
  const [cases, profiles, units] = await Promise.all([
    api(fetch).get<Page<CaseRecord>>('/cases', { params: { query } }),
    api(fetch).get<Page<DiseaseProfile>>('/disease-profiles'),
    listScope(fetch, account),
  ])
  return { cases, profiles: profiles.items, units, query }
}
