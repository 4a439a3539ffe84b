import { setTimeout as sleep } from 'node:timers/promises'
import { parseCronItems, run, type TaskList } from 'graphile-worker'
import { system } from './access.ts'
import { Context, type Services } from './context.ts'
import { connectQueue, isAway, type Sql, transact } from './database.ts'

/** One unit of work in one transaction. It may run again after a crash, so it must bear being repeated. */
type Job = (ctx: Context, payload: never) => Promise<unknown>
export type Jobs = Readonly<Record<string, Job>>

type Options = {
  url: string
  sql: Sql
  services: Services
  jobs: Jobs
  /** When jobs run that nobody queues: job → cron pattern, in UTC. */
  schedule: Readonly<Record<string, string>>
  /** The same for what runs so often that nothing missed is made up for. */
  often?: Readonly<Record<string, string>>
  log: (error: Error & { code?: string }, job: string) => void
}

/** How far back a run that was missed, because no server was up, is made up for. */
const LATE_MS = 24 * 3600_000

/** The advisory lock of a job, held as long as its transaction lives. */
const JOB = 23
const keyOf = (sql: Sql, id: ReturnType<Sql> | string) => sql`(${id}::bigint % 2147483647)::int`

const FORSAKEN_MS = 15_000
const ENDING_MS = 1500

/** Jobs of workers that are no more (kill -9, a machine that went) are queued again; the queue itself waits four hours. */
const freeForsaken = (sql: Sql) => sql`
  select graphile_worker.force_unlock_workers(array_agg(locked_by)) from graphile_worker._private_jobs
  where locked_at < now() - ${FORSAKEN_MS}::int * interval '1 millisecond'
    and pg_try_advisory_xact_lock(${JOB}, ${keyOf(sql, sql`id`)})
  having count(*) > 0`

/**
 * The queue does not wait until a job is marked as done or failed, and so nobody hears when the database goes away just
 * then. Such a job is found forsaken, and runs again. Nor does anybody hear when a new connection is lost while the driver
 * asks it for types (porsager/postgres#1192): the query that wanted it fails or goes another way.
 */
function bearLoss(error: unknown) {
  if (!isAway(error)) throw error
}

/** Runs what `ctx.addJob` queued and what is scheduled, until stopped. A failed job is tried again, later each time. */
export async function startJobs({ url, sql, services, jobs, schedule, often = {}, log }: Options) {
  const pgPool = connectQueue(url, 4)
  const taskList: TaskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      async (payload: unknown, { job: { id } }) => {
        try {
          await transact(sql, async (tx) => {
            await tx`select pg_advisory_xact_lock_shared(${JOB}, ${keyOf(tx, id)})`
            await job(new Context(tx, system, services), payload as never)
          })
        } catch (error) {
          log(error as Error, name)
          throw error
        }
      },
    ]),
  )
  process.on('unhandledRejection', bearLoss)
  const runner = await run({
    pgPool,
    taskList,
    parsedCronItems: parseCronItems([
      ...Object.entries(schedule).map(([task, match]) => ({
        task,
        match,
        options: { backfillPeriod: LATE_MS },
      })),
      ...Object.entries(often).map(([task, match]) => ({ task, match })),
    ]),
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: quiet as never,
  })
  // Without a database it is tried again.
  const free = () => freeForsaken(sql).catch(() => {})
  await free()
  const freeing = setInterval(free, FORSAKEN_MS)
  return {
    async stop() {
      clearInterval(freeing)
      const ended = runner
        .stop()
        .catch(() => {})
        .then(() => pgPool.end())
      // A job that takes longer is tried again, and a connection that was lost may never say that it has ended.
      await Promise.race([ended, sleep(ENDING_MS, undefined, { ref: false })])
      process.off('unhandledRejection', bearLoss)
    },
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {}, scope: () => quiet }
