import type { Fragment, Sql } from '../../../platform/database.ts'
import type { AreaRef } from '../../../platform/shapes.ts'
import { lookBack } from '../../visits/index.ts'
import type { CoarseReason, NoticeOrder, NoticeShow, NoticeStatus, Precision, Setting } from './schema.ts'

// — exposure points

export type PointRow = {
  id: number
  publicId: string
  caseId: number
  placeId: number | null
  place: { id: string; name: string; kind: string } | null
  stayedFrom: Date | null
  stayedTo: Date | null
  number: number
  status: 'confirmed' | 'rejected'
  areaId: number | null
  area: AreaRef | null
  fromAt: Date
  toAt: Date
  setting: Setting
  sealed: Buffer | null
  notice: 'waiting' | 'released' | null
}

/** A point as it was judged last. */
const points = (sql: Sql) => sql`
  select p.id, p.public_id, p.case_id, p.place_id, p.stayed_from, p.stayed_to, d.number, d.status, d.from_at, d.to_at,
    d.setting, d.sealed, coalesce(f.area_id, d.area_id) as area_id,
    case when f.place_id is not null then jsonb_build_object('id', f.public_id, 'name', f.name, 'kind', f.kind) end as place,
    case when a.id is not null then
      jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path) end as area,
    (select min(n.status) from notice_entries e join notices n on n.id = e.notice_id
     where e.point_id = p.id and n.status in ('waiting', 'released') and e.withdrawn_on is null) as notice
  from exposure_points p
  join lateral (select * from exposure_point_decisions d where d.point_id = p.id order by number desc limit 1) d on true
  left join place_facts f on f.place_id = p.place_id
  left join area_names a on a.id = coalesce(f.area_id, d.area_id)`

export const listPoints = (sql: Sql, caseId: number) =>
  sql<PointRow[]>`${points(sql)} where p.case_id = ${caseId} order by d.from_at, p.id`

export const findPoint = async (sql: Sql, publicId: string) =>
  (await sql<PointRow[]>`${points(sql)} where p.public_id = ${publicId}`)[0]

/** These points of a case, as far as there are such. */
export const listPointsByPublicId = (sql: Sql, caseId: number, publicIds: readonly string[]) =>
  sql<PointRow[]>`
    ${points(sql)} where p.case_id = ${caseId} and p.public_id = any(${publicIds as string[]}::uuid[]) order by p.id`

/** Nobody judges a point, or puts it into a notice, while another one does. */
export const lockPoints = (sql: Sql, caseId: number) =>
  sql`select from exposure_points where case_id = ${caseId} order by id for update`

type NewPoint = Pick<PointRow, 'publicId' | 'caseId' | 'placeId' | 'stayedFrom' | 'stayedTo'> & {
  createdAt: Date
}

/** Undefined: another officer has just judged this stay. */
export const insertPoint = async (sql: Sql, row: NewPoint) =>
  (
    await sql<{ id: number }[]>`
    insert into exposure_points ${sql(row)} on conflict (case_id, place_id, stayed_from) do nothing returning id`
  )[0]?.id

type NewDecision = Pick<
  PointRow,
  'number' | 'status' | 'areaId' | 'fromAt' | 'toAt' | 'setting' | 'sealed'
> & {
  pointId: number
  decidedBy: number | null
  decidedAt: Date
}

/** False: another officer was faster with this number. */
export const insertDecision = async (sql: Sql, row: NewDecision) =>
  (await sql`insert into exposure_point_decisions ${sql(row)} on conflict do nothing`).count === 1

export type DecisionRow = Omit<NewDecision, 'areaId'>

export const listDecisions = (sql: Sql, caseId: number) =>
  sql<DecisionRow[]>`
    select d.point_id, d.number, d.status, d.from_at, d.to_at, d.setting, d.sealed, d.decided_by, d.decided_at
    from exposure_point_decisions d join exposure_points p on p.id = d.point_id
    where p.case_id = ${caseId} order by d.point_id, d.number desc`

export const findPlaceRow = async (sql: Sql, publicId: string) =>
  (await sql<{ placeId: number }[]>`select place_id from place_facts where public_id = ${publicId}`)[0]
    ?.placeId

/** How many other people were at a place in [from, to), by stays with a recorded end: who may still be there is not counted. */
export const countVisitors = async (
  sql: Sql,
  { placeId, personId, from, to }: { placeId: number; personId: number; from: Date; to: Date },
) =>
  (
    await sql<{ count: number }[]>`
    select count(distinct s.person_id)::int from unnest(${[...lookBack]}::int[]) with ordinality as class (seconds, nth),
      lateral (select person_id from recorded_stays
        where place_id = ${placeId} and length = nth - 1 and left_at > ${from}
          and arrived_at > ${from}::timestamptz - make_interval(secs => seconds) - interval '1 second'
          and arrived_at < ${to} and person_id <> ${personId} offset 0) s`
  )[0]!.count

// — notices

export type NoticeRow = {
  id: number
  publicId: string
  caseId: number
  status: NoticeStatus
  corrects: number | null
  correctsId: string | null
  draftedBy: number
  draftedAt: Date
  decidedBy: number | null
  decidedAt: Date | null
  withdrawnBy: number | null
  withdrawnAt: Date | null
  sealed: Buffer | null
  casePublicId: string
  caseNumber: string
  diseaseId: string
  areaId: number
  area: AreaRef
}

const columns = (sql: Sql) => sql`
  n.id, n.public_id, n.case_id, n.status, n.corrects, n.drafted_by, n.drafted_at, n.decided_by, n.decided_at,
  n.withdrawn_by, n.withdrawn_at, n.sealed, f.public_id as case_public_id, f.number as case_number, f.disease_id, f.area_id,
  (select o.public_id from notices o where o.id = n.corrects) as corrects_id,
  (select jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path)
   from area_names a where a.id = f.area_id) as area`

export const findNotice = async (sql: Sql, publicId: string) =>
  (
    await sql<NoticeRow[]>`
    select ${columns(sql)} from notices n join case_facts f using (case_id) where n.public_id = ${publicId}`
  )[0]

export const lockNotice = async (sql: Sql, id: number) =>
  (
    await sql<NoticeRow[]>`
    select ${columns(sql)} from notices n join case_facts f using (case_id) where n.id = ${id} for update of n`
  )[0]!

const isWithin = (sql: Sql, areaIds: readonly number[]) => sql`exists (
  select from area_within w where w.area_id = f.area_id and w.ancestor_id = any(${areaIds as number[]}::int[]))`

/** What of the drafts waits for somebody, or is what waits of their own. */
const isWaiting = (sql: Sql, show: 'toRelease' | 'own', readerId: number | null) => sql`
  n.status = 'waiting' and n.drafted_by ${show === 'own' ? sql`=` : sql`is distinct from`} ${readerId}`

type Filter = {
  areaIds: readonly number[]
  status: NoticeStatus | undefined
  caseId: string | undefined
  show: Exclude<NoticeShow, 'toWithdraw'> | undefined
  readerId: number | null
  /** Only these. */
  ids: readonly number[] | undefined
}
type Window = { order: NoticeOrder; after: string | undefined; limit: number }

export const listNotices = (
  sql: Sql,
  { areaIds, status, caseId, show, readerId, ids }: Filter,
  { order, after, limit }: Window,
) => {
  const down = order === '-draftedAt'
  const way = down ? sql`desc` : sql`asc`
  return sql<NoticeRow[]>`
    select ${columns(sql)} from notices n join case_facts f using (case_id)
    where ${isWithin(sql, areaIds)}
      ${status === undefined ? sql`` : sql`and n.status = ${status}`}
      ${show === undefined ? sql`` : sql`and ${isWaiting(sql, show, readerId)}`}
      ${ids === undefined ? sql`` : sql`and n.id = any(${ids as number[]}::int[])`}
      ${caseId === undefined ? sql`` : sql`and f.public_id = ${caseId}`}
      ${
        after === undefined
          ? sql``
          : sql`and n.id ${down ? sql`<` : sql`>`} (select id from notices where public_id = ${after})`
      }
    order by n.id ${way} limit ${limit}`
}

/** How many drafts wait for somebody, and how many of their own wait for others. */
export const countDrafts = async (sql: Sql, areaIds: readonly number[], readerId: number | null) =>
  (
    await sql<[{ toRelease: number; own: number }]>`
    select count(*) filter (where ${isWaiting(sql, 'toRelease', readerId)})::int as to_release,
      count(*) filter (where ${isWaiting(sql, 'own', readerId)})::int as own
    from notices n join case_facts f using (case_id) where n.status = 'waiting' and ${isWithin(sql, areaIds)}`
  )[0]

export type StandingRow = {
  id: string
  noticeId: number
  status: 'confirmed' | 'rejected'
  from: Date
  to: Date
  classification: string
  diseaseId: string
  profileVersion: number
  onsetOn: string | null
  sampledOn: string | null
  isolatedAt: Date | null
}

const standing = (sql: Sql, today: string, which: Fragment) => sql<StandingRow[]>`
  select e.id, e.notice_id, d.status, d.from_at as from, d.to_at as to, f.classification, c.disease_id, c.profile_version,
    c.onset_on, c.sampled_on, c.isolated_at
  from notice_entries e join notices n on n.id = e.notice_id
  join case_facts f on f.case_id = n.case_id join case_dates c on c.case_id = n.case_id
  join lateral (
    select status, from_at, to_at from exposure_point_decisions d where d.point_id = e.point_id order by number desc limit 1
  ) d on true
  where e.published_on is not null and e.withdrawn_on is null and e.expires_on >= ${today} and ${which}`

/** Lines that everybody reads today, with what they rest on as it is known now: of cases within these areas. */
export const listStanding = (sql: Sql, today: string, areaIds: readonly number[]) =>
  standing(sql, today, isWithin(sql, areaIds))

/** The same of some notices. */
export const listStandingOf = (sql: Sql, today: string, noticeIds: readonly number[]) =>
  standing(sql, today, sql`n.id = any(${noticeIds as number[]}::int[])`)

type NewNotice = Pick<NoticeRow, 'publicId' | 'caseId' | 'corrects' | 'draftedBy' | 'draftedAt'>
export const insertNotice = async (sql: Sql, row: NewNotice) =>
  (await sql<{ id: number }[]>`insert into notices ${sql(row)} returning id`)[0]!.id

type NoticeChange = Partial<
  Pick<NoticeRow, 'status' | 'decidedBy' | 'decidedAt' | 'withdrawnBy' | 'withdrawnAt' | 'sealed'>
>
export const updateNotice = (sql: Sql, id: number, change: NoticeChange) =>
  sql`update notices set ${sql(change)} where id = ${id}`

export type EntryRow = {
  id: string
  noticeId: number
  pointId: number
  decision: number
  diseaseId: string
  placeId: number | null
  placeName: string | null
  areaId: number
  precision: Precision
  because: CoarseReason | null
  visitors: number | null
  wishCoarse: boolean
  searchKey: string | null
  fromAt: Date
  toAt: Date
  fromOn: string
  toOn: string
  expiresOn: string
}

export const insertEntries = (sql: Sql, rows: readonly EntryRow[]) =>
  sql`insert into notice_entries ${sql(rows)}`

export const deleteEntries = (sql: Sql, noticeId: number) =>
  sql`delete from notice_entries where notice_id = ${noticeId}`

export type ShownEntryRow = EntryRow & {
  area: AreaRef
  place: string | null
  withdrawnOn: string | null
  withdrawnWhy: 'mistake' | 'corrected' | null
  pointPublicId: string
}

export const listEntries = (sql: Sql, noticeIds: readonly number[]) =>
  sql<ShownEntryRow[]>`
    select e.id, e.notice_id, e.point_id, e.decision, e.disease_id, e.place_id, e.place_name, e.area_id, e.precision,
      e.because, e.visitors, e.wish_coarse, e.search_key, e.from_at, e.to_at, e.from_on, e.to_on, e.expires_on,
      e.withdrawn_on, e.withdrawn_why, f.name as place, p.public_id as point_public_id,
      jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path) as area
    from notice_entries e join exposure_points p on p.id = e.point_id
    join area_names a on a.id = e.area_id left join place_facts f on f.place_id = e.place_id
    where e.notice_id = any(${noticeIds as number[]}::int[]) order by e.from_at, e.id`

export const publishEntries = (sql: Sql, noticeId: number, day: string) =>
  sql`update notice_entries set published_on = ${day} where notice_id = ${noticeId}`

export const withdrawEntries = (sql: Sql, noticeId: number, day: string, why: 'mistake' | 'corrected') => sql`
  update notice_entries set withdrawn_on = ${day}, withdrawn_why = ${why}
  where notice_id = ${noticeId} and withdrawn_on is null`

// — what everybody may read

export type PublicRow = {
  id: string
  diseaseId: string
  precision: Precision
  placePublicId: string | null
  placeName: string | null
  area: AreaRef
  fromAt: Date
  toAt: Date
  fromOn: string
  toOn: string
  expiresOn: string
  withdrawnOn: string | null
  withdrawnWhy: 'mistake' | 'corrected' | null
}

type Asked = {
  today: string
  day?: string | undefined
  words: readonly string[]
  before?: string | undefined
}

const shown = (sql: Sql, { today, day, words, before }: Asked) => sql`
  e.published_on is not null and e.expires_on >= ${today}
  ${day === undefined ? sql`` : sql`and e.from_on <= ${day} and e.to_on >= ${day}`}
  ${before === undefined ? sql`` : sql`and e.from_on < ${before}`}
  ${words.length === 0 ? sql`` : sql`and (select bool_and(e.search_key like '%' || word || '%') from unnest(${words as string[]}::text[]) word)`}`

/** The latest days of which something is shown. */
export const listDays = async (sql: Sql, asked: Asked, limit: number) =>
  (
    await sql<{ day: string }[]>`
    select distinct e.from_on as day from notice_entries e where ${shown(sql, asked)} order by 1 desc limit ${limit}`
  ).map(({ day }) => day)

/** Lines of a day are in the order of their random ids within a unit: the order says nothing of which belong together. */
export const listPublic = (sql: Sql, asked: Asked, days: readonly string[]) =>
  sql<PublicRow[]>`
    select e.id, e.disease_id, e.precision, f.public_id as place_public_id, e.place_name, e.from_at, e.to_at, e.from_on,
      e.to_on, e.expires_on, e.withdrawn_on, e.withdrawn_why,
      jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path) as area
    from notice_entries e join area_names a on a.id = e.area_id left join place_facts f on f.place_id = e.place_id
    where ${shown(sql, asked)} and e.from_on = any(${days as string[]}::date[])
    order by e.from_on desc, a.path collate "vi-x-icu", e.id`
