import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageOf, readBirthYear } from '../src/routes/gate/paper.ts'

const now = new Date('2026-11-24T03:00:00Z')

test('a birth year is read as it stands on paper', () => {
  const read: Record<string, number | null> = {
    '1965': 1965,
    ' 65 ': 1965,
    '07': 2007,
    '26': 2026,
    '27': 1927,
    '12/05/1955': 1955,
    '5-6-55': 1955,
    '12 5 1955': 1955,
    '05.1955': 1955,
    '12051955': 1955,
  }
  for (const [text, year] of Object.entries(read)) assert.equal(readBirthYear(text, now), year, text)
  const none = [
    '',
    '5',
    '196',
    '19655',
    '1900',
    '2027',
    '31/02/1955',
    '13/1955',
    '1/12/5/1955',
    '1955-05-12',
    'x',
  ]
  for (const text of none) assert.equal(readBirthYear(text, now), null, text)
})

test('a time on paper lies within the days that are taken', () => {
  const ago = (days: number) => ageOf(now.getTime() - days * 24 * 3_600_000, now.getTime())
  assert.deepEqual([-0.1, 0, 31, 31.1, 54].map(ago), ['future', 'taken', 'taken', 'tooOld', 'tooOld'])
})
