import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { listShapes } from '../../areas/index.ts'
import { holds, isUsable, ringOf, touches } from './geometry.ts'
import {
  clockOf,
  type Group,
  isInTime,
  metresBetween,
  smallestCircle,
  smallestCover,
  stateOf,
  type ZoneTimes,
} from './rules.ts'
import type { Shape } from './schema.ts'

const at = (time: string) => new Date(`2026-11-22T${time}:00+07:00`)

const zone = (status: ZoneTimes['status']): ZoneTimes => ({
  status,
  startsAt: at('18:00'),
  endsAt: at('23:00'),
  noticeHours: 6,
})

describe('the clock', () => {
  test('a zone is in force by its hour and by nothing else', () => {
    for (const [status, time, state, due] of [
      ['draft', '08:00', 'draft', 'notice'],
      ['ordered', '20:00', 'ordered', 'notice'],
      ['notified', '17:59', 'notified', 'start'],
      ['notified', '18:00', 'inForce', 'end'],
      ['notified', '22:59', 'inForce', 'end'],
      ['notified', '23:00', 'expired', undefined],
      ['lifted', '20:00', 'lifted', undefined],
    ] as const) {
      assert.equal(stateOf(zone(status), at(time)), state, `${status} ${time}`)
      assert.equal(clockOf(zone(status), at(time))?.kind, due, `${status} ${time}`)
    }
  })

  test('six hours before the start, to the minute (165/2026/NĐ-CP, Article 13)', () => {
    assert.equal(isInTime(zone('ordered'), at('12:00')), true)
    assert.equal(isInTime(zone('ordered'), at('12:01')), false)
    assert.deepEqual(clockOf(zone('ordered'), at('08:00')), { kind: 'notice', at: at('12:00') })
  })
})

describe('the smallest cover', () => {
  const everybody = () => 0

  test('the fewest communes; among equals those with fewer people', () => {
    const groups = [
      { units: ['A'], count: 5 },
      { units: ['B'], count: 3 },
      { units: ['C'], count: 3 },
      { units: ['D'], count: 1 },
    ]
    const people = (unit: string) => ({ A: 10, B: 900, C: 100, D: 1 })[unit]!
    assert.deepEqual(smallestCover(groups, 0.4, people), { units: ['A'], covered: 5 / 12 })
    assert.deepEqual(smallestCover(groups, 0.6, people), { units: ['A', 'C'], covered: 8 / 12 })
    assert.deepEqual(smallestCover(groups, 1, people).units, ['A', 'C', 'B', 'D'])
    assert.deepEqual(smallestCover([], 1, people), { units: [], covered: 0 })
  })

  test('of a commune that was split the part is taken that holds more besides', () => {
    const groups = [
      { units: ['A', 'B'], count: 4 },
      { units: ['B'], count: 1 },
    ]
    assert.deepEqual(smallestCover(groups, 1, everybody), { units: ['B'], covered: 1 })
  })

  const groups = fc.uniqueArray(
    fc.record({ units: fc.tuple(fc.nat(9)), count: fc.integer({ min: 1, max: 9 }) }),
    {
      selector: ({ units }) => units[0],
      minLength: 1,
    },
  )

  test('no fewer communes reach the share, whatever the numbers', () => {
    fc.assert(
      fc.property(groups, fc.double({ min: 0.1, max: 1, noNaN: true }), (some: Group<number>[], share) => {
        const total = some.reduce((sum, { count }) => sum + count, 0)
        const found = smallestCover(some, share, everybody)
        assert.ok(found.covered >= share - 1e-9)
        const least = Math.min(
          ...subsetsOf(some)
            .filter((set) => set.reduce((sum, { count }) => sum + count, 0) >= total * share - 1e-9)
            .map((set) => set.length),
        )
        assert.equal(found.units.length, least)
      }),
      { numRuns: 300 },
    )
  })
})

const subsetsOf = <T>(all: readonly T[]): T[][] =>
  all.reduce<T[][]>((sets, one) => sets.concat(sets.map((set) => set.concat([one]))), [[]])

const near = fc.record({
  lat: fc.double({ min: 12.2, max: 12.3, noNaN: true }),
  lon: fc.double({ min: 109.15, max: 109.25, noNaN: true }),
  weight: fc.integer({ min: 1, max: 5 }),
})

test('the circle holds the share, and no smaller one around any of the places does', () => {
  assert.equal(smallestCircle([], 1), undefined)
  fc.assert(
    fc.property(
      fc.array(near, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      (points, share) => {
        const found = smallestCircle(points, share)!
        const held = (center: { lat: number; lon: number }, radius: number) =>
          points.reduce((sum, point) => sum + (metresBetween(center, point) <= radius ? point.weight : 0), 0)
        const total = points.reduce((sum, { weight }) => sum + weight, 0)
        const { center, radiusMetres } = found.shape
        assert.ok(held(center, radiusMetres) >= total * share - 1e-9)
        assert.ok(Math.abs(found.covered - held(center, radiusMetres) / total) < 1e-9)
        if (radiusMetres > 100)
          for (const point of points) assert.ok(held(point, radiusMetres - 50) < total * share)
      },
    ),
    { numRuns: 300 },
  )
})

describe('drawn areas', () => {
  const circle = (lat: number, lon: number, radiusMetres: number): Shape => ({
    kind: 'circle',
    center: { lat, lon },
    radiusMetres,
  })
  const polygon = (...points: [number, number][]): Shape => ({
    kind: 'polygon',
    points: points.map(([lat, lon]) => ({ lat, lon })),
  })

  test('a circle is round, and closed', () => {
    const ring = ringOf(circle(12.2547, 109.1921, 500))
    assert.deepEqual(ring[0], ring.at(-1))
    for (const [lon, lat] of ring)
      assert.ok(Math.abs(metresBetween({ lat, lon }, { lat: 12.2547, lon: 109.1921 }) - 500) < 2)
    assert.ok(isUsable(ring))
  })

  test('what crosses itself, is a line, a dot or a province is not used', () => {
    const square = polygon([12.24, 109.18], [12.24, 109.19], [12.25, 109.19], [12.25, 109.18])
    assert.ok(isUsable(ringOf(square)))
    assert.ok(
      isUsable(
        ringOf(polygon([12.24, 109.18], [12.24, 109.19], [12.25, 109.19], [12.25, 109.18], [12.24, 109.18])),
      ),
    )
    for (const wrong of [
      polygon([12.24, 109.18], [12.25, 109.19], [12.24, 109.19], [12.25, 109.18]),
      polygon([12.24, 109.18], [12.25, 109.19], [12.26, 109.2]),
      polygon([12.24, 109.18], [12.24, 109.18], [12.24, 109.18]),
      polygon([12.24, 109.18], [12.24, 109.18001], [12.24001, 109.18]),
      polygon([12, 108], [12, 109], [13, 109]),
    ])
      assert.equal(isUsable(ringOf(wrong)), false, JSON.stringify(wrong))
  })

  test('the communes that it touches, from the map that ships', async () => {
    const shapes = await listShapes('56')
    assert.equal(shapes.length, 65)
    const touched = (shape: Shape) =>
      shapes.flatMap(({ code, polygons }) =>
        polygons.some((rings) => touches(ringOf(shape), rings)) ? [code] : [],
      )
    const market: [number, number] = [109.1921, 12.2547]
    assert.deepEqual(
      shapes.flatMap(({ code, polygons }) => (polygons.some((rings) => holds(rings, market)) ? [code] : [])),
      ['22366'],
    )
    assert.deepEqual(touched(circle(12.2547, 109.1921, 100)), ['22366'])
    assert.ok(touched(circle(12.2547, 109.1921, 5000)).length > 2)
    assert.deepEqual(touched(circle(10, 108, 500)), [])
    // A ring around a whole commune touches it as well.
    assert.ok(touched(circle(12.2547, 109.1921, 20_000)).includes('22366'))
  })
})
