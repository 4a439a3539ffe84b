import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { areaProblem } from './problems.ts'

const FOLDER = new URL('../../../../data/boundaries/', import.meta.url)

type Boundaries = { plain: Buffer; zipped: Buffer; hash: string }
const files = new Map<string, Promise<Boundaries>>()

/** The map of the provinces (`vn`) or of a province's communes: read once, because it changes only with a release. */
export async function getBoundaries(code: string): Promise<Boundaries> {
  if (code !== 'vn' && !/^\d{2}$/.test(code)) throw areaProblem.noBoundaries()
  const known = files.get(code)
  if (known) return known
  const reading = read(code)
  files.set(code, reading)
  reading.catch(() => files.delete(code))
  return reading
}

async function read(code: string): Promise<Boundaries> {
  const name = code === 'vn' ? 'provinces.topojson' : `communes/${code}.topojson`
  const plain = await readFile(new URL(name, FOLDER)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? areaProblem.noBoundaries() : error
  })
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  return { plain, zipped: await promisify(gzip)(plain, { level: 9 }), hash }
}
