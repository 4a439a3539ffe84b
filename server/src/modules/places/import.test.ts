import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Stage, scenario } from '../../../test/app.ts'
import { hoa, NHA_TRANG } from '../../../test/people.ts'
import { isFaulty } from '../../platform/csv-import.ts'
import { placesByRef, placesImport } from './import.ts'

const now = new Date('2026-11-20T00:00:00Z')

/** ref,name,kind,area,address,lat,lon,sector,phone; what is not said is right. */
const row = (cells: Record<string, string> = {}) =>
  Object.values({
    ref: 'cho-dam',
    name: 'Chợ Đầm',
    kind: 'market',
    area: NHA_TRANG,
    address: '1 Phan Bội Châu',
    lat: '',
    lon: '',
    sector: '',
    phone: '',
    ...cells,
  })

const faultsOf = (cells: Record<string, string>) => {
  const checked = placesImport().check(row(cells), now)
  return Array.isArray(checked) ? checked.map(({ field }) => field) : []
}

async function imported(stage: Stage, ...rows: string[][]) {
  const kind = placesImport()
  const good = rows.flatMap((cells) => {
    const checked = kind.check(cells, now)
    return isFaulty(checked) ? [] : [checked]
  })
  return kind.write(stage.ctx(), good)
}

describe('a row of places.csv', () => {
  const cases: [cells: Record<string, string>, faults: string[]][] = [
    [{}, []],
    [{ lat: '12.2497', lon: '109,1926', sector: 'trade', phone: '0905 000 222', address: '' }, []],
    [{ lat: '-0.5', lon: '-109' }, []],
    [{ ref: '', name: '', kind: '', area: '' }, ['ref', 'name', 'kind', 'area']],
    [{ name: '***' }, ['name']],
    [{ lat: '91', lon: '181' }, ['lat', 'lon']],
    [{ lat: '12' }, ['lon']],
    [{ lat: '1e1', lon: 'x' }, ['lat', 'lon']],
    [{ sector: 'magic', phone: '12' }, ['sector', 'phone']],
  ]
  for (const [cells, faults] of cases)
    test(`${JSON.stringify(cells)} → ${faults.join(', ') || 'taken'}`, () =>
      assert.deepEqual(faultsOf(cells), faults))
})

describe('importing places', () => {
  scenario('who answers the phone of a place runs it; a second time changes nothing', async (as, t) => {
    assert.equal((await imported(t, row({ phone: hoa.phone }))).written, 1)
    assert.equal((await imported(t, row({ phone: hoa.phone }))).written, 0)
    const { body } = await as(hoa)('GET', '/places')
    assert.equal(body.items.length, 1)
    const [place] = body.items
    assert.deepEqual([place.name, place.sector, place.area.code], ['Chợ Đầm', 'trade', NHA_TRANG])
  })

  scenario('a ref that a visit brought becomes the place, with the code that it had', async (_as, t) => {
    const [id] = [...(await placesByRef({ create: true })(t.ctx(), ['cho-dam'])).values()]
    const [before] = await t.sql`select code, name from places where id = ${id!}`
    assert.equal((await imported(t, row())).written, 1)
    const [after] = await t.sql`select code, name from places where id = ${id!}`
    assert.deepEqual([before!.name, after!.name, after!.code], ['cho-dam', 'Chợ Đầm', before!.code])
  })

  scenario('kinds and units that nobody knows are refused', async (_as, t) => {
    const { written, refused } = await imported(
      t,
      row({ ref: 'a', kind: 'castle' }),
      row({ ref: 'b', area: '99999' }),
    )
    assert.equal(written, 0)
    assert.deepEqual(
      [...refused].map(([at, { field }]) => [at, field]),
      [
        [0, 'kind'],
        [1, 'area'],
      ],
    )
  })
})
