import type { Topology } from 'topojson-specification'
import { api, attempt } from '#lib/api.ts'

/** Maps are large and do not change while one works. */
const maps = new Map<string, Topology>()

export async function findMap(fetch: typeof globalThis.fetch, code: string): Promise<Topology | null> {
  const known = maps.get(code)
  if (known) return known
  const { data } = await attempt(
    api(fetch).get<Topology>('/areas/boundaries/{code}', { params: { path: { code } } }),
  )
  if (data) maps.set(code, data)
  return data ?? null
}
