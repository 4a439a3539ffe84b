import { run, type TaskList } from 'graphile-worker'
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
  log: (error: Error & { code?: string }, job: string) => void
}

/** Runs what `ctx.addJob` queued, until stopped. A failed job is tried again, later each time. */
export async function startJobs({ url, sql, services, jobs, log }: Options) {
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
