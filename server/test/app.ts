import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { inspect } from 'node:util'
import type { InjectOptions } from 'fastify'
import { createServices } from '../src/installation.ts'
import { addAccount, authenticate } from '../src/modules/accounts/index.ts'
import { holderOfPhone, normalizePhone } from '../src/modules/people/index.ts'
import { jobs, routes } from '../src/modules.ts'
import { system } from '../src/platform/access.ts'
import { readConfig } from '../src/platform/config.ts'
import { Context } from '../src/platform/context.ts'
import { connect, type Sql } from '../src/platform/database.ts'
import { createApp } from '../src/platform/http.ts'
import type { Jobs } from '../src/platform/jobs.ts'
import { randomKeys } from '../src/platform/keys.ts'
import { DELIVER, deliver, listOutbox, smsTwin } from '../src/platform/messenger.ts'
import { administer, inDatabase, startTestCluster, TEMPLATE } from './cluster.ts'
import { citizens, officers, type Who } from './people.ts'

// One database a test file, cloned from the template; `npm test` names the cluster, a single file starts its own.
const cluster = process.env.TEST_CLUSTER_URL
  ? { url: process.env.TEST_CLUSTER_URL, stop: async () => {} }
  : await startTestCluster()
const database = `lachan_test_${randomBytes(6).toString('hex')}`
await administer(cluster.url, `create database ${database} template ${TEMPLATE}`)
export const url = inDatabase(cluster.url, database)
export const sql = connect(url, 4)

after(async () => {
  await sql.end({ timeout: 1 })
  await administer(cluster.url, `drop database if exists ${database} with (force)`)
  await cluster.stop()
})

const config = readConfig({ LOG_LEVEL: 'silent', LACHAN_DEMO: 'on' })
export const services = createServices(config, randomKeys())

/** The cast signs in once a file, through rows that every test sees. */
const tokens = new Map<string, string>()
const ids = new Map<string, { id: number; publicId: string }>()
await sql.begin(async (tx) => {
  const ctx = new Context(tx, system, services)
  for (const who of citizens) {
    const person = await holderOfPhone(ctx, normalizePhone(who.phone))
    ids.set(who.name, person)
    tokens.set(who.name, await insertToken(tx, { holderId: person.id }))
  }
  for (const who of officers) {
    await addAccount(ctx, { ...who, password: `${who.login}-password` })
    const [row] = await tx`select id, public_id from accounts where login = ${who.login}`
    ids.set(who.name, row as never)
    tokens.set(who.name, await insertToken(tx, { accountId: row!.id }))
  }
})

async function insertToken(tx: Sql, owner: { accountId?: number; holderId?: number }) {
  const token = randomBytes(16).toString('base64url')
  const tokenHash = createHash('sha256').update(token).digest()
  await tx`insert into sessions ${tx({ tokenHash, ...owner, createdAt: new Date(), expiresAt: new Date('2199-01-01') })}`
  return token
}

/** The row of somebody of the cast: people for citizens, accounts for officers. */
export const rowOf = (who: Who) => ids.get(who.name)!
const tokenOf = (who: Who) => (who.kind === 'key' ? who.token : tokens.get(who.name))

type Answer = {
  status: number
  body: any
  headers: Record<string, unknown>
  bytes: Buffer
}
export type Ask = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>

export class Stage {
  readonly sql: Sql
  #now: Date | undefined
  constructor(tx: Sql) {
    this.sql = tx
  }

  /** Sets the clock of the server. */
  now(at: Date | string) {
    this.#now = new Date(at)
  }
  get time() {
    return this.#now ?? new Date()
  }

  /** The server itself, for what a test prepares without the API. */
  ctx(actor = system) {
    return new Context(this.sql, actor, services, this.time)
  }

  /** Runs every queued job, and what these queue, in this transaction. */
  async runJobs() {
    const known: Jobs = { ...jobs, [DELIVER]: deliver(smsTwin) }
    for (let round = 0; round < 20; round++) {
      const queued = await this.sql<{ id: string; identifier: string; payload: unknown }[]>`
        select j.id, t.identifier, j.payload from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id order by j.run_at, j.id`
      if (queued.length === 0) return
      for (const { id, identifier, payload } of queued) {
        const job = known[identifier]
        assert.ok(job, `a job is called ${identifier}, and nobody does it`)
        await job(this.ctx(), payload as never)
        await this.sql`select graphile_worker.complete_jobs(array[${id}::bigint])`
      }
    }
    assert.fail('jobs queue jobs without end')
  }

  outbox() {
    return listOutbox(this.ctx())
  }

  /** Whose record these scans mean: the answer to a scan does not always say. */
  async peopleOf(scans: readonly { id: string }[]): Promise<string[]> {
    const rows = await this.sql<{ id: string; publicId: string }[]>`
      select s.id, p.public_id from scans s join people p on p.id = s.person_id`
    return scans.map(({ id }) => rows.find((row) => row.id === id)!.publicId)
  }
}

class RolledBack extends Error {}

type Story = (as: (who: Who) => Ask, stage: Stage) => Promise<void>

let current: Stage

/** The server itself, once a file: building it takes longer than most tests. They use it one after the other. */
const app = await createApp({
  config,
  get sql() {
    return current.sql
  },
  services,
  routes,
  authenticate,
  now: () => current.time,
})
// A failure of the server is shown as it is, not as the polite answer that hides it.
app.addHook('onError', async (request, _reply, error) => {
  if (!('words' in error) && (error.statusCode ?? 500) >= 500)
    process.stderr.write(`${request.method} ${request.url}: ${inspect(error)}\n`)
})

after(() => app.close())

const as =
  (who: Who): Ask =>
  async (method, path, body, headers = {}) => {
    const token = tokenOf(who)
    const answer = await app.inject({
      method,
      url: path.startsWith('/api/') ? path : `/api/v1${path}`,
      ...(body === undefined ? {} : { payload: body }),
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        'accept-language': 'en',
        ...headers,
      },
    } as InjectOptions)
    const isJson =
      String(answer.headers['content-type']).includes('json') && !answer.headers['content-encoding']
    return {
      status: answer.statusCode,
      body: answer.payload && isJson ? answer.json() : undefined,
      headers: answer.headers,
      bytes: answer.rawPayload,
    }
  }

/** One test, one transaction, always rolled back. */
export const scenario = (title: string, story: Story) =>
  test(title, () =>
    sql
      .begin(async (tx) => {
        current = new Stage(tx)
        await story(as, current)
        throw new RolledBack()
      })
      .catch((error) => {
        if (!(error instanceof RolledBack)) throw error
      }),
  )
