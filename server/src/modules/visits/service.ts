import { setImmediate as nextTurn } from 'node:timers/promises'
import { Compile } from 'typebox/compile'
import type { Context } from '../../platform/context.ts'
import { dayBounds, dayIn } from '../../platform/days.ts'
import { cursorOf, pageOf, readCursor } from '../../platform/paging.ts'
import { Problem, requestProblem } from '../../platform/problem.ts'
import { decideMany } from '../declarations/index.ts'
import {
  cardProblem,
  getOwnPerson,
  listPeopleByPublicId,
  listPeopleOfHolder,
  mask,
  maskedPeople,
  type PersonRow,
  readCard,
  recordReading,
} from '../people/index.ts'
import {
  findPlace,
  findPlaceByCode,
  listPlacesById,
  listPlacesByPublicId,
  mayGuard,
  type PlaceRow,
  placeProblem,
  placeSummary,
  placeTarget,
  readPlaceCode,
} from '../places/index.ts'
import { visitProblem } from './problems.ts'
import type { ScanRow } from './queries.ts'
import * as queries from './queries.ts'
import { assertMayScan, directionName, directionNumber } from './rules.ts'
import {
  type Inside,
  type NewVisit,
  type OwnVisits,
  Scan,
  type ScanOutcome,
  type ScanResults,
  type Today,
  type TodayQuery,
  type Visit,
  type VisitResult,
} from './schema.ts'

const PAGE = 50

const isSame = (one: ScanRow, other: ScanRow) =>
  one.placeId === other.placeId &&
  one.personId === other.personId &&
  one.direction === other.direction &&
  one.at.getTime() === other.at.getTime()

// — a person scans a place

export async function recordVisit(ctx: Context, id: string, visit: NewVisit): Promise<VisitResult> {
  const person = await getOwnPerson(ctx, visit.personId)
  const place = await findPlaceByCode(ctx.sql, readPlaceCode(visit.placeCode))
  if (!place) throw placeProblem.unknown()
  const scan = {
    id,
    placeId: place.id,
    personId: person.id,
    direction: directionNumber(visit.direction),
    at: new Date(visit.at),
  }
  await queries.waitForPeople(ctx.sql, [person.id])
  const known = await queries.listScans(ctx.sql, [scan], person.id)
  if (known.some((row) => !isSame(row, scan))) throw visitProblem.idTaken()
  if (known.length === 0) {
    assertMayScan(place, visit.direction, scan.at, ctx.now)
    const added = await queries.insertScans(ctx.sql, [scan], queries.SOURCE.phone, ctx.now)
    if (added.length === 0) throw visitProblem.idTaken()
    await queries.deriveStays(ctx.sql, [scan])
  }
  const [stay] = await queries.listStaysOf(ctx.sql, [scan])
  return {
    id,
    repeated: known.length > 0,
    place: placeSummary(ctx, place),
    direction: visit.direction,
    at: scan.at,
    person: mask(ctx, person),
    decision: (await decideMany(ctx, [person.id])).get(person.id)!,
    stay: stay?.arrivedAt ? { arrivedAt: stay.arrivedAt, leftAt: stay.leftAt } : null,
  }
}

// — a gate scans people

type Refused = { sent: unknown; problem: Problem }
type Read = { scan: Scan; row: ScanRow }

const scanShape = Compile(Scan)

/** Takes what can be taken, in one insert and one derivation; refuses the others, each with its reason. */
export async function recordScans(ctx: Context, sent: readonly unknown[]): Promise<ScanResults> {
  const entries = await readScans(ctx, sent)
  const read = entries.filter((entry) => 'row' in entry)
  await queries.waitForPeople(
    ctx.sql,
    read.map(({ row }) => row.personId),
  )

  const known = byKey(
    await queries.listScans(
      ctx.sql,
      read.map(({ row }) => row),
    ),
  )
  const fresh = new Map<string, ScanRow>()
  const outcomes = entries.map((entry) => {
    if ('problem' in entry) return entry
    const { row, place, scan } = entry
    const earlier = known.get(keyOf(row)) ?? fresh.get(keyOf(row))
    if (earlier)
      return isSame(earlier, row) ? { ...entry, repeated: true } : refused(scan, visitProblem.idTaken())
    try {
      assertMayScan(place, scan.direction, row.at, ctx.now)
    } catch (error) {
      return refused(scan, error)
    }
    fresh.set(keyOf(row), row)
    return { ...entry, repeated: false }
  })

  const added = byKey(await addScans(ctx, [...fresh.values()]))
  for (const place of new Set(read.map((entry) => entry.place))) {
    const scans = [...added.values()].filter(({ placeId }) => placeId === place.id).length
    if (scans > 0) await ctx.record('scan.record', place.publicId, { scans })
  }
  const settled = outcomes.map((outcome) =>
    'row' in outcome && fresh.has(keyOf(outcome.row)) && !added.has(keyOf(outcome.row))
      ? refused(outcome.scan, visitProblem.idTaken())
      : outcome,
  )
  return describeOutcomes(ctx, settled)
}

const keyOf = ({ placeId, id }: { placeId: number; id: string }) => `${placeId} ${id}`
const byKey = <T extends { placeId: number; id: string }>(rows: readonly T[]) =>
  new Map(rows.map((row) => [keyOf(row), row]))

const refused = (sent: unknown, problem: unknown): Refused => {
  if (!(problem instanceof Problem)) throw problem
  return { sent, problem }
}

/** Everything about the scans that needs no look at what is recorded: their form, their place, their code. */
async function readScans(ctx: Context, sent: readonly unknown[]) {
  ctx.scopeDecided = true
  const formed = sent.filter((one) => scanShape.Check(one))
  const places = await listGuarded(
    ctx,
    formed.map(({ placeId }) => placeId),
  )
  const cards = new Map<Scan, string | Problem>()
  for (const scan of formed) {
    cards.set(scan, tryCard(ctx, scan))
    // Checking a thousand signatures takes a tenth of a second; others are served in between.
    if (cards.size % 50 === 0) await nextTurn()
  }
  const people = await listPeopleByPublicId(ctx.sql, [
    ...new Set([...cards.values()].filter((id) => typeof id === 'string')),
  ])
  const personById = new Map(people.map((person) => [person.publicId, person]))

  return sent.map((scan): Refused | (Read & { place: PlaceRow; person: PersonRow }) => {
    if (!scanShape.Check(scan)) return refused(scan, requestProblem.invalid())
    const place = places.get(scan.placeId)
    if (!place) return refused(scan, placeProblem.unknown())
    const card = cards.get(scan)!
    if (card instanceof Problem) return refused(scan, card)
    const person = personById.get(card)
    if (!person) return refused(scan, cardProblem.unknown())
    const row = {
      id: scan.id.toLowerCase(),
      placeId: place.id,
      personId: person.id,
      direction: directionNumber(scan.direction),
      at: new Date(scan.at),
    }
    return { scan, row, place, person }
  })
}

function tryCard(ctx: Context, { code, at }: Scan): string | Problem {
  try {
    return readCard(ctx, code, new Date(at))
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** The places where this caller may let people in, by the id that was sent; the others are not there. */
async function listGuarded(ctx: Context, ids: readonly string[]) {
  const guarded = new Map<string, PlaceRow>()
  const sent = new Map(ids.map((id) => [id, id.toLowerCase()]))
  const rows = await listPlacesByPublicId(ctx.sql, [...new Set(sent.values())])
  const reached = new Map<string, PlaceRow>()
  for (const place of rows) if (await mayGuard(ctx, place)) reached.set(place.publicId, place)
  for (const [id, publicId] of sent) if (reached.has(publicId)) guarded.set(id, reached.get(publicId)!)
  return guarded
}

async function addScans(ctx: Context, scans: readonly ScanRow[]) {
  if (scans.length === 0) return []
  const added = await queries.insertScans(ctx.sql, scans, queries.SOURCE.gate, ctx.now)
  const rows = byKey(scans)
  await queries.deriveStays(
    ctx.sql,
    added.map((one) => rows.get(keyOf(one))!),
  )
  return added
}

type Taken = Read & { person: PersonRow; repeated: boolean }

async function describeOutcomes(ctx: Context, outcomes: readonly (Refused | Taken)[]): Promise<ScanResults> {
  const taken = outcomes.filter((outcome) => 'row' in outcome)
  const decisions = await decideMany(ctx, [...new Set(taken.map(({ row }) => row.personId))])
  const stays = await queries.listStaysOf(
    ctx.sql,
    taken.map(({ row }) => row),
  )
  const stayOf = new Map(taken.map((one, at) => [one, stays[at]!]))

  const results = outcomes.map((outcome): ScanOutcome => {
    if ('problem' in outcome)
      return { id: idOf(outcome.sent), outcome: 'refused', person: null, decision: null }
    const { scan, row, person, repeated } = outcome
    const { arrivedAt } = stayOf.get(outcome)!
    return {
      id: scan.id,
      outcome: repeated ? 'repeated' : 'accepted',
      person: mask(ctx, person),
      decision: decisions.get(person.id)!,
      ...(scan.direction === 'in' ? { alreadyInside: arrivedAt !== null && arrivedAt < row.at } : {}),
    }
  })
  const refusals = outcomes.filter((outcome) => 'problem' in outcome)
  return {
    accepted: taken.filter(({ repeated }) => !repeated).length,
    repeated: taken.filter(({ repeated }) => repeated).length,
    refused: refusals.map(({ sent, problem }) => ({
      id: idOf(sent),
      code: problem.code,
      title: ctx.say(problem.words),
    })),
    results,
  }
}

/** The id of a scan that may have no proper one. */
function idOf(sent: unknown) {
  const id = typeof sent === 'object' && sent !== null && 'id' in sent ? sent.id : ''
  return typeof id === 'string' ? id.slice(0, 100) : ''
}

// — what people see of their own

const MOMENT = /^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const isMoment = (part: unknown): part is string =>
  typeof part === 'string' && MOMENT.test(part) && !Number.isNaN(Date.parse(part))

const cursorUnknown = () => requestProblem.invalid({ fields: [{ field: 'cursor', reason: 'unknown' }] })

function readVisitCursor(cursor: string | undefined) {
  const parts = readCursor(cursor, 2)
  if (!parts) return null
  const [at, skip] = parts
  if (!isMoment(at) || typeof skip !== 'number' || skip < 0 || skip > 10_000) throw cursorUnknown()
  return { at, skip }
}

/** Stays have no id of their own, so a page remembers how many of the same moment it has shown. */
export async function listOwnVisits(ctx: Context, { personId, cursor, limit = PAGE }: OwnVisits) {
  const person = await getOwnPerson(ctx, personId)
  const before = readVisitCursor(cursor)
  const rows = await queries.listStaysOfPerson(ctx.sql, person.id, { limit: limit + 1, before })
  const page = pageOf(rows, limit, ({ arrivedAt }) => {
    const at = arrivedAt.toISOString()
    const shown = rows.slice(0, limit).filter((row) => row.arrivedAt.getTime() === arrivedAt.getTime()).length
    return cursorOf(at, shown + (before?.at === at ? before.skip : 0))
  })
  return { items: await describeStays(ctx, page.items), next: page.next }
}

async function describeStays(ctx: Context, rows: readonly queries.StayRow[]): Promise<Visit[]> {
  const places = await listPlacesById(ctx.sql, [...new Set(rows.map(({ placeId }) => placeId))])
  const placeById = new Map(places.map((place) => [place.id, placeSummary(ctx, place)]))
  return rows.map(({ placeId, arrivedAt, leftAt, estimated }) => ({
    place: placeById.get(placeId)!,
    arrivedAt,
    leftAt,
    estimated,
  }))
}

export async function listOwnInside(ctx: Context): Promise<{ items: Inside[]; next: null }> {
  const people = await listPeopleOfHolder(ctx.sql, ctx.holderId())
  const masked = new Map(people.map((person) => [person.id, mask(ctx, person)]))
  const rows = await queries.listInside(ctx.sql, [...masked.keys()], ctx.now)
  const visits = await describeStays(ctx, rows)
  return {
    items: visits.map((visit, at) => ({ ...visit, person: masked.get(rows[at]!.personId)! })),
    next: null,
  }
}

// — what a place sees

export async function readToday(
  ctx: Context,
  placeId: string,
  { cursor, limit = PAGE }: TodayQuery,
): Promise<Today> {
  const place = await findPlace(ctx.sql, placeId)
  ctx.scopeDecided = true
  if (!place || !(await ctx.mayReach(await placeTarget(ctx, place, ctx.permission!))))
    throw placeProblem.unknown()
  const { timeZone } = ctx.services
  const day = { ...dayBounds(timeZone, dayIn(timeZone, ctx.now)), now: ctx.now }
  const before = readScanCursor(cursor)
  const rows = await queries.listToday(ctx.sql, place.id, day, { limit: limit + 1, before })
  const page = pageOf(rows, limit, ({ at, id }) => cursorOf(at.toISOString(), id))
  const personIds = page.items.map(({ personId }) => personId)
  const people = await maskedPeople(ctx, personIds)
  await recordReading(ctx, personIds, 'place.today', 'followUp')
  const items = page.items.map(({ at, direction, personId }) => ({
    at,
    direction: directionName(direction),
    person: people.get(personId)!,
  }))
  return { ...(await queries.countToday(ctx.sql, place.id, day)), items, next: page.next }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function readScanCursor(cursor: string | undefined) {
  const parts = readCursor(cursor, 2)
  if (!parts) return null
  const [at, id] = parts
  if (!isMoment(at) || typeof id !== 'string' || !UUID.test(id)) throw cursorUnknown()
  return { at, id }
}
