import type { Stays } from './stays.ts'

const LONGEST = 12 * 3600
const SHORT = 2 * 3600

type Part = {
  offsets: Int32Array
  person: Int32Array
  arrived: Int32Array
  left: Int32Array
  lookBack: number
}

/** The bound: stays in typed arrays, sorted by place and time, short and long ones apart. Nothing is faster in this process. */
export class MemoryTrace {
  readonly #stays: Stays
  readonly #parts: Part[]
  readonly #ownOffsets: Int32Array
  readonly #own: Int32Array

  constructor(stays: Stays) {
    this.#stays = stays
    const isShort = (at: number) => stays.left[at]! - stays.arrived[at]! <= SHORT
    const all = Array.from({ length: stays.count }, (_, at) => at)
    this.#parts = [
      this.#part(all.filter(isShort), SHORT),
      this.#part(
        all.filter((at) => !isShort(at)),
        LONGEST,
      ),
    ]
    this.#own = Int32Array.from(all.sort((a, b) => stays.person[a]! - stays.person[b]!))
    this.#ownOffsets = offsetsOf(this.#own, stays.person, stays.people)
  }

  #part(chosen: number[], lookBack: number): Part {
    const { place, person, arrived, left, places } = this.#stays
    const order = Int32Array.from(chosen.sort((a, b) => place[a]! - place[b]! || arrived[a]! - arrived[b]!))
    const pick = (column: Int32Array) => Int32Array.from(order, (at) => column[at]!)
    return {
      offsets: offsetsOf(order, place, places),
      person: pick(person),
      arrived: pick(arrived),
      left: pick(left),
      lookBack,
    }
  }

  /** Seconds together, by person; overlaps of a pair at one place count once. */
  contacts(person: number, from: number, to: number, minOverlap: number): Map<number, number> {
    const pieces = new Map<number, [place: number, from: number, to: number][]>()
    for (let own = this.#ownOffsets[person]!; own < this.#ownOffsets[person + 1]!; own++) {
      const at = this.#own[own]!
      const place = this.#stays.place[at]!
      const begin = Math.max(from, this.#stays.arrived[at]!)
      const end = Math.min(to, this.#stays.left[at]!)
      if (begin >= end) continue
      for (const part of this.#parts) {
        const last = part.offsets[place + 1]!
        for (
          let n = firstAfter(part.arrived, begin - part.lookBack, part.offsets[place]!, last);
          n < last;
          n++
        ) {
          if (part.arrived[n]! >= end) break
          const other = part.person[n]!
          if (other === person || part.left[n]! <= begin) continue
          const piece: [number, number, number] = [
            place,
            Math.max(begin, part.arrived[n]!),
            Math.min(end, part.left[n]!),
          ]
          const known = pieces.get(other)
          if (known) known.push(piece)
          else pieces.set(other, [piece])
        }
      }
    }
    const found = new Map<number, number>()
    for (const [other, overlaps] of pieces) {
      const seconds = together(overlaps)
      if (seconds >= minOverlap) found.set(other, seconds)
    }
    return found
  }
}

/** Where each value of a sorted column begins; one more at the end. */
function offsetsOf(order: Int32Array, column: Int32Array, most: number) {
  const offsets = new Int32Array(most + 2)
  for (const at of order) offsets[column[at]! + 1]!++
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

function together(pieces: [place: number, from: number, to: number][]) {
  pieces.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  let seconds = 0
  let place = -1
  let until = 0
  for (const [at, from, to] of pieces) {
    const begin = at === place ? Math.max(from, until) : from
    if (to > begin) seconds += to - begin
    until = at === place ? Math.max(until, to) : to
    place = at
  }
  return seconds
}
