import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isoOf } from './stays.ts'

const LACHAN = fileURLToPath(new URL('../bin/lachan.js', import.meta.url))
const run = promisify(execFile)

/** Milliseconds from the call of `lachan trace` to its end, on the embedded database in `folder`, whether it runs or not. */
export async function timeOfTrace(folder: string, person: number, from: number, to: number) {
  const { DATABASE_URL, ...rest } = process.env
  const env = { ...rest, LACHAN_DATA: folder, LACHAN_DEMO: 'off' }
  const window = ['--from', isoOf(from), '--to', isoOf(to), '--json']
  const began = performance.now()
  const { stdout } = await run(process.execPath, [LACHAN, 'trace', '--person', `p-${person}`, ...window], {
    env,
    maxBuffer: 64 * 2 ** 20,
  })
  const milliseconds = performance.now() - began
  const { contacts } = JSON.parse(stdout) as { contacts: unknown[] }
  return { milliseconds, contacts: contacts.length }
}
