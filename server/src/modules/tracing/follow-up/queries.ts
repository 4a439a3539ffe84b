import type { Sql } from '../../../platform/database.ts'
import type { AreaRef } from '../../../platform/shapes.ts'
import type { KnownBy } from '../../people/index.ts'
import type { Due, EndReason, EventKind, FollowUpOrder, Label, Measure, Status } from './schema.ts'
import { labels } from './schema.ts'

const ids = (list: readonly number[]) => list as number[]

/** A unit by the key of its row, as lists show it. */
const areaAt = (sql: Sql, column: string) => sql`
  (select jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path)
   from area_names a where a.id = ${sql(column)})`

// — units

/** For each of these units the one of the lowest level in force that it lies within; left out where there are several. */
export const listUnitsInForce = (sql: Sql, areaIds: readonly number[], on: string) => {
  const inForce = (name: string) =>
    sql`${sql(name)}.valid_from <= ${on} and (${sql(name)}.valid_to is null or ${sql(name)}.valid_to > ${on})`
  return sql<{ areaId: number; unitId: number }[]>`
    select w.area_id, min(a.id) as unit_id
    from area_within w join area_names a on a.id = w.ancestor_id
    where w.area_id = any(${ids(areaIds)}::int[]) and ${inForce('a')}
      and not exists (select from area_names child where child.parent_id = a.id and ${inForce('child')})
    group by w.area_id having count(*) = 1`
}

/** Few enough units to go down each of them; with more it is quicker to go along the whole order. */
const FEW_UNITS = 40

/** Few units by their rows; else what they lie within: any area of each list. */
export type Units = readonly number[] | { reaches: readonly (readonly number[])[] }
const areFew = (units: Units): units is readonly number[] => Array.isArray(units)

const unitsWithin = (sql: Sql, reaches: readonly (readonly number[])[]) =>
  reaches
    .map((reach) => sql`select area_id from area_within where ancestor_id = any(${ids(reach)}::int[])`)
    .reduce((all, one) => sql`${all} intersect ${one}`)

export async function findUnits(sql: Sql, reaches: readonly (readonly number[])[]): Promise<Units> {
  const few = await sql<{ areaId: number }[]>`${unitsWithin(sql, reaches)} limit ${FEW_UNITS + 1}`
  return few.length > FEW_UNITS ? { reaches } : [...new Set(few.map(({ areaId }) => areaId))]
}

/**
 * Whether a column names one of the units. Thousands of them are looked up in a hash that is made once: `is true` keeps the
 * planner from making a join of it, which would lose the order of the index that a page goes along.
 */
export const isOneOf = (sql: Sql, column: string, units: Units) =>
  areFew(units)
    ? sql`${sql(column)} = any(${ids(units)}::int[])`
    : sql`(${sql(column)} in (${unitsWithin(sql, units.reaches)})) is true`

// — opening

export type Fresh = { personId: number; exposedTo: string; label: Label }
type Opening = {
  caseId: number
  fresh: readonly Fresh[]
  diseaseId: string
  profileVersion: number
  followUpDays: number
  areaId: number
  /** When to call who is new. */
  nextAt: Date
  now: Date
  by: number | null
  timeZone: string
  /** What was known of the exposure to this case holds no more. */
  farther?: { sealed: Buffer | null } | undefined
}
export type Opened = { id: number; personId: number; isNew: boolean }

/**
 * Contacts of a case who were just marked, or marked anew, open a follow-up or lengthen the one that is open: a later exposure
 * begins the watch anew, the nearest label holds, and whoever refused or was not found is sought again. People come in one order, so that nobody deadlocks.
 */
export async function openFollowUps(
  sql: Sql,
  {
    caseId,
    fresh,
    diseaseId,
    profileVersion,
    followUpDays,
    areaId,
    nextAt,
    now,
    by,
    timeZone,
    farther,
  }: Opening,
) {
  const opened = await sql<Opened[]>`
    insert into follow_ups as f (public_id, person_id, disease_id, profile_version, area_id, status, label, exposed_to,
      watch_until, next_at, opened_at)
    select gen_random_uuid(), person_id, ${diseaseId}, ${profileVersion}, ${areaId}, 'toTrace', label, exposed_to,
      exposed_to + ${followUpDays}::int, ${nextAt}, ${now}
    from unnest(${ids(fresh.map(({ personId }) => personId))}::int[], ${fresh.map(({ exposedTo }) => exposedTo)}::date[],
      ${fresh.map(({ label }) => label)}::text[]) as fresh (person_id, exposed_to, label) order by person_id
    on conflict (person_id, disease_id) where ended_at is null do update set
      label = least(f.label, excluded.label),
      exposed_to = greatest(f.exposed_to, excluded.exposed_to),
      watch_until = greatest(f.watch_until, excluded.watch_until),
      status = case when excluded.exposed_to > f.exposed_to and f.status in ('refused', 'notFound') then 'toTrace'
        else f.status end,
      next_at = case when excluded.exposed_to > f.exposed_to then least(f.next_at, excluded.next_at) else f.next_at end
    returning id, person_id, xmax = 0 as is_new`
  const followUpIds = ids(opened.map(({ id }) => id))
  const labelOf = new Map(fresh.map(({ personId, label }) => [personId, label]))
  await sql`
    update contacts c set follow_up_id = opened.id
    from unnest(${followUpIds}::int[], ${opened.map(({ personId }) => personId)}::int[]) as opened (id, person_id)
    where c.case_id = ${caseId} and c.person_id = opened.person_id and c.follow_up_id is distinct from opened.id`
  if (farther) await recount(sql, followUpIds, followUpDays, timeZone)
  const known = farther ? 'farther' : 'exposed'
  await sql`
    insert into follow_up_events (follow_up_id, kind, at, recorded_at, recorded_by, case_id, outcome, sealed)
    select id, kind, ${now}, ${now}, ${by}, ${caseId}, label, ${farther?.sealed ?? null}::bytea
    from unnest(${followUpIds}::int[], ${opened.map(({ isNew }) => (isNew ? 'opened' : known))}::text[],
      ${opened.map(({ personId }) => labelOf.get(personId)!)}::text[]) as opened (id, kind, label) order by id`
  return opened
}

/** They go by what holds of all cases that stand: the nearest label, and the latest exposure. */
const recount = (sql: Sql, followUpIds: number[], followUpDays: number, timeZone: string) => sql`
  update follow_ups f set label = held.label, exposed_to = held.exposed_to, watch_until = held.exposed_to + ${followUpDays}::int
  from (
    select c.follow_up_id, min(c.label) as label,
      max(((c.last_at - interval '1 microsecond') at time zone ${timeZone})::date) as exposed_to
    from contacts c join case_facts k on k.case_id = c.case_id
    where c.follow_up_id = any(${followUpIds}::int[]) and c.withdrawn_at is null and k.classification <> 'discarded'
    group by 1
  ) held
  where f.id = held.follow_up_id`

// — one

export type FollowUpRow = {
  id: number
  publicId: string
  personId: number
  diseaseId: string
  profileVersion: number
  areaId: number
  area: AreaRef
  sentTo: AreaRef | null
  status: Status
  label: Label
  exposures: number
  exposedTo: string
  watchUntil: string
  tries: number
  lastTryAt: Date | null
  reachedAt: Date | null
  lastSeenOn: string | null
  nextAt: Date
  test: 'none' | 'needed' | 'ordered' | 'taken' | 'negative' | 'positive'
  quarantine: 'none' | 'needed' | 'ordered' | 'done'
  openedAt: Date
  endedAt: Date | null
  endReason: EndReason | null
}

const columns = (sql: Sql) => sql`
  f.id, f.public_id, f.person_id, f.disease_id, f.profile_version, f.area_id, f.status, f.label, f.exposed_to, f.watch_until,
  f.tries, f.last_try_at, f.reached_at, f.last_seen_on, f.next_at, f.test, f.quarantine, f.opened_at, f.ended_at,
  f.end_reason, ${areaAt(sql, 'f.area_id')} as area, ${areaAt(sql, 'f.sent_to_id')} as sent_to,
  (select count(*)::int from contacts c where c.follow_up_id = f.id and c.withdrawn_at is null) as exposures`

export const findFollowUp = async (sql: Sql, publicId: string) =>
  (await sql<FollowUpRow[]>`select ${columns(sql)} from follow_ups f where public_id = ${publicId}`)[0]

type Locked = {
  id: number
  publicId: string
  personId: number
  areaId: number
  sentToId: number | null
  diseaseId: string
  status: Status
  watchUntil: string
  openedAt: Date
  endedAt: Date | null
}
const lockedColumns = (sql: Sql) =>
  sql`id, public_id, person_id, area_id, sent_to_id, disease_id, status, watch_until, opened_at, ended_at`

/** In one order, so that two officers with the same people wait for each other and both see what the other left. */
export const lockFollowUps = (sql: Sql, publicIds: readonly string[]) =>
  sql<Locked[]>`
    select ${lockedColumns(sql)} from follow_ups where public_id = any(${publicIds as string[]}::uuid[])
    order by id for no key update`

/** Whether all of these units lie within the reach. */
export const areWithin = async (sql: Sql, areaIds: readonly number[], reach: readonly number[]) =>
  (
    await sql<{ outside: boolean }[]>`
      select exists (
        select from unnest(${ids(areaIds)}::int[]) as held (area_id)
        where not exists (select from area_within w
          where w.area_id = held.area_id and w.ancestor_id = any(${ids(reach)}::int[]))) as outside`
  )[0]!.outside === false

type Event = {
  kind: EventKind
  at: Date
  recordedAt: Date
  recordedBy: number | null
  channel?: 'phone' | 'visit' | 'sms' | null
  outcome?: string | null
  areaId?: number | null
  sealed?: Buffer | null
}
export const insertEvents = (sql: Sql, followUpIds: readonly number[], event: Event) => sql`
  insert into follow_up_events (follow_up_id, kind, at, recorded_at, recorded_by, channel, outcome, area_id, sealed)
  select id, ${event.kind}, ${event.at}, ${event.recordedAt}, ${event.recordedBy}, ${event.channel ?? null},
    ${event.outcome ?? null}, ${event.areaId ?? null}::int, ${event.sealed ?? null}::bytea
  from unnest(${ids(followUpIds)}::int[]) as id order by id`

type Attempt = { at: Date; day: string; isSeen: boolean; nextAt: Date; isPlanned: boolean }

/** What an attempt changes. One that is keyed in late does not undo what is known of a later one. */
export const saveAttempt = (
  sql: Sql,
  id: number,
  status: Status,
  { at, day, isSeen, nextAt, isPlanned }: Attempt,
) => sql`
  update follow_ups set tries = tries + 1,
    next_at = case when last_try_at > ${at} and not ${isPlanned} then next_at else ${nextAt} end,
    status = case when last_try_at > ${at} then status else ${status} end,
    last_try_at = greatest(last_try_at, ${at})
    ${isSeen ? sql`, reached_at = least(reached_at, ${at}), last_seen_on = greatest(last_seen_on, ${day}::date)` : sql``}
  where id = ${id}`

/** From now on the contacts of these people count as traced, each since the first time that anybody spoke with them. */
export const markReached = (sql: Sql, followUpIds: readonly number[], at: Date) => sql`
  update contacts set reached_at = least(reached_at, ${at}) where follow_up_id = any(${ids(followUpIds)}::int[])`

type Change = Partial<Pick<FollowUpRow, 'test' | 'quarantine' | 'nextAt'>>
export const updateFollowUps = (sql: Sql, followUpIds: readonly number[], change: Change) => sql`
  update follow_ups set ${sql(change)} where id = any(${ids(followUpIds)}::int[])`

/** Who feels ill is to be tested, unless a test is already under way. */
export const needTest = (sql: Sql, followUpIds: readonly number[]) => sql`
  update follow_ups set test = 'needed' where id = any(${ids(followUpIds)}::int[]) and test in ('none', 'negative')`

/** Ends follow-ups; what waits for another unit is taken back. */
export async function endFollowUps(
  sql: Sql,
  followUpIds: readonly number[],
  {
    reason,
    now,
    by,
    sealed = null,
  }: { reason: EndReason; now: Date; by: number | null; sealed?: Buffer | null },
) {
  if (followUpIds.length === 0) return
  await sql`
    update follow_ups set status = 'released', ended_at = ${now}, end_reason = ${reason}, sent_to_id = null
    where id = any(${ids(followUpIds)}::int[])`
  await sql`
    update hand_over_lines set answer = 'withdrawn', answered_at = ${now}, answered_by = ${by}
    where follow_up_id = any(${ids(followUpIds)}::int[]) and answer is null`
  await insertEvents(sql, followUpIds, {
    kind: 'released',
    at: now,
    recordedAt: now,
    recordedBy: by,
    outcome: reason,
    sealed,
  })
}

/** Open follow-ups whose watch is over while nothing is under way; another worker's are left to it. */
export const takeOver = (sql: Sql, today: string, limit: number) =>
  sql<{ id: number; lost: boolean }[]>`
    select id, coalesce(last_seen_on < watch_until - 2, true) as lost from follow_ups
    where ended_at is null and watch_until < ${today} and sent_to_id is null
      and test not in ('needed', 'ordered', 'taken') and quarantine not in ('needed', 'ordered')
    order by watch_until, id limit ${limit} for no key update skip locked`

export const lockOpenOf = async (sql: Sql, casePublicId: string) =>
  (
    await sql<{ id: number }[]>`
      select f.id from case_facts k join case_people p using (case_id)
      join follow_ups f on f.person_id = p.person_id and f.disease_id = k.disease_id and f.ended_at is null
      where k.public_id = ${casePublicId} order by f.id for no key update of f`
  ).map(({ id }) => id)

/** In one order, and before anybody looks which cases they rest on: whoever marks them for another case waits, or was first. */
export const lockOpenOfPeople = (sql: Sql, diseaseId: string, personIds: readonly number[]) => sql`
  select from follow_ups
  where disease_id = ${diseaseId} and person_id = any(${ids(personIds)}::int[]) and ended_at is null
  order by id for no key update`

/** Those of them that are open, and rest on no contact of a standing case. */
export const listForsaken = async (sql: Sql, followUpIds: readonly number[]) =>
  (
    await sql<{ id: number }[]>`
      select f.id from follow_ups f
      where f.id = any(${ids(followUpIds)}::int[]) and f.ended_at is null and not exists (
        select from contacts c join case_facts k on k.case_id = c.case_id
        where c.follow_up_id = f.id and c.withdrawn_at is null and k.classification <> 'discarded')
      order by f.id`
  ).map(({ id }) => id)

export type EventRow = {
  kind: EventKind
  at: Date
  recordedAt: Date
  recordedBy: number | null
  channel: 'phone' | 'visit' | 'sms' | null
  outcome: string | null
  area: string | null
  caseNumber: string | null
  sealed: Buffer | null
}
export const listEvents = (sql: Sql, followUpId: number) =>
  sql<EventRow[]>`
    select e.kind, e.at, e.recorded_at, e.recorded_by, e.channel, e.outcome, a.full_name as area, k.number as case_number,
      e.sealed
    from follow_up_events e left join area_names a on a.id = e.area_id left join case_facts k on k.case_id = e.case_id
    where e.follow_up_id = ${followUpId} order by e.id desc limit 200`

export type MetRow = {
  followUpId: number
  casePublicId: string
  caseNumber: string
  caseAreaId: number
  label: Label
  firstAt: Date
  lastAt: Date
  /** When their warning was taken back. */
  recalledAt: Date | null
  places: string[]
  /** Where no place is known. */
  settings: string[]
}
/**
 * The exposures of follow-ups, the latest first, with where they were when they were marked. What was taken back is one no
 * more, but stays the reason why somebody was watched who is not any more.
 */
export const listMet = (sql: Sql, followUpIds: readonly number[]) =>
  sql<MetRow[]>`
    select c.follow_up_id, k.public_id as case_public_id, k.number as case_number, k.area_id as case_area_id, c.label,
      c.first_at, c.last_at,
      (select w.recalled_at from warnings w where w.contact_id = c.id order by w.run_id desc limit 1) as recalled_at,
      array(
        select distinct p.name from jsonb_array_elements(c.met) as one (met)
        join place_facts p on p.place_id = (one.met->>'place')::int order by 1) as places,
      array(
        select distinct one.met->>'setting' from jsonb_array_elements(c.met) as one (met)
        where one.met->>'place' is null order by 1) as settings
    from contacts c join case_facts k on k.case_id = c.case_id
    where c.follow_up_id = any(${ids(followUpIds)}::int[]) and (c.withdrawn_at is null or exists (
      select from follow_ups f where f.id = c.follow_up_id and f.end_reason = 'noContact'))
    order by c.follow_up_id, c.last_at desc, c.id desc`

/** One reminder of an officer at a time: two at once must not both count as the first. */
export const lockReminders = (sql: Sql, officerId: number | null) =>
  sql`select pg_advisory_xact_lock(22, ${officerId ?? 0}::int)`

/** How many people this officer reminded since a moment. */
export const countReminders = async (sql: Sql, officerId: number | null, since: Date) =>
  (
    await sql<[{ people: number }]>`
      select count(*)::int as people from follow_up_events
      where kind = 'instructed' and recorded_by is not distinct from ${officerId} and at > ${since}`
  )[0].people

type ToldRow = {
  followUpId: number
  warningId: string
  exposedTo: string
  diseaseId: string
  profileVersion: number
  run: string
}
/**
 * Of each follow-up the warning that people may be reminded of: of the latest exposure that they were told, in a sending
 * that is going or has gone, of a case that stands. A stop or a recall waits until the reminders lie in the outbox.
 */
export async function takeTold(sql: Sql, followUpIds: readonly number[]) {
  const those = sql`c.follow_up_id = any(${ids(followUpIds)}::int[])`
  await sql`
    select from warning_runs
    where id in (select w.run_id from contacts c join warnings w on w.contact_id = c.id where ${those})
    order by id for share`
  return sql<ToldRow[]>`
    select distinct on (c.follow_up_id) c.follow_up_id, w.id as warning_id, w.exposed_to, w.disease_id, w.profile_version,
      r.public_id as run
    from contacts c join warnings w on w.contact_id = c.id join warning_runs r on r.id = w.run_id
      join case_facts k on k.case_id = c.case_id
    where ${those} and w.recalled_at is null and r.status in ('sending', 'sent') and k.classification <> 'discarded'
    order by c.follow_up_id, w.exposed_to desc, w.created_at desc`
}

/** Whoever takes the warning back takes the reminder out of the outbox, too. */
export const addReminder = (sql: Sql, warningId: string, messageId: string) =>
  sql`update warnings set reminder_ids = reminder_ids || ${messageId}::uuid where id = ${warningId}`

export const listAreaNames = (sql: Sql, areaIds: readonly number[]) =>
  sql<{ id: number; fullName: string }[]>`
    select id, full_name from area_names where id = any(${ids(areaIds)}::int[])`

// — lists

export type Period = {
  /** The day, and the two before it from which on nobody is lost yet. */
  on: string
  seenOn: string
  from: Date
  to: Date
  dayFrom: Date
  seenFrom: Date
  /** The day is not over: what stands in the rows is what stood at its end. */
  isToday: boolean
  timeZone: string
}

type Filter = {
  units: Units
  state: 'open' | 'ended'
  status: Status | undefined
  label: Label | undefined
  due: { kind: Due; now: Date; today: string; tomorrow: Date } | undefined
  exposedOn: string | undefined
  /** Contacts of any of these cases. */
  caseIds: readonly string[] | undefined
  measure: Measure | undefined
  period: Period
  followUpIds?: readonly string[] | undefined
  knownBy?: KnownBy | undefined
}
type Window = { order: FollowUpOrder | undefined; after: string | undefined; limit: number; skip?: number }

export const listCasesNumbered = async (sql: Sql, beginning: string, limit: number) =>
  (
    await sql<{ publicId: string }[]>`
      select public_id from case_facts
      where number collate "C" >= ${beginning} and number collate "C" < ${beginning} || chr(1114111) limit ${limit}`
  ).map(({ publicId }) => publicId)

const isDue = (sql: Sql, { kind, now, today, tomorrow }: NonNullable<Filter['due']>) =>
  ({
    late: sql`next_at < ${now}`,
    today: sql`next_at < ${tomorrow}`,
    unseen: sql`next_at < ${tomorrow} and (last_seen_on is null or last_seen_on < ${today})`,
    ending: sql`watch_until <= ${today}`,
  })[kind]

/** A common name is asked of each row by itself, so that a page of many ends as soon as it is full. */
const isKnownBy = (sql: Sql, known: KnownBy) =>
  'personIds' in known
    ? sql`person_id = any(${ids(known.personIds)}::int[])`
    : sql`(select n.name_tokens @> ${known.nameTokens}::bytea[] from person_names n where n.person_id = follow_ups.person_id)`

/** Whom a list is about, in the units that it is about. */
const matching = (
  sql: Sql,
  {
    state,
    status,
    label,
    due,
    exposedOn,
    caseIds,
    measure,
    period,
    followUpIds,
    knownBy,
  }: Omit<Filter, 'units'>,
) => sql`
  ${measure ? sql`true` : state === 'open' ? sql`ended_at is null` : sql`ended_at is not null`}
    ${status === undefined ? sql`` : sql`and status = ${status}`}
    ${label === undefined ? sql`` : sql`and label = ${label}`}
    ${due === undefined ? sql`` : sql`and ${isDue(sql, due)}`}
    ${exposedOn === undefined ? sql`` : sql`and exposed_to = ${exposedOn}`}
    ${followUpIds === undefined ? sql`` : sql`and public_id = any(${followUpIds as string[]}::uuid[])`}
    ${
      caseIds === undefined
        ? sql``
        : sql`and id = any(array(select c.follow_up_id from contacts c join case_facts k on k.case_id = c.case_id
            where k.public_id = any(${caseIds as string[]}::uuid[]) and c.follow_up_id is not null
              ${state === 'ended' ? sql`` : sql`and c.withdrawn_at is null`}))`
    }
    ${knownBy === undefined ? sql`` : sql`and ${isKnownBy(sql, knownBy)}`}
    ${measure === undefined ? sql`` : sql`and ${isCounted(sql, measure, period)}`}`

export const countFollowUps = async (sql: Sql, { units, ...filter }: Filter) =>
  (
    await sql<[{ people: number }]>`
      select count(*)::int as people from follow_ups
      where ${isOneOf(sql, 'area_id', units)} and ${matching(sql, filter)}`
  )[0].people

/** Few people, wherever they are: they are found first, and then put in order. */
const isNarrow = ({ caseIds, followUpIds, knownBy }: Filter) =>
  caseIds !== undefined || followUpIds !== undefined || (knownBy !== undefined && 'personIds' in knownBy)

/**
 * A page of follow-ups of these units, the nearest contacts first unless asked otherwise: label by label, each along an index.
 * With half a million rows a commune goes down `follow_ups_by_unit`, unit by unit, and a
 * province along `follow_ups_in_order` (or its siblings) until the page is full, passing over other provinces by the index
 * alone: `npm run bench -- follow-up` measures it. The shapes are written out because the planner
 * cannot tell from a parameter how many units an officer reaches, or how many people bear a name.
 */
export function listFollowUps(sql: Sql, filter: Filter, { order, after, limit, skip = 0 }: Window) {
  const { units, state, measure, label, due } = filter
  const wanted = order ?? (due?.kind === 'ending' ? 'watchUntil' : undefined)
  const isByLabel = wanted === undefined && (state === 'open' || !!measure)
  const keys = { nextAt: 'next_at', watchUntil: 'watch_until', exposedTo: 'exposed_to' } as const
  const name =
    state === 'ended' && !measure ? 'ended_at' : keys[(wanted ?? 'nextAt').replace('-', '') as 'nextAt']
  const down = name === 'ended_at' || !!wanted?.startsWith('-')
  const key = isByLabel ? sql`label, ${sql(name)}, id` : sql`${sql(name)}, id`
  const along = down ? sql`${sql(name)} desc, id desc` : key
  const rest =
    after === undefined
      ? sql``
      : sql`and (${key}) ${down ? sql`<` : sql`>`} (select ${key} from follow_ups where public_id = ${after})`
  const within = isOneOf(sql, 'area_id', units)
  const each = areFew(units) ? sql`unnest(${ids(units)}::int[])` : sql`(values (0))`
  const nearest = isByLabel && label === undefined ? labels : [label ?? null]
  const found = isNarrow(filter)
    ? sql`(
        with narrow as materialized (
          select id, label, ${sql(name)} from follow_ups where ${within} and ${matching(sql, filter)})
        select * from narrow where true ${rest}) f`
    : sql`${each} as unit (id) cross join unnest(${nearest as string[]}::text[]) as nearest (label)
        cross join lateral (
          select id, label, ${sql(name)} from follow_ups
          where ${areFew(units) ? sql`area_id = unit.id` : within} ${isByLabel ? sql`and label = nearest.label` : sql``}
            and ${matching(sql, filter)} ${rest}
          order by ${along} limit ${limit + skip}) f`
  return sql<FollowUpRow[]>`
    with found as materialized (select f.* from ${found} order by ${along} limit ${limit} offset ${skip})
    select ${columns(sql)} from found join follow_ups f using (id) order by ${along}`
}

// — hand-overs

type Sending = {
  fromId: number
  toId: number
  diseaseId: string
  followUpIds: readonly number[]
  now: Date
  dueAt: Date
  by: number | null
  /** Of whom a marking made contacts: each unit gets one, however many parts that takes. */
  markingId?: number
}
export const sendHandOver = async (
  sql: Sql,
  { fromId, toId, diseaseId, followUpIds, now, dueAt, by, markingId }: Sending,
) => {
  const [row] = await sql<{ id: number; publicId: string }[]>`
    insert into hand_overs (public_id, from_id, to_id, disease_id, sent_at, due_at, sent_by, marking_id)
    values (gen_random_uuid(), ${fromId}, ${toId}, ${diseaseId}, ${now}, ${dueAt}, ${by}, ${markingId ?? null})
    on conflict (marking_id, to_id) where marking_id is not null do update set to_id = excluded.to_id
    returning id, public_id`
  await sql`
    insert into hand_over_lines (hand_over_id, follow_up_id)
    select ${row!.id}, id from unnest(${ids(followUpIds)}::int[]) as id`
  await sql`update follow_ups set sent_to_id = ${toId} where id = any(${ids(followUpIds)}::int[])`
  await insertEvents(sql, followUpIds, {
    kind: 'sent',
    at: now,
    recordedAt: now,
    recordedBy: by,
    areaId: toId,
  })
  return row!.publicId
}

export type HandOverRow = {
  id: number
  publicId: string
  fromId: number
  toId: number
  from: AreaRef
  to: AreaRef
  diseaseId: string
  profileVersion: number
  sentAt: Date
  dueAt: Date
  sentBy: number | null
  people: number
  labels: { label: Label; people: number }[]
  waiting: number
  received: number
  returned: number
  withdrawn: number
  lateReceipts: number
  answeredAt: Date | null
  answeredBy: number | null
  statuses: { status: Status; people: number }[]
  /** Whether a unit of the reader sent it, and received it. */
  isFromUs: boolean
  isToUs: boolean
}

type HandOverFilter = {
  direction: 'in' | 'out'
  units: Units
  state: 'waiting' | 'late' | undefined
  now: Date
}

/** A receipt that came, or is still awaited, after it was due. */
const isLate = (sql: Sql, now: Date) =>
  sql`coalesce(l.answer, 'received') = 'received' and coalesce(l.answered_at, ${now}) > h.due_at`

const isInState = (sql: Sql, state: 'waiting' | 'late', now: Date) => sql`
  exists (select from hand_over_lines l where l.hand_over_id = h.id and ${
    state === 'waiting' ? sql`l.answer is null` : isLate(sql, now)
  })`

/** The page is chosen before its people are counted. */
export const listHandOvers = (
  sql: Sql,
  { direction, units, state, now }: HandOverFilter,
  { after, limit }: { after: string | undefined; limit: number },
) => sql<HandOverRow[]>`
  with h as materialized (
    select * from hand_overs h
    where ${isOneOf(sql, direction === 'in' ? 'h.to_id' : 'h.from_id', units)}
      ${state === undefined ? sql`` : sql`and ${isInState(sql, state, now)}`}
      ${after === undefined ? sql`` : sql`and h.id < (select id from hand_overs where public_id = ${after})`}
    order by h.id desc limit ${limit})
  select h.id, h.public_id, h.from_id, h.to_id, h.disease_id, h.sent_at, h.due_at, h.sent_by,
    ${isOneOf(sql, 'h.from_id', units)} as is_from_us, ${isOneOf(sql, 'h.to_id', units)} as is_to_us,
    ${areaAt(sql, 'h.from_id')} as from, ${areaAt(sql, 'h.to_id')} as to, lines.*,
    (select l.answered_by from hand_over_lines l where l.hand_over_id = h.id and l.answered_at = lines.answered_at limit 1)
      as answered_by,
    (select coalesce(jsonb_agg(jsonb_build_object('label', label, 'people', people) order by label), '[]') from (
      select f.label, count(*)::int as people from hand_over_lines l join follow_ups f on f.id = l.follow_up_id
      where l.hand_over_id = h.id group by f.label) labelled) as labels,
    (select coalesce(jsonb_agg(jsonb_build_object('status', status, 'people', people) order by status), '[]') from (
      select f.status, count(*)::int as people from hand_over_lines l join follow_ups f on f.id = l.follow_up_id
      where l.hand_over_id = h.id and l.answer = 'received' group by f.status) stood) as statuses
  from h cross join lateral (
    select count(*)::int as people, count(*) filter (where answer is null)::int as waiting,
      count(*) filter (where answer = 'received')::int as received,
      count(*) filter (where answer = 'returned')::int as returned,
      count(*) filter (where answer = 'withdrawn')::int as withdrawn,
      count(*) filter (where ${isLate(sql, now)})::int as late_receipts,
      max(answered_at) as answered_at, max(f.profile_version) as profile_version
    from hand_over_lines l join follow_ups f on f.id = l.follow_up_id where l.hand_over_id = h.id) lines
  order by h.id desc`

type HandOverKey = { id: number; publicId: string; fromId: number; toId: number }
export const findHandOver = async (sql: Sql, publicId: string) =>
  (
    await sql<
      HandOverKey[]
    >`select id, public_id, from_id, to_id from hand_overs where public_id = ${publicId}`
  )[0]

export type LineRow = {
  followUpPublicId: string
  personId: number
  label: Label
  exposedTo: string
  watchUntil: string
  answer: 'received' | 'returned' | 'withdrawn' | null
  answeredAt: Date | null
  reason: 'notHere' | 'moved' | 'unknownPerson' | 'other' | null
}
/** Those who wait; a reader who holds them sees who was answered, too. */
export const listLines = (
  sql: Sql,
  handOverId: number,
  holding: Units,
  { after, limit }: { after: string | undefined; limit: number },
) => sql<LineRow[]>`
  select f.public_id as follow_up_public_id, f.person_id, f.label, f.exposed_to, f.watch_until, l.answer, l.answered_at, l.reason
  from hand_over_lines l join follow_ups f on f.id = l.follow_up_id
  where l.hand_over_id = ${handOverId} and (l.answer is null or ${isOneOf(sql, 'f.area_id', holding)})
    ${after === undefined ? sql`` : sql`and f.id > (select id from follow_ups where public_id = ${after})`}
  order by f.id limit ${limit}`

type Answer = {
  answer: 'received' | 'returned' | 'withdrawn'
  reason: LineRow['reason']
  nextAt: Date
  now: Date
  by: number | null
}

/** Answers those of a hand-over that still wait: who was quicker stands. */
export async function answerLines(
  sql: Sql,
  { id, toId }: { id: number; toId: number },
  publicIds: readonly string[] | undefined,
  { answer, reason, nextAt, now, by }: Answer,
) {
  const chosen =
    publicIds === undefined ? sql`` : sql`and f.public_id = any(${publicIds as string[]}::uuid[])`
  const locked = await sql<{ id: number; label: Label; waits: boolean }[]>`
    select f.id, f.label, l.answer is null as waits from follow_ups f join hand_over_lines l on l.follow_up_id = f.id
    where l.hand_over_id = ${id} ${chosen} order by f.id for no key update of f, l`
  const taken = locked.filter(({ waits }) => waits)
  const waiting = taken.map(({ id }) => id)
  await sql`
    update hand_over_lines set answer = ${answer}, answered_at = ${now}, answered_by = ${by}, reason = ${reason}
    where hand_over_id = ${id} and follow_up_id = any(${ids(waiting)}::int[])`
  await sql`
    update follow_ups set sent_to_id = null, next_at = least(next_at, ${nextAt})
      ${answer === 'received' ? sql`, area_id = ${toId}` : sql``}
    where id = any(${ids(waiting)}::int[])`
  await insertEvents(sql, waiting, {
    kind: answer,
    at: now,
    recordedAt: now,
    recordedBy: by,
    outcome: reason,
    areaId: toId,
  })
  const counts = labels.map((label) => ({
    label,
    people: taken.filter((line) => line.label === label).length,
  }))
  return {
    answered: waiting.length,
    alreadyAnswered: locked.length - waiting.length,
    labels: counts.filter(({ people }) => people > 0),
  }
}

// — figures

/** People of cases recorded in the period, each once: traced if in time after each of these cases. */
const due24h = (sql: Sql, { from, to }: Period) => sql`
  select c.follow_up_id, bool_and(coalesce(c.reached_at <= k.created_at + interval '24 hours', false)) as traced
  from contacts c join case_facts k on k.case_id = c.case_id
  where k.created_at >= ${from}::timestamptz - interval '24 hours' and k.created_at < ${to}::timestamptz - interval '24 hours'
    and c.follow_up_id is not null and (c.withdrawn_at is null or c.withdrawn_at >= ${to})
  group by c.follow_up_id`

/** Who was under watch at the end of the day: of `follow_ups`, by its own columns. */
const isWatched = (sql: Sql, { to, on, isToday }: Period) => sql`
  opened_at < ${to} and watch_until >= ${on} and ${isToday ? sql`ended_at is null` : sql`(ended_at is null or ended_at >= ${to})`}`

/** Whether anybody spoke with the person since `day`. The row knows the last day; the history is asked only when that is later. */
const isSeenSince = (sql: Sql, { day, from }: { day: string; from: Date }, { on, to, isToday }: Period) =>
  isToday
    ? sql`last_seen_on >= ${day}`
    : sql`(last_seen_on between ${day} and ${on} or last_seen_on > ${on} and exists (
        select from follow_up_events e where e.follow_up_id = follow_ups.id and e.at >= ${from} and e.at < ${to}
          and e.kind = 'attempt' and e.outcome in ('reached', 'ill', 'isolated')))`

const isSeenToday = (sql: Sql, period: Period) =>
  isSeenSince(sql, { day: period.on, from: period.dayFrom }, period)

const isLost = (sql: Sql, period: Period) => {
  const { seenOn: day, seenFrom: from } = period
  const neverSince = period.isToday
    ? sql`(last_seen_on is null or last_seen_on < ${day})`
    : sql`coalesce(not ${isSeenSince(sql, { day, from }, period)}, true)`
  return sql`${neverSince} and opened_at < ${from}`
}

/** Cases recorded in the period, with the follow-up that the person was in as a contact of an earlier one. */
const caseOrigins = (sql: Sql, { from, to, timeZone }: Period) => sql`
  select k.case_id, k.area_id, (
    select f.id from case_people p join contacts c on c.person_id = p.person_id
    join case_facts other on other.case_id = c.case_id and other.disease_id = k.disease_id
    join follow_ups f on f.id = c.follow_up_id
    where p.case_id = k.case_id and c.case_id <> k.case_id and c.marked_at < k.created_at
      and (c.withdrawn_at is null or c.withdrawn_at > k.created_at)
      and f.watch_until >= (k.created_at at time zone ${timeZone})::date
    order by c.id limit 1) as follow_up_id
  from case_facts k where k.created_at >= ${from} and k.created_at < ${to}`

/** The follow-ups that an indicator counts: what a number opens is what it counted. */
function isCounted(sql: Sql, measure: Measure, period: Period) {
  if (measure === 'due24h') return sql`id in (select follow_up_id from (${due24h(sql, period)}) due)`
  if (measure === 'traced24h')
    return sql`id in (select follow_up_id from (${due24h(sql, period)}) due where traced)`
  if (measure === 'knownCases')
    return sql`id in (select follow_up_id from (${caseOrigins(sql, period)}) known)`
  const state = { watched: sql`true`, seen: isSeenToday(sql, period), lost: isLost(sql, period) }[measure]
  return sql`${isWatched(sql, period)} and ${state}`
}

type Counted = {
  areaId: number
  due24h: number
  traced24h: number
  watched: number
  seen: number
  lost: number
  cases: number
  knownCases: number
}

/** The indicators of several areas, each with everything within it; people by the unit that holds them now. */
export const countIndicators = (sql: Sql, areaIds: readonly number[], period: Period) => sql<Counted[]>`
  with due as (
    select f.area_id, count(*) as due24h, count(*) filter (where traced) as traced24h
    from (${due24h(sql, period)}) d join follow_ups f on f.id = d.follow_up_id group by f.area_id
  ),
  watch as (
    select area_id, count(*) as watched, count(*) filter (where ${isSeenToday(sql, period)}) as seen,
      count(*) filter (where ${isLost(sql, period)}) as lost
    from follow_ups where ${isWatched(sql, period)} group by area_id
  ),
  origin as (
    select area_id, count(*) as cases, count(follow_up_id) as known_cases
    from (${caseOrigins(sql, period)}) o group by area_id
  ),
  unit as (
    select area_id, due24h, traced24h, watched, seen, lost, cases, known_cases
    from due full join watch using (area_id) full join origin using (area_id)
  )
  select wanted.area_id, coalesce(sum(due24h), 0)::int as due24h, coalesce(sum(traced24h), 0)::int as traced24h,
    coalesce(sum(watched), 0)::int as watched, coalesce(sum(seen), 0)::int as seen, coalesce(sum(lost), 0)::int as lost,
    coalesce(sum(cases), 0)::int as cases, coalesce(sum(known_cases), 0)::int as known_cases
  from unnest(${ids(areaIds)}::int[]) as wanted (area_id)
  left join area_within w on w.ancestor_id = wanted.area_id left join unit on unit.area_id = w.area_id
  group by wanted.area_id`
