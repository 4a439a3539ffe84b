import { readFileSync } from 'node:fs'
import type { Static, TSchema } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { type Sql, transact } from '../../platform/database.ts'
import { saveKinds } from './queries.ts'
import { KindFile, SectorFile } from './schema.ts'

const FOLDER = new URL('../../../../data/places/', import.meta.url)

/** A file that does not fit stops the start, and says where. */
function readData<S extends TSchema>(schema: S, file: URL): Static<S> {
  const content = JSON.parse(readFileSync(file, 'utf8'))
  if (Check(schema, content)) return content as Static<S>
  const faults = [...Errors(schema, content)].map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
  )
  throw new Error(`${file.pathname} is not as it should be: ${faults.slice(0, 5).join('; ')}`)
}

/** The trees of management beside that of areas, with what they are called. */
export const listSectors = (folder = FOLDER) => readData(SectorFile, new URL('sectors.json', folder))

export const readSectors = (folder = FOLDER) => listSectors(folder).map(({ code }) => code)

/** Brings the kinds into line with the file. Kinds that it no longer names stay, because places are of them. */
export async function loadKinds(sql: Sql, folder = FOLDER) {
  const sectors = readSectors(folder)
  const file = new URL('kinds.json', folder)
  const kinds = readData(KindFile, file)
  for (const [at, { code, sector }] of kinds.entries()) {
    if (kinds.findIndex((other) => other.code === code) !== at)
      throw new Error(`${file.pathname} names ${code} twice`)
    if (!sectors.includes(sector))
      throw new Error(`${file.pathname}: ${code} is in the unknown sector ${sector}`)
  }
  await transact(sql, (tx) =>
    saveKinds(
      tx,
      kinds.map(({ defaultStayMinutes, ...kind }) => ({
        ...kind,
        defaultStaySeconds: defaultStayMinutes * 60,
      })),
    ),
  )
}
