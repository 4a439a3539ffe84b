import type { AiringByVentilation } from './airing.ts'
import { longer, PAIR, type Pairs } from './pairs.ts'

/** Somebody whose contacts are sought, and in which window, in milliseconds. The order of seeds settles ties. */
export type Seed = { personId: number; from: number; to: number }

export type MeetOptions = {
  minOverlapSeconds: number
  airingSeconds: number
  /** By how a place is aired; in place of the same everywhere. */
  airingByVentilation?: AiringByVentilation | undefined
  /** In place of the default stay of each kind of place. */
  defaultStaySeconds?: number | undefined
  /** In which places close. */
  timeZone: string
  /** Whoever has not left a place is not known to be there any later. */
  now?: Date | undefined
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

/** What somebody shared with a seed at one place. */
export type Piece = { place: number; from: number; to: number; estimated: boolean }
export type Explain = (wanted: ReadonlySet<number>) => Map<number, Piece[]>

/** Of a contact: whole seconds with `via`; milliseconds since 1970. */
const CONTACT = { via: 0, seconds: 1, first: 2, last: 3, width: 4 } as const

/**
 * Who was met for long enough by any of the seeds that were added: in columns, by the order in which they were met, because
 * a thousand cases have millions of them.
 */
export class Contacts {
  count = 0
  person = new Int32Array(0)
  #cells = new Float64Array(0)
  readonly #options: MeetOptions
  readonly #exposures = new Map<number, Exposure[]>()
  /** In which order the seeds came. */
  readonly #ranks = new Map<number, number>()
  /** By person: the how many-th of the contacts; known from the second seed on. */
  #slots = new Int32Array(0)

  constructor(options: MeetOptions) {
    this.#options = options
  }

  add({ personId: seed }: Seed, pairs: Pairs, explain?: Explain) {
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
      const [first, last] = [cells[pair + PAIR.first]!, cells[pair + PAIR.last]!]
      const at = slots ? (slots[id]! - 1) * CONTACT.width : -1
      if (at < 0) {
        this.#push(id, seed, seconds, first, last)
        if (slots) slots[id] = this.count
        continue
      }
      const kept = this.#cells
      if (seconds > kept[at + CONTACT.seconds]!) {
        kept[at + CONTACT.seconds] = seconds
        kept[at + CONTACT.via] = seed
      }
      if (first < kept[at + CONTACT.first]!) kept[at + CONTACT.first] = first
      if (last > kept[at + CONTACT.last]!) kept[at + CONTACT.last] = last
    }
    if (explain && qualified.size > 0) this.#explain(seed, explain(qualified))
  }

  /** Somebody who met seeds, each of them a pair with that person. */
  addOne(personId: number, { count, cells }: Pairs, rankOf: Int32Array) {
    const least = Math.max(1, this.#options.minOverlapSeconds * 1000)
    let [via, most, earliest, latest] = [0, 0, Number.POSITIVE_INFINITY, 0]
    for (let pair = 0; pair < count * PAIR.width; pair += PAIR.width) {
      if (cells[pair + PAIR.sum]! < least) continue
      const seed = cells[pair + PAIR.person]!
      const seconds = Math.floor(cells[pair + PAIR.sum]! / 1000)
      if (via === 0 || seconds > most || (seconds === most && rankOf[seed]! < rankOf[via]!)) {
        via = seed
        most = seconds
      }
      earliest = Math.min(earliest, cells[pair + PAIR.first]!)
      latest = Math.max(latest, cells[pair + PAIR.last]!)
    }
    if (via === 0) return
    if (this.count === this.person.length) this.#grow(2 * this.count + 1024)
    this.#push(personId, via, most, earliest, latest)
  }

  #push(personId: number, via: number, seconds: number, first: number, last: number) {
    const at = this.count * CONTACT.width
    this.person[this.count++] = personId
    this.#cells[at + CONTACT.via] = via
    this.#cells[at + CONTACT.seconds] = seconds
    this.#cells[at + CONTACT.first] = first
    this.#cells[at + CONTACT.last] = last
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
    this.#grow(this.count === 0 ? wanted : 2 * wanted)
  }

  #grow(room: number) {
    this.person = longer(this.person, room)
    this.#cells = longer(this.#cells, room * CONTACT.width)
  }

  /** Some of them, in columns. */
  columns(from = 0, until = this.count) {
    const ranks = Array.from({ length: Math.min(until, this.count) - from }, (_, at) => from + at)
    const cells = (which: number) => ranks.map((at) => this.#cells[at * CONTACT.width + which]!)
    return {
      person: ranks.map((at) => this.person[at]!),
      via: cells(CONTACT.via),
      seconds: cells(CONTACT.seconds),
      first: cells(CONTACT.first),
      last: cells(CONTACT.last),
    }
  }

  /** The longest time first. */
  inOrder(): Met[] {
    const { person, via, seconds, first, last } = this.columns()
    return person
      .map((personId, at) => ({
        personId,
        viaId: via[at]!,
        overlapSeconds: seconds[at]!,
        firstAt: new Date(first[at]!),
        lastAt: new Date(last[at]!),
        exposures: this.exposuresOf(personId),
      }))
      .sort((one, other) => other.overlapSeconds - one.overlapSeconds || one.personId - other.personId)
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
