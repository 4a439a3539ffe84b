import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { throttle } from '../../platform/throttle.ts'
import { placeProblem } from './problems.ts'
import * as queries from './queries.ts'
import { cleanName } from './rules.ts'
import type { Gate, NewGate, NewTrip, Trip, Vehicle } from './schema.ts'
import { getPlace } from './service.ts'

const MOST_GATES = 40
const TRIPS_SHOWN = 50

/** The place, once whoever was changing it is done. */
async function lockPlace(ctx: Context, id: string) {
  await queries.lockPlace(ctx.sql, (await getPlace(ctx, id)).id)
  return getPlace(ctx, id)
}

// — entrances

export async function readGates(ctx: Context, id: string): Promise<{ items: Gate[]; next: null }> {
  const place = await getPlace(ctx, id)
  return { items: await queries.listGates(ctx.sql, place.id), next: null }
}

export async function addGate(ctx: Context, id: string, { name, direction }: NewGate): Promise<Gate> {
  const place = await lockPlace(ctx, id)
  const gates = await queries.listGates(ctx.sql, place.id)
  if (gates.length >= MOST_GATES) throw placeProblem.gatesTooMany()
  const gate = await queries.insertGate(ctx.sql, place.id, { name: cleanName(name), direction })
  await ctx.record('place.addGate', id, { gate: gate.code })
  return gate
}

export async function removeGate(ctx: Context, id: string, code: string) {
  const place = await getPlace(ctx, id)
  if (!(await queries.removeGate(ctx.sql, place.id, code, ctx.now))) throw placeProblem.gateUnknown()
  await ctx.record('place.removeGate', id, { gate: code })
}

// — trips of vehicles, opened and closed by who drives

/** A bus that turns round every few minutes, all day. */
export const throttleTrips = (ctx: Context) =>
  throttle(ctx, [{ key: `trips:${ctx.actor.kind}:${ctx.actor.id}`, most: 300, perSeconds: 86_400 }])

export async function listTrips(ctx: Context, id: string): Promise<{ items: Trip[]; next: null }> {
  const place = await getPlace(ctx, id)
  return { items: await queries.listTrips(ctx.sql, place.id, TRIPS_SHOWN), next: null }
}

const TRIPS_REMEMBERED = 10

/** What a gate on board lets its guard choose from: the stops of the latest trips, the last one first, and the zones. */
export async function findVehicle(ctx: Context, placeId: number): Promise<Vehicle | null> {
  const zones = await queries.findZones(ctx.sql, placeId)
  if (!zones) return null
  const trips = await queries.listTrips(ctx.sql, placeId, TRIPS_REMEMBERED)
  return { stops: [...new Set(trips.flatMap(({ from, to }) => [from, to]))], zones }
}

/** Setting out ends the trip before, should nobody have done so. */
export async function startTrip(ctx: Context, id: string, { from, to }: NewTrip): Promise<Trip> {
  const place = await lockPlace(ctx, id)
  const kind = (await queries.findKind(ctx.sql, place.kind))!
  if (kind.form !== 'vehicle') throw placeProblem.notVehicle()
  const trip = { id: uuidv7(), from: cleanName(from), to: cleanName(to), startedAt: ctx.now, endedAt: null }
  await queries.insertTrip(ctx.sql, place.id, trip)
  await ctx.record('place.startTrip', id, { trip: trip.id })
  return trip
}

export async function endTrip(ctx: Context, id: string, tripId: string): Promise<Trip> {
  const place = await lockPlace(ctx, id)
  const trip = await queries.endTrip(ctx.sql, place.id, tripId, ctx.now)
  if (!trip) throw placeProblem.tripUnknown()
  await ctx.record('place.endTrip', id, { trip: tripId })
  return trip
}
