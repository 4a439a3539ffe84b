import { DAY_MS, type PlaceDay, type PlaceDays, SHORT_MS } from '../visits/index.ts'

/** Numbers of a pair lie together, because somebody meets thousands in no order and memory comes in lines of 64 bytes. */
export const PAIR = { person: 0, sum: 1, first: 2, last: 3, place: 4, to: 5, width: 8 } as const

/** `origin` is where the counting of milliseconds begins, since 1970. */
export type Columns = { origin: number; person: Int32Array; since: Int32Array; until: Int32Array }

/** Stays from `first` to before `end` in the columns, by when they begin; none is longer than `longest`. */
export type Band = { first: number; end: number; longest: number }

/** What one person shares with each other person, by the order in which they were met. Times in milliseconds. */
export class Pairs {
  count = 0
  cells = new Float64Array(1024 * PAIR.width)
  /** By person: where in the cells, plus 1; 0 not met, -1 left out. */
  #slots = new Int32Array(0)
  #seed = 0

  /** People up to the number `most` are met, but nobody of `known`, and where there is `only`, nobody else. */
  leaveOut(most: number, known: ReadonlySet<number>, only?: ReadonlySet<number>) {
    this.#slots = new Int32Array(most + 1).fill(only ? -1 : 0)
    for (const id of only ?? []) if (id <= most) this.#slots[id] = 0
    for (const id of known) if (id <= most) this.#slots[id] = -1
    this.count = 0
    this.#seed = 0
  }

  /** From here on of somebody else. */
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
    let nextLong = firstAfter(since, from - DAY_MS, long, end)
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

  /** The same where no two stays of a person overlap: then their order does not matter. */
  meetApart(
    { origin, person, since, until }: Columns,
    { first, end, longest }: Band,
    from: number,
    to: number,
  ) {
    const slots = this.#slots
    const seed = this.#seed
    let cells = this.cells
    for (let n = firstAfter(since, from - longest, first, end); n < end && since[n]! < to; n++) {
      if (until[n]! <= from) continue
      const id = person[n]!
      if (id === seed) continue
      const begin = origin + Math.max(since[n]!, from)
      const finish = origin + Math.min(until[n]!, to)
      const slot = slots[id]! - 1
      if (slot === -1) {
        const at = this.count * PAIR.width
        if (at === cells.length) cells = this.cells = longer(cells, 2 * at)
        slots[id] = ++this.count
        cells[at + PAIR.person] = id
        cells[at + PAIR.sum] = finish - begin
        cells[at + PAIR.first] = begin
        cells[at + PAIR.last] = finish
      } else {
        const at = slot * PAIR.width
        cells[at + PAIR.sum]! += finish - begin
        if (begin < cells[at + PAIR.first]!) cells[at + PAIR.first] = begin
        if (finish > cells[at + PAIR.last]!) cells[at + PAIR.last] = finish
      }
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

/** The first of sorted values beyond `value`, between `low` and before `high`. */
function firstAfter(sorted: Int32Array, value: number, low: number, high: number) {
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}

export const longer = <T extends Int32Array | Float64Array>(column: T, length: number) => {
  const larger = new (column.constructor as new (length: number) => T)(length)
  larger.set(column)
  return larger
}
