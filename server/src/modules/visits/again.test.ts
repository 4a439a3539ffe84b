import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Ask, rowOf, type Stage, scenario, services } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, stranger, tu, type Who } from '../../../test/people.ts'
import { roundsOf } from './again.ts'
import { keepScans } from './intake.ts'

const at = (time: string, day = '20') => `2026-11-${day}T${time}:00.000Z`
const SEEN = 10

/** Bà Hoa's bus, whose guests show codes that change every half minute. */
async function openBus(as: (who: Who) => Ask, t: Stage) {
  t.now(at('01:00'))
  const open = async (name: string) => {
    const details = { name, kind: 'restaurant', areaCode: NHA_TRANG, address: '1 Trần Phú', phone: hoa.phone }
    return (await as(hoa)('POST', '/places', details)).body.id as string
  }
  const place = await open('Xe 04')
  const codeOf = async (who: Who) => (await as(who)('GET', '/me/card')).body.text as string
  const shown = async (who: Who, time = at('01:00')) => {
    t.now(time)
    return { id: randomUUID(), placeId: place, at: time, direction: 'in', code: await codeOf(who) }
  }
  const again = (id: string, time: string, more: object = {}) => ({
    id: randomUUID(),
    placeId: place,
    at: at(time),
    direction: 'out',
    code: `seen:${id}`,
    ...more,
  })
  const send = async (...scans: object[]) => {
    const { status, body } = await as(hoa)('POST', '/scans', { scans })
    assert.equal(status, 200, JSON.stringify(body))
    return body.results.map(
      ({ id, outcome }: any) => body.refused.find((one: any) => one.id === id)?.code ?? outcome,
    )
  }
  const staysOf = async (who: Who) =>
    (await as(who)('GET', '/me/visits')).body.items.map((stay: any) => [
      stay.arrivedAt.slice(11, 16),
      stay.leftAt.slice(11, 16),
      stay.estimated,
    ])
  return { place, open, shown, again, send, staysOf }
}

/** Of somebody without a phone, printed half an hour later. */
async function cardOf(as: (who: Who) => Ask, t: Stage) {
  t.now(at('01:35'))
  const bearer = { name: 'Bà Tư', birthYear: 1950, areaCode: NHA_TRANG }
  const { id } = (await as(minh)('POST', '/people', bearer)).body
  return (await as(minh)('POST', `/people/${id}/paper-cards`)).body.text as string
}

scenario(
  'whoever brings new numbers is counted in one order, whether or not they name earlier scans',
  async (as, t) => {
    const owners = [hoa, stranger]
    t.now(at('01:00'))
    const places = await Promise.all(
      owners.map(async (who) => {
        const details = { name: 'Quán', kind: 'shop', areaCode: NHA_TRANG, address: '1', phone: who.phone }
        return (await as(who)('POST', '/places', details)).body.id as string
      }),
    )
    let numbers = 0
    const scan = (owner: number, code = `tel:09057712${10 + numbers++}`) => ({
      id: randomUUID(),
      placeId: places[owner]!,
      at: at('01:00'),
      direction: 'in',
      code,
      vouched: true,
    })
    const send = async (owner: number, ...scans: object[]) => {
      const { body } = await as(owners[owner]!)('POST', '/scans', { scans })
      assert.equal(body.accepted, scans.length, JSON.stringify(body))
    }
    const first = [scan(0), scan(1)]
    await send(0, first[0]!)
    await send(1, first[1]!)
    await t.sql`create temporary table counted (n serial, key bytea)`
    await t.sql`
    create function pg_temp.note() returns trigger language plpgsql as 'begin insert into counted (key) values (new.key); return new; end'`
    await t.sql`create trigger note before insert on throttles for each row execute function pg_temp.note()`
    const keys = owners.map((who) =>
      services.keys.blindIndex('throttle', `scan-new:${rowOf(who).id}`).toString('hex'),
    )
    const again = (owner: number) => scan(owner, `seen:${first[owner]!.id}`)
    /** In which order the two are counted who are written together, because they wait for a third request. */
    const order = async (naming: number) => {
      await t.sql`truncate counted`
      const counted = async () =>
        (await t.sql<{ key: string }[]>`select encode(key, 'hex') as key from counted order by n`).map(
          ({ key }) => keys.indexOf(key),
        )
      const third = Promise.withResolvers<{ scans: [] }>()
      const writing = keepScans({ ctx: t.ctx(), moments: [], read: () => third.promise })
      const sending = [0, 1].map((owner) =>
        send(owner, scan(owner), ...(owner === naming ? [again(owner)] : [])),
      )
      while ((await counted()).length < sending.length) await sleep(10)
      await sleep(100)
      third.resolve({ scans: [] })
      await Promise.all([writing, ...sending])
      return (await counted()).filter((owner) => owner >= 0)
    }
    assert.deepEqual(await order(0), await order(1))
  },
)

describe('the same person again', () => {
  scenario('a group goes out with one tap, though its codes have changed since', async (as, t) => {
    const { shown, again, send, staysOf } = await openBus(as, t)
    const [one, other] = [await shown(lan), await shown(tu)]
    assert.deepEqual(await send(one, other), ['accepted', 'accepted'])
    t.now(at('01:40'))
    const out = [again(one.id, '01:40'), again(other.id.toUpperCase(), '01:40')]
    assert.deepEqual(await send(...out), ['accepted', 'accepted'])
    assert.deepEqual(await send(...out), ['repeated', 'repeated'])
    for (const who of [lan, tu]) assert.deepEqual(await staysOf(who), [['01:00', '01:40', false]])
    const vias = await t.sql`select via from scans where direction = -1`
    assert.deepEqual(
      vias.map(({ via }) => via),
      [SEEN, SEEN],
    )
  })

  scenario('what was scanned without network comes in one body, in any order', async (as, t) => {
    const { shown, again, send, staysOf } = await openBus(as, t)
    const first = await shown(lan)
    const out = again(first.id, '01:30')
    const back = again(out.id, '01:50', { direction: 'in' })
    const off = again(first.id, '02:00')
    t.now(at('03:00'))
    assert.deepEqual(await send(off, back, { rotten: true }, out, first), [
      'accepted',
      'accepted',
      'request.invalid',
      'accepted',
      'accepted',
    ])
    assert.deepEqual(await staysOf(lan), [
      ['01:50', '02:00', false],
      ['01:00', '01:30', false],
    ])
  })

  scenario(
    'nobody is meant by a scan elsewhere, of the day before, later, refused or taken back',
    async (as, t) => {
      const { open, place, shown, again, send } = await openBus(as, t)
      const elsewhere = await open('Xe 05')
      const one = await shown(lan)
      const refused = { ...(await shown(tu)), code: 'LC1:AAAA' }
      assert.deepEqual(await send(one, refused), ['accepted', 'code.unknown'])
      t.now(at('01:20', '21'))
      const nobody = [
        again(one.id, '01:10', { placeId: elsewhere }),
        { ...again(one.id, '01:10'), at: at('01:01', '21') },
        again(one.id, '00:59'),
        again(refused.id, '01:10'),
        again(randomUUID(), '01:10'),
      ]
      assert.deepEqual(await send(...nobody), Array(5).fill('visit.seenUnknown'))
      assert.deepEqual(await send({ ...again(one.id, '01:10'), at: at('01:00', '21') }), ['accepted'])

      const slip = await shown(tu, at('02:00', '21'))
      assert.deepEqual(await send(slip), ['accepted'])
      await as(hoa)('POST', '/scans/undone', { scans: [{ id: slip.id, placeId: place }] })
      assert.deepEqual(await send({ ...again(slip.id, '02:01'), at: at('02:00', '21') }), [
        'visit.seenUnknown',
      ])
    },
  )

  scenario('who does not guard the place learns nothing by naming its scans', async (as, t) => {
    const { shown, again, send } = await openBus(as, t)
    const one = await shown(lan)
    await send(one)
    const { body } = await as(stranger)('POST', '/scans', { scans: [again(one.id, '01:00')] })
    assert.deepEqual([body.refused[0].code, body.results[0].person], ['place.unknown', null])
  })

  scenario('what somebody’s own phone sent is no scan of a gate', async (as, t) => {
    const { place, again, send } = await openBus(as, t)
    const { code: placeCode } = (await as(hoa)('GET', `/places/${place}`)).body
    const id = randomUUID()
    const visit = { placeCode, direction: 'in', at: at('01:00') }
    assert.equal((await as(lan)('PUT', `/visits/${id}`, visit)).status, 200)
    assert.deepEqual(await send(again(id, '01:00')), ['visit.seenUnknown'])
  })

  scenario('whoever was perhaps somebody else is so again', async (as, t) => {
    const { place, send, again } = await openBus(as, t)
    const card = '000190777777||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021'
    const scan = (code: string) => ({
      id: randomUUID(),
      placeId: place,
      at: at('01:00'),
      direction: 'in',
      code,
    })
    const odd = scan(card.replace('1990', '1991'))
    assert.deepEqual(await send(scan(card), odd), ['accepted', 'accepted'])
    assert.deepEqual(await send(again(odd.id, '01:00')), ['accepted'])
    const reasons = await t.sql`select direction, reason from set_aside_scans order by direction`
    assert.deepEqual(
      [...reasons],
      [
        { direction: -1, reason: 'mismatch' },
        { direction: 1, reason: 'mismatch' },
      ],
    )
  })

  scenario(
    'nor does a copied code count by naming its scan, or a card before it was printed',
    async (as, t) => {
      const { open, shown, again, send, staysOf } = await openBus(as, t)
      const one = await shown(lan)
      const thief = {
        ...one,
        id: randomUUID(),
        placeId: await open('Quán Lạ'),
        at: '2026-11-20T01:00:05.000Z',
      }
      const old = { ...one, id: randomUUID(), placeId: thief.placeId, code: await cardOf(as, t) }
      t.now(at('01:40'))
      assert.deepEqual(await send(one, thief, old), ['accepted', 'accepted', 'accepted'])
      const more = { placeId: thief.placeId, direction: 'in' }
      assert.deepEqual(await send(again(thief.id, '01:30', more), again(old.id, '01:30', more)), [
        'accepted',
        'accepted',
      ])
      const aside = await t.sql`select reason, count(*)::int from set_aside_scans group by 1 order by 1`
      assert.deepEqual(
        [...aside],
        [
          { reason: 'beforeIssue', count: 2 },
          { reason: 'copied', count: 2 },
        ],
      )
      assert.equal((await staysOf(lan)).length, 1)
    },
  )

  test('rounds: what is named comes first, circles come last, and nothing is left out', () => {
    const idOf = (n: number) => `00000000-0000-7000-9000-${String(n + 1).padStart(12, '0')}`
    const ids = ['a', 'b', 'c', 'd'].map((letter) => `00000000-0000-7000-9000-00000000000${letter}`)
    const [a, b, c, d] = ids as [string, string, string, string]
    const of = (...scans: [id: string, seen?: string][]) =>
      roundsOf(scans.map(([id, seen]) => ({ id, code: seen ? `seen:${seen}` : 'tel:0905000101' })))
    assert.deepEqual(of([a], [b]), [[0, 1]])
    assert.deepEqual(of([c, b], [b, a], [a], [d]), [[2, 3], [1], [0]])
    assert.deepEqual(of([a, a], [b, c], [c, b], [d]), [[3], [0, 1, 2]])
    assert.deepEqual(roundsOf([null, 'x', { id: 1 }, { code: 5 }]), [[0, 1, 2, 3]])
    assert.deepEqual(roundsOf([]), [[]])
    const chain = Array.from({ length: 1000 }, (_, n) => ({ id: idOf(n), code: `seen:${idOf(n - 1)}` }))
    const rounds = roundsOf(chain.toReversed())
    assert.equal(rounds.length, 4)
    assert.equal(rounds.flat().length, 1000)
  })
})
