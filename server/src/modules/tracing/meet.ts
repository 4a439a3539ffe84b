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
 * seconds. A busy person shares some moments with a hundred thousand others, so sums are made in columns, and only of
 * whom was met for long enough it is then said where and when.
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
  /** Whether each contact comes with the overlaps of every pair that qualified. */
  explain: boolean
  /** As if the seeds had left a place at another moment. */
  ended?: { placeId: number; arrivedAt: number; leftAt: number } | undefined
  /** Nobody else is looked for. */
  only?: ReadonlySet<number> | undefined
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

/** Everybody but `known` who was with any of the seeds, the longest time first. */
export async function meet(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
): Promise<Met[]> {
  const contacts = new Contacts(options)
  await forEachSeed(sql, seeds, known, options, (seed, pairs, explain) => contacts.add(seed, pairs, explain))
  return contacts.inOrder()
}

/** For each of the seeds whom they were with, as if asked one by one. */
export async function meetEach(sql: Sql, seeds: readonly Seed[], options: MeetOptions): Promise<Met[][]> {
  const found: Met[][] = []
  await forEachSeed(sql, seeds, new Set(), options, (seed, pairs, explain) => {
    const contacts = new Contacts(options)
    contacts.add(seed, pairs, explain)
    found.push(contacts.inOrder())
  })
  return found
}

/** Place-days of so many seeds are read together. */
const SEEDS_AT_ONCE = 4000

type Explain = (wanted: ReadonlySet<number>) => Map<number, Piece[]>

async function forEachSeed(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
  take: (seed: Seed, pairs: Pairs, explain: Explain) => void,
) {
  const airing = options.airingSeconds * 1000
  const pairs = new Pairs()
  for (let first = 0; first < seeds.length; first += SEEDS_AT_ONCE) {
    const some = seeds.slice(first, first + SEEDS_AT_ONCE)
    const own = await readOwnStays(sql, some, options)
    if (options.ended) endOtherwise(own, some, options.ended)
    const { places, days } = wanted(own, airing)
    const there = await readPlaceDays(sql, places, days, options)
    pairs.leaveOut(there, known, options.only)
    const placeDays = new Map(there.days.map((one) => [keyOf(one.day, one.placeId), one]))
    let at = 0
    for (const [rank, seed] of some.entries()) {
      const begin = at
      pairs.begin(seed.personId)
      for (; at < own.count && own.rank[at] === rank; at++)
        forEachPart(own, at, airing, placeDays, (...part) => pairs.meet(there, ...part))
      const end = at
      const explain: Explain = (wanted) => {
        const pieces = new Map<number, Piece[]>([...wanted].map((person) => [person, []]))
        for (let at = begin; at < end; at++)
          forEachPart(own, at, airing, placeDays, (...part) => collect(pieces, there, ...part))
        for (const [person, found] of pieces) pieces.set(person, merge(found))
        return pieces
      }
      pairs.untangle(explain)
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
  return { places, days }
}

/** A part of a stay: at which place and day, from and to which of its milliseconds, and whether its end is estimated. */
type Part = [of: PlaceDay, from: number, to: number, isEstimated: boolean]

function forEachPart(
  own: OwnStays,
  at: number,
  airing: number,
  placeDays: ReadonlyMap<number, PlaceDay>,
  take: (...part: Part) => void,
) {
  const place = Math.abs(own.place[at]!)
  const begin = own.since[at]!
  const end = own.until[at]! + airing
  const [firstDay, lastDay] = daysOf(begin, end)
  for (let day = firstDay; day <= lastDay; day++) {
    const of = placeDays.get(keyOf(day, place))
    const midnight = day * DAY_MS
    if (of) take(of, Math.max(0, begin - midnight), Math.min(DAY_MS, end - midnight), own.place[at]! < 0)
  }
}

/** What one seed shares with each other person: in columns, by the order in which they were met. */
class Pairs {
  count = 0
  person = new Int32Array(1024)
  /** Milliseconds. */
  sum = new Float64Array(1024)
  first = new Float64Array(1024)
  last = new Float64Array(1024)
  /** The latest piece, which may still grow. */
  #place = new Int32Array(1024)
  #from = new Float64Array(1024)
  #to = new Float64Array(1024)
  /** Of whom something came out of order, so that pieces may overlap. */
  #tangled = new Set<number>()
  /** By person: where in the columns, plus 1; 0 not met, -1 left out. */
  #slots = new Int32Array(0)
  #seed = 0

  /** Nobody of `known` is met, and where there is `only`, nobody else. */
  leaveOut({ person }: PlaceDays, known: ReadonlySet<number>, only: ReadonlySet<number> | undefined) {
    let most = 0
    for (const id of person) most = Math.max(most, Math.abs(id))
    this.#slots = new Int32Array(most + 1).fill(only ? -1 : 0)
    for (const id of only ?? []) if (id <= most) this.#slots[id] = 0
    for (const id of known) if (id <= most) this.#slots[id] = -1
    this.count = 0
    this.#seed = 0
  }

  begin(seed: number) {
    for (let slot = 0; slot < this.count; slot++) this.#slots[this.person[slot]!] = 0
    this.count = 0
    this.#tangled.clear()
    this.#seed = seed
  }

  /** Everybody there in this part of a stay of the seed. */
  meet({ person, since, until }: PlaceDays, ...[of, from, to]: Part) {
    const slots = this.#slots
    const midnight = of.day * DAY_MS
    const end = of.first + of.count
    const long = of.first + of.short
    for (let n = firstAfter(since, from - SHORT_MS - 1, of.first, long); n < end; n++) {
      if (since[n]! >= to) {
        // The long ones follow, from the earliest on.
        if (n >= long) break
        n = long - 1
        continue
      }
      if (until[n]! <= from) continue
      const id = Math.abs(person[n]!)
      const slot = slots[id]! - 1
      if (slot < -1) continue
      const begin = midnight + Math.max(since[n]!, from)
      const finish = midnight + Math.min(until[n]!, to)
      if (slot === -1) this.#add(id, of.placeId, begin, finish)
      else this.#extend(slot, of.placeId, begin, finish)
    }
  }

  #add(id: number, place: number, from: number, to: number) {
    if (id === this.#seed) return
    if (this.count === this.person.length) this.#grow()
    const slot = this.count++
    this.#slots[id] = slot + 1
    this.person[slot] = id
    this.sum[slot] = to - from
    this.first[slot] = from
    this.last[slot] = to
    this.#place[slot] = place
    this.#from[slot] = from
    this.#to[slot] = to
  }

  /** Stays of the seed come by place and time, and mostly those of others too: then a piece goes on, or a new one begins. */
  #extend(slot: number, place: number, from: number, to: number) {
    if (from < this.first[slot]!) this.first[slot] = from
    if (to > this.last[slot]!) this.last[slot] = to
    if (this.#place[slot] === place && from <= this.#to[slot]!) {
      if (from < this.#from[slot]!) this.#tangled.add(slot)
      else if (to > this.#to[slot]!) {
        this.sum[slot]! += to - this.#to[slot]!
        this.#to[slot] = to
      }
      return
    }
    this.sum[slot]! += to - from
    this.#place[slot] = place
    this.#from[slot] = from
    this.#to[slot] = to
  }

  #grow() {
    const doubled = <T extends Int32Array | Float64Array>(column: T) => {
      const larger = new (column.constructor as new (length: number) => T)(2 * column.length)
      larger.set(column)
      return larger
    }
    this.person = doubled(this.person)
    this.sum = doubled(this.sum)
    this.first = doubled(this.first)
    this.last = doubled(this.last)
    this.#place = doubled(this.#place)
    this.#from = doubled(this.#from)
    this.#to = doubled(this.#to)
  }

  /** Sums anew what came out of order. */
  untangle(explain: Explain) {
    if (this.#tangled.size === 0) return
    const pieces = explain(new Set([...this.#tangled].map((slot) => this.person[slot]!)))
    for (const slot of this.#tangled)
      this.sum[slot] = pieces.get(this.person[slot]!)!.reduce((sum, { from, to }) => sum + to - from, 0)
  }
}

type Piece = { place: number; from: number; to: number; estimated: boolean }

/** The overlaps with the people who are wanted, in this part of a stay of the seed. */
function collect(
  pieces: ReadonlyMap<number, Piece[]>,
  { person, since, until }: PlaceDays,
  ...[of, from, to, isEstimated]: Part
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

type Building = Omit<Met, 'firstAt' | 'lastAt'> & { first: number; last: number }

/** Who was met for long enough by any of the seeds that were added. */
class Contacts {
  readonly #options: MeetOptions
  readonly #found = new Map<number, Building>()
  /** In which order the seeds came. */
  readonly #ranks = new Map<number, number>()

  constructor(options: MeetOptions) {
    this.#options = options
  }

  add({ personId: seed }: Seed, { count, person, sum, first, last }: Pairs, explain: Explain) {
    this.#ranks.set(seed, this.#ranks.size)
    const least = Math.max(1, this.#options.minOverlapSeconds * 1000)
    const qualified = new Set<number>()
    for (let slot = 0; slot < count; slot++) {
      if (sum[slot]! < least) continue
      const id = person[slot]!
      const seconds = Math.floor(sum[slot]! / 1000)
      if (this.#options.explain) qualified.add(id)
      const contact = this.#found.get(id)
      if (!contact) {
        const [from, to] = [first[slot]!, last[slot]!]
        this.#found.set(id, {
          personId: id,
          viaId: seed,
          overlapSeconds: seconds,
          first: from,
          last: to,
          exposures: [],
        })
        continue
      }
      if (seconds > contact.overlapSeconds) {
        contact.overlapSeconds = seconds
        contact.viaId = seed
      }
      if (first[slot]! < contact.first) contact.first = first[slot]!
      if (last[slot]! > contact.last) contact.last = last[slot]!
    }
    if (qualified.size === 0) return
    for (const [id, pieces] of explain(qualified))
      this.#found.get(id)!.exposures.push(
        ...pieces.map(({ place, from, to, estimated }) => ({
          placeId: place,
          withId: seed,
          from: new Date(from),
          to: new Date(to),
          seconds: Math.floor((to - from) / 1000),
          estimated,
        })),
      )
  }

  /** The longest time first. */
  inOrder(): Met[] {
    const rankOf = ({ withId }: Exposure) => this.#ranks.get(withId)!
    return [...this.#found.values()]
      .sort((one, other) => other.overlapSeconds - one.overlapSeconds || one.personId - other.personId)
      .map(({ first, last, exposures, ...contact }) => ({
        ...contact,
        firstAt: new Date(first),
        lastAt: new Date(last),
        exposures: exposures.sort(
          (one, other) =>
            one.from.getTime() - other.from.getTime() ||
            one.to.getTime() - other.to.getTime() ||
            one.placeId - other.placeId ||
            rankOf(one) - rankOf(other),
        ),
      }))
  }
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
