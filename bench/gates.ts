import { type ChildProcess, fork, spawn } from 'node:child_process'
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
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

export type Visitor = { id: number; publicId: string; token: string; phone: Phone }
/** What a phone shows is made anew every half minute. */
type Phone = { id: string; certificate: Uint8Array; key: KeyObject; code: string; madeAt: number }
export type Door = { id: number; publicId: string; code: string; areaId: number }
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
 * A simulated town, imported as a province would be. Everybody has declared today, and has a phone that is signed in and
 * makes codes; one key opens all gates. Beyond the first `known` people nobody has more than a ref.
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
  const places = await sql<Door[]>`select id, public_id, code, area_id from places order by ref`
  const tokens = residents.map(() => randomBytes(16).toString('base64url'))
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'))
  await sql`
    insert into sessions (token_hash, holder_id, created_at, expires_at)
    select decode(hash, 'hex'), id, now(), now() + interval '1 day'
    from unnest(${hashes}::text[], ${residents.map(({ id }) => id)}::int[]) as session (hash, id)`
  const phones = phonesOf(
    folder,
    residents.map(({ publicId }) => publicId),
  )
  await sql`
    insert into devices (id, holder_id, public_key, created_at, renewed_at)
    select decode(phone, 'hex'), holder, sha256(decode(phone, 'hex')), now(), now()
    from unnest(${phones.map(({ id }) => id)}::text[], ${residents.map(({ id }) => id)}::int[]) as d (phone, holder)`
  await sql`
    insert into declarations (public_id, person_id, declared_by, form_id, form_version, sealed, signals, declared_at, valid_until)
    select gen_random_uuid(), id, id, 'general', 1, '\\x00', '{}', now(), now() + interval '1 day'
    from unnest(${residents.map(({ id }) => id)}::int[]) as id`
  return {
    gateKey,
    places: [...places],
    people: residents.map((person, at) => ({ ...person, token: tokens[at]!, phone: phones[at]! })),
  }
}

/** Phones of these people, each with the server's certificate of a key of its own. */
function phonesOf(folder: string, personIds: readonly string[]): Phone[] {
  const keys = loadKeys(join(folder, 'keys.json'), { create: false })
  const expiresAt = new Date(Date.now() + 14 * DAY_MS)
  return personIds.map((personId) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const id = randomBytes(8).toString('hex')
    const certificate = makeCertificate(
      {
        personId,
        deviceId: id,
        publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
        hint: { initials: 'NA', birthYear: 1990 },
        decision: { status: 'green', until: expiresAt },
        expiresAt,
      },
      (body) => keys.sign(body),
    )
    return { id, certificate, key: privateKey, code: '', madeAt: 0 }
  })
}

/** At night a crowd at a place that is closed then would be set aside, and no bench is to depend on the hour. */
export const openAllDay = ({ sql }: Pick<Cluster, 'sql'>) => sql`
  update places set hours = (
    select jsonb_agg(jsonb_build_object('weekday', weekday, 'opens', '00:00', 'closes', '23:59'))
    from generate_series(1, 7) as weekday)`

// — what they do

const LARGEST_BODY = 500
const HALF_MINUTE_MS = 30_000

export type Step = { person: Visitor; place: Door; direction: 'in' | 'out'; at: Date }

/** So many neighbours of one half go through the same door. */
const NEIGHBOURS = 100
/** Who comes alone comes to another door than whoever came before. */
const APART = NEIGHBOURS + 1

/**
 * For half a minute half of the people go in and out, by turns, neighbours at the same door; then the others do, and then
 * they at another door of that commune: whoever was at two within seconds would be set aside. Each scan is the latest of
 * its person and made at the moment, or so many milliseconds `ago`.
 */
export class Walk {
  readonly #people: readonly Visitor[]
  readonly #doors: readonly Door[][]
  readonly #ago: number
  /** The round of each person's last scan, and how many scans of theirs it has. */
  readonly #last: { round: number; scans: number }[]
  #turn = 0

  constructor({ people, places }: Town, { ago = 0 } = {}) {
    this.#people = people
    this.#doors = [...Map.groupBy(places, ({ areaId }) => areaId).values()]
    this.#ago = ago
    this.#last = people.map(() => ({ round: 0, scans: 0 }))
  }

  /** What whoever's turn it is does. */
  next({ alone = false } = {}): Step {
    const now = Date.now()
    this.#turn += alone ? APART : 1
    return this.of(2 * (this.#turn % (this.#people.length >> 1)) + (halfMinuteOf(now) % 2), now)
  }

  /** What somebody does now; while the other half walks, it belongs to their next round. */
  of(n: number, now = Date.now()): Step {
    const round = Math.ceil((halfMinuteOf(now) - (n % 2)) / 2)
    const last = this.#last[n]!
    if (last.round !== round) Object.assign(last, { round, scans: 0 })
    const group = Math.floor(n / (2 * NEIGHBOURS))
    const doors = this.#doors[group % this.#doors.length]!
    return {
      person: this.#people[n]!,
      place: doors[(group * 7 + round * 13) % doors.length]!,
      direction: last.scans++ % 2 ? 'out' : 'in',
      at: new Date(now - this.#ago),
    }
  }
}

const halfMinuteOf = (time: number) => Math.floor(time / HALF_MINUTE_MS)

/** What the phone shows at that moment. */
async function codeOf({ phone }: Visitor, at: Date) {
  const age = at.getTime() - phone.madeAt
  if (age < 0 || age >= HALF_MINUTE_MS) {
    phone.madeAt = at.getTime()
    phone.code = await makePhoneCode(phone.certificate, at, async (body) => sign(null, body, phone.key))
  }
  return phone.code
}

/** One scan of a gate, as JSON. */
export async function scanOf({ person, place, direction, at }: Step) {
  const code = await codeOf(person, at)
  return `{"id":"${randomUUID()}","placeId":"${place.publicId}","at":"${at.toISOString()}","direction":"${direction}","code":"${code}"}`
}

/** What a gate sends at once. */
export async function bodyOf(walk: Walk, size: number) {
  const steps = Array.from({ length: size }, () => walk.next({ alone: size === 1 }))
  return `{"scans":[${await Promise.all(steps.map(scanOf))}]}`
}

/**
 * Everybody scans once: the server checks the certificate of a phone that it has not seen since it started. Answers how many
 * scans that were.
 */
export async function meetAll({ port }: Running, { gateKey, people }: Town, walk: Walk) {
  const headers = { authorization: `Bearer ${gateKey}`, 'content-type': 'application/json' }
  for (let first = 0; first < people.length; first += LARGEST_BODY) {
    const some = people.slice(first, first + LARGEST_BODY)
    const scans = await Promise.all(some.map((_, n) => scanOf(walk.of(first + n))))
    const body = `{"scans":[${scans}]}`
    const reply = await fetch(`http://127.0.0.1:${port}/api/v1/scans`, { method: 'POST', headers, body })
    if (!(await reply.text()).includes('"refused":[]')) throw new Error('Somebody is not known')
  }
  return people.length
}

/** A bench of scans that are set aside would measure something else. */
export async function assertNoneAside({ sql }: Pick<Cluster, 'sql'>) {
  const aside = await sql`select doubt, count(*)::int as count from scans where doubt is not null group by 1`
  if (aside.length > 0) throw new Error(`Scans were set aside: ${JSON.stringify(aside)}`)
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
