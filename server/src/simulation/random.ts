/** Mixes numbers into 32 bits. Whoever asks with the same numbers gets the same bits, in whatever order. */
export function mix(one: number, two: number, three = 0, four = 0): number {
  let bits = Math.imul(one ^ 0x9e3779b9, 0x85ebca6b)
  bits = Math.imul((bits ^ (bits >>> 15)) + two, 0xc2b2ae35)
  bits = Math.imul((bits ^ (bits >>> 13)) + three, 0x27d4eb2f)
  bits = Math.imul((bits ^ (bits >>> 16)) + four, 0x165667b1)
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b)
  return (bits ^ (bits >>> 13)) >>> 0
}

/** The same, as a number from 0 to below 1. */
export const chanceOf = (one: number, two: number, three = 0, four = 0) =>
  mix(one, two, three, four) / 2 ** 32

/** A small generator (mulberry32): fast, and the same on every machine, which Math.random is not. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  reseed(seed: number) {
    this.#state = seed
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** Whole, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  isLucky(share: number): boolean {
    return this.next() < share
  }
}

const QUANTILES = 4096

/** Around 1, log-normal with this sigma: a table of quantiles, because a logarithm and a cosine a stay would be felt. */
export function logNormal(sigma: number): Float64Array {
  const random = new Random(20_210_611)
  const table = new Float64Array(QUANTILES)
  for (let at = 0; at < QUANTILES; at++)
    table[at] = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return table.map((normal) => Math.exp(sigma * normal))
}

export const draw = (table: Float64Array, random: Random) => table[(random.next() * QUANTILES) | 0]!

/** The position in rising sums, between two positions, at which a share of the whole is reached. */
export function positionOf(sums: Float64Array, from: number, to: number, share: number): number {
  const before = from === 0 ? 0 : sums[from - 1]!
  const wanted = before + share * (sums[to - 1]! - before)
  let low = from
  let high = to - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle]! > wanted) high = middle
    else low = middle + 1
  }
  return low
}
