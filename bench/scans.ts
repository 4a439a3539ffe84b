import { randomUUID } from 'node:crypto'
import { median, withCluster } from './cluster.ts'
import {
  assertNoneAside,
  bodyOf,
  type Cluster,
  foundTown,
  meetAll,
  openAllDay,
  type Running,
  residentOf,
  type Spent,
  type Step,
  startCounting,
  startPeer,
  startServer,
  townOf,
  Walk,
} from './gates.ts'
import { Load, load, type Reply, request } from './load.ts'
import type { Measure, Settings } from './main.ts'

const CONNECTIONS = 64
const GATES = 32
const BODY = 100
/** Single scans need no longer to tell what they cost; bodies run as long as is asked for. */
const LONGEST_SINGLE = 20
const ROUNDS = 4
const WARM = { connections: CONNECTIONS, seconds: 2 }
const PEOPLE = 10_000
/** What a gate kept so long without network is of a day that is packed already. */
const LATE_MS = 2 * 86_400_000

const refusal = ({ body }: Reply) => (body.includes('"refused":[]') ? undefined : 'refused')

/**
 * Scans as gates and phones send them, at the moment: one by one beside an empty reply of the same server and beside a bare
 * server that commits each request by itself, then in bodies of a hundred with codes of phones, signatures, entry decision
 * and all, while the memory of the server is watched; and bodies of scans of two days ago. Client, server and database
 * share the machine.
 */
export async function scans({ seconds, say }: Settings): Promise<Measure[]> {
  return withCluster(async (cluster) => {
    say(`scans: a town of ${PEOPLE.toLocaleString('en')} people, ${CONNECTIONS} connections …`)
    const town = await foundTown(cluster, townOf(PEOPLE, 1, '2026-01-05'), PEOPLE)
    await openAllDay(cluster)
    const walk = new Walk(town)
    const elsewhere = new Walk(town)
    const server = await startServer(cluster)
    const bare = await startPeer(cluster)
    const gate = { authorization: `Bearer ${town.gateKey}` }

    const byPhone = () => {
      const { person, place, direction, at } = walk.next({ alone: true })
      const body = `{"placeCode":"${place.code}","direction":"${direction}","at":"${at.toISOString()}"}`
      const headers = { authorization: `Bearer ${person.token}` }
      return request('PUT', `/api/v1/visits/${randomUUID()}`, headers, body)
    }
    const byGate = (size: number, walk: Walk) => async () =>
      request('POST', '/api/v1/scans', gate, await bodyOf(walk, size))
    const run = (
      port: number,
      next: () => string | Promise<string>,
      fault?: (reply: Reply) => string | undefined,
    ) => {
      const whole = new Load()
      return async (during: number) =>
        whole.join(
          await load({ port, connections: CONNECTIONS, seconds: during, next, ...(fault ? { fault } : {}) }),
        )
    }
    const ways = {
      empty: run(server.port, () => request('GET', '/healthz', {})),
      peer: run(bare.port, () => bareScan(elsewhere.next({ alone: true }))),
      phone: run(server.port, byPhone),
      one: run(server.port, byGate(1, walk), refusal),
    }
    try {
      const { port } = server
      const late = new Walk(town, { ago: LATE_MS })
      let sent = await meetAll(server, town, late)
      const bodiesOf = (walk: Walk, during: number) =>
        load({
          port,
          connections: GATES,
          seconds: during,
          next: byGate(BODY, walk),
          fault: refusal,
        })
      say(`scans: late bodies of ${BODY} …`)
      const lateBodies = await bodiesOf(late, Math.min(seconds, LONGEST_SINGLE))
      const warm = [await load({ ...WARM, port: server.port, next: byPhone })]
      warm.push(await load({ ...WARM, port: server.port, next: byGate(1, walk), fault: refusal }))
      await load({ ...WARM, port: bare.port, next: () => bareScan(elsewhere.next({ alone: true })) })
      // By turns, because whatever else the machine does is to disturb all of them alike.
      let [empty, peer, phone, one] = [new Load(), new Load(), new Load(), new Load()]
      for (let round = 0; round < ROUNDS; round++) {
        const during = Math.min(seconds, LONGEST_SINGLE) / ROUNDS
        empty = await ways.empty(during)
        peer = await ways.peer(during)
        phone = await ways.phone(during)
        one = await ways.one(during)
      }
      say(`scans: bodies of ${BODY} for ${seconds} s …`)
      const watch = watchMemory(server)
      const work = await startCounting(cluster, server)
      const bodies = await bodiesOf(walk, seconds)
      const memory = watch()
      const spent = await work()
      for (const { requests } of [...warm, phone, one]) sent += requests
      sent += (lateBodies.requests + bodies.requests) * BODY
      const [{ kept }] = await cluster.sql<[{ kept: number }]>`select count(*)::int as kept from scans`
      if (kept !== sent) throw new Error(`${sent} scans were acknowledged, ${kept} are there`)
      await assertNoneAside(cluster)
      return [
        { what: 'empty reply of the same server', value: empty.rate, unit: 'per s', detail: latency(empty) },
        {
          what: 'a scan a request and a commit, bare server',
          value: peer.rate,
          unit: 'per s',
          detail: latency(peer),
        },
        {
          what: `the same inserts by SQL alone, ${WRITERS} connections`,
          value: await insertBySql(cluster, walk, Math.min(seconds, 3)),
          unit: 'per s',
        },
        ...beside('one scan by a phone (PUT /visits)', phone, empty, peer),
        ...beside('one scan by a gate, code of a known phone', one, empty, peer),
        {
          what: `signed scans in bodies of ${BODY}, ${seconds} s`,
          value: bodies.rate * BODY,
          unit: 'scans/s',
          detail: `bar: ≥ 5,000, ${verdict(bodies.rate * BODY >= 5000)}; a body ${latency(bodies)}`,
        },
        ...costs(spent, bodies.requests * BODY),
        memory,
        {
          what: 'the same bodies, two days late',
          value: lateBodies.rate * BODY,
          unit: 'scans/s',
          detail: `a body ${latency(lateBodies)}`,
        },
        { what: 'acknowledged and stored, once each', value: kept, unit: 'scans' },
      ]
    } finally {
      await Promise.all([server.stop(), bare.stop()])
    }
  })
}

const bareScan = ({ person, place, direction, at }: Step) =>
  request(
    'POST',
    '/scans',
    {},
    JSON.stringify({
      id: randomUUID(),
      placeId: place.id,
      personId: person.id,
      direction: direction === 'in' ? 1 : -1,
      at: at.toISOString(),
    }),
  )

const verdict = (isMet: boolean) => (isMet ? 'met' : 'NOT met')
const latency = (load: Load) =>
  `p50 ${load.within(0.5).toFixed(1)} ms, p99 ${load.within(0.99).toFixed(1)} ms`

function beside(what: string, load: Load, empty: Load, peer: Load): Measure[] {
  const share = load.rate / empty.rate
  const gain = load.rate / peer.rate
  return [
    {
      what,
      value: load.rate,
      unit: 'per s',
      detail: `${latency(load)}; bar: p99 ≤ 50, ${verdict(load.within(0.99) <= 50)}`,
    },
    { what: '  / empty reply', value: share, unit: '×', detail: `bar: ≥ 0.35, ${verdict(share >= 0.35)}` },
    { what: '  / a commit a request', value: gain, unit: '×', detail: `bar: ≥ 2.5, ${verdict(gain >= 2.5)}` },
  ]
}

/** Processor time a scan, which says more than a rate where others use the machine, too. */
const costs = (spent: Spent, scans: number): Measure[] =>
  Object.entries(spent).map(([who, seconds]) => ({
    what: `  processor time a scan, ${who}`,
    value: (seconds / scans) * 1e6,
    unit: 'µs',
  }))

const WRITERS = 16

/** One row, one commit, and no HTTP: as fast as the database lets so many clients. */
async function insertBySql({ sql }: Cluster, walk: Walk, seconds: number) {
  await sql`create table if not exists bare_scans (
    id uuid primary key, place_id integer, person_id integer, direction smallint, at timestamptz, received_at timestamptz)`
  const end = performance.now() + seconds * 1000
  let inserted = 0
  const write = async () => {
    while (performance.now() < end) {
      const { person, place, direction, at } = walk.next()
      await sql`
        insert into bare_scans (id, place_id, person_id, direction, at, received_at)
        values (${randomUUID()}, ${place.id}, ${person.id}, ${direction === 'in' ? 1 : -1}, ${at}, now())`
      inserted++
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  return inserted / seconds
}

/** Memory is flat when the server holds no more in the last third than in the middle one, but for what garbage comes and goes. */
const FLAT = 1.05
/** Samples, one a second, but for some that come late. */
const TEN_MINUTES = 590

function watchMemory({ child }: Running): () => Measure {
  const samples: number[] = []
  const timer = setInterval(async () => samples.push(await residentOf(child.pid!)), 1000)
  return () => {
    clearInterval(timer)
    const third = Math.ceil(samples.length / 3)
    const [early, late] = [median(samples.slice(third, 2 * third)), median(samples.slice(-third))]
    return {
      what: 'memory of the server, last third of that time',
      value: late,
      unit: 'MB',
      detail: `middle third ${early} MB, at most ${Math.max(0, ...samples)} MB; bar: flat for ten minutes (≤ ${FLAT} ×)${samples.length < TEN_MINUTES ? '' : `, ${verdict(late <= FLAT * early)}`}`,
    }
  }
}
