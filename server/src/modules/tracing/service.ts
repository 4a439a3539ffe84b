import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { addDays, dayIn, startOfDay } from '../../platform/days.ts'
import { cursorOf, pageOf, readIdCursor, readOffset } from '../../platform/paging.ts'
import { requestProblem } from '../../platform/problem.ts'
import {
  assertStands,
  type CaseRow,
  findCase,
  findCaseById,
  getCase,
  getProfile,
  windowOf,
} from '../cases/index.ts'
import { findPerson, listPeopleOfHolder, maskedPeople, recordReading } from '../people/index.ts'
import { airingOf, longestAiring, ruleOf } from './airing.ts'
import { listAsideWhereMet } from './aside.ts'
import { findSetting } from './graph/forms.ts'
import { rounded } from './graph/service.ts'
import { listBothKnown } from './known.ts'
import { foundFarther, foundGone } from './marking/found.ts'
import { countFarther, countFound } from './marking/queries.ts'
import { meet } from './meet.ts'
import { traceProblem, warningProblem } from './problems.ts'
import type { TraceRow, WarningRow } from './queries.ts'
import * as queries from './queries.ts'
import { keepList } from './renewals/service.ts'
import { assertWindow, warningWords, watchUntil } from './rules.ts'
import {
  type Contact,
  type ContactCounts,
  type ContactSearch,
  MOST_ASIDE,
  type NewTrace,
  type Trace,
  type TraceContact,
  type TraceContactCounts,
  type TraceContactFilter,
  type TraceContactSearch,
  type TracePlaceSearch,
  type TracePlaces,
  type Warning,
} from './schema.ts'
import { recallWords } from './sending/rules.ts'
import { recordWindow, windowOfTrace } from './windows.ts'

export const officerOf = ({ actor }: Context) => (actor.kind === 'account' ? actor.id : null)

// — runs

type Asked = { from: Date; to: Date; hops: number } & Partial<
  Pick<NewTrace, 'minOverlapSeconds' | 'airingSeconds' | 'beside'>
> &
  Widened

/** What a trace of a case goes by; what nobody asked for comes from the profile of its disease. */
export function parametersOf(
  row: CaseRow,
  { from, to, hops, minOverlapSeconds, airingSeconds, beside, wider, reason }: Asked,
) {
  const profile = getProfile(row.diseaseId, row.profileVersion)
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    minOverlapSeconds: minOverlapSeconds ?? profile.minOverlapSeconds,
    ...airingOf(profile, airingSeconds),
    hops,
    latencyHours: profile.latencyHours,
    diseaseId: row.diseaseId,
    profileVersion: row.profileVersion,
    ...(beside ? { beside } : {}),
    ...(wider ? { wider } : {}),
    ...(reason === undefined ? {} : { reason }),
  }
}

type Widened = { wider?: true; reason?: string | undefined }

/**
 * Nobody looks at where somebody was but for the case: what goes beyond its window is told to the auditor, and what goes
 * beyond when it may have been caught and may infect others, were the illness so many days younger, needs a reason.
 */
export function widen(
  ctx: Context,
  row: CaseRow,
  { from, to }: { from: Date; to: Date },
  reason: string | undefined,
  laterDays = 0,
): Widened {
  const own = windowOf(ctx, row)
  if (from >= own.from && to <= own.to) return {}
  const { longestIncubation } = getProfile(row.diseaseId, row.profileVersion)
  const caught = startOfDay(
    ctx.services.timeZone,
    addDays(row.onsetOn ?? row.sampledOn!, -longestIncubation.days),
  )
  const later = (day: string | null) => day && addDays(day, laterDays)
  const latest = { ...row, isolatedAt: null, onsetOn: later(row.onsetOn), sampledOn: later(row.sampledOn) }
  const isFar = (from < caught && from < own.from) || to > windowOf(ctx, latest).to
  const said = reason?.trim() || undefined
  if (isFar && said === undefined)
    throw traceProblem.reasonMissing({ fields: [{ field: 'reason', reason: 'required' }] })
  return { wider: true, reason: said }
}

/** Whether a trace looked for no fewer people than the case itself makes one: its whole window, by no stricter rule. */
export function isAsWide(ctx: Context, row: CaseRow, { from, to, ...rule }: TraceRow['parameters']) {
  const window = windowOf(ctx, row)
  const own = parametersOf(row, { from: window.from, to: window.to, hops: 1 })
  const isSameAir = isDeepStrictEqual(rule.airingByVentilation, own.airingByVentilation)
  const isMoreAir = !rule.airingByVentilation && rule.airingSeconds * 1000 >= longestAiring(own)
  return (
    Date.parse(from) <= window.from.getTime() &&
    Date.parse(to) >= window.to.getTime() &&
    rule.minOverlapSeconds <= own.minOverlapSeconds &&
    (isMoreAir || (isSameAir && rule.airingSeconds >= own.airingSeconds))
  )
}

/** Asks for a trace; a job does it. What is left out comes from the case and the profile of its disease. */
export async function startTrace(ctx: Context, caseId: string, wanted: NewTrace) {
  const row = await getCase(ctx, caseId)
  assertStands(row)
  const given = windowOf(ctx, row)
  const from = wanted.from === undefined ? given.from : new Date(wanted.from)
  const to = wanted.to === undefined ? given.to : new Date(wanted.to)
  assertWindow({ from, to })
  const { hops = 1, reason, ...asked } = wanted
  const [followed] = await queries.listFollowed(ctx.sql, [row.id], { hops, beside: asked.beside })
  const widened = widen(ctx, row, { from, to }, reason)
  return start(ctx, row, parametersOf(row, { ...asked, from, to, hops, ...widened }), followed)
}

/** The same by nobody's hand: a trace is answered anew. */
export const renew = (ctx: Context, row: CaseRow, parameters: TraceRow['parameters'], follows: TraceRow) =>
  start(ctx, row, parameters, follows, true)

async function start(
  ctx: Context,
  row: CaseRow,
  parameters: TraceRow['parameters'],
  follows: TraceRow | undefined,
  byItself = false,
) {
  const publicId = uuidv7()
  await queries.insertTraces(
    ctx.sql,
    [{ publicId, caseId: row.id, parameters, follows: follows?.id ?? null }],
    { askedAt: ctx.now, askedBy: officerOf(ctx), byItself },
  )
  await ctx.record('case.trace', row.publicId, { traceId: publicId, ...parameters })
  await ctx.addJob('tracing.run', { id: publicId })
  return { id: publicId, status: 'waiting' as const }
}

/**
 * The job `tracing.again`: when a date of a traced case was edited, it is traced anew, with the hops of its deepest trace.
 * The window and the rule are those of the case, whatever the officer chose that time. Who was isolated before they could
 * infect anybody gets an empty list, which says how many left it.
 */
export async function traceAgain(ctx: Context, { subjectId }: { subjectId: string }) {
  const of = await findCase(ctx.sql, subjectId)
  const before = of && (await queries.findFurthestTrace(ctx.sql, of.id))
  if (!of || !before || of.classification === 'discarded') return
  const { from, to } = windowOf(ctx, of)
  const { hops, beside } = before.parameters
  await renew(ctx, of, parametersOf(of, { from, to, hops, ...(beside ? { beside } : {}) }), before)
}

/** A trace of a case within the caller's reach. */
async function getTrace(ctx: Context, publicId: string): Promise<{ trace: TraceRow; of: CaseRow }> {
  const trace = await queries.findTrace(ctx.sql, publicId)
  const of = trace && (await findCaseById(ctx.sql, trace.caseId))
  if (!(await ctx.mayReach({ areaId: of?.areaId ?? null })) || !of) throw traceProblem.unknown()
  return { trace, of }
}

/** What to do about a trace that failed. */
export const failureOf = (ctx: Context, problem: string | null) =>
  problem &&
  ctx.say({
    vi: `Truy vết gặp lỗi và đã dừng. Hãy chạy lại; nếu vẫn lỗi, báo quản trị viên mã ${problem}.`,
    en: `The trace met an error and stopped. Run it again; if it fails again, tell an administrator the code ${problem}.`,
  })

async function describeTraces(ctx: Context, rows: readonly TraceRow[], of: CaseRow): Promise<Trace[]> {
  const ids = rows.map(({ id }) => id)
  const counts = await queries.countHops(ctx.sql, ids)
  const changes = await queries.countChanges(ctx.sql, ids)
  const before = new Map(
    (
      await queries.listPublicIds(
        ctx.sql,
        rows.flatMap(({ follows }) => follows ?? []),
      )
    ).map((one) => [one.id, one.publicId]),
  )
  return rows.map(
    ({ id, publicId, caseId: _, batchId: __, byItself: ___, readAt: ____, follows, problem, ...row }) => ({
      ...row,
      id: publicId,
      follows: follows === null ? null : before.get(follows)!,
      changes: changes.flatMap(({ traceId, ...change }) => (traceId === id ? [change] : [])),
      caseId: of.publicId,
      caseStatus: of.classification,
      counts: counts.flatMap(({ traceId, beside, ...count }) =>
        traceId === id ? [{ ...count, ...(beside > 0 ? { beside } : {}) }] : [],
      ),
      problem: failureOf(ctx, problem),
    }),
  )
}

export async function readTrace(ctx: Context, publicId: string): Promise<Trace> {
  const { trace, of } = await getTrace(ctx, publicId)
  return (await describeTraces(ctx, [trace], of))[0]!
}

export async function listTraces(
  ctx: Context,
  caseId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const of = await getCase(ctx, caseId)
  const rows = await queries.listTracesOfCase(ctx.sql, of.id, readIdCursor(cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  return { items: await describeTraces(ctx, items, of), next }
}

/** Somebody whom nobody marked has nothing to be taken back. */
const UNMARKED = { isWithdrawn: false, followUp: null, endReason: null, otherCases: 0 }

async function narrowingOf(ctx: Context, of: CaseRow, trace: TraceRow, asked: TraceContactFilter) {
  const { hop, place, sure, farther } = asked
  const { new: isNew = false, beside: isBeside = false, unmarked: isUnmarked = false } = asked
  const { gone: isGone = false } = asked
  if (isGone && (place || sure || farther)) {
    const field = place ? 'place' : sure ? 'sure' : 'farther'
    throw requestProblem.invalid({ fields: [{ field, reason: 'notWithGone' }] })
  }
  if ((place || sure) && !(await queries.arePlacesKnown(ctx.sql, trace.id, hop)))
    throw traceProblem.placesUnknown()
  return {
    hop,
    isNew,
    isBeside,
    isUnmarked,
    isGone,
    farther: farther ? foundFarther(ctx, of, trace, hop) : undefined,
    placeId: place,
    sure,
  }
}

/** Above that nobody counts further. */
const MOST_COUNTED = 1000

/** How many a list is of, and with how many of its hop something is to be done; nobody is read. */
export async function countTraceContacts(
  ctx: Context,
  publicId: string,
  filter: TraceContactFilter,
): Promise<TraceContactCounts> {
  const { trace, of } = await getTrace(ctx, publicId)
  await keepList(ctx, trace)
  const { sql } = ctx
  const { hop } = filter
  const narrowing = await narrowingOf(ctx, of, trace, filter)
  const people = await queries.countTraceContacts(sql, trace, narrowing, MOST_COUNTED + 1)
  const hops = await queries.countHops(sql, [trace.id])
  const found = hops.reduce((sum, one) => sum + (hop === undefined || one.hop === hop ? one.people : 0), 0)
  const isWide = isAsWide(ctx, of, trace.parameters)
  return {
    people: Math.min(people, MOST_COUNTED),
    isMore: people > MOST_COUNTED,
    toMark: found - (await queries.countMarked(sql, trace, hop)),
    gone: isWide ? await countFound(sql, foundGone(ctx, of, trace), null) : 0,
    farther: isWide ? await countFarther(sql, foundFarther(ctx, of, trace, undefined)) : [],
  }
}

/** A page of what a run found, or does not find any more. Everybody on it has been read, and can see by whom. */
export async function listTraceContacts(ctx: Context, publicId: string, search: TraceContactSearch) {
  const { trace, of } = await getTrace(ctx, publicId)
  await keepList(ctx, trace)
  const { sort, limit = 50, cursor, gone: isGone = false } = search
  const narrowing = await narrowingOf(ctx, of, trace, search)
  const last = readIdCursor(cursor)
  const after = last === undefined ? undefined : ((await findPerson(ctx.sql, last))?.id ?? 0)
  const rows = await queries.listTraceContacts(ctx.sql, trace, narrowing, {
    order: sort,
    after,
    limit: limit + 1,
  })
  for (const [listId, lines] of Map.groupBy(rows, ({ listId }) => listId)) {
    const list = listId === trace.id ? trace : (await queries.findTraceById(ctx.sql, listId))!
    for (const row of await explain(ctx, list, of, lines)) row.isChanged = !isAsListed(row)
  }
  const shown = rows.slice(0, limit)
  const people = await maskedPeople(
    ctx,
    shown.flatMap(({ personId, viaId, exposures, beside }) => [
      personId,
      ...(viaId === null ? [] : [viaId]),
      ...exposures.map((exposure) => exposure.with),
      ...(beside ?? []).map((edge) => edge.with),
    ]),
  )
  await recordReading(ctx, [...people.keys()], 'contact.list', 'case', of.publicId)
  const stays = shown.reduce((sum, { exposures }) => sum + exposures.length, 0)
  await recordWindow(ctx, of.publicId, {
    by: 'contacts',
    ...windowOfTrace(trace.parameters),
    stays,
    people: people.size,
  })
  const placeIds = new Set(
    shown.flatMap(({ exposures, beside }) =>
      [...exposures, ...(beside ?? [])].flatMap(({ place }) => place ?? []),
    ),
  )
  const places = new Map(
    (await queries.listPlaces(ctx.sql, [...placeIds])).map(({ placeId, ...place }) => [placeId, place]),
  )
  const { items, next } = pageOf(rows, limit, ({ personId }) => cursorOf(people.get(personId)!.id))
  const met = items.flatMap(({ personId, exposures }) => exposures.map((one) => ({ personId, one })))
  const known = await listBothKnown(
    ctx.sql,
    met.map(({ personId, one: { with: withId, place, from } }) => ({
      personId,
      withId,
      placeId: place,
      from: new Date(from),
    })),
  )
  const knownOf = new Map(met.map(({ one }, at) => [one, known[at]!]))
  const asideOf = await listAsideWhereMet(
    ctx.sql,
    met.map(({ personId, one: { place, from, to } }) => ({
      personId,
      placeId: place,
      from: new Date(from),
      to: new Date(to),
    })),
    { timeZone: ctx.services.timeZone, most: MOST_ASIDE + 1 },
  )
  return {
    items: items.map(
      ({ personId, viaId, exposures, beside, gone, ...row }): TraceContact => ({
        ...row,
        ...(isGone ? { gone: gone ?? UNMARKED } : {}),
        person: people.get(personId)!,
        via: viaId === null ? null : people.get(viaId)!,
        exposures: exposures.map((one) => ({
          from: new Date(one.from),
          to: new Date(one.to),
          seconds: one.seconds,
          estimated: one.estimated,
          place: places.get(one.place)!,
          with: people.get(one.with)!,
          known: knownOf.get(one)!,
        })),
        ...(asideOf.has(personId)
          ? {
              setAside: asideOf.get(personId)!.map(({ placeId, on, reason, scans }) => ({
                place: places.get(placeId)!,
                on,
                reason,
                scans: Math.min(scans, MOST_ASIDE),
                isMore: scans > MOST_ASIDE,
              })),
            }
          : {}),
        ...(beside
          ? {
              beside: beside.map(({ place, with: withId, from, to, confidence, ...edge }) => ({
                ...edge,
                from: new Date(from),
                to: new Date(to),
                settingName: findSetting(edge.setting)?.label ?? null,
                confidence: rounded(confidence),
                with: people.get(withId)!,
                place: place === null ? null : places.get(place)!,
              })),
            }
          : {}),
      }),
    ),
    next,
  }
}

/** Where the people of a hop were met, and how many at each place; asked again, also after the job that looks for it was lost. */
export async function listTracePlaces(
  ctx: Context,
  publicId: string,
  { hop = 1, limit = 50, cursor }: TracePlaceSearch,
  isAgain = false,
): Promise<TracePlaces> {
  const { trace } = await getTrace(ctx, publicId)
  await keepList(ctx, trace)
  if (trace.status === 'done' && (await queries.askPlaces(ctx.sql, trace.id, hop, ctx.now, isAgain)))
    await ctx.addJob('tracing.place', { id: trace.publicId, hop })
  const { isLost, unplaced } = await queries.findPlacing(ctx.sql, trace.id, hop, ctx.now)
  const seen = readOffset(cursor)
  const rows = await queries.listTracePlaces(ctx.sql, trace.id, hop, seen, limit + 1)
  return {
    ...pageOf(rows, limit, () => cursorOf(seen + limit)),
    isKnown: await queries.arePlacesKnown(ctx.sql, trace.id, hop),
    isLost,
    unplaced,
  }
}

/**
 * Later hops, and traces of many cases, are kept without their overlaps: those with `via` are found when they are read,
 * from the stays as they are by then. Answers the rows that were found so.
 */
export async function explain<Row extends queries.Evidence>(
  { sql, services }: Context,
  trace: TraceRow,
  of: CaseRow,
  rows: Row[],
): Promise<Row[]> {
  const { from, to } = trace.parameters
  const bare = rows.filter(({ byScans, exposures }) => byScans && exposures.length === 0)
  if (bare.length === 0) return []
  const vias = await queries.listVias(
    sql,
    trace,
    bare.map(({ personId }) => personId),
  )
  const seeds = [
    ...(bare.some(({ hop }) => hop === 1)
      ? [{ personId: of.personId, from: Date.parse(from), to: Date.parse(to) }]
      : []),
    ...vias,
  ]
  const found = await meet(sql, seeds, new Set(), {
    ...ruleOf(trace.parameters),
    timeZone: services.timeZone,
    now: trace.askedAt,
    explain: true,
    only: new Set(bare.map(({ personId }) => personId)),
  })
  const exposuresOf = new Map(found.inOrder().map(({ personId, exposures }) => [personId, exposures]))
  for (const row of bare) {
    row.exposures = (exposuresOf.get(row.personId) ?? [])
      .filter(({ withId }) => withId === (row.viaId ?? of.personId))
      .map(({ placeId, withId, from, to, ...exposure }) => ({
        ...exposure,
        place: placeId,
        with: withId,
        from: from.toISOString(),
        to: to.toISOString(),
      }))
  }
  return bare
}

/** Whether the overlaps lie within the times of the line, and sum up to its seconds. */
function isAsListed({ exposures, overlapSeconds, firstAt, lastAt }: queries.TraceContactRow) {
  const spans = exposures.map(({ from, to }) => [Date.parse(from), Date.parse(to)] as const)
  const together = spans.reduce((sum, [from, to]) => sum + to - from, 0)
  return (
    Math.floor(together / 1000) === overlapSeconds &&
    spans.every(([from, to]) => from >= firstAt.getTime() && to <= lastAt.getTime())
  )
}

// — contacts

export async function listContacts(ctx: Context, caseId: string, search: ContactSearch) {
  const of = await getCase(ctx, caseId)
  const { reachedBy, limit = 50, cursor } = search
  const after = readIdCursor(cursor)
  const rows = await queries.listContacts(ctx.sql, of.id, { reachedBy, after, limit: limit + 1 })
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  const people = await maskedPeople(
    ctx,
    items.map(({ personId }) => personId),
  )
  await recordReading(ctx, [...people.keys()], 'contact.list', 'case', of.publicId)
  return {
    items: items.map(
      ({ publicId, personId, ...row }): Contact => ({ ...row, id: publicId, person: people.get(personId)! }),
    ),
    next,
  }
}

/** How far the contacts of a case have been told, over all pages of their list. */
export async function countContacts(ctx: Context, caseId: string): Promise<ContactCounts> {
  const of = await getCase(ctx, caseId)
  return queries.countContacts(ctx.sql, of.id)
}

// — warnings

const ownPeople = async (ctx: Context) =>
  (await listPeopleOfHolder(ctx.sql, ctx.holderId())).map(({ id }) => id)

async function describeWarnings(ctx: Context, rows: readonly WarningRow[]): Promise<Warning[]> {
  const people = await maskedPeople(
    ctx,
    rows.map(({ personId }) => personId),
  )
  return rows.map((row) => {
    const disease = getProfile(row.diseaseId, row.profileVersion)
    const { title, instructions } = row.recalledAt
      ? recallWords({ toldOn: dayIn(ctx.services.timeZone, row.createdAt), disease: disease.name })
      : warningWords(row, disease)
    return {
      id: row.id,
      at: row.createdAt,
      person: people.get(row.personId)!,
      disease: disease.name,
      title: ctx.say(title),
      instructions: instructions.map((words) => ctx.say(words)),
      label: row.label,
      exposedFrom: row.exposedFrom,
      exposedTo: row.exposedTo,
      watchUntil: watchUntil(row, disease),
      readAt: row.readAt,
      recalledAt: row.recalledAt,
    }
  })
}

/** What was said to everybody on the caller's phone, newest first. */
export async function listOwnWarnings(
  ctx: Context,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const rows = await queries.listWarnings(ctx.sql, await ownPeople(ctx), readIdCursor(cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.id))
  return { items: await describeWarnings(ctx, items), next }
}

export async function openOwnWarning(ctx: Context, id: string): Promise<Warning> {
  const row = await queries.openWarning(ctx.sql, id, await ownPeople(ctx), ctx.now)
  if (!row) throw warningProblem.unknown()
  return (await describeWarnings(ctx, [row]))[0]!
}
