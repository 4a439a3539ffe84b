import { relative, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

/** Far more than any file takes: one that hangs fails, and the others are still told. */
const PATIENCE_MS = 10 * 60_000

/**
 * A file that is forced to end does not wait for whoever reads its report, and the end of it would be lost with what the
 * pipe did not hold; so it waits with each line.
 */
const WAIT_FOR_READER = 'data:text/javascript,process.stdout._handle.setBlocking(true)'

/** How many tests passed, and how many failed in which file; one whose report does not come to its end fails. */
export async function runFiles(files: string[], concurrency: number) {
  let passed = 0
  const failed = new Map<string, number>()
  const whole = new Set<string>()
  // What a failed test left going (a timer, a connection) must not keep its process from ending.
  const execArgv = ['--test-force-exit', '--import', WAIT_FOR_READER]
  const results = run({ files, concurrency, timeout: PATIENCE_MS, execArgv })
  results.on('test:pass', ({ details }) => {
    if (details.type !== 'suite') passed++
  })
  results.on('test:fail', ({ details, name, ...data }) => {
    // `file` is where the test is told, which for scenarios is another one.
    const path = relative('', (data as { entryFile?: string }).entryFile ?? data.file ?? name)
    if (details.type !== 'suite') failed.set(path, (failed.get(path) ?? 0) + 1)
  })
  results.on('test:summary', ({ file }) => {
    if (file) whole.add(file)
  })
  for await (const text of results.compose(spec)) process.stdout.write(text)
  for (const file of files) {
    const path = relative('', file)
    if (whole.has(resolve(file)) || failed.has(path)) continue
    process.stdout.write(`\n${path}: its report ended early, or it has no test\n`)
    failed.set(path, 1)
  }
  return { passed, failed }
}
