import { readFile, writeFile } from 'node:fs/promises'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { routes } from './modules.ts'
import { nobody } from './platform/access.ts'
import { readConfig } from './platform/config.ts'
import { createApp } from './platform/http.ts'

const FOLDER = new URL('../../contract/', import.meta.url)
export const FILES = { openapi: new URL('openapi.json', FOLDER), types: new URL('types.ts', FOLDER) }

/** The contract as the server declares it. No database is asked: routes describe themselves. */
export async function describeContract() {
  const app = await createApp({
    config: readConfig({ LOG_LEVEL: 'silent' }),
    sql: null as never,
    services: null as never,
    routes,
    authenticate: async () => nobody,
  })
  await app.ready()
  const openapi = app.swagger()
  await app.close()
  const types = astToString(await openapiTypescript(structuredClone(openapi) as never))
  return {
    openapi: `${JSON.stringify(openapi, null, 2)}\n`,
    types: `// Made by \`npm run contract\` from openapi.json.\n${types}`,
  }
}

/** `npm run contract`: writes it down, for the web app, for others' clients, and for review. */
if (import.meta.main) {
  const contract = await describeContract()
  for (const name of ['openapi', 'types'] as const) {
    const before = await readFile(FILES[name], 'utf8').catch(() => '')
    if (before !== contract[name]) await writeFile(FILES[name], contract[name])
    process.stdout.write(
      `contract/${FILES[name].pathname.split('/').at(-1)} ${before === contract[name] ? 'is current' : 'written'}\n`,
    )
  }
}
