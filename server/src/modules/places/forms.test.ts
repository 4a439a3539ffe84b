import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, nobody, tu } from '../../../test/people.ts'

// Hoa is busy today: she has a market with several doors, a bus, and a wedding in the family.

const place = (kind: string, more: object = {}) => ({
  name: 'Chợ Đầm',
  kind,
  areaCode: NHA_TRANG,
  address: 'Số 1 đường Bến Chợ',
  phone: hoa.phone,
  ...more,
})
const made = async (ask: Ask, body: object) => {
  const answer = await ask('POST', '/places', body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const refusal = async (ask: Ask, body: object) => {
  const { status, body: problem } = await ask('POST', '/places', body)
  return [status, problem.code, problem.fields?.[0]?.field]
}
const facts = async (t: Stage, id: string) =>
  (
    await t.sql`
      select closed_at, ends_at, hours, openings::text, lat, lon, capacity from place_facts where public_id = ${id}`
  )[0]!

const bus = {
  name: 'Xe buýt 04',
  plate: '79B-012.34',
  route: 'Bình Tân - Vĩnh Lương',
  operator: 'Xe buýt Nha Trang',
}
const wedding = {
  name: 'Đám cưới nhà bà Hoa',
  startsAt: '2026-11-21T03:00:00Z',
  endsAt: '2026-11-21T08:00:00Z',
  expectedGuests: 300,
  host: 'Bà Hoa và ông Bình',
}

describe('kinds', () => {
  scenario('are all those of the directives, each managed by a sector', async (as) => {
    const { items } = (await as(nobody)('GET', '/place-kinds')).body
    const codes = items.map(({ code }: { code: string }) => code)
    for (const code of [
      'office industrial-zone factory business restaurant bar karaoke massage gym meeting',
      'hospital apartment school station vehicle mall supermarket wholesale-market market shop funeral wedding',
      'tourism entertainment religious boarding-house hotel quarantine quarantine-hotel',
    ].flatMap((line) => line.split(' ')))
      assert.ok(codes.includes(code), code)
    const form = (code: string) => items.find((kind: { code: string }) => kind.code === code).form
    assert.deepEqual(['market', 'vehicle', 'funeral'].map(form), ['fixed', 'vehicle', 'event'])
  })

  scenario('have each their own details, and no others', async (as) => {
    const ask = as(hoa)
    const misplaced = async (kind: string, more: object) => refusal(ask, place(kind, more))
    assert.deepEqual(await misplaced('market', { plate: '79B-012.34' }), [
      422,
      'place.detailMisplaced',
      'plate',
    ])
    assert.deepEqual((await misplaced('market', { endsAt: wedding.endsAt }))[1], 'place.detailMisplaced')
    assert.deepEqual((await misplaced('vehicle', { ...bus, host: 'Hoa' }))[2], 'host')
    assert.deepEqual((await misplaced('wedding', { ...wedding, zones: ['A'] }))[2], 'zones')
    assert.deepEqual((await misplaced('wedding', { ...wedding, hours: [] }))[1], 'request.invalid')
    const market = await made(ask, place('market'))
    const change = await ask('PATCH', `/places/${market.id}`, { route: 'A - B' })
    assert.deepEqual([change.status, change.body.code], [422, 'place.detailMisplaced'])
  })
})

describe('a market', () => {
  scenario('says how many it holds and when it is open, until Hoa forgets it again', async (as, t) => {
    const hours = [
      { weekday: 7, opens: '05:00', closes: '12:00' },
      { weekday: 1, opens: '04:30', closes: '18:00' },
    ]
    const market = await made(as(hoa), place('market', { capacity: 400, hours, lat: 12.25, lon: 109.19 }))
    assert.deepEqual(market.hours, hours.toReversed())
    assert.deepEqual(
      { ...(await facts(t, market.id)) },
      {
        closedAt: null,
        endsAt: null,
        hours: hours.toReversed(),
        openings: '{[-9810,-9000),[-1140,-720),[270,1080),[8940,9360),[10350,11160),[19020,19440)}',
        lat: 12.25,
        lon: 109.19,
        capacity: 400,
      },
    )
    const change = async (body: object) => (await as(hoa)('PATCH', `/places/${market.id}`, body)).body
    const late = [{ weekday: 6, opens: '18:00', closes: '02:00' }]
    assert.deepEqual((await change({ hours: late, capacity: 50 })).capacity, 50)
    assert.equal((await facts(t, market.id)).openings, '{[-1800,-1320),[8280,8760),[18360,18840)}')
    for (const wrong of [[...late, ...late], [{ weekday: 1, opens: '00:00', closes: '00:00' }]])
      assert.equal((await change({ hours: wrong })).code, 'place.hoursInvalid')
    for (const body of [
      { hours: [{ weekday: 8, opens: '06:00', closes: '07:00' }] },
      { hours: [{ weekday: 1, opens: '6:00', closes: '24:00' }] },
      { capacity: 0 },
      { capacity: 1.5 },
    ])
      assert.equal((await change(body)).code, 'request.invalid', JSON.stringify(body))
    const open = await change({ hours: null, capacity: null })
    assert.deepEqual([open.hours, open.capacity], [null, null])
    assert.equal((await facts(t, market.id)).openings, null)
  })

  scenario('has doors that its owner names; a number is never given twice', async (as) => {
    const market = await made(as(hoa), place('market'))
    await as(hoa)('POST', `/places/${market.id}/guards`, { phone: tu.phone })
    const path = `/places/${market.id}/gates`
    const add = async (name: string, direction: string) => as(hoa)('POST', path, { name, direction })
    assert.deepEqual((await add('Cửa Bắc', 'in')).body, { code: '1', name: 'Cửa Bắc', direction: 'in' })
    assert.equal((await add('Cửa Nam', 'out')).body.code, '2')
    assert.equal((await as(hoa)('DELETE', `${path}/2`)).status, 204)
    assert.equal((await as(hoa)('DELETE', `${path}/2`)).body.code, 'place.gateUnknown')
    assert.equal((await add('  Cửa\tTây ', 'both')).body.code, '3')
    assert.deepEqual(
      (await as(tu)('GET', path)).body.items.map(({ code, name }: { code: string; name: string }) => [
        code,
        name,
      ]),
      [
        ['1', 'Cửa Bắc'],
        ['3', 'Cửa Tây'],
      ],
    )
    assert.equal((await as(tu)('POST', path, { name: 'Cửa', direction: 'in' })).status, 404)
    assert.equal((await add('…', 'in')).body.code, 'place.nameInvalid')
    assert.equal((await add('Cửa', 'sideways')).body.code, 'request.invalid')
    for (let more = 3; more <= 40; more++) await add(`Cửa ${more}`, 'both')
    assert.equal((await add('Cửa nữa', 'both')).body.code, 'place.gatesTooMany')
  })
})

describe('a bus', () => {
  scenario('has a plate, written in any way, and one code at a time', async (as) => {
    const mine = await made(
      as(hoa),
      place('vehicle', { ...bus, zones: [' A1-A20', 'B1-B20', '—'], capacity: 40 }),
    )
    assert.deepEqual(
      [mine.plate, mine.route, mine.operator, mine.zones],
      ['79B01234', bus.route, bus.operator, ['A1-A20', 'B1-B20']],
    )
    const again = { ...bus, name: 'Xe của Lan', plate: '79b 01234' }
    const taken = await refusal(as(lan), place('vehicle', { ...again, phone: lan.phone }))
    assert.deepEqual(taken, [409, 'place.plateTaken', 'plate'])
    await as(hoa)('PATCH', `/places/${mine.id}`, { closed: true })
    const next = await made(as(lan), place('vehicle', { ...again, phone: lan.phone }))
    const back = await as(hoa)('PATCH', `/places/${mine.id}`, { closed: false })
    assert.deepEqual([back.status, back.body.code], [409, 'place.plateTaken'])
    assert.equal(
      (await as(hoa)('PATCH', `/places/${mine.id}`, { closed: false, plate: 'KH-98765-TS' })).status,
      200,
    )
    assert.equal(
      (await as(lan)('PATCH', `/places/${next.id}`, { plate: 'KH 98765 TS' })).body.code,
      'place.plateTaken',
    )
    assert.deepEqual(await refusal(as(hoa), place('vehicle', { name: 'Xe' })), [
      422,
      'place.plateNeeded',
      'plate',
    ])
    for (const plate of ['---', 'ABC', '漢字1', "79B'; --", '1'.repeat(13)])
      assert.equal(
        (await refusal(as(hoa), place('vehicle', { ...bus, plate })))[1],
        'place.plateInvalid',
        plate,
      )
  })

  scenario('goes on trips, which Tú at the wheel begins and ends', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const mine = await made(as(hoa), place('vehicle', bus))
    await as(hoa)('POST', `/places/${mine.id}/guards`, { phone: tu.phone })
    const path = `/places/${mine.id}/trips`
    const first = (await as(tu)('POST', path, { from: 'Bến xe phía Bắc', to: 'Chợ Đầm' })).body
    assert.deepEqual(
      { ...first, id: null },
      {
        id: null,
        from: 'Bến xe phía Bắc',
        to: 'Chợ Đầm',
        startedAt: '2026-11-20T01:00:00.000Z',
        endedAt: null,
      },
    )
    t.now('2026-11-20T02:00:00Z')
    const second = (await as(tu)('POST', path, { from: 'Chợ Đầm', to: 'Bến xe phía Bắc' })).body
    t.now('2026-11-20T02:30:00Z')
    const end = () => as(tu)('PATCH', `${path}/${second.id}`, { ended: true })
    assert.equal((await end()).body.endedAt, '2026-11-20T02:30:00.000Z')
    t.now('2026-11-20T03:00:00Z')
    assert.equal((await end()).body.endedAt, '2026-11-20T02:30:00.000Z')
    const { items } = (await as(minh)('GET', path)).body
    assert.deepEqual(
      items.map(({ id, endedAt }: { id: string; endedAt: string }) => [id, endedAt]),
      [
        [second.id, '2026-11-20T02:30:00.000Z'],
        [first.id, '2026-11-20T02:00:00.000Z'],
      ],
    )
    const rows = await t.sql`select from_stop, to_stop from trip_facts order by started_at`
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [
        { fromStop: 'Bến xe phía Bắc', toStop: 'Chợ Đầm' },
        { fromStop: 'Chợ Đầm', toStop: 'Bến xe phía Bắc' },
      ],
    )

    const market = await made(as(hoa), place('market'))
    const other = await as(hoa)('POST', `/places/${market.id}/trips`, { from: 'A1', to: 'B1' })
    assert.deepEqual([other.status, other.body.code], [409, 'place.notVehicle'])
    const foreign = await as(hoa)('PATCH', `/places/${market.id}/trips/${first.id}`, { ended: true })
    assert.equal(foreign.body.code, 'place.tripUnknown')
    assert.equal((await as(lan)('POST', path, { from: 'A1', to: 'B1' })).status, 404)
    assert.equal((await as(tu)('POST', path, { from: '—', to: 'B1' })).body.code, 'place.nameInvalid')
  })
})

describe('a wedding', () => {
  scenario('ends by itself, and again later when it is prolonged', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const mine = await made(as(hoa), place('wedding', wedding))
    assert.deepEqual([mine.closedAt, mine.expectedGuests, mine.host], [null, 300, wedding.host])
    const shown = async () => {
      const { body } = await as(hoa)('GET', `/places/${mine.id}`)
      const { closed } = (await as(nobody)('GET', `/public/places/${mine.code}`)).body
      const listed = async (state: string) =>
        (await as(minh)('GET', `/places?state=${state}`)).body.items.length
      const [own] = (await as(hoa)('GET', '/me/places')).body.items
      return [body.closedAt, closed, own.closed, await listed('open'), await listed('closed')]
    }
    assert.deepEqual(await shown(), [null, false, false, 1, 0])
    assert.deepEqual((await facts(t, mine.id)).closedAt, new Date(wedding.endsAt))
    t.now('2026-11-21T08:00:00Z')
    assert.deepEqual(await shown(), ['2026-11-21T08:00:00.000Z', true, true, 0, 1])
    const change = async (body: object) => (await as(hoa)('PATCH', `/places/${mine.id}`, body)).body
    assert.equal((await change({ closed: false })).code, 'place.eventOver')
    assert.equal((await change({ endsAt: '2026-11-21T10:00:00Z' })).closedAt, null)
    assert.deepEqual(await shown(), [null, false, false, 1, 0])
    assert.equal((await change({ closed: true })).closedAt, '2026-11-21T08:00:00.000Z')
  })

  scenario('has a beginning and an end in this order; who gives it is sealed', async (as, t) => {
    const { startsAt, endsAt, ...rest } = wedding
    const times = async (more: object) => (await refusal(as(hoa), place('wedding', { ...rest, ...more })))[1]
    assert.equal(await times({}), 'place.eventTimesNeeded')
    assert.equal(await times({ startsAt }), 'place.eventTimesNeeded')
    assert.equal(await times({ startsAt: endsAt, endsAt: startsAt }), 'place.eventTimesWrong')
    assert.equal(await times({ startsAt, endsAt: '2027-11-21T08:00:00Z' }), 'place.eventTimesWrong')
    assert.equal(await times({ startsAt, endsAt: 'tomorrow' }), 'request.invalid')
    const mine = await made(as(hoa), place('wedding', wedding))
    await as(hoa)('POST', `/places/${mine.id}/guards`, { phone: tu.phone })
    assert.equal((await as(tu)('GET', `/places/${mine.id}`)).body.host, null)
    const [row] = await t.sql`select to_jsonb(places)::text as text from places`
    assert.ok(!row!.text.includes('ông Bình'))
    const change = async (body: object) => (await as(hoa)('PATCH', `/places/${mine.id}`, body)).body
    const renamed = await change({ host: 'Ông Bình' })
    assert.deepEqual([renamed.host, renamed.phone], ['Ông Bình', hoa.phone])
    assert.deepEqual((await change({ phone: hoa.phone })).host, 'Ông Bình')
    assert.deepEqual((await change({ host: null })).host, null)
    assert.equal((await change({ startsAt: '2026-11-22T00:00:00Z' })).code, 'place.eventTimesWrong')
  })
})
