import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { cursorOf, pageOf, readIdCursor } from '../../platform/paging.ts'
import { accessProblem } from '../../platform/problem.ts'
import { throttle } from '../../platform/throttle.ts'
import { plainText } from '../../platform/vietnamese.ts'
import { getAreaInForce } from '../areas/index.ts'
import {
  assertTakesSms,
  findPersonById,
  findPhone,
  holderOfPhone,
  listPeopleById,
  mask,
  nationalPhone,
  normalizePhone,
  profileOf,
} from '../people/index.ts'
import { readSectors } from './kinds.ts'
import { drawCode, drawPoster, type Poster } from './poster.ts'
import { placeProblem } from './problems.ts'
import type { PlaceRecord, PlaceRow, StaffRole } from './queries.ts'
import * as queries from './queries.ts'
import {
  assertEventTimes,
  assertOfForm,
  cleanAddress,
  cleanDetail,
  cleanHours,
  cleanName,
  cleanPlate,
  cleanZones,
  isClosed,
  isSameName,
  newPlaceCode,
  readPlaceCode,
  readScannedCode,
  searchKeyOf,
  spacedCode,
} from './rules.ts'
import { posterUrl, refusalOf } from './scanned.ts'
import type {
  Guard,
  Marks,
  MyPlaces,
  NewGuard,
  NewPlace,
  OwnPlace,
  Place,
  PlaceChange,
  PlaceForm,
  PlaceKind,
  PlaceSearch,
  PlaceSummary,
  PublicPlace,
} from './schema.ts'

const DAY_MS = 24 * 3600_000
const MOST_GUARDS = 200
const PAGE = 50
/** A gate chooses from its whole list, so that hardly anybody has a second page. */
const OWN_PLACES = 200

const sectors = new Set(readSectors())

// — who may

/** What a guard may do at a place; everything else is for its owner. */
const forGuards: ReadonlySet<string> = new Set(['place.read', 'visit.read', 'scan.record'])

type Reachable = Pick<PlaceRow, 'id' | 'areaId' | 'sector'>

/** What `ctx.assertReach` needs to know of a place, with the holders to whom this permission belongs there. */
export async function placeTarget(ctx: Context, place: Reachable, permission: string) {
  const { id: placeId, areaId, sector } = place
  const staff = ctx.actor.kind === 'citizen' ? await queries.listStaff(ctx.sql, placeId) : []
  const own = staff.filter(({ role }) => role === 'owner' || forGuards.has(permission))
  return { areaId, sector, placeId, holderIds: own.map(({ holderId }) => holderId) }
}

const mayWith = async (ctx: Context, place: Reachable, permission: string) =>
  ctx.mayReach(await placeTarget(ctx, place, permission), permission)

/** Whether the actor may let people in here: the key of this place, its owner, a guard, an officer who may scan. */
export const mayGuard = (ctx: Context, place: Reachable) => mayWith(ctx, place, 'scan.record')

/** A place within the reach of the caller; one that is out of reach is not there. */
export async function getPlace(ctx: Context, publicId: string): Promise<PlaceRecord> {
  const place = await queries.findRecord(ctx.sql, publicId)
  ctx.scopeDecided = true
  if (!place || !(await mayWith(ctx, place, ctx.permission!))) throw placeProblem.unknown()
  return place
}

// — what is shown

export const placeSummary = (
  _ctx: Context,
  { publicId, code, name, kind, area }: PlaceRow,
): PlaceSummary => ({
  id: publicId,
  code,
  name,
  kind,
  area,
})

/** Who answers for a place, and who gives an event. */
type Sealed = { phone?: string; host?: string }

const sealedOf = (ctx: Context, { sealed }: PlaceRecord): Sealed =>
  sealed ? ctx.services.keys.unseal<Sealed>(sealed) : {}

/** Guards and gates have no need of the owner's number. */
const maySeePhone = (ctx: Context, place: PlaceRecord) =>
  mayWith(ctx, place, ctx.actor.kind === 'account' ? 'place.read' : 'place.edit')

function describe(ctx: Context, place: PlaceRecord, seesPhone: boolean): Place {
  const { sector, address, lat, lon, approximate, closedAt, createdAt } = place
  const { capacity, hours, plate, route, operator, zones, startsAt, endsAt, expectedGuests, posterVersion } =
    place
  const { phone, host } = seesPhone ? sealedOf(ctx, place) : {}
  return {
    ...placeSummary(ctx, place),
    checkInUrl: posterUrl(ctx, place),
    sector,
    address,
    phone: phone ? nationalPhone(phone) : null,
    lat,
    lon,
    approximate,
    capacity,
    hours,
    plate,
    route,
    operator,
    zones,
    startsAt,
    endsAt,
    expectedGuests,
    host: host ?? null,
    posterVersion,
    // The end of an event that is still to come is told by `endsAt`.
    closedAt: isClosed(place, ctx.now) ? closedAt : null,
    createdAt,
  }
}

export async function listKinds(ctx: Context): Promise<{ items: PlaceKind[]; next: null }> {
  const kinds = await queries.listKinds(ctx.sql)
  const items = kinds.map(({ defaultStaySeconds, ...kind }) => ({
    ...kind,
    defaultStayMinutes: defaultStaySeconds / 60,
  }))
  return { items, next: null }
}

export async function readPlace(ctx: Context, id: string) {
  const place = await getPlace(ctx, id)
  return describe(ctx, place, await maySeePhone(ctx, place))
}

export async function drawPlacePoster(ctx: Context, id: string) {
  const place = await getPlace(ctx, id)
  return { code: place.code, bytes: await drawPoster(await posterOf(ctx, place)) }
}

export async function drawPlaceCode(ctx: Context, id: string) {
  const place = await getPlace(ctx, id)
  return { code: place.code, bytes: Buffer.from(drawCode(posterUrl(ctx, place))) }
}

async function posterOf(ctx: Context, place: PlaceRecord): Promise<Poster> {
  const { code, name, address, area, changedAt, posterVersion } = place
  const { timeZone } = ctx.services
  return {
    name,
    address,
    area: area?.path ?? '',
    code: spacedCode(code),
    url: posterUrl(ctx, place),
    version: posterVersion,
    owner: await ownerName(ctx, place),
    changedAt,
    day: new Intl.DateTimeFormat('vi-VN', { timeZone, dateStyle: 'short' }).format(changedAt),
  }
}

/** Who answers for the place, as far as they have said what they are called. */
async function ownerName(ctx: Context, place: PlaceRecord) {
  const owner = (await queries.listStaff(ctx.sql, place.id)).find(({ role }) => role === 'owner')
  const person = owner && (await findPersonById(ctx.sql, owner.holderId))
  return person ? profileOf(ctx, person).name : null
}

/** What everybody who stands before the poster may know. */
export async function findPublicPlace(ctx: Context, written: string, marks: Marks): Promise<PublicPlace> {
  const place = await queries.findRecordByCode(ctx.sql, readPlaceCode(written))
  if (!place) throw placeProblem.unknown()
  const refusal = await refusalOf(ctx, place, { ...readScannedCode(written).marks, ...marks }, ctx.now)
  if (refusal) throw refusal
  const kind = (await queries.findKind(ctx.sql, place.kind))!
  const { address, lat, lon } = place
  return {
    ...placeSummary(ctx, place),
    kindLabel: ctx.say(kind.label),
    address,
    closed: isClosed(place, ctx.now),
    position: lat === null || lon === null ? null : { lat, lon },
    zones: place.restrictions
      .filter(({ until }) => new Date(until) > ctx.now)
      .map(({ from, until, ...zone }) => ({ ...zone, from: new Date(from), until: new Date(until) })),
  }
}

/** Places that one owns or guards, or that of one's key. */
export async function listOwnPlaces(
  ctx: Context,
  { limit = OWN_PLACES, cursor }: MyPlaces,
): Promise<{ items: OwnPlace[]; next: string | null }> {
  ctx.scopeDecided = true
  const window = { now: ctx.now, after: readIdCursor(cursor), limit: limit + 1 }
  const rows =
    ctx.actor.kind === 'citizen'
      ? await queries.listPlacesOfHolder(ctx.sql, ctx.actor.id!, window)
      : (await queries.listPlacesById(ctx.sql, placeIdsOf(ctx))).map((row) => ({
          ...row,
          role: 'key' as const,
        }))
  const items = rows.map((row) => ({
    ...placeSummary(ctx, row),
    role: row.role,
    closed: isClosed(row, ctx.now),
  }))
  return pageOf(items, limit, (last) => cursorOf(last.id))
}

const placeIdsOf = (ctx: Context) =>
  ctx.actor.grants.flatMap(({ placeId }) => (placeId === null ? [] : [placeId]))

export async function searchPlaces(ctx: Context, search: PlaceSearch) {
  const { area: areaCode, kind, q, state, sort = 'name', limit = PAGE, cursor } = search
  const reach = ctx.reach()
  const area = areaCode === undefined ? undefined : await getAreaInForce(ctx.sql, areaCode, ctx.now)
  // An official asks within what they reach; an owner may narrow the list of their own places by any area.
  if (
    area &&
    ctx.actor.kind !== 'citizen' &&
    !(await ctx.isWithin(
      reach.map(({ areaId }) => areaId),
      area.id,
    ))
  )
    throw accessProblem.outOfReach()
  const text = q === undefined ? '' : plainText(q)
  const filter = {
    ...(ctx.actor.kind === 'citizen' ? { holderId: ctx.actor.id! } : { reach, placeIds: placeIdsOf(ctx) }),
    ...(area ? { areaId: area.id } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state: { isClosed: state === 'closed', at: ctx.now } }),
    ...(text ? { q: text } : {}),
  }
  const order = { order: sort, after: readIdCursor(cursor), limit: limit + 1 }
  // Only signs were typed: nothing is called that.
  const rows = q?.trim() && !text ? [] : await queries.listPlaces(ctx.sql, filter, order)
  const page = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  const shownIds = page.items.map(({ id }) => id)
  const ownedIds =
    ctx.actor.kind === 'citizen' ? await queries.listOwned(ctx.sql, ctx.actor.id!, shownIds) : []
  const items = page.items.map((place) =>
    describe(ctx, place, ctx.actor.kind === 'account' || ownedIds.includes(place.id)),
  )
  return { ...page, items }
}

// — registration and changes

/** A row for a place, checked and with a code of its own, for registrations and imports alike. */
export function placeRow(
  ctx: Context,
  place: Pick<NewPlace, 'name' | 'kind' | 'address' | 'lat' | 'lon' | 'host'> & {
    areaId: number | null
    sector: string
    phone: string | null
    ref?: string
  },
): queries.NewPlace {
  const { name, kind, sector, areaId, address, phone, lat, lon, host, ref } = place
  return {
    publicId: uuidv7(),
    ...(ref === undefined ? {} : { ref }),
    code: newPlaceCode(),
    name,
    kind,
    sector,
    areaId,
    address,
    sealed: phone === null ? null : ctx.services.keys.seal({ phone, ...(host ? { host } : {}) }),
    lat: lat ?? null,
    lon: lon ?? null,
    searchKey: searchKeyOf(name, address),
    createdAt: ctx.now,
    changedAt: ctx.now,
  }
}

/** Inserts with another code when that one is taken, which happens once in a great many registrations. */
async function insertPlace(ctx: Context, row: queries.NewPlace): Promise<number> {
  const id = await queries.insertPlace(ctx.sql, row).catch(refuseTakenPlate)
  return id ?? insertPlace(ctx, { ...row, code: newPlaceCode() })
}

/** Enough for a chain of shops, too little to fill a disk. */
export const throttleRegistrations = async (ctx: Context) => {
  if (ctx.actor.kind !== 'citizen') return
  await throttle(ctx, [{ key: `places:${ctx.actor.id}`, most: 200, perSeconds: 86_400 }])
}

const confirmedPhone = async (ctx: Context) =>
  profileOf(ctx, (await findPersonById(ctx.sql, ctx.holderId()))!).phone

export async function registerPlace(ctx: Context, input: NewPlace): Promise<Place> {
  const name = cleanName(input.name)
  const address = cleanAddress(input.address)
  const phone = normalizePhone(input.phone)
  const { lat, lon } = input
  if ((lat === undefined) !== (lon === undefined)) throw placeProblem.pointIncomplete()
  const kind = await queries.findKind(ctx.sql, input.kind)
  if (!kind?.offered) throw placeProblem.kindUnknown({ fields: [{ field: 'kind', reason: 'unknown' }] })
  const sector = input.sector ?? kind.sector
  if (!sectors.has(sector))
    throw placeProblem.sectorUnknown({ fields: [{ field: 'sector', reason: 'unknown' }] })
  const details = detailsOf(kind.form, input)
  const host = cleanDetail(input.host ?? null)
  const area = await getAreaInForce(ctx.sql, input.areaCode, ctx.now)

  if (ctx.actor.kind === 'citizen') {
    if (phone !== (await confirmedPhone(ctx)))
      throw placeProblem.phoneNotConfirmed({ fields: [{ field: 'phone', reason: 'unconfirmed' }] })
  } else await ctx.assertReach({ areaId: area.id, sector })
  if (area.hasChildren)
    throw placeProblem.areaTooWide({ fields: [{ field: 'areaCode', reason: 'hasChildren' }] })

  const ownerId = ctx.actor.kind === 'citizen' ? ctx.holderId() : (await holderOfPhone(ctx, phone)).id
  await assertNotRegistered(ctx, ownerId, area.id, name)
  const row = {
    ...placeRow(ctx, { ...input, name, address, phone, sector, areaId: area.id, ...(host ? { host } : {}) }),
    ...details,
  }
  const placeId = await insertPlace(ctx, row)
  await queries.insertStaff(ctx.sql, {
    id: uuidv7(),
    placeId,
    holderId: ownerId,
    role: 'owner',
    since: ctx.now,
  })
  await ctx.record('place.register', row.publicId, { kind: kind.code, area: area.code })
  return describe(ctx, (await queries.findRecord(ctx.sql, row.publicId))!, true)
}

/** What this form of place needs and may have, as it is kept. */
function detailsOf(form: PlaceForm, input: NewPlace): queries.PlaceDetails {
  assertOfForm(form, input)
  if (form === 'vehicle' && input.plate === undefined)
    throw placeProblem.plateNeeded({ fields: [{ field: 'plate', reason: 'missing' }] })
  if (form === 'event' && (input.startsAt === undefined || input.endsAt === undefined)) {
    const field = input.startsAt === undefined ? 'startsAt' : 'endsAt'
    throw placeProblem.eventTimesNeeded({ fields: [{ field, reason: 'missing' }] })
  }
  const details = cleanDetails(input)
  if (details.startsAt && details.endsAt) assertEventTimes(details.startsAt, details.endsAt)
  return details
}

/** Only what was given: the rest stays as it is. */
function cleanDetails(given: Partial<Omit<PlaceChange, 'host'>>): queries.PlaceDetails {
  const { capacity, hours, plate, route, operator, zones, startsAt, endsAt, expectedGuests } = given
  return {
    ...(capacity === undefined ? {} : { capacity }),
    ...(hours === undefined ? {} : { hours: hours && cleanHours(hours) }),
    ...(plate === undefined ? {} : { plate: cleanPlate(plate) }),
    ...(route === undefined ? {} : { route: cleanDetail(route) }),
    ...(operator === undefined ? {} : { operator: cleanDetail(operator) }),
    ...(zones === undefined ? {} : { zones: cleanZones(zones) }),
    ...(startsAt === undefined ? {} : { startsAt: new Date(startsAt) }),
    ...(endsAt === undefined ? {} : { endsAt: new Date(endsAt) }),
    ...(expectedGuests === undefined ? {} : { expectedGuests }),
  }
}

/** Two owners at the same moment: the database decides. */
function refuseTakenPlate(error: unknown): never {
  if ((error as { constraint_name?: string }).constraint_name === 'places_plate_in_force')
    throw placeProblem.plateTaken({ fields: [{ field: 'plate', reason: 'taken' }] })
  throw error
}

async function assertNotRegistered(ctx: Context, ownerId: number, areaId: number, name: string) {
  await queries.waitForOwner(ctx.sql, ownerId)
  const recent = await queries.listRecentOfOwner(
    ctx.sql,
    ownerId,
    areaId,
    new Date(ctx.now.getTime() - DAY_MS),
  )
  const same = recent.find((place) => isSameName(place.name, name))
  if (same) throw placeProblem.alreadyRegistered({ details: { id: same.publicId } })
}

export async function changePlace(ctx: Context, id: string, change: PlaceChange): Promise<Place> {
  await queries.lockPlace(ctx.sql, (await getPlace(ctx, id)).id)
  const place = await getPlace(ctx, id)
  const name = change.name === undefined ? place.name : cleanName(change.name)
  const address = change.address === undefined ? place.address : cleanAddress(change.address)
  const wasClosed = place.closedByHandAt !== null
  const { lat = place.lat, lon = place.lon, closed = wasClosed } = change
  if ((lat === null) !== (lon === null)) throw placeProblem.pointIncomplete()
  assertOfForm((await queries.findKind(ctx.sql, place.kind))!.form, change)
  const details = cleanDetails(change)
  const { startsAt = place.startsAt, endsAt = place.endsAt } = details
  if (startsAt && endsAt) assertEventTimes(startsAt, endsAt)
  if (change.closed === false && isClosed({ closedAt: endsAt }, ctx.now)) throw placeProblem.eventOver()
  const closedAt = closed ? (place.closedByHandAt ?? ctx.now) : null
  const isRenamed = name !== place.name || address !== place.address
  const update = queries.updatePlace(ctx.sql, place.id, {
    ...details,
    name,
    address,
    lat,
    lon,
    closedAt,
    searchKey: searchKeyOf(name, address),
    ...(isRenamed ? { changedAt: ctx.now } : {}),
    ...(change.phone === undefined && change.host === undefined
      ? {}
      : { sealed: ctx.services.keys.seal(await newSealed(ctx, place, change)) }),
  })
  await update.catch(refuseTakenPlate)
  const action = closed === wasClosed ? 'place.edit' : closed ? 'place.close' : 'place.reopen'
  await ctx.record(action, place.publicId, { fields: Object.keys(change) })
  return describe(ctx, (await queries.findRecord(ctx.sql, id))!, true)
}

async function newSealed(ctx: Context, place: PlaceRecord, { phone, host }: PlaceChange): Promise<Sealed> {
  const { host: former, ...sealed } = sealedOf(ctx, place)
  const next = host === undefined ? former : cleanDetail(host)
  return {
    ...sealed,
    ...(phone === undefined ? {} : { phone: await newPhone(ctx, phone) }),
    ...(next ? { host: next } : {}),
  }
}

async function newPhone(ctx: Context, written: string) {
  const phone = normalizePhone(written)
  if (ctx.actor.kind === 'citizen' && phone !== (await confirmedPhone(ctx)))
    throw placeProblem.phoneNotConfirmed({ fields: [{ field: 'phone', reason: 'unconfirmed' }] })
  return phone
}

// — guards

/** Adding somebody makes their phone known to us, so it is paced: counted even when it fails. */
export const throttleGuards = (ctx: Context, phone: string) =>
  throttle(ctx, [
    { key: `guards:${ctx.actor.kind}:${ctx.actor.id}`, most: 300, perSeconds: 86_400 },
    { key: `guard:${findPhone(phone) ?? phone}`, most: 60, perSeconds: 86_400 },
  ])

const guardOf = (
  ctx: Context,
  { id, since }: { id: string; since: Date },
  person: { publicId: string; sealed: Buffer },
): Guard => ({
  id,
  maskedPhone: mask(ctx, person).maskedPhone,
  since,
})

export async function addGuard(ctx: Context, placeId: string, { phone, name }: NewGuard): Promise<Guard> {
  const place = await getPlace(ctx, placeId)
  const number = normalizePhone(phone)
  assertTakesSms(number)
  const staff = await queries.listStaff(ctx.sql, place.id)
  if (staff.length >= MOST_GUARDS) throw placeProblem.guardsTooMany()
  const holder = await holderOfPhone(ctx, number, name === undefined ? null : cleanName(name))
  const role: StaffRole = 'guard'
  const id = uuidv7()
  const added = await queries.insertStaff(ctx.sql, {
    id,
    placeId: place.id,
    holderId: holder.id,
    role,
    since: ctx.now,
  })
  if (added) {
    await ctx.record('place.addGuard', place.publicId, { guard: id })
    return guardOf(ctx, { id, since: ctx.now }, holder)
  }
  // Added before: the same answer again.
  const known = (await queries.listStaff(ctx.sql, place.id)).find(({ holderId }) => holderId === holder.id)!
  if (known.role === 'owner') throw placeProblem.ownerAlready()
  return guardOf(ctx, known, holder)
}

export async function listGuards(ctx: Context, placeId: string): Promise<{ items: Guard[]; next: null }> {
  const place = await getPlace(ctx, placeId)
  const guards = (await queries.listStaff(ctx.sql, place.id)).filter(({ role }) => role === 'guard')
  const people = new Map(
    (
      await listPeopleById(
        ctx.sql,
        guards.map(({ holderId }) => holderId),
      )
    ).map((person) => [person.id, person]),
  )
  return { items: guards.map((guard) => guardOf(ctx, guard, people.get(guard.holderId)!)), next: null }
}

export async function removeGuard(ctx: Context, placeId: string, guardId: string) {
  const place = await getPlace(ctx, placeId)
  if (!(await queries.endGuard(ctx.sql, place.id, guardId, ctx.now))) throw placeProblem.guardUnknown()
  await ctx.record('place.removeGuard', place.publicId, { guard: guardId })
}
