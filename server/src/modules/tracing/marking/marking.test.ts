import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../../test/app.ts'
import { ha, lan, minh, strangerOfficer } from '../../../../test/people.ts'
import { undone } from '../../../../test/stage.ts'
import { runMarking } from './service.ts'

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

const take = async (t: Stage) => {
  const [job] = await t.sql<{ id: string; payload: { id: string } }[]>`
    select j.id, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = 'tracing.mark'`
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
