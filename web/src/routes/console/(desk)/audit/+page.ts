import { api } from '#lib/api.ts'
import type { AuditEntry, Page, Reading } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

export const load: PageLoad = async ({ fetch, url, depends }) => {
  depends('audit:list')
  const asked = (name: string) => url.searchParams.get(name)
  const cursor = asked('cursor')
  const personId = asked('person')
  const action = asked('action')
  const tab = asked('tab') === 'trail' ? ('trail' as const) : ('readings' as const)
  return {
    tab,
    personId,
    action,
    readings:
      tab === 'readings'
        ? await api(fetch).get<Page<Reading>>('/readings', {
            params: { query: { personId, cursor, limit: 50 } },
          })
        : null,
    trail:
      tab === 'trail'
        ? await api(fetch).get<Page<AuditEntry>>('/audit', {
            params: { query: { action, cursor, limit: 50 } },
          })
        : null,
  }
}
