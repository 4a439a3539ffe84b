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

/** Everybody but `known` who was with any of the seeds. */
export async function meet(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
): Promise<Contacts> {
  const contacts = new Contacts(options)
  await forEachSeed(sql, seeds, known, options, (seed, pairs, explain) => contacts.add(seed, pairs, explain))
  return contacts
}

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
    const there = options.only
      ? await readPlaceDaysOf(sql, windowsOf(options.only, own, airing), options)
      : await readPlaceDays(sql, ...wanted(own, airing), options)
    pairs.leaveOut(there, known, options.only)
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
        const [from, to] = [Math.max(own.since[at]!, seen), endOf(own, at, airing)]
        forEachPart(place, from, to, placeDays, (of, from, to) => pairs.meet(there, of, from, to))
        seen = Math.max(seen, to)
      }
      const end = at
      const explain: Explain = (wanted) => {
        const pieces = new Map<number, Piece[]>([...wanted].map((person) => [person, []]))
        for (let at = begin; at < end; at++)
          forEachPart(
            Math.abs(own.place[at]!),
            own.since[at]!,
            endOf(own, at, airing),
            placeDays,
            (of, from, to) => collect(pieces, there, of, from, to, own.place[at]! < 0),
          )
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

/** Until when others may have been with them; a stay of no length has no air. */
const endOf = ({ since, until }: OwnStays, at: number, airing: number) =>
  until[at]! > since[at]! ? until[at]! + airing : since[at]!

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

/** Numbers of a pair lie together, because a seed meets thousands in no order and memory comes in lines of 64 bytes. */
const PAIR = { person: 0, sum: 1, first: 2, last: 3, place: 4, to: 5, width: 8 } as const

/** What one seed shares with each other person, by the order in which they were met. Times in milliseconds. */
class Pairs {
  count = 0
  cells = new Float64Array(1024 * PAIR.width)
  /** By person: where in the cells, plus 1; 0 not met, -1 left out. */
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
    for (let pair = 0; pair < this.count; pair++) this.#slots[this.cells[pair * PAIR.width]!] = 0
    this.count = 0
    this.#seed = seed
  }

  /** Everybody there in this part of a day, the short stays and the long ones by when they begin. */
  meet({ person, since, until }: PlaceDays, of: PlaceDay, from: number, to: number) {
    const slots = this.#slots
    const midnight = of.day * DAY_MS
    const end = of.first + of.count
    const long = of.first + of.short
    let nextShort = firstAfter(since, from - SHORT_MS - 1, of.first, long)
    let nextLong = long
    for (;;) {
      const shortSince = nextShort < long ? since[nextShort]! : to
      const longSince = nextLong < end ? since[nextLong]! : to
      if (shortSince >= to && longSince >= to) return
      const n = shortSince <= longSince ? nextShort++ : nextLong++
      if (until[n]! <= from) continue
      const id = Math.abs(person[n]!)
      const slot = slots[id]! - 1
      if (slot < -1) continue
      const begin = midnight + Math.max(since[n]!, from)
      const finish = midnight + Math.min(until[n]!, to)
      if (slot === -1) this.#add(id, of.placeId, begin, finish)
      else this.#extend(slot * PAIR.width, of.placeId, begin, finish)
    }
  }

  #add(id: number, place: number, from: number, to: number) {
    if (id === this.#seed) return
    const at = this.count * PAIR.width
    if (at === this.cells.length) this.cells = longer(this.cells, 2 * at)
    this.#slots[id] = ++this.count
    const { cells } = this
    cells[at + PAIR.person] = id
    cells[at + PAIR.sum] = to - from
    cells[at + PAIR.first] = from
    cells[at + PAIR.last] = to
    cells[at + PAIR.place] = place
    cells[at + PAIR.to] = to
  }

  /** Everything comes by place and time: the latest piece goes on, or a new one begins. */
  #extend(at: number, place: number, from: number, to: number) {
    const { cells } = this
    if (from < cells[at + PAIR.first]!) cells[at + PAIR.first] = from
    if (to > cells[at + PAIR.last]!) cells[at + PAIR.last] = to
    const isSame = cells[at + PAIR.place] === place
    const known = isSame ? cells[at + PAIR.to]! : from
    if (to > known) cells[at + PAIR.sum]! += to - Math.max(from, known)
    if (!isSame || to > known) cells[at + PAIR.to] = to
    cells[at + PAIR.place] = place
  }
}

type Piece = { place: number; from: number; to: number; estimated: boolean }

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

/**
 * Who was met for long enough by any of the seeds that were added: in columns, by the order in which they were met, because
 * a thousand cases have millions of them.
 */
export class Contacts {
  count = 0
  person = new Int32Array(0)
  via = new Int32Array(0)
  /** Whole seconds with `via`. */
  seconds = new Int32Array(0)
  /** Milliseconds since 1970. */
  first = new Float64Array(0)
  last = new Float64Array(0)
  readonly #options: MeetOptions
  readonly #exposures = new Map<number, Exposure[]>()
  /** In which order the seeds came. */
  readonly #ranks = new Map<number, number>()
  /** By person: where in the columns, plus 1; known from the second seed on. */
  #slots = new Int32Array(0)

  constructor(options: MeetOptions) {
    this.#options = options
  }

  add({ personId: seed }: Seed, pairs: Pairs, explain: Explain) {
    const least = Math.max(1, this.#options.minOverlapSeconds * 1000)
    const slots = this.#ranks.size === 0 ? undefined : this.#slotsFor(pairs)
    this.#ranks.set(seed, this.#ranks.size)
    this.#makeRoom(pairs, least)
    const { count, cells } = pairs
    const qualified = new Set<number>()
    for (let pair = 0; pair < count * PAIR.width; pair += PAIR.width) {
      if (cells[pair + PAIR.sum]! < least) continue
      const id = cells[pair + PAIR.person]!
      const seconds = Math.floor(cells[pair + PAIR.sum]! / 1000)
      if (this.#options.explain) qualified.add(id)
      let at = slots ? slots[id]! - 1 : -1
      if (at === -1) {
        at = this.count++
        if (slots) slots[id] = at + 1
        this.person[at] = id
        this.via[at] = seed
        this.seconds[at] = seconds
        this.first[at] = cells[pair + PAIR.first]!
        this.last[at] = cells[pair + PAIR.last]!
        continue
      }
      if (seconds > this.seconds[at]!) {
        this.seconds[at] = seconds
        this.via[at] = seed
      }
      if (cells[pair + PAIR.first]! < this.first[at]!) this.first[at] = cells[pair + PAIR.first]!
      if (cells[pair + PAIR.last]! > this.last[at]!) this.last[at] = cells[pair + PAIR.last]!
    }
    if (qualified.size > 0) this.#explain(seed, explain(qualified))
  }

  #explain(seed: number, found: ReadonlyMap<number, Piece[]>) {
    for (const [id, pieces] of found) {
      const exposures = pieces.map(({ place, from, to, estimated }) => ({
        placeId: place,
        withId: seed,
        from: new Date(from),
        to: new Date(to),
        seconds: Math.floor((to - from) / 1000),
        estimated,
      }))
      const known = this.#exposures.get(id)
      if (known) known.push(...exposures)
      else this.#exposures.set(id, exposures)
    }
  }

  #slotsFor({ cells, count }: Pairs) {
    let most = 0
    for (let pair = 0; pair < count; pair++) most = Math.max(most, cells[pair * PAIR.width]!)
    if (most >= this.#slots.length) {
      this.#slots = new Int32Array(2 * most + 1)
      for (let at = 0; at < this.count; at++) {
        const id = this.person[at]!
        if (id < this.#slots.length) this.#slots[id] = at + 1
      }
    }
    return this.#slots
  }

  /** For all of them, as if each were new. */
  #makeRoom({ count, cells }: Pairs, least: number) {
    let wanted = this.count
    for (let pair = 0; pair < count; pair++) if (cells[pair * PAIR.width + PAIR.sum]! >= least) wanted++
    if (wanted <= this.person.length) return
    const room = this.count === 0 ? wanted : 2 * wanted
    this.person = longer(this.person, room)
    this.via = longer(this.via, room)
    this.seconds = longer(this.seconds, room)
    this.first = longer(this.first, room)
    this.last = longer(this.last, room)
  }

  /** The longest time first. */
  inOrder(): Met[] {
    const at = Uint32Array.from({ length: this.count }, (_, at) => at)
    at.sort(
      (one, other) => this.seconds[other]! - this.seconds[one]! || this.person[one]! - this.person[other]!,
    )
    return Array.from(at, (at) => ({
      personId: this.person[at]!,
      viaId: this.via[at]!,
      overlapSeconds: this.seconds[at]!,
      firstAt: new Date(this.first[at]!),
      lastAt: new Date(this.last[at]!),
      exposures: this.exposuresOf(this.person[at]!),
    }))
  }

  /** By time; nothing unless it was to be explained. */
  exposuresOf(personId: number): Exposure[] {
    const rankOf = ({ withId }: Exposure) => this.#ranks.get(withId)!
    return (this.#exposures.get(personId) ?? []).sort(
      (one, other) =>
        one.from.getTime() - other.from.getTime() ||
        one.to.getTime() - other.to.getTime() ||
        one.placeId - other.placeId ||
        rankOf(one) - rankOf(other),
    )
  }
}

const longer = <T extends Int32Array | Float64Array>(column: T, length: number) => {
  const larger = new (column.constructor as new (length: number) => T)(length)
  larger.set(column)
  return larger
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
