import type { Sql } from '../../platform/database.ts'
import { DAY_MS, dayNumber, type PlaceDay, type PlaceDays, readWholeDays } from '../visits/index.ts'
import { airingAt, longestAiring } from './airing.ts'
import { Contacts, type MeetOptions, type Seed } from './contacts.ts'
import { Pairs } from './pairs.ts'

/**
 * One hop from thousands, who together were almost everywhere: every place of the days is read once. Then whoever are
 * fewer are gone through: the seeds, each with everybody whom they met, or those who are not known yet, each with the
 * seeds whom they met. Both say the same. All seeds are known.
 */
export async function meetMany(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
): Promise<Contacts> {
  const first = seeds.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY)
  const last = seeds.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY)
  if (first >= last) return new Contacts(options)
  const days = await readWholeDays(
    sql,
    dayNumber(first),
    dayNumber(last + longestAiring(options) - 1),
    options,
  )
  const airing = await airingAt(
    sql,
    new Set(days.flatMap(({ days }) => days.map(({ placeId }) => placeId))),
    options,
  )
  const everywhere = new Everywhere(days, airing)
  const others = everywhere.othersThan(known)
  return seeds.length <= others.length
    ? fromSeeds(everywhere, seeds, known, options)
    : fromOthers(everywhere, others, seeds, options)
}

function fromSeeds(
  everywhere: Everywhere,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
) {
  const contacts = new Contacts(options)
  const pairs = new Pairs()
  pairs.leaveOut(everywhere.people, known)
  const stays = everywhere.staysOf(seeds.map(({ personId }) => personId))
  for (const [rank, seed] of seeds.entries()) {
    pairs.begin(seed.personId)
    everywhere.forEachStay(stays, rank, seed, 'withAir', (at, from, to) => {
      for (const { columns, of } of everywhere.partsFrom(at, to)) {
        const midnight = of.day * DAY_MS
        if (from < midnight + DAY_MS)
          pairs.meet(columns, of, Math.max(0, from - midnight), Math.min(DAY_MS, to - midnight))
      }
    })
    contacts.add(seed, pairs)
  }
  return contacts
}

function fromOthers(
  everywhere: Everywhere,
  others: readonly number[],
  seeds: readonly Seed[],
  options: MeetOptions,
) {
  const contacts = new Contacts(options)
  const pairs = new Pairs()
  pairs.leaveOut(everywhere.people, new Set())
  const stays = everywhere.staysOf(others)
  const ranks = everywhere.keepSeeds(seeds)
  for (const [rank, personId] of others.entries()) {
    pairs.begin(personId)
    everywhere.forEachStay(stays, rank, always, 'alone', (at, from, to) => {
      for (const { columns, of, airing } of everywhere.partsUntil(at, from))
        pairs.meet(columns, of, from - of.day * DAY_MS, to - of.day * DAY_MS, airing)
    })
    contacts.addOne(personId, pairs, ranks)
  }
  return contacts
}

const always = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** What is known of one place on one day, in which columns, and for how long its air infects. */
type Part = { columns: PlaceDays; of: PlaceDay; airing: number }

/** Stays of people in a list, by place and time: those of the person at `rank` begin at `offsets[rank]`. */
type StaysOf = { offsets: Int32Array; part: Int32Array; since: Int32Array; until: Int32Array }

/** Every place on each of some days, but those where nobody becomes a contact. */
class Everywhere {
  /** No person has a greater number. */
  readonly people: number
  /** By place, and there by day. */
  readonly #parts: Part[]
  readonly #days: readonly PlaceDays[]

  constructor(days: readonly PlaceDays[], airingOf: (placeId: number) => number | undefined) {
    this.#days = days
    this.#parts = days
      .flatMap((columns) =>
        columns.days.flatMap((of) => {
          const airing = airingOf(of.placeId)
          return airing === undefined ? [] : [{ columns, of, airing }]
        }),
      )
      .sort(({ of: one }, { of: other }) => one.placeId - other.placeId || one.day - other.day)
    let people = 0
    for (const { person } of days) for (const id of person) people = Math.max(people, Math.abs(id))
    this.people = people
  }

  othersThan(known: ReadonlySet<number>): number[] {
    const isOther = new Uint8Array(this.people + 1)
    for (const { person } of this.#days) for (const id of person) isOther[Math.abs(id)] = 1
    for (const id of known) isOther[id] = 0
    const others: number[] = []
    for (let id = 0; id <= this.people; id++) if (isOther[id]) others.push(id)
    return others
  }

  /** The place of each in the list, by person; else -1. */
  #ranksOf(people: readonly number[]) {
    const ranks = new Int32Array(this.people + 1).fill(-1)
    for (const [rank, id] of people.entries()) if (id <= this.people) ranks[id] = rank
    return ranks
  }

  staysOf(people: readonly number[]): StaysOf {
    const ranks = this.#ranksOf(people)
    const offsets = new Int32Array(people.length + 1)
    for (const { columns, of } of this.#parts)
      for (let n = of.first; n < of.first + of.count; n++) {
        const rank = ranks[Math.abs(columns.person[n]!)]!
        if (rank >= 0) offsets[rank + 1]!++
      }
    for (let rank = 0; rank < people.length; rank++) offsets[rank + 1]! += offsets[rank]!
    const room = offsets.at(-1)!
    const [part, since, until] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)]
    const next = offsets.slice()
    for (const [at, { columns, of }] of this.#parts.entries())
      for (let n = of.first; n < of.first + of.count; n++) {
        const rank = ranks[Math.abs(columns.person[n]!)]!
        if (rank < 0) continue
        // The short stays of a day come before the long ones.
        let to = next[rank]!++
        for (; to > offsets[rank]! && part[to - 1] === at && since[to - 1]! > columns.since[n]!; to--) {
          since[to] = since[to - 1]!
          until[to] = until[to - 1]!
        }
        part[next[rank]! - 1] = at
        since[to] = columns.since[n]!
        until[to] = columns.until[n]!
      }
    return { offsets, part, since, until }
  }

  /** Somebody's time at places, cut to a window, with the air that they leave behind or without; nothing comes twice. */
  forEachStay(
    { offsets, part, since, until }: StaysOf,
    rank: number,
    window: { from: number; to: number },
    how: 'withAir' | 'alone',
    take: (at: number, from: number, to: number) => void,
  ) {
    let [place, seen] = [0, 0]
    for (let own = offsets[rank]!; own < offsets[rank + 1]!; own++) {
      const at = part[own]!
      const { of, airing } = this.#parts[at]!
      const begin = Math.max(window.from, of.day * DAY_MS + since[own]!)
      const left = Math.min(window.to, of.day * DAY_MS + until[own]!)
      if (begin >= left) continue
      const end = how === 'withAir' ? left + airing : left
      if (of.placeId !== place) seen = 0
      place = of.placeId
      if (seen < end) take(at, Math.max(begin, seen), end)
      seen = Math.max(seen, end)
    }
  }

  /** The days of a place from one on, until a moment. */
  *partsFrom(at: number, to: number) {
    const { placeId } = this.#parts[at]!.of
    for (
      let part = this.#parts[at];
      part?.of.placeId === placeId && part.of.day * DAY_MS < to;
      part = this.#parts[++at]
    )
      yield part
  }

  /** The days of a place until one, from the first on whose air may still be there at a moment. */
  *partsUntil(at: number, from: number) {
    const { placeId, day } = this.#parts[at]!.of
    const isWanted = (part: Part | undefined) =>
      part?.of.placeId === placeId && (part.of.day + 1) * DAY_MS + part.airing > from
    while (isWanted(this.#parts[at - 1])) at--
    for (
      let part = this.#parts[at];
      part && part.of.placeId === placeId && part.of.day <= day;
      part = this.#parts[++at]
    )
      yield part
  }

  /** Forgets all but the stays of seeds, cut to when each is sought. The rank of each seed, by person. */
  keepSeeds(seeds: readonly Seed[]) {
    const ranks = this.#ranksOf(seeds.map(({ personId }) => personId))
    for (const { columns, of } of this.#parts) {
      const { person, since, until } = columns
      const midnight = of.day * DAY_MS
      const long = of.first + of.short
      let [kept, begin] = [of.first, of.first]
      for (let n = of.first; n < of.first + of.count; n++) {
        if (n === long) {
          of.short = kept - of.first
          begin = kept
        }
        const id = Math.abs(person[n]!)
        const seed = seeds[ranks[id]!]
        if (!seed) continue
        const from = Math.max(since[n]!, seed.from - midnight)
        const to = Math.min(until[n]!, seed.to - midnight)
        if (from >= to) continue
        let at = kept++
        for (; at > begin && since[at - 1]! > from; at--) {
          person[at] = person[at - 1]!
          since[at] = since[at - 1]!
          until[at] = until[at - 1]!
        }
        person[at] = id
        since[at] = from
        until[at] = to
      }
      if (long === of.first + of.count) of.short = kept - of.first
      of.count = kept - of.first
    }
    return ranks
  }
}
