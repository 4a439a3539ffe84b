import type { Actor } from '../../platform/access.ts'
import { type Context, writeAudit } from '../../platform/context.ts'
import { retryDeadlocks, type Sql, transact } from '../../platform/database.ts'
import { gatherEach, perDatabase } from '../../platform/gather.ts'
import { Problem } from '../../platform/problem.ts'
import { decideMany, type EntryDecision } from '../declarations/index.ts'
import { visitProblem } from './problems.ts'
import * as queries from './queries.ts'
import {
  assertMayScan,
  crowdOf,
  crowdsAt,
  currentStay,
  type DerivedStay,
  type Direction,
  deriveStays,
  directionLeftOpen,
  directionName,
  directionNumber,
  doubtName,
  doubtNumber,
  type Ends,
  hasClosed,
  inOrder,
  isClosedHour,
  isMadeUp,
  isOfElsewhere,
  LARGEST_CROWD,
  lastExit,
  type Mark,
  OLDEST_SCAN_SECONDS,
  trustOf,
  usualEnd,
  WEIGHED_MS,
  type Weighed,
  weigh,
  weighAll,
} from './rules.ts'

/**
 * Where scans are written. What arrives while a commit runs is written by the next one, together: one transaction,
 * a fixed number of statements whatever the number of scans, and everybody is answered after it.
 */

/**
 * A scan whose place and person are known; `auto` leaves the direction to what is known of the person. One with a
 * `refusal` is not taken, but whoever sends again what was taken before is told so.
 */
export type Draft = Omit<queries.NewScan, 'direction' | 'auto'> & {
  direction: Direction | 'auto'
  refusal?: Problem | null
}

/** What most scans say nothing of. */
export const plain = {
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
  /** The same as its place may know it: as if what somebody's scans elsewhere say did not count. */
  seeming: Kept['stay']
  /** Somebody came in with the same code by another entrance. */
  sameCode: boolean
}

const LARGEST = 2000
const CROWD = 500

const keepGathered = gatherEach<Request, Answer | Problem>(keepTogether, {
  most: LARGEST,
  crowd: CROWD,
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
  const keep = () => retryDeadlocks(() => keepInWeeks(sql, requests))
  try {
    return await keep()
  } catch (error) {
    if ((error as { code?: string }).code !== NO_WEEK) throw error
    knownWeeks(sql).clear()
    return keep()
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
  const [guessed, sure] = [new Set<number>(), new Set<number>()]
  for (const draft of drafts) (trustOf(draft) > 0 ? sure : guessed).add(draft.personId)
  const places = new Map<number, queries.PlaceFacts>()
  for (const body of bodies) for (const place of body.places ?? []) places.set(place.placeId, place)
  const [, known, standings, before] = await Promise.all([
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
    queries.listStandings(
      tx,
      since.map((one) => ({ ...one, seemsDays: guessed.has(one.personId) ? 31 : 1 })),
      until,
    ),
    queries.listBefore(tx, since, WEIGHED_MS),
    readPlaces(
      tx,
      places,
      drafts.map(({ placeId }) => placeId),
    ),
  ])
  const histories = await readHistories(tx, drafts, since, standings)
  for (const [personId, rows] of Map.groupBy(before, ({ personId }) => personId))
    histories.get(personId)!.weighed.push(...worthWeighing(rows.map(asWeighed), sure.has(personId)))
  const seeming = await readSeeming(tx, since, standings, drafts)
  await readPlaces(tx, places, [...placesIn(histories.values()), ...seeming.map(({ placeId }) => placeId)])
  await readTrips(tx, places, since)
  const ends = endsOf(places, timeZone)
  for (const [personId, rows] of Map.groupBy(seeming, ({ personId }) => personId)) {
    const { at } = since.find((one) => one.personId === personId)!
    histories.get(personId)!.seeming = timelineSince(at.getTime(), rows, ends)
  }
  const crowd = await findCrowd(tx, drafts, new Set(known.map(({ id }) => id)), places, timeZone)

  const knownById = new Map<string, queries.ScanRow[]>()
  const remember = (row: queries.ScanRow) => knownById.set(row.id, [...(knownById.get(row.id) ?? []), row])
  for (const row of known) remember(row)
  const freshOf = new Map<number, Fresh[]>()
  const copies = new Map<queries.NewScan, Kept>()
  const repeats: { scan: queries.ScanRow; answer: Kept }[] = []
  const outweighing: queries.Since[] = []

  const take = (draft: Draft): Kept | Problem => {
    const { id, placeId, personId } = draft
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
        seeming: null,
        sameCode: false,
      }
      repeats.push({ scan: known, answer })
      return answer
    }
    if (draft.refusal) return draft.refusal
    const auto = draft.direction === 'auto'
    const direction = draft.direction === 'auto' ? seemingDirection(history, ends, draft) : draft.direction
    try {
      assertMayScan(places.get(placeId)!, direction, draft.at, now)
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
    const weighed = asWeighed(draft)
    const { doubt, outweighs } = weigh(weighed, history.weighed, places)
    // Behind the latest few that are read there may be more of the kind.
    const mayOutweigh = weighed.trust > 0 && history.weighed.some(({ trust }) => trust === 0)
    const scan = {
      ...draft,
      direction: directionNumber(direction),
      auto,
      doubt: draft.doubt ?? crowd.doubtOf(id, direction) ?? (doubt && doubtNumber(doubt)),
    }
    const answer: Kept = {
      repeated: false,
      direction,
      doubt: scan.doubt,
      stay: null,
      seeming: null,
      sameCode: false,
    }
    if (mayBeCopy(history, scan)) copies.set(scan, answer)
    remember(scan)
    freshOf.set(personId, [...(freshOf.get(personId) ?? []), { scan, answer }])
    const mark = asMark({ ...scan, direction: auto ? 0 : scan.direction })
    if (onlySeems(scan)) history.seeming ??= { standing: history.standing, marks: [...history.marks] }
    if (scan.doubt === null || onlySeems(scan)) history.seeming?.marks.push(mark)
    if (scan.doubt !== null) return answer
    history.marks.push(mark)
    history.weighed.push(weighed)
    if (outweighs || mayOutweigh) outweighing.push(scan)
    return answer
  }
  const answers = takeInOrder(bodies, take)

  const changes = { gone: [] as queries.StayChange[], added: [] as queries.StayChange[] }
  for (const [personId, fresh] of freshOf) {
    const stays = restate(histories.get(personId)!, ends, changes)
    for (const { scan, answer } of fresh) if (scan.doubt === null) answer.stay = stayOf(stays, scan)
  }
  const fresh = [...freshOf.values()].flat()
  const rows = fresh.map(({ scan }) => scan)
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
    weighLater(ctx.within(tx), outweighing),
  ])
  // Somebody else's scan took the id meanwhile: whoever tries again is told so.
  if (inserted.count < rows.length) throw visitProblem.idTaken()
  if (copies.size > 0) {
    const twice = new Set((await queries.listShownTwice(tx, [...copies.keys()])).map(({ id }) => id))
    for (const [{ id }, answer] of copies) answer.sameCode = twice.has(id)
  }
  for (const [at, { arrivedAt, leftAt }] of stays.entries())
    if (arrivedAt) repeats[at]!.answer.stay = { arrivedAt, leftAt }
  for (const [personId, same] of Map.groupBy([...fresh, ...repeats], ({ scan }) => scan.personId)) {
    const { seeming } = histories.get(personId)!
    const stays = seeming && staysOf(seeming, ends)
    for (const { scan, answer } of same)
      answer.seeming = stays && (scan.doubt === null || onlySeems(scan)) ? stayOf(stays, scan) : answer.stay
  }
  return answers
}

/** Takes the scans of all bodies in the order of their time, and answers each body in its own. */
function takeInOrder(bodies: readonly Reading[], take: (draft: Draft) => Kept | Problem) {
  const answers = new Map(bodies.map((body) => [body, [] as (Kept | Problem)[]]))
  const drafts = bodies.flatMap((body) => body.scans.map((draft, n) => ({ body, draft, n })))
  for (const { body, draft, n } of drafts.sort(
    (one, other) => one.draft.at.getTime() - other.draft.at.getTime(),
  ))
    answers.get(body)![n] = take(draft)
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
  ctx: Context,
  scans: readonly { id: string; placeId: number }[],
  receivedSince: Date,
): Promise<string[]> {
  const { sql } = ctx
  await queries.goThroughIndexes(sql)
  const found = await queries.findReceived(sql, scans, receivedSince)
  await waitForTheirs(sql, found)
  const gone = await queries.setTakenBack(sql, found)
  await restateAfter(ctx, gone)
  await weighLater(ctx, gone)
  return gone.map(({ id }) => id)
}

const waitForTheirs = (sql: Sql, scans: readonly { personId: number }[]) =>
  queries.waitForPeople(
    sql,
    scans.map(({ personId }) => personId),
  )

/** Derives anew, from what counts now, the stays of those whose scans these are. */
async function restateAfter({ sql, services, now }: Context, changed: readonly queries.Since[]) {
  const since = earliestOf(changed)
  if (since.length === 0) return
  // Since they were found they may have become another's.
  await waitForTheirs(sql, since)
  const histories = await readHistories(sql, [], since, null)
  const places = new Map<number, queries.PlaceFacts>()
  await readPlaces(sql, places, placesIn(histories.values()))
  await readTrips(sql, places, since)
  const ends = endsOf(places, services.timeZone)
  const changes = { gone: [] as queries.StayChange[], added: [] as queries.StayChange[] }
  for (const history of histories.values()) restate(history, ends, changes)
  await queries.changeStays(sql, changes.gone, changes.added, now, since)
}

// — setting aside afterwards

/** The jobs that set aside scans that counted until more came: these, and those that others of their people outweigh. */
export const SET_ASIDE = 'visits.setAside'
export const WEIGH = 'visits.weigh'

/** Sets aside those of the scans that count; answers which. */
export async function setAside(ctx: Context, scans: readonly queries.ScanKey[], doubt: number) {
  const { sql } = ctx
  await queries.goThroughIndexes(sql)
  await waitForTheirs(sql, await queries.findCounting(sql, scans))
  const doubted = await queries.setDoubt(sql, scans, doubt)
  await restateAfter(ctx, doubted)
  await weighLater(ctx, doubted)
  return doubted
}

/** What these scans spoke against may count again, or the other way round. */
const weighLater = async (ctx: Context, scans: readonly queries.Since[]) =>
  scans.length > 0
    ? ctx.addJob(WEIGH, { people: scans.map(({ personId, at }) => ({ personId, at })) })
    : undefined

/** Decides anew which scans of these people, around these moments, others of them speak against; answers what has changed. */
export async function weighAnew(ctx: Context, moments: readonly queries.Since[]) {
  const { sql } = ctx
  await queries.goThroughIndexes(sql)
  await waitForTheirs(sql, moments)
  const ranges = rangesOf(moments)
  // What may change is weighed against all that it may contradict.
  const rows = await queries.listWeighed(
    sql,
    ranges.map((range) => wider(range)),
  )
  const places = new Map<number, queries.PlaceFacts>()
  await readPlaces(
    sql,
    places,
    rows.map(({ placeId }) => placeId),
  )
  const rangeOf = new Map(ranges.map((range) => [range.personId, range]))
  const changed: { scan: queries.ScanRow; doubt: number | null }[] = []
  for (const [personId, same] of Map.groupBy(rows, ({ personId }) => personId)) {
    const { from, to } = rangeOf.get(personId)!
    const scans = same.map((row) => ({
      ...asWeighed(row),
      row,
      ...(row.at >= from && row.at <= to && !isInherited(row) ? {} : { settled: ofElsewhere(row.doubt) }),
    }))
    for (const { scan, doubt } of weighAll(scans, places))
      if (doubt !== ofElsewhere(scan.row.doubt))
        changed.push({ scan: scan.row, doubt: doubt && doubtNumber(doubt) })
  }
  const again = changed.filter(({ scan }) => scan.doubt !== null)
  await queries.setDoubt(
    sql,
    again.map(({ scan }) => scan),
    null,
  )
  for (const [doubt, same] of Map.groupBy(changed, ({ doubt }) => doubt))
    if (doubt !== null)
      await queries.setDoubt(
        sql,
        same.map(({ scan }) => scan),
        doubt,
      )
  await restateAfter(
    ctx,
    changed.map(({ scan }) => scan),
  )
  return changed
}

/** "The same person again" is as doubtful as the copy that it names. */
const isInherited = ({ doubt, step }: Pick<Draft, 'doubt' | 'step'>) =>
  doubt === doubtNumber('copied') && step === null

const ofElsewhere = (doubt: number | null) => {
  const name = doubt === null ? null : doubtName(doubt)
  return name !== null && isOfElsewhere(name) ? name : null
}

const wider = ({ personId, from, to }: queries.Range): queries.Range => ({
  personId,
  from: new Date(from.getTime() - WEIGHED_MS),
  to: new Date(to.getTime() + WEIGHED_MS),
})

/** For everybody, the time that any of these moments may matter to. */
const rangesOf = (moments: readonly queries.Since[]): queries.Range[] =>
  [...Map.groupBy(moments, ({ personId }) => personId)].map(([personId, same]) => {
    const times = same.map(({ at }) => at.getTime()).sort((one, other) => one - other)
    return wider({ personId, from: new Date(times[0]!), to: new Date(times.at(-1)!) })
  })

// — joining

/** Gives what gates scanned of one record to another of the same person; answers how many scans that were. */
export async function giveScans(ctx: Context, { from, to }: { from: number; to: number }) {
  const { sql } = ctx
  await queries.goThroughIndexes(sql)
  await queries.waitForPeople(sql, [from, to])
  const given = await queries.giveScans(sql, from, to)
  await restateAfter(
    ctx,
    given.flatMap(({ at }) => [
      { personId: from, at },
      { personId: to, at },
    ]),
  )
  await weighLater(
    ctx,
    given.map(({ at }) => ({ personId: to, at })),
  )
  return given.length
}

// — what is known of a person

type Timeline = { standing: DerivedStay[]; marks: Mark[] }
/** From the first new scan on; `stored` is what the tables have of the stays that may change. */
type History = Timeline & {
  personId: number
  stored: DerivedStay[]
  /** What a new scan is weighed against. */
  weighed: Weighed[]
  /** As the places of the scans may know it, where that differs. */
  seeming: Timeline | null
}
type Places = ReadonlyMap<number, queries.PlaceFacts>

const asWeighed = ({
  placeId,
  at,
  step,
  ...how
}: Pick<Draft, 'placeId' | 'at' | 'step' | 'via' | 'keyedIn'>) => ({
  placeId,
  at: at.getTime(),
  step,
  trust: trustOf(how),
})

/**
 * Of somebody's scans before: those of one trust fit each other, so the latest tells. What anybody could make up need not, and
 * matters only to what nobody could.
 */
const worthWeighing = (weighed: readonly Weighed[], isSure: boolean) =>
  weighed.filter(({ trust, at }) =>
    trust === 0 ? isSure : !weighed.some((later) => later.trust === trust && later.at > at),
  )

/** Whether a scan counts for nothing without its place being told. */
const onlySeems = ({ doubt }: Pick<queries.ScanRow, 'doubt'>) =>
  doubt !== null && isOfElsewhere(doubtName(doubt))

/** A known id is looked for a little further back than a scan may lie. */
const KNOWN_MS = (OLDEST_SCAN_SECONDS + 2 * 24 * 3600) * 1000

/** No scan is kept that lies so far ahead of any server's clock. */
export const LATEST_MS = 3600_000

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
 * what came after it is read as well, and every stay that it could end or fall into. `standings` null: for everybody.
 */
async function readHistories(
  tx: Sql,
  drafts: readonly Draft[],
  since: readonly queries.Since[],
  standings: readonly queries.Standing[] | null,
) {
  const histories = new Map<number, History>(
    since.map(({ personId }) => [
      personId,
      { personId, standing: [], stored: [], marks: [], weighed: [], seeming: null },
    ]),
  )
  const beyond = new Set(standings ? [] : histories.keys())
  for (const row of standings ?? []) {
    const history = histories.get(row.personId)!
    if (row.hasLater) beyond.add(row.personId)
    if (row.arrivedAt) history.standing.push(asDerived(row as StayRow))
    history.stored = history.standing
  }
  for (const draft of drafts) {
    const latest = histories.get(draft.personId)!.standing[0]
    if (!latest || latest.placeId === draft.placeId) continue
    // Whoever was truly seen elsewhere since is in no earlier stay, but may have left it.
    const mayGoOn = draft.direction === 'out' || trustOf(draft) === 0 || isMadeUp(latest.source)
    if (mayGoOn) beyond.add(draft.personId)
  }

  const late = since.filter(({ personId }) => beyond.has(personId))
  if (late.length === 0) return histories
  const [marks, stays] = await Promise.all([queries.listMarks(tx, late), queries.listStays(tx, late)])
  for (const row of marks) {
    const { marks, weighed } = histories.get(row.personId)!
    marks.push(asMark(row))
    weighed.push(asWeighed(row))
  }
  const staysOf = Map.groupBy(stays, ({ personId }) => personId)
  for (const { personId, at } of late) {
    const history = histories.get(personId)!
    const own = staysOf.get(personId) ?? []
    history.stored = own.map(asDerived)
    // An end that comes later than the first new scan is found again, and so is what was seen of the person later.
    history.standing = own
      .filter(({ arrivedAt }) => arrivedAt < at)
      .map((stay) => ({
        ...asDerived(stay),
        source: stay.sourceBefore,
        ...(stay.leftAt !== null && stay.leftAt >= at ? { leftAt: null } : {}),
      }))
  }
  return histories
}

/** What seems to count of those of whom something only seems to. */
const readSeeming = (
  tx: Sql,
  since: readonly queries.Since[],
  standings: readonly queries.Standing[],
  drafts: readonly Draft[],
) => {
  const people = new Set(standings.flatMap(({ personId, onlySeems }) => (onlySeems ? personId : [])))
  if (people.size === 0) return []
  const placeIds = new Set(drafts.flatMap(({ personId, placeId }) => (people.has(personId) ? placeId : [])))
  return queries.listSeeming(
    tx,
    since.filter(({ personId }) => people.has(personId)),
    [...placeIds],
  )
}

function timelineSince(at: number, rows: readonly queries.MarkRow[], ends: Ends): Timeline {
  const marks = rows.map(asMark)
  const before = { standing: [], marks: marks.filter((mark) => mark.at < at) }
  return { standing: staysOf(before, ends), marks: marks.filter((mark) => mark.at >= at) }
}

export const asMark = ({ placeId, at, direction, source, ...how }: queries.MarkRow): Mark => ({
  placeId,
  at: at.getTime(),
  direction,
  source: trustOf(how) === 0 ? queries.SOURCE.madeUp : source,
})

type StayRow = Pick<queries.KeptStay, 'placeId' | 'arrivedAt' | 'leftAt' | 'source'>

const asDerived = ({ placeId, arrivedAt, leftAt, source }: StayRow): DerivedStay => ({
  placeId,
  arrivedAt: arrivedAt.getTime(),
  leftAt: leftAt?.getTime() ?? null,
  source,
})

const placesIn = (histories: Iterable<History>) =>
  [...histories].flatMap(({ marks, stored, weighed }) =>
    [...marks, ...stored, ...weighed].map(({ placeId }) => placeId),
  )

/** Adds what is not known of these places yet. */
export async function readPlaces(tx: Sql, places: Map<number, queries.PlaceFacts>, ids: readonly number[]) {
  const missing = new Set(ids.filter((id) => !places.has(id)))
  if (missing.size === 0) return
  for (const row of await queries.listPlaceFacts(tx, [...missing])) places.set(row.placeId, row)
}

/** Adds which trips of the vehicles among these places had ended before somebody could board again. */
export async function readTrips(
  tx: Sql,
  places: Map<number, queries.PlaceFacts>,
  since: readonly queries.Since[],
) {
  const vehicles = [...places.values()].filter(({ isVehicle }) => isVehicle)
  if (vehicles.length === 0 || since.length === 0) return
  const longest = Math.max(...vehicles.map(({ defaultStaySeconds }) => defaultStaySeconds))
  const first = since.reduce((least, { at }) => Math.min(least, at.getTime()), Infinity)
  const after = new Date(first - longest * 1000)
  const ids = vehicles.map(({ placeId }) => placeId)
  const trips = Map.groupBy(await queries.listTrips(tx, ids, after), ({ placeId }) => placeId)
  for (const place of vehicles) places.set(place.placeId, { ...place, trips: trips.get(place.placeId) ?? [] })
}

export const endsOf = (places: Places, timeZone: string): Ends => ({
  usual: ({ placeId, arrivedAt }) => usualEnd(places.get(placeId)!, timeZone, arrivedAt),
  last: ({ placeId, arrivedAt }) => lastExit(places.get(placeId)!, timeZone, arrivedAt),
  isClosed: (placeId, at) => hasClosed(places.get(placeId)!, new Date(at)),
})

const staysOf = ({ marks, standing }: Timeline, ends: Ends) =>
  deriveStays(marks.toSorted(inOrder), standing, ends)

const isSame = (earlier: queries.ScanRow, { placeId, personId, direction, at }: Draft) =>
  earlier.placeId === placeId &&
  earlier.personId === personId &&
  (direction === 'auto' || earlier.direction === directionNumber(direction)) &&
  earlier.at.getTime() === at.getTime()

/** Where a gate leaves it open: out for whoever is inside or may just be leaving, as far as it may know, in for others. */
function seemingDirection(history: History, ends: Ends, draft: Draft): Direction {
  const { marks, standing } = history.seeming ?? history
  const { placeId, at, source } = asMark({ ...draft, direction: 0 })
  const before = marks.filter((mark) => mark.at <= at)
  const current = currentStay(staysOf({ marks: before, standing }, ends), placeId, source)
  return directionLeftOpen(current, placeId, at, ends) === 1 ? 'in' : 'out'
}

/** Nobody comes in by two entrances with one code: then somebody has a picture of it. */
const mayBeCopy = ({ weighed }: History, { placeId, direction, gate, step }: queries.NewScan) =>
  direction === 1 &&
  gate !== null &&
  step !== null &&
  weighed.some((one) => one.placeId === placeId && one.step === step)

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
      .filter((one) => (one.doubt === null || onlySeems(one)) && crowd.has(one))
      .map(({ id, placeId, at }) => ({ id, placeId, at })),
    doubtOf: (id: string, direction: Direction) =>
      direction === 'in' && ids.has(id) ? doubtNumber('closedHours') : null,
  }
}

/** The stays as they are now; what differs from the tables joins `changes`. */
function restate(
  history: History,
  ends: Ends,
  changes: { gone: queries.StayChange[]; added: queries.StayChange[] },
) {
  const { personId, stored } = history
  const stays = staysOf(history, ends)
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
