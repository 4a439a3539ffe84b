import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect } from '../server/src/platform/database.ts'
import { median, withCluster } from './cluster.ts'
import { bodyOf, childrenOf, environmentOf, foundTown, openAllDay, type Town, townOf, Walk } from './gates.ts'
import type { Measure, Settings } from './main.ts'

const MAIN = fileURLToPath(new URL('../server/src/main.ts', import.meta.url))
const PEOPLE = 1000
const GATES = 4
const PHONES = 8
const BODY = 50
/** Between two strikes the load runs for one of these times. */
const CALM_MS = [300, 900, 1700]

/**
 * Server and database are killed (SIGKILL) by turns while gates and phones send, and send again what was not
 * acknowledged. Afterwards every scan that was acknowledged is there, once.
 */
export async function crash({ seconds, say }: Settings): Promise<Measure[]> {
  return withCluster(async (cluster) => {
    const { folder } = cluster
    const town = await foundTown(cluster, townOf(PEOPLE, 1, '2026-01-05'), PEOPLE)
    await openAllDay(cluster)
    // From now on the database is the server's own: it has to bring it back.
    await cluster.stop()
    const victim = new Victim(folder, await freePort())
    const walk = new Walk(town)
    const senders: Sender[] = []
    let strikes = 0
    const outages: number[] = []
    let rows: { id: string }[] = []
    try {
      await victim.start()
      say(`crash: ${GATES} gates, ${PHONES} phones, ${seconds} s …`)
      for (let n = 0; n < GATES + PHONES; n++)
        senders.push(
          new Sender(victim.port, n < GATES ? () => gateBatch(town, walk) : () => phoneBatch(walk)),
        )
      for (const end = performance.now() + seconds * 1000; performance.now() < end; strikes++) {
        await sleep(CALM_MS[strikes % CALM_MS.length])
        const struck = performance.now()
        await (strikes % 2 ? victim.killDatabase() : victim.killServer())
        outages.push(performance.now() - struck)
      }
      await Promise.all(senders.map((sender) => sender.stop()))
      const sql = connect(await victim.databaseUrl(), 1)
      rows = await sql<{ id: string }[]>`select id from scans`
      await sql.end()
    } finally {
      for (const sender of senders) sender.abandon()
      await victim.end()
    }
    const acknowledged = new Set(senders.flatMap((sender) => sender.acknowledged))
    const stored = new Set(rows.map(({ id }) => id))
    const lost = [...acknowledged].filter((id) => !stored.has(id)).length
    const doubled = rows.length - stored.size
    const unasked = [...stored].filter((id) => !acknowledged.has(id)).length
    const failures = senders.reduce((sum, sender) => sum + sender.failures, 0)
    if (lost + doubled + unasked > 0)
      throw new Error(`${lost} scans lost, ${doubled} doubled, ${unasked} there that nobody sent`)
    return [
      { what: 'times that server or database were killed', value: strikes, unit: 'kills' },
      {
        what: 'until it answered again, median',
        value: median(outages),
        unit: 'ms',
        detail: `at most ${Math.round(Math.max(...outages))} ms`,
      },
      {
        what: 'acknowledged scans',
        value: acknowledged.size,
        unit: 'scans',
        detail: `${failures} requests failed and were sent again`,
      },
      { what: 'lost', value: lost, unit: 'scans', detail: 'bar: 0, met' },
      { what: 'doubled', value: doubled, unit: 'scans', detail: 'bar: 0, met' },
    ]
  })
}

// — those who send

type Batch = { ids: string[]; method: string; path: string; token: string; body: string }

async function gateBatch(town: Town, walk: Walk): Promise<Batch> {
  const body = await bodyOf(walk, BODY)
  const ids = JSON.parse(body).scans.map(({ id }: { id: string }) => id)
  return { ids, method: 'POST', path: '/api/v1/scans', token: town.gateKey, body }
}

async function phoneBatch(walk: Walk): Promise<Batch> {
  const { person, place, direction, at } = walk.next()
  const id = randomUUID()
  const body = JSON.stringify({ placeCode: place.code, direction, at })
  return { ids: [id], method: 'PUT', path: `/api/v1/visits/${id}`, token: person.token, body }
}

/** One batch after the other, and again what was not acknowledged, until told to stop and nothing is left. */
class Sender {
  readonly acknowledged: string[] = []
  failures = 0
  #isStopping = false
  #isAbandoned = false
  readonly #port: number
  readonly #next: () => Promise<Batch>
  readonly #done: Promise<void>

  constructor(port: number, next: () => Promise<Batch>) {
    this.#port = port
    this.#next = next
    this.#done = this.#run()
    this.#done.catch(() => {}) // it is awaited when told to stop
  }

  async #run() {
    let waiting: Batch | undefined
    while (!this.#isAbandoned && (waiting || !this.#isStopping)) {
      const batch: Batch = waiting ?? (await this.#next())
      waiting = batch
      const answer = await this.#send(batch).catch(() => undefined)
      if (answer?.ok && batch.method === 'POST' && !answer.text.includes('"refused":[]'))
        throw new Error(`Scans were refused: ${answer.text.slice(0, 500)}`)
      if (answer?.ok) {
        this.acknowledged.push(...batch.ids)
        waiting = undefined
        continue
      }
      if (answer && answer.status < 500 && answer.status !== 429)
        throw new Error(`A scan was refused with ${answer.status}: ${answer.text.slice(0, 300)}`)
      this.failures++
      await sleep(100)
    }
  }

  async #send({ method, path, token, body }: Batch) {
    const answer = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(10_000),
    })
    return { ok: answer.ok, status: answer.status, text: await answer.text() }
  }

  stop() {
    this.#isStopping = true
    return this.#done
  }

  abandon() {
    this.#isAbandoned = true
  }
}

// — the server and its database

class Victim {
  readonly port: number
  readonly #folder: string
  #server: ChildProcess | undefined

  constructor(folder: string, port: number) {
    this.#folder = folder
    this.port = port
  }

  async start() {
    const { DATABASE_URL: _, ...env } = environmentOf({ folder: this.#folder, url: '' })
    const server = spawn(process.execPath, [MAIN], {
      env: { ...env, PORT: String(this.port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#server = server
    let said = ''
    server.stderr.on('data', (text) => {
      said += text
    })
    while (!(await this.#isReady())) {
      if (server.exitCode !== null) throw new Error(`The server did not start: ${said}`)
      await sleep(20)
    }
  }

  #isReady() {
    return fetch(`http://127.0.0.1:${this.port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
  }

  async killServer() {
    const gone = once(this.#server!, 'exit')
    this.#server!.kill('SIGKILL')
    await gone
    await this.start()
  }

  /** The server stays; it has to notice and to bring the database back. */
  async killDatabase() {
    const struck = await this.#databaseProcesses()
    for (const pid of struck) kill(pid)
    // While it comes back there may be no such file.
    while (!(await this.#isAnother(struck[0]!))) await sleep(5)
    while (!(await this.#isReady())) await sleep(20)
  }

  async end() {
    if (this.#server?.exitCode === null) {
      const gone = once(this.#server, 'exit')
      this.#server.kill('SIGTERM')
      await gone
    }
    for (const pid of await this.#databaseProcesses().catch(() => [])) kill(pid)
  }

  async #isAnother(postmaster: number) {
    const [pid] = await this.#pidFile().catch(() => [])
    return pid !== undefined && Number(pid) !== postmaster
  }

  async #pidFile() {
    return (await readFile(join(this.#folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  }

  /** PostgreSQL writes down where its socket is. */
  async databaseUrl() {
    return `postgresql://lachan@/lachan?host=${encodeURIComponent((await this.#pidFile())[4]!)}`
  }

  /** The postmaster of this cluster and its children. */
  async #databaseProcesses() {
    const postmaster = (await this.#pidFile())[0]!
    return [postmaster, ...(await childrenOf(postmaster))].map(Number)
  }
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went when its parent did.
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? address!.port : 0
}
