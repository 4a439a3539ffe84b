import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { rowOf, services, sql, url } from '../../../../test/app.ts'
import { ha, lan, minh, NHA_TRANG, type Who } from '../../../../test/people.ts'
import { jobs } from '../../../modules.ts'
import { Context } from '../../../platform/context.ts'
import { transact } from '../../../platform/database.ts'
import { startJobs } from '../../../platform/jobs.ts'
import { DELIVER, deliver } from '../../../platform/messenger.ts'
import { getCase } from '../../cases/index.ts'
import { classifyCase, listClassifications } from '../../cases/record/service.ts'
import { closeRun, openRun, readRun, releaseRun, stopRun } from './service.ts'

const PEOPLE = 1500

const stops = {
  'a stop stands within five seconds, while a network takes and refuses messages': (
    ctx: Context,
    run: string,
  ) => stopRun(ctx, run, 'Sai cửa sổ'),
  'a case that is discarded stops its warnings within five seconds, and says who and why': async (
    ctx: Context,
    _run: string,
    caseId: string,
  ) => {
    const { items } = await listClassifications(ctx, caseId)
    await classifyCase(ctx, caseId, {
      classification: 'discarded',
      after: items[0]!.id,
      reason: 'Sai cửa sổ',
    })
  },
}

/** A case of Lan's, and so many contacts with a phone, as marking leaves them. */
const prepare = (turn: number) =>
  sql.begin(async (tx) => {
    const [area] = await tx<[{ id: number }]>`
      select id from area_names where code = ${NHA_TRANG} and valid_to is null`
    const [sick] = await tx<[{ id: number; publicId: string }]>`
      insert into cases (public_id, number, person_id, disease_id, profile_version, onset_on, confirmed_on, area_id, created_at)
      values (gen_random_uuid(), ${`STOP-${turn}`}, ${rowOf(lan).id}, 'covid-19', 1, current_date - ${turn}::int, current_date, ${area.id}, now())
      returning id, public_id`
    await tx`
      insert into case_classifications (case_id, classification, origin, definition_version, valid_from, recorded_at)
      values (${sick.id}, 'confirmed', 'unknown', 1, current_date, now())`
    const sealed = services.keys.seal({ name: 'Ai Đó', phone: '+84905199999' })
    const people = await tx<{ id: number }[]>`
      insert into people (public_id, sealed, area_id, created_at)
      select gen_random_uuid(), ${sealed}, ${area.id}, now() from generate_series(1, ${PEOPLE}) returning id`
    const personIds = people.map(({ id }) => id)
    await tx`
      insert into contacts (public_id, case_id, person_id, label, first_at, last_at, marked_at)
      select gen_random_uuid(), ${sick.id}, id, 'F1', now(), now(), now() from unnest(${personIds}::int[]) as id`
    return { areaId: area.id, caseId: sick.publicId, personIds }
  })

for (const [turn, [title, end]] of Object.entries(stops).entries()) test(title, () => stopsInTime(turn, end))

async function stopsInTime(turn: number, end: (typeof stops)[keyof typeof stops]) {
  const { areaId, caseId, personIds } = await prepare(turn)
  const during = <T>(who: Who, permission: string, work: (ctx: Context) => Promise<T>) =>
    transact(sql, (tx) => {
      const permissions = new Set([permission])
      const grants = [{ role: 'health_officer', permissions, areaId, sector: null, placeId: null }]
      const actor = {
        ...rowOf(who),
        kind: 'account' as const,
        name: who.name,
        permissions,
        grants,
        sessionId: null,
      }
      return work(new Context(tx, actor, services, new Date(), { permission }))
    })
  const run = await during(minh, 'contact.mark', async (ctx) => {
    const of = await getCase(ctx, caseId)
    const id = await openRun(ctx, of)
    await ctx.sql`
      insert into warnings (id, contact_id, person_id, disease_id, profile_version, label, exposed_from, exposed_to,
        created_at, run_id)
      select gen_random_uuid(), id, person_id, 'covid-19', 1, label, current_date, current_date, now(), ${id}
      from contacts where person_id = any(${personIds}::int[])`
    await closeRun(ctx, of, id, personIds.length)
    const [row] = await ctx.sql<{ id: string; status: string }[]>`
      select public_id as id, status from warning_runs where id = ${id}`
    return row!
  })
  assert.equal(run.status, 'waiting')
  await during(ha, 'warning.release', (ctx) => releaseRun(ctx, run.id))

  let taken = 0
  const takenAt: number[] = []
  const worker = await startJobs({
    url,
    sql,
    services,
    jobs: {
      ...jobs,
      [DELIVER]: deliver({
        async send() {
          await sleep(20)
          if (taken % 5 === 4 && Math.random() < 0.5) throw new Error('the network is busy')
          taken++
          takenAt.push(Date.now())
        },
      }),
    },
    schedule: {},
    log: () => {},
  })
  try {
    const patience = Date.now() + 30_000
    while (taken < 30 && Date.now() < patience) await sleep(20)
    assert.ok(taken >= 30, 'messages leave')
    const asked = Date.now()
    await during<unknown>(minh, 'contact.mark', (ctx) => end(ctx, run.id, caseId))
    const read = () => during(minh, 'contact.mark', (ctx) => readRun(ctx, run.id))
    let stopped = await read()
    while (stopped.status !== 'stopped' && Date.now() < asked + 5000) stopped = await read()
    const answered = Date.now()
    assert.equal(stopped.status, 'stopped')
    assert.deepEqual(
      [stopped.stopped?.by.name, /Sai cửa sổ$/.test(stopped.stopped?.reason ?? '')],
      [minh.name, true],
    )
    assert.ok(stopped.counts.unsent > PEOPLE / 2, `${stopped.counts.unsent} were taken back or never made`)
    await sleep(5000)
    const late = takenAt.filter((at) => at > asked + 5000)
    assert.deepEqual(late, [])
    // Two workers were each holding one message at most.
    assert.ok(takenAt.filter((at) => at > answered).length <= 2)
    const over = await read()
    const { unsent, queued, delivered } = over.counts
    assert.deepEqual([over.status, queued, delivered, unsent + delivered], ['stopped', 0, taken, PEOPLE])
    const waiting = await sql`select from messages where batch = ${run.id} and delivered_at is null`
    assert.equal(waiting.length, 0, 'what the network refused is not tried again')
  } finally {
    await worker.stop()
  }
}
