import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../src/platform/database.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'

const SOURCE = new URL('../src/platform/embedded-postgres.ts', import.meta.url).href
const NOBODY = 65534
const isRoot = process.getuid?.() === 0

const folders: string[] = []
const children: ChildProcess[] = []
after(() => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) {
    const pid = postmasterOf(folder)
    if (pid && isAlive(pid)) process.kill(pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'lachan-test-'))
  folders.push(folder)
  return folder
}

function postmasterOf(folder: string) {
  const file = join(folder, 'postgres/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

/** A zombie does not count: who collects it is not our affair. */
function isAlive(pid: number) {
  if (process.platform === 'linux')
    return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return spawnSync('kill', ['-0', String(pid)]).status === 0
}

async function until(isSo: () => unknown, what: string) {
  for (const end = Date.now() + 10_000; !isSo(); await sleep(20))
    if (Date.now() > end) assert.fail(`waited in vain until ${what}`)
}

/** Another Node that starts the database in `folder`, says what came of it in one line, and stops on SIGTERM. */
function startElsewhere(folder: string, prefix: string[] = [], env: NodeJS.ProcessEnv = process.env) {
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(SOURCE)}
    const keepAlive = setInterval(() => {}, 1000)
    try {
      const database = await startEmbeddedPostgres(${JSON.stringify(folder)})
      process.once('SIGTERM', async () => {
        await database.stop()
        clearInterval(keepAlive)
      })
      process.on('SIGINT', () => console.log('interrupted'))
      console.log(JSON.stringify({ url: database.url, reused: database.reused, uid: process.getuid() }))
    } catch (error) {
      clearInterval(keepAlive)
      console.log(JSON.stringify({ error: error.message }))
    }`
  const [file, ...args] = [...prefix, process.execPath, '--input-type=module', '--eval', program]
  const child = spawn(file!, args, { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  let said = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const line = async () => {
    await until(() => said.includes('\n') || child.exitCode !== null, 'the other process spoke')
    return JSON.parse(said.split('\n')[0]!) as { url: string; reused: boolean; uid: number; error?: string }
  }
  return { child, line, said: () => said }
}

async function terminate(child: ChildProcess) {
  const began = Date.now()
  child.kill('SIGTERM')
  await once(child, 'exit')
  assert.ok(Date.now() - began < 5000, 'SIGTERM ends within five seconds')
  return child.exitCode
}

test('a durable cluster that sorts as Vietnamese does, for one or more users, until the last has stopped', async () => {
  const folder = newFolder()
  const first = await startEmbeddedPostgres(folder, { settings: { work_mem: '5MB' } })
  assert.equal(first.reused, false)
  const sql = connect(first.url, 2)
  const names = await sql`select name from unnest(array['Đào', 'Dung', 'Ân', 'An', 'Ánh']) name order by name`
  assert.deepEqual(
    names.map((row) => row.name),
    ['An', 'Ánh', 'Ân', 'Dung', 'Đào'],
  )
  const settings = await sql`select name, setting from pg_settings where name in
    ('fsync', 'synchronous_commit', 'listen_addresses', 'max_connections', 'work_mem', 'server_encoding')`
  assert.deepEqual(Object.fromEntries(settings.map(({ name, setting }) => [name, setting])), {
    fsync: 'on',
    synchronous_commit: 'on',
    listen_addresses: '',
    max_connections: '60',
    work_mem: '5120',
    server_encoding: 'UTF8',
  })

  const second = await startEmbeddedPostgres(folder)
  assert.equal(second.reused, true)
  assert.equal(second.url, first.url)
  const server = postmasterOf(folder)!
  await first.stop()
  assert.equal((await sql`select 1 as one`)[0]?.one, 1, 'the other user still has it')
  await second.stop()
  await second.stop()
  assert.ok(!isAlive(server))
  await sql.end({ timeout: 0 })

  const again = await startEmbeddedPostgres(folder)
  assert.equal(again.reused, false)
  await again.stop()
})

test('kill -9 of the database: it comes back by itself with every row that was acknowledged', async () => {
  const folder = newFolder()
  const database = await startEmbeddedPostgres(folder)
  const sql = connect(database.url, 4)
  await sql`create table scans (id int primary key)`
  for (let round = 1; round <= 2; round++) {
    // A connection that dies while the driver still asks it for types fails where nobody can catch it
    // (porsager/postgres#1192). The server bears that (jobs.ts); whoever runs tests takes it for a failure.
    await Promise.all(Array.from({ length: 4 }, () => sql`select pg_sleep(0.1)`))
    const acknowledged: number[] = []
    const before = postmasterOf(folder)!
    let isKilled = false
    const writing = Promise.allSettled(
      Array.from({ length: 4 }, async (_, writer) => {
        for (let n = 0; !isKilled; n++) {
          const id = round * 1_000_000 + writer * 100_000 + n
          await sql`insert into scans values (${id})`
          acknowledged.push(id)
        }
      }),
    )
    await until(() => acknowledged.length > 50, 'some scans are written')
    process.kill(before, 'SIGKILL')
    isKilled = true
    await writing
    await until(() => ![before, undefined].includes(postmasterOf(folder)), 'another server is there')
    const [{ kept }] = await eventually(
      () => sql<[{ kept: number }]>`select count(*)::int as kept from scans where id = any(${acknowledged})`,
    )
    assert.equal(kept, acknowledged.length)
  }
  await sql.end({ timeout: 1 })
  const last = postmasterOf(folder)!
  await database.stop()
  assert.ok(!isAlive(last))
})

/** As a request does that is sent again: until the pool has connected anew. */
async function eventually<T>(query: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 10_000; ; await sleep(50))
    try {
      return await query()
    } catch (error) {
      if (Date.now() > end) throw error
    }
}

test('kill -9 of Node: the next start takes over the database that was left, or recovers it', async () => {
  const folder = newFolder()
  const owner = startElsewhere(folder)
  const { url } = await owner.line()
  const sql = connect(url, 1)
  await sql`create table scans as select 1 as id`
  const left = postmasterOf(folder)!
  owner.child.kill('SIGKILL')
  await once(owner.child, 'exit')
  assert.ok(isAlive(left))

  const heir = startElsewhere(folder)
  assert.deepEqual(await heir.line(), { url, reused: true, uid: process.getuid?.() })
  assert.equal((await sql`select id from scans`)[0]?.id, 1)
  heir.child.kill('SIGKILL')
  process.kill(left, 'SIGKILL')
  await until(() => !isAlive(left), 'the database is dead')

  const next = startElsewhere(folder)
  assert.deepEqual(await next.line(), { url, reused: false, uid: process.getuid?.() })
  assert.equal((await eventually(() => sql`select id from scans`))[0]?.id, 1)
  await sql.end({ timeout: 1 })
  const server = postmasterOf(folder)!

  process.kill(-next.child.pid!, 'SIGINT')
  await until(() => next.said().includes('interrupted'), 'Ctrl-C has arrived')
  await sleep(100)
  assert.ok(isAlive(server), 'Ctrl-C is for Node, which stops the database when it has finished')
  assert.equal(await terminate(next.child), 0)
  assert.ok(!isAlive(server), 'SIGTERM of its user stops the database too')
})

test('a number in postmaster.pid that belongs to another process by now is no obstacle', async () => {
  const folder = newFolder()
  await (await startEmbeddedPostgres(folder)).stop()
  const lines = [process.pid, join(folder, 'postgres'), 0, 5432, tmpdir(), '', '', 'ready']
  writeFileSync(join(folder, 'postgres/postmaster.pid'), `${lines.join('\n')}\n`, { mode: 0o600 })
  const database = await startEmbeddedPostgres(folder)
  assert.equal(database.reused, false)
  await database.stop()
})

test('a folder for the socket that others may enter is refused', async () => {
  const folder = newFolder()
  const database = await startEmbeddedPostgres(folder)
  const socketDir = new URL(database.url).searchParams.get('host')!
  await database.stop()
  symlinkSync(folder, socketDir)
  await assert.rejects(startEmbeddedPostgres(folder), /is not a private folder/)
  rmSync(socketDir)
})

// Root can become anybody; whoever else runs these tests has run them as an ordinary user already.
if (isRoot) {
  const mayReach = (prefix: string[]) =>
    spawnSync(prefix[0]!, [...prefix.slice(1), process.execPath, new URL(SOURCE).pathname]).status === 0
  const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']

  test('an ordinary user runs it as well', async () => {
    const folder = newFolder()
    // Where nobody may not read these sources, a namespace makes us another user with root's access to files.
    const prefix = mayReach(asNobody) ? asNobody : ['unshare', '--user', `--map-user=${NOBODY}`]
    if (prefix === asNobody) chownSync(folder, NOBODY, NOBODY)
    const other = startElsewhere(folder, prefix)
    const { uid, reused, error } = await other.line()
    assert.deepEqual({ uid, reused, error }, { uid: NOBODY, reused: false, error: undefined })
    const server = postmasterOf(folder)!
    assert.equal(await terminate(other.child), 0)
    assert.ok(!isAlive(server))
  })

  test('root without user namespaces steps down to nobody, or says what to do instead', async () => {
    const tools = newFolder()
    symlinkSync('/bin/ls', join(tools, 'ls'))
    chmodSync(tools, 0o755)
    const env = { ...process.env, PATH: tools }

    const folder = newFolder()
    const stepped = startElsewhere(folder, [], env)
    const result = await stepped.line()
    if (mayReach(asNobody)) {
      assert.equal(result.reused, false, result.error)
      assert.equal(await terminate(stepped.child), 0)
    } else assert.match(result.error!, /cannot reach .*another user .* DATABASE_URL/)

    const parent = newFolder()
    const { error } = await startElsewhere(join(parent, 'closed'), [], env).line()
    assert.match(error!, /user namespaces .*cannot reach .*another user .* DATABASE_URL/)
  })
}
