import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startTestCluster } from './cluster.ts'

/** Runs the tests of the server (or the files named) against one database cluster, and prints how many passed. */
const named = process.argv.slice(2)
const files =
  named.length > 0
    ? named
    : globSync(['server/**/*.test.ts', 'contract/*.test.ts', 'web/test/*.test.ts', 'bench/*.test.ts'])
const cluster = await startTestCluster()
process.env.TEST_CLUSTER_URL = cluster.url
let passed = 0
let failed = 0
const results = run({ files, concurrency: 2 })
results.on('test:pass', ({ details }) => {
  if (details.type !== 'suite') passed++
})
results.on('test:fail', ({ details }) => {
  if (details.type !== 'suite') failed++
})
results.compose(spec).pipe(process.stdout)
results.once('end', async () => {
  await cluster.stop()
  process.stdout.write(`server: ${passed} passed, ${failed} failed\n`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
})
