import type postgres from 'postgres'
import { isWithin, loadAreas } from './modules/areas/index.ts'
import { loadKinds } from './modules/places/index.ts'
import { listeners } from './modules.ts'
import { system } from './platform/access.ts'
import type { Config } from './platform/config.ts'
import { Context, type Services } from './platform/context.ts'
import { connect } from './platform/database.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { type Keys, loadKeys } from './platform/keys.ts'
import { migrate } from './platform/migrate.ts'

/** What shipped data the code reads at start. */
const DATA = new URL('../../data/', import.meta.url)

export const createServices = (
  config: Pick<Config, 'origin' | 'timeZone' | 'demo'>,
  keys: Keys,
): Services => ({
  keys,
  origin: config.origin,
  timeZone: config.timeZone,
  demo: config.demo,
  isWithin,
  listeners,
})

/** Brings a database to the present: schema, units, kinds of places. Quick when there is nothing to do. */
export async function prepareDatabase(url: string, sql: postgres.Sql, log: (message: string) => void) {
  await migrate(url, log)
  await loadAreas(sql, DATA)
  await loadKinds(sql)
}

export type Installation = {
  config: Config
  url: string
  sql: postgres.Sql
  services: Services
  /** Nobody was in the database when it was opened. */
  isNew: boolean
  /** The server itself as the one who asks. */
  context: (sql: Context['sql'], now?: Date) => Context
  stop: () => Promise<void>
}

/** Opens database, keys and services, for the server and for the command line alike. */
export async function openInstallation(
  config: Config,
  log: (message: string) => void,
): Promise<Installation> {
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDir)
  const url = config.databaseUrl ?? embedded!.url
  const sql = connect(url)
  const stop = async () => {
    await sql.end({ timeout: 2 })
    await embedded?.stop()
  }
  try {
    await prepareDatabase(url, sql, log)
    const [{ used }] = await sql<[{ used: boolean }]>`select exists (select from people) as used`
    const services = createServices(config, loadKeys(config.keyFile, { create: !used }))
    return {
      config,
      url,
      sql,
      services,
      isNew: !used,
      context: (tx, now) => new Context(tx, system, services, now),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
