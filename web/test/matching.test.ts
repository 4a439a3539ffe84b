import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findMatches, type OwnVisit, type Published } from '../src/lib/matching.ts'

const disease = { vi: 'COVID-19', en: 'COVID-19' }
const notice = (
  place: string | null,
  from: string | null,
  to: string | null,
  more: Partial<Published> = {},
): Published => ({
  id: `${place} ${from}`,
  disease,
  place: place ? { id: place, name: place } : null,
  from,
  to,
  withdrawnOn: null,
  ...more,
})
const visit = (placeId: string, from: string, to: string): OwnVisit => ({ whose: null, placeId, from, to })

test('a visit matches where it overlaps in time, at the same place', () => {
  const published = notice('market', '2026-11-18T01:00:00.000Z', '2026-11-18T03:00:00.000Z')
  const matches = (...visits: OwnVisit[]) => findMatches([published], visits).length
  assert.equal(matches(visit('market', '2026-11-18T02:59:00.000Z', '2026-11-18T05:00:00.000Z')), 1)
  assert.equal(matches(visit('market', '2026-11-18T00:00:00.000Z', '2026-11-18T09:00:00.000Z')), 1)
  assert.equal(matches(visit('market', '2026-11-18T03:00:00.000Z', '2026-11-18T05:00:00.000Z')), 0)
  assert.equal(matches(visit('market', '2026-11-18T00:00:00.000Z', '2026-11-18T01:00:00.000Z')), 0)
  assert.equal(matches(visit('school', '2026-11-18T01:00:00.000Z', '2026-11-18T03:00:00.000Z')), 0)
})

test('what was withdrawn, or names no place, matches nobody', () => {
  const at = ['2026-11-18T01:00:00.000Z', '2026-11-18T03:00:00.000Z'] as const
  const visits = [visit('market', ...at)]
  assert.deepEqual(findMatches([notice('market', ...at, { withdrawnOn: '2026-11-20' })], visits), [])
  assert.deepEqual(findMatches([notice(null, null, null)], visits), [])
})

test('10,000 lines and 1,000 visits are compared well within a second', () => {
  const hour = (number: number) => new Date(Date.UTC(2026, 10, 1) + number * 3_600_000).toISOString()
  const notices = Array.from({ length: 10_000 }, (_, n) =>
    notice(`place-${n % 3000}`, hour(n % 500), hour((n % 500) + 2)),
  )
  const visits = Array.from({ length: 1000 }, (_, n) =>
    visit(`place-${n * 3}`, hour(n % 500), hour((n % 500) + 1)),
  )
  const began = performance.now()
  const found = findMatches(notices, visits)
  const took = performance.now() - began
  assert.ok(took < 500, `${took} ms`)
  const expected = notices.flatMap((one) =>
    visits.filter((v) => v.placeId === one.place!.id && v.from < one.to! && v.to > one.from!),
  ).length
  assert.equal(found.length, expected)
  assert.ok(expected > 0)
})
