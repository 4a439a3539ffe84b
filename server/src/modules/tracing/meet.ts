import type { Sql } from '../../platform/database.ts'
import {
  DAY_MS,
  dayNumber,
  type OwnStays,
  type PlaceDay,
  type PlaceDays,
  readOwnStays,
  readPlaceDays,
  SHORT_MS,
} from '../visits/index.ts'

/**
 * One hop: everybody who was long enough with one of the seeds.
 *
 * Stays are half-open: touching is no overlap, and a stay of no length overlaps nothing (but it is a check-in). What a
 * pair shares is merged per place, so that a moment together counts once; then it is summed, and the sum cut to whole
 * seconds.
 */

/** Somebody whose contacts are sought, and in which window, in milliseconds. The order of seeds settles ties. */
export type Seed = { personId: number; from: number; to: number }

export type MeetOptions = {
  minOverlapSeconds: number
  airingSeconds: number
  /** In place of the default stay of each kind of place. */
  defaultStaySeconds?: number | undefined
  /** In which places close. */
  timeZone: string
  /** Which overlaps come with a contact: of every pair, of the closest one, or none. */
  explain: 'all' | 'closest' | 'none'
}

export type Exposure = {
  placeId: number
  withId: number
  from: Date
  to: Date
  seconds: number
  estimated: boolean
}

export type Met = {
  personId: number
  /** The seed with whom the time was longest; on a tie the first of them. */
  viaId: number
  overlapSeconds: number
  /** The earliest and the latest moment with any of the seeds. */
  firstAt: Date
  lastAt: Date
  exposures: Exposure[]
}

/** Place-days of so many seeds are read together. */
const SEEDS_AT_ONCE = 4000

export async function meet(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
): Promise<Met[]> {
  const contacts = new Contacts(options)
  for (let from = 0; from < seeds.length; from += SEEDS_AT_ONCE) {
    const some = seeds.slice(from, from + SEEDS_AT_ONCE)
    const own = await readOwnStays(sql, some, options)
    const { places, days } = wanted(own, options.airingSeconds)
    const there = await readPlaceDays(sql, places, days, options)
    contacts.add(some, own, there, known)
  }
  return contacts.inOrder()
}

/** On which days others may have been with somebody who stayed from `since` to before `until`. */
const daysOf = (since: number, until: number) => [dayNumber(since), dayNumber(until - 1)] as const

const keyOf = (day: number, place: number) => day * 2 ** 31 + place

function wanted(own: OwnStays, airingSeconds: number) {
  const keys = new Set<number>()
  const [places, days] = [[] as number[], [] as number[]]
  for (let at = 0; at < own.count; at++) {
    const place = Math.abs(own.place[at]!)
    const [first, last] = daysOf(own.since[at]!, own.until[at]! + airingSeconds * 1000)
    for (let day = first; day <= last; day++) {
      if (keys.size === keys.add(keyOf(day, place)).size) continue
      places.push(place)
      days.push(day)
    }
  }
  return { places, days }
}

/** What one seed shares with one other person, while the stays of the seed are gone through in order of place and time. */
type Pair = {
  personId: number
  /** The piece that may still grow is the last. */
  pieces: Piece[]
  /** Something came out of order: pieces are merged at the end. */
  isTangled: boolean
}
type Piece = { place: number; from: number; to: number; estimated: boolean }

type Building = Omit<Met, 'firstAt' | 'lastAt' | 'exposures'> & {
  first: number
  last: number
  exposures: (Exposure & { rank: number })[]
}

class Contacts {
  readonly #options: MeetOptions
  readonly #found = new Map<number, Building>()
  #rank = 0

  constructor(options: MeetOptions) {
    this.#options = options
  }

  add(seeds: readonly Seed[], own: OwnStays, there: PlaceDays, known: ReadonlySet<number>) {
    const placeDays = new Map(there.days.map((one) => [keyOf(one.day, one.placeId), one]))
    const pairs = new Map<number, Pair>()
    let at = 0
    for (const [rank, { personId }] of seeds.entries()) {
      pairs.clear()
      for (; at < own.count && own.rank[at] === rank; at++) this.#meetAt(own, at, placeDays, there, pairs)
      for (const pair of pairs.values())
        if (pair.personId !== personId && !known.has(pair.personId)) this.#settle(pair, personId)
      this.#rank++
    }
  }

  /** Everybody at the place of one stay of the seed. */
  #meetAt(
    own: OwnStays,
    at: number,
    placeDays: ReadonlyMap<number, PlaceDay>,
    there: PlaceDays,
    pairs: Map<number, Pair>,
  ) {
    const place = Math.abs(own.place[at]!)
    const isEstimated = own.place[at]! < 0
    const begin = own.since[at]!
    const end = own.until[at]! + this.#options.airingSeconds * 1000
    const [firstDay, lastDay] = daysOf(begin, end)
    const { person, since, until } = there
    for (let day = firstDay; day <= lastDay; day++) {
      const of = placeDays.get(keyOf(day, place))
      if (!of) continue
      const midnight = day * DAY_MS
      const from = Math.max(0, begin - midnight)
      const to = Math.min(DAY_MS, end - midnight)
      const long = of.first + of.short
      for (let n = firstAfter(since, from - SHORT_MS - 1, of.first, long); ; n++) {
        if (n === long || (n < long && since[n]! >= to)) n = long
        if (n >= of.first + of.count || since[n]! >= to) break
        if (until[n]! <= from) continue
        const other = person[n]!
        const id = other < 0 ? -other : other
        const piece = {
          place,
          from: midnight + Math.max(since[n]!, from),
          to: midnight + Math.min(until[n]!, to),
          estimated: isEstimated || other < 0,
        }
        const pair = pairs.get(id)
        if (pair) extend(pair, piece)
        else pairs.set(id, { personId: id, pieces: [piece], isTangled: false })
      }
    }
  }

  #settle(pair: Pair, seed: number) {
    const pieces = pair.isTangled ? merge(pair.pieces) : pair.pieces
    let sum = 0
    for (const { from, to } of pieces) sum += to - from
    const seconds = Math.floor(sum / 1000)
    if (seconds < this.#options.minOverlapSeconds) return
    let contact = this.#found.get(pair.personId)
    const isNew = contact === undefined
    if (contact === undefined) {
      contact = {
        personId: pair.personId,
        viaId: seed,
        overlapSeconds: seconds,
        first: Infinity,
        last: 0,
        exposures: [],
      }
      this.#found.set(pair.personId, contact)
    }
    const isCloser = isNew || seconds > contact.overlapSeconds
    if (isCloser) {
      contact.viaId = seed
      contact.overlapSeconds = seconds
    }
    for (const { from, to } of pieces) {
      if (from < contact.first) contact.first = from
      if (to > contact.last) contact.last = to
    }
    const { explain } = this.#options
    if (explain === 'none' || (explain === 'closest' && !isCloser)) return
    if (explain === 'closest') contact.exposures = []
    for (const { place, from, to, estimated } of pieces)
      contact.exposures.push({
        placeId: place,
        withId: seed,
        from: new Date(from),
        to: new Date(to),
        seconds: Math.floor((to - from) / 1000),
        estimated,
        rank: this.#rank,
      })
  }

  /** The longest time first. */
  inOrder(): Met[] {
    return [...this.#found.values()]
      .sort((one, other) => other.overlapSeconds - one.overlapSeconds || one.personId - other.personId)
      .map(({ first, last, exposures, ...contact }) => ({
        ...contact,
        firstAt: new Date(first),
        lastAt: new Date(last),
        exposures: exposures
          .sort(
            (one, other) =>
              one.from.getTime() - other.from.getTime() ||
              one.to.getTime() - other.to.getTime() ||
              one.placeId - other.placeId ||
              one.rank - other.rank,
          )
          .map(({ rank: _, ...exposure }) => exposure),
      }))
  }
}

/** Stays of the seed come by place and time, and mostly those of others too: then a piece goes on, or a new one begins. */
function extend(pair: Pair, piece: Piece) {
  const last = pair.pieces.at(-1)!
  if (last.place === piece.place && piece.from <= last.to) {
    if (piece.from >= last.from) {
      if (piece.to > last.to) last.to = piece.to
      last.estimated ||= piece.estimated
      return
    }
    pair.isTangled = true
  }
  pair.pieces.push(piece)
}

/** Overlapping and touching pieces of one place become one. */
function merge(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = []
  for (const piece of [...pieces].sort((one, other) => one.place - other.place || one.from - other.from)) {
    const last = merged.at(-1)
    if (last?.place === piece.place && piece.from <= last.to) {
      last.to = Math.max(last.to, piece.to)
      last.estimated ||= piece.estimated
    } else merged.push(piece)
  }
  return merged
}

/** The first of sorted values beyond `value`, between `low` and before `high`. */
function firstAfter(sorted: Int32Array, value: number, low: number, high: number) {
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
