import type { Sql } from '../../platform/database.ts'
import { listPeopleById } from '../people/queries.ts'
import { LONGEST_USUAL_SECONDS, lookBack, WEEKLY_CLASSES } from '../visits/rules.ts'

/**
 * Who was together with whom, from the stays that the visits module publishes.
 *
 * Stays are half-open: touching is no overlap, and a stay of no length overlaps nothing (but it is a check-in).
 * Durations are exact to the microsecond until they are summed; the sum is then cut to whole seconds. So a pair
 * qualifies by its exact time, and the seconds of exposures may add up to a little less than the pair's.
 */
export type TraceParameters = {
  person: number
  from: Date
  to: Date
  minOverlapSeconds?: number | undefined
  airingSeconds?: number | undefined
  hops?: number | undefined
  latencyHours?: number | undefined
  /** In place of the default stay of each kind of place. */
  defaultStaySeconds?: number | undefined
  /** In which places close. */
  timeZone: string
}

type Exposure = {
  placeId: number
  withId: number
  from: Date
  to: Date
  seconds: number
  estimated: boolean
}

export type TracedContact = {
  personId: number
  hop: number
  /** The person of the hop before with whom the time was longest; null in hop 1. */
  viaId: number | null
  overlapSeconds: number
  firstAt: Date
  lastAt: Date
  exposures: Exposure[]
}

/** Somebody whose contacts are sought, and in which window. Moments are text: a Date would cut microseconds. */
export type Seed = { personId: number; from: string; to: string }

export type HopParameters = {
  minOverlapSeconds: number
  airingSeconds: number
  defaultStaySeconds?: number | undefined
  timeZone: string
}

/** A merged overlap of a qualifying pair; `together` is the time of the pair in all places, in whole seconds. */
export type Piece = {
  personId: number
  withId: number
  /** The place of `withId` among the seeds. */
  rank: number
  placeId: number
  a: Date
  b: Date
  seconds: number
  estimated: boolean
  together: number
}

/**
 * One hop, as a query with the columns of Piece: everybody who was long enough with one of the seeds, but `known`.
 *
 * `offset 0` keeps each look-up in its loop, whatever the planner believes: by the person's index for the seeds'
 * own stays, then by the place's index, one short range for each class of length.
 */
export function hop(
  sql: Sql,
  seeds: readonly Seed[],
  known: readonly number[],
  { minOverlapSeconds, airingSeconds, timeZone, defaultStaySeconds = undefined }: HopParameters,
) {
  const stay = sql`coalesce(${defaultStaySeconds ?? null}::int, p.default_stay_seconds) * interval '1 second'`
  // The bounds of all seeds together are said as they are, so that weeks in which nothing can be found are not planned.
  const since = seeds.reduce((first, { from }) => Math.min(first, momentOf(from)), Infinity) - 1000
  const until =
    seeds.reduce((last, { to }) => Math.max(last, momentOf(to)), -Infinity) + (airingSeconds + 1) * 1000
  const between = (column: string, mostSeconds: number) =>
    sql`${sql(column)} > ${new Date(since - mostSeconds * 1000)} and ${sql(column)} < ${new Date(until)}`
  const longestUsual = Math.max(LONGEST_USUAL_SECONDS, defaultStaySeconds ?? 0)
  const airing = sql`${airingSeconds}::int * interval '1 second'`

  const othersOfLength = lookBack.map(
    (mostSeconds, length) => sql`
      select r.person_id, r.arrived_at, r.left_at, false as estimated from recorded_stays r
      where r.place_id = m.place_id and r.length = ${length}::smallint and ${between('r.arrived_at', mostSeconds)}
        and r.arrived_at > m.a - ${mostSeconds}::int * interval '1 second' and r.arrived_at < m.b
        and r.left_at > m.a and r.left_at > r.arrived_at
      union all`,
  )

  const ownOf = (classes: readonly number[]) => {
    const most = lookBack[classes.at(-1)!]!
    return sql`
      select r.place_id, r.arrived_at, r.left_at from recorded_stays r
      where r.person_id = s.person_id and r.length = any(${classes as number[]}::smallint[]) and ${between('r.arrived_at', most)}
        and r.arrived_at > s.since - ${most}::int * interval '1 second' and r.arrived_at < s.until
        and r.left_at > s.since and r.left_at > r.arrived_at`
  }
  const classes = lookBack.map((_, length) => length)
  const ownStays = sql`${ownOf(classes.slice(0, WEEKLY_CLASSES))} union all ${ownOf(classes.slice(WEEKLY_CLASSES))}`

  return sql<Piece[]>`
    with seed as materialized (
      select person_id, since::timestamptz, until::timestamptz, rank::int
      from unnest(${seeds.map((s) => s.personId)}::int[], ${seeds.map((s) => s.from)}::text[],
        ${seeds.map((s) => s.to)}::text[]) with ordinality as given (person_id, since, until, rank)
      where since::timestamptz < until::timestamptz
    ),
    own as (
      select s.rank, s.person_id, s.since, s.until, v.place_id, v.arrived_at, v.left_at, false as estimated
      from seed s cross join lateral (
        ${ownStays}
        offset 0
      ) v
      union all
      select s.rank, s.person_id, s.since, s.until, v.place_id, v.arrived_at, v.left_at, true
      from seed s cross join lateral (
        select u.place_id, u.arrived_at,
          estimated_end(u.arrived_at, ${stay}, u.elsewhere_at, p.openings, p.closed_at, ${timeZone}) as left_at
        from unfinished_stays u join place_facts p on p.place_id = u.place_id
        where u.person_id = s.person_id and ${between('u.arrived_at', longestUsual)} and u.arrived_at < s.until
        offset 0
      ) v
      where v.left_at > s.since and v.left_at > v.arrived_at
    ),
    mine as materialized (
      select o.rank, o.person_id, o.place_id, greatest(o.arrived_at, o.since) as a,
        least(o.left_at, o.until) + ${airing} as b, o.estimated, ${stay} as usual, p.openings, p.closed_at
      from own o left join place_facts p on p.place_id = o.place_id
    ),
    met as (
      select m.rank, m.person_id as with_id, m.place_id, o.person_id, greatest(o.arrived_at, m.a) as a,
        least(o.left_at, m.b) as b, m.estimated or o.estimated as estimated
      from mine m cross join lateral (
        ${othersOfLength}
        select e.person_id, e.arrived_at, e.left_at, true from (
          select u.person_id, u.arrived_at,
            estimated_end(u.arrived_at, m.usual, u.elsewhere_at, m.openings, m.closed_at, ${timeZone}) as left_at
          from unfinished_stays u
          where u.place_id = m.place_id and ${between('u.arrived_at', longestUsual)}
            and u.arrived_at > m.a - m.usual and u.arrived_at < m.b
          offset 0
        ) e
        where e.left_at > m.a and e.left_at > e.arrived_at
        offset 0
      ) o
      where o.person_id not in (select unnest(${known as number[]}::int[]))
    ),
    piece as (
      select rank, with_id, person_id, place_id, min(a) as a, max(b) as b, bool_or(estimated) as estimated
      from (
        select *, count(*) filter (where apart) over (partition by rank, person_id, place_id order by a, b
          rows unbounded preceding) as island
        from (
          select *, a > max(b) over (partition by rank, person_id, place_id order by a, b
            rows between unbounded preceding and 1 preceding) as apart
          from met
        ) ordered
      ) numbered
      group by rank, with_id, person_id, place_id, island
    ),
    pair as (
      select *, floor(extract(epoch from sum(b - a) over (partition by rank, person_id)))::int as together from piece
    )
    select person_id, with_id, rank, place_id, a, b, floor(extract(epoch from b - a))::int as seconds, estimated, together
    from pair where together >= ${minOverlapSeconds}`
}

/** Of a moment as PostgreSQL or ISO 8601 writes it, in milliseconds. */
const momentOf = (text: string) => Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))

/** Refs for the order of seeds: the outside system's id, else our public one. Who has no record sorts by row. */
export async function refsOf(sql: Sql, ids: readonly number[]): Promise<Map<number, string>> {
  const people = ids.length === 0 ? [] : await listPeopleById(sql, ids)
  return new Map(people.map(({ id, ref, publicId }) => [id, ref ?? publicId]))
}

/** Seeds of the next hop, smallest ref first, so that a tie for `via` goes to the smallest. */
export async function inOrderOfRef(sql: Sql, seeds: readonly Seed[]): Promise<Seed[]> {
  const refs = await refsOf(
    sql,
    seeds.map((seed) => seed.personId),
  )
  const refOf = ({ personId }: Seed) => refs.get(personId) ?? ''
  return [...seeds].sort(
    (one, other) => compareText(refOf(one), refOf(other)) || one.personId - other.personId,
  )
}

export const compareText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/**
 * The contacts of a person in [from, to), hop by hop; within a hop the longest time first. One statement a hop.
 * Nobody appears twice: who was found in an earlier hop, or is the person asked about, is left out of later ones.
 */
export async function traceContacts(sql: Sql, parameters: TraceParameters): Promise<TracedContact[]> {
  const { person, from, to, hops = 1, latencyHours = 48, ...rest } = parameters
  const limits = {
    ...rest,
    minOverlapSeconds: rest.minOverlapSeconds ?? 900,
    airingSeconds: rest.airingSeconds ?? 0,
  }
  const until = to.toISOString()
  const known = [person]
  const contacts: TracedContact[] = []
  let seeds: Seed[] = [{ personId: person, from: from.toISOString(), to: until }]
  for (let n = 1; n <= hops && seeds.length > 0; n++) {
    const pieces = await sql<(Piece & { infectiousFrom: string })[]>`
      select *, (a + ${latencyHours}::float8 * interval '1 hour')::text as infectious_from
      from (${hop(sql, seeds, known, limits)}) found order by person_id, a, b, place_id, rank`
    const found = contactsOf(pieces, n)
    for (const contact of found) contacts.push(contact)
    if (n === hops) break
    const next = new Map<number, Seed>()
    for (const { personId, infectiousFrom } of pieces)
      if (!next.has(personId)) next.set(personId, { personId, from: infectiousFrom, to: until })
    for (const personId of next.keys()) known.push(personId)
    seeds = await inOrderOfRef(sql, [...next.values()])
  }
  return contacts
}

/** More time together; on a tie the smaller ref, which is the smaller rank. */
const isCloser = (piece: Piece, than: Piece) =>
  piece.together > than.together || (piece.together === than.together && piece.rank < than.rank)

/** Pieces in the order of person and time, as contacts in the order of time together. */
function contactsOf(pieces: readonly Piece[], hop: number): TracedContact[] {
  const contacts: TracedContact[] = []
  let longest: Piece | undefined
  for (const piece of pieces) {
    let contact = contacts.at(-1)
    if (contact?.personId !== piece.personId) {
      const { personId, a: firstAt, b: lastAt } = piece
      contact = { personId, hop, viaId: null, overlapSeconds: 0, firstAt, lastAt, exposures: [] }
      contacts.push(contact)
      longest = undefined
    }
    const { withId, placeId, a, b, seconds, estimated } = piece
    contact.exposures.push({ placeId, withId, from: a, to: b, seconds, estimated })
    if (b > contact.lastAt) contact.lastAt = b
    if (longest && !isCloser(piece, longest)) continue
    longest = piece
    contact.overlapSeconds = piece.together
    if (hop > 1) contact.viaId = withId
  }
  return contacts.sort(
    (one, other) => other.overlapSeconds - one.overlapSeconds || one.personId - other.personId,
  )
}
