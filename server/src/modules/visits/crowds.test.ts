import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, type Who } from '../../../test/people.ts'
import { readStaysAndAside } from '../../../test/reasons.ts'
import { crowdOf, crowdsAt } from './rules.ts'

type As = (who: Who) => Ask

const MINUTE = 60_000
/** Two o'clock at night of a Saturday. */
const NIGHT = Date.parse('2026-11-20T19:00:00Z')
const iso = (ms: number) => new Date(ms).toISOString()
const [BURST] = crowdsAt({ kind: 'office', hours: null })

const daily = (opens: string, closes: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes }))

async function openPlace(as: As, kind: string, more: object = {}) {
  const place = {
    name: 'Nơi ấy',
    kind,
    areaCode: NHA_TRANG,
    address: '1 Trần Phú',
    phone: hoa.phone,
    ...more,
  }
  const { status, body } = await as(hoa)('POST', '/places', place)
  assert.equal(status, 201, JSON.stringify(body))
  return body as { id: string; code: string }
}

/** So many people, each after the other. */
const arrivals = (placeId: string, count: number, { from = NIGHT, every = 3000, direction = 'in' } = {}) =>
  Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    placeId,
    at: iso(from + n * every),
    direction,
    code: `tel:090512${String(n).padStart(4, '0')}`,
    vouched: true,
  }))

async function send(as: As, scans: readonly object[]) {
  const { status, body } = await as(hoa)('POST', '/scans', { scans })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.refused, [])
  return body.results.filter((one: any) => one.setAside).map((one: any) => one.setAside) as string[]
}
const asideOf = async (t: Stage, reason: string) =>
  (await t.sql`select from set_aside_scans where reason = ${reason}`).length
const countingOf = async (t: Stage) => (await t.sql`select from scans where doubt is null`).length
const staysOf = async (t: Stage) => (await t.sql`select from visits union all select from open_stays`).length

describe('a crowd at a closed place', () => {
  scenario('a hundred made-up visitors of a zoo at two in the morning: none counts', async (as, t) => {
    t.now(iso(NIGHT + 6 * MINUTE))
    const place = await openPlace(as, 'tourism')
    const scans = arrivals(place.id, 100)
    assert.deepEqual(await send(as, scans.slice(0, 15)), [])
    // What comes again is not counted again.
    assert.deepEqual(await send(as, scans.slice(0, 20)), [])
    assert.equal((await send(as, scans)).length, 80)
    assert.equal(await countingOf(t), 20, 'the first ones, until the job has run')
    await t.runJobs()
    assert.deepEqual([await asideOf(t, 'closedHours'), await countingOf(t), await staysOf(t)], [100, 0, 0])
    assert.equal((await as(hoa)('GET', `/places/${place.id}/today`)).body.inside, 0)
    assert.equal((await send(as, scans)).length, 100, 'and whoever asks again is told')
    const [audit] =
      await t.sql`select actor_kind, subject_id, details from audit_log where action = 'scan.setAside'`
    assert.deepEqual(
      [audit!.actorKind, audit!.subjectId, audit!.details],
      ['system', place.id, { scans: 20, reason: 'closedHours' }],
    )
    await t.runJobs()
    assert.equal((await t.sql`select from graphile_worker._private_jobs`).length, 0, 'once')
  })

  scenario('is known for one in whatever order and parts it is sent', async (as, t) => {
    t.now(iso(NIGHT + 10 * MINUTE))
    const place = await openPlace(as, 'office', { hours: daily('07:00', '17:00') })
    const scans = arrivals(place.id, 41, { every: 10_000 })
    const backwards = scans.toReversed()
    for (let n = 0; n < 21; n += 7) await send(as, backwards.slice(n, n + 7))
    for (const scan of scans.slice(0, 20)) await send(as, [scan])
    await t.runJobs()
    assert.deepEqual([await asideOf(t, 'closedHours'), await countingOf(t)], [41, 0])
  })

  scenario(
    'tells the tracer of the first of them, and gives back the stay that they seemed to end',
    async (as, t) => {
      t.now(iso(NIGHT + 10 * MINUTE))
      const home = await openPlace(as, 'boarding-house')
      const zoo = await openPlace(as, 'tourism', { name: 'Vườn thú' })
      const visit = (placeCode: string, at: number) =>
        as(lan)('PUT', `/visits/${randomUUID()}`, { placeCode, direction: 'in', at: iso(at) })
      const staysOfLan = async () =>
        (await as(lan)('GET', '/me/visits')).body.items.map(({ arrivedAt, leftAt }: any) => [
          arrivedAt,
          leftAt,
        ])
      await visit(home.code, NIGHT - 240 * MINUTE)
      const before = await staysOfLan()
      assert.equal(before.length, 1)
      await visit(zoo.code, NIGHT)
      assert.equal((await staysOfLan()).length, 2)
      await send(as, arrivals(zoo.id, 30))
      await t.runJobs()
      assert.deepEqual(await staysOfLan(), before)

      await as(lan)('POST', '/people', {
        name: 'Trần Thị Lan',
        birthYear: 1990,
        areaCode: NHA_TRANG,
        relation: 'self',
      })
      const personId = (await as(lan)('GET', '/me')).body.person.id
      const made = await as(minh)('POST', '/cases', {
        personId,
        diseaseId: 'covid-19',
        onsetOn: '2026-11-20',
      })
      const body = await readStaysAndAside(as, made.body.id)
      assert.equal(body.items.length, 1)
      assert.deepEqual(
        body.setAside.map((one: any) => [one.at, one.direction, one.reason]),
        [[iso(NIGHT), 'in', 'closedHours']],
      )
    },
  )

  test('is whoever came with more than it takes within its time', () => {
    const crowd = { most: 20, ms: 10 * MINUTE }
    const moments = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 90 })
    fc.assert(
      fc.property(moments, (minutes) => {
        const all = minutes.map((minute) => ({ at: new Date(minute * MINUTE) }))
        const after = ({ at }: { at: Date }, start: Date) => at.getTime() - start.getTime()
        const isCrowded = (one: { at: Date }) =>
          all.some(({ at: start }) => {
            const together = all.filter((other) => after(other, start) >= 0 && after(other, start) < crowd.ms)
            return together.length > crowd.most && together.includes(one)
          })
        assert.deepEqual(new Set(crowdOf(all, crowd)), new Set(all.filter(isCrowded)))
      }),
    )
  })
})

describe('honest people are left alone', () => {
  const nobodyAside = async (as: As, t: Stage, scans: readonly object[]) => {
    for (let n = 0; n < scans.length; n += 10) assert.deepEqual(await send(as, scans.slice(n, n + 10)), [])
    await t.runJobs()
    assert.equal(await countingOf(t), scans.length)
  }

  for (const [who, kind, more, from] of [
    [
      'a hospital at night, whatever hours its counter has',
      'hospital',
      { hours: daily('07:00', '16:30') },
      NIGHT,
    ],
    ['a night market', 'market', { hours: daily('17:00', '00:00') }, NIGHT - 135 * MINUTE],
    ['a market of which nobody knows the hours', 'market', {}, NIGHT],
    ['a night bus', 'vehicle', { plate: '79B-012.34' }, NIGHT],
    ['the shift that begins at night', 'factory', { hours: daily('07:00', '17:00') }, NIGHT - 240 * MINUTE],
    ['an office in the morning', 'office', { hours: daily('07:00', '17:00') }, NIGHT + 270 * MINUTE],
  ] as const)
    scenario(who, async (as, t) => {
      t.now(iso(from + 10 * MINUTE))
      const place = await openPlace(as, kind, more)
      await nobodyAside(as, t, arrivals(place.id, 60, { from }))
    })

  scenario('the twenty who clean an office, and as many who relieve them', async (as, t) => {
    t.now(iso(NIGHT + 30 * MINUTE))
    const place = await openPlace(as, 'office')
    await nobodyAside(as, t, [
      ...arrivals(place.id, BURST!.most),
      ...arrivals(place.id, BURST!.most, { from: NIGHT + 15 * MINUTE }),
    ])
  })

  scenario(
    'guests all night long of a place that serves them, though nobody knows its hours',
    async (as, t) => {
      t.now(iso(NIGHT + 200 * MINUTE))
      const place = await openPlace(as, 'restaurant')
      await nobodyAside(as, t, arrivals(place.id, 80, { every: 2 * MINUTE }))
    },
  )

  scenario('guests who leave long after the place has closed', async (as, t) => {
    t.now(iso(NIGHT))
    const place = await openPlace(as, 'restaurant', { hours: daily('10:00', '22:00') })
    await nobodyAside(as, t, [
      ...arrivals(place.id, 60, { from: NIGHT - 420 * MINUTE }),
      ...arrivals(place.id, 60, { from: NIGHT - 60 * MINUTE, direction: 'out' }),
    ])
    const stays =
      await t.sql`select distinct left_at - arrived_at = interval '6 hours' as is_whole from visits`
    assert.deepEqual([...stays], [{ isWhole: true }])
  })
})

describe('a phone', () => {
  /** Lan's phone checks in these of her people, each so often; who was told that they count. */
  async function checkIn(as: As, t: Stage, people: number, times = 1) {
    t.now(iso(NIGHT))
    const place = await openPlace(as, 'market')
    const told: boolean[] = []
    const ids: string[] = []
    for (let n = 0; n < people; n++) {
      const other = { name: `Người ${n}`, birthYear: 1990, areaCode: NHA_TRANG, relation: 'other' }
      ids.push((await as(lan)('POST', '/people', other)).body.id)
    }
    for (let time = 0; time < times; time++)
      for (const personId of ids) {
        const visit = {
          placeCode: place.code,
          direction: 'in',
          at: iso(NIGHT - time * 180 * MINUTE),
          personId,
        }
        told.push((await as(lan)('PUT', `/visits/${randomUUID()}`, visit)).body.stay !== null)
      }
    await t.runJobs()
    return told
  }

  scenario('that checks in a crowd: the first of it do not count either', async (as, t) => {
    const told = await checkIn(as, t, 14)
    assert.deepEqual(told, [...Array(12).fill(true), false, false])
    assert.deepEqual([await asideOf(t, 'crowd'), await countingOf(t), await staysOf(t)], [14, 0, 0])
  })

  scenario('that sends a crowd at once is no faster than the job', async (as, t) => {
    t.now(iso(NIGHT))
    const place = await openPlace(as, 'market')
    const ids: string[] = []
    for (let n = 0; n < 20; n++) {
      const other = { name: `Người ${n}`, birthYear: 1990, areaCode: NHA_TRANG, relation: 'other' }
      ids.push((await as(lan)('POST', '/people', other)).body.id)
    }
    await Promise.all(
      ids.map((personId) => {
        const visit = { placeCode: place.code, direction: 'in', at: iso(NIGHT), personId }
        return as(lan)('PUT', `/visits/${randomUUID()}`, visit)
      }),
    )
    await t.runJobs()
    assert.deepEqual([await asideOf(t, 'crowd'), await countingOf(t)], [20, 0])
  })

  scenario('of a family that hands in a day without the network is left alone', async (as, t) => {
    const told = await checkIn(as, t, 5, 4)
    assert.deepEqual(told, Array(20).fill(true))
    assert.equal(await countingOf(t), 20)
  })
})
