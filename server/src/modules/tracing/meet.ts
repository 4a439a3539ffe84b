import type { Sql } from '../../platform/database.ts'
import {
  DAY_MS,
  dayNumber,
  type OwnStays,
  type PlaceDay,
  type PlaceDays,
  readOwnStays,
  readPlaceDays,
  readPlaceDaysOf,
} from '../visits/index.ts'
import { airingAt, longestAiring } from './airing.ts'
import { MOST_DAYS } from './apart.ts'
import { Contacts, type Explain, type MeetOptions, type Piece, type Seed } from './contacts.ts'
import { meetMany } from './meet-many.ts'
import { Pairs } from './pairs.ts'

/**
 * One hop: everybody who was long enough with one of the seeds.
 *
 * Stays are half-open: touching is no overlap, and a stay of no length overlaps nothing (but it is a check-in). What a
 * pair shares is merged per place, so that a moment together counts once; then it is summed, and the sum cut to whole
 * seconds. A busy person shares some moments with a hundred thousand others, so sums are made in columns, and only of
 * whom was met for long enough it is then said where and when.
 */

/** Everybody but `known` who was with any of the seeds. */
export async function meet(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
): Promise<Contacts> {
  const { explain, ended, only, defaultStaySeconds } = options
  const isPlain = !explain && !ended && !only && defaultStaySeconds === undefined
  if (seeds.length > MANY && isPlain && spanOf(seeds) <= (MOST_DAYS - 1) * DAY_MS)
    return meetMany(sql, seeds, known, options)
  const contacts = new Contacts(options)
  await forEachSeed(sql, seeds, known, options, (seed, pairs, explain) => contacts.add(seed, pairs, explain))
  return contacts
}

const spanOf = (seeds: readonly Seed[]) =>
  seeds.reduce((most, { to }) => Math.max(most, to), 0) -
  seeds.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY)

/** For each of the seeds whom they were with, as if asked one by one. */
export async function meetEach(sql: Sql, seeds: readonly Seed[], options: MeetOptions): Promise<Contacts[]> {
  const found: Contacts[] = []
  await forEachSeed(sql, seeds, new Set(), options, (seed, pairs, explain) => {
    const contacts = new Contacts(options)
    contacts.add(seed, pairs, explain)
    found.push(contacts)
  })
  return found
}

/** The overlaps of each of the seeds with those who are wanted of it, and with nobody else. */
export async function explainEach(
  sql: Sql,
  seeds: readonly Seed[],
  wanted: readonly ReadonlySet<number>[],
  options: MeetOptions,
): Promise<Map<number, Piece[]>[]> {
  const found: Map<number, Piece[]>[] = []
  await forEachSeed(sql, seeds, new Set(), options, (_seed, _pairs, explain) =>
    found.push(explain(wanted[found.length]!)),
  )
  return found
}

/** Place-days of so many seeds are read together. */
const SEEDS_AT_ONCE = 4000
/** From more than so many on, everything is read. */
const MANY = 20_000

async function forEachSeed(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
  take: (seed: Seed, pairs: Pairs, explain: Explain) => unknown,
) {
  const longest = longestAiring(options)
  const pairs = new Pairs()
  for (let first = 0; first < seeds.length; first += SEEDS_AT_ONCE) {
    const some = seeds.slice(first, first + SEEDS_AT_ONCE)
    const own = await readOwnStays(sql, some, options)
    if (options.ended) endOtherwise(own, some, options.ended)
    const there = options.only
      ? await readPlaceDaysOf(sql, windowsOf(options.only, own, longest), options)
      : await readPlaceDays(sql, ...wanted(own, longest), options)
    const airing = await airingAt(sql, new Set(own.place.map(Math.abs)), options)
    pairs.leaveOut(
      there.person.reduce((most, id) => Math.max(most, Math.abs(id)), 0),
      known,
      options.only,
    )
    const placeDays = new Map(there.days.map((one) => [keyOf(one.day, one.placeId), one]))
    let at = 0
    for (const [rank, seed] of some.entries()) {
      const begin = at
      pairs.begin(seed.personId)
      // The air of an earlier stay may still be there: what was looked through for that is not looked through again.
      let [place, seen] = [0, 0]
      for (; at < own.count && own.rank[at] === rank; at++) {
        if (Math.abs(own.place[at]!) !== place) seen = 0
        place = Math.abs(own.place[at]!)
        const [from, to] = [Math.max(own.since[at]!, seen), endOf(own, at, airing(place))]
        forEachPart(place, from, to, placeDays, (of, from, to) => pairs.meet(there, of, from, to))
        seen = Math.max(seen, to)
      }
      const end = at
      const explain: Explain = (wanted) => {
        const pieces = new Map<number, Piece[]>([...wanted].map((person) => [person, []]))
        for (let at = begin; at < end; at++) {
          const place = Math.abs(own.place[at]!)
          forEachPart(place, own.since[at]!, endOf(own, at, airing(place)), placeDays, (of, from, to) =>
            collect(pieces, there, of, from, to, own.place[at]! < 0),
          )
        }
        for (const [person, found] of pieces) pieces.set(person, merge(found))
        return pieces
      }
      take(seed, pairs, explain)
    }
  }
}

function endOtherwise(own: OwnStays, seeds: readonly Seed[], ended: NonNullable<MeetOptions['ended']>) {
  for (let at = 0; at < own.count; at++) {
    const { from, to } = seeds[own.rank[at]!]!
    if (Math.abs(own.place[at]!) === ended.placeId && own.since[at] === Math.max(from, ended.arrivedAt))
      own.until[at] = Math.max(own.since[at]!, Math.min(to, ended.leftAt))
  }
}

const keyOf = (day: number, place: number) => day * 2 ** 31 + place

/** Until when others may have been with them; a stay of no length has no air, and where none counts nobody was. */
const endOf = ({ since, until }: OwnStays, at: number, airing: number | undefined) =>
  airing !== undefined && until[at]! > since[at]! ? until[at]! + airing : since[at]!

/** On which days others may have been with somebody who stayed from `since` to before `until`. */
const daysOf = (since: number, until: number) => [dayNumber(since), dayNumber(until - 1)] as const

function wanted(own: OwnStays, airing: number) {
  const keys = new Set<number>()
  const [places, days] = [[] as number[], [] as number[]]
  for (let at = 0; at < own.count; at++) {
    const place = Math.abs(own.place[at]!)
    const [first, last] = daysOf(own.since[at]!, own.until[at]! + airing)
    for (let day = first; day <= last; day++) {
      if (keys.size === keys.add(keyOf(day, place)).size) continue
      places.push(place)
      days.push(day)
    }
  }
  return [places, days] as const
}

/** When these people may have been with any of the seeds. */
function windowsOf(people: ReadonlySet<number>, own: OwnStays, airing: number) {
  const from = own.since.reduce((least, since) => Math.min(least, since), Number.POSITIVE_INFINITY)
  const to = own.until.reduce((most, until) => Math.max(most, until), Number.NEGATIVE_INFINITY) + airing
  return from < to ? [...people].map((personId) => ({ personId, from, to })) : []
}

/** The days of a time at a place: from and to which of their milliseconds. */
function forEachPart(
  place: number,
  begin: number,
  end: number,
  placeDays: ReadonlyMap<number, PlaceDay>,
  take: (of: PlaceDay, from: number, to: number) => void,
) {
  if (begin >= end) return
  const [firstDay, lastDay] = daysOf(begin, end)
  for (let day = firstDay; day <= lastDay; day++) {
    const of = placeDays.get(keyOf(day, place))
    const midnight = day * DAY_MS
    if (of) take(of, Math.max(0, begin - midnight), Math.min(DAY_MS, end - midnight))
  }
}

/** The overlaps with the people who are wanted, in this part of a stay of the seed. */
function collect(
  pieces: ReadonlyMap<number, Piece[]>,
  { person, since, until }: PlaceDays,
  of: PlaceDay,
  from: number,
  to: number,
  isEstimated: boolean,
) {
  const midnight = of.day * DAY_MS
  for (let n = of.first; n < of.first + of.count; n++) {
    if (since[n]! >= to || until[n]! <= from) continue
    pieces.get(Math.abs(person[n]!))?.push({
      place: of.placeId,
      from: midnight + Math.max(since[n]!, from),
      to: midnight + Math.min(until[n]!, to),
      estimated: isEstimated || person[n]! < 0,
    })
  }
}

/** Overlapping and touching pieces of one place become one. */
function merge(pieces: Piece[]): Piece[] {
  const merged: Piece[] = []
  for (const piece of pieces.sort((one, other) => one.place - other.place || one.from - other.from)) {
    const last = merged.at(-1)
    if (last?.place === piece.place && piece.from <= last.to) {
      last.to = Math.max(last.to, piece.to)
      last.estimated ||= piece.estimated
    } else merged.push(piece)
  }
  return merged
}
