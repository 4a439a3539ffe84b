import { redirect } from '@sveltejs/kit'
import { api } from '#lib/api.ts'
import type { Desk, OfficialNotice, Page, WarningRun } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

const shows: readonly string[] = ['toRelease', 'own', 'toWithdraw']

/** Where something waits for this officer; else where there is anything. */
async function firstTab(fetch: typeof globalThis.fetch) {
  const { notices, warnings } = await api(fetch).get<Desk>('/desk')
  if (notices.toRelease + notices.toWithdraw > 0) return 'notices'
  if (warnings.toRelease > 0) return 'warnings'
  const params = { query: { limit: 1 } }
  const [some, runs] = await Promise.all([
    api(fetch).get<Page<OfficialNotice>>('/notices', { params }),
    api(fetch).get<Page<WarningRun>>('/warning-runs', { params }),
  ])
  return some.items.length === 0 && runs.items.length > 0 ? 'warnings' : 'notices'
}

export const load: PageLoad = async ({ fetch, url, depends, parent }) => {
  depends('notices:list')
  const { me } = await parent()
  const asked = (name: string) => url.searchParams.get(name)
  const mayDraft = me.permissions.includes('notice.draft')
  const tab = asked('tab') === 'warnings' || !mayDraft ? ('warnings' as const) : ('notices' as const)
  if (url.search === '' && mayDraft && (await firstTab(fetch)) === 'warnings')
    redirect(307, '/console/notices?tab=warnings')
  const status = asked('status')
  const which = status && shows.includes(status) ? { show: status } : { status }
  const query = { ...which, sort: asked('sort'), cursor: asked('cursor'), limit: 20 }
  return {
    tab,
    status,
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
