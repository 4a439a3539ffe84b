import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { scenario } from '../../../test/app.ts'
import {
  BA_DINH,
  hoa,
  lan,
  minh,
  NHA_TRANG,
  nga,
  nobody,
  strangerOfficer,
  type Who,
} from '../../../test/people.ts'
import { addAccount } from '../accounts/index.ts'

const profile = {
  name: 'Trần Thị Lan',
  birthYear: 1990,
  sex: 'female',
  areaCode: NHA_TRANG,
  address: '12 Phan Bội Châu',
}

const codeIn = (outbox: { text: string }[]) => /\b\d{6}\b/.exec(outbox[0]!.text)![0]
const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('signing in with a phone', () => {
  scenario(
    'a number that takes no SMS is refused before anything is sent, with what to do',
    async (as, t) => {
      const ask = (phone: string, language = 'en') =>
        as(nobody)('POST', '/phone-codes', { phone }, { 'accept-language': language })
      for (const phone of [
        '0258 3822 222',
        '+84 28 3822 1234',
        '02466666666',
        '1800 1022',
        '+442071838750',
      ]) {
        const { status, body } = await ask(phone)
        assert.deepEqual(
          [status, body.code, body.fields[0].field],
          [422, 'phoneCode.phoneWithoutSms', 'phone'],
        )
      }
      const { body } = await ask('02583822222', 'vi')
      assert.equal(body.title, 'Số này không nhận được tin nhắn SMS, ví dụ số máy bàn. Hãy dùng số di động.')
      assert.deepEqual(await t.outbox(), [])
      assert.deepEqual([...(await t.sql`select id from phone_challenges`)], [])
      // Mobile here, under its old prefix too, mobile abroad, and American numbers, which do not tell.
      for (const phone of ['0905000101', '01234567890', '+6591234567', '+14155552671'])
        assert.equal((await ask(phone)).status, 202, phone)
    },
  )

  scenario(
    'a code that came by SMS opens a session, and the person is known again next time',
    async (as, t) => {
      const asked = await as(nobody)('POST', '/phone-codes', { phone: '0905 777 123' })
      assert.equal(asked.status, 202)
      const sms = (await t.outbox())[0]!
      assert.equal(sms.to, '+84905777123')
      const first = await as(nobody)('POST', '/phone-sessions', {
        challengeId: asked.body.challengeId,
        code: codeIn([sms]),
      })
      assert.equal(first.status, 201)
      assert.match(String(first.headers['set-cookie']), /lachan_session=.*HttpOnly.*SameSite=Lax/)
      const again = await as(nobody)('POST', '/phone-codes', { phone: '+84905777123' })
      const second = await as(nobody)('POST', '/phone-sessions', {
        challengeId: again.body.challengeId,
        code: codeIn(await t.outbox()),
      })
      assert.equal(second.body.person.id, first.body.person.id)
      const me = await as({ kind: 'key', name: '', token: second.body.token })('GET', '/me')
      assert.deepEqual([me.body.kind, me.body.person.phone], ['citizen', '0905777123'])
    },
  )

  scenario('a wrong, a replayed, an expired and an unknown code are each refused by name', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const { challengeId } = (await as(nobody)('POST', '/phone-codes', { phone: '0905777124' })).body
    const code = codeIn(await t.outbox())
    const send = async (body: object) => (await as(nobody)('POST', '/phone-sessions', body)).body.code
    assert.equal(await send({ challengeId, code: wrongFor(code) }), 'phoneCode.wrong')
    assert.equal(await send({ challengeId, code }), undefined)
    assert.equal(await send({ challengeId, code }), 'phoneCode.used')
    const late = (await as(nobody)('POST', '/phone-codes', { phone: '0905777124' })).body.challengeId
    const lateCode = codeIn(await t.outbox())
    t.now('2026-11-20T01:06:00Z')
    assert.equal(await send({ challengeId: late, code: lateCode }), 'phoneCode.expired')
    assert.equal(
      await send({ challengeId: '00000000-0000-7000-8000-000000000000', code }),
      'phoneCode.unknown',
    )
  })

  scenario(
    'five wrong codes end it: the right one no longer helps, however often one goes on',
    async (as, t) => {
      const { challengeId } = (await as(nobody)('POST', '/phone-codes', { phone: '0905777125' })).body
      const code = codeIn(await t.outbox())
      const guess = () => as(nobody)('POST', '/phone-sessions', { challengeId, code: wrongFor(code) })
      for (let n = 0; n < 5; n++) assert.equal((await guess()).status, 401)
      for (let n = 0; n < 130; n++) assert.equal((await guess()).body.code, 'phoneCode.tooManyAttempts')
      assert.equal(
        (await as(nobody)('POST', '/phone-sessions', { challengeId, code })).body.code,
        'phoneCode.tooManyAttempts',
      )
    },
  )

  scenario('one number gets six codes a quarter of an hour, whoever asks', async (as) => {
    const ask = () => as(nobody)('POST', '/phone-codes', { phone: '0905777126' })
    for (let n = 0; n < 6; n++) assert.equal((await ask()).status, 202)
    const refused = await ask()
    assert.deepEqual([refused.status, refused.body.code], [429, 'request.tooMany'])
    assert.ok(Number(refused.headers['retry-after']) > 0)
  })

  scenario('what is no phone number is said to be none', async (as) => {
    for (const phone of ['01234', '+8490', 'phone!', '090577712', '0000000000'])
      assert.match(
        (await as(nobody)('POST', '/phone-codes', { phone })).body.code,
        /person.phoneInvalid|request.invalid/,
      )
  })
})

describe('records', () => {
  scenario('Lan completes her record, then adds her child to the same phone', async (as) => {
    const own = await as(lan)('POST', '/people', profile)
    assert.deepEqual([own.status, own.body.isHolder, own.body.complete], [201, true, true])
    const child = await as(lan)('POST', '/people', {
      name: 'Bé Na',
      birthYear: 2019,
      areaCode: NHA_TRANG,
      relation: 'child',
    })
    assert.equal(child.body.isHolder, false)
    const { items } = (await as(lan)('GET', '/me/people')).body
    assert.deepEqual(
      items.map((one: { name: string }) => one.name),
      ['Trần Thị Lan', 'Bé Na'],
    )
  })

  scenario('nobody else sees her, and a name in NFD is kept in NFC', async (as) => {
    const { body } = await as(lan)('POST', '/people', { ...profile, name: 'Trần  Thị Lan'.normalize('NFD') })
    assert.equal(body.name, 'Trần Thị Lan'.normalize('NFC'))
    assert.equal((await as(hoa)('PATCH', `/people/${body.id}`, { name: 'Mallory' })).status, 404)
    assert.equal((await as(hoa)('GET', `/me/card?personId=${body.id}`)).status, 404)
    assert.equal((await as(strangerOfficer)('GET', `/people/${body.id}?reason=case`)).status, 404)
    assert.equal((await as(nobody)('GET', `/people/${body.id}?reason=case`)).status, 401)
  })

  scenario('impossible births, NUL bytes and unknown units are refused, and nothing is kept', async (as) => {
    for (const birthYear of [1850, 2050])
      assert.equal(
        (await as(lan)('POST', '/people', { ...profile, birthYear })).body.code,
        'person.birthUnlikely',
      )
    assert.equal(
      (await as(lan)('POST', '/people', { ...profile, name: 'La\0n' })).body.code,
      'request.invalid',
    )
    assert.equal(
      (await as(lan)('POST', '/people', { ...profile, name: '12345' })).body.code,
      'person.nameInvalid',
    )
    assert.equal(
      (await as(lan)('POST', '/people', { ...profile, areaCode: '99999' })).body.code,
      'area.unknown',
    )
    assert.equal(
      (await as(lan)('POST', '/people', { ...profile, areaCode: '56' })).body.code,
      'person.areaTooWide',
    )
    assert.equal((await as(lan)('GET', '/me')).body.person.name, null)
  })

  scenario('the database names nobody: everything personal is sealed', async (as, t) => {
    await as(lan)('POST', '/people', { ...profile, documentNumber: '056190001234' })
    const rows = JSON.stringify([
      await t.sql`select *, encode(sealed, 'escape') as text from people`,
      await t.sql`select *, encode(sealed, 'escape') as text from messages`,
      await t.sql`select * from audit_log`,
    ])
    for (const secret of ['Lan', '905000101', '056190001234', 'Phan Bội'])
      assert.ok(!rows.includes(secret), secret)
  })
})

describe('an officer', () => {
  scenario('finds Lan by phone, document and name, and Lan sees who looked', async (as) => {
    const { id } = (await as(lan)('POST', '/people', { ...profile, documentNumber: '056190001234' })).body
    const find = async (what: object) =>
      (await as(minh)('POST', '/people/searches', { ...what, reason: 'case' })).body.items.map(
        (one: { id: string }) => one.id,
      )
    assert.deepEqual(await find({ phone: '0905.000.101' }), [id])
    assert.deepEqual(await find({ documentNumber: '056190001234' }), [id])
    assert.deepEqual(await find({ name: 'lan tran' }), [id])
    assert.deepEqual(await find({ name: 'Lan Nguyen' }), [])
    assert.equal((await as(minh)('GET', `/people/${id}?reason=case`)).body.phone, '0905000101')
    const seen = (await as(lan)('GET', '/me/readings')).body.items
    assert.deepEqual(
      seen.map((one: { action: string }) => one.action),
      ['person.read', 'person.search'],
    )
    assert.deepEqual(
      seen.map((one: { count: number }) => one.count),
      [1, 3],
    )
    assert.equal(seen[0].office[0].area.code, NHA_TRANG)
    assert.ok(!JSON.stringify(seen).includes('minh'))
    const audited = (await as(nga)('GET', `/readings?personId=${id}`)).body.items
    assert.deepEqual([audited.length, audited[0].reader.login], [4, 'minh'])
  })

  scenario('finds only who lives within reach', async (as) => {
    await as(lan)('POST', '/people', profile)
    const { body } = await as(strangerOfficer)('POST', '/people/searches', {
      phone: '0905000101',
      reason: 'case',
    })
    assert.deepEqual(body.items, [])
  })

  scenario('finds everybody of a common name, page by page; who is not shown was not read', async (as, t) => {
    const others = ['Nguyễn Thị Lan', 'Lan Anh', 'Phan Lan', 'Lê Lan Chi', 'Hồ Lan']
    for (const name of others)
      assert.equal((await as(minh)('POST', '/people', { name, areaCode: NHA_TRANG })).status, 201)
    await as(strangerOfficer)('POST', '/people', { name: 'Bùi Lan', areaCode: BA_DINH })
    const search = async (more: object) =>
      (await as(minh)('POST', '/people/searches', { name: 'lan', reason: 'case', limit: 2, ...more })).body
    const found: string[] = []
    let page = await search({})
    for (let pages = 1; ; pages++) {
      found.push(...page.items.map(({ maskedName }: { maskedName: string }) => maskedName))
      const [{ count }] = (await t.sql`select count(*)::int as count from readings`) as [{ count: number }]
      assert.equal(count, found.length)
      if (page.next === null) {
        assert.equal(pages, 3)
        break
      }
      page = await search({ cursor: page.next })
    }
    assert.deepEqual(found, ['Nguyễn Thị L***', 'Lan A***', 'Phan L***', 'Lê Lan C***', 'Hồ L***'])
    assert.equal((await search({ cursor: 'x' })).code, 'request.invalid')
    const whole = (await as(minh)('POST', '/people/searches', { name: 'lan', reason: 'case' })).body
    assert.deepEqual([whole.items.length, whole.next], [others.length, null])
  })

  scenario('registers somebody whose phone reaches them at their first sign-in', async (as, t) => {
    const made = await as(minh)('POST', '/people', {
      ...profile,
      name: 'Nguyễn Văn Sơn',
      phone: '0905 777 200',
    })
    assert.equal(made.status, 201)
    const { challengeId } = (await as(nobody)('POST', '/phone-codes', { phone: '0905777200' })).body
    const { body } = await as(nobody)('POST', '/phone-sessions', {
      challengeId,
      code: codeIn(await t.outbox()),
    })
    assert.equal(body.person.id, made.body.id)
    assert.equal((await as(strangerOfficer)('POST', '/people', { ...profile, name: 'X Y' })).status, 404)
  })
})

describe('who looked', () => {
  scenario('is told by office and day; an auditor sees each look', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const { id } = (await as(lan)('POST', '/people', profile)).body
    const login = 'minh-2'
    const place = { role: 'health_officer', areaCode: NHA_TRANG }
    await addAccount(t.ctx(), { login, ...place, password: 'a long password' })
    t.now('2026-11-20T15:00:00Z')
    const signedIn = await as(nobody)('POST', '/sessions', { login, password: 'a long password' })
    const colleague: Who = { kind: 'key', name: login, token: signedIn.body.token }
    const read = (who: Who, at: string, reason = 'case') => {
      t.now(at)
      return as(who)('GET', `/people/${id}?reason=${reason}`)
    }
    // 23:59 and 00:01 in Vietnam are two days.
    await read(minh, '2026-11-20T16:00:00Z')
    await read(colleague, '2026-11-20T16:59:00Z')
    await read(minh, '2026-11-20T16:30:00Z', 'followUp')
    await read(minh, '2026-11-20T17:01:00Z')
    t.now('2026-11-21T01:00:00Z')
    const told = (one: { at: string; count: number; reason: string }) => [one.at, one.count, one.reason]
    const first = (await as(lan)('GET', '/me/readings?limit=2')).body
    const second = (await as(lan)('GET', `/me/readings?limit=2&cursor=${first.next}`)).body
    assert.deepEqual([...first.items, ...second.items].map(told), [
      ['2026-11-20T17:01:00.000Z', 1, 'case'],
      ['2026-11-20T16:30:00.000Z', 1, 'followUp'],
      ['2026-11-20T16:59:00.000Z', 2, 'case'],
    ])
    assert.equal(second.next, null)
    const audited = (await as(nga)('GET', `/readings?personId=${id}`)).body.items
    assert.deepEqual(
      audited.map((one: { reader: { login: string } }) => one.reader.login),
      ['minh', 'minh', login, 'minh'],
    )
  })

  scenario('stays readable when the reader has left, and a forged cursor is refused', async (as, t) => {
    const { id } = (await as(lan)('POST', '/people', profile)).body
    await as(minh)('GET', `/people/${id}?reason=case`)
    await t.sql`update accounts set disabled_at = now() where login = 'minh'`
    assert.equal((await as(lan)('GET', '/me/readings')).body.items.length, 1)
    assert.equal((await as(nga)('GET', `/readings?personId=${id}`)).body.items[0].reader.login, 'minh')
    for (const forged of [['abc'], ['9'.repeat(30)], [1, 2]]) {
      const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url')
      for (const [who, path] of [
        [lan, '/me/readings'],
        [nga, '/readings'],
        [nga, '/audit'],
      ] as const)
        assert.equal((await as(who)('GET', `${path}?cursor=${cursor}`)).body.code, 'request.invalid')
    }
  })
})
