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
  classifiedMeanwhile: [
    409,
    'Phân loại ca bệnh vừa được người khác đổi. Hãy xem phân loại hiện tại rồi quyết định lại.',
    'Somebody else has classified this case meanwhile. Look at it as it is now, then decide again.',
  ],
  classifiedSo: [422, 'Ca bệnh đang được phân loại đúng như vậy.', 'The case is classified so already.'],
  discarded: [
    409,
    'Ca bệnh này đã được loại trừ. Hãy phân loại lại trước khi truy vết, báo người tiếp xúc hay công bố.',
    'This case was discarded. Classify it again before tracing, warning or publishing.',
  ],
  resultUnknown: [
    404,
    'Không tìm thấy kết quả xét nghiệm này trong phạm vi của bạn.',
    'There is no such result within your reach.',
  ],
  resultKnown: [
    409,
    'Kết quả này đã được ghi. Hãy xem trong danh sách.',
    'This result is recorded already. See the list.',
  ],
  resultWithdrawn: [409, 'Kết quả này đã được rút.', 'This result has been withdrawn already.'],
  receivedUnlikely: [
    422,
    'Giờ nhận kết quả phải sau ngày lấy mẫu và không ở tương lai.',
    'A result is received after the sample was taken, and not in the future.',
  ],
  ctWithoutPcr: [422, 'Chỉ số CT chỉ có ở xét nghiệm PCR.', 'Only a PCR has a CT value.'],
  laboratoryMissing: [422, 'Hãy ghi tên phòng xét nghiệm.', 'Name the laboratory.'],
})
