import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { BA_DINH, hoa, lan, NHA_TRANG, type Who } from '../../../test/people.ts'
import { reasonsOf } from '../../../test/reasons.ts'
import { isImpossibleTravel } from './rules.ts'

type As = (who: Who) => Ask

const DIEN_KHANH = '22651' // begins at the border of Nha Trang

async function register(as: As, areaCode: string, more: object = {}) {
  const place = { name: `Nơi ${areaCode}`, kind: 'shop', areaCode, address: '1', phone: hoa.phone, ...more }
  const answer = await as(hoa)('POST', '/places', place)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

async function scan(as: As, t: Stage, placeId: string, at: string) {
  t.now(at)
  const { text: code } = (await as(lan)('GET', '/me/card')).body
  const id = randomUUID()
  const body = { scans: [{ id, placeId, at, direction: 'in', code }] }
  assert.equal((await as(hoa)('POST', '/scans', body)).body.accepted, 1)
  return (await reasonsOf(t, [id]))[0]
}

describe('a place that nobody has put on the map', () => {
  scenario('lies somewhere in its commune, which is said, and is no position of a poster', async (as) => {
    const place = await register(as, NHA_TRANG)
    assert.deepEqual([place.lat, place.lon], [null, null])
    const { lat, lon, marginKm } = place.approximate
    assert.ok(Math.abs(lat - 12.25) < 0.2 && Math.abs(lon - 109.2) < 0.2, 'by Nha Trang')
    assert.ok(marginKm > 1 && marginKm < 40)
    assert.equal((await as(lan)('GET', `/public/places/${place.code}`)).body.position, null)
    const set = await as(hoa)('PATCH', `/places/${place.id}`, { lat: 12.2388, lon: 109.1967 })
    assert.deepEqual([set.body.lat, set.body.lon, set.body.approximate], [12.2388, 109.1967, null])
    const unset = await as(hoa)('PATCH', `/places/${place.id}`, { lat: null, lon: null })
    assert.equal(unset.body.lat, null)
    assert.deepEqual(unset.body.approximate, place.approximate)
  })

  scenario('is too far from Hà Nội for half an hour, and not from the next commune', async (as, t) => {
    const [here, next, far] = [
      await register(as, NHA_TRANG),
      await register(as, DIEN_KHANH),
      await register(as, BA_DINH),
    ]
    assert.equal(await scan(as, t, here.id, '2026-11-20T01:00:00.000Z'), null)
    assert.equal(await scan(as, t, next.id, '2026-11-20T01:02:00.000Z'), null)
    assert.equal(await scan(as, t, far.id, '2026-11-20T01:32:00.000Z'), 'travel')
  })

  scenario('may be a bus: it is anywhere', async (as, t) => {
    const [here, bus] = [
      await register(as, NHA_TRANG),
      await register(as, BA_DINH, { kind: 'vehicle', plate: '29B-111.22' }),
    ]
    assert.equal(bus.approximate, null)
    await scan(as, t, here.id, '2026-11-20T01:00:00.000Z')
    assert.equal(await scan(as, t, bus.id, '2026-11-20T01:05:00.000Z'), null)
  })
})

test('a margin makes the way shorter, never longer', () => {
  const [here, there] = [
    { lat: 12, lon: 109 },
    { lat: 12.9, lon: 109 },
  ] // 100 km
  assert.equal(isImpossibleTravel(here, there, 0), true)
  assert.equal(isImpossibleTravel({ ...here, marginKm: 40 }, there, 0), true)
  assert.equal(isImpossibleTravel({ ...here, marginKm: 40 }, { ...there, marginKm: 50 }, 0), false)
})
