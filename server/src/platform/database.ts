import pg from 'pg'
import postgres from 'postgres'
import { connectionOptions } from './config.ts'

/** Either the pool or an open transaction: a query does not care which. */
export type Sql = postgres.Sql | postgres.TransactionSql

const DATE = 1082

/**
 * Rows arrive in camelCase (columns only: what is inside jsonb stays as it was written).
 * `date` columns stay `YYYY-MM-DD` text, because a day has no time zone; `timestamptz` becomes a Date.
 */
export const connect = (url: string, max = 16) =>
  postgres({
    ...connectionOptions(url),
    max,
    onnotice: () => {},
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    types: {
      date: { to: DATE, from: [DATE], serialize: (day: string) => day, parse: (day: string) => day },
    },
  }) as unknown as postgres.Sql

/** Runs `work` in a transaction, nesting as a savepoint when there is one already. */
export const transact = <T>(sql: Sql, work: (tx: Sql) => Promise<T>) =>
  ('savepoint' in sql ? sql.savepoint(work) : sql.begin(work)) as Promise<T>

/** A pool of the driver that the job queue brings; a lost connection is its own matter to mend, not an exception. */
export function connectQueue(url: string, max: number) {
  const { username: user, ...options } = connectionOptions(url)
  const pool = new pg.Pool({ ...options, user, max } as pg.PoolConfig)
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
