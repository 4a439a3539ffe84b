import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { describe } from 'node:test'
import { makeCertificate, makePhoneCode, makeServerCode, readCertificate } from '@lachan/contract/codes.ts'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, NHA_TRANG, tu, type Who } from '../../../test/people.ts'
import { reasonsOf } from '../../../test/reasons.ts'
import { serverPublicKeys } from '../people/devices.ts'

type As = (who: Who) => Ask

const NOW = Date.parse('2026-11-20T03:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const iso = (ms: number) => new Date(ms).toISOString()

async function openPlace(as: As, name = 'Chợ Đầm') {
  const place = {
    name,
    kind: 'market',
    areaCode: NHA_TRANG,
    address: '1 Bến Chợ',
    phone: hoa.phone,
  }
  return (await as(hoa)('POST', '/places', place)).body.id as string
}

const addGate = async (as: As, placeId: string, name: string) =>
  (await as(hoa)('POST', `/places/${placeId}/gates`, { name, direction: 'both' })).body.code as string
const cardOf = async (as: As, who: Who) => (await as(who)('GET', '/me/card')).body.text as string
/** As it was shown then. */
async function cardThen(as: As, t: Stage, who: Who, ms: number) {
  const now = t.time
  t.now(iso(ms))
  const card = await cardOf(as, who)
  t.now(now)
  return card
}
const send = async (as: As, scans: readonly object[]) => {
  const { status, body } = await as(hoa)('POST', '/scans', { scans })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const kept = (t: Stage) => t.sql<{ at: Date; skewSeconds: number | null; direction: number }[]>`
  select at, skew_seconds, direction from scans order by at, id`

describe('a clock that is wrong', () => {
  scenario('is put right by the gate: two hours ahead or behind, leaping back, in 2070', async (as, t) => {
    t.now(iso(NOW))
    const placeId = await openPlace(as)
    const scan = async (minutes: number, direction: 'in' | 'out', skewSeconds: number) => ({
      id: randomUUID(),
      placeId,
      code: await cardThen(as, t, lan, NOW - minutes * MINUTE),
      direction,
      at: iso(NOW - minutes * MINUTE),
      skewSeconds,
    })
    const in2070 = Math.round((Date.parse('2070-01-01T00:00:00Z') - NOW) / 1000)
    // As the gate's clock told them the exits came before the entries.
    const scans = [
      await scan(50, 'in', 7200),
      await scan(40, 'out', -7200),
      await scan(30, 'in', in2070),
      await scan(20, 'out', -10_800),
    ]
    const { accepted } = await send(as, scans.toReversed())
    assert.equal(accepted, 4)
    assert.deepEqual(
      [...(await kept(t))].map(({ at, skewSeconds }) => [NOW - at.getTime(), skewSeconds]),
      [
        [50 * MINUTE, 7200],
        [40 * MINUTE, -7200],
        [30 * MINUTE, in2070],
        [20 * MINUTE, -10_800],
      ],
    )
    const { items } = (await as(lan)('GET', '/me/visits')).body
    assert.deepEqual(
      items.map((item: any) => [
        NOW - Date.parse(item.arrivedAt),
        NOW - Date.parse(item.leftAt),
        item.estimated,
      ]),
      [
        [30 * MINUTE, 20 * MINUTE, false],
        [50 * MINUTE, 40 * MINUTE, false],
      ],
    )
  })

  scenario('and is not put right is refused by name, and what is right beside it stands', async (as, t) => {
    t.now(iso(NOW))
    const placeId = await openPlace(as)
    const code = await cardOf(as, lan)
    const moments = [
      [NOW + 2 * HOUR, 'visit.fromTheFuture'],
      [Date.parse('2070-01-01T00:00:00Z'), 'visit.fromTheFuture'],
      [Date.parse('1970-01-01T00:00:00Z'), 'visit.tooOld'],
      [NOW - 40 * 24 * HOUR, 'visit.tooOld'],
      [NOW - 2 * HOUR, null],
      [NOW, null],
    ] as const
    const { refused, accepted } = await send(
      as,
      moments.map(([at]) => ({ id: randomUUID(), placeId, code, direction: 'in', at: iso(at) })),
    )
    assert.deepEqual(
      refused.map((one: any) => one.code),
      moments.flatMap(([, reason]) => reason ?? []),
    )
    assert.deepEqual([accepted, (await kept(t)).length], [2, 2])
  })
})

describe('a body of scans', () => {
  const bodyOf = (placeId: string, cards: readonly string[], count: number) =>
    Array.from({ length: count }, (_, n) => ({
      id: randomUUID(),
      placeId,
      code: cards[n % 2] ?? '',
      direction: Math.floor(n / 2) % 2 ? 'out' : 'in',
      at: iso(NOW - (count - n) * MINUTE),
    }))

  scenario('that comes three times, shuffled, counts once', async (as, t) => {
    t.now(iso(NOW))
    const placeId = await openPlace(as)
    const scans = bodyOf(placeId, [], 60)
    for (const [n, scan] of scans.entries())
      scan.code = await cardThen(as, t, n % 2 ? tu : lan, Date.parse(scan.at))
    // Strides that share no factor with 60 go through all, each in another order.
    const shuffled = (stride: number) => scans.map((_, n) => scans[(n * stride + 11) % scans.length]!)
    const stays = async () =>
      (await t.sql`select * from visits order by person_id, arrived_at`).map((row) => ({ ...row }))
    const first = await send(as, shuffled(37))
    assert.deepEqual([first.accepted, first.repeated, first.refused], [60, 0, []])
    const before = await stays()
    // Whoever comes in goes out two minutes later.
    assert.deepEqual(
      before.map(({ leftAt, arrivedAt }) => leftAt - arrivedAt),
      Array(30).fill(2 * MINUTE),
    )
    for (const stride of [7, 23, 59]) {
      const again = await send(as, shuffled(stride))
      assert.deepEqual([again.accepted, again.repeated, again.refused], [0, 60, []])
    }
    assert.equal((await kept(t)).length, 60)
    assert.deepEqual(await stays(), before)
  })

  scenario('with one rotten row keeps the other 999', async (as, t) => {
    t.now(iso(NOW))
    const placeId = await openPlace(as)
    const cards = [await cardOf(as, lan), await cardOf(as, tu)]
    for (const [at, rotten, reason] of [
      [0, { code: 'nonsense' }, 'code.unknown'],
      [499, { at: 'yesterday' }, 'request.invalid'],
      [999, { direction: null }, 'request.invalid'],
    ] as const) {
      await t.sql`delete from scans`
      await t.sql`delete from visits`
      await t.sql`delete from open_stays`
      const scans = bodyOf(placeId, cards, 1000)
      const sent = scans.map((scan, n) => (n === at ? { ...scan, ...rotten } : scan))
      const { accepted, refused } = await send(as, sent)
      assert.equal(accepted, 999)
      assert.deepEqual(
        refused.map(({ id, code }: any) => [id, code]),
        [[scans[at]!.id, reason]],
      )
      assert.equal((await kept(t)).length, 999)
    }
  })
})

const newKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32) }
}
const signing = (key: KeyObject) => async (body: Uint8Array) => sign(null, body, key)
/** As our server signs, but with a key that is not ours. */
const posing = (id: number, signature: (body: Uint8Array) => Uint8Array) => (body: Uint8Array) =>
  Buffer.concat([Buffer.of(id), signature(body)])

scenario('a code that somebody made up, changed or kept is refused with its reason', async (as, t) => {
  t.now(iso(NOW))
  const placeId = await openPlace(as)
  const [phone, thief] = [newKey(), newKey()]
  const { certificates } = (
    await as(lan)('POST', '/me/devices', { publicKey: phone.publicKey.toString('base64') })
  ).body
  const certificate = Buffer.from(certificates[0].certificate, 'base64')
  const said = readCertificate(certificate)!
  const [ours] = serverPublicKeys(t.ctx().services.keys)
  const right = await makePhoneCode(certificate, new Date(NOW), signing(phone.privateKey))
  const own = await cardOf(as, lan)

  /** Lan's certificate with the thief's key in it, and a code by that key: all is whole but who signed. */
  const forged = (signer: (body: Uint8Array) => Uint8Array) =>
    makePhoneCode(
      makeCertificate({ ...said, publicKey: thief.publicKey }, signer),
      new Date(NOW),
      signing(thief.privateKey),
    )
  const byThief = (body: Uint8Array) => sign(null, body, thief.privateKey)
  /** What a verifier would take that lets the sender choose: the public key as the secret of an HMAC, or nothing. */
  const byHmac = (body: Uint8Array) =>
    createHmac('sha512', Buffer.from(ours!.publicKey, 'base64')).update(body).digest()
  const byNobody = () => Buffer.alloc(64)
  const jwt = [{ alg: 'none' }, { sub: said.personId }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

  const shown: [what: string, code: string, reason: string | null][] = [
    ['a code of the phone', right, null],
    ['forged: a certificate by the thief', await forged(posing(ours!.id, byThief)), 'code.altered'],
    [
      'forged under a key that we do not have',
      await forged(posing(ours!.id + 1, byThief)),
      'code.keyUnknown',
    ],
    [
      'a server code by the thief',
      makeServerCode({ ...said, issuedAt: new Date(NOW) }, posing(ours!.id, byThief)),
      'code.altered',
    ],
    [
      'signed again by another phone',
      await makePhoneCode(certificate, new Date(NOW), signing(thief.privateKey)),
      'code.altered',
    ],
    ['signed by HMAC with our public key', await forged(posing(ours!.id, byHmac)), 'code.altered'],
    ['signed by nobody', await forged(posing(ours!.id, byNobody)), 'code.altered'],
    ['a token that says that it needs no signature', `${jwt}.`, 'code.unknown'],
    [
      'kept for a minute and a second',
      await makePhoneCode(certificate, new Date(NOW - MINUTE - 1000), signing(phone.privateKey)),
      'code.expired',
    ],
    [
      'made for later',
      await makePhoneCode(certificate, new Date(NOW + 6000), signing(phone.privateKey)),
      'code.notYetValid',
    ],
    ['of which the end is missing', right.slice(0, -9), 'code.altered'],
    ['of which only the beginning is there', right.slice(0, 40), 'code.unknown'],
    [
      'one digit is another',
      `${own.slice(0, -7)}${(Number(own.at(-7)) + 1) % 10}${own.slice(-6)}`,
      'code.altered',
    ],
  ]
  const { refused, results } = await send(
    as,
    shown.map(([, code]) => ({ id: randomUUID(), placeId, code, direction: 'in', at: iso(NOW) })),
  )
  const reasons = [...refused]
  assert.deepEqual(
    results.map(({ outcome }: any, n: number) => [
      shown[n]![0],
      outcome === 'refused' ? reasons.shift().code : null,
    ]),
    shown.map(([what, , reason]) => [what, reason]),
  )
  assert.ok(refused.every(({ title }: any) => title.length > 10))
  assert.equal((await kept(t)).length, 1)
})

describe('a code that is shown at two places', () => {
  const scanAt = (placeId: string, code: string, seconds: number) => ({
    id: randomUUID(),
    placeId,
    code,
    direction: 'in',
    at: iso(NOW + seconds * 1000),
  })
  const asideOf = async (as: As, t: Stage, scans: readonly { id: string }[]) => {
    const { results } = await send(as, scans)
    const reasons = await reasonsOf(
      t,
      scans.map(({ id }) => id),
    )
    return results.map(({ outcome }: any, n: number) => [outcome, reasons[n]])
  }

  scenario('at once is a copy: nobody is at two doors', async (as, t) => {
    t.now(iso(NOW))
    const [here, there] = [await openPlace(as), await openPlace(as, 'Chợ Xóm Mới')]
    const card = await cardOf(as, lan)
    const scans = [scanAt(here, card, 0), scanAt(there, card, 4)]
    assert.deepEqual(await asideOf(as, t, scans), [
      ['accepted', null],
      ['accepted', 'copied'],
    ])
    // Told again, it is told the same; and who walks to the door next to it is believed.
    assert.deepEqual(await asideOf(as, t, scans), [
      ['repeated', null],
      ['repeated', 'copied'],
    ])
    t.now(iso(NOW + MINUTE))
    assert.deepEqual(await asideOf(as, t, [scanAt(there, await cardOf(as, lan), 60)]), [['accepted', null]])
  })

  scenario('of an old phone is a picture where its bearer had the time to load another', async (as, t) => {
    t.now(iso(NOW))
    const [here, there] = [await openPlace(as), await openPlace(as, 'Chợ Xóm Mới')]
    const card = await cardOf(as, lan)
    t.now(iso(NOW + MINUTE))
    // In the next half minute of the clock, but with the same text.
    assert.deepEqual(await asideOf(as, t, [scanAt(here, card, 1), scanAt(there, card, 55)]), [
      ['accepted', null],
      ['accepted', 'copied'],
    ])
  })

  scenario('at two entrances of one place: the guard of the second is told', async (as, t) => {
    t.now(iso(NOW))
    const here = await openPlace(as)
    const [one, other, third] = await Promise.all(
      ['Cửa trước', 'Cửa sau', 'Cửa bên'].map((name) => addGate(as, here, name)),
    )
    const card = await cardOf(as, lan)
    t.now(iso(NOW + MINUTE))
    const told = async (...scans: object[]) =>
      (await send(as, scans)).results.map(({ sameCode, setAside }: any) => sameCode ?? setAside ?? null)
    const at = (gate: string | undefined, seconds: number, more: object = {}) => ({
      ...scanAt(here, card, seconds),
      gate,
      ...more,
    })
    assert.deepEqual(await told(at(one, 1), at(one, 3)), [null, null], 'a guard who scans twice')
    const second = at(other, 20)
    assert.deepEqual(await told(second), [true])
    assert.deepEqual(await told(at(other, 25, { direction: 'out' })), [null])
    // The order in which two devices send changes nothing: who comes to know of both is told.
    assert.deepEqual(await told(at(third, 0)), [true])
    const renewed = { ...at(one, 50), code: await cardOf(as, lan) }
    assert.deepEqual(await told(renewed), [null])
  })

  scenario('after the phone has made a new one is a picture of it', async (as, t) => {
    const [here, there] = [await openPlace(as), await openPlace(as, 'Chợ Xóm Mới')]
    const phone = newKey()
    const { certificates } = (
      await as(lan)('POST', '/me/devices', { publicKey: phone.publicKey.toString('base64') })
    ).body
    const certificate = Buffer.from(certificates[0].certificate, 'base64')
    const codeAt = (seconds: number) =>
      makePhoneCode(certificate, new Date(NOW + seconds * 1000), signing(phone.privateKey))
    t.now(iso(NOW + MINUTE))
    const [first, next] = [await codeAt(0), await codeAt(30)]
    assert.deepEqual(
      await asideOf(as, t, [scanAt(here, first, 2), scanAt(there, first, 45), scanAt(there, next, 50)]),
      [
        ['accepted', null],
        ['accepted', 'copied'],
        ['accepted', null],
      ],
    )
  })
})
