import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { connect, isAway } from './database.ts'
import { addDays, dayBounds, dayIn, startOfDay } from './days.ts'
import { loadKeys, randomKeys } from './keys.ts'
import { httpGateway } from './messenger.ts'
import { asWritten } from './text.ts'

describe('keys', () => {
  test('what is sealed opens again, and a changed byte does not', () => {
    const keys = randomKeys()
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        assert.deepEqual(keys.unseal(keys.seal(value)), JSON.parse(JSON.stringify(value))),
      ),
    )
    const sealed = keys.seal({ name: 'Lan' })
    sealed[sealed.length - 1]! ^= 1
    assert.throws(() => keys.unseal(sealed))
    assert.notDeepEqual(keys.seal('Lan'), keys.seal('Lan')) // equal names do not look equal
  })

  test('a key that was added seals from then on, and what the old one sealed still opens', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lachan-keys-'))
    const path = join(folder, 'keys.json')
    const before = loadKeys(path, { create: true })
    assert.equal(statSync(path).mode & 0o777, 0o600)
    const old = before.seal('old')
    const file = JSON.parse(readFileSync(path, 'utf8'))
    file.sealing.push({ id: 2, key: Buffer.alloc(32, 7).toString('base64') })
    writeFileSync(path, JSON.stringify(file))
    const after = loadKeys(path, { create: false })
    assert.equal(after.unseal(old), 'old')
    assert.equal(after.seal('new')[0], 2)
    assert.deepEqual(after.blindIndex('phone', '+84905'), before.blindIndex('phone', '+84905'))
    rmSync(folder, { recursive: true })
  })

  test('sealed data without its key file stops the start', () => {
    assert.throws(() => loadKeys('/nowhere/keys.json', { create: false }), /no key file/)
  })

  test('a signature holds for its own bytes and its own keys only', () => {
    const [ours, theirs] = [randomKeys(), randomKeys()]
    const body = Buffer.from('a code')
    assert.ok(ours.isSigned(body, ours.sign(body)))
    assert.ok(!ours.isSigned(Buffer.from('b code'), ours.sign(body)))
    assert.ok(!ours.isSigned(body, theirs.sign(body)))
    assert.ok(!ours.isSigned(body, ours.sign(body).subarray(0, 64)))
  })
})

describe('days', () => {
  test('a day of Vietnam begins at 17:00 UTC of the day before', () => {
    const { from, to } = dayBounds('Asia/Ho_Chi_Minh', '2026-11-20')
    assert.deepEqual(
      [from.toISOString(), to.toISOString()],
      ['2026-11-19T17:00:00.000Z', '2026-11-20T17:00:00.000Z'],
    )
    assert.equal(dayIn('Asia/Ho_Chi_Minh', from), '2026-11-20')
  })

  test('where clocks change at night, days are as long as they are', () => {
    const hours = (day: string) => {
      const { from, to } = dayBounds('Europe/Oslo', day)
      return (to.getTime() - from.getTime()) / 3600_000
    }
    assert.deepEqual([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-01')], [23, 25, 24])
    assert.equal(dayIn('Europe/Oslo', startOfDay('Europe/Oslo', '2026-10-25')), '2026-10-25')
    assert.equal(addDays('2028-02-28', 2), '2028-03-01')
  })
})

describe('text', () => {
  test('is kept in NFC, however deep it stands; NUL and broken Unicode are refused', () => {
    const typed = { names: ['Hòa'.normalize('NFD')] }
    assert.deepEqual(asWritten(typed, 'body'), { names: ['Hòa'.normalize('NFC')] })
    for (const bad of ['a\0b', '\ud800', { a: [{ b: '\0' }] }])
      assert.throws(() => asWritten(bad, 'body'), { code: 'request.invalid' })
  })

  test('is kept without what nobody sees: marks that turn it around, and controls', () => {
    for (const [typed, kept] of [
      ['Chợ\u202eĐầm\u202c', 'ChợĐầm'],
      ['\u2066Nguyễn\u2069 \u200eVăn\u200f A', 'Nguyễn Văn A'],
      ['\ufeffTổ 5\u200b\u2060\u00ad', 'Tổ 5'],
      ['\u061cTổ\u180e 5\u{e0041}\ufffa', 'Tổ 5'],
      ['Tổ\u0007 5\u001b[31m\u0085', 'Tổ  5 [31m '],
      ['dòng một\r\n\tdòng hai', 'dòng một\r\n\tdòng hai'],
      ['👨\u200d👩\u200d👧 می\u200cخواهم', '👨\u200d👩\u200d👧 می\u200cخواهم'],
      ['Hòa\u200b'.normalize('NFD'), 'Hòa'.normalize('NFC')],
    ] as const) {
      assert.equal(asWritten({ typed }, 'body').typed, kept)
      assert.equal(asWritten([typed], 'body', true)[0], kept)
    }
    assert.deepEqual(asWritten({ '\u202ekey': 1 }, 'body'), { key: 1 })
  })
})

describe('an SMS gateway', () => {
  test('gets the message as JSON with its token, and its refusal is an error', async () => {
    const got: unknown[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (part) => {
        body += part
      })
      request.on('end', () => {
        got.push([request.headers.authorization, JSON.parse(body)])
        response.writeHead(got.length === 1 ? 202 : 500).end()
      })
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as { port: number }
    const channel = httpGateway(`http://127.0.0.1:${port}/sms`, 'secret')
    const message = { to: '+84905000101', text: 'La Chan: 123456' }
    await channel.send(message)
    assert.deepEqual(got, [['Bearer secret', message]])
    await assert.rejects(channel.send(message), /answered 500/)
    server.close()
  })
})

describe('a database is away', () => {
  const failureAt = async (host: string) => {
    const sql = connect(`postgresql://lachan@${host}/lachan`, 1)
    const failure = await sql`select 1`.catch((error: unknown) => error)
    await sql.end({ timeout: 0 })
    return failure
  }

  test('when nobody listens, when there is no such host, and when whoever listens says nothing', async () => {
    const sockets: Socket[] = []
    const silent = createTcpServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
    await new Promise((ready) => silent.once('listening', ready))
    const { port } = silent.address() as AddressInfo
    const failures = await Promise.all(['127.0.0.1:1', 'nowhere.invalid', `127.0.0.1:${port}`].map(failureAt))
    for (const socket of sockets) socket.destroy()
    silent.close()
    assert.deepEqual(failures.map(isAway), [true, true, true], failures.join('\n'))
  })

  test('but not when what was asked is wrong', () => {
    for (const code of ['22P02', '23505', '40001', undefined]) assert.equal(isAway({ code }), false)
  })
})
