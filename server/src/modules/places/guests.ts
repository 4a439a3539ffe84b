import type { Context } from '../../platform/context.ts'
import { cursorOf, pageOf, readIdCursor } from '../../platform/paging.ts'
import { findPerson, listPeopleById, mask, personNamed, recordReading } from '../people/index.ts'
import { placeProblem } from './problems.ts'
import * as queries from './queries.ts'
import type { NewGuests } from './schema.ts'
import { getPlace } from './service.ts'

/** A wedding of a large family. */
const MOST_GUESTS = 3000

async function getEvent(ctx: Context, id: string) {
  const place = await getPlace(ctx, id)
  if (place.endsAt === null) throw placeProblem.notEvent()
  return place
}

/** Who was asked to an event, each known by name and phone from now on. */
export async function addGuests(ctx: Context, id: string, { guests }: NewGuests) {
  const place = await getEvent(ctx, id)
  const known = await queries.listGuestIds(ctx.sql, place.id)
  if (known.length + guests.length > MOST_GUESTS) throw placeProblem.guestsTooMany()
  const ids: number[] = []
  for (const guest of guests) ids.push((await personNamed(ctx, guest, [...known, ...ids])).id)
  const added = await queries.insertGuests(ctx.sql, place.id, ids, ctx.now)
  await recordReading(ctx, ids, 'place.guests', 'followUp')
  await ctx.record('place.addGuests', id, { added })
  return { added, known: new Set(ids).size - added }
}

export async function removeGuest(ctx: Context, id: string, personId: string) {
  const place = await getEvent(ctx, id)
  const person = await findPerson(ctx.sql, personId)
  if (!person || !(await queries.removeGuest(ctx.sql, place.id, person.id))) throw placeProblem.guestUnknown()
  await ctx.record('place.removeGuest', id)
}

export async function readGuests(
  ctx: Context,
  id: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const place = await getEvent(ctx, id)
  const last = readIdCursor(cursor)
  const after = last === undefined ? undefined : ((await findPerson(ctx.sql, last))?.id ?? 0)
  const rows = await queries.listGuests(ctx.sql, place.id, after, limit + 1)
  const ids = rows.map(({ personId }) => personId)
  const masked = new Map((await listPeopleById(ctx.sql, ids)).map((row) => [row.id, mask(ctx, row)]))
  const people = ids.map((personId) => masked.get(personId)!)
  await recordReading(ctx, ids.slice(0, limit), 'place.guests', 'followUp')
  return pageOf(people, limit, ({ id: personId }) => cursorOf(personId))
}
