import assert from 'node:assert/strict'
import { type DoubtName, doubtName } from '../src/modules/visits/rules.ts'
import type { Ask, Stage } from './app.ts'
import { lan, minh, NHA_TRANG, type Who } from './people.ts'

/** Lan is confirmed as a case: what the officer then reads of where she was, and of what is set aside. */
export async function readStaysOfCase(as: (who: Who) => Ask) {
  await as(lan)('POST', '/people', {
    name: 'Trần Thị Lan',
    birthYear: 1990,
    areaCode: NHA_TRANG,
    relation: 'self',
  })
  const personId = (await as(lan)('GET', '/me')).body.person.id
  const made = await as(minh)('POST', '/cases', { personId, diseaseId: 'covid-19', onsetOn: '2026-11-20' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return readStaysAndAside(as, made.body.id)
}

/** Where a case was, and every scan that is set aside. */
export async function readStaysAndAside(as: (who: Who) => Ask, caseId: string) {
  const { items } = (await as(minh)('GET', `/cases/${caseId}/stays`)).body
  return { items, setAside: (await as(minh)('GET', `/cases/${caseId}/set-aside-scans`)).body.items }
}

/** Why these scans are set aside, as whoever traces would see it; null where they count. */
export async function reasonsOf(t: Stage, ids: readonly string[]): Promise<(DoubtName | null)[]> {
  const rows = await t.sql<{ id: string; doubt: number | null }[]>`
    select id, doubt from scans where id = any(${ids as string[]}::uuid[])`
  const doubts = new Map(rows.map(({ id, doubt }) => [id, doubt]))
  return ids.map((id) => {
    const doubt = doubts.get(id)!
    return doubt === null ? null : doubtName(doubt)
  })
}
