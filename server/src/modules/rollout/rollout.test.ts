import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, scenario } from '../../../test/app.ts'
import { BA_DINH, hoa, KHANH_HOA, lan, minh, NHA_TRANG, nga, thu, yen } from '../../../test/people.ts'

const market = {
  name: 'Chợ Đầm',
  kind: 'market',
  areaCode: NHA_TRANG,
  address: 'Khu chợ tròn',
  phone: hoa.phone,
}
const profile = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG }

const scan = (ask: Ask, placeCode: string, direction: 'in' | 'out', at: string) =>
  ask('PUT', `/visits/${randomUUID()}`, { placeCode, direction, at })

describe('the daily report', () => {
  scenario(
    'counts places, scans in and out, people, declarations and cases by commune, and names nobody',
    async (as, t) => {
      t.now('2026-11-20T03:00:00Z')
      const { code } = (await as(hoa)('POST', '/places', market)).body
      const { id } = (await as(lan)('POST', '/people', profile)).body
      await scan(as(lan), code, 'in', '2026-11-20T01:00:00Z')
      await scan(as(lan), code, 'out', '2026-11-20T02:00:00Z')
      await scan(as(lan), code, 'in', '2026-11-20T02:30:00Z')
      await as(minh)('POST', '/cases', { personId: id, diseaseId: 'covid-19', sampledOn: '2026-11-19' })
      const { status, body } = await as(thu)('GET', '/reports/daily')
      assert.equal(status, 200)
      const figures = {
        places: 1,
        newPlaces: 1,
        activePlaces: 1,
        scansIn: 2,
        scansOut: 1,
        peopleChecked: 1,
        declarations: 0,
        cases: 1,
      }
      assert.deepEqual(body.totals, figures)
      const { area, ...row } = body.rows.find(
        (one: { area: { code: string } }) => one.area.code === NHA_TRANG,
      )
      assert.deepEqual([area.code, row], [NHA_TRANG, figures])
      assert.equal(body.area.code, KHANH_HOA)
      assert.ok(body.rows.length > 60)
      assert.doesNotMatch(JSON.stringify(body), /Lan|Hoa |0905/)
    },
  )

  scenario('a day is a day of the site, also before a place was registered', async (as, t) => {
    t.now('2026-11-20T03:00:00Z')
    const { code } = (await as(hoa)('POST', '/places', market)).body
    // 23:30 on the 18th and 00:30 on the 19th in Vietnam
    await scan(as(lan), code, 'in', '2026-11-18T16:30:00Z')
    await scan(as(lan), code, 'out', '2026-11-18T17:30:00Z')
    const on = async (day: string) => (await as(thu)('GET', `/reports/daily?on=${day}`)).body.totals
    const [first, second] = [await on('2026-11-18'), await on('2026-11-19')]
    assert.deepEqual([first.scansIn, first.scansOut, second.scansIn, second.scansOut], [1, 0, 0, 1])
    assert.deepEqual([second.places, (await on('2026-11-20')).places], [0, 1])
  })

  scenario('of a sector counts its places alone, and nothing that belongs to no place', async (as, t) => {
    t.now('2026-11-20T03:00:00Z')
    const trade = (await as(hoa)('POST', '/places', market)).body
    const school = (await as(hoa)('POST', '/places', { ...market, name: 'Trường Lý', kind: 'school' })).body
    const { id } = (await as(lan)('POST', '/people', profile)).body
    await scan(as(lan), trade.code, 'in', '2026-11-20T00:00:00Z')
    await scan(as(lan), school.code, 'in', '2026-11-20T01:00:00Z')
    await scan(as(lan), school.code, 'out', '2026-11-20T02:00:00Z')
    await as(minh)('POST', '/cases', { personId: id, diseaseId: 'covid-19', sampledOn: '2026-11-19' })
    const figures = {
      places: 1,
      newPlaces: 1,
      activePlaces: 1,
      scansIn: 1,
      scansOut: 1,
      peopleChecked: 1,
      declarations: null,
      cases: null,
    }
    const { body } = await as(yen)('GET', '/reports/daily')
    assert.deepEqual([body.area.code, body.totals], [KHANH_HOA, figures])
    assert.deepEqual(body.sectors, [{ code: 'education', label: { vi: 'Giáo dục', en: 'Education' } }])
    const commune = (await as(yen)('GET', `/reports/daily?area=${NHA_TRANG}`)).body
    assert.deepEqual([commune.totals, commune.rows[0].cases], [figures, null])
    const whole = (await as(thu)('GET', '/reports/daily')).body
    assert.deepEqual([whole.sectors, whole.totals.places, whole.totals.scansIn], [null, 2, 2])
    assert.equal((await as(yen)('GET', `/reports/daily?area=${BA_DINH}`)).status, 404)
  })

  scenario('is for officials of the area alone', async (as) => {
    assert.equal((await as(thu)('GET', `/reports/daily?area=${BA_DINH}`)).status, 404)
    assert.equal((await as(minh)('GET', `/reports/daily?area=${KHANH_HOA}`)).status, 404)
    assert.equal((await as(minh)('GET', '/reports/daily')).body.area.code, NHA_TRANG)
    assert.equal((await as(nga)('GET', '/reports/daily')).status, 403)
    assert.equal((await as(lan)('GET', '/reports/daily')).status, 403)
  })
})
