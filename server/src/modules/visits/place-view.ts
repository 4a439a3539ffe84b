import type { Context } from '../../platform/context.ts'
import type { PlaceRow } from '../places/index.ts'
import { asMark, endsOf, LATEST_MS, readPlaces, readTrips } from './intake.ts'
import * as queries from './queries.ts'
import { deriveStays, inOrder, isMadeUp } from './rules.ts'

/**
 * What a place sees of who is there. Of a scan that is set aside for what its person's scans elsewhere say it sees nothing
 * but the scan: such people are few, and their stays are derived here as if all of it counted. A stay that anybody could have
 * made up lasts for its place as long as stays usually do there, wherever the person went.
 */

export const momentOf = ({ now, services }: Context) => ({ now, timeZone: services.timeZone })

type Day = { from: Date; to: Date }
type Place = Pick<PlaceRow, 'id'>
type SeemingStay = { personId: number; arrivedAt: Date; endsAt: Date; isRecorded: boolean }

export async function countInside(ctx: Context, place: Place) {
  const { but, inside } = await readSeeming(ctx, place, ctx.now)
  const counted = await queries.countInside(ctx.sql, place.id, momentOf(ctx), but)
  return counted + new Set(inside.map(({ personId }) => personId)).size
}

/** The counts of a day, and who is there now: so many of them, the latest first. */
export async function readDay(ctx: Context, place: Place, { from, to }: Day, limit: number) {
  const { sql, now } = ctx
  const moment = momentOf(ctx)
  const { but, stays, inside } = await readSeeming(ctx, place, from)
  const [counts, counted, here] = await Promise.all([
    queries.countToday(sql, place.id, { ...moment, from, to }, but),
    queries.countInside(sql, place.id, moment, but),
    queries.listHere(sql, place.id, moment, { but, limit }),
  ])
  const over = stays.filter(
    (one) => one.arrivedAt >= from && one.arrivedAt < to && (one.isRecorded || one.endsAt <= now),
  )
  const recorded = over.filter(({ isRecorded }) => isRecorded).length
  const since = new Map(inside.map(({ personId, arrivedAt }) => [personId, arrivedAt]))
  const seeming = [...since].map(([personId, since]) => ({ personId, since }))
  return {
    ...counts,
    exits: {
      recorded: counts.exits.recorded + recorded,
      estimated: counts.exits.estimated + over.length - recorded,
    },
    inside: counted + since.size,
    here: [...here, ...seeming]
      .sort((one, other) => other.since.getTime() - one.since.getTime() || one.personId - other.personId)
      .slice(0, limit),
  }
}

/** The stays of those who are left out (`but`) of what the tables say since then: their stays here, as they seem. */
async function readSeeming(ctx: Context, { id }: Place, since: Date) {
  const { sql, now, services } = ctx
  const places = new Map<number, queries.PlaceFacts>()
  await readPlaces(sql, places, [id])
  const usualMs = places.get(id)!.defaultStaySeconds * 1000
  // Whoever began a stay before may be in it still, and may have scanned again in it.
  const from = new Date(Math.min(since.getTime(), now.getTime() - usualMs) - usualMs)
  const rows = await queries.listSeemingAt(sql, id, from, new Date(now.getTime() + LATEST_MS))
  await readPlaces(
    sql,
    places,
    rows.map(({ placeId }) => placeId),
  )
  const peopleOf = Map.groupBy(rows, ({ personId }) => personId)
  await readTrips(
    sql,
    places,
    [...peopleOf.keys()].map((personId) => ({ personId, at: from })),
  )
  const ends = endsOf(places, services.timeZone)
  const stays = [...peopleOf].flatMap(([personId, rows]): SeemingStay[] => {
    const all = deriveStays(rows.map(asMark).sort(inOrder), [], ends)
    return all.flatMap((stay, n) => {
      if (stay.placeId !== id) return []
      const next = isMadeUp(stay.source)
        ? undefined
        : all.slice(n + 1).find(({ placeId, source }) => placeId !== id && !isMadeUp(source))
      const end = stay.leftAt ?? Math.min(ends.usual(stay), next?.arrivedAt ?? Infinity)
      const arrivedAt = new Date(stay.arrivedAt)
      return [{ personId, arrivedAt, endsAt: new Date(end), isRecorded: stay.leftAt !== null }]
    })
  })
  const inside = stays.filter((one) => !one.isRecorded && one.arrivedAt <= now && one.endsAt > now)
  return { but: [...peopleOf.keys()], stays, inside }
}
