import { api } from '#lib/api.ts'
import type { DiseaseProfile, Page } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

export const load: PageLoad = async ({ fetch }) => {
  const profiles = await api(fetch).get<Page<DiseaseProfile>>('/disease-profiles')
  return { profiles: profiles.items }
}
