import { problems } from '../../platform/problem.ts'

export const areaProblem = problems('area', {
  unknown: [
    404,
    'Không có đơn vị hành chính mang mã này.',
    'There is no administrative unit with this code.',
  ],
  notInForce: [
    422,
    'Đơn vị hành chính này không có hiệu lực vào ngày đó. Hãy chọn đơn vị thay thế.',
    'This administrative unit is not in force on that day. Please choose one of its successors.',
  ],
  noBoundaries: [
    404,
    'Không có bản đồ ranh giới cho mã này.',
    'There is no map of boundaries for this code.',
  ],
})
