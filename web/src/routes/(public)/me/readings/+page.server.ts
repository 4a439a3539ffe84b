import { api, orErrorPage } from '#lib/api.ts'
import type { OwnReading, Page } from '#lib/shapes.ts'
import { citizenOf } from '../citizen.ts'
import { listPeople } from '../people.ts'
import { tellReading } from '../readings.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ fetch, parent, url }) => {
  const { me } = await parent()
  citizenOf(me, url)
  const query = { cursor: url.searchParams.get('cursor'), limit: 20 }
  const [people, readings] = await Promise.all([
    listPeople(fetch, url),
    orErrorPage(api(fetch).get<Page<OwnReading>>('/me/readings', { params: { query } })),
  ])
  const items = readings.items.map((reading) => tellReading(reading, people))
  return { items, next: readings.next, several: people.length > 1 }
}
