import type { Stays } from './stays.ts'

const LONGEST = 3 * 86_400
const SHORT = 2 * 3600

type Part = {
  offsets: Int32Array
  person: Int32Array
  arrived: Int32Array
  left: Int32Array
  lookBack: number
}

export type MemorySeed = { person: number; from: number; to: number }
export type MemoryContact = { seconds: number; first: number }

/**
 * The bound: stays in typed arrays, sorted by place and time, short and long ones apart. Nothing is faster in this
 * process. Seconds; of one person no stay at a place may overlap another there.
 */
export class MemoryTrace {
  readonly #stays: Stays
  readonly #parts: Part[]
  readonly #ownOffsets: Int32Array
  readonly #own: Int32Array
  readonly #sums: Int32Array
  readonly #firsts: Int32Array

  constructor(stays: Stays) {
    this.#stays = stays
    const { count, person, place, arrived, left, people } = stays
    const isShort = (at: number) => left[at]! - arrived[at]! <= SHORT
    this.#parts = [this.#part((at) => isShort(at), SHORT), this.#part((at) => !isShort(at), LONGEST)]
    this.#ownOffsets = offsetsOf(count, person, people, () => true)
    this.#own = new Int32Array(count)
    const next = this.#ownOffsets.slice()
    for (let at = 0; at < count; at++) this.#own[next[person[at]!]!++] = at
    for (let one = 1; one <= people; one++)
      this.#own
        .subarray(this.#ownOffsets[one]!, this.#ownOffsets[one + 1]!)
        .sort((a, b) => place[a]! - place[b]! || arrived[a]! - arrived[b]!)
    this.#sums = new Int32Array(people + 1)
    this.#firsts = new Int32Array(people + 1)
  }

  #part(isChosen: (at: number) => boolean, lookBack: number): Part {
    const { count, place, person, arrived, left, places } = this.#stays
    const offsets = offsetsOf(count, place, places, isChosen)
    // By place, and there by arrival: sorted as numbers that say both the arrival and which stay it is.
    const begin = arrived.subarray(0, count).reduce((least, at) => Math.min(least, at))
    const keys = new Float64Array(offsets.at(-1)!)
    const next = offsets.slice()
    for (let at = 0; at < count; at++)
      if (isChosen(at)) keys[next[place[at]!]!++] = (arrived[at]! - begin) * 2 ** 27 + at
    for (let one = 0; one <= places; one++) keys.subarray(offsets[one]!, offsets[one + 1]!).sort()
    const pick = (column: Int32Array) => Int32Array.from(keys, (key) => column[key % 2 ** 27]!)
    return { offsets, person: pick(person), arrived: pick(arrived), left: pick(left), lookBack }
  }

  /** Who was with any of the seeds for so long, but those in `known`. */
  hop(seeds: readonly MemorySeed[], known: ReadonlySet<number>, minOverlap: number, airing = 0) {
    const found = new Map<number, MemoryContact>()
    for (const seed of seeds)
      this.#meet(seed, airing, (person, seconds, first) => {
        if (seconds < minOverlap || known.has(person)) return
        const contact = found.get(person)
        if (!contact) found.set(person, { seconds, first })
        else {
          if (seconds > contact.seconds) contact.seconds = seconds
          if (first < contact.first) contact.first = first
        }
      })
    return found
  }

  /** Pairs of each seed that were together for so long. */
  countPairs(seeds: readonly MemorySeed[], minOverlap: number, airing = 0) {
    let pairs = 0
    for (const seed of seeds)
      this.#meet(seed, airing, (_, seconds) => {
        if (seconds >= minOverlap) pairs++
      })
    return pairs
  }

  #meet(
    { person, from, to }: MemorySeed,
    airing: number,
    take: (person: number, seconds: number, first: number) => void,
  ) {
    const [sums, firsts] = [this.#sums, this.#firsts]
    const { place, arrived, left } = this.#stays
    const touched: number[] = []
    let [lastPlace, lastEnd] = [-1, 0]
    for (let own = this.#ownOffsets[person]!; own < this.#ownOffsets[person + 1]!; own++) {
      const at = this.#own[own]!
      if (Math.max(from, arrived[at]!) >= Math.min(to, left[at]!)) continue
      const end = Math.min(to, left[at]!) + airing
      // The air of an earlier stay may still have been there.
      const begin = Math.max(from, arrived[at]!, place[at] === lastPlace ? lastEnd : 0)
      lastPlace = place[at]!
      lastEnd = end
      if (begin >= end) continue
      for (const part of this.#parts) {
        const last = part.offsets[place[at]! + 1]!
        let n = firstAfter(part.arrived, begin - part.lookBack - 1, part.offsets[place[at]!]!, last)
        for (; n < last && part.arrived[n]! < end; n++) {
          const other = part.person[n]!
          if (other === person || part.left[n]! <= begin) continue
          const since = Math.max(begin, part.arrived[n]!)
          const seconds = Math.min(end, part.left[n]!) - since
          if (sums[other] === 0) {
            touched.push(other)
            firsts[other] = since
          } else if (since < firsts[other]!) firsts[other] = since
          sums[other]! += seconds
        }
      }
    }
    for (const other of touched) {
      take(other, sums[other]!, firsts[other]!)
      sums[other] = 0
    }
  }
}

/** Where the chosen ones of each value of a column begin; one more at the end. */
function offsetsOf(count: number, column: Int32Array, most: number, isChosen: (at: number) => boolean) {
  const offsets = new Int32Array(most + 2)
  for (let at = 0; at < count; at++) if (isChosen(at)) offsets[column[at]! + 1]!++
  for (let value = 1; value < offsets.length; value++) offsets[value]! += offsets[value - 1]!
  return offsets
}

function firstAfter(sorted: Int32Array, value: number, low: number, high: number) {
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
