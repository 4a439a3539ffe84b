import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, tu, type Who } from '../../../test/people.ts'
import { readStaysAndAside } from '../../../test/reasons.ts'
import { insertStays } from './index.ts'

type As = (who: Who) => Ask

const at = (time: string, day = '20') => `2026-11-${day}T${time}:00.000Z`

async function open(as: As, name: string, more: object = {}) {
  const details = { name, kind: 'restaurant', areaCode: NHA_TRANG, address: '1 Trần Phú', phone: hoa.phone }
  const { status, body } = await as(hoa)('POST', '/places', { ...details, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body as { id: string; code: string }
}

const addGate = async (as: As, placeId: string, name: string) =>
  (await as(hoa)('POST', `/places/${placeId}/gates`, { name, direction: 'both' })).body.code as string

/** Bà Hoa sends what her gates and her paper list have. */
async function send(as: As, placeId: string, ...scans: object[]) {
  const whole = scans.map((scan) => ({ id: randomUUID(), placeId, direction: 'in', ...scan }))
  const { status, body } = await as(hoa)('POST', '/scans', { scans: whole })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.accepted, scans.length, JSON.stringify(body))
  return body.results
}

const codeOf = async (as: As, who: Who) => (await as(who)('GET', '/me/card')).body.text as string

const withNumber = (phone: string) => ({ code: `tel:${phone}`, vouched: true })

/** Lan fell ill that day. */
async function confirm(as: As) {
  const own = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG, relation: 'self' }
  await as(lan)('POST', '/people', own)
  const personId = (await as(lan)('GET', '/me')).body.person.id
  const made = await as(minh)('POST', '/cases', { personId, diseaseId: 'covid-19', onsetOn: '2026-11-20' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.id as string
}

const staysOf = async (as: As, caseId: string) => (await as(minh)('GET', `/cases/${caseId}/stays`)).body

async function contactsOf(as: As, t: Stage, caseId: string, parameters: object = {}) {
  const { id } = (await as(minh)('POST', `/cases/${caseId}/traces`, parameters)).body
  await t.runJobs()
  return (await as(minh)('GET', `/traces/${id}/contacts`)).body.items
}

/** What most scans say nothing of. */
const plain = { keyedIn: false, gate: null, stop: null, skewSeconds: null }

describe('whoever traces is told how somebody was known', () => {
  scenario('when they came and when they left, also at a door that is there no more', async (as, t) => {
    t.now(at('01:00'))
    const place = await open(as, 'Quán Bà Hoa')
    const [front, back] = [await addGate(as, place.id, 'Cửa trước'), await addGate(as, place.id, 'Cửa sau')]
    await send(as, place.id, { code: await codeOf(as, lan), at: at('01:00'), gate: front })
    t.now(at('02:00'))
    await send(as, place.id, {
      ...withNumber(lan.phone),
      at: at('02:00'),
      direction: 'out',
      gate: back,
      skewSeconds: 7200,
    })
    t.now(at('03:00'))
    await as(lan)('PUT', `/visits/${randomUUID()}`, {
      placeCode: place.code,
      direction: 'in',
      at: at('03:00'),
    })
    await as(hoa)('DELETE', `/places/${place.id}/gates/${front}`)
    const { items } = await staysOf(as, await confirm(as))
    assert.deepEqual(
      items.map(({ arrival, exit }: any) => [arrival, exit]),
      [
        [
          { ...plain, via: 'server-code', gate: 'Cửa trước' },
          { ...plain, via: 'vouched', gate: 'Cửa sau', skewSeconds: 7200 },
        ],
        [{ ...plain, via: 'own' }, null],
      ],
    )
  })

  scenario('also of what was set aside; of what was imported there is no scan', async (as, t) => {
    t.now(at('01:00'))
    const here = await open(as, 'Quán ở Nha Trang', { lat: 12.2388, lon: 109.1967 })
    const there = await open(as, 'Quán ở Hà Nội', { lat: 21.0285, lon: 105.8542 })
    const photographed = { placeCode: here.code, direction: 'in', at: at('01:00'), metresAway: 50_000 }
    await as(lan)('PUT', '/visits/00000000-0000-7000-8000-000000000001', photographed)
    const id = 'ffffffff-ffff-7fff-bfff-ffffffffffff'
    await send(as, here.id, { id, code: await codeOf(as, lan), at: at('01:00') })
    t.now(at('01:40'))
    await send(as, there.id, { ...withNumber(lan.phone), at: at('01:40') })
    const [market] = await t.sql`select id from places where public_id = ${here.id}`
    await insertStays(t.sql, [
      {
        placeId: market!.id,
        personId: rowOf(lan).id,
        arrivedAt: new Date(at('01:00', '19')),
        leftAt: new Date(at('02:00', '19')),
      },
    ])
    const { items, setAside } = await readStaysAndAside(as, await confirm(as))
    assert.deepEqual(
      items.map(({ arrival, exit }: any) => [arrival?.via ?? null, exit]),
      [
        [null, null],
        ['server-code', null],
      ],
    )
    assert.deepEqual(
      setAside.map(({ known }: any) => known),
      [
        { ...plain, via: 'own' },
        { ...plain, via: 'vouched' },
      ],
    )
  })

  scenario('of both, where a contact was with the case', async (as, t) => {
    t.now(at('01:00'))
    const place = await open(as, 'Quán Bà Hoa')
    const front = await addGate(as, place.id, 'Cửa trước')
    // Somebody else's scan of that moment, and another one of Lan's within the stay, say nothing of how she came.
    await send(
      as,
      place.id,
      { code: await codeOf(as, lan), at: at('01:00'), gate: front },
      { code: await codeOf(as, tu), at: at('01:00') },
    )
    t.now(at('01:20'))
    await send(as, place.id, { ...withNumber(lan.phone), at: at('01:20') })
    t.now(at('02:30'))
    await send(
      as,
      place.id,
      { ...withNumber('0905000777'), at: at('01:10'), keyedIn: true },
      { ...withNumber('0905000777'), at: at('02:10'), keyedIn: true, direction: 'out' },
      { ...withNumber(lan.phone), at: at('02:30'), direction: 'out' },
    )
    const caseId = await confirm(as)
    const contacts = await contactsOf(as, t, caseId)
    const withLan = { ...plain, via: 'server-code', gate: 'Cửa trước' }
    assert.deepEqual(
      contacts.flatMap(({ person, exposures }: any) =>
        exposures.map(({ known }: any) => [person.id === rowOf(tu).publicId, known]),
      ),
      [
        [true, { person: { ...plain, via: 'server-code' }, with: withLan }],
        [false, { person: { ...plain, via: 'vouched', keyedIn: true }, with: withLan }],
      ],
    )
    // Found from the stays when they are read, it says the same.
    await t.sql`update trace_contacts set exposures = '[]'`
    const [{ id: traceId }] = (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items
    const again = (await as(minh)('GET', `/traces/${traceId}/contacts`)).body.items
    assert.deepEqual(again, contacts)
  })

  scenario('on a vehicle also where they got on and off', async (as, t) => {
    t.now(at('01:00'))
    const bus = await open(as, 'Xe 04', { kind: 'vehicle', plate: '79B-012.34', zones: ['A', 'B'] })
    const [nhaTrang, suoiDau] = [{ stop: 'Nha Trang' }, { stop: 'Suối Dầu' }]
    await send(as, bus.id, { code: await codeOf(as, lan), at: at('01:00'), ...nhaTrang })
    t.now(at('01:20'))
    await send(as, bus.id, { code: await codeOf(as, tu), at: at('01:20'), ...suoiDau, zone: 'A' })
    t.now(at('02:00'))
    await send(as, bus.id, {
      code: await codeOf(as, lan),
      at: at('02:00'),
      direction: 'out',
      stop: 'Cam Ranh',
    })
    const caseId = await confirm(as)
    const [ride] = (await staysOf(as, caseId)).items
    assert.deepEqual([ride.arrival.stop, ride.exit.stop], ['Nha Trang', 'Cam Ranh'])
    const known = {
      person: { ...plain, via: 'server-code', ...suoiDau },
      with: { ...plain, via: 'server-code', ...nhaTrang },
    }
    const [contact] = await contactsOf(as, t, caseId)
    assert.deepEqual(contact.exposures[0].known, known)
    const edges = (await as(minh)('GET', `/cases/${caseId}/edges`)).body.items
    assert.deepEqual(
      edges.map((edge: any) => [edge.source, edge.known]),
      [['scan', known]],
    )
  })
})

scenario('a place is told by which door people came, and what stood on paper', async (as, t) => {
  t.now(at('01:00'))
  const place = await open(as, 'Quán Bà Hoa')
  const front = await addGate(as, place.id, 'Cửa trước')
  await send(
    as,
    place.id,
    { code: await codeOf(as, lan), at: at('01:00'), gate: front },
    { ...withNumber('0905000777'), at: at('00:50'), keyedIn: true },
  )
  const { items } = (await as(hoa)('GET', `/places/${place.id}/today`)).body
  assert.deepEqual(
    items.map(({ gate, keyedIn }: any) => [gate, keyedIn]),
    [
      ['Cửa trước', undefined],
      [undefined, true],
    ],
  )
})

scenario('what the place does not have is not kept with a scan, and the gate hears of it', async (as, t) => {
  t.now(at('01:00'))
  const shop = await open(as, 'Quán Bà Hoa')
  const bus = await open(as, 'Xe 04', { kind: 'vehicle', plate: '79B-012.34', zones: ['A'] })
  const ofBus = await addGate(as, bus.id, 'Cửa trước')
  const told = [
    ...(await send(as, shop.id, { ...withNumber('0905000771'), at: at('00:51'), gate: ofBus, zone: 'A' })),
    ...(await send(
      as,
      bus.id,
      { ...withNumber('0905000772'), at: at('00:52'), gate: ofBus, zone: 'A' },
      { ...withNumber('0905000773'), at: at('00:53'), gate: '99', zone: 'Z' },
    )),
  ]
  assert.deepEqual(
    told.map(({ outcome, unknown }: any) => [outcome, unknown]),
    [
      ['accepted', ['gate', 'zone']],
      ['accepted', undefined],
      ['accepted', ['gate', 'zone']],
    ],
  )
  const kept = await t.sql`select gate, zone from scans order by at`
  assert.deepEqual(
    [...kept],
    [
      { gate: null, zone: null },
      { gate: ofBus, zone: 'A' },
      { gate: null, zone: null },
    ],
  )
})

scenario(
  'who comes to an event long before it begins is set aside; who prepares it is not',
  async (as, t) => {
    t.now(at('01:00', '18'))
    const wedding = await open(as, 'Đám cưới Hoa', {
      kind: 'wedding',
      startsAt: at('10:00'),
      endsAt: at('14:00'),
    })
    const come = async (who: Who, moment: string) => {
      t.now(moment)
      const [{ setAside }] = await send(as, wedding.id, { code: await codeOf(as, who), at: moment })
      return setAside
    }
    const checkIn = async (who: Who, moment: string) => {
      t.now(moment)
      const visit = { placeCode: wedding.code, direction: 'in', at: moment }
      return (await as(who)('PUT', `/visits/${randomUUID()}`, visit)).body.setAside
    }
    assert.equal(await come(lan, at('10:00', '19')), 'closedHours')
    assert.equal(await checkIn(tu, at('21:59', '19')), 'closedHours')
    assert.equal(await come(lan, at('22:00', '19')), undefined)
    assert.equal(await checkIn(tu, at('09:00')), undefined)
    assert.deepEqual((await as(lan)('GET', '/me/visits')).body.items.length, 1)
  },
)
