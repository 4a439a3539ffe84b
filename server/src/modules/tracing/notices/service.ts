import { v4 as uuidv4, v7 as uuidv7 } from 'uuid'
import type { Context } from '../../../platform/context.ts'
import { addDays, dayIn } from '../../../platform/days.ts'
import { cursorOf, pageOf, readIdCursor } from '../../../platform/paging.ts'
import { plainText } from '../../../platform/vietnamese.ts'
import { describeAccount } from '../../accounts/index.ts'
import { areaRef, getAreaInForce } from '../../areas/index.ts'
import {
  assertStands,
  type CaseRow,
  type DiseaseProfile,
  findCaseById,
  getCase,
  getProfile,
  listStays,
  type StayRow,
  windowOf,
} from '../../cases/index.ts'
import { recordReading } from '../../people/index.ts'
import { airingAt, airingOf } from '../airing.ts'
import { recordWindow } from '../windows.ts'
import { noticeProblem, pointProblem } from './problems.ts'
import type {
  DecisionRow,
  EntryRow,
  NoticeRow,
  PointRow,
  PublicRow,
  ShownEntryRow,
  StandingRow,
} from './queries.ts'
import * as queries from './queries.ts'
import { doubtOf, isLikelyTime, isWithin, precisionOf, publishedTime } from './rules.ts'
import type {
  Doubt,
  DraftNotice,
  ExposurePoint,
  NewPoint,
  Notice,
  NoticeSearch,
  PointChange,
  PublicNotice,
  PublicSearch,
} from './schema.ts'

const officerOf = ({ actor }: Context) => (actor.kind === 'account' ? actor.id : null)

const todayOf = (ctx: Context) => dayIn(ctx.services.timeZone, ctx.now)

async function namesOf(ctx: Context, ids: readonly (number | null)[]) {
  const officers = [...new Set(ids.filter((id) => id !== null))]
  return new Map(
    await Promise.all(officers.map(async (id) => [id, (await describeAccount(ctx, id)).name] as const)),
  )
}

// — exposure points

type Sealed = { note?: string | undefined; placeText?: string | undefined }

const unsealed = (ctx: Context, { sealed }: { sealed: Buffer | null }): Sealed =>
  sealed ? ctx.services.keys.unseal<Sealed>(sealed) : {}

const seal = (ctx: Context, words: Sealed) =>
  words.note === undefined && words.placeText === undefined ? null : ctx.services.keys.seal(words)

function listStaysOf(ctx: Context, of: CaseRow) {
  const { from, to } = windowOf(ctx, of)
  return listStays(ctx.sql, of.personId, { from, to, timeZone: ctx.services.timeZone })
}

function describePoint(
  ctx: Context,
  row: PointRow,
  decisions: readonly DecisionRow[],
  names: ReadonlyMap<number, string>,
): ExposurePoint {
  const { note, placeText } = unsealed(ctx, row)
  return {
    id: row.publicId,
    version: row.number,
    status: row.status,
    place: row.place,
    placeText: placeText ?? null,
    area: row.area,
    stay:
      row.stayedFrom && row.stayedTo
        ? { arrivedAt: row.stayedFrom, leftAt: row.stayedTo, estimated: false }
        : null,
    from: row.fromAt,
    to: row.toAt,
    setting: row.setting,
    note: note ?? null,
    notice: row.notice,
    history: decisions.map((decision) => {
      const said = unsealed(ctx, decision)
      return {
        status: decision.status,
        from: decision.fromAt,
        to: decision.toAt,
        setting: decision.setting,
        placeText: said.placeText ?? null,
        note: said.note ?? null,
        by: decision.decidedBy === null ? null : (names.get(decision.decidedBy) ?? null),
        at: decision.decidedAt,
      }
    }),
  }
}

const openPoint = ({ place, arrivedAt, leftAt, estimated }: StayRow): ExposurePoint => ({
  id: null,
  version: 0,
  status: 'open',
  place: { id: place.id, name: place.name, kind: place.kind },
  placeText: null,
  area: place.area,
  stay: { arrivedAt, leftAt, estimated },
  from: arrivedAt,
  to: leftAt,
  setting: 'unknown',
  note: null,
  history: [],
  notice: null,
})

const keyOf = (placeId: string, at: Date) => `${placeId} ${at.getTime()}`

/** Every stay of the case in its window with what was judged of it, and points that rest on no stay. */
export async function listPoints(ctx: Context, caseId: string) {
  const of = await getCase(ctx, caseId)
  const stays = await listStaysOf(ctx, of)
  const { from, to } = windowOf(ctx, of)
  await recordReading(ctx, [of.personId], 'case.stays', 'case', of.publicId)
  await recordWindow(ctx, of.publicId, { by: 'points', from, to, stays: stays.length, people: 1 })
  const rows = await queries.listPoints(ctx.sql, of.id)
  const decisions = Map.groupBy(await queries.listDecisions(ctx.sql, of.id), ({ pointId }) => pointId)
  const names = await namesOf(
    ctx,
    [...decisions.values()].flat().map(({ decidedBy }) => decidedBy),
  )
  const judged = rows.map((row) => describePoint(ctx, row, decisions.get(row.id) ?? [], names))
  const known = new Map(stays.map((stay) => [keyOf(stay.place.id, stay.arrivedAt), stay] as const))
  const isOpen = new Set(known.keys())
  for (const point of judged) {
    if (!point.place || !point.stay) continue
    const key = keyOf(point.place.id, new Date(point.stay.arrivedAt))
    point.stay.estimated = known.get(key)?.estimated ?? false
    isOpen.delete(key)
  }
  const open = [...isOpen].map((key) => openPoint(known.get(key)!))
  const items = [...open, ...judged].sort((one, other) => Number(one.from) - Number(other.from))
  return { items, next: null }
}

async function assertTime(
  ctx: Context,
  of: CaseRow,
  judged: { from: string; to: string },
  stay: StayRow | null,
) {
  const time = { from: new Date(judged.from), to: new Date(judged.to) }
  const bounds = stay ? { from: stay.arrivedAt, to: stay.leftAt } : windowOf(ctx, of)
  if (!isLikelyTime(time, bounds, ctx.now)) throw pointProblem.windowUnlikely()
  return time
}

/** The unit of a place without a code: one of the lowest level. */
async function findUnit(ctx: Context, { placeText, areaCode }: { placeText?: string; areaCode?: string }) {
  if (placeText === undefined || areaCode === undefined) throw pointProblem.placeUnclear()
  const area = await getAreaInForce(ctx.sql, areaCode, ctx.now)
  if (area.hasChildren)
    throw pointProblem.placeUnclear({ fields: [{ field: 'areaCode', reason: 'hasChildren' }] })
  return area.id
}

/** The first judgement: of a stay that was recorded, or of a place that somebody told of. */
export async function judgeStay(ctx: Context, caseId: string, input: NewPoint): Promise<ExposurePoint> {
  const of = await getCase(ctx, caseId)
  const { placeId, arrivedAt } = input
  if (
    (placeId === undefined) !== (arrivedAt === undefined) ||
    (placeId === undefined) === (input.placeText === undefined)
  )
    throw pointProblem.placeUnclear()
  const stay =
    placeId === undefined
      ? null
      : (await listStaysOf(ctx, of)).find(
          (one) => keyOf(one.place.id, one.arrivedAt) === keyOf(placeId.toLowerCase(), new Date(arrivedAt!)),
        )
  if (stay === undefined) throw pointProblem.stayUnknown()
  const areaId = stay ? null : await findUnit(ctx, input)
  const { from, to } = await assertTime(ctx, of, input, stay)
  const publicId = uuidv7()
  const id = await queries.insertPoint(ctx.sql, {
    publicId,
    caseId: of.id,
    placeId: stay ? (await queries.findPlaceRow(ctx.sql, stay.place.id))! : null,
    stayedFrom: stay?.arrivedAt ?? null,
    stayedTo: stay?.leftAt ?? null,
    createdAt: ctx.now,
  })
  if (id === undefined) throw pointProblem.changed()
  await queries.insertDecision(ctx.sql, {
    pointId: id,
    number: 1,
    status: input.status,
    areaId,
    fromAt: from,
    toAt: to,
    setting: input.setting ?? 'unknown',
    sealed: seal(ctx, { note: input.note, placeText: input.placeText }),
    decidedBy: officerOf(ctx),
    decidedAt: ctx.now,
  })
  return afterJudging(ctx, of, publicId)
}

/** Every later judgement. Whoever judged meanwhile comes first, and the other one looks again. */
export async function judgePoint(
  ctx: Context,
  publicId: string,
  change: PointChange,
): Promise<ExposurePoint> {
  const row = await queries.findPoint(ctx.sql, publicId)
  const of = row && (await findCaseById(ctx.sql, row.caseId))
  if (!(await ctx.mayReach({ areaId: of?.areaId ?? null })) || !of) throw pointProblem.unknown()
  const stay = row.place && row.stayedFrom && row.stayedTo ? stayOf(row) : null
  if (stay && change.placeText !== undefined) throw pointProblem.placeUnclear()
  const areaId = stay ? null : change.areaCode === undefined ? row.areaId : await findUnit(ctx, change)
  const { from, to } = await assertTime(ctx, of, change, stay)
  const said = unsealed(ctx, row)
  const isSaved =
    change.version === row.number &&
    (await queries.insertDecision(ctx.sql, {
      pointId: row.id,
      number: row.number + 1,
      status: change.status,
      areaId,
      fromAt: from,
      toAt: to,
      setting: change.setting ?? row.setting,
      sealed: seal(ctx, { note: change.note, placeText: change.placeText ?? said.placeText }),
      decidedBy: officerOf(ctx),
      decidedAt: ctx.now,
    }))
  if (!isSaved) throw pointProblem.changed()
  return afterJudging(ctx, of, publicId)
}

const stayOf = (row: PointRow): StayRow => ({
  placeId: row.placeId!,
  place: { ...row.place!, code: '', area: row.area, lat: null, lon: null },
  arrivedAt: row.stayedFrom!,
  leftAt: row.stayedTo!,
  estimated: false,
})

async function afterJudging(ctx: Context, of: CaseRow, publicId: string) {
  const row = (await queries.findPoint(ctx.sql, publicId))!
  await ctx.record('point.judge', publicId, { caseId: of.publicId, status: row.status, number: row.number })
  await recordReading(ctx, [of.personId], 'case.stays', 'case', of.publicId)
  const decisions = (await queries.listDecisions(ctx.sql, of.id)).filter(({ pointId }) => pointId === row.id)
  const names = await namesOf(
    ctx,
    decisions.map(({ decidedBy }) => decidedBy),
  )
  return describePoint(ctx, row, decisions, names)
}

// — notices

/** For how many seconds the air of a point infects: as traces count it, and by what was told of a place without a code. */
async function airingOfPoint(ctx: Context, { placeId, setting }: PointRow, profile: DiseaseProfile) {
  const rule = airingOf(profile, undefined)
  if (placeId !== null) return ((await airingAt(ctx.sql, [placeId], rule))(placeId) ?? 0) / 1000
  const { airingSeconds, airingByVentilation } = rule
  return setting === 'open' && airingByVentilation ? (airingByVentilation.open ?? 0) : airingSeconds
}

/** What would be published of a point now. */
async function entryOf(
  ctx: Context,
  of: CaseRow,
  point: PointRow,
  { noticeId, wishCoarse }: { noticeId: number; wishCoarse: boolean },
): Promise<EntryRow> {
  if (point.areaId === null) throw noticeProblem.areaUnknown()
  if (!isWithin({ from: point.fromAt, to: point.toAt }, windowOf(ctx, of))) throw noticeProblem.pointOutside()
  const profile = getProfile(of.diseaseId, of.profileVersion)
  const { from, to } = publishedTime(
    { from: point.fromAt, to: point.toAt },
    await airingOfPoint(ctx, point, profile),
  )
  const visitors =
    point.placeId === null
      ? null
      : await queries.countVisitors(ctx.sql, { placeId: point.placeId, personId: of.personId, from, to })
  const { precision, because } = precisionOf({ kind: point.place?.kind ?? null, visitors, wishCoarse })
  const { timeZone } = ctx.services
  const [fromOn, toOn] = [dayIn(timeZone, from), dayIn(timeZone, new Date(to.getTime() - 1))]
  const name = precision === 'place' ? point.place!.name : null
  const area = (await areaRef(ctx.sql, point.areaId))!
  return {
    id: uuidv4(), // random: one that holds the moment would say which lines were made together
    noticeId,
    pointId: point.id,
    decision: point.number,
    diseaseId: of.diseaseId,
    placeId: point.placeId,
    placeName: name,
    areaId: point.areaId,
    precision,
    because,
    visitors,
    wishCoarse,
    searchKey: plainText([name, area.path].filter(Boolean).join(' ')),
    fromAt: from,
    toAt: to,
    fromOn,
    toOn,
    expiresOn: addDays(toOn, profile.followUpDays),
  }
}

type Reasons = { refused?: string; withdrawn?: string }

/** Of lines that stand, those that should be withdrawn: each with why. */
const doubtsOf = (ctx: Context, rows: readonly StandingRow[]): Map<string, Doubt> =>
  new Map(
    rows.flatMap((row) => {
      const doubt = doubtOf(row, windowOf(ctx, row))
      return doubt ? [[row.id, doubt] as const] : []
    }),
  )

/** Published notices within the areas with a line that should be withdrawn. */
async function listDoubtful(ctx: Context, areaIds: readonly number[]) {
  const rows = await queries.listStanding(ctx.sql, todayOf(ctx), areaIds)
  const doubts = doubtsOf(ctx, rows)
  return [...new Set(rows.flatMap(({ id, noticeId }) => (doubts.has(id) ? [noticeId] : [])))]
}

/** How many notices wait for whoever asks: to be released, or withdrawn; and how many of their own wait for others. */
export async function countNotices(ctx: Context) {
  const drafts = await queries.countDrafts(ctx.sql, ctx.areaIds('notice.release'), officerOf(ctx))
  return { ...drafts, toWithdraw: (await listDoubtful(ctx, ctx.areaIds('notice.draft'))).length }
}

async function describeNotices(ctx: Context, rows: readonly NoticeRow[]): Promise<Notice[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap(({ draftedBy, decidedBy, withdrawnBy }) => [draftedBy, decidedBy, withdrawnBy]),
  )
  const entries = Map.groupBy(
    await queries.listEntries(
      ctx.sql,
      rows.map(({ id }) => id),
    ),
    ({ noticeId }) => noticeId,
  )
  const doubts = doubtsOf(
    ctx,
    await queries.listStandingOf(
      ctx.sql,
      todayOf(ctx),
      rows.map(({ id }) => id),
    ),
  )
  return rows.map((row) => {
    const reasons = row.sealed ? ctx.services.keys.unseal<Reasons>(row.sealed) : {}
    const deed = (by: number | null, at: Date | null, reason: string | undefined = undefined) =>
      by !== null && at ? { at, by: names.get(by)!, reason: reason ?? null } : null
    return {
      id: row.publicId,
      caseId: row.casePublicId,
      caseNumber: row.caseNumber,
      area: row.area,
      disease: diseaseOf(row),
      status: row.status,
      corrects: row.correctsId,
      drafted: deed(row.draftedBy, row.draftedAt),
      decided: deed(row.decidedBy, row.decidedAt, reasons.refused),
      withdrawn: deed(row.withdrawnBy, row.withdrawnAt, reasons.withdrawn),
      entries: (entries.get(row.id) ?? []).map((entry) => describeEntry(entry, doubts.get(entry.id) ?? null)),
      mayRelease: row.status === 'waiting' && ctx.actor.kind === 'account' && ctx.actor.id !== row.draftedBy,
    }
  })
}

const describeEntry = (row: ShownEntryRow, doubt: Doubt | null): Notice['entries'][number] => ({
  id: row.id,
  place: row.place,
  area: row.area,
  precision: row.precision,
  because: row.because,
  visitors: row.visitors,
  from: row.fromAt,
  to: row.toAt,
  expiresOn: row.expiresOn,
  withdrawnOn: row.withdrawnOn,
  withdrawnWhy: row.withdrawnWhy,
  doubt,
})

const diseaseOf = ({ diseaseId }: { diseaseId: string }) => getProfile(diseaseId, 1).name

const describe = async (ctx: Context, { id }: { id: number }) =>
  (await describeNotices(ctx, [await queries.lockNotice(ctx.sql, id)]))[0]!

async function getNotice(ctx: Context, publicId: string): Promise<NoticeRow> {
  const row = await queries.findNotice(ctx.sql, publicId)
  if (!(await ctx.mayReach({ areaId: row?.areaId ?? null })) || !row) throw noticeProblem.unknown()
  return row
}

async function lockReached(ctx: Context, publicId: string) {
  const { id } = await getNotice(ctx, publicId)
  return queries.lockNotice(ctx.sql, id)
}

/** From confirmed points of a case. Nothing is public yet: a second officer decides. */
export async function draftNotice(
  ctx: Context,
  caseId: string,
  { points, corrects }: DraftNotice,
): Promise<Notice> {
  const of = await getCase(ctx, caseId)
  assertStands(of)
  await queries.lockPoints(ctx.sql, of.id)
  const old = corrects === undefined ? null : await lockReached(ctx, corrects)
  if (old && (old.caseId !== of.id || old.status !== 'released')) throw noticeProblem.notReleased()
  const wished = new Map(points.map(({ id, coarse }) => [id.toLowerCase(), coarse ?? false]))
  const rows = await queries.listPointsByPublicId(ctx.sql, of.id, [...wished.keys()])
  if (rows.length !== wished.size || rows.some(({ status }) => status !== 'confirmed'))
    throw noticeProblem.pointNotConfirmed()
  const replaced = new Set(
    (old ? await queries.listEntries(ctx.sql, [old.id]) : []).map(({ pointId }) => pointId),
  )
  if (rows.some(({ id, notice }) => notice === 'waiting' || (notice === 'released' && !replaced.has(id))))
    throw noticeProblem.pointPublished()
  const publicId = uuidv7()
  const id = await queries.insertNotice(ctx.sql, {
    publicId,
    caseId: of.id,
    corrects: old?.id ?? null,
    draftedBy: officerOf(ctx)!,
    draftedAt: ctx.now,
  })
  const entries: EntryRow[] = []
  for (const row of rows)
    entries.push(await entryOf(ctx, of, row, { noticeId: id, wishCoarse: wished.get(row.publicId)! }))
  await queries.insertEntries(ctx.sql, entries)
  await ctx.record('notice.draft', publicId, {
    caseId: of.publicId,
    points: rows.length,
    ...(old ? { corrects } : {}),
  })
  await recordReading(ctx, [of.personId], 'case.stays', 'case', of.publicId)
  return describe(ctx, { id })
}

export async function searchNotices(ctx: Context, search: NoticeSearch) {
  const { status, show, caseId, sort = '-draftedAt', limit = 50, cursor } = search
  const areaIds = ctx.areaIds()
  const which =
    show === 'toWithdraw'
      ? { show: undefined, ids: await listDoubtful(ctx, areaIds) }
      : { show, ids: undefined }
  const rows = await queries.listNotices(
    ctx.sql,
    { areaIds, status, caseId, readerId: officerOf(ctx), ...which },
    { order: sort, after: readIdCursor(cursor), limit: limit + 1 },
  )
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  await Promise.all(items.map((row) => recordOf(ctx, row)))
  return { items: await describeNotices(ctx, items), next }
}

/** Where a case was is read with every notice of it. */
async function recordOf(ctx: Context, row: NoticeRow) {
  const of = (await findCaseById(ctx.sql, row.caseId))!
  await recordReading(ctx, [of.personId], 'case.stays', 'case', row.casePublicId)
}

export async function readNotice(ctx: Context, publicId: string): Promise<Notice> {
  const row = await getNotice(ctx, publicId)
  await recordOf(ctx, row)
  return (await describeNotices(ctx, [row]))[0]!
}

/** A second officer publishes it. How exactly is decided anew: who was there may be known better by now. */
export async function releaseNotice(ctx: Context, publicId: string): Promise<Notice> {
  const row = await lockReached(ctx, publicId)
  if (row.status !== 'waiting') throw noticeProblem.notWaiting()
  if (row.draftedBy === officerOf(ctx)) throw noticeProblem.sameOfficer()
  const of = (await findCaseById(ctx.sql, row.caseId))!
  assertStands(of)
  await queries.lockPoints(ctx.sql, of.id)
  const today = todayOf(ctx)
  const drafted = await queries.listEntries(ctx.sql, [row.id])
  const points = await queries.listPointsByPublicId(
    ctx.sql,
    of.id,
    drafted.map(({ pointPublicId }) => pointPublicId),
  )
  // What was judged anew after the draft is not what the second officer saw.
  if (points.some(({ id, number }) => drafted.find(({ pointId }) => pointId === id)?.decision !== number))
    throw noticeProblem.pointNotConfirmed()
  const entries: EntryRow[] = []
  for (const point of points) {
    const { wishCoarse } = drafted.find(({ pointId }) => pointId === point.id)!
    entries.push(await entryOf(ctx, of, point, { noticeId: row.id, wishCoarse }))
  }
  const current = entries.filter(({ expiresOn }) => expiresOn >= today)
  if (current.length === 0) throw noticeProblem.nothingLeft()
  await queries.deleteEntries(ctx.sql, row.id)
  await queries.insertEntries(ctx.sql, current)
  await queries.publishEntries(ctx.sql, row.id, today)
  await queries.updateNotice(ctx.sql, row.id, {
    status: 'released',
    decidedBy: officerOf(ctx),
    decidedAt: ctx.now,
  })
  if (row.corrects !== null) await replace(ctx, row.corrects, today)
  await note(ctx, 'notice.release', row)
  await recordOf(ctx, row)
  return describe(ctx, row)
}

/** What a correction takes the place of stays in sight, as withdrawn. */
async function replace(ctx: Context, id: number, today: string) {
  const old = await queries.lockNotice(ctx.sql, id)
  if (old.status !== 'released') throw noticeProblem.notReleased()
  await queries.withdrawEntries(ctx.sql, id, today, 'corrected')
  await queries.updateNotice(ctx.sql, id, {
    status: 'withdrawn',
    withdrawnBy: officerOf(ctx),
    withdrawnAt: ctx.now,
  })
  await note(ctx, 'notice.withdraw', old, { corrected: true })
}

const note = (ctx: Context, action: string, row: NoticeRow, more: Record<string, unknown> = {}) =>
  ctx.record(action, row.publicId, { caseId: row.casePublicId, ...more })

const withReason = (ctx: Context, { sealed }: NoticeRow, reason: Reasons) =>
  ctx.services.keys.seal({ ...(sealed ? ctx.services.keys.unseal<Reasons>(sealed) : {}), ...reason })

export async function refuseNotice(ctx: Context, publicId: string, reason: string): Promise<Notice> {
  const row = await lockReached(ctx, publicId)
  if (row.status !== 'waiting') throw noticeProblem.notWaiting()
  await queries.updateNotice(ctx.sql, row.id, {
    status: 'refused',
    decidedBy: officerOf(ctx),
    decidedAt: ctx.now,
    sealed: withReason(ctx, row, { refused: reason }),
  })
  await note(ctx, 'notice.refuse', row)
  await recordOf(ctx, row)
  return describe(ctx, row)
}

/** One officer may take back what two published: a wrong notice does harm while it stands. The list says so. */
export async function withdrawNotice(ctx: Context, publicId: string, reason: string): Promise<Notice> {
  const row = await lockReached(ctx, publicId)
  if (row.status !== 'released') throw noticeProblem.notReleased()
  await queries.withdrawEntries(ctx.sql, row.id, todayOf(ctx), 'mistake')
  await queries.updateNotice(ctx.sql, row.id, {
    status: 'withdrawn',
    withdrawnBy: officerOf(ctx),
    withdrawnAt: ctx.now,
    sealed: withReason(ctx, row, { withdrawn: reason }),
  })
  await note(ctx, 'notice.withdraw', row)
  await recordOf(ctx, row)
  return describe(ctx, row)
}

// — what everybody may read

const DAYS_AT_ONCE = 7

/** Whole days, the latest first: the same answer for everybody who asks. */
export async function listPublic(ctx: Context, { day, q = '', days = DAYS_AT_ONCE, cursor }: PublicSearch) {
  const asked = {
    today: todayOf(ctx),
    day,
    words: plainText(q).split(' ').filter(Boolean).slice(0, 8),
    before: cursor,
  }
  const found = await queries.listDays(ctx.sql, asked, days + 1)
  const shown = found.slice(0, days)
  const rows = shown.length === 0 ? [] : await queries.listPublic(ctx.sql, asked, shown)
  return { items: rows.map(describePublic), next: found.length > days ? shown.at(-1)! : null }
}

function describePublic(row: PublicRow): PublicNotice {
  const isExact = row.precision === 'place'
  return {
    id: row.id,
    disease: diseaseOf(row),
    place: isExact ? { id: row.placePublicId!, name: row.placeName! } : null,
    area: row.area,
    day: row.fromOn,
    lastDay: row.toOn,
    from: isExact ? row.fromAt : null,
    to: isExact ? row.toAt : null,
    withdrawnOn: row.withdrawnOn,
    withdrawnWhy: row.withdrawnWhy,
    expiresOn: row.expiresOn,
  }
}
