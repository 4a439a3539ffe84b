import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import {
  BA_DINH,
  hoa,
  lan,
  minh,
  NHA_TRANG,
  nga,
  stranger,
  strangerOfficer,
  type Who,
} from '../../../test/people.ts'

type As = (who: Who) => Ask

const NOW = '2026-11-20T01:00:00.000Z'
const NUMBER = '056190001234'
const CARD = `${NUMBER}|225123456|Trần Thị Lan|01021990|Nữ|12 Lê Lợi, Nha Trang|01012021`
const INSURANCE = 'GD4565612345678'
const INSURANCE_CARD = `${INSURANCE}|${Buffer.from('Trần Thị Lan').toString('hex')}|01/02/1990|2|-|56 - 017|-|01/01/2021|-|-|-|4|-|5$`
const PHONE = '0905111222'
const details = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG }

/** Bà Hoa's market: somebody comes in at its gate, and a neighbour stands there with them. */
async function comeIn(as: As, t: Stage, code: string, more: object = {}) {
  t.now(NOW)
  const place = { name: 'Chợ', kind: 'market', areaCode: NHA_TRANG, address: '1 Bến Chợ', phone: hoa.phone }
  const { id: placeId } = (await as(hoa)('POST', '/places', place)).body
  const scan = { id: randomUUID(), placeId, at: NOW, direction: 'in', code, ...more }
  const { results } = (await as(hoa)('POST', '/scans', { scans: [scan] })).body
  return (await t.peopleOf(results))[0]!
}

const search = async (as: As, body: object, who: Who = minh) =>
  (await as(who)('POST', '/people/searches', { reason: 'followUp', ...body })).body.items.map(
    ({ id }: any) => id,
  )

describe('somebody whose residence nobody has written down', () => {
  for (const [what, code, more, number] of [
    ['an identity card', CARD, {}, { documentNumber: NUMBER }],
    ['a health insurance card', INSURANCE_CARD, {}, { documentNumber: INSURANCE }],
    ['a number that the guard vouched for', `tel:${PHONE}`, { vouched: true }, { phone: PHONE }],
  ] as const)
    scenario(`is found by the exact number of ${what}, anywhere, and it is on record`, async (as, t) => {
      const id = await comeIn(as, t, code, more)
      for (const officer of [minh, strangerOfficer]) {
        assert.deepEqual(await search(as, number, officer), [id])
        assert.equal((await as(officer)('GET', `/people/${id}?reason=case`)).status, 200)
      }
      const readings = await t.sql`
        select action from readings r join people p on p.id = r.person_id where p.public_id = ${id} order by r.id`
      assert.deepEqual(
        readings.map(({ action }) => action),
        ['person.search', 'person.read', 'person.search', 'person.read'],
      )
      // The auditor of the officer's areas sees it, though the person is in nobody's.
      const seen = (await as(nga)('GET', `/readings?personId=${id}`)).body.items
      assert.deepEqual(
        seen.map(({ reader, action }: any) => [reader.login, action]),
        [
          [minh.login, 'person.read'],
          [minh.login, 'person.search'],
        ],
      )
    })

  scenario('is never found by name, and by no other number', async (as, t) => {
    await comeIn(as, t, CARD)
    assert.deepEqual(await search(as, { name: 'Trần Thị Lan' }), [])
    assert.deepEqual(await search(as, { documentNumber: '056190001235' }), [])
    assert.deepEqual(await search(as, { documentNumber: '225123456' }), [])
  })

  scenario(
    'gets a paper card, and is out of reach elsewhere once it is known where they live',
    async (as, t) => {
      const id = await comeIn(as, t, CARD)
      assert.equal((await as(minh)('POST', `/people/${id}/paper-cards`)).status, 201)
      assert.equal((await as(minh)('POST', '/paper-card-sheets', { personIds: [id] })).status, 200)
      assert.equal((await as(minh)('PATCH', `/people/${id}`, { areaCode: NHA_TRANG })).status, 200)
      assert.deepEqual(await search(as, { documentNumber: NUMBER }), [id])
      assert.deepEqual(await search(as, { documentNumber: NUMBER }, strangerOfficer), [])
      assert.equal((await as(strangerOfficer)('GET', `/people/${id}?reason=case`)).status, 404)
    },
  )

  scenario('is reached by no citizen', async (as, t) => {
    const id = await comeIn(as, t, CARD)
    for (const who of [stranger, hoa]) {
      assert.equal((await as(who)('PATCH', `/people/${id}`, { address: '1' })).status, 404)
      assert.equal((await as(who)('POST', `/people/${id}/paper-cards`)).status, 404)
    }
  })
})

describe('an officer who registers somebody whom a gate knows', () => {
  for (const [what, code, more, number] of [
    ['the number of their identity card', CARD, {}, { documentNumber: NUMBER }],
    ['that of their health insurance card', INSURANCE_CARD, {}, { healthInsuranceNumber: INSURANCE }],
    ['the phone number that was vouched for', `tel:${PHONE}`, { vouched: true }, { phone: PHONE }],
  ] as const)
    scenario(`completes the record by ${what}, and a case finds the stays`, async (as, t) => {
      const id = await comeIn(as, t, code, more)
      const person = (await as(minh)('POST', '/people', { ...details, ...number })).body
      assert.deepEqual(
        [person.id, person.name, person.areaCode, person.complete],
        [id, details.name, NHA_TRANG, true],
      )
      t.now('2026-11-20T09:00:00Z')
      const sick = { personId: person.id, diseaseId: 'covid-19', onsetOn: '2026-11-20' }
      const { id: caseId } = (await as(minh)('POST', '/cases', sick)).body
      const stays = (await as(minh)('GET', `/cases/${caseId}/stays`)).body.items
      assert.deepEqual(
        stays.map(({ place, arrivedAt }: any) => [place.name, arrivedAt]),
        [['Chợ', NOW]],
      )
      // The next time, the gate says so; but of a number that anybody may type it says nothing.
      assert.equal(await again(as, t, code, more), 'vouched' in more ? 'yellow' : 'red')
    })

  scenario('gives them a phone, which reaches what was known', async (as, t) => {
    const id = await comeIn(as, t, CARD)
    const body = { ...details, documentNumber: NUMBER, phone: lan.phone }
    assert.equal((await as(minh)('POST', '/people', body)).body.id, id)
    const { items } = (await as(lan)('GET', '/me/people')).body
    assert.deepEqual(
      items.map((one: any) => [one.id, one.isHolder]),
      [
        [rowOf(lan).publicId, true],
        [id, false],
      ],
    )
  })

  scenario('with the number of somebody else of another name makes a record of its own', async (as, t) => {
    const id = await comeIn(as, t, CARD)
    const other = { ...details, name: 'Lê Văn Bình', documentNumber: NUMBER }
    assert.notEqual((await as(minh)('POST', '/people', other)).body.id, id)
  })

  scenario('as the child of whoever has the phone does not make the parent the child', async (as, t) => {
    const id = await comeIn(as, t, `tel:${PHONE}`, { vouched: true })
    const child = { ...details, phone: PHONE, relation: 'child' }
    assert.notEqual((await as(minh)('POST', '/people', child)).body.id, id)
  })

  scenario(
    'who lived elsewhere goes on with their record, which moves, and both are on record',
    async (as, t) => {
      const id = await comeIn(as, t, CARD)
      const elsewhere = { address: '12 Kim Mã', areaCode: BA_DINH, healthInsuranceNumber: INSURANCE }
      assert.equal((await as(strangerOfficer)('PATCH', `/people/${id}`, elsewhere)).status, 200)
      const sick = { personId: id, diseaseId: 'covid-19', onsetOn: '2026-11-20' }
      assert.equal((await as(strangerOfficer)('POST', '/cases', sick)).status, 201)
      const { body: person } = await as(minh)('POST', '/people', { ...details, documentNumber: NUMBER })
      assert.deepEqual([person.id, person.areaCode, person.address], [id, NHA_TRANG, null])
      for (const card of [CARD, INSURANCE_CARD]) assert.equal(await again(as, t, card, {}), 'red')
      assert.deepEqual(await search(as, { documentNumber: NUMBER }), [id])
      assert.deepEqual(await search(as, { documentNumber: NUMBER }, strangerOfficer), [])
      const seen = (await as(nga)('GET', `/readings?personId=${id}`)).body.items
      assert.ok(
        seen.some(({ reader, action }: any) => reader.login === minh.login && action === 'person.edit'),
      )
      const moved = await t.sql`select subject_id, actor_name from audit_log where action = 'person.move'`
      assert.deepEqual([...moved], [{ subjectId: id, actorName: minh.login }])
    },
  )

  scenario(
    'leaves records elsewhere alone that are of another name, or whose number was only typed',
    async (as, t) => {
      const id = await comeIn(as, t, CARD)
      await as(strangerOfficer)('PATCH', `/people/${id}`, { areaCode: BA_DINH })
      const other = { ...details, birthYear: 1991, documentNumber: NUMBER }
      assert.notEqual((await as(minh)('POST', '/people', other)).body.id, id)
      const typed = { ...details, documentNumber: '056190009999', relation: 'self', areaCode: BA_DINH }
      const own = (await as(stranger)('POST', '/people', typed)).body
      const { relation, ...written } = typed
      const made = await as(minh)('POST', '/people', { ...written, areaCode: NHA_TRANG })
      assert.equal(made.status, 201)
      assert.notEqual(made.body.id, own.id)
    },
  )

  scenario('and writes no residence reads nobody over the border', async (as, t) => {
    const id = await comeIn(as, t, CARD)
    await as(strangerOfficer)('PATCH', `/people/${id}`, { areaCode: BA_DINH })
    const { areaCode, ...nowhere } = details
    assert.equal((await as(minh)('POST', '/people', { ...nowhere, documentNumber: NUMBER })).status, 404)
  })
})

describe('a citizen who types the number of a card', () => {
  scenario('neither takes over nor reads the record that the card made', async (as, t) => {
    const id = await comeIn(as, t, CARD)
    for (const relation of ['self', 'other']) {
      const body = { ...details, documentNumber: NUMBER, healthInsuranceNumber: INSURANCE, relation }
      const made = (await as(stranger)('POST', '/people', body)).body
      assert.notEqual(made.id, id)
      assert.equal(made.address, null)
    }
    assert.deepEqual((await as(stranger)('GET', '/me/visits')).body.items, [])
  })
})

async function again(as: As, t: Stage, code: string, more: object) {
  const { items } = (await as(hoa)('GET', '/me/places')).body
  const scan = {
    id: randomUUID(),
    placeId: items[0].id,
    at: t.time.toISOString(),
    direction: 'in',
    code,
    ...more,
  }
  return (await as(hoa)('POST', '/scans', { scans: [scan] })).body.results[0].decision.status
}
