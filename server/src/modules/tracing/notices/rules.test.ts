import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLikelyTime, LEAST_VISITORS, precisionOf, publishedTime } from './rules.ts'

const at = (time: string) => new Date(`2026-11-18T${time}:00+07:00`)

test('a time is published out to half hours, with the air that stays behind', () => {
  const { from, to } = publishedTime({ from: at('08:17'), to: at('09:03') }, 1800)
  assert.deepEqual([from, to], [at('08:00'), at('10:00')])
  const exact = publishedTime({ from: at('08:00'), to: at('09:00') }, 0)
  assert.deepEqual([exact.from, exact.to], [at('08:00'), at('09:00')])
})

test('a place is named only where nobody is recognised by it', () => {
  const known = { kind: 'market', visitors: LEAST_VISITORS, wishCoarse: false }
  assert.deepEqual(precisionOf(known), { precision: 'place', because: null })
  assert.deepEqual(precisionOf({ ...known, visitors: LEAST_VISITORS - 1 }), {
    precision: 'area',
    because: 'few',
  })
  assert.deepEqual(precisionOf({ ...known, visitors: null }), { precision: 'area', because: 'uncounted' })
  assert.deepEqual(precisionOf({ ...known, kind: null }), { precision: 'area', because: 'uncounted' })
  assert.deepEqual(precisionOf({ ...known, wishCoarse: true }), { precision: 'area', because: 'wish' })
  for (const kind of ['boarding-house', 'apartment', 'hotel', 'quarantine', 'wedding', 'funeral'])
    assert.deepEqual(precisionOf({ ...known, kind, visitors: 500 }), { precision: 'area', because: 'kind' })
})

test('a time lies within the stay, has begun, and is no longer than a day', () => {
  const stay = { from: at('08:00'), to: at('10:00') }
  const now = at('12:00')
  assert.equal(isLikelyTime({ from: at('08:00'), to: at('10:00') }, stay, now), true)
  assert.equal(isLikelyTime({ from: at('07:59'), to: at('10:00') }, stay, now), false)
  assert.equal(isLikelyTime({ from: at('08:00'), to: at('10:01') }, stay, now), false)
  assert.equal(isLikelyTime({ from: at('09:00'), to: at('09:00') }, stay, now), false)
  assert.equal(isLikelyTime({ from: at('09:00'), to: at('10:00') }, stay, at('08:30')), false)
  const long = { from: new Date('2026-11-10T00:00Z'), to: new Date('2026-11-20T00:00Z') }
  assert.equal(isLikelyTime(long, long, now), false)
})
