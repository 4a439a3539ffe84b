import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PATIENCE_MS = 120_000

export interface Server {
  url: string
  /** What an administrator gives to the command line beside it; every row has to be taken. */
  import(kind: 'people' | 'places' | 'cases' | 'links', csv: string): Promise<void>
  stop(): Promise<void>
}

/** The real server, with its demo, on data in this folder. Resolves when it answers. */
export async function startServer(folder: string): Promise<Server> {
  const port = await findFreePort()
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, [join(ROOT, 'server/src/main.ts')], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), LACHAN_DATA: folder, LACHAN_DEMO: 'on', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (text: Buffer) => {
      said = (said + text).slice(-5000)
    })
  try {
    await isReady(server, url)
  } catch (error) {
    await end(server)
    throw new Error(`${(error as Error).message}\n${said}`)
  }
  return { url, import: (kind, csv) => importInto(folder, kind, csv), stop: () => end(server) }
}

async function importInto(folder: string, kind: string, csv: string) {
  const command = spawn(process.execPath, [join(ROOT, 'server/src/cli.ts'), 'import', kind, '-'], {
    cwd: ROOT,
    env: { ...process.env, LACHAN_DATA: folder, LACHAN_DEMO: 'on', LOG_LEVEL: 'warn' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [command.stdout, command.stderr]) stream.on('data', (text: Buffer) => (said += text))
  command.stdin.end(csv)
  const [code] = (await once(command, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The import of ${kind} ended with ${code}: ${said.slice(-2000)}`)
}

async function isReady(server: ChildProcess, url: string) {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
  }
  throw new Error('The server is not ready')
}

async function end(server: ChildProcess) {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGTERM')
  await once(server, 'exit')
}

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}
