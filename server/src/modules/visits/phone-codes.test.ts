import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, nobody, stranger, tu, type Who } from '../../../test/people.ts'
import { CLEAN } from '../../platform/clean.ts'

const at = (time: string) => `2026-11-20T${time}:00.000Z`
const NUMBER = '0905 123 777'

/** Anh Tú stands at Bà Hoa's door; somebody whom nobody knows says their number. */
async function standAtDoor(as: (who: Who) => Ask, t: Stage) {
  t.now(at('01:00'))
  const open = async (name: string) => {
    const details = { name, kind: 'restaurant', areaCode: NHA_TRANG, address: '1 Trần Phú', phone: hoa.phone }
    const { id } = (await as(hoa)('POST', '/places', details)).body as { id: string }
    await as(hoa)('POST', `/places/${id}/guards`, { phone: tu.phone })
    return id
  }
  const place = await open('Quán Bà Hoa')
  const codeIn = async () => /\b\d{6}\b/.exec((await t.outbox())[0]!.text)![0]
  const request = (who: Who = tu, phone = NUMBER, to = place) =>
    as(who)('POST', `/places/${to}/phone-codes`, { phone })
  const confirm = (sent: object, who: Who = tu, to = place) =>
    as(who)('POST', `/places/${to}/phone-confirmations`, sent)
  const scan = async (id: string, more: object = {}) => {
    const one = {
      id,
      placeId: place,
      at: at('01:00'),
      direction: 'in',
      code: `tel:${NUMBER}`,
      confirmed: true,
    }
    const { body } = await as(tu)('POST', '/scans', { scans: [{ ...one, ...more }] })
    return body.refused[0]?.code ?? body.results[0].outcome
  }
  /** Up to where the code was right. */
  const bring = async (phone = NUMBER) => {
    const id = (await request(tu, phone)).body.challengeId as string
    assert.equal((await confirm({ challengeId: id, code: await codeIn() })).status, 204)
    return id
  }
  const kept = async () => [...(await t.sql`select id, via from scans`)]
  return { place, open, codeIn, request, confirm, scan, bring, kept }
}
const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const CONFIRMED = 9

describe('a typed number is confirmed by a code', () => {
  scenario('the person reads it out, and the scan says that the number is confirmed', async (as, t) => {
    const { request, confirm, codeIn, scan, kept } = await standAtDoor(as, t)
    const asked = await request()
    assert.equal(asked.status, 202)
    assert.equal(asked.body.resendAfterSeconds, 30)
    const [sms] = await t.outbox()
    assert.equal(sms!.to, '+84905123777')
    assert.doesNotMatch(sms!.text, /Quán/, 'who registers a place does not write messages to strangers')
    const { challengeId: id } = asked.body
    assert.equal(await scan(id), 'phoneCode.unconfirmed', 'before the code was read out')
    const answer = await confirm({ challengeId: id, code: await codeIn() })
    assert.deepEqual([answer.status, answer.body], [204, undefined])
    assert.equal(await scan(id), 'accepted')
    assert.equal(await scan(id), 'repeated')
    assert.deepEqual(await kept(), [{ id, via: CONFIRMED }])
    // Whoever signs in with the number later finds the visit.
    const { challengeId } = (await as(nobody)('POST', '/phone-codes', { phone: NUMBER })).body
    const session = await as(nobody)('POST', '/phone-sessions', { challengeId, code: await codeIn() })
    const own = await as({ kind: 'key', name: '', token: session.body.token })('GET', '/me/visits')
    assert.equal(own.body.items.length, 1)
  })

  scenario('wrong, used, expired and unknown codes are each refused by name', async (as, t) => {
    const { request, confirm, codeIn, scan, kept } = await standAtDoor(as, t)
    const told = async (sent: object) => (await confirm(sent)).body?.code
    const { challengeId } = (await request()).body
    const code = await codeIn()
    assert.equal(await told({ challengeId, code: wrongFor(code) }), 'phoneCode.wrong')
    assert.equal(await told({ challengeId, code }), undefined)
    assert.equal(await told({ challengeId, code }), 'phoneCode.used')
    const late = (await request()).body.challengeId
    const lateCode = await codeIn()
    t.now(at('01:06'))
    assert.equal(await told({ challengeId: late, code: lateCode }), 'phoneCode.expired')
    assert.equal(await told({ challengeId: randomUUID(), code }), 'phoneCode.unknown')
    assert.equal(await scan(late, { at: at('01:06') }), 'phoneCode.unconfirmed')
    assert.deepEqual(await kept(), [])
  })

  scenario('a confirmation is for one scan: of that number, at that place, at that time', async (as, t) => {
    const { bring, open, scan, kept } = await standAtDoor(as, t)
    const elsewhere = await open('Quán Khác')
    const id = await bring()
    for (const more of [
      { id: randomUUID() },
      { code: 'tel:0905123778' },
      { placeId: elsewhere },
      { at: '2026-11-19T23:00:00.000Z' },
    ])
      assert.equal(await scan(id, more), 'phoneCode.unconfirmed', JSON.stringify(more))
    assert.deepEqual(await kept(), [])
    assert.equal(await scan(id), 'accepted')
    assert.equal(await scan(id, { at: '2026-11-20T01:00:01.000Z' }), 'visit.idTaken')
    assert.equal((await kept()).length, 1)
  })

  scenario('a scan that comes a month late is confirmed still', async (as, t) => {
    const { bring, request, scan } = await standAtDoor(as, t)
    const id = await bring()
    await request()
    const count = async (time: string) => {
      t.now(time)
      await t.ctx().addJob(CLEAN, {})
      await t.runJobs()
      return (await t.sql`select count(*)::int as n from phone_challenges`)[0]!.n
    }
    assert.equal(await count('2026-12-20T01:00:00Z'), 1)
    assert.equal(await scan(id), 'accepted')
    assert.equal(await count('2026-12-23T01:00:00Z'), 0)
  })

  scenario('it is good at the gate alone, and a code that signs in is none for gates', async (as, t) => {
    const { request, confirm, codeIn, open } = await standAtDoor(as, t)
    const elsewhere = await open('Quán Khác')
    const atGate = { challengeId: (await request()).body.challengeId, code: await codeIn() }
    const signIn = await as(nobody)('POST', '/phone-sessions', atGate)
    assert.deepEqual([signIn.status, signIn.body.code], [404, 'phoneCode.unknown'])
    assert.equal((await confirm(atGate, tu, elsewhere)).body.code, 'phoneCode.unknown')
    const { challengeId } = (await as(nobody)('POST', '/phone-codes', { phone: NUMBER })).body
    const toSignIn = { challengeId, code: await codeIn() }
    assert.equal((await confirm(toSignIn)).body.code, 'phoneCode.unknown')
    assert.equal((await as(nobody)('POST', '/phone-sessions', toSignIn)).status, 201, 'still good for it')
    assert.equal((await confirm(atGate)).status, 204)
  })

  scenario('a guard learns nothing of who exists, and others nothing of the gate', async (as, t) => {
    const { request, confirm, codeIn } = await standAtDoor(as, t)
    const [known, unknown] = [await request(tu, lan.phone), await request(tu, '0905123779')]
    assert.deepEqual(
      [known, unknown].map(({ status, body }) => [status, Object.keys(body).sort(), body.expiresAt]),
      Array(2).fill([202, ['challengeId', 'expiresAt', 'resendAfterSeconds'], at('01:05')]),
    )
    const sent = { challengeId: unknown.body.challengeId, code: await codeIn() }
    for (const who of [stranger, lan]) {
      assert.equal((await request(who)).status, 404)
      assert.equal((await confirm(sent, who)).status, 404)
    }
    assert.equal((await request(minh)).status, 403)
    assert.equal((await request(nobody)).status, 401)
    assert.equal((await confirm(sent)).status, 204)
  })

  scenario('five wrong codes end it, a number and a guard have their pace', async (as, t) => {
    const { request, confirm, codeIn } = await standAtDoor(as, t)
    const { challengeId } = (await request()).body
    const code = await codeIn()
    for (let n = 0; n < 5; n++)
      assert.equal((await confirm({ challengeId, code: wrongFor(code) })).body.code, 'phoneCode.wrong')
    assert.equal((await confirm({ challengeId, code })).body.code, 'phoneCode.tooManyAttempts')
    // Asking to sign in and asking at a gate are one pace, or a number would be rung up by both.
    for (let n = 0; n < 3; n++) assert.equal((await request()).status, 202)
    for (let n = 0; n < 2; n++)
      assert.equal((await as(nobody)('POST', '/phone-codes', { phone: NUMBER })).status, 202)
    assert.deepEqual((await request()).body.code, 'request.tooMany')
    const numbers = Array.from({ length: 56 }, (_, n) => `09051230${String(n + 10)}`)
    for (const [n, phone] of numbers.entries())
      assert.equal((await request(tu, phone)).status, n < 55 ? 202 : 429, phone)
    assert.equal((await request(hoa, '0905123999')).status, 202, 'another guard has a pace of their own')
  })
})
