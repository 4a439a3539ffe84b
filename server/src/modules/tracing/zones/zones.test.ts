import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { type Ask, type Stage, scenario, services, url } from '../../../../test/app.ts'
import {
  hoa,
  KHANH_HOA,
  lan,
  minh,
  NHA_TRANG,
  nga,
  nobody,
  strangerOfficer,
  thu,
  type Who,
} from '../../../../test/people.ts'
import { connect, transact } from '../../../platform/database.ts'
import { addAccount } from '../../accounts/index.ts'
import { clean } from '../../places/index.ts'

type As = (who: Who) => Ask

const NOW = '2026-11-22T01:00:00Z' // 08:00
const START = '2026-11-22T11:00:00Z' // 18:00
const END = '2026-12-06T11:00:00Z'

const WEST = '22390'

const draft = {
  name: 'Tổ 5 và chợ',
  areaCode: NHA_TRANG,
  unitCodes: [NHA_TRANG],
  level: 'limited',
  measures: 'Không tụ tập quá 10 người.\nXét nghiệm mọi người trong vùng.',
  closedKinds: ['karaoke', 'market'],
  startsAt: START,
  endsAt: END,
}

async function officerAt(as: As, t: Stage, login: string, areaCode: string): Promise<Ask> {
  const [name, password] = [`Cán bộ ${login}`, `${login}-password`]
  await addAccount(t.ctx(), { name, login, role: 'health_officer', areaCode, password })
  const { body } = await as(nobody)('POST', '/sessions', { login, password })
  return as({ kind: 'key', name, token: body.token })
}

async function must(answer: ReturnType<Ask>, status = 200) {
  const { status: got, body } = await answer
  assert.equal(got, status, JSON.stringify(body))
  return body
}

const drafted = (as: As, more: object = {}) => must(as(minh)('POST', '/zones', { ...draft, ...more }), 201)

const step = async (
  as: As,
  who: Who,
  zone: { id: string; version: number },
  name: string,
  more: object = {},
) => must(as(who)('POST', `/zones/${zone.id}/${name}`, { version: zone.version, ...more }))

async function ordered(as: As, more: object = {}, number = '12/QĐ-UBND') {
  const zone = await step(as, minh, await drafted(as, more), 'proposal')
  return step(as, thu, zone, 'order', { number })
}

const notified = async (as: As, more: object = {}) => step(as, minh, await ordered(as, more), 'notice')

async function market(as: As, more: object = {}) {
  return must(
    as(hoa)('POST', '/places', {
      name: 'Chợ Đầm',
      kind: 'market',
      areaCode: NHA_TRANG,
      address: '1',
      phone: hoa.phone,
      lat: 12.2547,
      lon: 109.1921,
      ...more,
    }),
    201,
  )
}

async function resident(as: As, who: Who, name: string) {
  return must(
    as(who)('POST', '/people', { name, birthYear: 1980, areaCode: NHA_TRANG, relation: 'self' }),
    201,
  )
}

describe('from a draft to its end', () => {
  scenario('drafted, proposed, ordered by a second person, notified, in force, over', async (as, t) => {
    t.now(NOW)
    const zone = await drafted(as)
    assert.equal(zone.state, 'draft')
    assert.deepEqual(zone.clock, { kind: 'notice', at: '2026-11-22T05:00:00.000Z' })
    assert.deepEqual(zone.may, ['edit', 'propose'])
    assert.match(zone.legalBasis, /114\/2025\/QH15/)
    assert.deepEqual(
      zone.units.map(({ fullName }: { fullName: string }) => fullName),
      ['Phường Nha Trang'],
    )

    const proposed = await step(as, minh, zone, 'proposal')
    assert.deepEqual([proposed.state, proposed.may], ['proposed', []])
    const seen = await must(as(thu)('GET', `/zones/${zone.id}`))
    assert.deepEqual(seen.may, ['return', 'order'])

    const order = await step(as, thu, proposed, 'order', { number: '12/QĐ-UBND' })
    assert.deepEqual([order.state, order.number, order.exceptionReason], ['ordered', '12/QĐ-UBND', null])
    assert.deepEqual((await must(as(nobody)('GET', '/public/zones'))).items, [])

    t.now('2026-11-22T04:59:00Z')
    const told = await step(as, minh, order, 'notice')
    assert.deepEqual(
      [told.state, told.clock],
      ['notified', { kind: 'start', at: '2026-11-22T11:00:00.000Z' }],
    )
    const state = async (now: string) => {
      t.now(now)
      return (await must(as(minh)('GET', `/zones/${zone.id}`))).state
    }
    assert.equal(await state('2026-11-22T10:59:59Z'), 'notified')
    assert.equal(await state(START), 'inForce')
    assert.equal(await state(END), 'expired')
    assert.deepEqual(
      (await must(as(thu)('GET', `/zones/${zone.id}`))).history.map(({ by, action }: any) => [by, action]),
      [
        [minh.name, 'draft'],
        [minh.name, 'propose'],
        [thu.name, 'order'],
        [minh.name, 'notify'],
      ],
    )
    const audit = await t.sql`select action, actor_name from audit_log where action like 'zone.%' order by id`
    assert.deepEqual(
      audit.map((row) => [row.action, row.actorName]),
      [
        ['zone.draft', 'minh'],
        ['zone.propose', 'minh'],
        ['zone.order', 'thu'],
        ['zone.notify', 'minh'],
      ],
    )
  })

  scenario('an order leaves six hours for its notice, or says why not', async (as, t) => {
    t.now(NOW)
    const early = await step(as, minh, await drafted(as, { startsAt: '2026-11-22T06:59:00Z' }), 'proposal')
    const refused = await as(thu)('POST', `/zones/${early.id}/order`, {
      version: early.version,
      number: '1/QĐ',
    })
    assert.deepEqual(
      [refused.status, refused.body.code, refused.body.details],
      [409, 'zone.noticeTooShort', { noticeHours: 6, earliest: '2026-11-22T07:00:00.000Z' }],
    )
    const reason = 'Ổ dịch lan trong đêm, 14 ca trong 3 giờ'
    const order = await step(as, thu, early, 'order', { number: '1/QĐ', exceptionReason: reason })
    const told = await step(as, minh, order, 'notice')
    assert.deepEqual([told.exceptionReason, told.state], [reason, 'notified'])
    assert.equal(told.history.at(-1).reason, reason)

    // The order was in time, but nobody gave the notice.
    const late = await ordered(as, { name: 'Khóm 7' }, '2/QĐ')
    t.now('2026-11-22T05:00:01Z')
    assert.deepEqual((await must(as(minh)('GET', `/zones/${late.id}`))).clock.kind, 'notice')
    const missed = await as(minh)('POST', `/zones/${late.id}/notice`, { version: late.version })
    assert.equal(missed.body.code, 'zone.noticeTooShort')
    // It never works backwards: told after its start it begins when it is told.
    t.now('2026-11-22T12:00:00Z')
    const begun = await step(as, minh, late, 'notice', { exceptionReason: 'Mất liên lạc cả ngày' })
    assert.deepEqual([begun.startsAt, begun.state], ['2026-11-22T12:00:00.000Z', 'inForce'])
    // The database holds the six hours as well.
    await assert.rejects(
      transact(t.sql, (tx) => tx`update zones set exception_reason = null where public_id = ${late.id}`),
      { constraint_name: 'zones_give_notice_in_time' },
    )
  })

  scenario('whoever drafted it does not order or extend it, whatever roles they have', async (as, t) => {
    t.now(NOW)
    await t.sql`insert into account_roles (account_id, role, area_id)
      select account_id, 'area_officer', area_id from account_roles
      where account_id = (select id from accounts where login = 'minh')`
    const zone = await step(as, minh, await drafted(as), 'proposal')
    assert.deepEqual(zone.may, ['return'])
    const own = await as(minh)('POST', `/zones/${zone.id}/order`, { version: zone.version, number: '1/QĐ' })
    assert.deepEqual([own.status, own.body.code], [403, 'zone.samePerson'])
    const order = await step(as, thu, zone, 'order', { number: '1/QĐ' })
    const told = await step(as, minh, order, 'notice')
    const extension = { version: told.version, endsAt: '2026-12-10T11:00:00Z', reason: 'Còn ca mới' }
    assert.equal(
      (await as(minh)('POST', `/zones/${zone.id}/extension`, extension)).body.code,
      'zone.samePerson',
    )
    // To give people their freedom back one is enough.
    assert.equal((await step(as, minh, told, 'lifting', { reason: 'Hết ca' })).state, 'lifted')
  })

  scenario('sent back, extended, lifted: each with its reason', async (as, t) => {
    t.now(NOW)
    const order = await ordered(as)
    const back = await step(as, thu, order, 'return', { reason: 'Thu hẹp còn tổ 5' })
    assert.deepEqual([back.state, back.number, back.orderedAt], ['draft', null, null])
    const edited = await must(
      as(minh)('PATCH', `/zones/${back.id}`, { ...draft, name: 'Tổ 5', version: back.version }),
    )
    assert.equal(edited.history.at(-1).details.before.name, 'Tổ 5 và chợ')
    const again = await step(as, minh, edited, 'proposal')
    // The number of the order that was withdrawn is free again.
    const told = await step(as, minh, await step(as, thu, again, 'order', { number: '12/QĐ-UBND' }), 'notice')
    const shorter = { version: told.version, endsAt: '2026-12-01T00:00:00Z', reason: 'Hết ca' }
    assert.equal(
      (await as(thu)('POST', `/zones/${told.id}/extension`, shorter)).body.code,
      'zone.timesUnlikely',
    )
    const longer = await step(as, thu, told, 'extension', {
      endsAt: '2026-12-10T11:00:00Z',
      reason: 'Còn ca mới',
    })
    assert.equal(longer.endsAt, '2026-12-10T11:00:00.000Z')
    t.now('2026-11-25T00:00:00Z')
    const lifted = await step(as, thu, longer, 'lifting', { reason: 'Bảy ngày không có ca' })
    assert.deepEqual([lifted.state, lifted.liftedAt, lifted.may], ['lifted', '2026-11-25T00:00:00.000Z', []])
    assert.deepEqual(
      lifted.history.flatMap(({ action, reason }: any) => (reason ? [[action, reason]] : [])),
      [
        ['return', 'Thu hẹp còn tổ 5'],
        ['extend', 'Còn ca mới'],
        ['lift', 'Bảy ngày không có ca'],
      ],
    )
  })

  scenario('a number stands once in the register of an authority', async (as, t) => {
    t.now(NOW)
    await ordered(as, {}, '12/QĐ')
    const other = await step(as, minh, await drafted(as, { name: 'Khác' }), 'proposal')
    const taken = await as(thu)('POST', `/zones/${other.id}/order`, {
      version: other.version,
      number: '12/QĐ',
    })
    assert.deepEqual([taken.status, taken.body.code], [409, 'zone.numberTaken'])
  })
})

describe('who may', () => {
  scenario('a zone of one authority is no zone to another', async (as, t) => {
    t.now(NOW)
    const zone = await drafted(as)
    const { id, version } = zone
    for (const [method, path, body] of [
      ['GET', `/zones/${id}`],
      ['GET', `/zones/${id}/order.pdf`],
      ['PATCH', `/zones/${id}`, { ...draft, version }],
      ['POST', `/zones/${id}/proposal`, { version }],
      ['POST', `/zones/${id}/notice`, { version }],
    ] as const) {
      assert.equal((await as(nobody)(method, path, body)).status, 401, path)
      assert.equal((await as(lan)(method, path, body)).status, 403, path)
      assert.equal((await as(nga)(method, path, body)).status, 403, path)
      assert.equal((await as(strangerOfficer)(method, path, body)).status, 404, path)
    }
    assert.deepEqual((await must(as(strangerOfficer)('GET', '/zones'))).items, [])
    assert.equal((await as(strangerOfficer)('POST', '/zones', draft)).status, 404)
    assert.equal((await as(thu)('POST', '/zones', draft)).status, 403)
    // The ward's officer does not zone the province, or the ward next to it.
    assert.equal((await as(minh)('POST', '/zones', { ...draft, areaCode: KHANH_HOA })).status, 404)
    const beside = await as(minh)('POST', '/zones', { ...draft, unitCodes: [NHA_TRANG, '22333'] })
    assert.equal(beside.body.code, 'zone.unitUnknown')
  })

  scenario('what cannot be is refused, and nothing is left of it', async (as, t) => {
    t.now(NOW)
    const refused = async (more: object) => {
      const { status, body } = await as(minh)('POST', '/zones', { ...draft, ...more })
      return [status, body.code]
    }
    const circle = (lat: number, lon: number, radiusMetres: number) => ({
      unitCodes: undefined,
      shape: { kind: 'circle', center: { lat, lon }, radiusMetres },
    })
    assert.deepEqual(await refused({ shape: circle(12.25, 109.19, 100).shape }), [422, 'zone.placeUnclear'])
    assert.deepEqual(await refused({ unitCodes: undefined }), [422, 'zone.placeUnclear'])
    assert.deepEqual(await refused({ unitCodes: [] }), [400, 'request.invalid'])
    assert.deepEqual(await refused({ endsAt: START }), [422, 'zone.timesUnlikely'])
    assert.deepEqual(await refused({ endsAt: '2027-11-22T00:00:00Z' }), [422, 'zone.timesUnlikely'])
    assert.deepEqual(await refused({ startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-11-21T00:00:00Z' }), [
      422,
      'zone.timesUnlikely',
    ])
    assert.deepEqual(await refused({ closedKinds: ["'; drop table zones; --"] }), [422, 'zone.kindUnknown'])
    assert.deepEqual(await refused({ level: 'worse' }), [400, 'request.invalid'])
    assert.deepEqual(await refused({ name: 'a\0b' }), [400, 'request.invalid'])
    assert.deepEqual(await refused(circle(21.03, 105.83, 300)), [422, 'zone.shapeElsewhere'])
    assert.deepEqual(await refused(circle(12.25, 109.19, 1)), [400, 'request.invalid'])
    const bow = [
      [12.24, 109.18],
      [12.25, 109.19],
      [12.24, 109.19],
      [12.25, 109.18],
    ].map(([lat, lon]) => ({ lat, lon }))
    assert.deepEqual(await refused({ unitCodes: undefined, shape: { kind: 'polygon', points: bow } }), [
      422,
      'zone.shapeUnlikely',
    ])
    assert.equal((await t.sql`select from zones`).length, 0)
    // Ends of the world do not break a name, and signs of a pattern are looked for as they are.
    const odd = await drafted(as, { name: '100% <b>"Tổ_5"</b> ☃' })
    assert.equal((await must(as(minh)('GET', '/zones?q=%25+%3Cb'))).items[0].id, odd.id)
    assert.deepEqual((await must(as(minh)('GET', '/zones?q=1%25_%3C'))).items, [])
  })

  scenario('one who did not see what another did is told so', async (as, t) => {
    t.now(NOW)
    const zone = await drafted(as)
    await must(as(minh)('PATCH', `/zones/${zone.id}`, { ...draft, name: 'Hẻm 12', version: zone.version }))
    const late = await as(minh)('PATCH', `/zones/${zone.id}`, {
      ...draft,
      name: 'Hẻm 14',
      version: zone.version,
    })
    assert.deepEqual([late.status, late.body.code], [409, 'zone.changedMeanwhile'])
    assert.equal((await must(as(minh)('GET', `/zones/${zone.id}`))).name, 'Hẻm 12')
    const order = await as(thu)('POST', `/zones/${zone.id}/order`, {
      version: zone.version + 1,
      number: '1/QĐ',
    })
    assert.equal(order.body.code, 'zone.notNow')
  })
})

test('two officers who order at the same moment: one does, the other is told', async () => {
  const { createApp } = await import('../../../platform/http.ts')
  const { readConfig } = await import('../../../platform/config.ts')
  const { authenticate } = await import('../../accounts/index.ts')
  const { routes } = await import('../../../modules.ts')
  const sql = connect(url, 4)
  const config = readConfig({ LOG_LEVEL: 'silent', LACHAN_DEMO: 'on' })
  const app = await createApp({ config, sql, services, routes, authenticate })
  const as = async (login: string) => {
    const payload = { login, password: `${login}-password` }
    const { token } = (await app.inject({ method: 'POST', url: '/api/v1/sessions', payload })).json()
    return async (path: string, body: object) => {
      const answer = await app.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        payload: body,
        headers: { authorization: `Bearer ${token}` },
      })
      return { status: answer.statusCode, body: answer.json() }
    }
  }
  try {
    const [asMinh, asThu] = [await as('minh'), await as('thu')]
    const startsAt = new Date(Date.now() + 24 * 3600_000).toISOString()
    const endsAt = new Date(Date.now() + 48 * 3600_000).toISOString()
    const zone = (await asMinh('/zones', { ...draft, startsAt, endsAt })).body
    const { version } = (await asMinh(`/zones/${zone.id}/proposal`, { version: zone.version })).body
    const answers = await Promise.all(
      ['7/QĐ', '8/QĐ'].map((number) => asThu(`/zones/${zone.id}/order`, { version, number })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
    assert.equal(answers.find(({ status }) => status === 409)!.body.code, 'zone.changedMeanwhile')
  } finally {
    await app.close()
    await sql`delete from zone_events`
    await sql`delete from zone_units`
    await sql`delete from zones`
    await sql.end()
  }
})

describe('drafting from cases', () => {
  scenario(
    'the fewest communes that hold cases and contacts, and a circle around where cases were',
    async (as, t) => {
      t.now('2026-11-20T03:00:00Z')
      await resident(as, lan, 'Trần Thị Lan')
      await resident(as, hoa, 'Nguyễn Thị Hoa')
      const place = await market(as)
      for (const [who, direction, at] of [
        [lan, 'in', '2026-11-19T01:00:00Z'],
        [hoa, 'in', '2026-11-19T01:00:00Z'],
        [lan, 'out', '2026-11-19T02:00:00Z'],
        [hoa, 'out', '2026-11-19T02:00:00Z'],
      ] as const)
        await must(as(who)('PUT', `/visits/${crypto.randomUUID()}`, { placeCode: place.code, direction, at }))
      const { id: personId } = (await must(as(lan)('GET', '/me'))).person
      const found = await must(
        as(minh)('POST', '/cases', { personId, diseaseId: 'covid-19', onsetOn: '2026-11-19' }),
        201,
      )
      const trace = await must(as(minh)('POST', `/cases/${found.id}/traces`, {}), 202)
      await t.runJobs()
      await must(
        as(minh)('POST', `/cases/${found.id}/contacts`, { traceId: trace.id, all: true, label: 'F1' }),
        201,
      )

      const asked = { areaCode: NHA_TRANG, share: 0.9 }
      const suggested = await must(as(minh)('POST', '/zone-suggestions', asked))
      assert.deepEqual(suggested.total, { cases: 1, contacts: 1, outside: 0, unknown: 0, beyond: 0 })
      assert.equal(suggested.covered, 1)
      const [unit] = suggested.units
      assert.equal(suggested.units.length, 1)
      assert.deepEqual([unit.area.code, unit.cases, unit.contacts, unit.places], [NHA_TRANG, 1, 1, 1])
      assert.ok(unit.people >= 2 && unit.households >= 2)
      assert.deepEqual(suggested.circle, {
        shape: { kind: 'circle', center: { lat: 12.2547, lon: 109.1921 }, radiusMetres: 100 },
        places: 1,
        covered: 1,
      })
      // Nobody is named, and no id of a person leaves.
      assert.doesNotMatch(JSON.stringify(suggested), /Lan|Hoa|0905/)
      const narrowed = async (more: object) =>
        (await must(as(minh)('POST', '/zone-suggestions', { ...asked, ...more }))).total.cases
      assert.equal(await narrowed({ traceId: trace.id }), 1)
      assert.equal(await narrowed({ caseIds: [found.id] }), 1)
      assert.equal(await narrowed({ caseIds: [trace.id] }), 0)
      assert.equal(await narrowed({ diseaseId: 'measles' }), 0)
      assert.equal(await narrowed({ to: '2026-11-18' }), 0)

      const counts = await must(
        as(minh)('POST', '/zone-counts', { areaCode: NHA_TRANG, shape: suggested.circle.shape }),
      )
      assert.deepEqual([counts.isWhole, counts.places, counts.cases, counts.placesUnplaced], [false, 1, 1, 0])
      const far = { kind: 'circle', center: { lat: 12.245, lon: 109.19 }, radiusMetres: 100 }
      assert.equal(
        (await must(as(minh)('POST', '/zone-counts', { areaCode: NHA_TRANG, shape: far }))).places,
        0,
      )
      assert.equal((await as(strangerOfficer)('POST', '/zone-suggestions', asked)).status, 404)
      assert.equal((await as(thu)('POST', '/zone-suggestions', asked)).status, 403)

      // Seen from next door the contact lives within reach, and the case does not.
      await t.sql`
        update people set area_id = (select id from area_names where code = ${WEST} and valid_to is null)
        where public_id <> ${personId}`
      const west = await officerAt(as, t, 'west', WEST)
      const nextDoor = await must(west('POST', '/zone-suggestions', { areaCode: WEST, share: 1 }))
      assert.deepEqual(nextDoor.total, { cases: 0, contacts: 0, outside: 0, unknown: 0, beyond: 1 })
      const again = await must(as(minh)('POST', '/zone-suggestions', asked))
      assert.deepEqual(again.total, { cases: 1, contacts: 1, outside: 1, unknown: 0, beyond: 0 })
      const other = await must(
        west('POST', '/zone-suggestions', { areaCode: WEST, share: 1, diseaseId: 'measles' }),
      )
      assert.equal(other.total.beyond, 0)

      const path = `/cases/${found.id}/classifications`
      const [current] = (await must(as(minh)('GET', path))).items
      await must(
        as(minh)('POST', path, { after: current.id, classification: 'discarded', reason: 'Nhầm mẫu' }),
        201,
      )
      const without = await must(as(minh)('POST', '/zone-suggestions', asked))
      assert.deepEqual(without.total, { cases: 0, contacts: 0, outside: 0, unknown: 0, beyond: 0 })
    },
  )
})

describe('what the zone does', () => {
  scenario('everybody can read it, the place says so, and its door is shut while it lasts', async (as, t) => {
    t.now('2026-11-20T03:00:00Z')
    await resident(as, lan, 'Trần Thị Lan')
    const place = await market(as)
    const office = await market(as, { name: 'Văn phòng', kind: 'office' })
    const answers = {
      travelled: false,
      hasSymptoms: false,
      contactPatient: false,
      contactAffectedCountry: false,
      contactSymptoms: false,
    }
    t.now(NOW)
    const { id: personId } = (await must(as(lan)('GET', '/me'))).person
    await must(
      as(lan)('POST', '/declarations', { formId: 'general', formVersion: 1, personId, answers }),
      201,
    )
    const enters = async (code: string, at: string, direction = 'in') => {
      t.now(at)
      const visit = { placeCode: code, direction, at }
      return (await must(as(lan)('PUT', `/visits/${crypto.randomUUID()}`, visit))).decision
    }
    const zone = await notified(as)

    const [shown] = (await must(as(nobody)('GET', '/public/zones'))).items
    assert.deepEqual(
      [shown.id, shown.state, shown.number, shown.level],
      [zone.id, 'notified', '12/QĐ-UBND', 'limited'],
    )
    for (const secret of ['counts', 'history', 'exceptionReason', 'version', 'overlaps'])
      assert.ok(!(secret in shown), secret)
    assert.deepEqual((await must(as(nobody)('GET', '/public/zones?area=00004'))).items, [])
    const page = async (code: string) => (await must(as(nobody)('GET', `/public/places/${code}`))).zones
    assert.deepEqual(
      (await page(place.code)).map(({ name, isClosed, from }: any) => [name, isClosed, from]),
      [['Tổ 5 và chợ', true, '2026-11-22T11:00:00.000Z']],
    )
    assert.equal((await page(office.code))[0].isClosed, false)
    // A place that was registered after the notice lies in it as well.
    assert.equal((await page((await market(as, { name: 'Chợ mới' })).code)).length, 1)

    // A gate carries it along, for when its network is away.
    const { shut: announced } = await must(as(hoa)('GET', `/places/${place.id}/gate`))
    assert.deepEqual(announced, [
      {
        from: '2026-11-22T11:00:00.000Z',
        until: '2026-12-06T11:00:00.000Z',
        instruction: 'By order of the zone this place lets nobody in at present.',
      },
    ])
    assert.deepEqual((await must(as(hoa)('GET', `/places/${office.id}/gate`))).shut, [])
    assert.equal((await enters(place.code, '2026-11-22T10:59:00Z')).status, 'green')
    await enters(place.code, '2026-11-22T10:59:30Z', 'out')
    const shut = await enters(place.code, '2026-11-22T11:00:00Z')
    assert.deepEqual(shut, {
      status: 'red',
      instruction: 'By order of the zone this place lets nobody in at present.',
      declaration: null,
      shut: true,
    })
    // Whoever leaves is not turned back, and the visit is recorded: who was there can be traced.
    assert.equal((await enters(place.code, '2026-11-22T11:05:00Z', 'out')).status, 'green')
    assert.equal((await enters(office.code, '2026-11-22T11:10:00Z')).status, 'green')

    const { text } = await must(as(lan)('GET', '/me/card'))
    const id = crypto.randomUUID()
    const scan = { id, placeId: place.id, at: '2026-11-22T11:10:00Z', direction: 'in', code: text }
    const gate = await must(as(hoa)('POST', '/scans', { scans: [scan] }))
    assert.deepEqual([gate.accepted, gate.results[0].decision.status], [1, 'red'])

    t.now('2026-11-23T00:00:00Z')
    await step(as, thu, await must(as(thu)('GET', `/zones/${zone.id}`)), 'lifting', { reason: 'Hết ca' })
    assert.deepEqual(await page(place.code), [])
    assert.deepEqual((await must(as(nobody)('GET', '/public/zones'))).items, [])
    await enters(place.code, '2026-11-23T00:00:01Z', 'out')
    assert.equal((await enters(place.code, '2026-11-23T00:00:02Z')).status, 'green')
    assert.equal((await t.sql`select from restrictions`).length, 1)
    t.now('2026-11-24T00:00:03Z')
    await clean(t.ctx())
    assert.equal((await t.sql`select from restrictions`).length, 0)
  })

  scenario(
    'of a drawn area only what lies inside, and a place without a position does not',
    async (as, t) => {
      t.now(NOW)
      const inside = await market(as)
      const outside = await market(as, { name: 'Chợ xa', lat: 12.2401, lon: 109.1971 })
      const unplaced = await market(as, { name: 'Chợ lạ', lat: undefined, lon: undefined })
      const shape = { kind: 'circle', center: { lat: 12.2547, lon: 109.1921 }, radiusMetres: 300 }
      const zone = await notified(as, { unitCodes: undefined, shape })
      assert.deepEqual([zone.shape, zone.counts.places, zone.counts.placesUnplaced], [shape, 1, 1])
      assert.equal(zone.geometry.coordinates[0].length, 65)
      const zones = async ({ code }: { code: string }) =>
        (await must(as(nobody)('GET', `/public/places/${code}`))).zones.length
      assert.deepEqual([await zones(inside), await zones(outside), await zones(unplaced)], [1, 0, 0])
    },
  )

  scenario('an order that is lifted before it begins never shuts a door', async (as, t) => {
    t.now(NOW)
    const place = await market(as)
    await step(as, thu, await notified(as), 'lifting', { reason: 'Xét nghiệm lại âm tính' })
    assert.deepEqual((await must(as(nobody)('GET', `/public/places/${place.code}`))).zones, [])
    assert.equal((await t.sql`select from restrictions`).length, 0)
  })

  scenario('zones of the same time and ground are shown to each other', async (as, t) => {
    t.now(NOW)
    const one = await notified(as)
    const other = await drafted(as, {
      name: 'Cả phường',
      startsAt: '2026-12-01T00:00:00Z',
      endsAt: '2026-12-20T00:00:00Z',
    })
    const later = await drafted(as, { name: 'Sau đó', startsAt: END, endsAt: '2026-12-20T00:00:00Z' })
    assert.deepEqual(
      other.overlaps.map(({ id, state, from, to, units }: any) => [id, state, from, to, units[0].code]),
      [[one.id, 'notified', '2026-12-01T00:00:00.000Z', '2026-12-06T11:00:00.000Z', NHA_TRANG]],
    )
    assert.deepEqual(
      later.overlaps.map(({ id }: any) => id),
      [other.id],
    )
    const circle = (lat: number, lon: number) => ({
      unitCodes: undefined,
      shape: { kind: 'circle', center: { lat, lon }, radiusMetres: 200 },
      startsAt: '2027-01-01T00:00:00Z',
      endsAt: '2027-01-10T00:00:00Z',
    })
    const west = await drafted(as, circle(12.2547, 109.1921))
    assert.deepEqual((await drafted(as, circle(12.245, 109.19))).overlaps, [])
    assert.deepEqual(
      (await drafted(as, circle(12.256, 109.1921))).overlaps.map(({ id }: any) => id),
      [west.id],
    )
  })
})

scenario('the list is filtered, sorted and paged in the database', async (as, t) => {
  t.now(NOW)
  await notified(as)
  await drafted(as, { name: 'Ánh Dương', startsAt: '2026-11-25T00:00:00Z' })
  await drafted(as, { name: 'Bến Cá', startsAt: '2026-11-24T00:00:00Z', endsAt: '2026-11-30T00:00:00Z' })
  const list = async (query: string) =>
    (await must(as(minh)('GET', `/zones?${query}`))).items.map(({ name }: { name: string }) => name)
  assert.deepEqual(await list(''), ['Ánh Dương', 'Bến Cá', 'Tổ 5 và chợ'])
  assert.deepEqual(await list('sort=name'), ['Ánh Dương', 'Bến Cá', 'Tổ 5 và chợ'])
  assert.deepEqual(await list('sort=endsAt'), ['Bến Cá', 'Tổ 5 và chợ', 'Ánh Dương'])
  assert.deepEqual(await list('state=notified'), ['Tổ 5 và chợ'])
  assert.deepEqual(await list('state=inForce'), [])
  assert.deepEqual(await list('on=2026-11-22'), ['Tổ 5 và chợ'])
  assert.deepEqual(await list('on=2026-11-24'), ['Bến Cá', 'Tổ 5 và chợ'])
  assert.deepEqual(await list('q=bến'), ['Bến Cá'])
  assert.deepEqual(await list('q=12%2FQ'), ['Tổ 5 và chợ'])
  assert.deepEqual(await list('area=22333'), [])
  const paged: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await as(minh)('GET', `/zones?limit=1&sort=name${cursor}`)
    paged.push(...body.items.map(({ name }: { name: string }) => name))
    if (!body.next) break
    cursor = `&cursor=${body.next}`
  }
  assert.deepEqual(paged, ['Ánh Dương', 'Bến Cá', 'Tổ 5 và chợ'])
  assert.equal((await as(minh)('GET', '/zones?cursor=x')).status, 400)
  t.now('2026-11-22T12:00:00Z')
  assert.deepEqual(await list('state=inForce'), ['Tổ 5 và chợ'])
  t.now('2026-12-07T12:00:00Z')
  assert.deepEqual(await list('state=expired'), ['Tổ 5 và chợ'])
})

scenario('the order names the disease, and counts its cases alone', async (as, t) => {
  t.now(NOW)
  await resident(as, lan, 'Trần Thị Lan')
  const { id: personId } = (await must(as(lan)('GET', '/me'))).person
  await must(as(minh)('POST', '/cases', { personId, diseaseId: 'covid-19', onsetOn: '2026-11-19' }), 201)
  const named = await drafted(as, { diseaseId: 'covid-19' })
  assert.deepEqual([named.diseaseId, named.disease.vi, named.counts.cases], ['covid-19', 'COVID-19', 1])
  const measles = await drafted(as, { diseaseId: 'measles' })
  assert.equal(measles.counts.cases, 0)
  const unnamed = await drafted(as)
  assert.deepEqual([unnamed.diseaseId, unnamed.disease, unnamed.counts.cases], [null, null, 1])
  const unknown = await as(minh)('POST', '/zones', { ...draft, diseaseId: 'scurvy' })
  assert.deepEqual([unknown.status, unknown.body.code], [422, 'zone.diseaseUnknown'])
  const order = await step(as, thu, await step(as, minh, named, 'proposal'), 'order', { number: '5/QĐ' })
  assert.equal(order.counts.cases, 1)
  const sheet = async (id: string) => (await as(minh)('GET', `/zones/${id}/order.pdf`)).bytes
  const texts = await Promise.all([named, measles, unnamed].map(({ id }) => sheet(id)))
  assert.equal(new Set(texts.map((bytes) => bytes.toString('latin1'))).size, 3)
})

scenario('an extension changes what is added to the order, and not what was signed', async (as, t) => {
  t.now(NOW)
  const zone = await notified(as, { diseaseId: 'covid-19' })
  /** What is written on each page. */
  const pages = async () => {
    const { bytes } = await as(thu)('GET', `/zones/${zone.id}/order.pdf`)
    const streams = bytes.toString('latin1').matchAll(/FlateDecode\n>>\nstream\n([\s\S]*?)\nendstream/g)
    const texts = [...streams].flatMap(([, packed]) => {
      const text = inflateSync(Buffer.from(packed!, 'latin1')).toString('latin1')
      return /\bBT\n/.test(text) ? [text] : []
    })
    assert.ok(texts.length >= 2)
    return texts
  }
  const before = await pages()
  const longer = { version: zone.version, endsAt: '2026-12-10T11:00:00Z', reason: 'Còn ca mới' }
  await must(as(thu)('POST', `/zones/${zone.id}/extension`, longer))
  const after = await pages()
  assert.deepEqual(after.slice(0, -1), before.slice(0, -1))
  assert.notEqual(after.at(-1), before.at(-1))
})

scenario('the order is a sheet to sign; a draft says that it is one', async (as, t: Stage) => {
  t.now(NOW)
  const zone = await drafted(as)
  const sheet = async () => {
    const { status, headers, bytes } = await as(minh)('GET', `/zones/${zone.id}/order.pdf`)
    assert.deepEqual([status, headers['content-type']], [200, 'application/pdf'])
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
    return bytes
  }
  const first = await sheet()
  assert.deepEqual(await sheet(), first)
  const order = await step(as, thu, await step(as, minh, zone, 'proposal'), 'order', { number: '12/QĐ-UBND' })
  assert.equal(order.state, 'ordered')
  assert.notDeepEqual(await sheet(), first)
})
