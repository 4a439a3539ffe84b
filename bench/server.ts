/** The server as it is, without pages and jobs, on any free port, which it tells the benchmark that forked it. */
import { openInstallation } from '../server/src/installation.ts'
import { authenticate } from '../server/src/modules/accounts/index.ts'
import { routes } from '../server/src/modules.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { createApp } from '../server/src/platform/http.ts'

const config = readConfig()
const { sql, services, stop } = await openInstallation(config, () => {})
const app = await createApp({ config, sql, services, routes, authenticate })
await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
process.send?.(typeof address === 'object' ? address?.port : undefined)

process.once('SIGTERM', async () => {
  await app.close()
  await stop()
  process.exit(0)
})
