import { randomBytes } from 'node:crypto'
import { makePaperCard } from '@lachan/contract/codes.ts'
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

const textOf = (ctx: Context, cardId: string) => makePaperCard(cardId, (body) => ctx.services.keys.sign(body))

/** New cards for these people; the ones they had are worth nothing from now on. */
async function issueCards(ctx: Context, people: readonly PersonRow[]) {
  await codeQueries.lockPeople(
    ctx.sql,
    people.map(({ id }) => id),
  )
  const cards = people.map((person) => ({ person, id: randomBytes(8).toString('hex') }))
  await codeQueries.replaceCards(
    ctx.sql,
    cards.map(({ id, person }) => ({ id, personId: person.id })),
    ctx.now,
  )
  await recordReading(
    ctx,
    people.map(({ id }) => id),
    'card.print',
    'followUp',
  )
  return cards
}

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

const printed = (ctx: Context, { person, id }: { person: PersonRow; id: string }): PrintedCard => {
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
 * A4 sheets to cut: new cards for the named people, or for those of a unit who have none yet, five hundred at once.
 * Asked again, it goes on with the next ones; `remaining` says how many are left.
 */
export async function printSheets(ctx: Context, { areaCode, personIds }: CardSheet) {
  if ((areaCode === undefined) === (personIds === undefined)) throw cardProblem.forWhom()
  const { people, remaining } = areaCode
    ? await listResidents(ctx, areaCode)
    : { people: await listNamed(ctx, personIds!), remaining: 0 }
  if (people.length === 0) throw cardProblem.nobody()
  const cards = await issueCards(ctx, people)
  await ctx.record('card.print', null, { cards: cards.length, ...(areaCode ? { areaCode } : {}) })
  const bytes = await drawCards(
    cards.map((card) => printed(ctx, card)),
    { sheet: 'a4', day: dayOf(ctx), at: ctx.now },
  )
  return { bytes, remaining }
}

async function listResidents(ctx: Context, areaCode: string) {
  const area = await getAreaInForce(ctx.sql, areaCode, ctx.now)
  await ctx.assertReach({ areaId: area.id })
  const people = await codeQueries.listWithoutCard(ctx.sql, area.id, AT_ONCE)
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
