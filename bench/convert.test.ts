import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as foursquare from './foursquare.ts'
import { MemoryTrace } from './memory.ts'
import { inventStays, type Stays } from './stays.ts'
import * as trondheim from './trondheim.ts'

async function* each(...lines: string[]) {
  yield* lines
}
const all = (lines: AsyncIterable<string>) => Array.fromAsync(lines)

describe('check-ins by the hour become stays', () => {
  const lines = () =>
    each(
      'user,venue,category,local_hour',
      '1,10,5,2012-04-04T03:00+08:00',
      '2,10,5,2012-04-04T02:00+08:00',
      '1,10,5,2012-04-04T02:00+08:00',
      '1,11,5,2012-04-04T04:00+08:00',
    )

  test('of an hour, in the order of time, a person after the other', async () => {
    assert.deepEqual(await all(foursquare.stays(lines(), 60)), [
      'person,place,in,out',
      '1,10,2012-04-04T02:00+08:00,2012-04-03T19:00:00.000Z',
      '1,10,2012-04-04T03:00+08:00,2012-04-03T20:00:00.000Z',
      '1,11,2012-04-04T04:00+08:00,2012-04-03T21:00:00.000Z',
      '2,10,2012-04-04T02:00+08:00,2012-04-03T19:00:00.000Z',
    ])
  })

  test('longer ones end with the next check-in elsewhere, and with --stay 0 none has an end', async () => {
    const long = await all(foursquare.stays(lines(), 24 * 60))
    assert.equal(long[1], '1,10,2012-04-04T02:00+08:00,2012-04-03T20:00:00.000Z')
    assert.equal(long[4], '2,10,2012-04-04T02:00+08:00,2012-04-04T18:00:00.000Z')
    assert.equal((await all(foursquare.stays(lines(), 0)))[1], '1,10,2012-04-04T02:00+08:00,')
  })
})

describe('charging sessions become stays', () => {
  test('with the offset of the day, and without an end when there was none', async () => {
    const lines = each(
      'session_ID;Garage_ID;User_ID;Start_plugin;End_plugout;El_kWh',
      '1;AdO3;AdO3-4;21.12.2018 10:20;21.12.2018 10:23;0,3',
      '2;AdO3;AdO3-4;01.07.2019 08:00;NA;0,3',
    )
    assert.deepEqual(await all(trondheim.stays(lines)), [
      'person,place,in,out',
      'AdO3-4,AdO3,2018-12-21T10:20:00+01:00,2018-12-21T10:23:00+01:00',
      'AdO3-4,AdO3,2019-07-01T08:00:00+02:00,',
    ])
  })

  test('the nights on which the clocks change', () => {
    assert.equal(trondheim.withOffset('27.10.2019 02:30'), '2019-10-27T02:30:00+02:00')
    assert.equal(trondheim.withOffset('27.10.2019 03:00'), '2019-10-27T03:00:00+01:00')
    assert.equal(trondheim.withOffset('31.03.2019 01:59'), '2019-03-31T01:59:00+01:00')
    assert.equal(trondheim.withOffset('31.03.2019 02:30'), '2019-03-31T02:30:00+01:00')
  })
})

/** Of one person no stay at a place may overlap another there: what does is moved to a place of its own. */
function apart(stays: Stays): Stays {
  for (let at = 0; at < stays.count; at++)
    for (let other = 0; other < at; other++)
      if (
        stays.person[other] === stays.person[at] &&
        stays.place[other] === stays.place[at] &&
        stays.arrived[other]! < stays.left[at]! &&
        stays.arrived[at]! < stays.left[other]!
      )
        stays.place[at] = ++stays.places
  return stays
}

test('the bound in memory finds what plain loops find', () => {
  const stays = apart(inventStays(3000))
  const memory = new MemoryTrace(stays)
  const from = stays.arrived[0]! - 86_400
  const to = from + 7 * 86_400
  for (const person of [1, 7, stays.people]) {
    const minutes = new Map<number, Set<string>>()
    for (let own = 0; own < stays.count; own++) {
      if (stays.person[own] !== person) continue
      for (let other = 0; other < stays.count; other++) {
        if (stays.place[other] !== stays.place[own] || stays.person[other] === person) continue
        const begin = Math.max(from, stays.arrived[own]!, stays.arrived[other]!)
        const end = Math.min(to, stays.left[own]!, stays.left[other]!)
        const known = minutes.get(stays.person[other]!) ?? new Set()
        for (let second = begin; second < end; second++) known.add(`${stays.place[own]} ${second}`)
        minutes.set(stays.person[other]!, known)
      }
    }
    const expected = [...minutes]
      .map(([other, seconds]) => [other, seconds.size] as const)
      .filter(([, n]) => n >= 900)
    assert.ok(expected.length > 0)
    assert.deepEqual(
      [...memory.hop([{ person, from, to }], new Set(), 900)]
        .map(([other, { seconds }]) => [other, seconds] as const)
        .sort(),
      expected.sort(),
    )
  }
})
