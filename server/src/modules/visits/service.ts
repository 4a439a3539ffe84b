import { Compile } from 'typebox/compile'
import { v4 as uuidv4 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import type { Sql } from '../../platform/database.ts'
import { dayBounds, dayIn } from '../../platform/days.ts'
import { gatherEach } from '../../platform/gather.ts'
import { cursorOf, isMoment, pageOf, readCursor } from '../../platform/paging.ts'
import { Problem, requestProblem } from '../../platform/problem.ts'
import { throttle } from '../../platform/throttle.ts'
import {
  atPlace,
  decideUnknown,
  declareFor,
  declareForUnknown,
  type EntryDecision,
  instructions,
  placeShut,
} from '../declarations/index.ts'
import {
  type CheckedCode,
  checkCodes,
  completePerson,
  findPerson,
  getOwnPerson,
  listPeopleById,
  listPeopleByPublicId,
  listPeopleOfHolder,
  listRevokedCodes,
  type MaskedPerson,
  mask,
  maskedPeople,
  maskName,
  type PersonRow,
  personProblem,
  profileOf,
  type ResolvedCode,
  recordReading,
  resolveCodes,
  serverPublicKeys,
} from '../people/index.ts'
import {
  countingGuesses,
  findPlace,
  findScannedPlace,
  findVehicle,
  isShutNow,
  listGates,
  listPlacesById,
  mayGuard,
  type PlaceRow,
  placeProblem,
  placeSummary,
  placeTarget,
} from '../places/index.ts'
import { findSeen, joinRounds, roundsOf, textIn } from './again.ts'
import { isCrowdOnPhone } from './aside.ts'
import { type Draft, keepScans, plain, takeBack } from './intake.ts'
import { findTooManyNew } from './newcomers.ts'
import { countInside, momentOf, readDay } from './place-view.ts'
import { visitProblem } from './problems.ts'
import * as queries from './queries.ts'
import {
  CROWD_ON_PHONE,
  type DoubtName,
  directionName,
  doubtName,
  doubtNumber,
  isBeforeEvent,
  isFarAway,
  isFromTheFuture,
  OLDEST_SCAN_SECONDS,
  stepOf,
  TAKEN_BACK,
  toldDoubt,
  viaNumber,
} from './rules.ts'
import {
  type GateDeclaration,
  type GateFacts,
  type GateFactsQuery,
  type Inside,
  type NewVisit,
  type OwnVisits,
  Scan,
  type ScanOutcome,
  type ScanResults,
  type Today,
  type TodayQuery,
  type UndoBody,
  type Undone,
  type Visit,
  type VisitResult,
} from './schema.ts'
import { holdBackTyped } from './typed.ts'

const PAGE = 50

// Look-ups of the scan path: what is asked at the same moment is asked together.

const lookUp = <Row extends { publicId: string }>(
  list: (sql: Sql, ids: readonly string[]) => Promise<readonly Row[]>,
) =>
  gatherEach<readonly string[], readonly Row[]>(async (sql, asked) => {
    const rows = new Map((await list(sql, [...new Set(asked.flat())])).map((row) => [row.publicId, row]))
    return asked.map((ids) => ids.flatMap((id) => rows.get(id) ?? []))
  })
const findPeople = lookUp(listPeopleByPublicId)
const findPlaceFacts = lookUp(queries.listPlaceFactsByPublicId)

const findHolder = gatherEach<number, PersonRow | undefined>(async (sql, ids) => {
  const rows = new Map((await listPeopleById(sql, ids)).map((row) => [row.id, row]))
  return ids.map((id) => rows.get(id))
})

// — a person scans a place

export async function recordVisit(ctx: Context, id: string, visit: NewVisit): Promise<VisitResult> {
  const holderId = ctx.holderId()
  const at = new Date(visit.at)
  const other = visit.personId === undefined ? undefined : await findOther(ctx, holderId, visit.personId)
  const known = {} as { person: PersonRow; place: PlaceRow }
  const keep = (assertFew: (within: Context) => Promise<void>) =>
    keepScans({
      ctx,
      moments: [at],
      async read(within) {
        const [person, { place, refusal }] = await Promise.all([
          other?.person ?? findHolder(within.sql, holderId),
          findScannedPlace(within, visit.placeCode, at),
          assertFew(within),
        ])
        if (!person) throw personProblem.unknown()
        Object.assign(known, { person, place })
        const isCrowd = other?.isMany ? await isCrowdOnPhone(within, holderId, person.id) : false
        const draft: Draft = {
          ...plain,
          id: id.toLowerCase(),
          placeId: place.id,
          personId: person.id,
          direction: visit.direction,
          at,
          source: queries.SOURCE.phone,
          via: viaNumber('own'),
          doubt: doubtOfVisit(visit, isCrowd, isBeforeEvent(place, at)),
          refusal,
        }
        return { scans: [draft] }
      },
    })
  const { kept, decisions } = await countingGuesses(ctx, visit.placeCode, keep)
  const [answer] = kept
  if (answer instanceof Problem) throw answer
  const { person, place } = known
  const { repeated, direction, stay, doubt } = answer!
  return {
    id,
    repeated,
    place: placeSummary(ctx, place),
    direction,
    at,
    person: mask(ctx, person),
    decision: decisionAt(ctx, decisions.get(person.id)!, place, direction),
    stay,
    ...(doubt === null ? {} : { setAside: doubtName(doubt) }),
    ...(direction === 'in' && (await isOverfull(ctx, place)) ? { full: true } : {}),
  }
}

const isOverfull = async (ctx: Context, place: PlaceRow) =>
  place.capacity !== null && (await countInside(ctx, place)) > place.capacity

/** Who comes in hears also what lies over the place; it was read with the place, so that no scan asks more. */
const decisionAt = (
  ctx: Context,
  decision: EntryDecision,
  { restrictions }: Pick<queries.PlaceFacts, 'restrictions'>,
  direction: 'in' | 'out',
) => atPlace(ctx, decision, direction === 'in' && isShutNow(restrictions, ctx.now))

/** Whoever leaves may have gone some way before they think of it. */
function doubtOfVisit({ direction, metresAway = 0 }: NewVisit, isCrowd: boolean, isEarly: boolean) {
  if (isCrowd) return doubtNumber('crowd')
  if (direction === 'out') return null
  return isFarAway(metresAway) ? doubtNumber('farAway') : isEarly ? doubtNumber('closedHours') : null
}

/** Somebody on the same phone; `isMany`: on it are so many that they may be a crowd. */
async function findOther(ctx: Context, holderId: number, publicId: string) {
  const [person] = await findPeople(ctx.sql, [publicId.toLowerCase()])
  if (person?.holderId !== holderId) throw personProblem.unknown()
  const onPhone = person.id === holderId ? [] : await listPeopleOfHolder(ctx.sql, holderId)
  return { person, isMany: onPhone.length - 1 > CROWD_ON_PHONE }
}

// — a gate scans people

type Refused = { sent: unknown; problem: Problem }
type Read = { scan: Scan; place: queries.PlaceFacts; draft: Draft; bearer: Bearer }
/** Whose a scan is. */
type Bearer = Omit<ResolvedCode, 'via' | 'doubt'> & {
  via: ResolvedCode['via'] | 'seen' | 'vouched'
  doubt?: NonNullable<ResolvedCode['doubt']> | DoubtName
}
const doubtsOfCards = {
  'card.notTheirs': 'mismatch',
  'card.differs': 'mismatch',
  'code.beforeIssue': 'beforeIssue',
} as const
const isOfCard = (doubt: string): doubt is keyof typeof doubtsOfCards => doubt in doubtsOfCards

const scanShape = Compile(Scan)
const nothing = { kept: [], decisions: new Map() } as const

/** Takes what can be taken and refuses the others, each with its reason; what another names is taken before it. */
export async function recordScans(ctx: Context, sent: readonly unknown[]): Promise<ScanResults> {
  // Counted by itself, before what is kept: it stays counted when that fails.
  const { back, retryAfter } = await holdBackTyped(ctx, sent)
  const rounds = roundsOf(sent, back)
  const answers: ScanResults[] = []
  for (const round of rounds)
    answers.push(
      await recordTogether(
        ctx,
        round.map((at) => sent[at]),
      ),
    )
  if (back.size === 0) return joinRounds(rounds, answers)
  const waiting = refuseAll(
    ctx,
    [...back].map((at) => sent[at]),
    requestProblem.throttled(),
  )
  return { ...joinRounds([...rounds, [...back]], [...answers, waiting]), retryAfter }
}

/** In one transaction. */
async function recordTogether(ctx: Context, sent: readonly unknown[]): Promise<ScanResults> {
  ctx.scopeDecided = true
  const codes = await checkedCodes(ctx, sent)
  // A problem takes a trace of the stack, which costs more than the rest of a scan that is in order.
  let entries: (Refused | Read)[] =
    codes.size > 0 ? [] : sent.map((one) => refused(one, requestProblem.invalid()))
  let read: Read[] = []
  const { kept, decisions } =
    codes.size === 0
      ? nothing
      : await keepScans({
          ctx,
          moments: [...codes.values()].map(({ at }) => at),
          async read(within) {
            entries = await readScans(within, sent, codes)
            read = entries.filter((entry) => 'draft' in entry)
            return {
              scans: read.map(({ draft }) => draft),
              places: new Set(read.map(({ place }) => place)),
              by: ctx.actor,
            }
          },
        })
  const keptOf = new Map(read.map((entry, at) => [entry, kept[at]!]))

  const toAnybody = decideUnknown(ctx)
  const refusals: Refused[] = []
  let repeated = 0
  const refuse = (sent: unknown, problem: Problem): ScanOutcome => {
    refusals.push({ sent, problem })
    return refusedOutcome(sent)
  }
  const results = entries.map((entry): ScanOutcome => {
    if ('problem' in entry) return refuse(entry.sent, entry.problem)
    const { scan, draft } = entry
    const { person, via, written } = entry.bearer
    const answer = keptOf.get(entry)!
    if (answer instanceof Problem) return refuse(scan, answer)
    if (answer.repeated) repeated++
    const unknown = (['gate', 'zone'] as const).filter((name) => scan[name] !== undefined && !draft[name])
    return {
      id: scan.id,
      outcome: answer.repeated ? 'repeated' : 'accepted',
      direction: answer.direction,
      ...toldDoubt(answer.doubt),
      ...(isDocument(via) && !written && !hasPhone(ctx, person) ? { needs: 'phone' as const } : {}),
      person: { ...mask(ctx, person, written), ...(isByNumber(entry.bearer) ? { id: draft.id } : {}) },
      // What proves nothing tells nothing of anybody either.
      decision: decisionAt(
        ctx,
        written ? toAnybody : decisions.get(person.id)!,
        entry.place,
        answer.direction,
      ),
      alreadyInside: answer.seeming !== null && answer.seeming.arrivedAt < draft.at,
      ...(unknown.length > 0 ? { unknown } : {}),
      ...(answer.sameCode ? { sameCode: true } : {}),
    }
  })
  return {
    accepted: results.length - repeated - refusals.length,
    repeated,
    refused: refusals.map((refusal) => reasonOf(ctx, refusal)),
    results,
  }
}

const refusedOutcome = (sent: unknown): ScanOutcome => ({
  id: idOf(sent),
  outcome: 'refused',
  person: null,
  decision: null,
})

const reasonOf = (ctx: Context, { sent, problem }: Refused) => ({
  id: idOf(sent),
  code: problem.code,
  title: ctx.say(problem.words),
})

const refuseAll = (ctx: Context, sent: readonly unknown[], problem: Problem): ScanResults => ({
  accepted: 0,
  repeated: 0,
  refused: sent.map((one) => reasonOf(ctx, { sent: one, problem })),
  results: sent.map(refusedOutcome),
})

/**
 * Known by a number that somebody typed, whatever stood beside it. Such a person is told as the scan itself: whose record it
 * leads to would tell whether the name was right.
 */
const isByNumber = ({ via, written }: Bearer) => via === 'vouched' || (via === 'tel' && written !== undefined)

const isOurs = (via: Bearer['via']) => via === 'phone-code' || via === 'server-code' || via === 'paper'

/** Cards of others carry no phone, and whoever was near a case must be reached. */
const isDocument = (via: Bearer['via']) => via === 'cccd' || via === 'bhyt' || via === 'mic'
const hasPhone = (ctx: Context, person: PersonRow) =>
  person.holderId !== null || profileOf(ctx, person).phone !== null

const refused = (sent: unknown, problem: Problem): Refused => ({ sent, problem })

/** The codes of those scans that have the form of one, with their signatures checked: before anything is asked. */
async function checkedCodes(ctx: Context, sent: readonly unknown[]): Promise<Map<unknown, CheckedCode>> {
  const formed = sent.filter((one) => scanShape.Check(one))
  const codes = await checkCodes(
    ctx.services.keys,
    formed.map(({ id, placeId, code, at, phone, vouched, confirmed, keyedIn, given }) => ({
      code,
      at: new Date(at),
      by: ctx.actor,
      phone,
      vouched,
      confirmation: confirmed ? { id: id.toLowerCase(), placeId: placeId.toLowerCase() } : undefined,
      // Of a place and a day there is one list, however many sheets it has.
      list: keyedIn ? `${placeId.toLowerCase()} ${dayIn(ctx.services.timeZone, new Date(at))}` : undefined,
      given,
    })),
    ctx.now,
  )
  return new Map(formed.map((scan, at) => [scan, codes[at]!]))
}

/** Everything about the scans that needs no look at others: their form, their place, whose code it is. */
async function readScans(ctx: Context, sent: readonly unknown[], codes: ReadonlyMap<unknown, CheckedCode>) {
  const isFormed = (scan: unknown): scan is Scan => codes.has(scan)
  const formed = sent.filter(isFormed)
  const places = await listGuarded(
    ctx,
    formed.map(({ placeId }) => placeId),
  )
  const guarded = formed.filter(({ placeId }) => places.has(placeId))
  const resolved = await resolve(
    ctx,
    guarded.map((scan) => codes.get(scan)!),
  )
  const bearerOf = new Map<Scan, Bearer | Problem>(guarded.map((scan, at) => [scan, resolved[at]!]))
  const typed = guarded.flatMap((scan, at) => {
    const one = resolved[at]!
    if (one instanceof Problem || one.via !== 'tel' || !one.written) return []
    const { person, isDeclared = false } = one
    return [{ scan, personId: person.id, placeId: places.get(scan.placeId)!.placeId, isDeclared }]
  })
  // Asked at once: whoever names earlier scans is counted with all others, in one order.
  const [seen, tooMany] = await Promise.all([
    findSeen(
      ctx,
      guarded.map((scan) => ({ scan, placeId: places.get(scan.placeId)!.placeId })),
    ),
    findTooManyNew(ctx, typed),
  ])
  for (const [scan, bearer] of seen) bearerOf.set(scan, bearer)
  for (const { scan } of tooMany) bearerOf.set(scan, visitProblem.tooManyNew())

  return sent.map((scan): Refused | Read => {
    if (!isFormed(scan)) return refused(scan, requestProblem.invalid())
    const place = places.get(scan.placeId)
    if (!place) return refused(scan, placeProblem.unknown())
    // Of a clock that is ahead, no code is young enough to say anything.
    if (isFromTheFuture(new Date(scan.at), ctx.now)) return refused(scan, visitProblem.fromTheFuture())
    const bearer = bearerOf.get(scan)!
    if (bearer instanceof Problem) return refused(scan, bearer)
    const { person, via, step } = bearer
    const doubt = bearer.doubt ?? (isEarly(scan, place) ? 'closedHours' : undefined)
    const draft = {
      id: scan.id.toLowerCase(),
      placeId: place.placeId,
      personId: person.id,
      direction: scan.direction,
      at: new Date(scan.at),
      source: queries.SOURCE.gate,
      via: viaNumber(via === 'tel' ? telVia(scan) : via),
      doubt: doubt === undefined ? null : doubtNumber(isOfCard(doubt) ? doubtsOfCards[doubt] : doubt),
      gate: among(place.gates, scan.gate),
      skewSeconds: scan.skewSeconds ?? null,
      keyedIn: scan.keyedIn ?? false,
      stop: scan.stop ?? null,
      zone: among(place.zones, scan.zone),
      step: isOurs(via) ? stepOf(step ?? new Date(scan.at)) : null,
    }
    return { scan, place, draft, bearer }
  })
}

const among = (names: readonly string[], name: string | undefined) =>
  name !== undefined && names.includes(name) ? name : null

const isEarly = ({ direction, at }: Scan, place: queries.PlaceFacts) =>
  direction !== 'out' && isBeforeEvent(place, new Date(at))

const telVia = ({ confirmed }: Scan) => (confirmed ? 'confirmed' : 'vouched')

/** What arrives together stays together: all that a run is to wait for is locked at once, in one order. */
const whole = { most: Number.POSITIVE_INFINITY }

const resolveTogether = gatherEach<
  { ctx: Context; codes: readonly CheckedCode[] },
  readonly (ResolvedCode | Problem)[]
>(async (_sql, asked) => {
  const resolved = await resolveCodes(
    asked[0]!.ctx,
    asked.flatMap(({ codes }) => codes),
  )
  return asked.map(({ codes }) => resolved.splice(0, codes.length))
}, whole)
const resolve = (ctx: Context, codes: readonly CheckedCode[]) => resolveTogether(ctx.sql, { ctx, codes })

type Guarded = ReadonlyMap<string, queries.PlaceFacts>

/** The places where this caller may let people in, by the id that was sent; the others are not there. */
const listGuardedTogether = gatherEach<{ ctx: Context; ids: readonly string[] }, Guarded>(
  (_sql, asked) => Promise.all(asked.map(({ ctx, ids }) => findGuarded(ctx, ids))),
  whole,
)
const listGuarded = (ctx: Context, ids: readonly string[]) => listGuardedTogether(ctx.sql, { ctx, ids })

async function findGuarded(ctx: Context, ids: readonly string[]): Promise<Guarded> {
  const guarded = new Map<string, queries.PlaceFacts>()
  const sent = new Map(ids.map((id) => [id, id.toLowerCase()]))
  if (sent.size === 0) return guarded
  const rows = await findPlaceFacts(ctx.sql, [...new Set(sent.values())])
  const reached = new Map<string, queries.PlaceFacts>()
  await Promise.all(
    rows.map(async (place) => {
      if (await mayGuard(ctx, { ...place, id: place.placeId })) reached.set(place.publicId, place)
    }),
  )
  for (const [id, publicId] of sent) if (reached.has(publicId)) guarded.set(id, reached.get(publicId)!)
  return guarded
}

const idOf = (sent: unknown) => textIn(sent, 'id').slice(0, 100)

/** What a gate needs to work for days without the network. */
export async function readGateFacts(
  ctx: Context,
  placeId: string,
  { since }: GateFactsQuery,
): Promise<GateFacts> {
  const place = await findPlace(ctx.sql, placeId)
  ctx.scopeDecided = true
  if (!place || !(await mayGuard(ctx, place))) throw placeProblem.unknown()
  return {
    place: placeSummary(ctx, place),
    gates: await listGates(ctx.sql, place.id),
    vehicle: await findVehicle(ctx, place.id),
    serverKeys: serverPublicKeys(ctx.services.keys),
    revoked: await listRevokedCodes(ctx, since),
    serverTime: ctx.now,
    capacity: place.capacity,
    inside: await countInside(ctx, place),
    entryRules: {
      green: ctx.say(instructions.green),
      yellow: ctx.say(instructions.yellow),
      red: ctx.say(instructions.red),
    },
    shut: place.restrictions
      .filter(({ isClosed, until }) => isClosed && new Date(until) > ctx.now)
      .map(({ from, until }) => ({
        from: new Date(from),
        until: new Date(until),
        instruction: ctx.say(placeShut),
      })),
  }
}

// — declaring at the door

/** So long whoever was scanned here is taken to stand at the door still. */
const AT_THE_DOOR_MS = 30 * 60_000

/** A guard asks and writes down, for somebody whom they just scanned; what was declared they are not shown. */
export async function declareAtGate(
  ctx: Context,
  placeId: string,
  { name, birthYear, areaCode, ...declaration }: GateDeclaration,
): Promise<EntryDecision> {
  const place = await findPlace(ctx.sql, placeId)
  ctx.scopeDecided = true
  if (!place || !(await mayGuard(ctx, place))) throw placeProblem.unknown()
  const since = new Date(ctx.now.getTime() - AT_THE_DOOR_MS)
  const told = { name, birthYear, areaCode }
  const typed = await findTyped(ctx, declaration.personId, place, since)
  const decision = typed
    ? await declareForUnknown(ctx, typed, told, declaration)
    : await declareFor(
        ctx,
        await completePerson(ctx, await getSeen(ctx, declaration.personId, place, since), told),
        declaration,
      )
  return decisionAt(ctx, decision, place, 'in')
}

/** Whom a scan means that was made at the door by a number which somebody typed (`isByNumber`). */
async function findTyped(ctx: Context, scanId: string, place: PlaceRow, since: Date) {
  const until = new Date(since.getTime() + 24 * 3600_000)
  const [scan] = await queries.listSeen(ctx.sql, [{ id: scanId.toLowerCase(), placeId: place.id, at: until }])
  if (!scan || scan.via !== viaNumber('vouched')) return undefined
  const [person] = await listPeopleById(ctx.sql, [scan.personId!])
  return person
}

/** Who was seen at the door by more than that; who is unknown and who was not here are the same: nobody learns who there is. */
async function getSeen(ctx: Context, personId: string, place: PlaceRow, since: Date) {
  const person = await findPerson(ctx.sql, personId)
  const sightings = person ? await queries.listSightings(ctx.sql, person.id, place.id, since) : []
  // Whose card did not fit is perhaps somebody else.
  const isTheirs = (one: queries.Sighting) => !isVouched(one) && one.doubt !== doubtNumber('mismatch')
  if (!person || !sightings.some(isTheirs)) throw visitProblem.notScanned()
  return person
}

// — forgetting

/** Drops the weeks that ended before the moment. How much is gone is on record; what it was is not. */
export async function forgetVisits(ctx: Context, before: Date) {
  if (before.getTime() > ctx.now.getTime() - OLDEST_SCAN_SECONDS * 1000) throw visitProblem.tooYoung()
  const gone = await queries.forgetWeeks(ctx.sql, before)
  const forgotten = {
    before: before.toISOString(),
    parts: gone.length,
    bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0),
  }
  await ctx.record('visit.forget', null, forgotten)
  return forgotten
}

// — taking back

/** A slip of the finger is noticed at once. */
const UNDO_MS = 2 * 60_000
/** So long the line may be down before what was noticed at once arrives. */
const LATEST_UNDO_MS = 24 * 3600_000
/** Nobody makes more slips in a day without the line; whoever would undo a day has other reasons. */
const MOST_LATE_UNDONE = 100

/** A guard takes back what the places they guard had sent a moment before. */
export async function undoScans(ctx: Context, { scans, undoneAt }: UndoBody): Promise<Undone> {
  ctx.scopeDecided = true
  const places = await listGuarded(
    ctx,
    scans.map(({ placeId }) => placeId),
  )
  const reached = scans.flatMap(({ id, placeId }) => {
    const place = places.get(placeId)
    return place ? [{ id: id.toLowerCase(), placeId: place.placeId, publicId: place.publicId }] : []
  })
  if (reached.length === 0) return { undone: [], tooLate: [] }
  const now = ctx.now.getTime()
  const undone = new Set(await takeBack(ctx, reached, new Date(now - UNDO_MS)))
  const asked = undoneAt === undefined ? now : Math.min(now, Date.parse(undoneAt))
  if (asked < now) {
    const since = new Date(Math.max(asked, now - LATEST_UNDO_MS) - UNDO_MS)
    const slips = await listLateSlips(ctx, reached, since)
    for (const id of await takeBack(ctx, slips, since)) undone.add(id)
  }
  for (const [publicId, same] of Map.groupBy(reached, (scan) => scan.publicId)) {
    const count = same.filter(({ id }) => undone.has(id)).length
    if (count > 0) await ctx.record('scan.undo', publicId, { scans: count })
  }
  const standing = await queries.listScans(
    ctx.sql,
    reached.map(({ id }) => id).filter((id) => !undone.has(id)),
    new Date(now - OLDEST_SCAN_SECONDS * 1000),
    // Clocks of gates may be ahead.
    new Date(now + UNDO_MS * 2),
  )
  const tooLate = new Set(
    reached
      .filter(({ id, placeId }) =>
        standing.some((row) => row.id === id && row.placeId === placeId && row.doubt !== TAKEN_BACK),
      )
      .map(({ id }) => id),
  )
  const among = (ids: ReadonlySet<string>) =>
    scans.map(({ id }) => id).filter((id) => ids.has(id.toLowerCase()))
  return { undone: among(undone), tooLate: among(tooLate) }
}

/** Of these scans those that were received since then, at places that have not taken back too many so. */
async function listLateSlips(ctx: Context, scans: readonly { id: string; placeId: number }[], since: Date) {
  const slips: queries.ScanRow[] = []
  const known = await queries.findReceived(ctx.sql, scans, since)
  for (const [placeId, same] of Map.groupBy(known, (scan) => scan.placeId)) {
    const limit = { key: `undo-late:${placeId}`, most: MOST_LATE_UNDONE, perSeconds: 24 * 3600 }
    try {
      await throttle(ctx, [{ ...limit, weight: same.length }])
      slips.push(...same)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }
  return slips
}

// — what people see of their own

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
  const rows = await queries.listStaysOfPerson(ctx.sql, person.id, {
    ...momentOf(ctx),
    limit: limit + 1,
    before,
  })
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
  const rows = await queries.listInside(ctx.sql, [...masked.keys()], momentOf(ctx))
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
  const day = dayBounds(timeZone, dayIn(timeZone, ctx.now))
  const before = readScanCursor(cursor)
  const rows = await queries.listToday(ctx.sql, place.id, day, { limit: limit + 1, before })
  const page = pageOf(rows, limit, ({ at, id }) => cursorOf(at.toISOString(), id))
  const { here, ...counts } = await readDay(ctx, place, day, PAGE)
  const vouched = await queries.listVouchedHere(ctx.sql, place.id, here)
  const personIds = [...new Set([...page.items, ...here].map(({ personId }) => personId))]
  const people = await maskedPeople(ctx, personIds)
  await recordReading(ctx, personIds, 'place.today', 'followUp')
  const items = page.items.map(({ id, at, direction, personId, doubt, via, gate, keyedIn }) => ({
    at,
    direction: directionName(direction),
    person: shown(people.get(personId)!, { id, doubt, via }),
    ...toldDoubt(doubt),
    ...(gate === null ? {} : { gate }),
    ...(keyedIn ? { keyedIn } : {}),
  }))
  return {
    ...counts,
    capacity: place.capacity,
    here: here.map(({ since, personId }) => {
      const person = people.get(personId)!
      return {
        since,
        person: vouched.includes(personId) ? byNumber(person, idHere(ctx, place, personId)) : person,
      }
    }),
    items,
    next: page.next,
  }
}

const isVouched = ({ via }: Pick<queries.Sighting, 'via'>) => via === viaNumber('vouched')

/** What a number that anybody can type tells of whose it is. */
const byNumber = (person: MaskedPerson, id = person.id): MaskedPerson => ({
  ...person,
  id,
  maskedName: maskName(null),
  birthYear: null,
})

/** Of somebody who is there: the same for as long as they are, and of this place alone. */
const idHere = ({ services: { keys } }: Context, { id }: PlaceRow, personId: number) =>
  uuidv4({ random: keys.blindIndex('here', `${id} ${personId}`) })

/** Whoever showed a card that is perhaps another's, or typed a number, is not told whose it is. */
function shown(person: MaskedPerson, { id, doubt, via }: queries.Sighting & { id: string }): MaskedPerson {
  if (doubt === doubtNumber('mismatch')) return { ...byNumber(person), maskedPhone: null }
  return isVouched({ via }) ? byNumber(person, id) : person
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function readScanCursor(cursor: string | undefined) {
  const parts = readCursor(cursor, 2)
  if (!parts) return null
  const [at, id] = parts
  if (!isMoment(at) || typeof id !== 'string' || !UUID.test(id)) throw cursorUnknown()
  return { at, id }
}
