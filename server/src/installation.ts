import { type Database, openDatabase } from './database.ts'
import { isWithin } from './modules/areas/index.ts'
import { listDecisions } from './modules/declarations/index.ts'
import { listeners } from './modules.ts'
import { system } from './platform/access.ts'
import type { Config } from './platform/config.ts'
import { Context, type Services } from './platform/context.ts'
import { type Keys, loadKeys } from './platform/keys.ts'

export const createServices = (
  config: Pick<Config, 'origin' | 'timeZone' | 'keepVisitsDays' | 'keepRenewalsDays' | 'warnAlone' | 'demo'>,
  keys: Keys,
): Services => ({
  keys,
  origin: config.origin,
  timeZone: config.timeZone,
  keepVisitsDays: config.keepVisitsDays,
  keepRenewalsDays: config.keepRenewalsDays,
  warnAlone: config.warnAlone,
  demo: config.demo,
  isWithin,
  listDecisions,
  listeners,
})

export type Installation = Database & {
  config: Config
  services: Services
  /** Nobody was in the database when it was opened. */
  isNew: boolean
  /** The server itself as the one who asks. */
  context: (sql: Context['sql'], now?: Date) => Context
}

/** Opens database, keys and services, for the server and for the command line alike. */
export async function openInstallation(
  config: Config,
  log: (message: string) => void,
): Promise<Installation> {
  const database = await openDatabase(config, log)
  const { sql, stop } = database
  try {
    const [{ used }] = await sql<[{ used: boolean }]>`select exists (select from people) as used`
    const services = createServices(config, loadKeys(config.keyFile, { create: !used }))
    return {
      ...database,
      config,
      services,
      isNew: !used,
      context: (tx, now) => new Context(tx, system, services, now),
    }
  } catch (error) {
    await stop()
    throw error
  }
}
