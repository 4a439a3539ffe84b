import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { dayIn } from '../../platform/days.ts'
import { cursorOf, pageOf, readIdCursor } from '../../platform/paging.ts'
import { throttle } from '../../platform/throttle.ts'
import { findArea, isWithin } from '../areas/index.ts'
import {
  completeTyped,
  getOwnPerson,
  getPerson,
  listPeopleOfHolder,
  type PersonRow,
  type Profile,
  profileOf,
  readTold,
  recordReading,
  type Told,
} from '../people/index.ts'
import { currentForms, isInForce, readForms } from './forms.ts'
import { declarationProblem } from './problems.ts'
import type { DeclarationRow } from './queries.ts'
import * as queries from './queries.ts'
import {
  type Answers,
  decide,
  decideAtPlace,
  decideEntry,
  faultsIn,
  faultWords,
  keptAnswers,
  signalsOf,
} from './rules.ts'
import type { Declaration, EntryDecision, Form, MyDeclarations, NewDeclaration } from './schema.ts'

const HOUR_MS = 3600_000
const PAGE = 50

const forms = readForms()

const today = (ctx: Context) => dayIn(ctx.services.timeZone, ctx.now)

// — forms

export const listForms = (ctx: Context) => ({
  items: currentForms(forms, today(ctx)).map(({ id, version, title, validForHours }) => ({
    id,
    version,
    title,
    validForHours,
  })),
  next: null,
})

/** The named version, whenever it was in use, else the one in use now. */
export function getForm(ctx: Context, id: string, version?: number): Form {
  const versions = forms.filter((form) => form.id === id)
  if (versions.length === 0) throw declarationProblem.formUnknown()
  const form = (version === undefined ? currentForms(versions, today(ctx)) : versions).find(
    (one) => version === undefined || one.version === version,
  )
  if (!form) throw declarationProblem.formVersionUnknown()
  return form
}

// — declaring

/** Enough for a class or a gate in the rain, too little to fill a disk. */
export const throttleDeclarations = (ctx: Context) =>
  throttle(ctx, [{ key: `declare:${ctx.actor.kind}:${ctx.actor.id}`, most: 600, perSeconds: 3600 }])

export async function sendDeclaration(ctx: Context, input: NewDeclaration): Promise<Declaration> {
  const person = await getPerson(ctx, input.personId)
  const declaredBy = ctx.actor.kind === 'citizen' ? ctx.holderId() : null
  return describe(ctx, await keepDeclaration(ctx, person, input, declaredBy), person.publicId)
}

/**
 * Declares for somebody who stands at a door and could not do it, as others than themselves. The caller has made sure
 * that they do stand there. Whoever has declared is not spoken for: nobody is talked out of their symptoms.
 */
export async function declareFor(
  ctx: Context,
  person: PersonRow,
  input: NewDeclaration,
): Promise<EntryDecision> {
  const [last] = await queries.listLatest(ctx.sql, [person.id])
  const isRepeated = last !== undefined && last.publicId === input.id?.toLowerCase()
  if (!isRepeated && decide(last, ctx.now) !== 'yellow') throw declarationProblem.stillValid()
  await keepDeclaration(ctx, person, input, null)
  return (await decideMany(ctx, [person.id])).get(person.id)!
}

/**
 * The same where a number that anybody can type is all that leads to the person: the guard is answered by what they have
 * just written, as of somebody unknown. So nobody learns here what stands on the record, nor that something does; and
 * nothing is added to it, unless it is nobody's yet.
 */
export async function declareForUnknown(
  ctx: Context,
  person: PersonRow,
  told: Told,
  input: NewDeclaration,
): Promise<EntryDecision> {
  const form = await checkedForm(ctx, await readTold(ctx, told), input)
  const completed = await completeTyped(ctx, person, told)
  if (completed) await insert(ctx, completed, form, input, null)
  const declared = { signals: signalsOf(form, input.answers), validUntil: validUntil(ctx, form) }
  return decisionOn(ctx, declared, false)
}

async function keepDeclaration(
  ctx: Context,
  person: PersonRow,
  input: NewDeclaration,
  declaredBy: number | null,
): Promise<DeclarationRow> {
  if (input.id !== undefined) {
    const known = await findRepeated(ctx, input.id, person, input)
    if (known) return known
  }
  const form = await checkedForm(ctx, { ...profileOf(ctx, person), areaId: person.areaId }, input)
  // The same phone sent it twice at once: the other one came first.
  return (
    (await insert(ctx, person, form, input, declaredBy)) ??
    (await findRepeated(ctx, input.id!, person, input))!
  )
}

/** The form, if it is in use and what is declared by whom is all that it asks for. */
async function checkedForm(
  ctx: Context,
  known: Known,
  { formId, formVersion, answers }: NewDeclaration,
): Promise<Form> {
  const form = getForm(ctx, formId, formVersion)
  if (!isInForce(form, today(ctx))) throw declarationProblem.formNotInForce()
  assertComplete(ctx, known)
  await assertForResidence(ctx, form, known.areaId!)
  await assertAnswers(ctx, form, answers)
  return form
}

/** Undefined when there is one with this id already. */
async function insert(
  ctx: Context,
  person: PersonRow,
  form: Form,
  { id: publicId = uuidv7(), answers }: NewDeclaration,
  declaredBy: number | null,
) {
  const row: queries.NewRow = {
    publicId,
    personId: person.id,
    declaredBy,
    formId: form.id,
    formVersion: form.version,
    sealed: ctx.services.keys.seal({ answers: keptAnswers(form, answers) }),
    signals: signalsOf(form, answers),
    declaredAt: ctx.now,
    validUntil: validUntil(ctx, form),
    areaId: person.areaId,
  }
  const inserted = await queries.insertDeclaration(ctx.sql, row)
  if (!inserted) return undefined
  await recordReading(ctx, [person.id], 'declaration.send', 'followUp')
  await ctx.record('declaration.send', publicId, { form: form.id, version: form.version })
  return inserted
}

/** The declaration that was sent before with this id: the same person's with the same answers, or the id is taken. */
async function findRepeated(ctx: Context, id: string, person: PersonRow, input: NewDeclaration) {
  const known = await queries.findDeclaration(ctx.sql, id)
  if (!known) return undefined
  const form = getForm(ctx, known.formId, known.formVersion)
  const { answers } = ctx.services.keys.unseal<{ answers: unknown }>(known.sealed)
  const isSame =
    known.personId === person.id &&
    known.formId === input.formId &&
    known.formVersion === input.formVersion &&
    isDeepStrictEqual(answers, keptAnswers(form, input.answers))
  if (!isSame) throw declarationProblem.idTaken()
  return known
}

const validUntil = ({ now }: Context, { validForHours }: Form) =>
  new Date(now.getTime() + validForHours * HOUR_MS)

type Known = Pick<Profile, 'name' | 'birthYear'> & Pick<PersonRow, 'areaId'>

function assertComplete(ctx: Context, { name, birthYear, areaId }: Known) {
  const missing = [
    { field: 'name', value: name, reason: { vi: 'Chưa có họ tên.', en: 'The name is missing.' } },
    {
      field: 'birthYear',
      value: birthYear,
      reason: { vi: 'Chưa có năm sinh.', en: 'The birth year is missing.' },
    },
    {
      field: 'areaCode',
      value: areaId,
      reason: { vi: 'Chưa có nơi ở.', en: 'The residence is missing.' },
    },
  ].filter(({ value }) => value === null)
  if (missing.length > 0)
    throw declarationProblem.personIncomplete({
      fields: missing.map(({ field, reason }) => ({ field, reason: ctx.say(reason) })),
    })
}

async function assertForResidence(ctx: Context, form: Form, areaId: number) {
  if (form.area === null) return
  const area = await findArea(ctx.sql, form.area, today(ctx))
  if (!area || !(await isWithin(ctx.sql, [area.id], areaId))) throw declarationProblem.formElsewhere()
}

async function assertAnswers(ctx: Context, form: Form, answers: Answers) {
  const faults = faultsIn(form, answers)
  for (const { key, kind } of form.questions) {
    const code = answers[key]
    if (kind !== 'area' || typeof code !== 'string' || faults.some((fault) => fault.key === key)) continue
    if (code.trim() !== '' && !(await findArea(ctx.sql, code, today(ctx))))
      faults.push({ key, fault: 'area' })
  }
  if (faults.length === 0) return
  throw declarationProblem.answersInvalid({
    fields: faults.slice(0, 50).map(({ key, fault }) => ({
      field: `answers.${key}`.slice(0, 100),
      reason: ctx.say(faultWords[fault]),
    })),
  })
}

function describe(ctx: Context, row: DeclarationRow, personId: string): Declaration {
  const { publicId: id, formId, formVersion, declaredBy, declaredAt, validUntil, signals } = row
  return {
    id,
    formId,
    formVersion,
    personId,
    declaredAt,
    validUntil,
    byHolder: declaredBy !== null,
    signals,
    status: decide(row, ctx.now),
  }
}

// — reading

export async function listOwnDeclarations(ctx: Context, { personId, limit = PAGE, cursor }: MyDeclarations) {
  const people =
    personId === undefined
      ? await listPeopleOfHolder(ctx.sql, ctx.holderId())
      : [await getOwnPerson(ctx, personId)]
  const publicIds = new Map(people.map((person) => [person.id, person.publicId]))
  const window = { after: readIdCursor(cursor), limit: limit + 1 }
  const rows = await queries.listDeclarations(ctx.sql, [...publicIds.keys()], window)
  const page = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  return { ...page, items: page.items.map((row) => describe(ctx, row, publicIds.get(row.personId)!)) }
}

function decisionOn(
  ctx: Context,
  row: Pick<DeclarationRow, 'signals' | 'validUntil'> | undefined,
  isHeld: boolean,
): EntryDecision {
  const { status, words } = decideEntry(row, isHeld, ctx.now)
  return { status, instruction: ctx.say(words), declaration: null }
}

/** Until when those of these people who are asked to stay at home are. */
async function endsOfHolds(ctx: Context, personIds: readonly number[]): Promise<Map<number, Date>> {
  const holds = await queries.listHolds(ctx.sql, personIds, ctx.now)
  return new Map(holds.toReversed().map(({ personId, until }) => [personId, until])) // the last end of each
}

/**
 * Who may enter, for many people at once. It carries no declaration, because gates read it: what somebody
 * declared is theirs and the health service's to see.
 */
export async function decideMany(
  ctx: Context,
  personIds: readonly number[],
): Promise<Map<number, EntryDecision>> {
  const wanted = [...new Set(personIds)]
  const rows = await queries.listStandings(ctx.sql, wanted, ctx.now)
  return new Map(
    rows.map(({ personId, signals, validUntil, isHeld }) => {
      const last = signals && validUntil ? { signals, validUntil } : undefined
      return [personId, decisionOn(ctx, last, isHeld)]
    }),
  )
}

/** What is said to somebody of whom nothing is known. */
export const decideUnknown = (ctx: Context): EntryDecision => decisionOn(ctx, undefined, false)

/** The same decision where somebody stands: a place that is shut lets nobody in. Without a look at the database. */
export function atPlace(ctx: Context, decision: EntryDecision, isShut: boolean): EntryDecision {
  const words = decideAtPlace(decision.status, isShut)
  return words ? { ...decision, status: 'red', instruction: ctx.say(words), shut: true } : decision
}

/** What codes carry, so that a gate without network knows it too: the decision, and until when it holds. */
export async function listDecisions(ctx: Context, personIds: readonly number[]) {
  const latest = new Map((await queries.listLatest(ctx.sql, personIds)).map((row) => [row.personId, row]))
  const held = await endsOfHolds(ctx, personIds)
  return new Map(
    personIds.map((personId) => {
      const heldUntil = held.get(personId)
      if (heldUntil) return [personId, { status: 'red' as const, until: heldUntil }]
      const row = latest.get(personId)
      const status = decide(row, ctx.now)
      return [personId, { status, until: row && status !== 'yellow' ? row.validUntil : null }]
    }),
  )
}

/** What a gate would say to one of my people now, with the declaration behind it. */
export async function readOwnStatus(ctx: Context, personId: string | undefined): Promise<EntryDecision> {
  const person = await getOwnPerson(ctx, personId)
  const [row] = await queries.listLatest(ctx.sql, [person.id])
  const held = await endsOfHolds(ctx, [person.id])
  const declaration = row ? describe(ctx, row, person.publicId) : null
  return { ...decisionOn(ctx, row, held.has(person.id)), declaration }
}

// — entry holds

/**
 * Keeps people at home until a moment, whatever they declare: modules below know why. Said again for the same case
 * it moves the end; who was let in again by an officer stays let in, unless they are exposed to it once more.
 */
export async function holdEntry(ctx: Context, holds: readonly queries.Hold[]) {
  if (holds.length > 0) await queries.saveHolds(ctx.sql, holds, ctx.now)
}

/** As if these contacts of the case had never been asked to stay at home. */
export async function withdrawHolds(ctx: Context, caseId: string, personIds: readonly number[]) {
  if (personIds.length > 0) await queries.deleteContactHolds(ctx.sql, caseId, personIds)
}

/** Why and until when somebody within reach is asked to stay at home. */
export async function listEntryHolds(ctx: Context, personId: string) {
  const person = await getPerson(ctx, personId)
  await recordReading(ctx, [person.id], 'entry.read', 'followUp')
  return { items: await queries.listHolds(ctx.sql, [person.id], ctx.now), next: null }
}

/** From now on the declaration alone decides again. */
export async function liftEntryHolds(ctx: Context, personId: string) {
  const person = await getPerson(ctx, personId)
  const lifted = await queries.liftHolds(ctx.sql, person.id, ctx.now)
  await recordReading(ctx, [person.id], 'entry.lift', 'followUp')
  if (lifted > 0) await ctx.record('entry.lift', person.publicId)
}
