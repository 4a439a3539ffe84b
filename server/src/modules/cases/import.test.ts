import assert from 'node:assert/strict'
import { type Stage, scenario } from '../../../test/app.ts'
import { minh } from '../../../test/people.ts'
import { isFaulty } from '../../platform/csv-import.ts'
import { casesImport } from './index.ts'

const NOW = new Date('2026-11-22T03:00:00Z')

/** Imports lines as the file reader hands them over: checked one by one, then written together. */
async function imported(t: Stage, lines: string[], createMissing = false) {
  const kind = casesImport({ createMissing })
  const faults: string[] = []
  const rows = lines.flatMap((line) => {
    const row = kind.check(line.split(','), NOW)
    if (!isFaulty(row)) return [row]
    faults.push(...row.map((fault) => `${fault.field} ${fault.reason.en}`))
    return []
  })
  const { written, refused } = await kind.write(t.ctx(), rows)
  return { written, refused: [...refused.values()].map(({ field }) => field), faults }
}

scenario('cases of an outside system come in once, each with a number', async (as, t) => {
  t.now(NOW)
  const lines = [
    'c1,p1,covid-19,2026-11-20,,22366',
    'c2,p2,covid-19,,2026-11-21,22366',
    'c3,p1,measles,2020-02-01,,22366',
    'c4,p1,covid-19,2026-11-20,,22366',
    'c5,p1,covid-19,2026-11-20,,99999',
    'c6,p3,covid-19,2026-11-20,,',
  ]
  assert.deepEqual(await imported(t, lines, true), { written: 3, refused: ['area', 'area'], faults: [] })
  assert.deepEqual(await imported(t, lines, true), { written: 0, refused: ['area', 'area'], faults: [] })
  const numbers = (await as(minh)('GET', '/cases?sort=number')).body.items.map((item: any) => [
    item.number,
    item.diseaseId,
  ])
  assert.deepEqual(numbers, [
    ['22366-2026-0001', 'covid-19'],
    ['22366-2026-0002', 'covid-19'],
    ['22366-2026-0003', 'measles'],
  ])
})

scenario('who could infect others now stays at home; an illness of long ago keeps nobody', async (_as, t) => {
  t.now(NOW)
  const lines = ['c1,p1,covid-19,2026-11-20,,22366', 'c2,p2,measles,2020-02-01,,22366']
  await imported(t, lines, true)
  await imported(t, lines, true)
  const holds = await t.sql`
    select p.ref, h.reason, h.until from entry_holds h join people p on p.id = h.person_id order by ref`
  assert.deepEqual([...holds], [{ ref: 'p1', reason: 'case', until: new Date('2026-12-04T17:00:00Z') }])
})

scenario('rows that cannot be are refused with the field', async (_as, t) => {
  t.now(NOW)
  const { faults } = await imported(t, [
    ',p1,covid-19,2026-11-20,,22366',
    'c1,,plague,2026-11-20,,22366',
    'c1,p1,covid-19,2026-11-25,2026-02-30,22366',
    'c1,p1,covid-19,,,22366',
  ])
  assert.deepEqual(
    faults.map((fault) => fault.split(' ')[0]),
    ['ref', 'person', 'disease', 'onset', 'sampled', 'onset'],
  )
  const { refused } = await imported(t, ['c1,p1,covid-19,2026-11-20,,22366'])
  assert.deepEqual(refused, ['person'])
})
