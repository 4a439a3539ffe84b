import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { prepareDatabase } from '../src/database.ts'
import { connectionOptions } from '../src/platform/config.ts'
import { connect } from '../src/platform/database.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'

export const TEMPLATE = 'lachan_template'

/** The same server, another database. Socket addresses have no host, so this is text, not a URL. */
export const inDatabase = (url: string, name: string) => url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)

/** Runs SQL that no transaction may hold (create and drop database). */
export async function administer(url: string, text: string) {
  const sql = postgres({
    ...connectionOptions(inDatabase(url, 'postgres')),
    max: 1,
    onnotice: () => {},
  } as never)
  await sql.unsafe(text)
  await sql.end()
}

/** A real PostgreSQL in a temporary folder, with a template database that has schema and units. */
export async function startTestCluster() {
  const folder = await mkdtemp(join(tmpdir(), 'lachan-test-'))
  const postgresql = await startEmbeddedPostgres(folder)
  await administer(postgresql.url, `create database ${TEMPLATE}`)
  const url = inDatabase(postgresql.url, TEMPLATE)
  const sql = connect(url, 2)
  await prepareDatabase(url, sql, () => {})
  await sql`vacuum analyze`
  await sql.end()
  return {
    url: postgresql.url,
    async stop() {
      await postgresql.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
