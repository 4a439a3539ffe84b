import { globSync } from 'node:fs'
import { startTestCluster } from './cluster.ts'
import { runFiles } from './files.ts'

/** Runs the tests of the server (or the files named) against one database cluster, and prints how many passed. */
const named = process.argv.slice(2)
const files =
  named.length > 0
    ? named
    : globSync(['server/**/*.test.ts', 'contract/*.test.ts', 'web/test/*.test.ts', 'bench/*.test.ts'])
const cluster = await startTestCluster()
process.env.TEST_CLUSTER_URL = cluster.url

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
