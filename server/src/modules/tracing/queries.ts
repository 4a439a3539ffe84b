import type { Sql } from '../../platform/database.ts'
import type { AreaRef } from '../../platform/shapes.ts'
import type { Exposure, Met, Seed } from './meet.ts'
import type { statuses, TraceOrder } from './schema.ts'
import type { RunStatus } from './sending/schema.ts'

// — runs

type StoredParameters = {
  from: string
  to: string
  minOverlapSeconds: number
  airingSeconds: number
  hops: number
  latencyHours: number
  diseaseId: string
  profileVersion: number
}

export type TraceRow = {
  id: number
  publicId: string
  caseId: number
  status: (typeof statuses)[number]
  parameters: StoredParameters
  progress: { done: number; total: number }
  problem: string | null
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
  'askedAt',
  'startedAt',
  'finishedAt',
] as const

type NewTrace = Pick<TraceRow, 'publicId' | 'caseId' | 'parameters' | 'askedAt'> & { askedBy: number | null }

export const insertTrace = (sql: Sql, { publicId, caseId, parameters, askedAt, askedBy }: NewTrace) => sql`
  insert into traces (public_id, case_id, status, parameters, progress, asked_by, asked_at)
  values (${publicId}, ${caseId}, 'waiting', ${sql.json(parameters)}, ${sql.json({ done: 0, total: parameters.hops })},
    ${askedBy}, ${askedAt})`

export const findTrace = async (sql: Sql, publicId: string) =>
  (await sql<TraceRow[]>`select ${sql(columns)} from traces where public_id = ${publicId}`)[0]

/** For the run: nobody else works on the same trace meanwhile. */
export const lockTrace = async (sql: Sql, publicId: string) =>
  (await sql<TraceRow[]>`select ${sql(columns)} from traces where public_id = ${publicId} for update`)[0]

export const listTracesOfCase = (sql: Sql, caseId: number, after: string | undefined, limit: number) =>
  sql<TraceRow[]>`
    select ${sql(columns)} from traces
    where case_id = ${caseId}
      ${after === undefined ? sql`` : sql`and id < (select id from traces where public_id = ${after})`}
    order by id desc limit ${limit}`

type Change = Partial<Pick<TraceRow, 'status' | 'problem' | 'startedAt' | 'finishedAt'>>
export const updateTrace = (sql: Sql, id: number, change: Change) =>
  sql`update traces set ${sql(change)} where id = ${id}`

export const setProgress = (sql: Sql, id: number, progress: TraceRow['progress']) =>
  sql`update traces set progress = ${sql.json(progress)} where id = ${id}`

/** Whose contacts the next hop seeks: who was found in this one, from when they could infect others. */
export const listSeeds = (sql: Sql, traceId: number, hop: number, latencyHours: number, to: number) =>
  sql<Seed[]>`
    select person_id, (extract(epoch from first_at) * 1000 + ${latencyHours}::float8 * 3600000)::float8 as from, ${to}::float8 as to
    from trace_contacts where trace_id = ${traceId} and hop = ${hop}`

export const listKnown = async (sql: Sql, traceId: number) =>
  (await sql<{ personId: number }[]>`select person_id from trace_contacts where trace_id = ${traceId}`).map(
    ({ personId }) => personId,
  )

const AT_ONCE = 5000

/** Keeps who was found in a hop. */
export async function insertHop(sql: Sql, traceId: number, hop: number, found: readonly Met[]) {
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const some = found.slice(from, from + AT_ONCE)
    await sql`
      insert into trace_contacts (trace_id, person_id, hop, via_id, overlap_seconds, first_at, last_at, exposures)
      select ${traceId}, person_id, ${hop}, via_id, overlap_seconds, first_at, last_at, exposures::jsonb
      from unnest(${some.map(({ personId }) => personId)}::int[], ${some.map(({ viaId }) => (hop > 1 ? viaId : null))}::int[],
        ${some.map(({ overlapSeconds }) => overlapSeconds)}::int[],
        ${some.map(({ firstAt }) => firstAt.toISOString())}::timestamptz[], ${some.map(({ lastAt }) => lastAt.toISOString())}::timestamptz[],
        ${some.map(({ exposures }) => JSON.stringify(exposures.map(storedOf)))}::text[])
        as met (person_id, via_id, overlap_seconds, first_at, last_at, exposures)`
  }
}

const storedOf = ({ placeId, withId, from, to, seconds, estimated }: Exposure) => ({
  place: placeId,
  with: withId,
  from,
  to,
  seconds,
  estimated,
})

export const findAsker = async (sql: Sql, traceId: number) =>
  (await sql<{ askedBy: number | null }[]>`select asked_by from traces where id = ${traceId}`)[0]!.askedBy

/** How many people a run found, by how many times together with somebody. */
export const measureTrace = async (sql: Sql, traceId: number) =>
  (
    await sql<{ people: number; overlaps: number }[]>`
    select count(*)::int as people, coalesce(sum(jsonb_array_length(exposures)), 0)::int as overlaps
    from trace_contacts where trace_id = ${traceId}`
  )[0]!

/** In how many stays somebody was seen in [from, to). */
export const countStays = async (sql: Sql, personId: number, from: Date, to: Date) =>
  (
    await sql<{ stays: number }[]>`
    select (select count(*) from recorded_stays where person_id = ${personId} and arrived_at < ${to} and left_at > ${from})::int
      + (select count(*) from unfinished_stays where person_id = ${personId} and arrived_at >= ${from} and arrived_at < ${to})::int
      as stays`
  )[0]!.stays

export const countHops = (sql: Sql, traceIds: readonly number[]) =>
  sql<{ traceId: number; hop: number; people: number }[]>`
    select trace_id, hop::int, count(*)::int as people from trace_contacts
    where trace_id = any(${traceIds as number[]}::int[]) group by 1, 2 order by 1, 2`

// — what a run found

type StoredExposure = {
  place: number
  with: number
  from: string
  to: string
  seconds: number
  estimated: boolean
}

export type TraceContactRow = {
  personId: number
  hop: number
  viaId: number | null
  overlapSeconds: number
  firstAt: Date
  lastAt: Date
  exposures: StoredExposure[]
  label: 'F1' | 'F2' | 'F3' | null
}

/** Two keys that rise along the list, with the person as the third. */
const orderKeys = (sql: Sql, order: TraceOrder | undefined) => {
  const epoch = (column: 'first_at' | 'last_at') => sql`extract(epoch from ${sql(column)})`
  if (order === 'firstAt') return [epoch('first_at'), sql`hop`] as const
  if (order === '-firstAt') return [sql`-${epoch('first_at')}`, sql`hop`] as const
  if (order === 'lastAt') return [epoch('last_at'), sql`hop`] as const
  if (order === '-lastAt') return [sql`-${epoch('last_at')}`, sql`hop`] as const
  if (order === '-overlapSeconds') return [sql`(-overlap_seconds)`, sql`hop`] as const
  return [sql`hop`, sql`(-overlap_seconds)`] as const
}

type Window = {
  hop: number | undefined
  order: TraceOrder | undefined
  after: number | undefined
  limit: number
}

/** By hop and then by time together, unless asked otherwise; a page goes on after the person `after`. */
export function listTraceContacts(sql: Sql, trace: TraceRow, { hop, order, after, limit }: Window) {
  const [first, second] = orderKeys(sql, order)
  return sql<TraceContactRow[]>`
    select t.person_id, hop::int, via_id, overlap_seconds, t.first_at, t.last_at, exposures,
      (select label from contacts c where c.case_id = ${trace.caseId} and c.person_id = t.person_id) as label
    from trace_contacts t
    where trace_id = ${trace.id}
      ${hop === undefined ? sql`` : sql`and hop = ${hop}`}
      ${
        after === undefined
          ? sql``
          : sql`and (${first}, ${second}, person_id) > (
              select ${first}, ${second}, person_id from trace_contacts
              where trace_id = ${trace.id} and person_id = ${after})`
      }
    order by ${first}, ${second}, person_id limit ${limit}`
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

export const countFirstHop = async (sql: Sql, traceId: number, personIds: readonly number[] | null) =>
  (
    await sql<{ count: number }[]>`
    select count(*)::int from trace_contacts
    where trace_id = ${traceId} and hop = 1
      ${personIds ? sql`and person_id = any(${personIds as number[]}::int[])` : sql``}`
  )[0]!.count

type Mark = {
  trace: TraceRow
  personIds: readonly number[] | null
  label: 'F1'
  markedBy: number | null
  markedAt: Date
  timeZone: string
}

/** Marks people of hop 1 and lays a warning on each new one's page. Who is new, and when they were exposed last. */
export const insertContacts = async (
  sql: Sql,
  { trace, personIds, label, markedBy, markedAt, timeZone }: Mark,
) => sql<{ personId: number; exposedTo: string }[]>`
      with marked as (
        insert into contacts (public_id, case_id, person_id, label, trace_id, first_at, last_at, marked_by, marked_at)
        select gen_random_uuid(), ${trace.caseId}, person_id, ${label}, trace_id, first_at, last_at, ${markedBy}, ${markedAt}
        from trace_contacts
        where trace_id = ${trace.id} and hop = 1
          ${personIds ? sql`and person_id = any(${personIds as number[]}::int[])` : sql``}
        order by person_id
        on conflict (case_id, person_id) do nothing
        returning id, person_id, first_at, last_at
      )
      insert into warnings (id, contact_id, person_id, disease_id, profile_version, exposed_from, exposed_to, created_at)
      select gen_random_uuid(), id, person_id, ${trace.parameters.diseaseId}, ${trace.parameters.profileVersion},
        (first_at at time zone ${timeZone})::date,
        ((last_at - interval '1 microsecond') at time zone ${timeZone})::date, ${markedAt}
      from marked
      returning person_id, exposed_to`

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
  sending: RunStatus | null
}

type ContactWindow = { reachedBy: 'sms' | 'none' | undefined; after: string | undefined; limit: number }

/** Those whom no message reaches come first: somebody has to call on them. */
export const listContacts = (sql: Sql, caseId: number, { reachedBy, after, limit }: ContactWindow) => {
  const key = sql`(case w.reached_by when 'none' then 0 else 1 end, c.id)`
  return sql<ContactRow[]>`
    select c.public_id, c.person_id, c.label, c.first_at, c.last_at, c.marked_at, w.reached_by, w.told_at, w.read_at,
      r.status as sending
    from contacts c join warnings w on w.contact_id = c.id left join warning_runs r on r.id = w.run_id
    where c.case_id = ${caseId}
      ${reachedBy === undefined ? sql`` : sql`and w.reached_by = ${reachedBy}`}
      ${
        after === undefined
          ? sql``
          : sql`and ${key} > (
              select case w.reached_by when 'none' then 0 else 1 end, c.id
              from contacts c join warnings w on w.contact_id = c.id where c.public_id = ${after})`
      }
    order by case w.reached_by when 'none' then 0 else 1 end, c.id limit ${limit}`
}

// — warnings

export type WarningRow = {
  id: string
  personId: number
  diseaseId: string
  profileVersion: number
  exposedFrom: string
  exposedTo: string
  createdAt: Date
  readAt: Date | null
  recalledAt: Date | null
}

const warningColumns = (sql: Sql) => sql`
  w.id, w.person_id, w.disease_id, w.profile_version, w.exposed_from, w.exposed_to, w.created_at, w.read_at, w.recalled_at`

/** What waits for a second officer, was refused or was stopped is on nobody's page, unless it had been told before. */
const isTold = (sql: Sql) => sql`(w.reached_by is not null or w.read_at is not null or exists (
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
