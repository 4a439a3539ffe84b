import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, stranger, type Who } from '../../../test/people.ts'

type As = (who: Who) => Ask

const NOW = '2026-11-20T01:00:00.000Z'
const NUMBER = '056190001234'
const CARD = `${NUMBER}|225123456|Trần Thị Lan|01021990|Nữ|12 Lê Lợi, Nha Trang|01012021`
const INSURANCE = 'GD4565612345678'
const INSURANCE_CARD = `${INSURANCE}|${Buffer.from('Trần Thị Lan').toString('hex')}|01/02/1990|2|-|56 - 017|-|01/01/2021|-|-|-|4|-|5$`
const profile = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG }

/** Bà Hoa's market, and what its gate says of a card. */
async function openGate(as: As, t: Stage) {
  t.now(NOW)
  const place = { name: 'Chợ', kind: 'market', areaCode: NHA_TRANG, address: '1 Bến Chợ', phone: hoa.phone }
  const { id: placeId } = (await as(hoa)('POST', '/places', place)).body
  return async (code: string, more: object = {}) => {
    const scan = { id: randomUUID(), placeId, at: iso(t), direction: 'in', code, ...more }
    const { body } = await as(hoa)('POST', '/scans', { scans: [scan] })
    assert.deepEqual(body.refused, [])
    return body.results[0]
  }
}
const iso = (t: Stage) => t.time.toISOString()

const find = async (as: As, documentNumber: string) =>
  (await as(minh)('POST', '/people/searches', { documentNumber, reason: 'followUp' })).body.items.map(
    ({ id, documentStanding }: any) => [id, documentStanding],
  )

describe('a number that somebody typed', () => {
  for (const [what, typed, card] of [
    ['of an identity card', { documentNumber: NUMBER }, CARD],
    ['of a health insurance card', { healthInsuranceNumber: INSURANCE }, INSURANCE_CARD],
  ] as const)
    scenario(`${what} of somebody else gives nothing of its bearer, whoever came first`, async (as, t) => {
      const scan = await openGate(as, t)
      // The stranger knows all that is on the card, and says so of himself and of somebody on his phone.
      await as(stranger)('POST', '/people', { ...profile, ...typed, relation: 'self' })
      const other = (await as(stranger)('POST', '/people', { ...profile, ...typed, relation: 'other' })).body
      const [first, again] = [await scan(card), await scan(card)]
      assert.equal(first.setAside, undefined)
      assert.equal(again.person.id, first.person.id)
      assert.ok(
        ![other.id, rowOf(stranger).publicId].includes(first.person.id),
        'it is a record of their own',
      )
      assert.equal(first.needs, 'phone', 'nobody’s phone reaches the bearer')
      for (const path of ['/me/visits', `/me/visits?personId=${other.id}`, '/me/inside'])
        assert.deepEqual((await as(stranger)('GET', path)).body.items, [], path)
      assert.equal((await as(stranger)('GET', `/me/visits?personId=${first.person.id}`)).status, 404)
      assert.equal((await as(stranger)('PATCH', `/people/${first.person.id}`, { name: 'X Y' })).status, 404)
      // Not by typing it again, either.
      await as(stranger)('PATCH', `/people/${other.id}`, { documentNumber: 'B1234567' })
      await as(stranger)('PATCH', `/people/${other.id}`, typed)
      assert.equal((await scan(card)).person.id, first.person.id)
    })

  scenario('and declared with decides nothing for the bearer', async (as, t) => {
    const scan = await openGate(as, t)
    const { id } = (await as(stranger)('POST', '/people', { ...profile, documentNumber: NUMBER })).body
    const answers = {
      travelled: false,
      hasSymptoms: true,
      symptoms: ['fever'],
      contactPatient: false,
      contactAffectedCountry: false,
      contactSymptoms: false,
    }
    const declaration = { formId: 'general', formVersion: 1, personId: id, answers }
    assert.equal((await as(stranger)('POST', '/declarations', declaration)).status, 201)
    assert.equal((await scan(CARD)).decision.status, 'yellow')
  })

  scenario('is not bound to the typist by a gate of his own, where he shows what he knows', async (as, t) => {
    const scan = await openGate(as, t)
    const place = { name: 'Quán', kind: 'shop', areaCode: NHA_TRANG, address: '1', phone: stranger.phone }
    const { id: placeId } = (await as(stranger)('POST', '/places', place)).body
    await as(stranger)('POST', '/people', { ...profile, documentNumber: NUMBER, relation: 'self' })
    const forged = { id: randomUUID(), placeId, at: NOW, direction: 'in', code: CARD, phone: stranger.phone }
    await as(stranger)('POST', '/scans', { scans: [forged] })
    const { person } = await scan(CARD)
    assert.notEqual(person.id, rowOf(stranger).publicId)
    const { items } = (await as(stranger)('GET', '/me/visits')).body
    assert.deepEqual(
      items.map(({ place }: any) => place.name),
      ['Quán'],
    )
  })

  scenario(
    'is shown to officials as no more than that, and as contested once its bearer came',
    async (as, t) => {
      const scan = await openGate(as, t)
      const { id } = (await as(stranger)('POST', '/people', { ...profile, documentNumber: NUMBER })).body
      assert.deepEqual(await find(as, NUMBER), [[id, 'claimed']])
      const bearer = (await scan(CARD)).person.id
      assert.deepEqual(await find(as, NUMBER), [
        [id, 'contested'],
        [bearer, 'confirmed'],
      ])
      const read = async () => (await as(minh)('GET', `/people/${id}?reason=followUp`)).body
      assert.deepEqual(
        [(await read()).documentNumber, (await read()).documentStanding],
        [NUMBER, 'contested'],
      )
      // He is not told: whether a number is known here is not for whoever types it.
      const { person } = (await as(stranger)('GET', '/me')).body
      assert.deepEqual([person.documentNumber, 'documentStanding' in person], [NUMBER, false])
    },
  )
})

describe('a number that a health officer has confirmed', () => {
  scenario('leads from the card to the record that its bearer has on her phone', async (as, t) => {
    const scan = await openGate(as, t)
    const own = (await as(lan)('POST', '/people', { ...profile, documentNumber: NUMBER, relation: 'self' }))
      .body
    const typed = (await as(stranger)('POST', '/people', { ...profile, documentNumber: NUMBER })).body
    const unknown = (await scan(CARD)).person.id
    assert.equal((await as(minh)('PATCH', `/people/${own.id}`, { documentNumber: NUMBER })).status, 200)
    assert.equal((await scan(CARD)).person.id, own.id)
    assert.equal((await as(lan)('GET', '/me/visits')).body.items.length, 1)
    assert.deepEqual(
      new Map(await find(as, NUMBER)),
      new Map([
        [own.id, 'confirmed'],
        [typed.id, 'contested'],
        [unknown, 'contested'],
      ]),
    )
    // What became of the others stands in the audit.
    const lost = await t.sql`
      select subject_id, actor_name, details->>'to' as to from audit_log where action = 'person.loseNumber' order by id`
    assert.deepEqual(
      new Set(lost.map(({ subjectId, actorName, to }) => `${subjectId} ${actorName} ${to}`)),
      new Set([unknown, typed.id].map((id) => `${id} ${minh.login} ${own.id}`)),
    )
    // It stays confirmed when she corrects something else, and is a claim when she types another one.
    await as(lan)('PATCH', `/people/${own.id}`, { address: '2 Lê Lợi', documentNumber: NUMBER })
    assert.equal((await scan(CARD)).person.id, own.id)
    await as(lan)('PATCH', `/people/${own.id}`, { documentNumber: '056190009999' })
    assert.notEqual((await scan(CARD)).person.id, own.id)
    assert.deepEqual(await find(as, '056190009999'), [[own.id, 'claimed']])
  })

  scenario(
    'stays confirmed when an officer corrects something else, and a claim stays a claim',
    async (as) => {
      const own = (await as(lan)('POST', '/people', { ...profile, documentNumber: NUMBER, relation: 'self' }))
        .body
      await as(minh)('PATCH', `/people/${own.id}`, { address: '2 Lê Lợi' })
      assert.deepEqual(await find(as, NUMBER), [[own.id, 'claimed']])
      await as(minh)('PATCH', `/people/${own.id}`, { documentNumber: NUMBER })
      await as(minh)('PATCH', `/people/${own.id}`, { address: '3 Lê Lợi' })
      assert.deepEqual(await find(as, NUMBER), [[own.id, 'confirmed']])
    },
  )
})
