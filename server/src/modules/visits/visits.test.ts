import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario, services } from '../../../test/app.ts'
import {
  an,
  hoa,
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
import { system } from '../../platform/access.ts'
import { Context } from '../../platform/context.ts'
import { addKey } from '../accounts/index.ts'
import { recordScans } from './service.ts'

type As = (who: Who) => Ask

const MORNING = '2026-11-20T01:00:00.000Z' // eight o'clock in Nha Trang
const at = (time: string) => `2026-11-20T${time}:00.000Z`

/** Places of Bà Hoa: people stay at a restaurant for 75 minutes, in an office for 8 hours. */
async function openPlace(as: As, kind = 'restaurant', name = 'Quán Bà Hoa') {
  const place = { name, kind, areaCode: NHA_TRANG, address: '1 Trần Phú', phone: hoa.phone }
  const { status, body } = await as(hoa)('POST', '/places', place)
  assert.equal(status, 201)
  return body as { id: string; code: string }
}

const visit = (
  as: As,
  who: Who,
  placeCode: string,
  direction: 'in' | 'out',
  time: string,
  extra: object = {},
) => as(who)('PUT', `/visits/${randomUUID()}`, { placeCode, direction, at: at(time), ...extra })

const card = async (as: As, who: Who) => (await as(who)('GET', '/me/card')).body.text as string
const introduce = (as: As, who: Who, name: string, more: object = {}) =>
  as(who)('POST', '/people', { name, birthYear: 1990, areaCode: NHA_TRANG, ...more })

const visitsOf = async (as: As, who: Who) =>
  (await as(who)('GET', '/me/visits')).body.items.map((item: any) => [
    item.place.name,
    item.arrivedAt,
    item.leftAt,
    item.estimated,
  ])

const countScans = async ({ sql }: Stage) => Number((await sql`select count(*) from scans`)[0]!.count)

const gateKey = async (t: Stage, placeId: string): Promise<Who> => {
  const [place] = await t.sql`select id from places where public_id = ${placeId}`
  const { token } = await addKey(t.ctx(), { name: 'gate', role: 'gate', areaId: null, placeId: place!.id })
  return { kind: 'key', name: 'The tablet at the gate', token }
}

describe('a person scans a place', () => {
  scenario('she checks in and out, and sees where she was', async (as, t) => {
    t.now(MORNING)
    await introduce(as, lan, 'Trần Thị Lan')
    const place = await openPlace(as)
    const id = randomUUID()
    const entry = await as(lan)('PUT', `/visits/${id}`, {
      placeCode: place.code,
      direction: 'in',
      at: at('00:55'),
    })
    assert.equal(entry.status, 200)
    assert.equal(entry.body.repeated, false)
    assert.deepEqual(entry.body.place.code, place.code)
    assert.equal(entry.body.person.maskedName, 'Trần Thị L***')
    assert.equal(entry.body.decision.status, 'yellow')
    assert.deepEqual(entry.body.stay, { arrivedAt: at('00:55'), leftAt: null })
    assert.deepEqual(await visitsOf(as, lan), [['Quán Bà Hoa', at('00:55'), at('02:10'), true]])

    t.now(at('01:30'))
    const exit = await visit(as, lan, place.code, 'out', '01:30')
    assert.deepEqual(exit.body.stay, { arrivedAt: at('00:55'), leftAt: at('01:30') })
    assert.deepEqual(await visitsOf(as, lan), [['Quán Bà Hoa', at('00:55'), at('01:30'), false]])
  })

  scenario('the code is taken as people type it, and as the poster has it', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    const typed = `${place.code.slice(0, 4)}-${place.code.slice(4)}`.toLowerCase()
    assert.equal((await visit(as, lan, typed, 'in', '00:30')).status, 200)
    const url = `https://lachan.example/c/${place.code}`
    assert.equal((await visit(as, lan, url, 'out', '00:40')).status, 200)
    const wrong = `${place.code.slice(0, 7)}${place.code.endsWith('A') ? 'B' : 'A'}`
    assert.equal((await visit(as, lan, wrong, 'in', '00:50')).body.code, 'place.codeMistyped')
    assert.equal((await visit(as, lan, '00000000', 'in', '00:50')).body.code, 'place.unknown')
    assert.equal(await countScans(t), 2)
  })

  scenario('sending it again changes nothing, however often and however late', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    const path = `/visits/${randomUUID()}`
    const body = { placeCode: place.code, direction: 'in', at: at('00:55') }
    const first = await as(lan)('PUT', path, body)
    const again = await as(lan)('PUT', path.toUpperCase().replace('/VISITS', '/visits'), body)
    assert.equal(again.body.repeated, true)
    assert.deepEqual({ ...again.body, id: first.body.id }, { ...first.body, repeated: true })
    await as(hoa)('PATCH', `/places/${place.id}`, { closed: true })
    t.now('2027-06-01T00:00:00Z')
    assert.equal((await as(lan)('PUT', path, body)).body.repeated, true)
    assert.equal(await countScans(t), 1)
  })

  scenario('an id belongs to one scan', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    const office = await openPlace(as, 'office', 'Cơ quan')
    const path = `/visits/${randomUUID()}`
    const body = { placeCode: place.code, direction: 'in', at: at('00:55') }
    await as(lan)('PUT', path, body)
    for (const change of [{ direction: 'out' }, { at: at('00:56') }, { placeCode: office.code }]) {
      const { status, body: problem } = await as(lan)('PUT', path, { ...body, ...change })
      assert.deepEqual([status, problem.code], [409, 'visit.idTaken'])
    }
    assert.equal((await as(tu)('PUT', path, body)).body.code, 'visit.idTaken')
    assert.equal(await countScans(t), 1)
  })

  scenario('it may come late, but neither from the future nor from long ago', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    const sent = async (time: string) => {
      const body = { placeCode: place.code, direction: 'in', at: time }
      const answer = await as(lan)('PUT', `/visits/${randomUUID()}`, body)
      return answer.status === 200 ? 200 : answer.body.code
    }
    assert.equal(await sent('2026-11-20T01:05:00Z'), 200)
    assert.equal(await sent('2026-11-20T01:05:01Z'), 'visit.fromTheFuture')
    assert.equal(await sent('2026-10-20T08:00:00+07:00'), 200)
    assert.equal(await sent('2026-10-20T00:59:59Z'), 'visit.tooOld')
  })

  scenario('a closed place lets nobody in, but takes who leaves and who came before', async (as, t) => {
    t.now(at('00:30'))
    const place = await openPlace(as)
    await visit(as, lan, place.code, 'in', '00:20')
    await as(hoa)('PATCH', `/places/${place.id}`, { closed: true })
    t.now(MORNING)
    const late = await visit(as, lan, place.code, 'in', '00:45')
    assert.deepEqual([late.status, late.body.code], [409, 'visit.placeClosed'])
    assert.equal((await visit(as, tu, place.code, 'in', '00:25')).status, 200)
    assert.equal((await visit(as, lan, place.code, 'out', '00:50')).status, 200)
    assert.deepEqual(await visitsOf(as, lan), [['Quán Bà Hoa', at('00:20'), at('00:50'), false]])
  })

  scenario('only the people on my phone', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    await introduce(as, lan, 'Trần Thị Lan')
    const child = (await introduce(as, lan, 'Nguyễn Bé Na', { relation: 'child' })).body
    assert.equal((await visit(as, lan, place.code, 'in', '00:50', { personId: child.id })).status, 200)
    assert.deepEqual(await visitsOf(as, lan), [])
    const own = await as(lan)('GET', `/me/visits?personId=${child.id}`)
    assert.equal(own.body.items.length, 1)
    for (const [status, personId] of [
      [404, rowOf(tu).publicId],
      [404, randomUUID()],
      [400, 'not-an-id'],
    ]) {
      assert.equal((await visit(as, lan, place.code, 'in', '00:50', { personId })).status, status)
      assert.equal((await as(lan)('GET', `/me/visits?personId=${personId}`)).status, status)
    }
    for (const [who, status] of [
      [minh, 403],
      [an, 403],
      [await gateKey(t, place.id), 403],
      [nobody, 401],
    ] as const) {
      assert.equal((await visit(as, who, place.code, 'in', '00:50')).status, status)
      assert.equal((await as(who)('GET', '/me/visits')).status, status)
      assert.equal((await as(who)('GET', '/me/inside')).status, status)
    }
    assert.equal(await countScans(t), 1)
  })

  scenario('bad input is refused with the field at fault', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    const good = { placeCode: place.code, direction: 'in', at: at('00:55') }
    const bad = [
      null,
      [],
      {},
      { ...good, direction: 'through' },
      { ...good, at: 'yesterday' },
      { ...good, at: '2026-11-20' },
      { ...good, at: '0000-01-01T00:00:00Z' },
      { ...good, at: 5 },
      { ...good, placeCode: '' },
      { ...good, placeCode: 'A'.repeat(301) },
      { ...good, placeCode: `${place.code}\0` },
      { ...good, more: 1 },
    ]
    for (const body of bad)
      assert.equal((await as(lan)('PUT', `/visits/${randomUUID()}`, body)).status, 400, JSON.stringify(body))
    assert.equal((await as(lan)('PUT', '/visits/1', good)).status, 400)
    assert.equal(await countScans(t), 0)
  })

  scenario('scans that arrive in the wrong order make the same stay', async (as, t) => {
    t.now(at('04:00'))
    const place = await openPlace(as)
    const alone = await visit(as, lan, place.code, 'out', '01:30')
    assert.equal(alone.body.stay, null)
    assert.deepEqual(await visitsOf(as, lan), [])
    assert.deepEqual((await visit(as, lan, place.code, 'in', '01:10')).body.stay, {
      arrivedAt: at('01:10'),
      leftAt: at('01:30'),
    })
    const earlier = await visit(as, lan, place.code, 'in', '00:50')
    assert.deepEqual(earlier.body.stay, { arrivedAt: at('00:50'), leftAt: at('01:30') })
    assert.deepEqual(await visitsOf(as, lan), [['Quán Bà Hoa', at('00:50'), at('01:30'), false]])
    await visit(as, lan, place.code, 'out', '01:00')
    assert.deepEqual(await visitsOf(as, lan), [
      ['Quán Bà Hoa', at('01:10'), at('01:30'), false],
      ['Quán Bà Hoa', at('00:50'), at('01:00'), false],
    ])
  })

  scenario('the estimated end follows what is known, whenever that comes', async (as, t) => {
    t.now(at('04:00'))
    const place = await openPlace(as)
    const office = await openPlace(as, 'office', 'Cơ quan')
    await visit(as, lan, place.code, 'in', '02:00')
    assert.deepEqual(await visitsOf(as, lan), [['Quán Bà Hoa', at('02:00'), at('03:15'), true]])
    await visit(as, lan, office.code, 'in', '02:40')
    assert.deepEqual(await visitsOf(as, lan), [
      ['Cơ quan', at('02:40'), at('10:40'), true],
      ['Quán Bà Hoa', at('02:00'), at('02:40'), true],
    ])
    // A stay elsewhere that is over counts as well; one that begins at the same moment or later does not.
    await visit(as, lan, office.code, 'out', '02:50')
    await visit(as, tu, place.code, 'in', '02:00')
    await visit(as, tu, office.code, 'in', '02:00')
    await visit(as, tu, office.code, 'out', '02:05')
    assert.deepEqual((await visitsOf(as, lan))[1], ['Quán Bà Hoa', at('02:00'), at('02:40'), true])
    assert.deepEqual(
      (await visitsOf(as, tu)).find(([name]: [string]) => name === 'Quán Bà Hoa'),
      ['Quán Bà Hoa', at('02:00'), at('03:15'), true],
    )
  })

  scenario('a second check-in is a repeat as long as people usually stay, then a new stay', async (as, t) => {
    t.now(at('04:00'))
    const place = await openPlace(as)
    await visit(as, lan, place.code, 'in', '01:00')
    assert.deepEqual((await visit(as, lan, place.code, 'in', '02:15')).body.stay, {
      arrivedAt: at('01:00'),
      leftAt: null,
    })
    assert.deepEqual((await visit(as, lan, place.code, 'in', '02:16')).body.stay, {
      arrivedAt: at('02:16'),
      leftAt: null,
    })
    await visit(as, lan, place.code, 'out', '02:30')
    assert.deepEqual(await visitsOf(as, lan), [
      ['Quán Bà Hoa', at('02:16'), at('02:30'), false],
      ['Quán Bà Hoa', at('01:00'), at('02:15'), true],
    ])
  })

  scenario('whoever is inside now is where they checked in last', async (as, t) => {
    t.now(at('02:00'))
    const place = await openPlace(as)
    const office = await openPlace(as, 'office', 'Cơ quan')
    await introduce(as, lan, 'Trần Thị Lan')
    const child = (await introduce(as, lan, 'Nguyễn Bé Na', { relation: 'child' })).body
    const inside = async () =>
      (await as(lan)('GET', '/me/inside')).body.items.map((item: any) => [
        item.person.maskedName,
        item.place.name,
        item.leftAt,
      ])
    await visit(as, lan, place.code, 'in', '01:50')
    await visit(as, lan, place.code, 'in', '01:40', { personId: child.id })
    assert.deepEqual(await inside(), [
      ['Trần Thị L***', 'Quán Bà Hoa', at('03:05')],
      ['Nguyễn Bé N***', 'Quán Bà Hoa', at('02:55')],
    ])
    assert.equal((await as(hoa)('GET', `/places/${place.id}/today`)).body.inside, 2)
    await visit(as, lan, office.code, 'in', '01:55')
    await visit(as, lan, place.code, 'out', '01:58', { personId: child.id })
    assert.deepEqual(await inside(), [['Trần Thị L***', 'Cơ quan', at('09:55')]])
    assert.equal((await as(hoa)('GET', `/places/${place.id}/today`)).body.inside, 0)
    t.now(at('09:55'))
    assert.deepEqual(await inside(), [])
  })

  scenario('a long list of visits is paged, and nothing is shown twice or left out', async (as, t) => {
    t.now(at('04:00'))
    const codes: string[] = []
    for (const name of ['Một', 'Hai', 'Ba', 'Bốn']) codes.push((await openPlace(as, 'restaurant', name)).code)
    for (const code of codes) {
      await visit(as, lan, code, 'in', '00:00')
      await visit(as, lan, code, 'in', '02:00')
      await visit(as, lan, code, 'out', '02:10')
    }
    const all = await visitsOf(as, lan)
    assert.equal(all.length, 8)
    for (const limit of [1, 2, 3, 5]) {
      const seen = []
      let next: string | null = ''
      while (next !== null) {
        const query: string = `/me/visits?limit=${limit}${next && `&cursor=${next}`}`
        const { body } = await as(lan)('GET', query)
        seen.push(
          ...body.items.map((item: any) => [item.place.name, item.arrivedAt, item.leftAt, item.estimated]),
        )
        next = body.next
      }
      assert.deepEqual(seen, all)
    }
    const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
    for (const cursor of [
      'x',
      made(1, 2),
      made('infinity', 0),
      made('0000-01-01T00:00:00.000Z', 0),
      made(at('00:00'), -1),
    ])
      assert.equal((await as(lan)('GET', `/me/visits?cursor=${cursor}`)).status, 400, cursor)
    for (const limit of ['0', '1001', 'x'])
      assert.equal((await as(lan)('GET', `/me/visits?limit=${limit}`)).status, 400)
  })
})

describe('a gate scans people', () => {
  const scan = (
    placeId: string,
    code: string,
    time: string,
    direction = 'in',
    id: string = randomUUID(),
  ) => ({
    id,
    placeId,
    at: at(time),
    direction,
    code,
  })
  const send = (as: As, who: Who, ...scans: unknown[]) => as(who)('POST', '/scans', { scans })

  scenario('owner, guard and the key of the gate may; others find no such place', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    await introduce(as, lan, 'Trần Thị Lan')
    t.now(at('00:53'))
    const code = await card(as, lan)
    t.now(MORNING)
    await as(hoa)('POST', `/places/${place.id}/guards`, { phone: tu.phone })
    const key = await gateKey(t, place.id)
    const { body } = await send(as, hoa, scan(place.id, code, '00:50'))
    assert.deepEqual([body.accepted, body.repeated, body.refused], [1, 0, []])
    assert.equal(body.results[0].person.maskedName, 'Trần Thị L***')
    assert.equal(body.results[0].person.maskedPhone, '0905***01')
    assert.equal(body.results[0].decision.status, 'yellow')
    assert.equal(body.results[0].decision.declaration, null)
    assert.equal(body.results[0].alreadyInside, false)
    assert.equal((await send(as, tu, scan(place.id, code, '00:51'))).body.results[0].alreadyInside, true)
    const left = (await send(as, key, scan(place.id, code, '00:52', 'out'))).body
    assert.deepEqual([left.accepted, left.results[0].alreadyInside], [1, true])
    const again = scan(place.id, code, '00:53', 'out')
    assert.equal((await send(as, key, again)).body.results[0].alreadyInside, false)
    assert.deepEqual(await visitsOf(as, lan), [['Quán Bà Hoa', at('00:50'), at('00:52'), false]])
    const audit =
      await t.sql`select actor_kind, subject_id from audit_log where action = 'scan.record' order by id`
    assert.deepEqual(
      audit.map((row) => [row.actorKind, row.subjectId]),
      ['citizen', 'citizen', 'key', 'key'].map((kind) => [kind, place.id]),
    )

    const other = await openPlace(as, 'office', 'Cơ quan')
    for (const [who, where] of [
      [stranger, place],
      [tu, other],
      [key, other],
    ] as const) {
      const refused = (await send(as, who, scan(where.id, code, '00:53'))).body
      assert.deepEqual([refused.accepted, refused.refused[0].code], [0, 'place.unknown'])
    }
    for (const [who, status] of [
      [minh, 403],
      [nga, 403],
      [nobody, 401],
    ] as const)
      assert.equal((await send(as, who, scan(place.id, code, '00:53'))).status, status)
    assert.equal(await countScans(t), 4)
  })

  scenario('who has a symptom is recorded all the same; the guard decides', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    const person = (await introduce(as, lan, 'Trần Thị Lan')).body
    const answers = {
      travelled: false,
      hasSymptoms: true,
      symptoms: ['fever'],
      contactPatient: false,
      contactAffectedCountry: false,
      contactSymptoms: false,
    }
    const declared = await as(lan)('POST', '/declarations', {
      formId: 'general',
      formVersion: 1,
      personId: person.id,
      answers,
    })
    assert.equal(declared.status, 201, JSON.stringify(declared.body))
    const { body } = await send(as, hoa, scan(place.id, await card(as, lan), '00:50'))
    assert.deepEqual([body.accepted, body.results[0].decision.status], [1, 'red'])
    assert.equal((await visit(as, lan, place.code, 'out', '00:55')).body.decision.status, 'red')
  })

  scenario('one bad scan harms no other, and each is told what is wrong', async (as, t) => {
    t.now(at('00:58'))
    const place = await openPlace(as)
    const closed = await openPlace(as, 'office', 'Cơ quan')
    await as(hoa)('PATCH', `/places/${closed.id}`, { closed: true })
    const old = await card(as, tu)
    t.now(MORNING)
    const code = await card(as, lan)
    const altered = `${code.slice(0, 90)}${(Number(code[90]) + 1) % 10}${code.slice(91)}`
    const taken = randomUUID()
    await send(as, hoa, scan(place.id, code, '00:45', 'in', taken))
    const id = randomUUID()
    const sent = [
      [scan(place.id, code, '00:50', 'out'), 'accepted'],
      [scan(place.id, 'hello', '00:50'), 'code.unknown'],
      [scan(place.id, altered, '00:50'), 'code.altered'],
      [{ ...scan(place.id, old, '00:46'), at: '2026-11-20T00:59:00.000Z' }, 'accepted'],
      [{ ...scan(place.id, old, '00:46'), at: '2026-11-20T00:59:01.000Z' }, 'code.expired'],
      [scan(randomUUID(), code, '00:50'), 'place.unknown'],
      [scan(closed.id, code, '00:59'), 'visit.placeClosed'],
      [scan(closed.id, code, '00:50', 'out'), 'accepted'],
      [scan(place.id, code, '01:06'), 'visit.fromTheFuture'],
      [{ ...scan(place.id, code, '00:50'), at: '2026-10-01T00:00:00Z' }, 'visit.tooOld'],
      [scan(place.id, code, '00:45', 'in', taken), 'repeated'],
      [scan(place.id, code, '00:46', 'in', taken), 'visit.idTaken'],
      [scan(place.id, code, '00:58', 'in', id), 'accepted'],
      [scan(place.id, code, '00:58', 'in', id.toUpperCase()), 'repeated'],
      [scan(place.id, code, '00:59', 'in', id), 'visit.idTaken'],
      [scan(closed.id, code, '00:58', 'out', id), 'accepted'],
      ...[null, 5, 'x', [], {}, { ...scan(place.id, code, '00:50'), id: '1' }].map(
        (bad) => [bad, 'request.invalid'] as const,
      ),
      [{ ...scan(place.id, code, '00:50'), at: 'now' }, 'request.invalid'],
      [{ ...scan(place.id, code, '00:50'), direction: 'up' }, 'request.invalid'],
      [{ ...scan(place.id, code, '00:50'), extra: 1 }, 'request.invalid'],
    ] as [any, string][]
    const { status, body } = await send(as, hoa, ...sent.map(([one]) => one))
    assert.equal(status, 200, JSON.stringify(body))
    const refusals = [...body.refused]
    const told = body.results.map((result: any) =>
      result.outcome === 'refused' ? refusals.shift().code : result.outcome,
    )
    assert.deepEqual(
      told,
      sent.map(([, expected]) => expected),
    )
    assert.deepEqual(
      body.results.map(({ id }: any) => id),
      sent.map(([one]) => one?.id ?? ''),
    )
    const count = (outcome: string) => sent.filter(([, expected]) => expected === outcome).length
    assert.deepEqual([body.accepted, body.repeated], [count('accepted'), count('repeated')])
    assert.equal(await countScans(t), 1 + count('accepted'))
    assert.equal(
      body.refused[0].title,
      'This code is not known here. Please use a phone number or another document.',
    )
    const vietnamese = await as(hoa)('POST', '/scans', { scans: [sent[1]![0]] }, { 'accept-language': 'vi' })
    assert.equal(
      vietnamese.body.refused[0].title,
      'Không nhận ra mã này. Mời dùng số điện thoại hoặc giấy tờ khác.',
    )
  })

  scenario('what is no list of 1 to 1,000 scans is refused whole', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    const one = scan(place.id, 'x', '00:50')
    for (const body of [
      null,
      {},
      [],
      { scans: [] },
      { scans: {} },
      { scans: Array(1001).fill(one) },
      { scans: [one], more: 1 },
    ])
      assert.equal((await as(hoa)('POST', '/scans', body)).status, 400)
    assert.equal((await send(as, hoa, ...Array(1000).fill(one))).body.refused.length, 1000)
  })

  scenario('a thousand scans take as many statements as ten', async (as, t) => {
    t.now(MORNING)
    const place = await openPlace(as)
    const codes: string[] = []
    for (let n = 0; n < 40; n++) {
      const { id } = (await introduce(as, hoa, 'Nguyễn Văn An', { relation: 'other' })).body
      codes.push((await as(hoa)('GET', `/me/card?personId=${id}`)).body.text)
    }
    let statements = 0
    const counting = new Proxy(t.sql, {
      apply(target, self, args) {
        statements++
        return Reflect.apply(target as never, self, args)
      },
    })
    const record = async (scans: unknown[]) => {
      statements = 0
      const ctx = new Context(counting, system, services, t.time, { permission: 'scan.record' })
      const { accepted, repeated } = await recordScans(ctx, scans)
      return { accepted, repeated, statements }
    }
    const some = (count: number) =>
      Array.from({ length: count }, (_, n) =>
        scan(place.id, codes[n % codes.length]!, n % 2 ? '00:50' : '00:55', n % 3 ? 'in' : 'out'),
      )
    const thousand = some(1000)
    const ten = await record(some(10))
    assert.equal(ten.accepted, 10)
    assert.deepEqual(await record(thousand), { ...ten, accepted: 1000 })
    assert.equal((await record(thousand.toReversed())).repeated, 1000)
  })
})

describe('the day of a place', () => {
  scenario('counts and masked people, newest first, in pages', async (as, t) => {
    t.now('2026-11-19T16:50:00Z')
    const place = await openPlace(as)
    await introduce(as, lan, 'Trần Thị Lan')
    await as(lan)('PUT', `/visits/${randomUUID()}`, {
      placeCode: place.code,
      direction: 'in',
      at: '2026-11-19T16:45:00Z',
    })
    t.now(at('04:00'))
    await visit(as, lan, place.code, 'in', '02:00')
    await visit(as, lan, place.code, 'out', '03:00')
    await visit(as, lan, place.code, 'in', '03:30')
    await visit(as, tu, place.code, 'in', '03:30')
    const path = `/places/${place.id}/today`
    const { body } = await as(hoa)('GET', path)
    assert.deepEqual([body.in, body.out, body.inside, body.next], [3, 1, 2, null])
    assert.deepEqual(
      body.items.map((item: any) => [item.at, item.direction]),
      [
        [at('03:30'), 'in'],
        [at('03:30'), 'in'],
        [at('03:00'), 'out'],
        [at('02:00'), 'in'],
      ],
    )
    assert.deepEqual(body.items.at(-1).person.maskedName, 'Trần Thị L***')
    assert.ok(!JSON.stringify(body).includes('Lan'))
    const pages = []
    let next: string | null = ''
    while (next !== null) {
      const page: any = (await as(hoa)('GET', `${path}?limit=1${next && `&cursor=${next}`}`)).body
      pages.push(...page.items)
      next = page.next
    }
    assert.deepEqual(pages, body.items)
    const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
    for (const cursor of ['x', made('infinity', randomUUID()), made(at('03:00'), 'x'), made(null, null)])
      assert.equal((await as(hoa)('GET', `${path}?cursor=${cursor}`)).status, 400)
  })

  scenario(
    'for its owner, its guards, its key and the health officer; who looked is on record',
    async (as, t) => {
      t.now(at('04:00'))
      const place = await openPlace(as)
      await visit(as, lan, place.code, 'in', '03:30')
      await as(hoa)('POST', `/places/${place.id}/guards`, { phone: tu.phone })
      const path = `/places/${place.id}/today`
      const readings = async () =>
        (await t.sql`select person_id, action from readings`).map((row) => [row.personId, row.action])
      for (const who of [hoa, tu, await gateKey(t, place.id)])
        assert.equal((await as(who)('GET', path)).body.in, 1)
      assert.deepEqual(await readings(), [])
      assert.equal((await as(minh)('GET', path)).body.in, 1)
      assert.deepEqual(await readings(), [[rowOf(lan).id, 'place.today']])
      for (const [who, status] of [
        [lan, 404],
        [stranger, 404],
        [strangerOfficer, 404],
        [thu, 403], // figures are hers, people are not
        [an, 403],
        [nobody, 401],
      ] as const)
        assert.equal((await as(who)('GET', path)).status, status, who.name)
      const other = await openPlace(as, 'office', 'Cơ quan')
      assert.equal((await as(await gateKey(t, other.id))('GET', path)).status, 404)
      assert.equal((await as(hoa)('GET', `/places/${randomUUID()}/today`)).status, 404)
    },
  )
})
