import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { cursorOf, pageOf, readIdCursor } from '../../platform/paging.ts'
import { plainText } from '../../platform/vietnamese.ts'
import { areaRef, getAreaInForce } from '../areas/index.ts'
import { type IndexedPerson, listByIndexes } from './code-queries.ts'
import { lineIndexesOf, lineOfYear } from './list-lines.ts'
import { asClaims, changeOfIndexes, confirmNumbers, documentIndexOf, insuranceIndexOf } from './numbers.ts'
import { nationalPhone, normalizePhone, takesSms } from './phone.ts'
import { personProblem } from './problems.ts'
import type { NewRow, PersonRow, Profile } from './queries.ts'
import * as queries from './queries.ts'
import { assertBirth, cleanName, fits, isComplete, maskName, maskPhone, nameWords } from './rules.ts'
import type { MaskedPerson, NewPerson, Person, PersonChange, PersonSearch } from './schema.ts'

const MOST_ON_PHONE = 50
const FOUND_AT_ONCE = 50
/** Of a health insurance card: the whole, or the ten digits that stay. */
const INSURANCE_NUMBER = /^(?:[A-Za-z]{2}\d{3})?\d{10}$/

// — what people are found by

export const phoneIndexOf = (ctx: Context, phone: string) => ctx.services.keys.blindIndex('phone', phone)

/** The holder of a phone: who has it already, else who was registered with it, else somebody new and nameless. */
export async function holderOfPhone(
  ctx: Context,
  phone: string,
  name: string | null = null,
): Promise<PersonRow> {
  const phoneIndex = phoneIndexOf(ctx, phone)
  await queries.waitForIndexes(ctx.sql, [phoneIndex])
  const known = await queries.findByPhone(ctx.sql, phoneIndex)
  if (known) {
    if (known.holderId === null) await queries.adoptByPhone(ctx.sql, phoneIndex, known.id)
    await queries.takeUp(ctx.sql, phoneIndex)
    return { ...known, holderId: known.holderId ?? known.id }
  }
  const row = toRow(ctx, { ...unknownPerson, name, phone }, null)
  const person = await queries.insertPerson(ctx.sql, row, 'self')
  return person ?? (await queries.findByPhone(ctx.sql, phoneIndex))!
}

// — records

export const unknownPerson: Profile = {
  name: null,
  birthYear: null,
  birthOn: null,
  sex: null,
  phone: null,
  documentNumber: null,
  healthInsuranceNumber: null,
  nationality: null,
  address: null,
}

/** A row to insert: the profile sealed, with its indexes. */
export function toRow(ctx: Context, profile: Profile, areaId: number | null, ref?: string): NewRow {
  const { keys } = ctx.services
  return {
    publicId: uuidv7(),
    ...(ref === undefined ? {} : { ref }),
    sealed: keys.seal(profile),
    phoneIndex: profile.phone ? phoneIndexOf(ctx, profile.phone) : null,
    documentIndex: profile.documentNumber ? documentIndexOf(ctx, profile.documentNumber) : null,
    claimedDocumentIndex: null,
    insuranceIndex: profile.healthInsuranceNumber
      ? insuranceIndexOf(ctx, profile.healthInsuranceNumber)
      : null,
    nameTokens: profile.name ? nameWords(profile.name).map((word) => keys.blindIndex('name', word)) : [],
    areaId,
    createdAt: ctx.now,
  }
}

export const profileOf = (ctx: Context, row: Pick<PersonRow, 'sealed'>) =>
  ctx.services.keys.unseal<Profile>(row.sealed)

export async function describe(ctx: Context, row: PersonRow): Promise<Person> {
  const { birthOn: _, ...profile } = profileOf(ctx, row)
  const area = row.areaId === null ? null : ((await areaRef(ctx.sql, row.areaId)) ?? null)
  return {
    id: row.publicId,
    ...profile,
    phone: profile.phone && nationalPhone(profile.phone),
    area,
    areaCode: area?.code ?? null,
    isHolder: row.holderId === row.id,
    complete: isComplete(profileOf(ctx, row), row.areaId),
  }
}

/** What owners, guards and lists see of a person. */
export function mask(
  ctx: Context,
  row: Pick<PersonRow, 'publicId' | 'sealed'>,
  { name, birthYear, phone } = profileOf(ctx, row),
): MaskedPerson {
  return { id: row.publicId, maskedName: maskName(name), birthYear, maskedPhone: maskPhone(phone) }
}

/** Masked people by internal id, for modules that keep ids only. */
export async function maskedPeople(ctx: Context, ids: readonly number[]): Promise<Map<number, MaskedPerson>> {
  const rows = await queries.listPeopleById(ctx.sql, [...new Set(ids)])
  return new Map(rows.map((row) => [row.id, mask(ctx, row)]))
}

const targetOf = (row: PersonRow) => ({
  areaId: row.areaId,
  holderIds: row.holderId === null ? [] : [row.holderId],
})

/**
 * Whether the caller reaches a person. Who has no residence yet, as a gate knows people by a card or a number alone, is
 * in nobody's area: until it is written down, whoever may do this in some area reaches them.
 */
export async function isReached(ctx: Context, row: PersonRow, permission = ctx.permission) {
  if (await ctx.mayReach(targetOf(row), permission)) return true
  return row.areaId === null && ctx.areaIds(permission).length > 0
}

/** A person within the reach of the caller, by public id; what is out of reach does not exist. */
export async function getPerson(
  ctx: Context,
  publicId: string,
  permission = ctx.permission,
): Promise<PersonRow> {
  const row = await queries.findPerson(ctx.sql, publicId)
  ctx.scopeDecided = true
  if (!row || !(await isReached(ctx, row, permission))) throw personProblem.unknown()
  return row
}

/** One of the caller's own people: the named one, else the holder. */
export async function getOwnPerson(ctx: Context, publicId: string | undefined): Promise<PersonRow> {
  const holderId = ctx.holderId()
  const row = publicId
    ? await queries.findPerson(ctx.sql, publicId)
    : await queries.findPersonById(ctx.sql, holderId)
  if (row?.holderId !== holderId) throw personProblem.unknown()
  return row
}

/** Writes down that an official looked at these people, why, and for which case. The people can read it. */
export async function recordReading(
  ctx: Context,
  personIds: readonly number[],
  action: string,
  reason: string,
  caseId: string | null = null,
) {
  if (ctx.actor.kind !== 'account' || personIds.length === 0) return
  const reading = { at: ctx.now, accountId: ctx.actor.id!, action, reason, caseId }
  await queries.insertReadings(ctx.sql, reading, [...new Set(personIds)])
}

const yearOf = (day: string) => Number(day.slice(0, 4))

/** People live in a unit of the lowest level, however many levels there are. */
async function findResidence(ctx: Context, code: string | undefined) {
  if (code === undefined) return null
  const area = await getAreaInForce(ctx.sql, code, ctx.now)
  if (area.hasChildren)
    throw personProblem.areaTooWide({ fields: [{ field: 'areaCode', reason: 'hasChildren' }] })
  return area
}

type Change = Omit<PersonChange, 'address'> & Partial<Pick<Profile, 'phone' | 'address'>>

/** Puts a change on a profile, checked and cleaned. */
function applyChange(ctx: Context, profile: Profile, { areaCode: _, ...change }: Change): Profile {
  const next: Profile = { ...profile, ...change }
  if (change.name !== undefined) next.name = cleanName(change.name)
  if (change.birthOn !== undefined) {
    if (change.birthOn > ctx.now.toISOString().slice(0, 10)) assertBirth(9999, ctx.now, 'birthOn')
    next.birthYear = yearOf(change.birthOn)
  } else if (change.birthYear !== undefined && next.birthOn && yearOf(next.birthOn) !== change.birthYear) {
    next.birthOn = null
  }
  if (next.birthYear !== null) assertBirth(next.birthYear, ctx.now, change.birthOn ? 'birthOn' : 'birthYear')
  return next
}

/**
 * A citizen completes their own record first, then adds people to the same phone; an officer registers anybody
 * who lives within reach, and completes the record of who is known by the same number. A number that has a holder
 * already reaches the person through them.
 */
export async function registerPerson(
  ctx: Context,
  { relation, phone: written, ...input }: NewPerson,
): Promise<Person> {
  const area = await findResidence(ctx, input.areaCode)
  if (ctx.actor.kind === 'citizen') return registerOwn(ctx, input, relation, area?.id ?? null)

  await ctx.assertReach({ areaId: area?.id ?? null })
  const phone = written === undefined ? null : normalizePhone(written)
  const profile = applyChange(ctx, { ...unknownPerson, phone }, input)
  const row = toRow(ctx, profile, area?.id ?? null)
  const known = await findRegistered(ctx, row, profile, relation)
  if (known) return completeRegistered(ctx, known, row, { ...input, phone })
  await confirmNumbers(ctx, row.publicId, input)
  const person = await insertWithPhone(ctx, row)
  await ctx.record('person.register', person.publicId)
  return describe(ctx, person)
}

/**
 * Who is meant by what an officer writes: the bearer of that card, where name and birth year fit, wherever they lived
 * until now, else whom a gate or a list knows by that phone number and nobody has placed yet. What was only typed by somebody is
 * nobody's.
 */
async function findRegistered(
  ctx: Context,
  { phoneIndex, documentIndex, insuranceIndex }: NewRow,
  profile: Profile,
  relation: NewPerson['relation'],
): Promise<PersonRow | undefined> {
  const { name, phone, birthYear } = profile
  const lines = name && phone ? lineIndexesOf(ctx, phone, { name, birthYear, about: null }) : []
  const given = [phoneIndex, documentIndex, insuranceIndex].filter((index) => index !== null)
  if (given.length === 0) return undefined
  await queries.waitForIndexes(ctx.sql, given)
  const listOf = (index: Buffer | null) => (index ? [index] : [])
  const rows = await listByIndexes(ctx.sql, {
    phones: listOf(phoneIndex),
    documents: listOf(documentIndex),
    insurances: listOf(insuranceIndex),
    lines,
  })
  const isOf = (index: Buffer | null, other: Buffer | null) => !!index && !!other?.equals(index)
  const bearer = (row: IndexedPerson) =>
    (isOf(documentIndex, row.documentIndex) || isOf(insuranceIndex, row.insuranceIndex)) &&
    fits(profileOf(ctx, row), profile)
  // Whoever has somebody else's phone to be called on is not the person whom the gate let in with it.
  const isOwnPhone = relation === undefined || relation === 'self'
  const callers = isOwnPhone
    ? rows.filter((row) => row.areaId === null && fits(profileOf(ctx, row), profile))
    : []
  const onLines = callers.filter((row) => lines.some((line) => isOf(line, row.lineIndex)))
  const { same, fitting } = lineOfYear(onLines, birthYear, (row) => profileOf(ctx, row).birthYear)
  return rows.find(bearer) ?? same ?? callers.find((row) => isOf(phoneIndex, row.phoneIndex)) ?? fitting
}

/** Who lived out of the officer's reach has moved: their cases, holds and stays come along, the old address does not. */
async function completeRegistered(
  ctx: Context,
  { id, publicId }: PersonRow,
  { phoneIndex, areaId }: NewRow,
  { phone, ...written }: Omit<NewPerson, 'relation' | 'phone'> & Pick<Profile, 'phone'>,
): Promise<Person> {
  await confirmNumbers(ctx, publicId, written)
  const row = await queries.lockPerson(ctx.sql, id)
  const hasMoved = !(await isReached(ctx, row))
  const isGiven = phoneIndex !== null && row.holderId === null
  const change = {
    ...(hasMoved ? { address: null } : {}),
    ...written,
    ...(isGiven ? { phone } : {}),
  }
  const saved = await saveProfile(ctx, row, change, areaId)
  const person = isGiven ? await giveKnownPhone(ctx, saved, phoneIndex) : saved
  await recordReading(ctx, [id], 'person.edit', 'followUp')
  await ctx.record(hasMoved ? 'person.move' : 'person.edit', publicId)
  return describe(ctx, person)
}

/** Under the holder of the number, or as its holder when nobody is. */
async function giveKnownPhone(ctx: Context, row: PersonRow, phoneIndex: Buffer) {
  const known = await queries.findByPhone(ctx.sql, phoneIndex)
  if (known?.holderId === null) await queries.adoptByPhone(ctx.sql, phoneIndex, known.id)
  return queries.givePhone(ctx.sql, row.id, phoneIndex, known?.holderId ?? known?.id ?? row.id)
}

/** Inserts a person under the holder of their number, or as its holder when nobody is. */
async function insertWithPhone(ctx: Context, row: NewRow): Promise<PersonRow> {
  if (!row.phoneIndex) return (await queries.insertPerson(ctx.sql, row, null))!
  await queries.waitForIndexes(ctx.sql, [row.phoneIndex])
  const known = await queries.findByPhone(ctx.sql, row.phoneIndex)
  if (!known) {
    const first = await queries.insertPerson(ctx.sql, row, 'self')
    if (first) return first
  } else if (known.holderId === null) await queries.adoptByPhone(ctx.sql, row.phoneIndex, known.id)
  const holder = (await queries.findByPhone(ctx.sql, row.phoneIndex))!
  return (await queries.insertPerson(ctx.sql, row, holder.id))!
}

async function registerOwn(
  ctx: Context,
  input: Omit<NewPerson, 'relation' | 'phone'>,
  relation: NewPerson['relation'],
  areaId: number | null,
) {
  const holder = await queries.lockPerson(ctx.sql, ctx.holderId())
  const profile = profileOf(ctx, holder)
  if (relation === 'self' || (relation === undefined && !profile.name)) {
    const row = await saveProfile(ctx, holder, input, areaId ?? holder.areaId)
    await ctx.record('person.edit', row.publicId)
    return describe(ctx, row)
  }
  const others = await queries.listPeopleOfHolder(ctx.sql, holder.id)
  if (others.length >= MOST_ON_PHONE) throw personProblem.tooManyOnPhone()
  const row = toRow(ctx, applyChange(ctx, { ...unknownPerson, phone: profile.phone }, input), areaId)
  const person = (await queries.insertPerson(ctx.sql, asClaims(row), holder.id))!
  await ctx.record('person.register', person.publicId, { relation: relation ?? 'other' })
  return describe(ctx, person)
}

async function saveProfile(ctx: Context, row: PersonRow, change: Change, areaId: number | null) {
  const known = profileOf(ctx, row)
  const profile = applyChange(ctx, known, change)
  const { sealed, nameTokens, ...indexes } = toRow(ctx, profile, areaId)
  return queries.updatePerson(ctx.sql, row.id, {
    sealed,
    nameTokens,
    areaId,
    ...changeOfIndexes(ctx, { known, next: { ...profile, ...indexes }, written: change }),
  })
}

export async function changePerson(ctx: Context, publicId: string, change: PersonChange): Promise<Person> {
  const { id } = await getPerson(ctx, publicId)
  if (ctx.actor.kind !== 'citizen') await confirmNumbers(ctx, publicId, change)
  const row = await queries.lockPerson(ctx.sql, id)
  const area = await findResidence(ctx, change.areaCode)
  const saved = await saveProfile(ctx, row, change, area?.id ?? row.areaId)
  await recordReading(ctx, [row.id], 'person.edit', 'followUp')
  await ctx.record('person.edit', row.publicId)
  return describe(ctx, saved)
}

/** What somebody is told to be. */
export type Told = {
  name?: string | undefined
  birthYear?: number | undefined
  areaCode?: string | undefined
}

/** What is told of somebody unknown, as a record of it would be: checked and cleaned. */
export async function readTold(ctx: Context, { name, birthYear, areaCode }: Told) {
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(birthYear === undefined ? {} : { birthYear }),
  }
  const area = await findResidence(ctx, areaCode)
  return { ...applyChange(ctx, unknownPerson, change), areaId: area?.id ?? null }
}

/** Completes a record that is nobody's yet; undefined where it is somebody's. */
export async function completeTyped(ctx: Context, person: PersonRow, given: Told) {
  return (await queries.lockTyped(ctx.sql, person.id)) && completePerson(ctx, person, given)
}

/** What is not known of somebody yet is put on their record; what is known stays as they, or an officer, wrote it. */
export async function completePerson(ctx: Context, { id }: PersonRow, given: Told): Promise<PersonRow> {
  const row = await queries.lockPerson(ctx.sql, id)
  const profile = profileOf(ctx, row)
  const change = {
    ...(profile.name === null && given.name !== undefined ? { name: given.name } : {}),
    ...(profile.birthYear === null && given.birthYear !== undefined ? { birthYear: given.birthYear } : {}),
  }
  const area = row.areaId === null ? await findResidence(ctx, given.areaCode) : null
  if (Object.keys(change).length === 0 && area === null) return row
  const saved = await saveProfile(ctx, row, change, area?.id ?? row.areaId)
  await recordReading(ctx, [row.id], 'person.edit', 'followUp')
  await ctx.record('person.edit', row.publicId)
  return saved
}

type NamedPerson = {
  name: string
  phone?: string | undefined
  birthYear?: number | undefined
  areaCode?: string | undefined
}

/**
 * Somebody whom another person names: who is known by that name on that phone, or has that name `among` some people,
 * else somebody new. A name alone tells nobody apart, so that without a phone nobody else is looked for.
 */
export async function personNamed(
  ctx: Context,
  { phone: written, ...given }: NamedPerson,
  among: readonly number[] = [],
): Promise<PersonRow> {
  const phone = written === undefined ? null : normalizePhone(written)
  const phoneIndex = phone === null ? null : phoneIndexOf(ctx, phone)
  if (phoneIndex) await queries.waitForIndexes(ctx.sql, [phoneIndex])
  const candidates = phoneIndex
    ? await queries.listByPhone(ctx.sql, phoneIndex)
    : await queries.listPeopleById(ctx.sql, among)
  const wanted = plainText(cleanName(given.name))
  const isSame = (row: PersonRow) => {
    const { name, birthYear } = profileOf(ctx, row)
    const isOther = birthYear !== null && given.birthYear !== undefined && birthYear !== given.birthYear
    return name !== null && plainText(name) === wanted && !isOther
  }
  // Who was known by the number alone has a name from now on.
  const known =
    candidates.find(isSame) ?? candidates.find((row) => phoneIndex && profileOf(ctx, row).name === null)
  if (known) return completePerson(ctx, known, given)
  const area = await findResidence(ctx, given.areaCode)
  const { areaCode: _, ...named } = given
  const row = toRow(ctx, applyChange(ctx, { ...unknownPerson, phone }, defined(named)), area?.id ?? null)
  const person = await insertWithPhone(ctx, row)
  await ctx.record('person.register', person.publicId)
  return person
}

const defined = ({ name, birthYear }: { name: string; birthYear?: number | undefined }) => ({
  name,
  ...(birthYear === undefined ? {} : { birthYear }),
})

/** The keyed hashes of the words of a name that somebody looks for. */
function nameTokensOf(ctx: Context, name: string) {
  const words = nameWords(name)
  if (words.length === 0) throw personProblem.nameInvalid({ fields: [{ field: 'name', reason: 'letters' }] })
  return words.map((word) => ctx.services.keys.blindIndex('name', word))
}

/** More people of a name than this are told by the name alone. */
const FEW_PEOPLE = 10_000

/** People whom a phone or words of a name tell: their rows, or, of a common name, the array by which `person_names` tells them. */
export type KnownBy = { personIds: readonly number[] } | { nameTokens: string }

/** Whom another list is to be narrowed to. That list limits them to its own reach, and records who was read. */
export async function peopleKnownBy(
  ctx: Context,
  given: { phone: string } | { name: string },
): Promise<KnownBy> {
  const wanted =
    'phone' in given
      ? { phoneIndex: phoneIndexOf(ctx, normalizePhone(given.phone)) }
      : { nameTokens: nameTokensOf(ctx, given.name) }
  const personIds = await queries.listKnownBy(ctx.sql, wanted, FEW_PEOPLE + 1)
  return personIds.length > FEW_PEOPLE && wanted.nameTokens
    ? { nameTokens: queries.byteas(wanted.nameTokens) }
    : { personIds }
}

/** Finds people by one thing that is known of them. Everybody found has been read, and can see by whom. */
export async function searchPeople(
  ctx: Context,
  { phone, documentNumber, name, reason, caseId, limit = FOUND_AT_ONCE, cursor }: PersonSearch,
) {
  if ([phone, documentNumber, name].filter((given) => given !== undefined).length !== 1)
    throw personProblem.searchUnclear()
  const wanted = {
    ...(phone === undefined ? {} : { phoneIndex: phoneIndexOf(ctx, normalizePhone(phone)) }),
    ...(documentNumber === undefined
      ? {}
      : {
          documentIndex: documentIndexOf(ctx, documentNumber),
          insuranceIndex: INSURANCE_NUMBER.test(documentNumber)
            ? insuranceIndexOf(ctx, documentNumber)
            : null,
        }),
    nameTokens: name === undefined ? [] : nameTokensOf(ctx, name),
  }
  const window = { after: readIdCursor(cursor), limit: limit + 1 }
  const rows = await queries.searchPeople(ctx.sql, wanted, ctx.areaIds(), window)
  const page = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  await recordReading(
    ctx,
    page.items.map(({ id }) => id),
    'person.search',
    reason,
    caseId ?? null,
  )
  const items = page.items.map(async (row) => ({
    ...mask(ctx, row),
    documentStanding: row.documentStanding,
    area: row.areaId === null ? null : ((await areaRef(ctx.sql, row.areaId)) ?? null),
  }))
  return { ...page, items: await Promise.all(items) }
}

/** A full record, for a reason, and on the record. */
export async function readPerson(ctx: Context, publicId: string, reason: string, caseId: string | undefined) {
  const row = await getPerson(ctx, publicId)
  await recordReading(ctx, [row.id], 'person.read', reason, caseId ?? null)
  const documentStanding = await queries.findDocumentStanding(ctx.sql, row.id)
  return { ...(await describe(ctx, row)), documentStanding }
}

export async function listOwnPeople(ctx: Context) {
  const rows = await queries.listPeopleOfHolder(ctx.sql, ctx.holderId())
  return { items: await Promise.all(rows.map((row) => describe(ctx, row))), next: null }
}

/** How many of these people a message would reach, and how many numbers that are. */
export async function countPhones(ctx: Context, personIds: readonly number[]) {
  const people = await queries.listPeopleById(ctx.sql, personIds)
  const holderIds = people.flatMap(({ holderId }) => holderId ?? [])
  const holders = new Map((await queries.listPeopleById(ctx.sql, holderIds)).map((row) => [row.id, row]))
  const phones = people.flatMap((row) => {
    const holder = row.holderId === null ? undefined : holders.get(row.holderId)
    return (
      [row, holder].map((one) => one && profileOf(ctx, one).phone).find((own) => own && takesSms(own)) ?? []
    )
  })
  return { people: phones.length, numbers: new Set(phones).size }
}

/** The number to which messages for this person go: their own if it takes any, else that of who holds their phone. */
export async function findPhoneOf(ctx: Context, personId: number): Promise<string | null> {
  const row = await queries.findPersonById(ctx.sql, personId)
  if (!row) return null
  const own = profileOf(ctx, row).phone
  if (own && takesSms(own)) return own
  if (row.holderId === null || row.holderId === row.id) return null
  return findPhoneOf(ctx, row.holderId)
}
