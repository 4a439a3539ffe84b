import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario, services } from '../../../../test/app.ts'
import { ha, minh, NHA_TRANG, nga, strangerOfficer, thu } from '../../../../test/people.ts'
import { DELIVER, deliver, smsTwin } from '../../../platform/messenger.ts'
import { insertStays } from '../../visits/index.ts'
import { mayWarnAlone } from './rules.ts'
import { warnContacts } from './service.ts'

const NOW = '2026-11-22T03:00:00Z'
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`)

// Two people may be warned alone here, three may not.
services.warnAlone = 2

type Near = { id: string; row: number; phone: string }
type As = Parameters<Parameters<typeof scenario>[1]>[0]

/** A case that met so many people at the market, each with a phone; and the trace that found them. */
async function outbreak(as: As, t: Stage, people: number) {
  t.now(NOW)
  const ask = as(minh)
  const register = async (name: string, number: number) => {
    const phone = `09051${String(number).padStart(5, '0')}`
    const given = { name, phone, birthYear: 1980, areaCode: NHA_TRANG }
    const { status, body } = await ask('POST', '/people', given)
    assert.equal(status, 201, JSON.stringify(body))
    const [row] = await t.sql<[{ id: number }]>`select id from people where public_id = ${body.id}`
    return { id: body.id as string, row: row!.id, phone }
  }
  const [place] = await t.sql<[{ id: number }]>`
    insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'SENDING1', 'Chợ Đầm', 'market', 'trade', id, '', '', ${NOW}, ${NOW}
    from area_names where code = ${NHA_TRANG} and valid_to is null returning id`
  const index = await register('Trần Văn Bình', 0)
  const near: Near[] = []
  for (let number = 1; number <= people; number++) near.push(await register(`Người Số ${number}`, number))
  await insertStays(
    t.sql,
    [index, ...near].map(({ row }) => ({
      placeId: place!.id,
      personId: row,
      arrivedAt: at(18, '08:00'),
      leftAt: at(18, '09:00'),
    })),
  )
  const caseId = (
    await ask('POST', '/cases', { personId: index.id, diseaseId: 'covid-19', onsetOn: '2026-11-20' })
  ).body.id as string
  const traceId = (await ask('POST', `/cases/${caseId}/traces`, {})).body.id as string
  await t.runJobs()
  const mark = (who: typeof near, by: Ask = ask) =>
    by('POST', `/cases/${caseId}/contacts`, { traceId, label: 'F1', personIds: who.map(({ id }) => id) })
  return { caseId, near, mark }
}

const warned = async (t: Stage) =>
  (await t.outbox()).filter(({ text }) => text.includes('/warnings/')).map(({ to }) => to)
const holds = async (t: Stage) =>
  (await t.sql`select from entry_holds where reason = 'contact' and lifted_at is null`).length

describe('warnings of many', () => {
  scenario('wait for a second officer; until then nobody hears of it', async (as, t) => {
    const { mark, near, caseId } = await outbreak(as, t, 3)
    const { body } = await mark(near)
    assert.equal(body.marked, 3)
    await t.runJobs()
    assert.deepEqual(await warned(t), [])
    assert.equal(await holds(t), 0)
    const [person] = near
    const page = await t.sql`select from sessions where holder_id = ${person!.row}`
    assert.equal(page.length, 0)
    const contacts = (await as(minh)('GET', `/cases/${caseId}/contacts`)).body.items
    assert.deepEqual(
      contacts.map((one: any) => [one.reachedBy, one.sending]),
      Array(3).fill([null, 'waiting']),
    )
    const counts = (await as(minh)('GET', `/cases/${caseId}/contact-counts`)).body
    assert.deepEqual([counts.people, counts.going, counts.held], [3, 0, 3])

    const run = (await as(minh)('GET', `/warning-runs/${body.waitsFor}`)).body
    assert.deepEqual([run.status, run.people, run.alone, run.mayRelease], ['waiting', 3, false, false])
    assert.equal(run.asked.by.name, minh.name)
    const own = await as(minh)('POST', `/warning-runs/${run.id}/release`)
    assert.deepEqual([own.status, own.body.code], [409, 'warningRun.sameOfficer'])
    assert.equal((await as(ha)('GET', `/warning-runs/${run.id}`)).body.mayRelease, true)

    const released = await as(ha)('POST', `/warning-runs/${run.id}/release`)
    assert.deepEqual([released.status, released.body.status], [200, 'sending'])
    assert.equal(await holds(t), 3)
    await t.runJobs()
    assert.equal((await warned(t)).length, 3)
    const sent = (await as(ha)('GET', `/warning-runs/${run.id}`)).body
    assert.deepEqual(
      [sent.status, sent.counts],
      ['sent', { unsent: 0, queued: 0, delivered: 3, unreachable: 0, recallTold: 0 }],
    )
    const again = await as(ha)('POST', `/warning-runs/${run.id}/release`)
    assert.equal(again.body.code, 'warningRun.notWaiting')
    const actions =
      await t.sql`select action, actor_name, details from audit_log where action like 'warning.%' order by id`
    assert.deepEqual(
      actions.map((row) => [row.action, row.actorName, row.details.people]),
      [
        ['warning.ask', 'minh', 3],
        ['warning.release', 'ha', 3],
      ],
    )
  })

  scenario('few leave at once, and what was marked in parts counts together for 24 hours', async (as, t) => {
    const { mark, near } = await outbreak(as, t, 4)
    const [one, two, three, four] = near
    assert.equal((await mark([one!])).body.waitsFor, null)
    assert.equal((await mark([two!])).body.waitsFor, null)
    await t.runJobs()
    assert.equal((await warned(t)).length, 2)
    assert.ok((await mark([three!])).body.waitsFor)
    t.now('2026-11-23T04:00:00Z')
    assert.equal((await mark([four!])).body.waitsFor, null)
    assert.deepEqual(
      [mayWarnAlone(199, 1, 200), mayWarnAlone(200, 1, 200), mayWarnAlone(0, 1, 0)],
      [true, false, false],
    )
  })

  scenario('are shown before the release as they will leave, and to how many', async (as, t) => {
    const { mark, near } = await outbreak(as, t, 3)
    const [one, two, three] = near
    // The second shares the phone of the first, the third has none.
    const given = { name: 'Không Có Số', birthYear: 1990, areaCode: NHA_TRANG }
    const { id: without } = (await as(minh)('POST', '/people', given)).body
    await t.sql`
      update people set sealed = (select sealed from people where public_id = ${without}), phone_index = null,
        holder_id = case id when ${two!.row} then ${one!.row}::int end
      where id in (${two!.row}, ${three!.row})`
    const id = (await mark([one!, two!, three!])).body.waitsFor
    const preview = async () => (await as(ha)('GET', `/warning-runs/${id}/preview`)).body
    const shown = await preview()
    assert.deepEqual([shown.people, shown.reached, shown.numbers], [3, 2, 1])
    assert.deepEqual(
      shown.texts.map(({ label, people }: any) => [label, people]),
      [['F1', 3]],
    )
    assert.deepEqual((await as(ha)('GET', `/warning-runs/${id}`)).body.labels, { F1: 3, F2: 0, F3: 0 })
    for (const secret of ['Binh', 'Cho Dam', near[0]!.phone])
      assert.ok(!JSON.stringify(shown).includes(secret), secret)
    await as(ha)('POST', `/warning-runs/${id}/release`)
    await t.runJobs()
    const link = /\/warnings\/[0-9a-f-]{36}/
    const left = (await t.outbox()).flatMap(({ text }) =>
      link.test(text) ? text.replace(link, '/warnings/…') : [],
    )
    assert.deepEqual(left, Array(2).fill(shown.texts[0].text))
    assert.deepEqual([(await preview()).people, (await preview()).texts], [0, []])
  })

  scenario('refused with a reason nothing leaves, and it can be asked for again', async (as, t) => {
    const { mark, near } = await outbreak(as, t, 3)
    const id = (await mark(near)).body.waitsFor
    assert.equal((await as(ha)('POST', `/warning-runs/${id}/refusal`, { reason: ' ' })).status, 400)
    const refused = await as(ha)('POST', `/warning-runs/${id}/refusal`, { reason: 'Sai ca bệnh' })
    assert.deepEqual([refused.body.status, refused.body.decided.reason], ['refused', 'Sai ca bệnh'])
    await t.runJobs()
    assert.deepEqual(await warned(t), [])
    assert.equal((await as(ha)('POST', `/warning-runs/${id}/release`)).body.code, 'warningRun.notWaiting')
    assert.equal(
      (await as(ha)('POST', `/warning-runs/${id}/recall`, { reason: 'Nhầm' })).body.code,
      'warningRun.nobodyTold',
    )
    const asked = (await as(ha)('POST', `/warning-runs/${id}/request`)).body
    assert.deepEqual([asked.status, asked.asked.by.name], ['waiting', ha.name])
    assert.equal((await as(ha)('POST', `/warning-runs/${id}/release`)).body.code, 'warningRun.sameOfficer')
    assert.equal((await as(minh)('POST', `/warning-runs/${id}/release`)).body.status, 'sending')
    await t.runJobs()
    assert.equal((await warned(t)).length, 3)
  })

  scenario('a stop takes back what lies in the outbox, and goes on only with two officers', async (as, t) => {
    const { mark, near } = await outbreak(as, t, 3)
    const id = (await mark(near)).body.waitsFor
    await as(ha)('POST', `/warning-runs/${id}/release`)
    // One message left; two wait in the outbox.
    const run = (await as(ha)('GET', `/warning-runs/${id}`)).body
    await warnContacts(t.ctx(), { subjectId: run.caseId })
    await t.sql`update messages set delivered_at = now() where id = (select id from messages where batch = ${id} limit 1)`
    const before = (await as(ha)('GET', `/warning-runs/${id}`)).body
    assert.deepEqual([before.counts.queued, before.counts.delivered], [2, 1])
    const stopped = (await as(minh)('POST', `/warning-runs/${id}/stop`, { reason: 'Nhầm cửa sổ' })).body
    assert.deepEqual(
      [stopped.status, stopped.counts.unsent, stopped.counts.queued, stopped.counts.delivered],
      ['stopped', 2, 0, 1],
    )
    assert.equal(stopped.stopped.reason, 'Nhầm cửa sổ')
    assert.equal(await holds(t), 1)
    await t.runJobs()
    assert.equal((await warned(t)).length, 1)
    assert.equal(
      (await as(minh)('POST', `/warning-runs/${id}/stop`, { reason: 'Lần nữa' })).body.code,
      'warningRun.notGoing',
    )

    await as(minh)('POST', `/warning-runs/${id}/request`)
    await as(ha)('POST', `/warning-runs/${id}/release`)
    await t.runJobs()
    assert.equal(new Set(await warned(t)).size, 3)
    assert.equal((await warned(t)).length, 3)
    assert.equal(await holds(t), 3)
  })

  scenario('a recall tells those who were told, once, and lets them in again', async (as, t) => {
    const { caseId, mark, near } = await outbreak(as, t, 2)
    await mark(near)
    await t.runJobs()
    const [run] = (await as(minh)('GET', '/warning-runs')).body.items
    assert.deepEqual([run.alone, run.status], [true, 'sent'])
    const recalled = (await as(minh)('POST', `/warning-runs/${run.id}/recall`, { reason: 'Kết quả sai' }))
      .body
    assert.equal(recalled.status, 'recalling')
    await t.ctx().addJob('tracing.recall', { id: run.id })
    await t.runJobs()
    const texts = (await t.outbox()).filter(({ text }) => text.includes('thu hoi'))
    assert.equal(texts.length, 2)
    assert.match(
      texts[0]!.text,
      /Thong bao ngay 22\/11\/2026 ve COVID-19 da duoc thu hoi.*khong can lam theo/,
    )
    for (const secret of ['Chợ', 'Binh', 'Cho Dam']) assert.ok(!texts[0]!.text.includes(secret))
    assert.equal(await holds(t), 0)
    const over = (await as(minh)('GET', `/warning-runs/${run.id}`)).body
    assert.deepEqual([over.status, over.counts.recallTold], ['recalled', 2])
    const marked = (await as(minh)('GET', `/cases/${caseId}/contacts`)).body.items
    assert.ok(marked.every((one: any) => one.recalledAt === over.recalled.at))
    const counts = (await as(minh)('GET', `/cases/${caseId}/contact-counts`)).body
    assert.deepEqual([counts.people, counts.told, counts.recalled], [2, 0, 2])
    const [call] = (await as(minh)('GET', '/follow-ups')).body.items
    const sheet = (await as(minh)('GET', `/follow-ups/${call.id}?reason=followUp`)).body
    assert.equal(sheet.met[0].recalledAt, over.recalled.at, 'who calls them knows')
    const twice = await as(ha)('POST', `/warning-runs/${run.id}/recall`, { reason: 'Lại' })
    assert.equal(twice.status, 409)
  })

  scenario('reminders go round no second officer, and a stop or a recall takes them back', async (as, t) => {
    const { mark, near } = await outbreak(as, t, 4)
    const remind = async (people: typeof near, who = minh) => {
      const { items } = (await as(who)('GET', '/follow-ups')).body
      const ids = new Map(items.map((item: any) => [item.person.id, item.id]))
      const followUpIds = people.map(({ id }) => ids.get(id))
      const { status, body } = await as(who)('POST', '/follow-ups/entries', { followUpIds, instruct: true })
      return status < 300 ? body.sent : body.code
    }
    const reminded = async () => (await t.outbox()).filter(({ text }) => text.includes('nhac ban')).length
    const [one, two, three, four] = near as [Near, Near, Near, Near]

    const waiting = (await mark([one, two, three])).body.waitsFor
    assert.equal(await remind([one]), 'followUp.notWarned')
    await as(ha)('POST', `/warning-runs/${waiting}/refusal`, { reason: 'Sai ca bệnh' })
    assert.equal(await remind([one]), 'followUp.notWarned')
    await as(ha)('POST', `/warning-runs/${waiting}/request`)
    assert.equal(await remind([one]), 'followUp.notWarned')
    await mark([four])
    await t.runJobs()
    assert.equal(await remind([one, four]), 'followUp.notWarned', 'all of it or nothing')
    assert.equal(await reminded(), 0)

    await as(minh)('POST', `/warning-runs/${waiting}/release`)
    await t.runJobs()
    assert.equal(await remind([one, two, three]), 'followUp.tooManyReminders')
    assert.equal(await remind([one, two]), 2)
    assert.equal(await remind([three]), 'followUp.tooManyReminders', 'in parts, too')
    assert.equal(await remind([three], ha), 1)
    const run = async () => (await as(ha)('GET', `/warning-runs/${waiting}`)).body
    assert.deepEqual([(await run()).counts.queued, (await run()).counts.delivered], [3, 3])
    const stopped = await as(ha)('POST', `/warning-runs/${waiting}/stop`, { reason: 'Nhắc nhầm' })
    assert.deepEqual([stopped.body.status, stopped.body.counts.queued], ['stopped', 0])
    await t.runJobs()
    assert.equal(await reminded(), 0)
    t.now('2026-11-23T04:00:00Z')
    assert.equal(await remind([one]), 'followUp.notWarned', 'after a stop nothing goes on')

    assert.equal(await remind([four]), 1)
    const alone = (await as(minh)('GET', '/warning-runs?status=sent')).body.items[0].id
    await as(minh)('POST', `/warning-runs/${alone}/recall`, { reason: 'Kết quả sai' })
    await t.runJobs()
    assert.equal(await reminded(), 0)
    assert.equal(await remind([four]), 'followUp.notWarned')
  })

  scenario('a discarded case warns nobody, until it is a case again', async (as, t) => {
    const { mark, near, caseId } = await outbreak(as, t, 4)
    const code = async (answer: ReturnType<Ask>) => (await answer).body.code
    const classify = async (classification: string) => {
      const [{ id: after }] = (await as(minh)('GET', `/cases/${caseId}/classifications`)).body.items
      const body = { after, classification, reason: 'Nhầm mẫu' }
      assert.equal((await as(minh)('POST', `/cases/${caseId}/classifications`, body)).status, 201)
    }
    const run = (await mark(near.slice(0, 3))).body.waitsFor
    await classify('discarded')
    assert.equal(await code(mark(near)), 'case.discarded')
    assert.equal(await code(as(ha)('POST', `/warning-runs/${run}/release`)), 'case.discarded')
    await as(ha)('POST', `/warning-runs/${run}/refusal`, { reason: 'Đã loại trừ' })
    assert.equal(await code(as(minh)('POST', `/warning-runs/${run}/request`)), 'case.discarded')
    await t.runJobs()
    assert.deepEqual(await warned(t), [])

    // Nobody is a contact of it then, until they are marked again; nor does a sending of before wait for anybody.
    await classify('probable')
    assert.equal(await code(as(minh)('POST', `/warning-runs/${run}/request`)), 'warningRun.nobodyLeft')
    const waiting = (await mark(near.slice(0, 3))).body.waitsFor
    await classify('discarded')
    await t.runJobs()
    const { status, stopped } = (await as(minh)('GET', `/warning-runs/${waiting}`)).body
    assert.deepEqual([status, stopped.by.name], ['stopped', minh.name])

    await classify('probable')
    const again = (await mark(near.slice(0, 3))).body.waitsFor
    assert.equal((await as(ha)('POST', `/warning-runs/${again}/release`)).status, 200)
    await t.runJobs()
    assert.equal((await warned(t)).length, 3)
  })

  scenario('who is a contact no more is not told what still waits in the outbox', async (as, t) => {
    const { mark, near, caseId } = await outbreak(as, t, 2)
    await mark(near)
    await warnContacts(t.ctx(), { subjectId: caseId })
    // One message has left and the other still waits when the case turns out to have been isolated in time.
    const [first, second] = await t.sql<{ id: string; payload: { id: string } }[]>`
      select j.id, j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = ${DELIVER} order by j.id`
    await deliver(smsTwin)(t.ctx(), first!.payload)
    await t.sql`select graphile_worker.complete_jobs(array[${first!.id}, ${second!.id}]::bigint[])`
    const isolatedAt = '2026-11-17T00:00:00+07:00'
    await as(minh)('PATCH', `/cases/${caseId}`, { isolatedAt, reason: 'Hỏi lại' })
    await t.runJobs()
    const [{ id: traceId }] = (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items
    const gone = { traceId, all: true, reason: 'Ngày của ca đã sửa' }
    const { body } = await as(minh)('POST', `/cases/${caseId}/contact-withdrawals`, gone)
    assert.equal(body.withdrawn, 2)
    const messages = await t.sql`select delivered_at is not null as delivered from messages`
    assert.deepEqual([...messages], [{ delivered: true }])
    const warnings = await t.sql`
      select reached_by, recalled_at is not null as recalled from warnings order by contact_id`
    assert.deepEqual(
      [...warnings],
      [
        { reachedBy: 'sms', recalled: true },
        { reachedBy: null, recalled: true },
      ],
    )

    // What was leaving at that moment, and the network refused, is not tried again; nor is anything made anew.
    await t.sql`update messages set delivered_at = null`
    await t.runJobs()
    assert.deepEqual([...(await t.sql`select from messages`)], [])
    assert.equal((await t.sql`select from warnings where reached_by is not null`).length, 0)
  })

  scenario('who is a contact no more is not reminded either', async (as, t) => {
    const { mark, near, caseId } = await outbreak(as, t, 2)
    await mark(near)
    await t.runJobs()
    const { items } = (await as(minh)('GET', '/follow-ups')).body
    const followUpIds = items.map(({ id }: any) => id)
    const remind = () => as(minh)('POST', '/follow-ups/entries', { followUpIds, instruct: true })
    assert.equal((await remind()).body.sent, 2)
    const reminded = async () => (await t.outbox()).filter(({ text }) => text.includes('nhac ban')).length
    assert.equal(await reminded(), 2)
    await t.sql`delete from graphile_worker._private_jobs`
    const isolatedAt = '2026-11-17T00:00:00+07:00'
    await as(minh)('PATCH', `/cases/${caseId}`, { isolatedAt, reason: 'Hỏi lại' })
    await t.runJobs()
    const [{ id: traceId }] = (await as(minh)('GET', `/cases/${caseId}/traces`)).body.items
    const gone = { traceId, all: true, reason: 'Ngày của ca đã sửa' }
    assert.equal((await as(minh)('POST', `/cases/${caseId}/contact-withdrawals`, gone)).body.withdrawn, 2)
    assert.equal(await reminded(), 0)
    assert.equal((await warned(t)).length, 2, 'what has left stays on record')
  })

  scenario('only officers of the case see and decide', async (as, t) => {
    const { mark, near } = await outbreak(as, t, 3)
    const id = (await mark(near)).body.waitsFor
    for (const [method, path, body] of [
      ['GET', ''],
      ['POST', '/release'],
      ['POST', '/refusal', { reason: 'Không' }],
      ['POST', '/request'],
      ['POST', '/stop', { reason: 'Dừng' }],
      ['POST', '/recall', { reason: 'Nhầm' }],
    ] as const) {
      assert.equal((await as(strangerOfficer)(method, `/warning-runs/${id}${path}`, body)).status, 404, path)
      for (const who of [thu, nga])
        assert.equal((await as(who)(method, `/warning-runs/${id}${path}`, body)).status, 403, path)
    }
    assert.deepEqual((await as(strangerOfficer)('GET', '/warning-runs')).body.items, [])
    const list = (await as(ha)('GET', '/warning-runs?status=waiting&sort=-people')).body.items
    assert.deepEqual(
      list.map((run: any) => run.id),
      [id],
    )
    assert.equal((await as(ha)('POST', `/warning-runs/${id}/stop`, { reason: 'x'.repeat(501) })).status, 400)
  })
})
