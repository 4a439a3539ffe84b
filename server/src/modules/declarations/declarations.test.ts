import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import {
  an,
  hoa,
  lan,
  minh,
  NHA_TRANG,
  nobody,
  strangerOfficer,
  thu,
  type Who,
} from '../../../test/people.ts'
import { decideMany, holdEntry } from './index.ts'

const well = {
  travelled: false,
  hasSymptoms: false,
  contactPatient: false,
  contactAffectedCountry: false,
  contactSymptoms: false,
}
const ill = { ...well, hasSymptoms: true, symptoms: ['fever', 'cough'] }
const form = { formId: 'general', formVersion: 1 }
const first = '00000000-0000-7000-9000-000000000001'
const someId = '00000000-0000-7000-9000-00000000000f'

const complete = async (ask: Ask, name = 'Trần Thị Lan') =>
  (await ask('POST', '/people', { name, birthYear: 1990, areaCode: NHA_TRANG, address: '12 Phan Bội Châu' }))
    .body.id as string
const count = async (t: Stage) => (await t.sql`select count(*)::int as n from declarations`)[0]!.n as number

describe('forms', () => {
  scenario('anyone reads which forms are in use, and each as it is', async (as) => {
    const list = await as(nobody)('GET', '/forms')
    const general = list.body.items.find(({ id }: { id: string }) => id === 'general')
    assert.deepEqual(
      [general.version, general.validForHours, general.title.vi],
      [1, 72, 'Khai báo y tế toàn dân'],
    )
    const file = JSON.parse(
      readFileSync(new URL('../../../../data/forms/general/1.json', import.meta.url), 'utf8'),
    )
    assert.deepEqual((await as(nobody)('GET', '/forms/general')).body, file)
    assert.deepEqual((await as(nobody)('GET', '/forms/general?version=1')).body, file)
  })

  scenario('unknown forms and versions have their own names', async (as, t) => {
    const code = async (path: string) => (await as(nobody)('GET', path)).body.code
    assert.equal(await code('/forms/unknown'), 'declaration.formUnknown')
    assert.equal(await code('/forms/..%2F..%2Fpackage'), 'declaration.formUnknown')
    assert.equal(await code('/forms/general?version=99'), 'declaration.formVersionUnknown')
    assert.equal(await code('/forms/general?version=x'), 'request.invalid')
    t.now('2020-01-01T00:00:00Z')
    assert.deepEqual((await as(nobody)('GET', '/forms')).body.items, [])
    assert.equal(await code('/forms/general'), 'declaration.formVersionUnknown')
  })
})

describe('declaring', () => {
  scenario('Lan declares, is green for three days, then asked to declare again', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const personId = await complete(as(lan))
    const before = (await as(lan)('GET', '/me/status', undefined, { 'accept-language': 'vi' })).body
    assert.deepEqual(before, { status: 'yellow', instruction: 'Mời khai báo tại đây.', declaration: null })
    const sent = await as(lan)('POST', '/declarations', {
      ...form,
      personId,
      answers: { ...well, symptomNote: '' },
    })
    assert.equal(sent.status, 201)
    assert.deepEqual(
      { ...sent.body, id: null },
      {
        id: null,
        ...form,
        personId,
        declaredAt: '2026-11-20T01:00:00.000Z',
        validUntil: '2026-11-23T01:00:00.000Z',
        byHolder: true,
        signals: [],
        status: 'green',
      },
    )
    const now = (await as(lan)('GET', '/me/status')).body
    assert.deepEqual(now, { status: 'green', instruction: 'Please come in.', declaration: sent.body })
    t.now('2026-11-23T01:00:00Z')
    const after = (await as(lan)('GET', `/me/status?personId=${personId}`)).body
    assert.deepEqual([after.status, after.declaration.status], ['yellow', 'yellow'])
  })

  scenario('a symptom turns red, the last declaration counts, and the answers are sealed', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const personId = await complete(as(lan))
    await as(lan)('POST', '/declarations', { ...form, personId, answers: well })
    t.now('2026-11-20T02:00:00Z')
    const sent = await as(lan)('POST', '/declarations', {
      ...form,
      personId,
      answers: { ...ill, symptomNote: 'Ho khan từ tối qua' },
    })
    assert.deepEqual([sent.body.status, sent.body.signals], ['red', ['symptom']])
    const status = (await as(lan)('GET', '/me/status', undefined, { 'accept-language': 'vi' })).body
    assert.deepEqual([status.status, status.instruction], ['red', 'Mời chờ, gọi trạm y tế.'])
    const [row] =
      await t.sql`select sealed, signals, area_id from declarations where public_id = ${sent.body.id}`
    assert.ok(!row!.sealed.toString('latin1').includes('khan'))
    assert.deepEqual(t.ctx().services.keys.unseal(row!.sealed), {
      answers: { ...ill, symptomNote: 'Ho khan từ tối qua' },
    })
    const logged = await t.sql`select details from audit_log where action = 'declaration.send'`
    assert.ok(!JSON.stringify(logged).includes('symptom'))
    const { items, next } = (await as(lan)('GET', '/me/declarations')).body
    assert.deepEqual([items.map((one: { status: string }) => one.status), next], [['red', 'green'], null])
  })

  scenario('what a gate learns has no declaration and no medical word in it', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const personId = await complete(as(lan))
    await as(lan)('POST', '/declarations', { ...form, personId, answers: ill })
    const ids = [rowOf(lan).id, rowOf(hoa).id, 2_000_000_000]
    const decisions = await decideMany(t.ctx(), [...ids, ...ids])
    assert.deepEqual([...decisions.keys()], ids)
    assert.deepEqual(
      ids.map((id) => decisions.get(id)),
      [
        { status: 'red', instruction: 'Mời chờ, gọi trạm y tế.', declaration: null },
        { status: 'yellow', instruction: 'Mời khai báo tại đây.', declaration: null },
        { status: 'yellow', instruction: 'Mời khai báo tại đây.', declaration: null },
      ],
    )
    assert.equal((await decideMany(t.ctx(), [])).size, 0)
  })

  scenario('a phone that sends the same declaration again changes nothing', async (as, t) => {
    const personId = await complete(as(lan))
    const send = (answers: object = well) =>
      as(lan)('POST', '/declarations', { id: first, ...form, personId, answers })
    const one = await send()
    assert.deepEqual([one.status, one.body.id], [201, first])
    assert.deepEqual((await send()).body, one.body)
    // Other answers are another declaration: taking them for a repeat would lose a symptom.
    assert.equal((await send(ill)).body.code, 'declaration.idTaken')
    assert.equal(await count(t), 1)
  })

  scenario("somebody else's id is refused, also within one phone", async (as, t) => {
    const personId = await complete(as(lan))
    const child = (
      await as(lan)('POST', '/people', {
        name: 'Bé Na',
        birthYear: 2018,
        areaCode: NHA_TRANG,
        relation: 'child',
      })
    ).body.id
    await as(lan)('POST', '/declarations', { id: first, ...form, personId, answers: well })
    const other = await complete(as(hoa), 'Nguyễn Thị Hoa')
    for (const [who, id] of [
      [hoa, other],
      [lan, child],
    ] as [Who, string][]) {
      const answer = await as(who)('POST', '/declarations', {
        id: first,
        ...form,
        personId: id,
        answers: well,
      })
      assert.deepEqual([answer.status, answer.body.code], [409, 'declaration.idTaken'])
    }
    assert.equal(await count(t), 1)
  })

  scenario('Lan declares for her child, and sees both; a stranger sees neither', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const own = await complete(as(lan))
    const child = (
      await as(lan)('POST', '/people', {
        name: 'Bé Na',
        birthYear: 2018,
        areaCode: NHA_TRANG,
        relation: 'child',
      })
    ).body.id
    await as(lan)('POST', '/declarations', { ...form, personId: own, answers: well })
    await as(lan)('POST', '/declarations', { ...form, personId: child, answers: ill })
    const seen = async (query: string) => (await as(lan)('GET', `/me/declarations${query}`)).body
    assert.deepEqual(
      (await seen('')).items.map((one: { personId: string }) => one.personId),
      [child, own],
    )
    assert.deepEqual((await seen(`?personId=${child}`)).items.length, 1)
    const page = await seen('?limit=1')
    assert.equal(page.items.length, 1)
    assert.deepEqual((await seen(`?limit=1&cursor=${page.next}`)).items[0].personId, own)
    assert.equal((await seen('?cursor=bm9uc2Vuc2U')).code, 'request.invalid')
    assert.equal((await as(lan)('GET', `/me/status?personId=${child}`)).body.status, 'red')
    assert.equal((await as(hoa)('GET', `/me/status?personId=${child}`)).status, 404)
    assert.equal((await as(hoa)('GET', `/me/declarations?personId=${child}`)).status, 404)
    assert.deepEqual((await as(hoa)('GET', '/me/declarations')).body.items, [])
  })

  scenario('an officer declares for people within reach, and they can read that', async (as, t) => {
    const personId = await complete(as(lan))
    const send = (who: Who) => as(who)('POST', '/declarations', { ...form, personId, answers: well })
    const sent = await send(minh)
    assert.deepEqual([sent.status, sent.body.byHolder], [201, false])
    assert.equal((await t.sql`select from readings where action = 'declaration.send'`).length, 1)
    assert.equal((await as(lan)('GET', '/me/status')).body.status, 'green')
    assert.deepEqual(
      [(await send(strangerOfficer)).status, (await send(thu)).status, (await send(an)).status],
      [404, 403, 403],
    )
    assert.deepEqual([(await send(nobody)).status, (await send(hoa)).status], [401, 404])
    const unknown = await as(lan)('POST', '/declarations', { ...form, personId: someId, answers: well })
    assert.equal(unknown.status, 404)
    assert.equal(await count(t), 1)
    assert.equal((await as(minh)('GET', '/me/status')).status, 403)
  })

  scenario('a person of whom too little is known is completed first', async (as, t) => {
    const answer = await as(lan)('POST', '/declarations', {
      ...form,
      personId: rowOf(lan).publicId,
      answers: well,
    })
    assert.deepEqual([answer.status, answer.body.code], [422, 'declaration.personIncomplete'])
    assert.deepEqual(
      answer.body.fields.map(({ field }: { field: string }) => field),
      ['name', 'birthYear', 'areaCode'],
    )
    assert.equal(await count(t), 0)
  })

  scenario('answers that do not fit are refused question by question, and nothing is kept', async (as, t) => {
    const personId = await complete(as(lan))
    const answers = {
      travelled: true,
      hasSymptoms: 'yes',
      contactPatient: false,
      contactAffectedCountry: false,
      contactSymptoms: false,
      symptoms: ['fever'],
      extra: 1,
    }
    const refused = await as(lan)('POST', '/declarations', { ...form, personId, answers })
    assert.deepEqual([refused.status, refused.body.code], [422, 'declaration.answersInvalid'])
    assert.deepEqual(
      Object.fromEntries(
        refused.body.fields.map(({ field, reason }: Record<string, string>) => [field, reason]),
      ),
      {
        'answers.travelPlaces': 'This question needs an answer.',
        'answers.hasSymptoms': 'The answer is of another type.',
        'answers.symptoms': 'By the other answers this is not asked. Please leave it empty.',
        'answers.extra': 'The form has no such question.',
      },
    )
    const code = async (body: object) =>
      (await as(lan)('POST', '/declarations', { ...form, personId, answers: well, ...body })).body.code
    assert.equal(
      await code({ answers: { ...well, travelled: true, travelPlaces: 'x'.repeat(501) } }),
      'declaration.answersInvalid',
    )
    assert.equal(await code({ answers: { ...ill, symptoms: ['unknown'] } }), 'declaration.answersInvalid')
    assert.equal(await code({ answers: [] }), 'request.invalid')
    assert.equal(await code({ answers: null }), 'request.invalid')
    assert.equal(await code({ answers: { ...well, symptomNote: 'a\0b' } }), 'request.invalid')
    assert.equal(await code({ formId: 'unknown' }), 'declaration.formUnknown')
    assert.equal(await code({ formVersion: 99 }), 'declaration.formVersionUnknown')
    assert.equal(await code({ formVersion: '1x' }), 'request.invalid')
    assert.equal(await code({ id: 'not-a-uuid' }), 'request.invalid')
    assert.equal(await code({ personId: 'me' }), 'request.invalid')
    assert.equal(await code({ declaredAt: '2020-01-01' }), 'request.invalid')
    t.now('2021-04-01T00:00:00Z')
    assert.equal(await code({}), 'declaration.formNotInForce')
    assert.equal(await count(t), 0)
  })

  scenario('text is kept in one form of Unicode', async (as, t) => {
    const personId = await complete(as(lan))
    const answers = { ...well, travelled: true, travelPlaces: 'Đà Nẵng'.normalize('NFD') }
    const { body } = await as(lan)('POST', '/declarations', { ...form, personId, answers })
    const [row] = await t.sql`select sealed from declarations where public_id = ${body.id}`
    const kept = t.ctx().services.keys.unseal<{ answers: Record<string, unknown> }>(row!.sealed).answers
    assert.equal(kept.travelPlaces, 'Đà Nẵng'.normalize('NFC'))
  })
})

describe('holds', () => {
  const contactOf = '00000000-0000-7000-9000-0000000000c1'

  scenario(
    'who was let in again is held by what is later than the officer knew of, and by nothing else',
    async (as, t) => {
      const path = `/people/${await complete(as(lan))}/entry-holds`
      t.now('2026-11-22T03:00:00Z')
      const heldUntil = async (until: string) => {
        const hold = { personId: rowOf(lan).id, caseId: contactOf, until: new Date(until) }
        await holdEntry(t.ctx(), [{ ...hold, reason: 'contact' }])
        return (await as(minh)('GET', path)).body.items.map((held: any) => held.until.slice(0, 10))
      }
      const lift = async () => assert.equal((await as(minh)('DELETE', path)).status, 204)

      assert.deepEqual(await heldUntil('2026-12-04'), ['2026-12-04'])
      await lift()
      assert.deepEqual(await heldUntil('2026-12-04'), [])
      assert.deepEqual(await heldUntil('2026-12-06'), ['2026-12-06'])
      assert.deepEqual(await heldUntil('2026-12-08'), ['2026-12-08'])
      // The latest exposure is taken back; the one after which nobody let them in stands.
      assert.deepEqual(await heldUntil('2026-12-06'), ['2026-12-06'])
      assert.deepEqual(await heldUntil('2026-12-03'), [])
      assert.deepEqual(await heldUntil('2026-12-04'), [], 'the officer knew of it')
      assert.deepEqual(await heldUntil('2026-12-06'), ['2026-12-06'])
      await lift()
      assert.deepEqual(await heldUntil('2026-12-05'), [])
      assert.deepEqual(await heldUntil('2026-12-06'), [])
    },
  )

  scenario('since when, and when an officer had let them in before, is said beside it', async (as, t) => {
    const path = `/people/${await complete(as(lan))}/entry-holds`
    const held = async (now: string, until: string) => {
      t.now(now)
      const hold = { personId: rowOf(lan).id, caseId: contactOf, until: new Date(until) }
      await holdEntry(t.ctx(), [{ ...hold, reason: 'contact' }])
      const { items } = (await as(minh)('GET', path)).body
      return items.map(({ since, liftedBefore }: any) => [since, liftedBefore])
    }
    const [first, second, third] = ['22', '23', '24'].map((day) => `2026-11-${day}T03:00:00.000Z`) as [
      string,
      string,
      string,
    ]
    assert.deepEqual(await held(first, '2026-12-04'), [[first, null]])
    assert.equal((await as(minh)('DELETE', path)).status, 204)
    assert.deepEqual(await held(second, '2026-12-06'), [[second, first]])
    assert.deepEqual(await held(third, '2026-12-08'), [[second, first]])
  })
})
