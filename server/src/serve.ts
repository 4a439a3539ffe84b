import { openInstallation } from './installation.ts'
import { authenticate } from './modules/accounts/index.ts'
import { describeDemo, fillDemo } from './modules/demo/index.ts'
import { jobs, routes } from './modules.ts'
import type { Config } from './platform/config.ts'
import { askInProcess, createApp } from './platform/http.ts'
import { startJobs } from './platform/jobs.ts'
import { DELIVER, deliver, smsChannel } from './platform/messenger.ts'
import { mountWeb } from './platform/web.ts'

/** Config → database → app → jobs → listen. Resolves when the server answers. */
export async function serve(config: Config, say: (line: string) => void) {
  const installation = await openInstallation(config, say)
  const { sql, services, url } = installation

  const app = await createApp({ config, sql, services, routes, authenticate })
  if (config.http) await mountWeb(app)
  if (config.demo) await fillDemo({ ...installation, ask: askInProcess(app), say })
  const channel = smsChannel(config)
  const worker = config.jobs
    ? await startJobs({
        url,
        sql,
        services,
        jobs: { ...jobs, ...(channel ? { [DELIVER]: deliver(channel) } : {}) },
        log: (error, job) =>
          app.log.error(
            { job, name: (error as Error).name, code: (error as { code?: string }).code },
            'job failed',
          ),
      })
    : undefined
  if (config.http) await app.listen({ port: config.port, host: config.host })

  say(`La Chan ${config.http ? `serves ${config.origin}` : 'runs jobs'}`)
  if (config.demo) for (const line of await describeDemo(installation)) say(line)

  return async () => {
    await app.close()
    await worker?.stop()
    await installation.stop()
  }
}
