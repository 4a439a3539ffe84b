import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, NHA_TRANG, tu, type Who } from '../../../test/people.ts'
import { takeLate } from './index.ts'
import { setAside } from './intake.ts'
import { doubtNumber } from './rules.ts'

/** A minute of the day in UTC; people stay at a restaurant for 75 minutes. */
const at = (time: string, day = '20') => `2026-11-${day}T${time}:00.000Z`

async function openPlaces(as: (who: Who) => Ask, t: Stage) {
  t.now(at('00:00', '18'))
  for (const who of [lan, tu])
    await as(who)('POST', '/people', { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG })
  const open = async (name: string) => {
    const place = { name, kind: 'restaurant', areaCode: NHA_TRANG, address: '1 Trần Phú', phone: hoa.phone }
    return (await as(hoa)('POST', '/places', place)).body as { id: string; code: string }
  }
  const places = [await open('Quán Một'), await open('Quán Hai')] as const
  const rows = await t.sql<{ id: number; name: string }[]>`select id, name from places`
  const nameOf = new Map(rows.map(({ id, name }) => [id, name]))
  return {
    places,
    /** The server hears of it at another time than it was made. */
    async scan(
      who: Who,
      { code }: { code: string },
      direction: 'in' | 'out',
      made: string,
      received = made,
      id = randomUUID() as string,
    ) {
      t.now(received)
      const { status, body } = await as(who)('PUT', `/visits/${id}`, {
        placeCode: code,
        direction,
        at: made,
      })
      assert.equal(status, 200, JSON.stringify(body))
      return id
    },
    noted: async () =>
      (await takeLate(t.sql)).map(({ placeId, day }) => `${nameOf.get(placeId)} ${day.slice(-2)}`).sort(),
  }
}

describe('scans that come late are noted by where and when they were made', () => {
  scenario(
    'of a phone that was without network until now, also if somebody leaves just now',
    async (as, t) => {
      const { places, scan, noted } = await openPlaces(as, t)
      await scan(lan, places[0], 'in', at('00:30'), at('01:40'))
      await scan(lan, places[0], 'out', at('01:35'), at('01:40'))
      assert.deepEqual(await noted(), ['Quán Một 20'])
      // A phone's scans may come in any order.
      t.now(at('06:00'))
      await scan(tu, places[1], 'out', at('05:55'), at('06:00'))
      assert.deepEqual(await noted(), [])
      await scan(tu, places[1], 'in', at('04:50'), at('06:00'))
      assert.deepEqual(await noted(), ['Quán Hai 20'])
    },
  )

  scenario('not of who leaves after hours, nor of what is sent again', async (as, t) => {
    const { places, scan, noted } = await openPlaces(as, t)
    const id = await scan(lan, places[0], 'in', at('00:30'))
    await scan(lan, places[0], 'in', at('00:30'), at('01:00'), id)
    await scan(lan, places[0], 'out', at('01:35'), at('01:40'))
    await scan(lan, places[1], 'in', at('02:00'), at('02:09'))
    assert.deepEqual(await noted(), [])
    await scan(tu, places[0], 'in', at('00:30'), at('00:30'))
    await scan(tu, places[0], 'out', at('00:50'), at('02:30'))
    assert.deepEqual(await noted(), ['Quán Một 20'], 'when somebody left is known late')
  })

  scenario('a stay without an end on every day that it usually lasts, but not tomorrow', async (as, t) => {
    const { places, scan, noted } = await openPlaces(as, t)
    await scan(lan, places[0], 'in', at('23:50', '19'), at('03:00'))
    assert.deepEqual(await noted(), ['Quán Một 19', 'Quán Một 20'])
    await scan(tu, places[0], 'in', at('23:00'), at('23:30'))
    assert.deepEqual(await noted(), ['Quán Một 20'])
  })

  scenario('where somebody was no longer, because they were elsewhere', async (as, t) => {
    const { places, scan, noted } = await openPlaces(as, t)
    await scan(lan, places[0], 'in', at('01:00', '18'))
    await scan(lan, places[0], 'in', at('01:00'))
    await scan(lan, places[1], 'in', at('01:20'), at('05:00'))
    assert.deepEqual(await noted(), ['Quán Hai 20', 'Quán Một 20'])
  })

  scenario('what is taken back, or set aside, a while after it was made', async (as, t) => {
    const { places, scan, noted } = await openPlaces(as, t)
    t.now(at('01:00'))
    const code = (await as(lan)('GET', '/me/card')).body.text
    const slip = { id: randomUUID(), placeId: places[0].id }
    const scans = [{ ...slip, at: at('01:00'), direction: 'in', code }]
    assert.equal((await as(hoa)('POST', '/scans', { scans })).status, 200)
    assert.deepEqual(await noted(), [])
    t.now(at('03:00'))
    const undo = await as(hoa)('POST', '/scans/undone', { scans: [slip], undoneAt: at('01:01') })
    assert.deepEqual(undo.body.undone, [slip.id])
    assert.deepEqual(await noted(), ['Quán Một 20'])

    const id = await scan(tu, places[1], 'in', at('03:00'))
    const [row] = await t.sql<
      { placeId: number; at: Date }[]
    >`select place_id, at from scans where id = ${id}`
    t.now(at('05:00'))
    assert.equal((await setAside(t.ctx(), [{ ...row!, id }], doubtNumber('closedHours'))).length, 1)
    assert.deepEqual(await noted(), ['Quán Hai 20'])
  })
})
