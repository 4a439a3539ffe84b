import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { jobs } from '../src/modules.ts'
import { system } from '../src/platform/access.ts'
import { CLEAN, daysAgo, NIGHTLY } from '../src/platform/clean.ts'
import { Context } from '../src/platform/context.ts'
import { startJobs } from '../src/platform/jobs.ts'
import { sendSms } from '../src/platform/messenger.ts'
import { type Stage, scenario, services, sql, url } from './app.ts'
import { an, minh, nobody } from './people.ts'

describe('what has served is cleaned away', () => {
  const began = Date.parse('2026-11-20T03:00:00Z')
  const dayLater = (t: Stage, days: number) => t.now(new Date(began + days * 86_400_000))
  const cleanedAt = async (t: Stage, days: number) => {
    dayLater(t, days)
    await t.ctx().addJob(CLEAN, {})
    await t.runJobs()
    const [kept] = await t.sql`
      select (select count(*)::int from throttles) as throttles,
        (select count(*)::int from phone_challenges) as challenges,
        (select count(*)::int from messages where purpose = 'phone-code') as codes,
        (select count(*)::int from messages where purpose = 'warning') as warnings,
        (select count(*)::int from sessions where created_at = ${new Date(began)}) as sessions`
    return Object.values(kept!)
  }

  scenario('codes and throttles after a day, messages and sessions after thirty', async (as, t) => {
    dayLater(t, 0)
    await as(nobody)('POST', '/phone-codes', { phone: '0905777123' })
    await sendSms(t.ctx(), 'warning', { to: '+84905777123', text: 'Hãy theo dõi sức khỏe.' })
    for (const { login } of [minh, an]) {
      const { body } = await as(nobody)('POST', '/sessions', { login, password: `${login}-password` })
      if (login === 'an')
        await as({ kind: 'key', name: '', token: body.token })('DELETE', '/sessions/current')
    }
    const [throttles] = await cleanedAt(t, 0)
    assert.ok(throttles! > 0)
    assert.deepEqual(await cleanedAt(t, 0.99), [throttles, 1, 1, 1, 2])
    assert.deepEqual(await cleanedAt(t, 1.1), [0, 0, 0, 1, 2])
    assert.deepEqual(await cleanedAt(t, 29.9), [0, 0, 0, 1, 2])
    assert.deepEqual(await cleanedAt(t, 30.1), [0, 0, 0, 0, 1]) // one was left, the other ended by itself at 12 h
    assert.deepEqual(await cleanedAt(t, 30.6), [0, 0, 0, 0, 0])
  })

  scenario('a message that waits, and whoever is signed in, stay', async (_as, t) => {
    dayLater(t, 0)
    await sendSms(t.ctx(), 'phone-code', { to: '+84905777123', text: 'Mã' })
    await t.sql`delete from graphile_worker._private_jobs`
    const [before] = await t.sql`select count(*)::int as count from sessions`
    assert.deepEqual((await cleanedAt(t, 400)).slice(2, 3), [1])
    assert.deepEqual((await t.sql`select count(*)::int as count from sessions`)[0], before)
  })

  scenario('weeks of visits after the days that are configured, and none without', async (_as, t) => {
    await t.sql`select ensure_weeks(now() - interval '60 days', now())`
    const weeks = async () =>
      (
        await t.sql`
          select count(*)::int as count from pg_inherits where inhparent = 'scans'::regclass`
      )[0]!.count
    const all = await weeks()
    const cleanKeeping = async (keepVisitsDays: number | undefined) => {
      const ctx = new Context(t.sql, system, { ...services, keepVisitsDays })
      await jobs[CLEAN]!(ctx, {} as never)
      const queued = await t.sql`
        select task.identifier from graphile_worker._private_jobs job
        join graphile_worker._private_tasks task on task.id = job.task_id`
      for (const { identifier } of queued) await jobs[identifier]!(ctx, {} as never)
      await t.sql`delete from graphile_worker._private_jobs`
      return await weeks()
    }
    const audit = () => t.sql`select actor_kind, details from audit_log where action = 'visit.forget'`
    assert.equal(await cleanKeeping(undefined), all)
    assert.deepEqual([...(await audit())], [])
    const left = await cleanKeeping(45)
    assert.ok(left < all && left >= 7, `${left} of ${all} weeks`)
    assert.equal(await cleanKeeping(45), left)
    const [entry] = await audit()
    const before = new Date(Date.now() - 45 * 86_400_000).toISOString().slice(0, 10)
    assert.equal(entry!.actorKind, 'system')
    assert.equal(entry!.details.before, `${before}T00:00:00.000Z`)
    assert.ok(entry!.details.parts >= 3)
    assert.ok((await cleanKeeping(31)) <= left)
    await assert.rejects(cleanKeeping(30), { code: 'visit.tooYoung' })
  })

  scenario('nothing that is younger than a day, whatever is asked', async (_as, t) => {
    for (const days of [0.9, 0, -1, Number.NaN]) assert.throws(() => daysAgo(t.ctx(), days), RangeError)
  })

  test('every night, as the queue knows', async () => {
    const schedule = { [CLEAN]: NIGHTLY }
    const worker = await startJobs({ url, sql, services, jobs, schedule, log: (error) => assert.fail(error) })
    const known = async () => (await sql`select identifier from graphile_worker._private_known_crontabs`)[0]
    for (let waits = 0; waits < 100 && !(await known()); waits++) await sleep(50)
    await worker.stop()
    assert.deepEqual(await known(), { identifier: CLEAN })
  })
})
