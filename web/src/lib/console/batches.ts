import { api, attempt } from '#lib/api.ts'
import type { TraceBatch } from '#lib/shapes.ts'

/** As many cases as one call takes. */
export const MOST_CASES = 2000

/** Asks for the contacts of many cases, and answers where that can be followed. */
export async function traceMany(caseIds: readonly string[]) {
  const { data, problem } = await attempt(
    api(fetch).post<TraceBatch>('/trace-batches', { body: { caseIds, beside: true } }),
  )
  return { problem, href: data && `/console/cases/many?batch=${data.id}` }
}
