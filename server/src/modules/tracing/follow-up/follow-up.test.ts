import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Ask, rowOf, type Stage, scenario, services } from '../../../../test/app.ts'
import { hoa, lan, minh, nobody, strangerOfficer, thu, type Who } from '../../../../test/people.ts'
import { addAccount } from '../../accounts/index.ts'
import { insertStays } from '../../visits/index.ts'
import { clean } from '../index.ts'

const NOW = '2026-11-22T03:00:00Z'
const WEST = '22390'
const elsewhere = '00000000-0000-7000-8000-000000000000'
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`)

type As = Parameters<Parameters<typeof scenario>[1]>[0]

/** Somebody of the health service, signed in. */
async function officerAt(
  as: As,
  t: Stage,
  login: string,
  areaCode: string,
  role = 'health_officer',
): Promise<Ask> {
  const name = `Cán bộ ${login}`
  await addAccount(t.ctx(), { name, login, role, areaCode, password: `${login}-password` } as never)
  const { body } = await as(nobody)('POST', '/sessions', { login, password: `${login}-password` })
  return as({ kind: 'key', name, token: body.token } satisfies Who)
}

const must = async (ask: Ask, ...what: Parameters<Ask>) => {
  const answer = await ask(...what)
  assert.ok(answer.status < 300, `${what[0]} ${what[1]}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/**
 * Bình, who lives in Phường Nha Trang, was at the market on 18 November with Cúc of the same commune, with Dung of Phường Tây Nha
 * Trang, and with Em, of whom only the name is known.
 */
async function outbreak(as: As, t: Stage) {
  t.now(NOW)
  const register = async (name: string, more: object = {}) => {
    const { id } = await must(as(minh), 'POST', '/people', {
      name,
      birthYear: 1980,
      areaCode: '22366',
      ...more,
    })
    const [row] = await t.sql`select id from people where public_id = ${id}`
    return { id: id as string, row: row!.id as number }
  }
  const binh = await register('Trần Văn Bình', { phone: '0905000199' })
  const cuc = await register('=Lê Thị Cúc', { phone: '0905000198', address: 'Số 5 Bạch Đằng' })
  const dung = await register('Phạm Văn Dũng', { phone: '0905000197' })
  const em = await register('Ngô Em')
  const [west] = await t.sql`select id from area_names where code = ${WEST} and valid_to is null`
  await t.sql`update people set area_id = ${west!.id} where id = ${dung.row}`
  await t.sql`update people set area_id = null where id = ${em.row}`
  const [place] = await t.sql<{ id: number }[]>`
    insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'FOLLOW1', 'Chợ Đầm', 'other', 'other',
      (select id from area_names where code = '22366' and valid_to is null), '', '', ${NOW}, ${NOW} returning id`
  const stay = (person: { row: number }, day: number) => ({
    placeId: place!.id,
    personId: person.row,
    arrivedAt: at(day, '08:00'),
    leftAt: at(day, '10:00'),
  })
  await insertStays(t.sql, [stay(binh, 18), stay(cuc, 18), stay(dung, 18), stay(em, 18)])
  const confirm = async (personId: string, onsetOn: string) =>
    (await must(as(minh), 'POST', '/cases', { personId, diseaseId: 'covid-19', onsetOn })).id as string
  const mark = async (caseId: string) => {
    const { id } = await must(as(minh), 'POST', `/cases/${caseId}/traces`, {})
    await t.runJobs()
    const body = await must(as(minh), 'POST', `/cases/${caseId}/contacts`, {
      traceId: id,
      all: true,
      label: 'F1',
    })
    await t.runJobs()
    return body.marked as number
  }
  const caseId = await confirm(binh.id, '2026-11-20')
  /** What a marking of everybody in the hop says, by a trace of today or one of before. */
  const markAll = async (label: 'F1' | 'F2', traceId?: string) => {
    const trace = traceId ?? (await must(as(minh), 'POST', `/cases/${caseId}/traces`, { hops: 2 })).id
    await t.runJobs()
    const body = { traceId: trace, all: true, label }
    const { marked, renewed, alreadyMarked } = await must(as(minh), 'POST', `/cases/${caseId}/contacts`, body)
    await t.runJobs()
    return { traceId: trace as string, counts: [marked, renewed, alreadyMarked] }
  }
  return { caseId, binh, cuc, dung, em, register, stay, confirm, mark, markAll }
}

const list = async (ask: Ask, query = '') => (await must(ask, 'GET', `/follow-ups?${query}`)).items as any[]
const nameOf = (item: any) => item.person.maskedName
const entry = (ask: Ask, followUpIds: string[], more: object) =>
  must(ask, 'POST', '/follow-ups/entries', { followUpIds, ...more })
const call = (outcome: string, more: object = {}) => ({ attempt: { channel: 'phone', outcome, ...more } })
const only = (items: any[], name: string) => items.find((item) => nameOf(item).startsWith(name))

describe('follow-up of contacts', () => {
  scenario('marking opens one follow-up each, and hands over who lives elsewhere', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    assert.equal(await mark(caseId), 3)
    const items = await list(as(minh))
    assert.deepEqual(items.map(nameOf).toSorted(), ['=Lê Thị C***', 'Ngô E***', 'Phạm Văn D***'])
    for (const item of items) {
      assert.deepEqual(
        [item.status, item.exposedTo, item.watchUntil, item.exposures, item.area.code, item.late, item.tries],
        ['toTrace', '2026-11-18', '2026-12-02', 1, '22366', false, 0],
      )
      assert.equal(item.sentTo?.code ?? null, nameOf(item).startsWith('Phạm') ? WEST : null)
    }
    const readings = await t.sql`select distinct person_id from readings where action = 'followUp.list'`
    assert.equal(readings.length, 3)
    const counted = async (query: string) =>
      (await must(as(minh), 'GET', `/follow-up-counts?${query}`)).people
    assert.deepEqual(
      [
        await counted(''),
        await counted(`caseId=${caseId}`),
        await counted('state=ended'),
        await counted('status=reached'),
      ],
      [3, 3, 0, 0],
    )
    assert.equal((await must(as(strangerOfficer), 'GET', '/follow-up-counts')).people, 0)
    // The same again changes nothing.
    assert.equal(await mark(caseId), 0)
    assert.equal((await list(as(minh))).length, 3)
  })

  scenario(
    'the list is narrowed to a case by its number, and searched by name or phone within reach, on record',
    async (as, t) => {
      const { caseId, mark, dung } = await outbreak(as, t)
      await mark(caseId)
      const [{ number }] = (await t.sql`select number from cases where public_id = ${caseId}`) as [
        { number: string },
      ]
      assert.equal((await list(as(minh), `caseNumber=${number}`)).length, 3)
      assert.equal((await list(as(minh), 'caseNumber=22366-2026-9999')).length, 0)
      assert.equal((await list(as(minh), `caseNumber=%20${number.slice(0, -2)}`)).length, 3, 'how it begins')
      assert.equal((await list(as(minh), `caseNumber=${number.slice(1)}`)).length, 0)
      const listed = await t.sql`select distinct case_id from readings where action = 'followUp.list'`
      assert.deepEqual(
        listed.map((row) => row.caseId),
        [caseId],
      )

      const find = (what: object, ask = as(minh)) =>
        must(ask, 'POST', '/follow-ups/searches', what).then((page) => page.items.map(nameOf))
      assert.deepEqual(await find({ name: 'CUC  le' }), ['=Lê Thị C***'])
      assert.deepEqual(await find({ phone: '+84 905 000 198' }), ['=Lê Thị C***'])
      assert.deepEqual(await find({ phone: '0905000198', caseNumber: number }), ['=Lê Thị C***'])
      assert.deepEqual(await find({ name: 'dung', status: 'reached' }), [])
      assert.deepEqual(await find({ name: 'Bình' }), [])
      // Held elsewhere, or by nobody: as if there were no such person.
      const west1 = await officerAt(as, t, 'west1', WEST)
      assert.deepEqual(await find({ name: 'dung' }, west1), [])
      assert.deepEqual(await find({ phone: '0905000198' }, as(strangerOfficer)), [])
      const searched = await t.sql`
        select p.public_id, r.case_id from readings r join people p on p.id = r.person_id
        where action = 'followUp.search' order by r.id`
      assert.deepEqual(
        searched.map((row) => row.caseId),
        [null, null, caseId],
      )
      assert.ok(searched.every(({ publicId }) => publicId !== dung.id))

      for (const [what, code] of [
        [{}, 'followUp.searchUnclear'],
        [{ name: 'cuc', phone: '0905000198' }, 'followUp.searchUnclear'],
        [{ name: '…' }, 'person.nameInvalid'],
        [{ phone: '12345678' }, 'person.phoneInvalid'],
      ] as const)
        assert.equal((await as(minh)('POST', '/follow-ups/searches', what)).body.code, code)

      // Pages of who is found stand in the order of the list, and none is twice; also of a name that thousands bear.
      await t.sql`update people set name_tokens = (select name_tokens from people where id = ${dung.row})`
      const everybody = (await list(as(minh))).map(({ id }) => id)
      const findAll = async () => {
        const found: string[] = []
        for (let cursor: string | null = ''; cursor !== null; ) {
          const body = { name: 'dung', limit: 1, ...(cursor ? { cursor } : {}) }
          const page: any = await must(as(minh), 'POST', '/follow-ups/searches', body)
          found.push(...page.items.map(({ id }: { id: string }) => id))
          cursor = page.next
        }
        return found
      }
      assert.deepEqual(await findAll(), everybody)
      await t.sql`
        insert into people (public_id, sealed, name_tokens, created_at)
        select gen_random_uuid(), '', (select name_tokens from people where id = ${dung.row}), now()
        from generate_series(1, 10001)`
      assert.deepEqual(await findAll(), everybody)
    },
  )

  scenario(
    'a contact of two cases is one person with one follow-up, and a later exposure begins the watch anew',
    async (as, t) => {
      const { caseId, mark, cuc, dung, stay, confirm } = await outbreak(as, t)
      await mark(caseId)
      const before = only(await list(as(minh)), '=Lê')
      await entry(as(minh), [before.id], call('refused'))
      await insertStays(t.sql, [stay(dung, 21), stay(cuc, 21)])
      t.now('2026-11-23T03:00:00Z')
      const [dungCase] = await t.sql`select public_id from people where id = ${dung.row}`
      await t.sql`update people set area_id = (select area_id from people where id = ${cuc.row}) where id = ${dung.row}`
      const second = await confirm(dungCase!.publicId, '2026-11-22')
      assert.equal(await mark(second), 1)
      const after = only(await list(as(minh)), '=Lê')
      assert.deepEqual(
        [after.id, after.exposures, after.exposedTo, after.watchUntil, after.status],
        [before.id, 2, '2026-11-21', '2026-12-05', 'toTrace'],
      )
      const sheet = await must(as(minh), 'GET', `/follow-ups/${after.id}?reason=followUp`)
      assert.deepEqual(sheet.events.map((event: any) => event.kind).slice(0, 2), ['exposed', 'attempt'])
      assert.deepEqual(
        sheet.met.map((one: any) => one.places),
        [['Chợ Đầm'], ['Chợ Đầm']],
      )
      assert.deepEqual(await list(as(minh), `caseId=${second}`).then((items) => items.map(({ id }) => id)), [
        after.id,
      ])
      // Who became a case is followed as one.
      const [ended] = await list(as(minh), 'state=ended')
      assert.deepEqual([nameOf(ended), ended.endReason], ['Phạm Văn D***', 'becameCase'])
    },
  )

  scenario(
    'exposed again to the same case, the watch begins anew, and so does the warning',
    async (as, t) => {
      const { caseId, binh, cuc, stay, markAll } = await outbreak(as, t)
      assert.deepEqual((await markAll('F1')).counts, [3, 0, 0])
      assert.deepEqual((await markAll('F1')).counts, [0, 0, 3])
      const before = only(await list(as(minh)), '=Lê')
      await entry(as(minh), [before.id], call('refused'))
      // Scans of the 21st come late; of Cúc only.
      await insertStays(t.sql, [stay(binh, 21), stay(cuc, 21)])
      const { id: traceId } = await must(as(minh), 'POST', `/cases/${caseId}/traces`, {})
      await t.runJobs()
      const anewBy = async () =>
        (await must(as(minh), 'GET', `/traces/${traceId}/contacts`)).items.flatMap(
          ({ person, toMarkAnew }: any) => (toMarkAnew ? [person.id] : []),
        )
      assert.deepEqual(await anewBy(), [cuc.id])
      assert.deepEqual((await markAll('F1', traceId)).counts, [0, 1, 3])
      assert.deepEqual(await anewBy(), [])
      const after = only(await list(as(minh)), '=Lê')
      assert.deepEqual(
        [after.id, after.exposures, after.exposedTo, after.watchUntil, after.status],
        [before.id, 1, '2026-11-21', '2026-12-05', 'toTrace'],
      )
      const { events } = await must(as(minh), 'GET', `/follow-ups/${after.id}?reason=followUp`)
      assert.deepEqual(
        events.map((event: any) => event.kind),
        ['exposed', 'attempt', 'opened'],
      )
      const holds = () =>
        t.sql`select until from entry_holds where person_id = ${cuc.row} and reason = 'contact' and lifted_at is null`
      assert.deepEqual([...(await holds())], [{ until: new Date('2026-12-06T00:00+07:00') }])
      const texts = async () =>
        (await t.outbox()).filter(({ to, text }) => to === '+84905000198' && text.includes('/warnings/'))
      assert.deepEqual(
        (await texts()).map(({ text }) => /den het ngay (\S+),/.exec(text)![1]),
        ['05/12/2026', '02/12/2026'],
      )
      const counts = await must(as(minh), 'GET', `/cases/${caseId}/contact-counts`)
      assert.deepEqual([counts.people, counts.told], [3, 2], 'one line a person')
      const contacts = await must(as(minh), 'GET', `/cases/${caseId}/contacts`)
      assert.equal(contacts.items.length, 3)

      // The second warning recalled, the first one still holds.
      const [latest] = (await must(as(minh), 'GET', '/warning-runs')).items
      assert.equal(latest.people, 1)
      await must(as(minh), 'POST', `/warning-runs/${latest.id}/recall`, { reason: 'Lượt quét sai' })
      assert.deepEqual([...(await holds())], [{ until: new Date('2026-12-03T00:00+07:00') }])
      // Whose follow-up an officer ended is followed anew.
      await entry(as(minh), [after.id], { release: true })
      await insertStays(t.sql, [stay(binh, 22), stay(cuc, 22)])
      t.now('2026-11-22T04:00:00Z')
      assert.deepEqual((await markAll('F1')).counts, [0, 1, 3])
      const anew = only(await list(as(minh)), '=Lê')
      assert.notEqual(anew.id, after.id)
      assert.deepEqual([anew.exposures, anew.exposedTo], [1, '2026-11-22'])
    },
  )

  scenario(
    'who was let in again, and is exposed to the same case once more, is held again; the officer is told why',
    async (as, t) => {
      const { caseId, binh, cuc, stay, markAll } = await outbreak(as, t)
      await markAll('F1')
      const held = async () => {
        const { items } = await must(as(minh), 'GET', `/people/${cuc.id}/entry-holds`)
        return items.map(({ until, liftedBefore }: any) => [until, liftedBefore])
      }
      const first = '2026-12-02T17:00:00.000Z'
      assert.deepEqual(await held(), [[first, null]])
      await must(as(minh), 'DELETE', `/people/${cuc.id}/entry-holds`)
      // The same exposure again holds nobody.
      await markAll('F1')
      assert.deepEqual(await held(), [])

      await insertStays(t.sql, [stay(binh, 21), stay(cuc, 21)])
      const { id: traceId } = await must(as(minh), 'POST', `/cases/${caseId}/traces`, {})
      await t.runJobs()
      t.now('2026-11-22T05:00:00Z')
      assert.deepEqual((await markAll('F1', traceId)).counts, [0, 1, 3])
      assert.deepEqual(await held(), [['2026-12-05T17:00:00.000Z', new Date(NOW).toISOString()]])
      // The second warning taken back, it is lifted as it was.
      const [latest] = (await must(as(minh), 'GET', '/warning-runs')).items
      await must(as(minh), 'POST', `/warning-runs/${latest.id}/recall`, { reason: 'Lượt quét sai' })
      assert.deepEqual(await held(), [])
    },
  )

  scenario('the nearest label holds; what it was stays in the history', async (as, t) => {
    const { caseId, binh, cuc, stay, register, markAll } = await outbreak(as, t)
    const phuc = await register('Võ Phúc', { phone: '0905000196' })
    await insertStays(t.sql, [stay(cuc, 21), stay(phuc, 21)])
    await markAll('F1')
    const first = await markAll('F2')
    assert.deepEqual(first.counts, [1, 0, 0])
    const item = async () => only(await list(as(minh)), 'Võ')
    assert.equal((await item()).label, 'F2')

    await insertStays(t.sql, [stay(binh, 19), stay(phuc, 19)])
    assert.deepEqual((await markAll('F1')).counts, [0, 1, 4])
    assert.deepEqual([(await item()).label, (await item()).watchUntil], ['F1', '2026-12-05'])
    assert.deepEqual((await markAll('F2', first.traceId)).counts, [0, 0, 1])
    const { items } = await must(as(minh), 'GET', `/cases/${caseId}/contacts`)
    const labels = items.map((one: any) => [one.person.id === phuc.id, one.label])
    assert.equal(labels.filter(([isPhuc, label]: [boolean, string]) => isPhuc && label === 'F1').length, 1)
    const sheet = await must(as(minh), 'GET', `/follow-ups/${(await item()).id}?reason=followUp`)
    assert.deepEqual(
      sheet.events.map((event: any) => [event.kind, event.outcome]),
      [
        ['exposed', 'F1'],
        ['opened', 'F2'],
      ],
    )
    const warned = await t.sql`
      select label, exposed_to from warnings where person_id = ${phuc.row} order by created_at, run_id`
    assert.deepEqual(
      warned.map((row) => [row.label, row.exposedTo]),
      [
        ['F2', '2026-11-21'],
        ['F1', '2026-11-19'],
      ],
    )
  })

  scenario('calls change the status, say when to try next, and stay as they were written', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    await mark(caseId)
    const { id } = only(await list(as(minh)), '=Lê')
    const now = async () => (await list(as(minh))).find((item) => item.id === id)
    await entry(as(minh), [id], { ...call('noAnswer'), note: 'Con gái nghe máy, hẹn tối' })
    assert.deepEqual(
      [(await now()).status, (await now()).tries, (await now()).nextAt],
      ['toTrace', 1, '2026-11-22T05:00:00.000Z'],
    )
    await entry(as(minh), [id], call('ill'))
    const ill = await now()
    assert.deepEqual(
      [ill.status, ill.test, ill.nextAt, ill.lastSeenOn, ill.reachedAt],
      ['reached', 'needed', '2026-11-23T01:00:00.000Z', '2026-11-22', '2026-11-22T03:00:00.000Z'],
    )
    await entry(as(minh), [id], { quarantine: 'needed', test: 'ordered', nextAt: '2026-11-22T09:00:00Z' })
    t.now('2026-11-22T04:00:00Z')
    await entry(as(minh), [id], call('isolated'))
    // A sheet keyed in late counts as a try and undoes nothing, nor when to call next.
    await entry(as(minh), [id], call('noAnswer', { at: '2026-11-22T03:30:00Z' }))
    const late = await now()
    assert.deepEqual([late.status, late.tries, late.nextAt], ['isolated', 4, '2026-11-23T01:00:00.000Z'])
    const sheet = await must(as(minh), 'GET', `/follow-ups/${id}?reason=followUp`)
    assert.equal(sheet.person.phone, '0905000198')
    assert.equal(sheet.person.address, 'Số 5 Bạch Đằng')
    assert.equal(sheet.met[0].caseId, caseId)
    assert.match(sheet.instructions[0], /02\/12\/2026/)
    assert.deepEqual(
      sheet.events.map((event: any) => event.kind),
      ['attempt', 'attempt', 'planned', 'quarantine', 'test', 'attempt', 'attempt', 'opened'],
    )
    const first = sheet.events.find((event: any) => event.note)
    assert.deepEqual(
      [first.by, first.note, first.outcome],
      [minh.name, 'Con gái nghe máy, hẹn tối', 'noAnswer'],
    )
    const stored = await t.sql`select * from follow_up_events`
    assert.ok(!JSON.stringify(stored).includes('Con gái'), 'the note is sealed')
    const [reading] = await t.sql`select reason from readings where action = 'followUp.open'`
    assert.equal(reading!.reason, 'followUp')
  })

  scenario(
    'a call is dated between the marking and now, and the next one is counted from it',
    async (as, t) => {
      t.now('2026-11-22T03:00:40Z')
      const { caseId, mark } = await outbreak(as, t)
      t.now('2026-11-22T03:00:40Z')
      await mark(caseId)
      const { id } = only(await list(as(minh)), '=Lê')
      t.now('2026-11-23T03:00:00Z')
      const refused = async (moment: string) =>
        (
          await as(minh)('POST', '/follow-ups/entries', {
            followUpIds: [id],
            ...call('reached', { at: moment }),
          })
        ).body
      for (const [moment, code] of [
        ['2026-11-22T09:59:59+07:00', 'followUp.beforeKnown'],
        ['2026-11-23T10:06:00+07:00', 'followUp.momentUnlikely'],
      ] as const) {
        const { code: said, fields } = await refused(moment)
        assert.deepEqual([said, fields[0].field], [code, 'attempt.at'])
      }
      // On paper stands the minute, not the second.
      await entry(as(minh), [id], call('reached', { at: '2026-11-22T10:00:00+07:00' }))
      const seen = only(await list(as(minh)), '=Lê')
      assert.deepEqual(
        [seen.lastTryAt, seen.reachedAt, seen.lastSeenOn, seen.nextAt, seen.late],
        [
          '2026-11-22T03:00:00.000Z',
          '2026-11-22T03:00:00.000Z',
          '2026-11-22',
          '2026-11-23T01:00:00.000Z',
          true,
        ],
      )
      await entry(as(minh), [id], call('noAnswer', { at: '2026-11-23T09:00:00+07:00' }))
      assert.equal(only(await list(as(minh)), '=Lê').nextAt, '2026-11-23T04:00:00.000Z')
    },
  )

  scenario('history is only ever added', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    await mark(caseId)
    await assert.rejects(
      async () => t.sql`update follow_up_events set outcome = 'reached'`,
      /only ever added/,
    )
  })

  scenario('a reminder says until when, and names neither case nor place', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    await mark(caseId)
    const items = await list(as(minh))
    const ids = items.map(({ id }) => id)
    const sent = await entry(as(minh), ids, { instruct: true })
    assert.deepEqual([sent.written, sent.sent, sent.unreachable], [3, 2, 1])
    await t.runJobs()
    const texts = (await t.outbox()).filter(({ text }) => text.includes('nhac ban')).map(({ text }) => text)
    assert.equal(texts.length, 2)
    for (const text of texts) {
      assert.match(text, /02\/12\/2026.*\/warnings\/[0-9a-f-]{36}/)
      assert.doesNotMatch(text, /Binh|Cho Dam|22366/)
    }
  })

  scenario('an entry for many is written whole or not at all', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    await mark(caseId)
    const ids = (await list(as(minh))).map(({ id }) => id as string)
    const refuse = async (ask: Ask, body: object) =>
      (await ask('POST', '/follow-ups/entries', body)).body.code
    assert.equal(
      await refuse(as(minh), { followUpIds: [...ids, elsewhere], ...call('reached') }),
      'followUp.unknown',
    )
    assert.equal(
      await refuse(as(strangerOfficer), { followUpIds: ids, ...call('reached') }),
      'followUp.unknown',
    )
    assert.equal(await refuse(as(minh), { followUpIds: ids }), 'followUp.nothingToRecord')
    assert.equal(
      await refuse(as(minh), { followUpIds: ids, ...call('reached', { at: '2026-11-23T00:00:00Z' }) }),
      'followUp.momentUnlikely',
    )
    assert.equal(
      await refuse(as(minh), { followUpIds: ids, nextAt: '2026-11-01T00:00:00Z' }),
      'followUp.momentUnlikely',
    )
    assert.equal(await refuse(as(minh), { followUpIds: [], ...call('reached') }), 'request.invalid')
    assert.equal(
      await refuse(as(minh), { followUpIds: ["' or 1=1 --"], ...call('reached') }),
      'request.invalid',
    )
    assert.equal(await refuse(as(minh), { followUpIds: ids, ...call('dead') }), 'request.invalid')
    assert.ok((await list(as(minh))).every(({ tries }) => tries === 0))
    await entry(as(minh), [ids[0]!], { release: true })
    // The second of two officers learns that it has ended.
    assert.equal(await refuse(as(minh), { followUpIds: ids, ...call('reached') }), 'followUp.ended')
    assert.equal(await refuse(as(minh), { followUpIds: [ids[0]], release: true }), 'followUp.ended')
    assert.deepEqual(
      (await list(as(minh), 'state=ended')).map(({ endReason }) => endReason),
      ['officer'],
    )
  })

  scenario('lists are filtered, sorted and paged', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    await mark(caseId)
    const all = await list(as(minh))
    await entry(as(minh), [all[0].id], { ...call('reached'), nextAt: '2026-11-25T03:00:00Z' })
    await entry(as(minh), [all[1].id], call('noAnswer'))
    const ids = async (query: string) => (await list(as(minh), query)).map(({ id }) => id)
    assert.deepEqual(await ids('status=reached'), [all[0].id])
    assert.deepEqual((await ids('due=today')).toSorted(), [all[1].id, all[2].id].toSorted())
    assert.deepEqual(await ids('due=late'), [])
    t.now('2026-11-22T05:00:01Z')
    assert.deepEqual((await ids('due=late')).toSorted(), [all[1].id, all[2].id].toSorted())
    assert.equal((await list(as(minh), 'due=late'))[0].late, true)
    assert.deepEqual(await ids('exposedOn=2026-11-17'), [])
    assert.equal((await ids(`caseId=${caseId}&exposedOn=2026-11-18&area=22366`)).length, 3)
    assert.deepEqual(await ids('area=00004'), [])
    for (const sort of ['nextAt', '-nextAt', 'watchUntil', '-watchUntil', 'exposedTo', '-exposedTo']) {
      const paged: string[] = []
      for (let cursor = ''; ; ) {
        const body = await must(as(minh), 'GET', `/follow-ups?limit=1&sort=${sort}${cursor}`)
        paged.push(...body.items.map(({ id }: any) => id))
        if (!body.next) break
        cursor = `&cursor=${body.next}`
      }
      assert.deepEqual(paged, await ids(`sort=${sort}`), sort)
    }
    // An officer of the whole province goes another way to the same rows.
    const province = await officerAt(as, t, 'tinh', '56')
    for (const query of ['', 'sort=-nextAt', 'status=reached', `caseId=${caseId}`, 'due=late'])
      assert.deepEqual(
        (await list(province, query)).map(({ id }) => id),
        await ids(query),
        query,
      )
    assert.deepEqual(await list(as(strangerOfficer)), [])
    for (const who of [lan, hoa, thu, nobody])
      assert.ok([401, 403].includes((await as(who)('GET', '/follow-ups')).status))
  })

  scenario(
    'over with nothing under way, it ends by itself at night; who was not seen is lost',
    async (as, t) => {
      const { caseId, mark } = await outbreak(as, t)
      await mark(caseId)
      const items = await list(as(minh))
      const [cuc, em] = [only(items, '=Lê'), only(items, 'Ngô')]
      await entry(as(minh), [em.id], { test: 'ordered' })
      const night = async (now: string) => {
        t.now(now)
        await clean(t.ctx())
        await t.runJobs()
        return list(as(minh), 'state=ended')
      }
      t.now('2026-12-01T03:00:00Z')
      await entry(as(minh), [cuc.id], call('reached'))
      assert.deepEqual(await night('2026-12-02T19:00:00+07:00'), [])
      const ended = await night('2026-12-03T02:00:00+07:00')
      // Dũng waits for his own commune, Em for a test.
      assert.deepEqual(
        ended.map((item) => [nameOf(item), item.endReason]),
        [['=Lê Thị C***', 'watchOver']],
      )
      await entry(as(minh), [em.id], { test: 'negative' })
      assert.deepEqual(
        (await night('2026-12-04T02:00:00+07:00')).map(({ endReason }) => endReason),
        ['lost', 'watchOver'],
      )
    },
  )
})

describe('hand-over between units', () => {
  const incoming = async (ask: Ask) => (await must(ask, 'GET', '/hand-overs?direction=in')).items as any[]
  const outgoing = async (ask: Ask) => (await must(ask, 'GET', '/hand-overs?direction=out')).items as any[]
  const answer = (ask: Ask, id: string, body: object) => ask('POST', `/hand-overs/${id}/answers`, body)

  scenario(
    'the sender is responsible until the receipt, and then sees counts and no names',
    async (as, t) => {
      const { caseId, mark } = await outbreak(as, t)
      const west = await officerAt(as, t, 'tay', WEST)
      await mark(caseId)
      const { id } = only(await list(as(minh)), 'Phạm')
      assert.deepEqual(await list(west), [])
      assert.equal((await west('GET', `/follow-ups/${id}?reason=followUp`)).status, 404)
      const [batch] = await incoming(west)
      assert.deepEqual(
        [
          batch.direction,
          batch.from.code,
          batch.to.code,
          batch.people,
          batch.waiting,
          batch.sentBy,
          batch.lateReceipts,
        ],
        ['in', '22366', WEST, 1, 1, null, 0],
      )
      assert.equal(batch.dueAt, '2026-11-22T07:00:00.000Z')
      const lines = await must(west, 'GET', `/hand-overs/${batch.id}/lines`)
      assert.deepEqual(lines.items.map(nameOf), ['Phạm Văn D***'])
      assert.deepEqual([batch.labels, lines.items[0].label], [[{ label: 'F1', people: 1 }], 'F1'])
      assert.equal((await t.sql`select from readings where action = 'handOver.list'`).length, 1)

      // Late: five hours later.
      t.now('2026-11-22T08:00:00Z')
      assert.equal((await must(west, 'GET', '/hand-overs?direction=in&state=late')).items.length, 1)
      assert.equal((await answer(as(minh), batch.id, { answer: 'received' })).status, 404)
      assert.equal((await answer(as(strangerOfficer), batch.id, { answer: 'received' })).status, 404)
      assert.deepEqual((await answer(west, batch.id, { answer: 'received' })).body, {
        answered: 1,
        alreadyAnswered: 0,
        labels: [{ label: 'F1', people: 1 }],
      })
      // The second officer changes nothing.
      assert.deepEqual((await answer(west, batch.id, { answer: 'returned', reason: 'moved' })).body, {
        answered: 0,
        alreadyAnswered: 1,
        labels: [],
      })

      assert.deepEqual(
        (await list(west)).map((item) => [item.id, item.area.code, item.sentTo]),
        [[id, WEST, null]],
      )
      assert.equal((await must(west, 'GET', `/follow-ups/${id}?reason=followUp`)).met[0].caseId, null)
      assert.equal(only(await list(as(minh)), 'Phạm'), undefined)
      assert.equal((await as(minh)('GET', `/follow-ups/${id}?reason=followUp`)).status, 404)
      await entry(west, [id], call('reached'))
      const [sent] = await outgoing(as(minh))
      assert.deepEqual(
        [sent.received, sent.waiting, sent.lateReceipts, sent.lastAnswer.by, sent.statuses],
        [1, 0, 1, 'Cán bộ tay', [{ status: 'reached', people: 1 }]],
      )
      assert.ok(!JSON.stringify(sent).includes('Phạm'))
      assert.deepEqual((await must(as(minh), 'GET', `/hand-overs/${batch.id}/lines`)).items, [])
      // Those above see both.
      const province = await officerAt(as, t, 'tinh', '56')
      assert.equal((await list(province)).length, 3)
      assert.deepEqual(
        (await outgoing(province)).map(({ direction }) => direction),
        ['within'],
      )
    },
  )

  scenario('sent by hand in one batch, returned with a reason, withdrawn by the sender', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    const west = await officerAt(as, t, 'tay', WEST)
    await mark(caseId)
    const items = await list(as(minh))
    const mine = items.filter(({ sentTo }) => sentTo === null).map(({ id }) => id as string)
    const send = async (followUpIds: string[], areaCode: string, ask = as(minh)) =>
      (await ask('POST', '/hand-overs', { followUpIds, areaCode })).body
    assert.equal(
      (
        await send(
          items.map(({ id }) => id),
          WEST,
        )
      ).code,
      'handOver.alreadySent',
    )
    assert.equal((await send(mine, '22366')).code, 'handOver.sameUnit')
    assert.equal((await send(mine, '56')).code, 'handOver.areaTooWide')
    assert.equal((await send(mine, WEST, west)).code, 'followUp.unknown')
    const { ids, sent } = await send(mine, WEST)
    assert.equal(sent, 2)
    const [batchId] = ids
    assert.equal((await answer(west, batchId, { answer: 'returned' })).body.code, 'handOver.reasonMissing')
    assert.equal((await answer(west, batchId, { answer: 'received', followUpIds: [elsewhere] })).status, 404)
    assert.deepEqual(
      (await answer(west, batchId, { answer: 'returned', reason: 'notHere', followUpIds: [mine[0]] })).body,
      {
        answered: 1,
        alreadyAnswered: 0,
        labels: [{ label: 'F1', people: 1 }],
      },
    )
    const returned = (await list(as(minh))).find(({ id }) => id === mine[0])
    assert.equal(returned.sentTo, null)
    const sheet = await must(as(minh), 'GET', `/follow-ups/${mine[0]}?reason=followUp`)
    assert.deepEqual(
      [sheet.events[0].kind, sheet.events[0].outcome, sheet.events[0].by],
      ['returned', 'notHere', 'Cán bộ tay'],
    )
    assert.equal((await answer(west, batchId, { answer: 'withdrawn' })).status, 404)
    assert.equal((await answer(as(minh), batchId, { answer: 'withdrawn' })).body.answered, 1)
    const [batch] = await outgoing(as(minh))
    assert.deepEqual([batch.returned, batch.withdrawn, batch.waiting, batch.sentBy], [1, 1, 0, minh.name])
    assert.equal((await send(mine, WEST)).sent, 2)
  })
})

describe('the desk', () => {
  scenario(
    'counts the work that waits within reach, each number that of the list it opens',
    async (as, t) => {
      const { caseId, mark } = await outbreak(as, t)
      const { warnAlone } = services
      services.warnAlone = 0
      try {
        await mark(caseId)
      } finally {
        services.warnAlone = warnAlone
      }
      const points = (await must(as(minh), 'GET', `/cases/${caseId}/exposure-points`)).items
      const { place, stay } = points[0]
      const point = await must(as(minh), 'POST', `/cases/${caseId}/exposure-points`, {
        placeId: place.id,
        arrivedAt: stay.arrivedAt,
        status: 'confirmed',
        from: stay.arrivedAt,
        to: stay.leftAt,
      })
      await must(as(minh), 'POST', `/cases/${caseId}/notices`, { points: [{ id: point.id }] })
      const west = await officerAt(as, t, 'west2', WEST)
      const desk = (ask: Ask) => must(ask, 'GET', '/desk')
      const count = async (ask: Ask, path: string) => (await must(ask, 'GET', path)).items.length
      const opened = async (ask: Ask) => ({
        toCall: (await list(ask, 'due=unseen')).length,
        ending: (await list(ask, 'due=ending')).length,
        handOvers: await count(ask, '/hand-overs?direction=in&state=waiting'),
        notices: {
          toRelease: await count(ask, '/notices?show=toRelease'),
          own: await count(ask, '/notices?show=own'),
          toWithdraw: await count(ask, '/notices?show=toWithdraw'),
        },
        warnings: {
          toRelease: await count(ask, '/warning-runs?show=toRelease'),
          own: await count(ask, '/warning-runs?show=own'),
        },
      })
      type Counts = { toCall: number; ending: number; handOvers: number }
      const assertOpens = async (ask: Ask, counts: Counts, drafts: 'none' | 'toRelease' | 'own' = 'none') => {
        const of = (which: string) => Number(drafts === which)
        const both = { toRelease: of('toRelease'), own: of('own') }
        const expected = { ...counts, notices: { ...both, toWithdraw: 0 }, warnings: both }
        const { handOvers, handedOn: _, ...shown } = await desk(ask)
        assert.deepEqual({ ...shown, handOvers: handOvers.batches }, expected)
        assert.deepEqual(await opened(ask), expected)
      }
      // What one asked for oneself waits for somebody else.
      await assertOpens(as(minh), { toCall: 3, ending: 0, handOvers: 0 }, 'own')
      await assertOpens(west, { toCall: 0, ending: 0, handOvers: 1 })
      // A province has more units than are gone through one by one.
      const province = await officerAt(as, t, 'province1', '56')
      await assertOpens(province, { toCall: 3, ending: 0, handOvers: 1 }, 'toRelease')
      const [within] = (await must(province, 'GET', '/hand-overs?direction=in&state=waiting')).items
      assert.deepEqual([within.direction, within.waiting], ['within', 1])
      assert.equal((await list(province, 'due=today&area=22366')).length, 3)
      assert.equal((await list(province, `due=today&area=${WEST}`)).length, 0)
      assert.equal((await must(province, 'GET', '/hand-overs?direction=in&state=late')).items.length, 0)
      await assertOpens(as(strangerOfficer), { toCall: 0, ending: 0, handOvers: 0 })
      assert.deepEqual((await desk(west)).handOvers, { batches: 1, people: 1, late: 0 })
      // What was sent waits for others, but not what oneself may receive.
      assert.deepEqual((await desk(as(minh))).handedOn, { batches: 1, people: 1, late: 0 })
      assert.deepEqual((await desk(province)).handedOn, { batches: 0, people: 0, late: 0 })

      // Whoever was seen today, and asked to be called again, is still to be called, but has been seen.
      const { id } = only(await list(as(minh)), '=Lê')
      await entry(as(minh), [id], { ...call('reached'), nextAt: '2026-11-22T09:00:00Z' })
      assert.equal((await list(as(minh), 'due=today')).length, 3)
      assert.equal((await desk(as(minh))).toCall, 2)

      t.now('2026-11-22T08:00:00Z')
      assert.equal((await desk(west)).handOvers.late, 1)
      assert.equal((await must(province, 'GET', '/hand-overs?direction=in&state=late')).items.length, 1)
      const [handOver] = (await must(west, 'GET', '/hand-overs?direction=in&state=waiting')).items
      await must(west, 'POST', `/hand-overs/${handOver.id}/answers`, { answer: 'received' })
      await assertOpens(west, { toCall: 1, ending: 0, handOvers: 0 })

      // The last day of the watch; and the day after, while a test is under way.
      for (const now of ['2026-12-02T03:00:00Z', '2026-12-03T03:00:00Z']) {
        t.now(now)
        await assertOpens(as(minh), { toCall: 2, ending: 2, handOvers: 0 }, 'own')
      }
      t.now('2026-12-01T03:00:00Z')
      assert.equal((await desk(as(minh))).ending, 0)
    },
  )
})

describe('figures and files', () => {
  const report = async (ask: Ask, query = '') => must(ask, 'GET', `/reports/follow-up?${query}`)

  scenario('each indicator counts what it says, and opens what it counted', async (as, t) => {
    const { caseId, mark, cuc, confirm } = await outbreak(as, t)
    await mark(caseId)
    const items = await list(as(minh))
    const [first, , third] = [only(items, '=Lê'), only(items, 'Ngô'), only(items, 'Phạm')]
    t.now('2026-11-22T10:00:00Z')
    await entry(as(minh), [first.id], call('reached'))
    t.now('2026-11-24T10:00:00Z')
    await entry(as(minh), [third.id], call('reached'))
    await confirm(cuc.id, '2026-11-23')
    await t.runJobs()
    t.now('2026-11-24T10:01:00Z')
    const counted = async (query: string) => {
      const { totals } = await report(as(minh), query)
      for (const measure of ['due24h', 'traced24h', 'watched', 'seen', 'lost', 'knownCases'])
        assert.equal((await list(as(minh), `measure=${measure}&${query}`)).length, totals[measure], measure)
      return totals
    }
    assert.deepEqual(await counted('on=2026-11-24&area=22366'), {
      due24h: 3,
      traced24h: 1,
      watched: 2,
      seen: 1,
      lost: 0,
      cases: 2,
      knownCases: 1,
    })
    t.now('2026-11-25T10:00:00Z')
    const later = await counted('on=2026-11-25&area=22366')
    // Em, known since the 22nd, was never reached.
    assert.deepEqual([later.watched, later.seen, later.lost], [2, 0, 1])
    // The day of marking as it looked at its end.
    const before = await counted('on=2026-11-22&area=22366')
    assert.deepEqual([before.watched, before.seen, before.lost, before.due24h, before.cases], [3, 1, 0, 0, 1])
    const whole = await report(as(thu), 'area=56&on=2026-11-25')
    assert.equal(whole.rows.length > 50, true)
    assert.deepEqual(whole.rows.find((row: any) => row.area.code === '22366').watched, whole.totals.watched)
    assert.match(whole.definitions.lost.en, /3 days in a row/)
    assert.equal((await as(strangerOfficer)('GET', '/reports/follow-up?area=22366')).status, 404)
  })

  scenario('the list leaves as CSV, XLSX and PDF, harmless, and everybody on it was read', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    await mark(caseId)
    const order = (body: object, ask = as(minh)) =>
      ask(
        'POST',
        '/follow-ups/line-lists',
        { form: 'f1', reason: 'followUp', ...body },
        { 'accept-language': 'vi' },
      )
    const csv = await order({ format: 'csv', caseId })
    assert.equal(csv.status, 200)
    const text = csv.bytes.toString('utf8')
    assert.match(
      text,
      /^\uFEFFSTT,Họ và tên,Năm sinh,Giới,Số điện thoại,Địa chỉ,Ngày tiếp xúc cuối,Nơi tiếp xúc,Tình trạng,Nhãn\r\n/,
    )
    assert.match(
      text,
      /,'=Lê Thị Cúc,1980,,0905000198,"Số 5 Bạch Đằng, Phường Nha Trang",18\/11\/2026,Chợ Đầm,Cần liên hệ,F1\r\n/,
    )
    assert.equal(text.trimEnd().split('\r\n').length, 4)
    assert.match(String(csv.headers['content-disposition']), /danh-sach-f1-2026-11-22\.csv/)
    const readings = await t.sql`select person_id, reason from readings where action = 'followUp.export'`
    assert.equal(readings.length, 3)
    const [audit] = await t.sql`select details from audit_log where action = 'followUp.export'`
    assert.deepEqual(audit!.details, { people: 3, form: 'f1', format: 'csv', reason: 'followUp' })

    const xlsx = await order({ format: 'xlsx', form: 'who' })
    assert.equal(xlsx.bytes.subarray(0, 2).toString(), 'PK')
    const pdf = await order({ format: 'pdf' })
    assert.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-')
    const chosen = await order({
      format: 'csv',
      form: 'who',
      followUpIds: [only(await list(as(minh)), 'Ngô').id],
    })
    assert.match(chosen.bytes.toString('utf8'), /contact_id,source_case_ids,name/)
    assert.equal(chosen.bytes.toString('utf8').trimEnd().split('\r\n').length, 2)

    assert.equal((await order({ format: 'csv', reason: undefined })).status, 400)
    assert.equal((await order({ format: 'csv' }, as(thu))).status, 403)
    const none = await order({ format: 'csv' }, as(strangerOfficer))
    assert.equal(none.bytes.toString('utf8').trimEnd().split('\r\n').length, 1)
  })

  scenario('a list longer than a file leaves in parts, each person once', async (as, t) => {
    const { caseId, mark } = await outbreak(as, t)
    await mark(caseId)
    await t.sql`
      with model as (select * from follow_ups order by id limit 1),
      copy as (
        insert into people (public_id, sealed, area_id, created_at)
        select gen_random_uuid(), p.sealed, p.area_id, p.created_at
        from people p join model on model.person_id = p.id, generate_series(1, 5000)
        returning id
      )
      insert into follow_ups (public_id, person_id, disease_id, profile_version, area_id, status, label, exposed_to, watch_until,
        next_at, opened_at)
      select gen_random_uuid(), copy.id, disease_id, profile_version, area_id, status, label, exposed_to, watch_until, next_at, opened_at
      from model, copy`
    const order = (body: object) =>
      as(minh)('POST', '/follow-ups/line-lists', { form: 'who', format: 'csv', reason: 'followUp', ...body })
    assert.equal((await order({})).body.code, 'followUp.tooMany')
    const seen: string[] = []
    for (const [part, people] of [
      [1, 5000],
      [2, 3],
      [3, 0],
    ] as const) {
      const { status, bytes, headers } = await order({ part })
      assert.equal(status, 200)
      assert.match(String(headers['content-disposition']), new RegExp(`-${part}\\.csv`))
      const [, ...lines] = bytes.toString('utf8').trimEnd().split('\r\n')
      assert.equal(lines.length, people)
      seen.push(...lines.map((line) => line.split(',')[0]!))
      // Calls between two parts move nobody from one into the other.
      await t.sql`update follow_ups set next_at = next_at + interval '1 day' where id % 2 = 0`
    }
    assert.equal(new Set(seen).size, 5003)
    const second = await order({ form: 'f1', part: 2 })
    assert.match(second.bytes.toString('utf8'), /\r\n5001,/)
  })

  scenario('F1 come first, and the F1 list is of F1 unless asked otherwise', async (as, t) => {
    const { cuc, stay, register, markAll } = await outbreak(as, t)
    const phuc = await register('Võ Phúc')
    await insertStays(t.sql, [stay(cuc, 21), stay(phuc, 21)])
    await markAll('F2')
    t.now('2026-11-22T03:10:00Z')
    await markAll('F1')
    const province = await officerAt(as, t, 'tinh', '56')
    for (const ask of [as(minh), province]) {
      const items = await list(ask)
      assert.deepEqual(
        items.map(({ label }) => label),
        ['F1', 'F1', 'F1', 'F2'],
      )
      const paged: string[] = []
      for (let cursor = ''; ; ) {
        const body = await must(ask, 'GET', `/follow-ups?limit=1${cursor}`)
        paged.push(...body.items.map(({ id }: any) => id))
        if (!body.next) break
        cursor = `&cursor=${body.next}`
      }
      assert.deepEqual(
        paged,
        items.map(({ id }) => id),
      )
      assert.equal(nameOf((await list(ask, 'sort=nextAt'))[0]), 'Võ P***', 'called first, if asked so')
      assert.deepEqual((await list(ask, 'label=F2')).map(nameOf), ['Võ P***'])
      assert.equal((await must(ask, 'GET', '/follow-up-counts?label=F1')).people, 3)
    }
    const order = async (body: object) => {
      const asked = { form: 'f1', format: 'csv', reason: 'followUp', ...body }
      const { bytes, headers } = await as(minh)('POST', '/follow-ups/line-lists', asked)
      const [, name] = /filename="(.+)-2026/.exec(String(headers['content-disposition']))!
      const lines = bytes.toString('utf8').trimEnd().split('\r\n').slice(1)
      return [name, lines.map((line) => line.split(',').at(-1)).join(' ')]
    }
    assert.deepEqual(await order({}), ['danh-sach-f1', 'F1 F1 F1'])
    assert.deepEqual(await order({ label: 'F2' }), ['danh-sach-f2', 'F2'])
    assert.deepEqual(await order({ label: 'all' }), ['danh-sach-f1-f2', 'F1 F1 F1 F2'])
    const [far] = await list(as(minh), 'label=F2')
    assert.deepEqual(await order({ followUpIds: [far.id] }), ['danh-sach-f2', 'F2'])
    assert.deepEqual(await order({ form: 'who' }), ['contact-line-list', 'F1 F1 F1 F2'])
  })

  scenario('the place of contact is known however the contact was found', async (as, t) => {
    const { caseId, cuc, stay, register, markAll } = await outbreak(as, t)
    const phuc = await register('Võ Phúc')
    const [theirs] = await t.sql<[{ id: number }]>`
      insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
      select gen_random_uuid(), 'FOLLOW2', 'Quán cơm Bà Sáu', 'other', 'other', area_id, '', '', created_at, changed_at
      from places where code = 'FOLLOW1' returning id`
    const later = { ...stay(cuc, 21), placeId: theirs.id }
    await insertStays(t.sql, [later, { ...later, personId: phuc.row }])
    const lunch = { from: '2026-11-19T04:00:00Z', to: '2026-11-19T05:00:00Z' }
    const declare = (more: object) =>
      must(as(minh), 'POST', `/cases/${caseId}/declared-contacts`, { setting: 'meal', ...lunch, ...more })
    const friend = { name: 'Lê Thị Hà', phone: '0905000777' }
    await declare(friend)
    await declare({ personId: cuc.id })
    const [batch] = [await must(as(minh), 'POST', '/trace-batches', { caseIds: [caseId] })]
    await t.runJobs()
    const { items } = await must(as(minh), 'GET', `/trace-batches/${batch.id}/traces`)
    await markAll('F1', items[0].id)
    await must(as(minh), 'POST', `/cases/${caseId}/contacts`, { all: true, label: 'F1' })
    await markAll('F2')
    const places = async () => {
      const found: Record<string, string> = {}
      for (const { id, person } of await list(as(minh))) {
        const sheet = await must(as(minh), 'GET', `/follow-ups/${id}?reason=followUp`, undefined, {
          'accept-language': 'vi',
        })
        found[person.maskedName] = sheet.met.flatMap((one: any) => one.places).join('; ')
      }
      return found
    }
    assert.deepEqual(await places(), {
      '=Lê Thị C***': 'Chợ Đầm; Ăn uống cùng',
      'Phạm Văn D***': 'Chợ Đầm',
      'Ngô E***': 'Chợ Đầm',
      'Lê Thị H***': 'Ăn uống cùng',
      'Võ P***': 'Quán cơm Bà Sáu',
    })
    // What is known stays known when the scans are gone.
    await t.sql`delete from visits`
    assert.equal((await places())['Ngô E***'], 'Chợ Đầm')
    const { bytes } = await as(minh)(
      'POST',
      '/follow-ups/line-lists',
      { form: 'f1', format: 'csv', reason: 'followUp' },
      { 'accept-language': 'vi' },
    )
    assert.match(bytes.toString('utf8'), /Ngô Em,.*,Chợ Đầm,/)
  })

  scenario('who reads a follow-up stands on the page of the person', async (as, t) => {
    const { caseId, mark, stay } = await outbreak(as, t)
    await insertStays(t.sql, [stay({ row: rowOf(lan).id }, 18)])
    await mark(caseId)
    await list(as(minh))
    const { items } = await must(as(lan), 'GET', '/me/readings')
    assert.ok(items.length > 0)
  })
})
