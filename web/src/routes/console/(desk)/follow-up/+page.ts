import { api, attempt } from '#lib/api.ts'
import { listScope } from '#lib/console/scope.ts'
import { today } from '#lib/format.ts'
import type { FollowUp, FollowUpCount, FollowUpReport, HandOver, Page } from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

export const load: PageLoad = async ({ fetch, url, parent, depends }) => {
  depends('follow-up:list')
  const { account, me } = await parent()
  const mayRead = me.permissions.includes('followUp.read')
  const asked = (name: string) => url.searchParams.get(name) || null
  const tab =
    !mayRead || asked('tab') === 'figures' ? 'figures' : asked('tab') === 'handed' ? 'handed' : 'list'
  const isOfSome = ['measure', 'caseId', 'caseNumber'].some(asked)
  const show = asked('show') ?? (isOfSome ? 'all' : 'today')
  const measure = asked('measure')
  const on = asked('on') ?? today()
  const area = asked('area')
  /** What the list asks for, and a file of it, too. */
  const filter = {
    state: show === 'ended' ? 'ended' : null,
    due: ['today', 'late', 'unseen', 'ending'].includes(show) ? show : null,
    status: asked('status'),
    label: asked('label'),
    exposedOn: asked('exposedOn'),
    caseId: asked('caseId'),
    caseNumber: asked('caseNumber'),
    area,
    measure,
    on: measure ? on : null,
  }
  const direction = asked('direction') === 'out' ? ('out' as const) : ('in' as const)
  const state = asked('state')
  const countOf = (query: typeof filter) =>
    api(fetch).get<FollowUpCount>('/follow-up-counts', { params: { query } })
  const [listed, handed, report, units] = await Promise.all([
    tab === 'list'
      ? attempt(
          Promise.all([
            api(fetch).get<Page<FollowUp>>('/follow-ups', {
              params: { query: { ...filter, sort: asked('sort'), cursor: asked('cursor'), limit: 50 } },
            }),
            countOf(filter),
            filter.label === null ? countOf({ ...filter, label: 'F1' }) : null,
          ]),
        )
      : null,
    tab === 'handed'
      ? api(fetch).get<Page<HandOver>>('/hand-overs', {
          params: { query: { direction, state, cursor: asked('cursor'), limit: 50 } },
        })
      : null,
    tab === 'figures'
      ? api(fetch).get<FollowUpReport>('/reports/follow-up', {
          params: { query: { on, area: area ?? account.roles[0]?.area.code } },
        })
      : null,
    listScope(fetch, account),
  ])
  return {
    tab,
    show,
    filter,
    on,
    direction,
    state,
    listed,
    handed,
    report,
    units,
    sheet: asked('sheet'),
  }
}
