import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, stranger, tu, type Who } from '../../../test/people.ts'
import { readStaysOfCase, reasonsOf } from '../../../test/reasons.ts'
import { forgetWeeks } from './queries.ts'
import { isClosedHour, isImpossibleTravel } from './rules.ts'

type As = (who: Who) => Ask

const at = (time: string, day = '20') => `2026-11-${day}T${time}:00.000Z`

async function openPlace(as: As, name: string, more: object = {}) {
  const place = {
    name,
    kind: 'restaurant',
    areaCode: NHA_TRANG,
    address: '1 Trần Phú',
    phone: hoa.phone,
    ...more,
  }
  const { status, body } = await as(hoa)('POST', '/places', place)
  assert.equal(status, 201, JSON.stringify(body))
  return body as { id: string; code: string }
}

const staysOf = async (as: As, who: Who) =>
  (await as(who)('GET', '/me/visits')).body.items.map((item: any) => [
    item.place.name,
    item.arrivedAt.slice(11, 16),
    item.leftAt.slice(11, 16),
    item.estimated,
  ])

/** The gate of Bà Hoa scans a code of that minute. */
async function scan(as: As, t: Stage, who: Who, placeId: string, time: string, more: object = {}) {
  t.now(at(time))
  const code = (await as(who)('GET', '/me/card')).body.text
  const one = { id: randomUUID(), placeId, at: at(time), direction: 'in', code, ...more }
  const { status, body } = await as(hoa)('POST', '/scans', { scans: [one] })
  assert.equal(status, 200, JSON.stringify(body))
  return { ...body.results[0], sent: one, refused: body.refused[0]?.code }
}

describe('in and out', () => {
  scenario(
    'a gate that leaves the direction open lets in who is outside, and out who is inside',
    async (as, t) => {
      t.now(at('01:00'))
      const place = await openPlace(as, 'Quán Bà Hoa')
      const told = []
      for (const time of ['01:10', '01:40', '02:00', '04:30'])
        told.push((await scan(as, t, lan, place.id, time, { direction: 'auto' })).direction)
      // Half past four is long after anybody would still be at lunch.
      assert.deepEqual(told, ['in', 'out', 'in', 'in'])
      assert.deepEqual((await staysOf(as, lan)).slice(2), [['Quán Bà Hoa', '01:10', '01:40', false]])
    },
  )

  scenario('two gates that leave it open may send in any order', async (as, t) => {
    t.now(at('02:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    const send = async (...times: string[]) => {
      const scans = times.map((time) => ({ ...open(lan), at: at(time) }))
      return (await as(hoa)('POST', '/scans', { scans })).body.results.map((one: any) => one.direction)
    }
    const open = (who: Who & { phone: string }) => ({
      id: randomUUID(),
      placeId: place.id,
      direction: 'auto',
      code: `tel:${who.phone}`,
      vouched: true,
    })
    assert.deepEqual(await send('01:50'), ['in'], 'what is known then')
    await send('01:10')
    assert.deepEqual(await staysOf(as, lan), [['Quán Bà Hoa', '01:10', '01:50', false]])
    assert.equal((await as(hoa)('GET', `/places/${place.id}/today`)).body.inside, 0)
    // And one that comes between them makes three of it.
    await send('01:30')
    assert.deepEqual(await staysOf(as, lan), [
      ['Quán Bà Hoa', '01:50', '03:05', true],
      ['Quán Bà Hoa', '01:10', '01:30', false],
    ])
    assert.deepEqual(await send('01:58', '01:56', '01:54'), ['out', 'in', 'out'], 'nor does one body')
  })

  scenario(
    'an event that is over takes whoever leaves it, though their coming is not known yet',
    async (as, t) => {
      t.now(at('01:00'))
      const place = await openPlace(as, 'Đám cưới', {
        kind: 'wedding',
        startsAt: at('01:00'),
        endsAt: at('03:00'),
      })
      const late = await scan(as, t, lan, place.id, '03:05', { direction: 'auto' })
      assert.deepEqual([late.outcome, late.direction], ['accepted', 'out'])
      assert.deepEqual(await staysOf(as, lan), [])
      const { code } = late.sent
      const came = { ...late.sent, id: randomUUID(), at: at('03:04'), direction: 'in', code }
      assert.equal(
        (await as(hoa)('POST', '/scans', { scans: [came] })).body.refused[0].code,
        'visit.placeClosed',
      )
    },
  )

  scenario('whoever did not scan out has left when the place closes; the last ones linger', async (as, t) => {
    t.now(at('01:00'))
    // Nine o'clock in the morning is two o'clock here; a Friday.
    const hours = [{ weekday: 5, opens: '06:00', closes: '09:00' }]
    const place = await openPlace(as, 'Quán sáng', { hours })
    await scan(as, t, lan, place.id, '01:30')
    await scan(as, t, tu, place.id, '01:40')
    const inside = async () => (await as(hoa)('GET', `/places/${place.id}/today`)).body.inside
    assert.equal(await inside(), 2)
    t.now(at('02:00'))
    assert.equal(await inside(), 0)
    assert.deepEqual(await staysOf(as, lan), [['Quán sáng', '01:30', '02:00', true]])
    assert.equal((await scan(as, t, lan, place.id, '02:10', { direction: 'auto' })).direction, 'out')
    assert.deepEqual(await staysOf(as, lan), [['Quán sáng', '01:30', '02:10', false]])
    // Who comes while it is closed stays as long as people usually do.
    assert.equal((await scan(as, t, tu, place.id, '02:50')).alreadyInside, false)
    assert.deepEqual(await staysOf(as, tu), [
      ['Quán sáng', '02:50', '04:05', true],
      ['Quán sáng', '01:40', '02:00', true],
    ])
  })

  scenario('whoever arrives elsewhere has left; coming back is a stay of its own', async (as, t) => {
    t.now(at('01:00'))
    const [one, other] = [await openPlace(as, 'Quán Một'), await openPlace(as, 'Quán Hai')]
    await scan(as, t, lan, one.id, '01:00')
    await scan(as, t, lan, other.id, '01:20')
    await scan(as, t, lan, one.id, '01:40')
    assert.deepEqual(await staysOf(as, lan), [
      ['Quán Một', '01:40', '02:55', true],
      ['Quán Hai', '01:20', '01:40', true],
      ['Quán Một', '01:00', '01:20', true],
    ])
    const inside = (await as(lan)('GET', '/me/inside')).body.items
    assert.deepEqual(
      inside.map((stay: any) => stay.place.name),
      ['Quán Một'],
    )
  })

  scenario('a place is told how many exits somebody recorded, and how full it is', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa', { capacity: 30 })
    await scan(as, t, lan, place.id, '01:00')
    await scan(as, t, lan, place.id, '01:30', { direction: 'out' })
    await scan(as, t, tu, place.id, '01:31')
    t.now(at('04:00'))
    await scan(as, t, hoa, place.id, '04:00')
    const { body } = await as(hoa)('GET', `/places/${place.id}/today`)
    assert.deepEqual(body.exits, { recorded: 1, estimated: 1 })
    assert.deepEqual([body.in, body.out, body.inside, body.capacity], [3, 1, 1, 30])
  })

  scenario('whoever checks in where there is no room left is told so', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa', { capacity: 1 })
    const check = async (who: Who, direction: 'in' | 'out') => {
      const visit = { placeCode: place.code, direction, at: at('01:00') }
      const { status, body } = await as(who)('PUT', `/visits/${randomUUID()}`, visit)
      assert.equal(status, 200, JSON.stringify(body))
      return body.full
    }
    assert.deepEqual([await check(lan, 'in'), await check(lan, 'in')], [undefined, undefined])
    assert.deepEqual([await check(tu, 'in'), await check(tu, 'out')], [true, undefined])
  })
})

describe('taking back', () => {
  scenario('a slip is taken back within two minutes, by whoever guards the place', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    const first = await scan(as, t, lan, place.id, '01:00')
    const slip = await scan(as, t, lan, place.id, '01:10', { direction: 'out' })
    const undo = async (who: Who, id: string) =>
      (await as(who)('POST', '/scans/undone', { scans: [{ id, placeId: place.id }] })).body
    const neither = { undone: [], tooLate: [] }
    assert.deepEqual(await undo(stranger, slip.id), neither)
    assert.deepEqual(await undo(hoa, first.id), { undone: [], tooLate: [first.id] }, 'ten minutes ago')
    assert.deepEqual(await undo(hoa, slip.id), { undone: [slip.id], tooLate: [] })
    assert.deepEqual(await undo(hoa, slip.id), neither)
    assert.deepEqual(await staysOf(as, lan), [['Quán Bà Hoa', '01:00', '02:15', true]])
    const [audit] = await t.sql`select details from audit_log where action = 'scan.undo'`
    assert.deepEqual(audit!.details, { scans: 1 })
  })

  scenario('who asked in time is heard when the line is back, for a day', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    const slips = [await scan(as, t, lan, place.id, '01:00'), await scan(as, t, tu, place.id, '01:00')]
    const undo = async (id: string, undoneAt: string) =>
      (await as(hoa)('POST', '/scans/undone', { scans: [{ id, placeId: place.id }], undoneAt })).body
    t.now(at('03:00'))
    const [one, other] = slips.map(({ id }) => id) as [string, string]
    assert.deepEqual(
      await undo(one, at('01:03')),
      { undone: [], tooLate: [one] },
      'noticed after three minutes',
    )
    assert.deepEqual(await undo(one, at('01:01')), { undone: [one], tooLate: [] })
    t.now(at('01:05', '22'))
    assert.deepEqual(await undo(other, at('01:01')), { undone: [], tooLate: [other] })
  })

  scenario('what is taken back is gone for the place, and stays for whoever traces', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    const { sent } = await scan(as, t, lan, place.id, '01:00')
    t.now(at('05:00'))
    const undo = { scans: [{ id: sent.id, placeId: place.id }], undoneAt: at('01:01') }
    assert.deepEqual((await as(hoa)('POST', '/scans/undone', undo)).body.undone, [sent.id])
    assert.deepEqual((await as(hoa)('POST', '/scans/undone', undo)).body, { undone: [], tooLate: [] })
    const today = (await as(hoa)('GET', `/places/${place.id}/today`)).body
    assert.deepEqual([today.in, today.inside, today.items], [0, 0, []])
    assert.deepEqual(await staysOf(as, lan), [])
    // A gate that sends it once more does not bring it back.
    const { results } = (await as(hoa)('POST', '/scans', { scans: [sent] })).body
    assert.deepEqual([results[0].outcome, results[0].setAside], ['repeated', 'takenBack'])
    assert.deepEqual(await staysOf(as, lan), [])

    const body = await readStaysOfCase(as)
    assert.deepEqual(
      body.setAside.map((one: any) => [one.place.name, one.at, one.reason]),
      [['Quán Bà Hoa', at('01:00'), 'takenBack']],
    )
  })

  scenario('nobody undoes a day by saying that it was noticed at once', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    const scans = Array.from({ length: 150 }, (_, n) => ({
      id: randomUUID(),
      placeId: place.id,
      at: at('01:00'),
      direction: 'in',
      code: `tel:090512${String(n).padStart(4, '0')}`,
      vouched: true,
    }))
    await as(hoa)('POST', '/scans', { scans })
    t.now(at('09:00'))
    const undo = async (from: number, to: number) => {
      const slips = scans.slice(from, to).map(({ id }) => ({ id, placeId: place.id }))
      const { body } = await as(hoa)('POST', '/scans/undone', { scans: slips, undoneAt: at('01:01') })
      return [body.undone.length, body.tooLate.length]
    }
    assert.deepEqual(await undo(0, 60), [60, 0])
    assert.deepEqual(await undo(0, 60), [0, 0], 'what is asked again is not counted again')
    assert.deepEqual(await undo(60, 150), [0, 90])
  })

  scenario('what somebody’s own phone sent is not the place’s to take back', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    const id = randomUUID()
    await as(lan)('PUT', `/visits/${id}`, { placeCode: place.code, direction: 'in', at: at('01:00') })
    const { body } = await as(hoa)('POST', '/scans/undone', { scans: [{ id, placeId: place.id }] })
    assert.deepEqual(body.undone, [])
    assert.equal((await staysOf(as, lan)).length, 1)
  })
})

describe('what cannot be', () => {
  const HA_NOI = { lat: 21.03, lon: 105.85 }
  const HERE = { lat: 12.24, lon: 109.19 }

  scenario(
    'a badge that is used in two towns within the hour is set aside where it came second',
    async (as, t) => {
      t.now(at('01:00'))
      const here = await openPlace(as, 'Quán ở Nha Trang', HERE)
      const there = await openPlace(as, 'Quán ở Hà Nội', HA_NOI)
      const first = await scan(as, t, lan, here.id, '01:00')
      const second = await scan(as, t, lan, there.id, '01:40')
      assert.equal(second.outcome, 'accepted')
      assert.deepEqual(await reasonsOf(t, [first.id, second.id]), [null, 'travel'])
      // It is kept, but nobody counts on it.
      assert.deepEqual(await staysOf(as, lan), [['Quán ở Nha Trang', '01:00', '02:15', true]])
      // Nor is anything of it put on the record.
      const [kept] = await t.sql`select count(*)::int from scans where doubt is not null`
      assert.equal(kept!.count, 1)
    },
  )

  scenario('the tracer is shown what was set aside, and why', async (as, t) => {
    t.now(at('01:00'))
    const here = await openPlace(as, 'Quán ở Nha Trang', HERE)
    const there = await openPlace(as, 'Quán ở Hà Nội', HA_NOI)
    await scan(as, t, lan, here.id, '01:00')
    await scan(as, t, lan, there.id, '01:40')
    const body = await readStaysOfCase(as)
    assert.deepEqual(
      body.items.map((stay: any) => stay.place.name),
      ['Quán ở Nha Trang'],
    )
    assert.deepEqual(
      body.setAside.map((one: any) => [one.place.name, one.at, one.direction, one.reason]),
      [['Quán ở Hà Nội', at('01:40'), 'in', 'travel']],
    )
  })

  scenario('a photograph of a poster that is used far away', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa', { lat: 12.2388, lon: 109.1967 })
    const { position } = (await as(lan)('GET', `/public/places/${place.code}`)).body
    assert.deepEqual(position, { lat: 12.2388, lon: 109.1967 })
    const scan = (metresAway: number) =>
      as(lan)('PUT', `/visits/${randomUUID()}`, {
        placeCode: place.code,
        direction: 'in',
        at: at('01:00'),
        metresAway,
      })
    assert.equal((await scan(50_000)).body.stay, null)
    assert.ok((await scan(900)).body.stay)
    assert.equal((await scan(-1)).status, 400)
    const rows = await t.sql`select reason from set_aside_scans`
    assert.deepEqual([...rows], [{ reason: 'farAway' }])
  })

  test('hours of a place', () => {
    // 2026-11-16 is a Monday.
    const isClosed = (
      hours: Parameters<typeof isClosedHour>[0]['hours'],
      moments: readonly string[],
      kind = 'market',
    ) =>
      moments.map((local) =>
        isClosedHour({ hours, kind }, 'Asia/Ho_Chi_Minh', new Date(`2026-11-${local}:00+07:00`)),
      )
    const market = [1, 2].map((weekday) => ({ weekday, opens: '06:00', closes: '18:00' }))
    assert.deepEqual(
      isClosed(market, ['16T00:00', '16T05:00', '16T12:00', '17T19:00', '17T19:01', '17T23:00', '18T12:00']),
      [true, false, false, false, true, true, true],
    )
    const bar = [{ weekday: 7, opens: '18:00', closes: '02:00' }]
    assert.deepEqual(
      isClosed(bar, ['16T00:00', '16T02:00', '16T04:00', '16T20:00', '22T12:00', '22T20:00', '23T02:30']),
      [false, false, true, true, true, false, false],
    )
    assert.deepEqual(isClosed(null, ['16T03:00']), [false])
    assert.deepEqual(isClosed(null, ['16T00:00', '16T04:59', '16T05:00'], 'tourism'), [true, true, false])
    assert.deepEqual(isClosed(market, ['16T02:00'], 'hospital'), [false])
  })

  test('how far one gets in a time', () => {
    const hours = (h: number) => h * 3600
    assert.equal(isImpossibleTravel(HERE, HA_NOI, hours(1)), true)
    assert.equal(isImpossibleTravel(HERE, HA_NOI, hours(9)), false)
    assert.equal(isImpossibleTravel(HERE, { lat: 12.3, lon: 109.2 }, 0), false, 'across the town')
    assert.equal(isImpossibleTravel(HERE, { lat: null, lon: null }, 0), false, 'not on the map')
  })
})

describe('a gate without the network', () => {
  scenario('is told beforehand what it needs, and nobody is named', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa', { capacity: 30 })
    await scan(as, t, lan, place.id, '01:00')
    const { status, body } = await as(hoa)('GET', `/places/${place.id}/gate`)
    assert.equal(status, 200)
    assert.deepEqual([body.inside, body.capacity, body.serverTime], [1, 30, at('01:00')])
    assert.equal(Buffer.from(body.serverKeys[0].publicKey, 'base64').length, 32)
    assert.equal(body.entryRules.green, 'Please come in.')
    assert.ok(!JSON.stringify(body).includes('***'))
    const { id } = (await as(lan)('GET', '/me/people')).body.items[0]
    const card = (await as(lan)('POST', `/people/${id}/paper-cards`)).body
    await as(lan)('POST', `/people/${id}/paper-cards`)
    const told = async (since: string) =>
      (await as(hoa)('GET', `/places/${place.id}/gate?since=${since}`)).body.revoked.codes
    assert.deepEqual([body.revoked.codes, await told(body.revoked.version)], [[], [{ id: card.id }]])
    assert.deepEqual(await told('unknown'), [{ id: card.id }])
    assert.equal((await as(stranger)('GET', `/places/${place.id}/gate`)).status, 404)
  })
})

describe('forgetting', () => {
  scenario('whole weeks go, and nothing that may still be needed', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    await scan(as, t, lan, place.id, '01:00')
    const rows = async () => (await t.sql`select count(*)::int from scans`)[0]!.count
    const day = 24 * 3600_000
    await t.sql`select ensure_weeks('2026-01-05', '2026-01-05')`
    const gone = await forgetWeeks(t.sql, new Date(Date.parse(at('01:00')) - 40 * day))
    assert.ok(gone.some(({ part }) => part === 'scans_2026w02'))
    assert.equal(await rows(), 1)
    await assert.rejects(
      forgetWeeks(t.sql, new Date(Date.now() - 30 * day)),
      ({ code }: { code: string }) => code === 'LC001',
    )
  })

  scenario('a week that is gone while the server runs is made anew for whoever scans', async (as, t) => {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    const visit = () => ({ placeCode: place.code, direction: 'in', at: at('01:00') })
    const check = (who: Who) => as(who)('PUT', `/visits/${randomUUID()}`, visit())
    /** By another process, so that this one does not know. */
    const dropWeek = () => t.sql`drop table scans_2026w47, visits_2026w47, open_stays_2026w47`
    assert.equal((await check(lan)).status, 200)
    await dropWeek()
    const alone = await check(lan)
    assert.deepEqual([alone.status, alone.body.stay?.arrivedAt], [200, at('01:00')])
    await dropWeek()
    const together = await Promise.all([check(lan), check(tu), check(hoa)])
    assert.deepEqual(
      together.map(({ status }) => status),
      [200, 200, 200],
    )
    await dropWeek()
    assert.equal((await scan(as, t, lan, place.id, '01:00')).outcome, 'accepted')
    assert.equal((await staysOf(as, lan)).length, 1)
  })
})

describe('declaring for somebody at the gate', () => {
  const allNo = {
    travelled: false,
    hasSymptoms: false,
    contactPatient: false,
    contactAffectedCountry: false,
    contactSymptoms: false,
  }
  const feverish = { ...allNo, hasSymptoms: true, symptoms: ['fever'] }
  const lanIs = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG }

  /** Lan, who has told nothing but her number, has just been scanned; Anh Tú guards with Bà Hoa. */
  async function arrive(as: As, t: Stage) {
    t.now(at('01:00'))
    const place = await openPlace(as, 'Quán Bà Hoa')
    await as(hoa)('POST', `/places/${place.id}/guards`, { phone: tu.phone })
    const { person, decision } = await scan(as, t, lan, place.id, '02:00')
    assert.equal(decision.status, 'yellow')
    const body = { formId: 'general', formVersion: 1, personId: person.id, answers: allNo }
    const declare = (who: Who, more: object = {}, to = place.id) =>
      as(who)('POST', `/places/${to}/declarations`, { ...body, ...more })
    return { place, declare }
  }
  const count = async (t: Stage) => (await t.sql`select count(*)::int as n from declarations`)[0]!.n

  scenario('Anh Tú writes down what Lan says, and is told who may enter, no more', async (as, t) => {
    const { declare } = await arrive(as, t)
    const id = randomUUID()
    const incomplete = await declare(tu, { id })
    assert.deepEqual([incomplete.status, incomplete.body.code], [422, 'declaration.personIncomplete'])
    assert.deepEqual(
      incomplete.body.fields.map(({ field }: any) => field),
      ['name', 'birthYear', 'areaCode'],
    )
    const sent = await declare(tu, { id, ...lanIs })
    assert.equal(sent.status, 201, JSON.stringify(sent.body))
    assert.deepEqual(sent.body, { status: 'green', instruction: 'Please come in.', declaration: null })
    assert.deepEqual((await declare(tu, { id, ...lanIs })).body, sent.body, 'sent twice, kept once')
    assert.equal(await count(t), 1)

    const [own] = (await as(lan)('GET', '/me/declarations')).body.items
    assert.deepEqual([own.id, own.byHolder, own.status], [id, false, 'green'])
    const audit = await t.sql`select subject_id from audit_log where action = 'declaration.send'`
    assert.deepEqual(
      audit.map(({ subjectId }) => subjectId),
      [id],
    )
  })

  scenario('whoever says that they are ill is asked to wait, and nobody talks that away', async (as, t) => {
    const { declare } = await arrive(as, t)
    const sent = await declare(hoa, { ...lanIs, answers: feverish })
    assert.deepEqual([sent.status, sent.body.status], [201, 'red'])
    assert.doesNotMatch(JSON.stringify(sent.body), /fever|symptom/)
    const again = await declare(hoa)
    assert.deepEqual([again.status, again.body.code], [409, 'declaration.stillValid'])
    assert.equal((await as(lan)('GET', '/me/status')).body.status, 'red')
  })

  scenario('what has run out is asked anew', async (as, t) => {
    const { declare, place } = await arrive(as, t)
    assert.equal((await declare(hoa, lanIs)).status, 201)
    t.now(at('02:10', '24'))
    const code = (await as(lan)('GET', '/me/card')).body.text
    const one = { id: randomUUID(), placeId: place.id, at: at('02:10', '24'), direction: 'in', code }
    await as(hoa)('POST', '/scans', { scans: [one] })
    assert.equal((await declare(tu, { answers: feverish })).body.status, 'red')
  })

  scenario('a guard adds what is missing, and changes nothing that is known', async (as, t) => {
    const { declare } = await arrive(as, t)
    await as(lan)('POST', '/people', { name: 'Trần Thị Lan', birthYear: 1990, relation: 'self' })
    const other = { name: 'Người Khác', birthYear: 1950, areaCode: NHA_TRANG }
    assert.equal((await declare(tu, other)).status, 201)
    const { person } = (await as(lan)('GET', '/me')).body
    assert.deepEqual([person.name, person.birthYear, person.areaCode], ['Trần Thị Lan', 1990, NHA_TRANG])
  })

  scenario('a stranger, a place where nobody was scanned, and who came too late', async (as, t) => {
    const { declare } = await arrive(as, t)
    const elsewhere = await openPlace(as, 'Quán Khác')
    const told = async (...ask: Parameters<typeof declare>) => {
      const { status, body } = await declare(...ask)
      return [status, body.code]
    }
    assert.deepEqual(await told(stranger, lanIs), [404, 'place.unknown'])
    assert.deepEqual(await told(lan, lanIs), [404, 'place.unknown'])
    assert.deepEqual(await told(minh, lanIs), [403, 'access.denied'])
    assert.deepEqual(await told(tu, lanIs, randomUUID()), [404, 'place.unknown'])
    assert.deepEqual(await told(hoa, lanIs, elsewhere.id), [409, 'visit.notScanned'])
    for (const personId of [rowOf(stranger).publicId, randomUUID()])
      assert.deepEqual(await told(tu, { ...lanIs, personId }), [409, 'visit.notScanned'])
    t.now(at('02:31'))
    assert.deepEqual(await told(tu, lanIs), [409, 'visit.notScanned'])
    assert.equal(await count(t), 0)
  })

  scenario('what does not fit the form, or no person, is refused whole', async (as, t) => {
    const { declare } = await arrive(as, t)
    const refused: [object, string][] = [
      [{ answers: {} }, 'declaration.answersInvalid'],
      [{ answers: { ...allNo, hasSymptoms: 'no' } }, 'declaration.answersInvalid'],
      [{ answers: { ...allNo, __proto__x: { constructor: 1 } } }, 'declaration.answersInvalid'],
      [{ answers: [] }, 'request.invalid'],
      [{ formId: '../general' }, 'declaration.formUnknown'],
      [{ formVersion: 99 }, 'declaration.formVersionUnknown'],
      [{ personId: "' or true --" }, 'request.invalid'],
      [{ id: 'x' }, 'request.invalid'],
      [{ name: 'x'.repeat(256) }, 'request.invalid'],
      [{ name: '123' }, 'person.nameInvalid'],
      [{ birthYear: 2190 }, 'person.birthUnlikely'],
      [{ areaCode: '99999' }, 'area.unknown'],
      [{ areaCode: '56' }, 'person.areaTooWide'],
      [{ declaredBy: 1 }, 'request.invalid'],
    ]
    const told = []
    for (const [more] of refused) told.push((await declare(tu, { ...lanIs, ...more })).body.code)
    assert.deepEqual(
      told,
      refused.map(([, code]) => code),
    )
    assert.equal(await count(t), 0)
    const [kept] = await t.sql`select area_id from people where id = ${rowOf(lan).id}`
    assert.equal(kept!.areaId, null)
  })
})
