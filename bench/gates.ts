import { type ChildProcess, fork, spawn } from 'node:child_process'
import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeCertificate, makePhoneCode } from '../contract/codes.ts'
import { loadKeys } from '../server/src/platform/keys.ts'
import { Calendar, type Simulation, simulate, writeProvince } from '../server/src/simulation/index.ts'
import type { withCluster } from './cluster.ts'

const CLI = fileURLToPath(new URL('../server/src/cli.ts', import.meta.url))
const SERVER = fileURLToPath(new URL('server.ts', import.meta.url))
const PEER = fileURLToPath(new URL('peer.ts', import.meta.url))
export const AREA = '56'
const DAY_MS = 86_400_000

export type Cluster = Parameters<Parameters<typeof withCluster>[0]>[0]

export const environmentOf = ({ folder, url }: Pick<Cluster, 'folder' | 'url'>) => ({
  ...process.env,
  DATABASE_URL: url,
  LACHAN_DATA: folder,
  LACHAN_KEY_FILE: join(folder, 'keys.json'),
  LACHAN_DEMO: 'off',
  LOG_LEVEL: 'silent',
})

/** Runs `lachan …` on this database and resolves with what it printed. */
export async function lachan(cluster: Cluster, args: readonly string[], input = '') {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: environmentOf(cluster),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`lachan ${args[0]} ended with ${code}: ${out}${err.slice(-500)}`)
  return out.trim()
}

export type Visitor = { id: number; publicId: string; token: string; code: string }
export type Door = { id: number; publicId: string; code: string }
export type Town = { people: Visitor[]; places: Door[]; gateKey: string }

/** Whoever simulates it with the same numbers gets the same town. */
export const townOf = (people: number, days: number, from: string): Simulation => ({
  people,
  days,
  seed: 1,
  area: AREA,
  from,
  exits: 1,
  outbreak: 0,
})

/**
 * A simulated town, imported as a province would be. Everybody has a phone that is signed in and has made a code, and
 * one key opens all gates. Beyond the first `known` people nobody has more than a ref.
 */
export async function foundTown(cluster: Cluster, simulation: Simulation, known: number): Promise<Town> {
  const { folder, sql } = cluster
  const town = join(folder, 'town')
  writeProvince(simulate(simulation).province, new Calendar(simulation.from), town)
  const file = join(town, 'people.csv')
  const rows = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, `${rows.slice(0, known + 1).join('\n')}\n`)
  loadKeys(join(folder, 'keys.json'), { create: true })
  await lachan(cluster, ['import', 'people', file])
  await lachan(cluster, ['import', 'places', join(town, 'places.csv')])
  const gateKey = await lachan(cluster, ['key', 'add', '--role', 'gate', '--area', AREA])
  await rm(town, { recursive: true })

  await sql`update people set holder_id = id`
  const residents = await sql<
    { id: number; publicId: string }[]
  >`select id, public_id from people order by ref`
  await sql`
    insert into people (public_id, ref, sealed, created_at)
    select gen_random_uuid(), 'p' || lpad(n::text, 7, '0'), '\\x00', now()
    from generate_series(${known + 1}::int, ${simulation.people}::int) as n order by n`
  const places = await sql<Door[]>`select id, public_id, code from places order by ref`
  const tokens = residents.map(() => randomBytes(16).toString('base64url'))
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'))
  await sql`
    insert into sessions (token_hash, holder_id, created_at, expires_at)
    select decode(hash, 'hex'), id, now(), now() + interval '1 day'
    from unnest(${hashes}::text[], ${residents.map(({ id }) => id)}::int[]) as session (hash, id)`
  const codes = await phoneCodes(
    folder,
    residents.map(({ publicId }) => publicId),
  )
  return {
    gateKey,
    places: [...places],
    people: residents.map((person, at) => ({ ...person, token: tokens[at]!, code: codes[at]! })),
  }
}

/** What the phones of these people show now: the server's certificate, signed by a key of the phone's own. */
async function phoneCodes(folder: string, personIds: readonly string[]) {
  const keys = loadKeys(join(folder, 'keys.json'), { create: false })
  const now = new Date()
  const expiresAt = new Date(now.getTime() + 14 * DAY_MS)
  return Promise.all(
    personIds.map((personId) => {
      const phone = generateKeyPairSync('ed25519')
      const certificate = makeCertificate(
        {
          personId,
          deviceId: randomBytes(8).toString('hex'),
          publicKey: phone.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
          hint: { initials: 'NA', birthYear: 1990 },
          decision: { status: 'green', until: expiresAt },
          expiresAt,
        },
        (body) => keys.sign(body),
      )
      return makePhoneCode(certificate, now, async (body) => sign(null, body, phone.privateKey))
    }),
  )
}

// — what they do

const LARGEST_BODY = 500
const STEP_MS = 30 * 60_000
/** From six in the morning to ten at night, in Vietnam: at night a crowd is set aside. */
const STEPS_A_DAY = 32
const SIX_MS = 6 * 3_600_000
const EAST_MS = 7 * 3_600_000

export type Step = { person: Visitor; place: Door; direction: 'in' | 'out'; at: string }

/**
 * Everybody goes in somewhere, out after half an hour, and in somewhere else half an hour later, all day long, by
 * turns, a hundred neighbours through the same gate: each scan is the latest of its person, none is like another, and
 * all lie in the last days.
 */
export class Walk {
  readonly #town: Town
  readonly #begin: number
  #turn = 0

  constructor(town: Town, days: number) {
    this.#town = town
    this.#begin = Math.floor((Date.now() + EAST_MS) / DAY_MS - days) * DAY_MS - EAST_MS + SIX_MS
  }

  next(): Step {
    const { people, places } = this.#town
    const person = this.#turn % people.length
    const step = Math.floor(this.#turn / people.length)
    this.#turn++
    const day = Math.floor(step / STEPS_A_DAY)
    const at = this.#begin + day * DAY_MS + (step % STEPS_A_DAY) * STEP_MS + (person % 1700) * 1000
    if (at > Date.now())
      throw new Error(`All ${people.length} people have scanned up to now: a longer run needs more of them`)
    return {
      person: people[person]!,
      place: places[(Math.floor(person / 100) * 7 + (step >> 1) * 13) % places.length]!,
      direction: step % 2 ? 'out' : 'in',
      at: new Date(at).toISOString(),
    }
  }
}

/** One scan of a gate, as JSON. Its code was made beforehand, and so it is known as `later`. */
export const scanOf = ({ person, place, direction, at }: Step) =>
  `{"id":"${randomUUID()}","placeId":"${place.publicId}","at":"${at}","direction":"${direction}","code":"${person.code}"}`

/**
 * Everybody scans once: a phone's certificate is checked when it is first seen, and known for two weeks. Answers how many
 * scans that were.
 */
export async function meetAll({ port }: Running, { gateKey, people }: Town, walk: Walk) {
  const headers = { authorization: `Bearer ${gateKey}`, 'content-type': 'application/json' }
  for (let rest = people.length; rest > 0; rest -= LARGEST_BODY) {
    const scans = Array.from({ length: Math.min(rest, LARGEST_BODY) }, () => scanOf(walk.next()))
    const body = `{"scans":[${scans}]}`
    const reply = await fetch(`http://127.0.0.1:${port}/api/v1/scans`, { method: 'POST', headers, body })
    if (!(await reply.text()).includes('"refused":[]')) throw new Error('Somebody is not known')
  }
  return people.length
}

// — the server

export type Running = { port: number; child: ChildProcess; stop: () => Promise<void> }

const started = async (path: string, env: NodeJS.ProcessEnv): Promise<Running> => {
  const child = fork(path, { env })
  const [port] = (await once(child, 'message')) as [number]
  return {
    port,
    child,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Our server as it is, without pages and jobs. */
export const startServer = (cluster: Cluster) => started(SERVER, environmentOf(cluster))
/** The bare one that commits each request by itself. */
export const startPeer = (cluster: Cluster) => started(PEER, environmentOf(cluster))

/** Megabytes that a process has in memory. */
export async function residentOf(pid: number) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

/** Seconds that the processors worked for each of the three. */
export type Spent = { server: number; database: number; client: number }

/** Counts processor time from now on; call the answer for what was spent. */
export async function startCounting({ folder }: Cluster, { child }: Running): Promise<() => Promise<Spent>> {
  const [postmaster] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  const now = async (): Promise<Spent> => {
    const { user, system } = process.cpuUsage()
    const database = await Promise.all((await childrenOf(postmaster!)).map(secondsOf))
    return {
      server: await secondsOf(String(child.pid)),
      database: database.reduce((sum, seconds) => sum + seconds, 0),
      client: (user + system) / 1e6,
    }
  }
  const before = await now()
  return async () => {
    const after = await now()
    return {
      server: after.server - before.server,
      database: after.database - before.database,
      client: after.client - before.client,
    }
  }
}

/** Linux counts in hundredths of a second, whatever the machine. */
const TICKS = 100

async function secondsOf(pid: string) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS
}

/** The processes that this one started. */
export async function childrenOf(parent: string) {
  const children: string[] = []
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    if (/^PPid:\t(\d+)$/m.exec(status)?.[1] === parent) children.push(pid)
  }
  return children
}
