import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { rowOf, scenario, services, sql } from '../../../test/app.ts'
import { hoa, lan, tu } from '../../../test/people.ts'
import { addPlace } from '../../../test/places.ts'
import { system } from '../../platform/access.ts'
import { Context } from '../../platform/context.ts'
import { type Sql, transact } from '../../platform/database.ts'
import { Problem } from '../../platform/problem.ts'
import { type Draft, keepScans, plain, prepareWeeks } from './intake.ts'
import { insertStays, listPlaceFacts, waitForPeople } from './queries.ts'
import {
  type Direction,
  LONGEST_STAY_SECONDS,
  lengthClass,
  lookBack,
  OLDEST_SCAN_SECONDS,
  usualEnd,
  viaNumber,
} from './rules.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const START = Date.parse('2026-10-01T00:00:00Z')
const at = (minutes: number) => new Date(START + minutes * MINUTE)

const openPlace = (sql: Sql, kind: string) => addPlace(sql, kind, at(0))

/** What a place says of itself. */
type Told = { hours?: { weekday: number; opens: string; closes: string }[] | null; endsAt?: Date | null }

/** When somebody who arrived at a moment has usually left, until when they may be leaving, and when nobody comes any more. */
type Ends = { usual: (arrived: number) => number; last: (arrived: number) => number; closedAt: number }

/** Sets the hours of a place, or the end of an event; `closes` says when it closed for whoever arrived at a moment. */
async function endsOf(
  sql: Sql,
  placeId: number,
  { hours = null, endsAt = null }: Told = {},
  closes: (arrived: number) => number = () => Infinity,
): Promise<Ends> {
  await sql`
    update places set hours = ${hours && sql.json(hours)}, starts_at = ${endsAt && at(-60)}, ends_at = ${endsAt} where id = ${placeId}`
  const [row] = await sql`select default_stay_seconds from place_facts where place_id = ${placeId}`
  const usual = (arrived: number) => arrived + row!.defaultStaySeconds * 1000
  return {
    usual: (arrived) =>
      Math.min(usual(arrived), closes(arrived), endsAt && arrived < +endsAt ? +endsAt : Infinity),
    last: (arrived) => Math.min(usual(arrived), closes(arrived) + 60 * MINUTE),
    closedAt: endsAt ? endsAt.getTime() : Infinity,
  }
}

/** Open for so many minutes of each day (UTC) on which `isOpen`; nobody leaves at closing time who came when it was closed. */
const closesDaily =
  (opens: number, closes: number, isOpen: (weekday: number) => boolean) => (arrived: number) => {
    const midnight = Math.floor(arrived / DAY) * DAY
    const minute = (arrived - midnight) / MINUTE
    return isOpen(new Date(midnight).getUTCDay()) && minute >= opens && minute < closes
      ? midnight + closes * MINUTE
      : Infinity
  }

type Sent = Draft
type Stay = [placeId: number, personId: number, arrivedAt: number, leftAt: number | null, source: number]

/** The rule of derivation, said step by step: what the database must give whatever the order of arrival. */
function staysOf(scans: readonly Sent[], ends: ReadonlyMap<number, Ends>): Stay[] {
  const stays: Stay[] = []
  const turns = ['in', 'auto', 'out']
  const sourceOf = ({ source, via }: Sent) => (via === viaNumber('vouched') ? -1 : source)
  const inOrder = scans.toSorted(
    (one, other) =>
      one.at.getTime() - other.at.getTime() ||
      Number(one.direction === 'out') - Number(other.direction === 'out') ||
      one.placeId - other.placeId ||
      turns.indexOf(one.direction) - turns.indexOf(other.direction) ||
      sourceOf(one) - sourceOf(other),
  )
  for (const personId of new Set(scans.map((scan) => scan.personId))) {
    const own: Stay[] = []
    for (const scan of inOrder) {
      const { placeId, direction: said, at, personId: who } = scan
      if (who !== personId) continue
      const source = sourceOf(scan)
      const time = at.getTime()
      const { usual, last, closedAt } = ends.get(placeId)!
      const here = own.findLast(([there]) => there === placeId)
      const [, , since, left, first] = here ?? [0, 0, 0, 0, 0]
      // A number that somebody typed hears of no other place, as long as nothing else was seen of the person here.
      const hasGoneOn = own.some(
        ([there, , began, , how]) =>
          how >= 0 && (began > since || (began === since && there > placeId)) && !(first < 0 && source < 0),
      )
      const isHere = left === null && !hasGoneOn
      const mayLeave = isHere && time > since && time <= last(since)
      if (said === 'auto' && closedAt <= time && !mayLeave) continue
      const direction = said !== 'auto' ? said : mayLeave ? 'out' : 'in'
      if (direction === 'in') {
        const isRepeat = isHere && time <= usual(since)
        if (!isRepeat) own.push([placeId, personId, time, null, source])
        else if (first < 0) here![4] = source
      } else if (left === null && time - since <= OLDEST_SCAN_SECONDS * 1000) here![3] = time
    }
    stays.push(...own)
  }
  return sorted(stays)
}

const sorted = (stays: Stay[]) => stays.map((stay) => JSON.stringify(stay)).sort() as unknown as Stay[]

const recordedStays = async (sql: Sql) =>
  sorted(
    (
      await sql`
        select place_id, person_id, arrived_at, left_at, source from visits where source < 2
        union all select place_id, person_id, arrived_at, null, source from open_stays where source < 2`
    ).map(
      (row): Stay => [
        row.placeId,
        row.personId,
        row.arrivedAt.getTime(),
        row.leftAt?.getTime() ?? null,
        row.source,
      ],
    ),
  )

const NOW = at(60 * 24 * 30)

const take = async (sql: Sql, scans: readonly Sent[], now = NOW) => {
  const ctx = new Context(sql, system, services, now)
  const { kept } = await keepScans({
    ctx,
    moments: scans.map((scan) => scan.at),
    read: async () => ({ scans }),
  })
  return kept
}

scenario(
  'stays are the same in whatever order, however often and in whatever batches scans come',
  async (_as, t) => {
    const { sql } = t
    // An evening until two at night and a morning, both local; a wedding; a bus, which runs at all hours.
    const evenings = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '18:00', closes: '02:00' }))
    const mornings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '07:00', closes: '11:30' }))
    const wedding = at(10 * 60)
    const stay = new Map<number, Ends>()
    const open = async (kind: string, told?: Told, closes?: (arrived: number) => number) => {
      const id = await openPlace(sql, kind)
      stay.set(id, await endsOf(sql, id, told, closes))
      return id
    }
    const places = [
      await open(
        'restaurant',
        { hours: evenings },
        closesDaily(11 * 60, 19 * 60, () => true),
      ),
      await open(
        'office',
        { hours: mornings },
        closesDaily(0, 4.5 * 60, (weekday) => weekday % 6 > 0),
      ),
      await open('wedding', { endsAt: wedding }),
      await open('vehicle'),
    ]
    const people = [rowOf(lan).id, rowOf(tu).id]
    const imported = { placeId: places[0]!, personId: people[0]!, arrivedAt: at(75), leftAt: at(90) }

    // Quarters of an hour in a day or two make ties and repeats; days apart make forgotten exits.
    const minutes = fc.oneof(
      fc.integer({ min: 0, max: 100 }).map((quarters) => quarters * 15),
      fc.integer({ min: 0, max: 60 }).map((halfDays) => halfDays * 720),
    )
    const scan = fc.record({
      ...(Object.fromEntries(
        Object.entries(plain).map(([key, value]) => [key, fc.constant(value)]),
      ) as never as {
        [Key in keyof typeof plain]: fc.Arbitrary<(typeof plain)[Key]>
      }),
      id: fc.uuid(),
      placeId: fc.constantFrom(...places),
      personId: fc.constantFrom(...people),
      direction: fc.constantFrom<Direction | 'auto'>('in', 'in', 'out', 'auto', 'auto'),
      source: fc.constantFrom<0 | 1>(0, 1),
      via: fc.constantFrom(viaNumber('own'), viaNumber('vouched')),
      at: minutes.map(at),
    })
    const delivery = fc
      .uniqueArray(scan, { minLength: 1, maxLength: 24, selector: ({ id }) => id })
      .chain((scans) =>
        fc.record({
          scans: fc.constant(scans),
          order: fc.array(fc.integer({ min: 0, max: scans.length - 1 }), { maxLength: 20 }),
          last: fc.shuffledSubarray(scans, { minLength: scans.length }),
          cuts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 10 }),
        }),
      )

    await fc.assert(
      fc.asyncProperty(delivery, async ({ scans, order, last, cuts }) => {
        await sql`delete from scans`
        await sql`delete from visits`
        await sql`delete from open_stays`
        await prepareWeeks(sql, [imported.arrivedAt])
        await insertStays(sql, [imported])
        const sent = [...order.map((index) => scans[index]!), ...last]
        for (let batch = 0; sent.length > 0; batch++)
          await take(sql, sent.splice(0, cuts[batch % cuts.length]!))
        const isRefused = ({ placeId, direction, at }: Sent) =>
          placeId === places[2] && direction === 'in' && at >= wedding
        assert.deepEqual(
          await recordedStays(sql),
          staysOf(
            scans.filter((scan) => !isRefused(scan)),
            stay,
          ),
        )
        const kept = await sql`select arrived_at, left_at from visits where source = 2`
        assert.deepEqual([...kept], [{ arrivedAt: imported.arrivedAt, leftAt: imported.leftAt }])
      }),
      { numRuns: 150 },
    )
  },
)

scenario(
  'whoever is scanned again and again in one moment is there, and harms nobody',
  async (_as, { sql }) => {
    const placeId = await openPlace(sql, 'restaurant')
    const of = (personId: number, direction: Draft['direction']): Sent => ({
      ...plain,
      id: randomUUID(),
      placeId,
      personId,
      direction,
      at: at(5),
      source: 1,
      via: viaNumber('cccd'),
    })
    const times = ['auto', 'auto', 'auto', 'auto', 'in'] as const
    const kept = await take(sql, [
      ...times.map((direction) => of(rowOf(lan).id, direction)),
      of(rowOf(tu).id, 'in'),
    ])
    assert.deepEqual(
      kept.map((answer) => 'direction' in answer && answer.direction),
      Array(6).fill('in'),
    )
    assert.equal((await recordedStays(sql)).length, 2)
  },
)

scenario('of imported stays with one arrival the longest of each class is kept', async (_as, { sql }) => {
  const placeId = await openPlace(sql, 'restaurant')
  await prepareWeeks(sql, [at(0)])
  const who = { placeId, personId: rowOf(lan).id, arrivedAt: at(0) }
  const kept = async () => [
    ...(await sql`select left_at, length from visits where source = 2 order by length`),
  ]
  const until = (...minutes: number[]) =>
    insertStays(
      sql,
      minutes.map((end) => ({ ...who, leftAt: at(end) })),
    )
  assert.equal(await until(60), 1)
  assert.equal(await until(60, 30), 0)
  assert.equal(await until(90, 100, 80), 1)
  assert.deepEqual(await kept(), [{ leftAt: at(100), length: 0 }])
  assert.equal(await until(300, 200), 1)
  assert.deepEqual(await kept(), [
    { leftAt: at(100), length: 0 },
    { leftAt: at(300), length: 1 },
  ])
})

scenario(
  'an imported stay without an end stands beside one with an end: each row counts',
  async (_as, { sql }) => {
    const placeId = await openPlace(sql, 'restaurant')
    await prepareWeeks(sql, [at(0)])
    const who = { placeId, personId: rowOf(lan).id, arrivedAt: at(0) }
    const stays = [
      { ...who, leftAt: null },
      { ...who, leftAt: at(5) },
      { ...who, leftAt: null },
    ]
    assert.equal(await insertStays(sql, stays), 2)
    assert.equal(await insertStays(sql, stays), 0)
    const counts =
      await sql`select (select count(*)::int from visits) as ended, (select count(*)::int from open_stays) as open`
    assert.deepEqual({ ...counts[0] }, { ended: 1, open: 1 })
  },
)

scenario('only the weeks that are named are made; before 2020 there is one for all', async (_as, { sql }) => {
  const placeId = await openPlace(sql, 'restaurant')
  const parts = async () =>
    (
      await sql<{ relname: string }[]>`
      select child.relname from pg_inherits i join pg_class child on child.oid = i.inhrelid
      where i.inhparent = 'visits_short'::regclass`
    ).map(({ relname }) => relname)
  const before = new Set(await parts())
  const moments = ['1970-01-01', '2012-04-03', '2019-12-29', '2022-03-04'].map(
    (day) => new Date(`${day}T08:00:00Z`),
  )
  await prepareWeeks(sql, moments.slice(0, 1))
  const stays = moments.map((arrivedAt) => ({
    placeId,
    personId: rowOf(lan).id,
    arrivedAt,
    leftAt: new Date(arrivedAt.getTime() + 60 * MINUTE),
  }))
  assert.equal(await insertStays(sql, stays.slice(0, 3)), 3)
  await prepareWeeks(sql, moments)
  assert.equal(await insertStays(sql, stays), 1)
  const made = (await parts()).filter((part) => !before.has(part))
  assert.deepEqual(made.sort(), ['visits_2022w09', 'visits_history'])
})

scenario('an imported stay of months is one stay', async (_as, { sql }) => {
  const placeId = await openPlace(sql, 'restaurant')
  await prepareWeeks(sql, [at(0)])
  const leftAt = new Date(START + 70 * DAY)
  assert.equal(await insertStays(sql, [{ placeId, personId: rowOf(lan).id, arrivedAt: at(0), leftAt }]), 1)
  const kept = await sql`select arrived_at, left_at, length from recorded_stays`
  assert.deepEqual([...kept], [{ arrivedAt: at(0), leftAt, length: 4 }])
})

scenario('the database and the rules agree on the class of every length', async (_as, { sql }) => {
  const seconds = [0, 1, ...lookBack.flatMap((most) => [most - 1, most, most + 1])]
  const rows = await sql`
    select length_of_stay(make_interval(secs => s)) as class from unnest(${seconds}::int[]) with ordinality as u (s, n)
    order by n`
  const classes = seconds.map((one) => (one > LONGEST_STAY_SECONDS ? null : lengthClass(one)))
  assert.deepEqual(
    rows.map((row) => row.class),
    classes,
  )
})

scenario('the database and the rules agree on when people have usually left', async (_as, { sql }) => {
  const placeId = await openPlace(sql, 'bar')
  const minute = fc
    .integer({ min: 0, max: 1439 })
    .map((n) => new Date(n * MINUTE).toISOString().slice(11, 16))
  const opening = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), opens: minute, closes: minute })
  const week = fc
    .uniqueArray(opening, { maxLength: 7, selector: ({ weekday }) => weekday })
    .map((days) => days.filter(({ opens, closes }) => opens !== closes))
  const moment = fc.integer({ min: 0, max: 14 * 24 * 60 * 60 }).map((seconds) => at(seconds / 60))
  // In the night to 25 October the clocks of Paris go back.
  const zone = fc.constantFrom('Asia/Ho_Chi_Minh', 'Europe/Paris', 'Asia/Kathmandu')
  const shift = fc.constantFrom(0, 20 * DAY)
  await fc.assert(
    fc.asyncProperty(week, fc.array(moment), zone, shift, async (hours, moments, timeZone, later) => {
      await sql`update places set hours = ${sql.json(hours)} where id = ${placeId}`
      const [place] = await listPlaceFacts(sql, [placeId])
      for (const moment of moments) {
        const arrivedAt = new Date(moment.getTime() + later)
        const [row] = await sql`
          select estimated_end(${arrivedAt}, make_interval(secs => default_stay_seconds), null, openings, closed_at,
            ${timeZone}) as usual
          from place_facts where place_id = ${placeId}`
        assert.deepEqual(row!.usual, new Date(usualEnd(place!, timeZone, arrivedAt.getTime())))
      }
    }),
    { numRuns: 100 },
  )
})

test('several writers at once neither block each other for good nor miss a scan', async () => {
  const placeId = await openPlace(sql, 'restaurant')
  const personIds = [rowOf(lan).id, rowOf(tu).id, rowOf(hoa).id]
  const scans = Array.from(
    { length: 240 },
    (_, n): Sent => ({
      ...plain,
      id: randomUUID(),
      placeId,
      personId: personIds[n % 3]!,
      direction: n % 7 < 3 ? 'in' : n % 7 < 5 ? 'auto' : 'out',
      via: viaNumber('own'),
      at: at(((n * 37) % 240) * 10),
      source: n % 2 ? 1 : 0,
    }),
  )
  const writers = [scans, scans.toReversed(), scans.toSorted((one, other) => (one.id < other.id ? -1 : 1))]
  const batches = writers.flatMap((own) =>
    Array.from({ length: 12 }, (_, n) => own.slice(n * 20, n * 20 + 20)),
  )
  await prepareWeeks(
    sql,
    scans.map((scan) => scan.at),
  )
  await Promise.all(batches.map((batch) => transact(sql, (tx) => take(tx, batch))))
  const stay = new Map([[placeId, await endsOf(sql, placeId)]])
  assert.deepEqual(await recordedStays(sql), staysOf(scans, stay))
})

test('scans that waited for others in a circle are written again', async () => {
  const placeId = await openPlace(sql, 'office')
  const personIds = [rowOf(lan).id, rowOf(tu).id].sort((one, other) => one - other)
  const scans = personIds.map(
    (personId): Draft => ({
      ...plain,
      id: randomUUID(),
      placeId,
      personId,
      direction: 'in',
      at: at(0),
      source: 1,
      via: viaNumber('phone-code'),
    }),
  )
  let times = 0
  const keep = () =>
    keepScans({
      ctx: new Context(sql, system, services, at(1)),
      moments: [at(0)],
      read: async () => {
        times++
        return { scans }
      },
    })
  const kept = await transact(sql, async (other) => {
    // Whoever has waited for so long looks for a circle; let it be the scans.
    await other`set local deadlock_timeout = '1min'`
    await waitForPeople(other, [personIds[1]!])
    const keeping = keep()
    const isWaiting = () => sql`select from pg_locks where not granted and locktype = 'advisory'`
    while ((await isWaiting()).length === 0) await sleep(10)
    await waitForPeople(other, [personIds[0]!])
    return { keeping }
  })
  const answer = await kept.keeping
  assert.equal(times, 2)
  assert.deepEqual(
    answer.kept.map((one) => !(one instanceof Problem) && !one.repeated),
    [true, true],
  )
  const ids = scans.map(({ id }) => id)
  assert.equal((await sql`select from scans where id = any(${ids}::uuid[])`).length, 2)
})

test('no stay is shorter than nothing or longer than the longest', () => {
  assert.throws(() => lengthClass(-1), RangeError)
  assert.throws(() => lengthClass(LONGEST_STAY_SECONDS + 1), RangeError)
})
