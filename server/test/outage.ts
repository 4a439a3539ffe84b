import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openInstallation } from '../src/installation.ts'
import { addKey, openSession } from '../src/modules/accounts/index.ts'
import { holderOfPhone, normalizePhone } from '../src/modules/people/index.ts'
import { insertPlace, newPlaceCode } from '../src/modules/places/index.ts'
import { readConfig } from '../src/platform/config.ts'
import { connect, transact } from '../src/platform/database.ts'

/*
 * The real server on a database of its own, and phones and gates that send while it suffers an outage. What it
 * acknowledged must be there, once; what it did not acknowledge is sent again, as phones and gates do.
 */

const PHONES = 4
const GATES = 2
const BODY = 20
/** How long a server or a database may take to come back, even on a machine that has much else to do. */
const PATIENCE_MS = 60_000

export class Victim {
  readonly #port: number
  readonly #dataDir: string
  #server: ChildProcess | undefined
  #said = ''

  constructor(dataDir: string, port: number) {
    this.#dataDir = dataDir
    this.#port = port
  }

  get #environment() {
    return {
      PORT: String(this.#port),
      LACHAN_DATA: this.#dataDir,
      LACHAN_DEMO: 'off',
      LOG_LEVEL: 'error',
    }
  }

  async start() {
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#server = child
    this.#said = ''
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (text) => {
        this.#said = (this.#said + text).slice(-4000)
      })
    await this.#ready()
  }

  async #ready() {
    for (const end = performance.now() + PATIENCE_MS; !(await this.#isReady()); await sleep(50)) {
      const { exitCode, signalCode } = this.#server!
      assert.equal(exitCode ?? signalCode, null, `the server ended: ${this.#said}`)
      assert.ok(performance.now() < end, `not ready after ${PATIENCE_MS} ms: ${this.#said}`)
    }
  }

  #isReady() {
    return fetch(`http://127.0.0.1:${this.#port}/readyz`, { signal: AbortSignal.timeout(10_000) }).then(
      (answer) => answer.ok,
      () => false,
    )
  }

  readonly killServer = async () => {
    const gone = once(this.#server!, 'exit')
    this.#server!.kill('SIGKILL')
    await gone
    await this.start()
  }

  /** The server stays; it has to notice and to bring the database back. */
  readonly killDatabase = async () => {
    for (const pid of await this.#databaseProcesses()) kill(pid)
    await this.#ready()
  }

  /** As an operator ends it. */
  async stop() {
    const gone = once(this.#server!, 'exit')
    this.#server!.kill('SIGTERM')
    assert.deepEqual(await gone, [0, null])
  }

  /** Whatever happened before. */
  async end() {
    this.#server?.kill('SIGKILL')
    for (const pid of await this.#databaseProcesses().catch(() => [])) kill(pid)
  }

  async #pidFile() {
    return (await readFile(join(this.#dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  }

  /** The postmaster of our own cluster and its children. */
  async #databaseProcesses() {
    const postmaster = Number((await this.#pidFile())[0])
    const children: number[] = []
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
      if (/^PPid:\t(\d+)$/m.exec(status)?.[1] === String(postmaster)) children.push(Number(name))
    }
    return [postmaster, ...children]
  }

  /** PostgreSQL writes down where its socket is. */
  async #connect() {
    const socket = (await this.#pidFile())[4]!
    return connect(`postgresql://lachan@/lachan?host=${encodeURIComponent(socket)}`, 1)
  }

  /** Writes into the log of the database until that has no room to go on, which ends the database. */
  async exhaustLog() {
    const sql = await this.#connect()
    try {
      for (;;) await sql`select pg_logical_emit_message(false, 'ballast', repeat('x', 1000000))`
    } catch (error) {
      assert.match((error as { code: string }).code, /^(CONNECTION_|EPIPE|ECONN|57P)/)
    }
    await sql.end({ timeout: 0 })
  }

  /** Whether the database holds what was acknowledged, and nothing else, once. */
  async assertKept(senders: readonly Sender[]) {
    const sql = await this.#connect()
    const recorded = await sql<
      { id: string; at: Date; direction: number }[]
    >`select id, at, direction from scans`
    // Each arrival is within a stay at that place, and nobody is there twice at once.
    const [adrift] = await sql`
      select from scans s, lateral (
        select count(*) from visits v
        where v.person_id = s.person_id and v.place_id = s.place_id and s.at between v.arrived_at and v.left_at
          and (s.at < v.left_at or v.arrived_at = v.left_at)) as stays
      where s.direction = 1 and s.doubt is null and (stays.count > 1 or stays.count = 0 and not exists (
        select from open_stays o
        where o.person_id = s.person_id and o.place_id = s.place_id and o.arrived_at <= s.at))
      limit 1`
    await sql.end()
    assert.equal(adrift, undefined)
    const asText = (scans: readonly Sent[]) =>
      scans.map(({ id, at, direction }) => `${id} ${at} ${direction}`).sort()
    const acknowledged = senders.flatMap((sender) => sender.acknowledged)
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
  }

  /** Makes a place, its gate and people with phones, and starts the server; all of them begin to send when asked to. */
  async open(): Promise<() => Sender[]> {
    const { place, key, tokens } = await this.#prepare()
    await this.start()
    const api = `http://127.0.0.1:${this.#port}/api/v1`
    // Cards are valid for scans up to now, and scans lie in the past.
    const cards = await Promise.all(
      tokens.map(async (token) => {
        const answer = await fetch(`${api}/me/card`, { headers: { authorization: `Bearer ${token}` } })
        return ((await answer.json()) as { text: string }).text
      }),
    )
    return () => [
      ...tokens.map((token) => phone(api, token, place.code)),
      ...Array.from({ length: GATES }, () => gate(api, key, place.publicId, cards)),
    ]
  }

  async #prepare() {
    const installation = await openInstallation(readConfig(this.#environment), () => {})
    try {
      return await transact(installation.sql, async (tx) => {
        const ctx = installation.context(tx)
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
      })
    } finally {
      await installation.stop()
    }
  }
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went when its parent did.
  }
}

// — those who send

type Sent = { id: string; direction: 'in' | 'out'; at: string }
type Batch = { scans: Sent[]; send: () => Promise<Response> }

/** Sends batches one after the other, and again what was not acknowledged, until told to stop and nothing is left. */
export class Sender {
  readonly acknowledged: Sent[] = []
  failures = 0
  /** Of these, how often nobody answered at all. */
  silences = 0
  #waiting: Batch[] = []
  #stopping = false
  #patience = Infinity
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
      if (answer) {
        assert.equal(answer.status, 503, await answer.text())
        assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
      } else this.silences++
      this.failures++
      this.#waiting.push(batch)
      assert.ok(performance.now() < this.#patience, 'what was sent is not acknowledged any more')
      await sleep(20)
    }
  }

  stop() {
    this.#stopping = true
    this.#patience = performance.now() + PATIENCE_MS
    return this.done
  }
}

const post = (method: string, address: string, token: string, body: object) =>
  fetch(address, {
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

function phone(api: string, token: string, placeCode: string) {
  const next = scansOf()
  return new Sender(() => {
    const scan = next()
    const { id, ...rest } = scan
    return { scans: [scan], send: () => post('PUT', `${api}/visits/${id}`, token, { placeCode, ...rest }) }
  })
}

function gate(api: string, token: string, placeId: string, cards: string[]) {
  const next = scansOf()
  return new Sender(() => {
    const scans = Array.from({ length: BODY }, next)
    const body = scans.map((scan, n) => ({ ...scan, placeId, code: cards[n % cards.length]! }))
    return {
      scans,
      async send() {
        const answer = await post('POST', `${api}/scans`, token, { scans: body })
        const { refused } = answer.ok ? await answer.clone().json() : { refused: [] }
        assert.deepEqual(refused, [])
        return answer
      },
    }
  })
}
