import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Ask, rowOf, type Stage, scenario, services, url } from '../../../test/app.ts'
import { lan, minh, nga, nobody, stranger, strangerOfficer, thu } from '../../../test/people.ts'
import { system } from '../../platform/access.ts'
import { CLEAN } from '../../platform/clean.ts'
import { Context } from '../../platform/context.ts'
import { connect } from '../../platform/database.ts'
import { decideMany, listDecisions } from '../declarations/index.ts'
import { confirmCase } from './index.ts'
import { nextNumber } from './queries.ts'

const NOW = '2026-11-22T03:00:00Z'
const elsewhere = '00000000-0000-7000-8000-000000000000'

/** Somebody of Phường Nha Trang, registered by its officer. */
async function patient(ask: Ask, more: object = {}) {
  const { status, body } = await ask('POST', '/people', {
    name: 'Trần Văn Bình',
    birthYear: 1980,
    areaCode: '22366',
    phone: '0905000199',
    ...more,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id as string
}

const covid = (personId: string) => ({ personId, diseaseId: 'covid-19', onsetOn: '2026-11-20' })

async function confirmed(as: Parameters<Parameters<typeof scenario>[1]>[0], t: Stage) {
  t.now(NOW)
  const personId = await patient(as(minh))
  const { status, body } = await as(minh)('POST', '/cases', { ...covid(personId), note: 'Sốt, ho' })
  assert.equal(status, 201, JSON.stringify(body))
  return { personId, found: body }
}

describe('confirming a case', () => {
  scenario('the officer gets a number, the window and its reason', async (as, t) => {
    const { personId, found } = await confirmed(as, t)
    assert.equal(found.number, '22366-2026-0001')
    assert.equal(found.status, 'confirmed')
    assert.equal(found.area.fullName, 'Phường Nha Trang')
    assert.equal(found.confirmedOn, '2026-11-22')
    assert.deepEqual(found.person, {
      id: personId,
      maskedName: 'Trần Văn B***',
      birthYear: 1980,
      maskedPhone: '0905***99',
    })
    assert.equal(found.window.from, '2026-11-17T17:00:00.000Z')
    assert.equal(found.window.to, '2026-12-04T17:00:00.000Z')
    assert.match(found.window.reason, /first day of symptoms, 20\/11\/2026/)
    assert.equal(found.note, 'Sốt, ho')
    const read = await as(minh)('GET', `/cases/${found.id}`, undefined, { cookie: 'lang=vi' })
    assert.match(read.body.window.reason, /ngày khởi phát triệu chứng 20\/11\/2026/)
    const [row] = await t.sql`select sealed from cases where public_id = ${found.id}`
    assert.ok(!row!.sealed.includes('Sốt'))
    const [audit] =
      await t.sql`select action, actor_name, subject_id from audit_log where action = 'case.confirm'`
    assert.deepEqual(audit, { action: 'case.confirm', actorName: 'minh', subjectId: found.id })
  })

  scenario('numbers run on within a unit and year', async (as, t) => {
    await confirmed(as, t)
    const second = await patient(as(minh), { phone: '0905000198' })
    assert.equal((await as(minh)('POST', '/cases', covid(second))).body.number, '22366-2026-0002')
    t.now('2027-01-01T00:00:00Z')
    const third = await patient(as(minh), { phone: '0905000197' })
    const { body } = await as(minh)('POST', '/cases', { ...covid(third), onsetOn: '2027-01-01' })
    assert.equal(body.number, '22366-2027-0001')
  })

  scenario('the same illness again is refused, with the case that there is', async (as, t) => {
    const { personId, found } = await confirmed(as, t)
    const again = await as(minh)('POST', '/cases', covid(personId))
    assert.equal(again.status, 409)
    assert.equal(again.body.code, 'case.alreadyConfirmed')
    assert.deepEqual(again.body.details, { caseId: found.id, number: found.number })
    assert.equal((await as(minh)('POST', '/cases', { ...covid(personId), diseaseId: 'measles' })).status, 201)
  })

  scenario('what cannot be is refused with the field', async (as, t) => {
    t.now(NOW)
    const personId = await patient(as(minh), { birthOn: '2026-02-01', birthYear: 2026 })
    const refused = async (body: object) => {
      const answer = await as(minh)('POST', '/cases', { personId, diseaseId: 'covid-19', ...body })
      return [answer.status, answer.body.code, answer.body.fields?.[0]?.field]
    }
    assert.deepEqual(await refused({ onsetOn: '2026-11-23' }), [422, 'case.dayUnlikely', 'onsetOn'])
    assert.deepEqual(await refused({ sampledOn: '2026-01-31' }), [422, 'case.dayUnlikely', 'sampledOn'])
    assert.deepEqual(await refused({ onsetOn: '2026-11-20', confirmedOn: '2026-11-30' }), [
      422,
      'case.dayUnlikely',
      'confirmedOn',
    ])
    assert.deepEqual(await refused({}), [422, 'case.anchorMissing', undefined])
    assert.deepEqual(await refused({ onsetOn: '2026-11-20', diseaseId: 'plague' }), [
      422,
      'case.diseaseUnknown',
      'diseaseId',
    ])
    assert.deepEqual(await refused({ onsetOn: '2026-02-30' }), [400, 'request.invalid', 'onsetOn'])
    assert.equal((await t.sql`select from cases`).length, 0)
    // Today in Vietnam, which is still yesterday in UTC.
    t.now('2026-11-22T18:00:00Z')
    assert.equal(
      (await as(minh)('POST', '/cases', { personId, diseaseId: 'covid-19', onsetOn: '2026-11-23' })).status,
      201,
    )
  })

  scenario('only a health officer whose area it is may do so', async (as, t) => {
    t.now(NOW)
    const personId = await patient(as(minh))
    assert.equal((await as(nobody)('POST', '/cases', covid(personId))).status, 401)
    for (const who of [lan, thu, nga])
      assert.equal((await as(who)('POST', '/cases', covid(personId))).status, 403, who.name)
    assert.equal((await as(strangerOfficer)('POST', '/cases', covid(personId))).status, 404)
    assert.equal((await as(minh)('POST', '/cases', covid(elsewhere))).body.code, 'person.unknown')
  })
})

describe('reading cases', () => {
  scenario('every reading is written down, and the person can see it', async (as, t) => {
    const { found } = await confirmed(as, t)
    await as(minh)('GET', `/cases/${found.id}`)
    await as(minh)('GET', '/cases')
    await as(minh)('GET', `/cases/${found.id}/stays`)
    const readings =
      await t.sql`select action, reason, case_id from readings where case_id is not null order by id`
    assert.deepEqual(
      readings.map((row) => [row.action, row.reason, row.caseId]),
      ['case.confirm', 'case.read', 'case.list', 'case.stays'].map((action) => [action, 'case', found.id]),
    )
  })

  scenario('from elsewhere a case does not exist', async (as, t) => {
    const { found } = await confirmed(as, t)
    for (const path of [`/cases/${found.id}`, `/cases/${found.id}/stays`, `/cases/${elsewhere}`]) {
      assert.equal((await as(nobody)('GET', path)).status, 401)
      assert.equal((await as(lan)('GET', path)).status, 403)
      assert.equal((await as(strangerOfficer)('GET', path)).status, 404, path)
    }
    assert.equal(
      (await as(strangerOfficer)('PATCH', `/cases/${found.id}`, { onsetOn: '2026-11-19' })).status,
      404,
    )
    assert.deepEqual((await as(strangerOfficer)('GET', '/cases')).body, { items: [], next: null })
    assert.equal((await as(minh)('GET', `/cases/${elsewhere}`)).body.code, 'case.unknown')
  })

  scenario('the list is sorted, filtered and paged on the server', async (as, t) => {
    t.now(NOW)
    const days = ['2026-11-18', '2026-11-16', '2026-11-20']
    for (const [n, onsetOn] of days.entries()) {
      const personId = await patient(as(minh), { phone: `090500019${n}` })
      t.now(new Date(Date.parse(NOW) + n * 1000))
      await as(minh)('POST', '/cases', { personId, diseaseId: n === 1 ? 'measles' : 'covid-19', onsetOn })
    }
    const list = async (query: string) =>
      (await as(minh)('GET', `/cases?${query}`)).body.items.map((item: { onsetOn: string }) => item.onsetOn)
    assert.deepEqual(await list(''), ['2026-11-20', '2026-11-16', '2026-11-18'])
    assert.deepEqual(await list('sort=createdAt'), days)
    assert.deepEqual(await list('sort=onsetOn'), days.toSorted())
    assert.deepEqual(await list('sort=-number'), days.toReversed())
    assert.deepEqual(await list('disease=measles'), ['2026-11-16'])
    assert.deepEqual(await list('q=-0003'), ['2026-11-20'])
    assert.deepEqual(await list('q=%25'), [])
    assert.deepEqual(await list('area=56&sort=createdAt'), days)
    assert.deepEqual(await list('area=00004'), [])
    const paged: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await as(minh)('GET', `/cases?limit=1&sort=onsetOn${cursor}`)
      paged.push(...body.items.map((item: { onsetOn: string }) => item.onsetOn))
      if (!body.next) break
      cursor = `&cursor=${body.next}`
    }
    assert.deepEqual(paged, days.toSorted())
    for (const cursor of [
      'x',
      Buffer.from('["x"]').toString('base64url'),
      Buffer.from('[1]').toString('base64url'),
    ])
      assert.equal((await as(minh)('GET', `/cases?cursor=${cursor}`)).status, 400)
  })

  scenario('the rules of each disease are there for everybody', async (as) => {
    const { status, body } = await as(nobody)('GET', '/disease-profiles')
    assert.equal(status, 200)
    assert.deepEqual(
      body.items.map((item: { id: string }) => item.id),
      ['covid-19', 'measles', 'mers'],
    )
    assert.equal(body.items[0].minOverlapSeconds, 900)
  })
})

describe('correcting a case', () => {
  scenario('the window follows the dates, and the change is on record', async (as, t) => {
    const { found } = await confirmed(as, t)
    const patch = (body: object) => as(minh)('PATCH', `/cases/${found.id}`, body)
    assert.equal((await patch({ onsetOn: '2026-11-18' })).body.window.from, '2026-11-15T17:00:00.000Z')
    const isolated = await patch({ isolatedAt: '2026-11-21T08:30:00+07:00' })
    assert.equal(isolated.body.window.to, '2026-11-21T01:30:00.000Z')
    assert.equal((await patch({ isolatedAt: null })).body.window.to, '2026-12-02T17:00:00.000Z')
    assert.equal((await patch({ onsetOn: null })).body.code, 'case.anchorMissing')
    assert.equal((await patch({ isolatedAt: '2026-11-23T00:00:00Z' })).body.code, 'case.dayUnlikely')
    assert.equal((await patch({ onsetOn: '2026-11-23' })).body.code, 'case.dayUnlikely')
    assert.equal((await patch({})).status, 400)
    const changes = await t.sql`select details from audit_log where action = 'case.edit' order by id`
    assert.deepEqual(changes[0]!.details, {
      before: { onsetOn: '2026-11-20', sampledOn: null, isolatedAt: null },
      after: { onsetOn: '2026-11-18', sampledOn: null, isolatedAt: null },
    })
    assert.equal(changes.length, 3)
  })

  scenario('two cases of a person do not become one', async (as, t) => {
    const { personId, found } = await confirmed(as, t)
    const earlier = await as(minh)('POST', '/cases', { ...covid(personId), onsetOn: '2026-03-01' })
    const clash = await as(minh)('PATCH', `/cases/${earlier.body.id}`, { onsetOn: '2026-11-20' })
    assert.deepEqual([clash.status, clash.body.details], [409, { caseId: found.id, number: found.number }])
  })
})

scenario('stays show where the case was, also when nobody recorded the exit', async (as, t) => {
  const { personId, found } = await confirmed(as, t)
  const [person] = await t.sql`select id from people where public_id = ${personId}`
  const places = await t.sql<{ id: number; usual: number }[]>`
    with made as (
      insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
      select gen_random_uuid(), 'STAY' || n, 'Nơi ' || n, 'other', 'other',
        (select id from area_names where code = '22366' and valid_to is null), '', '', ${NOW}, ${NOW}
      from generate_series(1, 2) as n returning id, kind
    )
    select id, default_stay_seconds as usual from made join place_kinds on code = kind order by id`
  const [market, bus] = [places[0]!, places[1]!]
  const stay = (placeId: number, arrived: string, left: string) => t.sql`
    insert into visits values (${placeId}, ${person!.id}, ${arrived}, ${left}, 0, 1)`
  await stay(market.id, '2026-11-17T15:30:00Z', '2026-11-17T17:00:00Z') // ends as the window begins
  await stay(market.id, '2026-11-17T16:00:00Z', '2026-11-17T17:30:00Z')
  await t.sql`insert into open_stays values
    (${bus.id}, ${person!.id}, '2026-11-19T01:00:00Z', 1), (${market.id}, ${person!.id}, '2026-11-19T01:10:00Z', 1),
    (${market.id}, ${person!.id}, '2026-11-20T01:10:00Z', 1)`
  const friday = [{ weekday: 5, opens: '06:00', closes: '08:30' }]
  await t.sql`update places set hours = ${t.sql.json(friday)} where id = ${market.id}`
  const { body } = await as(minh)('GET', `/cases/${found.id}/stays`)
  assert.deepEqual(
    body.items.map((s: any) => [s.place.name, s.place.area.code, s.arrivedAt, s.leftAt, s.estimated]),
    [
      ['Nơi 1', '22366', '2026-11-17T16:00:00.000Z', '2026-11-17T17:30:00.000Z', false],
      ['Nơi 2', '22366', '2026-11-19T01:00:00.000Z', '2026-11-19T01:10:00.000Z', true],
      [
        'Nơi 1',
        '22366',
        '2026-11-19T01:10:00.000Z',
        new Date(Date.parse('2026-11-19T01:10:00Z') + market.usual * 1000).toISOString(),
        true,
      ],
      ['Nơi 1', '22366', '2026-11-20T01:10:00.000Z', '2026-11-20T01:30:00.000Z', true],
    ],
  )
})

const noSigns = {
  travelled: false,
  hasSymptoms: false,
  contactPatient: false,
  contactAffectedCountry: false,
  contactSymptoms: false,
}
const home = 'Please stay at home and call the health station.'

describe('a case at a door', () => {
  scenario(
    'whoever declared to be well and is confirmed stays at home, while they could infect others',
    async (as, t) => {
      t.now(NOW)
      const profile = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: '22366' }
      const { id: personId } = (await as(lan)('POST', '/people', profile)).body
      const declare = () =>
        as(lan)('POST', '/declarations', {
          formId: 'general',
          formVersion: 1,
          personId,
          answers: noSigns,
        })
      const status = async () => {
        const { body } = await as(lan)('GET', '/me/status')
        return [body.status, body.instruction]
      }
      await declare()
      assert.deepEqual(await status(), ['green', 'Please come in.'])
      const { id } = (await as(minh)('POST', '/cases', covid(personId))).body
      assert.deepEqual(await status(), ['red', home])
      await declare()
      assert.deepEqual(await status(), ['red', home])
      const gate = (await decideMany(t.ctx(), [rowOf(lan).id])).get(rowOf(lan).id)
      const said = { status: 'red', instruction: 'Mời ở nhà và gọi trạm y tế.', declaration: null }
      assert.deepEqual(gate, said)
      const carried = (await listDecisions(t.ctx(), [rowOf(lan).id])).get(rowOf(lan).id)
      assert.deepEqual(carried, { status: 'red', until: new Date('2026-12-04T17:00:00Z') })

      // Fourteen days after onset, whole days of the site; isolation is no reason to come in.
      await as(minh)('PATCH', `/cases/${id}`, { isolatedAt: '2026-11-21T03:00:00Z' })
      t.now('2026-12-04T16:59:59Z')
      assert.deepEqual((await status())[0], 'red')
      t.now('2026-12-04T17:00:00Z')
      assert.deepEqual((await status())[0], 'yellow')
      t.now('2026-12-03T17:00:00Z')
      await as(minh)('PATCH', `/cases/${id}`, { onsetOn: '2026-11-19' })
      assert.deepEqual((await status())[0], 'yellow')
    },
  )

  scenario('an officer sees why and until when, and lets them in again', async (as, t) => {
    t.now(NOW)
    const profile = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: '22366' }
    const { id: personId } = (await as(lan)('POST', '/people', profile)).body
    const { id } = (await as(minh)('POST', '/cases', covid(personId))).body
    const path = `/people/${personId}/entry-holds`
    const until = '2026-12-04T17:00:00.000Z'
    assert.deepEqual((await as(minh)('GET', path)).body.items, [
      { reason: 'case', since: new Date(NOW).toISOString(), until, liftedBefore: null },
    ])
    for (const who of [lan, thu, nga]) assert.equal((await as(who)('GET', path)).status, 403)
    assert.equal((await as(strangerOfficer)('DELETE', path)).status, 404)
    assert.equal((await as(lan)('GET', '/me/status')).body.status, 'red')
    for (const _ of [1, 2]) assert.equal((await as(minh)('DELETE', path)).status, 204)
    assert.equal((await as(lan)('GET', '/me/status')).body.status, 'yellow')
    assert.deepEqual((await as(minh)('GET', path)).body.items, [])
    const lifted = (await as(nga)('GET', '/audit?action=entry.lift')).body.items
    assert.deepEqual(
      lifted.map(({ subjectId }: { subjectId: string }) => subjectId),
      [personId],
    )
    // A date that was corrected does not close the door again.
    await as(minh)('PATCH', `/cases/${id}`, { onsetOn: '2026-11-21' })
    assert.equal((await as(lan)('GET', '/me/status')).body.status, 'yellow')
  })

  scenario('what has ended is forgotten a month later', async (as, t) => {
    const { personId } = await confirmed(as, t)
    const kept = async (now: string) => {
      t.now(now)
      await t.ctx().addJob(CLEAN, {})
      await t.runJobs()
      const rows = await t.sql`
        select from entry_holds h join people p on p.id = h.person_id where p.public_id = ${personId}`
      return rows.length
    }
    assert.equal(await kept('2027-01-03T00:00:00Z'), 1)
    assert.equal(await kept('2027-01-04T00:00:00Z'), 0)
  })
})

scenario('a stranger to the officers, who has no residence, is not a case anywhere', async (as, t) => {
  t.now(NOW)
  const own = (await as(stranger)('GET', '/me')).body.person.id
  await assert.rejects(confirmCase(t.ctx(), covid(own)), { code: 'case.residenceUnknown' })
})

test('officers who confirm at the same moment get numbers of their own', async () => {
  const sql = connect(url, 4)
  try {
    const numbers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        sql.begin((tx) => nextNumber(new Context(tx, system, services).sql, '99999', 2026)),
      ),
    )
    assert.deepEqual(numbers.toSorted(), [1, 2, 3, 4])
  } finally {
    await sql.end()
  }
})
