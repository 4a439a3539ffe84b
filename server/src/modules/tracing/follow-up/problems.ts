import { problems } from '../../../platform/problem.ts'

export const followUpProblem = problems('followUp', {
  unknown: [
    404,
    'Không tìm thấy người được theo dõi này trong phạm vi của bạn. Có thể đơn vị khác đang phụ trách.',
    'There is no such follow-up within your reach. Another unit may hold it.',
  ],
  ended: [
    409,
    'Có người đã kết thúc theo dõi, nên chưa ghi gì. Hãy tải lại danh sách.',
    'Somebody whose follow-up has ended is among them, so nothing was written. Load the list again.',
  ],
  searchUnclear: [422, 'Hãy nhập họ tên hoặc số điện thoại.', 'Give a name or a phone number.'],
  nothingToRecord: [422, 'Chưa có gì để ghi.', 'There is nothing to write down.'],
  momentUnlikely: [
    422,
    'Giờ liên hệ phải đã qua và không quá 60 ngày trước; giờ gọi lại phải còn ở phía trước và không quá 60 ngày.',
    'An attempt lies in the past, at most 60 days; the next one lies ahead, at most 60 days.',
  ],
  beforeKnown: [
    422,
    'Giờ liên hệ sớm hơn lúc có người được ghi là người tiếp xúc, nên chưa ghi gì. Hãy sửa ngày, giờ.',
    'The attempt lies before somebody was marked as a contact, so nothing was written. Mend the day and the time.',
  ],
  notWarned: [
    409,
    'Có người chưa được báo: đợt thông báo còn chờ duyệt, bị từ chối, đã dừng hoặc đã thu hồi. Chưa nhắn ai; hãy bỏ chọn họ.',
    'Somebody among them was not told: their warning waits for a release, was refused, stopped or recalled. Nobody was reminded; leave them out.',
  ],
  tooManyReminders: [
    409,
    'Số người một cán bộ tự nhắn trong 24 giờ có hạn, và lần này vượt hạn, nên chưa nhắn ai. Hãy chọn ít người hơn, hoặc nhờ một cán bộ khác nhắn.',
    'This is more people than one officer may remind alone within 24 hours, so nobody was reminded. Choose fewer, or ask another officer.',
  ],
  numberTooShort: [
    422,
    'Hơn 100 ca bệnh có số bắt đầu như vậy. Hãy gõ thêm chữ số của số ca bệnh.',
    'More than 100 cases have a number that begins so. Type more of the number.',
  ],
  tooMany: [
    422,
    'Danh sách dài quá 5.000 dòng. Hãy lọc hẹp hơn rồi xuất từng phần.',
    'The list has more than 5,000 lines. Narrow it and export it in parts.',
  ],
})

export const handOverProblem = problems('handOver', {
  unknown: [
    404,
    'Không tìm thấy lần bàn giao này trong phạm vi của bạn.',
    'There is no such hand-over within your reach.',
  ],
  alreadySent: [
    409,
    'Có người đang chờ đơn vị khác nhận, nên chưa bàn giao gì. Hãy rút lại lần trước nếu gửi nhầm.',
    'Somebody among them already waits for another unit, so nothing was sent. Withdraw that first if it was a mistake.',
  ],
  sameUnit: [
    422,
    'Có người do chính đơn vị này phụ trách rồi. Hãy chọn đơn vị khác.',
    'This unit already holds somebody among them. Choose another one.',
  ],
  areaTooWide: [422, 'Hãy chọn đến xã, phường.', 'Choose a commune: a unit of the lowest level.'],
  reasonMissing: [422, 'Trả lại phải nói lý do.', 'A return says why.'],
})
