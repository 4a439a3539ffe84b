import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Stage, scenario } from '../../../test/app.ts'
import { lan, minh, NHA_TRANG } from '../../../test/people.ts'
import { isFaulty } from '../../platform/csv-import.ts'
import { peopleByRef, peopleImport } from './import.ts'
import { profileOf } from './service.ts'

const now = new Date('2026-11-20T00:00:00Z')

/** ref,name,birth,sex,phone,id_number,area,address; what is not said is right. */
const row = (cells: Record<string, string> = {}) =>
  Object.values({
    ref: 'p-1',
    name: 'Lê Hòa',
    birth: '',
    sex: '',
    phone: '',
    id: '',
    area: '',
    address: '',
    ...cells,
  })

const faultsOf = (cells: Record<string, string>) => {
  const checked = peopleImport().check(row(cells), now)
  return Array.isArray(checked) ? checked.map(({ field }) => field) : []
}

async function imported(stage: Stage, ...rows: string[][]) {
  const kind = peopleImport()
  const good = rows.flatMap((cells) => {
    const checked = kind.check(cells, now)
    return isFaulty(checked) ? [] : [checked]
  })
  return kind.write(stage.ctx(), good)
}

const recordOf = async (stage: Stage, ref: string) => {
  const [found] = await stage.sql<{ id: number; holderId: number | null; sealed: Buffer; area: string }[]>`
    select id, holder_id, sealed, (select path from area_names where id = area_id) as area from people where ref = ${ref}`
  return found && { ...found, profile: profileOf(stage.ctx(), found) }
}

describe('a row of people.csv', () => {
  const cases: [cells: Record<string, string>, faults: string[]][] = [
    [{}, []],
    [{ birth: '1985', sex: 'nữ', phone: '0905 000 111', id: '056079001234' }, []],
    [{ birth: '1985-02-28', sex: 'M' }, []],
    [{ birth: '3/4/1985', sex: '2' }, []],
    [{ birth: '29/02/1985' }, ['birth']],
    [{ birth: '1985-02-30' }, ['birth']],
    [{ birth: '1899' }, ['birth']],
    [{ birth: '2026-11-21' }, ['birth']],
    [{ birth: '85' }, ['birth']],
    [{ ref: '' }, ['ref']],
    [{ name: '' }, ['name']],
    [{ name: '12 !' }, ['name']],
    [{ name: 'x'.repeat(256) }, ['name']],
    [{ sex: 'x', phone: '123', id: '!!' }, ['sex', 'phone', 'id_number']],
  ]
  for (const [cells, faults] of cases)
    test(`${JSON.stringify(cells).slice(0, 60)} → ${faults.join(' ') || 'taken'}`, () =>
      assert.deepEqual(faultsOf(cells), faults))
})

describe('importing people', () => {
  scenario(
    'they are sealed, found again by phone and name, and a second time changes nothing',
    async (as, t) => {
      const hoa = row({
        birth: '30/11/1978',
        sex: 'nữ',
        phone: '0905 000 555',
        area: NHA_TRANG,
        address: '1 Lê Lợi',
      })
      assert.equal((await imported(t, hoa)).written, 1)
      assert.equal((await imported(t, hoa)).written, 0)
      const { profile } = (await recordOf(t, 'p-1'))!
      assert.equal(profile.birthOn, '1978-11-30')
      assert.equal(profile.birthYear, 1978)
      assert.equal(profile.sex, 'female')
      assert.equal(profile.phone, '+84905000555')
      for (const wanted of [{ phone: '0905000555' }, { name: 'le hoa' }]) {
        const { body } = await as(minh)('POST', '/people/searches', { ...wanted, reason: 'case' })
        assert.ok(body.items.some(({ maskedPhone }: { maskedPhone: string }) => maskedPhone === '0905***55'))
      }
    },
  )

  scenario('somebody with the number of a citizen is reached through them', async (as, t) => {
    await imported(t, row({ phone: lan.phone }))
    const { body } = await as(lan)('GET', '/me/people')
    assert.deepEqual(
      body.items.map(({ name }: { name: string }) => name),
      [null, 'Lê Hòa'],
    )
  })

  scenario('a ref that a visit brought gets its name when the people come', async (_as, t) => {
    const ids = await peopleByRef({ create: true })(t.ctx(), ['p-1', 'p-1', 'p-2'])
    assert.equal((await recordOf(t, 'p-1'))!.profile.name, null)
    assert.equal((await imported(t, row({ area: NHA_TRANG }))).written, 1)
    const named = (await recordOf(t, 'p-1'))!
    assert.deepEqual([named.id, named.profile.name], [ids.get('p-1'), 'Lê Hòa'])
    assert.equal((await imported(t, row({ name: 'Somebody Else' }))).written, 0, 'and is left as it is then')
  })

  scenario('an address of 2021 keeps its unit, an unknown unit is refused', async (_as, t) => {
    const { written, refused } = await imported(
      t,
      row({ ref: 'old', area: '00001' }),
      row({ ref: 'none', area: '99999' }),
    )
    assert.equal(written, 1)
    assert.deepEqual(
      [...refused].map(([at, { field }]) => [at, field]),
      [[1, 'area']],
    )
    assert.match((await recordOf(t, 'old'))!.area, /Quận Ba Đình/)
  })
})
