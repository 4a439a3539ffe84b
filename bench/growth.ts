import { simulate } from '../server/src/simulation/index.ts'
import { openLoader } from '../server/src/simulation/load.ts'
import { withCluster } from './cluster.ts'
import {
  assertNoneAside,
  bodyOf,
  foundTown,
  meetAll,
  openAllDay,
  startServer,
  townOf,
  Walk,
} from './gates.ts'
import { type Load, load, type Reply, request } from './load.ts'
import type { Measure, Settings } from './main.ts'

const SIZE = 1_000_000
const CONNECTIONS = 64
const DAYS = 21
const A_DAY = 4
const SCANNERS = 10_000
/** The scans that are measured come after what is there: each is the latest of its person. */
const FREE_DAYS = 1
const DAY = 86_400

type Measured = { count: number; load: Load; gigabytes: number }

const refusal = ({ body }: Reply) => (body.includes('"refused":[]') ? undefined : 'refused')

/**
 * What one scan costs when a tenth of three weeks is there, and when all of it is: stays and the two scans of each,
 * as a simulated town of the right size would have left them.
 */
export async function growth({ size = SIZE, seconds, say }: Settings): Promise<Measure[]> {
  return withCluster(async (cluster) => {
    const people = Math.round(size / (DAYS * A_DAY))
    say(`growth: a town of ${people.toLocaleString('en')} people …`)
    const from = new Date(Date.now() - (DAYS + FREE_DAYS) * DAY * 1000).toISOString().slice(0, 10)
    const simulation = townOf(people, DAYS, from)
    const town = await foundTown(cluster, simulation, Math.min(people, SCANNERS))
    await openAllDay(cluster)
    const walk = new Walk(town)

    const measured: Measured[] = []
    const loader = await openLoader(cluster.sql, simulation, { asScans: true })
    let count = 0
    for await (const part of simulate(simulation).stays) {
      await loader.add(part)
      count += part.count
      if (measured.length === 0 && count >= size / 10) measured.push(await measure())
    }
    measured.push(await measure())
    loader.close()
    await assertNoneAside(cluster)
    return describe(measured)

    async function measure(): Promise<Measured> {
      await loader.commit()
      say(`growth: scanning beside ${count.toLocaleString('en')} stays …`)
      await cluster.sql`vacuum (analyze) visits, scans, people, places`
      await cluster.sql`checkpoint`
      const [{ bytes }] = await cluster.sql<[{ bytes: number }]>`
        select pg_database_size(current_database())::float8 as bytes`
      const server = await startServer(cluster)
      const gate = { authorization: `Bearer ${town.gateKey}` }
      const next = async () => request('POST', '/api/v1/scans', gate, await bodyOf(walk, 1))
      const options = { port: server.port, connections: CONNECTIONS, next, fault: refusal }
      try {
        await meetAll(server, town, walk)
        await load({ ...options, seconds: 2 })
        return { count, load: await load({ ...options, seconds }), gigabytes: bytes / 1e9 }
      } finally {
        await server.stop()
      }
    }
  })
}

function describe(measured: readonly Measured[]): Measure[] {
  const [first, last] = [measured[0]!, measured.at(-1)!]
  const times = first.load.rate / last.load.rate
  return [
    ...measured.map(({ count, load, gigabytes }) => ({
      what: `single scans beside ${(count / 1e6).toFixed(1)} M stays`,
      value: load.rate,
      unit: 'per s',
      detail: `p50 ${load.within(0.5).toFixed(1)} ms, p99 ${load.within(0.99).toFixed(1)} ms; database ${gigabytes.toFixed(1)} GB`,
    })),
    {
      what: 'a scan costs so many times as much',
      value: times,
      unit: '×',
      detail: `bar from 10 M to 100 M: ≤ 1.5; so far ${times <= 1.5 ? 'met' : 'NOT met'}`,
    },
  ]
}
