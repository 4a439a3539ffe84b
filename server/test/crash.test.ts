import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Victim } from './outage.ts'

const LOAD_MS = 500

const dataDir = await mkdtemp(join(tmpdir(), 'lachan-crash-'))
const victim = new Victim(dataDir, 4750 + (process.pid % 10))

after(async () => {
  await victim.end()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

test('what was acknowledged outlives kill -9 of the server and of the database, exactly once', {
  timeout: 180_000,
}, async () => {
  const send = await victim.open()
  const senders = send()
  try {
    for (const strike of [victim.killServer, victim.killDatabase, victim.killServer, victim.killDatabase]) {
      await sleep(LOAD_MS)
      await strike()
    }
    await sleep(LOAD_MS)
  } finally {
    await Promise.allSettled(senders.map((sender) => sender.stop()))
  }
  await Promise.all(senders.map(({ done }) => done))
  await victim.assertKept(senders)
  await victim.stop()
})
