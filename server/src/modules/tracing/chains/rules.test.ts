import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../../../platform/days.ts'
import {
  chainsOf,
  countsOf,
  daysBetween,
  distributionOf,
  endsOn,
  eventKey,
  eventsOf,
  generationsOf,
  type Link,
  type Meeting,
  offspringOf,
  rankSources,
  scoreOf,
  spokenTime,
} from './rules.ts'

const GAP = 28
const link = (infectedId: number, infectorId: number | null, placeId: number | null = null): Link => ({
  infectedId,
  infectorId,
  placeId,
})

const history = fc
  .record({
    days: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 14 }),
    links: fc.array(
      fc.record({
        infectedId: fc.integer({ min: 1, max: 14 }),
        infectorId: fc.option(fc.integer({ min: 1, max: 16 }), { nil: null }),
        placeId: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
      }),
      { maxLength: 24 },
    ),
  })
  .map(({ days, links }) => ({
    days: new Map(days.map((day, at) => [at + 1, addDays('2026-01-01', day)])),
    links: links.filter(
      ({ infectedId, infectorId, placeId }) =>
        infectedId <= days.length && infectorId !== infectedId && (infectorId !== null || placeId !== null),
    ),
  }))

/** Whether two cases hang together, found by looking again and again; events by trying every pair of infections. */
function slowly({ days, links }: { days: Map<number, string>; links: Link[] }) {
  const ids = [...days.keys()]
  const near = new Map(ids.map((id) => [id, new Set([id])]))
  const meet = (one: number, other: number) => {
    near.get(one)!.add(other)
    near.get(other)!.add(one)
  }
  for (const { infectedId, infectorId } of links)
    if (infectorId !== null && days.has(infectorId)) meet(infectorId, infectedId)
  for (const placeId of new Set(links.flatMap((one) => one.placeId ?? []))) {
    const there = links.filter((one) => one.placeId === placeId)
    // Infections belong to one event if a way of steps of at most GAP days leads from one to the other.
    const reach = (from: Link) => {
      const seen = new Set([from])
      for (let grew = true; grew; ) {
        grew = false
        for (const one of there)
          if (
            !seen.has(one) &&
            [...seen].some(
              (known) => Math.abs(daysBetween(days.get(known.infectedId)!, days.get(one.infectedId)!)) <= GAP,
            )
          ) {
            seen.add(one)
            grew = true
          }
      }
      return [...seen]
    }
    for (const one of there) {
      const event = reach(one)
      if (!event.some(({ infectorId }) => infectorId === null)) continue
      for (const other of event) {
        meet(one.infectedId, other.infectedId)
        if (other.infectorId !== null && days.has(other.infectorId)) meet(one.infectedId, other.infectorId)
      }
    }
  }
  for (let grew = true; grew; ) {
    grew = false
    for (const id of ids)
      for (const other of [...near.get(id)!])
        for (const third of near.get(other)!)
          if (!near.get(id)!.has(third)) {
            near.get(id)!.add(third)
            grew = true
          }
  }
  return [...new Set(ids.map((id) => [...near.get(id)!].sort((a, b) => a - b).join(' ')))]
}

describe('chains', () => {
  test('are the cases that hang together, in whatever order the links come', () => {
    fc.assert(
      fc.property(history, fc.integer(), ({ days, links }, seed) => {
        const found = chainsOf(days, links, GAP).map((chain) => chain.join(' '))
        assert.deepEqual([...found].sort(), slowly({ days, links }).sort())
        const shuffled = [...links].sort(
          (one, other) => ((one.infectedId * 31 + seed) % 17) - ((other.infectedId * 31 + seed) % 17),
        )
        assert.deepEqual(
          chainsOf(days, shuffled, GAP).map((chain) => chain.join(' ')),
          found,
        )
      }),
      { numRuns: 400 },
    )
  })

  test('an event joins those of whom only the place is known, and ends after the quiet days', () => {
    const days = new Map([
      [1, '2026-01-01'],
      [2, '2026-01-29'],
      [3, '2026-03-01'],
    ])
    const links = [link(1, null, 7), link(2, null, 7), link(3, null, 7)]
    assert.deepEqual(chainsOf(days, links, GAP), [[1, 2], [3]])
    assert.deepEqual(
      eventsOf(days, links, GAP).map(({ number, caseIds }) => [number, caseIds]),
      [
        [0, [1, 2]],
        [1, [3]],
      ],
    )
    // Who is known to have been infected by somebody there does not make the place a source.
    assert.deepEqual(chainsOf(days, [link(2, 1, 7)], GAP), [[1, 2], [3]])
    assert.deepEqual(eventsOf(days, [link(2, 1, 7)], GAP), [])
  })

  test('are active to the last day of twice the longest incubation', () => {
    assert.equal(endsOn('2026-01-01', 14), '2026-01-29')
  })
})

describe('generations', () => {
  test('every case has one; nobody is more than one further than who infected them', () => {
    fc.assert(
      fc.property(history, ({ days, links }) => {
        const found = generationsOf(days, links, GAP)
        for (const id of days.keys()) assert.ok(found.get(id)! >= 0)
        for (const { infectedId, infectorId } of links)
          if (infectorId !== null && days.has(infectorId))
            assert.ok(found.get(infectedId)! <= found.get(infectorId)! + 1)
        for (const event of eventsOf(days, links, GAP)) {
          for (const id of event.sourceOf) assert.ok(found.get(id)! <= found.get(eventKey(event))! + 1)
          for (const id of event.broughtBy) assert.ok(found.get(eventKey(event))! <= found.get(id)!)
        }
        // Whoever is not at a beginning was infected from the generation before.
        for (const id of days.keys()) {
          const mine = found.get(id)!
          if (mine === 0) continue
          const before = [
            ...links.flatMap((one) => (one.infectedId === id ? (found.get(one.infectorId ?? -1) ?? []) : [])),
            ...eventsOf(days, links, GAP).flatMap((event) =>
              event.sourceOf.includes(id) ? found.get(eventKey(event))! : [],
            ),
          ]
          assert.ok(before.includes(mine - 1))
        }
        for (const chain of chainsOf(days, links, GAP)) assert.ok(chain.some((id) => found.get(id)! <= 1))
      }),
      { numRuns: 400 },
    )
  })

  test('a circle begins with who fell ill first; an event belongs to the generation of who began it', () => {
    const days = new Map([
      [1, '2026-01-05'],
      [2, '2026-01-03'],
      [3, '2026-01-09'],
      [4, '2026-01-10'],
    ])
    const links = [link(1, 2), link(2, 1), link(3, 1, 9), link(4, null, 9)]
    const found = generationsOf(days, links, GAP)
    assert.deepEqual(
      [1, 2, 3, 4].map((id) => found.get(id)),
      [1, 0, 2, 2],
    )
    assert.equal(found.get('9/0'), 1)
  })

  test('an event is no descendant of those whom it infected; below a circle nobody begins', () => {
    const days = new Map([
      [1, '2026-01-03'],
      [2, '2026-01-08'],
      [3, '2026-01-10'],
      [4, '2026-01-01'],
      [5, '2026-01-02'],
      [6, '2026-01-05'],
    ])
    // 1 caught it at the place, infected 2, and 2 infected 3 at the place.
    const there = generationsOf(days, [link(1, null, 9), link(2, 1), link(3, 2, 9)], GAP)
    assert.deepEqual(
      ['9/0' as const, 1, 2, 3].map((key) => there.get(key)),
      [0, 1, 2, 3],
    )
    // 5 and 6 infected each other, and 4, who fell ill before them.
    const circle = generationsOf(days, [link(5, 6), link(6, 5), link(4, 6)], GAP)
    assert.deepEqual(
      [4, 5, 6].map((key) => circle.get(key)),
      [2, 0, 1],
    )
  })
})

describe('figures', () => {
  test('of values, equal to those computed one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 40 }), { minLength: 1, maxLength: 40 }), (values) => {
        const { n, mean, median, sd, min, max } = distributionOf(countsOf(values))
        const sorted = [...values].sort((a, b) => a - b)
        const average = values.reduce((sum, value) => sum + value, 0) / values.length
        assert.equal(n, values.length)
        assert.ok(Math.abs(mean! - average) < 1e-9)
        const half = values.length / 2
        assert.equal(
          median,
          Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)],
        )
        assert.deepEqual([min, max], [sorted[0], sorted.at(-1)])
        if (n === 1) assert.equal(sd, null)
        else {
          const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (n - 1)
          assert.ok(Math.abs(sd! - Math.sqrt(variance)) < 1e-9)
        }
      }),
    )
    assert.deepEqual(distributionOf([]).mean, null)
  })

  test('of whom cases infected', () => {
    const found = offspringOf([
      { infected: 0, cases: 7 },
      { infected: 1, cases: 2 },
      { infected: 6, cases: 1 },
    ])
    assert.equal(found.cases, 10)
    assert.equal(found.infections, 8)
    assert.equal(found.max, 6)
    assert.equal(found.shareNone, 0.7)
    assert.equal(found.topFifthShare, 7 / 8)
    assert.equal(offspringOf([{ infected: 0, cases: 3 }]).topFifthShare, null)
  })
})

describe('sources', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute))
  const meeting = (placeId: number, caseId: number, from: number, to: number): Meeting => ({
    placeId,
    caseId,
    from: at(from),
    to: at(to),
    estimated: false,
  })

  test('a moment counts once, and more cases weigh more than more hours', () => {
    const ranked = rankSources(
      [
        meeting(1, 10, 0, 60),
        meeting(1, 10, 30, 90),
        meeting(2, 10, 0, 15),
        meeting(2, 11, 0, 15),
        meeting(3, 12, 5, 5),
      ],
      900,
    )
    assert.deepEqual(
      ranked.map(({ placeId, score, seconds }) => [placeId, score, seconds]),
      [
        [2, 2.25, 1800],
        [1, 1.75, 5400],
      ],
    )
  })

  test('a long time is said in hours', () => {
    const said = [0, 900, 3600, 5400, 1_391_700].map((seconds) => spokenTime(seconds).vi)
    assert.deepEqual(said, ['0 phút', '15 phút', '1 giờ', '1 giờ 30 phút', '386 giờ 35 phút'])
  })

  test('the score never falls with more time', () => {
    fc.assert(
      fc.property(fc.nat(40_000), fc.nat(40_000), fc.nat(3600), (one, more, least) => {
        assert.ok(scoreOf(one + more, least) >= scoreOf(one, least))
      }),
    )
  })
})
