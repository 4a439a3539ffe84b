import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { describe } from 'node:test'
import { makePhoneCode, readCertificate } from '@lachan/contract/codes.ts'
import type { TransactionSql } from 'postgres'
import { rowOf, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, nobody, strangerOfficer, thu, type Who } from '../../../test/people.ts'
import { readStaysAndAside } from '../../../test/reasons.ts'
import { system } from '../../platform/access.ts'
import type { Sql } from '../../platform/database.ts'
import { Problem } from '../../platform/problem.ts'
import { checkCodes, type ResolvedCode, resolveCodes, type ShownCode } from './codes.ts'
import { serverPublicKeys } from './devices.ts'
import { listRevokedCodes } from './revoked-codes.ts'
import { findPhoneOf, holderOfPhone } from './service.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const now = new Date(NOW)
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

const newPhone = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  return { privateKey, publicKey: raw.toString('base64') }
}
const codeOf = (certificate: string, privateKey: KeyObject, at: Date) =>
  makePhoneCode(Buffer.from(certificate, 'base64'), at, async (body) => sign(null, body, privateKey))

type Shown = Omit<ShownCode, 'at' | 'by'> & { at?: Date }

async function resolve(t: Stage, shown: readonly Shown[]) {
  const ctx = t.ctx()
  const codes = shown.map((one) => ({ at: t.time, by: system, ...one }))
  return resolveCodes(ctx, await checkCodes(ctx.services.keys, codes, ctx.now))
}
const person = (resolved: ResolvedCode | Problem | undefined) => {
  assert.ok(resolved && !(resolved instanceof Problem), `${(resolved as Problem)?.code}`)
  return resolved
}
const refusal = (resolved: ResolvedCode | Problem | undefined) => {
  assert.ok(resolved instanceof Problem)
  return resolved.code
}

const revokedIds = async (t: Stage) => (await listRevokedCodes(t.ctx())).codes.map(({ id }) => id)

const iso = (t: Stage) => t.time.toISOString()
const pagesIn = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length

const profile = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG }
const noSymptoms = {
  travelled: false,
  hasSymptoms: false,
  contactPatient: false,
  contactAffectedCountry: false,
  contactSymptoms: false,
}

describe('a phone', () => {
  scenario('makes codes for Lan and her child by itself, for two weeks', async (as, t) => {
    t.now(NOW)
    const own = (await as(lan)('POST', '/people', profile)).body
    const child = (await as(lan)('POST', '/people', { ...profile, name: 'Bé Na', birthYear: 2019 })).body
    const { forms } = { forms: (await as(lan)('GET', '/forms')).body.items }
    const form = forms.find(({ id }: { id: string }) => id === 'general')
    const body = { formId: 'general', formVersion: form.version, personId: own.id, answers: noSymptoms }
    assert.equal((await as(lan)('POST', '/declarations', body)).status, 201)

    const phone = newPhone()
    const answer = await as(lan)('POST', '/me/devices', { publicKey: phone.publicKey })
    assert.equal(answer.status, 201)
    assert.deepEqual([answer.body.serverTime, answer.body.certificates.length], [NOW, 2])
    const [first, second] = answer.body.certificates
    assert.deepEqual([first.personId, second.personId], [own.id, child.id])
    const said = readCertificate(Buffer.from(first.certificate, 'base64'))!
    assert.deepEqual(said.hint, { initials: 'TL', birthYear: 1990 })
    assert.equal(said.decision?.status, 'green')
    assert.ok(said.decision!.until! > now)
    assert.equal(readCertificate(Buffer.from(second.certificate, 'base64'))!.decision?.status, 'yellow')

    const shown = later(13 * 86_400)
    t.now(shown)
    const code = await codeOf(second.certificate, phone.privateKey, shown)
    const found = person((await resolve(t, [{ code }]))[0])
    assert.deepEqual([found.person.publicId, found.via, found.step], [child.id, 'phone-code', shown])
    const late = later(14 * 86_400 + 60)
    t.now(late)
    assert.equal(
      refusal((await resolve(t, [{ code: await codeOf(first.certificate, phone.privateKey, late) }]))[0]),
      'code.expired',
    )
  })

  scenario('is the same phone when it renews, and another one for somebody else', async (as, t) => {
    t.now(NOW)
    const { publicKey } = newPhone()
    const first = (await as(lan)('POST', '/me/devices', { publicKey, name: 'Android' })).body
    t.now(later(3600))
    const again = (await as(lan)('POST', '/me/devices', { publicKey })).body
    assert.equal(again.id, first.id)
    assert.ok(again.certificates[0].expiresAt > first.certificates[0].expiresAt)
    assert.notEqual((await as(hoa)('POST', '/me/devices', { publicKey })).body.id, first.id)
    const { items } = (await as(lan)('GET', '/me/devices')).body
    assert.deepEqual(items, [
      { id: first.id, name: 'Android', createdAt: NOW, renewedAt: later(3600).toISOString(), current: true },
    ])
  })

  scenario(
    'that was lost is refused from then on, at once and offline; what it showed before stays',
    async (as, t) => {
      t.now(NOW)
      const phone = newPhone()
      const { id, certificates } = (await as(lan)('POST', '/me/devices', { publicKey: phone.publicKey })).body
      const code = await codeOf(certificates[0].certificate, phone.privateKey, now)
      assert.equal((await as(hoa)('DELETE', `/me/devices/${id}`)).status, 404)
      t.now(later(30))
      assert.equal((await as(lan)('DELETE', `/me/devices/${id}`)).status, 204)
      assert.deepEqual(await revokedIds(t), [id])
      const [then, after] = await resolve(t, [
        { code, at: later(20) },
        { code, at: later(31) },
      ])
      assert.equal(person(then).via, 'phone-code')
      assert.equal(refusal(after), 'code.revoked')
      const renewed = await as(lan)('POST', '/me/devices', { publicKey: phone.publicKey })
      assert.deepEqual([renewed.status, renewed.body.code], [409, 'device.revoked'])
      assert.deepEqual((await as(lan)('GET', '/me/devices')).body.items, [])
    },
  )

  scenario('in a thief’s hands is signed out by the health station, not by one elsewhere', async (as, t) => {
    const own = (await as(lan)('POST', '/people', profile)).body
    await as(lan)('POST', '/me/devices', { publicKey: newPhone().publicKey })
    await as(lan)('POST', '/me/devices', { publicKey: newPhone().publicKey })
    assert.equal((await as(strangerOfficer)('DELETE', `/people/${own.id}/devices`)).status, 404)
    assert.equal((await as(minh)('DELETE', `/people/${own.id}/devices`)).status, 204)
    assert.equal((await revokedIds(t)).length, 2)
    assert.equal((await as(lan)('GET', '/me/devices')).status, 401)
  })

  scenario(
    'of a family are twenty at most: the one that nobody used for longest makes room',
    async (as, t) => {
      const ids: string[] = []
      for (let n = 0; n < 21; n++) {
        t.now(later(n))
        ids.push((await as(lan)('POST', '/me/devices', { publicKey: newPhone().publicKey })).body.id)
      }
      assert.equal((await as(lan)('GET', '/me/devices')).body.items.length, 20)
      assert.deepEqual(await revokedIds(t), [ids[0]])
    },
  )

  scenario('sends 32 bytes in base64, or it is no key', async (as) => {
    for (const publicKey of ['', 'abc', `${'A'.repeat(44)}`, `${'A'.repeat(42)}-=`])
      assert.equal((await as(lan)('POST', '/me/devices', { publicKey })).status, 400)
  })
})

describe('a code of the server', () => {
  scenario('lasts a minute, may be told of a month later, and comes from our key', async (as, t) => {
    t.now(NOW)
    const { text, expiresAt } = (await as(lan)('GET', '/me/card')).body
    assert.equal(expiresAt, later(60).toISOString())
    const [old, early, last, screenshot] = await resolve(t, [
      { code: text, at: later(-30 * 86_400) },
      { code: text },
      { code: text, at: later(60) },
      { code: text, at: later(61) },
    ])
    assert.equal(person(old).person.id, rowOf(lan).id)
    assert.deepEqual([person(early).via, person(early).step], ['server-code', now])
    assert.equal(person(last).via, 'server-code')
    assert.equal(refusal(screenshot), 'code.expired')
    assert.deepEqual(
      serverPublicKeys(t.ctx().services.keys).map(({ id }) => id),
      [1],
    )
  })
})

describe('a paper card', () => {
  scenario('stands for Lan, is asked for her name or year, and a reprint ends it', async (as, t) => {
    const own = (await as(lan)('POST', '/people', profile)).body
    const first = await as(minh)('POST', `/people/${own.id}/paper-cards`)
    assert.deepEqual([first.status, first.body.personId], [201, own.id])
    const code = first.body.text
    const found = await resolve(t, [
      { code },
      { code, given: { birthYear: 1990 } },
      { code, given: { name: 'lan' } },
      { code, given: { birthYear: 1991 } },
      { code, given: { name: 'Hoa' } },
    ])
    assert.deepEqual(
      found.map((one) => person(one).doubt),
      [undefined, undefined, undefined, 'card.notTheirs', 'card.notTheirs'],
    )
    const second = await as(minh)('POST', `/people/${own.id}/paper-cards`)
    const [old, fresh] = await resolve(t, [{ code }, { code: second.body.text }])
    assert.equal(refusal(old), 'code.revoked')
    assert.equal(person(fresh).via, 'paper')
    assert.deepEqual(await revokedIds(t), [first.body.id])
    assert.equal((await as(minh)('GET', `/people/${own.id}/paper-card`)).body.card.id, second.body.id)

    assert.equal((await as(strangerOfficer)('DELETE', `/paper-cards/${second.body.id}`)).status, 404)
    assert.equal((await as(minh)('DELETE', `/paper-cards/${second.body.id}`)).status, 204)
    assert.equal(refusal((await resolve(t, [{ code: second.body.text }]))[0]), 'code.revoked')
    assert.equal((await as(minh)('GET', `/people/${own.id}/paper-card`)).body.card, null)
  })

  scenario(
    'is printed by oneself for oneself, by the health station for others, who can see it',
    async (as) => {
      const own = (await as(lan)('POST', '/people', profile)).body
      const child = (await as(lan)('POST', '/people', { ...profile, name: 'Bé Na' })).body
      const card = await as(lan)('POST', `/people/${own.id}/paper-cards`)
      assert.equal(card.status, 201)
      const pdf = await as(lan)('GET', `/paper-cards/${card.body.id}/card.pdf`)
      assert.deepEqual([pdf.status, pdf.headers['content-type']], [200, 'application/pdf'])
      assert.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-')
      assert.equal((await as(lan)('POST', `/people/${child.id}/paper-cards`)).body.code, 'card.byStaff')
      assert.equal((await as(hoa)('GET', `/paper-cards/${card.body.id}/card.pdf`)).status, 404)
      assert.equal((await as(thu)('POST', `/people/${own.id}/paper-cards`)).status, 403)
      assert.equal((await as(nobody)('POST', `/people/${own.id}/paper-cards`)).status, 401)
      assert.equal((await as(minh)('POST', `/people/${child.id}/paper-cards`)).status, 201)
      const { items } = (await as(lan)('GET', '/me/readings')).body
      assert.deepEqual(
        items.map(({ reason }: { reason: string }) => reason),
        ['followUp'],
      )
    },
  )

  scenario('comes in sheets for a commune, until everybody has one', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const ids: string[] = []
    for (let n = 0; n < 11; n++)
      ids.push((await as(minh)('POST', '/people', { ...profile, name: `Người Số ${n}` })).body.id)
    const sheet = await as(minh)('POST', '/paper-card-sheets', { areaCode: NHA_TRANG })
    assert.deepEqual([sheet.status, sheet.headers['x-remaining']], [200, '0'])
    // Two sheets of cards, and whose they are.
    assert.equal(pagesIn(sheet.bytes), 3)
    const count = (await t.sql`select count(*)::int as count from paper_cards`)[0]!.count
    assert.equal(count, 11)
    const again = await as(minh)('POST', '/paper-card-sheets', { areaCode: NHA_TRANG })
    assert.equal(again.body.code, 'card.nobody')
    const named = await as(minh)('POST', '/paper-card-sheets', { personIds: ids.slice(0, 2) })
    assert.equal(named.status, 200)
    assert.equal((await revokedIds(t)).length, 2)
    for (const body of [{}, { areaCode: NHA_TRANG, personIds: ids }, { personIds: ids, issuedAt: iso(t) }])
      assert.equal((await as(minh)('POST', '/paper-card-sheets', body)).body.code, 'card.forWhom')
    for (const body of [{ areaCode: NHA_TRANG }, { personIds: ids.slice(0, 1) }])
      assert.equal((await as(strangerOfficer)('POST', '/paper-card-sheets', body)).status, 404)
  })

  scenario('whose sheet was lost is printed again as it is, and that is on record', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const ids: string[] = []
    for (const name of ['Người Một', 'Người Hai', 'Người Ba'])
      ids.push((await as(minh)('POST', '/people', { ...profile, name })).body.id)
    await as(minh)('POST', '/paper-card-sheets', { areaCode: NHA_TRANG })
    const issuedAt = iso(t)
    t.now('2026-11-20T02:00:00Z')
    await as(minh)('POST', `/people/${ids[0]}/paper-cards`)
    const sheets = async (who: Who) => await as(who)('GET', `/paper-card-sheets?areaCode=${NHA_TRANG}`)
    assert.deepEqual((await sheets(minh)).body.items, [
      { issuedAt: iso(t), cards: 1 },
      { issuedAt, cards: 2 },
    ])
    assert.equal((await sheets(strangerOfficer)).status, 404)
    const before = await t.sql`select id from paper_cards order by id`
    const body = { areaCode: NHA_TRANG, issuedAt }
    const again = await as(minh)('POST', '/paper-card-sheets', body)
    assert.deepEqual([again.status, pagesIn(again.bytes)], [200, 2])
    assert.deepEqual(await t.sql`select id from paper_cards order by id`, before)
    const readings = await t.sql`
      select p.public_id as id from readings r join people p on p.id = r.person_id
      where r.action = 'card.print' and r.at = ${t.time} order by r.id`
    assert.deepEqual(
      readings.map(({ id }) => id),
      [ids[0], ids[1], ids[2]],
    )
    assert.equal((await as(strangerOfficer)('POST', '/paper-card-sheets', body)).status, 404)
    const never = { areaCode: NHA_TRANG, issuedAt: '2026-11-20T01:30:00Z' }
    assert.equal((await as(minh)('POST', '/paper-card-sheets', never)).body.code, 'card.unknown')
  })

  scenario(
    'whose sheet of paper was lost is made anew, and the lost ones are worth nothing',
    async (as, t) => {
      t.now('2026-11-20T01:00:00Z')
      await as(minh)('POST', '/people', { ...profile, name: 'Người Một' })
      await as(minh)('POST', '/paper-card-sheets', { areaCode: NHA_TRANG })
      const body = { areaCode: NHA_TRANG, issuedAt: iso(t), renewed: true }
      const [lost] = await t.sql`select encode(id, 'hex') as id from paper_cards`
      t.now('2026-11-20T02:00:00Z')
      assert.equal((await as(minh)('POST', '/paper-card-sheets', body)).status, 200)
      assert.deepEqual(await revokedIds(t), [lost!.id])
      const inUse = await t.sql`select from paper_cards where revoked_at is null`
      assert.equal(inUse.length, 1)
    },
  )

  scenario('of a class is printed again for the class alone, and the old ones are revoked', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const ids: string[] = []
    for (const name of ['Trò Một', 'Trò Hai', 'Trò Ba', 'Người Khác'])
      ids.push((await as(minh)('POST', '/people', { ...profile, name })).body.id)
    const lists = async (who: Who = minh) => (await as(who)('GET', '/paper-card-lists')).body.items
    const print = (body: object, who: Who = minh) => as(who)('POST', '/paper-card-sheets', body)
    const bearers = async () =>
      (
        await t.sql`
          select p.public_id as id, c.issued_at as at from paper_cards c join people p on p.id = c.person_id
          where c.revoked_at is null order by p.id`
      ).map(({ id, at }) => [id, at.toISOString()])

    await print({ areaCode: NHA_TRANG })
    const first = iso(t)
    t.now('2026-11-20T02:00:00Z')
    await print({ personIds: ids.slice(0, 3), listName: 'Lớp 5A' })
    const [list] = await lists()
    assert.deepEqual(list, { id: list.id, name: 'Lớp 5A', issuedAt: iso(t), cards: 3 })
    for (const who of [strangerOfficer, lan]) {
      assert.deepEqual(await lists(who), [])
      assert.equal((await print({ listId: list.id }, who)).status, 404)
    }

    // One gets a new card, which stays on the list; one is withdrawn, and is on it no more.
    t.now('2026-11-20T03:00:00Z')
    await as(minh)('POST', `/people/${ids[0]}/paper-cards`)
    const { card } = (await as(minh)('GET', `/people/${ids[1]}/paper-card`)).body
    await as(minh)('DELETE', `/paper-cards/${card.id}`)
    assert.deepEqual((await lists())[0].cards, 2)

    t.now('2026-11-20T04:00:00Z')
    const again = await print({ listId: list.id })
    assert.deepEqual([again.status, pagesIn(again.bytes)], [200, 2])
    assert.deepEqual(await bearers(), [
      [ids[0], iso(t)],
      [ids[2], iso(t)],
      [ids[3], first],
    ])
    assert.equal((await print({ listId: list.id, areaCode: NHA_TRANG })).body.code, 'card.forWhom')
    assert.equal((await print({ personIds: ids, listId: list.id })).body.code, 'card.forWhom')
    const readings = await t.sql`select from readings where action = 'card.print' and at = ${t.time}`
    assert.equal(readings.length, 2)

    // Nor is it a citizen's because one of them lives nowhere yet.
    await t.sql`update people set area_id = null where public_id = ${ids[0]!}`
    assert.deepEqual(await lists(lan), [])
    assert.equal((await print({ listId: list.id }, lan)).status, 404)
    assert.equal((await lists())[0].cards, 2)
  })

  scenario('is for who has no phone of their own, and for others when that is asked for', async (as, t) => {
    const own = (await as(lan)('POST', '/people', profile)).body
    const child = (await as(lan)('POST', '/people', { ...profile, name: 'Bé Na', relation: 'child' })).body
    const bearers = async () =>
      (
        await t.sql`
          select p.public_id as id from paper_cards c join people p on p.id = c.person_id order by p.id`
      ).map(({ id }) => id)
    await as(minh)('POST', '/paper-card-sheets', { areaCode: NHA_TRANG })
    assert.deepEqual(await bearers(), [child.id])
    await as(minh)('POST', '/paper-card-sheets', { areaCode: NHA_TRANG, withPhones: true })
    assert.deepEqual(await bearers(), [own.id, child.id])
  })

  scenario('counts for nothing before it was printed', async (as, t) => {
    t.now('2026-11-20T05:00:00Z')
    const own = (await as(lan)('POST', '/people', profile)).body
    const { text } = (await as(minh)('POST', `/people/${own.id}/paper-cards`)).body
    const place = { name: 'Chợ', kind: 'market', areaCode: NHA_TRANG, address: '1', phone: hoa.phone }
    const { id: placeId } = (await as(hoa)('POST', '/places', place)).body
    const scan = async (at: string) => {
      const body = { scans: [{ id: randomUUID(), placeId, at, direction: 'in', code: text }] }
      return (await as(hoa)('POST', '/scans', body)).body.results[0].setAside
    }
    assert.equal(await scan('2026-11-20T04:00:00Z'), 'beforeIssue')
    // The clock of a gate may be a little late.
    assert.equal(await scan('2026-11-20T04:57:00Z'), undefined)
    const { body } = await as(minh)('POST', '/cases', {
      personId: own.id,
      diseaseId: 'covid-19',
      onsetOn: '2026-11-20',
    })
    const { setAside } = await readStaysAndAside(as, body.id)
    assert.deepEqual(
      setAside.map(({ reason }: any) => reason),
      ['beforeIssue'],
    )
  })
})

describe('cards of others', () => {
  const CCCD = '056190001234|225123456|Trần Thị Lan|01021990|Nữ|12 Lê Lợi, Nha Trang|01012021'
  const people = async (t: Stage) =>
    (await t.sql`select count(*)::int as count from people`)[0]!.count as number

  scenario(
    'an identity card makes somebody known, once, also when a batch shows it three times',
    async (_as, t) => {
      const before = await people(t)
      const shown = [{ code: CCCD }, { code: CCCD }, { code: CCCD }]
      const ids = (await resolve(t, shown)).map((one) => person(one).person.publicId)
      assert.equal(new Set(ids).size, 1)
      assert.equal(person((await resolve(t, [{ code: CCCD }]))[0]).person.publicId, ids[0])
      assert.equal(await people(t), before + 1)
      const [row] = await t.sql`select holder_id, phone_index from people where public_id = ${ids[0]!}`
      assert.deepEqual([row!.holderId, row!.phoneIndex], [null, null])
      const found = person((await resolve(t, [{ code: '225123456|...' }, { code: CCCD }]))[1])
      assert.equal(found.via, 'cccd')
    },
  )

  scenario(
    'with Lan’s phone it is Lan, who declared before; the card alone is, once an officer saw it',
    async (as, t) => {
      const own = (await as(lan)('POST', '/people', profile)).body
      const whose = async (shown: Shown) => person((await resolve(t, [shown]))[0]).person.publicId
      assert.equal(await whose({ code: CCCD, phone: lan.phone }), own.id)
      assert.equal(
        (await as(lan)('GET', '/me/people')).body.items[0].documentNumber,
        null,
        'a gate binds none',
      )
      assert.notEqual(await whose({ code: CCCD }), own.id)
      await as(minh)('PATCH', `/people/${own.id}`, { documentNumber: '056190001234' })
      assert.equal(await whose({ code: CCCD }), own.id)
    },
  )

  const rowOfFound = async (t: Stage, found: ResolvedCode) =>
    (
      await t.sql`select holder_id, phone_index, document_index, sealed from people where id = ${found.person.id}`
    )[0] as {
      holderId: number | null
      phoneIndex: Buffer | null
      documentIndex: Buffer | null
      sealed: Buffer
    }

  scenario('a phone that is given with one is a number to call, and opens nothing', async (as, t) => {
    await as(hoa)('POST', '/people', { ...profile, name: 'Bà Hoa', birthYear: 1960 })
    const other = CCCD.replace('056190001234', '056085004321').replace('Trần Thị Lan', 'Lê Văn Ba')
    await resolve(t, [{ code: other }])
    const found = await resolve(t, [
      { code: CCCD, phone: hoa.phone },
      { code: other, phone: hoa.phone },
    ])
    for (const one of found) {
      const { holderId, phoneIndex } = await rowOfFound(t, person(one))
      assert.deepEqual([holderId, phoneIndex], [null, null])
      assert.equal(await findPhoneOf(t.ctx(), person(one).person.id), '+84905000102')
    }
    assert.equal((await as(hoa)('GET', '/me/people')).body.items.length, 1)
    // The first number stays: whoever has the card later does not turn messages aside.
    await resolve(t, [{ code: other, phone: lan.phone }])
    assert.equal(await findPhoneOf(t.ctx(), person(found[1]).person.id), '+84905000102')
  })

  scenario('whoever knows a number does not become the bearer of the card', async (_as, t) => {
    t.now(NOW)
    const [victim] = await resolve(t, [{ code: CCCD }])
    const before = await rowOfFound(t, person(victim))
    for (const code of [
      '056190001234||X Y|01011990|Nữ|Đâu Đó|01012021',
      '056190001234||Trần Văn Bình|01021990|Nam|Đâu Đó|01012021',
      '056190001234||Trần Thị Lan|01021991|Nữ|Đâu Đó|01012021',
    ]) {
      const [taken] = await resolve(t, [{ code, phone: hoa.phone }])
      assert.equal(person(taken).doubt, 'card.differs', code)
      assert.equal(person(taken).written?.name, code.split('|')[2], 'what the card says')
      assert.deepEqual(await rowOfFound(t, person(victim)), before, 'nothing is completed')
    }
    const lists = CCCD.replace('Trần Thị Lan', 'TRAN T LAN')
    assert.equal(person((await resolve(t, [{ code: lists }]))[0]).doubt, undefined)
    // The whole card does not make him one either, nor does signing in with the number afterwards.
    await resolve(t, [{ code: CCCD, phone: '0905777009' }])
    const holder = await holderOfPhone(t.ctx(), '+84905777009')
    assert.notEqual(holder.id, person(victim).person.id)
    assert.equal((await rowOfFound(t, person(victim))).holderId, null)
  })

  scenario('a birth year that is not the known one is a doubt, not a refusal', async (as, t) => {
    await as(minh)('POST', '/people', { ...profile, birthYear: 1975, documentNumber: '056190001234' })
    assert.equal(person((await resolve(t, [{ code: CCCD }]))[0]).doubt, 'card.differs')
  })

  scenario(
    'a health insurance card is known by its ten digits, whatever stands before them',
    async (as, t) => {
      const own = (
        await as(minh)('POST', '/people', { ...profile, healthInsuranceNumber: 'GD4565612345678' })
      ).body
      const bhyt = (number: string) =>
        `${number}|${Buffer.from('Trần Thị Lan').toString('hex')}|01/02/1990|2|-|56 - 017|-|01/01/2021|-|-|-|4|-|5$`
      const found = await resolve(t, [{ code: bhyt('HT3565612345678') }, { code: bhyt('5612345678') }])
      for (const one of found)
        assert.deepEqual([person(one).person.publicId, person(one).via], [own.id, 'bhyt'])
    },
  )

  scenario('a code of a place, a link or nonsense gets its reason', async (_as, t) => {
    const found = await resolve(t, [{ code: 'hello' }, { code: 'https://example.vn/x' }, { code: '' }])
    assert.deepEqual(found.map(refusal), ['code.unknown', 'code.unknown', 'code.unknown'])
  })
})

describe('a typed phone number', () => {
  scenario('is that of its holder, if somebody answers for it', async (as, t) => {
    await as(lan)('POST', '/people', profile)
    await as(lan)('POST', '/people', { ...profile, name: 'Bé Na', birthYear: 2019 })
    const [known, wrong, ...alone] = await resolve(t, [
      { code: `tel:${lan.phone}`, vouched: true },
      { code: 'tel:123', vouched: true },
      { code: `tel:${lan.phone}` },
      { code: 'tel:0905777002', vouched: false },
      { code: '0905777002' },
    ])
    assert.deepEqual([person(known).person.id, person(known).via], [rowOf(lan).id, 'tel'])
    assert.match(refusal(wrong), /^(code.unknown|card.phoneInvalid)$/)
    assert.deepEqual(alone.map(refusal), Array(3).fill('card.phoneUnvouched'))
    const vouched = { code: 'tel:0905777002', vouched: true }
    const [first, second] = await resolve(t, [vouched, vouched])
    assert.equal(person(first).person.id, person(second).person.id)
    assert.equal(person(first).person.holderId, person(first).person.id)
    assert.equal(person((await resolve(t, [vouched]))[0]).person.id, person(first).person.id)
  })

  scenario('does not stand for a screen that hides the number of its document', async (as, t) => {
    // The national code as a screen shows it, with six digits of the document's number hidden.
    const screen = '056xxxxxx234|TRAN THI LAN|1990-02-01|0||<2<<'
    assert.equal(refusal((await resolve(t, [{ code: screen, phone: lan.phone }]))[0]), 'card.masked')
    await as(lan)('POST', '/people', profile)
    const [found] = await resolve(t, [{ code: screen, phone: lan.phone }])
    assert.equal(person(found).person.id, rowOf(lan).id)
  })
})

describe('a thousand at once', () => {
  scenario('take as many statements as one', async (as, t) => {
    t.now(NOW)
    const { text } = (await as(lan)('GET', '/me/card')).body
    const kinds: Shown[] = [
      { code: text },
      { code: 'tel:0905777003', vouched: true },
      { code: '056190009999|225123456|Trần Thị Mai|01021990|Nữ|12 Lê Lợi|01012021', phone: '0905777004' },
    ]
    const count = async (shown: Shown[]) => {
      let statements = 0
      const counting = (sql: Sql): Sql =>
        new Proxy(sql, {
          apply: (target, self, args) => {
            // Fragments inside a statement are called too.
            if (/^\s*(select|insert|update)/.test(args[0]?.[0] ?? '')) statements++
            return Reflect.apply(target as never, self, args)
          },
          get: (target, name) =>
            name === 'savepoint'
              ? (work: (tx: Sql) => Promise<unknown>) =>
                  (target as TransactionSql).savepoint((tx) => work(counting(tx)))
              : Reflect.get(target, name),
        })
      const ctx = t.ctx().within(counting(t.sql))
      const checked = await checkCodes(
        ctx.services.keys,
        shown.map((one) => ({ ...one, at: now, by: system })),
        now,
      )
      await resolveCodes(ctx, checked)
      return statements
    }
    const one = await count(kinds)
    const many = Array.from({ length: 999 }, (_, at) => {
      const digits = String(at).padStart(4, '0')
      const { code, phone, ...rest } = kinds[at % 3]!
      return {
        code: code.replace('056190009999', `05619000${digits}`).replace('0905777003', `090578${digits}`),
        ...(phone ? { phone: `090579${digits}` } : {}),
        ...rest,
      }
    })
    assert.ok(one > 5)
    assert.ok((await count(many)) <= one)
  })
})
