import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Victim } from './outage.ts'

// The database lies on a small disk of its own, which only this test sees: it runs itself once more in a namespace.

const DISK = process.env.TEST_DISK
const MEGABYTES = 600
const LOAD_MS = 1000
const FULL_MS = 3000

if (DISK) {
  const victim = new Victim(DISK, 4760 + (process.pid % 10))
  after(() => victim.end())
  test('a full disk', { timeout: 240_000 }, () => fillAndEmpty(victim, DISK))
} else {
  const inNamespace = (...command: string[]) =>
    spawnSync('unshare', ['--map-root-user', '--mount', ...command], {
      encoding: 'utf8',
      timeout: 280_000,
      killSignal: 'SIGKILL',
      env: { ...process.env, TEST_DISK: '/mnt', NODE_TEST_CONTEXT: undefined },
    })
  const mount = ['sh', '-c', `mount -t tmpfs -o size=${MEGABYTES}m none /mnt && exec "$@"`, 'sh']
  const probe = inNamespace(...mount, 'true')
  const skip = probe.status === 0 ? false : `no disk can be mounted here: ${probe.error ?? probe.stderr}`
  test('a full disk answers 503 and loses nothing; once there is room, scans are taken again', {
    skip,
    timeout: 300_000,
  }, () => {
    const file = fileURLToPath(import.meta.url)
    const { status, stdout, stderr } = inNamespace(
      ...mount,
      process.execPath,
      '--test-force-exit',
      '--test-reporter=spec',
      file,
    )
    assert.equal(status, 0, stdout + stderr)
  })
}

async function fillAndEmpty(victim: Victim, disk: string) {
  const send = await victim.open()
  const senders = send()
  const count = () => senders.map(({ acknowledged }) => acknowledged.length)
  const failing = () => senders.every(({ failures }) => failures > 0)
  try {
    await sleep(LOAD_MS)
    assert.deepEqual(
      senders.map(({ failures }) => failures),
      senders.map(() => 0),
    )
    const ballast = join(disk, 'ballast')
    while (!failing()) await fill(ballast)
    await sleep(FULL_MS)
    await victim.exhaustLog()
    await sleep(FULL_MS)
    await rm(ballast)
    const before = count()
    while (count().some((now, at) => now === before[at])) await sleep(100)
    await sleep(LOAD_MS)
  } finally {
    await Promise.allSettled(senders.map((sender) => sender.stop()))
  }
  assert.deepEqual(
    senders.map(({ silences }) => silences),
    senders.map(() => 0),
    'everybody was answered',
  )
  await Promise.all(senders.map(({ done }) => done))
  await victim.assertKept(senders)
  await victim.stop()
}

/** Takes what room there is. */
async function fill(path: string) {
  const file = await open(path, 'a')
  const piece = Buffer.alloc(2 ** 16, 1)
  try {
    for (;;) await file.write(piece)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOSPC') throw error
  } finally {
    await file.close()
  }
  await sleep(100)
}
