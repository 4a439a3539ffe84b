import { ConfigError, readConfig } from './platform/config.ts'
import { serve } from './serve.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** At a terminal our own lines are read; the logs, one JSON a line, are for whoever collects them. */
const environment = process.stdout.isTTY ? { LOG_LEVEL: 'warn', ...process.env } : process.env

try {
  const stop = await serve(readConfig(environment), say)
  let isEnding = false
  const end = () => {
    if (isEnding) return // a signal to the whole group arrives twice
    isEnding = true
    setTimeout(() => process.exit(1), 4500).unref() // a hanging client must not outlast the five seconds we promise
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
} catch (error) {
  const faults = error instanceof ConfigError ? error.faults : [(error as Error).message]
  process.stderr.write(`La Chan cannot start:\n${faults.map((fault) => `  - ${fault}\n`).join('')}`)
  process.exit(1)
}
