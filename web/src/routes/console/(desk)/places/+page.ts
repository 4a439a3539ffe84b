import { api } from '#lib/api.ts'
import { listScope } from '#lib/console/scope.ts'
import type { Page, Place, PlaceKind } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

export const load: PageLoad = async ({ fetch, url, parent }) => {
  const { account } = await parent()
  const asked = (name: string) => url.searchParams.get(name)
  const query = {
    q: asked('q'),
    kind: asked('kind'),
    area: asked('area'),
    state: asked('state'),
    sort: asked('sort'),
    cursor: asked('cursor'),
    limit: 50,
  }
  const [places, kinds, units] = await Promise.all([
    api(fetch).get<Page<Place>>('/places', { params: { query } }),
    api(fetch).get<Page<PlaceKind>>('/place-kinds'),
    listScope(fetch, account),
  ])
  return { places, kinds: kinds.items, units, query }
}
