import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { rowOf, scenario } from '../../../test/app.ts'
import { BA_DINH, hoa, minh, NHA_TRANG, nga, nobody, strangerOfficer } from '../../../test/people.ts'
import { addKey, authenticate } from '../accounts/index.ts'

type Entry = { actorKind: string; actorName: string | null; action: string; subjectId: string | null }

describe('an auditor sees', () => {
  scenario('who signed in, within the areas that are theirs', async (as) => {
    for (const { login } of [minh, strangerOfficer])
      await as(nobody)('POST', '/sessions', { login, password: `${login}-password` })
    const { items } = (await as(nga)('GET', '/audit?action=session.open')).body
    assert.deepEqual(
      items.map(({ actorKind, actorName, subjectId }: Entry) => [actorKind, actorName, subjectId]),
      [['account', 'minh', rowOf(minh).publicId]],
    )
  })

  scenario('which accounts and keys were made, and what keys do; nobody else’s', async (as, t) => {
    const place = (
      await as(minh)('POST', '/places', {
        name: 'Chợ Đầm',
        kind: 'market',
        areaCode: NHA_TRANG,
        address: '1',
        phone: hoa.phone,
      })
    ).body
    const [{ id: placeId }] = await t.sql<
      [{ id: number }]
    >`select id from places where public_id = ${place.id}`
    const areaOf = async (code: string) =>
      (await t.sql<{ id: number }[]>`select id from areas where code = ${code} and valid_to is null`)[0]!.id
    const gate = { role: 'gate', areaId: null, placeId: null }
    const keys = [
      await addKey(t.ctx(), { ...gate, name: 'of the place', placeId }),
      await addKey(t.ctx(), { ...gate, name: 'of the ward', areaId: await areaOf(NHA_TRANG) }),
      await addKey(t.ctx(), { ...gate, name: 'elsewhere', areaId: await areaOf(BA_DINH) }),
    ]
    for (const { id, token } of keys) {
      const actor = await authenticate(t.sql, { token }, t.time)
      assert.equal(actor.publicId, id)
      await t.ctx(actor).record('scan.record', place.id)
    }
    const { items } = (await as(nga)('GET', '/audit')).body as { items: Entry[] }
    const seen = (action: string) => items.filter((entry) => entry.action === action)
    const [first, second] = keys.map(({ id }) => id)
    assert.deepEqual(
      seen('key.add').map(({ subjectId }) => subjectId),
      [second, first],
    )
    assert.deepEqual(
      seen('scan.record').map(({ actorKind, actorName }) => [actorKind, actorName]),
      [
        ['key', 'of the ward'],
        ['key', 'of the place'],
      ],
    )
    const accounts = seen('account.add').map(({ subjectId }) => subjectId)
    assert.deepEqual(
      [minh, strangerOfficer].map((who) => accounts.includes(rowOf(who).publicId)),
      [true, false],
    )
  })

  scenario('nothing of what citizens do with their own things', async (as, t) => {
    await as(hoa)('POST', '/people', {
      name: 'Bà Hoa',
      birthYear: 1960,
      areaCode: NHA_TRANG,
      relation: 'self',
    })
    assert.equal((await t.sql`select from audit_log where actor_kind = 'citizen'`).length > 0, true)
    const { items } = (await as(nga)('GET', '/audit')).body as { items: Entry[] }
    assert.deepEqual([...new Set(items.map(({ actorKind }) => actorKind))], ['system'])
  })
})
