import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import { lan, minh, NHA_TRANG, type Who } from '../../../test/people.ts'
import { type DoubtName, doubtNumber } from '../visits/index.ts'

/** A number that a gate vouched for, as the table has it. */
const VOUCHED = 8
const NOW = '2026-11-22T03:00:00Z'

/** Lan is a case; places by name. */
async function setUp(as: (who: Who) => Ask, t: Stage) {
  t.now(NOW)
  const profile = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG, relation: 'self' }
  await as(lan)('POST', '/people', profile)
  const personId = (await as(lan)('GET', '/me')).body.person.id
  const sick = { personId, diseaseId: 'covid-19', onsetOn: '2026-11-20' }
  const { body } = await as(minh)('POST', '/cases', sick)
  await t.sql`select ensure_weeks('2026-11-10', ${NOW})`
  const places = await t.sql<{ id: number; publicId: string }[]>`
    insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'ASIDE' || n, 'Nơi ' || n, 'other', 'other',
      (select id from area_names where code = ${NHA_TRANG} and valid_to is null), '', '', ${NOW}, ${NOW}
    from generate_series(1, 3) as n returning id, public_id`
  /** So many scans, a second apart. */
  const put = (place: number, reason: DoubtName, from: string, count = 1) => t.sql`
    insert into scans (id, place_id, person_id, at, received_at, direction, source, via, doubt)
    select gen_random_uuid(), ${places[place - 1]!.id}, ${rowOf(lan).id}, ${from}::timestamptz + make_interval(secs => n),
      ${NOW}, 1, 1, ${VOUCHED}, ${doubtNumber(reason)} from generate_series(0, ${count - 1}::int) as n`
  const read = async (path: string) => {
    const { status, body: answer } = await as(minh)('GET', `/cases/${body.id}/${path}`)
    assert.equal(status, 200, JSON.stringify(answer))
    return answer
  }
  return { caseId: body.id as string, placeId: (n: number) => places[n - 1]!.publicId, put, read }
}

const sayGroup = ({ place, reason, on, scans, isMore }: any) =>
  [place.name, reason, on, scans, ...(isMore ? ['more'] : [])].join(' ')

describe('what is set aside of a case', () => {
  scenario('somebody who types the number again and again hides nothing', async (as, t) => {
    const { put, read, placeId } = await setUp(as, t)
    await put(1, 'travel', '2026-11-18T01:00:00Z', 1200)
    await put(1, 'travel', '2026-11-19T16:58:00Z', 300) // midnight at Nha Trang comes after two minutes
    await put(1, 'takenBack', '2026-11-18T02:00:00Z', 2)
    await put(2, 'travel', '2026-11-18T03:00:00Z')
    await put(3, 'copied', '2026-11-20T03:00:00Z')
    await put(3, 'copied', '2026-11-17T16:59:00Z') // before the window
    const { setAside } = await read('stays')
    assert.deepEqual(setAside.items.map(sayGroup), [
      'Nơi 1 travel 2026-11-18 1000 more',
      'Nơi 1 takenBack 2026-11-18 2',
      'Nơi 2 travel 2026-11-18 1',
      'Nơi 1 travel 2026-11-19 120',
      'Nơi 1 travel 2026-11-20 180',
      'Nơi 3 copied 2026-11-20 1',
    ])
    const [flood] = setAside.items
    assert.deepEqual([flood.firstAt, flood.lastAt], ['2026-11-18T01:00:00.000Z', '2026-11-18T01:19:59.000Z'])
    assert.equal(flood.known.via, 'vouched')
    assert.deepEqual(setAside.counts, [
      { reason: 'travel', scans: 1000, isMore: true },
      { reason: 'copied', scans: 1, isMore: false },
      { reason: 'takenBack', scans: 2, isMore: false },
    ])
    const copied = await read('set-aside?reason=copied')
    assert.deepEqual(copied.items.map(sayGroup), ['Nơi 3 copied 2026-11-20 1'])
    assert.deepEqual(copied.counts, setAside.counts, 'the counts are of every reason')

    const opened = await read(`set-aside-scans?reason=travel&place=${placeId(1)}&on=2026-11-19`)
    assert.equal(opened.items.length, 50)
    assert.equal(opened.items[0].at, '2026-11-19T16:58:00.000Z')
  })

  scenario('pages leave nothing out and tell nothing twice', async (as, t) => {
    const { put, read } = await setUp(as, t)
    for (const day of [18, 19, 20])
      for (const place of [1, 2, 3])
        for (const reason of ['travel', 'copied'] as const)
          await put(place, reason, `2026-11-${day}T0${place % 2}:00:00Z`, 3)
    const readAll = async (path: string) => {
      const items: any[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: any = await read(`${path}&limit=4${cursor && `&cursor=${cursor}`}`)
        items.push(...page.items)
        cursor = page.next
      }
      return items
    }
    const groups = await readAll('set-aside?')
    assert.equal(new Set(groups.map(sayGroup)).size, 18)
    assert.equal(groups.length, 18)
    assert.deepEqual(
      groups.map(({ firstAt }) => firstAt),
      groups.map(({ firstAt }) => firstAt).toSorted(),
    )
    assert.equal((await readAll('set-aside?reason=copied')).length, 9)
    const scans = await readAll('set-aside-scans?')
    assert.deepEqual([scans.length, scans.filter(({ reason }) => reason === 'copied').length], [54, 27])
    assert.deepEqual(
      scans.map(({ at }) => at),
      scans.map(({ at }) => at).toSorted(),
    )
  })

  scenario('it is read of a case that may be read, and every reading is told', async (as, t) => {
    const { caseId, put, read } = await setUp(as, t)
    await put(1, 'travel', '2026-11-18T01:00:00Z')
    await read('set-aside')
    await read('set-aside-scans')
    const readings = await t.sql`
      select from readings where action = 'case.stays' and person_id = ${rowOf(lan).id} and case_id = ${caseId}`
    assert.equal(readings.length, 2)
    const windows = await t.sql`
      select details->>'by' as by from audit_log where action = 'window.open' and subject_id = ${caseId} order by id`
    assert.deepEqual(
      windows.map(({ by }) => by),
      ['setAside', 'setAside'],
    )
    const id = '0194a8f0-0000-7000-8000-000000000000'
    for (const moment of ['soon', '-000001-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z'])
      for (const [path, parts] of [
        ['set-aside', [moment, id, 1]],
        ['set-aside-scans', [moment, id]],
      ] as const) {
        const forged = Buffer.from(JSON.stringify(parts)).toString('base64url')
        const { status } = await as(minh)('GET', `/cases/${caseId}/${path}?cursor=${forged}`)
        assert.equal(status, 400, `${path} ${moment}`)
      }
  })
})
