import { api } from '#lib/api.ts'
import type { CaseRecord, CaseStay, DiseaseProfile, Page, SetAsides } from '#lib/shapes.ts'
import type { LayoutLoad } from './$types.js'

/** The case itself: read once, because every reading is on record, and not again with each page of its contacts. */
export const load: LayoutLoad = async ({ fetch, params, depends }) => {
  depends('case:record')
  const path = { id: params.id }
  const [record, stays, profiles] = await Promise.all([
    api(fetch).get<CaseRecord>('/cases/{id}', { params: { path } }),
    api(fetch).get<Page<CaseStay> & { setAside: SetAsides }>('/cases/{id}/stays', { params: { path } }),
    api(fetch).get<Page<DiseaseProfile>>('/disease-profiles'),
  ])
  return {
    record,
    stays: stays.items,
    setAside: stays.setAside,
    profile: profiles.items.find(({ id }) => id === record.diseaseId),
  }
}
