import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Stage, scenario } from '../../../../test/app.ts'
import { ha, lan, minh, NHA_TRANG, nga, nobody, strangerOfficer, thu } from '../../../../test/people.ts'
import { insertStays } from '../../visits/index.ts'

const NOW = '2026-11-22T03:00:00Z'
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`)
const elsewhere = '00000000-0000-7000-8000-000000000000'

type As = Parameters<Parameters<typeof scenario>[1]>[0]
type Point = {
  id: string | null
  version: number
  status: string
  place: { id: string; name: string } | null
  stay: any
}

/**
 * Bình, who has COVID-19 since 20 November, was at a market with five others, at a shop with one, and at home in a boarding
 * house with six.
 */
async function outbreak(as: As, t: Stage) {
  t.now(NOW)
  const register = async (name: string) => {
    const { body } = await as(minh)('POST', '/people', { name, birthYear: 1980, areaCode: NHA_TRANG })
    const [row] = await t.sql<[{ id: number }]>`select id from people where public_id = ${body.id}`
    return { id: body.id as string, row: row.id }
  }
  const places = await t.sql<{ id: number }[]>`
    insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'NOTICE' || n, name, kind, 'other',
      (select id from area_names where code = ${NHA_TRANG} and valid_to is null), '', '', ${NOW}, ${NOW}
    from (values (1, 'Chợ Đầm', 'market'), (2, 'Tạp hóa Cô Tư', 'shop'), (3, 'Nhà trọ Bình Minh', 'boarding-house'))
      as known (n, name, kind) order by n returning id`
  const [market, shop, home] = places.map(({ id }) => id)
  const binh = await register('Trần Văn Bình')
  const others = []
  for (let number = 1; number <= 6; number++) others.push((await register(`Người Số ${number}`)).row)
  const stay = (personId: number, placeId: number, arrivedAt: Date, leftAt: Date) => ({
    personId,
    placeId,
    arrivedAt,
    leftAt,
  })
  await insertStays(t.sql, [
    stay(binh.row, market!, at(18, '08:17'), at(18, '09:03')),
    ...others.slice(0, 5).map((row) => stay(row, market!, at(18, '07:00'), at(18, '08:40'))),
    stay(others[5]!, market!, at(18, '11:00'), at(18, '12:00')),
    stay(binh.row, shop!, at(19, '17:00'), at(19, '17:10')),
    stay(others[0]!, shop!, at(19, '16:50'), at(19, '17:20')),
    stay(binh.row, home!, at(19, '20:00'), at(20, '06:00')),
    ...others.map((row) => stay(row, home!, at(19, '20:00'), at(20, '06:00'))),
  ])
  const { body } = await as(minh)('POST', '/cases', {
    personId: binh.id,
    diseaseId: 'covid-19',
    onsetOn: '2026-11-20',
  })
  const caseId = body.id as string
  const list = async () => (await as(minh)('GET', `/cases/${caseId}/exposure-points`)).body.items as Point[]
  const judge = async (point: Point, more: object = {}, who = minh) =>
    as(who)('POST', `/cases/${caseId}/exposure-points`, {
      placeId: point.place!.id,
      arrivedAt: point.stay.arrivedAt,
      status: 'confirmed',
      from: point.stay.arrivedAt,
      to: point.stay.leftAt,
      ...more,
    })
  return { caseId, number: body.number as string, binh, list, judge, others, market: market!, stay }
}

/** All three confirmed, drafted by Minh. */
async function draft(as: As, t: Stage) {
  const made = await outbreak(as, t)
  const points: string[] = []
  for (const point of await made.list()) points.push((await made.judge(point)).body.id)
  const drafted = await as(minh)('POST', `/cases/${made.caseId}/notices`, {
    points: points.map((id) => ({ id })),
  })
  assert.equal(drafted.status, 201, JSON.stringify(drafted.body))
  return { ...made, points, notice: drafted.body }
}

const publicList = async (as: As, query = '') =>
  (await as(nobody)('GET', `/public/notices${query}`)).body.items as any[]

describe('exposure points', () => {
  scenario(
    'are the stays of the case until an officer judges them; every judgement is kept',
    async (as, t) => {
      const { list, judge, caseId } = await outbreak(as, t)
      const open = await list()
      assert.deepEqual(
        open.map(({ place, status, id }) => [place!.name, status, id]),
        [
          ['Chợ Đầm', 'open', null],
          ['Tạp hóa Cô Tư', 'open', null],
          ['Nhà trọ Bình Minh', 'open', null],
        ],
      )
      const first = await judge(open[0]!, { setting: 'closed', note: 'Quầy cá, theo lời kể' })
      assert.equal(first.status, 201, JSON.stringify(first.body))
      const { id } = first.body
      const narrower = {
        version: 1,
        status: 'confirmed',
        from: at(18, '08:20').toISOString(),
        to: at(18, '09:00').toISOString(),
        setting: 'open',
      }
      const second = await as(ha)('PATCH', `/exposure-points/${id}`, narrower)
      assert.equal(second.status, 200, JSON.stringify(second.body))
      const third = (
        await as(minh)('PATCH', `/exposure-points/${id}`, {
          ...narrower,
          version: 2,
          status: 'rejected',
          note: 'Nhầm người',
        })
      ).body
      assert.deepEqual([third.version, third.status, third.note], [3, 'rejected', 'Nhầm người'])
      assert.deepEqual(
        third.history.map((one: any) => [one.status, one.setting, one.by, one.note]),
        [
          ['rejected', 'open', minh.name, 'Nhầm người'],
          ['confirmed', 'open', ha.name, null],
          ['confirmed', 'closed', minh.name, 'Quầy cá, theo lời kể'],
        ],
      )
      assert.deepEqual(
        (await list()).map(({ status }) => status),
        ['rejected', 'open', 'open'],
      )
      const sealed = await t.sql`select sealed from exposure_point_decisions where sealed is not null`
      assert.ok(sealed.every((row) => !row.sealed.includes('Quầy')))
      const audit = await t.sql`select details from audit_log where action = 'point.judge'`
      assert.ok(
        audit.every((row) => row.details.caseId === caseId && !JSON.stringify(row.details).includes('Nhầm')),
      )
    },
  )

  scenario('two officers at once: the second one looks again', async (as, t) => {
    const { list, judge } = await outbreak(as, t)
    const [open] = await list()
    const { id } = (await judge(open!)).body
    assert.deepEqual(
      [(await judge(open!, {}, ha)).status, (await judge(open!, {}, ha)).body.code],
      [409, 'exposurePoint.changed'],
    )
    const change = { status: 'rejected', from: open!.stay.arrivedAt, to: open!.stay.leftAt, version: 1 }
    assert.equal((await as(ha)('PATCH', `/exposure-points/${id}`, change)).status, 200)
    assert.equal(
      (await as(minh)('PATCH', `/exposure-points/${id}`, change)).body.code,
      'exposurePoint.changed',
    )
  })

  scenario('a place without a code is described, within the infectious window', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const add = async (more: object) =>
      as(minh)('POST', `/cases/${caseId}/exposure-points`, {
        placeText: 'Quán phở góc đường Trần Phú',
        areaCode: NHA_TRANG,
        status: 'confirmed',
        from: at(19, '07:00').toISOString(),
        to: at(19, '07:30').toISOString(),
        ...more,
      })
    const { status, body } = await add({})
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual(
      [body.place, body.placeText, body.area.code],
      [null, 'Quán phở góc đường Trần Phú', NHA_TRANG],
    )
    assert.equal(
      (await add({ from: at(10, '07:00').toISOString(), to: at(10, '08:00').toISOString() })).body.code,
      'exposurePoint.windowUnlikely',
    )
    assert.equal((await add({ to: at(21, '07:00').toISOString() })).body.code, 'exposurePoint.windowUnlikely')
    assert.equal((await add({ areaCode: '56' })).body.code, 'exposurePoint.placeUnclear')
    assert.equal((await add({ areaCode: undefined })).body.code, 'exposurePoint.placeUnclear')
    assert.equal((await add({ placeText: 'x'.repeat(201) })).status, 400)
    assert.equal((await add({ placeText: 'a\u0000b' })).status, 400)
    assert.equal(
      (await add({ placeText: undefined, areaCode: undefined, placeId: elsewhere, arrivedAt: NOW })).body
        .code,
      'exposurePoint.stayUnknown',
    )
  })
})

describe('a notice', () => {
  scenario(
    'is public only after a second officer, and names a place only where nobody is recognised',
    async (as, t) => {
      const { notice, number, binh } = await draft(as, t)
      assert.deepEqual(
        notice.entries.map((entry: any) => [entry.place, entry.precision, entry.because, entry.visitors]),
        [
          ['Chợ Đầm', 'place', null, 5],
          ['Tạp hóa Cô Tư', 'area', 'few', 1],
          ['Nhà trọ Bình Minh', 'area', 'kind', 6],
        ],
      )
      assert.deepEqual([notice.status, notice.mayRelease], ['waiting', false])
      assert.deepEqual(await publicList(as), [])
      const own = await as(minh)('POST', `/notices/${notice.id}/release`)
      assert.deepEqual([own.status, own.body.code], [409, 'notice.sameOfficer'])
      const released = await as(ha)('POST', `/notices/${notice.id}/release`)
      assert.deepEqual(
        [released.status, released.body.status, released.body.decided.by],
        [200, 'released', ha.name],
      )
      assert.equal((await as(ha)('POST', `/notices/${notice.id}/release`)).body.code, 'notice.notWaiting')

      const list = await publicList(as)
      assert.deepEqual(
        list.map((one) => [one.place?.name ?? null, one.day, one.lastDay, one.from, one.to]).toSorted(),
        [
          [null, '2026-11-19', '2026-11-19', null, null],
          [null, '2026-11-19', '2026-11-20', null, null],
          [
            'Chợ Đầm',
            '2026-11-18',
            '2026-11-18',
            at(18, '08:00').toISOString(),
            at(18, '09:30').toISOString(),
          ],
        ].toSorted(),
      )
      const said = JSON.stringify(list)
      for (const secret of [
        'Bình',
        'Tạp hóa',
        'Nhà trọ',
        number,
        notice.id,
        notice.caseId,
        binh.id,
        'NOTICE1',
        '08:17',
        '01:17',
      ])
        assert.ok(!said.includes(secret), secret)
      // Nothing says which lines belong together.
      assert.deepEqual(Object.keys(list[0]).toSorted(), [
        'area',
        'day',
        'disease',
        'expiresOn',
        'from',
        'id',
        'lastDay',
        'place',
        'to',
        'withdrawnOn',
        'withdrawnWhy',
      ])
      assert.ok(
        list.every((one) => /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(one.id)),
        'ids hold no moment',
      )
    },
  )

  scenario('the air that stays behind is that of the kind of place, and none in the open', async (as, t) => {
    const { caseId, list, judge, market, stay, binh } = await outbreak(as, t)
    await insertStays(t.sql, [stay(binh.row, market, at(20, '07:00'), at(20, '07:30'))])
    const market20 = (await list()).find((one) => one.stay.arrivedAt === at(20, '07:00').toISOString())!
    const told = async (setting: string) =>
      (
        await as(minh)('POST', `/cases/${caseId}/exposure-points`, {
          placeText: 'Quán góc đường',
          areaCode: NHA_TRANG,
          status: 'confirmed',
          from: at(20, '07:00').toISOString(),
          to: at(20, '07:30').toISOString(),
          setting,
        })
      ).body.id
    const ends = async (id: string) => {
      const { status, body } = await as(minh)('POST', `/cases/${caseId}/notices`, { points: [{ id }] })
      assert.equal(status, 201, JSON.stringify(body))
      await as(ha)('POST', `/notices/${body.id}/refusal`, { reason: 'Nhầm giờ' })
      return body.entries[0].to
    }
    const { id } = (await judge(market20)).body
    assert.equal(await ends(id), at(20, '08:00').toISOString())
    await t.sql`update places set kind = 'tourism' where id = ${market}`
    assert.equal(await ends(id), at(20, '07:30').toISOString())
    assert.equal(await ends(await told('open')), at(20, '07:30').toISOString())
    assert.equal(await ends(await told('unknown')), at(20, '08:00').toISOString())
  })

  scenario('what the rule lets pass an officer may still hold back; never the other way', async (as, t) => {
    const { list, judge, caseId } = await outbreak(as, t)
    const [market, shop] = await list()
    const points = [(await judge(market!)).body.id, (await judge(shop!)).body.id]
    const { body } = await as(minh)('POST', `/cases/${caseId}/notices`, {
      points: [
        { id: points[0], coarse: true },
        { id: points[1], coarse: false },
      ],
    })
    assert.deepEqual(
      body.entries.map((entry: any) => entry.because),
      ['wish', 'few'],
    )
  })

  scenario('how exactly is decided anew at the release', async (as, t) => {
    const { notice, others, market } = await draft(as, t)
    await t.sql`delete from visits where person_id = ${others[0]!} and place_id = ${market}`
    await as(ha)('POST', `/notices/${notice.id}/release`)
    assert.deepEqual(
      (await publicList(as)).map((one) => one.place),
      [null, null, null],
    )
  })

  scenario('of a discarded case is neither drafted nor released', async (as, t) => {
    const { caseId, points, notice } = await draft(as, t)
    const [{ id: after }] = (await as(minh)('GET', `/cases/${caseId}/classifications`)).body.items
    const body = { after, classification: 'discarded', reason: 'Nhầm mẫu' }
    assert.equal((await as(minh)('POST', `/cases/${caseId}/classifications`, body)).status, 201)
    const released = await as(ha)('POST', `/notices/${notice.id}/release`)
    assert.deepEqual([released.status, released.body.code], [409, 'case.discarded'])
    assert.deepEqual(await publicList(as), [])
    assert.equal(
      (await as(ha)('POST', `/notices/${notice.id}/refusal`, { reason: 'Đã loại trừ' })).status,
      200,
    )
    const again = await as(minh)('POST', `/cases/${caseId}/notices`, { points: [{ id: points[0] }] })
    assert.deepEqual([again.status, again.body.code], [409, 'case.discarded'])
  })

  scenario(
    'that rests on nothing any more is led to be withdrawn, and by nobody but an officer',
    async (as, t) => {
      const { caseId, notice, points } = await draft(as, t)
      await as(ha)('POST', `/notices/${notice.id}/release`)
      const doubts = async () =>
        (await as(minh)('GET', `/notices/${notice.id}`)).body.entries.map((entry: any) => entry.doubt)
      const led = async (who = minh) => {
        const { items } = (await as(who)('GET', '/notices?show=toWithdraw')).body
        assert.equal((await as(who)('GET', '/desk')).body.notices.toWithdraw, items.length)
        return items.map((one: any) => one.id)
      }
      const edit = (change: object) =>
        as(minh)('PATCH', `/cases/${caseId}`, { ...change, reason: 'Xem lại hồ sơ' })
      assert.deepEqual([await doubts(), await led()], [[null, null, null], []])

      // The case fell ill later than was thought: two days before the onset is the window.
      assert.equal((await edit({ onsetOn: '2026-11-21' })).status, 200)
      assert.deepEqual([await doubts(), await led()], [['outside', null, null], [notice.id]])
      assert.deepEqual([await led(ha), await led(strangerOfficer)], [[notice.id], []])
      assert.equal((await publicList(as)).filter((one) => one.withdrawnOn).length, 0)
      assert.equal((await edit({ onsetOn: '2026-11-20' })).status, 200)
      assert.deepEqual([await doubts(), await led()], [[null, null, null], []])

      const rejected = {
        version: 1,
        status: 'rejected',
        from: at(19, '17:00').toISOString(),
        to: at(19, '17:10').toISOString(),
      }
      assert.equal((await as(minh)('PATCH', `/exposure-points/${points[1]}`, rejected)).status, 200)
      assert.deepEqual(await doubts(), [null, 'rejected', null])

      const [{ id: after }] = (await as(minh)('GET', `/cases/${caseId}/classifications`)).body.items
      const body = { after, classification: 'discarded', reason: 'Nhầm mẫu' }
      assert.equal((await as(minh)('POST', `/cases/${caseId}/classifications`, body)).status, 201)
      await t.runJobs()
      assert.deepEqual([await doubts(), await led()], [Array(3).fill('discarded'), [notice.id]])
      assert.equal((await publicList(as)).filter((one) => one.withdrawnOn).length, 0)
      await as(minh)('POST', `/notices/${notice.id}/withdrawal`, { reason: 'Ca đã loại' })
      assert.deepEqual([await doubts(), await led()], [[null, null, null], []])
    },
  )

  scenario('whose lines nobody reads any more needs no withdrawal', async (as, t) => {
    const { caseId, notice } = await draft(as, t)
    await as(ha)('POST', `/notices/${notice.id}/release`)
    await as(minh)('PATCH', `/cases/${caseId}`, { onsetOn: '2026-11-21' })
    const led = async () => (await as(minh)('GET', '/notices?show=toWithdraw')).body.items.length
    t.now('2026-12-02T03:00:00Z')
    assert.equal(await led(), 1)
    t.now('2026-12-03T03:00:00Z')
    assert.equal(await led(), 0)
  })

  scenario('of a point outside the window is neither drafted nor released', async (as, t) => {
    const { caseId, points, notice } = await draft(as, t)
    await as(minh)('PATCH', `/cases/${caseId}`, { onsetOn: '2026-11-21' })
    const released = await as(ha)('POST', `/notices/${notice.id}/release`)
    assert.deepEqual([released.status, released.body.code], [422, 'notice.pointOutside'])
    assert.deepEqual(await publicList(as), [])
    await as(ha)('POST', `/notices/${notice.id}/refusal`, { reason: 'Ngày đã sửa' })
    const ask = async (id: string) =>
      (await as(minh)('POST', `/cases/${caseId}/notices`, { points: [{ id }] })).body.code
    assert.equal(await ask(points[0]!), 'notice.pointOutside')
    assert.equal(await ask(points[1]!), undefined)
  })

  scenario('waits for whoever may release it, and of its officer for somebody else', async (as, t) => {
    const { notice } = await draft(as, t)
    const shown = async (who: Parameters<As>[0], show: string) =>
      (await as(who)('GET', `/notices?show=${show}`)).body.items.map((one: any) => one.id)
    assert.deepEqual([await shown(minh, 'toRelease'), await shown(minh, 'own')], [[], [notice.id]])
    assert.deepEqual([await shown(ha, 'toRelease'), await shown(ha, 'own')], [[notice.id], []])
  })

  scenario('holds confirmed points of its case, each once', async (as, t) => {
    const { points, caseId, notice } = await draft(as, t)
    const ask = async (body: object) => (await as(minh)('POST', `/cases/${caseId}/notices`, body)).body.code
    assert.equal(await ask({ points: [{ id: points[0] }] }), 'notice.pointPublished')
    assert.equal(await ask({ points: [{ id: elsewhere }] }), 'notice.pointNotConfirmed')
    assert.equal(await ask({ points: [] }), 'request.invalid')
    assert.equal(await ask({ points: [{ id: points[0] }], corrects: notice.id }), 'notice.notReleased')
    // A point that was judged anew after the draft is not what the second officer saw.
    const change = {
      version: 1,
      status: 'rejected',
      from: at(18, '08:17').toISOString(),
      to: at(18, '09:03').toISOString(),
    }
    assert.equal((await as(minh)('PATCH', `/exposure-points/${points[0]}`, change)).status, 200)
    const refusal = await as(ha)('POST', `/notices/${notice.id}/release`)
    assert.deepEqual([refusal.status, refusal.body.code], [422, 'notice.pointNotConfirmed'])
    const refused = await as(ha)('POST', `/notices/${notice.id}/refusal`, { reason: 'Một mốc đã đổi' })
    assert.deepEqual([refused.body.status, refused.body.decided.reason], ['refused', 'Một mốc đã đổi'])
    assert.equal(await ask({ points: [{ id: points[1] }] }), undefined)
  })

  scenario('withdrawn, it stays in sight as withdrawn until it would have ended', async (as, t) => {
    const { notice } = await draft(as, t)
    const withdraw = () => as(minh)('POST', `/notices/${notice.id}/withdrawal`, { reason: 'Xét nghiệm sai' })
    assert.equal((await withdraw()).body.code, 'notice.notReleased')
    await as(ha)('POST', `/notices/${notice.id}/release`)
    t.now('2026-11-24T03:00:00Z')
    const { body } = await withdraw()
    assert.deepEqual(
      [body.status, body.withdrawn.by, body.withdrawn.reason],
      ['withdrawn', minh.name, 'Xét nghiệm sai'],
    )
    const list = await publicList(as)
    assert.deepEqual(
      list.map((one) => [one.withdrawnOn, one.withdrawnWhy]),
      Array(3).fill(['2026-11-24', 'mistake']),
    )
    assert.ok(!JSON.stringify(list).includes('Xét nghiệm sai'))
    t.now('2026-12-03T03:00:00Z')
    assert.deepEqual(
      (await publicList(as)).map((one) => one.day),
      ['2026-11-19', '2026-11-19'],
    )
    t.now('2026-12-05T03:00:00Z')
    assert.deepEqual(await publicList(as), [])
  })

  scenario('corrected, the old lines say so and the new ones take their place', async (as, t) => {
    const { notice, points, caseId } = await draft(as, t)
    await as(ha)('POST', `/notices/${notice.id}/release`)
    const change = {
      version: 1,
      status: 'confirmed',
      from: at(18, '09:00').toISOString(),
      to: at(18, '09:03').toISOString(),
    }
    await as(minh)('PATCH', `/exposure-points/${points[0]}`, change)
    const drafted = await as(minh)('POST', `/cases/${caseId}/notices`, {
      points: [{ id: points[0] }],
      corrects: notice.id,
    })
    assert.equal(drafted.status, 201, JSON.stringify(drafted.body))
    assert.equal((await publicList(as)).filter((one) => one.withdrawnOn).length, 0)
    assert.equal((await as(ha)('POST', `/notices/${drafted.body.id}/release`)).status, 200)
    const list = await publicList(as)
    assert.equal(list.filter((one) => one.withdrawnWhy === 'corrected').length, 3)
    const [current] = list.filter((one) => !one.withdrawnOn)
    // From 09:00 on the five others had left.
    assert.deepEqual([current.place, current.day], [null, '2026-11-18'])
    const all = (await as(minh)('GET', `/notices?caseId=${caseId}&sort=draftedAt`)).body.items
    assert.deepEqual(
      all.map((one: any) => [one.status, one.corrects]),
      [
        ['withdrawn', null],
        ['released', notice.id],
      ],
    )
  })

  scenario('only officers of the case draft, see, release and withdraw', async (as, t) => {
    const { notice, points, caseId } = await draft(as, t)
    const change = {
      version: 1,
      status: 'rejected',
      from: at(18, '08:17').toISOString(),
      to: at(18, '09:03').toISOString(),
    }
    for (const [method, path, body] of [
      ['GET', `/cases/${caseId}/exposure-points`],
      [
        'POST',
        `/cases/${caseId}/exposure-points`,
        { ...change, version: undefined, placeId: elsewhere, arrivedAt: NOW },
      ],
      ['PATCH', `/exposure-points/${points[0]}`, change],
      ['POST', `/cases/${caseId}/notices`, { points: [{ id: points[0] }] }],
      ['GET', `/notices/${notice.id}`],
      ['POST', `/notices/${notice.id}/release`],
      ['POST', `/notices/${notice.id}/refusal`, { reason: 'Không' }],
      ['POST', `/notices/${notice.id}/withdrawal`, { reason: 'Không' }],
    ] as const) {
      const status = async (who: Parameters<As>[0]) => (await as(who)(method, path, body)).status
      assert.deepEqual(
        [
          await status(nobody),
          await status(lan),
          await status(thu),
          await status(nga),
          await status(strangerOfficer),
        ],
        [401, 403, 403, 403, 404],
        `${method} ${path}`,
      )
    }
    assert.deepEqual((await as(strangerOfficer)('GET', '/notices')).body.items, [])
    const readings = await t.sql`
      select distinct action, reason from readings where case_id = ${caseId} and action = 'case.stays'`
    assert.equal(readings.length, 1)
  })
})

describe('the public list', () => {
  scenario('comes in whole days, can be kept, is searched without diacritics', async (as, t) => {
    const { notice } = await draft(as, t)
    await as(ha)('POST', `/notices/${notice.id}/release`)
    const first = await as(nobody)('GET', '/public/notices?days=1')
    assert.deepEqual([first.body.items.length, first.body.next], [2, '2026-11-19'])
    assert.match(String(first.headers['cache-control']), /^public, max-age=60$/)
    const rest = await as(nobody)('GET', `/public/notices?days=1&cursor=${first.body.next}`)
    assert.deepEqual([rest.body.items.map((one: any) => one.day), rest.body.next], [['2026-11-18'], null])
    const etag = String(first.headers.etag)
    const again = await as(nobody)('GET', '/public/notices?days=1', undefined, { 'if-none-match': etag })
    assert.deepEqual([again.status, again.bytes.length], [304, 0])
    // The same for whoever asks.
    const signedIn = await as(lan)('GET', '/public/notices?days=1', undefined, { 'accept-language': 'vi' })
    assert.deepEqual([signedIn.headers.etag, signedIn.bytes], [first.headers.etag, first.bytes])
    const found = async (query: string) => (await publicList(as, query)).length
    assert.deepEqual(
      [
        await found('?q=cho%20dam'),
        await found('?q=nha%20trang'),
        await found('?q=ha%20noi'),
        await found('?q=%25'),
      ],
      [1, 3, 0, 3],
    )
    assert.deepEqual([await found('?day=2026-11-20'), await found('?day=2026-11-17')], [1, 0])
    for (const query of [
      '?day=x',
      '?cursor=x',
      '?days=0',
      '?days=32',
      '?q=a%00',
      '?person=1',
      `?q=${'x'.repeat(101)}`,
    ])
      assert.equal((await as(nobody)('GET', `/public/notices${query}`)).status, 400, query)
    const zipped = await as(nobody)('GET', '/public/notices', undefined, { 'accept-encoding': 'gzip' })
    assert.equal(zipped.headers['content-encoding'], 'gzip')
  })
})

describe('a window that was opened', () => {
  scenario('stands in the audit with its size, under the name of who asked', async (as, t) => {
    const { caseId } = await outbreak(as, t)
    const trace = (await as(minh)('POST', `/cases/${caseId}/traces`, {})).body
    await t.runJobs()
    await as(minh)('GET', `/cases/${caseId}/stays`)
    await as(minh)('GET', `/traces/${trace.id}/contacts`)
    await as(minh)('GET', `/cases/${caseId}/exposure-points`)
    const { items } = (await as(nga)('GET', '/audit?action=window.open')).body
    assert.deepEqual(
      items.map(({ actorName, subjectId, details }: any) => [
        actorName,
        subjectId,
        details.by,
        details.stays,
        details.people,
      ]),
      [
        ['minh', caseId, 'points', 3, 1],
        ['minh', caseId, 'contacts', 12, 7],
        ['minh', caseId, 'stays', 3, 1],
        ['minh', caseId, 'trace', 3, 6],
      ],
    )
    assert.ok(items.every(({ details }: any) => details.from && details.to))

    await as(minh)('POST', '/trace-batches', { caseIds: [caseId] })
    await t.runJobs()
    const after = (await as(nga)('GET', '/audit?action=window.open')).body.items
    assert.equal(after.length, 5)
    const { actorName, details } = after[0]
    assert.deepEqual([actorName, details.by, details.stays, details.people], ['minh', 'trace', 3, 6])
  })
})
