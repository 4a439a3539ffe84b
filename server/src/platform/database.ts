import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import postgres from 'postgres'
import { connectionOptions } from './config.ts'
import { openSocket, remember } from './silence.ts'

/** Either the pool or an open transaction: a query does not care which. */
export type Sql = postgres.Sql | postgres.TransactionSql

export const isTransaction = (sql: Sql): sql is postgres.TransactionSql => 'savepoint' in sql

/** A piece of a query. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>

const DATE = 1082

/**
 * Rows arrive in camelCase (columns only: what is inside jsonb stays as it was written).
 * `date` columns stay `YYYY-MM-DD` text, because a day has no time zone; `timestamptz` becomes a Date.
 */
export const connect = (url: string, max = 16) =>
  postgres({
    ...connectionOptions(url),
    max,
    // The driver would wait ever longer, up to 20 s, while a database that was restarted is long back.
    backoff: () => 0.3,
    // A server that is killed may leave a connection open that nobody will ever answer; meanwhile everybody waits.
    connect_timeout: 5,
    // Known to the driver, but not to its types.
    ...({ socket: openSocket(url) } as object),
    onnotice: () => {},
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    types: {
      date: { to: DATE, from: [DATE], serialize: (day: string) => day, parse: (day: string) => day },
    },
  }) as unknown as postgres.Sql

/** Whether the connection of a transaction has gone; nested ones share it. */
type Line = { isDead: boolean }
const lines = new WeakMap<object, Line>()

/**
 * Runs `work` in a transaction, nesting as a savepoint when there is one already.
 *
 * When its connection dies the transaction fails with the driver's error, and from then on nothing is said on that
 * connection: the driver would write a rollback (or the next query) to a socket that is gone, which ends the process.
 */
export function transact<T>(sql: Sql, work: (tx: Sql) => Promise<T>): Promise<T> {
  if (isTransaction(sql)) {
    const line = lines.get(sql) ?? { isDead: false }
    return sql.savepoint((tx) => keepQuiet(tx, line, work)) as Promise<T>
  }
  const line = { isDead: false }
  const done = sql.begin((tx) => keepQuiet(tx, line, work)) as Promise<T>
  // The driver rejects at once when the connection closes, whatever `work` is waiting for.
  done.catch(() => {
    line.isDead = true
  })
  return done
}

const never = new Promise<never>(() => {})
const GONE = /^(CONNECTION_|ECONN|EPIPE)/

async function keepQuiet<T>(
  tx: postgres.TransactionSql,
  line: Line,
  work: (tx: Sql) => Promise<T>,
): Promise<T> {
  const careful = new Proxy(tx, {
    apply(target, self, args) {
      if (line.isDead) throw Object.assign(new Error('The connection is gone'), { code: 'CONNECTION_CLOSED' })
      return Reflect.apply(target, self, args)
    },
  })
  lines.set(careful, line)
  try {
    const answer = await work(careful)
    return line.isDead ? await never : answer
  } catch (error) {
    // A query may fail a moment before its connection is known to be closed.
    if (GONE.test((error as { code?: string }).code ?? ''))
      for (let waits = 0; waits < 100 && !line.isDead; waits++) await sleep(10)
    if (line.isDead) await never
    throw error
  }
}

/**
 * The rows of a query as PostgreSQL holds them (`bytea` as it is, numbers big-endian). As text, which is all that the driver
 * asks for by itself, a byte travels as two digits, and megabytes of them take four times as long.
 */
export async function fetchBinary(sql: Sql, query: (sql: Sql) => Fragment): Promise<(Buffer | null)[][]> {
  if (!isTransaction(sql)) return transact(sql, (tx) => fetchBinary(tx, query))
  // A cursor is planned for its first rows, unless told that all of them are wanted.
  await sql`set local cursor_tuple_fraction = 1`
  // Waited for: what cannot be said (a moment that is none) would otherwise leave the driver waiting for ever.
  await sql`declare binary_rows binary cursor for ${query(sql)}`
  // Only what is said as plain text is answered as the cursor was declared.
  const [rows] = await Promise.all([sql.unsafe('fetch all from binary_rows').raw(), sql`close binary_rows`])
  return rows as unknown as (Buffer | null)[][]
}

/** As PostgreSQL says that transactions waited for each other in a circle, and to whatever is said in one that has failed. */
const CIRCLE = /^(40P01|25P02)$/
const MOST_TIMES = 3

/** Does `work`, whole transactions, again when others and it waited for each other in a circle, so that the database ended it. */
export async function retryDeadlocks<T>(work: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times++)
    try {
      return await work()
    } catch (error) {
      if (times === MOST_TIMES || !CIRCLE.test((error as { code?: string }).code ?? '')) throw error
    }
}

/** Not there, or not by this way; not found; silent (the driver's words begin with CONNECT); ending, starting; full. */
const AWAY = /^(ECONN|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|CONNECT|57P0|08|53)/

/** What the driver of the queue says, without a code. */
const LOST = /^Connection terminated/

/** Whether the database cannot be reached, or has no room: asking again later may help, asking otherwise does not. */
export const isAway = (error: unknown) => {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string }
  return AWAY.test(code) || LOST.test(message)
}

/** A pool of the driver that the job queue brings; a lost connection is its own matter to mend, not an exception. */
export function connectQueue(url: string, max: number) {
  const { username: user, ...options } = connectionOptions(url)
  const pool = new pg.Pool({ ...options, user, max } as pg.PoolConfig)
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    remember(url, (client as unknown as { connection: { stream: Socket } }).connection.stream)
  })
  return pool
}
