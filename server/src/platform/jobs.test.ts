import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { services, sql, url } from '../../test/app.ts'
import { system } from './access.ts'
import { Context } from './context.ts'
import { type Sql, transact } from './database.ts'
import { startJobs } from './jobs.ts'

const lockLongAgo = (db: Sql, worker: string, job: string) => db`
  update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = ${worker}
  where task_id = (select id from graphile_worker._private_tasks where identifier = ${job})`

test('a job whose worker was killed is done by the next one, and one that somebody does is left alone', async () => {
  const done: string[] = []
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const options = {
    url,
    sql,
    services,
    schedule: {},
    log: () => {},
    jobs: {
      'test.forsaken': async () => done.push('forsaken'),
      'test.long': async () => {
        done.push('long')
        await held
      },
    },
  }
  await transact(sql, (tx) => new Context(tx, system, services).addJob('test.long', {}))
  const first = await startJobs(options)
  try {
    while (!done.includes('long')) await sleep(20)
    await transact(sql, async (tx) => {
      await new Context(tx, system, services).addJob('test.forsaken', {})
      await lockLongAgo(tx, 'worker-killed', 'test.forsaken')
    })
    await lockLongAgo(sql, 'worker-alive', 'test.long')
    const second = await startJobs(options)
    try {
      const patience = Date.now() + 10_000
      while (!done.includes('forsaken') && Date.now() < patience) await sleep(20)
      assert.deepEqual(done, ['long', 'forsaken'])
    } finally {
      release()
      await second.stop()
    }
  } finally {
    await first.stop()
  }
})

test('a job that is done when the database goes away is done again, and the server stays', async () => {
  let done = 0
  await sql`
    create function test_away() returns trigger language plpgsql as $$ begin
      raise exception 'the database is shut down' using errcode = '57P01';
    end $$`
  await sql`create trigger away before delete on graphile_worker._private_jobs execute function test_away()`
  await transact(sql, (tx) => new Context(tx, system, services).addJob('test.again', {}))
  const jobs = { 'test.again': async () => done++ }
  const options = { url, sql, services, schedule: {}, log: () => {}, jobs }
  const patience = Date.now() + 10_000
  // Whoever runs tests listens too, and takes for a failure what the server bears.
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  const first = await startJobs(options)
  while (done < 1 && Date.now() < patience) await sleep(20)
  await sleep(200)
  await first.stop()
  for (const other of others) process.on('unhandledRejection', other)
  await sql`drop trigger away on graphile_worker._private_jobs`
  await sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`
  const second = await startJobs(options)
  while (done < 2 && Date.now() < patience) await sleep(20)
  await second.stop()
  assert.equal(done, 2)
})
