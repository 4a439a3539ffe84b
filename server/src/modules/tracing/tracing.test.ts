import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, nobody, strangerOfficer, thu, tu } from '../../../test/people.ts'
import { insertStays } from '../visits/index.ts'
import { traceByRef } from './index.ts'
import { traceContacts } from './trace.ts'

const NOW = '2026-11-22T03:00:00Z'
const elsewhere = '00000000-0000-7000-8000-000000000000'
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`)

type As = Parameters<Parameters<typeof scenario>[1]>[0]
type Person = { id: string; row: number }

const rowId = async (t: Stage, id: string) =>
  (await t.sql`select id from people where public_id = ${id}`)[0]!.id as number

/** Two places in Phường Nha Trang; refs as an import would have set them. */
async function openPlaces(t: Stage) {
  const rows = await t.sql<{ id: number }[]>`
    insert into places (public_id, ref, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'place-' || n, 'TRACE' || n, case n when 1 then 'Chợ Đầm' else 'Xe buýt 01' end, 'other', 'other',
      (select id from area_names where code = '22366' and valid_to is null), '', '', ${NOW}, ${NOW}
    from generate_series(1, 2) as n order by n returning id`
  return { market: rows[0]!.id, bus: rows[1]!.id }
}

/**
 * Bình has COVID-19 since 20 November. In his window he met Lan for an hour and Tú, who has no phone here, for half
 * an hour at the market, and Hoa for five minutes on the bus. Lan, three days later, met Hoa for two hours.
 */
async function outbreak(as: As, t: Stage) {
  t.now(NOW)
  const register = async (more: object): Promise<Person> => {
    const { status, body } = await as(minh)('POST', '/people', {
      birthYear: 1980,
      areaCode: '22366',
      ...more,
    })
    assert.equal(status, 201, JSON.stringify(body))
    return { id: body.id, row: await rowId(t, body.id) }
  }
  const binh = await register({ name: 'Trần Văn Bình', phone: '0905000199' })
  const cuc = await register({ name: 'Lê Thị Cúc' })
  const own = (who: typeof lan) => ({ id: rowOf(who).publicId, row: rowOf(who).id })
  const { market, bus } = await openPlaces(t)
  const stay = (person: Person, placeId: number, arrivedAt: Date, leftAt: Date | null) => ({
    placeId,
    personId: person.row,
    arrivedAt,
    leftAt,
  })
  await insertStays(t.sql, [
    stay(binh, market, at(18, '08:00'), at(18, '10:00')),
    stay(own(lan), market, at(18, '08:30'), at(18, '09:30')),
    stay(cuc, market, at(18, '09:30'), at(18, '10:00')),
    stay(binh, bus, at(19, '07:00'), at(19, '07:05')),
    stay(own(hoa), bus, at(19, '07:00'), at(19, '07:05')),
    stay(own(lan), bus, at(21, '07:00'), at(21, '09:00')),
    stay(own(hoa), bus, at(21, '07:00'), at(21, '09:00')),
    // The day before the window begins.
    stay(binh, market, at(17, '08:00'), at(17, '10:00')),
    stay(own(tu), market, at(17, '08:00'), at(17, '10:00')),
  ])
  const { body } = await as(minh)('POST', '/cases', {
    personId: binh.id,
    diseaseId: 'covid-19',
    onsetOn: '2026-11-20',
  })
  return { caseId: body.id as string, binh, cuc, lan: own(lan), hoa: own(hoa), market, bus }
}

async function trace(ask: Ask, t: Stage, caseId: string, parameters: object = {}) {
  const asked = await ask('POST', `/cases/${caseId}/traces`, parameters)
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  assert.equal((await ask('GET', `/traces/${asked.body.id}`)).body.status, 'waiting')
  await t.runJobs()
  const { body } = await ask('GET', `/traces/${asked.body.id}`)
  assert.equal(body.status, 'done', JSON.stringify(body))
  return body
}

const names = (items: { person: { maskedName: string } }[]) => items.map((item) => item.person.maskedName)

describe('tracing a case', () => {
  scenario('window and thresholds come from the case and its profile', async (as, t) => {
    const { caseId, binh, lan: lanRow, cuc } = await outbreak(as, t)
    const done = await trace(as(minh), t, caseId)
    assert.equal(done.caseId, caseId)
    assert.deepEqual(done.progress, { done: 1, total: 1 })
    assert.deepEqual(done.counts, [{ hop: 1, people: 2 }])
    assert.deepEqual(done.parameters, {
      from: '2026-11-17T17:00:00.000Z',
      to: '2026-12-04T17:00:00.000Z',
      minOverlapSeconds: 900,
      airingSeconds: 1800,
      airingByVentilation: { sealed: 3600, conditioned: 1800, natural: 900, open: null },
      hops: 1,
      latencyHours: 48,
      diseaseId: 'covid-19',
      profileVersion: 3,
    })
    assert.equal(done.problem, null)
    const { body } = await as(minh)('GET', `/traces/${done.id}/contacts`)
    assert.deepEqual(body.next, null)
    assert.deepEqual(
      body.items.map((item: any) => [item.person.id, item.hop, item.via, item.overlapSeconds, item.label]),
      [
        [lanRow.id, 1, null, 3600, null],
        [cuc.id, 1, null, 1800, null],
      ],
    )
    const [exposure] = body.items[0].exposures
    assert.equal(exposure.place.name, 'Chợ Đầm')
    assert.equal(exposure.place.area.fullName, 'Phường Nha Trang')
    assert.equal(exposure.with.id, binh.id)
    assert.deepEqual(
      [exposure.from, exposure.to, exposure.seconds, exposure.estimated],
      [at(18, '08:30').toISOString(), at(18, '09:30').toISOString(), 3600, false],
    )
  })

  scenario('who has not left yet was together with others until now, and no longer', async (as, t) => {
    const { caseId, binh, cuc, market } = await outbreak(as, t)
    t.now(at(21, '13:06').toISOString())
    await insertStays(t.sql, [
      { placeId: market, personId: binh.row, arrivedAt: at(21, '12:40'), leftAt: null },
      { placeId: market, personId: cuc.row, arrivedAt: at(21, '12:46'), leftAt: null },
    ])
    const found = async () => {
      const { id } = await trace(as(minh), t, caseId)
      const { body } = await as(minh)('GET', `/traces/${id}/contacts`)
      const { overlapSeconds, lastAt } = body.items.find((item: any) => item.person.id === cuc.id)
      return [overlapSeconds - 1800, lastAt]
    }
    assert.deepEqual(await found(), [20 * 60, at(21, '13:06').toISOString()])
    t.now(at(21, '13:16').toISOString())
    assert.deepEqual(await found(), [30 * 60, at(21, '13:16').toISOString()])
  })

  scenario(
    'a trace of fewer hops in between hides nobody: the next one follows that which looked as far',
    async (as, t) => {
      const { caseId } = await outbreak(as, t)
      const far = await trace(as(minh), t, caseId, { hops: 2 })
      const near = await trace(as(minh), t, caseId)
      assert.equal(near.follows, far.id)
      const again = await trace(as(minh), t, caseId, { hops: 2 })
      assert.equal(again.follows, far.id)
      assert.equal((await trace(as(minh), t, caseId)).follows, again.id)
    },
  )

  scenario('how long air infects goes by the kind of place, unless the officer says it', async (as, t) => {
    const { caseId, binh, cuc, market } = await outbreak(as, t)
    // Another day at another market: Cúc comes ten minutes after Bình has left, and stays for half an hour.
    const [{ id: place }] = await t.sql<[{ id: number }]>`
      insert into places (public_id, code, name, kind, sector, address, search_key, created_at, changed_at)
      select gen_random_uuid(), 'TRACE3', name, kind, sector, '', '', created_at, changed_at from places where id = ${market}
      returning id`
    await insertStays(t.sql, [
      { placeId: place, personId: binh.row, arrivedAt: at(20, '08:00'), leftAt: at(20, '09:00') },
      { placeId: place, personId: cuc.row, arrivedAt: at(20, '09:10'), leftAt: at(20, '09:40') },
    ])
    const together = async (parameters: object = {}) => {
      const { id } = await trace(as(minh), t, caseId, parameters)
      const { body } = await as(minh)('GET', `/traces/${id}/contacts`)
      return body.items.find((item: any) => item.person.id === cuc.id).overlapSeconds - 1800
    }
    const becomes = (kind: string) => t.sql`update places set kind = ${kind} where id = ${place}`
    const minutes: Record<string, number> = {}
    for (const kind of ['karaoke', 'office', 'market', 'tourism']) {
      await becomes(kind)
      minutes[kind] = (await together()) / 60
    }
    // An hour, half an hour, a quarter of an hour; in the open nobody.
    assert.deepEqual(minutes, { karaoke: 30, office: 20, market: 5, tourism: 0 })
    assert.equal(await together({ airingSeconds: 1200 }), 600)
    const { body: whatIf } = await as(minh)('POST', `/cases/${caseId}/what-if`, { airingSeconds: 1200 })
    assert.equal(whatIf.before.airingByVentilation.open, null)
    assert.equal(whatIf.after.airingByVentilation, undefined)
  })

  scenario(
    'what the run keeps is what the trace finds, over hops and with other thresholds',
    async (as, t) => {
      const { caseId, binh } = await outbreak(as, t)
      const wanted = { from: '2026-11-17T00:00:00+07:00', minOverlapSeconds: 60, airingSeconds: 0, hops: 3 }
      const done = await trace(as(minh), t, caseId, wanted)
      // Everybody is found at once: Tú too, now that the window begins earlier.
      assert.deepEqual(done.counts, [{ hop: 1, people: 4 }])
      assert.deepEqual(done.progress, { done: 3, total: 3 })
      const two = await trace(as(minh), t, caseId, { hops: 2 })
      assert.deepEqual(two.counts, [
        { hop: 1, people: 2 },
        { hop: 2, people: 1 },
      ])
      for (const { id, parameters } of [done, two]) {
        const kept = await t.sql`
        select person_id, hop::int, via_id, overlap_seconds, first_at, last_at, exposures from trace_contacts
        where trace_id = (select id from traces where public_id = ${id})
        order by hop, overlap_seconds desc, person_id`
        const { from, to, ...limits } = parameters
        const found = await traceContacts(t.sql, {
          person: binh.row,
          from: new Date(from),
          to: new Date(to),
          timeZone: 'Asia/Ho_Chi_Minh',
          ...limits,
        })
        assert.deepEqual(
          kept.map(({ exposures, ...row }) => ({
            ...row,
            exposures: exposures.map((one: any) => ({
              placeId: one.place,
              withId: one.with,
              from: new Date(one.from),
              to: new Date(one.to),
              seconds: one.seconds,
              estimated: one.estimated,
            })),
          })),
          found,
        )
      }
    },
  )

  scenario('the second hop begins when the first could infect, and says through whom', async (as, t) => {
    const { caseId, lan: lanRow, hoa: hoaRow } = await outbreak(as, t)
    const { id } = await trace(as(minh), t, caseId, { hops: 2 })
    const { body } = await as(minh)('GET', `/traces/${id}/contacts?hop=2`)
    assert.equal(body.items.length, 1)
    const [found] = body.items
    // Lan could infect from 20 November 08:30 on; five minutes with Bình were too short for Hoa.
    assert.deepEqual([found.person.id, found.via.id, found.overlapSeconds], [hoaRow.id, lanRow.id, 7200])
    assert.equal(found.exposures[0].with.id, lanRow.id)
  })

  scenario(
    'who was isolated infects nobody from then on, and the list stays as it was known',
    async (as, t) => {
      const { caseId, lan: lanRow, hoa: hoaRow } = await outbreak(as, t)
      // Lan could infect from 20 November 08:30 on, and was with Hoa on the 21st from 07:00 to 09:00.
      const before = await trace(as(minh), t, caseId, { hops: 2 })
      const [{ id: areaId }] = await t.sql<[{ id: number }]>`select min(id) as id from areas`
      const [{ id: followUp }] = await t.sql<[{ id: number }]>`
      insert into follow_ups (public_id, person_id, disease_id, profile_version, area_id, status, label, exposed_to, watch_until, next_at, opened_at)
      values (gen_random_uuid(), ${lanRow.row}, 'covid-19', 3, ${areaId}, 'isolated', 'F1', '2026-11-18', '2026-12-02', ${NOW}, ${NOW}) returning id`
      const isolate = (when: Date) => t.sql`
      insert into follow_up_events (follow_up_id, kind, outcome, at, recorded_at)
      values (${followUp}, 'attempt', 'isolated', ${when}, ${NOW})`
      const second = async ({ id }: { id: string }) =>
        (await as(minh)('GET', `/traces/${id}/contacts?hop=2`)).body.items.map((item: any) => [
          item.person.id,
          item.overlapSeconds,
          item.exposures[0].seconds,
        ])
      // Before she was exposed, it says nothing of her now.
      await isolate(at(18, '08:00'))
      assert.deepEqual(await second(await trace(as(minh), t, caseId, { hops: 2 })), [[hoaRow.id, 7200, 7200]])
      await isolate(at(21, '08:00'))
      const cut = await trace(as(minh), t, caseId, { hops: 2 })
      assert.deepEqual(await second(cut), [[hoaRow.id, 5400, 5400]])
      // A line whose overlaps are found when it is read goes by what was known when the list was made.
      await t.sql`update trace_contacts set exposures = '[]' where hop = 2`
      await t.sql`delete from follow_up_events`
      assert.deepEqual(await second(cut), [[hoaRow.id, 5400, 5400]])
      assert.deepEqual(await second(before), [[hoaRow.id, 7200, 7200]])
      // An own case says so too.
      await t.sql`
      insert into cases (public_id, number, person_id, disease_id, profile_version, onset_on, confirmed_on, isolated_at, area_id, created_at)
      values (gen_random_uuid(), 'OWN-1', ${lanRow.row}, 'covid-19', 3, '2026-11-20', '2026-11-20', ${at(20, '20:00')}, ${areaId}, ${NOW})`
      assert.deepEqual((await trace(as(minh), t, caseId, { hops: 2 })).counts, [{ hop: 1, people: 2 }])
    },
  )

  scenario('the list is sorted and paged on the server', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const { id } = await trace(as(minh), t, caseId, { minOverlapSeconds: 60, airingSeconds: 0 })
    const list = async (query: string) =>
      names((await as(minh)('GET', `/traces/${id}/contacts?${query}`)).body.items)
    const all = await list('')
    assert.equal(all.length, 3)
    assert.deepEqual(await list('sort=-overlapSeconds'), all)
    assert.deepEqual(await list('sort=firstAt'), all)
    assert.deepEqual(await list('sort=-lastAt'), all.toReversed())
    for (const sort of [
      '',
      '&sort=firstAt',
      '&sort=-firstAt',
      '&sort=lastAt',
      '&sort=-lastAt',
      '&sort=-overlapSeconds',
    ]) {
      const paged: string[] = []
      for (let cursor = ''; ; ) {
        const { body } = await as(minh)('GET', `/traces/${id}/contacts?limit=1${sort}${cursor}`)
        paged.push(...names(body.items))
        if (!body.next) break
        cursor = `&cursor=${body.next}`
      }
      assert.deepEqual(paged, await list(sort.slice(1)), sort)
    }
    assert.equal((await as(minh)('GET', `/traces/${id}/contacts?cursor=x`)).status, 400)
    const unknown = Buffer.from(JSON.stringify([elsewhere])).toString('base64url')
    assert.deepEqual(await list(`cursor=${unknown}`), [])
  })

  scenario(
    'the list narrows to a place and to how sure it is, in pages and with what else is asked',
    async (as, t) => {
      const { caseId, binh, cuc, lan: lanRow, hoa: hoaRow, market, bus } = await outbreak(as, t)
      // Nobody saw Cúc leave the bus, nor Tú the market; a neighbour is only told of.
      await insertStays(t.sql, [
        { placeId: bus, personId: binh.row, arrivedAt: at(20, '07:00'), leftAt: at(20, '08:00') },
        { placeId: bus, personId: cuc.row, arrivedAt: at(20, '07:00'), leftAt: null },
        { placeId: market, personId: rowOf(tu).id, arrivedAt: at(18, '08:00'), leftAt: null },
      ])
      await as(minh)('POST', `/cases/${caseId}/declared-contacts`, {
        name: 'Bạn Ăn Trưa',
        phone: '0905000777',
        setting: 'meal',
        from: '2026-11-19T11:00:00+07:00',
        to: '2026-11-19T12:00:00+07:00',
      })
      const { id } = await trace(as(minh), t, caseId, { hops: 2, beside: true })
      const list = async (query: string) => {
        const found: any[] = []
        for (let cursor = ''; ; ) {
          const { status, body } = await as(minh)('GET', `/traces/${id}/contacts?limit=1&${query}${cursor}`)
          assert.equal(status, 200, JSON.stringify(body))
          found.push(...body.items)
          if (!body.next) return found
          cursor = `&cursor=${body.next}`
        }
      }
      const places = (hop: number) => as(minh)('GET', `/traces/${id}/places?hop=${hop}`)
      const sureOf = ({ exposures }: any) => {
        const estimated = exposures.filter((one: any) => one.estimated).length
        if (exposures.length === 0) return 'told'
        return estimated === 0 ? 'recorded' : estimated === exposures.length ? 'estimated' : 'partly'
      }
      const placesOf = (line: any) =>
        [...line.exposures, ...(line.beside ?? [])].flatMap(({ place }: any) => place?.id ?? [])
      const holds = async (hop: number) => {
        const all = await list(`hop=${hop}`)
        const { items, isKnown } = (await places(hop)).body
        assert.equal(isKnown, true)
        assert.deepEqual(
          new Map(items.map(({ place, people }: any) => [place.id, people])),
          new Map(
            [...new Set(all.flatMap(placesOf))].map((id) => [
              id,
              all.filter((line) => placesOf(line).includes(id)).length,
            ]),
          ),
        )
        for (const more of [
          '',
          '&sort=firstAt',
          '&sort=-lastAt',
          '&sort=-overlapSeconds',
          '&unmarked=true',
          '&beside=true',
        ]) {
          const lines = await list(`hop=${hop}${more}`)
          for (const place of [undefined, ...items.map((item: any) => item.place.id)])
            for (const sure of [undefined, 'recorded', 'partly', 'estimated', 'told']) {
              const asked = `hop=${hop}${more}${place ? `&place=${place}` : ''}${sure ? `&sure=${sure}` : ''}`
              const wanted = lines.filter(
                (line) => (!place || placesOf(line).includes(place)) && (!sure || sureOf(line) === sure),
              )
              assert.deepEqual(await list(asked), wanted, asked)
            }
        }
        return all.map((line) => [line.person.id, sureOf(line)])
      }
      const first = await holds(1)
      const friend = first.find(([, sure]) => sure === 'told')![0]
      assert.deepEqual(
        first.toSorted(),
        [
          [lanRow.id, 'recorded'],
          [cuc.id, 'partly'],
          [rowOf(tu).publicId, 'estimated'],
          [friend, 'told'],
        ].toSorted(),
      )
      assert.deepEqual(await holds(2), [[hoaRow.id, 'recorded']])
      assert.deepEqual(await list(`place=${elsewhere}`), [])

      // The same where overlaps are found when a line is read: once somebody asks for the places, a job finds them all.
      await t.sql`delete from trace_lines`
      await t.sql`delete from trace_places`
      await t.sql`update trace_hops set places = null`
      await t.sql`update trace_contacts set exposures = '[]'`
      assert.equal(
        (await as(minh)('GET', `/traces/${id}/contacts?sure=told`)).body.code,
        'trace.placesUnknown',
      )
      for (const hop of [1, 2])
        for (const _ of ['asked', 'asked again'])
          assert.deepEqual((await places(hop)).body, {
            items: [],
            next: null,
            isKnown: false,
            isLost: false,
            unplaced: 0,
          })
      assert.equal(
        (await t.sql`select from graphile_worker.jobs where task_identifier = 'tracing.place'`).length,
        2,
      )
      await t.runJobs()
      assert.deepEqual((await holds(1)).toSorted(), first.toSorted())
      assert.deepEqual(await holds(2), [[hoaRow.id, 'recorded']])
    },
  )

  scenario(
    'places that could not be found out, or not within an hour, are asked for again',
    async (as, t) => {
      const { caseId, cuc } = await outbreak(as, t)
      const { id } = await trace(as(minh), t, caseId)
      await t.sql`delete from trace_lines`
      await t.sql`delete from trace_places`
      await t.sql`update trace_hops set places = null`
      await t.sql`update trace_contacts set exposures = '[]'`
      const jobs = () => t.sql`select from graphile_worker.jobs where task_identifier = 'tracing.place'`
      const places = async (ask: () => ReturnType<Ask>) => {
        const { isKnown, isLost, unplaced, items } = (await ask()).body
        return { isKnown, isLost, unplaced, places: items.length, jobs: (await jobs()).length }
      }
      const read = () => places(() => as(minh)('GET', `/traces/${id}/places`))
      const again = () => places(() => as(minh)('POST', `/traces/${id}/places`, { hop: 1 }))
      const going = { isKnown: false, isLost: false, unplaced: 0, places: 0 }
      assert.deepEqual(await read(), { ...going, jobs: 1 })
      await t.sql`delete from graphile_worker._private_jobs` // the job is lost
      const later = (minutes: number) => t.now(new Date(Date.parse(NOW) + minutes * 60_000))
      later(59)
      assert.deepEqual(
        [await read(), await again()],
        [
          { ...going, jobs: 0 },
          { ...going, jobs: 0 },
        ],
      )
      later(60)
      assert.deepEqual(await read(), { ...going, isLost: true, jobs: 0 })
      assert.deepEqual(await again(), { ...going, jobs: 1 })
      assert.deepEqual(await again(), { ...going, jobs: 1 }, 'once')

      // What stops it stops it once, and is said.
      await t.sql`
      insert into trace_places (trace_id, hop, place_id, people)
      select id, 1, ${cuc.row}, 1 from traces where public_id = ${id}`
      await t.sql`update trace_places set place_id = (select min(id) from places where code like 'TRACE%')`
      await t.runJobs()
      const failed = await read()
      assert.deepEqual([failed.isKnown, failed.isLost, failed.jobs], [false, true, 0])
      await t.sql`delete from trace_places`
      // Whose stays changed meanwhile has no place, and that is said.
      await t.sql`delete from visits where person_id = ${cuc.row}`
      await again()
      await t.runJobs()
      assert.deepEqual(await read(), { isKnown: true, isLost: false, unplaced: 1, places: 1, jobs: 0 })
      const lines = async (query: string) =>
        (await as(minh)('GET', `/traces/${id}/contacts?${query}`)).body.items.map((one: any) => one.isChanged)
      assert.deepEqual([await lines(''), await lines('sure=recorded')], [[false, true], [false]])
      assert.deepEqual(await again(), { isKnown: true, isLost: false, unplaced: 1, places: 1, jobs: 0 })
    },
  )

  scenario('who is on the page has been read, for this case', async (as, t) => {
    const { caseId, binh, cuc, lan: lanRow } = await outbreak(as, t)
    const { id } = await trace(as(minh), t, caseId)
    await as(minh)('GET', `/traces/${id}/contacts?limit=1`)
    const readings = await t.sql`select person_id, case_id from readings where action = 'contact.list'`
    assert.deepEqual(readings.map((row) => row.personId).toSorted(), [binh.row, lanRow.row].toSorted())
    assert.ok(readings.every((row) => row.caseId === caseId))
    assert.ok(!readings.some((row) => row.personId === cuc.row))
  })

  scenario('an empty or endless window is refused', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const ask = async (body: object) => (await as(minh)('POST', `/cases/${caseId}/traces`, body)).body.code
    assert.equal(await ask({ from: NOW, to: NOW }), 'trace.windowEmpty')
    assert.equal(await ask({ from: '2026-01-01T00:00:00Z' }), 'trace.windowTooLong')
    assert.equal(await ask({ hops: 4 }), 'request.invalid')
    await as(minh)('PATCH', `/cases/${caseId}`, { isolatedAt: '2026-11-01T00:00:00Z' })
    assert.equal(await ask({}), 'trace.windowEmpty')
  })

  scenario(
    'a window beyond what the disease explains needs a reason, which the auditor reads',
    async (as, t) => {
      const { caseId } = await outbreak(as, t)
      const ask = (body: object) => as(minh)('POST', `/cases/${caseId}/traces`, body)
      // Fourteen days before the onset it may have been caught; a day earlier nobody knows why somebody asks.
      const far = { from: '2026-11-05T00:00:00+07:00' }
      assert.equal(
        (await trace(as(minh), t, caseId, { from: '2026-11-06T00:00:00+07:00' })).parameters.wider,
        true,
      )
      for (const body of [far, { ...far, reason: ' ' }, { to: '2026-12-06T00:00:00+07:00' }]) {
        const { status, body: refused } = await ask(body)
        assert.deepEqual([status, refused.code], [422, 'trace.reasonMissing'])
      }
      const whatIf = (body: object) => as(minh)('POST', `/cases/${caseId}/what-if`, body)
      assert.equal((await whatIf({ onsetOn: '2026-11-01' })).body.code, 'trace.reasonMissing')
      assert.equal((await whatIf({ onsetOn: '2026-11-01', reason: 'Khai lại' })).status, 200)

      const reason = 'Xét nghiệm cho thấy đã nhiễm từ lâu'
      const done = await trace(as(minh), t, caseId, { ...far, reason })
      assert.deepEqual([done.parameters.wider, done.parameters.reason], [true, reason])
      await as(minh)('GET', `/traces/${done.id}/contacts`)
      const said = await t.sql`
      select action, details->>'by' as by from audit_log where details->>'wider' = 'true' and details->>'reason' = ${reason} order by id`
      assert.deepEqual(
        said.map(({ action, by }) => [action, by]),
        [
          ['case.trace', null],
          ['window.open', 'trace'],
          ['window.open', 'contacts'],
        ],
      )
      const plain = await trace(as(minh), t, caseId)
      assert.ok(!('wider' in plain.parameters))
    },
  )

  scenario('a run that fails says so, and leaves nothing half done', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const { body } = await as(minh)('POST', `/cases/${caseId}/traces`, {})
    await t.sql`update traces set parameters = parameters || '{"from": "soon"}'`
    await t.runJobs()
    await t.sql`update traces set parameters = parameters || ${t.sql.json({ from: NOW })}`
    const failed = (await as(minh)('GET', `/traces/${body.id}`)).body
    assert.deepEqual([failed.status, failed.counts], ['failed', []])
    assert.match(failed.problem, /Run it again.*RangeError/)
    assert.equal(
      (await as(minh)('POST', `/cases/${caseId}/contacts`, { traceId: body.id, all: true, label: 'F1' })).body
        .code,
      'trace.notDone',
    )
  })

  scenario('a job that comes twice changes nothing', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const done = await trace(as(minh), t, caseId, { hops: 2 })
    await t.ctx().addJob('tracing.run', { id: done.id })
    await t.ctx().addJob('tracing.run', { id: elsewhere })
    await t.runJobs()
    assert.deepEqual((await as(minh)('GET', `/traces/${done.id}`)).body, done)
  })

  scenario('only a health officer whose case it is may trace it and read what was found', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const { id } = await trace(as(minh), t, caseId)
    const asks = [
      ['POST', `/cases/${caseId}/traces`, {}],
      ['GET', `/cases/${caseId}/traces`],
      ['GET', `/traces/${id}`],
      ['GET', `/traces/${id}/contacts`],
      ['POST', `/cases/${caseId}/contacts`, { traceId: id, all: true, label: 'F1' }],
      ['GET', `/cases/${caseId}/contacts`],
    ] as const
    for (const [method, path, body] of asks) {
      const status = async (who: Parameters<As>[0]) => (await as(who)(method, path, body)).status
      assert.equal(await status(nobody), 401, path)
      assert.equal(await status(lan), 403, path)
      assert.equal(await status(thu), 403, path)
      assert.equal(await status(strangerOfficer), 404, path)
    }
    assert.equal((await as(minh)('GET', `/traces/${elsewhere}`)).body.code, 'trace.unknown')
    assert.deepEqual(
      (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items.map((item: any) => item.id),
      [id],
    )
  })
})

describe('marking contacts', () => {
  scenario('each new contact is warned once, by SMS and on their page', async (as, t) => {
    const { caseId, cuc, lan: lanRow } = await outbreak(as, t)
    const { id: traceId } = await trace(as(minh), t, caseId)
    const mark = (body: object) =>
      as(minh)('POST', `/cases/${caseId}/contacts`, { traceId, label: 'F1', ...body })
    const markings = [
      await mark({ personIds: [lanRow.id, lanRow.id] }),
      await mark({ all: true }),
      await mark({ all: true }),
    ]
    assert.deepEqual(
      markings.map(({ status, body }) => [status, body.status, body.marked, body.alreadyMarked]),
      [
        [201, 'done', 1, 0],
        [201, 'done', 1, 1],
        [201, 'done', 0, 2],
      ],
    )
    assert.equal((await t.sql`select from warning_runs`).length, 2, 'who marks nobody sends nothing')
    const before = (await as(minh)('GET', `/cases/${caseId}/contacts`)).body.items
    assert.deepEqual(
      before.map((item: any) => item.reachedBy),
      [null, null],
    )
    await t.runJobs()
    await t.ctx().addJob('tracing.warn', { subjectId: caseId })
    await t.runJobs()

    const sent = (await t.outbox()).filter(({ text }) => text.includes('COVID-19'))
    assert.equal(sent.length, 1)
    assert.equal(sent[0]!.to, '+84905000101')
    assert.match(
      sent[0]!.text,
      /trong ngay 18\/11\/2026.*den het ngay 02\/12\/2026.*1022.*\/warnings\/[0-9a-f-]{36}$/,
    )
    for (const secret of ['Chợ', 'Bình', 'Trần', '22366']) assert.ok(!sent[0]!.text.includes(secret), secret)

    const { items } = (await as(minh)('GET', `/cases/${caseId}/contacts`)).body
    assert.deepEqual(
      items.map((item: any) => [item.person.id, item.label, item.reachedBy, item.toldAt !== null]),
      [
        [cuc.id, 'F1', 'none', false],
        [lanRow.id, 'F1', 'sms', true],
      ],
    )
    assert.deepEqual((await as(minh)('GET', `/cases/${caseId}/contact-counts`)).body, {
      people: 2,
      withdrawn: 0,
      told: 1,
      recalled: 0,
      unreachable: 1,
      going: 0,
      held: 0,
      read: 0,
    })
    const toCall = (await as(minh)('GET', `/cases/${caseId}/contacts?reachedBy=none`)).body.items
    assert.deepEqual(names(toCall), ['Lê Thị C***'])
    const page = await as(minh)('GET', `/cases/${caseId}/contacts?limit=1`)
    const rest = await as(minh)('GET', `/cases/${caseId}/contacts?limit=1&cursor=${page.body.next}`)
    assert.deepEqual(names([...page.body.items, ...rest.body.items]), names(items))
    const labels = (await as(minh)('GET', `/traces/${traceId}/contacts`)).body.items.map(
      (item: any) => item.label,
    )
    assert.deepEqual(labels, ['F1', 'F1'])
    const left = await as(minh)('GET', `/traces/${traceId}/contacts?unmarked=true`)
    assert.deepEqual(left.body.items, [])
    const audit = await t.sql`select details from audit_log where action = 'contact.mark' order by id`
    assert.deepEqual(
      audit.map((row) => row.details),
      markings.slice(0, 2).map(({ body }) => ({ marking: body.id, label: 'F1', marked: 1 })),
    )
  })

  scenario(
    'each is asked to stay at home while they watch their health, and by no gate why',
    async (as, t) => {
      const { caseId, lan: lanRow } = await outbreak(as, t)
      const { id: traceId } = await trace(as(minh), t, caseId)
      const status = async () => {
        const { body } = await as(lan)('GET', '/me/status')
        return [body.status, body.instruction, body.declaration]
      }
      assert.deepEqual((await status())[0], 'yellow')
      const mark = () =>
        as(minh)('POST', `/cases/${caseId}/contacts`, { traceId, personIds: [lanRow.id], label: 'F1' })
      await mark()
      const [warning] = (await as(lan)('GET', '/me/warnings')).body.items
      assert.equal(warning.watchUntil, '2026-12-02')
      const home = ['red', 'Please stay at home and call the health station.', null]
      assert.deepEqual(await status(), home)
      t.now('2026-12-02T16:59:59Z')
      assert.deepEqual(await status(), home)
      t.now('2026-12-02T17:00:00Z')
      assert.deepEqual((await status())[0], 'yellow')
      // Whom an officer let in again is not held again by the same mark.
      t.now(NOW)
      await t.sql`update people set area_id = (select id from area_names where code = '22366' and valid_to is null)
      where id = ${lanRow.row}`
      assert.equal((await as(minh)('DELETE', `/people/${lanRow.id}/entry-holds`)).status, 204)
      await mark()
      assert.deepEqual((await status())[0], 'yellow')
    },
  )

  scenario('who is not marked yet can be listed alone', async (as, t) => {
    const { caseId, lan: lanRow, cuc } = await outbreak(as, t)
    const { id: traceId } = await trace(as(minh), t, caseId)
    const unmarked = async () => {
      const { body } = await as(minh)('GET', `/traces/${traceId}/contacts?unmarked=true`)
      return body.items.map(({ person }: any) => person.id)
    }
    assert.deepEqual(await unmarked(), [lanRow.id, cuc.id])
    const marking = { traceId, personIds: [lanRow.id], label: 'F1' }
    assert.equal((await as(minh)('POST', `/cases/${caseId}/contacts`, marking)).status, 201)
    assert.deepEqual(await unmarked(), [cuc.id])
  })

  scenario('only people whom a trace of this case found in hop 1', async (as, t) => {
    const { caseId, binh, hoa: hoaRow, lan: lanRow } = await outbreak(as, t)
    const { id: traceId } = await trace(as(minh), t, caseId, { hops: 2 })
    const mark = async (body: object, of = caseId) => {
      const answer = await as(minh)('POST', `/cases/${of}/contacts`, { traceId, label: 'F1', ...body })
      return [answer.status, answer.body.code]
    }
    assert.deepEqual(await mark({ personIds: [lanRow.id, binh.id] }), [404, 'contact.notFound'])
    assert.deepEqual(await mark({ personIds: [hoaRow.id] }), [404, 'contact.notFound'])
    assert.deepEqual(await mark({ personIds: [elsewhere] }), [404, 'contact.notFound'])
    assert.deepEqual(await mark({}), [422, 'contact.choiceUnclear'])
    assert.deepEqual(await mark({ all: true, personIds: [lanRow.id] }), [422, 'contact.choiceUnclear'])
    assert.deepEqual(await mark({ all: true, traceId: elsewhere }), [404, 'trace.unknown'])
    const other = await as(minh)('POST', '/cases', {
      personId: binh.id,
      diseaseId: 'measles',
      onsetOn: '2026-11-20',
    })
    assert.deepEqual(await mark({ all: true }, other.body.id), [404, 'trace.unknown'])
    assert.equal((await t.sql`select from contacts`).length, 0)
  })
})

describe('warnings', () => {
  scenario('Lan reads hers, and nobody else does', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const { id: traceId } = await trace(as(minh), t, caseId)
    await as(minh)('POST', `/cases/${caseId}/contacts`, { traceId, label: 'F1', all: true })
    const { items } = (await as(lan)('GET', '/me/warnings', undefined, { 'accept-language': 'vi' })).body
    assert.equal(items.length, 1)
    const [warning] = items
    assert.equal(warning.title, 'Bạn có thể đã ở gần người mắc COVID-19 trong ngày 18/11/2026.')
    assert.equal(warning.instructions.length, 3)
    assert.deepEqual(
      [warning.exposedFrom, warning.exposedTo, warning.watchUntil, warning.readAt],
      ['2026-11-18', '2026-11-18', '2026-12-02', null],
    )
    assert.ok(!JSON.stringify(items).includes('Chợ') && !JSON.stringify(items).includes(caseId))

    for (const who of [hoa, tu]) {
      assert.deepEqual((await as(who)('GET', '/me/warnings')).body.items, [])
      assert.equal((await as(who)('GET', `/me/warnings/${warning.id}`)).body.code, 'warning.unknown')
    }
    assert.equal((await as(nobody)('GET', '/me/warnings')).status, 401)
    assert.equal((await as(minh)('GET', `/me/warnings/${warning.id}`)).status, 403)

    const first = (await as(lan)('GET', `/me/warnings/${warning.id}`)).body
    assert.equal(first.readAt, new Date(NOW).toISOString())
    t.now('2026-11-23T00:00:00Z')
    assert.equal((await as(lan)('GET', `/me/warnings/${warning.id}`)).body.readAt, first.readAt)
  })

  scenario('who was near a contact is not told of having been near the case', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const { id: traceId } = await trace(as(minh), t, caseId, { hops: 2 })
    await as(minh)('POST', `/cases/${caseId}/contacts`, { traceId, label: 'F2', all: true })
    await t.runJobs()
    const words = 'gần người có tiếp xúc liên quan đến ca COVID-19 trong ngày 21/11/2026.'
    const { items } = (await as(hoa)('GET', '/me/warnings', undefined, { 'accept-language': 'vi' })).body
    assert.deepEqual(
      items.map(({ label, title }: any) => [label, title]),
      [['F2', `Bạn có thể đã ở ${words}`]],
    )
    const sent = (await t.outbox()).filter(({ text }) => text.includes('/warnings/'))
    assert.deepEqual(
      sent.map(({ to }) => to),
      ['+84905000102'],
    )
    assert.match(sent[0]!.text, /nguoi co tiep xuc lien quan|người có tiếp xúc liên quan|contact with/)
  })

  scenario('a message is sent for a child too, to the number that reaches it', async (as, t) => {
    const { caseId, market } = await outbreak(as, t)
    const me = await as(lan)('POST', '/people', {
      name: 'Trần Thị Lan',
      birthYear: 1990,
      areaCode: '22366',
      relation: 'self',
    })
    assert.equal(me.status, 201)
    const child = await as(lan)('POST', '/people', {
      name: 'Bé An',
      birthYear: 2020,
      areaCode: '22366',
      relation: 'child',
    })
    const landline = { name: 'Ông Tám', birthYear: 1950, areaCode: '22366', phone: '0258 3822 222' }
    const tam = (await as(minh)('POST', '/people', landline)).body
    for (const { id } of [child.body, tam]) {
      const [personId, arrivedAt, leftAt] = [await rowId(t, id), at(18, '08:30'), at(18, '09:30')]
      await insertStays(t.sql, [{ placeId: market, personId, arrivedAt, leftAt }])
    }
    const { id: traceId } = await trace(as(minh), t, caseId)
    await as(minh)('POST', `/cases/${caseId}/contacts`, { traceId, label: 'F1', all: true })
    await t.runJobs()
    const sent = (await t.outbox()).filter(({ text }) => text.includes('/warnings/'))
    assert.deepEqual(
      sent.map(({ to }) => to),
      ['+84905000101', '+84905000101'],
    )
    assert.equal(new Set(sent.map(({ text }) => text)).size, 2)
    assert.deepEqual(names((await as(lan)('GET', '/me/warnings')).body.items).toSorted(), [
      'Bé A***',
      'Trần Thị L***',
    ])
    // A landline takes no message: somebody has to call.
    const toCall = (await as(minh)('GET', `/cases/${caseId}/contacts?reachedBy=none`)).body.items
    assert.deepEqual(names(toCall).toSorted(), ['Lê Thị C***', 'Ông T***'])
  })
})

scenario('by ref: the contract of the command line', async (as, t) => {
  const { binh, lan: lanRow, cuc, hoa: hoaRow } = await outbreak(as, t)
  for (const [ref, { row }] of [
    ['f0', binh],
    ['b-lan', lanRow],
    ['a-cuc', cuc],
  ] as const)
    await t.sql`update people set ref = ${ref} where id = ${row}`
  const [from, to] = [at(18, '00:00'), at(22, '00:00')]
  const traced = await traceByRef(t.ctx(), { person: 'f0', from, to, hops: 2 })
  assert.deepEqual(JSON.parse(JSON.stringify(traced)), {
    person: 'f0',
    from: '2026-11-17T17:00:00.000Z',
    to: '2026-11-21T17:00:00.000Z',
    contacts: [
      {
        person: 'b-lan',
        hop: 1,
        via: null,
        overlapSeconds: 3600,
        firstAt: '2026-11-18T01:30:00.000Z',
        lastAt: '2026-11-18T02:30:00.000Z',
        exposures: [
          {
            place: 'place-1',
            with: 'f0',
            from: '2026-11-18T01:30:00.000Z',
            to: '2026-11-18T02:30:00.000Z',
            seconds: 3600,
            estimated: false,
          },
        ],
      },
      {
        person: 'a-cuc',
        hop: 1,
        via: null,
        overlapSeconds: 1800,
        firstAt: '2026-11-18T02:30:00.000Z',
        lastAt: '2026-11-18T03:00:00.000Z',
        exposures: [
          {
            place: 'place-1',
            with: 'f0',
            from: '2026-11-18T02:30:00.000Z',
            to: '2026-11-18T03:00:00.000Z',
            seconds: 1800,
            estimated: false,
          },
        ],
      },
      {
        person: hoaRow.id,
        hop: 2,
        via: 'b-lan',
        overlapSeconds: 7200,
        firstAt: '2026-11-21T00:00:00.000Z',
        lastAt: '2026-11-21T02:00:00.000Z',
        exposures: [
          {
            place: 'place-2',
            with: 'b-lan',
            from: '2026-11-21T00:00:00.000Z',
            to: '2026-11-21T02:00:00.000Z',
            seconds: 7200,
            estimated: false,
          },
        ],
      },
    ],
  })
  assert.deepEqual(
    (await traceByRef(t.ctx(), { person: hoaRow.id, from, to })).contacts.map((c) => c.person),
    ['b-lan'],
  )
  await assert.rejects(traceByRef(t.ctx(), { person: 'who', from, to }), { code: 'trace.personUnknown' })
})

scenario('by ref: ties go to the smaller ref, in the list and for via', async (as, t) => {
  const { binh, lan: lanRow, cuc, hoa: hoaRow, market } = await outbreak(as, t)
  await t.sql`delete from visits`
  const stay = ({ row: personId }: Person, from: string, to: string) => ({
    placeId: market,
    personId,
    arrivedAt: at(18, from),
    leftAt: at(18, to),
  })
  await insertStays(t.sql, [
    stay(binh, '08:00', '09:00'),
    stay(cuc, '08:00', '11:00'),
    stay(lanRow, '08:00', '11:00'),
    stay(hoaRow, '10:00', '11:00'),
  ])
  // The smaller ref has the larger row, and the other way round.
  const [larger, smaller] = [cuc, lanRow].toSorted((one, other) => one.row - other.row)
  for (const [ref, { row }] of [
    ['f0', binh],
    ['z', larger!],
    ['Z', smaller!],
  ] as const)
    await t.sql`update people set ref = ${ref} where id = ${row}`
  const { contacts } = await traceByRef(t.ctx(), {
    person: 'f0',
    from: at(18, '00:00'),
    to: at(19, '00:00'),
    hops: 2,
    latencyHours: 1,
  })
  assert.deepEqual(
    contacts.map(({ person, hop, via, overlapSeconds }) => [person, hop, via, overlapSeconds]),
    [
      ['Z', 1, null, 3600],
      ['z', 1, null, 3600],
      [hoaRow.id, 2, 'Z', 3600],
    ],
  )
  assert.deepEqual(
    contacts[2]!.exposures.map((exposure) => exposure.with),
    ['Z', 'z'],
  )
})

describe('asking otherwise', () => {
  scenario('another onset, rule or exit says who would enter and leave, and keeps nothing', async (as, t) => {
    const { caseId, binh, lan: lanRow, cuc, market } = await outbreak(as, t)
    const ask = (what: object) => as(minh)('POST', `/cases/${caseId}/what-if`, what)
    const ids = (items: { person: { id: string } }[]) => items.map(({ person }) => person.id)

    const earlier = await ask({ onsetOn: '2026-11-19' })
    assert.equal(earlier.status, 200, JSON.stringify(earlier.body))
    assert.deepEqual([earlier.body.entering, earlier.body.leaving], [1, 0])
    assert.deepEqual(ids(earlier.body.enters), [rowOf(tu).publicId])
    assert.deepEqual(
      [earlier.body.before.counts, earlier.body.after.counts],
      [[{ hop: 1, people: 2 }], [{ hop: 1, people: 3 }]],
    )
    // It opens a window like a trace: the auditor sees it, and so does the case.
    const opened = await t.sql`select subject_id, details from audit_log where action = 'window.open'`
    assert.deepEqual(
      opened.map(({ subjectId, details }) => [subjectId, details.by, details.from, details.people]),
      [[caseId, 'whatIf', '2026-11-16T17:00:00.000Z', 2]],
    )
    assert.equal(
      (await t.sql`select from readings where action = 'contact.list' and person_id = ${binh.row}`).length,
      1,
    )
    for (const onsetOn of ['2025-06-01', '2026-12-24'])
      assert.equal((await ask({ onsetOn })).body.code, 'case.dayUnlikely')

    const stricter = await ask({ minOverlapSeconds: 3600 })
    assert.deepEqual([stricter.body.entering, ids(stricter.body.leaves)], [0, [cuc.id]])

    const [{ publicId }] = await t.sql<
      [{ publicId: string }]
    >`select public_id from places where id = ${market}`
    const stay = {
      placeId: publicId,
      arrivedAt: at(18, '08:00').toISOString(),
      leftAt: at(18, '08:10').toISOString(),
    }
    const left = await ask({ stay, airingSeconds: 0 })
    assert.deepEqual(new Set(ids(left.body.leaves)), new Set([lanRow.id, cuc.id]))

    assert.equal((await ask({})).status, 400)
    assert.equal(
      (await as(strangerOfficer)('POST', `/cases/${caseId}/what-if`, { airingSeconds: 0 })).status,
      404,
    )
    assert.deepEqual((await as(minh)('GET', `/cases/${caseId}/traces`)).body.items, [])
    assert.equal((await as(minh)('GET', `/cases/${caseId}`)).body.onsetOn, '2026-11-20')
    await t.sql`update cases set classification = 'discarded' where public_id = ${caseId}`
    assert.equal((await ask({ airingSeconds: 0 })).body.code, 'case.discarded')
  })

  scenario('of every hop that was traced: who changes hop neither enters nor leaves', async (as, t) => {
    const { caseId, binh, lan, hoa, cuc, bus } = await outbreak(as, t)
    const ask = async () =>
      (await as(minh)('POST', `/cases/${caseId}/what-if`, { onsetOn: '2026-11-21' })).body
    const said = (items: any[]) => items.map(({ person, hop, from }) => [person.id, hop, from])
    const both = { arrivedAt: at(19, '07:00'), leftAt: at(19, '09:00'), placeId: bus }
    await insertStays(t.sql, [
      { ...both, personId: binh.row },
      { ...both, personId: hoa.row },
    ])
    // Of the first hop alone Lan, whom Bình met on the 18th, leaves.
    await trace(as(minh), t, caseId)
    const near = await ask()
    assert.deepEqual([near.moving, near.leaving, near.after.counts], [0, 2, [{ hop: 1, people: 1 }]])

    await trace(as(minh), t, caseId, { hops: 2 })
    const far = await ask()
    assert.deepEqual([far.entering, far.leaving, far.moving], [0, 1, 1])
    assert.deepEqual(said(far.leaves), [[cuc.id, 1, undefined]])
    assert.deepEqual(said(far.moves), [[lan.id, 2, 1]], 'she met Hoa on the 21st')
    assert.deepEqual(
      [far.before.counts, far.after.counts],
      [
        [
          { hop: 1, people: 3 },
          { hop: 2, people: 0 },
        ],
        [
          { hop: 1, people: 1 },
          { hop: 2, people: 1 },
        ],
      ],
    )
    await as(minh)('PATCH', `/cases/${caseId}`, { onsetOn: '2026-11-21', reason: 'Hỏi lại' })
    await t.runJobs()
    const [again] = (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items
    assert.deepEqual(again.counts, far.after.counts, 'as it was foretold')
  })

  scenario('an edited onset is traced again, and says who is new', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const first = await trace(as(minh), t, caseId)
    assert.deepEqual([first.follows, first.changes], [null, []])
    await as(minh)('PATCH', `/cases/${caseId}`, { onsetOn: '2026-11-19' })
    await t.runJobs()
    const [again] = (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items
    assert.equal(again.follows, first.id)
    assert.deepEqual(again.changes, [{ hop: 1, entering: 1, leaving: 0, gone: 0 }])
    const fresh = await as(minh)('GET', `/traces/${again.id}/contacts?new=true`)
    assert.deepEqual(
      fresh.body.items.map((item: any) => item.person.id),
      [rowOf(tu).publicId],
    )
    const all = (await as(minh)('GET', `/traces/${again.id}/contacts`)).body.items
    assert.deepEqual(
      all.filter((item: any) => item.isNew).map((item: any) => item.person.id),
      [rowOf(tu).publicId],
    )
    // The old answer stands as it was.
    assert.deepEqual((await as(minh)('GET', `/traces/${first.id}`)).body.counts, [{ hop: 1, people: 2 }])
  })

  scenario(
    'who turns out to have been isolated in time has an empty list, which says who is gone',
    async (as, t) => {
      const { caseId } = await outbreak(as, t)
      const first = await trace(as(minh), t, caseId, { hops: 2 })
      await as(minh)('PATCH', `/cases/${caseId}`, { isolatedAt: '2026-11-17T00:00:00+07:00' })
      await t.runJobs()
      const [again] = (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items
      assert.deepEqual([again.follows, again.status, again.counts], [first.id, 'done', []])
      assert.deepEqual(again.changes, [
        { hop: 1, entering: 0, leaving: 2, gone: 2 },
        { hop: 2, entering: 0, leaving: 1, gone: 1 },
      ])
    },
  )

  scenario('a case is traced anew as far as it was, also when it was in a batch since', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const deep = await trace(as(minh), t, caseId, { hops: 3, beside: true })
    await as(minh)('POST', '/trace-batches', { caseIds: [caseId] })
    await t.runJobs()
    const latest = async () => (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items[0]
    const batch = await latest()
    // Nobody is gone only because they were not looked for.
    assert.deepEqual([batch.follows, batch.parameters.hops, batch.changes], [deep.id, 1, []])
    await as(minh)('PATCH', `/cases/${caseId}`, { onsetOn: '2026-11-19' })
    await t.runJobs()
    const again = await latest()
    assert.deepEqual([again.follows, again.parameters.hops, again.parameters.beside], [deep.id, 3, true])
  })

  scenario('scans that come late are found at night', async (as, t) => {
    const { caseId, market } = await outbreak(as, t)
    const first = await trace(as(minh), t, caseId)
    const latest = async () => (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items[0]
    await t.sql`select graphile_worker.add_job('tracing.refresh', '{}'::json)`
    await t.runJobs()
    assert.equal((await latest()).id, first.id, 'nothing is new')
    await insertStays(t.sql, [
      { placeId: market, personId: rowOf(tu).id, arrivedAt: at(18, '08:00'), leftAt: at(18, '09:00') },
    ])
    await t.sql`select graphile_worker.add_job('tracing.refresh', '{}'::json)`
    await t.runJobs()
    assert.deepEqual((await latest()).changes, [{ hop: 1, entering: 1, leaving: 0, gone: 0 }])
  })
})

describe('scans that come late', () => {
  scenario('are looked at within minutes, once a case however many batches came', async (as, t) => {
    const { caseId, binh } = await outbreak(as, t)
    const { body: place } = await as(hoa)('POST', '/places', {
      name: 'Chợ Mới',
      kind: 'market',
      areaCode: '22366',
      address: 'Đường Phan Bội Châu',
      phone: '0905000102',
    })
    const scan = (ask: Ask, direction: 'in' | 'out', when: Date) =>
      ask('PUT', `/visits/${randomUUID()}`, { placeCode: place.code, direction, at: when.toISOString() })
    const [{ id: placeId }] = await t.sql<
      [{ id: number }]
    >`select id from places where public_id = ${place.id}`
    await insertStays(t.sql, [
      { placeId, personId: binh.row, arrivedAt: at(21, '08:00'), leftAt: at(21, '10:00') },
    ])
    await trace(as(minh), t, caseId)
    const traces = async () => (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items
    const noted = async () => (await t.sql`select from late_place_days`).length
    const look = async () => {
      await t.ctx().addJob('tracing.look', {})
      await t.runJobs()
      return (await traces()).length
    }
    for (const who of [lan, tu, hoa])
      await as(who)('POST', '/people', { name: 'Trần Thị Lan', birthYear: 1990, areaCode: '22366' })
    // Whoever comes now is noted nowhere, and nobody looks.
    const now = await scan(as(tu), 'in', new Date(NOW))
    assert.equal(now.status, 200, JSON.stringify(now.body))
    assert.equal(await noted(), 0)
    assert.equal(await look(), 1)

    // Two phones were without network while the case was there; and one elsewhere, which concerns nobody.
    for (const who of [tu, hoa])
      for (const [direction, time] of [
        ['in', '08:10'],
        ['out', '09:00'],
      ] as const)
        assert.equal((await scan(as(who), direction, at(21, time))).status, 200)
    assert.ok((await noted()) > 0)
    assert.equal(await look(), 2)
    assert.equal(await noted(), 0)
    const [again, first] = await traces()
    assert.deepEqual(
      [again.follows, again.changes],
      [first.id, [{ hop: 1, entering: 2, leaving: 0, gone: 0 }]],
    )
    assert.equal(await look(), 2)
    await scan(as(lan), 'in', at(14, '08:00'))
    assert.equal(await noted(), 1)
    assert.equal(await look(), 2, 'before the case could infect')

    // One that waits will see them itself.
    await scan(as(lan), 'in', at(21, '08:20'))
    await as(minh)('POST', `/cases/${caseId}/traces`, {})
    assert.equal(await look(), 3)
  })
})

describe('at night', () => {
  scenario('later hops and longer times are looked through too, by the same rule', async (as, t) => {
    const { caseId, lan: lanRow, binh, bus, market } = await outbreak(as, t)
    await trace(as(minh), t, caseId, { hops: 2 })
    const latest = async () => (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items[0]
    const night = async () => {
      await t.ctx().addJob('tracing.refresh', {})
      await t.runJobs()
      return latest()
    }
    const first = await latest()
    assert.equal((await night()).id, first.id, 'nothing is new')
    // Tú was with Lan when she could infect others.
    const stay = (personId: number, placeId: number, from: string, to: string, day: number) => ({
      placeId,
      personId,
      arrivedAt: at(day, from),
      leftAt: at(day, to),
    })
    await insertStays(t.sql, [stay(rowOf(tu).id, bus, '08:00', '09:00', 21)])
    const second = await night()
    assert.deepEqual(
      [second.follows, second.changes],
      [first.id, [{ hop: 2, entering: 1, leaving: 0, gone: 0 }]],
    )
    assert.deepEqual(second.parameters, first.parameters)
    const renewed = async (who = minh) =>
      (await as(who)('GET', '/renewed-cases')).body.items.map((one: any) => [
        one.id,
        one.traceId,
        one.entering,
      ])
    assert.deepEqual(await renewed(), [[caseId, second.id, 1]])
    assert.deepEqual(await renewed(strangerOfficer), [])
    // Lan and Bình met once more.
    await insertStays(t.sql, [
      stay(lanRow.row, market, '10:00', '11:00', 19),
      stay(binh.row, market, '10:00', '11:00', 19),
    ])
    const third = await night()
    assert.deepEqual([third.follows, third.changes], [second.id, []])
    assert.deepEqual(await renewed(), [[caseId, third.id, 1]], 'nobody has looked since')
    const { items } = (await as(minh)('GET', `/traces/${third.id}/contacts`)).body
    assert.deepEqual([items[0].person.id, items[0].overlapSeconds], [lanRow.id, 7200])
    assert.equal((await night()).id, third.id)
    await trace(as(minh), t, caseId)
    assert.deepEqual(await renewed(), [])
  })
})

describe('many cases at once', () => {
  scenario('a line whose stays changed since says so', async (as, t) => {
    const { caseId, lan: lanRow, cuc, market } = await outbreak(as, t)
    const { body: asked } = await as(minh)('POST', '/trace-batches', { caseIds: [caseId] })
    await t.runJobs()
    const [{ id }] = (await as(minh)('GET', `/trace-batches/${asked.id}/traces`)).body.items
    const lines = async () =>
      (await as(minh)('GET', `/traces/${id}/contacts`)).body.items.map((one: any) => [
        one.person.id,
        one.overlapSeconds,
        one.exposures.map(({ seconds }: any) => seconds),
        one.isChanged,
      ])
    assert.deepEqual(await lines(), [
      [lanRow.id, 3600, [3600], false],
      [cuc.id, 1800, [1800], false],
    ])
    await t.sql`update visits set left_at = ${at(18, '08:50')} where person_id = ${lanRow.row} and place_id = ${market}`
    await t.sql`delete from visits where person_id = ${cuc.row}`
    assert.deepEqual(await lines(), [
      [lanRow.id, 3600, [1200], true],
      [cuc.id, 1800, [], true],
    ])
    // As long as before, but at another time.
    await t.sql`
      update visits set arrived_at = ${at(18, '08:40')}, left_at = ${at(18, '09:40')}
      where person_id = ${lanRow.row} and place_id = ${market}`
    assert.deepEqual((await lines())[0], [lanRow.id, 3600, [3600], true])
  })

  scenario('each gets the contacts that a trace of its own finds', async (as, t) => {
    const { caseId, cuc } = await outbreak(as, t)
    const second = await as(minh)('POST', '/cases', {
      personId: cuc.id,
      diseaseId: 'covid-19',
      onsetOn: '2026-11-21',
    })
    const caseIds = [caseId, second.body.id]
    const untraced = async (query = '') => {
      const { body } = await as(minh)('GET', `/untraced-cases${query}`)
      return [body.items.map((one: { id: string }) => one.id), body.total]
    }
    assert.deepEqual(await untraced(), [caseIds, 2])
    assert.deepEqual(await untraced('?limit=1'), [[caseId], 2])
    assert.deepEqual(await untraced('?from=2026-11-22&to=2026-11-22'), [caseIds, 2])
    assert.deepEqual(await untraced('?to=2026-11-21'), [[], 0])
    assert.equal((await as(strangerOfficer)('GET', '/untraced-cases')).body.total, 0)
    const asked = await as(minh)('POST', '/trace-batches', { caseIds })
    assert.equal(asked.status, 202, JSON.stringify(asked.body))
    assert.deepEqual([asked.body.total, asked.body.done, asked.body.finishedAt], [2, 0, null])
    await t.runJobs()
    const { body } = await as(minh)('GET', `/trace-batches/${asked.body.id}`)
    assert.deepEqual([body.done, body.failed], [2, 0])
    assert.ok(body.finishedAt && body.people >= 2)
    assert.deepEqual(await untraced(), [[], 0])
    assert.deepEqual((await as(minh)('GET', '/trace-batches')).body.items, [body])
    assert.deepEqual((await as(strangerOfficer)('GET', '/trace-batches')).body.items, [])
    const results = async (query = '') =>
      (await as(minh)('GET', `/trace-batches/${asked.body.id}/traces${query}`)).body
    const { items } = await results()
    assert.deepEqual(new Set(items.map((one: { caseId: string }) => one.caseId)), new Set(caseIds))
    const people = items.map((one: { people: number }) => one.people)
    assert.ok(people[0] >= people[1] && items.every((one: { status: string }) => one.status === 'done'))
    const first = await results('?limit=1')
    assert.deepEqual((await results(`?limit=1&cursor=${first.next}`)).items, [items[1]])
    await t.sql`update traces set status = 'failed', problem = '57014' where public_id = ${items[1].id}`
    const [failed] = (await results()).items
    assert.equal(failed.id, items[1].id, 'what failed comes first')
    assert.match(failed.problem, /57014/)
    await t.sql`update traces set status = 'done', problem = null where public_id = ${items[1].id}`
    for (const id of caseIds) {
      const [many] = (await as(minh)('GET', `/cases/${id}/traces`)).body.items
      const single = await trace(as(minh), t, id)
      const listed = async (trace: { id: string }) =>
        (await as(minh)('GET', `/traces/${trace.id}/contacts`)).body.items
      assert.deepEqual(await listed(many), await listed(single))
    }
    assert.equal((await as(strangerOfficer)('GET', `/trace-batches/${asked.body.id}`)).status, 404)
    assert.equal((await as(strangerOfficer)('POST', '/trace-batches', { caseIds })).status, 404)
    assert.equal((await as(minh)('POST', '/trace-batches', { caseIds: [elsewhere] })).status, 404)
  })

  scenario('one that fails holds up no other, and is tried again', async (as, t) => {
    const { caseId, cuc } = await outbreak(as, t)
    const second = await as(minh)('POST', '/cases', {
      personId: cuc.id,
      diseaseId: 'covid-19',
      onsetOn: '2026-11-21',
    })
    const { body: asked } = await as(minh)('POST', '/trace-batches', { caseIds: [caseId, second.body.id] })
    const ill = t.sql`(select id from cases where public_id = ${caseId})`
    const [{ parameters }] = await t.sql<[{ parameters: { from: string } }]>`
      select parameters from traces where case_id = ${ill}`
    const setFrom = (from: string) =>
      t.sql`update traces set parameters = parameters || ${t.sql.json({ from })} where case_id = ${ill}`
    const read = async () => (await as(minh)('GET', `/trace-batches/${asked.id}`)).body
    const retry = () => as(minh)('POST', `/trace-batches/${asked.id}/retry`)
    await setFrom('soon')
    await t.runJobs()
    const failed = await read()
    assert.deepEqual([failed.done, failed.failed, failed.finishedAt !== null], [2, 1, true])
    const results = async () => (await as(minh)('GET', `/trace-batches/${asked.id}/traces`)).body.items
    assert.deepEqual(
      (await results()).map((one: any) => [one.caseId === caseId, one.status]),
      [
        [true, 'failed'],
        [false, 'done'],
      ],
    )
    await setFrom(parameters.from)
    const again = await retry()
    assert.deepEqual([again.status, again.body.failed, again.body.finishedAt], [202, 0, null])
    await t.runJobs()
    const done = await read()
    assert.deepEqual([done.done, done.failed, done.finishedAt !== null], [2, 0, true])
    assert.deepEqual(
      (await results()).map((one: any) => [one.status, one.caseId === caseId && one.people > 0]),
      [
        ['done', true],
        ['done', false],
      ],
    )
    assert.equal((await retry()).body.code, 'trace.noneFailed')
    assert.equal((await as(strangerOfficer)('POST', `/trace-batches/${asked.id}/retry`)).status, 404)
  })
})
