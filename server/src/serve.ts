import { type Installation, openInstallation } from './installation.ts'
import { authenticate } from './modules/accounts/index.ts'
import { describeDemo, fillDemo } from './modules/demo/index.ts'
import { jobs, often, routes } from './modules.ts'
import { CLEAN, NIGHTLY } from './platform/clean.ts'
import type { Config } from './platform/config.ts'
import { connect } from './platform/database.ts'
import { type App, askInProcess, createApp } from './platform/http.ts'
import { startJobs } from './platform/jobs.ts'
import { DELIVER, deliver, smsChannel } from './platform/messenger.ts'
import { watchForSilence } from './platform/silence.ts'
import { mountWeb } from './platform/web.ts'

/** Config → database → app → jobs → listen. Resolves, with the way to stop it, when the server answers. */
export async function serve(config: Config, say: (line: string) => void) {
  say(config.databaseUrl ? 'Opening the database …' : `Starting PostgreSQL in ${config.dataDir} …`)
  const installation = await openInstallation(config, say)
  const ends = [installation.stop]
  const stop = async () => {
    for (let end = ends.pop(); end; end = ends.pop()) await end()
  }
  try {
    ends.push(startWatch(installation))
    const app = await createApp({ ...installation, routes, authenticate })
    if (config.http) await mountWeb(app)
    ends.push(() => app.close())
    if (config.demo) await fillDemo({ ...installation, ask: askInProcess(app), say })
    if (config.jobs) ends.push(await startWorker(installation, app))
    if (config.http) await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await stop()
    throw error
  }
  say(`La Chan ${config.http ? `serves ${config.origin}` : 'runs jobs'}`)
  if (config.demo) for (const line of await describeDemo(installation)) say(line)
  return stop
}

function startWatch({ url }: Installation) {
  const sql = connect(url, 1)
  const stop = watchForSilence(() => sql`select 1`, url)
  return async () => {
    stop()
    await sql.end({ timeout: 0 })
  }
}

async function startWorker({ config, sql, services, url }: Installation, app: App) {
  const channel = smsChannel(config)
  const worker = await startJobs({
    url,
    sql,
    services,
    jobs: { ...jobs, ...(channel ? { [DELIVER]: deliver(channel) } : {}) },
    schedule: { [CLEAN]: NIGHTLY },
    often,
    // Name and code only: the message of an error may carry what was being worked on.
    log: ({ name, code }, job) => app.log.error({ job, name, code }, 'a job failed and will be tried again'),
  })
  return worker.stop
}
