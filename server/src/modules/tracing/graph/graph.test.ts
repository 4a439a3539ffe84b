import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Ask, type Stage, scenario } from '../../../../test/app.ts'
import { hoa, lan, minh, nga, nobody, strangerOfficer, thu, type Who } from '../../../../test/people.ts'

const NOW = '2026-11-22T03:00:00Z'
type Ways = (who: Who) => Ask

/** A case of somebody of Phường Nha Trang with onset two days ago: its window began on the 18th, local. */
async function someCase(as: Ways, t: Stage) {
  t.now(NOW)
  const made = async (path: string, body: object) => {
    const answer = await as(minh)('POST', path, body)
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return answer.body
  }
  const person = await made('/people', {
    name: 'Trần Văn Bình',
    birthYear: 1980,
    areaCode: '22366',
    phone: '0905000199',
  })
  const { id } = await made('/cases', { personId: person.id, diseaseId: 'covid-19', onsetOn: '2026-11-20' })
  const market = await made('/places', {
    name: 'Chợ Đầm',
    kind: 'market',
    areaCode: '22366',
    address: '1',
    phone: '0905000102',
    lat: 12.25,
    lon: 109.19,
  })
  return { id, person, market, made }
}

const told = {
  formId: 'interview',
  formVersion: 1,
  informant: 'self',
  answers: { hasSymptoms: true, livesWith: 'family' },
  symptoms: [{ symptom: 'fever', from: '2026-11-20' }],
}
const lunch = { from: '2026-11-19T04:00:00Z', to: '2026-11-19T05:30:00Z' }
const friend = { name: 'Lê Thị Hà', phone: '0905000777', setting: 'meal', relation: 'friend', ...lunch }

describe('an interview', () => {
  scenario(
    'makes contacts of people met, each known once, and joins places without a scan',
    async (as, t) => {
      const { id, market } = await someCase(as, t)
      const { status, body } = await as(minh)('POST', `/cases/${id}/interviews`, {
        ...told,
        places: [
          {
            name: 'Chợ Đầm, hàng cá',
            from: '2026-11-19T01:00:00Z',
            to: '2026-11-19T02:00:00Z',
            placeCode: market.code,
          },
          { name: 'Nhà bà ngoại', from: '2026-11-20T01:00:00Z', to: '2026-11-20T02:00:00Z' },
        ],
        people: [
          { ...friend, note: 'ngồi cạnh' },
          { name: 'le thi ha', phone: '+84905000777', setting: 'outdoors', masked: true, ...lunch },
          { name: 'Trần Bé Na', birthYear: 2019, setting: 'household', relation: 'household' },
        ],
      })
      assert.equal(status, 201, JSON.stringify(body))
      assert.deepEqual(
        body.contacts.map((c: any) => [c.person.maskedName, c.setting, c.confidence, c.masked, c.from, c.to]),
        [
          // Who lives together did so for the whole window, as far as it has come.
          ['Trần Bé N***', 'household', 1, null, '2026-11-17T17:00:00.000Z', '2026-11-22T03:00:00.000Z'],
          ['Lê Thị H***', 'meal', 1, null, '2026-11-19T04:00:00.000Z', '2026-11-19T05:30:00.000Z'],
          ['Lê Thị H***', 'outdoors', 0.5, true, '2026-11-19T04:00:00.000Z', '2026-11-19T05:30:00.000Z'],
        ],
      )
      assert.deepEqual(
        body.visited.map((v: any) => [v.name, v.place?.name ?? null, v.place?.lat ?? null]),
        [
          ['Chợ Đầm, hàng cá', 'Chợ Đầm', 12.25],
          ['Nhà bà ngoại', null, null],
        ],
      )
      // One person by one number, however the name is written; the child lives where the case does.
      const people = await t.sql`
      select d.other_id, a.code from declared_contacts d join people p on p.id = d.other_id
      left join area_names a on a.id = p.area_id group by 1, 2 order by 2 nulls first`
      assert.deepEqual(
        people.map(({ code }) => code),
        [null, '22366'],
      )
      // Names and answers are sealed, and stand in no audit row.
      const [row] = await t.sql`select sealed from interviews`
      assert.ok(!/ngoại|Na/.test(row!.sealed.toString()))
      const audit =
        await t.sql`select details::text as details from audit_log where action = 'interview.record'`
      assert.doesNotMatch(audit[0]!.details, /Hà|Na|0905/)
      // Everybody named has been read, and can see by whom.
      const read = await t.sql`select distinct person_id from readings where action = 'contact.declare'`
      assert.equal(read.length, 2)

      const list = await as(minh)('GET', `/cases/${id}/interviews`)
      assert.deepEqual([list.body.items[0].people, list.body.items[0].places], [3, 1])
      const again = await as(minh)('GET', `/interviews/${body.id}`)
      assert.deepEqual(again.body.answers, told.answers)

      // The graph knows them: the market without a scan joins who was scanned there.
      const visitor = await as(lan)('POST', '/people', {
        name: 'Lan',
        birthYear: 1990,
        areaCode: '22366',
        relation: 'self',
      })
      for (const [direction, at] of [
        ['in', '2026-11-19T01:30:00Z'],
        ['out', '2026-11-19T03:00:00Z'],
      ])
        await as(lan)('PUT', `/visits/${crypto.randomUUID()}`, { placeCode: market.code, direction, at })
      const edges = (await as(minh)('GET', `/cases/${id}/edges`)).body.items
      assert.deepEqual(
        edges.map((e: any) => [
          e.source,
          e.setting,
          e.confidence,
          e.person.id === visitor.body.id,
          e.place?.name ?? null,
        ]),
        [
          ['interview', 'household', 1, false, null],
          ['interview', 'meal', 1, false, null],
          ['interview', 'place', 0.9, true, 'Chợ Đầm'],
          ['interview', 'outdoors', 0.5, false, null],
        ],
      )
      const [opened] =
        await t.sql`select subject_id, details from audit_log where action = 'window.open' order by id desc limit 1`
      assert.deepEqual(
        [opened!.subjectId, opened!.details.by, opened!.details.stays, opened!.details.people],
        [id, 'edges', 4, 1 + new Set(edges.map((e: any) => e.person.id)).size],
      )
      const first = (await as(minh)('GET', `/cases/${id}/edges?limit=1`)).body
      const second = (await as(minh)('GET', `/cases/${id}/edges?limit=3&cursor=${first.next}`)).body
      assert.deepEqual([first.items[0].setting, second.items.length, second.next], ['household', 3, null])
    },
  )

  scenario('that was wrong is withdrawn with what came from it, and stays to be read', async (as, t) => {
    const { id, market } = await someCase(as, t)
    const places = [{ name: 'Chợ', placeCode: market.code, ...lunch }]
    const { body } = await as(minh)('POST', `/cases/${id}/interviews`, { ...told, places, people: [friend] })
    const withdraw = () => as(minh)('POST', `/interviews/${body.id}/withdrawal`, { reason: 'Nhầm người' })
    const done = await withdraw()
    assert.equal(done.body.reason, 'Nhầm người')
    assert.equal(done.body.contacts[0].withdrawnAt, new Date(NOW).toISOString())
    assert.equal((await withdraw()).body.code, 'interview.withdrawn')
    assert.deepEqual((await as(minh)('GET', `/cases/${id}/edges`)).body.items, [])
    assert.equal((await t.sql`select from declared_visits where withdrawn_at is null`).length, 0)
  })

  scenario('tells everything that is wrong at once, and keeps nothing then', async (as, t) => {
    const { id } = await someCase(as, t)
    const { status, body } = await as(minh)('POST', `/cases/${id}/interviews`, {
      ...told,
      answers: { hasSymptoms: 'yes', colour: 'red' },
      symptoms: [{ symptom: 'joy', from: '2026-11-20', to: '2026-11-19' }],
      places: [{ name: 'Chợ', from: lunch.to, to: lunch.from }],
      people: [
        { setting: 'meal', ...lunch },
        { name: 'Hà', setting: 'moon', ...lunch },
        { name: 'Hà', setting: 'meal' },
        { name: 'Hà', setting: 'meal', from: '2026-11-23T00:00:00Z', to: '2026-11-23T01:00:00Z' },
      ],
    })
    assert.equal(status, 422)
    assert.deepEqual(
      body.fields.map(({ field }: { field: string }) => field),
      [
        'answers.hasSymptoms',
        'answers.colour',
        'symptoms.0.symptom',
        'symptoms.0.to',
        'places.0.from',
        'people.0.name',
        'people.1.setting',
        'people.1.from',
        'people.2.from',
        'people.3.from',
      ].filter((field) => field !== 'people.1.from'),
    )
    assert.equal((await t.sql`select from interviews`).length, 0)
    const code = async (people: object[], more: object = {}) =>
      (await as(minh)('POST', `/cases/${id}/interviews`, { ...told, people, ...more })).body.code
    assert.equal(await code([{ ...friend, phone: '12' }]), 'request.invalid')
    assert.equal(await code([{ ...friend, phone: 'abcdef' }]), 'person.phoneInvalid')
    assert.equal(await code([{ ...friend, name: '123' }]), 'person.nameInvalid')
    assert.equal(await code([{ ...friend, placeCode: 'ABCD-EFGH' }]), 'place.codeMistyped')
    assert.equal(await code([{ ...friend, name: 'Trần Văn Bình', phone: '0905000199' }]), 'interview.invalid')
    assert.equal(await code([], { formVersion: 99 }), 'interview.formUnknown')
    assert.equal((await t.sql`select from interviews`).length, 0)
  })

  scenario('is for officers whose area it is', async (as, t) => {
    const { id } = await someCase(as, t)
    const { body } = await as(minh)('POST', `/cases/${id}/interviews`, { ...told, people: [friend] })
    const contact = body.contacts[0].id
    const asks = [
      ['POST', `/cases/${id}/interviews`, told],
      ['GET', `/cases/${id}/interviews`],
      ['GET', `/interviews/${body.id}`],
      ['POST', `/interviews/${body.id}/withdrawal`, { reason: 'x' }],
      ['GET', `/cases/${id}/declared-contacts`],
      ['POST', `/cases/${id}/declared-contacts`, friend],
      ['POST', `/declared-contacts/${contact}/withdrawal`],
      ['GET', `/cases/${id}/edges`],
    ] as const
    for (const [method, path, sent] of asks) {
      assert.equal((await as(nobody)(method, path, sent)).status, 401, path)
      for (const who of [lan, thu, nga]) assert.equal((await as(who)(method, path, sent)).status, 403, path)
      assert.equal((await as(strangerOfficer)(method, path, sent)).status, 404, path)
    }
  })
})

describe('a contact that was declared', () => {
  scenario('is recorded once, listed in the database, and withdrawn', async (as, t) => {
    const { id, made } = await someCase(as, t)
    const path = `/cases/${id}/declared-contacts`
    const one = await made(path, friend)
    assert.equal(one.source, 'declared')
    const again = await as(minh)('POST', path, friend)
    assert.deepEqual([again.status, again.body.code], [409, 'declaredContact.known'])
    await made(path, { ...friend, setting: 'outdoors', confidence: 0.2 })
    await made(path, {
      personId: one.person.id,
      setting: 'work',
      from: '2026-11-21T01:00:00Z',
      to: '2026-11-21T02:00:00Z',
    })
    const settings = async (query: string) =>
      (await as(minh)('GET', `${path}?${query}`)).body.items.map((item: any) => item.setting)
    assert.deepEqual(await settings('sort=confidence'), ['outdoors', 'work', 'meal'])
    assert.deepEqual(await settings('sort=-from'), ['work', 'outdoors', 'meal'])
    assert.deepEqual(await settings('setting=work'), ['work'])
    const page = (await as(minh)('GET', `${path}?limit=2&sort=confidence`)).body
    assert.deepEqual(await settings(`limit=2&sort=confidence&cursor=${page.next}`), ['meal'])
    const withdrawal = `/declared-contacts/${one.id}/withdrawal`
    assert.equal((await as(minh)('POST', withdrawal)).status, 200)
    assert.equal((await as(minh)('POST', withdrawal)).body.code, 'declaredContact.withdrawn')
    assert.deepEqual(await settings('withdrawn=true'), ['meal'])
    assert.equal((await as(minh)('POST', path, friend)).status, 201) // right after all
  })

  scenario('are marked as F1 like those of a trace, once, and are followed', async (as, t) => {
    const { id, person, made } = await someCase(as, t)
    const path = `/cases/${id}/contacts`
    const one = await made(`/cases/${id}/declared-contacts`, friend)
    await made(`/cases/${id}/declared-contacts`, { ...friend, setting: 'outdoors' })
    const other = await made(`/cases/${id}/declared-contacts`, {
      ...friend,
      name: 'Cô Ba',
      phone: '0905000778',
    })
    const wrongly = async (body: object) => (await as(minh)('POST', path, body)).body.code
    assert.equal(await wrongly({ all: true, label: 'F2' }), 'contact.besideIsFirst')
    assert.equal(await wrongly({ label: 'F1' }), 'contact.choiceUnclear')
    assert.equal(await wrongly({ personIds: [one.person.id, person.id], label: 'F1' }), 'contact.notBeside')

    const first = await made(path, { personIds: [one.person.id], label: 'F1' })
    assert.deepEqual([first.marked, first.alreadyMarked], [1, 0])
    const all = await made(path, { all: true, label: 'F1' })
    assert.equal(all.alreadyMarked, 1)
    const contacts = (await as(minh)('GET', path)).body.items
    assert.deepEqual(
      contacts.map((contact: any) => contact.person.id).filter((person: string) => person === one.person.id),
      [one.person.id],
    )
    const met = contacts.find((contact: any) => contact.person.id === other.person.id)
    assert.deepEqual(
      [met.label, met.firstAt, met.lastAt],
      ['F1', new Date(friend.from).toISOString(), new Date(friend.to).toISOString()],
    )
    const followed = (await as(minh)('GET', '/follow-ups?limit=200')).body.items
    assert.ok(followed.some(({ person }: any) => person.id === other.person.id))
  })

  scenario('a name without a number is the same person within one case, and nobody else', async (as, t) => {
    const { id, made } = await someCase(as, t)
    const met = (name: string, more: object = {}) =>
      made(`/cases/${id}/declared-contacts`, { ...friend, name, phone: undefined, ...more })
    const first = await met('Cô Ba')
    const second = await met('co ba', { setting: 'work' })
    assert.equal(first.person.id, second.person.id)
    const stranger = await met('Trần Văn Bình', { setting: 'indoors' })
    assert.notEqual(stranger.person.id, first.person.id)
    // On a phone that several share, the name decides; who is known by the number alone gets the name.
    const mother = await met('Mẹ', { phone: hoa.phone })
    const child = await met('Con', { phone: hoa.phone, setting: 'work' })
    assert.notEqual(mother.person.id, child.person.id)
    const [row] =
      await t.sql`select count(*)::int from people p join people h on h.id = p.holder_id where h.public_id = ${mother.person.id}`
    assert.equal(row!.count, 2)
  })
})

describe('guests of an event', () => {
  scenario('were together while it lasted, unless a scan knows better', async (as, t) => {
    const { id, person, made } = await someCase(as, t)
    const wedding = await made('/places', {
      name: 'Đám cưới',
      kind: 'wedding',
      areaCode: '22366',
      address: '1',
      phone: '0905000102',
      startsAt: '2026-11-22T04:00:00Z',
      endsAt: '2026-11-22T08:00:00Z',
    })
    const path = `/places/${wedding.id}/guests`
    const guests = [
      { name: 'Trần Văn Bình', phone: '0905000199' },
      { name: 'Lê Thị Hà', phone: '0905000777' },
    ]
    assert.deepEqual(await made(path, { guests }), { added: 2, known: 0 })
    assert.deepEqual(await made(path, { guests: [guests[1], { name: 'Cô Ba' }] }), { added: 1, known: 1 })
    const { items } = (await as(minh)('GET', path)).body
    assert.deepEqual(items.map((one: any) => one.maskedName).sort(), [
      'Cô B***',
      'Lê Thị H***',
      'Trần Văn B***',
    ])
    assert.ok(items.some((one: any) => one.id === person.id))
    t.now('2026-11-23T03:00:00Z')
    const edges = (await as(minh)('GET', `/cases/${id}/edges`)).body.items
    assert.deepEqual(
      edges.map((edge: any) => [edge.source, edge.setting, edge.confidence, edge.from]),
      [
        ['guest-list', 'event', 0.6, '2026-11-22T04:00:00.000Z'],
        ['guest-list', 'event', 0.6, '2026-11-22T04:00:00.000Z'],
      ],
    )
    const away = items.find((one: any) => one.id !== person.id).id
    assert.equal((await as(minh)('DELETE', `${path}/${away}`)).status, 204)
    assert.equal((await as(minh)('DELETE', `${path}/${away}`)).body.code, 'place.guestUnknown')
    const { market } = {
      market: await made('/places', {
        name: 'Chợ',
        kind: 'market',
        areaCode: '22366',
        address: '1',
        phone: '0905000102',
      }),
    }
    assert.equal(
      (await as(minh)('POST', `/places/${market.id}/guests`, { guests })).body.code,
      'place.notEvent',
    )
    for (const who of [lan, hoa, thu]) assert.equal((await as(who)('GET', path)).status, 403)
    assert.equal((await as(strangerOfficer)('GET', path)).status, 404)
  })
})
