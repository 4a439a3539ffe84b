import { api } from '#lib/api.ts'
import type { Page, TraceBatch, TraceOfBatch, UntracedCases } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

const EARLIER = 20
const PAGE = 50

/** One batch and what came of it, or the cases that could be traced and the batches before. */
export const load: PageLoad = async ({ fetch, url, depends }) => {
  depends('cases:many')
  const asked = (name: string) => url.searchParams.get(name)
  const id = asked('batch')
  const query = { from: asked('from'), to: asked('to') }
  const cursor = asked('cursor')
  if (id) {
    const params = { path: { id } }
    const [batch, results] = await Promise.all([
      api(fetch).get<TraceBatch>('/trace-batches/{id}', { params }),
      api(fetch).get<Page<TraceOfBatch>>('/trace-batches/{id}/traces', {
        params: { ...params, query: { cursor, limit: PAGE } },
      }),
    ])
    return { batch: { ...batch, results }, query }
  }
  const [untraced, earlier] = await Promise.all([
    api(fetch).get<UntracedCases>('/untraced-cases', {
      params: { query: { ...query, cursor, limit: PAGE } },
    }),
    api(fetch).get<Page<TraceBatch>>('/trace-batches', { params: { query: { limit: EARLIER } } }),
  ])
  return { untraced, earlier: earlier.items, query }
}
