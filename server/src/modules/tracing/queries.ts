import type { Sql } from '../../platform/database.ts'
import type { AreaRef } from '../../platform/shapes.ts'
import type { AiringByVentilation } from './airing.ts'
import type { Beside } from './beside.ts'
import type { Contacts, Exposure, Seed } from './contacts.ts'
import type { Edge } from './graph/edges.ts'
import type { ContactCounts, statuses, TraceOrder } from './schema.ts'
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
] as const

type NewTrace = Pick<TraceRow, 'publicId' | 'caseId' | 'parameters' | 'follows'>
type Asking = { askedAt: Date; askedBy: number | null; batchId?: number }

export const insertTraces = (
  sql: Sql,
  traces: readonly NewTrace[],
  { askedAt, askedBy, batchId }: Asking,
) => sql`
  insert into traces (public_id, case_id, status, parameters, progress, asked_by, asked_at, follows, batch_id)
  select public_id, case_id, 'waiting', parameters::jsonb, jsonb_build_object('done', 0, 'total', parameters::jsonb -> 'hops'),
    ${askedBy}, ${askedAt}, follows, ${batchId ?? null}
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

/** The latest trace of each of these cases that ended well. */
export const listLatestTraces = (sql: Sql, caseIds: readonly number[]) =>
  sql<TraceRow[]>`
    select distinct on (case_id) ${sql(columns)} from traces
    where case_id = any(${caseIds as number[]}::int[]) and status = 'done' order by case_id, id desc`

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
  sql<{ traceId: number; hop: number; entering: number; leaving: number }[]>`
    select trace_id, hop::int, entering, leaving from trace_hops join traces t on t.id = trace_id
    where trace_id = any(${traceIds as number[]}::int[]) and status = 'done' and (entering > 0 or leaving > 0)
    order by trace_id, hop`

/**
 * Who was on the list that a trace follows and is on its own no more, of those whom it could have found; once all its hops
 * are found.
 */
export const countLeaving = (sql: Sql, { id, follows, parameters: { hops, beside } }: TraceRow) => sql`
  insert into trace_hops (trace_id, hop, people, leaving)
  select ${id}, hop, 0, count(*) from trace_contacts before
  where trace_id = ${follows} and hop <= ${hops} ${beside ? sql`` : sql`and by_scans`} and not exists (
    select from trace_contacts here where here.trace_id = ${id} and here.person_id = before.person_id)
  group by hop
  on conflict (trace_id, hop) do update set leaving = excluded.leaving`

/** Those since a moment of cases that still are some; by the row of their case, so many after that. */
export const listFurthestTraces = (sql: Sql, since: Date, after: number, limit: number) =>
  sql<TraceRow[]>`
    select distinct on (case_id) ${sql(columns)} from traces
    where asked_at >= ${since} and status = 'done' and case_id > ${after}
      and exists (select from case_facts f where f.case_id = traces.case_id and f.classification <> 'discarded')
    order by case_id, ${furthest(sql)} limit ${limit}`

/** Whom a hop of each of these traces found, and for how many seconds they were scanned together. */
export const listHops = (sql: Sql, traceIds: readonly number[], hop: number) =>
  sql<{ traceId: number; people: number[]; seconds: number[] }[]>`
    select trace_id, array_agg(person_id) as people, array_agg(overlap_seconds) as seconds from trace_contacts
    where trace_id = any(${traceIds as number[]}::int[]) and hop = ${hop} group by trace_id`

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
      where t.asked_at >= ${since} and t.asked_by is null and t.follows is not null and t.status = 'done'
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
}

export type Evidence = Pick<
  TraceContactRow,
  'personId' | 'hop' | 'viaId' | 'exposures' | 'byScans' | 'beside'
>

/**
 * Two keys of the list, with the person as the third, and whether it runs along them or against them. They are the table's
 * columns, as its indexes know them, not what is selected.
 */
const orderOf = (sql: Sql, order: TraceOrder | undefined) => {
  if (order === undefined) return { first: sql`t.hop`, second: sql`(-t.overlap_seconds)`, isDown: false }
  const column = { firstAt: 'first_at', lastAt: 'last_at', overlapSeconds: 'overlap_seconds' } as const
  const name = order.replace('-', '') as keyof typeof column
  return { first: sql`t.${sql(column[name])}`, second: sql`t.hop`, isDown: order.startsWith('-') }
}

type Window = {
  hop: number | undefined
  /** Only those whom the trace before did not find. */
  isNew: boolean
  /** Only those whom an edge beside the scans makes a contact. */
  isBeside: boolean
  /** Only those whom nobody marked. */
  isUnmarked: boolean
  order: TraceOrder | undefined
  after: number | undefined
  limit: number
}

/** Those of these people whom a run found. */
export const listFoundAmong = (sql: Sql, traceId: number, personIds: readonly number[]) =>
  sql<Evidence[]>`
    select person_id, hop::int, via_id, exposures, by_scans, beside from trace_contacts
    where trace_id = ${traceId} and person_id = any(${personIds as number[]}::int[])`

/** By hop and then by time together, unless asked otherwise; a page goes on after the person `after`. */
export function listTraceContacts(
  sql: Sql,
  trace: TraceRow,
  { hop, isNew, isBeside, isUnmarked, order, after, limit }: Window,
) {
  const { first, second, isDown } = orderOf(sql, order)
  const [beyond, along] = isDown ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
  return sql<TraceContactRow[]>`
    select t.person_id, hop::int, via_id, overlap_seconds, t.first_at, t.last_at, exposures, by_scans, beside,
      (select label from contacts c where c.case_id = ${trace.caseId} and c.person_id = t.person_id) as label,
      is_new, false as is_changed,
      exists (
        select from contacts c where c.case_id = ${trace.caseId} and c.person_id = t.person_id
          and (c.label > 'F' || hop or c.label = 'F' || hop and c.last_at < t.last_at)) as to_mark_anew
    from trace_contacts t
    where trace_id = ${trace.id}
      ${hop === undefined ? sql`` : sql`and hop = ${hop}`}
      ${isNew ? sql`and is_new` : sql``}
      ${isBeside ? sql`and beside is not null` : sql``}
      ${
        isUnmarked
          ? sql`and not exists (select from contacts c where c.case_id = ${trace.caseId} and c.person_id = t.person_id)`
          : sql``
      }
      ${
        after === undefined
          ? sql``
          : sql`and (${first}, ${second}, t.person_id) ${beyond} (
              select ${first}, ${second}, t.person_id from trace_contacts t
              where t.trace_id = ${trace.id} and t.person_id = ${after})`
      }
    order by ${first} ${along}, ${second} ${along}, t.person_id ${along} limit ${limit}`
}

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
    select c.public_id, c.person_id, c.label, c.first_at, c.last_at, c.marked_at, w.reached_by, w.told_at, w.read_at,
      w.recalled_at, r.status as sending
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
      select count(*)::int as people,
        count(*) filter (where w.reached_by = 'sms' and w.recalled_at is null)::int as told,
        count(w.recalled_at)::int as recalled,
        count(*) filter (where w.reached_by = 'none')::int as unreachable,
        count(*) filter (where w.reached_by is null and ${isGoing})::int as going,
        count(*) filter (where w.reached_by is null and not ${isGoing})::int as held,
        count(w.read_at)::int as read
      from contacts c ${latestWarning(sql)} join warning_runs r on r.id = w.run_id
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
export const isTold = (sql: Sql) => sql`(w.reached_by is not null or w.read_at is not null or exists (
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
