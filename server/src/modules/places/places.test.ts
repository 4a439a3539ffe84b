import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import {
  an,
  BA_DINH,
  hoa,
  KHANH_HOA,
  lan,
  minh,
  NHA_TRANG,
  nga,
  nobody,
  stranger,
  strangerOfficer,
  thu,
  tu,
  type Who,
} from '../../../test/people.ts'
import { addAccount, addKey, openSession } from '../accounts/index.ts'
import { findPlace, mayGuard, readPlaceCode } from './index.ts'
import { loadKinds } from './kinds.ts'

const market = {
  name: 'Chợ Đầm',
  kind: 'market',
  areaCode: NHA_TRANG,
  address: 'Số 1 đường Bến Chợ',
  phone: hoa.phone,
}
const register = async (ask: Ask, more: object = {}) => {
  const answer = await ask('POST', '/places', { ...market, ...more })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const count = async (t: Stage) => (await t.sql`select count(*)::int as n from places`)[0]!.n as number

const gateKey = async (t: Stage, at: { placeId: number | null; areaId: number | null }): Promise<Who> => {
  const { token } = await addKey(t.ctx(), { name: 'gate 2', role: 'gate', ...at })
  return { kind: 'key', name: 'a gate key', token }
}

/** An official with a role in one sector. */
const sectorOfficer = async (t: Stage, sector: string): Promise<Who> => {
  const login = `sector-${sector}`
  await addAccount(t.ctx(), {
    login,
    role: 'sector_officer',
    areaCode: KHANH_HOA,
    sector,
    password: 'a long password',
  })
  const [row] = await t.sql`select id from accounts where login = ${login}`
  const { token } = await openSession(t.ctx(), { accountId: row!.id })
  return { kind: 'key', name: login, token }
}

describe('kinds', () => {
  scenario(
    'anyone reads them, in the order of the file; loading them again changes nothing',
    async (as, t) => {
      const { items } = (await as(nobody)('GET', '/place-kinds')).body
      assert.deepEqual(
        items.find(({ code }: { code: string }) => code === 'market'),
        {
          code: 'market',
          label: { vi: 'Chợ', en: 'Market' },
          sector: 'trade',
          form: 'fixed',
          group: 'trade',
          ventilation: 'natural',
          defaultStayMinutes: 60,
        },
      )
      assert.ok(items.length >= 25)
      await loadKinds(t.sql)
      assert.deepEqual((await as(nobody)('GET', '/place-kinds')).body.items, items)
    },
  )
})

describe('the file of kinds', () => {
  const kind = {
    code: 'market',
    label: { vi: 'Chợ', en: 'Market' },
    sector: 'trade',
    form: 'fixed',
    group: 'trade',
    ventilation: 'natural',
    defaultStayMinutes: 60,
  }
  const folderWith = (kinds: unknown) => {
    const folder = mkdtempSync(join(tmpdir(), 'lachan-kinds-'))
    after(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'sectors.json'), JSON.stringify([{ code: 'trade', label: kind.label }]))
    writeFileSync(join(folder, 'kinds.json'), JSON.stringify(kinds))
    return pathToFileURL(`${folder}/`)
  }

  scenario('a kind that it drops is offered no more, and places of it stay', async (as, t) => {
    const school = await register(as(hoa), { kind: 'school' })
    await loadKinds(t.sql, folderWith([{ ...kind, defaultStayMinutes: 30 }]))
    const { items } = (await as(nobody)('GET', '/place-kinds')).body
    assert.deepEqual(items, [{ ...kind, defaultStayMinutes: 30 }])
    assert.equal(
      (await as(nobody)('GET', `/public/places/${school.code}`)).body.kindLabel,
      'School, training centre',
    )
    assert.equal(
      (await as(hoa)('POST', '/places', { ...market, kind: 'school' })).body.code,
      'place.kindUnknown',
    )
    assert.equal((await t.sql`select from place_facts`).length, 1)
  })

  scenario('one that is not as it should be stops the start with a sentence', async (_as, t) => {
    for (const [kinds, sentence] of [
      [[], /kinds\.json is not as it should be/],
      [[{ ...kind, colour: 'red' }], /additional/],
      [[{ ...kind, defaultStayMinutes: 0 }], /\/0\/defaultStayMinutes/],
      [[kind, kind], /names market twice/],
      [[{ ...kind, sector: 'magic' }], /market is in the unknown sector magic/],
    ] as const)
      await assert.rejects(loadKinds(t.sql, folderWith(kinds)), sentence)
  })
})

describe('registering a place', () => {
  scenario('Hoa registers the market with the phone she signed in with, and owns it', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const place = await register(as(hoa), { lat: 12.2542, lon: 109.1921 })
    assert.equal(readPlaceCode(place.code), place.code)
    assert.deepEqual(
      { ...place, id: null, code: null, checkInUrl: null },
      {
        id: null,
        code: null,
        checkInUrl: null,
        name: 'Chợ Đầm',
        kind: 'market',
        sector: 'trade',
        area: place.area,
        address: 'Số 1 đường Bến Chợ',
        phone: hoa.phone,
        lat: 12.2542,
        lon: 109.1921,
        approximate: null,
        capacity: null,
        hours: null,
        plate: null,
        route: null,
        operator: null,
        zones: [],
        startsAt: null,
        endsAt: null,
        expectedGuests: null,
        host: null,
        posterVersion: 1,
        closedAt: null,
        createdAt: '2026-11-20T01:00:00.000Z',
      },
    )
    assert.deepEqual([place.area.code, place.area.fullName], [NHA_TRANG, 'Phường Nha Trang'])
    assert.match(place.checkInUrl, new RegExp(`^http://localhost:3000/c/${place.code}\\?p=1\\.[0-9A-Z]{8}$`))
    assert.deepEqual((await as(hoa)('GET', `/places/${place.id}`)).body, place)
    const own = {
      id: place.id,
      code: place.code,
      name: 'Chợ Đầm',
      kind: 'market',
      area: place.area,
      role: 'owner',
      closed: false,
    }
    assert.deepEqual((await as(hoa)('GET', '/me/places')).body, { items: [own], next: null })
    const [fact] =
      await t.sql`select kind, sector, default_stay_seconds, area_id is not null as has_area from place_facts`
    assert.deepEqual(
      { ...fact },
      { kind: 'market', sector: 'trade', defaultStaySeconds: 3600, hasArea: true },
    )
    const [row] = await t.sql`select sealed from places`
    assert.ok(!row!.sealed.toString('latin1').includes('905000102'))
    assert.equal(
      (await t.sql`select from audit_log where action = 'place.register' and subject_id = ${place.id}`)
        .length,
      1,
    )
  })

  scenario(
    'her number may be written in any way; another number has to be confirmed first',
    async (as, t) => {
      await register(as(hoa), { phone: '+84 905 000 102' })
      const refused = await as(lan)('POST', '/places', market)
      assert.deepEqual([refused.status, refused.body.code], [422, 'place.phoneNotConfirmed'])
      assert.equal(refused.body.fields[0].field, 'phone')
      const wrong = await as(hoa)('POST', '/places', { ...market, phone: '12345' })
      assert.deepEqual([wrong.status, wrong.body.code], [422, 'person.phoneInvalid'])
      assert.equal(await count(t), 1)
    },
  )

  scenario('the same place twice within a day is one place', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const place = await register(as(hoa))
    const again = await as(hoa)('POST', '/places', { ...market, name: ' chợ  ĐẦM '.normalize('NFD') })
    assert.deepEqual(
      [again.status, again.body.code, again.body.details],
      [409, 'place.alreadyRegistered', { id: place.id }],
    )
    await register(as(hoa), { name: 'Chợ Dâm' })
    await register(as(lan), { phone: lan.phone })
    await as(hoa)('PATCH', `/places/${place.id}`, { closed: true })
    await register(as(hoa))
    t.now('2026-11-22T01:00:00Z')
    await register(as(hoa))
    assert.equal(await count(t), 5)
  })

  scenario('the area is the lowest there is; one that has gone names its successors', async (as, t) => {
    const code = async (areaCode: string) => {
      const { body } = await as(hoa)('POST', '/places', { ...market, areaCode })
      return [body.status, body.code]
    }
    assert.deepEqual(await code(KHANH_HOA), [422, 'place.areaTooWide'])
    assert.deepEqual(await code('99999'), [404, 'area.unknown'])
    assert.deepEqual(await code('abc'), [400, 'request.invalid'])
    t.now('2021-12-01T00:00:00Z')
    assert.deepEqual(await code('568'), [422, 'place.areaTooWide']) // a city of that time, with wards of its own
    assert.equal(await count(t), 0)
  })

  scenario('what does not fit is refused with its field, and nothing is kept', async (as, t) => {
    const code = async (more: object) => (await as(hoa)('POST', '/places', { ...market, ...more })).body.code
    for (const more of [
      { name: '' },
      { name: 'x'.repeat(201) },
      { name: 'Chợ\0Đầm' },
      { name: 'Chợ \ud800' },
      { name: 5 },
      { address: '' },
      { address: '\u200b' },
      { address: 'x'.repeat(301) },
      { kind: null },
      { lat: 90.01, lon: 0 },
      { lat: 0, lon: -180.5 },
      { lat: '12', lon: '109.x' },
      { lat: null, lon: null },
      { code: 'AAAAAAAA' },
      { closedAt: '2026-01-01T00:00:00Z' },
    ])
      assert.equal(await code(more), 'request.invalid', JSON.stringify(more))
    assert.equal(await code({ lat: 12 }), 'place.pointIncomplete')
    assert.equal(await code({ name: '---' }), 'place.nameInvalid')
    assert.equal(await code({ address: '...' }), 'place.addressInvalid')
    assert.equal(await code({ kind: 'castle' }), 'place.kindUnknown')
    assert.equal(await code({ kind: 'constructor' }), 'place.kindUnknown')
    assert.equal(await code({ sector: 'magic' }), 'place.sectorUnknown')
    assert.equal(await count(t), 0)
  })

  scenario('names are kept as text, in one form of Unicode', async (as) => {
    const formula = '=HYPERLINK("http://x","Chợ")'
    const place = await register(as(hoa), { name: formula, address: '+1 Trần Phú'.normalize('NFD') })
    assert.deepEqual([place.name, place.address], [formula, '+1 Trần Phú'.normalize('NFC')])
    const quoted = await register(as(hoa), { name: "Quán '); drop table places; --" })
    assert.equal(
      (await as(nobody)('GET', `/public/places/${quoted.code}`)).body.name,
      "Quán '); drop table places; --",
    )
    const folded = await register(as(hoa), { name: 'Chợ Đầm 2'.normalize('NFD') })
    assert.equal(folded.name, 'Chợ Đầm 2'.normalize('NFC'))
  })

  scenario('an officer registers places within reach; whoever has the phone owns them', async (as, t) => {
    const place = await register(as(minh))
    assert.equal(place.phone, hoa.phone)
    assert.deepEqual(
      (await as(hoa)('GET', '/me/places')).body.items.map(({ id }: { id: string }) => id),
      [place.id],
    )
    const elsewhere = await as(minh)('POST', '/places', { ...market, areaCode: BA_DINH })
    assert.deepEqual([elsewhere.status, elsewhere.body.code], [404, 'access.outOfReach'])
    await register(as(thu), {
      name: 'Trường Lê Quý Đôn',
      kind: 'school',
      phone: '0905 111 222',
      sector: 'health',
    })
    assert.deepEqual(
      (await t.sql`select sector from places where kind = 'school'`).map(({ sector }) => sector),
      ['health'],
    )
    const status = async (who: Who) => (await as(who)('POST', '/places', market)).status
    assert.deepEqual(await Promise.all([nobody, nga, an].map(status)), [401, 403, 403])
  })
})

describe('a place', () => {
  scenario(
    'is seen by its owner, its guards, its gate and its officers, the phone only by owner and officers',
    async (as, t) => {
      const place = await register(as(hoa))
      await as(hoa)('POST', `/places/${place.id}/guards`, { phone: tu.phone })
      const row = (await findPlace(t.sql, place.id))!
      const key = await gateKey(t, { placeId: row.id, areaId: null })
      const otherKey = await gateKey(t, { placeId: row.id + 1, areaId: null })
      const see = async (who: Who) => {
        const { status, body } = await as(who)('GET', `/places/${place.id}`)
        return status === 200 ? body.phone : status
      }
      assert.deepEqual(
        await Promise.all([hoa, tu, lan, minh, thu, strangerOfficer, nga, nobody, key, otherKey].map(see)),
        [hoa.phone, null, 404, hoa.phone, hoa.phone, 404, 403, 401, null, 404],
      )
      assert.equal((await as(hoa)('GET', `/places/${randomUUID()}`)).status, 404)
      assert.equal((await as(hoa)('GET', '/places/1')).status, 400)
      assert.deepEqual(
        (await as(key)('GET', '/me/places')).body.items.map((one: { role: string }) => one.role),
        ['key'],
      )
      assert.deepEqual(
        (await as(tu)('GET', '/me/places')).body.items.map((one: { role: string }) => one.role),
        ['guard'],
      )
      assert.deepEqual((await as(minh)('GET', '/me/places')).body.items, [])
    },
  )

  scenario('may let people in: its owner, its guards and its own gate', async (as, t) => {
    const place = await register(as(hoa))
    await as(hoa)('POST', `/places/${place.id}/guards`, { phone: tu.phone })
    const row = (await findPlace(t.sql, place.id))!
    const citizen = (who: Who) => ({
      ...t.ctx().actor,
      kind: 'citizen' as const,
      id: rowOf(who).id,
      permissions: new Set(['scan.record']),
    })
    assert.deepEqual(await Promise.all([hoa, tu, lan].map((who) => mayGuard(t.ctx(citizen(who)), row))), [
      true,
      true,
      false,
    ])
    const gate = (placeId: number) => ({
      ...t.ctx().actor,
      kind: 'key' as const,
      permissions: new Set(['scan.record']),
      grants: [{ role: 'gate', permissions: new Set(['scan.record']), areaId: null, sector: null, placeId }],
    })
    assert.deepEqual(await Promise.all([row.id, row.id + 1].map((id) => mayGuard(t.ctx(gate(id)), row))), [
      true,
      false,
    ])
  })

  scenario(
    'is corrected, closed and opened again by its owner or an officer, by nobody else',
    async (as, t) => {
      t.now('2026-11-20T01:00:00Z')
      const place = await register(as(hoa))
      await as(hoa)('POST', `/places/${place.id}/guards`, { phone: tu.phone })
      const change = (who: Who, body: object) => as(who)('PATCH', `/places/${place.id}`, body)
      assert.equal(
        (await change(hoa, { name: 'Chợ Đầm mới', lat: 12.25, lon: 109.19 })).body.name,
        'Chợ Đầm mới',
      )
      t.now('2026-11-20T02:00:00Z')
      assert.equal((await change(thu, { closed: true })).body.closedAt, '2026-11-20T02:00:00.000Z')
      t.now('2026-11-20T03:00:00Z')
      assert.equal((await change(hoa, { closed: true })).body.closedAt, '2026-11-20T02:00:00.000Z')
      assert.equal((await as(nobody)('GET', `/public/places/${place.code}`)).body.closed, true)
      assert.equal((await as(hoa)('GET', '/me/places')).body.items[0].closed, true)
      assert.equal((await change(hoa, { closed: false })).body.closedAt, null)
      assert.equal((await change(hoa, { lat: null, lon: null })).body.lat, null)

      const statuses: number[] = []
      for (const who of [tu, lan, strangerOfficer, nga, nobody])
        statuses.push((await change(who, { name: 'x' })).status)
      assert.deepEqual(statuses, [404, 404, 404, 403, 401])
      const codes: string[] = []
      for (const body of [
        {},
        { name: '' },
        { kind: 'shop' },
        { closed: 'maybe' },
        { lat: 91 },
        { name: '?!' },
        { lat: 12 },
        { phone: lan.phone },
        { phone: 'x'.repeat(9) },
      ])
        codes.push((await change(hoa, body)).body.code)
      assert.deepEqual(codes, [
        ...Array(5).fill('request.invalid'),
        'place.nameInvalid',
        'place.pointIncomplete',
        'place.phoneNotConfirmed',
        'person.phoneInvalid',
      ])
      assert.equal(
        (await as(minh)('PATCH', `/places/${place.id}`, { phone: '0905 111 222' })).body.phone,
        '0905111222',
      )
      const actions =
        await t.sql`select action from audit_log where subject_id = ${place.id} and action <> 'place.addGuard' order by id`
      assert.deepEqual(
        actions.map(({ action }) => action),
        [
          'place.register',
          'place.edit',
          'place.close',
          'place.edit',
          'place.reopen',
          'place.edit',
          'place.edit',
        ],
      )
    },
  )

  scenario('is found by anyone who stands before its poster, without what is not on it', async (as) => {
    const place = await register(as(hoa))
    const find = (code: string, language = 'en') =>
      as(nobody)('GET', `/public/places/${encodeURIComponent(code)}`, undefined, {
        'accept-language': language,
      })
    const { body } = await find(place.code)
    assert.deepEqual(body, {
      id: place.id,
      code: place.code,
      name: 'Chợ Đầm',
      kind: 'market',
      kindLabel: 'Market',
      area: place.area,
      address: place.address,
      closed: false,
      position: null,
      zones: [],
    })
    assert.equal((await find(place.code, 'vi')).body.kindLabel, 'Chợ')
    const spaced = `${place.code.slice(0, 4)}-${place.code.slice(4)}`.toLowerCase()
    for (const typed of [spaced, ` ${place.code} `, place.checkInUrl])
      assert.deepEqual((await find(typed)).body, body)

    const last = place.code.at(-1) === 'A' ? 'B' : 'A'
    for (const wrong of [place.code.slice(0, 7) + last, 'x', '%', '../kinds', 'UUUUUUUU', 'chợ đầm']) {
      const answer = await find(wrong)
      assert.deepEqual([answer.status, answer.body.code], [422, 'place.codeMistyped'], wrong)
    }
    assert.deepEqual((await find('a\0b')).body.code, 'request.invalid')
    assert.equal((await find('x'.repeat(101))).status, 404)
    const unused = place.code === '00000000' ? '11111111' : '00000000'
    const answer = await find(unused)
    assert.deepEqual([answer.status, answer.body.code], [404, 'place.unknown'])
  })
})

describe('guards', () => {
  scenario('Hoa adds Tú by his phone; he sees the place until she removes him', async (as, t) => {
    const place = await register(as(hoa))
    const path = `/places/${place.id}/guards`
    const added = await as(hoa)('POST', path, { phone: tu.phone, name: 'Anh Tú' })
    assert.deepEqual([added.status, added.body.maskedPhone], [201, '0905***03'])
    const again = await as(hoa)('POST', path, { phone: '+84905000103' })
    assert.deepEqual([again.status, again.body], [201, added.body])
    assert.deepEqual((await as(hoa)('GET', path)).body, { items: [added.body], next: null })
    assert.equal((await as(tu)('GET', `/places/${place.id}`)).status, 200)
    assert.equal((await as(hoa)('DELETE', `${path}/${added.body.id}`)).status, 204)
    assert.equal((await as(tu)('GET', `/places/${place.id}`)).status, 404)
    const gone = await as(hoa)('DELETE', `${path}/${added.body.id}`)
    assert.deepEqual([gone.status, gone.body.code], [404, 'place.guardUnknown'])
    assert.deepEqual((await as(hoa)('GET', path)).body.items, [])
    const landline = await as(hoa)('POST', path, { phone: '0258 3822 222' })
    assert.deepEqual([landline.status, landline.body.code], [422, 'phoneCode.phoneWithoutSms'])
    const back = await as(hoa)('POST', path, { phone: tu.phone })
    assert.notEqual(back.body.id, added.body.id)
    assert.equal((await t.sql`select from place_staff where role = 'guard'`).length, 2)
  })

  scenario('only the owner says who guards, and nobody guards twice', async (as) => {
    const place = await register(as(hoa))
    const other = await register(as(lan), { phone: lan.phone })
    const path = `/places/${place.id}/guards`
    const guard = (await as(hoa)('POST', path, { phone: tu.phone })).body
    for (const who of [tu, lan, stranger]) {
      assert.equal((await as(who)('POST', path, { phone: stranger.phone })).status, 404)
      assert.equal((await as(who)('GET', path)).status, 404)
      assert.equal((await as(who)('DELETE', `${path}/${guard.id}`)).status, 404)
    }
    assert.equal((await as(minh)('GET', path)).status, 403)
    assert.equal((await as(nobody)('GET', path)).status, 401)
    assert.equal(
      (await as(lan)('DELETE', `/places/${other.id}/guards/${guard.id}`)).body.code,
      'place.guardUnknown',
    )
    const self = await as(hoa)('POST', path, { phone: hoa.phone })
    assert.deepEqual([self.status, self.body.code], [409, 'place.ownerAlready'])
    for (const [body, code] of [
      [{ phone: '113' }, 'request.invalid'],
      [{ phone: '0123456' }, 'person.phoneInvalid'],
      [{}, 'request.invalid'],
      [{ phone: tu.phone, name: '…' }, 'place.nameInvalid'],
      [{ phone: tu.phone, role: 'owner' }, 'request.invalid'],
    ] as const)
      assert.equal((await as(hoa)('POST', path, body)).body.code, code)
  })
})

describe('lists', () => {
  const names = async (ask: Ask, query = '') => {
    const { status, body } = await ask('GET', `/places${query}`)
    return status === 200 ? body.items.map(({ name }: { name: string }) => name) : body.code
  }

  scenario(
    'officers find places within reach, with or without diacritics, in the order of a Vietnamese reader',
    async (as, t) => {
      t.now('2026-11-20T01:00:00Z')
      for (const name of ['Chợ Đầm', 'Chợ Dinh', 'Ăn vặt 50%_', 'Âu Lạc', 'An Phú'])
        await register(as(hoa), { name })
      t.now('2026-11-20T02:00:00Z')
      await register(as(hoa), { name: 'Trường Xuân', kind: 'school' })
      await register(as(strangerOfficer), { name: 'Chợ Hà Nội', areaCode: BA_DINH })
      const sorted = ['An Phú', 'Ăn vặt 50%_', 'Âu Lạc', 'Chợ Dinh', 'Chợ Đầm', 'Trường Xuân']
      assert.deepEqual(await names(as(minh)), sorted)
      assert.deepEqual(await names(as(thu), '?sort=-name'), sorted.toReversed())
      assert.deepEqual((await names(as(minh), '?sort=-createdAt'))[0], 'Trường Xuân')
      assert.deepEqual(await names(as(minh), '?q=cho%20dam'), ['Chợ Đầm'])
      assert.deepEqual(await names(as(minh), `?q=${encodeURIComponent('đẦM')}`), ['Chợ Đầm'])
      assert.deepEqual(await names(as(minh), `?q=${encodeURIComponent('ben cho')}`), sorted)
      assert.deepEqual(await names(as(minh), '?q=%25'), [])
      assert.deepEqual(await names(as(minh), '?q=_'), [])
      assert.deepEqual(await names(as(minh), '?q='), sorted)
      assert.deepEqual(await names(as(minh), '?kind=school'), ['Trường Xuân'])
      assert.deepEqual(await names(as(minh), '?kind=castle'), [])
      assert.deepEqual(await names(as(thu), `?area=${NHA_TRANG}&kind=market`), sorted.slice(0, 5))
      assert.equal(await names(as(minh), `?area=${BA_DINH}`), 'access.outOfReach')
      assert.equal(await names(as(minh), `?area=${KHANH_HOA}`), 'access.outOfReach')
      assert.deepEqual(await names(as(strangerOfficer)), ['Chợ Hà Nội'])

      const walk: string[] = []
      for (let cursor = ''; cursor !== 'null'; ) {
        const { body } = await as(thu)('GET', `/places?limit=2${cursor && `&cursor=${cursor}`}`)
        walk.push(...body.items.map(({ name }: { name: string }) => name))
        cursor = String(body.next)
      }
      assert.deepEqual(walk, sorted)
      for (const query of [
        '?cursor=x',
        '?cursor=WyJhIl0',
        '?cursor=WzFd',
        '?sort=colour',
        '?state=ajar',
        '?limit=0',
        '?limit=x',
        '?area=x',
        '?colour=red',
        '?q=%00',
      ])
        assert.equal(await names(as(minh), query), 'request.invalid', query)
    },
  )

  scenario('a name is found with the tone on either vowel, and shown as it was written', async (as) => {
    for (const name of ['Trà Hoà', 'Trà Hòa Bình']) await register(as(hoa), { name })
    for (const q of ['Trà Hòa', 'Trà Hoà', 'trà hoà'.normalize('NFD'), 'tra hoa'])
      assert.deepEqual(await names(as(minh), `?q=${encodeURIComponent(q)}`), ['Trà Hoà', 'Trà Hòa Bình'], q)
  })

  scenario('a sector sees its own places; an owner theirs; a gate its one', async (as, t) => {
    const place = await register(as(hoa))
    await register(as(lan), { name: 'Trường Xuân', kind: 'school', phone: lan.phone })
    await as(hoa)('POST', `/places/${place.id}/guards`, { phone: tu.phone })
    const education = await sectorOfficer(t, 'education')
    assert.deepEqual(await names(as(education)), ['Trường Xuân'])
    assert.deepEqual(await names(as(education), `?area=${NHA_TRANG}`), ['Trường Xuân'])
    assert.equal((await as(education)('GET', `/places/${place.id}`)).status, 404)
    const row = (await findPlace(t.sql, place.id))!
    assert.deepEqual(await names(as(await gateKey(t, { placeId: row.id, areaId: null }))), ['Chợ Đầm'])
    assert.deepEqual(await names(as(await gateKey(t, { placeId: null, areaId: row.areaId }))), [
      'Chợ Đầm',
      'Trường Xuân',
    ])
    assert.deepEqual(await names(as(hoa)), ['Chợ Đầm'])
    assert.deepEqual(await names(as(stranger)), [])
    const seen = async (who: Who) => (await as(who)('GET', '/places')).body.items[0].phone
    assert.deepEqual([await seen(hoa), await seen(tu), await seen(minh)], [hoa.phone, null, hoa.phone])
    await as(hoa)('PATCH', `/places/${place.id}`, { closed: true })
    assert.deepEqual(
      [await names(as(minh), '?state=open'), await names(as(minh), '?state=closed')],
      [['Trường Xuân'], ['Chợ Đầm']],
    )
    assert.deepEqual(
      [await names(as(nobody)), await names(as(nga))],
      ['access.signInNeeded', 'access.denied'],
    )
  })
})

describe('the places of a phone', () => {
  scenario('are paged: open before closed, own before guarded, in the order of names', async (as) => {
    const names = ['Chợ Đầm', 'Chợ Dinh', 'An Phú', 'Ăn vặt']
    const [dam] = [await register(as(hoa), { name: names[0] })]
    for (const name of names.slice(1)) await register(as(hoa), { name })
    await as(hoa)('PATCH', `/places/${dam.id}`, { closed: true })
    const guarded = await register(as(lan), { name: 'A của Lan', phone: lan.phone })
    const asGuard = await as(lan)('POST', `/places/${guarded.id}/guards`, { phone: hoa.phone })
    const walk: string[] = []
    let removed = false
    for (let cursor = ''; cursor !== 'null'; ) {
      const { body } = await as(hoa)('GET', `/me/places?limit=2${cursor && `&cursor=${cursor}`}`)
      walk.push(...body.items.map(({ name }: { name: string }) => name))
      cursor = String(body.next)
      if (walk.length === 4 && !removed) {
        await as(lan)('DELETE', `/places/${guarded.id}/guards/${asGuard.body.id}`)
        removed = true
      }
    }
    assert.deepEqual(walk, ['An Phú', 'Ăn vặt', 'Chợ Dinh', 'A của Lan', 'Chợ Đầm'])
    assert.equal((await as(hoa)('GET', '/me/places?cursor=x')).body.code, 'request.invalid')
  })
})

describe('posters', () => {
  scenario('are for those who see the place, and are named in ASCII', async (as) => {
    const place = await register(as(hoa), { name: 'Chợ "Đầm"\r\nX-Evil: 1' })
    const sheet = await as(hoa)('GET', `/places/${place.id}/poster.pdf`)
    assert.deepEqual([sheet.status, sheet.headers['content-type']], [200, 'application/pdf'])
    const spaced = `${place.code.slice(0, 4)}-${place.code.slice(4)}`
    assert.equal(sheet.headers['content-disposition'], `inline; filename="poster-${spaced}.pdf"`)
    assert.ok(sheet.bytes.toString('latin1').startsWith('%PDF-1.7'))
    assert.ok((await as(thu)('GET', `/places/${place.id}/poster.pdf`)).bytes.equals(sheet.bytes))
    const code = await as(hoa)('GET', `/places/${place.id}/poster.svg`)
    assert.deepEqual([code.status, code.headers['content-type']], [200, 'image/svg+xml'])
    assert.ok(code.bytes.toString().includes(`<title>${place.checkInUrl}</title>`))
    for (const file of ['poster.pdf', 'poster.svg'])
      for (const [who, status] of [
        [lan, 404],
        [strangerOfficer, 404],
        [nobody, 401],
        [nga, 403],
      ] as const)
        assert.equal((await as(who)('GET', `/places/${place.id}/${file}`)).status, status)
  })
})
