import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { services, sql } from '../../../../test/app.ts'
import { NHA_TRANG } from '../../../../test/people.ts'
import { system } from '../../../platform/access.ts'
import { Context } from '../../../platform/context.ts'
import { transact } from '../../../platform/database.ts'
import { lockFollowUps, markReached } from '../follow-up/queries.ts'
import { runMarking } from './service.ts'

const parameters = {
  from: new Date(Date.now() - 5 * 86_400_000).toISOString(),
  to: new Date().toISOString(),
  minOverlapSeconds: 900,
  airingSeconds: 0,
  hops: 1,
  latencyHours: 48,
}

type Begun = { markingId: string; followUpIds: number[]; followUps: string[] }

/** Three contacts who are watched, and a part of a marking of all of them that is to be done. */
const begin = (turn: number, what: 'F1' | 'withdraw') =>
  sql.begin(async (tx): Promise<Begun> => {
    const [sick] = await tx<[{ id: number }]>`
      insert into cases (public_id, number, person_id, disease_id, profile_version, onset_on, confirmed_on, area_id, created_at, classification)
      select gen_random_uuid(), ${`MEANWHILE-${turn}`}, p.id, 'covid-19', 1, current_date, current_date, a.id, now(),
        ${what === 'F1' ? 'confirmed' : 'discarded'}
      from area_names a, (select id from people order by id limit 1 offset ${turn}) p
      where a.code = ${NHA_TRANG} and a.valid_to is null returning id`
    const followed = await tx<{ id: number; publicId: string; personId: number }[]>`
      with near as (
        insert into people (public_id, sealed, area_id, created_at)
        select gen_random_uuid(), ${services.keys.seal({ name: 'Ai Đó' })}, area_id, now()
        from cases, generate_series(1, 3) where id = ${sick.id} returning id, area_id)
      insert into follow_ups (public_id, person_id, disease_id, profile_version, area_id, status, label, exposed_to,
        watch_until, next_at, opened_at)
      select gen_random_uuid(), id, 'covid-19', 1, area_id, 'toTrace', 'F1', current_date, current_date + 14, now(), now()
      from near returning id, public_id, person_id`
    const followUpIds = followed.map(({ id }) => id)
    await tx`
      insert into contacts (public_id, case_id, person_id, label, first_at, last_at, marked_at, follow_up_id)
      select gen_random_uuid(), ${sick.id}, person_id, 'F1', now() - interval '3 days', now() - interval '3 days', now(), id
      from follow_ups where id = any(${followUpIds}::int[])`
    const [trace] = await tx<[{ id: number }]>`
      insert into traces (public_id, case_id, status, parameters, asked_at)
      values (gen_random_uuid(), ${sick.id}, 'done', ${tx.json(parameters)}, now()) returning id`
    await tx`
      insert into trace_contacts (trace_id, person_id, hop, overlap_seconds, first_at, last_at, exposures)
      select ${trace.id}, person_id, 1, 1000, now() - interval '2 days', now() - interval '1 day', '[]'
      from follow_ups where id = any(${followUpIds}::int[])`
    const [marking] = await tx<[{ publicId: string }]>`
      insert into contact_markings (public_id, case_id, status, total, asked_at, ${
        what === 'F1' ? tx`label, trace_id` : tx`sealed`
      })
      values (gen_random_uuid(), ${sick.id}, 'waiting', 3, now(), ${
        what === 'F1' ? tx`'F1', ${trace.id}` : tx`${services.keys.seal({ note: 'Nhầm mẫu' })}`
      }) returning public_id`
    return { markingId: marking.publicId, followUpIds, followUps: followed.map(({ publicId }) => publicId) }
  })

async function isWaitedFor() {
  for (let tries = 0; tries < 500; tries++) {
    const waiting = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (waiting.length > 0) return
    await sleep(10)
  }
  assert.fail('nobody waits')
}

for (const [turn, [title, what]] of Object.entries({
  'contacts are marked anew while what they said is keyed in': 'F1',
  'contacts are taken back while what they said is keyed in': 'withdraw',
} as const).entries())
  test(title, async () => {
    const { markingId, followUpIds, followUps } = await begin(turn, what)
    let marking: Promise<unknown> | undefined
    // As an entry is written: their follow-ups are held, and their contacts afterwards.
    await sql.begin(async (tx) => {
      await lockFollowUps(tx, followUps)
      marking = transact(sql, (own) => runMarking(new Context(own, system, services), { id: markingId }))
      await isWaitedFor()
      await markReached(tx, followUpIds, new Date())
    })
    await marking
    const [done] = await sql`select status, problem from contact_markings where public_id = ${markingId}`
    assert.deepEqual({ ...done }, { status: 'done', problem: null })
    const contacts = await sql`
      select reached_at is not null as reached, withdrawn_at is not null as withdrawn
      from contacts where follow_up_id = any(${followUpIds}::int[])`
    assert.deepEqual([...contacts], Array(3).fill({ reached: true, withdrawn: what === 'withdraw' }))
  })
