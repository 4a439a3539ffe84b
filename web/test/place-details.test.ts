import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { detailsOf, readDetails, valuesOf, wrongHours } from '../src/routes/(public)/places/details.ts'
import { positionText, readPosition } from '../src/routes/(public)/places/position.ts'

const filled = (fields: Record<string, string | string[]>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
  return form
}
const hoursOf = (...hours: [number, string, string][]) =>
  hours.map(([weekday, opens, closes]) => ({ weekday, opens, closes }))
const place = {
  capacity: null,
  hours: null,
  plate: null,
  route: null,
  operator: null,
  zones: [],
  startsAt: null,
  endsAt: null,
  expectedGuests: null,
  host: null,
} as never

describe('what a form says of a place', () => {
  it('is told to the API as numbers, moments of Vietnam and lists', () => {
    assert.deepEqual(
      readDetails(
        filled({ opens: '06:00', closes: '18:00', days: ['1', '7'], capacity: ' 40 ' }),
        detailsOf.fixed,
      ),
      { capacity: 40, hours: hoursOf([1, '06:00', '18:00'], [7, '06:00', '18:00']) },
    )
    assert.deepEqual(
      readDetails(
        filled({
          startsAt: '2026-11-28T10:00',
          endsAt: '28/11/2026',
          expectedGuests: 'nhiều',
          host: ' Bà Hoa ',
        }),
        detailsOf.event,
      ),
      {
        startsAt: '2026-11-28T03:00:00.000Z',
        endsAt: '28/11/2026',
        expectedGuests: 'nhiều',
        host: 'Bà Hoa',
        capacity: null,
      },
    )
    assert.deepEqual(readDetails(filled({ plate: '79B-012.34', zones: 'A1-A20, ; B1' }), detailsOf.vehicle), {
      plate: '79B-012.34',
      route: null,
      operator: null,
      zones: ['A1-A20', 'B1'],
      capacity: null,
    })
  })

  it('leaves alone what stands on no field', () => {
    assert.deepEqual(readDetails(filled({}), detailsOf.fixed), { capacity: null })
    assert.deepEqual(readDetails(filled({ opens: '', closes: '', days: '1' }), ['hours']), { hours: null })
  })

  it('tells hours of some days apart from the usual ones, there and back', () => {
    const hours = hoursOf(
      [1, '06:00', '12:00'],
      [2, '06:00', '18:00'],
      [5, '06:00', '18:00'],
      [6, '18:00', '02:00'],
    )
    const values = valuesOf({ ...(place as object), hours } as never)
    assert.deepEqual(
      [values.opens, values.closes, values.days, values.closes_1, values.opens_6, values.opens_7],
      ['06:00', '18:00', '2,5', '12:00', '18:00', undefined],
    )
    const { days, ...fields } = values
    assert.deepEqual(readDetails(filled({ ...fields, days: days!.split(',') }), ['hours']), { hours })
    assert.deepEqual(
      readDetails(filled({ opens: '', closes: '', closes_3: '12:00', days: ['1'] }), ['hours']),
      {
        hours: hoursOf([3, '', '12:00']),
      },
    )
    assert.equal(wrongHours({ name: '', 'hours.0.opens': '' }), 'hours.0.opens')
  })

  it('puts it on the map as maps write it, or says that this is no position', () => {
    const point = { lat: 12.2388, lon: 109.1967 }
    for (const text of ['12.2388, 109.1967', '12.2388,109.1967', '12.2388 109.1967', '12,2388; 109,1967'])
      assert.deepEqual(readPosition(text), point, text)
    assert.equal(readPosition(''), null)
    for (const text of ['12,2388', '12.2388', '109.1967, 12.2388', 'chợ Đầm', '12,23', '12.2.3, 109.1'])
      assert.equal(readPosition(text), undefined, text)
    assert.equal(positionText(point), '12.2388, 109.1967')
    assert.equal(positionText({ lat: null, lon: null }), '')
  })

  it('comes back to the form as it was typed', () => {
    const values = valuesOf({
      ...(place as object),
      startsAt: '2026-11-28T03:00:00.000Z',
      endsAt: '2026-11-28T17:30:00.000Z',
      zones: ['A', 'B'],
    } as never)
    assert.deepEqual(
      [values.startsAt, values.endsAt, values.zones],
      ['2026-11-28T10:00', '2026-11-29T00:30', 'A, B'],
    )
  })
})
