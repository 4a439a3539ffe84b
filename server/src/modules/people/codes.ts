import { setImmediate } from 'node:timers/promises'
import { type CodeReason, type ReadCode, readCode } from '@lachan/contract/codes.ts'
import {
  type IdentityCard,
  type InsuranceCard,
  type NationalCode,
  type Recognised,
  recognise,
} from '@lachan/contract/documents.ts'
import type { Actor } from '../../platform/access.ts'
import { type Context, writeAudit } from '../../platform/context.ts'
import { transact } from '../../platform/database.ts'
import type { Keys } from '../../platform/keys.ts'
import type { Problem } from '../../platform/problem.ts'
import { plainText } from '../../platform/vietnamese.ts'
import * as codeQueries from './code-queries.ts'
import { type ListLine, lineIndexesOf, lineOfYear, readLine } from './list-lines.ts'
import { documentIndexOf, insuranceIndexOf } from './numbers.ts'
import { findPhone } from './phone.ts'
import { cardProblem, codeProblem, phoneCodeProblem } from './problems.ts'
import type { PersonRow, Profile } from './queries.ts'
import * as queries from './queries.ts'
import { fits, isYearSame } from './rules.ts'
import { phoneIndexOf, profileOf, toRow, unknownPerson } from './service.ts'
import { verifierOf } from './verify.ts'

/** What a gate sends: a code of ours, what a card of others says, `tel:` and a number, or `list:` and a name. */
export type ShownCode = {
  code: string
  at: Date
  /** At whose gate. */
  by: Actor
  /** Asked for once where a card names none: the person's own or a relative's. It is a number to call, and proves nothing. */
  phone?: string | undefined
  /** The guard vouches that the typed number is this person's. */
  vouched?: boolean | undefined
  /** The person confirmed the typed number by the code of this challenge, at the gate of this place. */
  confirmation?: { id: string; placeId: string } | undefined
  /** The list on paper from which it was copied afterwards. */
  list?: string | undefined
  /** What the holder of a paper card said when asked, or what stands beside a number on a list. */
  given?: Given | undefined
}

type Given = { birthYear?: number | undefined; name?: string | undefined; about?: string | undefined }
type Document = IdentityCard | InsuranceCard | NationalCode
type Said =
  | { own: ReadCode }
  | { document: Document }
  | { tel: string }
  | { line: ListLine; list: string }
  | { problem: Problem }
export type CheckedCode = ShownCode & { said: Said }

export type ResolvedCode = {
  person: PersonRow
  /** `later`: by a code that was made after the scan: it says who, and nothing of when. */
  via: 'phone-code' | 'server-code' | 'later' | 'paper' | 'cccd' | 'bhyt' | 'mic' | 'tel' | 'line'
  /** When the code was made, of one that its bearer has not on paper. */
  step?: Date
  /**
   * Why this may be somebody else: the answer does not fit the card, the card does not fit the record, or nobody had the
   * paper card yet.
   */
  doubt?: 'card.notTheirs' | 'card.differs' | 'code.beforeIssue'
  /**
   * What was read or typed itself, where that proves nothing: a card that differs, a number that nobody confirmed; of a
   * paper card in another's hand nothing. A gate is told no more than this: nobody learns from a number alone whose it is,
   * nor what is known of them.
   */
  written?: Profile
  /** The name beside the number is that of somebody's record, and not only of a line of a list. */
  isDeclared?: true
}

// — what codes say, without the database

/** After so many codes others are served. */
const AT_ONCE = 100

const problemOf: Record<CodeReason, () => Problem> = {
  'code.unknown': codeProblem.unknown,
  'code.altered': codeProblem.altered,
  'code.expired': codeProblem.expired,
  'code.revoked': codeProblem.revoked,
  'code.notYetValid': codeProblem.notYetValid,
  'code.keyUnknown': codeProblem.keyUnknown,
}

const revokedLater = new Set<string>()

/**
 * Reads the codes and checks their signatures, outside any transaction. What was revoked is for `resolveCodes` to say, by
 * when it was.
 */
export async function checkCodes(keys: Keys, shown: readonly ShownCode[], now: Date): Promise<CheckedCode[]> {
  const reader = { serverKeys: keys.publicKeys, revoked: revokedLater, now, verify: verifierOf(keys) }
  const check = async (one: ShownCode): Promise<CheckedCode> => {
    const line = readLine(one.code)
    if (line)
      return { ...one, said: one.list ? { line, list: one.list } : { problem: cardProblem.nameAlone() } }
    const recognised = recognise(one.code)
    if (recognised.kind !== 'own') return { ...one, said: saidOf(recognised, one) }
    const read = await readCode(recognised.text, { ...reader, at: one.at })
    return { ...one, said: typeof read === 'string' ? { problem: problemOf[read]() } : { own: read } }
  }
  const checked: CheckedCode[] = []
  for (let from = 0; from < shown.length; from += AT_ONCE) {
    if (from > 0) await setImmediate()
    checked.push(...(await Promise.all(shown.slice(from, from + AT_ONCE).map(check))))
  }
  return checked
}

function saidOf(
  recognised: Exclude<Recognised, { kind: 'own' }>,
  { vouched, confirmation }: ShownCode,
): Said {
  switch (recognised.kind) {
    case 'cccd':
    case 'bhyt':
    case 'mic':
      return { document: recognised }
    case 'phone': {
      if (!vouched && !confirmation) return { problem: cardProblem.phoneUnvouched() }
      const phone = findPhone(recognised.phone)
      return phone ? { tel: phone } : { problem: cardProblem.phoneInvalid() }
    }
    case 'place':
      return { problem: codeProblem.ofPlace() }
    case 'unknown':
      return { problem: codeProblem.unknown() }
  }
}

/** What anybody could have made up: a phone number, a card of others or a line of a list; null: it is signed. */
export function typedAs(code: string): 'phone' | 'card' | null {
  if (readLine(code)) return 'card'
  const { kind } = recognise(code)
  if (kind === 'phone') return 'phone'
  return kind === 'cccd' || kind === 'bhyt' || kind === 'mic' ? 'card' : null
}

// — whose they are

/** Whose codes these are, or why not: a fixed number of statements, however many there are. */
export async function resolveCodes(
  ctx: Context,
  checked: readonly CheckedCode[],
): Promise<(ResolvedCode | Problem)[]> {
  const findOwn = await loadOwn(ctx, checked)
  const findOther = await loadOthers(ctx, checked)
  return checked.map((code) => {
    if ('problem' in code.said) return code.said.problem
    return 'own' in code.said ? findOwn(code, code.said.own) : findOther(code)
  })
}

async function loadOwn(ctx: Context, checked: readonly CheckedCode[]) {
  const own = checked.flatMap(({ said }) => ('own' in said ? [said.own] : []))
  const publicIds = new Set(own.flatMap((code) => (code.kind === 'paper' ? [] : [code.personId])))
  const deviceIds = new Set(own.flatMap((code) => (code.kind === 'phone' ? [code.deviceId] : [])))
  const cardIds = new Set(own.flatMap((code) => (code.kind === 'paper' ? [code.cardId] : [])))

  const [people, devices, cards] = await Promise.all([
    publicIds.size > 0 ? queries.listPeopleByPublicId(ctx.sql, [...publicIds]) : [],
    deviceIds.size > 0 ? codeQueries.listRevokedDevices(ctx.sql, [...deviceIds]) : [],
    cardIds.size > 0 ? codeQueries.listCards(ctx.sql, [...cardIds]) : [],
  ])
  const bearers =
    cards.length > 0
      ? await queries.listPeopleById(ctx.sql, [...new Set(cards.map(({ personId }) => personId))])
      : []

  const personByPublicId = new Map(people.map((person) => [person.publicId, person]))
  const revokedAt = new Map(devices.map((device) => [device.id, device.revokedAt]))
  const cardById = new Map(cards.map((card) => [card.id, card]))
  const personById = new Map(bearers.map((person) => [person.id, person]))
  // What was shown before it was revoked was right, and may arrive late.
  const wasRevoked = (revoked: Date | null | undefined, at: Date) => !!revoked && revoked <= at

  return ({ at, given }: ShownCode, code: ReadCode): ResolvedCode | Problem => {
    if (code.kind === 'paper') {
      const card = cardById.get(code.cardId)
      if (!card) return codeProblem.unknown()
      if (wasRevoked(card.revokedAt, at)) return codeProblem.revoked()
      const person = personById.get(card.personId)!
      if (isBefore(at, card.issuedAt)) return { person, via: 'paper', doubt: 'code.beforeIssue' }
      const fits = !given || doesFit(profileOf(ctx, person), given)
      return { person, via: 'paper', ...(fits ? {} : { doubt: 'card.notTheirs', written: unknownPerson }) }
    }
    const person = personByPublicId.get(code.personId)
    if (!person) return codeProblem.unknown()
    const { kind, issuedAt } = code
    // What was made after that was shown after it, whenever it is said to have been.
    const shownAt = issuedAt > at ? issuedAt : at
    if (kind === 'phone' && wasRevoked(revokedAt.get(code.deviceId), shownAt)) return codeProblem.revoked()
    if (isBefore(at, issuedAt)) return { person, via: 'later' }
    return { person, via: kind === 'phone' ? 'phone-code' : 'server-code', step: issuedAt }
  }
}

/** Clocks of gates drift. */
const CLOCKS_MS = 5 * 60_000

const isBefore = (at: Date, issuedAt: Date) => at.getTime() < issuedAt.getTime() - CLOCKS_MS

/** Whether what somebody answers fits what is known: the year, and each word of the name that was said. */
function doesFit({ name, birthYear }: Profile, given: Given) {
  const words = new Set(plainText(name ?? '').split(' '))
  const said = plainText(given.name ?? '')
    .split(' ')
    .filter(Boolean)
  if (given.birthYear !== undefined && given.birthYear !== birthYear) return false
  return said.every((word) => words.has(word))
}

// — people by cards of others and typed numbers

/** Somebody as a card, a typed number or a line of a list names them. */
type Bearer = {
  via: 'cccd' | 'bhyt' | 'mic' | 'tel' | 'line'
  profile: Profile
  documents: Buffer[]
  insurance: Buffer | null
  phone: Buffer | null
  /** The first is that of its record (list-lines.ts). */
  lines: Buffer[]
  isConfirmed: boolean
  by: Actor
}

function bearerOf(ctx: Context, code: CheckedCode): Bearer | undefined {
  const { said, phone: asked, given, confirmation, by } = code
  const numberless = { documents: [], insurance: null, isConfirmed: confirmation !== undefined, by }
  if ('tel' in said) {
    const named = nameBeside(code)
    return {
      ...numberless,
      via: 'tel',
      profile: { ...(named ? profileOfLine(ctx, named) : unknownPerson), phone: said.tel },
      phone: phoneIndexOf(ctx, said.tel),
      lines: named ? lineIndexesOf(ctx, said.tel, { ...named, about: null }) : [],
    }
  }
  if ('line' in said) {
    const lines = lineIndexesOf(ctx, said.list, said.line)
    return { ...numberless, via: 'line', profile: profileOfLine(ctx, said.line), phone: null, lines }
  }
  if (!('document' in said)) return undefined
  const { document } = said
  const written = asked ?? (document.kind === 'mic' ? document.phone : null)
  const phone = written ? (findPhone(written) ?? null) : null
  const profile = profileIn(document, phone, ctx.now)
  profile.address ??= given?.about ?? null
  const old = document.kind === 'cccd' ? document.oldNumber : null
  const numbers = [profile.documentNumber, old].filter((number) => number !== null)
  return {
    ...numberless,
    via: document.kind,
    profile,
    documents: numbers.map((number) => documentIndexOf(ctx, number)),
    insurance: profile.healthInsuranceNumber ? insuranceIndexOf(ctx, profile.healthInsuranceNumber) : null,
    phone: phone ? phoneIndexOf(ctx, phone) : null,
    lines: [],
  }
}

/**
 * Many are reached by one number, so that a list tells them apart by the names beside it. Who confirmed the number is
 * whose it is.
 */
function nameBeside({ given, confirmation }: ShownCode): ListLine | undefined {
  const name = given?.name?.replace(/\s+/g, ' ').trim() ?? ''
  if (confirmation || !/\p{L}/u.test(name)) return undefined
  return { name, birthYear: given?.birthYear ?? null, about: given?.about ?? null }
}

const profileOfLine = ({ now }: Context, { name, birthYear, about }: ListLine): Profile => ({
  ...unknownPerson,
  name,
  birthYear: likelyYear(birthYear, now),
  address: about,
})

const likelyYear = (year: number | null, now: Date) =>
  year !== null && year >= 1900 && year <= now.getUTCFullYear() ? year : null

/** What is kept of a card. */
function profileIn(document: Document, phone: string | null, now: Date): Profile {
  const { name, birthOn, birthYear, sex } = document
  const year = likelyYear(birthYear, now)
  const profile: Profile = {
    ...unknownPerson,
    name: name && /\p{L}/u.test(name) ? name : null,
    birthYear: year,
    birthOn: year === null ? null : birthOn,
    sex,
    phone,
  }
  switch (document.kind) {
    case 'cccd':
      return { ...profile, documentNumber: document.number, address: document.address, nationality: 'VN' }
    case 'bhyt':
      return { ...profile, healthInsuranceNumber: document.number, address: document.address }
    case 'mic':
      // Where the screen hid the number of the document, the one of the national platform stands for it.
      return { ...profile, documentNumber: document.number ?? (document.qid && `QID${document.qid}`) }
  }
}

type Known = codeQueries.IndexedPerson

/** The people that cards may mean, found by number. */
class Register {
  readonly #byDocument = new Map<string, Known>()
  readonly #byInsurance = new Map<string, Known>()
  readonly #byPhone = new Map<string, Known[]>()
  readonly #byLine = new Map<string, Known[]>()

  constructor(rows: readonly Known[]) {
    for (const row of rows) this.add(row)
  }

  add(row: Known) {
    if (row.documentIndex) keepFirst(this.#byDocument, row.documentIndex, row)
    if (row.insuranceIndex) keepFirst(this.#byInsurance, row.insuranceIndex, row)
    if (row.lineIndex) this.#byLine.set(nameOf(row.lineIndex), [...this.onLines([row.lineIndex]), row])
    if (row.phoneIndex) this.#byPhone.set(nameOf(row.phoneIndex), [...this.onPhone(row.phoneIndex), row])
  }

  byNumber({ documents, insurance }: Bearer): Known | undefined {
    for (const index of documents) {
      const row = this.#byDocument.get(nameOf(index))
      if (row) return row
    }
    return insurance ? this.#byInsurance.get(nameOf(insurance)) : undefined
  }

  onPhone(index: Buffer): readonly Known[] {
    return this.#byPhone.get(nameOf(index)) ?? []
  }

  onLines(indexes: readonly Buffer[]): readonly Known[] {
    return indexes.flatMap((index) => this.#byLine.get(nameOf(index)) ?? [])
  }
}

const nameOf = (index: Buffer) => index.toString('latin1')
const keepFirst = (map: Map<string, Known>, index: Buffer, row: Known) => {
  if (!map.has(nameOf(index))) map.set(nameOf(index), row)
}

const indexesOf = (bearers: readonly Bearer[]) => ({
  phones: bearers.flatMap(({ phone }) => phone ?? []),
  documents: bearers.flatMap(({ documents }) => documents),
  insurances: bearers.flatMap(({ insurance }) => insurance ?? []),
  lines: bearers.flatMap(({ lines }) => lines),
})

const holderIn = (rows: readonly Known[]) => rows.find(({ id, holderId }) => id === holderId)

/** Somebody on the phone with the name and the birth year of the card: they declared before they showed it. */
const namesakeIn = (ctx: Context, rows: readonly Known[], card: Profile) =>
  card.name === null
    ? undefined
    : rows.find((row) => {
        const known = profileOf(ctx, row)
        return known.name && isYearSame(known, card) && plainText(known.name) === plainText(card.name!)
      })

function findBearer(ctx: Context, register: Register, bearer: Bearer): Known | undefined {
  const onPhone = bearer.phone ? register.onPhone(bearer.phone) : []
  if (isNumberAlone(bearer)) return holderIn(onPhone) ?? onPhone[0]
  const { lines, profile } = bearer
  const onLine = lineOfYear(
    register.onLines(lines),
    profile.birthYear,
    (row) => profileOf(ctx, row).birthYear,
  )
  return register.byNumber(bearer) ?? onLine.same ?? namesakeIn(ctx, onPhone, profile) ?? onLine.fitting
}

const isNumberAlone = ({ via, lines }: Bearer) => via === 'tel' && lines.length === 0

const ADDED = ['documentNumber', 'healthInsuranceNumber', 'birthYear', 'phone'] as const

/**
 * What a card that fits adds to what is known: numbers, and one to call. To a record that a phone reaches it adds no
 * number: whoever has a place of their own could so bind the card of somebody else to their phone.
 */
function additionsTo(known: Profile, holderId: number | null, card: Profile): Partial<Profile> {
  if (!fits(known, card)) return {}
  const added = ADDED.filter((key) => known[key] === null && card[key] !== null)
  return Object.fromEntries(
    added.filter((key) => key === 'birthYear' || holderId === null).map((key) => [key, card[key]]),
  )
}

/** What is typed adds to nobody's record but to that of the same line, which may have lacked the year. */
function isSettled(ctx: Context, { via, profile }: Bearer, known: Known) {
  const isOfLine = known.lineIndex !== null && known.holderId === null && known.areaId === null
  if ((via === 'tel' || via === 'line') && !isOfLine) return true
  return Object.keys(additionsTo(profileOf(ctx, known), known.holderId, profile)).length === 0
}

const isNameless = ({ documents, insurance, phone, lines }: Bearer) =>
  documents.length === 0 && insurance === null && phone === null && lines.length === 0

/** Whether a record can be found again by it: a screen may hide the number of the document. */
const isNumbered = ({ via, documents, insurance }: Bearer) =>
  via === 'tel' || via === 'line' || documents.length > 0 || insurance !== null

/** Typed numbers that are said to be confirmed, and are not: not this number, or not here and now. */
async function findUnconfirmed(ctx: Context, checked: readonly CheckedCode[]): Promise<Set<CheckedCode>> {
  const claims = checked.flatMap((code) =>
    'tel' in code.said && code.confirmation ? [{ code, tel: code.said.tel, ...code.confirmation }] : [],
  )
  const rows =
    claims.length > 0
      ? await queries.listConfirmations(
          ctx.sql,
          claims.map(({ id }) => id),
        )
      : []
  const confirmations = new Map(rows.map((row) => [row.id, row]))
  const stands = ({ code, tel, id, placeId }: (typeof claims)[number]) => {
    const known = confirmations.get(id)
    return (
      known?.placeId === placeId &&
      known.phoneIndex.equals(phoneIndexOf(ctx, tel)) &&
      code.at.getTime() >= known.createdAt.getTime() - CLOCKS_MS &&
      code.at.getTime() <= known.usedAt.getTime() + CLOCKS_MS
    )
  }
  return new Set(claims.filter((claim) => !stands(claim)).map(({ code }) => code))
}

async function loadOthers(ctx: Context, checked: readonly CheckedCode[]) {
  const unconfirmed = await findUnconfirmed(ctx, checked)
  const bearers = new Map<CheckedCode, Bearer>()
  for (const code of checked) {
    const bearer = unconfirmed.has(code) ? undefined : bearerOf(ctx, code)
    if (bearer) bearers.set(code, bearer)
  }
  const named = [...bearers.values()].filter((bearer) => !isNameless(bearer))
  const people = new Map<Bearer, Known>()
  if (named.length > 0) {
    const register = new Register(await codeQueries.listByIndexes(ctx.sql, indexesOf(named)))
    const open: Bearer[] = []
    for (const bearer of named) {
      const known = findBearer(ctx, register, bearer)
      if (known) people.set(bearer, known)
      if (known ? !isSettled(ctx, bearer, known) : isNumbered(bearer)) open.push(bearer)
    }
    if (open.length > 0)
      await transact(ctx.sql, async (tx) => {
        for (const [bearer, person] of await addBearers(ctx.within(tx), open)) people.set(bearer, person)
      })
  }

  return (code: CheckedCode): ResolvedCode | Problem => {
    if (unconfirmed.has(code)) return phoneCodeProblem.unconfirmed()
    const bearer = bearers.get(code)!
    const person = people.get(bearer)
    if (!person) return cardProblem.masked()
    const { via, profile } = bearer
    if (via === 'tel' && code.confirmation) return { person, via }
    const isDeclared = bearer.lines.length > 0 && person.lineIndex === null
    if (via === 'tel') return { person, via, written: profile, ...(isDeclared ? { isDeclared } : {}) }
    if (fits(profileOf(ctx, person), profile)) return { person, via }
    return { person, via, doubt: 'card.differs', written: profile }
  }
}

/**
 * Records of those whom nobody knew, and what cards add to the records of others. Only who is known by a number alone,
 * which somebody vouched for or confirmed, is found by it and is for whoever signs in with it (decision 0004).
 */
async function addBearers(ctx: Context, open: readonly Bearer[]) {
  const indexes = indexesOf(open)
  await queries.waitForIndexes(ctx.sql, Object.values(indexes).flat())
  const register = new Register(await codeQueries.listByIndexes(ctx.sql, indexes))
  const ids = await codeQueries.takePersonIds(ctx.sql, open.length)
  const people = new Map<Bearer, Known>()
  const added = new Map<number, Known & codeQueries.GateRow & { by: Actor }>()
  const completed = new Map<number, Bearer[]>()

  for (const bearer of open) {
    const known = findBearer(ctx, register, bearer)
    if (known) {
      people.set(bearer, known)
      if (isSettled(ctx, bearer, known)) continue
      if (!added.has(known.id)) completed.set(known.id, [...(completed.get(known.id) ?? []), bearer])
      // Lines that come after it are told apart by the year.
      if (bearer.lines.length > 0) known.sealed = addTo(ctx, known, bearer)
      continue
    }
    const id = ids.pop()!
    const row = { ...toRow(ctx, bearer.profile, null), id, ref: null, lineIndex: bearer.lines[0] ?? null }
    const found = isNumberAlone(bearer)
      ? { ...row, holderId: id, isTyped: !bearer.isConfirmed }
      : { ...row, holderId: null, phoneIndex: null, isTyped: false }
    const person = { ...found, by: bearer.by }
    added.set(id, person)
    register.add(person)
    people.set(bearer, person)
  }

  if (added.size > 0) {
    await codeQueries.insertPeople(ctx.sql, [...added.values()])
    const gates = Map.groupBy(added.values(), ({ by }) => `${by.kind} ${by.id}`)
    const entries = [...gates.values()].map((same) => ({
      at: ctx.now,
      actor: same[0]!.by,
      action: 'person.register',
      subjectId: null,
      details: { people: same.length, from: 'gate' },
    }))
    await writeAudit(ctx.sql, entries)
  }
  if (completed.size > 0) {
    const sealed = new Map((await completePeople(ctx, completed)).map((row) => [row.id, row.sealed]))
    for (const [bearer, person] of people)
      people.set(bearer, { ...person, sealed: sealed.get(person.id) ?? person.sealed })
  }
  return people
}

function addTo(ctx: Context, known: Known, { profile }: Bearer) {
  const own = profileOf(ctx, known)
  return ctx.services.keys.seal({ ...own, ...additionsTo(own, known.holderId, profile) })
}

/** What is known already stays: a number that was claimed is not confirmed by what a card adds to it. */
async function completePeople(ctx: Context, completed: ReadonlyMap<number, Bearer[]>) {
  const rows = await codeQueries.lockPeople(ctx.sql, [...completed.keys()])
  const changed = rows.map((row) => {
    const known = profileOf(ctx, row)
    let profile = known
    for (const bearer of completed.get(row.id)!)
      profile = { ...profile, ...additionsTo(profile, row.holderId, bearer.profile) }
    const { sealed, documentIndex, insuranceIndex } = toRow(ctx, profile, row.areaId)
    return {
      ...row,
      sealed,
      documentIndex: known.documentNumber === null ? documentIndex : null,
      insuranceIndex: known.healthInsuranceNumber === null ? insuranceIndex : null,
    }
  })
  await codeQueries.completePeople(ctx.sql, changed)
  return changed
}
