import type { Sql } from '../../platform/database.ts'
import type { AreaRef } from '../../platform/shapes.ts'
import type { AiringByVentilation } from './airing.ts'
import type { Beside } from './beside.ts'
import type { Contacts, Exposure, Seed } from './contacts.ts'
import type { Edge } from './graph/edges.ts'
import {
  type ContactCounts,
  type Sure,
  type statuses,
  sures,
  type TraceContact,
  type TraceOrder,
} from './schema.ts'
import type { RunStatus } from './sending/schema.ts'

// — runs

type StoredParameters = {
  from: string
  to: string
  minOverlapSeconds: number
  airingSeconds: number
  airingByVentilation?: AiringByVentilation
  hops: number
  latencyHours: number
  diseaseId: string
  profileVersion: number
  /** Also by declared contacts, households and guest lists. */
  beside?: true
  /** Beyond the window that the case had, and why. */
  wider?: true
  reason?: string
}

export type TraceRow = {
  id: number
  publicId: string
  caseId: number
  status: (typeof statuses)[number]
  parameters: StoredParameters
  progress: { done: number; total: number }
  problem: string | null
  follows: number | null
  batchId: number | null
  askedAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  /** A renewal that nobody asked for. */
  byItself: boolean
  readAt: Date | null
  lookedAt: Date | null
  listDeletedAt: Date | null
}

const columns = [
  'id',
  'publicId',
  'caseId',
  'status',
  'parameters',
  'progress',
  'problem',
  'follows',
  'batchId',
  'askedAt',
  'startedAt',
  'finishedAt',
  'byItself',
  'readAt',
  'lookedAt',
  'listDeletedAt',
] as const

type NewTrace = Pick<TraceRow, 'publicId' | 'caseId' | 'parameters' | 'follows'>
type Asking = { askedAt: Date; askedBy: number | null; batchId?: number; byItself?: boolean }

export const insertTraces = (
  sql: Sql,
  traces: readonly NewTrace[],
  { askedAt, askedBy, batchId, byItself = false }: Asking,
) => sql`
  insert into traces (public_id, case_id, status, parameters, progress, asked_by, asked_at, follows, batch_id, by_itself)
  select public_id, case_id, 'waiting', parameters::jsonb, jsonb_build_object('done', 0, 'total', parameters::jsonb -> 'hops'),
    ${askedBy}, ${askedAt}, follows, ${batchId ?? null}, ${byItself}
  from unnest(${traces.map(({ publicId }) => publicId)}::uuid[], ${traces.map(({ caseId }) => caseId)}::int[],
    ${traces.map(({ parameters }) => JSON.stringify(parameters))}::text[], ${traces.map(({ follows }) => follows)}::int[])
    as given (public_id, case_id, parameters, follows)`

export const listPublicIds = (sql: Sql, ids: readonly number[]) =>
  sql<
    { id: number; publicId: string }[]
  >`select id, public_id from traces where id = any(${ids as number[]}::int[])`

/** The case of each trace as a seed, in their order. */
export const listIndexSeeds = (sql: Sql, traces: readonly TraceRow[]) =>
  sql<Seed[]>`
    select f.person_id, given.since as from, given.until as to
    from unnest(${traces.map(({ caseId }) => caseId)}::int[],
      ${traces.map(({ parameters }) => Date.parse(parameters.from))}::float8[],
      ${traces.map(({ parameters }) => Date.parse(parameters.to))}::float8[])
      with ordinality as given (case_id, since, until, position)
    join case_facts f on f.case_id = given.case_id order by position`

export const findTrace = async (sql: Sql, publicId: string) =>
  (await sql<TraceRow[]>`select ${sql(columns)} from traces where public_id = ${publicId}`)[0]

export const findTraceById = async (sql: Sql, id: number) =>
  (await sql<TraceRow[]>`select ${sql(columns)} from traces where id = ${id}`)[0]

/** For the run: nobody else works on the same trace meanwhile. */
export const lockTrace = async (sql: Sql, publicId: string) =>
  (await sql<TraceRow[]>`select ${sql(columns)} from traces where public_id = ${publicId} for update`)[0]

export const listTracesOfCase = (sql: Sql, caseId: number, after: string | undefined, limit: number) =>
  sql<TraceRow[]>`
    select ${sql(columns)} from traces
    where case_id = ${caseId}
      ${after === undefined ? sql`` : sql`and id < (select id from traces where public_id = ${after})`}
    order by id desc limit ${limit}`

/**
 * What a new trace of these cases follows: the latest that ended well and looked as far, so that one in between, of fewer hops
 * or of scans alone, hides nobody whom it did not look for; else the latest.
 */
export const listFollowed = (
  sql: Sql,
  caseIds: readonly number[],
  { hops, beside = false }: { hops: number; beside?: boolean | undefined },
) =>
  sql<TraceRow[]>`
    select distinct on (case_id) ${sql(columns)} from traces
    where case_id = any(${caseIds as number[]}::int[]) and status = 'done'
    order by case_id,
      ((parameters->>'hops')::int >= ${hops} ${beside ? sql`and parameters ? 'beside'` : sql``}) desc, id desc`

/** Of the traces of a case that which goes furthest, by everything; the latest of them. */
const furthest = (sql: Sql) => sql`(parameters->>'hops')::int desc, parameters ? 'beside' desc, id desc`

export const findFurthestTrace = async (sql: Sql, caseId: number) =>
  (
    await sql<TraceRow[]>`
      select ${sql(columns)} from traces where case_id = ${caseId} and status = 'done'
      order by ${furthest(sql)} limit 1`
  )[0]

/** How many are on the list of a trace and not on that which it follows, and the other way round; by hop. */
export const countChanges = (sql: Sql, traceIds: readonly number[]) =>
  sql<{ traceId: number; hop: number; entering: number; leaving: number; gone: number }[]>`
    select trace_id, hop::int, entering, leaving, gone from trace_hops join traces t on t.id = trace_id
    where trace_id = any(${traceIds as number[]}::int[]) and status = 'done' and (entering > 0 or leaving > 0 or gone > 0)
    order by trace_id, hop`

/**
 * Keeps who was on the list that a trace follows and is on its own no more, of those whom it could have found; once all its
 * hops are found. Who left before and stands marked goes along, so that a trace in between hides nobody.
 */
export const keepGone = (sql: Sql, { id, caseId, follows, parameters: { hops, beside } }: TraceRow) => sql`
  with before as (
    select trace_id as list_id, person_id from trace_contacts where trace_id = ${follows}
    union all
    select g.list_id, g.person_id from trace_gone g join contacts c on c.person_id = g.person_id
    where g.trace_id = ${follows} and c.case_id = ${caseId} and c.withdrawn_at is null
  ),
  gone as (
    insert into trace_gone (trace_id, person_id, list_id, hop, overlap_seconds, first_at, last_at)
    select ${id}, t.person_id, t.trace_id, t.hop, t.overlap_seconds, t.first_at, t.last_at
    from before join trace_contacts t on t.trace_id = before.list_id and t.person_id = before.person_id
    where t.hop <= ${hops} ${beside ? sql`` : sql`and t.by_scans`} and not exists (
      select from trace_contacts here where here.trace_id = ${id} and here.person_id = t.person_id)
    returning hop, list_id
  )
  insert into trace_hops (trace_id, hop, people, leaving, gone)
  select ${id}, hop, 0, count(*) filter (where list_id = ${follows}), count(*) from gone group by hop
  on conflict (trace_id, hop) do update set leaving = excluded.leaving, gone = excluded.gone`

type Which = { after: number; limit: number } | { caseIds: readonly number[] }

/**
 * Those since a moment of cases that still are some, and for which none waits that will see what is new (a job that was lost
 * leaves one waiting for ever); by the row of their case, so many after that or of these.
 */
export const listFurthestTraces = (sql: Sql, { since, now }: { since: Date; now: Date }, which: Which) =>
  sql<TraceRow[]>`
    select distinct on (case_id) ${sql(columns)} from traces t
    where asked_at >= ${since} and status = 'done'
      and ${'caseIds' in which ? sql`case_id = any(${which.caseIds as number[]}::int[])` : sql`case_id > ${which.after}`}
      and exists (select from case_facts f where f.case_id = t.case_id and f.classification <> 'discarded')
      and not exists (
        select from traces w
        where w.case_id = t.case_id and w.status = 'waiting' and w.asked_at > ${now}::timestamptz - interval '1 hour')
    order by case_id, ${furthest(sql)} ${'limit' in which ? sql`limit ${which.limit}` : sql``}`

/** Of cases traced since a moment those that were at one of these places on one of these days within their window. */
export const listCasesAt = async (
  sql: Sql,
  late: readonly { placeId: number; day: string }[],
  tracedSince: Date,
) =>
  (
    await sql<{ caseId: number }[]>`
      with late as materialized (
        select place_id, (day::date::timestamp at time zone 'UTC') as start
        from unnest(${late.map(({ placeId }) => placeId)}::int[], ${late.map(({ day }) => day)}::text[]) as given (place_id, day)
      ),
      traced as materialized (
        select case_id, f.person_id, min((parameters->>'from')::timestamptz) as since,
          max((parameters->>'to')::timestamptz) as until
        from traces t join case_facts f using (case_id)
        where t.asked_at >= ${tracedSince} and t.status = 'done' and f.classification <> 'discarded' group by 1, 2
      ),
      days as (select min(start) as first, max(start) + interval '1 day' as last from late)
      select distinct t.case_id from traced t cross join days d
      cross join lateral (
        select place_id, arrived_at, left_at from recorded_stays s
        where s.person_id = t.person_id and s.arrived_at < least(t.until, d.last) and s.left_at > t.since
          and s.arrived_at > greatest(t.since, d.first) - interval '31 days'
        union all
        select place_id, arrived_at, arrived_at + interval '1 day' from unfinished_stays s
        where s.person_id = t.person_id and s.arrived_at < least(t.until, d.last)
          and s.arrived_at > greatest(t.since, d.first) - interval '1 day'
      ) own
      join late l on l.place_id = own.place_id
        and own.arrived_at < l.start + interval '1 day' and own.left_at > l.start - interval '1 day'
      order by 1`
  ).map(({ caseId }) => caseId)

/**
 * What is printed of the first so many hops of each of these traces: whom they found, and for how many seconds they were scanned
 * together. Lists of hundreds of thousands are compared by it without being read.
 */
export const printHops = (sql: Sql, traceIds: readonly number[], hops: number) =>
  sql<{ traceId: number; hop: number; print: string }[]>`
    select trace_id, hop::int, md5(string_agg(person_id || ':' || overlap_seconds, ',' order by person_id)) as print
    from trace_contacts
    where trace_id = any(${traceIds as number[]}::int[]) and hop <= ${hops} group by 1, 2`

// — many cases at once

type NewBatch = { publicId: string; askedBy: number | null; askedAt: Date; total: number }

export const insertBatch = async (sql: Sql, { publicId, askedBy, askedAt, total }: NewBatch) =>
  (
    await sql<[{ id: number }]>`
      insert into trace_batches (public_id, asked_by, asked_at, total)
      values (${publicId}, ${askedBy}, ${askedAt}, ${total}) returning id`
  )[0].id

export type BatchRow = {
  id: number
  publicId: string
  askedBy: number | null
  askedAt: Date
  finishedAt: Date | null
  total: number
  done: number
  failed: number
  people: number
}

const batchColumns = (sql: Sql) => sql`
  b.id, b.public_id, b.asked_by, b.asked_at, b.finished_at, b.total,
  (select count(*)::int from traces t where t.batch_id = b.id and t.status in ('done', 'failed')) as done,
  (select count(*)::int from traces t where t.batch_id = b.id and t.status = 'failed') as failed,
  b.people`

export const findBatch = async (sql: Sql, publicId: string) =>
  (await sql<BatchRow[]>`select ${batchColumns(sql)} from trace_batches b where public_id = ${publicId}`)[0]

/** What one officer asked for, the newest first. */
export const listBatches = (sql: Sql, askedBy: number, after: string | undefined, limit: number) =>
  sql<BatchRow[]>`
    select ${batchColumns(sql)} from trace_batches b
    where asked_by = ${askedBy}
      ${after === undefined ? sql`` : sql`and id < (select id from trace_batches where public_id = ${after})`}
    order by id desc limit ${limit}`

const areaOfCase = (sql: Sql) => sql`
  (select jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path)
   from area_names a where a.id = f.area_id) as area`

export type BatchTraceRow = {
  publicId: string
  caseId: string
  number: string
  area: AreaRef
  status: TraceRow['status']
  problem: string | null
  people: number
}

/** What came of each case: first where it went wrong, then the most contacts. */
export const listTracesOfBatch = (sql: Sql, batchId: number, offset: number, limit: number) =>
  sql<BatchTraceRow[]>`
    select t.public_id, f.public_id as case_id, f.number, ${areaOfCase(sql)}, t.status, t.problem,
      coalesce((select people from trace_hops h where h.trace_id = t.id and hop = 1), 0) as people
    from traces t join case_facts f using (case_id)
    where t.batch_id = ${batchId}
    order by t.status = 'failed' desc, people desc, t.id limit ${limit} offset ${offset}`

type Untraced = { areaIds: readonly number[]; from: Date | undefined; to: Date | undefined }

const untraced = (sql: Sql, { areaIds, from, to }: Untraced) => sql`
  from case_facts f
  where classification <> 'discarded' and not exists (select from traces t where t.case_id = f.case_id)
    and exists (select from area_within w where w.area_id = f.area_id and w.ancestor_id = any(${areaIds as number[]}::int[]))
    ${from === undefined ? sql`` : sql`and created_at >= ${from}`}
    ${to === undefined ? sql`` : sql`and created_at < ${to}`}`

export const countUntraced = async (sql: Sql, of: Untraced) =>
  (await sql<[{ count: number }]>`select count(*)::int ${untraced(sql, of)}`)[0].count

/** Cases whose contacts nobody has sought yet, the oldest first. */
export const listUntraced = (sql: Sql, of: Untraced, after: string | undefined, limit: number) =>
  sql<{ id: string; number: string; classification: string; area: AreaRef; createdAt: Date }[]>`
    select f.public_id as id, f.number, f.classification, ${areaOfCase(sql)}, f.created_at ${untraced(sql, of)}
      ${
        after === undefined
          ? sql``
          : sql`and (f.created_at, f.case_id) > (select created_at, case_id from case_facts where public_id = ${after})`
      }
    order by f.created_at, f.case_id limit ${limit}`

type Renewed = { areaIds: readonly number[]; since: Date }

/** Cases that were traced anew by nobody's hand since an officer last did, and how many were new then; the latest first. */
export const listRenewed = (
  sql: Sql,
  { areaIds, since }: Renewed,
  after: string | undefined,
  limit: number,
) =>
  sql<{ id: string; number: string; area: AreaRef; traceId: string; finishedAt: Date; entering: number }[]>`
    with renewed as (
      select t.case_id, max(t.id) as trace_id, sum(h.entering)::int as entering
      from traces t join trace_hops h on h.trace_id = t.id
      where t.asked_at >= ${since} and t.asked_by is null and (t.by_itself or t.follows is not null) and t.status = 'done'
        and not exists (select from traces o where o.case_id = t.case_id and o.id > t.id and o.asked_by is not null)
      group by t.case_id having sum(h.entering) > 0
    )
    select f.public_id as id, f.number, ${areaOfCase(sql)}, t.public_id as trace_id, t.finished_at, r.entering
    from renewed r join traces t on t.id = r.trace_id join case_facts f on f.case_id = r.case_id
    where f.classification <> 'discarded'
      and exists (select from area_within w where w.area_id = f.area_id and w.ancestor_id = any(${areaIds as number[]}::int[]))
      ${after === undefined ? sql`` : sql`and t.id < (select id from traces where public_id = ${after})`}
    order by t.id desc limit ${limit}`

/** Traces of a batch that nobody works on; another worker's are left to it. */
export const takeWaiting = (sql: Sql, batchId: number, limit: number) =>
  sql<TraceRow[]>`
    select ${sql(columns)} from traces where batch_id = ${batchId} and status = 'waiting'
    order by id limit ${limit} for update skip locked`

export const finishTraces = (sql: Sql, ids: readonly number[], at: Date) => sql`
  update traces set status = 'done', started_at = ${at}, finished_at = ${at},
    progress = jsonb_set(progress, '{done}', progress -> 'total')
  where id = any(${ids as number[]}::int[])`

export const finishBatch = (sql: Sql, id: number, at: Date) => sql`
  update trace_batches set finished_at = ${at}, people = (
    select count(distinct c.person_id) from traces t join trace_contacts c on c.trace_id = t.id where t.batch_id = ${id})
  where id = ${id}`

/** Those of a batch that failed wait again; how many they are. */
export const reopenFailed = (sql: Sql, batchId: number) => sql`
  with reopened as (update trace_batches set finished_at = null where id = ${batchId})
  update traces set status = 'waiting', finished_at = null, problem = null
  where batch_id = ${batchId} and status = 'failed'`

/** Who infects others after a hop: from their first exposure plus the latency, until they were isolated. */
const infectious = (sql: Sql, { parameters: { latencyHours, to } }: TraceRow) => sql`
  v.person_id, (extract(epoch from v.first_at) * 1000 + ${latencyHours}::float8 * 3600000)::float8 as from,
  (extract(epoch from least(v.isolated_at, ${to}::timestamptz)) * 1000)::float8 as to`

/** Of people that a hop found: whom they were with, and in which window that person was infectious. */
export const listVias = (sql: Sql, trace: TraceRow, personIds: readonly number[]) =>
  sql<Seed[]>`
    select distinct ${infectious(sql, trace)}
    from trace_contacts c join trace_contacts v on v.trace_id = c.trace_id and v.person_id = c.via_id
    where c.trace_id = ${trace.id} and c.person_id = any(${personIds as number[]}::int[])`

type Change = Partial<Pick<TraceRow, 'status' | 'problem' | 'startedAt' | 'finishedAt'>>
export const updateTrace = (sql: Sql, id: number, change: Change) =>
  sql`update traces set ${sql(change)} where id = ${id}`

export const setProgress = (sql: Sql, id: number, progress: TraceRow['progress']) =>
  sql`update traces set progress = ${sql.json(progress)} where id = ${id}`

type Days = { from: Date; to: Date; diseaseId: string | undefined }

/** Who was isolated in these days, as a case of the disease or by who watched them as a contact; of any disease if none is named. */
const isolations = (sql: Sql, { from, to, diseaseId }: Days) => sql`
  select d.person_id, d.isolated_at as at from case_dates d join case_facts f using (case_id)
  where d.isolated_at >= ${from} and d.isolated_at < ${to} and f.classification <> 'discarded'
    ${diseaseId === undefined ? sql`` : sql`and d.disease_id = ${diseaseId}`}
  union all
  select u.person_id, e.at from follow_up_events e join follow_ups u on u.id = e.follow_up_id
  where e.kind = 'attempt' and e.outcome = 'isolated' and e.at >= ${from} and e.at < ${to}
    ${diseaseId === undefined ? sql`` : sql`and u.disease_id = ${diseaseId}`}`

export const listIsolations = (sql: Sql, days: Days) =>
  sql<{ personId: number; at: Date }[]>`${isolations(sql, days)} order by at`

/** Keeps of whom a hop found when they were first isolated after they were exposed. */
export const keepIsolations = (
  sql: Sql,
  { id, parameters: { from, to, diseaseId } }: TraceRow,
  hop: number,
) =>
  sql`
    update trace_contacts t set isolated_at = first.at
    from (
      select c.person_id, min(i.at) as at
      from (${isolations(sql, { from: new Date(from), to: new Date(to), diseaseId })}) i join trace_contacts c using (person_id)
      where c.trace_id = ${id} and c.hop = ${hop} and i.at >= c.first_at group by 1
    ) first
    where t.trace_id = ${id} and t.person_id = first.person_id`

/** Whose contacts the next hop seeks: who was found in this one, while they could infect others. */
export const listSeeds = (sql: Sql, trace: TraceRow, hop: number) =>
  sql<Seed[]>`
    select ${infectious(sql, trace)} from trace_contacts v where trace_id = ${trace.id} and hop = ${hop}`

/** Whom hops before this one found. */
export const listKnown = async (sql: Sql, traceId: number, hop: number) =>
  (
    await sql<
      { personId: number }[]
    >`select person_id from trace_contacts where trace_id = ${traceId} and hop < ${hop}`
  ).map(({ personId }) => personId)

const AT_ONCE = 5000

/** Keeps who was found in a hop, by scans and beside them; how many they are. */
export async function insertHop(
  sql: Sql,
  trace: TraceRow,
  hop: number,
  found: Contacts,
  beside: Beside[] = [],
) {
  const { id } = trace
  for (let from = 0; from < found.count; from += AT_ONCE) {
    const { person, via, seconds, first, last } = found.columns(from, from + AT_ONCE)
    const exposures = person.map((id) => JSON.stringify(found.exposuresOf(id).map(storedOf)))
    await sql`
      insert into trace_contacts (trace_id, person_id, hop, via_id, overlap_seconds, first_at, last_at, exposures, is_new)
      select ${id}, person_id, ${hop}, ${hop > 1 ? sql`via_id` : sql`null::int`}, overlap_seconds,
        to_timestamp(first_at / 1000), to_timestamp(last_at / 1000), exposures::jsonb,
        ${isNew(sql, trace)}
      from unnest(${person}::int[], ${via}::int[], ${seconds}::int[],
        ${first}::float8[], ${last}::float8[], ${exposures}::text[])
        as met (person_id, via_id, overlap_seconds, first_at, last_at, exposures)`
  }
  let people = found.count
  for (let from = 0; from < beside.length; from += AT_ONCE)
    people += await insertBeside(sql, trace, hop, beside.slice(from, from + AT_ONCE))
  await sql`
    insert into trace_hops (trace_id, hop, people, beside, entering)
    select ${id}, ${hop}, ${people}, ${beside.length}, count(*)
    from trace_contacts where trace_id = ${id} and hop = ${hop} and is_new`
  return people
}

const isNew = (sql: Sql, { follows }: TraceRow) => sql`
  ${follows}::int is not null and not exists (
    select from trace_contacts before where before.trace_id = ${follows} and before.person_id = met.person_id)`

/** Who is there by scans already says both, from the earlier moment to the later one. How many are not. */
async function insertBeside(sql: Sql, trace: TraceRow, hop: number, beside: readonly Beside[]) {
  const edges = beside.map(({ edges }) => JSON.stringify(edges.map(storedEdgeOf)))
  const rows = await sql<{ isFirst: boolean }[]>`
    insert into trace_contacts (trace_id, person_id, hop, via_id, overlap_seconds, first_at, last_at, exposures, is_new, by_scans, beside)
    select ${trace.id}, person_id, ${hop}, ${hop > 1 ? sql`via_id` : sql`null::int`}, 0, first_at, last_at, '[]',
      ${isNew(sql, trace)}, false, edges::jsonb
    from unnest(${beside.map(({ personId }) => personId)}::int[], ${beside.map(({ viaId }) => viaId)}::int[],
      ${beside.map(({ firstAt }) => firstAt.toISOString())}::timestamptz[],
      ${beside.map(({ lastAt }) => lastAt.toISOString())}::timestamptz[], ${edges}::text[])
      as met (person_id, via_id, first_at, last_at, edges)
    on conflict (trace_id, person_id) do update set first_at = least(trace_contacts.first_at, excluded.first_at),
      last_at = greatest(trace_contacts.last_at, excluded.last_at), beside = excluded.beside
    returning xmax = 0 as is_first`
  return rows.filter(({ isFirst }) => isFirst).length
}

const storedEdgeOf = ({ personId: _, withId, placeId, masked: __, ...edge }: Edge) => ({
  ...edge,
  with: withId,
  place: placeId,
})

const storedOf = ({ placeId, withId, from, to, seconds, estimated }: Exposure) => ({
  place: placeId,
  with: withId,
  from,
  to,
  seconds,
  estimated,
})

/** What runs that were finished at a moment found, and in how many stays the case was seen: what a window shows. */
export const measureTraces = (sql: Sql, finishedAt: Date, which: { trace: string } | { batch: string }) =>
  sql<
    {
      publicId: string
      caseId: string
      askedBy: number | null
      parameters: StoredParameters
      people: number
      stays: number
    }[]
  >`
    select t.public_id, f.public_id as case_id, t.asked_by, t.parameters,
      (select count(*) from trace_contacts c where c.trace_id = t.id)::int as people,
      ((select count(*) from recorded_stays s where s.person_id = f.person_id and s.arrived_at < w.until and s.left_at > w.since)
        + (select count(*) from unfinished_stays s
           where s.person_id = f.person_id and s.arrived_at >= w.since and s.arrived_at < w.until))::int as stays
    from traces t join case_facts f using (case_id),
      lateral (select (parameters->>'from')::timestamptz as since, (parameters->>'to')::timestamptz as until) w
    where t.status = 'done' and t.finished_at = ${finishedAt}
      and ${'trace' in which ? sql`t.public_id = ${which.trace}` : sql`t.batch_id = (select id from trace_batches where public_id = ${which.batch})`}
    order by t.id`

export const countHops = (sql: Sql, traceIds: readonly number[]) =>
  sql<{ traceId: number; hop: number; people: number; beside: number }[]>`
    select trace_id, hop::int, people, beside from trace_hops
    where trace_id = any(${traceIds as number[]}::int[]) and people > 0 order by 1, 2`

// — what a run found

type StoredExposure = {
  place: number
  with: number
  from: string
  to: string
  seconds: number
  estimated: boolean
}

type StoredEdge = Pick<Edge, 'source' | 'setting' | 'confidence' | 'estimated'> & {
  with: number
  from: string
  to: string
  place: number | null
}

export type TraceContactRow = {
  personId: number
  hop: number
  viaId: number | null
  overlapSeconds: number
  firstAt: Date
  lastAt: Date
  exposures: StoredExposure[]
  byScans: boolean
  /** The surest first. */
  beside: StoredEdge[] | null
  label: 'F1' | 'F2' | 'F3' | null
  /** The trace that this one follows did not find them. */
  isNew: boolean
  /** The stays of today, where the overlaps are found from them, no longer say what the list says. */
  isChanged: boolean
  /** Marked before, but exposed later or found nearer by this trace. */
  toMarkAnew: boolean
  /** Whose list the line is of. */
  listId: number
  gone: TraceContact['gone'] | null
}

export type Evidence = Pick<
  TraceContactRow,
  'personId' | 'hop' | 'viaId' | 'exposures' | 'byScans' | 'beside'
>

/**
 * Two keys of the list, with the person as the third, and whether it runs along them or against them. They are columns of the
 * table `o`, as its indexes know them, not what is selected.
 */
const orderOf = (sql: Sql, order: TraceOrder | undefined) => {
  if (order === undefined) return { first: sql`o.hop`, second: sql`(-o.overlap_seconds)`, isDown: false }
  const column = { firstAt: 'first_at', lastAt: 'last_at', overlapSeconds: 'overlap_seconds' } as const
  const name = order.replace('-', '') as keyof typeof column
  return { first: sql`o.${sql(column[name])}`, second: sql`o.hop`, isDown: order.startsWith('-') }
}

type Narrowing = {
  hop: number | undefined
  /** Only those whom the trace before did not find. */
  isNew: boolean
  /** Only those whom an edge beside the scans makes a contact. */
  isBeside: boolean
  /** Only those whom nobody marked. */
  isUnmarked: boolean
  /** In place of who is on the list, who is found no more. */
  isGone: boolean
  /** Only these: who was marked nearer than they are found, as (person_id). */
  farther: ReturnType<Sql> | undefined
  /** Only those whose line names the place of this public id. */
  placeId: string | undefined
  /** Only those of whose line that is certain. */
  sure: Sure | undefined
}
type TracePage = { order: TraceOrder | undefined; after: number | undefined; limit: number }

/** Those of these people whom a run found. */
export const listFoundAmong = (sql: Sql, traceId: number, personIds: readonly number[]) =>
  sql<Evidence[]>`
    select person_id, hop::int, via_id, exposures, by_scans, beside from trace_contacts
    where trace_id = ${traceId} and person_id = any(${personIds as number[]}::int[])`

/** How somebody who is found no more stands: as a contact of the case, as who is watched, and as a contact of other cases. */
const standing = (sql: Sql, caseId: number) => sql`
  (select jsonb_build_object('isWithdrawn', c.withdrawn_at is not null, 'followUp', f.status, 'endReason', f.end_reason,
      'otherCases', (
        select count(*) from contacts other join case_facts k on k.case_id = other.case_id
        where other.follow_up_id = c.follow_up_id and other.id <> c.id and other.withdrawn_at is null
          and k.classification <> 'discarded'))
   from contacts c left join follow_ups f on f.id = c.follow_up_id
   where c.case_id = ${caseId} and c.person_id = o.person_id)`

const marked = (sql: Sql, { caseId }: TraceRow, isGone: boolean, what: ReturnType<Sql>) => sql`
  select ${what} from contacts c
  where c.case_id = ${caseId} and c.person_id = o.person_id ${isGone ? sql`` : sql`and c.withdrawn_at is null`}`

/** Where the lines of a list stand, and which of them are wanted: of the table `o`, and of the whole line. */
function narrow(
  sql: Sql,
  trace: TraceRow,
  { hop, isNew, isBeside, isUnmarked, isGone, farther, placeId, sure }: Narrowing,
) {
  const isNarrowed = !isGone && (placeId !== undefined || sure !== undefined)
  // Few are new, farther or known beside the scans: of them each is looked up (`offset 0`). Else the list runs along the place.
  const isAlong = isNarrowed && !isNew && !isBeside && !farther
  const isWhole = !isGone && !isAlong
  const line = isWhole ? sql`o` : sql`t`
  const here =
    placeId === undefined
      ? sql`${EVERYWHERE}`
      : sql`coalesce((select place_id from place_facts where public_id = ${placeId}), -1)`
  const degrees = sql`${sure === undefined ? [...sures] : [sure]}::text[]`
  return {
    isAlong,
    line,
    table: isGone ? sql`trace_gone` : isAlong ? sql`trace_lines` : sql`trace_contacts`,
    joined: isWhole
      ? sql``
      : sql`join trace_contacts t on t.person_id = o.person_id and t.trace_id = ${isGone ? sql`o.list_id` : sql`o.trace_id`}`,
    here,
    degrees,
    wanted: sql`
      o.trace_id = ${trace.id}
        ${hop === undefined ? sql`` : sql`and o.hop = ${hop}`}
        ${isUnmarked ? sql`and not exists (${marked(sql, trace, isGone, sql``)})` : sql``}
        ${farther ? sql`and o.person_id = any(array(select person_id from (${farther}) farther))` : sql``}
        ${
          isNarrowed && !isAlong
            ? sql`and exists (
                select from trace_lines l where l.trace_id = o.trace_id and l.person_id = o.person_id
                  and l.place_id = ${here} and l.sure = any(${degrees}) offset 0)`
            : sql``
        }`,
    wantedLine: sql`
      ${isNew ? sql`and ${line}.is_new` : sql``}
      ${isBeside ? sql`and ${line}.beside is not null` : sql``}`,
  }
}

/** By hop and then by time together, unless asked otherwise; a page goes on after the person `after`. */
export function listTraceContacts(
  sql: Sql,
  trace: TraceRow,
  narrowing: Narrowing,
  { order, after, limit }: TracePage,
) {
  const { isGone } = narrowing
  const { isAlong, line, table, joined, here, degrees, wanted, wantedLine } = narrow(sql, trace, narrowing)
  const { first, second, isDown } = orderOf(sql, order)
  const [beyond, way] = isDown ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
  const onPage = sql`${wanted}
    ${
      after === undefined
        ? sql``
        : sql`and (${first}, ${second}, o.person_id) ${beyond} (
            select ${first}, ${second}, o.person_id from ${table} o
            where o.trace_id = ${trace.id} and o.person_id = ${after}
              ${isAlong ? sql`and place_id = ${here} and sure = any(${degrees})` : sql``})`
    }`
  const inOrder = sql`order by ${first} ${way}, ${second} ${way}, o.person_id ${way} limit ${limit}`
  // One way along the index for each degree of what is sure, as far as a page of it.
  const along = sql`(
    select o.* from unnest(${degrees}) as degree (sure) cross join lateral (
      select * from trace_lines o where o.place_id = ${here} and o.sure = degree.sure and ${onPage} ${inOrder}) o)`
  const isMarked = (what: ReturnType<Sql>) => marked(sql, trace, isGone, what)
  return sql<TraceContactRow[]>`
    select o.person_id, o.hop::int, ${line}.via_id, o.overlap_seconds, o.first_at, o.last_at, ${line}.exposures,
      ${line}.by_scans, ${line}.beside, ${line}.trace_id as list_id, (${isMarked(sql`label`)}) as label,
      ${isGone ? sql`false as is_new, ${standing(sql, trace.caseId)}` : sql`is_new, null::jsonb`} as gone,
      false as is_changed, ${
        isGone
          ? sql`false`
          : sql`exists (${isMarked(sql``)}
          and (c.label > 'F' || o.hop or c.label = 'F' || o.hop and c.last_at < o.last_at))`
      } as to_mark_anew
    from ${isAlong ? along : table} o ${joined}
    where ${isAlong ? sql`true` : onPage} ${wantedLine}
    ${inOrder}`
}

/** How many there are, up to so many. */
export async function countTraceContacts(sql: Sql, trace: TraceRow, narrowing: Narrowing, most: number) {
  const { isAlong, table, joined, here, degrees, wanted, wantedLine } = narrow(sql, trace, narrowing)
  const [row] = await sql<[{ people: number }]>`
    select count(*)::int as people from (
      select from ${table} o ${joined}
      where ${wanted} ${isAlong ? sql`and o.place_id = ${here} and o.sure = any(${degrees})` : sql``} ${wantedLine}
      limit ${most}) found`
  return row.people
}

/** Of those whom a trace found in a hop, or in any: who is marked and would not be marked anew. */
export const countMarked = async (sql: Sql, { id, caseId }: TraceRow, hop: number | undefined) =>
  (
    await sql<[{ people: number }]>`
      select count(*)::int as people from contacts c
      join trace_contacts o on o.trace_id = ${id} and o.person_id = c.person_id
      where c.case_id = ${caseId} and c.withdrawn_at is null ${hop === undefined ? sql`` : sql`and o.hop = ${hop}`}
        and not (c.label > 'F' || o.hop or c.label = 'F' || o.hop and c.last_at < o.last_at)`
  )[0].people

// — where they were met (lines.ts)

/** In place of a place: of the line itself. */
export const EVERYWHERE = 0

export type Line = { personId: number; placeId: number; sure: Sure }

/** Their overlaps are found from the stays. */
const isBare = (sql: Sql) => sql`by_scans and exposures = '[]'`

export const hasBare = async (sql: Sql, traceId: number, hop: number) =>
  (
    await sql`select from trace_contacts where trace_id = ${traceId} and hop = ${hop} and ${isBare(sql)} limit 1`
  ).length > 0

/** Those lines by the person whom they name, with the window of that person; none is named in hop 1. */
export const listBareByVia = (sql: Sql, trace: TraceRow, hop: number) =>
  sql<{ personId: number | null; from: number | null; to: number | null; people: number[] }[]>`
    select via.*, bare.people
    from (
      select via_id, array_agg(person_id) as people from trace_contacts
      where trace_id = ${trace.id} and hop = ${hop} and ${isBare(sql)} group by via_id
    ) bare
    left join lateral (
      select ${infectious(sql, trace)} from trace_contacts v where v.trace_id = ${trace.id} and v.person_id = bare.via_id
    ) via on true
    order by bare.via_id`

/** What the list keeps itself: overlaps, and who was not scanned. */
export const insertKeptLines = (sql: Sql, traceId: number, hop: number) => sql`
  insert into trace_lines (trace_id, place_id, person_id, hop, overlap_seconds, first_at, last_at, sure)
  select trace_id, place_id, person_id, hop, overlap_seconds, first_at, last_at,
    case when not by_scans then 'told' when estimated = 0 then 'recorded' when estimated = pieces then 'estimated'
      else 'partly' end
  from trace_contacts t
  cross join lateral (
    select count(*) filter (where (one->>'estimated')::boolean) as estimated, count(*) as pieces
    from jsonb_array_elements(exposures) one) known
  cross join lateral (
    select ${EVERYWHERE}::int as place_id union select (one->>'place')::int from jsonb_array_elements(exposures) one) met
  where trace_id = ${traceId} and hop = ${hop} and not (${isBare(sql)})`

const linesFrom = (sql: Sql, traceId: number, placed: ReturnType<Sql>) => sql`
  insert into trace_lines (trace_id, place_id, person_id, hop, overlap_seconds, first_at, last_at, sure)
  select t.trace_id, placed.place_id, t.person_id, t.hop, t.overlap_seconds, t.first_at, t.last_at, placed.sure
  from (${placed}) placed join trace_contacts t on t.trace_id = ${traceId} and t.person_id = placed.person_id
  on conflict do nothing`

export const insertLines = (sql: Sql, traceId: number, lines: readonly Line[]) =>
  linesFrom(
    sql,
    traceId,
    sql`select * from unnest(${lines.map(({ personId }) => personId)}::int[], ${lines.map(({ placeId }) => placeId)}::int[],
      ${lines.map(({ sure }) => sure)}::text[]) as given (person_id, place_id, sure)`,
  )

/** The places of what was found beside the scans; how sure a line is, its overlaps say first. */
export const insertLinesBeside = (sql: Sql, traceId: number, hop: number) =>
  linesFrom(
    sql,
    traceId,
    sql`
      select distinct b.person_id, (one->>'place')::int as place_id, l.sure
      from trace_contacts b join trace_lines l
        on l.trace_id = b.trace_id and l.place_id = ${EVERYWHERE} and l.person_id = b.person_id
      cross join lateral jsonb_array_elements(b.beside) one
      where b.trace_id = ${traceId} and b.hop = ${hop} and b.beside is not null and one->>'place' is not null`,
  )

export const countPlaces = (sql: Sql, traceId: number, hop: number) => sql`
  with counted as (
    insert into trace_places (trace_id, hop, place_id, people)
    select trace_id, hop, place_id, count(*) from trace_lines
    where trace_id = ${traceId} and hop = ${hop} and place_id <> ${EVERYWHERE} group by 1, 2, 3
  )
  update trace_hops set places = 'known', unplaced = people - (
    select count(*) from trace_lines where trace_id = ${traceId} and hop = ${hop} and place_id = ${EVERYWHERE})
  where trace_id = ${traceId} and hop = ${hop}`

/** A job that was not done by then is lost. */
const isLost = (sql: Sql, now: Date) => sql`
  (places = 'failed' or places = 'asked' and places_asked_at <= ${now}::timestamptz - interval '1 hour')`

/** Whether this is the first time that anybody asks; or, asked again, whether what was asked for is lost. */
export const askPlaces = async (sql: Sql, traceId: number, hop: number, now: Date, isAgain: boolean) =>
  (
    await sql`
      update trace_hops set places = 'asked', places_asked_at = ${now}
      where trace_id = ${traceId} and hop = ${hop} and people > 0
        and (places is null ${isAgain ? sql`or ${isLost(sql, now)}` : sql``})`
  ).count > 0

export const failPlaces = (sql: Sql, traceId: number, hop: number) => sql`
  update trace_hops set places = 'failed' where trace_id = ${traceId} and hop = ${hop}`

/** Whether what was asked for of a hop is lost, and how many have no place. */
export const findPlacing = async (sql: Sql, traceId: number, hop: number, now: Date) =>
  (
    await sql<{ isLost: boolean; unplaced: number }[]>`
      select coalesce(${isLost(sql, now)}, false) as is_lost, unplaced from trace_hops
      where trace_id = ${traceId} and hop = ${hop}`
  )[0] ?? { isLost: false, unplaced: 0 }

/** Nobody else finds them meanwhile. */
export const lockPlaces = async (sql: Sql, traceId: number, hop: number) =>
  (
    await sql<{ places: 'asked' | 'known' | 'failed' | null }[]>`
      select places from trace_hops where trace_id = ${traceId} and hop = ${hop} for update`
  )[0]?.places

/** Of a hop, or of all of them. */
export const arePlacesKnown = async (sql: Sql, traceId: number, hop: number | undefined) =>
  (
    await sql`
      select from trace_hops
      where trace_id = ${traceId} and people > 0 and places is distinct from 'known'
        ${hop === undefined ? sql`` : sql`and hop = ${hop}`}`
  ).length === 0

export const listTracePlaces = (sql: Sql, traceId: number, hop: number, offset: number, limit: number) =>
  sql<{ place: Omit<PlaceRow, 'placeId'>; people: number }[]>`
    select jsonb_build_object('id', p.public_id, 'name', p.name, 'area', case when a.id is not null then
        jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path) end) as place, t.people
    from (
      select place_id, people from trace_places where trace_id = ${traceId} and hop = ${hop}
      order by people desc, place_id limit ${limit} offset ${offset}
    ) t join place_facts p using (place_id) left join area_names a on a.id = p.area_id
    order by t.people desc, t.place_id`

export type PlaceRow = { placeId: number; id: string; name: string; area: AreaRef | null }

export const listPlaces = (sql: Sql, ids: readonly number[]) =>
  sql<PlaceRow[]>`
    select p.place_id, p.public_id as id, p.name,
      case when a.id is not null then
        jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path) end as area
    from place_facts p left join area_names a on a.id = p.area_id
    where p.place_id = any(${ids as number[]}::int[])`

export const listPlaceRefs = (sql: Sql, ids: readonly number[]) =>
  sql<{ placeId: number; ref: string }[]>`
    select place_id, coalesce(ref, public_id::text) as ref from place_facts
    where place_id = any(${ids as number[]}::int[])`

// — contacts that an officer marked

export type ContactRow = {
  publicId: string
  personId: number
  label: 'F1' | 'F2' | 'F3'
  firstAt: Date
  lastAt: Date
  markedAt: Date
  reachedBy: 'sms' | 'none' | null
  toldAt: Date | null
  readAt: Date | null
  recalledAt: Date | null
  withdrawnAt: Date | null
  sending: RunStatus | null
}

/** Who was exposed again has been warned again: the last warning says how they stand. */
const latestWarning = (sql: Sql) => sql`
  cross join lateral (select * from warnings w where w.contact_id = c.id order by w.run_id desc limit 1) w`

type ContactWindow = { reachedBy: 'sms' | 'none' | undefined; after: string | undefined; limit: number }

/** Those whom no message reaches come first: somebody has to call on them. */
export const listContacts = (sql: Sql, caseId: number, { reachedBy, after, limit }: ContactWindow) => {
  const key = sql`(case w.reached_by when 'none' then 0 else 1 end, c.id)`
  return sql<ContactRow[]>`
    select c.public_id, c.person_id, c.label, c.first_at, c.last_at, c.marked_at, c.withdrawn_at, w.reached_by, w.told_at,
      w.read_at, w.recalled_at, r.status as sending
    from contacts c ${latestWarning(sql)} join warning_runs r on r.id = w.run_id
    where c.case_id = ${caseId}
      ${reachedBy === undefined ? sql`` : sql`and w.reached_by = ${reachedBy}`}
      ${
        after === undefined
          ? sql``
          : sql`and ${key} > (
              select case w.reached_by when 'none' then 0 else 1 end, c.id
              from contacts c ${latestWarning(sql)} where c.public_id = ${after})`
      }
    order by case w.reached_by when 'none' then 0 else 1 end, c.id limit ${limit}`
}

export const countContacts = async (sql: Sql, caseId: number) => {
  const isGoing = sql`r.status in ('sending', 'sent')`
  return (
    await sql<[ContactCounts]>`
      select count(*) filter (where stands)::int as people, count(*) filter (where not stands)::int as withdrawn,
        count(*) filter (where stands and w.reached_by = 'sms' and w.recalled_at is null)::int as told,
        count(w.recalled_at) filter (where stands)::int as recalled,
        count(*) filter (where stands and w.reached_by = 'none')::int as unreachable,
        count(*) filter (where stands and w.reached_by is null and ${isGoing})::int as going,
        count(*) filter (where stands and w.reached_by is null and not ${isGoing})::int as held,
        count(w.read_at) filter (where stands)::int as read
      from contacts c ${latestWarning(sql)} join warning_runs r on r.id = w.run_id
        cross join lateral (select c.withdrawn_at is null as stands) s
      where c.case_id = ${caseId}`
  )[0]
}

// — warnings

export type WarningRow = {
  id: string
  personId: number
  diseaseId: string
  profileVersion: number
  exposedFrom: string
  exposedTo: string
  label: 'F1' | 'F2' | 'F3'
  createdAt: Date
  readAt: Date | null
  recalledAt: Date | null
}

export const warningColumns = (sql: Sql) => sql`
  w.id, w.person_id, w.disease_id, w.profile_version, w.exposed_from, w.exposed_to, w.created_at, w.read_at, w.recalled_at, w.label`

/** What waits for a second officer, was refused or was stopped is on nobody's page, unless it had been told before. */
export const isTold = (
  sql: Sql,
) => sql`(w.reached_by is not null or w.read_at is not null or w.recalled_at is null and exists (
  select from warning_runs r where r.id = w.run_id and r.status in ('sending', 'sent')))`

export const listWarnings = (
  sql: Sql,
  personIds: readonly number[],
  after: string | undefined,
  limit: number,
) =>
  sql<WarningRow[]>`
    select ${warningColumns(sql)} from warnings w
    where person_id = any(${personIds as number[]}::int[]) and ${isTold(sql)}
      ${
        after === undefined
          ? sql``
          : sql`and (created_at, id) < (select created_at, id from warnings where id = ${after})`
      }
    order by created_at desc, id desc limit ${limit}`

/** Opens a warning of one of these people, and remembers when it was first opened. */
export const openWarning = async (sql: Sql, id: string, personIds: readonly number[], now: Date) =>
  (
    await sql<WarningRow[]>`
    update warnings w set read_at = coalesce(read_at, ${now})
    where id = ${id} and person_id = any(${personIds as number[]}::int[]) and ${isTold(sql)}
    returning ${warningColumns(sql)}`
  )[0]
