import { api, orErrorPage } from '#lib/api.ts'
import type { Page, Person } from '#lib/shapes.ts'

/** Everybody on this phone, its holder first. */
export async function listPeople(fetch: typeof globalThis.fetch, url?: URL): Promise<Person[]> {
  const { items } = await orErrorPage(api(fetch).get<Page<Person>>('/me/people'), url)
  return items.toSorted((one, other) => Number(other.isHolder) - Number(one.isHolder))
}
