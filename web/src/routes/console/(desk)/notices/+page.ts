import { api } from '#lib/api.ts'
import type { OfficialNotice, Page, WarningRun } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

export const load: PageLoad = async ({ fetch, url, depends, parent }) => {
  depends('notices:list')
  const { me } = await parent()
  const asked = (name: string) => url.searchParams.get(name)
  const mayDraft = me.permissions.includes('notice.draft')
  const tab = asked('tab') === 'warnings' || !mayDraft ? ('warnings' as const) : ('notices' as const)
  const query = { status: asked('status'), sort: asked('sort'), cursor: asked('cursor'), limit: 20 }
  return {
    tab,
    status: query.status,
    notices:
      tab === 'notices'
        ? await api(fetch).get<Page<OfficialNotice>>('/notices', {
            params: { query: { ...query, caseId: asked('case') } },
          })
        : null,
    runs:
      tab === 'warnings'
        ? await api(fetch).get<Page<WarningRun>>('/warning-runs', { params: { query } })
        : null,
  }
}
