import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, type Who } from '../../../test/people.ts'

type As = (who: Who) => Ask

const NUMBER = '056190001234'
const CARD = `${NUMBER}|225123456|Trần Thị Lan|01021990|Nữ|12 Lê Lợi, Nha Trang|01012021`
const profile = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG }
const at = (time: string) => `2026-11-20T${time}:00.000Z`

/** Bà Hoa's market and her café; Lan comes to the market with her card, and has never shown her phone. */
async function comeWithCard(as: As, t: Stage) {
  t.now(at('08:00'))
  const open = async (name: string) =>
    (
      await as(hoa)('POST', '/places', {
        name,
        kind: 'market',
        areaCode: NHA_TRANG,
        address: '1 Bến Chợ',
        phone: hoa.phone,
      })
    ).body
  const [market, cafe] = [await open('Chợ'), await open('Quán')]
  const scan = async (code: string, time: string, direction = 'in') => {
    const body = { scans: [{ id: randomUUID(), placeId: market.id, at: at(time), direction, code }] }
    return (await as(hoa)('POST', '/scans', body)).body.results[0]
  }
  const { person } = await scan(CARD, '01:00')
  await scan(CARD, '02:00', 'out')
  await scan(CARD, '03:00')
  return { cafe, scan, known: person.id as string }
}

/** Lan types her number on her phone, an officer who has seen the card confirms it. */
async function confirm(as: As, t: Stage, more: object = {}) {
  const typed = { ...profile, ...more, documentNumber: NUMBER, relation: 'self' }
  const { id } = (await as(lan)('POST', '/people', typed)).body
  await as(minh)('PATCH', `/people/${id}`, { documentNumber: NUMBER })
  await t.runJobs()
  return id as string
}
async function fallIll(as: As, personId: string) {
  await as(minh)('PATCH', `/people/${personId}`, { areaCode: NHA_TRANG })
  const sick = { personId, diseaseId: 'covid-19', onsetOn: '2026-11-20' }
  return (await as(minh)('POST', '/cases', sick)).body.id as string
}
const staysOf = async (as: As, caseId: string) =>
  (await as(minh)('GET', `/cases/${caseId}/stays`)).body.items
    .map((stay: any) => [stay.place.name, stay.arrivedAt.slice(11, 16), stay.leftAt.slice(11, 16)])
    .toSorted()

describe('a number that an officer confirms, by which gates knew somebody already', () => {
  scenario('gives a case what the card was scanned for, beside what the phone said', async (as, t) => {
    const { cafe, known } = await comeWithCard(as, t)
    const visit = { placeCode: cafe.code, direction: 'in', at: at('03:20') }
    await as(lan)('PUT', `/visits/${randomUUID()}`, visit)
    const id = await confirm(as, t)
    assert.deepEqual(await staysOf(as, await fallIll(as, id)), [
      ['Chợ', '01:00', '02:00'],
      ['Chợ', '03:00', '03:20'],
      ['Quán', '03:20', '04:20'],
    ])
    assert.deepEqual(await staysOf(as, await fallIll(as, known)), [])
    const joined = await t.sql`select subject_id, details from audit_log where action = 'scan.join'`
    assert.deepEqual([...joined], [{ subjectId: id, details: { from: known, scans: 3 } }])
  })

  scenario('and their paper card, unless they have one', async (as, t) => {
    const { known, scan } = await comeWithCard(as, t)
    const { text } = (await as(minh)('POST', `/people/${known}/paper-cards`)).body
    const id = await confirm(as, t)
    assert.equal((await scan(text, '08:00')).person.id, id)
    const { card } = (await as(minh)('GET', `/people/${known}/paper-card`)).body
    assert.equal(card, null)
  })

  scenario('leaves a case its stays, and who is to stay at home is told so by either', async (as, t) => {
    const { known, scan } = await comeWithCard(as, t)
    const caseId = await fallIll(as, known)
    const before = await staysOf(as, caseId)
    const id = await confirm(as, t)
    assert.deepEqual(await staysOf(as, caseId), before)
    const { person, decision } = await scan(CARD, '07:59')
    assert.deepEqual([person.id, decision.status], [id, 'red'])
  })

  scenario('moves nothing to somebody whom the card does not fit', async (as, t) => {
    const { known } = await comeWithCard(as, t)
    await confirm(as, t, { birthYear: 1991 })
    assert.equal((await staysOf(as, await fallIll(as, known))).length, 2)
  })
})
