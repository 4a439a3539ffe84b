import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sql } from './database.ts'
import { gatherEach } from './gather.ts'

/** Work that ends when it is let go, and what each run was given. */
function paused() {
  const runs: number[][] = []
  const waiting: (() => void)[] = []
  const work = async (_sql: Sql, items: readonly number[]) => {
    runs.push([...items])
    await new Promise<void>((go) => waiting.push(go))
    if (items.length > 1 && items.includes(13)) throw new Error('all')
    if (items.includes(13)) throw new Error('unlucky')
    return items.map((item) => item * 2)
  }
  const finish = async () => {
    while (waiting.length > 0) {
      waiting.shift()!()
      await new Promise(setImmediate)
    }
  }
  return { runs, work, finish }
}

const database = {} as Sql

test('who comes alone does not wait; what comes meanwhile is taken together, and each gets an answer of its own', async () => {
  const { runs, work, finish } = paused()
  const ask = gatherEach(work)
  const answers = Promise.all([ask(database, 1), ask(database, 2)])
  await new Promise(setImmediate)
  const later = Promise.all([3, 4, 5].map((item) => ask(database, item)))
  await finish()
  assert.deepEqual(await answers, [2, 4])
  assert.deepEqual(await later, [6, 8, 10])
  assert.deepEqual(runs, [
    [1, 2],
    [3, 4, 5],
  ])
})

test('one that fails spoils no other', async () => {
  const { runs, work, finish } = paused()
  const ask = gatherEach(work)
  const answers = Promise.allSettled([1, 13, 3].map((item) => ask(database, item)))
  await new Promise(setImmediate)
  await finish()
  assert.deepEqual(
    (await answers).map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message)),
    [2, 'unlucky', 6],
  )
  assert.deepEqual(runs, [[1, 13, 3], [1], [13], [3]])
})

test('a database that is away is not asked again for each of them', async () => {
  let runs = 0
  const ask = gatherEach(async (): Promise<number[]> => {
    runs++
    throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })
  })
  const answers = await Promise.allSettled([1, 2, 3].map((item) => ask(database, item)))
  assert.ok(answers.every(({ status }) => status === 'rejected'))
  assert.equal(runs, 1)
})

test('a run takes so much and no more, but one that is heavier is taken alone', async () => {
  const { runs, work, finish } = paused()
  const ask = gatherEach(work, { most: 10, weight: (item: number) => item })
  const answers = Promise.all([4, 4, 4, 20, 1].map((item) => ask(database, item)))
  await new Promise(setImmediate)
  await finish()
  await answers
  assert.deepEqual(runs, [[4, 4], [4], [20], [1]])
})

test('databases are asked apart', async () => {
  const { runs, work, finish } = paused()
  const ask = gatherEach(work)
  const answers = Promise.all([ask(database, 1), ask({} as Sql, 2)])
  await new Promise(setImmediate)
  await finish()
  assert.deepEqual(await answers, [2, 4])
  assert.deepEqual(runs, [[1], [2]])
})

test('while a crowd waits, two runs work; then one again', async () => {
  const { runs, work, finish } = paused()
  const ask = gatherEach(work, { most: 10, weight: (item: number) => item, crowd: 8 })
  const first = ask(database, 1)
  await new Promise(setImmediate)
  const few = ask(database, 7)
  await new Promise(setImmediate)
  assert.deepEqual(runs, [[1]])
  const crowd = [2, 9].map((item) => ask(database, item))
  await new Promise(setImmediate)
  assert.deepEqual(runs, [[1], [7, 2]])
  await finish()
  assert.deepEqual(await Promise.all([first, few, ...crowd]), [2, 14, 4, 18])
  assert.deepEqual(runs, [[1], [7, 2], [9]])
})

test('a transaction has one connection, and so one run', async () => {
  const { runs, work, finish } = paused()
  const ask = gatherEach(work, { crowd: 1 })
  const transaction = { savepoint() {} } as unknown as Sql
  const answers = [ask(transaction, 1)]
  await new Promise(setImmediate)
  answers.push(ask(transaction, 2))
  await new Promise(setImmediate)
  assert.deepEqual(runs, [[1]])
  await finish()
  assert.deepEqual(await Promise.all(answers), [2, 4])
})
