import type { Ring } from '../../areas/index.ts'
import type { Shape } from './schema.ts'

const METRES_PER_DEGREE = 111_195
const SIDES = 64
/** Some 60 km: wider than that nobody draws, but chooses units. */
const WIDEST_DEGREES = 0.6
const LEAST_SQUARE_METRES = 2_000

const lonMetres = (lat: number) => METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** The outline of a drawn area, closed: its last point is the first. A circle has 64 sides. */
export function ringOf(shape: Shape): Ring {
  if (shape.kind === 'polygon') {
    const corners = shape.points.map(({ lat, lon }) => [round(lon), round(lat)] as const)
    const ring = [...corners, corners[0]!]
    // Pressed twice at one spot, or closed by hand.
    return ring.filter(([x, y], at) => at === 0 || x !== ring[at - 1]![0] || y !== ring[at - 1]![1])
  }
  const { center, radiusMetres } = shape
  const corner = (side: number) => {
    const angle = (2 * Math.PI * side) / SIDES
    return [
      round(center.lon + (radiusMetres * Math.cos(angle)) / lonMetres(center.lat)),
      round(center.lat + (radiusMetres * Math.sin(angle)) / METRES_PER_DEGREE),
    ] as const
  }
  const corners = Array.from({ length: SIDES }, (_, side) => corner(side))
  return [...corners, corners[0]!]
}

type Corner = Ring[number]

const turn = ([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner) =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))

const isBetween = ([ax, ay]: Corner, [bx, by]: Corner, [px, py]: Corner) =>
  Math.min(ax, bx) <= px && px <= Math.max(ax, bx) && Math.min(ay, by) <= py && py <= Math.max(ay, by)

/** Whether two sides have a point in common. */
function meet(a: Corner, b: Corner, c: Corner, d: Corner) {
  const [c1, d1, a2, b2] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  if (c1 !== d1 && a2 !== b2) return true
  return (
    (c1 === 0 && isBetween(a, b, c)) ||
    (d1 === 0 && isBetween(a, b, d)) ||
    (a2 === 0 && isBetween(c, d, a)) ||
    (b2 === 0 && isBetween(c, d, b))
  )
}

const sidesOf = (ring: Ring) => ring.slice(1).map((end, at) => [ring[at]!, end] as const)

function squareMetres(ring: Ring) {
  const twice = sidesOf(ring).reduce((sum, [[ax, ay], [bx, by]]) => sum + (ax * by - bx * ay), 0)
  return (Math.abs(twice) / 2) * METRES_PER_DEGREE * lonMetres(ring[0]![1])
}

/** Neither crossing itself, nor a line, nor as wide as a province. */
export function isUsable(ring: Ring) {
  const spread = (at: 0 | 1) => {
    const values = ring.map((corner) => corner[at])
    return Math.max(...values) - Math.min(...values)
  }
  if (spread(0) > WIDEST_DEGREES || spread(1) > WIDEST_DEGREES) return false
  if (ring.length < 4 || squareMetres(ring) < LEAST_SQUARE_METRES) return false
  const sides = sidesOf(ring)
  return !sides.some(([a, b], at) =>
    sides.some(([c, d], other) => {
      const isNext = other === at + 1 || (at === 0 && other === sides.length - 1)
      return other > at && !isNext && meet(a, b, c, d)
    }),
  )
}

/** Whether a point lies within a ring; rings inside it are holes. */
export function holds(rings: readonly Ring[], [x, y]: Corner) {
  let inside = false
  for (const ring of rings)
    for (const [[ax, ay], [bx, by]] of sidesOf(ring))
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  return inside
}

/** Whether a ring and a polygon have ground in common. */
export function touches(ring: Ring, polygon: readonly Ring[]) {
  if (holds(polygon, ring[0]!) || holds([ring], polygon[0]![0]!)) return true
  const sides = sidesOf(ring)
  return polygon.some((part) => sidesOf(part).some(([c, d]) => sides.some(([a, b]) => meet(a, b, c, d))))
}

/** As the database keeps it beside its outline: a GeoJSON Feature that remembers how it was drawn. */
export const featureOf = (shape: Shape) => ({
  type: 'Feature' as const,
  properties: shape,
  geometry: {
    type: 'Polygon' as const,
    coordinates: [ringOf(shape).map(([lon, lat]) => [lon, lat] as [number, number])],
  },
})
export type DrawnFeature = ReturnType<typeof featureOf>

/** As PostgreSQL reads a polygon. */
export const outlineOf = (shape: Shape) =>
  `(${ringOf(shape)
    .map(([lon, lat]) => `(${lon},${lat})`)
    .join(',')})`
