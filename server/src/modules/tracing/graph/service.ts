import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../../platform/context.ts'
import { dayIn } from '../../../platform/days.ts'
import { cursorOf, pageOf, readIdCursor, readOffset } from '../../../platform/paging.ts'
import {
  type CaseRow,
  findCaseById,
  getCase,
  getProfile,
  officerNames,
  officerOf,
  windowOf,
} from '../../cases/index.ts'
import { keptAnswers } from '../../declarations/index.ts'
import {
  findPerson,
  getPerson,
  maskedPeople,
  nationalPhone,
  normalizePhone,
  personNamed,
  recordReading,
} from '../../people/index.ts'
import { findPlaceByCode, placeProblem, readPlaceCode } from '../../places/index.ts'
import { listBothKnown } from '../known.ts'
import { recordWindow } from '../windows.ts'
import { edges } from './edges.ts'
import { findSetting, getInterviewForm, listInterviewForms } from './forms.ts'
import { declaredContactProblem, interviewProblem } from './problems.ts'
import type { DeclaredContactRow, InterviewRow } from './queries.ts'
import * as queries from './queries.ts'
import { type Fault, faultsInInterview, faultsInMet, spanOf } from './rules.ts'
import type {
  CaseEdge,
  DeclaredContact,
  DeclaredContactSearch,
  Interview,
  InterviewForm,
  InterviewSummary,
  Met,
  NewInterview,
} from './schema.ts'

const today = (ctx: Context) => dayIn(ctx.services.timeZone, ctx.now)

export const listForms = (ctx: Context) => ({ items: listInterviewForms(today(ctx)), next: null })

const currentForm = (ctx: Context) => {
  const form = listInterviewForms(today(ctx))[0]
  if (!form) throw interviewProblem.formUnknown()
  return form
}

const invalid = (ctx: Context, faults: readonly Fault[]) =>
  interviewProblem.invalid({
    fields: faults.slice(0, 50).map(({ field, words }) => ({ field, reason: ctx.say(words) })),
  })

// — people and places that were named

/** A registered place by what its poster says; what is mistyped is told by its field. */
async function placeNamed(ctx: Context, code: string | undefined, field: string) {
  if (code === undefined) return null
  const row = await findPlaceByCode(ctx.sql, readPlaceCode(code))
  if (!row) throw placeProblem.unknown({ fields: [{ field, reason: 'unknown' }] })
  return row
}

type Told = { of: CaseRow; form: InterviewForm; interviewId: number | null; until: Date }

/** Contacts of the case, each with somebody who is known already or from now on. How many were new. */
async function keepContacts(ctx: Context, { of, form, interviewId, until }: Told, told: readonly Met[]) {
  const known = await queries.listDeclaredPeople(ctx.sql, of.id)
  const kept: { publicId: string | undefined; otherId: number; met: Met; personId: string }[] = []
  for (const [at, met] of told.entries()) {
    const place = await placeNamed(ctx, met.placeCode, `people.${at}.placeCode`)
    const { name, phone, birthYear } = met
    // Who lives with the case lives where the case does, unless it is said otherwise.
    const areaCode = met.areaCode ?? (met.setting === 'household' ? of.area.code : undefined)
    const person =
      met.personId === undefined
        ? await personNamed(ctx, { name: name!, phone, birthYear, areaCode }, known)
        : await personChosen(ctx, met.personId, known)
    if (person.id === of.personId) throw invalid(ctx, [{ field: `people.${at}.name`, words: sameAsCase }])
    const span = spanOf(form, met, windowOf(ctx, of), until)!
    const setting = form.settings.find(({ value }) => value === met.setting)!
    const publicId = await queries.insertDeclaredContact(ctx.sql, {
      caseId: of.id,
      interviewId,
      personId: of.personId,
      otherId: person.id,
      placeId: place?.id ?? null,
      fromAt: span.from,
      toAt: span.to,
      setting: met.setting,
      source: interviewId === null ? 'declared' : 'interview',
      masked: met.masked ?? null,
      confidence: met.confidence ?? setting.confidence,
      recordedAt: ctx.now,
      recordedBy: officerOf(ctx),
    })
    known.push(person.id)
    kept.push({ publicId, otherId: person.id, met, personId: person.publicId })
  }
  await recordReading(
    ctx,
    kept.map(({ otherId }) => otherId),
    'contact.declare',
    'case',
    of.publicId,
  )
  return kept
}

/** Somebody within reach, or who was named for this case before, wherever they live. */
async function personChosen(ctx: Context, publicId: string, known: readonly number[]) {
  const row = await findPerson(ctx.sql, publicId)
  return row && known.includes(row.id) ? row : getPerson(ctx, publicId, 'person.read')
}

const sameAsCase = { vi: 'Đây chính là ca bệnh.', en: 'This is the case itself.' }

// — interviews

/** What is sealed of an interview. People are named by id: their names stand in one place. */
type Sealed = {
  informantName: string | null
  informantPhone: string | null
  answers: Record<string, unknown>
  symptoms: { symptom: string; from: string; to: string | null }[]
  visited: {
    name: string
    address: string | null
    from: string
    to: string
    note: string | null
    placeId: number | null
  }[]
  people: { personId: string; relation: string | null; note: string | null }[]
  note: string | null
  reason: string | null
}

export async function recordInterview(ctx: Context, caseId: string, input: NewInterview): Promise<Interview> {
  const of = await getCase(ctx, caseId)
  const form = getInterviewForm(input.formId, input.formVersion)
  const heldAt = input.heldAt === undefined ? ctx.now : new Date(input.heldAt)
  const faults = faultsInInterview(form, input, windowOf(ctx, of), ctx.now)
  if (faults.length > 0) throw invalid(ctx, faults)
  const places = []
  for (const [at, place] of (input.places ?? []).entries())
    places.push({ ...place, known: await placeNamed(ctx, place.placeCode, `places.${at}.placeCode`) })

  const sealed: Sealed = {
    informantName: input.informantName?.trim() || null,
    informantPhone: input.informantPhone === undefined ? null : normalizePhone(input.informantPhone),
    answers: keptAnswers(form, input.answers),
    symptoms: (input.symptoms ?? []).map(({ symptom, from, to = null }) => ({ symptom, from, to })),
    visited: places.map(({ name, address = null, from, to, note = null, known }) => ({
      name: name.trim(),
      address,
      from,
      to,
      note,
      placeId: known?.id ?? null,
    })),
    people: [],
    note: input.note?.trim() || null,
    reason: null,
  }
  const publicId = uuidv7()
  const id = await queries.insertInterview(ctx.sql, {
    publicId,
    caseId: of.id,
    informant: input.informant,
    formId: form.id,
    formVersion: form.version,
    sealed: ctx.services.keys.seal(sealed),
    heldAt,
    recordedAt: ctx.now,
    recordedBy: officerOf(ctx),
  })
  const kept = await keepContacts(ctx, { of, form, interviewId: id, until: heldAt }, input.people ?? [])
  const people = kept.map(({ personId, met }) => ({
    personId,
    relation: met.relation ?? null,
    note: met.note?.trim() || null,
  }))
  await queries.sealInterview(ctx.sql, id, ctx.services.keys.seal({ ...sealed, people }))
  for (const { known, from, to } of places)
    if (known)
      await queries.insertDeclaredVisit(ctx.sql, {
        interviewId: id,
        personId: of.personId,
        placeId: known.id,
        fromAt: new Date(from),
        toAt: new Date(to),
        confidence: form.placeConfidence,
      })
  await ctx.record('interview.record', caseId, {
    interview: publicId,
    version: form.version,
    people: kept.filter((one) => one.publicId !== undefined).length,
  })
  return describeInterview(ctx, of, (await queries.findInterview(ctx.sql, publicId))!)
}

/** An interview about a case within the caller's reach. */
async function getInterview(ctx: Context, publicId: string): Promise<{ row: InterviewRow; of: CaseRow }> {
  const row = await queries.findInterview(ctx.sql, publicId)
  const of = row && (await findCaseById(ctx.sql, row.caseId))
  if (!(await ctx.mayReach({ areaId: of?.areaId ?? null })) || !of) throw interviewProblem.unknown()
  return { row, of }
}

async function summarize(ctx: Context, rows: readonly InterviewRow[]): Promise<InterviewSummary[]> {
  const names = await officerNames(
    ctx,
    rows.map(({ recordedBy }) => recordedBy),
  )
  return rows.map((row) => ({
    id: row.publicId,
    informant: row.informant,
    heldAt: row.heldAt,
    recordedAt: row.recordedAt,
    recordedBy: row.recordedBy === null ? null : (names.get(row.recordedBy) ?? null),
    formVersion: row.formVersion,
    people: row.people,
    places: row.places,
    withdrawnAt: row.withdrawnAt,
  }))
}

async function describeInterview(ctx: Context, of: CaseRow, row: InterviewRow): Promise<Interview> {
  const { visited, people: _, informantPhone, ...told } = ctx.services.keys.unseal<Sealed>(row.sealed)
  const places = new Map(
    (
      await queries.listNamedPlaces(
        ctx.sql,
        visited.flatMap(({ placeId }) => placeId ?? []),
      )
    ).map(({ placeId, ...place }) => [placeId, place]),
  )
  const contacts = await describeContacts(ctx, await queries.listContactsOfInterview(ctx.sql, row.id))
  await recordReading(ctx, [of.personId], 'interview.read', 'case', of.publicId)
  return {
    ...(await summarize(ctx, [row]))[0]!,
    ...told,
    formId: row.formId,
    informantPhone: informantPhone && nationalPhone(informantPhone),
    visited: visited.map(({ placeId, ...place }) => ({
      ...place,
      place: placeId === null ? null : (places.get(placeId) ?? null),
    })),
    contacts,
  }
}

export async function readInterview(ctx: Context, publicId: string): Promise<Interview> {
  const { row, of } = await getInterview(ctx, publicId)
  const interview = await describeInterview(ctx, of, row)
  await readingOfContacts(ctx, of, await queries.listContactsOfInterview(ctx.sql, row.id))
  return interview
}

export async function listInterviews(
  ctx: Context,
  caseId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const of = await getCase(ctx, caseId)
  const rows = await queries.listInterviews(ctx.sql, of.id, readIdCursor(cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  await recordReading(ctx, [of.personId], 'case.read', 'case', of.publicId)
  return { items: await summarize(ctx, items), next }
}

/** An interview that was wrong: it stays to be read, and what came from it counts no more. */
export async function withdrawInterview(ctx: Context, publicId: string, { reason }: { reason: string }) {
  const { row, of } = await getInterview(ctx, publicId)
  await queries.lockInterview(ctx.sql, row.id)
  const locked = (await queries.findInterview(ctx.sql, publicId))!
  if (locked.withdrawnAt) throw interviewProblem.withdrawn()
  const told = ctx.services.keys.unseal<Sealed>(locked.sealed)
  await queries.withdrawInterview(ctx.sql, row.id, {
    withdrawnAt: ctx.now,
    withdrawnBy: officerOf(ctx),
    sealed: ctx.services.keys.seal({ ...told, reason }),
  })
  await ctx.record('interview.withdraw', of.publicId, { interview: publicId })
  return describeInterview(ctx, of, (await queries.findInterview(ctx.sql, publicId))!)
}

// — contacts

const readingOfContacts = (ctx: Context, of: CaseRow, rows: readonly DeclaredContactRow[]) =>
  recordReading(
    ctx,
    rows.map(({ otherId }) => otherId),
    'contact.list',
    'case',
    of.publicId,
  )

async function describeContacts(
  ctx: Context,
  rows: readonly DeclaredContactRow[],
): Promise<DeclaredContact[]> {
  const people = await maskedPeople(
    ctx,
    rows.map(({ otherId }) => otherId),
  )
  const places = await placesById(
    ctx,
    rows.map(({ placeId }) => placeId),
  )
  const names = await officerNames(
    ctx,
    rows.map(({ recordedBy }) => recordedBy),
  )
  return rows.map((row) => ({
    id: row.publicId,
    person: people.get(row.otherId)!,
    setting: row.setting,
    settingName: findSetting(row.setting)?.label ?? null,
    place: row.placeId === null ? null : places.get(row.placeId)!,
    from: row.fromAt,
    to: row.toAt,
    masked: row.masked,
    source: row.source,
    confidence: rounded(row.confidence),
    interviewId: row.interviewId,
    recordedAt: row.recordedAt,
    recordedBy: row.recordedBy === null ? null : (names.get(row.recordedBy) ?? null),
    withdrawnAt: row.withdrawnAt,
  }))
}

/** A share in four bytes is not quite what was written. */
export const rounded = (share: number) => Math.round(share * 1000) / 1000

const placesById = async (ctx: Context, ids: readonly (number | null)[]) =>
  new Map(
    (
      await queries.listNamedPlaces(
        ctx.sql,
        ids.flatMap((id) => id ?? []),
      )
    ).map(({ placeId, id, name }) => [placeId, { id, name }]),
  )

export async function listDeclaredContacts(ctx: Context, caseId: string, search: DeclaredContactSearch) {
  const of = await getCase(ctx, caseId)
  const { setting, withdrawn, sort = '-from', limit = 50, cursor } = search
  const rows = await queries.listDeclaredContacts(
    ctx.sql,
    of.id,
    { setting, withdrawn },
    { order: sort, after: readIdCursor(cursor), limit: limit + 1 },
  )
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  await readingOfContacts(ctx, of, items)
  return { items: await describeContacts(ctx, items), next }
}

/** A contact that somebody tells of without an interview. */
export async function declareContact(ctx: Context, caseId: string, met: Met): Promise<DeclaredContact> {
  const of = await getCase(ctx, caseId)
  const form = currentForm(ctx)
  const faults = faultsInMet(form, met, windowOf(ctx, of), ctx.now)
  if (faults.length > 0) throw invalid(ctx, faults)
  const [kept] = await keepContacts(ctx, { of, form, interviewId: null, until: ctx.now }, [met])
  if (kept?.publicId === undefined) throw declaredContactProblem.known()
  await ctx.record('contact.declare', caseId, { contact: kept.publicId, setting: met.setting })
  return (await describeContacts(ctx, [(await queries.findDeclaredContact(ctx.sql, kept.publicId))!]))[0]!
}

export async function withdrawDeclaredContact(ctx: Context, publicId: string): Promise<DeclaredContact> {
  const row = await queries.findDeclaredContact(ctx.sql, publicId)
  const of = row && (await findCaseById(ctx.sql, row.caseId))
  if (!(await ctx.mayReach({ areaId: of?.areaId ?? null })) || !of) throw declaredContactProblem.unknown()
  const change = { withdrawnAt: ctx.now, withdrawnBy: officerOf(ctx) }
  if (!(await queries.withdrawDeclaredContact(ctx.sql, row.id, change)))
    throw declaredContactProblem.withdrawn()
  await ctx.record('contact.undeclare', of.publicId, { contact: publicId })
  await readingOfContacts(ctx, of, [row])
  return (await describeContacts(ctx, [(await queries.findDeclaredContact(ctx.sql, publicId))!]))[0]!
}

// — the other edges of the graph

/** The edges of a case within its window, by the rules of its disease. */
export const edgesOf = (ctx: Context, of: CaseRow) =>
  edges(ctx.sql, [{ personId: of.personId, ...windowOf(ctx, of) }], {
    timeZone: ctx.services.timeZone,
    zones: getProfile(of.diseaseId, of.profileVersion).contactRules?.vehicleZones,
  })

/** With whom the case was within its window beside the places where both were scanned: the surest first. */
export async function listCaseEdges(
  ctx: Context,
  caseId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const of = await getCase(ctx, caseId)
  const window = windowOf(ctx, of)
  const after = readOffset(cursor)
  const rows =
    window.from < window.to ? await queries.pageEdges(ctx.sql, edgesOf(ctx, of), after, limit + 1) : []
  const { items } = pageOf(rows, limit, () => '')
  const people = await maskedPeople(
    ctx,
    items.map(({ personId }) => personId),
  )
  const places = await placesById(
    ctx,
    items.map(({ placeId }) => placeId),
  )
  const scanned = items.filter(({ source }) => source === 'scan')
  const known = await listBothKnown(
    ctx.sql,
    scanned.map((edge) => ({ ...edge, placeId: edge.placeId! })),
  )
  const knownOf = new Map(scanned.map((edge, at) => [edge, known[at]!]))
  await recordReading(ctx, [of.personId, ...people.keys()], 'contact.list', 'case', of.publicId)
  const { from, to } = window
  await recordWindow(ctx, of.publicId, {
    by: 'edges',
    from,
    to,
    stays: items.length,
    people: 1 + people.size,
  })
  return {
    items: items.map(
      (edge): CaseEdge => ({
        person: people.get(edge.personId)!,
        from: edge.from,
        to: edge.to,
        setting: edge.setting,
        settingName: findSetting(edge.setting)?.label ?? null,
        source: edge.source,
        confidence: rounded(edge.confidence),
        estimated: edge.estimated,
        place: edge.placeId === null ? null : places.get(edge.placeId)!,
        ...(knownOf.has(edge) ? { known: knownOf.get(edge)! } : {}),
      }),
    ),
    next: rows.length > limit ? cursorOf(after + limit) : null,
  }
}
