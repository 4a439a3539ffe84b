import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateOf } from '../src/lib/dates.ts'
import { parseSetCookie, safeNext } from '../src/lib/session.ts'

test('a way back stays inside this site', () => {
  assert.equal(safeNext('/me?tab=1', '/'), '/me?tab=1')
  for (const next of [
    null,
    '',
    'me',
    '//evil.vn',
    '/\\evil.vn',
    'https://evil.vn',
    '/me\\@evil.vn',
    '/a\r\nb',
    '/\tevil',
  ]) {
    assert.equal(safeNext(next, '/home'), '/home', String(next))
  }
})

test("the API's cookie reaches the browser as the API meant it", () => {
  const line = 'lachan_session=a%3Db; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Strict'
  assert.deepEqual(parseSetCookie(line), {
    name: 'lachan_session',
    value: 'a=b',
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
    maxAge: 3600,
  })
  assert.equal(parseSetCookie('a=b').secure, false)
})

test('a date that the calendar does not have is none', () => {
  assert.equal(dateOf('2024', '2', '29'), '2024-02-29')
  for (const [year, month, day] of [
    ['2026', '2', '29'],
    ['2026', '13', '1'],
    ['26', '1', '1'],
    ['2026', '4', '31'],
    ['2026', '', '1'],
  ] as const) {
    assert.equal(dateOf(year, month, day), null)
  }
})
