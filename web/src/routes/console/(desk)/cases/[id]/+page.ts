import type { Topology } from 'topojson-specification'
import { api, attempt } from '#lib/api.ts'
import type {
  Area,
  CaseClassification,
  CaseDateChange,
  CaseEdge,
  Contact,
  ContactCounts,
  ContactMarking,
  ExposurePoint,
  InterviewForm,
  InterviewSummary,
  LabResult,
  OfficialNotice,
  Page,
  Trace,
  TraceContact,
  TraceContactCounts,
  TracePlaces,
} from '#lib/shapes.ts'
import type { PageLoad } from './$types.js'

const PAGE = 50
const PROVINCE = 1

const views = ['found', 'marked', 'points', 'chain'] as const
const onlys = ['new', 'beside', 'unmarked', 'farther', 'gone'] as const
const sures = ['recorded', 'partly', 'estimated', 'told'] as const
/** So many of the places of a list are offered, those of most people. */
const PLACES = 200
const tabs = ['contacts', 'record', 'interviews', 'map'] as const
type Tab = (typeof tabs)[number]
type Fetch = typeof globalThis.fetch
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Maps are large and do not change while one works. */
const maps = new Map<string, Topology>()

/** The communes of the province in which a unit lies. */
async function findMap(fetch: Fetch, code: string): Promise<Topology | null> {
  let area = await api(fetch).get<Area>('/areas/{code}', { params: { path: { code } } })
  while (area.level > PROVINCE && area.parentCode)
    area = await api(fetch).get<Area>('/areas/{code}', { params: { path: { code: area.parentCode } } })
  const known = maps.get(area.code)
  if (known) return known
  const params = { path: { code: area.code } }
  const { data } = await attempt(api(fetch).get<Topology>('/areas/boundaries/{code}', { params }))
  if (data) maps.set(area.code, data)
  return data ?? null
}

async function loadContacts(fetch: Fetch, id: string, asked: (name: string) => string | null) {
  const path = { id }
  const traces = await api(fetch).get<Page<Trace>>('/cases/{id}/traces', {
    params: { path, query: { limit: 10 } },
  })
  const named = traces.items.find(({ id }) => id === asked('trace'))
  const trace = named ?? traces.items[0]
  const view = views.find((one) => one === asked('view')) ?? 'found'
  const hop = Number(asked('hop') || 1)
  const only =
    onlys.find(
      (one) => one === asked('only') && ((one !== 'new' && one !== 'gone') || trace?.follows != null),
    ) ?? null

  const isDone = view === 'found' && trace?.status === 'done'
  const unknown =
    view === 'found' && asked('trace') && !named
      ? ('trace' as const)
      : isDone && !(Number.isInteger(hop) && hop >= 1 && hop <= trace.parameters.hops)
        ? ('hop' as const)
        : isDone && asked('place') && !UUID.test(asked('place')!)
          ? ('place' as const)
          : undefined
  const isFound = isDone && !unknown && trace.listDeletedAt === null
  const places =
    isFound && only !== 'gone'
      ? await api(fetch).get<TracePlaces>('/traces/{id}/places', {
          params: { path: { id: trace.id }, query: { hop, limit: PLACES } },
        })
      : null
  /** Until it is known where people were met, the list is that of everywhere. */
  const place = places?.isKnown ? asked('place') || null : null
  const sure = places?.isKnown ? (sures.find((one) => one === asked('sure')) ?? null) : null
  const filter = { hop, ...(only ? { [only]: true } : {}), place, sure }
  const onPage = { cursor: asked('cursor'), limit: PAGE }
  const found = isFound
    ? await attempt(
        api(fetch).get<Page<TraceContact>>('/traces/{id}/contacts', {
          params: { path: { id: trace.id }, query: { ...filter, sort: asked('sort'), ...onPage } },
        }),
      )
    : null
  const foundCounts = found?.data
    ? await api(fetch).get<TraceContactCounts>('/traces/{id}/contact-counts', {
        params: { path: { id: trace!.id }, query: filter },
      })
    : null
  const marked =
    view === 'marked'
      ? await attempt(
          api(fetch).get<Page<Contact>>('/cases/{id}/contacts', { params: { path, query: onPage } }),
        )
      : null
  const markings =
    view === 'marked'
      ? await api(fetch).get<Page<ContactMarking>>('/cases/{id}/contact-markings', {
          params: { path, query: { limit: 10 } },
        })
      : null
  const counts =
    view === 'marked'
      ? await api(fetch).get<ContactCounts>('/cases/{id}/contact-counts', { params: { path } })
      : null
  const points =
    view === 'points'
      ? await api(fetch).get<Page<ExposurePoint>>('/cases/{id}/exposure-points', { params: { path } })
      : null
  const published =
    view === 'points'
      ? await api(fetch).get<Page<OfficialNotice>>('/notices', {
          params: { query: { caseId: id, status: 'released', limit: 1 } },
        })
      : null
  return {
    traces: traces.items,
    trace,
    view,
    hop,
    only,
    places,
    place,
    sure,
    unknown: unknown ?? (found?.problem || marked?.problem ? ('page' as const) : undefined),
    found: found?.data,
    foundCounts,
    marked: marked?.data,
    markings: markings?.items ?? [],
    counts,
    points: points?.items,
    published: published?.items[0],
  }
}

async function loadRecord(fetch: Fetch, id: string) {
  const params = { path: { id } }
  const [history, changes, results] = await Promise.all([
    api(fetch).get<Page<CaseClassification>>('/cases/{id}/classifications', { params }),
    api(fetch).get<Page<CaseDateChange>>('/cases/{id}/date-changes', { params }),
    api(fetch).get<Page<LabResult>>('/cases/{id}/lab-results', { params }),
  ])
  return { history: history.items, changes: changes.items, results: results.items }
}

async function loadInterviews(fetch: Fetch, id: string, cursor: string | null) {
  const path = { id }
  const [forms, interviews, edges] = await Promise.all([
    api(fetch).get<Page<InterviewForm>>('/interview-forms'),
    api(fetch).get<Page<InterviewSummary>>('/cases/{id}/interviews', {
      params: { path, query: { limit: 100 } },
    }),
    api(fetch).get<Page<CaseEdge>>('/cases/{id}/edges', { params: { path, query: { cursor, limit: PAGE } } }),
  ])
  return { form: forms.items[0], interviews: interviews.items, edges }
}

/** What was published of the case and should be withdrawn. */
const listDoubtful = async (fetch: Fetch, caseId: string) =>
  (
    await api(fetch).get<Page<OfficialNotice>>('/notices', {
      params: { query: { caseId, show: 'toWithdraw', limit: 20 } },
    })
  ).items

/** Each tab reads what it shows and no more: every reading of a case is on record. */
export const load: PageLoad = async ({ fetch, params, url, depends, parent }) => {
  depends('case:contacts')
  const asked = (name: string) => url.searchParams.get(name)
  const tab: Tab = tabs.find((one) => one === asked('tab')) ?? 'contacts'
  const { record, me } = await parent()
  return {
    tab,
    doubtful: me.permissions.includes('notice.draft') ? await listDoubtful(fetch, params.id) : [],
    isNew: asked('new') === '1',
    contacts: tab === 'contacts' ? await loadContacts(fetch, params.id, asked) : null,
    told: tab === 'record' ? await loadRecord(fetch, params.id) : null,
    asked: tab === 'interviews' ? await loadInterviews(fetch, params.id, asked('cursor')) : null,
    topology: tab === 'map' ? await findMap(fetch, record.area.code).catch(() => null) : null,
  }
}
