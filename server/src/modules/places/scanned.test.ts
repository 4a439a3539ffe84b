import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, nobody, tu } from '../../../test/people.ts'
import { findScannedPlace } from './index.ts'
import { newPlaceCode } from './rules.ts'

const register = async (ask: Ask) =>
  (
    await ask('POST', '/places', {
      name: 'Chợ Đầm',
      kind: 'market',
      areaCode: NHA_TRANG,
      address: 'Số 1 đường Bến Chợ',
      phone: hoa.phone,
    })
  ).body

/** Why a scan is not taken; null: it is. */
const scan = async (t: Stage, text: string, at?: Date) => {
  const { place, refusal } = await findScannedPlace(t.ctx(), text, at)
  assert.equal(place.name, 'Chợ Đầm')
  return refusal?.code ?? null
}
const other = (character: string | undefined) => (character === 'A' ? 'B' : 'A')

describe('a poster', () => {
  scenario('is good in every print until Hoa withdraws it; what people type always works', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const first = await register(as(hoa))
    assert.equal(await scan(t, first.checkInUrl), null)
    assert.equal(await scan(t, first.checkInUrl.toLowerCase().replace('localhost:3000', 'old.example')), null)
    assert.equal(await scan(t, `${first.checkInUrl}&go#main`), null)
    const path = `/places/${first.id}/posters`
    assert.deepEqual((await as(hoa)('GET', path)).body.items, [
      { version: 1, issuedAt: '2026-11-20T01:00:00.000Z', withdrawnAt: null },
    ])

    t.now('2026-11-21T01:00:00Z')
    const made = await as(hoa)('POST', path)
    assert.deepEqual([made.status, made.body.version], [201, 2])
    const { checkInUrl } = (await as(hoa)('GET', `/places/${first.id}`)).body
    assert.equal(await scan(t, checkInUrl), null)
    assert.equal(await scan(t, first.checkInUrl), 'place.posterWithdrawn')
    for (const typed of [first.code, ` ${first.code.slice(0, 4)}-${first.code.slice(4)} `.toLowerCase()])
      assert.equal(await scan(t, typed), null)
    assert.equal(await scan(t, `https://lachan.example/c/${first.code}`), null)
    t.now('2026-11-22T01:00:00Z')
    await as(minh)('POST', path)
    assert.deepEqual((await as(hoa)('GET', path)).body.items, [
      { version: 3, issuedAt: '2026-11-22T01:00:00.000Z', withdrawnAt: null },
      { version: 2, issuedAt: '2026-11-21T01:00:00.000Z', withdrawnAt: '2026-11-22T01:00:00.000Z' },
      { version: 1, issuedAt: '2026-11-20T01:00:00.000Z', withdrawnAt: '2026-11-21T01:00:00.000Z' },
    ])
    assert.equal(await scan(t, checkInUrl), 'place.posterWithdrawn')
    // What counts is when it was scanned, not when a phone without a network sends it.
    assert.equal(await scan(t, first.checkInUrl, new Date('2026-11-21T00:59:59Z')), null)
    assert.equal(await scan(t, first.checkInUrl, new Date('2026-11-21T01:00:00Z')), 'place.posterWithdrawn')
    assert.equal(await scan(t, checkInUrl, new Date('2026-11-21T23:00:00Z')), null)
    assert.equal((await as(tu)('POST', path)).status, 404)
  })

  scenario('that hangs no more takes the visits of before, and what it took is known', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const place = await register(as(hoa))
    const visit = async (id: string, at: string, placeCode: string = place.checkInUrl) => {
      const { status, body } = await as(lan)('PUT', `/visits/${id}`, { placeCode, direction: 'in', at })
      return status === 200 ? (body.repeated ? 'repeated' : 'accepted') : body.code
    }
    const [early, ahead] = [randomUUID(), randomUUID()]
    // The clock of this phone is four minutes ahead.
    assert.equal(await visit(ahead, '2026-11-20T01:04:00Z'), 'accepted')
    t.now('2026-11-20T01:01:00Z')
    await as(hoa)('POST', `/places/${place.id}/posters`)
    t.now('2026-11-20T01:05:00Z')
    assert.equal(await visit(ahead, '2026-11-20T01:04:00Z'), 'repeated')
    assert.equal(await visit(early, '2026-11-20T01:00:30Z'), 'accepted')
    assert.equal(await visit(early, '2026-11-20T01:00:30Z'), 'repeated')
    assert.equal(await visit(randomUUID(), '2026-11-20T01:04:00Z'), 'place.posterWithdrawn')
    assert.equal(await visit(early, '2026-11-20T01:04:00Z'), 'visit.idTaken')
    assert.deepEqual([...(await t.sql`select count(*)::int from scans`)], [{ count: 2 }])
  })

  scenario('that somebody made up is none, and the page that it opens says so', async (as, t) => {
    const place = await register(as(hoa))
    const elsewhere = (
      await as(lan)('POST', '/places', {
        name: 'Quán',
        kind: 'shop',
        areaCode: NHA_TRANG,
        address: 'Số 2',
        phone: lan.phone,
      })
    ).body
    const marked = (p: string) => `http://localhost:3000/c/${place.code}?p=${encodeURIComponent(p)}`
    const right: string = place.checkInUrl.split('?p=')[1]
    const borrowed: string = elsewhere.checkInUrl.split('?p=')[1]
    for (const forged of [
      borrowed,
      right.slice(0, -1),
      right.slice(0, -1) + other(right.at(-1)),
      right.replace('1.', '2.'),
      right.replace('1.', '01.'),
      right.replace('1.', '-1.'),
      `${right}0`,
      '1.',
      '',
      '999999999999.AAAAAAAA',
      '1.ÅÅÅÅ',
    ])
      assert.equal(await scan(t, marked(forged)), 'place.posterWithdrawn', forged)

    const open = (code: string, query = '') =>
      as(nobody)('GET', `/public/places/${encodeURIComponent(code)}${query}`)
    assert.equal((await open(place.code, `?p=${right}`)).status, 200)
    assert.equal((await open(place.checkInUrl)).status, 200)
    const answer = await open(place.code, `?p=${borrowed}`)
    assert.deepEqual([answer.status, answer.body.code], [422, 'place.posterWithdrawn'])
    assert.equal((await open(place.code, `?p=${'9'.repeat(41)}`)).body.code, 'request.invalid')
    assert.equal((await open(place.code)).status, 200)
  })
})

describe('a screen at the door', () => {
  scenario('shows another code every half minute; a photograph of it is soon of no use', async (as, t) => {
    t.now('2026-11-20T01:00:10Z')
    const place = await register(as(hoa))
    await as(hoa)('POST', `/places/${place.id}/guards`, { phone: tu.phone })
    const shown = async () => (await as(tu)('GET', `/places/${place.id}/screen-code`)).body
    const { text, refreshAfterSeconds, name, code } = await shown()
    assert.deepEqual([refreshAfterSeconds, name, code], [30, 'Chợ Đầm', place.code])
    assert.equal(await scan(t, text), null)
    t.now('2026-11-20T01:00:29Z')
    assert.equal((await shown()).text, text)
    t.now('2026-11-20T01:00:30Z')
    assert.notEqual((await shown()).text, text)
    t.now('2026-11-20T01:02:00Z')
    assert.equal(await scan(t, text), null)
    t.now('2026-11-20T01:02:01Z')
    assert.equal(await scan(t, text), 'place.screenCodeOld')
    // Sent late from a phone without a network: what counts is when it was scanned.
    assert.equal(await scan(t, text, new Date('2026-11-20T01:00:40Z')), null)
    assert.equal(await scan(t, text, new Date('2026-11-20T00:50:00Z')), 'place.screenCodeOld')
    assert.equal(await scan(t, place.code), null)
    const answer = await as(nobody)('GET', `/public/places/${encodeURIComponent(text)}`)
    assert.equal(answer.body.code, 'place.screenCodeOld')
  })

  scenario('is not made up either', async (as, t) => {
    t.now('2026-11-20T01:00:10Z')
    const place = await register(as(hoa))
    const { text } = (await as(hoa)('GET', `/places/${place.id}/screen-code`)).body
    const [address, mark] = text.split('?s=')
    const [step, signature] = mark.split('.')
    const later = (Number.parseInt(step, 36) + 1).toString(36)
    for (const forged of [
      `${later}.${signature}`,
      `${step}.${signature.slice(0, -1)}${other(signature.at(-1))}`,
      `${step}.`,
      `.${signature}`,
      place.checkInUrl.split('?p=')[1],
      '',
      'zzzzzzzzzzzz.AAAAAAAA',
    ])
      assert.equal(await scan(t, `${address}?s=${encodeURIComponent(forged)}`), 'place.screenCodeOld', forged)
    // One good mark does not carry a bad one.
    assert.equal(await scan(t, `${text}&p=1.AAAAAAAA`), 'place.posterWithdrawn')
    assert.equal((await as(lan)('GET', `/places/${place.id}/screen-code`)).status, 404)
  })
})

describe('guessing', () => {
  const guess = async (ask: Ask, times: number) => {
    const answers = new Map<number, number>()
    for (let guess = 0; guess < times; guess++) {
      const { status } = await ask('GET', `/public/places/${newPlaceCode()}`)
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
    return Object.fromEntries(answers)
  }

  scenario('a thousand short codes ends soon, also for the one that is right', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const place = await register(as(hoa))
    const open = async (code: string) => (await as(nobody)('GET', `/public/places/${code}`)).status
    for (let look = 0; look < 100; look++) assert.equal(await open(place.code), 200)
    assert.deepEqual(await guess(as(nobody), 1000), { 404: 60, 429: 940 })
    const refused = await as(nobody)('GET', `/public/places/${place.code}`)
    assert.deepEqual([refused.status, refused.body.retryAfter], [429, 3600])
    // Slips are told apart by the check character and cost nothing.
    t.now('2026-11-20T02:00:00Z')
    const slip = place.code.slice(0, 7) + other(place.code.at(-1))
    for (let typo = 0; typo < 100; typo++) assert.equal(await open(slip), 422)
    assert.equal(await open(place.code), 200)
  })

  scenario('shuts no poster and no screen for the thousands behind the same address', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const place = await register(as(hoa))
    const screen = (await as(hoa)('GET', `/places/${place.id}/screen-code`)).body.text
    await guess(as(nobody), 700)
    const open = async (ask: Ask, text: string, query = '') => {
      const { status, body } = await ask('GET', `/public/places/${encodeURIComponent(text)}${query}`)
      return status === 200 ? 'open' : body.code
    }
    const [p, s] = [place.checkInUrl.split('?p=')[1], screen.split('?s=')[1]]
    for (const [text, query] of [
      [place.checkInUrl],
      [place.code, `?p=${p}`],
      [screen],
      [place.code, `?s=${s}`],
    ] as const)
      assert.equal(await open(as(nobody), text, query), 'open', text)
    // One that was made up opens nothing; one of ours that was withdrawn says so.
    const forged = p.slice(0, -1) + other(p.at(-1))
    assert.equal(await open(as(nobody), place.code, `?p=${forged}`), 'request.tooMany')
    await as(hoa)('POST', `/places/${place.id}/posters`)
    assert.equal(await open(as(nobody), place.checkInUrl), 'place.posterWithdrawn')
    for (const who of [lan, minh]) assert.equal(await open(as(who), place.code), 'open')
    const visit = { placeCode: place.code, direction: 'in', at: '2026-11-20T01:00:00Z' }
    assert.equal((await as(lan)('PUT', `/visits/${randomUUID()}`, visit)).status, 200)
  })

  scenario('a thousand at once are no more than one after the other', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const place = await register(as(hoa))
    const codes = [...Array.from({ length: 900 }, newPlaceCode), place.code, place.code]
    const visit = (placeCode: string) => ({ placeCode, direction: 'in', at: '2026-11-20T01:00:00Z' })
    const [looks, visits] = await Promise.all([
      Promise.all(codes.map((code) => as(nobody)('GET', `/public/places/${code}`))),
      Promise.all(codes.map((code) => as(lan)('PUT', `/visits/${randomUUID()}`, visit(code)))),
    ])
    const count = (answers: { status: number }[]) =>
      [200, 404, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length)
    assert.deepEqual(
      [count(looks), count(visits)],
      [
        [0, 60, 842],
        [0, 60, 842],
      ],
    )
  })

  scenario('by who is signed in ends as soon, for them and for nobody beside them', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const place = await register(as(hoa))
    const checkIn = (who: typeof lan, placeCode: string) =>
      as(who)('PUT', `/visits/${randomUUID()}`, { placeCode, direction: 'in', at: '2026-11-20T01:00:00Z' })
    const answers = new Map<string, number>()
    for (let guess = 0; guess < 50; guess++) {
      const { status, body } = await checkIn(lan, newPlaceCode())
      answers.set(`${status} ${body.code}`, (answers.get(`${status} ${body.code}`) ?? 0) + 1)
    }
    assert.deepEqual(Object.fromEntries(answers), { '404 place.unknown': 50 })
    // Looking and checking in are counted together.
    assert.deepEqual(await guess(as(lan), 50), { 404: 10, 429: 40 })
    const refused = await checkIn(lan, place.code)
    assert.deepEqual([refused.status, refused.body.retryAfter], [429, 3600])
    assert.equal((await checkIn(lan, place.checkInUrl)).status, 200, 'what a poster says is no guess')
    assert.equal((await checkIn(tu, place.code)).status, 200)
    assert.equal((await as(nobody)('GET', `/public/places/${place.code}`)).status, 200)
    t.now('2026-11-20T02:00:00Z')
    assert.equal((await checkIn(lan, place.code)).status, 200)
  })
})
