import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type postgres from 'postgres'
import type { Config } from './platform/config.ts'
import { connect } from './platform/database.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'

export type Database = {
  url: string
  sql: postgres.Sql
  stop: () => Promise<void>
}

type Log = (message: string) => void

/**
 * The database of this installation: the one that is named, or one of our own. It comes up to date, but loads no module
 * when it is, so that a command which only looks something up answers at once.
 */
export async function openDatabase(config: Config, log: Log): Promise<Database> {
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDir)
  const url = config.databaseUrl ?? embedded!.url
  const sql = connect(url)
  const stop = async () => {
    await sql.end({ timeout: 1 })
    await embedded?.stop()
  }
  try {
    await prepareDatabase(url, sql, log)
    return { url, sql, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Brings a database to the present: schema, units, kinds of places. */
export async function prepareDatabase(url: string, sql: postgres.Sql, log: Log) {
  const version = versionOfSources()
  if ((await findVersion(sql)) === version) return
  const { migrate } = await import('./platform/migrate.ts')
  const { loadAreas } = await import('./modules/areas/index.ts')
  const { loadKinds } = await import('./modules/places/index.ts')
  await migrate(url, log)
  await loadAreas(sql, DATA)
  await loadKinds(sql)
  await sql`
    insert into settings (name, value) values ('prepared', ${sql.json({ version })})
    on conflict (name) do update set value = excluded.value`
}

const MIGRATIONS = new URL('../migrations/', import.meta.url)
const DATA = new URL('../../data/', import.meta.url)

/** What a database is prepared from: our migrations, the job queue with its own, and the data that ships. */
function versionOfSources() {
  const hash = createHash('sha256').update(
    readFileSync(new URL('../package.json', import.meta.resolve('graphile-worker'))),
  )
  for (const folder of [
    MIGRATIONS,
    new URL('areas/', DATA),
    new URL('boundaries/', DATA),
    new URL('places/', DATA),
  ])
    for (const name of readdirSync(folder).sort())
      if (/\.(sql|csv|json)$/.test(name)) hash.update(`${name}\0`).update(readFileSync(new URL(name, folder)))
  return hash.digest('hex')
}

async function findVersion(sql: postgres.Sql) {
  const [table] = await sql<{ found: boolean }[]>`select to_regclass('settings') is not null as found`
  if (!table!.found) return undefined
  const [row] = await sql<{ version: string }[]>`
    select value ->> 'version' as version from settings where name = 'prepared'`
  return row?.version
}
