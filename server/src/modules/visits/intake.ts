import type { Actor } from '../../platform/access.ts'
import { type Context, writeAudit } from '../../platform/context.ts'
import { type Sql, transact } from '../../platform/database.ts'
import { gatherEach, perDatabase } from '../../platform/gather.ts'
import { Problem } from '../../platform/problem.ts'
import { decideMany, type EntryDecision } from '../declarations/index.ts'
import { visitProblem } from './problems.ts'
import * as queries from './queries.ts'
import {
  assertMayScan,
  crowdOf,
  crowdsAt,
  type DerivedStay,
  type Direction,
  deriveStays,
  directionName,
  directionNumber,
  doubtNumber,
  inOrder,
  isClosedHour,
  isCopied,
  isImpossibleTravel,
  LARGEST_CROWD,
  lastExit,
  type Mark,
  OLDEST_SCAN_SECONDS,
  usualEnd,
} from './rules.ts'

/**
 * Where scans are written. What arrives while a commit runs is written by the next one, together: one transaction,
 * a fixed number of statements whatever the number of scans, and everybody is answered after it.
 */

/**
 * A scan whose place and person are known; `auto` leaves the direction to what is known of the person. One with a
 * `refusal` is not taken, but whoever sends again what was taken before is told so.
 */
export type Draft = Omit<queries.NewScan, 'direction'> & {
  direction: Direction | 'auto'
  refusal?: Problem | null
}

/** What most scans say nothing of. */
export const plain = {
  via: 0,
  doubt: null,
  keyedIn: false,
  skewSeconds: null,
  gate: null,
  stop: null,
  zone: null,
  step: null,
}

type Body = {
  scans: readonly Draft[]
  /** What is known of their places already. */
  places?: Iterable<queries.PlaceFacts>
  /** Whose deed it is to be recorded as; a phone's own check-in is its own record. */
  by?: Actor
}

type Request = {
  ctx: Context
  /** When its scans were made, as they say. */
  moments: readonly Date[]
  /** Finds their places and people, in the transaction that keeps them. A problem refuses the whole request. */
  read: (ctx: Context) => Promise<Body>
}

type Answer = {
  /** In the order of the scans. */
  kept: readonly (Kept | Problem)[]
  decisions: ReadonlyMap<number, EntryDecision>
}

type Kept = {
  repeated: boolean
  direction: Direction
  /** Why it is set aside. */
  doubt: number | null
  /** The stay that the scan began, fell into or ended. */
  stay: { arrivedAt: Date; leftAt: Date | null } | null
}

const LARGEST = 2000

const keepGathered = gatherEach<Request, Answer | Problem>(keepTogether, {
  most: LARGEST,
  weight: ({ moments }) => moments.length,
})

/** Keeps the scans of one request; each is kept, known already, or refused. */
export async function keepScans(request: Request): Promise<Answer> {
  const answer = await keepGathered(request.ctx.sql, request)
  if (answer instanceof Problem) throw answer
  return answer
}

const DAY_MS = 24 * 3600_000
const WEEK_MS = 7 * DAY_MS
/** Where the weeks of the tables begin, on a Monday; what lies before shares one partition, as if it were one week. */
const WEEKS_BEGIN_MS = Date.parse('2019-12-30T00:00:00Z')
const weekOf = (at: Date) => Math.max(-1, Math.floor((at.getTime() - WEEKS_BEGIN_MS) / WEEK_MS))

const knownWeeks = perDatabase(() => new Set<number>())

/** Makes the weeks of these moments that nobody has seen yet. */
export async function prepareWeeks(sql: Sql, moments: readonly Date[]) {
  const known = knownWeeks(sql)
  const missing = [...new Set(moments.map(weekOf))].filter((week) => !known.has(week))
  if (missing.length === 0) return
  await transact(sql, async (tx) => {
    for (const week of missing) await queries.ensureWeek(tx, new Date(WEEKS_BEGIN_MS + week * WEEK_MS))
  })
  for (const week of missing) known.add(week)
}

type Fresh = { scan: queries.NewScan; answer: Kept }

type Reading = Body & { ctx: Context }

/** As PostgreSQL says that no week holds a row. */
const NO_WEEK = '23514'

/** A week that was dropped behind our back is made anew, once. */
async function keepTogether(sql: Sql, requests: readonly Request[]) {
  try {
    return await keepInWeeks(sql, requests)
  } catch (error) {
    if ((error as { code?: string }).code !== NO_WEEK) throw error
    knownWeeks(sql).clear()
    return keepInWeeks(sql, requests)
  }
}

async function keepInWeeks(sql: Sql, requests: readonly Request[]): Promise<(Answer | Problem)[]> {
  const now = requests[0]!.ctx.now
  const moments = requests.flatMap((request) => request.moments)
  // What is too old or from the future is refused below.
  await prepareWeeks(
    sql,
    moments.filter((at) => Math.abs(at.getTime() - now.getTime()) < 2 * OLDEST_SCAN_SECONDS * 1000),
  )
  return transact(sql, async (tx) => {
    const [, ...readings] = await all([
      queries.goThroughIndexes(tx),
      ...requests.map((request) => readIn(tx, request)),
    ])
    const bodies = readings.filter((reading): reading is Reading => !(reading instanceof Problem))
    const [kept, decisions] = await all([keepIn(tx, bodies, requests[0]!.ctx), decideIn(tx, bodies)])
    return readings.map((reading) =>
      reading instanceof Problem
        ? reading
        : { kept: kept.get(reading)!, decisions: decisions.get(reading.ctx.language)! },
    )
  })
}

/** Waits for each even when one fails, so that nothing is said any more in a transaction that is over. */
async function all<const T extends readonly unknown[]>(promises: T) {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}

async function readIn(tx: Sql, { ctx, read }: Request): Promise<Reading | Problem> {
  try {
    return { ...(await read(ctx.within(tx))), ctx }
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** Who may come in, in the words of each language. */
async function decideIn(tx: Sql, bodies: readonly Reading[]) {
  const asked = [...Map.groupBy(bodies, ({ ctx }) => ctx.language)]
  return new Map(
    await all(
      asked.map(async ([language, same]) => {
        const personIds = same.flatMap(({ scans }) => scans.map(({ personId }) => personId))
        return [language, await decideMany(same[0]!.ctx.within(tx), personIds)] as const
      }),
    ),
  )
}

async function keepIn(tx: Sql, bodies: readonly Reading[], ctx: Context) {
  const { now } = ctx
  const { timeZone } = ctx.services
  const drafts = bodies.flatMap(({ scans }) => scans)
  const since = earliestOf(drafts)
  const until = new Date(now.getTime() + LATEST_MS)
  const places = new Map<number, queries.PlaceFacts>()
  for (const body of bodies) for (const place of body.places ?? []) places.set(place.placeId, place)
  const [, known, standings] = await Promise.all([
    queries.waitForPeople(
      tx,
      since.map(({ personId }) => personId),
    ),
    queries.listScans(
      tx,
      [...new Set(drafts.map(({ id }) => id))],
      since.reduce(earlier, new Date(now.getTime() - KNOWN_MS)),
      until,
    ),
    queries.listStandings(tx, since, until),
    readPlaces(
      tx,
      places,
      drafts.map(({ placeId }) => placeId),
    ),
  ])
  const histories = await readHistories(tx, drafts, since, standings)
  await readPlaces(tx, places, placesIn(histories.values()))
  await readTrips(tx, places, since)
  const crowd = await findCrowd(tx, drafts, new Set(known.map(({ id }) => id)), places, timeZone)

  const knownById = new Map<string, queries.ScanRow[]>()
  const remember = (row: queries.ScanRow) => knownById.set(row.id, [...(knownById.get(row.id) ?? []), row])
  for (const row of known) remember(row)
  const freshOf = new Map<number, Fresh[]>()
  const repeats: { scan: queries.ScanRow; answer: Kept }[] = []

  const take = (draft: Draft): Kept | Problem => {
    const { id, placeId, personId } = draft
    const at = draft.at.getTime()
    const history = histories.get(personId)!
    const isOwn = (row: queries.ScanRow) => row.personId === personId && draft.source === queries.SOURCE.phone
    const known = knownById.get(id)?.find((row) => row.placeId === placeId || isOwn(row))
    if (known) {
      if (!isSame(known, draft)) return visitProblem.idTaken()
      const answer: Kept = {
        repeated: true,
        direction: directionName(known.direction),
        doubt: known.doubt,
        stay: null,
      }
      repeats.push({ scan: known, answer })
      return answer
    }
    if (draft.refusal) return draft.refusal
    const direction =
      draft.direction !== 'auto'
        ? draft.direction
        : isInside(history, places, timeZone, placeId, at)
          ? 'out'
          : 'in'
    try {
      assertMayScan(places.get(placeId)!, direction, draft.at, now)
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
    const scan = {
      ...draft,
      direction: directionNumber(direction),
      doubt: draft.doubt ?? crowd.doubtOf(id, direction) ?? doubtOf(history, places, draft),
    }
    const answer: Kept = { repeated: false, direction, doubt: scan.doubt, stay: null }
    remember(scan)
    freshOf.set(personId, [...(freshOf.get(personId) ?? []), { scan, answer }])
    if (scan.doubt === null) history.marks.push({ ...scan, at })
    return answer
  }
  const answers = new Map(bodies.map((body) => [body, body.scans.map(take)]))

  const changes = { gone: [] as queries.StayChange[], added: [] as queries.StayChange[] }
  for (const [personId, fresh] of freshOf) {
    const stays = restate(histories.get(personId)!, places, timeZone, changes)
    for (const { scan, answer } of fresh) if (scan.doubt === null) answer.stay = stayOf(stays, scan)
  }
  const rows = [...freshOf.values()].flatMap((fresh) => fresh.map(({ scan }) => scan))
  const deeds = deedsOf(answers, places)
  const [inserted, , stays] = await Promise.all([
    rows.length > 0 ? queries.insertScans(tx, rows, now) : { count: 0 },
    queries.changeStays(tx, changes.gone, changes.added, now, rows),
    repeats.length > 0
      ? queries.listStaysOf(
          tx,
          repeats.map(({ scan }) => scan),
        )
      : [],
    deeds.length > 0 ? writeAudit(tx, deeds) : null,
    crowd.earlier.length > 0
      ? ctx.within(tx).addJob(SET_ASIDE, { scans: crowd.earlier, reason: 'closedHours' })
      : null,
  ])
  // Somebody else's scan took the id meanwhile: whoever tries again is told so.
  if (inserted.count < rows.length) throw visitProblem.idTaken()
  for (const [at, { arrivedAt, leftAt }] of stays.entries())
    if (arrivedAt) repeats[at]!.answer.stay = { arrivedAt, leftAt }
  return answers
}

/** What goes into the audit trail: how many new scans of which place each request brought. */
const deedsOf = (answers: ReadonlyMap<Reading, readonly (Kept | Problem)[]>, places: Places) =>
  [...answers].flatMap(([{ scans, by, ctx }, kept]) => {
    if (!by) return []
    const counts = new Map<number, number>()
    for (const [at, answer] of kept.entries())
      if (!(answer instanceof Problem) && !answer.repeated)
        counts.set(scans[at]!.placeId, (counts.get(scans[at]!.placeId) ?? 0) + 1)
    return [...counts].map(([placeId, count]) => ({
      at: ctx.now,
      actor: by,
      action: 'scan.record',
      subjectId: places.get(placeId)!.publicId,
      details: { scans: count },
    }))
  })

// — taking back

/** Takes back scans that were received a moment ago; answers which. */
export async function takeBack(
  tx: Sql,
  scans: readonly { id: string; placeId: number }[],
  { receivedSince, timeZone, now }: { receivedSince: Date; timeZone: string; now: Date },
): Promise<string[]> {
  await queries.goThroughIndexes(tx)
  const found = await queries.findReceived(tx, scans, receivedSince)
  const since = earliestOf(found)
  await queries.waitForPeople(
    tx,
    since.map(({ personId }) => personId),
  )
  const gone = await queries.deleteScans(tx, found)
  await restateSince(tx, since, timeZone, now)
  return gone.map(({ id }) => id)
}

/** Derives the stays of these people anew from what counts now. */
async function restateSince(tx: Sql, since: readonly queries.Since[], timeZone: string, now: Date) {
  const histories = await readHistories(tx, [], since, null)
  const places = new Map<number, queries.PlaceFacts>()
  await readPlaces(tx, places, placesIn(histories.values()))
  await readTrips(tx, places, since)
  const changes = { gone: [] as queries.StayChange[], added: [] as queries.StayChange[] }
  for (const history of histories.values()) restate(history, places, timeZone, changes)
  await queries.changeStays(tx, changes.gone, changes.added, now, since)
}

// — setting aside afterwards

/** The job that sets aside scans that counted until more came. */
export const SET_ASIDE = 'visits.setAside'

/** Sets aside those of the scans that count; answers which. */
export async function setAside(
  tx: Sql,
  scans: readonly queries.ScanKey[],
  { doubt, timeZone, now }: { doubt: number; timeZone: string; now: Date },
) {
  await queries.goThroughIndexes(tx)
  const since = earliestOf(await queries.findCounting(tx, scans))
  await queries.waitForPeople(
    tx,
    since.map(({ personId }) => personId),
  )
  const doubted = await queries.setDoubt(tx, scans, doubt)
  await restateSince(tx, since, timeZone, now)
  return doubted
}

// — joining

/** Gives what gates scanned of one record to another of the same person; answers how many scans that were. */
export async function giveScans(
  tx: Sql,
  { from, to, timeZone, now }: { from: number; to: number; timeZone: string; now: Date },
) {
  await queries.goThroughIndexes(tx)
  await queries.waitForPeople(tx, [from, to])
  const given = await queries.giveScans(tx, from, to)
  const since = earliestOf(
    given.flatMap(({ at }) => [
      { personId: from, at },
      { personId: to, at },
    ]),
  )
  if (since.length > 0) await restateSince(tx, since, timeZone, now)
  return given.length
}

// — what is known of a person

/** From the first new scan on; `stored` is what the tables have of the stays that may change. */
type History = {
  personId: number
  standing: DerivedStay[]
  stored: DerivedStay[]
  marks: Mark[]
  seen: Mark | null
}
type Places = ReadonlyMap<number, queries.PlaceFacts>

/** A known id is looked for a little further back than a scan may lie. */
const KNOWN_MS = (OLDEST_SCAN_SECONDS + 2 * 24 * 3600) * 1000

/** No scan is kept that lies so far ahead of any server's clock. */
const LATEST_MS = 3600_000

const earlier = (first: Date, { at }: queries.Since) => (at < first ? at : first)

function earliestOf(scans: readonly { personId: number; at: Date }[]): queries.Since[] {
  const first = new Map<number, Date>()
  for (const { personId, at } of scans) {
    const known = first.get(personId)
    if (!known || at < known) first.set(personId, at)
  }
  return [...first].map(([personId, at]) => ({ personId, at }))
}

/**
 * Mostly a scan is the latest of its person and goes with the latest stay: then that is all there is to know. Else
 * what came after it is read as well, and every stay that an exit could end. `standings` null: for everybody.
 */
async function readHistories(
  tx: Sql,
  drafts: readonly Draft[],
  since: readonly queries.Since[],
  standings: readonly queries.Standing[] | null,
) {
  const histories = new Map<number, History>(
    since.map(({ personId }) => [personId, { personId, standing: [], stored: [], marks: [], seen: null }]),
  )
  const beyond = new Set(standings ? [] : histories.keys())
  for (const row of standings ?? []) {
    const history = histories.get(row.personId)!
    if (row.hasLater) beyond.add(row.personId)
    if (row.seenAt)
      history.seen = { ...NOWHERE, placeId: row.seenPlaceId!, at: row.seenAt.getTime(), step: row.seenStep }
    if (row.arrivedAt) history.standing.push(asDerived(row as queries.KeptStay))
    history.stored = history.standing
  }
  for (const { personId, placeId, direction } of drafts)
    if (direction !== 'in' && histories.get(personId)!.standing[0]?.placeId !== placeId) beyond.add(personId)

  const late = since.filter(({ personId }) => beyond.has(personId))
  if (late.length === 0) return histories
  const [marks, stays] = await Promise.all([queries.listMarks(tx, late), queries.listStays(tx, late)])
  for (const { personId, placeId, at, direction, source, step } of marks)
    histories.get(personId)!.marks.push({ placeId, at: at.getTime(), direction, source, step: step ?? null })
  const staysOf = Map.groupBy(stays, ({ personId }) => personId)
  for (const { personId, at } of late) {
    const history = histories.get(personId)!
    const [before, after] = [[] as DerivedStay[], [] as DerivedStay[]]
    for (const stay of (staysOf.get(personId) ?? []).map(asDerived))
      (stay.arrivedAt < at.getTime() ? before : after).push(stay)
    const lastAt = new Map(before.map((stay) => [stay.placeId, stay]))
    const lasting = before.filter((stay) => lastAt.get(stay.placeId) === stay)
    history.stored = [...lasting, ...after]
    // An end that comes later than the first new scan is found again.
    history.standing = lasting.map((stay) =>
      stay.leftAt !== null && stay.leftAt >= at.getTime() ? { ...stay, leftAt: null } : stay,
    )
  }
  return histories
}

const NOWHERE = { direction: 1, source: 0 }

const asDerived = ({ placeId, arrivedAt, leftAt, source }: queries.KeptStay): DerivedStay => ({
  placeId,
  arrivedAt: arrivedAt.getTime(),
  leftAt: leftAt?.getTime() ?? null,
  source,
})

const placesIn = (histories: Iterable<History>) =>
  [...histories].flatMap(({ marks, stored, seen }) =>
    (seen ? [...marks, ...stored, seen] : [...marks, ...stored]).map(({ placeId }) => placeId),
  )

/** Adds what is not known of these places yet. */
async function readPlaces(tx: Sql, places: Map<number, queries.PlaceFacts>, ids: readonly number[]) {
  const missing = new Set(ids.filter((id) => !places.has(id)))
  if (missing.size === 0) return
  for (const row of await queries.listPlaceFacts(tx, [...missing])) places.set(row.placeId, row)
}

/** Adds which trips of the vehicles among these places had ended before somebody could board again. */
async function readTrips(tx: Sql, places: Map<number, queries.PlaceFacts>, since: readonly queries.Since[]) {
  const vehicles = [...places.values()].filter(({ isVehicle }) => isVehicle)
  if (vehicles.length === 0 || since.length === 0) return
  const longest = Math.max(...vehicles.map(({ defaultStaySeconds }) => defaultStaySeconds))
  const first = since.reduce((least, { at }) => Math.min(least, at.getTime()), Infinity)
  const after = new Date(first - longest * 1000)
  const ids = vehicles.map(({ placeId }) => placeId)
  const trips = Map.groupBy(await queries.listTrips(tx, ids, after), ({ placeId }) => placeId)
  for (const place of vehicles) places.set(place.placeId, { ...place, trips: trips.get(place.placeId) ?? [] })
}

const usualEndOf =
  (places: Places, timeZone: string) =>
  ({ placeId, arrivedAt }: DerivedStay) =>
    usualEnd(places.get(placeId)!, timeZone, arrivedAt)

const isSame = (earlier: queries.ScanRow, { placeId, personId, direction, at }: Draft) =>
  earlier.placeId === placeId &&
  earlier.personId === personId &&
  (direction === 'auto' || earlier.direction === directionNumber(direction)) &&
  earlier.at.getTime() === at.getTime()

/** Whether the person is in a stay at the place at that moment, or may just be leaving, as far as anybody can tell. */
function isInside(
  { marks, standing }: History,
  places: Places,
  timeZone: string,
  placeId: number,
  at: number,
) {
  const before = marks.filter((mark) => mark.at <= at).sort(inOrder)
  const latest = deriveStays(before, standing, usualEndOf(places, timeZone)).at(-1)
  return (
    latest?.placeId === placeId &&
    latest.leftAt === null &&
    at <= lastExit(places.get(placeId)!, timeZone, latest.arrivedAt)
  )
}

/** Why nobody should count on this scan: just before or after it the person was seen where they cannot have been. */
function doubtOf({ marks, seen }: History, places: Places, { placeId, step, at: moment }: Draft) {
  const at = moment.getTime()
  let [before, after] = [seen, null as Mark | null]
  for (const mark of marks)
    if (mark.at <= at) before = !before || mark.at > before.at ? mark : before
    else after = !after || mark.at < after.at ? mark : after
  const here = places.get(placeId)!
  const isTooFar = (other: Mark | null) =>
    other !== null && isImpossibleTravel(here, places.get(other.placeId)!, Math.abs(at - other.at) / 1000)
  if (isTooFar(before) || isTooFar(after)) return doubtNumber('travel')
  const shown = { placeId, at, step }
  return [before, after].some((other) => other && isCopied(shown, other)) ? doubtNumber('copied') : null
}

/**
 * Who comes to a closed place: one by one they pass, a crowd does not. `earlier` are those of it who counted until
 * it was one. Whoever leaves has been there.
 */
async function findCrowd(
  tx: Sql,
  drafts: readonly Draft[],
  known: ReadonlySet<string>,
  places: Places,
  timeZone: string,
) {
  const isClosed = ({ placeId, at }: queries.ScanKey) => isClosedHour(places.get(placeId)!, timeZone, at)
  const arriving = drafts.filter(
    (one) => one.direction !== 'out' && !known.has(one.id) && !one.refusal && isClosed(one),
  )
  const arrived = arriving.length > 0 ? await queries.listArrivals(tx, arriving, LARGEST_CROWD) : []
  const before = arrived.filter(isClosed)
  const crowd = new Set<queries.ScanKey>()
  for (const [placeId, same] of Map.groupBy([...before, ...arriving], ({ placeId }) => placeId))
    for (const limit of crowdsAt(places.get(placeId)!)) for (const one of crowdOf(same, limit)) crowd.add(one)
  const ids = new Set([...crowd].map(({ id }) => id))
  return {
    earlier: before
      .filter((one) => one.doubt === null && crowd.has(one))
      .map(({ id, placeId, at }) => ({ id, placeId, at })),
    doubtOf: (id: string, direction: Direction) =>
      direction === 'in' && ids.has(id) ? doubtNumber('closedHours') : null,
  }
}

/** The stays as they are now; what differs from the tables joins `changes`. */
function restate(
  { personId, standing, stored, marks }: History,
  places: Places,
  timeZone: string,
  changes: { gone: queries.StayChange[]; added: queries.StayChange[] },
) {
  const stays = deriveStays(marks.toSorted(inOrder), standing, usualEndOf(places, timeZone))
  const keyOf = ({ placeId, arrivedAt, leftAt, source }: DerivedStay) =>
    `${placeId} ${arrivedAt} ${leftAt} ${source}`
  const [before, after] = [new Set(stored.map(keyOf)), new Set(stays.map(keyOf))]
  for (const stay of stored) if (!after.has(keyOf(stay))) changes.gone.push({ ...stay, personId })
  for (const stay of stays) if (!before.has(keyOf(stay))) changes.added.push({ ...stay, personId })
  return stays
}

/** The stay that a scan began, fell into or ended. */
function stayOf(stays: readonly DerivedStay[], { placeId, direction, at }: queries.ScanRow): Kept['stay'] {
  const time = at.getTime()
  const stay = stays.findLast(
    (one) => one.placeId === placeId && one.arrivedAt <= time && (direction === 1 || one.leftAt === time),
  )
  return stay
    ? { arrivedAt: new Date(stay.arrivedAt), leftAt: stay.leftAt === null ? null : new Date(stay.leftAt) }
    : null
}
