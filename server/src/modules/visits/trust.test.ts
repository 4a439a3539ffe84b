import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { describe, test } from 'node:test'
import { makePhoneCode } from '@lachan/contract/codes.ts'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, stranger, tu, type Who } from '../../../test/people.ts'
import { readStaysOfCase, reasonsOf } from '../../../test/reasons.ts'
import { weigh, weighAll } from './rules.ts'

/** Whoever knows a number can type it at a place of their own: what that does to the person, and what it tells. */

type As = (who: Who) => Ask

const MINUTE = 60_000
const NOW = Date.parse('2026-11-20T03:00:00Z')
const iso = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString()

const TOWNS = {
  haNoi: { lat: 21.03, lon: 105.85 },
  nhaTrang: { lat: 12.24, lon: 109.19 },
  canTho: { lat: 10.03, lon: 105.78 },
}
const { haNoi, nhaTrang } = TOWNS

async function openPlace(as: As, owner: Who & { phone: string }, name: string, point: object) {
  const place = { name, kind: 'shop', areaCode: NHA_TRANG, address: '1', phone: owner.phone, ...point }
  const { status, body } = await as(owner)('POST', '/places', place)
  assert.equal(status, 201, JSON.stringify(body))
  return body as { id: string; code: string }
}

const cardOf = async (as: As, who: Who) => (await as(who)('GET', '/me/card')).body.text as string
const typed = (who: { phone: string }) => ({ code: `tel:${who.phone}`, vouched: true })

function scanOf(placeId: string, minutes: number, shown: object, direction = 'in') {
  return { id: randomUUID() as string, placeId, at: iso(minutes), direction, ...shown }
}
async function send(as: As, who: Who, ...scans: object[]) {
  const { status, body } = await as(who)('POST', '/scans', { scans })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.refused, [])
  return body.results
}
const staysOf = async (as: As, who: Who) =>
  (await as(who)('GET', '/me/visits')).body.items.map((stay: any) => [stay.place.name, stay.arrivedAt])

describe('who is believed', () => {
  scenario('a typed number takes nobody’s true stay away, though it came first', async (as, t) => {
    t.now(iso(0))
    const market = await openPlace(as, hoa, 'Chợ Đầm', nhaTrang)
    const own = await openPlace(as, stranger, 'Quán Lạ', haNoi)
    const made = scanOf(own.id, -1, typed(lan))
    await send(as, stranger, made)
    const shown = scanOf(market.id, 0, { code: await cardOf(as, lan) })
    await send(as, hoa, shown)
    assert.deepEqual(await reasonsOf(t, [shown.id]), [null])
    t.now(iso(1))
    const visit = { placeCode: market.code, direction: 'in', at: iso(1) }
    assert.ok((await as(lan)('PUT', `/visits/${randomUUID()}`, visit)).body.stay)
    await t.runJobs()
    assert.deepEqual(await reasonsOf(t, [made.id, shown.id]), ['travel', null])
    assert.deepEqual(await staysOf(as, lan), [['Chợ Đầm', iso(0)]])
    const [audit] = await t.sql`select subject_id, details from audit_log where action = 'scan.setAside'`
    assert.deepEqual([audit!.subjectId, audit!.details], [own.id, { scans: 1, reason: 'travel' }])
    // Nor when it comes afterwards, for whatever moment.
    t.now(iso(600))
    const later = [-120, -1, 5, 240].map((minutes) => scanOf(own.id, minutes, typed(lan)))
    await send(as, stranger, ...later)
    await t.runJobs()
    assert.deepEqual(
      await reasonsOf(
        t,
        later.map(({ id }) => id),
      ),
      Array(4).fill('travel'),
    )
    assert.deepEqual(await staysOf(as, lan), [['Chợ Đầm', iso(0)]])
  })

  scenario('of whoever has no phone to show, a number typed elsewhere takes nothing away', async (as, t) => {
    t.now(iso(0))
    const market = await openPlace(as, hoa, 'Chợ Đầm', nhaTrang)
    const own = await openPlace(as, stranger, 'Quán Lạ', haNoi)
    const scans = [scanOf(own.id, -5, typed(tu)), scanOf(market.id, 0, typed(tu))] as const
    await send(as, stranger, scans[0])
    await send(as, hoa, scans[1])
    await t.runJobs()
    assert.deepEqual(await reasonsOf(t, [scans[0].id, scans[1].id]), [null, null])
  })

  scenario('nor does a number typed next door end a stay, as going there would', async (as, t) => {
    t.now(iso(0))
    const market = await openPlace(as, hoa, 'Chợ Đầm', nhaTrang)
    const [own, next] = [
      await openPlace(as, stranger, 'Quán Lạ', nhaTrang),
      await openPlace(as, hoa, 'Nhà thuốc', nhaTrang),
    ]
    await send(as, hoa, scanOf(market.id, 0, { code: await cardOf(as, lan) }))
    const ends = async () =>
      (await as(lan)('GET', '/me/visits')).body.items
        .filter(({ place }: any) => place.name === 'Chợ Đầm')
        .map(({ leftAt }: any) => leftAt)
    const usual = await ends()
    t.now(iso(20))
    await send(as, stranger, scanOf(own.id, 1, typed(lan)), scanOf(own.id, 2, typed(lan), 'out'))
    assert.deepEqual(await ends(), usual)
    await send(as, hoa, scanOf(next.id, 20, { code: await cardOf(as, lan) }))
    assert.deepEqual(await ends(), [iso(20)])
    // Of whoever is known by their number alone, the next number ends it.
    await send(as, hoa, scanOf(market.id, 5, typed(tu)), scanOf(next.id, 15, typed(tu)))
    const stays = (await as(tu)('GET', '/me/visits')).body.items
    assert.deepEqual(
      stays.map(({ leftAt }: any) => leftAt === iso(15)),
      [false, true],
    )
  })

  scenario('and a true exit is one, whatever was typed elsewhere in between', async (as, t) => {
    t.now(iso(0))
    const market = await openPlace(as, hoa, 'Chợ Đầm', nhaTrang)
    const own = await openPlace(as, stranger, 'Quán Lạ', nhaTrang)
    const shown = async (minutes: number, direction: string) => {
      t.now(iso(minutes))
      const [told] = await send(
        as,
        hoa,
        scanOf(market.id, minutes, { code: await cardOf(as, lan) }, direction),
      )
      return [told.direction, told.alreadyInside]
    }
    assert.deepEqual(await shown(0, 'auto'), ['in', false])
    await send(as, stranger, scanOf(own.id, -1, typed(lan)), scanOf(own.id, 0, typed(lan), 'auto'))
    t.now(iso(10))
    await send(as, stranger, scanOf(own.id, 10, typed(lan)))
    assert.deepEqual(await shown(15, 'in'), ['in', true])
    assert.deepEqual(await shown(20, 'auto'), ['out', true])
    const stays = (await as(lan)('GET', '/me/visits')).body.items
    assert.deepEqual(
      stays
        .filter(({ place }: any) => place.name === 'Chợ Đầm')
        .map(({ arrivedAt, leftAt, estimated }: any) => [arrivedAt, leftAt, estimated]),
      [[iso(0), iso(20), false]],
    )
  })

  scenario(
    'what was set aside counts again when the scan that spoke against it is taken back',
    async (as, t) => {
      t.now(iso(0))
      const market = await openPlace(as, hoa, 'Chợ Đầm', nhaTrang)
      const far = await openPlace(as, stranger, 'Quán Lạ', haNoi)
      const before = scanOf(market.id, -1, typed(lan))
      await send(as, hoa, before)
      const slip = scanOf(far.id, 0, { code: await cardOf(as, lan) })
      await send(as, stranger, slip)
      await t.runJobs()
      const reasons = () => reasonsOf(t, [before.id, slip.id])
      assert.deepEqual(await reasons(), ['travel', null])
      assert.deepEqual(await staysOf(as, lan), [['Quán Lạ', iso(0)]])
      await as(stranger)('POST', '/scans/undone', { scans: [{ id: slip.id, placeId: slip.placeId }] })
      await t.runJobs()
      assert.deepEqual(await reasons(), [null, 'takenBack'])
      assert.deepEqual(await staysOf(as, lan), [['Chợ Đầm', iso(-1)]])
      const audit = await t.sql`select action, details from audit_log where action = 'scan.countAgain'`
      assert.deepEqual([...audit], [{ action: 'scan.countAgain', details: { scans: 1 } }])
    },
  )

  scenario('of two codes that were made afterwards the first to come', async (as, t) => {
    t.now(iso(0))
    const [here, far] = [
      await openPlace(as, hoa, 'Chợ Đầm', nhaTrang),
      await openPlace(as, hoa, 'Chợ Đồng Xuân', haNoi),
    ]
    const code = await cardOf(as, lan)
    const scans = [scanOf(here.id, -60, { code }), scanOf(far.id, -30, { code })]
    await send(as, hoa, ...scans)
    assert.deepEqual(
      await reasonsOf(
        t,
        scans.map(({ id }) => id),
      ),
      [null, 'travel'],
    )
  })

  scenario('who shows what their phone makes anew, not who has a picture of their card', async (as, t) => {
    t.now(iso(-2 * 24 * 60))
    const market = await openPlace(as, hoa, 'Chợ Đầm', nhaTrang)
    const own = await openPlace(as, stranger, 'Quán Lạ', haNoi)
    const personId = (await as(lan)('GET', '/me')).body.person.id
    await as(lan)('POST', '/people', {
      name: 'Trần Thị Lan',
      birthYear: 1990,
      areaCode: NHA_TRANG,
      relation: 'self',
    })
    const paper = (await as(minh)('POST', `/people/${personId}/paper-cards`)).body.text
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    t.now(iso(0))
    const device = {
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64'),
    }
    const { certificates } = (await as(lan)('POST', '/me/devices', device)).body
    const fresh = await makePhoneCode(
      Buffer.from(certificates[0].certificate, 'base64'),
      new Date(NOW),
      async (body) => sign(null, body, privateKey),
    )
    const [picture, other] = [scanOf(own.id, -5, { code: paper }), scanOf(own.id, -3, { code: paper })]
    await send(as, stranger, picture, other)
    const shown = scanOf(market.id, 0, { code: fresh })
    await send(as, hoa, shown)
    await t.runJobs()
    assert.deepEqual(await reasonsOf(t, [picture.id, other.id, shown.id]), ['travel', 'travel', null])
    assert.deepEqual(await staysOf(as, lan), [['Chợ Đầm', iso(0)]])
  })

  test('of two that contradict each other the weaker, or the later to come; what is made up weighs nothing', () => {
    const places = new Map([haNoi, nhaTrang].map((point, n) => [n, point]))
    const of = (placeId: number, trust: number, at = 0) => ({ placeId, at, trust, step: null })
    assert.deepEqual(weigh(of(0, 0), [of(1, 0)], places), { doubt: null, outweighs: false })
    assert.deepEqual(weigh(of(0, 0), [of(1, 1)], places), { doubt: 'travel', outweighs: false })
    assert.deepEqual(weigh(of(0, 1), [of(1, 1)], places), { doubt: 'travel', outweighs: false })
    assert.deepEqual(weigh(of(0, 1), [of(1, 0)], places), { doubt: null, outweighs: true })
    assert.deepEqual(weigh(of(0, 1), [of(1, 0), of(1, 3)], places), { doubt: 'travel', outweighs: false })
    assert.deepEqual(weigh(of(0, 1), [of(0, 3), of(1, 3, 23 * 60 * MINUTE)], places), {
      doubt: null,
      outweighs: false,
    })
    // Whoever is outweighed outweighs nobody.
    const [weak, middle, strong] = [of(0, 0), of(1, 1), of(0, 3)]
    const told = (scans: ReturnType<typeof of>[]) =>
      weighAll(scans, places).flatMap(({ scan, doubt }) => (doubt ? [[scan, doubt]] : []))
    assert.deepEqual(told([weak, middle, strong]), [[middle, 'travel']])
  })
})

describe('where somebody is', () => {
  /** All that a stranger with a place in each town is told of a number that they type there. */
  async function ask(as: As, t: Stage, who: Who & { phone: string }, at: object, wasSeen = true) {
    t.now(iso(-60))
    const here = await openPlace(as, hoa, `Chợ của ${who.name}`, at)
    const code = await cardOf(as, who)
    if (wasSeen) await send(as, hoa, scanOf(here.id, -60, { code }))
    const own: string[] = []
    for (const [name, point] of Object.entries(TOWNS))
      own.push((await openPlace(as, stranger, `Quán ${name} ${who.phone}`, point)).id)
    const told: unknown[] = []
    const sent: { id: string; placeId: string }[] = []
    const type = async (minutes: number, direction: string) => {
      t.now(iso(minutes))
      const scans = own.map((placeId, n) => scanOf(placeId, minutes - n / 60, typed(who), direction))
      sent.push(...scans.map(({ id, placeId }) => ({ id, placeId })))
      for (const { id, person, ...answer } of await send(as, stranger, ...scans)) told.push(answer)
      // Sent again, and read from the screens.
      for (const { id, person, ...answer } of await send(as, stranger, ...scans)) told.push(answer)
      for (const placeId of own) {
        const { items, here, ...counts } = (await as(stranger)('GET', `/places/${placeId}/today`)).body
        const { inside } = (await as(stranger)('GET', `/places/${placeId}/gate`)).body
        told.push({ inside, counts, here: here.map(({ since }: any) => since) })
        told.push(items.map(({ person, ...item }: any) => item))
      }
    }
    await type(0, 'in')
    await type(5, 'auto')
    await type(10, 'in')
    await type(15, 'out')
    await type(20, 'in')
    // The person goes on, in their own town.
    t.now(iso(25))
    const next = await openPlace(as, hoa, `Nhà thuốc của ${who.name}`, at)
    await send(as, hoa, scanOf(next.id, 25, { code: await cardOf(as, who) }))
    await type(30, 'auto')
    return { told, sent }
  }

  scenario('nobody learns by typing a number at places of their own', async (as, t) => {
    const one = await ask(as, t, lan, haNoi)
    const other = await ask(as, t, tu, nhaTrang)
    const reasons = await reasonsOf(
      t,
      [...one.sent, ...other.sent].map(({ id }) => id),
    )
    // In one town of three they may be.
    assert.equal(reasons.filter((reason) => reason === 'travel').length, 24)
    assert.deepEqual(one.told, other.told)
    assert.ok(!JSON.stringify(one.told).includes('setAside'))
    const nowhere = await ask(as, t, hoa, nhaTrang, false)
    assert.deepEqual(nowhere.told, one.told, 'nor whether they were scanned before')
  })

  scenario('nor when they go on, whatever the one place that asks is told', async (as, t) => {
    /** All that one place is told of a number that is typed there every few minutes, while its person goes on or stays. */
    async function watch(who: Who & { phone: string }, from: number, goesOn: boolean) {
      const at = (minutes: number) => from + minutes
      t.now(iso(at(0)))
      const market = await openPlace(as, hoa, `Chợ của ${who.name}`, nhaTrang)
      const next = await openPlace(as, hoa, `Nhà thuốc của ${who.name}`, nhaTrang)
      const own = await openPlace(as, stranger, `Quán ${who.phone}`, nhaTrang)
      await send(as, hoa, scanOf(market.id, at(0), { code: await cardOf(as, who) }))
      const told: unknown[] = []
      let isIn = 0
      const look = async () => {
        const { items, here, ...counts } = (await as(stranger)('GET', `/places/${own.id}/today`)).body
        const { inside } = (await as(stranger)('GET', `/places/${own.id}/gate`)).body
        isIn = inside
        told.push({
          inside,
          counts,
          here: here.map(({ since }: any) => Date.parse(since) - NOW - from * MINUTE),
        })
        told.push(items.map(({ direction }: any) => direction))
      }
      const type = async (minutes: number, direction: string) => {
        t.now(iso(at(minutes)))
        for (const { id, person, decision, ...answer } of await send(
          as,
          stranger,
          scanOf(own.id, at(minutes), typed(who), direction),
        ))
          told.push(answer)
        await look()
      }
      await type(1, 'in')
      await type(3, 'in')
      if (goesOn) {
        t.now(iso(at(5)))
        await send(as, hoa, scanOf(next.id, at(5), { code: await cardOf(as, who) }))
        await t.runJobs()
      }
      t.now(iso(at(6)))
      await look()
      for (const [n, direction] of ['in', 'auto', 'auto', 'out', 'auto'].entries())
        await type(7 + n, direction)
      return { told, inside: isIn }
    }
    const stays = await watch(tu, 0, false)
    assert.deepEqual(await watch(lan, 20, true), stays)
    assert.equal(stays.inside, 1)
  })

  scenario('nor by a clock that is ahead', async (as, t) => {
    async function tell(who: Who & { phone: string }, isAway: boolean) {
      t.now(iso(0))
      const own = await openPlace(as, stranger, `Quán ${who.phone}`, haNoi)
      const market = await openPlace(as, hoa, `Chợ của ${who.name}`, nhaTrang)
      if (isAway) await send(as, hoa, scanOf(market.id, 0, { code: await cardOf(as, who) }))
      await send(as, stranger, scanOf(own.id, 0, typed(who)), scanOf(own.id, 4, typed(who), 'out'))
      const { items, here, ...counts } = (await as(stranger)('GET', `/places/${own.id}/today`)).body
      return [counts, here.length, (await as(stranger)('GET', `/places/${own.id}/gate`)).body.inside]
    }
    assert.deepEqual(await tell(lan, true), await tell(tu, false))
  })

  scenario('nor in a crowd that comes by night', async (as, t) => {
    const night = -9 * 60
    t.now(iso(night))
    const open = async (who: Who & { phone: string }, kind: string, point: object) => {
      const place = { name: kind, kind, areaCode: NHA_TRANG, address: '1', phone: who.phone, ...point }
      return (await as(who)('POST', '/places', place)).body.id as string
    }
    const [own, ward] = [await open(stranger, 'office', haNoi), await open(hoa, 'hospital', nhaTrang)]
    const shown = scanOf(ward, night, { code: await cardOf(as, lan) })
    await send(as, hoa, shown)
    const first = [lan, tu].map((who) => scanOf(own, night, typed(who)))
    await send(as, stranger, ...first)
    const ids = first.map(({ id }) => id)
    assert.deepEqual(await reasonsOf(t, ids), ['travel', null])
    const others = Array.from({ length: 24 }, (_, n) => typed({ phone: `09057713${10 + n}` }))
    await send(as, stranger, ...others.map((one) => scanOf(own, night, one)))
    await t.runJobs()
    assert.deepEqual(await reasonsOf(t, ids), ['closedHours', 'closedHours'])
    // And they stay of the crowd when nothing from elsewhere speaks against them any more.
    await as(hoa)('POST', '/scans/undone', { scans: [{ id: shown.id, placeId: ward }] })
    await t.runJobs()
    assert.deepEqual(await reasonsOf(t, ids), ['closedHours', 'closedHours'])
  })

  scenario('and what they typed stays for the tracer, though they take it back', async (as, t) => {
    const { sent } = await ask(as, t, lan, nhaTrang)
    const { body } = await as(stranger)('POST', '/scans/undone', { scans: sent.slice(-3) })
    assert.equal(body.undone.length, 3)
    const { setAside } = await readStaysOfCase(as)
    const back = setAside.filter(({ reason }: any) => reason === 'takenBack')
    assert.deepEqual(
      back.map(({ place, at }: any) => [place.name, at]).sort(),
      Object.keys(TOWNS)
        .map((name, n) => [`Quán ${name} ${lan.phone}`, iso(30 - n / 60)])
        .sort(),
    )
    assert.equal(setAside.filter(({ reason }: any) => reason === 'travel').length, 10)
  })
})
