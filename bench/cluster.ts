import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase } from '../server/src/database.ts'
import { connect } from '../server/src/platform/database.ts'
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres.ts'

type Cluster = {
  folder: string
  url: string
  sql: ReturnType<typeof connect>
  /** Ends the database before its time. */
  stop: () => Promise<void>
}

/** A database of its own, durable like the real one, that is gone afterwards whatever happened. */
export async function withCluster<T>(work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lachan-bench-'))
  const postgresql = await startEmbeddedPostgres(folder)
  const sql = connect(postgresql.url)
  const stop = async () => {
    await sql.end({ timeout: 2 })
    await postgresql.stop()
  }
  try {
    await prepareDatabase(postgresql.url, sql, () => {})
    return await work({ folder, url: postgresql.url, sql, stop })
  } finally {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
}

export const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
export const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
