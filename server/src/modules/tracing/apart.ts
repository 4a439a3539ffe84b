import { DAY_MS, type PlaceDay, type PlaceDays, SHORT_MS } from '../visits/index.ts'
import type { Seed } from './contacts.ts'
import { type Band, type Columns, longer } from './pairs.ts'

/** Moments are counted from the middle of so many days, in 32 bits. */
export const MOST_DAYS = 40

/** The stays at each place; of one person at one place none overlaps another. */
type There = Columns & { at: Map<number, Band[]> }

/** What seeds did, cut to when each is sought and with the air that they leave behind, and what others did. */
export class Apart {
  readonly seeds: Side
  readonly others: Side
  /** By person: since when and until when each is sought, from the middle on; others are always, other known ones never. */
  readonly #windows: Int32Array
  readonly #middle: number

  constructor(seeds: readonly Seed[], known: ReadonlySet<number>, middle: number) {
    this.#middle = middle
    this.seeds = new Side(middle)
    this.others = new Side(middle)
    let most = 0
    for (const id of known) most = Math.max(most, id)
    this.#windows = new Int32Array(2 * most + 2).fill(ALWAYS)
    for (const id of known) this.#windows[2 * id] = NEVER
    for (const { personId, from, to } of seeds) {
      this.#windows[2 * personId] = from - middle * DAY_MS
      this.#windows[2 * personId + 1] = to - middle * DAY_MS
    }
  }

  take(day: PlaceDays, airingOf: (placeId: number) => number | undefined) {
    const { person, since, until } = day
    const windows = this.#windows
    const seeds = this.seeds.open(person.length)
    const others = this.others.open(person.length)
    for (const of of day.days) {
      const airing = airingOf(of.placeId)
      if (airing === undefined) continue
      const midnight = (of.day - this.#middle) * DAY_MS
      seeds.begin(of.placeId)
      others.begin(of.placeId)
      for (let n = of.first; n < of.first + of.count; n++) {
        const isShort = n < of.first + of.short
        const id = Math.abs(person[n]!)
        const from = midnight + since[n]!
        const to = midnight + until[n]!
        const begin = 2 * id < windows.length ? windows[2 * id]! : ALWAYS
        if (begin === ALWAYS) others.add(id, from, to, isShort)
        else if (begin < to) {
          const end = windows[2 * id + 1]!
          if (from < end && begin < end)
            seeds.add(id, Math.max(begin, from), Math.min(end, to) + airing, isShort)
        }
      }
    }
    seeds.close()
    others.close()
  }
}

/** The stays of one place, by when they begin. */
class Merged {
  count = 0
  person = new Int32Array(1024)
  since = new Int32Array(1024)
  until = new Int32Array(1024)
  /** By person: where the latest stay may be. */
  readonly #latest: Int32Array

  constructor(mostPerson: number) {
    this.#latest = new Int32Array(mostPerson + 1)
  }

  clear() {
    this.count = 0
  }

  /** The next day. */
  take({ columns: { person, since, until }, of }: { columns: PlaceDays; of: PlaceDay }) {
    const room = this.count + of.count
    if (room > this.person.length) {
      this.person = longer(this.person, 2 * room)
      this.since = longer(this.since, 2 * room)
      this.until = longer(this.until, 2 * room)
    }
    const end = of.first + of.count
    const long = of.first + of.short
    for (let short = of.first, next = long; short < long || next < end; ) {
      const n = next === end || (short < long && since[short]! <= since[next]!) ? short++ : next++
      const id = person[n]!
      const latest = this.#latest[id]!
      if (latest < this.count && this.person[latest] === id && since[n]! <= this.until[latest]!) {
        if (until[n]! > this.until[latest]!) this.until[latest] = until[n]!
        continue
      }
      this.#latest[id] = this.count
      this.person[this.count] = id
      this.since[this.count] = since[n]!
      this.until[this.count++] = until[n]!
    }
  }
}

/** A place's stays up to so long are kept apart from longer ones, so that few are looked at in vain. */
const BANDS = [SHORT_MS, Number.POSITIVE_INFINITY]

/** The place of each in the list, by person. */
export function ranksOf(people: readonly number[]) {
  let most = 0
  for (const id of people) most = Math.max(most, id)
  const ranks = new Int32Array(most + 1)
  for (const [rank, id] of people.entries()) ranks[id] = rank
  return ranks
}

const ALWAYS = -(2 ** 31)
const NEVER = 2 ** 31 - 1

/** Stays of one side, of a day after the other, and there by place; the short ones of a day and a place come first. */
export class Side {
  /** No person has a greater number. */
  mostPerson = 0
  readonly #middle: number
  readonly #days: PlaceDays[] = []
  #day: PlaceDays = {
    days: [],
    person: new Int32Array(0),
    since: new Int32Array(0),
    until: new Int32Array(0),
  }
  #part: PlaceDay = { day: 0, placeId: 0, first: 0, short: 0, count: 0 }
  #count = 0

  constructor(middle: number) {
    this.#middle = middle
  }

  open(room: number) {
    const [person, since, until] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)]
    this.#day = { days: [], person, since, until }
    this.#count = 0
    return this
  }

  begin(placeId: number) {
    this.#part = { day: this.#middle, placeId, first: this.#count, short: 0, count: 0 }
    this.#day.days.push(this.#part)
  }

  add(id: number, from: number, to: number, isShort: boolean) {
    const { person, since, until } = this.#day
    const part = this.#part
    const begin = isShort ? part.first : part.first + part.short
    let at = this.#count++
    for (; at > begin && since[at - 1]! > from; at--) {
      person[at] = person[at - 1]!
      since[at] = since[at - 1]!
      until[at] = until[at - 1]!
    }
    person[at] = id
    since[at] = from
    until[at] = to
    part.count++
    if (isShort) part.short++
    if (id > this.mostPerson) this.mostPerson = id
  }

  close() {
    const { days, person, since, until } = this.#day
    const trim = (column: Int32Array) => column.slice(0, this.#count)
    this.#days.push({ days, person: trim(person), since: trim(since), until: trim(until) })
  }

  /** Those who were at the same places come near each other, as the memory likes it. */
  people(): number[] {
    const places = new Int32Array(this.mostPerson + 1)
    for (const { columns, of } of this.#parts())
      for (let n = of.first; n < of.first + of.count; n++) places[columns.person[n]!] = of.placeId
    const people: number[] = []
    for (let id = 0; id <= this.mostPerson; id++) if (places[id]) people.push(id)
    return people.sort((one, other) => places[one]! - places[other]! || one - other)
  }

  /** By place, and there by day. */
  #parts() {
    return this.#days
      .flatMap((columns) => columns.days.map((of) => ({ columns, of })))
      .sort(({ of: one }, { of: other }) => one.placeId - other.placeId)
  }

  /** All the days of a place together; what somebody did there that overlaps or touches is one. */
  byPlace() {
    const parts = this.#parts()
    const room = parts.reduce((sum, { of }) => sum + of.count, 0)
    const there: There = {
      at: new Map(),
      origin: this.#middle * DAY_MS,
      person: new Int32Array(room),
      since: new Int32Array(room),
      until: new Int32Array(room),
    }
    const merged = new Merged(this.mostPerson)
    let count = 0
    for (let begin = 0, end = 0; begin < parts.length; begin = end) {
      const { placeId } = parts[begin]!.of
      merged.clear()
      for (; parts[end]?.of.placeId === placeId; end++) merged.take(parts[end]!)
      const rows = merged.count
      const bands: Band[] = []
      for (const [band, most] of BANDS.entries()) {
        const least = BANDS[band - 1] ?? 0
        const first = count
        let longest = 0
        for (let n = 0; n < rows; n++) {
          const length = merged.until[n]! - merged.since[n]!
          if (length <= least || length > most) continue
          there.person[count] = merged.person[n]!
          there.since[count] = merged.since[n]!
          there.until[count++] = merged.until[n]!
          if (length > longest) longest = length
        }
        if (first < count) bands.push({ first, end: count, longest })
      }
      there.at.set(placeId, bands)
    }
    return there
  }

  /** Of people in a list, by place and time: those of the person at `rank` begin at `offsets[rank]`. */
  byPerson(people: readonly number[]) {
    const ranks = ranksOf(people)
    const offsets = new Int32Array(people.length + 1)
    for (const { person } of this.#days) for (const id of person) offsets[ranks[id]! + 1]!++
    for (let rank = 0; rank < people.length; rank++) offsets[rank + 1]! += offsets[rank]!
    const room = offsets.at(-1)!
    const [place, since, until] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)]
    const next = offsets.slice()
    for (const { columns, of } of this.#parts())
      for (let n = of.first; n < of.first + of.count; n++) {
        const rank = ranks[columns.person[n]!]!
        let to = next[rank]!++
        place[to] = of.placeId
        // The short stays of a day come before the long ones.
        for (
          ;
          to > offsets[rank]! && place[to - 1] === of.placeId && since[to - 1]! > columns.since[n]!;
          to--
        ) {
          since[to] = since[to - 1]!
          until[to] = until[to - 1]!
        }
        since[to] = columns.since[n]!
        until[to] = columns.until[n]!
      }
    return { offsets, place, since, until }
  }
}
