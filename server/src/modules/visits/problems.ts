import { problems } from '../../platform/problem.ts'

export const visitProblem = problems('visit', {
  placeClosed: [
    409,
    'Địa điểm này đã đóng nên không nhận lượt vào.',
    'This place is closed and lets nobody check in.',
  ],
  fromTheFuture: [
    422,
    'Giờ quét ở tương lai. Hãy xem lại đồng hồ của điện thoại.',
    'The scan lies in the future. Please check the clock of the phone.',
  ],
  tooOld: [
    422,
    'Lượt quét đã quá 31 ngày nên không được nhận nữa.',
    'The scan is older than 31 days and is no longer taken.',
  ],
  tooYoung: [
    422,
    'Dữ liệu chưa đủ 31 ngày thì chưa được xóa: các cổng còn có thể gửi lượt quét đến, và người truy vết còn cần.',
    'What is younger than 31 days is not deleted: gates may still hand over scans, and tracing may need it.',
  ],
  notScanned: [
    409,
    'Người này chưa được quét ở đây trong 30 phút qua. Hãy quét mã của họ trước, rồi khai báo giúp.',
    'This person was not scanned here in the last 30 minutes. Please scan their code first, then declare for them.',
  ],
  seenUnknown: [
    422,
    'Lượt quét trước của người này không có ở đây trong 24 giờ qua. Mời quét lại mã của họ.',
    'There is no earlier scan of this person here in the last 24 hours. Please scan their code again.',
  ],
  tooManyNew: [
    429,
    'Hôm nay đã nhập nhiều số điện thoại mới ở đây. Lượt này được giữ lại và gửi sau; mời gửi mã xác nhận, quét mã cá nhân hoặc giấy tờ.',
    'Many phone numbers that are new here were typed today. This scan waits and goes later; please send a code, or scan a personal code or a document.',
  ],
  idTaken: [
    409,
    'Mã lượt này đã dùng cho một lượt khác. Hãy gửi lại với mã mới.',
    'This id already belongs to another scan. Please send it again with a new id.',
  ],
})
