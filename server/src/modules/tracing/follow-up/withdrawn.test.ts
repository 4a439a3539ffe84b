import assert from 'node:assert/strict'
import { inflateRawSync } from 'node:zlib'
import { type Ask, type Stage, scenario } from '../../../../test/app.ts'
import { minh } from '../../../../test/people.ts'
import { readSheet } from '../../../../test/sheet.ts'
import { insertStays } from '../../visits/index.ts'

const NOW = '2026-11-22T03:00:00Z'
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`)

type As = Parameters<Parameters<typeof scenario>[1]>[0]

const must = async (ask: Ask, ...what: Parameters<Ask>) => {
  const answer = await ask(...what)
  assert.ok(answer.status < 300, `${what[0]} ${what[1]}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/**
 * Bình was at the market with Cúc and Dũng, Sáu a day later at an eating house with Cúc and Em; all were marked. Then Bình
 * turns out to have been isolated before, and his contacts are taken back.
 */
async function takenBack(as: As, t: Stage) {
  t.now(NOW)
  const people = new Map<string, { id: string; row: number }>()
  for (const name of ['Bình', 'Sáu', 'Cúc', 'Dũng', 'Em']) {
    const person = { name: `Trần Thị ${name}`, birthYear: 1980, areaCode: '22366' }
    const { id } = await must(as(minh), 'POST', '/people', person)
    const [row] = await t.sql`select id from people where public_id = ${id}`
    people.set(name, { id, row: row!.id })
  }
  const [market, inn] = await t.sql<{ id: number }[]>`
    insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'BACK' || n, name, 'other', 'other',
      (select id from area_names where code = '22366' and valid_to is null), '', '', ${NOW}, ${NOW}
    from unnest(array['Chợ Đầm', 'Quán cơm Bà Sáu']) with ordinality as given (name, n) order by n returning id`
  const together = (place: { id: number }, day: number, names: string[]) =>
    insertStays(
      t.sql,
      names.map((name) => ({
        placeId: place.id,
        personId: people.get(name)!.row,
        arrivedAt: at(day, '08:00'),
        leftAt: at(day, '10:00'),
      })),
    )
  await together(market!, 18, ['Bình', 'Cúc', 'Dũng'])
  await together(inn!, 19, ['Sáu', 'Cúc', 'Em'])
  const confirm = async (name: string, onsetOn: string) =>
    must(as(minh), 'POST', '/cases', { personId: people.get(name)!.id, diseaseId: 'covid-19', onsetOn })
  const fallIll = async (name: string) => {
    const { id, number } = await confirm(name, '2026-11-20')
    const { id: traceId } = await must(as(minh), 'POST', `/cases/${id}/traces`, {})
    await t.runJobs()
    await must(as(minh), 'POST', `/cases/${id}/contacts`, { traceId, all: true, label: 'F1' })
    await t.runJobs()
    return { id: id as string, number: number as string }
  }
  const [binh, sau] = [await fallIll('Bình'), await fallIll('Sáu')]
  const list = async (query: string) =>
    (await must(as(minh), 'GET', `/follow-ups?${query}`)).items.map((one: any) => one.person.id).toSorted()
  const idsOf = (...names: string[]) => names.map((name) => people.get(name)!.id).toSorted()
  assert.deepEqual(await list(`caseId=${binh.id}`), idsOf('Cúc', 'Dũng'))
  await must(as(minh), 'PATCH', `/cases/${binh.id}`, { isolatedAt: at(17, '00:00'), reason: 'Hỏi lại' })
  await t.runJobs()
  const [renewed] = (await must(as(minh), 'GET', `/cases/${binh.id}/traces`)).items
  await must(as(minh), 'POST', `/cases/${binh.id}/contact-withdrawals`, {
    traceId: renewed.id,
    all: true,
    reason: 'Ngày của ca đã sửa',
  })
  await t.runJobs()
  return { binh, sau, people, list, idsOf, confirm }
}

/** Every text in a ZIP, such as a workbook is. */
function readZip(bytes: Buffer) {
  let text = ''
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const local = bytes.readUInt32LE(at + 42)
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(begin, begin + bytes.readUInt32LE(at + 20))
    text += (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
  }
  return text
}

scenario('an exposure that was taken back is on no call list and no call sheet', async (as, t) => {
  const { binh, sau, people, list, idsOf } = await takenBack(as, t)
  assert.deepEqual(await list(`caseId=${binh.id}`), [])
  assert.deepEqual(await list(`caseId=${sau.id}`), idsOf('Cúc', 'Em'))
  assert.deepEqual(await list(''), idsOf('Cúc', 'Em'))
  const { items } = await must(as(minh), 'GET', '/follow-ups')
  const cuc = items.find((one: any) => one.person.id === people.get('Cúc')!.id)
  assert.equal(cuc.exposures, 1)
  const sheet = await must(as(minh), 'GET', `/follow-ups/${cuc.id}?reason=followUp`)
  assert.deepEqual(
    sheet.met.map((one: any) => [one.caseNumber, one.places]),
    [[sau.number, ['Quán cơm Bà Sáu']]],
  )
  const counted = await must(as(minh), 'GET', `/follow-up-counts?caseId=${binh.id}`)
  assert.equal(counted.people, 0)
})

scenario('an exposure that was taken back is in no file', async (as, t) => {
  const { binh, sau } = await takenBack(as, t)
  const order = async (body: object) => {
    const asked = { form: 'f1', reason: 'followUp', ...body }
    const { status, bytes } = await as(minh)('POST', '/follow-ups/line-lists', asked, {
      'accept-language': 'vi',
    })
    assert.equal(status, 200)
    return bytes
  }
  const csv = async (body: object) => (await order({ format: 'csv', ...body })).toString('utf8')
  const pdf = async (body: object) =>
    readSheet(await order({ format: 'pdf', ...body }))
      .texts.map(({ text }) => text)
      .join(' ')
  const all = [
    await csv({}),
    await csv({ form: 'who' }),
    readZip(await order({ format: 'xlsx' })),
    readZip(await order({ format: 'xlsx', form: 'who' })),
    await pdf({}),
  ]
  for (const text of all) {
    assert.match(text, /Cúc/)
    assert.match(text, /Quán cơm/)
    assert.doesNotMatch(text, /Dũng|Chợ Đầm/)
    assert.ok(!text.includes(binh.number))
  }
  const [, line] = /\n(.*Cúc.*)\r\n/.exec(all[1]!)!
  assert.match(line!, new RegExp(`^[^,]+,${sau.number},`))
  assert.match(line!, /,Quán cơm Bà Sáu,1,/)
  assert.equal((await csv({ caseId: binh.id })).trimEnd().split('\r\n').length, 1)
  assert.doesNotMatch(readZip(await order({ format: 'xlsx', caseId: binh.id })), /Cúc/)
  assert.doesNotMatch(await pdf({ caseId: binh.id }), /Cúc/)
})

scenario('an exposure that was taken back counts in no figure', async (as, t) => {
  const { confirm } = await takenBack(as, t)
  t.now('2026-11-23T03:00:00Z')
  // Both fell ill: Dũng, whose contact was taken back, came from nowhere that is known.
  await confirm('Dũng', '2026-11-22')
  await confirm('Em', '2026-11-22')
  await t.runJobs()
  t.now('2026-11-23T03:01:00Z')
  const { totals } = await must(as(minh), 'GET', '/reports/follow-up?on=2026-11-23&area=22366')
  assert.deepEqual(
    { due24h: totals.due24h, cases: totals.cases, knownCases: totals.knownCases, watched: totals.watched },
    { due24h: 2, cases: 4, knownCases: 1, watched: 1 },
  )
})
