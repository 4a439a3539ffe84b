import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, NHA_TRANG, stranger, tu, type Who } from '../../../test/people.ts'
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

type Told = { accepted: number; refused: any[]; results: any[]; retryAfter?: number }
const sender =
  (as: As, who: Who, place: string) =>
  async (codes: readonly string[], more: object = {}): Promise<Told> => {
    const scans = codes.map((code) => scanOf(place, code, more))
    const { status, body } = await as(who)('POST', '/scans', { scans })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
const counts = ({ accepted, refused }: Told) => [accepted, refused.length]

/** A week of the place, with as many as a busy one has at least. */
async function work(as: As, t: Stage, place: string) {
  for (let day = 7; day > 0; day--) {
    const at = `2026-11-${20 - day}T02:00:00.000Z`
    t.now(at)
    await sender(as, hoa, place)(numbers(20, 900_000), { at })
  }
  t.now(NOW)
}

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

  scenario(
    'come three hundred in ten minutes from a citizen, and the rest of a body waits',
    async (as, t) => {
      t.now(NOW)
      const place = await openPlace(as, stranger)
      const send = sender(as, stranger, place)
      const large = await send(numbers(310))
      assert.deepEqual([large.accepted, large.refused.length, large.retryAfter], [300, 10, 600])
      assert.deepEqual(
        large.results.map(({ outcome }: any) => outcome),
        [...Array(300).fill('accepted'), ...Array(10).fill('refused')],
        'in the order of the scans',
      )
      assert.ok(large.refused.every(({ code, title }: any) => code === 'request.throttled' && title))
      assert.equal(Number((await t.sql`select count(*) from scans`)[0]!.count), 300)

      const signed = (await as(lan)('GET', '/me/card')).body.text
      t.now('2026-11-20T01:00:20.000Z')
      const mixed = await send([...numbers(1, 400), signed])
      assert.deepEqual(
        [mixed.accepted, mixed.refused.length, mixed.retryAfter],
        [1, 1, 580],
        'ours are not counted',
      )
      assert.equal(
        (await send(['tel:0905123001'])).refused[0].code,
        'card.phoneUnvouched',
        'phones by themselves',
      )
      t.now('2026-11-20T01:10:00.000Z')
      assert.deepEqual(counts(await send(numbers(300, 300), { at: '2026-11-20T01:10:00.000Z' })), [300, 0])
    },
  )

  scenario(
    'are counted also where they are refused, and phones are so few for every citizen',
    async (as, t) => {
      t.now(NOW)
      const place = await openPlace(as, hoa)
      await work(as, t, place)
      const send = sender(as, hoa, place)
      const phones = (count: number) =>
        Array.from({ length: count }, (_, n) => `tel:0905${String(200_000 + n)}`)
      const told = await send(phones(301))
      assert.deepEqual(
        [told.refused.at(0).code, told.refused.at(-1).code, told.retryAfter],
        ['card.phoneUnvouched', 'request.throttled', 600],
      )
    },
  )

  scenario('that were kept leave room for who stands at the door now', async (as, t) => {
    t.now(NOW)
    const place = await openPlace(as, stranger)
    const send = sender(as, stranger, place)
    const kept = await send(numbers(700), { at: '2026-11-19T08:00:00.000Z' })
    assert.deepEqual(counts(kept), [240, 460])
    assert.deepEqual(counts(await send(numbers(60, 1000))), [60, 0])
    assert.deepEqual(counts(await send(numbers(1, 1060))), [0, 1])
    // Whoever names one that waits is told to wait too.
    const first = scanOf(place, numbers(1, 2000)[0]!)
    const scans = [first, scanOf(place, `seen:${first.id}`, { direction: 'out' })]
    const { body } = await as(stranger)('POST', '/scans', { scans })
    assert.deepEqual(
      body.refused.map(({ id, code }: any) => [id, code]).sort(),
      [
        [scans[0]!.id, 'request.throttled'],
        [scans[1]!.id, 'visit.seenUnknown'],
      ].sort(),
    )
  })

  scenario(
    'come by the thousand from guards of a place that has been at work, and from gates',
    async (as, t) => {
      t.now(NOW)
      const [market, fresh] = [await openPlace(as, hoa), await openPlace(as, stranger)]
      await as(hoa)('POST', `/places/${market}/guards`, { phone: tu.phone })
      await work(as, t, market)
      await as(stranger)('POST', '/scans', {
        scans: [1, 2, 3, 4, 5, 6, 7, 8].flatMap((day) =>
          numbers(25, day * 25).map((code) =>
            scanOf(fresh, code, { at: `2026-11-${20 - day}T03:00:00.000Z` }),
          ),
        ),
      })
      const day = { at: '2026-11-19T23:00:00.000Z' }
      const key = await gateKey(t, market)
      for (const [who, place, most] of [
        [stranger, fresh, 240],
        [tu, market, 1000],
        [key, market, 1000],
        // Who does not guard it learns nothing there, however many they send.
        [stranger, market, 0],
      ] as const) {
        t.now('2026-11-20T01:20:00.000Z')
        const told = await sender(as, who, place)(numbers(1000), day)
        const throttled = told.refused.filter(({ code }: any) => code === 'request.throttled').length
        assert.equal(told.accepted, most, who.name)
        if (place === fresh) assert.equal(throttled, 760, 'hours that somebody wrote make no history')
      }
      // Kept ones end, and what is live goes on.
      await t.sql`update throttles set count = 12000 where count between 700 and 2000`
      const send = sender(as, tu, market)
      assert.deepEqual(counts(await send(numbers(100, 5000), day)), [0, 100])
      assert.deepEqual(counts(await send(numbers(100, 6000), { at: '2026-11-20T01:20:00.000Z' })), [100, 0])
    },
  )
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
      rows.map(({ actorKind }) => actorKind),
      ['citizen', 'key'],
    )
    // Whoever came first has registered the one that both brought.
    assert.deepEqual(rows.map(({ people }) => Number(people)).sort(), [1, 2])
    const people = answers.map(({ body }) => body.results.map(({ person }: any) => person.id))
    assert.equal(people[0][1], people[1][0])
  })
})
