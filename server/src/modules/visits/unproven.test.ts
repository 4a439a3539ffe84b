import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { describe } from 'node:test'
import { makePhoneCode } from '@lachan/contract/codes.ts'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, stranger, tu, type Who } from '../../../test/people.ts'
import { holdEntry } from '../declarations/index.ts'
import { trustOf, viaName, viaNumber } from './rules.ts'

type As = (who: Who) => Ask

const NOW = Date.parse('2026-11-20T03:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const iso = (ms: number) => new Date(ms).toISOString()
const UNKNOWN = ['***', null, '0905***01', 'yellow']

async function openPlace(as: As, owner: Who & { phone: string }, more: object = {}) {
  const place = {
    name: 'Quán',
    kind: 'restaurant',
    areaCode: NHA_TRANG,
    address: '1 Trần Phú',
    phone: owner.phone,
  }
  const { status, body } = await as(owner)('POST', '/places', { ...place, ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id as string
}

const scanOf = (placeId: string, code: string, more: object = {}) => ({
  id: randomUUID(),
  placeId,
  at: iso(NOW),
  direction: 'in',
  code,
  ...more,
})
async function send(as: As, who: Who, ...scans: object[]) {
  const { status, body } = await as(who)('POST', '/scans', { scans })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const toldOf = ({ person, decision }: any) => [
  person.maskedName,
  person.birthYear,
  person.maskedPhone,
  decision.status,
]
const introduce = (as: As, who: Who) =>
  as(who)('POST', '/people', {
    name: 'Trần Thị Lan',
    birthYear: 1990,
    areaCode: NHA_TRANG,
    relation: 'self',
  })
const hold = (t: Stage, personId: number) =>
  holdEntry(t.ctx(), [{ personId, reason: 'case', caseId: randomUUID(), until: new Date(NOW + 7 * DAY) }])

async function signIn(as: As, t: Stage, phone: string) {
  const { challengeId } = (await as(stranger)('POST', '/phone-codes', { phone })).body
  return (await as(stranger)('POST', '/phone-sessions', { challengeId, code: await codeIn(t) })).body
}
async function confirm(as: As, t: Stage, phone: string) {
  const place = await openPlace(as, hoa, { name: 'Chợ' })
  const { challengeId } = (await as(hoa)('POST', `/places/${place}/phone-codes`, { phone })).body
  const code = await codeIn(t)
  await as(hoa)('POST', `/places/${place}/phone-confirmations`, { challengeId, code })
}
const codeIn = async (t: Stage) => /\b\d{6}\b/.exec((await t.outbox())[0]!.text)![0]

const answers = {
  travelled: false,
  hasSymptoms: false,
  contactPatient: false,
  contactAffectedCountry: false,
  contactSymptoms: false,
}
const declaration = async (as: As) => {
  const { body: form } = await as(lan)('GET', '/forms/general')
  return { formId: form.id, formVersion: form.version, answers }
}

describe('a number that somebody typed', () => {
  scenario('tells nothing of whose it is: no name, no year, no decision', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    const own = await openPlace(as, stranger)
    const typed = (more: object = {}) => scanOf(own, `tel:${lan.phone}`, { vouched: true, ...more })
    const first = typed()
    const [one, again] = (await send(as, stranger, first, scanOf(own, `seen:${first.id}`))).results
    assert.deepEqual([toldOf(one), toldOf(again)], [UNKNOWN, UNKNOWN])

    await hold(t, rowOf(lan).id)
    const [red, seen] = (await send(as, stranger, typed(), scanOf(own, `seen:${again.id}`))).results
    assert.deepEqual([toldOf(red), toldOf(seen)], [UNKNOWN, UNKNOWN], 'nor that they are to stay at home')
    // Nor does the log of the day, or who is there.
    const { body } = await as(stranger)('GET', `/places/${own}/today`)
    const shown = [...body.items, ...body.here].map(({ person }: any) => [
      person.maskedName,
      person.birthYear,
      person.maskedPhone,
    ])
    assert.deepEqual([shown.length, new Set(shown.map(String)).size], [5, 1])
    assert.deepEqual(shown[0], UNKNOWN.slice(0, 3))
    // The person sees where it was typed.
    assert.equal((await as(lan)('GET', '/me/visits')).body.items[0].place.name, 'Quán')
    // What they show themselves still tells the guard what to do.
    const { text } = (await as(lan)('GET', '/me/card')).body
    const [proven] = (await send(as, stranger, scanOf(own, text))).results
    assert.deepEqual(toldOf(proven), ['Trần Thị L***', 1990, '0905***01', 'red'])
  })

  scenario('tells nothing either beside a made-up card of the very moment', async (as, t) => {
    t.now(iso(NOW))
    const number = '056190001234'
    const details = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG, documentNumber: number }
    const { body: known } = await as(minh)('POST', '/people', { ...details, phone: lan.phone })
    const own = await openPlace(as, stranger)
    const { results } = await send(
      as,
      stranger,
      scanOf(own, `tel:${lan.phone}`, { vouched: true }),
      scanOf(own, `${number}||X Y|01011960|Nam||`),
    )
    assert.deepEqual(await t.peopleOf(results), [known.id, known.id])
    assert.deepEqual(
      results.map(({ setAside }: any) => setAside),
      [undefined, 'mismatch'],
    )
    const { here } = (await as(stranger)('GET', `/places/${own}/today`)).body
    assert.deepEqual(
      here.map(({ person }: any) => [person.maskedName, person.birthYear]),
      [['***', null]],
    )
  })

  scenario('and is confirmed by a code, says what is known', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    await hold(t, rowOf(lan).id)
    const own = await openPlace(as, stranger)
    const { challengeId } = (await as(stranger)('POST', `/places/${own}/phone-codes`, { phone: lan.phone }))
      .body
    const code = /\b\d{6}\b/.exec((await t.outbox())[0]!.text)![0]
    await as(stranger)('POST', `/places/${own}/phone-confirmations`, { challengeId, code })
    const scan = scanOf(own, `tel:${lan.phone}`, { id: challengeId, confirmed: true })
    assert.deepEqual(toldOf((await send(as, stranger, scan)).results[0]), [
      'Trần Thị L***',
      1990,
      '0905***01',
      'red',
    ])
  })

  scenario('is declared for by what was asked, whatever stands on the record', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    await hold(t, rowOf(lan).id)
    const own = await openPlace(as, stranger)
    const [{ person }] = (await send(as, stranger, scanOf(own, `tel:${lan.phone}`, { vouched: true })))
      .results
    const form = await declaration(as)
    const declare = (more: object, who: Who = stranger) =>
      as(who)('POST', `/places/${own}/declarations`, { ...form, personId: person.id, ...more })
    const told = { name: 'X Y', birthYear: 1971, areaCode: NHA_TRANG }
    const missing = await declare({})
    assert.equal(missing.body.code, 'declaration.personIncomplete', 'though nothing is missing on the record')
    for (const _ of [1, 2]) {
      const { status, body } = await declare(told)
      assert.deepEqual([status, body.status], [201, 'green'])
    }
    const sick = await declare({ ...told, answers: { ...answers, hasSymptoms: true, symptoms: ['cough'] } })
    assert.equal(sick.body.status, 'red')
    assert.deepEqual([...(await t.sql`select signals from declarations`)], [], 'nothing is theirs of it')
    const [row] = (await as(lan)('GET', '/me/people')).body.items
    assert.deepEqual([row.name, row.birthYear], ['Trần Thị Lan', 1990])
  })

  /** These numbers are typed at the stranger's door; what the guard is then told of each. */
  async function typeNumbers(as: As, numbers: readonly string[]) {
    const own = await openPlace(as, stranger)
    const scans = numbers.map((number) => scanOf(own, `tel:${number}`, { vouched: true }))
    const people = (await send(as, stranger, ...scans)).results.map(({ person }: any) => person.id)
    const form = await declaration(as)
    return async (more: object) => {
      const told: unknown[][] = []
      for (const personId of people) {
        const sent = { ...form, personId, ...more }
        const { status, body } = await as(stranger)('POST', `/places/${own}/declarations`, sent)
        told.push([status, body.code ?? body.status, body.fields])
      }
      return told
    }
  }

  scenario('is answered the same whatever is sent, and whatever stands on the record', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    // Of Tú is known the number alone, which he has signed in with.
    const declare = await typeNumbers(as, [lan.phone, tu.phone, '0905777001'])
    const told = { name: 'X Y', birthYear: 1971, areaCode: NHA_TRANG }
    const feverish = { ...answers, hasSymptoms: true, symptoms: ['fever'] }
    const id = randomUUID()
    const sent: [object, unknown][] = [
      [{}, 'declaration.personIncomplete'],
      [{ name: 'X Y', areaCode: NHA_TRANG }, 'declaration.personIncomplete'],
      [{ ...told, name: '12' }, 'person.nameInvalid'],
      [{ ...told, birthYear: 2190 }, 'person.birthUnlikely'],
      [{ ...told, areaCode: '99999' }, 'area.unknown'],
      [{ ...told, areaCode: '56' }, 'person.areaTooWide'],
      [{ ...told, formVersion: 99 }, 'declaration.formVersionUnknown'],
      [{ ...told, answers: {} }, 'declaration.answersInvalid'],
      [{ ...told, id }, 'green'],
      [{ ...told, id }, 'green'],
      [{ ...told, id, answers: feverish }, 'red'],
      [{ ...told, answers: feverish }, 'red'],
    ]
    for (const [more, expected] of sent) {
      const [one, ...others] = await declare(more)
      assert.equal(one![1], expected)
      for (const other of others) assert.deepEqual(other, one)
    }
    const kept =
      await t.sql`select p.holder_id, p.area_id, signals from declarations d join people p on p.id = d.person_id`
    assert.deepEqual(
      kept.map(({ holderId, areaId, signals }) => [
        [rowOf(lan).id, rowOf(tu).id].includes(holderId),
        areaId !== null,
        signals,
      ]),
      [[false, true, []]],
      "it is kept, once, where the record is nobody's yet",
    )
    const [own] = (await as(tu)('GET', '/me/people')).body.items
    assert.deepEqual([own.name, own.birthYear, own.areaCode], [null, null, null])
  })

  for (const [what, take] of [
    ['somebody signs in with it', signIn],
    ['its person confirms it at a gate', confirm],
  ] as const)
    scenario(`is nobody's until ${what}`, async (as, t) => {
      t.now(iso(NOW))
      const number = '0905777002'
      const declare = await typeNumbers(as, [number])
      await take(as, t, number)
      const told = { name: 'X Y', birthYear: 1971, areaCode: NHA_TRANG }
      assert.deepEqual(await declare(told), [[201, 'green', undefined]])
      assert.deepEqual([...(await t.sql`select from declarations`)], [])
    })

  scenario('leads to nobody who is known here by it as well', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    const own = await openPlace(as, stranger)
    const { text } = (await as(lan)('GET', '/me/card')).body
    const typed = scanOf(own, `tel:${lan.phone}`, { vouched: true })
    const [first, shown] = (await send(as, stranger, typed, scanOf(own, text))).results
    const [again] = (await send(as, stranger, scanOf(own, `seen:${first.id}`))).results
    assert.equal(shown.person.id, rowOf(lan).publicId)
    const told = { name: 'X Y', birthYear: 1971, areaCode: NHA_TRANG }
    const form = await declaration(as)
    const declare = (personId: string) =>
      as(stranger)('POST', `/places/${own}/declarations`, { ...form, ...told, personId })
    for (const { person } of [first, again]) assert.equal((await declare(person.id)).body.status, 'green')
    assert.deepEqual([...(await t.sql`select from declarations`)], [])
    assert.equal((await declare(shown.person.id)).body.status, 'green')
    assert.equal((await t.sql`select from declarations`).length, 1)
    // Half an hour later nobody stands at the door any more.
    t.now(iso(NOW + 31 * MINUTE))
    for (const { person } of [first, again, shown])
      assert.equal((await declare(person.id)).body.code, 'visit.notScanned')
  })

  scenario('is one of three hundred that a citizen brings in a day that were never there', async (as, t) => {
    t.now(iso(NOW))
    const own = await openPlace(as, stranger)
    const numbers = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) =>
        scanOf(own, `tel:090577${String(from + n).padStart(4, '0')}`, { vouched: true }),
      )
    const known = (await send(as, stranger, ...numbers(0, 200))).accepted
    t.now(iso(NOW + HOUR))
    const more = await send(as, stranger, ...numbers(100, 240))
    assert.deepEqual([known, more.accepted, more.refused.length], [200, 200, 40], 'the rest waits')
    assert.deepEqual([...new Set(more.refused.map(({ code }: any) => code))], ['visit.tooManyNew'])
    t.now(iso(NOW + 2 * HOUR))
    assert.equal((await send(as, stranger, ...numbers(0, 240))).accepted, 240, 'who was there may come again')
    t.now(iso(NOW + DAY))
    assert.equal((await send(as, stranger, ...numbers(300, 40))).accepted, 40)
  })
})

describe('a card whose name is made up', () => {
  scenario('is decided as of somebody unknown, and nobody declares with it', async (as, t) => {
    t.now(iso(NOW))
    const [place, own] = [await openPlace(as, hoa), await openPlace(as, stranger)]
    const number = '056090123456'
    const [real] = (await send(as, hoa, scanOf(place, `${number}||Đỗ Văn Ca|01011990|Nam||`))).results
    const [row] = await t.sql`select id from people where public_id = ${real.person.id}`
    await hold(t, row!.id)
    const [taken] = (await send(as, stranger, scanOf(own, `${number}||Tên Bịa Đặt|01011960|Nam||`))).results
    assert.deepEqual([taken.setAside, toldOf(taken)], ['mismatch', ['Tên Bịa Đ***', 1960, null, 'yellow']])
    const body = { ...(await declaration(as)), personId: taken.person.id, name: 'X Y', birthYear: 1960 }
    const refused = await as(stranger)('POST', `/places/${own}/declarations`, {
      ...body,
      areaCode: NHA_TRANG,
    })
    assert.deepEqual([refused.status, refused.body.code], [409, 'visit.notScanned'])
  })
})

describe('a paper card in the hand of somebody else', () => {
  scenario('names nobody, and is decided as of somebody unknown', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    await hold(t, rowOf(lan).id)
    const place = await openPlace(as, hoa)
    const { text } = (await as(minh)('POST', `/people/${rowOf(lan).publicId}/paper-cards`)).body
    const wrong = scanOf(place, text, { given: { birthYear: 1950 } })
    const right = scanOf(place, text, { given: { birthYear: 1990 } })
    const { results } = await send(as, hoa, wrong, right, wrong)
    assert.deepEqual(
      results.map((one: any) => [one.outcome, one.setAside, ...toldOf(one)]),
      [
        ['accepted', 'mismatch', '***', null, null, 'yellow'],
        ['accepted', undefined, 'Trần Thị L***', 1990, '0905***01', 'red'],
        ['repeated', 'mismatch', '***', null, null, 'yellow'],
      ],
    )
  })
})

describe('a signed code', () => {
  scenario('says who, and no more than a card of others of moments before it was made', async (as, t) => {
    t.now(iso(NOW))
    const place = await openPlace(as, hoa)
    const { text } = (await as(lan)('GET', '/me/card')).body
    const before = [30 * DAY, 10 * DAY, 2 * HOUR, 6 * MINUTE, 4 * MINUTE, 0]
    for (const ago of before) {
      const { results } = await send(as, hoa, scanOf(place, text, { at: iso(NOW - ago) }))
      assert.deepEqual([results[0].outcome, results[0].setAside], ['accepted', undefined])
    }
    const known = await t.sql`select via, step from scans order by at`
    assert.deepEqual(
      known.map(({ via, step }) => [viaName(via!), step !== null]),
      [...Array(4).fill(['later', false]), ...Array(2).fill(['server-code', true])],
    )
    assert.equal(trustOf({ via: viaNumber('later'), keyedIn: false }), 1)
  })

  scenario(
    'that a phone made after it was revoked is none, whenever it is said to be shown',
    async (as, t) => {
      t.now(iso(NOW))
      const place = await openPlace(as, hoa)
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      const key = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')
      const { body: device } = await as(lan)('POST', '/me/devices', { publicKey: key })
      const certificate = Buffer.from(device.certificates[0].certificate, 'base64')
      const codeAt = (ms: number) => makePhoneCode(certificate, new Date(ms), signing(privateKey))
      t.now(iso(NOW + MINUTE))
      await as(lan)('DELETE', `/me/devices/${device.id}`)
      t.now(iso(NOW + 10 * MINUTE))
      const told = async (madeAt: number, at: number) => {
        const { refused, results } = await send(as, hoa, scanOf(place, await codeAt(madeAt), { at: iso(at) }))
        return refused[0]?.code ?? results[0].setAside ?? null
      }
      assert.equal(await told(NOW, NOW), null, 'what was shown before that was right')
      for (const at of [NOW, NOW - HOUR]) assert.equal(await told(NOW + 2 * MINUTE, at), 'code.revoked')
    },
  )
})
const signing = (key: KeyObject) => async (body: Uint8Array) => sign(null, body, key)

describe('a line of a paper list with a number', () => {
  const rowOn = (placeId: string, name: string, birthYear?: number, more: object = {}) =>
    scanOf(placeId, 'tel:0905444555', {
      vouched: true,
      keyedIn: true,
      given: { name, ...(birthYear ? { birthYear } : {}), about: 'tổ 5' },
      ...more,
    })

  scenario('is whoever is named beside it: a family has one phone', async (as, t) => {
    t.now(iso(NOW))
    const place = await openPlace(as, hoa)
    const elsewhere = await openPlace(as, hoa, { name: 'Chợ' })
    const family = [
      ['Nguyễn Thị Mẹ', 1985],
      ['Nguyễn Văn Con', 2015],
      ['Nguyễn Thị Bà', 1950],
    ] as const
    const { results } = await send(as, hoa, ...family.map(([name, year]) => rowOn(place, name, year)))
    assert.deepEqual(
      results.map(({ person, setAside }: any) => [person.maskedName, person.birthYear, setAside]),
      [
        ['Nguyễn Thị M***', 1985, undefined],
        ['Nguyễn Văn C***', 2015, undefined],
        ['Nguyễn Thị B***', 1950, undefined],
      ],
    )
    const ids = await t.peopleOf(results)
    assert.equal(new Set(ids).size, 3)
    // The same words are the same person, also when they leave, and on another list.
    const { results: again } = await send(
      as,
      hoa,
      rowOn(place, 'NGUYỄN VĂN CON', 2015, { direction: 'out', at: iso(NOW) }),
      rowOn(elsewhere, 'Nguyễn Thị Bà', 1950),
    )
    assert.deepEqual(await t.peopleOf(again), [ids[1], ids[2]])
    const { body } = await as(minh)('GET', `/people/${ids[0]}?reason=followUp`)
    assert.deepEqual(
      [body.name, body.birthYear, body.phone, body.address],
      ['Nguyễn Thị Mẹ', 1985, '0905444555', 'tổ 5'],
    )
    // Whoever signs in with the number has nobody's stays for it.
    const { token } = await signIn(as, t, '0905444555')
    assert.equal((await as({ kind: 'key', name: '', token })('GET', '/me/people')).body.items.length, 1)
  })

  scenario('is who declared that name on the number, and nobody else of it', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    const place = await openPlace(as, hoa)
    const row = (name: string, birthYear?: number) =>
      rowOn(place, name, birthYear, { code: `tel:${lan.phone}` })
    const { results } = await send(
      as,
      hoa,
      row('Trần thị Lan'),
      row('Võ Thị Sáu', 1971),
      row('Trần Thị Lan', 1960),
    )
    const isLan = (await t.peopleOf(results)).map((id) => id === rowOf(lan).publicId)
    assert.deepEqual(isLan, [true, false, false])
    // The answer is what was written, so that nobody learns by it whose number that is.
    assert.deepEqual(results.map(toldOf), [
      ['Trần thị L***', null, '0905***01', 'yellow'],
      ['Võ Thị S***', 1971, '0905***01', 'yellow'],
      ['Trần Thị L***', 1960, '0905***01', 'yellow'],
    ])
  })

  scenario('is completed by the officer who registers them', async (as, t) => {
    t.now(iso(NOW))
    const place = await openPlace(as, hoa)
    const { results } = await send(as, hoa, rowOn(place, 'Võ Thị Sáu', 1971))
    const details = { name: 'Võ Thị Sáu', birthYear: 1971, areaCode: NHA_TRANG, phone: '0905444555' }
    assert.deepEqual([(await as(minh)('POST', '/people', details)).body.id], await t.peopleOf(results))
  })

  scenario('tells no more of whose record it is than any other line', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    const [own, other] = [await openPlace(as, stranger), await openPlace(as, stranger, { name: 'Chợ' })]
    const typed = (placeId: string, name?: string, birthYear?: number) =>
      rowOn(placeId, name ?? '', birthYear, {
        code: `tel:${lan.phone}`,
        ...(name === undefined ? { given: undefined } : {}),
      })
    const [alone] = (await send(as, stranger, typed(own))).results
    const lines = [typed(other, 'Trần Thị Lan', 1990), typed(other, 'Võ Thị Sáu', 1990)]
    const { results } = await send(as, stranger, ...lines)
    const seen = await send(as, stranger, ...lines.map(({ id }) => scanOf(other, `seen:${id}`)))
    const { body: there } = await as(stranger)('GET', `/places/${other}/today`)
    const { body: here } = await as(stranger)('GET', `/places/${own}/today`)
    const told = [
      alone,
      ...results,
      ...seen.results,
      ...there.items,
      ...there.here,
      ...here.items,
      ...here.here,
    ]
    assert.equal((await t.peopleOf([alone, results[0]]))[1], rowOf(lan).publicId, 'whoever traces finds them')
    for (const { person } of told) assert.notEqual(person.id, rowOf(lan).publicId)
    // Nor is she declared for by her own id: that would tell that one of the lines was hers.
    const form = await declaration(as)
    const declare = async (personId: string) => {
      const body = { ...form, personId, name: 'X Y', birthYear: 1971, areaCode: NHA_TRANG }
      return (await as(stranger)('POST', `/places/${other}/declarations`, body)).body
    }
    for (const id of [rowOf(lan).publicId, alone.person.id])
      assert.equal((await declare(id)).code, 'visit.notScanned')
    for (const { person } of results) assert.equal((await declare(person.id)).status, 'green')
    assert.deepEqual([...(await t.sql`select from declarations`)], [])
  })

  const WITHOUT = undefined
  for (const [order, expected] of [
    [
      [1985, WITHOUT],
      [0, 0],
    ],
    [
      [WITHOUT, 1985],
      [0, 0],
    ],
    [
      [WITHOUT, 1985, WITHOUT, 1985],
      [0, 0, 0, 0],
    ],
    [
      [WITHOUT, 1985, 1990],
      [0, 0, 2],
    ],
    [
      [1985, 1990],
      [0, 1],
    ],
    // Whose it is nobody can tell.
    [
      [1985, 1990, WITHOUT, WITHOUT],
      [0, 1, 2, 2],
    ],
  ] as [(number | undefined)[], number[]][])
    for (const [how, batches] of [
      ['in one body', (scans: object[]) => [scans]],
      ['one after the other', (scans: object[]) => scans.map((scan) => [scan])],
    ] as const)
      scenario(
        `of one name: years ${order.map((year) => year ?? '–').join(', ')}, people ${new Set(expected).size}, ${how}`,
        async (as, t) => {
          t.now(iso(NOW))
          const place = await openPlace(as, hoa)
          const scans = order.map((year) => rowOn(place, 'Võ Thị Sáu', year))
          for (const batch of batches(scans)) await send(as, hoa, ...batch)
          const people = await t.peopleOf(scans)
          assert.deepEqual(
            people.map((id) => people.indexOf(id)),
            expected,
          )
          for (const [at, year] of order.entries()) {
            if (year === undefined) continue
            const { body } = await as(minh)('GET', `/people/${people[at]}?reason=followUp`)
            assert.equal(body.birthYear, year)
          }
        },
      )

  scenario('is refused, right or wrong, once a citizen has brought too many new numbers', async (as, t) => {
    t.now(iso(NOW))
    await introduce(as, lan)
    const own = await openPlace(as, stranger)
    const typed = (phone: string, more: object = {}) =>
      scanOf(own, `tel:${phone}`, { vouched: true, ...more })
    const numbers = Array.from({ length: 299 }, (_, n) => typed(`090577${String(n).padStart(4, '0')}`))
    assert.equal((await send(as, stranger, typed(lan.phone), ...numbers)).accepted, 300)
    t.now(iso(NOW + HOUR))
    const names = ['Trần Thị Lan', 'Võ Thị Sáu'].map((name) => typed(lan.phone, { given: { name } }))
    const { accepted, refused } = await send(as, stranger, typed(lan.phone), ...names)
    assert.deepEqual([accepted, refused.map(({ id }: any) => id)], [1, names.map(({ id }) => id)])
  })

  scenario("adds no year to a record that is somebody's", async (as, t) => {
    t.now(iso(NOW))
    await as(lan)('POST', '/people', { name: 'Trần Thị Lan', areaCode: NHA_TRANG, relation: 'self' })
    const place = await openPlace(as, hoa)
    const line = rowOn(place, 'Trần Thị Lan', 1985, { code: `tel:${lan.phone}` })
    await send(as, hoa, line)
    assert.deepEqual(await t.peopleOf([line]), [rowOf(lan).publicId])
    assert.equal((await as(lan)('GET', '/me')).body.person.birthYear, null)
  })
})
