import { fork } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { unknownPerson } from '../server/src/modules/people/index.ts'
import { newPlaceCode } from '../server/src/modules/places/index.ts'
import { type Config, readConfig } from '../server/src/platform/config.ts'
import { loadKeys } from '../server/src/platform/keys.ts'
import { withCluster } from './cluster.ts'
import type { Measure, Settings } from './main.ts'

const PEOPLE = 2000
const PLACES = 300
const CONNECTIONS = 64
const WRITERS = 16
const SERVER = fileURLToPath(new URL('server.ts', import.meta.url))

type Sql = Parameters<Parameters<typeof withCluster>[0]>[0]['sql']

/** Phones that scan a place, one request each; beside an empty reply of the same server, and beside bare inserts. */
export async function checkIns({ seconds, say }: Settings): Promise<Measure[]> {
  return withCluster(async ({ folder, url, sql }) => {
    say(`check-ins: ${PEOPLE} people with phones, ${PLACES} places, ${CONNECTIONS} connections …`)
    const config = readConfig({
      DATABASE_URL: url,
      LACHAN_DEMO: 'off',
      LACHAN_DATA: folder,
      LACHAN_KEY_FILE: join(folder, 'keys.json'),
      LOG_LEVEL: 'silent',
    })
    const tokens = await insertPhones(sql, config)
    const codes = await insertPlaces(sql)
    const server = fork(SERVER, { env: { ...process.env, ...environmentOf(config, url) } })
    try {
      const [port] = (await once(server, 'message')) as [number]
      const address = `http://127.0.0.1:${port}`
      const scan = scans(tokens, codes)
      const warm = await load(address, 2, scan)
      const scanned = await load(address, seconds, scan)
      const empty = await load(address, Math.min(seconds, 5), { method: 'GET', path: '/healthz' })
      const inserted = await insertOneByOne(sql, seconds)
      const [{ kept }] = (await sql`select count(*)::int as kept from scans where source = 0`) as unknown as [
        { kept: number },
      ]
      const acknowledged = warm.requests.total + scanned.requests.total
      if (scanned.non2xx > 0 || kept < acknowledged)
        throw new Error(`${scanned.non2xx} scans were refused, ${kept} kept of ${acknowledged} acknowledged`)
      const rate = scanned.requests.average
      return [
        {
          what: 'single scans over HTTP',
          value: rate,
          unit: 'per s',
          detail: `p50 ${scanned.latency.p50} ms, p99 ${scanned.latency.p99} ms (bar: ≤ 50)`,
        },
        { what: 'the same server, empty reply', value: empty.requests.average, unit: 'per s' },
        {
          what: 'scans / empty replies',
          value: rate / empty.requests.average,
          unit: '×',
          detail: 'bar: ≥ 0.35',
        },
        { what: `bare inserts, one a commit, ${WRITERS} connections`, value: inserted, unit: 'per s' },
        { what: 'scans / bare inserts', value: rate / inserted, unit: '×', detail: 'bar: ≥ 2.5' },
      ]
    } finally {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
  })
}

const environmentOf = (config: Config, url: string) => ({
  DATABASE_URL: url,
  LACHAN_DEMO: 'off',
  LACHAN_DATA: config.dataDir,
  LACHAN_KEY_FILE: config.keyFile,
  LOG_LEVEL: 'silent',
})

/** Signed-in phones, each with a nameless person. */
async function insertPhones(sql: Sql, config: Config) {
  const sealed = loadKeys(config.keyFile, { create: true }).seal(unknownPerson)
  const tokens = Array.from({ length: PEOPLE }, () => randomBytes(16).toString('base64url'))
  await sql`
    insert into people (public_id, holder_id, sealed, created_at)
    select gen_random_uuid(), n, ${sealed}, now() from generate_series(1, ${PEOPLE}::int) as n order by n`
  await sql`
    insert into sessions (token_hash, holder_id, created_at, expires_at)
    select decode(hash, 'hex'), n, now(), now() + interval '1 day'
    from unnest(${tokens.map((token) => createHash('sha256').update(token).digest('hex'))}::text[])
      with ordinality as token (hash, n)`
  return tokens
}

async function insertPlaces(sql: Sql) {
  const codes = Array.from({ length: PLACES }, () => newPlaceCode())
  await sql`
    insert into places (public_id, code, name, kind, sector, address, search_key, created_at, changed_at)
    select gen_random_uuid(), code, code, 'market', 'trade', '', '', now(), now() from unnest(${codes}::text[]) as code`
  return codes
}

/** Every request is another scan: people by turns, each a little later than the one before. */
function scans(tokens: readonly string[], codes: readonly string[]): autocannon.Request {
  let sent = 0
  return {
    method: 'PUT',
    setupRequest(request) {
      const turn = sent++
      const at = new Date(Date.now() - 60_000).toISOString()
      return {
        ...request,
        path: `/api/v1/visits/${randomUUID()}`,
        headers: {
          authorization: `Bearer ${tokens[turn % tokens.length]}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ placeCode: codes[(turn * 7) % codes.length], direction: 'in', at }),
      }
    },
  }
}

const load = (url: string, duration: number, request: autocannon.Request) =>
  autocannon({ url, duration, connections: CONNECTIONS, requests: [request] })

/** What the peers do: one row, one commit, as fast as the database lets sixteen clients. */
async function insertOneByOne(sql: Sql, seconds: number) {
  const end = performance.now() + seconds * 1000
  let inserted = 0
  const writer = async (_: unknown, number: number) => {
    while (performance.now() < end) {
      await sql`
        insert into scans (id, place_id, person_id, direction, at, received_at, source)
        values (${randomUUID()}, ${1 + (inserted % PLACES)}, ${1 + ((inserted * 16 + number) % PEOPLE)}, 1, now(), now(), 1)`
      inserted++
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  return inserted / seconds
}
