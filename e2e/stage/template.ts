import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertBrowser } from './browser.ts'
import { startServer } from './server.ts'

/**
 * Fills the demo once. Every worker then plays on a copy of its own, so that a story finds the same world at
 * each width and no file need mind another.
 */
export default async function fillTemplate() {
  assertBrowser()
  const folder = await mkdtemp(join(tmpdir(), 'lachan-e2e-'))
  const forget = () => rm(folder, { recursive: true, force: true })
  try {
    const server = await startServer(folder)
    await server.stop()
  } catch (error) {
    await forget()
    throw error
  }
  process.env.E2E_TEMPLATE = folder
  return forget
}
