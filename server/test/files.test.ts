import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const FILES = new URL('./files.ts', import.meta.url).href

/** Runs a test file of this text with a reader who sleeps most of the time, and tells how many passed and failed. */
async function runFile(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'lachan-files-'))
  const file = join(folder, 'one.ts')
  await writeFile(file, `import { test } from 'node:test'\n${text}`)
  const runner = join(folder, 'runner.ts')
  await writeFile(
    runner,
    `import { runFiles } from '${FILES}'
    setInterval(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100), 1).unref()
    const { passed, failed } = await runFiles(['${file}'], 1)
    process.stdout.write('\\ncounted ' + JSON.stringify([passed, [...failed.values()]]) + '\\n')`,
  )
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, [runner], { env, maxBuffer: 2 ** 26 })
  await rm(folder, { recursive: true })
  return JSON.parse(/^counted (.*)$/m.exec(stdout)![1]!)
}

test('every test is counted, however late its report is read', async () => {
  const many = `for (let n = 0; n < 1000; n++) test(n + 'x'.repeat(200), () => {})`
  assert.deepEqual(await runFile(many), [1000, []])
})

test('a file whose report ends early fails, also when it ends well', async () => {
  const passed = `test('passes', () => {})`
  assert.deepEqual(await runFile(passed), [1, []])
  const silent = `${passed}\ntest('falls silent', () => { process.stdout.write = () => true })\n${passed}`
  const [, failed] = await runFile(silent)
  assert.deepEqual(failed, [1])
  assert.deepEqual((await runFile(`test('fails', () => { throw new Error() })`))[1], [1])
})
