import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { scenario } from '../../../test/app.ts'
import { an, minh, NHA_TRANG, nobody } from '../../../test/people.ts'
import { addAccount, addKey } from './index.ts'
import { hashPassword, isPassword } from './password.ts'

const signIn = { login: minh.login, password: 'minh-password' }

describe('staff sign in', () => {
  scenario('with a password, and the session is theirs until they leave', async (as) => {
    const { status, body, headers } = await as(nobody)('POST', '/sessions', signIn)
    assert.equal(status, 201)
    assert.deepEqual(
      body.account.roles.map((one: { role: string; area: { code: string } }) => [one.role, one.area.code]),
      [['health_officer', NHA_TRANG]],
    )
    assert.match(String(headers['set-cookie']), /HttpOnly; SameSite=Lax/)
    const me = as({ kind: 'key', name: 'the new session', token: body.token })
    assert.equal((await me('GET', '/me')).body.account.login, 'minh')
    assert.equal((await me('DELETE', '/sessions/current')).status, 204)
    assert.equal((await me('GET', '/me')).body.kind, 'nobody')
  })

  scenario('the login in any case, the password exactly', async (as) => {
    assert.equal((await as(nobody)('POST', '/sessions', { ...signIn, login: 'MINH' })).status, 201)
    const wrong = await as(nobody)('POST', '/sessions', { ...signIn, password: 'Minh-password' })
    const unknown = await as(nobody)('POST', '/sessions', { ...signIn, login: 'nobody-at-all' })
    assert.deepEqual([wrong.status, wrong.body.code], [401, 'account.wrongCredentials'])
    assert.deepEqual(unknown.body, wrong.body) // who has an account is nobody's business
  })

  scenario('ten wrong passwords close the login for a while, also for the right one', async (as) => {
    for (let n = 0; n < 10; n++) await as(nobody)('POST', '/sessions', { ...signIn, password: `guess ${n}` })
    const refused = await as(nobody)('POST', '/sessions', signIn)
    assert.deepEqual([refused.status, refused.body.code], [429, 'request.tooMany'])
    assert.equal(
      (await as(nobody)('POST', '/sessions', { login: 'an', password: 'an-password' })).status,
      201,
    )
  })

  scenario('a session ends by itself, and at once when the account is disabled', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const open = async () =>
      as({ kind: 'key', name: '', token: (await as(nobody)('POST', '/sessions', signIn)).body.token })
    const morning = await open()
    t.now('2026-11-20T13:30:00Z')
    assert.equal((await morning('GET', '/me')).body.kind, 'nobody')
    const afternoon = await open()
    await t.sql`update accounts set disabled_at = now() where login = 'minh'`
    assert.equal((await afternoon('GET', '/me')).body.kind, 'nobody')
  })

  test('passwords are kept as argon2id in the PHC format', async () => {
    const hash = await hashPassword('mật khẩu dài')
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.deepEqual(
      [await isPassword('mật khẩu dài', hash), await isPassword('mat khau dai', hash)],
      [true, false],
    )
  })
})

describe('accounts and keys', () => {
  scenario('a role must exist, a login is given once, a password is not short', async (_as, t) => {
    const add = (change: object) =>
      addAccount(t.ctx(), {
        login: 'new',
        role: 'auditor',
        areaCode: '56',
        password: 'long enough',
        ...change,
      })
    await assert.rejects(add({ role: 'king' }), { code: 'account.roleUnknown' })
    await assert.rejects(add({ password: 'short' }), { code: 'account.passwordWeak' })
    await assert.rejects(add({ areaCode: '99' }), { code: 'area.unknown' })
    await add({})
    await assert.rejects(add({ login: 'NEW' }), { code: 'account.loginTaken' })
  })

  scenario('a key acts as its role, and only a hash of it is kept', async (as, t) => {
    const [area] = await t.sql`select id from areas where code = ${NHA_TRANG} and valid_to is null`
    const { token } = await addKey(t.ctx(), { name: 'gate 1', role: 'gate', areaId: area!.id, placeId: null })
    const { body } = await as({ kind: 'key', name: '', token })('GET', '/me')
    assert.deepEqual([body.kind, body.permissions.includes('scan.record')], ['key', true])
    assert.ok(!JSON.stringify(await t.sql`select * from api_keys`).includes(token.slice(4)))
  })
})

describe('the door of the API', () => {
  const asBrowser = (token: string, headers: object) => ({ cookie: `lachan_session=${token}`, ...headers })

  scenario('a cookie opens it for our own pages only', async (as) => {
    const { token } = (await as(nobody)('POST', '/sessions', signIn)).body
    const ask = (headers: object) =>
      as(nobody)('DELETE', '/sessions/current', undefined, asBrowser(token, headers))
    assert.equal((await ask({ origin: 'https://evil.example' })).body.code, 'request.crossSite')
    assert.equal((await ask({ 'sec-fetch-site': 'cross-site' })).body.code, 'request.crossSite')
    assert.equal(
      (await ask({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })).status,
      204,
    )
  })

  scenario('problems come in the language of the reader', async (as) => {
    const { body } = await as(nobody)('GET', '/me/people', undefined, { 'accept-language': 'vi-VN' })
    assert.deepEqual([body.code, body.title], ['access.signInNeeded', 'Bạn cần đăng nhập trước.'])
    assert.equal((await as(an)('GET', '/me/people')).body.title, 'You may not do that.')
  })

  scenario('what cannot be read is refused politely', async (as) => {
    const send = async (body: unknown, type = 'application/json') =>
      (await as(nobody)('POST', '/sessions', body, { 'content-type': type })).body.code
    assert.equal(await send('{"login":'), 'request.malformed')
    assert.equal(await send('login=minh', 'text/plain'), 'request.unsupportedType')
    assert.equal(await send(`{"login":"${'A'.repeat(2_000_000)}"}`), 'request.tooLarge')
    assert.equal(await send('{"login":"a\\u0000","password":"x"}'), 'request.invalid')
    assert.equal((await as(nobody)('GET', '/no-such-thing')).body.code, 'request.unknownAddress')
  })
})
