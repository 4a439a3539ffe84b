import { globSync } from 'node:fs'
import { relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startTestCluster } from './cluster.ts'

/** Far more than any file takes: one that hangs fails, and the others are still told. */
const PATIENCE_MS = 10 * 60_000

/** Runs the tests of the server (or the files named) against one database cluster, and prints how many passed. */
const named = process.argv.slice(2)
const files =
  named.length > 0
    ? named
    : globSync(['server/**/*.test.ts', 'contract/*.test.ts', 'web/test/*.test.ts', 'bench/*.test.ts'])
const cluster = await startTestCluster()
process.env.TEST_CLUSTER_URL = cluster.url

/** How many tests passed, and how many failed in which file. */
async function runFiles(files: string[], concurrency: number) {
  let passed = 0
  const failed = new Map<string, number>()
  // What a failed test left going (a timer, a connection) must not keep its process from ending.
  const results = run({ files, concurrency, timeout: PATIENCE_MS, execArgv: ['--test-force-exit'] })
  results.on('test:pass', ({ details }) => {
    if (details.type !== 'suite') passed++
  })
  results.on('test:fail', ({ details, file, name }) => {
    const path = relative('', file ?? name)
    if (details.type !== 'suite') failed.set(path, (failed.get(path) ?? 0) + 1)
  })
  for await (const text of results.compose(spec)) process.stdout.write(text)
  return { passed, failed }
}

const countOf = (failed: ReadonlyMap<string, number>) => [...failed.values()].reduce((sum, n) => sum + n, 0)

let { passed, failed } = await runFiles(files, 2)
// Where nobody looks on, a file that fails is run once more; if it passes then, it is printed as flaky.
if (process.env.CI && failed.size > 0) {
  const again = [...failed.keys()]
  process.stdout.write(`\nonce more: ${again.join(', ')}\n\n`)
  const second = await runFiles(again, 1)
  passed += countOf(failed) - countOf(second.failed)
  failed = second.failed
  for (const file of again) if (!failed.has(file)) process.stdout.write(`flaky: ${file}\n`)
}
await cluster.stop()
process.stdout.write(`server: ${passed} passed, ${countOf(failed)} failed\n`)
process.exitCode = failed.size > 0 || passed === 0 ? 1 : 0
