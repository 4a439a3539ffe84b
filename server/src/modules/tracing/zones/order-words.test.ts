import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  epidemicOf,
  groundOf,
  type Order,
  regionOf,
  sayLater,
  situationOf,
  validityOf,
} from './order-words.ts'

const ward = { code: '22366', fullName: 'Phường Nha Trang', path: 'Phường Nha Trang, Tỉnh Khánh Hòa' }
const west = { code: '22390', fullName: 'Phường Tây', path: 'Phường Tây, Tỉnh Khánh Hòa' }
const province = { code: '56', fullName: 'Tỉnh Khánh Hòa', path: 'Tỉnh Khánh Hòa' }
const order = {
  authority: ward,
  units: [ward],
  disease: 'COVID-19',
  shape: null,
  timeZone: 'Asia/Ho_Chi_Minh',
  startsAt: new Date('2026-11-22T11:00:00Z'),
  endsAt: new Date('2026-12-06T11:00:00Z'),
  counts: { cases: 14, contacts: 1087, from: '2026-10-26', to: '2026-11-22' },
} as unknown as Order

test('an order names the disease and why, as far as both are known', () => {
  assert.equal(epidemicOf(order), 'dịch bệnh COVID-19')
  assert.equal(epidemicOf({ ...order, disease: null }), 'dịch bệnh')
  assert.equal(
    situationOf(order),
    'Căn cứ tình hình dịch bệnh COVID-19 trên địa bàn: 14 ca bệnh và 1.087 người tiếp xúc ở các xã, phường của vùng, ghi nhận từ ngày 26/10/2026 đến ngày 22/11/2026;',
  )
  const none = { ...order, counts: { ...order.counts, cases: 0 } }
  assert.equal(situationOf(none), 'Căn cứ tình hình dịch bệnh COVID-19 trên địa bàn;')
})

test('an order names its ground with the province, and a few communes each', () => {
  assert.equal(regionOf(order), 'Phường Nha Trang, Tỉnh Khánh Hòa')
  assert.equal(groundOf(order), 'toàn bộ Phường Nha Trang, Tỉnh Khánh Hòa')
  const two = { ...order, authority: province, units: [ward, west] }
  assert.equal(regionOf(two), 'Phường Nha Trang, Phường Tây thuộc Tỉnh Khánh Hòa')
  assert.equal(groundOf(two), 'toàn bộ Phường Nha Trang, Phường Tây (Tỉnh Khánh Hòa)')
  assert.equal(regionOf({ ...two, units: Array(12).fill(ward) }), '12 xã, phường thuộc Tỉnh Khánh Hòa')
  const shape = { kind: 'circle' as const, center: { lat: 12.25, lon: 109.19 }, radiusMetres: 350 }
  assert.match(groundOf({ ...order, shape }), /350 m .* thuộc Phường Nha Trang, Tỉnh Khánh Hòa$/)
})

test('an order says when it takes effect, when its measures begin, and when they end by themselves', () => {
  assert.equal(
    validityOf(order),
    'Quyết định này có hiệu lực kể từ ngày ký. Các biện pháp tại Điều 2 chỉ áp dụng từ 18 giờ 00 phút ngày 22 tháng 11 năm 2026 và tự hết hiệu lực lúc 18 giờ 00 phút ngày 06 tháng 12 năm 2026, trừ khi có quyết định gia hạn. Việc gia hạn hoặc kết thúc trước thời hạn do Chủ tịch Ủy ban nhân dân Phường Nha Trang quyết định và thông báo như Quyết định này.',
  )
  const at = new Date('2026-12-05T03:00:00Z')
  assert.equal(
    sayLater(
      { at, reason: 'Còn ca mới.', from: order.endsAt, to: new Date('2026-12-10T11:00:00Z') },
      order.timeZone,
    ),
    '10 giờ 00 phút ngày 05 tháng 12 năm 2026: gia hạn thời gian áp dụng từ 18 giờ 00 phút ngày 06 tháng 12 năm 2026 đến 18 giờ 00 phút ngày 10 tháng 12 năm 2026. Lý do: Còn ca mới.',
  )
  assert.equal(
    sayLater({ at, reason: 'Hết ca', from: null, to: null }, order.timeZone),
    '10 giờ 00 phút ngày 05 tháng 12 năm 2026: kết thúc trước thời hạn, mọi biện pháp hết hiệu lực. Lý do: Hết ca.',
  )
})
