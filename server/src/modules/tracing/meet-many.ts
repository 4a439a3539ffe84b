import type { Sql } from '../../platform/database.ts'
import { dayNumber, readEachDay } from '../visits/index.ts'
import { airingAt, longestAiring } from './airing.ts'
import { Apart, ranksOf, type Side } from './apart.ts'
import { Contacts, type MeetOptions, type Seed } from './contacts.ts'
import { Pairs } from './pairs.ts'

/**
 * One hop from thousands, who together were almost everywhere: every place of the days is read once, and what seeds did is
 * told apart from what others did. Then whoever are fewer are gone through: the seeds, each with everybody whom they met,
 * or the others, each with the seeds whom they met. Both say the same. All seeds are known.
 */
export async function meetMany(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: MeetOptions,
): Promise<Contacts> {
  const contacts = new Contacts(options)
  const first = seeds.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY)
  const last = seeds.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY)
  if (first >= last) return contacts
  const [firstDay, lastDay] = [dayNumber(first), dayNumber(last + longestAiring(options) - 1)]
  const apart = new Apart(seeds, known, (firstDay + lastDay + 1) >> 1)
  const airing = await airingAt(sql, 'everywhere', options)
  for await (const day of readEachDay(sql, firstDay, lastDay, options)) apart.take(day, airing)
  const others = apart.others.people()
  if (seeds.length <= others.length) {
    const people = seeds.map(({ personId }) => personId)
    forEachWith(people, apart.seeds, apart.others, (pairs, rank) => contacts.add(seeds[rank]!, pairs))
  } else {
    const ranks = ranksOf(seeds.map(({ personId }) => personId))
    forEachWith(others, apart.others, apart.seeds, (pairs, rank) =>
      contacts.addOne(others[rank]!, pairs, ranks),
    )
  }
  return contacts
}

/** Each of the people with those of the other side whom they met. */
function forEachWith(
  people: readonly number[],
  own: Side,
  side: Side,
  take: (pairs: Pairs, rank: number) => void,
) {
  const pairs = new Pairs()
  pairs.leaveOut(side.mostPerson, new Set())
  const there = side.byPlace()
  const { offsets, place, since, until } = own.byPerson(people)
  for (const rank of people.keys()) {
    pairs.begin(people[rank]!)
    // What was looked through once is not looked through again.
    let [last, seen] = [-1, 0]
    for (let at = offsets[rank]!; at < offsets[rank + 1]!; at++) {
      const id = place[at]!
      const from = id === last ? Math.max(since[at]!, seen) : since[at]!
      if (from < until[at]!)
        for (const band of there.at.get(id) ?? []) pairs.meetApart(there, band, from, until[at]!)
      seen = id === last ? Math.max(seen, until[at]!) : until[at]!
      last = id
    }
    take(pairs, rank)
  }
}
