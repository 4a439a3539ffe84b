import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { KeptScan } from '../src/lib/offline/outbox.ts'
import { isMissed, keepInSight, mayBeSame } from '../src/routes/gate/recent.ts'
import { spoken } from '../src/routes/gate/spoken.ts'

const NOW = Date.parse('2026-11-22T08:00:00Z')
type Result = { id: string; at: string; direction: string; tone: string; isTaken: boolean }
const row = (id: string, secondsAgo: number, more: Partial<Result> = {}): Result => ({
  id,
  at: new Date(NOW - secondsAgo * 1000).toISOString(),
  direction: 'in',
  tone: 'green',
  isTaken: true,
  ...more,
})

describe('what stays in sight', () => {
  const taken = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => row(`t${from + n}`, from + n))
  const refused = Array.from({ length: 6 }, (_, n) => row(`r${n}`, 0, { isTaken: false, tone: 'refused' }))
  const idsOf = (rows: Result[]) => keepInSight(rows, NOW).map(({ id }) => id)

  test('five scans, and no refusal pushes one of them out', () => {
    assert.deepEqual(idsOf([...refused, ...taken(100, 6)]), [
      'r0',
      'r1',
      't100',
      't101',
      't102',
      't103',
      't104',
    ])
  })
  test('more while they can be undone, within reason', () => {
    assert.equal(idsOf(taken(0, 12)).length, 12)
    assert.equal(idsOf(taken(0, 40)).length, 20)
  })
  test('nothing of yesterday', () => {
    assert.deepEqual(idsOf([row('old', 13 * 3600)]), [])
  })
})

describe('an alarm', () => {
  const scan = {} as KeptScan
  test('is raised for who should have waited, and was not told', () => {
    assert.equal(isMissed(row('a', 60, { tone: 'red' }), scan), true)
  })
  test('is not for who was told at the door, who left, who stands on a list, who may come in', () => {
    assert.equal(isMissed(row('a', 60, { tone: 'red' }), { ...scan, shownRed: true }), false)
    assert.equal(isMissed(row('a', 60, { tone: 'red', direction: 'out' }), scan), false)
    assert.equal(isMissed(row('a', 60, { tone: 'red' }), { ...scan, keyedIn: true }), false)
    assert.equal(isMissed(row('a', 60), scan), false)
  })
})

describe('one person with two codes', () => {
  const card = { kind: 'cccd', label: 'Đèo Văn T***', birthYear: 2014 }
  test('may be the one of that name, or of those initials', () => {
    assert.ok(mayBeSame(card, { kind: 'phone', label: 'Đèo Văn T***', birthYear: 2014 }))
    assert.ok(mayBeSame({ kind: 'phone', label: 'D. T.', birthYear: 2014 }, card))
  })
  test('is not one of another name or year, nor two cards of one kind, nor somebody nameless', () => {
    for (const other of [
      { kind: 'phone', label: 'Đèo Văn H***', birthYear: 2014 },
      { kind: 'phone', label: 'Đèo Thị T***', birthYear: 2014 },
      { kind: 'phone', label: 'D. H.', birthYear: 2014 },
      { kind: 'phone', label: 'D. T.', birthYear: 2013 },
      { kind: 'phone', label: 'D. T.', birthYear: null },
      { kind: 'phone', label: '', birthYear: 2014 },
      { kind: 'cccd', label: 'Đèo Văn T***', birthYear: 2014 },
    ])
      assert.equal(mayBeSame(card, other), false, JSON.stringify(other))
  })
})

test('a form that is read aloud speaks to an elder, and of friends as before', () => {
  const label = { vi: 'Bạn có gặp bạn bè không? Trong 14 ngày qua, bạn ở đâu?', en: 'You?' }
  const form = { questions: [{ key: 'a', label }] } as unknown as Parameters<typeof spoken>[0]
  assert.deepEqual(spoken(form).questions[0]!.label, {
    vi: 'Anh/Chị có gặp bạn bè không? Trong 14 ngày qua, anh/chị ở đâu?',
    en: 'You?',
  })
})
