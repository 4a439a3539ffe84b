import { problems } from '../../platform/problem.ts'

export const caseProblem = problems('case', {
  unknown: [
    404,
    'Không tìm thấy ca bệnh này trong phạm vi của bạn.',
    'There is no such case within your reach.',
  ],
  diseaseUnknown: [
    422,
    'Chưa có hồ sơ cho bệnh này. Hãy chọn một bệnh trong danh sách.',
    'There is no profile for this disease. Choose one from the list.',
  ],
  anchorMissing: [
    422,
    'Hãy cho biết ngày khởi phát hoặc ngày lấy mẫu.',
    'Give the day of onset or the day of the sample.',
  ],
  dayUnlikely: [
    422,
    'Ngày này ở tương lai, quá một năm trước, hoặc trước ngày sinh. Hãy xem lại.',
    'This day lies in the future, more than a year ago, or before birth. Please check it.',
  ],
  residenceUnknown: [
    422,
    'Chưa biết nơi ở của người này. Hãy ghi xã, phường nơi ở trước.',
    'The residence of this person is not known. Record the commune first.',
  ],
  alreadyConfirmed: [
    409,
    'Ca bệnh này đã được xác nhận. Hãy mở ca đã có.',
    'This case is already confirmed. Open the existing one.',
  ],
})
