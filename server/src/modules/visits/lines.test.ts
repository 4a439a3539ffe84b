import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario, services } from '../../../test/app.ts'
import { hoa, minh, NHA_TRANG, type Who } from '../../../test/people.ts'

type As = (who: Who) => Ask

const place = { kind: 'market', areaCode: NHA_TRANG, address: '1 Bến Chợ', phone: hoa.phone }
const LINE = 'list:Trần Thị Lan|1990|tổ 5, Tây Nha Trang'

async function openList(as: As, t: Stage, name = 'Chợ') {
  t.now('2026-11-20T05:00:00.000Z')
  const { id: placeId } = (await as(hoa)('POST', '/places', { ...place, name })).body
  return async (code: string, at: string, more: object = {}) => {
    const scan = { id: randomUUID(), placeId, at, direction: 'in', keyedIn: true, code, ...more }
    const { results, refused } = (await as(hoa)('POST', '/scans', { scans: [scan] })).body
    return { ...results[0], scan, refusal: refused[0]?.code }
  }
}

describe('a line of a paper list that has a name and no number', () => {
  scenario('is somebody who was there at the time that was written', async (as, t) => {
    const write = await openList(as, t)
    const came = await write(LINE, '2026-11-20T01:15:00.000Z')
    assert.deepEqual(
      [came.outcome, came.person.maskedName, came.person.birthYear],
      ['accepted', 'Trần Thị L***', 1990],
    )
    // Sent again it is the same line; with the same words, the same person leaves.
    const again = (await as(hoa)('POST', '/scans', { scans: [came.scan] })).body.results[0]
    assert.deepEqual([again.outcome, again.person.id], ['repeated', came.person.id])
    const left = await write('list:TRẦN THỊ LAN|1990|Tổ 5, Tây Nha Trang', '2026-11-20T02:00:00.000Z', {
      direction: 'out',
    })
    assert.equal(left.person.id, came.person.id)
    const stays = await t.sql`select arrived_at, left_at from visits`
    assert.deepEqual(
      stays.map(({ arrivedAt, leftAt }) => [arrivedAt.toISOString(), leftAt.toISOString()]),
      [['2026-11-20T01:15:00.000Z', '2026-11-20T02:00:00.000Z']],
    )
    // Who traces it sees what was written, and completes it.
    const read = (await as(minh)('GET', `/people/${came.person.id}?reason=followUp`)).body
    assert.deepEqual(
      [read.name, read.birthYear, read.address, read.phone, read.documentNumber],
      ['Trần Thị Lan', 1990, 'tổ 5, Tây Nha Trang', null, null],
    )
    const found = { areaCode: NHA_TRANG, documentNumber: '056190001234' }
    assert.equal((await as(minh)('PATCH', `/people/${came.person.id}`, found)).status, 200)
  })

  scenario('is nobody else of that name: not on another list, nor with other words', async (as, t) => {
    const write = await openList(as, t)
    const [one, otherYear, otherDay, nameAlone] = [
      await write(LINE, '2026-11-20T01:15:00.000Z'),
      await write('list:Trần Thị Lan|1991|tổ 5, Tây Nha Trang', '2026-11-20T01:16:00.000Z'),
      await write(LINE, '2026-11-19T01:15:00.000Z'),
      await write('list:Trần Thị Lan||', '2026-11-20T01:17:00.000Z'),
    ]
    const elsewhere = await (await openList(as, t, 'Quán'))(LINE, '2026-11-20T01:15:00.000Z')
    const ids = [one, otherYear, otherDay, nameAlone, elsewhere].map(({ person }) => person.id)
    assert.equal(new Set(ids).size, 5)
  })

  scenario('without the year is whoever it says with it, and so it is the other way round', async (as, t) => {
    const write = await openList(as, t)
    const came = await write('list:Trần Thị Lan||tổ 5, Tây Nha Trang', '2026-11-20T01:15:00.000Z')
    for (const words of [LINE, 'list:Trần Thị Lan||tổ 5, Tây Nha Trang'])
      assert.equal((await write(words, '2026-11-20T02:00:00.000Z')).person.id, came.person.id)
    const read = (await as(minh)('GET', `/people/${came.person.id}?reason=followUp`)).body
    assert.equal(read.birthYear, 1990)
  })

  scenario('is known still by a record whose index holds the year', async (as, t) => {
    const write = await openList(as, t)
    const { person } = await write(LINE, '2026-11-20T01:15:00.000Z')
    const [place] = await t.sql`select public_id from place_facts where name = 'Chợ'`
    const words = `${place!.publicId} 2026-11-20|tran thi lan|1990|to 5 tay nha trang`
    await t.sql`
      update people set line_index = ${services.keys.blindIndex('list', words)} where public_id = ${person.id}`
    assert.equal((await write(LINE, '2026-11-20T02:00:00.000Z')).person.id, person.id)
  })

  scenario('is not taken at the gate itself, nor without a name', async (as, t) => {
    const write = await openList(as, t)
    const at = '2026-11-20T01:15:00.000Z'
    assert.equal((await write(LINE, at, { keyedIn: false })).refusal, 'card.nameAlone')
    assert.equal((await write('list:|1990|tổ 5', at)).refusal, 'code.unknown')
  })

  scenario('is counted with what anybody could make up', async (as, t) => {
    const write = await openList(as, t)
    const { scan } = await write(LINE, '2026-11-20T01:15:00.000Z')
    const scans = Array.from({ length: 301 }, () => ({ ...scan, id: randomUUID() }))
    const { refused } = (await as(hoa)('POST', '/scans', { scans })).body
    assert.ok(refused.some(({ code }: any) => code === 'request.throttled'))
  })
})
