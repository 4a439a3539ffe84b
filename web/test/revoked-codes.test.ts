import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outbox } from '../src/lib/offline/outbox.ts'
import { RevokedCodes } from '../src/lib/offline/revoked.ts'
import type { Revoked } from '../src/lib/offline/told.ts'

const piece = (version: string, ...ids: string[]): Revoked => ({
  codes: ids.map((id) => ({ id })),
  version,
  more: false,
})

/** As the device's store, with room for so many codes. */
function storeOf(room: number) {
  const ids = new Set<string>()
  let version: string | undefined
  const store: Pick<Outbox, 'isRevoked' | 'revokedVersion' | 'keepRevoked'> = {
    isRevoked: async (id) => ids.has(id),
    revokedVersion: async () => version,
    keepRevoked: async (revoked) => {
      if (ids.size + revoked.codes.length > room) throw new DOMException('', 'QuotaExceededError')
      for (const { id } of revoked.codes) ids.add(id)
      version = revoked.version
    },
  }
  return store as Outbox
}

const open = (store?: Outbox) => {
  const codes = new RevokedCodes()
  if (store) codes.open(Promise.resolve(store))
  return codes
}

test('what was told is known to the next page, too', async () => {
  const store = storeOf(10)
  const codes = open(store)
  assert.equal(await codes.version(), undefined)
  await codes.add(piece('1', 'a', 'b'), '')
  await codes.add(piece('2', 'c'), '')
  const next = open(store)
  assert.equal(await next.version(), '2')
  assert.deepEqual(await Promise.all(['a', 'c', 'd'].map((id) => next.has(id))), [true, true, false])
})

test('without room the page knows alone, and the next one is told again what is missing', async () => {
  const store = storeOf(2)
  const codes = open(store)
  for (const [at, id] of ['a', 'b', 'c'].entries()) await codes.add(piece(String(at), id), '')
  assert.equal(await codes.version(), '2')
  assert.ok((await codes.has('a')) && (await codes.has('c')))
  await codes.add(piece('3'), '')
  const next = open(store)
  assert.equal(await next.version(), '1')
  assert.equal(await next.has('c'), false)
})

test('a private window knows as long as it is open', async () => {
  const codes = open()
  await codes.add(piece('1', 'a'), '')
  await codes.add(piece('2', 'b'), '')
  assert.equal(await codes.version(), '2')
  assert.ok((await codes.has('a')) && (await codes.has('b')))
})
