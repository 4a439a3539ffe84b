/** A stretch of time in which the device's clock ran evenly. */
export interface Stretch {
  id: string
  /** The server's clock minus the device's, in milliseconds, as an answer of the server showed it. */
  skew: number | null
  /** How far the clock leapt when this stretch began; null when nobody knows. */
  leap: number | null
  /** Time before it in which nobody looked: the clock may have been set ahead by so much at most. */
  gap: number
}

export interface ClockRecord {
  stretches: Stretch[]
  /** The latest moment that this clock has shown. */
  latest: number
}

export type ClockTrouble = 'wrong' | 'back' | 'ahead' | 'unsure'

const MOST_STRETCHES = 40
const STEP_BACK_MS = 2_000
const STEP_AHEAD_MS = 5_000
/** The Date header counts seconds, and an answer takes its way: less than this is no news. */
const FINE_MS = 1_500
const SLOWEST_ANSWER_MS = 5_000
const DRIFT_MS = 30_000
const WRONG_MS = 60_000
/** A fresh code may be a minute old: so much apart codes of now are off. */
const ALIKE_MS = 60_000
const YEARS_MS = 5 * 366 * 86_400_000

/**
 * What time it is, although the device's clock may be hours off, leap back or stand in 2070. Each scan remembers the
 * stretch in which it was taken, so that a skew measured later still mends its time.
 */
export class Clock {
  readonly #device: () => number
  readonly #steady: () => number
  readonly #built: number
  #stretches: Stretch[]
  #latest: number
  #mark: { device: number; steady: number }
  #leapt: ClockTrouble | null = null
  /** By how much the codes of people were off since the server was last heard. */
  #off = new Map<string, number>()

  /** `steady` never leaps; `built` is when this program was made: no honest clock shows less. */
  constructor(
    kept: ClockRecord | undefined,
    { device = Date.now, steady = () => performance.now(), built = 0 } = {},
  ) {
    this.#device = device
    this.#steady = steady
    this.#built = built
    this.#mark = { device: device(), steady: steady() }
    this.#stretches = kept?.stretches ?? []
    this.#latest = kept?.latest ?? 0
    // While nobody looked a battery may have died and the clock have gone back to where it was made.
    const wentBack = this.#mark.device < this.#latest - STEP_BACK_MS
    const cameBack = this.#mark.device > this.#latest + YEARS_MS && this.#latest > 0
    const gap = this.#mark.device - this.#latest
    if (wentBack || cameBack) {
      this.#begin(null)
      this.#leapt = wentBack ? 'back' : 'ahead'
    } else if (this.#stretches.at(-1)?.skew !== null || gap > STEP_AHEAD_MS) {
      // Somebody may have set the clock: it counts as even until measured, but tells nothing of what was before.
      this.#begin(0, gap)
    }
    this.#latest = this.#mark.device
  }

  get record(): ClockRecord {
    return { stretches: this.#stretches, latest: this.#latest }
  }

  /** The stretch of now. To be asked at each scan and from time to time: it is how a leap is noticed. */
  get stretch(): string {
    const device = this.#device()
    const steady = this.#steady()
    const off = device - this.#mark.device - (steady - this.#mark.steady)
    // A device that slept looks as if its clock had gone ahead: then its skew is as before, and so it counts until measured.
    if (off < -STEP_BACK_MS) {
      this.#begin(off)
      this.#leapt = 'back'
    } else if (off > STEP_AHEAD_MS) this.#begin(0, off)
    this.#mark = { device, steady }
    this.#latest = device
    return this.#last.id
  }

  get deviceNow(): number {
    return this.#device()
  }

  now(): number {
    const stretch = this.stretch
    return this.#mark.device + this.skewOf(stretch).skew
  }

  get trouble(): ClockTrouble | null {
    const { skew, sure } = this.skewOf(this.stretch)
    if (sure) return Math.abs(skew) > WRONG_MS ? 'wrong' : null
    if (this.#mark.device > this.#built + YEARS_MS && this.#built > 0) return 'ahead'
    if (this.#mark.device < this.#built) return 'back'
    return this.#leapt ?? (this.#stretches.some(({ leap }) => leap === null) ? 'unsure' : null)
  }

  /**
   * Somebody's code is good but for its hour: this clock would be off by so much. Where the server was not heard since
   * the clock may have leapt, it counts as even on trust alone, and two people whose codes are off alike are trusted
   * more. True: from now on nobody knows the time.
   */
  contradict(who: string, off: number): boolean {
    this.stretch
    if (this.#last.skew !== null) return false
    const isAlike = [...this.#off].some(([other, its]) => other !== who && Math.abs(its - off) <= ALIKE_MS)
    this.#off.set(who, off)
    if (isAlike) (this.#gapFor(off) ?? this.#last).leap = null
    return isAlike
  }

  /** What has to be added to the device's clock of that stretch. Not sure: the server was never asked. */
  skewOf(id: string): { skew: number; sure: boolean } {
    const at = this.#stretches.findIndex((one) => one.id === id)
    if (at < 0) return { skew: 0, sure: false }
    let sum = 0
    for (let later = at; later < this.#stretches.length; later++) {
      const { skew, leap } = this.#stretches[later]!
      if (later > at) {
        if (leap === null) break
        sum += leap
      }
      if (skew !== null) return { skew: skew + sum, sure: true }
    }
    sum = 0
    for (let earlier = at; earlier > 0; earlier--) {
      const { leap } = this.#stretches[earlier]!
      if (leap === null) break
      sum += leap
      const before = this.#stretches[earlier - 1]!.skew
      if (before !== null) return { skew: before - sum, sure: true }
    }
    return { skew: 0, sure: false }
  }

  /** An answer of the server, asked at `from` and here at `to` of the device's clock, says that it is `served` there. */
  measure(served: number, from: number, to: number): void {
    if (!Number.isFinite(served) || to < from || to - from > SLOWEST_ANSWER_MS) return
    // A leap since the last look begins a stretch of its own, to which this measure belongs.
    this.stretch
    const measured = Math.round(served + 500 - (from + to) / 2)
    const skew = Math.abs(measured) <= FINE_MS ? 0 : measured
    const { skew: known } = this.#last
    this.#leapt = null
    this.#off.clear()
    if (known !== null && Math.abs(known - skew) <= FINE_MS) return
    // Somebody set the clock unnoticed: what was taken before keeps its own skew.
    if (known !== null && Math.abs(known - skew) > DRIFT_MS) this.#begin(known - skew)
    else if (known === null) this.#placeLeap(skew)
    this.#last.skew = skew
  }

  /** Where the clock is further ahead than it was trusted to be, it was set in the shortest gap that hides so much. */
  #placeLeap(measured: number): void {
    const { skew, sure } = this.skewOf(this.#last.id)
    const leap = skew - measured
    const begun = sure && leap > DRIFT_MS ? this.#gapFor(leap) : undefined
    if (begun) begun.leap = leap
  }

  /** What began after the shortest gap, since the server was last heard, in which the clock may have been set ahead so far. */
  #gapFor(leap: number): Stretch | undefined {
    const heard = this.#stretches.map((one) => one.skew !== null).lastIndexOf(true)
    return this.#stretches
      .slice(heard + 1)
      .filter(({ gap }) => gap + DRIFT_MS >= leap)
      .sort((one, other) => one.gap - other.gap)[0]
  }

  /** `fetch` that reads the server's clock on the way. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const from = this.#device()
    const answer = await globalThis.fetch(input, init)
    const to = this.#device()
    const date = answer.headers.get('date')
    if (date) this.measure(Date.parse(date), from, to)
    return answer
  }

  get #last(): Stretch {
    return this.#stretches[this.#stretches.length - 1]!
  }

  #begin(leap: number | null, gap = 0): void {
    this.#off.clear()
    const id = `${this.#mark.device.toString(36)}-${this.#stretches.length.toString(36)}-${Math.random().toString(36).slice(2, 8)}`
    const stretches: Stretch[] = [...this.#stretches, { id, skew: null, leap, gap }]
    while (stretches.length > MOST_STRETCHES) {
      const { skew } = stretches.shift()!
      const [next] = stretches
      // What goes hands on what it knows.
      if (skew !== null && next?.skew === null && next.leap !== null) next.skew = skew - next.leap
    }
    this.#stretches = stretches
  }
}

const KEY = 'lachan.gate.clock'

/** The clock of this device, with what earlier pages found out about it. */
export function openClock(built: number): Clock {
  let kept: ClockRecord | undefined
  try {
    const text = localStorage.getItem(KEY)
    kept = text ? (JSON.parse(text) as ClockRecord) : undefined
  } catch {
    // Without storage the clock is measured anew.
  }
  return new Clock(kept && Array.isArray(kept.stretches) ? kept : undefined, { built })
}

export function keepClock(clock: Clock): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(clock.record))
  } catch {
    // As above.
  }
}
