import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Stage, scenario, services, sql } from '../../../../test/app.ts'
import { minh, nobody, strangerOfficer, thu } from '../../../../test/people.ts'
import { system } from '../../../platform/access.ts'
import { Context } from '../../../platform/context.ts'
import { isFaulty } from '../../../platform/csv-import.ts'
import { transact } from '../../../platform/database.ts'
import { casesImport } from '../../cases/index.ts'
import { newPlaceCode } from '../../places/index.ts'
import { insertStays } from '../../visits/index.ts'
import { linksImport } from '../index.ts'
import { addLink } from './service.ts'

const NOW = '2026-11-22T03:00:00Z'
const HA_NOI = '00004'
const at = (day: number, time: string) => new Date(`2026-11-${String(day).padStart(2, '0')}T${time}:00+07:00`)

type As = Parameters<Parameters<typeof scenario>[1]>[0]

async function bring(t: Stage, lines: string[]) {
  const kind = casesImport({ createMissing: true })
  const rows = lines.map((line) => kind.check(line.split(','), new Date(NOW)))
  assert.ok(!rows.some(isFaulty))
  await kind.write(t.ctx(), rows as never)
  const cases = await t.sql<{ ref: string; id: string; number: string; personId: number; row: number }[]>`
    select ref, public_id as id, number, person_id, case_id as row from case_dates where ref is not null`
  return new Map(cases.map((one) => [one.ref, one]))
}

async function importLinks(t: Stage, lines: string[], createMissing = false) {
  const kind = linksImport({ createMissing })
  const faults: string[] = []
  const rows = lines.flatMap((line) => {
    const row = kind.check(line.split(','), new Date(NOW))
    if (!isFaulty(row)) return [row]
    faults.push(...row.map(({ field, reason }) => `${field} ${reason.en}`))
    return []
  })
  const { written, refused } = await kind.write(t.ctx(), rows)
  return { written, refused: [...refused.values()].map(({ field }) => field), faults }
}

/** A, B and C in Nha Trang, X in Hà Nội; M has measles. */
async function setOut(t: Stage) {
  t.now(NOW)
  const cases = await bring(t, [
    'A,pA,covid-19,2026-11-01,,22366',
    'B,pB,covid-19,2026-11-05,,22366',
    'C,pC,covid-19,2026-11-04,2026-11-05,22366',
    `X,pX,covid-19,2026-11-08,,${HA_NOI}`,
    'M,pM,measles,2026-11-06,,22366',
  ])
  const [market] = await t.sql<{ id: number; code: string }[]>`
    insert into places (public_id, ref, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'market', ${newPlaceCode()}, 'Chợ Đầm', 'market', 'trade',
      (select id from area_names where code = '22366' and valid_to is null), '', '', ${NOW}, ${NOW}
    returning id, code`
  const of = (ref: string) => cases.get(ref)!
  return { of, market: market! }
}

const sizes = async (as: As, query = '') =>
  (await as(minh)('GET', `/chains?sort=-size${query}`)).body.items.map((one: any) => one.size)

describe('links', () => {
  scenario('are added, make a chain, and are withdrawn with a reason, never lost', async (as, t) => {
    const { of } = await setOut(t)
    assert.deepEqual(await sizes(as), [])
    const added = await as(minh)('POST', `/cases/${of('B').id}/links`, {
      infectorNumber: of('A').number,
      exposedOn: '2026-11-02',
      confidence: 'probable',
    })
    assert.equal(added.status, 201, JSON.stringify(added.body))
    assert.equal(added.body.serialDays, 4)
    assert.equal(added.body.source, 'officer')
    assert.match(added.body.addedBy, /Minh/)
    assert.equal(
      (
        await as(minh)('POST', `/cases/${of('C').id}/links`, {
          infectorNumber: of('B').number,
          confidence: 'possible',
        })
      ).status,
      201,
    )
    assert.deepEqual(await sizes(as), [3])

    const read = (await as(minh)('GET', `/cases/${of('B').id}/links`)).body
    assert.deepEqual(
      read.items.map((one: any) => [one.infector.number, one.infected.number, one.serialDays]),
      [
        [of('B').number, of('C').number, -1],
        [of('A').number, of('B').number, 4],
      ],
    )
    const chain = (await as(minh)('GET', `/cases/${of('C').id}/chain`)).body
    assert.deepEqual(
      [chain.size, chain.generations, chain.firstOn, chain.lastOn],
      [3, 2, '2026-11-01', '2026-11-05'],
    )
    assert.deepEqual([chain.active, chain.endsOn], [true, '2026-12-03'])
    assert.match(chain.rule, /28 days.*twice the longest incubation \(14 days; WHO/)
    assert.deepEqual([chain.serialIntervals.min, chain.serialIntervals.max], [-1, 4])

    const gone = await as(minh)('POST', `/links/${added.body.id}/withdrawal`, { because: 'disproved' })
    assert.equal(gone.status, 200, JSON.stringify(gone.body))
    assert.equal(gone.body.withdrawnBecause, 'disproved')
    assert.deepEqual(await sizes(as), [2])
    assert.equal((await as(minh)('GET', `/cases/${of('A').id}/chain`)).body.size, 1)
    const after = (await as(minh)('GET', `/cases/${of('B').id}/links`)).body.items
    assert.deepEqual(
      after.map((one: any) => one.withdrawnBecause),
      [null, 'disproved'],
    )
    const twice = await as(minh)('POST', `/links/${added.body.id}/withdrawal`, { because: 'mistake' })
    assert.deepEqual([twice.status, twice.body.code], [409, 'link.alreadyWithdrawn'])
    // What was withdrawn may be said again.
    assert.equal(
      (
        await as(minh)('POST', `/cases/${of('B').id}/links`, {
          infectorNumber: of('A').number,
          confidence: 'confirmed',
        })
      ).status,
      201,
    )
    assert.deepEqual(await sizes(as), [3])
    const trail = await t.sql`select action from audit_log where action like 'link.%' order by id`
    assert.deepEqual(
      trail.map(({ action }) => action),
      ['link.add', 'link.add', 'link.withdraw', 'link.add'],
    )
    const [{ count }] = (await t.sql`
      select count(*)::int from readings where person_id = ${of('B').personId} and action = 'case.links'`) as never as [
      { count: number },
    ]
    assert.ok(count > 0)
  })

  scenario('what cannot be is refused, with the field', async (as, t) => {
    const { of, market } = await setOut(t)
    const add = async (body: object, ref = 'B') => {
      const answer = await as(minh)('POST', `/cases/${of(ref).id}/links`, { confidence: 'possible', ...body })
      return [answer.status, answer.body.code]
    }
    assert.deepEqual(await add({}), [422, 'link.sourceMissing'])
    assert.deepEqual(await add({ infectorNumber: of('B').number }), [422, 'link.sameCase'])
    assert.deepEqual(await add({ infectorNumber: of('M').number }), [422, 'link.otherDisease'])
    assert.deepEqual(await add({ infectorNumber: 'nothing' }), [422, 'link.infectorUnknown'])
    assert.deepEqual(await add({ infectorNumber: "' or 1=1 --" }), [422, 'link.infectorUnknown'])
    // A case of Hà Nội is not there for an officer of Nha Trang.
    assert.deepEqual(await add({ infectorNumber: of('X').number }), [422, 'link.infectorUnknown'])
    assert.deepEqual(
      await add({ placeCode: `${market.code.slice(0, -1)}${market.code.endsWith('A') ? 'B' : 'A'}` }),
      [422, 'place.codeMistyped'],
    )
    assert.deepEqual(await add({ infectorNumber: of('A').number, exposedOn: '2026-11-06' }), [
      422,
      'chain.exposureUnlikely',
    ])
    assert.deepEqual(await add({ infectorNumber: of('A').number, exposedOn: '2026-10-21' }), [
      422,
      'chain.exposureUnlikely',
    ])
    assert.deepEqual(await add({ infectorNumber: of('A').number, exposedOn: '2026-10-22' }), [201, undefined])
    assert.deepEqual(await add({ infectorNumber: of('A').number }), [409, 'link.alreadyThere'])
    for (const body of [
      { infectorNumber: '' },
      { infectorNumber: 7 },
      { infectorNumber: 'a\0b' },
      { confidence: 'sure' },
      { infectorNumber: 'x', note: 'free' },
      { placeCode: 'x'.repeat(300) },
    ])
      assert.equal((await add(body))[0], 400, JSON.stringify(body))
    for (const query of [
      'sort=name',
      'asOf=2026-13-01',
      'cursor=x',
      `cursor=${Buffer.from('["2026-11-01",7]').toString('base64url')}`,
      'minSize=0',
      'status=over',
    ])
      assert.equal((await as(minh)('GET', `/chains?${query}`)).status, 400, query)
    assert.deepEqual((await as(minh)('GET', '/chains?asOf=2026-11-23')).body.code, 'chain.dayUnlikely')
  })

  scenario('who may not read or change them sees nothing of them', async (as, t) => {
    const { of } = await setOut(t)
    await importLinks(t, ['A,B', 'B,X'])
    assert.deepEqual(await sizes(as), [3])
    const { items } = (await as(minh)('GET', `/cases/${of('B').id}/links`)).body
    const onward = items.find((one: any) => one.infector.number === of('B').number)
    // Beyond reach a case has its day alone.
    assert.deepEqual(onward.infected, { id: null, number: null, beganOn: '2026-11-08' })
    const chain = (await as(minh)('GET', `/cases/${of('A').id}/chain`)).body
    assert.deepEqual([chain.size, chain.beyond], [3, 1])
    const text = JSON.stringify(chain)
    assert.ok(!text.includes(of('X').number) && !text.includes(of('X').id))
    const theirs = (await as(strangerOfficer)('GET', '/chains')).body.items
    assert.deepEqual(
      theirs.map((one: any) => [one.case.number, one.size, one.beyond]),
      [[of('X').number, 3, 2]],
    )
    assert.deepEqual(
      (await as(strangerOfficer)('POST', `/links/${onward.id}/withdrawal`, { because: 'mistake' })).status,
      200,
    )
    const inner = items.find((one: any) => one.infected.number === of('B').number)
    assert.equal(
      (await as(strangerOfficer)('POST', `/links/${inner.id}/withdrawal`, { because: 'mistake' })).status,
      404,
    )
    assert.equal((await as(strangerOfficer)('GET', `/cases/${of('A').id}/links`)).status, 404)
    assert.equal((await as(strangerOfficer)('GET', `/cases/${of('A').id}/chain`)).status, 404)
    for (const who of [thu, nobody]) assert.ok([401, 403].includes((await as(who)('GET', '/chains')).status))
  })

  test('two officers at once: one link stands, and the chain is whole', async () => {
    const officer = new Context(sql, system, services, new Date(NOW))
    const refs = ['w1', 'w2', 'w3']
    try {
      await transact(sql, async (tx) => {
        const kind = casesImport({ createMissing: true })
        const rows = refs.map((ref, day) =>
          kind.check([ref, `person ${ref}`, 'covid-19', `2026-11-1${day}`, '', '22366'], new Date(NOW)),
        )
        await kind.write(officer.within(tx), rows as never)
      })
      const cases = await sql<{ id: string; number: string; row: number }[]>`
        select public_id as id, number, case_id as row from case_dates where ref = any(${refs}) order by ref`
      const add = (infected: number, infector: number) =>
        transact(sql, (tx) => {
          const ctx = new Context(tx, system, services, new Date(NOW), { permission: 'link.edit' })
          return addLink(ctx, cases[infected]!.id, {
            infectorNumber: cases[infector]!.number,
            confidence: 'probable',
          })
        })
      const outcomes = await Promise.allSettled([add(1, 0), add(1, 0), add(2, 1)])
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'fulfilled', 'rejected'])
      const chains =
        await sql`select distinct chain_id from chain_cases where case_id = any(${cases.map(({ row }) => row)})`
      assert.equal(chains.length, 1)
    } finally {
      await sql`delete from transmission_links`
      await sql`delete from chain_cases`
      await sql`delete from entry_holds`
      await sql`
        delete from case_classifications where case_id in (select id from cases where ref = any(${refs}))`
      await sql`delete from cases where ref = any(${refs})`
    }
  })
})

describe('import', () => {
  scenario(
    'links of an outside system come in once; one that was withdrawn does not come back',
    async (as, t) => {
      const { of } = await setOut(t)
      const lines = [
        'A,B',
        'B,C,market,officer,confirmed',
        ',C,market',
        'A,nobody',
        'ghost,B',
        'A,M',
        'A,X,nowhere',
      ]
      const first = await importLinks(t, lines)
      assert.deepEqual(first, {
        written: 3,
        refused: ['infected', 'infector', 'infector', 'place'],
        faults: [],
      })
      assert.equal((await importLinks(t, lines)).written, 0)
      // Two links say of the same case that it was the market.
      assert.deepEqual((await as(minh)('GET', '/chains')).body.items[0].place, { name: 'Chợ Đầm', cases: 1 })
      assert.equal((await importLinks(t, ['A,X,nowhere'], true)).written, 1)
      const bad = await importLinks(t, [
        ',B',
        'A,',
        'A,A',
        'A,B,,rumour',
        'A,B,,,sure',
        `${'x'.repeat(201)},B`,
      ])
      assert.deepEqual(
        bad.faults.map((one) => one.split(' ')[0]),
        ['infector', 'infected', 'infector', 'source', 'confidence', 'infector'],
      )
      const [link] = (await as(minh)('GET', `/cases/${of('B').id}/links`)).body.items.filter(
        (one: any) => one.infected.number === of('B').number,
      )
      assert.equal(link.source, 'import')
      await as(minh)('POST', `/links/${link.id}/withdrawal`, { because: 'mistake' })
      assert.equal((await importLinks(t, ['A,B'])).written, 0)
    },
  )
})

describe('chains', () => {
  scenario('as of a day, by status, size and area, page by page', async (as, t) => {
    t.now(NOW)
    await bring(t, [
      ...Array.from({ length: 6 }, (_, n) => [
        `a${n},pa${n},covid-19,2026-0${n + 1}-01,,22366`,
        `b${n},pb${n},covid-19,2026-0${n + 1}-05,,22366`,
      ]).flat(),
      'c,pc,covid-19,2026-11-10,,22366',
      'd,pd,covid-19,2026-11-12,,22366',
      'e,pe,covid-19,2026-11-14,,22366',
    ])
    await importLinks(t, [...Array.from({ length: 6 }, (_, n) => `a${n},b${n}`), 'c,d', 'd,e'])
    assert.deepEqual(await sizes(as), [3, 2, 2, 2, 2, 2, 2])
    assert.deepEqual(await sizes(as, '&status=active'), [3])
    assert.deepEqual(await sizes(as, '&asOf=2026-11-12'), [2, 2, 2, 2, 2, 2, 2])
    assert.deepEqual(await sizes(as, '&asOf=2026-02-20'), [2, 2])
    assert.deepEqual(await sizes(as, '&asOf=2026-02-20&status=ended'), [2])
    assert.deepEqual(await sizes(as, '&minSize=3&area=22366'), [3])
    assert.deepEqual(await sizes(as, '&disease=measles'), [])
    for (const sort of ['size', '-size', 'firstOn', '-firstOn', 'lastOn', '-lastOn']) {
      const whole = (await as(minh)('GET', `/chains?sort=${sort}`)).body.items.map((one: any) => one.case.id)
      const parts: string[] = []
      for (let cursor = ''; parts.length < 20; ) {
        const { body } = await as(minh)('GET', `/chains?sort=${sort}&limit=2${cursor}`)
        parts.push(...body.items.map((one: any) => one.case.id))
        if (!body.next) break
        cursor = `&cursor=${body.next}`
      }
      assert.deepEqual(parts, whole, sort)
    }
  })

  scenario('a discarded case joins nothing and counts nowhere, until it counts again', async (as, t) => {
    const { of } = await setOut(t)
    await importLinks(t, ['A,B', 'B,C', 'C,X'])
    assert.deepEqual(await sizes(as), [4])
    const classify = async (classification: string) => {
      const path = `/cases/${of('B').id}/classifications`
      const [current] = (await as(minh)('GET', path)).body.items
      const answer = await as(minh)('POST', path, { after: current.id, classification, reason: 'Nhầm mẫu' })
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
    }
    const figures = async () => (await as(minh)('GET', '/transmission/figures?disease=covid-19')).body
    assert.deepEqual([(await figures()).serialIntervals.n, (await figures()).offspring.cases], [2, 3])
    const chain = async (ref: string) => (await as(minh)('GET', `/cases/${of(ref).id}/chain`)).body

    await classify('discarded')
    // Before the chains were found anew, too.
    assert.deepEqual(await sizes(as), [3])
    await t.runJobs()
    assert.deepEqual(await sizes(as), [2])
    assert.deepEqual([(await chain('C')).size, (await chain('A')).size, (await chain('B')).size], [2, 1, 1])
    assert.deepEqual([(await figures()).serialIntervals.n, (await figures()).offspring.cases], [0, 2])
    assert.equal((await as(minh)('GET', `/cases/${of('C').id}/sources`)).body.earlierCases, 1)
    const [link] = (await as(minh)('GET', `/cases/${of('A').id}/links`)).body.items
    assert.deepEqual([link.infected.number, link.withdrawnAt], [of('B').number, null])

    await classify('confirmed')
    await t.runJobs()
    assert.deepEqual(await sizes(as), [4])
  })

  scenario('a corrected onset may part an event; places are ranked with their attack rate', async (as, t) => {
    const { of, market } = await setOut(t)
    await importLinks(t, [',A,market', ',B,market', ',C,market'])
    assert.deepEqual(await sizes(as), [3])
    const stays = ['A', 'B'].map((ref) => ({
      placeId: market.id,
      personId: of(ref).personId,
      arrivedAt: at(1, '08:00'),
      leftAt: at(1, '09:00'),
    }))
    await insertStays(t.sql, [
      ...stays,
      { placeId: market.id, personId: of('M').personId, arrivedAt: at(2, '08:00'), leftAt: null },
    ])
    const { body } = await as(minh)('GET', '/transmission/places?disease=covid-19')
    assert.equal(body.items.length, 1)
    const [place] = body.items
    assert.deepEqual([place.place.name, place.infected, place.present, place.ill], ['Chợ Đầm', 3, 3, 2])
    assert.equal(place.attackRate, 2 / 3)
    assert.deepEqual([place.from, place.to], ['2026-10-18', '2026-11-05'])

    assert.equal((await as(minh)('PATCH', `/cases/${of('A').id}`, { onsetOn: '2026-09-01' })).status, 200)
    await t.runJobs()
    assert.deepEqual(await sizes(as), [2, 1])
  })
})

describe('backward', () => {
  scenario('who met the case is found among however many that fell ill later', async (as, t) => {
    const { of, market } = await setOut(t)
    await bring(
      t,
      Array.from({ length: 2001 }, (_, n) => `z${n},pz${n},covid-19,2026-11-05,,${HA_NOI}`),
    )
    const stays = ['A', 'B'].map((ref) => ({
      placeId: market.id,
      personId: of(ref).personId,
      arrivedAt: at(1, '08:00'),
      leftAt: ref === 'A' ? at(1, '09:00') : null,
    }))
    await insertStays(t.sql, stays)
    const { body } = await as(minh)('GET', `/cases/${of('B').id}/sources`)
    assert.equal(body.earlierCases, 2003)
    assert.deepEqual(
      body.items.map(({ place, cases }: any) => [place.name, cases]),
      [['Chợ Đầm', 1]],
    )
    assert.equal(body.items[0].meetings[0].with.number, of('A').number)
  })

  scenario(
    'shared places are ranked and explained; a marked contact is suggested and confirmed',
    async (as, t) => {
      const { of, market } = await setOut(t)
      const stay = (ref: string, arrivedAt: Date, leftAt: Date | null) => ({
        placeId: market.id,
        personId: of(ref).personId,
        arrivedAt,
        leftAt,
      })
      await insertStays(t.sql, [
        stay('A', at(1, '08:00'), at(1, '09:00')),
        stay('B', at(1, '08:30'), at(1, '10:00')),
        // On the day on which B fell ill already.
        stay('A', at(5, '08:00'), at(5, '09:00')),
        stay('B', at(5, '08:00'), at(5, '09:00')),
      ])
      const { status, body } = await as(minh)('GET', `/cases/${of('B').id}/sources`)
      assert.equal(status, 200, JSON.stringify(body))
      assert.deepEqual([body.from, body.to], ['2026-10-21T17:00:00.000Z', '2026-11-04T17:00:00.000Z'])
      assert.equal(body.earlierCases, 2)
      const [source] = body.items
      // Half an hour together, and a quarter of an hour of air after A had left: markets are aired by windows.
      assert.deepEqual(
        [source.place.name, source.cases, source.seconds, source.score],
        ['Chợ Đầm', 1, 2700, 1.38],
      )
      assert.deepEqual(
        source.meetings.map((one: any) => [one.with.number, one.seconds]),
        [[of('A').number, 2700]],
      )
      assert.match(
        body.rule,
        /14 (ngày trước|days before) .*WHO.*(ngoài trời không tính|in the open not counted)/,
      )
      const read = await t.sql`select person_id from readings where action = 'case.sources'`
      assert.deepEqual(
        read.map(({ personId }) => personId).sort(),
        [of('A').personId, of('B').personId].sort(),
      )
      assert.deepEqual((await as(minh)('GET', `/cases/${of('A').id}/sources`)).body.items, [])

      // A case beyond reach keeps its number, but where it was is told: whose it is can see by whom.
      await t.sql`delete from readings`
      await t.sql`update cases set area_id = (select area_id from cases where person_id = ${of('X').personId}) where person_id = ${of('A').personId}`
      const [meeting] = (await as(minh)('GET', `/cases/${of('B').id}/sources`)).body.items[0].meetings
      assert.equal(meeting.with.number, null)
      assert.equal(
        (await t.sql`select from readings where person_id = ${of('A').personId} and action = 'case.sources'`)
          .length,
        1,
      )
      const [opened] = await t.sql`
        select details from audit_log where action = 'window.open' and details->>'by' = 'sources' order by id desc limit 1`
      assert.deepEqual(
        [opened!.details.from, opened!.details.to, opened!.details.stays, opened!.details.people],
        [body.from, body.to, 1, 2],
      )
      await t.sql`update cases set area_id = (select area_id from cases where person_id = ${of('B').personId}) where person_id = ${of('A').personId}`

      assert.deepEqual((await as(minh)('GET', `/cases/${of('B').id}/links`)).body.suggestions, [])
      await t.sql`
      insert into contacts (public_id, case_id, person_id, label, first_at, last_at, marked_at)
      values (gen_random_uuid(), ${of('A').row}, ${of('B').personId}, 'F1', ${at(1, '08:30')}, ${at(1, '09:00')}, ${NOW})`
      const [suggestion] = (await as(minh)('GET', `/cases/${of('B').id}/links`)).body.suggestions
      assert.deepEqual(
        [suggestion.infector.number, suggestion.label, suggestion.place.name, suggestion.seconds],
        [of('A').number, 'F1', 'Chợ Đầm', 2700],
      )
      const confirmed = await as(minh)('POST', `/cases/${of('B').id}/links`, {
        infectorNumber: suggestion.infector.number,
        placeCode: suggestion.place.code,
        confidence: 'probable',
        suggested: true,
      })
      assert.deepEqual(
        [confirmed.status, confirmed.body.code, confirmed.body.source],
        [201, undefined, 'trace'],
      )
      assert.deepEqual((await as(minh)('GET', `/cases/${of('B').id}/links`)).body.suggestions, [])
    },
  )

  scenario('the air counts as in a trace, also at a guessed end; in the open nothing does', async (as, t) => {
    const { of, market } = await setOut(t)
    const here = (ref: string, from: string, to: string | null) => ({
      placeId: market.id,
      personId: of(ref).personId,
      arrivedAt: at(1, from),
      leftAt: to === null ? null : at(1, to),
    })
    await insertStays(t.sql, [
      here('A', '08:00', '09:00'),
      here('A', '08:30', '09:10'),
      // Nobody scanned B who left: as in a trace, the usual stay of a market stands for it.
      here('B', '09:00', null),
      here('M', '08:00', '09:00'),
    ])
    const sources = async () =>
      (await as(minh)('GET', `/cases/${of('B').id}/sources`)).body.items.map((one: any) =>
        one.meetings.map(({ with: other, from, to, seconds, estimated }: any) => [
          other.number,
          new Date(from),
          new Date(to),
          seconds,
          estimated,
        ]),
      )
    assert.deepEqual(await sources(), [[[of('A').number, at(1, '09:00'), at(1, '09:25'), 1500, true]]])
    await t.sql`update places set kind = 'tourism' where id = ${market.id}`
    assert.deepEqual(await sources(), [])
  })
})
