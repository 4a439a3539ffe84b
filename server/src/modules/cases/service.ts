import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { dayBounds, dayIn } from '../../platform/days.ts'
import { cursorOf, isMoment, pageOf, readCursor, readIdCursor, unknownCursor } from '../../platform/paging.ts'
import { areaRef, getAreaInForce } from '../areas/index.ts'
import { holdEntry } from '../declarations/index.ts'
import { getPerson, listPeopleById, mask, type PersonRow, profileOf, recordReading } from '../people/index.ts'
import { type DoubtName, doubtName, doubtNames, doubtNumber, listKnown } from '../visits/index.ts'
import { officerNames, officerOf } from './officers.ts'
import { caseProblem } from './problems.ts'
import { getProfile, profileInForce } from './profiles.ts'
import type { CaseRow } from './queries.ts'
import * as queries from './queries.ts'
import { insertClassification, insertDateChange } from './record/queries.ts'
import { assertLikelyDays, caseNumber, findAnchor, stayHomeUntil, window } from './rules.ts'
import {
  type Case,
  type CaseChange,
  type CaseSearch,
  MOST_COUNTED,
  type NewCase,
  type SetAsideScanSearch,
  type SetAsideSearch,
  type SetAsides,
} from './schema.ts'

const DAY_MS = 86_400_000

/** A case within the caller's reach; what is out of reach does not exist. */
export async function getCase(ctx: Context, publicId: string, permission = ctx.permission): Promise<CaseRow> {
  const row = await queries.findCase(ctx.sql, publicId)
  if (!(await ctx.mayReach({ areaId: row?.areaId ?? null }, permission)) || !row) throw caseProblem.unknown()
  return row
}

/** Cases within the caller's reach; one that is not there, or out of reach, refuses them all. */
export async function listCasesWithin(ctx: Context, publicIds: readonly string[]): Promise<CaseRow[]> {
  const rows = await queries.listCasesById(ctx.sql, publicIds, ctx.areaIds())
  if (rows.length < publicIds.length) throw caseProblem.unknown()
  return [...rows]
}

/** When the case could infect others, by the profile under which it was confirmed. */
export const windowOf = (
  ctx: Context,
  row: Pick<CaseRow, 'diseaseId' | 'profileVersion' | 'onsetOn' | 'sampledOn' | 'isolatedAt'>,
) => window(getProfile(row.diseaseId, row.profileVersion), row, ctx.services.timeZone)

/** No gate lets a case in while it could infect others. */
const keepAtHome = (ctx: Context, row: CaseRow) => {
  const until = stayHomeUntil(getProfile(row.diseaseId, row.profileVersion), row, ctx.services.timeZone)
  return holdEntry(ctx, [{ personId: row.personId, reason: 'case', caseId: row.publicId, until }])
}

const readingOf = (ctx: Context, row: CaseRow, action: string) =>
  recordReading(ctx, [row.personId], action, 'case', row.publicId)

async function describeAll(ctx: Context, rows: readonly CaseRow[]): Promise<Case[]> {
  const people = new Map(
    (
      await listPeopleById(
        ctx.sql,
        rows.map((row) => row.personId),
      )
    ).map((row) => [row.id, row]),
  )
  const names = await officerNames(
    ctx,
    rows.map(({ createdBy }) => createdBy),
  )
  return rows.map((row) => {
    const { from, to, reason } = windowOf(ctx, row)
    return {
      id: row.publicId,
      number: row.number,
      diseaseId: row.diseaseId,
      disease: getProfile(row.diseaseId, row.profileVersion).name,
      profileVersion: row.profileVersion,
      status: row.classification,
      origin: row.origin,
      person: mask(ctx, people.get(row.personId)!),
      area: row.area,
      onsetOn: row.onsetOn,
      sampledOn: row.sampledOn,
      confirmedOn: row.confirmedOn,
      isolatedAt: row.isolatedAt,
      window: { from, to, reason: ctx.say(reason) },
      note: row.sealed && ctx.services.keys.unseal<{ note: string }>(row.sealed).note,
      createdAt: row.createdAt,
      createdBy: row.createdBy === null ? null : (names.get(row.createdBy) ?? null),
    }
  })
}

const describe = async (ctx: Context, row: CaseRow) => (await describeAll(ctx, [row]))[0]!

/** What the person's record says of their birth, as the first day that is possible. */
const bornOn = (ctx: Context, person: PersonRow) => {
  const { birthOn, birthYear } = profileOf(ctx, person)
  return birthOn ?? (birthYear === null ? null : `${birthYear}-01-01`)
}

/** Between which days something about a case may have happened. */
export const likelihoodOf = async (ctx: Context, row: CaseRow) =>
  likelihood(ctx, (await listPeopleById(ctx.sql, [row.personId]))[0]!)

const likelihood = (ctx: Context, person: PersonRow) => ({
  today: dayIn(ctx.services.timeZone, ctx.now),
  born: bornOn(ctx, person),
})

const alreadyConfirmed = ({ publicId, number }: CaseRow) =>
  caseProblem.alreadyConfirmed({ details: { caseId: publicId, number } })

/** Confirms an infection of somebody within reach. `ref` is the id in an outside system from which it comes. */
export async function confirmCase(ctx: Context, input: NewCase, ref: string | null = null): Promise<Case> {
  const person = await getPerson(ctx, input.personId, 'case.confirm')
  if (person.areaId === null) throw caseProblem.residenceUnknown()
  const profile = await profileInForce(ctx, input.diseaseId, person.areaId)
  const { onsetOn = null, sampledOn = null, classification = 'confirmed', origin = 'unknown' } = input
  const likely = likelihood(ctx, person)
  const confirmedOn = input.confirmedOn ?? likely.today
  assertLikelyDays({ onsetOn, sampledOn, confirmedOn }, likely)
  if (!findAnchor(profile, { onsetOn, sampledOn })) throw caseProblem.anchorMissing()
  const began = (onsetOn ?? sampledOn)!
  const known = await queries.findSameCase(ctx.sql, person.id, profile.id, began)
  if (known) throw alreadyConfirmed(known)

  const { code } = (await areaRef(ctx.sql, person.areaId))!
  const year = Number(likely.today.slice(0, 4))
  const number = caseNumber(code, year, await queries.nextNumber(ctx.sql, code, year))
  const publicId = uuidv7()
  const id = await queries.insertCase(ctx.sql, {
    publicId,
    ref,
    number,
    personId: person.id,
    diseaseId: profile.id,
    profileVersion: profile.version,
    onsetOn,
    sampledOn,
    confirmedOn,
    sealed: input.note === undefined ? null : ctx.services.keys.seal({ note: input.note }),
    areaId: person.areaId,
    createdAt: ctx.now,
    createdBy: officerOf(ctx),
    classification,
    origin,
  })
  // Somebody confirmed it between the question and the insert.
  if (id === undefined)
    throw alreadyConfirmed((await queries.findSameCase(ctx.sql, person.id, profile.id, began))!)
  await insertClassification(ctx.sql, id, {
    classification,
    origin,
    definitionVersion: profile.version,
    validFrom: confirmedOn,
    sealed: null,
    recordedAt: ctx.now,
    recordedBy: officerOf(ctx),
  })
  await ctx.record('case.confirm', publicId, {
    number,
    diseaseId: profile.id,
    profileVersion: profile.version,
  })
  const row = (await queries.findCaseById(ctx.sql, id))!
  await keepAtHome(ctx, row)
  await readingOf(ctx, row, 'case.confirm')
  return describe(ctx, row)
}

export async function readCase(ctx: Context, publicId: string): Promise<Case> {
  const row = await getCase(ctx, publicId)
  await readingOf(ctx, row, 'case.read')
  return describe(ctx, row)
}

/** Corrects the dates of a case. The window follows; traces that ran before keep theirs. */
export async function changeCase(ctx: Context, publicId: string, change: CaseChange): Promise<Case> {
  const { id } = await getCase(ctx, publicId)
  await queries.lockCase(ctx.sql, id)
  const row = (await queries.findCaseById(ctx.sql, id))!
  const person = (await listPeopleById(ctx.sql, [row.personId]))[0]!
  const { onsetOn = row.onsetOn, sampledOn = row.sampledOn } = change
  const isolatedAt =
    change.isolatedAt === undefined
      ? row.isolatedAt
      : change.isolatedAt === null
        ? null
        : new Date(change.isolatedAt)
  const changed = { ...row, onsetOn, sampledOn, isolatedAt }

  const likely = likelihood(ctx, person)
  assertLikelyDays({ onsetOn: change.onsetOn, sampledOn: change.sampledOn }, likely)
  if (
    change.isolatedAt != null &&
    isolatedAt &&
    (isolatedAt > ctx.now || isolatedAt.getTime() < ctx.now.getTime() - 365 * DAY_MS)
  )
    throw caseProblem.dayUnlikely({ fields: [{ field: 'isolatedAt', reason: '≤ 365 d' }] })
  if (!findAnchor(getProfile(row.diseaseId, row.profileVersion), changed)) throw caseProblem.anchorMissing()
  const same = await queries.findSameCase(ctx.sql, row.personId, row.diseaseId, (onsetOn ?? sampledOn)!)
  if (same && same.id !== id) throw alreadyConfirmed(same)

  await queries.updateCase(ctx.sql, id, { onsetOn, sampledOn, isolatedAt })
  const datesOf = ({ onsetOn, sampledOn, isolatedAt }: CaseRow) => ({
    onsetOn,
    sampledOn,
    isolatedAt: isolatedAt?.toISOString() ?? null,
  })
  const [before, after] = [datesOf(row), datesOf(changed)]
  if (!isDeepStrictEqual(before, after))
    await insertDateChange(ctx.sql, id, {
      before,
      after,
      sealed: change.reason === undefined ? null : ctx.services.keys.seal({ reason: change.reason }),
      recordedAt: ctx.now,
      recordedBy: officerOf(ctx),
    })
  await ctx.record('case.edit', publicId, { before, after })
  // Whom an officer let in again when the case was discarded is not held anew.
  if (changed.classification !== 'discarded') await keepAtHome(ctx, changed)
  await readingOf(ctx, row, 'case.edit')
  return describe(ctx, changed)
}

export async function searchCases(ctx: Context, search: CaseSearch) {
  const { area, disease, status, q, sort = '-createdAt', limit = 50, cursor } = search
  const filter = {
    areaIds: ctx.areaIds(),
    ...(area === undefined ? {} : { areaId: (await getAreaInForce(ctx.sql, area, ctx.now)).id }),
    ...(disease === undefined ? {} : { diseaseId: disease }),
    ...(status === undefined ? {} : { status }),
    ...(q === undefined ? {} : { q: q.trim() }),
  }
  const rows = await queries.listCases(ctx.sql, filter, {
    order: sort,
    after: readIdCursor(cursor),
    limit: limit + 1,
  })
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  await Promise.all(items.map((row) => readingOf(ctx, row, 'case.list')))
  return { items: await describeAll(ctx, items), next }
}

/** Where the case was while it could infect others, and the first page of what is set aside. */
export async function listCaseStays(ctx: Context, publicId: string) {
  const row = await getCase(ctx, publicId)
  const span = spanOf(ctx, row)
  await readingOf(ctx, row, 'case.stays')
  const stays = await queries.listStays(ctx.sql, row.personId, span)
  await recordStays(ctx, row, 'stays', stays.length)
  return {
    items: await tellKnown(ctx, row.personId, stays),
    setAside: await pageOfSetAside(ctx, row, {}),
    next: null,
  }
}

const spanOf = (ctx: Context, row: CaseRow) => ({ ...windowOf(ctx, row), timeZone: ctx.services.timeZone })

const recordStays = (ctx: Context, row: CaseRow, by: 'stays' | 'setAside', stays: number) => {
  const { from, to } = windowOf(ctx, row)
  return ctx.record('window.open', row.publicId, { by, from, to, stays, people: 1 })
}

/** Each stay with how they were known when they came and when they left. */
async function tellKnown(ctx: Context, personId: number, stays: readonly queries.StayRow[]) {
  const scans = [
    ...stays.map(({ placeId, arrivedAt }) => ({ placeId, at: arrivedAt, direction: 'in' as const })),
    ...stays.map(({ placeId, leftAt }) => ({ placeId, at: leftAt, direction: 'out' as const })),
  ]
  const known = await listKnown(
    ctx.sql,
    scans.map((scan) => ({ ...scan, personId })),
  )
  return stays.map(({ placeId: _, ...stay }, at) => ({
    ...stay,
    arrival: known[at]!,
    exit: stay.estimated ? null : known[stays.length + at]!,
  }))
}

// — what is set aside

/** By day, place and reason: somebody who types a number again and again hides nothing else. */
export async function listSetAside(
  ctx: Context,
  publicId: string,
  search: SetAsideSearch,
): Promise<SetAsides> {
  const row = await getCase(ctx, publicId)
  await readingOf(ctx, row, 'case.stays')
  const page = await pageOfSetAside(ctx, row, search)
  await recordStays(ctx, row, 'setAside', page.items.length)
  return page
}

const numberOf = (reason: DoubtName | undefined) => (reason === undefined ? undefined : doubtNumber(reason))

const counted = (scans: number) => ({ scans: Math.min(scans, MOST_COUNTED), isMore: scans > MOST_COUNTED })

async function pageOfSetAside(
  ctx: Context,
  row: CaseRow,
  { reason, limit = 20, cursor }: SetAsideSearch,
): Promise<SetAsides> {
  const { personId } = row
  const span = spanOf(ctx, row)
  const most = MOST_COUNTED + 1
  const window = { after: readSetAsideCursor(cursor), limit: limit + 1, most }
  const rows = await queries.listSetAside(ctx.sql, personId, { ...span, doubt: numberOf(reason) }, window)
  const { items, next } = pageOf(rows, limit, (last) =>
    cursorOf(last.firstAt.toISOString(), last.place.id, last.doubt),
  )
  const known = await listKnown(
    ctx.sql,
    items.map(({ placeId, firstAt, direction }) => ({
      personId,
      placeId,
      at: firstAt,
      direction,
      isAside: true,
    })),
  )
  const counts = await queries.countSetAside(ctx.sql, personId, span, doubtNames.map(doubtNumber), most)
  return {
    items: items.map(({ placeId: _, doubt, scans, ...one }, at) => ({
      ...one,
      ...counted(scans),
      reason: doubtName(doubt),
      on: dayIn(span.timeZone, one.firstAt),
      known: known[at]!,
    })),
    next,
    counts: counts.map(({ doubt, scans }) => ({ reason: doubtName(doubt), ...counted(scans) })),
  }
}

function readSetAsideCursor(cursor: string | undefined) {
  const parts = readCursor(cursor, 3)
  if (!parts) return undefined
  const [firstAt, placeId, doubt] = parts
  if (typeof doubt !== 'number' || !doubtName(doubt)) throw unknownCursor()
  return { firstAt: momentOf(firstAt), placeId: readIdCursor(cursorOf(placeId!))!, doubt }
}

const momentOf = (part: unknown) => {
  if (!isMoment(part)) throw unknownCursor()
  return new Date(part)
}

/** The scans themselves, by time; `on` is a day in the time of the place. */
export async function listSetAsideScans(
  ctx: Context,
  publicId: string,
  { reason, place, on, limit = 50, cursor }: SetAsideScanSearch,
) {
  const row = await getCase(ctx, publicId)
  await readingOf(ctx, row, 'case.stays')
  const { personId } = row
  const span = spanOf(ctx, row)
  const within = {
    ...span,
    doubt: numberOf(reason),
    placeId: place,
    day: on === undefined ? undefined : dayBounds(span.timeZone, on),
  }
  const [at, id] = readCursor(cursor, 2) ?? []
  const after = cursor ? { at: momentOf(at), id: readIdCursor(cursorOf(id!))! } : undefined
  const rows = await queries.listSetAsideScans(ctx.sql, personId, within, { after, limit: limit + 1 })
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.at.toISOString(), last.id))
  await recordStays(ctx, row, 'setAside', items.length)
  const known = await listKnown(
    ctx.sql,
    items.map(({ placeId, at, direction }) => ({ personId, placeId, at, direction, isAside: true })),
  )
  return {
    items: items.map(({ id: _, placeId: __, doubt, ...scan }, at) => ({
      ...scan,
      reason: doubtName(doubt),
      known: known[at]!,
    })),
    next,
  }
}

/** Numbers of cases by public id, for lists that show for which case something was read. */
export async function caseNumbers(
  sql: Context['sql'],
  publicIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = publicIds.length === 0 ? [] : await queries.listNumbers(sql, publicIds)
  return new Map(rows.map(({ publicId, number }) => [publicId, number]))
}
