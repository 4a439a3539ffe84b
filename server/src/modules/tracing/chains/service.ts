import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../../platform/context.ts'
import { addDays, dayIn, startOfDay } from '../../../platform/days.ts'
import {
  cursorOf,
  pageOf,
  readCursor,
  readIdCursor,
  readOffset,
  unknownCursor,
} from '../../../platform/paging.ts'
import type { Words } from '../../../platform/problem.ts'
import { describeAccount } from '../../accounts/index.ts'
import { getAreaInForce } from '../../areas/index.ts'
import { getCase, getProfile, listProfileVersions, windowOf } from '../../cases/index.ts'
import { recordReading } from '../../people/index.ts'
import { readPlaceCode } from '../../places/index.ts'
import { readOwnStays } from '../../visits/index.ts'
import { airingOf, longestAiring } from '../airing.ts'
import { meetEach } from '../meet.ts'
import { recordWindow } from '../windows.ts'
import { deriveChains } from './keep.ts'
import { chainProblem, linkProblem } from './problems.ts'
import type { DatedCase, LinkRow, PlaceRow } from './queries.ts'
import * as queries from './queries.ts'
import {
  assertExposure,
  countsOf,
  daysBetween,
  distributionOf,
  endsOn,
  eventKey,
  eventsOf,
  generationsOf,
  type Meeting,
  offspringOf,
  quietDays,
  rankSources,
  type Source,
  spokenAir,
  spokenTime,
} from './rules.ts'
import type {
  AsOf,
  CaseLinks,
  Chain,
  ChainSearch,
  ChainSummary,
  FigureSearch,
  LinkedCase,
  LinkWithdrawal,
  NewLink,
  PossibleSource,
  PossibleSources,
  SpreadingPlace,
  SpreadingPlaceSearch,
  SuggestedLink,
  TransmissionFigures,
  TransmissionLink,
} from './schema.ts'

const officerOf = ({ actor }: Context) => (actor.kind === 'account' ? actor.id : null)

const profileOfCase = ({ diseaseId, profileVersion }: Pick<DatedCase, 'diseaseId' | 'profileVersion'>) =>
  getProfile(diseaseId, profileVersion)

const incubations = () =>
  listProfileVersions().map(({ id, version, longestIncubation }) => ({
    diseaseId: id,
    profileVersion: version,
    days: longestIncubation.days,
  }))

/** Today, or the day asked for, which has begun. */
function dayAsked(ctx: Context, asked: string | undefined) {
  const today = dayIn(ctx.services.timeZone, ctx.now)
  if (asked !== undefined && asked > today)
    throw chainProblem.dayUnlikely({ fields: [{ field: 'asOf', reason: `≤ ${today}` }] })
  return asked ?? today
}

/** A case within reach, as chains see it. */
async function getDatedCase(ctx: Context, publicId: string): Promise<DatedCase> {
  const { id } = await getCase(ctx, publicId)
  return (await queries.listCasesByRow(ctx.sql, [id], []))[0]!
}

/** Cases by row, as the reader may see them: what is beyond reach keeps its day alone. */
async function linkedCases(ctx: Context, ids: readonly number[]) {
  const rows = await queries.listCasesByRow(ctx.sql, [...new Set(ids)], ctx.areaIds())
  return new Map(
    rows.map(({ isReached, ...row }) => [
      row.id,
      {
        row,
        isReached,
        shown: {
          id: isReached ? row.publicId : null,
          number: isReached ? row.number : null,
          beganOn: row.beganOn,
        } satisfies LinkedCase,
      },
    ]),
  )
}

const placeOf = (places: ReadonlyMap<number, PlaceRow>, id: number | null) => {
  if (id === null) return null
  const { placeId: _, ...place } = places.get(id)!
  return place
}

const serialDays = (infector: DatedCase | undefined, infected: DatedCase | undefined) =>
  infector?.onsetOn && infected?.onsetOn ? daysBetween(infector.onsetOn, infected.onsetOn) : null

// — links

async function describeLinks(ctx: Context, rows: readonly LinkRow[]): Promise<TransmissionLink[]> {
  const cases = await linkedCases(
    ctx,
    rows.flatMap(({ infectedId, infectorId }) => [infectedId, infectorId ?? infectedId]),
  )
  const places = await queries.listPlaces(
    ctx.sql,
    rows.flatMap(({ placeId }) => placeId ?? []),
  )
  const officers = [
    ...new Set(rows.flatMap(({ addedBy, withdrawnBy }) => [addedBy ?? [], withdrawnBy ?? []].flat())),
  ]
  const names = new Map(
    await Promise.all(officers.map(async (id) => [id, (await describeAccount(ctx, id)).name] as const)),
  )
  const nameOf = (id: number | null) => (id === null ? null : (names.get(id) ?? null))
  return rows.map(({ id: _, publicId, infectedId, infectorId, placeId, addedBy, withdrawnBy, ...row }) => {
    const infected = cases.get(infectedId)!
    const infector = infectorId === null ? undefined : cases.get(infectorId)
    return {
      ...row,
      id: publicId,
      infected: infected.shown,
      infector: infector?.shown ?? null,
      place: placeOf(places, placeId),
      serialDays: serialDays(infector?.row, infected.row),
      addedBy: nameOf(addedBy),
      withdrawnBy: nameOf(withdrawnBy),
    }
  })
}

/** From whom a case caught it and whom it infected, with what was withdrawn; and what its contacts suggest. */
export async function listCaseLinks(
  ctx: Context,
  caseId: string,
  { limit = 100, cursor }: { limit?: number; cursor?: string },
): Promise<CaseLinks> {
  const of = await getDatedCase(ctx, caseId)
  await recordReading(ctx, [of.personId], 'case.links', 'case', of.publicId)
  const rows = await queries.listLinksOf(ctx.sql, of.id, readIdCursor(cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  return {
    items: await describeLinks(ctx, items),
    suggestions: cursor === undefined ? await suggestLinks(ctx, of) : [],
    next,
  }
}

async function suggestLinks(ctx: Context, of: DatedCase): Promise<SuggestedLink[]> {
  const window = exposureWindow(ctx, of)
  const rows = await queries.listSuggestions(ctx.sql, of, window)
  const cases = await linkedCases(
    ctx,
    rows.map(({ caseId }) => caseId),
  )
  // An officer confirms by the number of the case: what they cannot see, somebody above them confirms.
  const within = rows.filter(({ caseId }) => cases.get(caseId)?.isReached)
  const earlier = within.map(({ caseId }) => cases.get(caseId)!.row)
  const sources = await findSources(ctx, of, earlier)
  const places = await queries.listPlaces(
    ctx.sql,
    sources.map(({ placeId }) => placeId),
  )
  await recordReading(
    ctx,
    earlier.map(({ personId }) => personId),
    'case.links',
    'case',
    of.publicId,
  )
  if (within.length > 0)
    await recordWindow(ctx, of.publicId, {
      by: 'links',
      ...window,
      stays: sources.reduce((sum, { meetings }) => sum + meetings.length, 0),
      people: 1 + within.length,
    })
  return within.map(({ caseId, ...row }) => {
    const together = (source: Source) =>
      source.meetings.reduce((sum, one) => sum + (one.caseId === caseId ? one.seconds : 0), 0)
    const best = [...sources].sort((one, other) => together(other) - together(one))[0]
    const seconds = best ? together(best) : 0
    return {
      ...row,
      infector: cases.get(caseId)!.shown,
      place: best && seconds > 0 ? placeOf(places, best.placeId) : null,
      seconds,
    }
  })
}

/** Says from which case, or at which place, a case caught it. Both cases lie within the officer's reach. */
export async function addLink(ctx: Context, caseId: string, wanted: NewLink): Promise<TransmissionLink> {
  const of = await getDatedCase(ctx, caseId)
  const { infectorNumber, placeCode, exposedOn = null, confidence, suggested = false } = wanted
  if (infectorNumber === undefined && placeCode === undefined) throw linkProblem.sourceMissing()
  const infector = infectorNumber === undefined ? null : await getInfector(ctx, of, infectorNumber.trim())
  const placeId = placeCode === undefined ? null : await getPlaceId(ctx, placeCode)
  assertExposure(exposedOn, of, profileOfCase(of).longestIncubation.days)
  await queries.lockLinks(ctx.sql)
  const publicId = uuidv7()
  const [added] = await queries.insertLinks(
    ctx.sql,
    [
      {
        publicId,
        infectedId: of.id,
        infectorId: infector?.id ?? null,
        placeId,
        exposedOn,
        source: suggested ? 'trace' : 'officer',
        confidence,
      },
    ],
    { at: ctx.now, by: officerOf(ctx) },
  )
  if (!added) throw linkProblem.alreadyThere()
  await deriveChains(ctx.sql, [of.id, ...(infector ? [infector.id] : [])])
  await ctx.record('link.add', of.publicId, {
    linkId: publicId,
    ...(infector ? { infectorId: infector.publicId } : {}),
    source: suggested ? 'trace' : 'officer',
    confidence,
  })
  const people = [of.personId, ...(infector ? [infector.personId] : [])]
  await recordReading(ctx, people, 'case.links', 'case', of.publicId)
  return (await describeLinks(ctx, [(await queries.findLink(ctx.sql, publicId))!]))[0]!
}

async function getInfector(ctx: Context, of: DatedCase, number: string) {
  const infector = await queries.findCaseByNumber(ctx.sql, number)
  const fields = [{ field: 'infectorNumber', reason: 'unknown' }]
  if (!(await ctx.mayReach({ areaId: infector?.areaId ?? null })) || !infector)
    throw linkProblem.infectorUnknown({ fields })
  if (infector.id === of.id) throw linkProblem.sameCase({ fields })
  if (infector.personId === of.personId) throw linkProblem.samePerson({ fields })
  if (infector.diseaseId !== of.diseaseId) throw linkProblem.otherDisease({ fields })
  return infector
}

async function getPlaceId(ctx: Context, code: string) {
  const placeId = await queries.findPlaceByCode(ctx.sql, readPlaceCode(code))
  if (placeId === undefined)
    throw linkProblem.placeUnknown({ fields: [{ field: 'placeCode', reason: 'unknown' }] })
  return placeId
}

/** Takes a link back, with a reason. It stays on record; chains go on without it. */
export async function withdrawLink(
  ctx: Context,
  linkId: string,
  { because }: LinkWithdrawal,
): Promise<TransmissionLink> {
  const link = await queries.findLink(ctx.sql, linkId)
  const [of] = link ? await queries.listCasesByRow(ctx.sql, [link.infectedId], []) : []
  if (!(await ctx.mayReach({ areaId: of?.areaId ?? null })) || !link || !of) throw linkProblem.unknown()
  await queries.lockLinks(ctx.sql)
  const stood = await queries.withdrawLink(ctx.sql, link.id, { at: ctx.now, by: officerOf(ctx), because })
  if (!stood) throw linkProblem.alreadyWithdrawn()
  await deriveChains(ctx.sql, [link.infectedId, ...(link.infectorId === null ? [] : [link.infectorId])])
  await ctx.record('link.withdraw', of.publicId, { linkId, because })
  await recordReading(ctx, [of.personId], 'case.links', 'case', of.publicId)
  return (await describeLinks(ctx, [(await queries.findLink(ctx.sql, linkId))!]))[0]!
}

// — backward

/** The longest incubation before the onset: whole days, up to the day on which the illness began. */
function exposureWindow({ services: { timeZone } }: Context, of: DatedCase) {
  const { days } = profileOfCase(of).longestIncubation
  return {
    from: startOfDay(timeZone, addDays(of.beganOn, -days)),
    to: startOfDay(timeZone, of.beganOn),
  }
}

/**
 * When the case was where earlier ones were while these could infect others: what traces of them would say of the case, however
 * short.
 */
async function findSources(ctx: Context, of: DatedCase, earlier: readonly DatedCase[]) {
  const { from, to } = exposureWindow(ctx, of)
  const profile = profileOfCase(of)
  const windows = earlier
    .map((one) => ({ caseId: one.id, personId: one.personId, ...windowOf(ctx, one) }))
    .filter((window) => window.from < to && window.to > from)
  const met = await meetEach(
    ctx.sql,
    windows.map(({ personId, from, to }) => ({ personId, from: from.getTime(), to: to.getTime() })),
    {
      ...airingOf(profile, undefined),
      minOverlapSeconds: 0,
      timeZone: ctx.services.timeZone,
      only: new Set([of.personId]),
      explain: true,
    },
  )
  const meetings = windows.flatMap(({ caseId }, at) =>
    met[at]!.exposuresOf(of.personId).map(
      (shared): Meeting => ({
        placeId: shared.placeId,
        caseId,
        from: new Date(Math.max(shared.from.getTime(), from.getTime())),
        to: new Date(Math.min(shared.to.getTime(), to.getTime())),
        estimated: shared.estimated,
      }),
    ),
  )
  return rankSources(meetings, profile.minOverlapSeconds)
}

/** Where a case may have caught it: places that it shared with earlier cases while these could infect others, ranked. */
export async function listPossibleSources(
  ctx: Context,
  caseId: string,
  { limit = 20, cursor }: { limit?: number; cursor?: string },
): Promise<PossibleSources> {
  const of = await getDatedCase(ctx, caseId)
  const profile = profileOfCase(of)
  const { days, source } = profile.longestIncubation
  const before = { of, from: addDays(of.beganOn, -days - profile.windowDaysAfter), to: of.beganOn }
  const window = exposureWindow(ctx, of)
  const own = await readOwnStays(
    ctx.sql,
    [{ personId: of.personId, from: window.from.getTime(), to: window.to.getTime() }],
    ctx.services,
  )
  const earlier = await queries.listEarlierCases(ctx.sql, before, own, {
    ...window,
    longestAiring: longestAiring(airingOf(profile, undefined)),
  })
  const found = await findSources(ctx, of, earlier)
  const skipped = readOffset(cursor)
  const page = found.slice(skipped, skipped + limit)
  const cases = await linkedCases(
    ctx,
    page.flatMap(({ meetings }) => meetings.map((one) => one.caseId)),
  )
  // Also those beyond reach: the answer tells where they were, and when.
  const people = [of.personId, ...[...cases.values()].map(({ row }) => row.personId)]
  await recordReading(ctx, people, 'case.sources', 'case', of.publicId)
  await recordWindow(ctx, of.publicId, {
    by: 'sources',
    ...window,
    stays: page.reduce((sum, { meetings }) => sum + meetings.length, 0),
    people: people.length,
  })
  const places = await queries.listPlaces(
    ctx.sql,
    page.map(({ placeId }) => placeId),
  )
  const minutes = Math.round(profile.minOverlapSeconds / 60)
  const air = spokenAir(airingOf(profile, undefined))
  return {
    ...window,
    rule: ctx.say({
      vi: `Xét ${days} ngày trước ngày phát bệnh (${source}). Mỗi ca trước đó cho 1 điểm nếu ở cùng từ ${minutes} phút (ít hơn thì theo tỉ lệ), thêm nửa điểm cho mỗi giờ ở cùng, tối đa 4 giờ. Tính cả thời gian sau khi ca trước rời đi: ${air.vi}.`,
      en: `The ${days} days before the illness began (${source}). Each earlier case gives 1 point if they were together for ${minutes} minutes or more (else that part of it), and half a point for each hour together, up to 4 hours. The time after the earlier case had left counts too: ${air.en}.`,
    }),
    earlierCases: await queries.countEarlierCases(ctx.sql, before),
    items: page.map(({ placeId, score, seconds, meetings }): PossibleSource => {
      const met = new Set(meetings.map((one) => one.caseId)).size
      return {
        place: placeOf(places, placeId)!,
        score,
        seconds,
        cases: met,
        why: ctx.say(whyScored(met, seconds)),
        meetings: meetings.map(({ caseId: id, from, to, seconds: together, estimated }) => ({
          with: cases.get(id)!.shown,
          from,
          to,
          seconds: together,
          estimated,
        })),
      }
    }),
    next: found.length > skipped + limit ? cursorOf(skipped + limit) : null,
  }
}

function whyScored(cases: number, seconds: number): Words {
  const time = spokenTime(seconds)
  return {
    vi: `Ở cùng ${cases} ca trước đó, tổng cộng ${time.vi}.`,
    en: `With ${cases} earlier ${cases === 1 ? 'case' : 'cases'}, ${time.en} in all.`,
  }
}

// — chains

export async function listChains(ctx: Context, search: ChainSearch) {
  const { area, disease, status, minSize, sort = '-lastOn', limit = 50, cursor } = search
  const asOf = dayAsked(ctx, search.asOf)
  const [key, id] = readCursor(cursor, 2) ?? []
  if (cursor !== undefined && readCursorKey(sort, key) === undefined) throw unknownCursor()
  const rows = await queries.listChains(
    ctx.sql,
    {
      areaIds: ctx.areaIds(),
      asOf,
      ...(area === undefined ? {} : { areaId: (await getAreaInForce(ctx.sql, area, ctx.now)).id }),
      ...(disease === undefined ? {} : { diseaseId: disease }),
      ...(status === undefined ? {} : { status }),
      ...(minSize === undefined ? {} : { minSize }),
    },
    {
      order: sort,
      after: cursor === undefined ? undefined : [readCursorKey(sort, key)!, assertId(id)],
      limit: limit + 1,
    },
    incubations(),
  )
  const { items, next } = pageOf(rows, limit, (last) =>
    cursorOf(last[sort.replace('-', '') as 'size' | 'firstOn' | 'lastOn'], last.id),
  )
  return {
    asOf,
    items: items.map(
      ({ id: caseId, number, ...row }): ChainSummary => ({
        ...row,
        case: { id: caseId, number },
        disease: nameOf(row.diseaseId),
      }),
    ),
    next,
  }
}

const nameOf = (diseaseId: string) => listProfileVersions().find(({ id }) => id === diseaseId)!.name

/** What a cursor says of the last row: a size or a day, as the order has it. */
function readCursorKey(sort: string, key: unknown) {
  if (sort.endsWith('size'))
    return Number.isSafeInteger(key) && Math.abs(key as number) < 2 ** 31 ? String(key) : undefined
  return typeof key === 'string' && isDay(key) ? key : undefined
}

const isDay = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  addDays(text, 0) === text

function assertId(id: unknown): string {
  return readIdCursor(cursorOf(typeof id === 'string' ? id : null))!
}

const MOST_SHOWN = 3000

/** The chain to which a case belongs: its cases and events with their generations, its links and figures. */
export async function readChain(ctx: Context, caseId: string, search: AsOf): Promise<Chain> {
  const of = await getDatedCase(ctx, caseId)
  const asOf = dayAsked(ctx, search.asOf)
  await recordReading(ctx, [of.personId], 'case.chain', 'case', of.publicId)
  const members = await queries.listMembers(ctx.sql, of.id, {
    areaIds: ctx.areaIds(),
    asOf,
    limit: MOST_SHOWN,
  })
  const [first] = members
  if (!first) throw chainProblem.notYet({ fields: [{ field: 'asOf', reason: `≥ ${of.beganOn}` }] })
  const days = new Map(members.map(({ id, beganOn }) => [id, beganOn]))
  const rows = new Map(members.map((row) => [row.id, row]))
  const links = (await queries.listLinksAmong(ctx.sql, [...days.keys()])).filter(
    ({ infectorId }) => infectorId === null || days.has(infectorId),
  )
  const profile = profileOfCase(of)
  const { days: incubation, source } = profile.longestIncubation
  const gapDays = quietDays(incubation)
  const events = eventsOf(days, links, gapDays)
  const generations = generationsOf(days, links, gapDays)
  const places = await queries.listPlaces(
    ctx.sql,
    links.flatMap(({ placeId }) => placeId ?? []),
  )
  const infected = new Map<number, number>()
  for (const { infectorId } of links)
    if (infectorId !== null) infected.set(infectorId, (infected.get(infectorId) ?? 0) + 1)

  // A case beyond reach is called by its place in this answer, an event by its own.
  const keys = new Map(
    members.map(({ id, publicId, isReached }, at) => [id, isReached ? publicId : `case-${at + 1}`]),
  )
  const keyOfEvent = new Map(events.map((event, at) => [eventKey(event), `event-${at + 1}`]))
  const ends = endsOn(first.lastOn, incubation)
  const serials = links.flatMap((link) => {
    const days =
      link.infectorId === null ? null : serialDays(rows.get(link.infectorId), rows.get(link.infectedId))
    return days === null ? [] : [days]
  })
  return {
    asOf,
    disease: profile.name,
    diseaseId: of.diseaseId,
    size: first.size,
    shown: members.length,
    beyond: first.beyond,
    firstOn: first.beganOn,
    lastOn: first.lastOn,
    active: ends >= asOf,
    endsOn: ends,
    rule: ctx.say({
      vi: `Chuỗi kết thúc khi ${gapDays} ngày liền không có ca mới: hai lần thời gian ủ bệnh dài nhất (${incubation} ngày; ${source}).`,
      en: `A chain has ended when there was no new case for ${gapDays} days: twice the longest incubation (${incubation} days; ${source}).`,
    }),
    generations: Math.max(...members.map(({ id }) => generations.get(id)!)),
    serialIntervals: distributionOf(countsOf(serials)),
    offspring: offspringOf(
      countsOf(members.map(({ id }) => infected.get(id) ?? 0)).map(({ value, count }) => ({
        infected: value,
        cases: count,
      })),
    ),
    nodes: [
      ...members.map((row) => ({
        key: keys.get(row.id)!,
        kind: 'case' as const,
        caseId: row.isReached ? row.publicId : null,
        label: row.isReached ? row.number : null,
        area: row.isReached ? row.area : null,
        onsetKnown: row.onsetOn !== null,
        on: row.beganOn,
        generation: generations.get(row.id)!,
        infected: infected.get(row.id) ?? 0,
      })),
      ...events.map((event) => ({
        key: keyOfEvent.get(eventKey(event))!,
        kind: 'event' as const,
        caseId: null,
        label: places.get(event.placeId)!.name,
        area: places.get(event.placeId)!.area?.fullName ?? null,
        onsetKnown: false,
        on: days.get(event.caseIds[0]!)!,
        generation: generations.get(eventKey(event))!,
        infected: event.sourceOf.length,
      })),
    ],
    links: [
      ...events.flatMap((event) =>
        event.infectorIds.map((id) => ({
          from: keys.get(id)!,
          to: keyOfEvent.get(eventKey(event))!,
          place: null,
          source: null,
          confidence: null,
          serialDays: null,
        })),
      ),
      ...links.map((link) => {
        const event = events.find(
          ({ placeId, sourceOf }) =>
            link.infectorId === null && placeId === link.placeId && sourceOf.includes(link.infectedId),
        )
        return {
          from: link.infectorId === null ? keyOfEvent.get(eventKey(event!))! : keys.get(link.infectorId)!,
          to: keys.get(link.infectedId)!,
          place: link.placeId === null ? null : places.get(link.placeId)!.name,
          source: link.source,
          confidence: link.confidence,
          serialDays:
            link.infectorId === null
              ? null
              : serialDays(rows.get(link.infectorId), rows.get(link.infectedId)),
        }
      }),
    ],
  }
}

// — figures

async function countedBy(ctx: Context, { disease, area, asOf }: FigureSearch) {
  return {
    areaIds: ctx.areaIds(),
    diseaseId: disease,
    asOf: dayAsked(ctx, asOf),
    ...(area === undefined ? {} : { areaId: (await getAreaInForce(ctx.sql, area, ctx.now)).id }),
  }
}

/** Serial intervals and whom cases infected, over all cases of a disease within reach. */
export async function readTransmission(ctx: Context, search: FigureSearch): Promise<TransmissionFigures> {
  const filter = await countedBy(ctx, search)
  return {
    asOf: filter.asOf,
    serialIntervals: distributionOf(await queries.countSerialIntervals(ctx.sql, filter)),
    offspring: offspringOf(await queries.countOffspring(ctx.sql, filter)),
    definitions: definitions.map((words) => ctx.say(words)),
  }
}

const definitions: Words[] = [
  {
    vi: 'Khoảng cách thế hệ: số ngày từ khởi phát của ca lây đến khởi phát của ca bị lây, của mỗi liên kết mà cả hai ngày đều biết. Số âm được giữ: ca bị lây có triệu chứng trước.',
    en: 'Serial interval: days from the onset of the infector to that of the infected, of each link of which both are known. Negative ones are kept: the infected fell ill first.',
  },
  {
    vi: 'Số người bị lây: số ca mà liên kết ghi là do ca này lây. Ca có nhiều nguồn khả dĩ được tính cho từng nguồn.',
    en: 'Infected by a case: cases of whom a link says so. Who has several possible sources counts for each of them.',
  },
]

/** Places where most were infected, with the attack rate among those who were recorded there. */
export async function listSpreadingPlaces(ctx: Context, search: SpreadingPlaceSearch) {
  const { limit = 20, cursor } = search
  const filter = await countedBy(ctx, search)
  const [infected, id] = readCursor(cursor, 2) ?? []
  if (cursor !== undefined && readCursorKey('size', infected) === undefined) throw unknownCursor()
  const rows = await queries.listSpreadingPlaces(
    ctx.sql,
    filter,
    { after: cursor === undefined ? undefined : [infected as number, assertId(id)], limit: limit + 1 },
    incubations(),
  )
  const places = await queries.listPlaces(
    ctx.sql,
    rows.map(({ placeId }) => placeId),
  )
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.infected, places.get(last.placeId)!.id))
  const longest = Math.max(
    ...incubations().flatMap(({ diseaseId, days }) => (diseaseId === search.disease ? days : [])),
    0,
  )
  const { timeZone } = ctx.services
  const described: SpreadingPlace[] = []
  for (const { placeId, ...row } of items) {
    const { present, ill } = await queries.countIll(ctx.sql, {
      placeId,
      diseaseId: search.disease,
      from: startOfDay(timeZone, row.from),
      to: startOfDay(timeZone, addDays(row.to, 1)),
      illFrom: row.from,
      illTo: [addDays(row.to, longest), filter.asOf].sort()[0]!,
    })
    described.push({
      ...row,
      place: placeOf(places, placeId)!,
      present,
      ill,
      attackRate: present === 0 ? null : ill / present,
    })
  }
  return { items: described, next }
}
