import { randomBytes } from 'node:crypto'
import { makePaperCard } from '@lachan/contract/codes.ts'
import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { dayIn } from '../../platform/days.ts'
import { getAreaInForce } from '../areas/index.ts'
import { drawCards, type PrintedCard } from './card-sheet.ts'
import * as codeQueries from './code-queries.ts'
import { cardProblem, personProblem } from './problems.ts'
import { findPersonById, listPeopleByPublicId, type PersonRow } from './queries.ts'
import type { CardSheet, PaperCard } from './schema.ts'
import { getPerson, isReached, profileOf, recordReading } from './service.ts'

const AT_ONCE = 500
const SHEETS_SHOWN = 50

const textOf = (ctx: Context, cardId: string) => makePaperCard(cardId, (body) => ctx.services.keys.sign(body))

/** New cards for these people; the ones they had are worth nothing from now on. */
async function issueCards(ctx: Context, people: readonly PersonRow[], listId: number | null = null) {
  await codeQueries.lockPeople(
    ctx.sql,
    people.map(({ id }) => id),
  )
  const cards = people.map((person) => ({ person, id: randomBytes(8).toString('hex') }))
  await codeQueries.replaceCards(
    ctx.sql,
    cards.map(({ id, person }) => ({ id, personId: person.id })),
    { now: ctx.now, listId },
  )
  await recordReading(
    ctx,
    people.map(({ id }) => id),
    'card.print',
    'followUp',
  )
  return cards
}

type Issued = { person: PersonRow; id: string }

/** A citizen prints their own; for others, who have no phone, the health station does. */
const assertMayPrintFor = (ctx: Context, person: PersonRow) => {
  if (ctx.actor.kind === 'citizen' && person.id !== ctx.actor.id) throw cardProblem.byStaff()
}

export async function issuePaperCard(ctx: Context, personId: string): Promise<PaperCard> {
  const person = await getPerson(ctx, personId)
  assertMayPrintFor(ctx, person)
  const [card] = await issueCards(ctx, [person])
  await ctx.record('card.print', person.publicId, { cards: 1 })
  return { id: card!.id, personId: person.publicId, text: textOf(ctx, card!.id), issuedAt: ctx.now }
}

/** The card and whose it is, within the caller's reach. */
async function getCard(ctx: Context, id: string) {
  const [card] = await codeQueries.listCards(ctx.sql, [id])
  const row = card && (await findPersonById(ctx.sql, card.personId))
  ctx.scopeDecided = true
  if (!card || !row) throw cardProblem.unknown()
  return { card, person: await getPerson(ctx, row.publicId) }
}

export async function revokePaperCard(ctx: Context, id: string) {
  const { card, person } = await getCard(ctx, id)
  if (card.revokedAt) return
  await codeQueries.revokeCard(ctx.sql, id, ctx.now)
  await ctx.record('card.revoke', person.publicId, { cards: 1 })
}

/** What is printed of somebody; the guard asks for the rest, so that it is of no use to whoever finds the card. */
const printed = (ctx: Context, { person, id }: Issued): PrintedCard => {
  const { name, birthYear } = profileOf(ctx, person)
  return { text: textOf(ctx, id), name: name ?? '', birthYear }
}

const dayOf = (ctx: Context) => dayIn(ctx.services.timeZone, ctx.now).split('-').reverse().join('/')

/** One card on a page of its own size. */
export async function printCard(ctx: Context, id: string): Promise<Buffer> {
  const { card, person } = await getCard(ctx, id)
  assertMayPrintFor(ctx, person)
  if (card.revokedAt) throw cardProblem.unknown()
  await recordReading(ctx, [person.id], 'card.print', 'followUp')
  return drawCards([printed(ctx, { person, id })], { sheet: 'card', day: dayOf(ctx), at: ctx.now })
}

export async function findPaperCard(ctx: Context, personId: string): Promise<{ card: PaperCard | null }> {
  const person = await getPerson(ctx, personId)
  const card = await codeQueries.findCardInUse(ctx.sql, person.id)
  if (!card) return { card: null }
  const { id, issuedAt } = card
  return { card: { id, personId: person.publicId, text: textOf(ctx, id), issuedAt } }
}

/**
 * A4 sheets to cut: new cards for the named people, for those of a unit who have none yet, five hundred at once, or
 * again for those of a list. Asked again for a unit, it goes on with the next ones; `remaining` says how many are left.
 * What was made for it at a moment is printed again: as it is where the file was lost, `renewed` where the paper was.
 */
export async function printSheets(
  ctx: Context,
  { areaCode, personIds, listName, listId, withPhones = false, issuedAt, renewed = false }: CardSheet,
) {
  const given = [areaCode, personIds, listId].filter((one) => one !== undefined)
  if (given.length !== 1 || (issuedAt !== undefined && areaCode === undefined)) throw cardProblem.forWhom()
  if (issuedAt !== undefined) return printAgain(ctx, areaCode!, new Date(issuedAt), renewed)
  if (listId !== undefined) return printList(ctx, listId)
  const { people, remaining } = areaCode
    ? await listResidents(ctx, areaCode, withPhones)
    : { people: await listNamed(ctx, personIds!), remaining: 0 }
  if (people.length === 0) throw cardProblem.nobody()
  const list = personIds && listName !== undefined ? await addList(ctx, listName) : null
  const cards = await issueCards(ctx, people, list)
  await ctx.record('card.print', null, { cards: cards.length, ...(areaCode ? { areaCode } : {}) })
  return { bytes: await drawSheets(ctx, cards), remaining }
}

async function printAgain(ctx: Context, areaCode: string, issuedAt: Date, renewed: boolean) {
  const area = await getReachedArea(ctx, areaCode)
  const rows = await codeQueries.listCardsOfSheet(ctx.sql, area.id, issuedAt, AT_ONCE)
  if (rows.length === 0) throw cardProblem.unknown()
  const cards = renewed ? await issueCards(ctx, rows) : await readCards(ctx, rows)
  await ctx.record('card.print', null, { cards: rows.length, areaCode, again: true })
  return { bytes: await drawSheets(ctx, cards), remaining: 0 }
}

/** The cards that these people have, as they are. */
async function readCards(ctx: Context, rows: readonly (PersonRow & { cardId: string })[]): Promise<Issued[]> {
  const ids = rows.map(({ id }) => id)
  await recordReading(ctx, ids, 'card.print', 'followUp')
  return rows.map(({ cardId, ...person }) => ({ person, id: cardId }))
}

// — lists of people, such as a class

function addList(ctx: Context, name: string) {
  if (ctx.actor.kind === 'citizen') throw cardProblem.byStaff()
  return codeQueries.insertList(ctx.sql, { publicId: uuidv7(), name, createdAt: ctx.now })
}

/** New cards for everybody of a list who has one in use; those are worth nothing from now on. */
async function printList(ctx: Context, listId: string) {
  const people = await codeQueries.listPeopleOfList(ctx.sql, listId, ctx.areaIds())
  if (people.length === 0) throw cardProblem.listUnknown()
  const cards = await issueCards(ctx, people, people[0]!.listId)
  await ctx.record('card.print', null, { cards: cards.length, listId, again: true })
  return { bytes: await drawSheets(ctx, cards), remaining: 0 }
}

/** What was printed for a named list of people, some of whom the caller reaches. */
export const listLists = async (ctx: Context) => ({
  items: [...(await codeQueries.listLists(ctx.sql, ctx.areaIds(), SHEETS_SHOWN))],
  next: null,
})

const drawSheets = (ctx: Context, cards: readonly Issued[]) =>
  drawCards(
    cards.map((card) => printed(ctx, card)),
    { sheet: 'a4', day: dayOf(ctx), at: ctx.now },
  )

async function getReachedArea(ctx: Context, areaCode: string) {
  const area = await getAreaInForce(ctx.sql, areaCode, ctx.now)
  await ctx.assertReach({ areaId: area.id })
  return area
}

/** What was printed for a unit and may be printed again. */
export async function listSheets(ctx: Context, areaCode: string) {
  const area = await getReachedArea(ctx, areaCode)
  return { items: [...(await codeQueries.listSheets(ctx.sql, area.id, SHEETS_SHOWN))], next: null }
}

async function listResidents(ctx: Context, areaCode: string, withPhones: boolean) {
  const area = await getReachedArea(ctx, areaCode)
  const people = await codeQueries.listWithoutCard(ctx.sql, area.id, withPhones, AT_ONCE)
  return { people, remaining: (people[0]?.total ?? 0) - people.length }
}

/** In the order in which they were named. One who is out of reach is not there, and nothing is printed. */
async function listNamed(ctx: Context, personIds: readonly string[]) {
  const rows = await listPeopleByPublicId(ctx.sql, personIds)
  const byId = new Map(rows.map((row) => [row.publicId, row]))
  const people = [...new Set(personIds)].map((id) => byId.get(id.toLowerCase()))
  for (const row of people) {
    if (!row || !(await isReached(ctx, row))) throw personProblem.unknown()
    assertMayPrintFor(ctx, row)
  }
  return people as PersonRow[]
}
