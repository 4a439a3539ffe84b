import { api } from '#lib/api.ts'
import type { Contact, ExposurePoint, OfficialNotice, Page, Trace, TraceContact } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

const PAGE = 50
/** As many as one call can give: what was reached and what was not is counted over all of them. */
const ALL = 1000

const views = ['found', 'marked', 'points', 'chain'] as const

export const load: PageLoad = async ({ fetch, params, url, depends }) => {
  depends('case:contacts')
  const asked = (name: string) => url.searchParams.get(name)
  const path = { id: params.id }
  const traces = await api(fetch).get<Page<Trace>>('/cases/{id}/traces', {
    params: { path, query: { limit: 10 } },
  })
  const trace = traces.items.find(({ id }) => id === asked('trace')) ?? traces.items[0]
  const view = views.find((one) => one === asked('view')) ?? 'found'
  const hop = Number(asked('hop')) || 1

  const found =
    view === 'found' && trace?.status === 'done'
      ? await api(fetch).get<Page<TraceContact>>('/traces/{id}/contacts', {
          params: {
            path: { id: trace.id },
            query: { hop, sort: asked('sort'), cursor: asked('cursor'), limit: PAGE },
          },
        })
      : null
  const marked =
    view === 'marked'
      ? await api(fetch).get<Page<Contact>>('/cases/{id}/contacts', {
          params: { path, query: { cursor: asked('cursor'), limit: ALL } },
        })
      : null
  const points =
    view === 'points'
      ? await api(fetch).get<Page<ExposurePoint>>('/cases/{id}/exposure-points', { params: { path } })
      : null
  const published =
    view === 'points'
      ? await api(fetch).get<Page<OfficialNotice>>('/notices', {
          params: { query: { caseId: params.id, status: 'released', limit: 1 } },
        })
      : null
  return {
    traces: traces.items,
    trace,
    view,
    hop,
    found,
    marked,
    points: points?.items,
    published: published?.items[0],
    isNew: asked('new') === '1',
  }
}
