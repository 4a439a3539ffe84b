import type { Context } from '../../platform/context.ts'
import { giveCard } from './code-queries.ts'
import type { NewRow, PersonRow, Profile } from './queries.ts'
import * as queries from './queries.ts'
import { fits } from './rules.ts'

/**
 * Numbers of documents. A card leads to the record of which the card itself, an official list or an officer said the
 * number. What somebody types on a phone is a claim, because anybody may know a number: officials find the record by
 * it, and no card leads to it until an officer has confirmed it.
 */

export const documentIndexOf = (ctx: Context, number: string) =>
  ctx.services.keys.blindIndex('document', number.toUpperCase())
/** The last ten digits are the person's for life; what stands before them changes with the card. */
export const insuranceIndexOf = (ctx: Context, number: string) =>
  ctx.services.keys.blindIndex('insurance', number.slice(-10))

type Indexes = Pick<NewRow, 'documentIndex' | 'claimedDocumentIndex' | 'insuranceIndex'>

export const asClaims = <Row extends Indexes>(row: Row): Row => ({
  ...row,
  documentIndex: null,
  claimedDocumentIndex: row.documentIndex,
  insuranceIndex: null,
})

type Numbers = Partial<Pick<Profile, 'documentNumber' | 'healthInsuranceNumber'>>

/** What a change does to the indexes: a citizen claims what is new, an officer confirms what they write; the rest stays. */
export function changeOfIndexes(
  ctx: Context,
  { known, next, written }: { known: Numbers; next: Numbers & Indexes; written: Numbers },
): Partial<Indexes> {
  const isCitizen = ctx.actor.kind === 'citizen'
  const changes = (key: keyof Numbers) => (isCitizen ? next[key] !== known[key] : written[key] !== undefined)
  const { documentIndex, claimedDocumentIndex, insuranceIndex } = isCitizen ? asClaims(next) : next
  return {
    ...(changes('documentNumber') ? { documentIndex, claimedDocumentIndex } : {}),
    ...(changes('healthInsuranceNumber') ? { insuranceIndex } : {}),
  }
}

/**
 * An officer confirms these numbers for a person. No card leads to anybody else by them any more; that others lost them
 * is on record. Who was found by such a card, and fits, is the same person (`isSame`): a paper card of theirs goes along.
 */
export async function confirmNumbers(
  ctx: Context,
  publicId: string,
  { documentNumber, healthInsuranceNumber }: Numbers,
) {
  const documentIndex = documentNumber ? documentIndexOf(ctx, documentNumber) : null
  const insuranceIndex = healthInsuranceNumber ? insuranceIndexOf(ctx, healthInsuranceNumber) : null
  const indexes = [documentIndex, insuranceIndex].filter((index) => index !== null)
  if (indexes.length === 0) return
  await queries.waitForIndexes(ctx.sql, indexes)
  const person = await queries.findPerson(ctx.sql, publicId)
  const profileOf = (row: PersonRow) => ctx.services.keys.unseal<Profile>(row.sealed)
  for (const other of await queries.loseNumbers(ctx.sql, publicId, { documentIndex, insuranceIndex })) {
    const isSame = other.wasFound && !!person && fits(profileOf(other), profileOf(person))
    if (isSame && other.holderId === null) await giveCard(ctx.sql, other.id, person.id, ctx.now)
    await ctx.record('person.loseNumber', other.publicId, { to: publicId, isSame })
  }
}
