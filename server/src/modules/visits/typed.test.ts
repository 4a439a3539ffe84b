import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, NHA_TRANG, stranger, type Who } from '../../../test/people.ts'
import { addKey } from '../accounts/index.ts'

type As = (who: Who) => Ask

const NOW = '2026-11-20T01:00:00.000Z'
const CARD = '056190001234||Trần Thị Mai|01021990|Nữ|12 Lê Lợi, Nha Trang|01012021'
const MADE_UP = '056190001234||X Y|01011990|Nữ|Đâu Đó|01012021'

async function openPlace(as: As, who: Who & { phone: string }) {
  const place = {
    name: 'Quán',
    kind: 'restaurant',
    areaCode: NHA_TRANG,
    address: '1 Trần Phú',
    phone: who.phone,
  }
  const { status, body } = await as(who)('POST', '/places', place)
  assert.equal(status, 201, JSON.stringify(body))
  return body.id as string
}
const scanOf = (placeId: string, code: string, more: object = {}) => ({
  id: randomUUID(),
  placeId,
  at: NOW,
  direction: 'in',
  code,
  ...more,
})
const gateKey = async (t: Stage, placeId: string): Promise<Who> => {
  const [place] = await t.sql`select id from places where public_id = ${placeId}`
  const { token } = await addKey(t.ctx(), { name: 'gate', role: 'gate', areaId: null, placeId: place!.id })
  return { kind: 'key', name: 'A tablet', token }
}
const numbers = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, n) => `000190${String(from + n).padStart(6, '0')}||X Y|01011990|Nam|Thôn|`,
  )

describe('whoever knows the number of a card', () => {
  scenario('and has a place of their own, gets nothing of its bearer', async (as, t) => {
    t.now(NOW)
    const [place, own] = [await openPlace(as, hoa), await openPlace(as, stranger)]
    const send = async (who: Who, ...scans: object[]) => (await as(who)('POST', '/scans', { scans })).body
    const victim = (await send(hoa, scanOf(place, CARD))).results[0]
    assert.deepEqual([victim.person.maskedName, victim.needs], ['Trần Thị M***', 'phone'])

    const first = scanOf(own, MADE_UP, { phone: stranger.phone })
    const taken = await send(stranger, first, scanOf(own, `seen:${first.id}`, { direction: 'out' }))
    assert.deepEqual(
      taken.results.map(({ outcome, setAside, needs }: any) => [outcome, setAside, needs]),
      Array(2).fill(['accepted', 'mismatch', undefined]),
    )
    assert.deepEqual(
      taken.results.map(({ person }: any) => [person.maskedName, person.birthYear, person.maskedPhone]),
      [
        ['X Y***', 1990, '0905***04'],
        ['***', null, null],
      ],
    )
    const today = (await as(stranger)('GET', `/places/${own}/today`)).body
    assert.deepEqual(
      today.items.map(({ person, setAside }: any) => [
        setAside,
        person.maskedName,
        person.birthYear,
        person.maskedPhone,
      ]),
      Array(2).fill(['mismatch', '***', null, null]),
    )
    assert.deepEqual(today.here, [])

    // Not with the whole card either, and not by signing in with the number again.
    await send(stranger, scanOf(own, CARD, { phone: stranger.phone }))
    const { challengeId } = (await as(stranger)('POST', '/phone-codes', { phone: stranger.phone })).body
    const code = /\b\d{6}\b/.exec((await t.outbox())[0]!.text)![0]
    const session = await as(stranger)('POST', '/phone-sessions', { challengeId, code })
    const again: Who = { kind: 'key', name: '', token: session.body.token }
    for (const who of [stranger, again]) {
      const { items } = (await as(who)('GET', '/me/people')).body
      assert.deepEqual([items.length, items[0].name], [1, null])
      const visits = await as(who)('GET', `/me/visits?personId=${victim.person.id}`)
      assert.deepEqual([visits.status, visits.body.code], [404, 'person.unknown'])
    }
  })

  scenario('before anybody else, owns nothing of what its bearer does later', async (as, t) => {
    t.now(NOW)
    const [place, own] = [await openPlace(as, hoa), await openPlace(as, stranger)]
    await as(stranger)('POST', '/scans', { scans: [scanOf(own, CARD, { phone: stranger.phone })] })
    const { results } = (await as(hoa)('POST', '/scans', { scans: [scanOf(place, CARD)] })).body
    assert.equal(results[0].outcome, 'accepted')
    assert.equal((await as(stranger)('GET', '/me/people')).body.items.length, 1)
    const visits = await as(stranger)('GET', `/me/visits?personId=${results[0].person.id}`)
    assert.equal(visits.status, 404)
  })
})

describe('numbers that anybody can type', () => {
  scenario('need somebody who answers for them', async (as, t) => {
    t.now(NOW)
    const place = await openPlace(as, stranger)
    const phones = [lan.phone, hoa.phone, '0905123001', '0905123002']
    const scans = phones.map((phone) => scanOf(place, `tel:${phone}`))
    const { body } = await as(stranger)('POST', '/scans', { scans })
    assert.deepEqual(
      body.refused.map(({ code }: any) => code),
      Array(4).fill('card.phoneUnvouched'),
    )
    assert.deepEqual(
      body.results.map(({ person, decision }: any) => [person, decision]),
      Array(4).fill([null, null]),
    )
  })

  scenario('come three hundred in ten minutes from a citizen, and none is lost', async (as, t) => {
    t.now(NOW)
    const place = await openPlace(as, stranger)
    const send = async (codes: readonly string[]) =>
      as(stranger)('POST', '/scans', { scans: codes.map((code) => scanOf(place, code)) })
    const large = await send(numbers(301))
    assert.deepEqual([large.status, large.body.code], [413, 'request.tooLarge'], 'in parts it may come')
    assert.equal((await send(numbers(299))).body.accepted, 299)
    assert.equal((await send(['tel:0905123001'])).status, 200, 'what is refused counts too')
    const kept = async () => Number((await t.sql`select count(*) from scans`)[0]!.count)
    const refused = await send(numbers(1, 300))
    assert.deepEqual(
      [refused.status, refused.body.code, refused.body.retryAfter],
      [429, 'request.tooMany', 600],
    )
    assert.equal(refused.headers['retry-after'], '600')
    assert.equal(await kept(), 299)

    const signed = (await as(lan)('GET', '/me/card')).body.text
    assert.equal((await send([signed])).body.accepted, 1, 'our own codes cannot be made up')
    assert.equal(
      (await send([signed, ...numbers(1, 300)])).status,
      429,
      'a body is taken whole or not at all',
    )
    t.now('2026-11-20T01:10:00.000Z')
    assert.equal((await send(numbers(300))).body.accepted, 300)
  })

  scenario('come ten times as many from the gate of a school', async (as, t) => {
    t.now(NOW)
    const place = await openPlace(as, hoa)
    const key = await gateKey(t, place)
    const send = async (from: number) => {
      const scans = numbers(1000, from).map((code) => scanOf(place, code))
      return (await as(key)('POST', '/scans', { scans })).status
    }
    const told = []
    for (const from of [0, 1000, 2000, 3000]) told.push(await send(from))
    assert.deepEqual(told, [200, 200, 200, 429])
  })
})

describe('gates that send at the same moment', () => {
  scenario('wait for the same numbers once, and each has registered its own people', async (as, t) => {
    t.now(NOW)
    const place = await openPlace(as, hoa)
    const key = await gateKey(t, place)
    const codes = numbers(3)
    const answers = await Promise.all([
      as(hoa)('POST', '/scans', { scans: [scanOf(place, codes[0]!), scanOf(place, codes[1]!)] }),
      as(key)('POST', '/scans', { scans: [scanOf(place, codes[1]!), scanOf(place, codes[2]!)] }),
    ])
    assert.deepEqual(
      answers.map(({ body }) => body.accepted),
      [2, 2],
    )
    const rows = await t.sql`
      select actor_kind, details->>'people' as people from audit_log where action = 'person.register' and details->>'from' = 'gate'
      order by actor_kind`
    assert.deepEqual(
      rows.map(({ actorKind, people }) => [actorKind, people]),
      [
        ['citizen', '2'],
        ['key', '1'],
      ],
    )
    const people = answers.map(({ body }) => body.results.map(({ person }: any) => person.id))
    assert.equal(people[0][1], people[1][0])
  })
})
