import { dayIn } from '../../../platform/days.ts'
import type { AreaRef } from '../../../platform/shapes.ts'
import type { Shape, ZoneCounts } from './schema.ts'

/** An extension, from one end to another, or an end before its time. */
export type Later = { at: Date; reason: string | null; from: Date | null; to: Date | null }

export type Order = {
  authority: AreaRef
  number: string | null
  isDraft: boolean
  /** When it was ordered; of a draft, now. */
  at: Date
  timeZone: string
  name: string
  /** As it is called in Vietnamese; null: nobody said. */
  disease: string | null
  units: AreaRef[]
  legalBasis: string[]
  level: string
  levelText: string
  measures: string[]
  closedKinds: string[]
  startsAt: Date
  /** As it was signed. */
  endsAt: Date
  later: Later[]
  shape: Shape | null
  counts: ZoneCounts
  recipients: string[]
  exceptionReason: string | null
}

/** `07 giờ 30 phút ngày 23 tháng 11 năm 2026` */
export function spokenMoment(at: Date, timeZone: string) {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
  const [hour, minute] = time.split(':')
  return `${hour} giờ ${minute} phút ngày ${spokenDay(at, timeZone)}`
}

export function spokenDay(at: Date, timeZone: string) {
  const [year, month, day] = dayIn(timeZone, at).split('-')
  return `${day} tháng ${month} năm ${year}`
}

export const number = (value: number) => value.toLocaleString('vi-VN')
export const degrees = (value: number) => value.toFixed(5).replace('.', ',')
export const inWords = (names: readonly string[]) => names.join(', ')

const MOST_NAMED = 3

export const epidemicOf = ({ disease }: Order) => (disease === null ? 'dịch bệnh' : `dịch bệnh ${disease}`)

/** The communes, with the province in which they lie. */
export function regionOf({ units, authority }: Order) {
  if (units.length === 1) return units[0]!.path
  const names =
    units.length > MOST_NAMED
      ? `${number(units.length)} xã, phường`
      : inWords(units.map(({ fullName }) => fullName))
  return `${names} thuộc ${authority.path}`
}

/** How many fell ill, as they were counted when it was ordered. */
function casesOf({ counts }: Order) {
  if (counts.cases === 0) return ''
  const [from, to] = [counts.from, counts.to].map((day) => day.split('-').reverse().join('/'))
  return `: ${number(counts.cases)} ca bệnh và ${number(counts.contacts)} người tiếp xúc ở các xã, phường của vùng, ghi nhận từ ngày ${from} đến ngày ${to}`
}

/** Where the zone is, in a sentence. */
export function groundOf({ shape, units, authority }: Order) {
  const names =
    units.length === 1
      ? units[0]!.path
      : `${inWords(units.map(({ fullName }) => fullName))} (${authority.path})`
  if (shape === null) return `toàn bộ ${names}`
  const ground =
    shape.kind === 'circle'
      ? `khu vực trong bán kính ${number(shape.radiusMetres)} m quanh điểm có tọa độ ${degrees(shape.center.lat)} độ vĩ bắc, ${degrees(shape.center.lon)} độ kinh đông`
      : `khu vực nối ${shape.points.length} điểm có tọa độ ghi ở Phụ lục`
  return `${ground}, thuộc ${names}`
}

/** Why it is ordered. */
export const situationOf = (order: Order) =>
  `Căn cứ tình hình ${epidemicOf(order)} trên địa bàn${casesOf(order)};`

/** From when, and until when. */
export function validityOf({ startsAt, endsAt, timeZone, authority }: Order) {
  const [start, end] = [startsAt, endsAt].map((at) => spokenMoment(at, timeZone))
  return `Quyết định này có hiệu lực kể từ ngày ký. Các biện pháp tại Điều 2 chỉ áp dụng từ ${start} và tự hết hiệu lực lúc ${end}, trừ khi có quyết định gia hạn. Việc gia hạn hoặc kết thúc trước thời hạn do Chủ tịch Ủy ban nhân dân ${authority.fullName} quyết định và thông báo như Quyết định này.`
}

/** What became of it after it was signed. */
export function sayLater({ at, reason, from, to }: Later, timeZone: string) {
  const what =
    from && to
      ? `gia hạn thời gian áp dụng từ ${spokenMoment(from, timeZone)} đến ${spokenMoment(to, timeZone)}`
      : 'kết thúc trước thời hạn, mọi biện pháp hết hiệu lực'
  const why = reason === null ? '' : ` Lý do: ${reason.replace(/\.$/, '')}.`
  return `${spokenMoment(at, timeZone)}: ${what}.${why}`
}
