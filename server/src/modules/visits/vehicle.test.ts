import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { scenario } from '../../../test/app.ts'
import { hoa, NHA_TRANG } from '../../../test/people.ts'

describe('the gate of a vehicle', () => {
  scenario('is told stops and zones to choose from, and each scan says which', async (as, t) => {
    t.now('2026-11-20T01:00:00Z')
    const open = async (name: string, kind: string, more: object = {}) => {
      const details = { name, kind, areaCode: NHA_TRANG, address: 'Bến xe', phone: hoa.phone }
      const answer = await as(hoa)('POST', '/places', { ...details, ...more })
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
      return answer.body.id as string
    }
    const vehicleAt = async (id: string) => (await as(hoa)('GET', `/places/${id}/gate`)).body.vehicle
    assert.equal(await vehicleAt(await open('Chợ', 'market')), null)
    const bus = await open('Xe 04', 'vehicle', { plate: '79B-012.34', zones: ['A1-A20', 'B1-B20'] })
    assert.deepEqual(await vehicleAt(bus), { stops: [], zones: ['A1-A20', 'B1-B20'] })
    for (const [hour, from, to] of [
      [1, 'Bến xe phía Nam', 'Chợ Đầm'],
      [2, 'Chợ Đầm', 'Cam Ranh'],
    ] as const) {
      t.now(`2026-11-20T0${hour}:00:00Z`)
      await as(hoa)('POST', `/places/${bus}/trips`, { from, to })
    }
    assert.deepEqual((await vehicleAt(bus)).stops, ['Chợ Đầm', 'Cam Ranh', 'Bến xe phía Nam'])

    const scan = {
      placeId: bus,
      at: '2026-11-20T02:00:00Z',
      direction: 'in',
      vouched: true,
      code: 'tel:0905123777',
    }
    const scans = [
      { ...scan, id: randomUUID(), stop: 'Chợ Đầm', zone: 'A1-A20' },
      { ...scan, id: randomUUID(), code: 'tel:0905123778' },
    ]
    assert.equal((await as(hoa)('POST', '/scans', { scans })).body.accepted, 2)
    const kept = await t.sql`select stop, zone from scans order by stop`
    assert.deepEqual(
      [...kept],
      [
        { stop: 'Chợ Đầm', zone: 'A1-A20' },
        { stop: null, zone: null },
      ],
    )
  })

  scenario(
    'whose exit nobody recorded got off when the trip ended, and may board the next',
    async (as, t) => {
      t.now('2026-11-20T00:00:00Z')
      const details = { name: 'Xe 04', kind: 'vehicle', areaCode: NHA_TRANG, plate: '79B-012.34' }
      const bus = (await as(hoa)('POST', '/places', { ...details, address: 'Bến xe', phone: hoa.phone })).body
        .id as string
      const trips = async (hour: string) => {
        t.now(`2026-11-20T${hour}:00Z`)
        return (await as(hoa)('POST', `/places/${bus}/trips`, { from: 'Nha Trang', to: 'Cam Ranh' })).body.id
      }
      const first = await trips('00:00')
      t.now('2026-11-20T00:30:00Z')
      await as(hoa)('PATCH', `/places/${bus}/trips/${first}`, { ended: true })
      await trips('00:40')
      const board = async (...times: string[]) => {
        const scans = times.map((time) => ({
          id: randomUUID(),
          placeId: bus,
          at: `2026-11-20T${time}:00Z`,
          direction: 'in',
          vouched: true,
          code: 'tel:0905123777',
        }))
        const { body } = await as(hoa)('POST', '/scans', { scans })
        assert.equal(body.accepted, times.length, JSON.stringify(body))
      }
      const stays = async () =>
        (await t.sql`select arrived_at, elsewhere_at from unfinished_stays order by 1`).map((row) => [
          row.arrivedAt.toISOString().slice(11, 16),
          row.elsewhereAt?.toISOString().slice(11, 16),
        ])
      t.now('2026-11-20T00:50:00Z')
      await board('00:05', '00:10', '00:45')
      assert.deepEqual(await stays(), [
        ['00:05', '00:30'],
        ['00:45', undefined],
      ])
      await trips('01:10')
      assert.deepEqual(await stays(), [
        ['00:05', '00:30'],
        ['00:45', '01:10'],
      ])
    },
  )
})
