import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../../test/app.ts'
import { ha, hoa, lan, minh, strangerOfficer } from '../../../../test/people.ts'
import { undone } from '../../../../test/stage.ts'
import { endDiscarded, runMarking } from './service.ts'

const NOW = '2026-11-22T03:00:00Z'
const MANY = 1100
const WEST = '22390'

async function must(ask: Ask, ...request: Parameters<Ask>) {
  const { status, body } = await ask(...request)
  assert.ok(status < 300, JSON.stringify(body))
  return body
}

/** Bình's trace, which found Lan and so many others; every fifth lives in another commune. */
async function outbreak(as: (who: typeof minh) => Ask, t: Stage) {
  t.now(NOW)
  const binh = await must(as(minh), 'POST', '/people', {
    name: 'Trần Văn Bình',
    birthYear: 1980,
    areaCode: '22366',
  })
  const caseId = (
    await must(as(minh), 'POST', '/cases', {
      personId: binh.id,
      diseaseId: 'covid-19',
      onsetOn: '2026-11-20',
    })
  ).id as string
  const traceId = (await must(as(minh), 'POST', `/cases/${caseId}/traces`, {})).id as string
  await t.runJobs()
  await t.sql`
    with others as (
      insert into people (public_id, sealed, area_id, created_at)
      select gen_random_uuid(), sealed, case n % 5 when 0 then
        (select id from area_names where code = ${WEST} and valid_to is null) else area_id end, ${NOW}
      from people, generate_series(2, ${MANY}) n where public_id = ${binh.id} returning id)
    insert into trace_contacts (trace_id, person_id, hop, overlap_seconds, first_at, last_at, exposures)
    select (select id from traces where public_id = ${traceId}), id, 1, 1000, '2026-11-18T03:00Z', '2026-11-18T05:00Z', '[]'
    from (select id from others union all select ${rowOf(lan).id}) one`
  const mark = (body: object = { all: true }) =>
    as(minh)('POST', `/cases/${caseId}/contacts`, { traceId, label: 'F1', ...body })
  return { caseId, traceId, mark }
}

const take = async <Payload = { id: string }>(t: Stage, name = 'tracing.mark') => {
  const [job] = await t.sql<{ id: string; payload: Payload }[]>`
    select j.id, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = ${name}`
  assert.ok(job)
  await t.sql`select graphile_worker.complete_jobs(array[${job.id}::bigint])`
  return job.payload
}

const counted = async (t: Stage) =>
  (
    await t.sql<{ contacts: number; people: number; warnings: number; followed: number }[]>`
      select count(*)::int as contacts, count(distinct c.person_id)::int as people, count(w.id)::int as warnings,
        count(follow_up_id)::int as followed
      from contacts c left join warnings w on w.contact_id = c.id`
  )[0]

describe('marking many contacts', () => {
  scenario('is answered at once, goes on in parts and loses none of them', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    const asked = await mark()
    assert.equal(asked.status, 202)
    assert.deepEqual([asked.body.status, asked.body.progress], ['waiting', { done: 0, total: MANY }])
    assert.equal((await counted(t))!.contacts, 0)
    const read = () => must(as(minh), 'GET', `/contact-markings/${asked.body.id}`)

    // Whatever ends a part, nothing of it is left, and the next worker does it again.
    const payload = await take(t)
    await undone(t, () => runMarking(t.ctx(), payload))
    assert.deepEqual((await read()).progress, { done: 0, total: MANY })
    await runMarking(t.ctx(), payload)
    assert.deepEqual([(await read()).status, (await read()).progress.done], ['running', 500])

    // Until everybody is marked nobody hears of it, and no second officer can let it go.
    const [run] = (await must(as(ha), 'GET', '/warning-runs')).items
    assert.deepEqual([run.status, run.mayRelease], ['gathering', false])
    assert.equal((await as(ha)('POST', `/warning-runs/${run.id}/release`)).body.code, 'warningRun.notWaiting')
    assert.deepEqual((await as(lan)('GET', '/me/warnings')).body.items, [])

    // What stops it is shown, and it goes on where it was.
    const { version } = (
      await t.sql`select profile_version as version from cases where public_id = ${caseId}`
    )[0]!
    await t.sql`update cases set profile_version = 999 where public_id = ${caseId}`
    await t.runJobs()
    await t.sql`update cases set profile_version = ${version} where public_id = ${caseId}`
    const failed = await read()
    assert.deepEqual([failed.status, failed.progress.done], ['failed', 500])
    assert.match(failed.problem, /Take it up again.*Error/)
    const retry = (who = minh) => as(who)('POST', `/contact-markings/${asked.body.id}/retry`)
    assert.equal((await retry(strangerOfficer)).body.code, 'marking.unknown')
    assert.equal((await retry()).status, 202)
    assert.equal((await retry()).body.code, 'marking.notFailed')
    await t.runJobs()
    await runMarking(t.ctx(), payload)

    const done = await read()
    assert.deepEqual(
      [done.status, done.progress, done.marked, done.alreadyMarked, done.waitsFor, done.problem],
      ['done', { done: MANY, total: MANY }, MANY, 0, run.id, null],
    )
    assert.deepEqual(await counted(t), { contacts: MANY, people: MANY, warnings: MANY, followed: MANY })
    const [waiting] = (await must(as(ha), 'GET', '/warning-runs')).items
    assert.deepEqual([waiting.status, waiting.people, waiting.mayRelease], ['waiting', MANY, true])
    const handOvers = (await must(as(minh), 'GET', '/hand-overs?direction=out')).items
    assert.deepEqual(
      handOvers.map((one: any) => [one.to.code, one.people]),
      [[WEST, MANY / 5]],
    )
    const audit =
      await t.sql`select actor_name, details from audit_log where action = 'contact.mark' order by id`
    assert.deepEqual(
      audit.map(({ actorName, details }) => [actorName, details.marked]),
      [500, 500, 100].map((marked) => [minh.login, marked]),
    )
    assert.deepEqual((await must(as(minh), 'GET', `/cases/${caseId}/contact-markings`)).items, [done])
  })

  scenario('leaves out whom another officer marked meanwhile', async (as, t) => {
    const { mark, caseId } = await outbreak(as, t)
    const { body } = await mark()
    const lanMarked = await mark({ personIds: [rowOf(lan).publicId] })
    assert.deepEqual([lanMarked.status, lanMarked.body.marked], [201, 1])
    await t.runJobs()
    const done = await must(as(minh), 'GET', `/contact-markings/${body.id}`)
    assert.deepEqual([done.marked, done.alreadyMarked], [MANY - 1, 1])
    assert.equal((await counted(t))!.contacts, MANY)
    assert.equal((await must(as(minh), 'GET', `/cases/${caseId}/contact-counts`)).people, MANY)
  })
})

/** Everybody was marked and told. */
async function told(as: (who: typeof minh) => Ask, t: Stage) {
  const sick = await outbreak(as, t)
  await sick.mark()
  await t.runJobs()
  const [run] = (await must(as(ha), 'GET', '/warning-runs')).items
  await must(as(ha), 'POST', `/warning-runs/${run.id}/release`)
  await t.runJobs()
  return sick
}

/** Lan had a meal with another case, too. */
async function meetAnother(as: (who: typeof minh) => Ask, t: Stage) {
  const other = await must(as(minh), 'POST', '/people', {
    name: 'Ngô Sáu',
    birthYear: 1980,
    areaCode: '22366',
  })
  const { id } = await must(as(minh), 'POST', '/cases', {
    personId: other.id,
    diseaseId: 'covid-19',
    onsetOn: '2026-11-20',
  })
  await must(as(minh), 'POST', `/cases/${id}/declared-contacts`, {
    personId: rowOf(lan).publicId,
    setting: 'meal',
    from: '2026-11-19T11:00:00+07:00',
    to: '2026-11-19T12:00:00+07:00',
  })
  await must(as(minh), 'POST', `/cases/${id}/contacts`, { all: true, label: 'F1' })
  await t.runJobs()
}

const byStatus = (t: Stage) =>
  t.sql`select status, end_reason, count(*)::int from follow_ups group by 1, 2 order by 3 desc`
const holdsOf = async (t: Stage, personId: number) =>
  (await t.sql`select from entry_holds where person_id = ${personId} and reason = 'contact'`).length

describe('contacts whom a trace finds no more', () => {
  /** Then the case turns out to have been isolated in time. */
  async function corrected(as: (who: typeof minh) => Ask, t: Stage) {
    const { caseId, traceId, mark } = await told(as, t)
    const renew = async (isolatedAt: string | null) => {
      await must(as(minh), 'PATCH', `/cases/${caseId}`, {
        isolatedAt,
        reason: 'Hỏi lại',
      })
      await t.runJobs()
      return (await must(as(minh), 'GET', `/cases/${caseId}/traces`)).items[0]
    }
    const withdraw = (traceId: string, body: object = { all: true }) =>
      as(minh)('POST', `/cases/${caseId}/contact-withdrawals`, {
        traceId,
        reason: 'Ngày của ca đã sửa',
        ...body,
      })
    return { caseId, traceId, mark, renew, withdraw }
  }
  scenario('are listed in pages, as the list before had them, and how they stand', async (as, t) => {
    const { caseId, traceId, renew, withdraw, mark } = await corrected(as, t)
    await t.sql`
      insert into trace_contacts (trace_id, person_id, hop, overlap_seconds, first_at, last_at, exposures)
      select (select id from traces where public_id = ${traceId}), ${rowOf(hoa).id}, 1, 2000, '2026-11-18T03:00Z',
        '2026-11-18T05:00Z', '[]'`
    const { id, changes } = await renew('2026-11-17T00:00:00+07:00')
    assert.deepEqual(changes, [{ hop: 1, entering: 0, leaving: MANY + 1, gone: MANY + 1 }])
    const list = async (query: string) => must(as(minh), 'GET', `/traces/${id}/contacts?gone=true&${query}`)
    const first = await list('hop=1&limit=2')
    assert.deepEqual(
      first.items.map(({ person, label, overlapSeconds, gone }: any) => [
        person.id,
        label,
        overlapSeconds,
        gone,
      ]),
      [
        [
          rowOf(hoa).publicId,
          null,
          2000,
          { isWithdrawn: false, followUp: null, endReason: null, otherCases: 0 },
        ],
        [
          rowOf(lan).publicId,
          'F1',
          1000,
          { isWithdrawn: false, followUp: 'toTrace', endReason: null, otherCases: 0 },
        ],
      ],
    )
    const seen = new Set<string>()
    for (const sort of ['', '&sort=-lastAt']) {
      seen.clear()
      for (let cursor = ''; ; ) {
        const { items, next } = await list(`limit=500${sort}${cursor}`)
        for (const { person } of items) seen.add(person.id)
        if (!next) break
        cursor = `&cursor=${next}`
      }
      assert.equal(seen.size, MANY + 1, sort)
    }
    const refused = await withdraw(id, { personIds: [rowOf(hoa).publicId] })
    assert.deepEqual([refused.status, refused.body.code], [404, 'contact.notGone'])
    assert.equal((await withdraw(traceId)).body.code, 'contact.noneGone')

    // Who narrows the look, or asks for a longer time together, learns nothing of who is a contact no more.
    await renew(null)
    for (const narrow of [
      { from: '2026-11-21T01:00:00+07:00', to: '2026-11-21T02:00:00+07:00' },
      { minOverlapSeconds: 80_000 },
    ]) {
      const asked = await must(as(minh), 'POST', `/cases/${caseId}/traces`, narrow)
      await t.runJobs()
      const { code } = (await withdraw(asked.id)).body
      assert.equal(code, 'contact.tooNarrow')
    }
    const narrowed = (
      await as(minh)('GET', `/traces/${id}/contacts?gone=true&place=00000000-0000-4000-8000-000000000009`)
    ).body
    assert.deepEqual(narrowed.fields, [{ field: 'place', reason: 'notWithGone' }])
    await renew('2026-11-17T00:00:00+07:00')

    // A trace in between hides nobody who is marked; whoever is found again is gone no more.
    const again = await renew('2026-11-17T01:00:00+07:00')
    assert.deepEqual(again.changes, [{ hop: 1, entering: 0, leaving: 0, gone: MANY }])
    assert.deepEqual(
      (await must(as(minh), 'GET', `/traces/${again.id}/contacts?gone=true&limit=1`)).items[0].gone,
      {
        ...first.items[1].gone,
      },
    )
    assert.equal((await mark({ personIds: [rowOf(lan).publicId] })).body.alreadyMarked, 1)
  })

  scenario('are taken back by a job: nobody watches them, and gates let them in', async (as, t) => {
    const { caseId, renew, withdraw, mark } = await corrected(as, t)
    const trace = await renew('2026-11-17T00:00:00+07:00')
    assert.equal(await holdsOf(t, rowOf(lan).id), 1)
    const asked = await withdraw(trace.id)
    assert.deepEqual(
      [asked.status, asked.body.label, asked.body.progress],
      [202, null, { done: 0, total: MANY }],
    )
    const payload = await take(t)
    await undone(t, () => runMarking(t.ctx(), payload))
    await runMarking(t.ctx(), payload)
    const read = () => must(as(minh), 'GET', `/contact-markings/${asked.body.id}`)
    assert.deepEqual([(await read()).status, (await read()).withdrawn], ['running', 500])
    await t.runJobs()
    const { status, withdrawn, ended, marked, alreadyMarked } = await read()
    assert.deepEqual([status, withdrawn, ended, marked, alreadyMarked], ['done', MANY, MANY, 0, 0])
    assert.deepEqual([...(await byStatus(t))], [{ status: 'released', endReason: 'noContact', count: MANY }])
    assert.equal((await t.sql`select from hand_over_lines where answer is null`).length, 0)
    assert.equal(await holdsOf(t, rowOf(lan).id), 0)
    const [sheetOf] = await t.sql<{ publicId: string }[]>`
      select public_id from follow_ups where person_id = ${rowOf(lan).id}`
    const sheet = await must(as(minh), 'GET', `/follow-ups/${sheetOf!.publicId}?reason=followUp`)
    assert.deepEqual(
      [sheet.events[0].kind, sheet.events[0].outcome, sheet.events[0].note, sheet.events[0].by],
      ['released', 'noContact', 'Ngày của ca đã sửa', minh.name],
    )
    const [warning] = (await must(as(lan), 'GET', '/me/warnings')).items
    assert.ok(warning.recalledAt, 'the page says that it counts no more')
    const counts = await must(as(minh), 'GET', `/cases/${caseId}/contact-counts`)
    assert.deepEqual([counts.people, counts.withdrawn], [0, MANY])
    assert.equal((await withdraw(trace.id)).body.code, 'contact.noneGone')
    const audit =
      await t.sql`select actor_name, details from audit_log where action = 'contact.withdraw' order by id`
    assert.deepEqual(
      audit.map(({ actorName, details }) => [actorName, details.withdrawn, details.ended]),
      [500, 500, 100].map((count) => [minh.login, count, count]),
    )

    // It was right at first: whoever is marked again is told and watched as if new.
    assert.deepEqual([(await mark({ personIds: [rowOf(lan).publicId] })).body.renewed], [1])
    await t.runJobs()
    assert.equal(await holdsOf(t, rowOf(lan).id), 1)
    assert.deepEqual(
      [...(await byStatus(t))].map(({ status, count }) => [status, count]),
      [
        ['released', MANY],
        ['toTrace', 1],
      ],
    )
  })

  scenario('who is a contact of another standing case is watched on', async (as, t) => {
    const { renew, withdraw } = await corrected(as, t)
    await meetAnother(as, t)
    const trace = await renew('2026-11-17T00:00:00+07:00')
    const listed = await must(as(minh), 'GET', `/traces/${trace.id}/contacts?gone=true&limit=1000`)
    assert.deepEqual(
      listed.items.flatMap(({ person, gone }: any) => (gone.otherCases > 0 ? [person.id] : [])),
      [rowOf(lan).publicId],
    )
    const before = await t.sql`select * from follow_ups where person_id = ${rowOf(lan).id}`
    const some = [rowOf(lan).publicId, listed.items.find(({ gone }: any) => gone.otherCases === 0).person.id]
    const { status, body } = await withdraw(trace.id, { personIds: some })
    assert.deepEqual([status, body.withdrawn, body.ended], [201, 2, 1])
    assert.deepEqual(
      [...(await t.sql`select * from follow_ups where person_id = ${rowOf(lan).id}`)],
      [...before],
    )
    assert.equal(await holdsOf(t, rowOf(lan).id), 1, 'as the other case wants it')

    assert.deepEqual(
      [...(await byStatus(t))].map(({ status, count }) => [status, count]),
      [
        ['toTrace', MANY - 1],
        ['released', 1],
      ],
    )
  })

  scenario('who is with the case beside the scans stays a contact of a trace by scans', async (as, t) => {
    const { caseId, withdraw } = await corrected(as, t)
    const meal = { from: '2026-11-19T11:00:00+07:00', to: '2026-11-19T12:00:00+07:00' }
    await must(as(minh), 'POST', `/cases/${caseId}/declared-contacts`, {
      personId: rowOf(lan).publicId,
      setting: 'meal',
      ...meal,
    })
    const { id } = await must(as(minh), 'POST', `/cases/${caseId}/traces`, {})
    await t.runJobs()
    assert.equal((await withdraw(id, { personIds: [rowOf(lan).publicId] })).body.code, 'contact.notGone')
    assert.equal((await withdraw(id)).body.progress.total, MANY - 1)
  })
})

describe('contacts whom a trace finds farther away', () => {
  /** Of the same people, all F1 so far, a renewed trace says that they are F2, last together on another day. */
  async function farther(as: (who: typeof minh) => Ask, t: Stage, lastAt: string) {
    const sick = await told(as, t)
    const { caseId } = sick
    const { id: traceId } = await must(as(minh), 'POST', `/cases/${caseId}/traces`, {})
    await t.runJobs()
    await t.sql`
      with found as (
        insert into trace_contacts (trace_id, person_id, hop, overlap_seconds, first_at, last_at, exposures)
        select t.id, c.person_id, 2, 900, '2026-11-16T03:00Z', ${lastAt}, '[]'
        from contacts c join traces t on t.case_id = c.case_id and t.public_id = ${traceId} returning trace_id)
      insert into trace_hops (trace_id, hop, people) select trace_id, 2, count(*) from found group by 1`
    await t.sql`delete from trace_gone where trace_id = (select id from traces where public_id = ${traceId})`
    const relabel = (body: object = { all: true }) =>
      as(minh)('POST', `/cases/${caseId}/contact-relabellings`, {
        traceId,
        label: 'F2',
        reason: 'Ngày khởi phát đã sửa',
        ...body,
      })
    const counts = (query = 'hop=2') => must(as(minh), 'GET', `/traces/${traceId}/contact-counts?${query}`)
    const ofLan = async () =>
      (
        await t.sql`
          select f.label, f.exposed_to, f.watch_until, c.label as label_here, h.until from follow_ups f
          join contacts c on c.follow_up_id = f.id join cases k on k.id = c.case_id
          left join entry_holds h on h.person_id = f.person_id and h.case_id = k.public_id and h.reason = 'contact'
          where f.person_id = ${rowOf(lan).id} and k.public_id = ${caseId}`
      )[0]!
    return { ...sick, traceId, relabel, counts, ofLan }
  }

  scenario(
    'are listed as such, stay F1 until an officer says so, and then go by what holds',
    async (as, t) => {
      const { traceId, mark, relabel, counts, ofLan } = await farther(as, t, '2026-11-17T05:00:00Z')
      assert.deepEqual(
        [(await counts()).farther, (await counts()).gone, (await counts('farther=true')).isMore],
        [[{ hop: 2, people: MANY }], 0, true],
      )
      const page = await must(as(minh), 'GET', `/traces/${traceId}/contacts?hop=2&farther=true&limit=1`)
      assert.equal(page.items[0].label, 'F1')
      await mark({ traceId, label: 'F2' })
      await t.runJobs()
      assert.deepEqual(
        { ...(await ofLan()) },
        {
          label: 'F1',
          labelHere: 'F1',
          exposedTo: '2026-11-18',
          watchUntil: '2026-12-02',
          until: new Date('2026-12-02T17:00Z'),
        },
        'nobody becomes farther by marking',
      )

      const { status, body } = await relabel({ personIds: [rowOf(lan).publicId] })
      assert.deepEqual(
        [status, body.isFarther, body.renewed, body.marked],
        [201, true, 1, 0],
        JSON.stringify(body),
      )
      await t.runJobs()
      assert.deepEqual(
        { ...(await ofLan()) },
        {
          label: 'F2',
          labelHere: 'F2',
          exposedTo: '2026-11-17',
          watchUntil: '2026-12-01',
          until: new Date('2026-12-01T17:00Z'),
        },
      )
      // What she was told is recalled and stands beside what holds now; nothing was written over.
      const warnings = (await must(as(lan), 'GET', '/me/warnings')).items
      assert.deepEqual(
        warnings.map((one: any) => [one.label, one.exposedTo, one.recalledAt === null]).sort(),
        [
          ['F1', '2026-11-18', false],
          ['F2', '2026-11-17', true],
        ],
      )
      const [{ publicId }] = await t.sql<[{ publicId: string }]>`
      select public_id from follow_ups where person_id = ${rowOf(lan).id}`
      const sheet = await must(as(minh), 'GET', `/follow-ups/${publicId}?reason=followUp`)
      const [event] = sheet.events
      assert.deepEqual(
        [event.kind, event.outcome, event.note, event.by],
        ['farther', 'F2', 'Ngày khởi phát đã sửa', minh.name],
      )
      assert.equal(sheet.events.at(-1).outcome, 'F1')
      const again = await relabel({ personIds: [rowOf(lan).publicId] })
      assert.deepEqual([again.status, again.body.code], [404, 'contact.notFarther'])
      assert.equal((await relabel({ label: 'F3', all: true })).body.code, 'contact.noneFarther')
      assert.equal((await as(strangerOfficer)('GET', `/traces/${traceId}/contact-counts`)).status, 404)
      assert.deepEqual((await counts()).farther, [{ hop: 2, people: MANY - 1 }])
    },
  )

  scenario('who is F1 of another standing case stays so, and is watched as long', async (as, t) => {
    const { relabel, ofLan } = await farther(as, t, '2026-11-17T05:00:00Z')
    await meetAnother(as, t)
    await relabel({ personIds: [rowOf(lan).publicId] })
    const { label, labelHere, exposedTo, watchUntil } = await ofLan()
    assert.deepEqual([label, labelHere, exposedTo, watchUntil], ['F1', 'F2', '2026-11-19', '2026-12-03'])
  })

  scenario(
    'many go by a job; what they were told stands until a second officer lets it go',
    async (as, t) => {
      const { relabel, counts, ofLan } = await farther(as, t, '2026-11-20T05:00:00Z')
      const asked = await relabel()
      assert.deepEqual([asked.status, asked.body.progress], [202, { done: 0, total: MANY }])
      const payload = await take(t)
      await undone(t, () => runMarking(t.ctx(), payload))
      await runMarking(t.ctx(), payload)
      await t.runJobs()
      const done = await must(as(minh), 'GET', `/contact-markings/${asked.body.id}`)
      assert.deepEqual([done.status, done.renewed, done.marked, done.alreadyMarked], ['done', MANY, 0, 0])
      assert.deepEqual((await counts()).farther, [])
      const [run] = (await must(as(ha), 'GET', '/warning-runs?status=waiting')).items
      assert.deepEqual([run.id, run.people], [done.waitsFor, MANY])
      const states = async () =>
        [
          ...(await t.sql`
          select label, recalled_at is not null as recalled, count(*)::int from warnings group by 1, 2 order by 1`),
        ].map(({ label, recalled, count }) => [label, recalled, count])
      assert.deepEqual(await states(), [
        ['F1', false, MANY],
        ['F2', false, MANY],
      ])
      await must(as(ha), 'POST', `/warning-runs/${run.id}/release`)
      await t.runJobs()
      assert.deepEqual(await states(), [
        ['F1', true, MANY],
        ['F2', false, MANY],
      ])
      const { label, watchUntil, until } = await ofLan()
      assert.deepEqual([label, watchUntil, until], ['F2', '2026-12-04', new Date('2026-12-04T17:00Z')])
    },
  )
})

describe('contacts of a case that is discarded', () => {
  const classify = async (as: (who: typeof minh) => Ask, caseId: string, classification: string) => {
    const path = `/cases/${caseId}/classifications`
    const [{ id: after }] = (await must(as(ha), 'GET', path)).items
    await must(as(ha), 'POST', path, { after, classification, reason: 'Nhầm mẫu' })
  }
  const markings = async (as: (who: typeof minh) => Ask, caseId: string) =>
    (await must(as(minh), 'GET', `/cases/${caseId}/contact-markings`)).items

  scenario('are watched no more and may go in, but for those of another case', async (as, t) => {
    const { caseId, mark } = await told(as, t)
    await meetAnother(as, t)
    const [{ personId, publicId }] = await t.sql<[{ personId: number; publicId: string }]>`
      select p.id as person_id, p.public_id from contacts c join people p on p.id = c.person_id
      where p.id <> ${rowOf(lan).id} limit 1`
    assert.equal(await holdsOf(t, personId), 1)
    assert.equal(await holdsOf(t, rowOf(lan).id), 2)
    await classify(as, caseId, 'discarded')
    await t.runJobs()
    const [{ label, status, progress, withdrawn, ended, problem }] = await markings(as, caseId)
    assert.deepEqual(
      [label, status, progress, withdrawn, ended, problem],
      [null, 'done', { done: MANY, total: MANY }, MANY, MANY - 1, null],
    )
    assert.deepEqual(
      [...(await byStatus(t))],
      [
        { status: 'released', endReason: 'noContact', count: MANY - 1 },
        { status: 'toTrace', endReason: null, count: 1 },
      ],
    )
    assert.equal((await t.sql`select from hand_over_lines where answer is null`).length, 0)
    assert.equal(await holdsOf(t, personId), 0)
    assert.equal(await holdsOf(t, rowOf(lan).id), 1, 'as the other case wants it')
    const [sheetOf] = await t.sql`select public_id from follow_ups where person_id = ${personId}`
    const sheet = await must(as(minh), 'GET', `/follow-ups/${sheetOf!.publicId}?reason=followUp`)
    const [end] = sheet.events
    assert.deepEqual([end.kind, end.outcome, end.by], ['released', 'noContact', ha.name])
    assert.match(end.note, /: Nhầm mẫu$/)
    const [warning] = await t.sql`select recalled_at from warnings where person_id = ${personId}`
    assert.ok(warning!.recalledAt)

    // It is a case after all: whoever is marked again is told and watched as if new.
    await classify(as, caseId, 'probable')
    assert.equal((await mark({ personIds: [publicId] })).body.renewed, 1)
    await t.runJobs()
    assert.equal(await holdsOf(t, personId), 1)
  })

  scenario('are withdrawn in parts, until it is a case again', async (as, t) => {
    const { caseId } = await told(as, t)
    await classify(as, caseId, 'discarded')
    await endDiscarded(t.ctx(), await take<{ subjectId: string }>(t, 'tracing.discarded'))
    const payload = await take(t)
    await undone(t, () => runMarking(t.ctx(), payload))
    await runMarking(t.ctx(), payload)
    const [{ status, progress }] = await markings(as, caseId)
    assert.deepEqual([status, progress], ['running', { done: 500, total: MANY }])
    await classify(as, caseId, 'probable')
    await t.runJobs()
    const [stopped] = await markings(as, caseId)
    assert.deepEqual([stopped.status, stopped.withdrawn], ['done', 500])
    assert.equal((await must(as(minh), 'GET', `/cases/${caseId}/contact-counts`)).people, MANY - 500)

    await classify(as, caseId, 'discarded')
    await t.runJobs()
    const [rest] = await markings(as, caseId)
    assert.deepEqual([rest.status, rest.withdrawn, rest.ended], ['done', MANY - 500, MANY - 500])
    assert.equal((await t.sql`select from follow_ups where ended_at is null`).length, 0)
  })
})
