import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { url } from '../../test/app.ts'
import { connectionOptions } from './config.ts'
import { connect, connectQueue, isAway, transact } from './database.ts'
import { watchForSilence } from './silence.ts'

/** A line to the database that can be cut without a word: what is said then is lost, and nothing is refused. */
async function openLine() {
  const { host, port, database, username } = connectionOptions(url)
  const target = host!.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port: Number(port) }
  const ends: Socket[] = []
  const line = {
    isCut: false,
    url: '',
    close() {
      for (const end of ends) end.destroy()
      server.close()
    },
  }
  const server = createServer((near) => {
    const far = createConnection(target)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.push(from)
      from.on('error', () => {})
      from.on('data', (data) => line.isCut || to.write(data))
      from.on('close', () => to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  line.url = `postgresql://${username}@127.0.0.1:${(server.address() as AddressInfo).port}/${database}`
  return line
}

describe('a database that falls silent', () => {
  test('is away for whoever waits, and there again as soon as it speaks', async () => {
    const line = await openLine()
    const [sql, asking, queue] = [connect(line.url, 2), connect(line.url, 1), connectQueue(line.url, 1)]
    const stop = watchForSilence(() => asking`select 1`, line.url, { turnMs: 20, patience: 10 })
    try {
      assert.deepEqual([...(await sql`select 1 as one, pg_sleep(0.6)::text as slow`)], [{ one: 1, slow: '' }])
      await queue.query('select 1')
      line.isCut = true
      const asked = [
        sql`select 1`,
        transact(sql, (tx) => tx`select 1`),
        sql`select 1`,
        queue.query('select 1'),
      ]
      const failures = await Promise.all(
        asked.map((one) =>
          one.then(
            () => null,
            (error: unknown) => error,
          ),
        ),
      )
      assert.deepEqual(failures.map(isAway), [true, true, true, true], failures.join('\n'))
      line.isCut = false
      assert.deepEqual([...(await sql`select 2 as two`)], [{ two: 2 }])
      assert.equal((await queue.query('select 2 as two')).rows[0].two, 2)
    } finally {
      stop()
      line.close()
      await Promise.all([sql, asking].map((one) => one.end({ timeout: 0 })))
    }
  })
})
