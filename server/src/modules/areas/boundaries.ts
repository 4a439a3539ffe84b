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

export type Ring = readonly (readonly [lon: number, lat: number])[]
type UnitShape = { code: string; polygons: Ring[][] }

type Topology = {
  transform: { scale: [number, number]; translate: [number, number] }
  arcs: [number, number][][]
  objects: {
    communes: {
      geometries: { type: string; arcs: number[][] | number[][][]; properties: { code: string } }[]
    }
  }
}

const shapes = new Map<string, Promise<UnitShape[]>>()

/** The outlines of a province's communes, in degrees: rings whose last point is the first. */
export function listShapes(provinceCode: string): Promise<UnitShape[]> {
  const known = shapes.get(provinceCode)
  if (known) return known
  const reading = getBoundaries(provinceCode).then(({ plain }) => shapesOf(JSON.parse(plain.toString())))
  shapes.set(provinceCode, reading)
  reading.catch(() => shapes.delete(provinceCode))
  return reading
}

function shapesOf({ transform, arcs, objects }: Topology): UnitShape[] {
  const [stepX, stepY] = transform.scale
  const [fromX, fromY] = transform.translate
  const lines = arcs.map((arc) => {
    let [x, y] = [0, 0]
    return arc.map(([dx, dy]) => {
      x += dx
      y += dy
      return [x * stepX + fromX, y * stepY + fromY] as const
    })
  })
  // An arc that is run through backwards has the complement of its number; each begins where the last one ends.
  const ringOf = (numbers: number[]) =>
    numbers.flatMap((number, at) => {
      const line = number < 0 ? lines[~number]!.toReversed() : lines[number]!
      return at === 0 ? line : line.slice(1)
    })
  return objects.communes.geometries.map(({ type, arcs: parts, properties: { code } }) => ({
    code,
    polygons: (type === 'Polygon' ? [parts as number[][]] : (parts as number[][][])).map((rings) =>
      rings.map(ringOf),
    ),
  }))
}
