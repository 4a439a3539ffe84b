import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Installation, openInstallation } from '../src/installation.ts'
import { addKey, openSession } from '../src/modules/accounts/index.ts'
import { holderOfPhone, normalizePhone } from '../src/modules/people/index.ts'
import { insertPlace, newPlaceCode } from '../src/modules/places/index.ts'
import { readConfig } from '../src/platform/config.ts'
import { connect, transact } from '../src/platform/database.ts'

// The real server on a database of its own is killed while phones and gates send. What it acknowledged must be there,
// once; what it did not acknowledge is sent again, as phones and gates do.

const PORT = 4750 + (process.pid % 10)
const API = `http://127.0.0.1:${PORT}/api/v1`
const PHONES = 4
const GATES = 2
const BODY = 20
const LOAD_MS = 500

const dataDir = await mkdtemp(join(tmpdir(), 'lachan-crash-'))
const environment = {
  PORT: String(PORT),
  LACHAN_DATA: dataDir,
  LACHAN_DEMO: 'off',
  LOG_LEVEL: 'silent',
}

// — the server and its database

let server: ChildProcess | undefined

async function startServer() {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  server = child
  let said = ''
  child.stderr!.on('data', (text) => {
    said += text
  })
  while (!(await isReady())) {
    assert.equal(child.exitCode, null, said)
    await sleep(50)
  }
}

const isReady = () =>
  fetch(`http://127.0.0.1:${PORT}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  )

async function killServer() {
  const gone = once(server!, 'exit')
  server!.kill('SIGKILL')
  await gone
  await startServer()
}

/** The server stays; it has to notice and to bring the database back. */
async function killDatabase() {
  for (const pid of await databaseProcesses()) kill(pid)
  while (!(await isReady())) await sleep(50)
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went when its parent did.
  }
}

const pidFile = async () => (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')

/** PostgreSQL writes down where its socket is. */
const databaseUrl = async () =>
  `postgresql://lachan@/lachan?host=${encodeURIComponent((await pidFile())[4]!)}`

/** The postmaster of our own cluster and its children. */
async function databaseProcesses() {
  const postmaster = Number((await pidFile())[0])
  const children: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
    if (/^PPid:\t(\d+)$/m.exec(status)?.[1] === String(postmaster)) children.push(Number(name))
  }
  return [postmaster, ...children]
}

const inInstallation = async <T>(work: (installation: Installation) => Promise<T>) => {
  const installation = await openInstallation(readConfig(environment), () => {})
  try {
    return await work(installation)
  } finally {
    await installation.stop()
  }
}

after(async () => {
  server?.kill('SIGKILL')
  for (const pid of await databaseProcesses().catch(() => [])) kill(pid)
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

// — those who send

type Sent = { id: string; direction: 'in' | 'out'; at: string }
type Batch = { scans: Sent[]; send: () => Promise<Response> }

/** Sends batches one after the other, and again what was not acknowledged, until told to stop and nothing is left. */
class Sender {
  readonly acknowledged: Sent[] = []
  failures = 0
  #waiting: Batch[] = []
  #stopping = false
  readonly #next: () => Batch
  readonly done: Promise<void>

  constructor(next: () => Batch) {
    this.#next = next
    this.done = this.#run()
  }

  async #run() {
    while (!this.#stopping || this.#waiting.length > 0) {
      const batch = this.#waiting.shift() ?? this.#next()
      const answer = await batch.send().catch(() => undefined)
      if (answer?.ok) {
        this.acknowledged.push(...batch.scans)
        await answer.arrayBuffer()
        continue
      }
      assert.ok(!answer || answer.status >= 500, `refused with ${answer?.status}`)
      this.failures++
      this.#waiting.push(batch)
      await sleep(20)
    }
  }

  stop() {
    this.#stopping = true
    return this.done
  }
}

const post = (method: string, path: string, token: string, body: object) =>
  fetch(`${API}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })

/** Scans a few seconds apart, in the last days. */
function scansOf() {
  const begin = Date.now() - 2 * 24 * 3600_000
  let count = 0
  return (): Sent => ({
    id: randomUUID(),
    direction: count % 2 ? 'out' : 'in',
    at: new Date(begin + count++ * 7000).toISOString(),
  })
}

function phone(token: string, placeCode: string) {
  const next = scansOf()
  return new Sender(() => {
    const scan = next()
    const { id, ...rest } = scan
    return { scans: [scan], send: () => post('PUT', `/visits/${id}`, token, { placeCode, ...rest }) }
  })
}

function gate(token: string, placeId: string, cards: string[]) {
  const next = scansOf()
  return new Sender(() => {
    const scans = Array.from({ length: BODY }, next)
    const body = scans.map((scan, n) => ({ ...scan, placeId, code: cards[n % cards.length]! }))
    return {
      scans,
      async send() {
        const answer = await post('POST', '/scans', token, { scans: body })
        const { refused } = answer.ok ? await answer.clone().json() : { refused: [] }
        assert.deepEqual(refused, [])
        return answer
      },
    }
  })
}

/** A place, its gate and people with phones. */
const prepare = () =>
  inInstallation(({ sql, context }) =>
    transact(sql, async (tx) => {
      const ctx = context(tx)
      const place = { publicId: randomUUID(), code: newPlaceCode() }
      const placeId = await insertPlace(tx, {
        ...place,
        name: 'Chợ Đầm',
        kind: 'market',
        sector: 'trade',
        areaId: null,
        address: 'Nha Trang',
        sealed: null,
        lat: null,
        lon: null,
        searchKey: 'cho dam',
        createdAt: ctx.now,
        changedAt: ctx.now,
      })
      const key = await addKey(ctx, { name: 'gate', role: 'gate', areaId: null, placeId: placeId! })
      const tokens: string[] = []
      for (let n = 0; n < PHONES; n++) {
        const { id } = await holderOfPhone(ctx, normalizePhone(`090500020${n}`))
        tokens.push((await openSession(ctx, { holderId: id })).token)
      }
      return { place, key: key.token, tokens }
    }),
  )

test('what was acknowledged outlives kill -9 of the server and of the database, exactly once', {
  timeout: 180_000,
}, async () => {
  const { place, key, tokens } = await prepare()
  await startServer()
  const cards = await Promise.all(
    tokens.map(async (token) => {
      const answer = await fetch(`${API}/me/card`, { headers: { authorization: `Bearer ${token}` } })
      return ((await answer.json()) as { text: string }).text
    }),
  )
  // Cards are valid for scans up to now, and scans lie in the past.
  const senders = [
    ...tokens.map((token) => phone(token, place.code)),
    ...Array.from({ length: GATES }, () => gate(key, place.publicId, cards)),
  ]
  try {
    for (const strike of [killServer, killDatabase, killServer, killDatabase]) {
      await sleep(LOAD_MS)
      await strike()
    }
    await sleep(LOAD_MS)
  } finally {
    await Promise.all(senders.map((sender) => sender.stop()))
  }

  const acknowledged = senders.flatMap((sender) => sender.acknowledged)
  const sql = connect(await databaseUrl(), 1)
  const recorded = await sql<
    { id: string; at: Date; direction: number }[]
  >`select id, at, direction from scans`
  await sql.end()
  const gone = once(server!, 'exit')
  server!.kill('SIGTERM')
  assert.deepEqual(await gone, [0, null])

  const asText = (scans: readonly Sent[]) =>
    scans.map(({ id, at, direction }) => `${id} ${at} ${direction}`).sort()
  assert.deepEqual(
    asText(
      recorded.map(({ id, at, direction }) => ({
        id,
        at: at.toISOString(),
        direction: direction === 1 ? 'in' : 'out',
      })),
    ),
    asText(acknowledged),
  )
  assert.ok(acknowledged.length > 100, `only ${acknowledged.length} scans were sent`)
  assert.ok(
    senders.every(({ failures }) => failures > 0),
    'every sender met an outage',
  )
})
