import { problems } from '../../platform/problem.ts'

export const traceProblem = problems('trace', {
  unknown: [
    404,
    'Không tìm thấy lần truy vết này trong phạm vi của bạn.',
    'There is no such trace within your reach.',
  ],
  personUnknown: [404, 'Không có người nào mang mã này.', 'Nobody has this ref.'],
  windowEmpty: [
    422,
    'Khoảng thời gian truy vết trống: mốc đầu phải trước mốc cuối. Nếu ca bệnh đã cách ly trước khi có thể lây thì không cần truy vết.',
    'The window is empty: its beginning has to lie before its end. A case isolated before it could infect needs no trace.',
  ],
  windowTooLong: [
    422,
    'Khoảng thời gian truy vết dài quá 92 ngày. Hãy chọn ngắn hơn.',
    'The window is longer than 92 days. Choose a shorter one.',
  ],
  reasonMissing: [
    422,
    'Khoảng thời gian này rộng hơn thời gian ca bệnh có thể nhiễm và lây cho người khác. Hãy ghi lý do; người kiểm tra sẽ thấy lý do đó.',
    'This window is wider than when the case may have caught it and may infect others. Give a reason; auditors will see it.',
  ],
  noneFailed: [409, 'Không có ca nào trong lần truy vết này gặp lỗi.', 'No case of this trace failed.'],
  placesUnknown: [
    409,
    'Danh sách đang được xếp theo nơi tiếp xúc. Hãy thử lại sau ít giây.',
    'The list is being sorted by place. Try again in some seconds (`/traces/{id}/places` begins it and says when it is done).',
  ],
  listDeleted: [
    410,
    'Hệ thống tự truy vết lần này, chưa ai xem, và một lần sau đã thay thế, nên danh sách đã được xóa. Hãy mở lần truy vết mới nhất.',
    'This trace was made by itself, nobody had read it, and a later one took its place, so its list was deleted. Open the latest trace.',
  ],
  notDone: [
    409,
    'Lần truy vết này chưa xong. Hãy chờ rồi đánh dấu.',
    'This trace is not done. Wait for it, then mark.',
  ],
})

export const contactProblem = problems('contact', {
  choiceUnclear: [
    422,
    'Hãy chọn từng người, hoặc chọn tất cả; không chọn cả hai.',
    'Name the people, or say all; not both.',
  ],
  notFound: [
    404,
    'Lần truy vết này không tìm thấy người đó ở vòng được chọn. Chưa có gì được đánh dấu.',
    'The trace did not find that person in this hop. Nothing was marked.',
  ],
  notBeside: [
    404,
    'Người đó không có trong những tiếp xúc ngoài lượt quét của ca bệnh. Chưa có ai được đánh dấu.',
    'That person is not among the contacts of the case beside the scans. Nobody was marked.',
  ],
  notGone: [
    404,
    'Người đó không phải là người đã đánh dấu mà lần truy vết này không còn tìm thấy. Chưa có gì thay đổi.',
    'That person is not a marked contact whom this trace finds no more. Nothing was changed.',
  ],
  tooNarrow: [
    409,
    'Lần truy vết này tìm hẹp hơn khoảng thời gian hoặc quy tắc của ca bệnh, nên không cho biết ai không còn là người tiếp xúc hay đã xa hơn. Hãy truy vết lại, không đổi tham số.',
    'This trace looked in less than the window of the case, or by a stricter rule, so it does not say who is a contact no more, or farther away. Trace again without changes.',
  ],
  noneGone: [
    409,
    'Lần truy vết này vẫn tìm thấy mọi người đã đánh dấu.',
    'This trace finds everybody who is marked.',
  ],
  notFarther: [
    404,
    'Người đó không phải là người đã đánh dấu mà lần truy vết này tìm thấy ở vòng xa hơn. Chưa có gì thay đổi.',
    'That person is not a marked contact whom this trace finds in a farther hop. Nothing was changed.',
  ],
  noneFarther: [
    409,
    'Lần truy vết này không tìm thấy ai ở vòng xa hơn nhãn đã đánh dấu.',
    'This trace finds nobody farther away than they were marked.',
  ],
  besideIsFirst: [
    422,
    'Tiếp xúc ngoài lượt quét (đã khai, cùng nhà, khách mời, cùng xe) là F1 của ca bệnh.',
    'Contacts beside the scans (declared, of the household, guests, on a vehicle) are F1 of the case.',
  ],
})

export const warningProblem = problems('warning', {
  unknown: [404, 'Không tìm thấy thông báo này.', 'There is no such warning.'],
})
