import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Stage, scenario } from '../../../../test/app.ts'
import { minh } from '../../../../test/people.ts'
import { insertStays } from '../../visits/index.ts'

const START = Date.parse('2026-11-22T03:00:00Z')
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`)
const daysLater = (t: Stage, days: number) => t.now(new Date(START + days * 86_400_000))

type As = Parameters<Parameters<typeof scenario>[1]>[0]

/** Bình, a case since 20 November, and whoever else; all were nowhere yet. */
async function village(as: As, t: Stage) {
  t.now(new Date(START))
  const rows = new Map<string, number>()
  const ids = new Map<string, string>()
  for (const name of ['Bình', 'An', 'Cúc', 'Dũng', 'Em']) {
    const person = { name: `Trần Văn ${name}`, birthYear: 1980, areaCode: '22366' }
    const { body } = await as(minh)('POST', '/people', person)
    const [row] = await t.sql`select id from people where public_id = ${body.id}`
    rows.set(name, row!.id)
    ids.set(name, body.id)
  }
  const places = await t.sql<{ id: number }[]>`
    insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'RENEW' || n, 'Nơi ' || n, 'other', 'other',
      (select id from area_names where code = '22366' and valid_to is null), '', '', ${new Date(START)}, ${new Date(START)}
    from generate_series(0, 1) as n order by n returning id`
  const stay = (name: string, place: number, day: number, from: string, to: string) =>
    insertStays(t.sql, [
      {
        placeId: places[place]!.id,
        personId: rows.get(name)!,
        arrivedAt: at(day, from),
        leftAt: at(day, to),
      },
    ])
  await stay('Bình', 0, 18, '08:00', '10:00')
  await stay('An', 0, 18, '08:00', '09:00')
  const { body } = await as(minh)('POST', '/cases', {
    personId: ids.get('Bình'),
    diseaseId: 'covid-19',
    onsetOn: '2026-11-20',
  })
  const caseId = body.id as string
  const ask = async (parameters: object = {}) => {
    const { body } = await as(minh)('POST', `/cases/${caseId}/traces`, parameters)
    await t.runJobs()
    return body.id as string
  }
  const traces = async () => (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items
  const run = async (job: string) => {
    await t.ctx().addJob(job, {})
    await t.runJobs()
    return (await traces())[0]
  }
  const keptOf = async (id: string) =>
    (
      await t.sql`
        select person_id from trace_contacts where trace_id = (select id from traces where public_id = ${id})
        order by person_id`
    ).map(({ personId }) => [...rows].find(([, row]) => row === personId)![0])
  const listOf = (id: string, query = '') => as(minh)('GET', `/traces/${id}/contacts${query}`)
  const never = (name: string) => t.sql`delete from visits where person_id = ${rows.get(name)!}`
  return { caseId, ids, stay, never, ask, traces, night: () => run('tracing.refresh'), run, keptOf, listOf }
}

describe('a trace that is renewed by itself', () => {
  scenario('and finds exactly what the one before found is not kept', async (as, t) => {
    const { caseId, ask, traces, stay, night } = await village(as, t)
    const first = await ask({ hops: 2 })
    assert.equal((await traces())[0].lookedAt, null)
    daysLater(t, 0.01)
    // Corrected, and back: two jobs trace it anew by the dates that it had.
    for (const onsetOn of ['2026-11-19', '2026-11-20'])
      assert.equal((await as(minh)('PATCH', `/cases/${caseId}`, { onsetOn })).status, 200)
    await t.runJobs()
    const all = await traces()
    assert.deepEqual(
      all.map((one: any) => [one.id, one.lookedAt]),
      [[first, new Date(START + 864_000).toISOString()]],
    )
    assert.deepEqual((await t.sql`select count(distinct trace_id)::int as lists from trace_contacts`)[0], {
      lists: 1,
    })
    daysLater(t, 0.5)
    assert.equal((await night()).lookedAt, new Date(START + 43_200_000).toISOString())
    // By a smallest difference it is another answer.
    await stay('An', 0, 18, '09:10', '09:12')
    const again = await night()
    assert.equal(again.follows, first)
    // Whoever asks gets a trace, whatever it finds.
    await ask({ hops: 2 })
    assert.equal((await traces()).length, 3)
  })

  scenario('is looked at in all its hops before it says so', async (as, t) => {
    const { caseId, ask, night, traces } = await village(as, t)
    await ask({ hops: 2 })
    const [{ id }] = await t.sql<[{ id: number }]>`select id from cases where public_id = ${caseId}`
    await t.ctx().addJob('tracing.lookAt', { caseIds: [id] })
    await t.runJobs()
    assert.equal((await traces())[0].lookedAt, null)
    assert.notEqual((await night()).lookedAt, null)
  })
})

describe('lists of traces that nobody asked for', () => {
  scenario('are deleted a week after they ended, if a later one took their place', async (as, t) => {
    const { ask, stay, never, night, run, traces, keptOf, listOf } = await village(as, t)
    const asked = await ask({ hops: 2 })
    const renewedWith = async (name: string) => {
      await stay(name, 0, 18, '08:00', '09:00')
      return (await night()).id as string
    }
    const first = await renewedWith('Cúc')
    const second = await renewedWith('Dũng')
    await never('Dũng')
    const third = (await night()).id
    const others = { [asked]: ['An'], [third]: ['An', 'Cúc'] }
    const kept = async () => {
      await run('tracing.forget')
      return Object.fromEntries(
        await Promise.all([asked, first, second, third].map(async (id) => [id, await keptOf(id)])),
      )
    }
    const whole = { ...others, [first]: ['An', 'Cúc'], [second]: ['An', 'Cúc', 'Dũng'] }
    assert.deepEqual(await kept(), whole)
    daysLater(t, 6.9)
    assert.deepEqual(await kept(), whole)
    const desk = async () =>
      (await as(minh)('GET', '/renewed-cases')).body.items.map((one: any) => one.entering)
    assert.deepEqual(await desk(), [2])
    daysLater(t, 7.1)
    // Dũng is gone from the third, and that list says so from the second.
    assert.deepEqual(await kept(), { ...others, [first]: [], [second]: ['Dũng'] })
    assert.deepEqual(
      (await traces()).map((one: any) => one.counts[0].people),
      [2, 3, 2, 1],
      'how many they were stays',
    )
    assert.deepEqual(await desk(), [2], 'nobody has looked since')
    const gone = (await listOf(third, '?gone=true')).body.items
    assert.deepEqual(
      gone.map((one: any) => [one.person.maskedName, one.overlapSeconds, one.exposures.length]),
      [['Trần Văn D***', 3600, 1]],
    )
    const [, closed] = await traces()
    assert.deepEqual(
      [closed.id, closed.listDeletedAt, closed.counts],
      [second, new Date(START + 7.1 * 86_400_000).toISOString(), [{ hop: 1, people: 3 }]],
    )
    assert.equal((await listOf(second)).body.code, 'trace.listDeleted')
    assert.equal((await as(minh)('GET', `/traces/${first}/places`)).status, 410)

    // Officers are told of cases renewed in three weeks; then nothing says that the first one ran, unless it is named.
    daysLater(t, 21.5)
    await kept()
    assert.deepEqual(
      (await traces()).map((one: any) => one.id),
      [third, second, asked],
    )
    assert.equal((await as(minh)('GET', `/traces/${first}`)).status, 404)
  })

  scenario(
    'stay if somebody read them or marked by them, and while none looked as far since',
    async (as, t) => {
      const { caseId, ids, ask, stay, night, run, keptOf, listOf } = await village(as, t)
      await ask({ hops: 2, beside: true })
      const renewed: string[] = []
      for (const hour of ['13:00', '12:00', '11:00', '10:00']) {
        await stay('Bình', 0, 19, hour, '14:00')
        await stay('An', 0, 19, hour, '14:00')
        renewed.push((await night()).id)
      }
      const [read, marked, neither, deepest] = renewed as [string, string, string, string]
      assert.equal(new Set(renewed).size, 4)
      assert.equal((await listOf(read)).status, 200)
      const mark = (traceId: string) =>
        as(minh)('POST', `/cases/${caseId}/contacts`, { traceId, personIds: [ids.get('An')], label: 'F1' })
      assert.equal((await mark(marked)).status, 201)
      // Whoever marked need not have read.
      await t.sql`update traces set read_at = null where public_id = ${marked}`
      // Fewer hops, fewer sources, other minutes and a shorter window take nobody’s place.
      await ask({ hops: 2 })
      await ask({ hops: 1, beside: true })
      await ask({ hops: 2, beside: true, minOverlapSeconds: 7200 })
      await ask({ hops: 2, beside: true, from: at(19, '00:00').toISOString() })
      daysLater(t, 9)
      await run('tracing.forget')
      assert.deepEqual(await Promise.all([read, marked, neither, deepest].map(keptOf)), [
        ['An'],
        ['An'],
        [],
        ['An'],
      ])
      assert.equal((await mark(neither)).body.code, 'trace.listDeleted')
      await ask({ hops: 3, beside: true })
      daysLater(t, 10)
      await run('tracing.forget')
      assert.deepEqual(await keptOf(deepest), [])
    },
  )

  scenario(
    'leave with whom somebody was who is gone, and what a trace that runs is compared with',
    async (as, t) => {
      const { ask, stay, never, night, run, keptOf } = await village(as, t)
      await ask({ hops: 2 })
      await stay('An', 1, 21, '08:00', '10:00')
      await stay('Cúc', 1, 21, '08:00', '10:00')
      await stay('Dũng', 1, 21, '08:00', '10:00')
      const before = (await night()).id
      assert.deepEqual(await keptOf(before), ['An', 'Cúc', 'Dũng'])
      await never('Cúc')
      assert.equal((await night()).follows, before)
      daysLater(t, 8)
      await t.sql`
      insert into traces (public_id, case_id, status, parameters, asked_at, follows)
      select gen_random_uuid(), case_id, 'running', parameters, asked_at, id from traces where public_id = ${before}`
      await run('tracing.forget')
      assert.deepEqual(await keptOf(before), ['An', 'Cúc', 'Dũng'])
      await t.sql`update traces set status = 'failed', finished_at = now() where status = 'running'`
      await run('tracing.forget')
      assert.deepEqual(await keptOf(before), ['An', 'Cúc'])
    },
  )

  scenario('go every night, however many rows they have', async (as, t) => {
    const { ask, stay, night, run, keptOf } = await village(as, t)
    await ask()
    await stay('Cúc', 0, 18, '08:00', '09:00')
    const { id } = await night()
    await stay('Dũng', 0, 18, '08:00', '09:00')
    await night()
    await t.sql`
      insert into trace_lines (trace_id, place_id, person_id, hop, overlap_seconds, first_at, last_at, sure)
      select t.id, n, p.id, 1, 900, now(), now(), 'recorded' from generate_series(1000, 26000) n,
        (select id from traces where public_id = ${id}) t, (select id from people limit 1) p`
    daysLater(t, 8)
    await run('platform.clean')
    assert.deepEqual(await keptOf(id), [])
    const [left] = await t.sql`
      select count(*)::int as lines from trace_lines where trace_id = (select id from traces where public_id = ${id})`
    assert.deepEqual(left, { lines: 0 })
  })
})
