import { api, orErrorPage } from '#lib/api.ts'
import type { OutboxMessage } from '#lib/shapes.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch }) => {
  const { items } = await orErrorPage(api(fetch).get<{ items: OutboxMessage[] }>('/demo/outbox'))
  return { items }
}
