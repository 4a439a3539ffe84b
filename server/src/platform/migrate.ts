import { runMigrations } from 'graphile-worker'
import { runner } from 'node-pg-migrate'
import { connectQueue } from './database.ts'

const FOLDER = new URL('../../migrations/', import.meta.url).pathname

/** Brings the schema up to date: the job queue's own tables, then `migrations/*.sql`, forward only, each once. */
export async function migrate(url: string, log: (message: string) => void = () => {}) {
  const pgPool = connectQueue(url, 2)
  const dbClient = await pgPool.connect()
  try {
    await runMigrations({ pgPool })
    const applied = await runner({
      dbClient,
      dir: FOLDER,
      direction: 'up',
      migrationsTable: 'migrations',
      log: () => {},
    })
    if (applied.length > 0) log(`Migrated: ${applied.map(({ name }) => name).join(', ')}`)
    return applied.length
  } finally {
    dbClient.release()
    await pgPool.end()
  }
}
