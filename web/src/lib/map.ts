import { geoMercator, geoPath, geoTransform } from 'd3-geo'
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

interface UnitShape {
  code: string
  d: string
}

/** An archipelago: at its place on the map of the country, in a box of its own on the map of its province. */
interface Archipelago {
  code: string
  name: string
  d: string
  x: number
  y: number
  box: { x: number; y: number; width: number; height: number } | null
}

export interface Drawing {
  width: number
  height: number
  units: UnitShape[]
  archipelagos: Archipelago[]
  /** Where a point of the ground is on the drawing, in its pixels; and back. */
  project(point: [lon: number, lat: number]): [x: number, y: number]
  locate(point: [x: number, y: number]): [lon: number, lat: number]
  /** The box around some of the units. */
  boundsOf(codes: readonly string[]): [[x: number, y: number], [x: number, y: number]]
}

type Properties = { code: string; name: string; nameEn?: string; province?: string }
type Unit = Feature<Polygon | MultiPolygon, Properties>

/** Hoàng Sa and Trường Sa lie east of the mainland and its coastal islands; the banks of the south reach a little west. */
const isAtSea = ([lon = 0, lat = 0]: number[]) => lon > 110.3 || (lon > 108 && lat < 9)

const unitsOf = (topology: Topology, name: string): Unit[] => {
  const object = topology.objects[name] as GeometryCollection<Properties> | undefined
  if (!object) return []
  const collection = feature(topology, object) as FeatureCollection<Polygon | MultiPolygon, Properties>
  return collection.features
}

/** The archipelagos as the map names them: points with the code of their unit and of its province. */
function namesOf(topology: Topology): Properties[] {
  const object = topology.objects.archipelagos as GeometryCollection<Properties> | undefined
  return object?.geometries.flatMap(({ properties }) => (properties ? [properties as Properties] : [])) ?? []
}

/** The parts of a unit on one side of the open sea's edge. */
function partsOf(unit: Unit, atSea: boolean): Unit {
  const { geometry } = unit
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const coordinates = polygons.filter(([ring]) => ring?.[0] && isAtSea(ring[0]) === atSea)
  return { ...unit, geometry: { type: 'MultiPolygon', coordinates } }
}

/** Leaves out points that stand within this part of a pixel of the one before, on the way to the page. */
function thinned(
  next: { point(x: number, y: number): void; lineStart(): void; lineEnd(): void },
  least: number,
) {
  let [lastX, lastY] = [Number.NaN, Number.NaN]
  return geoTransform({
    lineStart() {
      lastX = Number.NaN
      next.lineStart()
    },
    lineEnd: () => next.lineEnd(),
    point(x, y) {
      if (Math.abs(x - lastX) + Math.abs(y - lastY) < least) return
      lastX = x
      lastY = y
      next.point(x, y)
    },
  }).stream(next as never)
}

const collectionOf = (features: Unit[]): FeatureCollection => ({ type: 'FeatureCollection', features })

/**
 * Turns a map of the API into paths: of the provinces of the country (`objects.provinces`), or of the communes of a province
 * (`objects.communes`). Hoàng Sa and Trường Sa are always drawn, and named. A map that is looked at closely is drawn
 * with as many times the detail.
 */
export function draw(topology: Topology, width = 640, detail = 1): Drawing {
  const national = 'provinces' in topology.objects
  const units = unitsOf(topology, national ? 'provinces' : 'communes')
  const near = units
    .map((unit) => partsOf(unit, false))
    .filter(({ geometry }) => geometry.coordinates.length > 0)
  const far = units
    .map((unit) => partsOf(unit, true))
    .filter(({ geometry }) => geometry.coordinates.length > 0)
  const names = new Map(
    namesOf(topology).map(({ code, province, name }) => [(national && province) || code, name] as const),
  )

  const shown = collectionOf(national ? units : near)
  const inset = !national && far.length > 0
  const mainWidth = inset ? width * 0.72 : width
  // Half a stroke stays free at the edges.
  const projection = geoMercator().fitWidth(mainWidth - 4, shown)
  const plain = geoPath(projection)
  const [x, y] = projection.translate()
  projection.translate([x + 2, y + 2])
  let height = Math.ceil(plain.bounds(shown)[1][1]) + 2
  // A tall, narrow province must not fill three screens.
  if (height > width * 1.25) {
    height = Math.round(width * 1.25)
    projection.fitSize([mainWidth, height], shown)
  }
  const path = geoPath({ stream: (out) => projection.stream(thinned(out, 0.35 / detail)) }).digits(
    Math.ceil(Math.log10(detail)) + 1,
  )

  return {
    width,
    height,
    project: (point) => projection(point) ?? [0, 0],
    locate: (point) => projection.invert?.(point) ?? [0, 0],
    boundsOf: (codes) =>
      plain.bounds(collectionOf(near.filter(({ properties: { code } }) => codes.includes(code)))),
    units: near.map((unit) => ({ code: unit.properties.code, d: path(unit) ?? '' })),
    archipelagos: far.map((islands, index) => {
      const { code } = islands.properties
      const name = names.get(code) ?? islands.properties.name
      if (!inset) {
        const [[left, top], [right, bottom]] = plain.bounds(islands)
        const y = bottom + 24 < height ? bottom + 22 : top - 10
        return { code, name, d: path(islands) ?? '', x: (left + right) / 2, y, box: null }
      }
      const size = width * 0.26
      const box = { x: width - size - 2, y: index * (size + 40) + 2, width: size, height: size }
      const extent: [[number, number], [number, number]] = [
        [box.x + 8, box.y + 8],
        [box.x + size - 8, box.y + size - 8],
      ]
      const d = geoPath(geoMercator().fitExtent(extent, islands)).digits(1)(islands) ?? ''
      return { code, name, d, x: box.x + size / 2, y: box.y + size + 22, box }
    }),
  }
}

interface Spot {
  number: number
  name: string
  lat: number
  lon: number
}

/** How much of the earth a map of one point shows, in degrees: some three kilometres to each side. */
const NEAR = 0.03

/** The communes around some points, and the points among them. What lies outside the frame is left out. */
export function drawAround(topology: Topology, spots: readonly Spot[], width = 400, height = 320) {
  const corners = [
    [Math.min(...spots.map(({ lon }) => lon)) - NEAR, Math.min(...spots.map(({ lat }) => lat)) - NEAR],
    [Math.max(...spots.map(({ lon }) => lon)) + NEAR, Math.max(...spots.map(({ lat }) => lat)) + NEAR],
  ]
  const projection = geoMercator().fitExtent(
    [
      [16, 16],
      [width - 16, height - 16],
    ],
    { type: 'MultiPoint', coordinates: corners },
  )
  projection.clipExtent([
    [-2, -2],
    [width + 2, height + 2],
  ])
  const plain = geoPath(projection)
  const path = geoPath({ stream: (out) => projection.stream(thinned(out, 0.35)) }).digits(1)
  const units = unitsOf(topology, 'communes').flatMap((unit) => {
    const d = path(unit)
    return d ? [{ code: unit.properties.code, name: unit.properties.name, d, at: plain.centroid(unit) }] : []
  })
  const points = spots.map(({ number, name, lat, lon }) => {
    const [x, y] = projection([lon, lat])!
    return { number, name, x, y }
  })
  const isFree = ([x, y]: [number, number]) =>
    x > 60 &&
    x < width - 60 &&
    y > 12 &&
    y < height - 12 &&
    points.every((point) => Math.abs(point.x - x) > 70 || Math.abs(point.y - y) > 24)
  return {
    width,
    height,
    units: units.map(({ code, d }) => ({ code, d })),
    names: units.filter(({ at }) => isFree(at)).map(({ code, name, at: [x, y] }) => ({ code, name, x, y })),
    points,
  }
}
