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
})

export const warningProblem = problems('warning', {
  unknown: [404, 'Không tìm thấy thông báo này.', 'There is no such warning.'],
})
