import { api, attempt } from './api.ts'
import type { Area } from './shapes.ts'

/** The level of a commune: the unit that an address ends with. */
export const COMMUNE = 3

/** Units whose name holds the text; diacritics may be left out. */
export async function findAreas(
  fetch: typeof globalThis.fetch,
  q: string,
  level: number = COMMUNE,
  signal?: AbortSignal,
): Promise<Area[]> {
  if (!q.trim()) return []
  const answer = await api(fetch).get<{ items: Area[] }>('/areas', {
    params: { query: { q: q.trim(), level, limit: 20 } },
    ...(signal ? { signal } : {}),
  })
  return answer.items
}

/** The units right under another one, or the provinces. */
export async function listAreas(fetch: typeof globalThis.fetch, parent?: string): Promise<Area[]> {
  const query = parent ? { parent, limit: 1000 } : { level: 1, limit: 1000 }
  return (await api(fetch).get<{ items: Area[] }>('/areas', { params: { query } })).items
}

/**
 * The action behind the search button of an `<AreaPicker>` for those without script: gives back everything that was typed,
 * and what was found. `actions = { area: async ({ request, fetch }) => findAreasForForm(fetch, await request.formData()) }`
 */
export async function findAreasForForm(fetch: typeof globalThis.fetch, form: FormData, name = 'areaCode') {
  const values: Record<string, string> = {}
  for (const [key, value] of form) if (typeof value === 'string') values[key] = value
  const { data } = await attempt(findAreas(fetch, values[`${name}_search`] ?? ''))
  return { values, areas: data ?? [], problem: undefined }
}
