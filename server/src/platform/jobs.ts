import { parseCronItems, run, type TaskList } from 'graphile-worker'
import { system } from './access.ts'
import { Context, type Services } from './context.ts'
import { connectQueue, type Sql, transact } from './database.ts'

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
  log: (error: Error & { code?: string }, job: string) => void
}

/** How far back a run that was missed, because no server was up, is made up for. */
const LATE_MS = 24 * 3600_000

/** Runs what `ctx.addJob` queued and what is scheduled, until stopped. A failed job is tried again, later each time. */
export async function startJobs({ url, sql, services, jobs, schedule, log }: Options) {
  const pgPool = connectQueue(url, 4)
  const taskList: TaskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      async (payload: unknown) => {
        try {
          await transact(sql, (tx) => job(new Context(tx, system, services), payload as never))
        } catch (error) {
          log(error as Error, name)
          throw error
        }
      },
    ]),
  )
  const runner = await run({
    pgPool,
    taskList,
    parsedCronItems: parseCronItems(
      Object.entries(schedule).map(([task, match]) => ({
        task,
        match,
        options: { backfillPeriod: LATE_MS },
      })),
    ),
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: quiet as never,
  })
  return {
    async stop() {
      await runner.stop().catch(() => {})
      await pgPool.end()
    },
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {}, scope: () => quiet }
