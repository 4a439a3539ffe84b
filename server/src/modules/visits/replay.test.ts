import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, minh, NHA_TRANG, stranger, type Who } from '../../../test/people.ts'
import { readStaysAndAside, reasonsOf } from '../../../test/reasons.ts'
import { holderOfPhone } from '../people/index.ts'
import { CROWD_ON_PHONE, crowdsAt } from './rules.ts'

/**
 * What attackers did to others (a fob photographed at a till gave a whole history; a hundred visitors were made up for a
 * zoo at night), done to us. Each story says how many people the attacker links to a place before it is noticed.
 */

type As = (who: Who) => Ask

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = Date.parse('2026-11-20T01:00:00Z')
/** Two o'clock at night. */
const NIGHT = Date.parse('2026-11-20T19:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()
const [BURST, NIGHTFUL] = crowdsAt({ kind: 'tourism', hours: null })

const TOWNS = {
  nhaTrang: { lat: 12.24, lon: 109.19 },
  haNoi: { lat: 21.03, lon: 105.85 },
}

async function openPlace(as: As, owner: Who & { phone: string }, name: string, more: object = {}) {
  const place = {
    name,
    kind: 'market',
    areaCode: NHA_TRANG,
    address: '1 Trần Phú',
    phone: owner.phone,
    ...more,
  }
  const { status, body } = await as(owner)('POST', '/places', place)
  assert.equal(status, 201, JSON.stringify(body))
  return body as { id: string; code: string }
}

/** Somebody with a paper card since the day before, and what a photograph of it says. */
async function giveCard(as: As, t: Stage, name: string) {
  const now = t.time
  t.now(iso(DAY - 24 * HOUR))
  const { body } = await as(minh)('POST', '/people', { name, birthYear: 1950, areaCode: NHA_TRANG })
  const card = await as(minh)('POST', `/people/${body.id}/paper-cards`)
  t.now(now)
  return { personId: body.id as string, cardId: card.body.id as string, code: card.body.text as string }
}

const scanOf = (placeId: string, code: string, at: number, more: object = {}) => ({
  id: randomUUID(),
  placeId,
  code,
  direction: 'in',
  at: iso(at),
  ...more,
})
async function send(as: As, who: Who, scans: readonly object[]) {
  const { status, body } = await as(who)('POST', '/scans', { scans })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const asideIn = (results: any[]) => results.map(({ setAside }) => setAside ?? null)

/** How many people are linked to the place, once the jobs have run. */
async function linkedTo(t: Stage, placeId: string) {
  await t.runJobs()
  const [row] = await t.sql`
    select count(distinct person_id)::int as linked from (
      select place_id, person_id from visits union all select place_id, person_id from open_stays) as stay
    join places p on p.id = place_id where p.public_id = ${placeId}`
  return row!.linked as number
}

/** Accounts of one attacker, each with a number of its own. */
async function signUp(t: Stage, count: number): Promise<Who[]> {
  const accounts: Who[] = []
  for (let n = 0; n < count; n++) {
    const { id } = await holderOfPhone(t.ctx(), `+84905600${String(n).padStart(3, '0')}`)
    const token = randomBytes(16).toString('base64url')
    const tokenHash = createHash('sha256').update(token).digest()
    await t.sql`insert into sessions ${t.sql({
      tokenHash,
      holderId: id,
      createdAt: t.time,
      expiresAt: new Date('2199-01-01'),
    })}`
    accounts.push({ kind: 'key', name: `account ${n}`, token })
  }
  return accounts
}
const checkIn = async (as: As, who: Who, placeCode: string, at: number, more: object = {}) =>
  (await as(who)('PUT', `/visits/${randomUUID()}`, { placeCode, direction: 'in', at: iso(at), ...more })).body

describe('a photographed badge', () => {
  scenario('used in two towns on one day: what is too far from its bearer counts nowhere', async (as, t) => {
    t.now(iso(DAY + 12 * HOUR))
    const market = await openPlace(as, hoa, 'Chợ Đầm', TOWNS.nhaTrang)
    const far = await openPlace(as, stranger, 'Chợ Đồng Xuân', TOWNS.haNoi)
    const { personId, code } = await giveCard(as, t, 'Bà Tư')
    // She goes to the market every three hours; the thief scans the photograph in between, every twenty minutes.
    for (let hour = 0; hour < 12; hour += 3) await send(as, hoa, [scanOf(market.id, code, DAY + hour * HOUR)])
    const moments = Array.from({ length: 30 }, (_, n) => DAY + 10 * MINUTE + n * 20 * MINUTE)
    const replayed = moments.map((at) => scanOf(far.id, code, at))
    const told = await send(as, stranger, replayed)
    assert.deepEqual(asideIn(told.results), Array(30).fill(null), 'the thief does not learn of it')
    const ids = replayed.map(({ id }) => id)
    assert.deepEqual(await reasonsOf(t, ids), Array(30).fill('travel'))
    assert.deepEqual([await linkedTo(t, market.id), await linkedTo(t, far.id)], [1, 0])
    // Nothing of it is lost to the tracer.
    const made = await as(minh)('POST', '/cases', { personId, diseaseId: 'covid-19', onsetOn: '2026-11-20' })
    const body = await readStaysAndAside(as, made.body.id)
    assert.deepEqual(new Set(body.items.map(({ place }: any) => place.name)), new Set(['Chợ Đầm']))
    assert.deepEqual(
      body.setAside.map(({ at, reason }: any) => [at, reason]),
      moments.map((at) => [iso(at), 'travel']),
    )
  })

  scenario(
    'in the same town counts until its bearer is asked, and no more once it is revoked',
    async (as, t) => {
      t.now(iso(DAY + HOUR))
      const market = await openPlace(as, hoa, 'Chợ Đầm', TOWNS.nhaTrang)
      const near = await openPlace(as, stranger, 'Quán Lạ', TOWNS.nhaTrang)
      const { code, cardId } = await giveCard(as, t, 'Bà Tư')
      await send(as, hoa, [scanOf(market.id, code, DAY)])
      const replay = async (at: number, more: object = {}) => {
        const scan = scanOf(near.id, code, at, more)
        const { refused } = await send(as, stranger, [scan])
        return refused[0]?.code ?? (await reasonsOf(t, [scan.id]))[0]
      }
      assert.equal(await replay(DAY + 5_000), 'copied', 'nobody is at two doors')
      assert.equal(
        await replay(DAY + MINUTE, { given: { birthYear: 1988 } }),
        'mismatch',
        'who is asked does not know',
      )
      assert.equal(await linkedTo(t, near.id), 0)
      assert.equal(await replay(DAY + 30 * MINUTE), null, 'she may have walked there')
      assert.equal(await linkedTo(t, near.id), 1)
      await as(minh)('DELETE', `/paper-cards/${cardId}`)
      t.now(iso(DAY + 2 * HOUR))
      assert.equal(await replay(DAY + 2 * HOUR), 'code.revoked')
    },
  )

  scenario('and a thousand visits: the photograph links none of them to its bearer', async (as, t) => {
    t.now(iso(DAY + 12 * HOUR))
    const markets: { id: string; code: string }[] = []
    for (const name of ['Chợ Đầm', 'Chợ Xóm Mới', 'Chợ Phương Sài', 'Chợ Vĩnh Hải'])
      markets.push(await openPlace(as, hoa, name, TOWNS.nhaTrang))
    const people = []
    for (let n = 0; n < 20; n++) people.push(await giveCard(as, t, `Người Thứ ${n}`))
    const visitors = people.slice(0, 10)
    const visits = Array.from({ length: 1000 }, (_, n) =>
      scanOf(markets[n % 4]!.id, visitors[n % 10]!.code, DAY - 40 * HOUR + n * 2 * MINUTE, {
        direction: n % 20 < 10 ? 'in' : 'out',
      }),
    )
    assert.equal((await send(as, hoa, visits)).accepted, 1000)

    // The thief has photographed all twenty cards, has a place of their own, and asks whatever there is to ask.
    const own = await openPlace(as, stranger, 'Quán Lạ', TOWNS.nhaTrang)
    const now = DAY + 11 * HOUR
    const told = await send(
      as,
      stranger,
      people.map(({ code }) => scanOf(own.id, code, now)),
    )
    const ask = async (path: string) => {
      const { status, body } = await as(stranger)('GET', path)
      return { status, body }
    }
    const learnt: unknown[] = [
      told,
      await ask(`/places/${own.id}/today`),
      await ask(`/places/${own.id}/gate`),
    ]
    for (const { personId } of people)
      for (const path of [
        `/me/visits?personId=${personId}`,
        `/me/status?personId=${personId}`,
        `/me/card?personId=${personId}`,
        `/people/${personId}/paper-card`,
      ])
        learnt.push(await ask(path))
    for (const { id } of markets) {
      learnt.push(await ask(`/places/${id}/today`), await ask(`/places/${id}/gate`))
      learnt.push(
        (await as(stranger)('POST', '/scans/undone', { scans: [{ id: visits[0]!.id, placeId: id }] })).body,
      )
    }
    const everything = JSON.stringify(learnt)
    for (const secret of [...markets.map(({ code }) => code), 'Chợ', ...visits.map(({ at }) => at)])
      assert.ok(!everything.includes(secret), secret)

    // Who has a hundred visits and who has none are answered alike: the best guess is chance.
    const answerOf = (n: number) => {
      const { id, person, ...rest } = told.results[n]
      return { ...rest, person: Object.keys(person), year: person.birthYear }
    }
    for (const n of people.keys()) assert.deepEqual(answerOf(n), answerOf(visitors.length), `person ${n}`)
  })
})

describe('a photographed poster', () => {
  scenario('used far away by phones that say where they are: nobody is linked', async (as, t) => {
    t.now(iso(DAY))
    const market = await openPlace(as, hoa, 'Chợ Đầm', TOWNS.nhaTrang)
    const told = []
    for (const account of await signUp(t, 30))
      told.push(await checkIn(as, account, market.code, DAY, { metresAway: 50_000 }))
    assert.deepEqual(asideIn(told), Array(30).fill('farAway'))
    assert.equal(await linkedTo(t, market.id), 0)
  })

  scenario('by phones that do not, which were seen elsewhere: neither', async (as, t) => {
    t.now(iso(DAY + HOUR))
    const market = await openPlace(as, hoa, 'Chợ Đầm', TOWNS.nhaTrang)
    const far = await openPlace(as, hoa, 'Chợ Đồng Xuân', TOWNS.haNoi)
    const told = []
    for (const account of await signUp(t, 10)) {
      await checkIn(as, account, far.code, DAY)
      told.push(await checkIn(as, account, market.code, DAY + HOUR))
    }
    assert.deepEqual(asideIn(told), Array(10).fill('travel'))
    assert.equal(await linkedTo(t, market.id), 0)
  })

  scenario('of a screen is soon of no use: nobody is linked', async (as, t) => {
    t.now(iso(DAY))
    const market = await openPlace(as, hoa, 'Chợ Đầm')
    const { text: screen } = (await as(hoa)('GET', `/places/${market.id}/screen-code`)).body
    const [account] = await signUp(t, 1)
    assert.ok((await checkIn(as, account!, screen, DAY)).stay)
    t.now(iso(DAY + 30 * MINUTE))
    assert.equal((await checkIn(as, account!, screen, DAY + 30 * MINUTE)).code, 'place.screenCodeOld')
  })
})

describe('made-up visitors', () => {
  scenario(
    'of a zoo at two in the morning, by a hundred accounts in five minutes: nobody is linked',
    async (as, t) => {
      t.now(iso(NIGHT + 5 * MINUTE))
      const zoo = await openPlace(as, hoa, 'Vườn thú', { kind: 'tourism' })
      const accounts = await signUp(t, 100)
      const told = []
      for (const [n, account] of accounts.entries())
        told.push(await checkIn(as, account, zoo.code, NIGHT + n * 3000))
      // It is noticed with the next after the crowd's number; these go as well.
      assert.deepEqual(asideIn(told), [...Array(BURST!.most).fill(null), ...Array(80).fill('closedHours')])
      assert.equal(await linkedTo(t, zoo.id), 0)
      const inside = (await as(hoa)('GET', `/places/${zoo.id}/today`)).body.inside
      assert.equal(inside, 0, 'and the place is not punished for it')
    },
  )

  scenario(
    'who come no faster than those who clean are not noticed: so many in ten minutes',
    async (as, t) => {
      t.now(iso(NIGHT + 30 * MINUTE))
      const zoo = await openPlace(as, hoa, 'Vườn thú', { kind: 'tourism' })
      const accounts = await signUp(t, 2 * BURST!.most + 1)
      const every = (10 * MINUTE) / BURST!.most
      for (const [n, account] of accounts.slice(0, -1).entries())
        await checkIn(as, account, zoo.code, NIGHT + n * every)
      assert.equal(await linkedTo(t, zoo.id), 2 * BURST!.most)
      // One more between them, and the ten minutes around it go.
      await checkIn(as, accounts.at(-1)!, zoo.code, NIGHT + BURST!.most * every + 1000)
      assert.equal(await linkedTo(t, zoo.id), 1)
    },
  )

  scenario('of a zoo all night long, one every three minutes: nobody is linked', async (as, t) => {
    t.now(iso(NIGHT - 2 * HOUR))
    const zoo = await openPlace(as, hoa, 'Vườn thú', { kind: 'tourism' })
    const told = []
    for (const [n, account] of (await signUp(t, 100)).entries()) {
      t.now(iso(NIGHT - 2 * HOUR + n * 3 * MINUTE))
      told.push(await checkIn(as, account, zoo.code, t.time.getTime()))
    }
    const { most } = NIGHTFUL!
    assert.deepEqual(asideIn(told), [...Array(most).fill(null), ...Array(100 - most).fill('closedHours')])
    assert.equal(await linkedTo(t, zoo.id), 0)
  })

  for (const [how, every] of [
    ['', 0],
    [' that takes its time', HOUR],
  ] as const)
    scenario(`by one phone${how}: as many as a family, or none`, async (as, t) => {
      t.now(iso(DAY))
      const market = await openPlace(as, hoa, 'Chợ Đầm')
      const ids: string[] = []
      for (let n = 0; n <= CROWD_ON_PHONE; n++) {
        const person = { name: `Người ${n}`, birthYear: 1990, areaCode: NHA_TRANG, relation: 'other' }
        if (n === 0) await as(stranger)('POST', '/people', { ...person, relation: 'self' })
        ids.push((await as(stranger)('POST', '/people', person)).body.id)
      }
      const told = []
      for (const [n, personId] of ids.entries()) {
        t.now(iso(DAY + n * every))
        if (n === CROWD_ON_PHONE) assert.equal(await linkedTo(t, market.id), CROWD_ON_PHONE)
        told.push(await checkIn(as, stranger, market.code, DAY + n * every, { personId }))
      }
      assert.deepEqual(asideIn(told), [...Array(CROWD_ON_PHONE).fill(null), 'crowd'])
      assert.equal(await linkedTo(t, market.id), 0)
    })
})
