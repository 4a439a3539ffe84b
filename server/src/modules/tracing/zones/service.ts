import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../../platform/context.ts'
import { addDays, dayBounds, dayIn } from '../../../platform/days.ts'
import { cursorOf, pageOf, readIdCursor } from '../../../platform/paging.ts'
import type { Words } from '../../../platform/problem.ts'
import { describeAccount } from '../../accounts/index.ts'
import { type AreaRow, getAreaInForce, listShapes } from '../../areas/index.ts'
import { listProfileVersions } from '../../cases/index.ts'
import { endRestriction, listKindLabels, saveRestriction } from '../../places/index.ts'
import { featureOf, isUsable, outlineOf, ringOf, touches } from './geometry.ts'
import { rulesInForce, rulesOf } from './law.ts'
import { drawOrder } from './order.ts'
import type { Later } from './order-words.ts'
import { zoneProblem } from './problems.ts'
import type { Sought, UnitRow, ZoneRow } from './queries.ts'
import * as queries from './queries.ts'
import {
  clockOf,
  isInTime,
  isLikely,
  isPossible,
  needsSecondPerson,
  noticeBy,
  permissionFor,
  smallestCircle,
  smallestCover,
  stateOf,
} from './rules.ts'
import {
  actions,
  type NewZone,
  type PublicZoneSearch,
  type Shape,
  type Where,
  type Zone,
  type ZoneAction,
  type ZoneCountQuery,
  type ZoneCounts,
  type ZoneEdit,
  type ZoneExtension,
  type ZoneLifting,
  type ZoneNotice,
  type ZoneOrder,
  type ZoneSearch,
  type ZoneSuggestionQuery,
  type ZoneSummary,
} from './schema.ts'

/** Cases of the last four weeks are counted unless other days are named. */
const USUAL_DAYS = 28
const PAGE = 50

const today = (ctx: Context) => dayIn(ctx.services.timeZone, ctx.now)

export const readRules = (ctx: Context) => rulesInForce(ctx)

// — where

type Place = { area: AreaRow; units: UnitRow[]; shape: Shape | null }

/** The unit whose authority it is, within reach, and the communes that were chosen or that the drawn area touches. */
async function findWhere(ctx: Context, { areaCode, unitCodes, shape }: Where): Promise<Place> {
  const area = await getAreaInForce(ctx.sql, areaCode, ctx.now)
  await ctx.assertReach({ areaId: area.id })
  if ((unitCodes === undefined) === (shape === undefined)) throw zoneProblem.placeUnclear()
  const communes = await queries.listCommunes(ctx.sql, area.id, today(ctx))
  if (shape !== undefined) return { area, units: await listTouched(ctx, area.id, communes, shape), shape }
  const units = communes.filter(({ code }) => unitCodes!.includes(code))
  if (units.length !== new Set(unitCodes).size)
    throw zoneProblem.unitUnknown({ fields: [{ field: 'unitCodes', reason: 'unknown' }] })
  return { area, units, shape: null }
}

async function listTouched(ctx: Context, areaId: number, communes: readonly UnitRow[], shape: Shape) {
  const ring = ringOf(shape)
  if (!isUsable(ring)) throw zoneProblem.shapeUnlikely({ fields: [{ field: 'shape', reason: 'unlikely' }] })
  const province = await queries.findProvinceCode(ctx.sql, areaId, today(ctx))
  const outlines = province === undefined ? [] : await listShapes(province)
  const touched = new Set(
    outlines.flatMap(({ code, polygons }) => (polygons.some((one) => touches(ring, one)) ? [code] : [])),
  )
  const units = communes.filter(({ code }) => touched.has(code))
  if (units.length === 0)
    throw zoneProblem.shapeElsewhere({ fields: [{ field: 'shape', reason: 'elsewhere' }] })
  return units
}

const idsOf = (units: readonly UnitRow[]) => units.map(({ id }) => id)
const refOf = ({ code, fullName, path }: UnitRow) => ({ code, fullName, path })

// — a proposal, and counts

type Period = Pick<ZoneCountQuery, 'from' | 'to' | 'diseaseId'>

const soughtBy = (ctx: Context, { from, to, diseaseId }: Period): Sought => {
  const last = to ?? today(ctx)
  return {
    reach: ctx.areaIds(),
    from: from ?? addDays(last, 1 - USUAL_DAYS),
    to: last,
    diseaseId: diseaseId ?? null,
    caseIds: null,
    traceId: null,
  }
}

/** The fewest communes that hold the share of cases and contacts, and the smallest circle around where cases were. */
export async function suggestZone(ctx: Context, query: ZoneSuggestionQuery) {
  const { areaCode, share, of = 'both' } = query
  const area = await getAreaInForce(ctx.sql, areaCode, ctx.now)
  await ctx.assertReach({ areaId: area.id })
  const communes = await queries.listCommunes(ctx.sql, area.id, today(ctx))
  const sought = {
    ...soughtBy(ctx, query),
    caseIds: query.caseIds ?? null,
    traceId: query.traceId ?? null,
  }
  const groups = await queries.listPoints(ctx.sql, sought, idsOf(communes))
  const visited = await queries.listVisited(ctx.sql, sought, idsOf(communes), ctx.services.timeZone)
  const sum = (some: readonly { count: number }[]) => some.reduce((all, { count }) => all + count, 0)

  const inside = groups.filter(({ units, kind }) => units.length > 0 && (of === 'both' || `${kind}s` === of))
  const where = { unitIds: idsOf(communes), outline: null, sought, now: ctx.now }
  const counts = new Map((await queries.countUnits(ctx.sql, where)).map((row) => [row.unitId, row]))
  const { units, covered } = smallestCover(inside, share, (unit) => counts.get(unit)?.people ?? 0)
  const byId = new Map(communes.map((unit) => [unit.id, unit]))
  return {
    from: sought.from,
    to: sought.to,
    total: {
      cases: sum(groups.filter(({ kind }) => kind === 'case')),
      contacts: sum(groups.filter(({ kind }) => kind === 'contact')),
      outside: sum(groups.filter(({ units: own, isKnown }) => isKnown && own.length === 0)),
      unknown: sum(groups.filter(({ isKnown }) => !isKnown)),
      beyond: await queries.countBeyond(ctx.sql, sought, idsOf(communes)),
    },
    units: units.map((id) => ({ area: refOf(byId.get(id)!), ...counts.get(id)! })),
    covered,
    circle: smallestCircle(visited, share) ?? null,
  }
}

const definitions: Record<string, Words> = {
  people: {
    vi: 'Người có hồ sơ trong hệ thống và ghi nơi ở là các xã, phường của vùng. Ai chưa khai báo hoặc chưa ghi nơi ở thì không được đếm; đây không phải số dân.',
    en: 'People with a record whose residence is in the communes of the zone. Who has none, or no residence, is not counted: this is not the population.',
  },
  households: {
    vi: 'Nhóm người dùng chung một số điện thoại, cách gần nhất mà hệ thống biết về một hộ; người không có số được đếm riêng.',
    en: 'People who share a phone, the nearest that is known to a household; who has no phone counts alone.',
  },
  places: {
    vi: 'Địa điểm đang mở. Với khu vực vẽ tay: chỉ những nơi có tọa độ nằm trong đó.',
    en: 'Places that are open. Of a drawn area: those whose position lies inside.',
  },
  cases: {
    vi: 'Ca bệnh khởi phát (hoặc lấy mẫu) trong những ngày này, ở trong các xã, phường của vùng, trong phạm vi của người đếm.',
    en: 'Cases that began (or were sampled) in these days and live in the communes of the zone, within the reach of who counts.',
  },
  contacts: {
    vi: 'Người tiếp xúc đã được đánh dấu của các ca đó, mỗi người một lần, ở trong các xã, phường của vùng; không đếm lại người đã là ca bệnh.',
    en: 'Marked contacts of these cases, each person once, who live in the communes of the zone; not those who are cases themselves.',
  },
}

async function countIn(ctx: Context, { units, shape }: Pick<Place, 'units' | 'shape'>, period: Period) {
  const sought = soughtBy(ctx, period)
  const rows = await queries.countUnits(ctx.sql, {
    unitIds: idsOf(units),
    outline: shape && outlineOf(shape),
    sought,
    now: ctx.now,
  })
  const countsOf = (id: number | null) => {
    const { unitId: _, placesUnplaced, ...counted } = rows.find(({ unitId }) => unitId === id)!
    return { counted, placesUnplaced }
  }
  const all = countsOf(null)
  return {
    ...all.counted,
    placesUnplaced: all.placesUnplaced,
    isWhole: shape === null,
    from: sought.from,
    to: sought.to,
    units: units.map((unit) => ({ area: refOf(unit), ...countsOf(unit.id).counted })),
    definitions,
  } satisfies ZoneCounts
}

export async function countZone(ctx: Context, query: ZoneCountQuery): Promise<ZoneCounts> {
  return countIn(ctx, await findWhere(ctx, query), query)
}

// — reading

/** A zone that touches the reader's areas. */
async function getZone(ctx: Context, publicId: string): Promise<ZoneRow> {
  const zone = await queries.findZone(ctx.sql, publicId)
  for (const { id } of zone?.units ?? []) if (await ctx.mayReach({ areaId: id })) return zone!
  ctx.scopeDecided = true
  throw zoneProblem.unknown()
}

/** What the reader may do with a zone now: only within the area of its authority. */
async function listPossible(ctx: Context, zone: ZoneRow) {
  const may: ZoneAction[] = []
  for (const action of actions)
    if (
      isPossible(stateOf(zone, ctx.now), action) &&
      ctx.actor.permissions.has(permissionFor[action]) &&
      !(needsSecondPerson(action) && isFirstPerson(ctx, zone)) &&
      (await ctx.mayReach({ areaId: zone.areaId }, permissionFor[action]))
    )
      may.push(action)
  return may
}

const isFirstPerson = ({ actor }: Context, { draftedBy, proposedBy }: ZoneRow) =>
  actor.kind === 'account' && (actor.id === draftedBy || actor.id === proposedBy)

const summaryOf = (ctx: Context, zone: ZoneRow) => {
  const { publicId: id, version, name, number, area, level, startsAt, endsAt } = zone
  return {
    id,
    version,
    name,
    number,
    area,
    level,
    state: stateOf(zone, ctx.now),
    startsAt,
    endsAt,
    clock: clockOf(zone, ctx.now),
  }
}

/** Every version of a profile has the name of the disease. */
const diseaseOf = (id: string | null) =>
  (id !== null && listProfileVersions().find((profile) => profile.id === id)?.name) || null

/** As they were when it was ordered; of a draft as they are now. */
const countsOf = (ctx: Context, zone: ZoneRow) =>
  zone.counts ??
  countIn(
    ctx,
    { units: zone.units, shape: shapeOf(zone) },
    zone.diseaseId === null ? {} : { diseaseId: zone.diseaseId },
  )

const shapeOf = ({ shape }: ZoneRow): Shape | null => shape?.properties ?? null

async function describe(ctx: Context, zone: ZoneRow): Promise<Zone> {
  const { diseaseId, measures, legalBasis, closedKinds, units, noticeHours } = zone
  const { orderedAt, notifiedAt, exceptionReason, liftedAt } = zone
  const overlaps = await queries.listOverlaps(ctx.sql, zone.id, ctx.now)
  const events = await queries.listEvents(ctx.sql, zone.id)
  return {
    ...summaryOf(ctx, zone),
    diseaseId,
    disease: diseaseOf(diseaseId),
    measures,
    legalBasis,
    closedKinds,
    units: units.map(refOf),
    shape: shapeOf(zone),
    geometry: zone.shape?.geometry ?? null,
    noticeHours,
    noticeBy: noticeBy(zone),
    orderedAt,
    notifiedAt,
    exceptionReason,
    liftedAt,
    counts: await countsOf(ctx, zone),
    overlaps: overlaps.map(({ publicId: id, name, number, from, to, units: shared, ...times }) => ({
      id,
      name,
      number,
      state: stateOf(times, ctx.now),
      from,
      to,
      units: shared,
    })),
    history: events.map(({ at, accountName: by, action, reason, details }) => ({
      at,
      by,
      action,
      reason,
      details,
    })),
    may: await listPossible(ctx, zone),
  }
}

export const readZone = async (ctx: Context, id: string) => describe(ctx, await getZone(ctx, id))

export async function searchZones(ctx: Context, search: ZoneSearch) {
  const { area, state, on, q, sort = '-startsAt', limit = PAGE, cursor } = search
  const filter = {
    reach: ctx.areaIds(),
    areaId: area === undefined ? null : (await getAreaInForce(ctx.sql, area, ctx.now)).id,
    state: state ?? null,
    on: on === undefined ? null : dayBounds(ctx.services.timeZone, on),
    q: q?.trim() || null,
    now: ctx.now,
  }
  const window = { order: sort, after: readIdCursor(cursor), limit: limit + 1 }
  const rows = await queries.listZones(ctx.sql, filter, window)
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  return {
    items: items.map(
      (zone): ZoneSummary => ({
        ...summaryOf(ctx, zone),
        units: zone.units.map(refOf),
        isDrawn: zone.shape !== null,
        overlaps: zone.overlaps,
      }),
    ),
    next,
  }
}

/** What everybody may know: announced or in force, without counts and without reasons. */
export async function listPublicZones(ctx: Context, { area, limit = PAGE, cursor }: PublicZoneSearch) {
  const rows = await queries.listPublicZones(ctx.sql, {
    areaId: area === undefined ? null : (await getAreaInForce(ctx.sql, area, ctx.now)).id,
    now: ctx.now,
    after: readIdCursor(cursor),
    limit: limit + 1,
  })
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  return {
    items: items.map((zone) => ({
      ...summaryOf(ctx, zone),
      state: stateOf(zone, ctx.now) as 'notified' | 'inForce',
      units: zone.units.map(refOf),
      geometry: zone.shape?.geometry ?? null,
      levelLabel: rulesOf(zone.ruleVersion).levels.find(({ code }) => code === zone.level)!.label,
      measures: zone.measures,
      closedKinds: zone.closedKinds,
    })),
    next,
  }
}

// — drafting

const officerOf = ({ actor }: Context) => (actor.kind === 'account' ? actor.id : null)

/** Adds to the history of the zone and to the audit trail, in this transaction. */
async function remember(
  ctx: Context,
  zone: { id: number; publicId: string },
  action: ZoneAction | 'draft',
  { reason = null, details = {} }: { reason?: string | null; details?: Record<string, unknown> } = {},
) {
  const accountId = officerOf(ctx)
  const accountName = accountId === null ? 'Lá Chắn' : (await describeAccount(ctx, accountId)).name
  await queries.insertEvent(ctx.sql, {
    zoneId: zone.id,
    at: ctx.now,
    accountId,
    accountName,
    action,
    reason,
    details,
  })
  await ctx.record(`zone.${action}`, zone.publicId, details)
}

async function readContent(ctx: Context, input: NewZone) {
  const rules = rulesInForce(ctx)
  const { area, units, shape } = await findWhere(ctx, input)
  const times = { startsAt: new Date(input.startsAt), endsAt: new Date(input.endsAt) }
  if (!isLikely(times, rules.mostDays, ctx.now))
    throw zoneProblem.timesUnlikely({ fields: [{ field: 'endsAt', reason: 'unlikely' }] })
  const closedKinds = [...new Set(input.closedKinds ?? [])]
  const known = await listKindLabels(ctx.sql)
  if (closedKinds.some((kind) => !known.has(kind)))
    throw zoneProblem.kindUnknown({ fields: [{ field: 'closedKinds', reason: 'unknown' }] })
  const { diseaseId = null } = input
  if (diseaseId !== null && !diseaseOf(diseaseId))
    throw zoneProblem.diseaseUnknown({ fields: [{ field: 'diseaseId', reason: 'unknown' }] })
  return {
    content: {
      areaId: area.id,
      name: input.name.trim(),
      diseaseId,
      level: input.level,
      measures: input.measures.trim(),
      legalBasis: input.legalBasis?.trim() || rules.legalBasis.join('\n'),
      ruleVersion: rules.version,
      noticeHours: rules.noticeHours,
      closedKinds,
      ...times,
    },
    units,
    drawn: { shape: shape && featureOf(shape), outline: shape && outlineOf(shape) },
  }
}

export async function draftZone(ctx: Context, input: NewZone): Promise<Zone> {
  const { content, units, drawn } = await readContent(ctx, input)
  const publicId = uuidv7()
  const row = { ...content, publicId, draftedBy: officerOf(ctx), draftedAt: ctx.now }
  const id = await queries.insertZone(ctx.sql, row, drawn, idsOf(units))
  await remember(ctx, { id, publicId }, 'draft', { details: toldOf(content, units) })
  return readZone(ctx, publicId)
}

/** What a history says of a draft: enough to see what was changed. */
const toldOf = (
  { name, level, startsAt, endsAt }: Pick<ZoneRow, 'name' | 'level' | 'startsAt' | 'endsAt'>,
  units: readonly UnitRow[],
) => ({
  name,
  level,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  units: units.map(({ code }) => code),
})

/**
 * The zone for one step, locked: within the area of its authority, as the caller saw it, at a point where the step is
 * possible, and decided by a second person where the law wants one.
 */
async function takeStep(ctx: Context, publicId: string, action: ZoneAction, version: number) {
  await getZone(ctx, publicId)
  await queries.lockZone(ctx.sql, publicId)
  const zone = (await queries.findZone(ctx.sql, publicId))!
  if (!(await ctx.mayReach({ areaId: zone.areaId }))) throw zoneProblem.unknown()
  if (zone.version !== version) throw zoneProblem.changedMeanwhile({ details: { version: zone.version } })
  if (!isPossible(stateOf(zone, ctx.now), action)) throw zoneProblem.notNow()
  if (needsSecondPerson(action) && isFirstPerson(ctx, zone)) throw zoneProblem.samePerson()
  return zone
}

/** Who edits a draft has a hand in it: they do not order it either. */
export async function editZone(ctx: Context, id: string, { version, ...input }: ZoneEdit): Promise<Zone> {
  const zone = await takeStep(ctx, id, 'edit', version)
  const { content, units, drawn } = await readContent(ctx, input)
  await queries.updateZone(ctx.sql, zone.id, { ...content, draftedBy: officerOf(ctx) })
  await queries.saveWhere(ctx.sql, zone.id, drawn, idsOf(units))
  const details = { before: toldOf(zone, zone.units), after: toldOf(content, units) }
  await remember(ctx, zone, 'edit', { details })
  return readZone(ctx, id)
}

// — steps

export async function proposeZone(ctx: Context, id: string, version: number): Promise<Zone> {
  const zone = await takeStep(ctx, id, 'propose', version)
  if (zone.endsAt <= ctx.now) throw zoneProblem.timesUnlikely()
  await queries.updateZone(ctx.sql, zone.id, { status: 'proposed', proposedBy: officerOf(ctx) })
  await remember(ctx, zone, 'propose')
  return readZone(ctx, id)
}

/** Back to whoever drafts, before anybody was told. An order given already is withdrawn with its number. */
export async function returnZone(
  ctx: Context,
  id: string,
  { version, reason }: { version: number; reason: string },
) {
  const zone = await takeStep(ctx, id, 'return', version)
  await queries.updateZone(ctx.sql, zone.id, {
    status: 'draft',
    proposedBy: null,
    number: null,
    orderedBy: null,
    orderedAt: null,
    counts: null,
    exceptionReason: null,
  })
  await remember(ctx, zone, 'return', { reason, details: zone.number ? { number: zone.number } : {} })
  return readZone(ctx, id)
}

/** No notice can come before the order: one that leaves too little time for it needs a reason. */
function assertNotice(ctx: Context, zone: ZoneRow, exceptionReason: string | null) {
  if (exceptionReason !== null || isInTime(zone, ctx.now)) return
  const earliest = new Date(ctx.now.getTime() + zone.noticeHours * 3600_000)
  throw zoneProblem.noticeTooShort({ details: { noticeHours: zone.noticeHours, earliest } })
}

export async function orderZone(ctx: Context, id: string, { version, number, ...more }: ZoneOrder) {
  const zone = await takeStep(ctx, id, 'order', version)
  if (zone.endsAt <= ctx.now) throw zoneProblem.timesUnlikely()
  const exceptionReason = more.exceptionReason ?? null
  assertNotice(ctx, zone, exceptionReason)
  const counts = await countsOf(ctx, zone)
  const order = {
    number: number.trim(),
    orderedBy: officerOf(ctx),
    orderedAt: ctx.now,
    counts,
    exceptionReason,
  }
  await queries
    .updateZone(ctx.sql, zone.id, { status: 'ordered', ...order })
    .catch((error: { constraint_name?: string }) => {
      throw error.constraint_name === 'zones_number_once_per_area'
        ? zoneProblem.numberTaken({ fields: [{ field: 'number', reason: 'taken' }] })
        : error
    })
  await remember(ctx, zone, 'order', { reason: exceptionReason, details: { number: order.number } })
  return readZone(ctx, id)
}

/** Province and public are told: from now on everybody can read it, and places in it know. An order never works backwards. */
export async function notifyZone(ctx: Context, id: string, { version, ...more }: ZoneNotice) {
  const zone = await takeStep(ctx, id, 'notify', version)
  if (zone.endsAt <= ctx.now) throw zoneProblem.timesUnlikely()
  const exceptionReason = more.exceptionReason ?? zone.exceptionReason
  assertNotice(ctx, zone, exceptionReason)
  const startsAt = new Date(Math.max(zone.startsAt.getTime(), ctx.now.getTime()))
  await queries.updateZone(ctx.sql, zone.id, {
    status: 'notified',
    notifiedAt: ctx.now,
    exceptionReason,
    startsAt,
  })
  await layOverPlaces(ctx, { ...zone, startsAt })
  await remember(ctx, zone, 'notify', {
    reason: exceptionReason,
    details: { startsAt: startsAt.toISOString(), endsAt: zone.endsAt.toISOString() },
  })
  return readZone(ctx, id)
}

const layOverPlaces = (ctx: Context, zone: ZoneRow) =>
  saveRestriction(
    ctx.sql,
    {
      id: zone.publicId,
      name: zone.name,
      number: zone.number,
      measures: zone.measures,
      closedKinds: zone.closedKinds,
      outline: zone.shape && outlineOf(zone.shape.properties),
      fromAt: zone.startsAt,
      untilAt: zone.endsAt,
    },
    idsOf(zone.units),
  )

export async function extendZone(ctx: Context, id: string, { version, reason, ...more }: ZoneExtension) {
  const zone = await takeStep(ctx, id, 'extend', version)
  const endsAt = new Date(more.endsAt)
  if (endsAt <= zone.endsAt || !isLikely({ ...zone, endsAt }, rulesOf(zone.ruleVersion).mostDays, ctx.now))
    throw zoneProblem.timesUnlikely({ fields: [{ field: 'endsAt', reason: 'unlikely' }] })
  await queries.updateZone(ctx.sql, zone.id, { endsAt })
  await layOverPlaces(ctx, { ...zone, endsAt })
  const details = { before: zone.endsAt.toISOString(), after: endsAt.toISOString() }
  await remember(ctx, zone, 'extend', { reason, details })
  return readZone(ctx, id)
}

/** At once. Nobody has to be a second person to give people their freedom back. */
export async function liftZone(ctx: Context, id: string, { version, reason }: ZoneLifting) {
  const zone = await takeStep(ctx, id, 'lift', version)
  await queries.updateZone(ctx.sql, zone.id, { status: 'lifted', liftedAt: ctx.now })
  await endRestriction(ctx.sql, zone.publicId, ctx.now)
  await remember(ctx, zone, 'lift', { reason })
  return readZone(ctx, id)
}

// — the order on paper

/** What became of an order after it was signed: it was extended, or ended before its time. */
const laterOf = (events: Awaited<ReturnType<typeof queries.listEvents>>): Later[] =>
  events.flatMap(({ action, at, reason, details }): Later[] => {
    if (action === 'lift') return [{ at, reason, from: null, to: null }]
    if (action !== 'extend') return []
    return [{ at, reason, from: new Date(String(details.before)), to: new Date(String(details.after)) }]
  })

/** The order as it is signed, with its schedule; a draft says that it is one. */
export async function drawZoneOrder(ctx: Context, id: string) {
  const zone = await getZone(ctx, id)
  const counts = await countsOf(ctx, zone)
  const later = laterOf(await queries.listEvents(ctx.sql, zone.id))
  const rules = rulesOf(zone.ruleVersion)
  const kinds = await listKindLabels(ctx.sql)
  const { label, text } = rules.levels.find(({ code }) => code === zone.level)!
  return drawOrder({
    authority: zone.area,
    number: zone.number,
    isDraft: zone.orderedAt === null,
    at: zone.orderedAt ?? ctx.now,
    timeZone: ctx.services.timeZone,
    name: zone.name,
    disease: diseaseOf(zone.diseaseId)?.vi ?? null,
    units: zone.units.map(refOf),
    legalBasis: zone.legalBasis.split('\n').filter((line) => line.trim() !== ''),
    level: label.vi,
    levelText: text.vi,
    measures: zone.measures.split('\n').filter((line) => line.trim() !== ''),
    closedKinds: zone.closedKinds.map((kind) => kinds.get(kind)?.vi ?? kind),
    startsAt: zone.startsAt,
    endsAt: later.find(({ from }) => from)?.from ?? zone.endsAt,
    later,
    shape: shapeOf(zone),
    counts,
    recipients: rules.recipients,
    exceptionReason: zone.exceptionReason,
  })
}
