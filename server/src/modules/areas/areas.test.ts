import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { scenario } from '../../../test/app.ts'
import { nobody } from '../../../test/people.ts'
import type { Sql } from '../../platform/database.ts'
import { getBoundaries } from './boundaries.ts'
import { findArea, isWithin, loadAreas } from './index.ts'
import { combinedCoverage, dayOf } from './rules.ts'

const THREE_TIERS = '2021-11-01'
const TWO_TIERS = '2025-07-01'
const NOW = '2026-11-22'

type Item = {
  code: string
  name: string
  fullName: string
  path: string
  hasChildren: boolean
  level: number
}
type Ask = (
  method: 'GET',
  path: string,
) => Promise<{ status: number; body: { items: Item[]; next: string | null } }>

async function all(ask: Ask, query: string) {
  const items: Item[] = []
  let cursor = ''
  for (;;) {
    const { status, body } = await ask('GET', `/areas?limit=1000&${query}${cursor}`)
    assert.equal(status, 200)
    items.push(...body.items)
    if (!body.next) return items
    cursor = `&cursor=${body.next}`
  }
}

const idOf = async (sql: Sql, code: string, on: string) => (await findArea(sql, code, on))!.id

describe('units in force on a day', () => {
  scenario('three tiers in 2021, two since July 2025, nothing before the first list', async (as) => {
    const ask = as(nobody)
    const counts = async (on: string) =>
      Promise.all([1, 2, 3].map(async (level) => (await all(ask, `on=${on}&level=${level}`)).length))
    assert.deepEqual(await counts(THREE_TIERS), [63, 705, 10_599])
    assert.deepEqual(await counts('2025-06-30'), [63, 705, 10_599])
    assert.deepEqual(await counts(TWO_TIERS), [34, 0, 3321])
    assert.deepEqual(await counts(NOW), [34, 0, 3321])
    assert.deepEqual(await counts('2199-01-01'), [34, 0, 3321])
    assert.deepEqual(await counts('1970-01-01'), [0, 0, 0])
  })

  scenario('every page follows the last, and no unit comes twice', async (as) => {
    const items = await all(as(nobody), `on=${NOW}&level=3`)
    assert.equal(new Set(items.map(({ code }) => code)).size, 3321)
  })

  scenario('Đồng Nai becomes a city on 30 April 2026, and its parts go with it', async (as) => {
    const ask = as(nobody)
    const get = async (code: string, on: string) => (await ask('GET', `/areas/${code}?on=${on}`)).body
    assert.equal((await get('75', '2026-04-29')).fullName, 'Tỉnh Đồng Nai')
    assert.equal((await get('75', '2026-04-30')).fullName, 'Thành phố Đồng Nai')
    assert.equal((await get('26368', '2026-04-29')).path, 'Xã Long Thành, Tỉnh Đồng Nai')
    assert.equal((await get('26368', '2026-04-30')).path, 'Phường Long Thành, Thành phố Đồng Nai')
    for (const on of ['2026-04-29', '2026-04-30'])
      assert.equal((await all(ask, `parent=75&on=${on}`)).length, 95)
  })

  scenario('a tone that moved is not a change, a misspelling is corrected for good', async (as, { sql }) => {
    const { body } = await as(nobody)('GET', '/areas/00745?on=2025-07-01')
    assert.equal(body.fullName, 'Xã Phố Bảng')
    const [counted] = await sql`select count(*)::int as rows from areas where code = '56' and level = 1`
    assert.equal(counted!.rows, 2, 'Khánh Hòa of 2021 and Khánh Hoà of 2025')
  })

  scenario('five island districts of 2021 have no commune', async (as) => {
    const districts = await all(as(nobody), `on=${THREE_TIERS}&level=2`)
    const empty = districts.filter(({ hasChildren }) => !hasChildren)
    assert.deepEqual(empty.map(({ code }) => code).sort(), ['318', '471', '498', '536', '755'])
    assert.deepEqual(await all(as(nobody), `on=${THREE_TIERS}&parent=498`), [])
  })

  scenario('within a parent, a level reaches past the one in between', async (as) => {
    const ask = as(nobody)
    assert.equal((await all(ask, `on=${THREE_TIERS}&parent=79`)).length, 22)
    assert.equal((await all(ask, `on=${THREE_TIERS}&parent=79&level=3`)).length, 312)
    assert.equal((await all(ask, `on=${NOW}&parent=79`)).length, 168)
  })

  scenario('names are sorted as a Vietnamese reader expects', async (as) => {
    const names = (await all(as(nobody), `on=${THREE_TIERS}&parent=79`)).map(({ fullName }) => fullName)
    assert.deepEqual(names.slice(0, 4), ['Quận 1', 'Quận 3', 'Quận 4', 'Quận 5'])
    assert.ok(names.indexOf('Quận 8') < names.indexOf('Quận 10'))
    const provinces = (await all(as(nobody), `on=${NOW}`)).map(({ name }) => name)
    assert.ok(provinces.indexOf('Cà Mau') < provinces.indexOf('Đà Nẵng'))
    assert.ok(provinces.indexOf('Đồng Tháp') < provinces.indexOf('Gia Lai'))
  })

  scenario('a label point lies where the unit is: Hoàng Sa and Trường Sa are at sea', async (as) => {
    const { body: hoangSa } = await as(nobody)('GET', `/areas/20333?on=${NOW}`)
    const { body: truongSa } = await as(nobody)('GET', `/areas/22736?on=${NOW}`)
    assert.ok(hoangSa.lon > 111 && hoangSa.lat > 15)
    assert.ok(truongSa.lon > 111 && truongSa.lat < 12)
    assert.deepEqual(
      [hoangSa.path, truongSa.path],
      ['Đặc khu Hoàng Sa, Thành phố Đà Nẵng', 'Đặc khu Trường Sa, Tỉnh Khánh Hoà'],
    )
  })
})

describe('finding a unit by its name', () => {
  const find = (ask: Ask, on: string, q: string) => all(ask, `on=${on}&q=${encodeURIComponent(q)}`)

  scenario('27 communes were called Xã Tân Thành, 23 wards Phường 1: each has its path', async (as) => {
    const found = await find(as(nobody), THREE_TIERS, 'Xã Tân Thành')
    const exact = found.filter(({ fullName }) => fullName === 'Xã Tân Thành')
    assert.equal(exact.length, 27)
    assert.equal(new Set(exact.map(({ path }) => path)).size, 27)
    assert.deepEqual(found.slice(0, 27), exact, 'whole names come first')
    const wards = await find(as(nobody), THREE_TIERS, 'Phường 1')
    assert.equal(wards.filter(({ fullName }) => fullName === 'Phường 1').length, 23)
  })

  scenario('with diacritics they count, without them they do not', async (as) => {
    const names = async (q: string) =>
      new Set((await find(as(nobody), THREE_TIERS, q)).map(({ name }) => name))
    const marked = await names('Tân Thành')
    const plain = await names('tan thanh')
    assert.ok(marked.has('Tân Thành') && !marked.has('Tân Thanh'))
    assert.ok(plain.has('Tân Thành') && plain.has('Tân Thanh'))
  })

  scenario('either place of the tone, composed or not, finds the same units', async (as) => {
    const codes = async (q: string) => (await find(as(nobody), NOW, q)).map(({ code }) => code)
    const found = await codes('Khánh Hòa')
    assert.ok(found.includes('56'))
    assert.deepEqual(await codes('Khánh Hoà'), found)
    assert.deepEqual(await codes('Khánh Hòa'.normalize('NFD')), found)
    assert.deepEqual(await codes('  KHÁNH   hoà '), found)
  })

  scenario('a beginning is enough, and the search may be limited to a province', async (as) => {
    const first = (await find(as(nobody), NOW, 'nha tr'))[0]!
    assert.equal(first.fullName, 'Phường Nha Trang')
    const within = await all(as(nobody), `on=${THREE_TIERS}&parent=56&q=${encodeURIComponent('Vĩnh')}`)
    assert.ok(within.length > 0 && within.every(({ path }) => path.endsWith('Tỉnh Khánh Hòa')))
  })

  scenario('a text without letters finds what no text finds', async (as) => {
    assert.equal((await find(as(nobody), NOW, ' - ')).length, 34)
    assert.equal((await find(as(nobody), NOW, '%')).length, 34)
  })
})

describe('what became of a unit', () => {
  const successors = async (ask: Ask, code: string, query = '') =>
    (await ask('GET', `/areas/${code}/successors?on=${NOW}${query}`)).body as unknown as {
      from: Item
      needsChoice: boolean
      items: (Item & { coverage: string })[]
    }
  const short = ({ items }: { items: { code: string; coverage: string }[] }) =>
    items.map(({ code, coverage }) => `${code} ${coverage}`)

  scenario('many go into one, and one into many', async (_as, { sql }) => {
    const [counted] = await sql`
      select count(*) filter (where successors > 1)::int as split, max(successors)::int as most from (
        select count(*) as successors from area_successors group by area_id) as links`
    assert.deepEqual({ ...counted }, { split: 459, most: 5 })
    const [merged] =
      await sql`select max(n)::int as most from (select count(*) as n from area_successors group by successor_id) as links`
    assert.ok(merged!.most > 5)
  })

  scenario('provinces merged; a district went where its communes went', async (as) => {
    const ask = as(nobody)
    assert.deepEqual(short(await successors(ask, '74')), ['79 full'])
    assert.deepEqual(short(await successors(ask, '58')), ['56 full'])
    assert.deepEqual(short(await successors(ask, '498')), ['20333 full'])
    const district = await successors(ask, '760')
    assert.equal(district.from.fullName, 'Quận 1')
    assert.ok(district.needsChoice)
    assert.deepEqual(short(district), ['26743 partial', '26758 partial', '26740 partial', '26737 partial'])
  })

  scenario('over two reforms, and to a day between them', async (as) => {
    const ask = as(nobody)
    const today = await successors(ask, '26368', `&from=${THREE_TIERS}`)
    assert.deepEqual(
      today.items.map(({ path }) => path),
      ['Phường Long Thành, Thành phố Đồng Nai'],
    )
    const { body } = await ask('GET', `/areas/26368/successors?from=${THREE_TIERS}&on=2025-12-01`)
    assert.deepEqual(
      body.items.map(({ path }: Item) => path),
      ['Xã Long Thành, Tỉnh Đồng Nai'],
    )
  })

  scenario('a unit that is not in force says who took over; an unknown one is unknown', async (as) => {
    const past = await as(nobody)('GET', `/areas/74?on=${NOW}`)
    assert.equal(past.status, 422)
    assert.equal(past.body.code, 'area.notInForce')
    assert.deepEqual(
      past.body.details.successors.map(({ fullName }: Item) => fullName),
      ['Thành phố Hồ Chí Minh'],
    )
    const future = await as(nobody)('GET', '/areas/20333?on=2022-01-01')
    assert.deepEqual([future.status, future.body.details.successors], [422, []])
    const unknown = await as(nobody)('GET', '/areas/99999')
    assert.deepEqual([unknown.status, unknown.body.code], [404, 'area.unknown'])
  })

  scenario('five communes whose end no source tells have no successor', async (_as, { sql }) => {
    const rows = await sql`
      select code from areas where level = 3 and valid_to = ${TWO_TIERS}
        and not exists (select from area_successors where area_id = areas.id) order by code`
    assert.deepEqual(
      rows.map(({ code }) => code),
      ['03991', '12982', '16537', '20239', '23671'],
    )
  })

  test('coverage by several ways', () => {
    assert.equal(combinedCoverage(['full'], 1), 'full')
    assert.equal(combinedCoverage(['full'], 2), 'partial')
    assert.equal(combinedCoverage(['full', 'partial'], 1), 'partial')
    assert.equal(combinedCoverage(['full', 'unknown'], 1), 'unknown')
  })
})

describe('what lies within what', () => {
  scenario('a unit lies in itself, in its parents, and in whatever took it over', async (_as, { sql }) => {
    const ward = await idOf(sql, '00001', THREE_TIERS)
    const within = async (code: string, on: string) => isWithin(sql, [await idOf(sql, code, on)], ward)
    assert.ok(await isWithin(sql, [ward], ward))
    assert.ok(await within('001', THREE_TIERS), 'Quận Ba Đình')
    assert.ok(await within('01', THREE_TIERS), 'Hà Nội of 2021')
    assert.ok(await within('00097', NOW), 'Phường Hồng Hà, which took it over')
    assert.ok(await within('01', NOW), 'Hà Nội of today')
    assert.equal(await within('00004', NOW), false, 'its neighbour')
    assert.equal(await within('79', NOW), false)
    assert.equal(await isWithin(sql, [], ward), false)
  })

  scenario(
    'a province of today reaches all of the provinces that it swallowed, and not the reverse',
    async (_as, { sql }) => {
      const today = await idOf(sql, '79', NOW)
      const [reached] = await sql`
      select count(*)::int as communes from area_within
      join area_names old on old.id = area_id and old.level = 3 and old.valid_to = ${TWO_TIERS}
      join area_names district on district.id = old.parent_id
      join area_names province on province.id = district.parent_id and province.code in ('74', '77', '79')
      where ancestor_id = ${today}`
      assert.equal(reached!.communes, 91 + 82 + 312)
      const binhDuong = await idOf(sql, '74', THREE_TIERS)
      assert.equal(await isWithin(sql, [binhDuong], await idOf(sql, '26743', NOW)), false)
    },
  )

  scenario('a role at a unit that went on under its code does not lapse', async (_as, { sql }) => {
    const before = await idOf(sql, '75', '2026-04-29')
    assert.ok(await isWithin(sql, [before], await idOf(sql, '26368', NOW)))
  })

  scenario(
    'every commune of 2021 that no source follows is still reached from its province',
    async (_as, { sql }) => {
      const daNang = await idOf(sql, '48', NOW)
      assert.ok(await isWithin(sql, [daNang], await idOf(sql, '20239', THREE_TIERS)))
    },
  )
})

describe('loading', () => {
  scenario(
    'a second load with the same files changes nothing; ids stay when files change',
    async (_as, { sql }) => {
      const ward = await idOf(sql, '00001', THREE_TIERS)
      assert.deepEqual(await loadAreas(sql), { changed: false, units: 0 })
      await sql`update data_loads set hash = 'older' where name = 'areas'`
      await sql`update areas set name = 'wrong' where id = ${ward}`
      assert.equal((await loadAreas(sql)).changed, true)
      assert.equal((await findArea(sql, '00001', THREE_TIERS))?.name, 'Phúc Xá')
      assert.equal(await idOf(sql, '00001', THREE_TIERS), ward)
    },
  )

  test('the day is that of Vietnam', () => {
    assert.equal(dayOf(new Date('2025-06-30T16:59:59Z')), '2025-06-30')
    assert.equal(dayOf(new Date('2025-06-30T17:00:00Z')), '2025-07-01')
  })
})

describe('boundaries', () => {
  scenario(
    'the country and each province, small, with a tag, and not again when nothing changed',
    async (as) => {
      const { status, headers, body, bytes } = await as(nobody)('GET', '/areas/boundaries/vn')
      assert.equal(status, 200)
      assert.match(String(headers['content-type']), /^application\/json/)
      assert.match(String(headers['cache-control']), /^public/)
      assert.ok(bytes.length < 120_000)
      assert.equal(body.objects.provinces.geometries.length, 34)
      const etag = String(headers.etag)
      assert.match(etag, /^"[^"]+"$/)
      const again = await as(nobody)('GET', '/areas/boundaries/vn', undefined, { 'if-none-match': etag })
      assert.deepEqual([again.status, again.bytes.length], [304, 0])
      const { plain, zipped } = await getBoundaries('vn')
      assert.deepEqual([bytes, gunzipSync(zipped)], [plain, plain])
      assert.ok(zipped.length < 30_000)
    },
  )

  scenario('every unit in force has one outline; Hoàng Sa and Trường Sa are on the map', async (as) => {
    const ask = as(nobody)
    const provinces = await all(ask, `on=${NOW}`)
    const drawn: string[] = []
    for (const { code } of provinces) {
      const { body, bytes } = await ask('GET', `/areas/boundaries/${code}`)
      assert.ok(bytes.length < 85_000, code)
      drawn.push(
        ...body.objects.communes.geometries.map((g: { properties: { code: string } }) => g.properties.code),
      )
    }
    const communes = (await all(ask, `on=${NOW}&level=3`)).map(({ code }) => code)
    assert.deepEqual(drawn.sort(), communes.sort())
    const { body: country } = await ask('GET', '/areas/boundaries/vn')
    assert.deepEqual(
      country.objects.archipelagos.geometries.map((g: { properties: { name: string } }) => g.properties.name),
      ['Quần đảo Hoàng Sa', 'Quần đảo Trường Sa'],
    )
  })

  scenario('a map that is not there is a clean 404', async (as) => {
    for (const code of ['74', '99', 'vnx', '..vn', '00004', '%2e%2e%2fprovinces']) {
      const { status } = await as(nobody)('GET', `/areas/boundaries/${code}`)
      assert.equal(status, 404, code)
    }
  })
})

describe('strange input', () => {
  scenario('is refused with the field, or simply finds nothing', async (as) => {
    const status = async (path: string) => (await as(nobody)('GET', path)).status
    assert.equal(await status('/areas?q=%00'), 400)
    assert.equal(await status('/areas?q=a%00b'), 400)
    assert.equal(await status('/areas/%00'), 400)
    assert.equal(await status(`/areas?q=${'x'.repeat(10_000)}`), 400)
    assert.equal(await status(`/areas?q=${'%F0%9F%99%82'.repeat(20)}`), 200)
    assert.equal(await status('/areas?on=2025-02-30'), 400)
    assert.equal(await status('/areas?on=yesterday'), 400)
    assert.equal(await status('/areas?limit=0'), 400)
    assert.equal(await status('/areas?limit=1001'), 400)
    assert.equal(await status('/areas?level=abc'), 400)
    assert.equal(await status('/areas?cursor=abc'), 400)
    assert.equal(await status(`/areas?cursor=${Buffer.from('["a","b"]').toString('base64url')}`), 400)
    assert.equal(
      await status(`/areas?cursor=${Buffer.from('[0,9007199254740991]').toString('base64url')}`),
      400,
    )
    assert.equal(await status('/areas?parent=99'), 404)
    assert.equal(await status('/areas?parent=74&on=2026-01-01'), 422)
    assert.equal(await status('/areas?parent=&q='), 200)
    assert.equal(await status("/areas?q='%20or%20''='"), 200)
    assert.equal(await status('/areas/1234567890'), 404)
    assert.equal(await status('/areas/Hanoi'), 400)
  })
})
