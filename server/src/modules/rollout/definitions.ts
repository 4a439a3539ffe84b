import type { Words } from '../../platform/problem.ts'
import type { Figures } from './schema.ts'

/** What each figure counts. A change of meaning is a new version, so that an old report can be understood. */
export const DEFINITIONS_VERSION = 1

export const definitions: Record<keyof Figures, Words> = {
  places: {
    vi: 'Điểm kiểm dịch đã đăng ký và đang mở lúc hết ngày.',
    en: 'Checkpoints registered and open at the end of the day.',
  },
  newPlaces: { vi: 'Điểm kiểm dịch đăng ký trong ngày.', en: 'Checkpoints registered on the day.' },
  activePlaces: {
    vi: 'Điểm có ít nhất một lượt quét trong ngày.',
    en: 'Checkpoints with at least one scan on the day.',
  },
  scansIn: { vi: 'Lượt quét vào trong ngày.', en: 'Scans on the way in.' },
  scansOut: { vi: 'Lượt quét ra trong ngày.', en: 'Scans on the way out.' },
  peopleChecked: {
    vi: 'Số người khác nhau đã quét trong ngày, tính theo nơi quét.',
    en: 'Different people who were scanned, by where they were scanned.',
  },
  declarations: {
    vi: 'Tờ khai gửi trong ngày, tính theo nơi ở của người khai.',
    en: 'Declarations sent on the day, by residence.',
  },
  cases: {
    vi: 'Ca bệnh được xác nhận trong ngày, tính theo nơi ở.',
    en: 'Cases confirmed on the day, by residence.',
  },
}
