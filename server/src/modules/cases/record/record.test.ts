import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Ask, type Stage, scenario, services, url } from '../../../../test/app.ts'
import { lan, minh, nga, nobody, strangerOfficer, thu, type Who } from '../../../../test/people.ts'
import { system } from '../../../platform/access.ts'
import { Context } from '../../../platform/context.ts'
import { connect } from '../../../platform/database.ts'
import { confirmCase } from '../index.ts'
import { classifyCase } from './service.ts'

const NOW = '2026-11-22T03:00:00Z'

type Ways = (who: Who) => Ask

/** A case of somebody of Phường Nha Trang. */
async function found(as: Ways, t: Stage, more: object = {}) {
  t.now(NOW)
  const who = { name: 'Trần Văn Bình', birthYear: 1980, areaCode: '22366', phone: '0905000199' }
  const person = await as(minh)('POST', '/people', who)
  const body = { personId: person.body.id, diseaseId: 'covid-19', onsetOn: '2026-11-20', ...more }
  const answer = await as(minh)('POST', '/cases', body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

const history = async (ask: Ask, id: string) => (await ask('GET', `/cases/${id}/classifications`)).body.items

describe('what a case is called', () => {
  scenario('changes with a history that nobody overwrites', async (as, t) => {
    const { id, status } = await found(as, t, { classification: 'suspected', origin: 'imported' })
    assert.equal(status, 'suspected')
    const [first] = await history(as(minh), id)
    assert.deepEqual(
      [first.classification, first.origin, first.validFrom, first.recordedBy, first.current, first.reason],
      ['suspected', 'imported', '2026-11-22', minh.name, true, null],
    )
    assert.match(first.definition, /positive rapid test that is not yet enough/)

    t.now('2026-11-23T03:00:00Z')
    const path = `/cases/${id}/classifications`
    const reason = 'PCR âm tính hai lần, Trần Văn Bình đã về nhà'
    const { status: code, body } = await as(minh)('POST', path, {
      after: first.id,
      classification: 'discarded',
      origin: 'local',
      validFrom: '2026-11-22',
      reason,
    })
    assert.equal(code, 201, JSON.stringify(body))
    assert.deepEqual(
      (await history(as(minh), id)).map((row: any) => [
        row.classification,
        row.validFrom,
        row.reason,
        row.current,
      ]),
      [
        ['discarded', '2026-11-22', reason, true],
        ['suspected', '2026-11-22', null, false],
      ],
    )
    const read = await as(minh)('GET', `/cases/${id}`)
    assert.deepEqual([read.body.status, read.body.origin], ['discarded', 'local'])
    const listed = async (query: string) => (await as(minh)('GET', `/cases?${query}`)).body.items.length
    assert.deepEqual([await listed('status=discarded'), await listed('status=suspected')], [1, 0])
    const facts = await t.sql`select classification, origin from case_facts`
    assert.deepEqual([...facts], [{ classification: 'discarded', origin: 'local' }])
    // The reason may name somebody: it is sealed, and the audit trail does without it.
    const kept = await t.sql`select sealed from case_classifications where sealed is not null`
    assert.ok(!kept[0]!.sealed.includes('Bình'))
    const [audit] = await t.sql`select details from audit_log where action = 'case.classify'`
    assert.deepEqual(audit!.details, {
      before: 'suspected, imported',
      after: 'discarded, local',
      validFrom: '2026-11-22',
    })
  })

  scenario('a date is corrected with its reason, and what stood there stays to be read', async (as, t) => {
    const { id, onsetOn } = await found(as, t)
    const reason = 'Trần Văn Bình nhớ lại'
    const change = (body: object) => as(minh)('PATCH', `/cases/${id}`, body)
    assert.equal((await change({ onsetOn: '2026-11-19', reason })).status, 200)
    assert.equal((await change({ onsetOn: '2026-11-19', reason: 'như cũ' })).status, 200)
    assert.equal((await change({ isolatedAt: NOW })).status, 200)
    assert.equal((await change({ onsetOn: '2026-11-18', reason: '' })).status, 400)
    const { items } = (await as(minh)('GET', `/cases/${id}/date-changes`)).body
    assert.deepEqual(
      items.map((one: any) => [one.before.onsetOn, one.after.onsetOn, one.after.isolatedAt, one.reason]),
      [
        ['2026-11-19', '2026-11-19', new Date(NOW).toISOString(), null],
        [onsetOn, '2026-11-19', null, reason],
      ],
    )
    assert.equal(items[1].recordedBy, minh.name)
    const [kept] = await t.sql`select sealed from case_date_changes where sealed is not null`
    assert.ok(!kept!.sealed.includes('Bình'))
    const audit = await t.sql`select details::text as details from audit_log where action = 'case.edit'`
    assert.ok(audit.length === 3 && audit.every(({ details }) => !details.includes('Bình')))
  })

  scenario('discarding withdraws nothing: traces stay, marked, and new ones wait', async (as, t) => {
    const { id } = await found(as, t)
    const trace = await as(minh)('POST', `/cases/${id}/traces`, {})
    await t.runJobs()
    const [current] = await history(as(minh), id)
    const answer = await as(minh)('POST', `/cases/${id}/classifications`, {
      after: current.id,
      classification: 'discarded',
      reason: 'Nhầm mẫu',
    })
    assert.equal(answer.status, 201)
    const kept = await as(minh)('GET', `/traces/${trace.body.id}`)
    assert.deepEqual([kept.body.status, kept.body.caseStatus], ['done', 'discarded'])
    const again = await as(minh)('POST', `/cases/${id}/traces`, {})
    assert.deepEqual([again.status, again.body.code], [409, 'case.discarded'])
  })

  scenario('what cannot be is refused', async (as, t) => {
    const { id } = await found(as, t)
    const [current] = await history(as(minh), id)
    const classify = async (body: object) => {
      const given = { after: current.id, classification: 'probable', reason: 'x', ...body }
      const answer = await as(minh)('POST', `/cases/${id}/classifications`, given)
      return [answer.status, answer.body.code]
    }
    assert.deepEqual(await classify({ classification: 'confirmed' }), [422, 'case.classifiedSo'])
    assert.deepEqual(await classify({ validFrom: '2026-11-23' }), [422, 'case.dayUnlikely'])
    assert.deepEqual(await classify({ validFrom: '2026-02-30' }), [400, 'request.invalid'])
    assert.deepEqual(await classify({ reason: '' }), [400, 'request.invalid'])
    assert.deepEqual(await classify({ classification: 'zombie' }), [400, 'request.invalid'])
    assert.deepEqual(await classify({ after: id }), [409, 'case.classifiedMeanwhile'])
    assert.deepEqual(await classify({ reason: 'a\u0000b' }), [400, 'request.invalid'])
    assert.equal((await history(as(minh), id)).length, 1)
  })

  scenario('only officers whose area it is may', async (as, t) => {
    const { id } = await found(as, t)
    const [current] = await history(as(minh), id)
    const body = { after: current.id, classification: 'discarded', reason: 'x' }
    const path = `/cases/${id}/classifications`
    assert.equal((await as(nobody)('POST', path, body)).status, 401)
    for (const who of [lan, thu, nga]) assert.equal((await as(who)('POST', path, body)).status, 403, who.name)
    assert.equal((await as(strangerOfficer)('POST', path, body)).status, 404)
    assert.equal((await as(strangerOfficer)('GET', path)).status, 404)
  })

  test('of two officers who decide at once one is told what the other did', async () => {
    const sql = connect(url, 4)
    const at = new Date(NOW)
    const work = <T>(use: (ctx: Context) => Promise<T>) =>
      sql.begin((tx) => use(new Context(tx, system, services, at, { permission: 'case.edit' })))
    const made = await work(async (ctx) => {
      const { areaId } = (
        await ctx.sql<{ areaId: number }[]>`
        select id as area_id from area_names where code = '22366' and valid_to is null`
      )[0]!
      const sealed = services.keys.seal({ name: 'Hai Người', birthOn: null, birthYear: null, phone: null })
      const [{ publicId }] = (await ctx.sql`
        insert into people (public_id, sealed, area_id, created_at)
        values (gen_random_uuid(), ${sealed}, ${areaId}, ${at}) returning public_id`) as never as [
        { publicId: string },
      ]
      return confirmCase(ctx, { personId: publicId, diseaseId: 'covid-19', onsetOn: '2026-11-20' })
    })
    const [row] = await sql`
      select public_id from case_classifications where case_id = (select id from cases where public_id = ${made.id})`
    const decide = (classification: 'discarded' | 'probable') =>
      work((ctx) => classifyCase(ctx, made.id, { after: row!.publicId, classification, reason: 'x' }))
    const outcomes = await Promise.allSettled([decide('discarded'), decide('probable')])
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    assert.equal(refused.length, 1, String(refused))
    assert.equal(refused[0].code, 'case.classifiedMeanwhile')
    const [, second] = await sql`select classification from case_classifications order by id`
    assert.equal(refused[0].extras.details.current.classification, second!.classification)
    await sql`delete from case_classifications`
    await sql`delete from entry_holds`
    await sql`delete from cases`
    await sql`delete from case_numbers`
    await sql.end()
  })
})

const pcr = {
  sampledOn: '2026-11-21',
  kind: 'pcr',
  result: 'positive',
  ct: 22.4,
  laboratory: 'CDC Khánh Hòa',
}

describe('what laboratories found', () => {
  scenario('is recorded once, and withdrawn with a reason that stays', async (as, t) => {
    const { id } = await found(as, t)
    const path = `/cases/${id}/lab-results`
    const receivedAt = '2026-11-22T02:30:00Z'
    const { status, body } = await as(minh)('POST', path, { ...pcr, receivedAt })
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual(
      [body.ct, body.receivedAt, body.recordedBy],
      [22.4, '2026-11-22T02:30:00.000Z', minh.name],
    )
    const again = await as(minh)('POST', path, { ...pcr, laboratory: '  CDC  Khánh Hòa ' })
    assert.deepEqual([again.status, again.body.code], [409, 'case.resultKnown'])
    await as(minh)('POST', path, {
      sampledOn: '2026-11-20',
      kind: 'rapid',
      result: 'negative',
      laboratory: 'TYT',
    })

    const withdraw = () =>
      as(minh)('POST', `/lab-results/${body.id}/withdrawal`, { reason: 'Mẫu của người khác' })
    assert.equal((await withdraw()).body.reason, 'Mẫu của người khác')
    assert.equal((await withdraw()).body.code, 'case.resultWithdrawn')
    const items = (await as(minh)('GET', path)).body.items
    assert.deepEqual(
      items.map((row: any) => [row.kind, row.withdrawnBy]),
      [
        ['pcr', minh.name],
        ['rapid', null],
      ],
    )
    // Once withdrawn, the right one may be recorded again.
    assert.equal((await as(minh)('POST', path, pcr)).status, 201)
    assert.deepEqual(
      (await t.sql`select details from audit_log where action = 'lab.record' order by id limit 1`)[0]!
        .details,
      { lab: body.id, kind: 'pcr', result: 'positive' },
    )
  })

  scenario('what cannot be is refused with the field, and elsewhere there is none', async (as, t) => {
    const { id } = await found(as, t)
    const path = `/cases/${id}/lab-results`
    const refused = async (more: object) => {
      const { status, body } = await as(minh)('POST', path, { ...pcr, ...more })
      return [status, body.code, body.fields?.[0]?.field]
    }
    assert.deepEqual(await refused({ sampledOn: '2026-11-23' }), [422, 'case.dayUnlikely', 'sampledOn'])
    assert.deepEqual(await refused({ receivedAt: '2026-11-20T00:00:00Z' }), [
      422,
      'case.receivedUnlikely',
      'receivedAt',
    ])
    assert.deepEqual(await refused({ receivedAt: '2026-11-22T04:00:00Z' }), [
      422,
      'case.receivedUnlikely',
      'receivedAt',
    ])
    assert.deepEqual(await refused({ kind: 'rapid' }), [422, 'case.ctWithoutPcr', 'ct'])
    assert.deepEqual(await refused({ ct: 99 }), [400, 'request.invalid', 'ct'])
    assert.deepEqual(await refused({ laboratory: '   ' }), [422, 'case.laboratoryMissing', 'laboratory'])
    const { body } = await as(minh)('POST', path, pcr)
    const withdrawal = [`/lab-results/${body.id}/withdrawal`, { reason: 'x' }] as const
    assert.equal((await as(strangerOfficer)('GET', path)).status, 404)
    assert.equal((await as(strangerOfficer)('POST', path, pcr)).status, 404)
    assert.equal((await as(strangerOfficer)('POST', ...withdrawal)).body.code, 'case.resultUnknown')
    for (const who of [lan, thu, nga]) assert.equal((await as(who)('POST', ...withdrawal)).status, 403)
  })
})
