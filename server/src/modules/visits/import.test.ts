import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Stage, scenario, services, sql } from '../../../test/app.ts'
import { system } from '../../platform/access.ts'
import { Context } from '../../platform/context.ts'
import { isFaulty, readMoment } from '../../platform/csv-import.ts'
import { transact } from '../../platform/database.ts'
import { visitsImport } from './import.ts'

const now = new Date('2026-11-20T12:00:00Z')
const morning = '2026-11-20T08:00:00+07:00'

const faultsOf = (...cells: string[]) => {
  const checked = visitsImport({ createMissing: true }).check(cells, now)
  return Array.isArray(checked) ? checked.map(({ field, reason }) => `${field} ${reason.en}`) : []
}

async function imported(stage: Stage, createMissing: boolean, ...rows: string[][]) {
  const kind = visitsImport({ createMissing })
  const good = rows.flatMap((cells) => {
    const checked = kind.check(cells, now)
    return isFaulty(checked) ? [] : [checked]
  })
  return kind.write(stage.ctx(), good)
}

const staysIn = (stage: Stage) => stage.sql`
  select p.ref as person, c.ref as place, arrived_at, left_at from (
    select person_id, place_id, arrived_at, left_at from visits
    union all select person_id, place_id, arrived_at, null from open_stays) as stay
  join people p on p.id = person_id join places c on c.id = place_id order by arrived_at, person`

describe('a moment in a file', () => {
  const good: [text: string, iso: string][] = [
    ['2012-04-04T02:00+08:00', '2012-04-03T18:00:00.000Z'],
    ['2026-11-20T08:15:30Z', '2026-11-20T08:15:30.000Z'],
    ['2026-11-20 08:15:30.25+0700', '2026-11-20T01:15:30.250Z'],
    ['2024-02-29T23:59:59-03:30', '2024-03-01T03:29:59.000Z'],
  ]
  for (const [text, iso] of good)
    test(`${text} is taken`, () => assert.equal(new Date(readMoment(text)).toISOString(), iso))
  for (const text of [
    '2026-11-20T08:15:30', // no offset: whose clock?
    '2026-11-20',
    '2026-02-29T08:00Z',
    '2026-04-31T08:00Z',
    '2026-13-01T08:00Z',
    '2026-11-20T24:00Z',
    '2026-11-20T08:60Z',
    '2026-11-20T08:00+15:00',
    '1776-07-04T08:00Z',
    '20.11.2026 08:00',
    'now',
  ])
    test(`${text} is not`, () => assert.ok(Number.isNaN(readMoment(text))))
})

describe('a row of visits.csv', () => {
  const cases: [cells: [string, string, string, string], faults: RegExp[]][] = [
    [['p', 'c', morning, '2026-11-20T09:00:00+07:00'], []],
    [['p', 'c', morning, morning], []],
    [['p', 'c', morning, ''], []],
    [['p', 'c', '2026-10-20T08:00+07:00', '2026-11-20T08:00+07:00'], []],
    [['p', 'c', '2025-10-20T07:59+07:00', '2026-11-20T08:00+07:00'], [/^out .*a year/]],
    [['p', 'c', morning, '2026-11-20T07:59:59+07:00'], [/^out lies before/]],
    [['p', 'c', '2026-11-20T12:06:00Z', ''], [/^in .*future/]],
    [['p', 'c', morning, '2026-11-20T12:06:00Z'], [/^out .*future/]],
    [
      ['', '', '', ''],
      [/^person is empty/, /^place is empty/, /^in is no ISO/],
    ],
    [
      ['p'.repeat(201), 'c', morning, 'later'],
      [/^person .*longer/, /^out is no ISO/],
    ],
  ]
  for (const [cells, faults] of cases)
    test(`${cells.join(',').slice(0, 70)} → ${faults.length} faults`, () => {
      const found = faultsOf(...cells)
      assert.equal(found.length, faults.length, found.join())
      for (const [at, expected] of faults.entries()) assert.match(found[at]!, expected)
    })
})

describe('importing visits', () => {
  const stay = ['p-1', 'c-1', morning, '2026-11-20T09:00:00+07:00']
  const open = ['p-2', 'c-1', morning, '']

  scenario('unknown refs are refused, and nothing is kept of them', async (_as, t) => {
    const { written, refused } = await imported(t, false, stay, open)
    assert.equal(written, 0)
    assert.deepEqual(
      [...refused].map(([at, { field }]) => [at, field]),
      [
        [0, 'person'],
        [1, 'person'],
      ],
    )
    assert.equal((await t.sql`select from people where ref like 'p-%'`).length, 0)
  })

  scenario(
    'with --create-missing they become people and places without a name; twice is once',
    async (_as, t) => {
      assert.equal((await imported(t, true, stay, open, stay)).written, 2)
      assert.equal((await imported(t, false, stay, open)).written, 0)
      const arrivedAt = new Date(morning)
      assert.deepEqual(
        [...(await staysIn(t))],
        [
          { person: 'p-1', place: 'c-1', arrivedAt, leftAt: new Date('2026-11-20T02:00:00Z') },
          { person: 'p-2', place: 'c-1', arrivedAt, leftAt: null },
        ],
      )
    },
  )
})

test('batches that are written at once and hold the same stays write each once, whatever their order', async () => {
  const rows = Array.from({ length: 600 }, (_, n) => {
    const arrived = Date.parse('2026-03-02T00:00Z') + (n % 40) * 60_000
    const left = n % 3 ? new Date(arrived + (n % 5) * 3_600_000).toISOString() : ''
    return [`batch-p-${n % 30}`, `batch-c-${n % 7}`, new Date(arrived).toISOString(), left]
  })
  const kind = visitsImport({ createMissing: true })
  const checked = rows.flatMap((cells) => {
    const row = kind.check(cells, now)
    return isFaulty(row) ? [] : [row]
  })
  const orders = [checked, checked.toReversed(), checked.toSorted(() => 0.5 - Math.random())]
  const outcomes = await Promise.all(
    [...orders, ...orders].map((batch) =>
      transact(sql, (tx) => kind.write(new Context(tx, system, services, now), batch)),
    ),
  )
  const [{ kept }] = await sql<[{ kept: number }]>`
    select count(*)::int as kept from (
      select person_id from visits union all select person_id from open_stays) as stay
    join people p on p.id = person_id where ref like 'batch-p-%'`
  const distinct = new Set(
    rows.map(([person, place, arrived, left]) => `${person} ${place} ${arrived} ${left}`),
  )
  assert.equal(kept, distinct.size)
  assert.equal(
    outcomes.reduce((sum, { written }) => sum + written, 0),
    distinct.size,
  )
})
