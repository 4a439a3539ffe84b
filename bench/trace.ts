import { type Contacts, meet, meetEach, type Seed } from '../server/src/modules/tracing/index.ts'
import { packDays } from '../server/src/modules/visits/place-days.ts'
import { simulate } from '../server/src/simulation/index.ts'
import { openLoader } from '../server/src/simulation/load.ts'
import { median, percentile, withCluster } from './cluster.ts'
import { type Cluster, foundTown, townOf } from './gates.ts'
import type { Measure, Settings } from './main.ts'
import { MemoryTrace } from './memory.ts'
import type { Stays } from './stays.ts'

const SIZE = 1_000_000
const DAYS = 21
/** Stays of a person and day in the simulated province, about. */
const A_DAY = 4
const FROM = '2026-01-05'
const WINDOW_DAYS = 14
const PERSONS = 60
const SPREADS = 3
/** Beyond so many stays the memory takes minutes for hop 3 of one. */
const LARGE = 20_000_000
const CASES = 1000
const LATENCY_HOURS = 48
const limits = { minOverlapSeconds: 900, airingSeconds: 1800, timeZone: 'Asia/Ho_Chi_Minh' }
const options = { ...limits, explain: false }

/**
 * Traces in a simulated province, as the service makes them, beside the same over typed arrays in memory and beside the
 * way of peers, who go through rows one by one. Every answer is compared with that of the memory.
 */
export async function trace({ size = SIZE, say }: Settings): Promise<Measure[]> {
  return withCluster(async (cluster) => {
    const { sql } = cluster
    const people = Math.round(size / (DAYS * A_DAY))
    say(`trace: a province of ${people.toLocaleString('en')} people, ${DAYS} days …`)
    const stays = await settle(cluster, people, Math.ceil(size * 1.4))
    const count = stays.count.toLocaleString('en')
    say(`trace: packing ${count} stays …`)
    const began = performance.now()
    const now = new Date((Date.parse(FROM) / 1000 + (DAYS + 4) * 86_400) * 1000)
    await packDays({ sql, now, services: { timeZone: limits.timeZone } })
    const packing = (performance.now() - began) / 1000
    await sql`vacuum (analyze) place_days, packed_days`
    const [{ bytes, rows }] = await sql<[{ bytes: number; rows: number }]>`
      select sum(pg_total_relation_size(inhrelid)) filter (where inhparent = 'place_days'::regclass)::float8 as bytes,
        sum(pg_total_relation_size(inhrelid)) filter (where inhparent <> 'place_days'::regclass)::float8 as rows
      from pg_inherits where inhparent in ('place_days'::regclass, 'visits_short'::regclass)`
    say('trace: the same in memory …')
    const memory = new MemoryTrace(stays)

    const to = Date.parse(`${FROM}T00:00:00+07:00`) + (DAYS - 1) * 86_400_000
    const from = to - WINDOW_DAYS * 86_400_000
    const step = Math.max(1, Math.floor(people / PERSONS))
    const persons = Array.from({ length: PERSONS }, (_, at) => 1 + ((at * step) % people))
    const inMemory = ({ personId, from, to }: Seed) => ({
      person: personId,
      from: from / 1000,
      to: to / 1000,
    })

    say('trace: one hop …')
    const [service, bound, contacts] = [[] as number[], [] as number[], [] as number[]]
    for (const round of ['warm', 'measured'])
      for (const person of persons) {
        const seed = { personId: person, from, to }
        const [milliseconds, found] = await timed(() => meet(sql, [seed], new Set([person]), options))
        const [inMemoryMs, expected] = await timed(() =>
          memory.hop([inMemory(seed)], new Set([person]), limits.minOverlapSeconds, limits.airingSeconds),
        )
        assertSame(columnsOf(found), expected)
        if (round === 'warm') continue
        service.push(milliseconds)
        bound.push(inMemoryMs)
        contacts.push(found.count)
      }

    say('trace: hops 2 and 3 …')
    const hops = [0, 1, 2].map(() => ({
      service: [] as number[],
      bound: [] as number[],
      people: [] as number[],
    }))
    for (const person of persons.slice(0, size > LARGE ? 1 : SPREADS)) {
      let seeds: Seed[] = [{ personId: person, from, to }]
      const known = new Set([person])
      let [spent, spentInMemory] = [0, 0]
      for (const hop of hops.keys()) {
        const [milliseconds, found] = await timed(() => meet(sql, seeds, known, options))
        const [inMemoryMs, expected] = await timed(() =>
          memory.hop(seeds.map(inMemory), known, limits.minOverlapSeconds, limits.airingSeconds),
        )
        assertSame(columnsOf(found), expected)
        spent += milliseconds
        spentInMemory += inMemoryMs
        const measured = hops[hop]!
        measured.service.push(spent)
        measured.bound.push(spentInMemory)
        measured.people.push(found.count)
        say(
          `trace: hop ${hop + 1} of p${person}: ${found.count.toLocaleString('en')} people, ${Math.round(spent)} ms`,
        )
        seeds = columnsOf(found)
          .map(([personId, , first]) => ({ personId, from: first + LATENCY_HOURS * 3_600_000, to }))
          .sort((one, other) => one.personId - other.personId)
        for (const { personId } of seeds) known.add(personId)
      }
    }

    say(`trace: ${CASES} cases at once …`)
    const every = Math.max(1, Math.floor(people / CASES))
    const cases = Array.from({ length: Math.min(CASES, people) }, (_, at) => ({
      personId: 1 + at * every,
      from,
      to,
    }))
    const many: number[] = []
    let pairs = 0
    for (let round = 0; round < 3; round++) {
      const [milliseconds, found] = await timed(() => meetEach(sql, cases, options))
      many.push(milliseconds)
      pairs = found.reduce((sum, { count }) => sum + count, 0)
    }
    const [manyInMemory, expectedPairs] = await timed(() =>
      memory.countPairs(cases.map(inMemory), limits.minOverlapSeconds, limits.airingSeconds),
    )
    if (pairs !== expectedPairs) throw new Error(`${pairs} pairs in the service, ${expectedPairs} in memory`)

    say('trace: an edited onset, and the way of peers …')
    const edited: number[] = []
    for (const person of persons.slice(0, 20)) {
      const seed = { personId: person, from: from - 2 * 86_400_000, to }
      const [milliseconds] = await timed(() => meet(sql, [seed], new Set([person]), options))
      edited.push(milliseconds)
    }
    const peers: number[] = []
    for (const person of persons.slice(0, SPREADS)) peers.push(await rowByRow(cluster, person, from, to))

    const sized = `${(stays.count / 1e6).toFixed(1)} M stays`
    const oneHop = median(service)
    return [
      {
        what: `one hop in the service, ${sized}`,
        value: oneHop,
        unit: 'ms',
        detail: `p95 ${percentile(service, 0.95).toFixed(1)} ms, ${Math.round(median(contacts))} contacts (bar at 10 M: 10 ms, p95 30 ms)`,
      },
      {
        what: 'the same in memory',
        value: median(bound),
        unit: 'ms',
        detail: `p95 ${percentile(bound, 0.95).toFixed(1)} ms`,
      },
      { what: 'service / memory', value: oneHop / median(bound), unit: '×', detail: 'bar: ≤ 25' },
      ...hops.slice(1).map(({ service, bound, people }, at) => ({
        what: `F1 → F${at + 2}, in all`,
        value: median(service),
        unit: 'ms',
        detail: `${median(people).toLocaleString('en')} F${at + 2}; in memory ${median(bound).toFixed(0)} ms (bar at 50 M: ${at ? 5000 : 1000} ms)`,
      })),
      {
        what: `${cases.length} cases at once, F1 of each`,
        value: median(many),
        unit: 'ms',
        detail: `${pairs.toLocaleString('en')} pairs; in memory ${manyInMemory.toFixed(0)} ms (bar at 50 M: 2,000 ms)`,
      },
      {
        what: 'another onset asked',
        value: median(edited),
        unit: 'ms',
        detail: `p95 ${percentile(edited, 0.95).toFixed(1)} ms (bar: 200 ms)`,
      },
      {
        what: 'row by row, as peers do',
        value: median(peers),
        unit: 'ms',
        detail: `${(median(peers) / oneHop).toFixed(0)} × the service`,
      },
      {
        what: 'packing',
        value: stays.count / packing,
        unit: 'stays/s',
        detail: `${packing.toFixed(1)} s in all`,
      },
      {
        what: 'packed, bytes a stay',
        value: bytes / stays.count,
        unit: 'bytes',
        detail: `rows and their indexes: ${(rows / stays.count).toFixed(0)} bytes`,
      },
    ]
  })
}

/** The province in the database and in columns: ids of people and places are those of the database, moments seconds. */
async function settle(cluster: Cluster, people: number, room: number): Promise<Stays> {
  const simulation = townOf(people, DAYS, FROM)
  const town = await foundTown(cluster, simulation, Math.min(people, 10))
  const ids = await cluster.sql<{ id: number }[]>`select id from people order by ref`
  const loader = await openLoader(cluster.sql, simulation, { asScans: false })
  const stays = {
    count: 0,
    people: Math.max(
      ...town.people.map(({ id }) => id),
      ids.reduce((most, { id }) => Math.max(most, id), 0),
    ),
    places: town.places.reduce((most, { id }) => Math.max(most, id), 0),
    person: new Int32Array(room),
    place: new Int32Array(room),
    arrived: new Int32Array(room),
    left: new Int32Array(room),
  }
  const midnight = Date.parse(`${FROM}T00:00:00+07:00`) / 1000
  for await (const part of simulate(simulation).stays) {
    await loader.add(part)
    for (let at = 0; at < part.count; at++) {
      const n = stays.count++
      stays.person[n] = ids[part.person[at]!]!.id
      stays.place[n] = town.places[part.place[at]!]!.id
      stays.arrived[n] = midnight + part.arrived[at]!
      stays.left[n] = midnight + part.left[at]!
    }
  }
  await loader.commit()
  loader.close()
  await cluster.sql`vacuum (analyze) visits, people, places`
  return stays
}

async function timed<T>(work: () => T | Promise<T>): Promise<[milliseconds: number, answer: T]> {
  const began = performance.now()
  const answer = await work()
  return [performance.now() - began, answer]
}

type Found = [personId: number, overlapSeconds: number, first: number]

const columnsOf = (contacts: Contacts) => {
  const { person, seconds, first } = contacts.columns()
  return person.map((id, at): Found => [id, seconds[at]!, first[at]!])
}

function assertSame(
  found: readonly Found[],
  expected: ReadonlyMap<number, { seconds: number; first: number }>,
) {
  const differs = ([personId, overlapSeconds, first]: Found) => {
    const contact = expected.get(personId)
    return contact?.seconds !== overlapSeconds || contact.first * 1000 !== first
  }
  if (found.length !== expected.size || found.some(differs))
    throw new Error(`The service found ${found.length} contacts, the memory ${expected.size}, or others`)
}

/**
 * The way of tools that are built on an object mapper: the visits of the person, for each one everybody at the place on
 * those days, the overlap in the program, and an insert for each contact.
 */
async function rowByRow({ sql }: Cluster, person: number, from: number, to: number) {
  await sql`create table if not exists peer_contacts (person_id integer primary key, seconds integer)`
  await sql`truncate peer_contacts`
  const [milliseconds] = await timed(async () => {
    const own = await sql<{ placeId: number; arrivedAt: Date; leftAt: Date }[]>`
      select * from visits where person_id = ${person} and arrived_at < ${new Date(to)} and left_at > ${new Date(from)}`
    const seconds = new Map<number, number>()
    for (const { placeId, arrivedAt, leftAt } of own) {
      const end = new Date(Math.min(to, leftAt.getTime()) + limits.airingSeconds * 1000)
      const begin = new Date(Math.max(from, arrivedAt.getTime()))
      const others = await sql<{ personId: number; arrivedAt: Date; leftAt: Date }[]>`
        select * from visits where place_id = ${placeId} and arrived_at < ${end} and left_at > ${begin} and person_id <> ${person}`
      for (const other of others) {
        const overlap =
          Math.min(end.getTime(), other.leftAt.getTime()) -
          Math.max(begin.getTime(), other.arrivedAt.getTime())
        seconds.set(other.personId, (seconds.get(other.personId) ?? 0) + overlap / 1000)
      }
    }
    for (const [personId, together] of seconds)
      if (together >= limits.minOverlapSeconds)
        await sql`insert into peer_contacts values (${personId}, ${Math.floor(together)})`
  })
  return milliseconds
}
