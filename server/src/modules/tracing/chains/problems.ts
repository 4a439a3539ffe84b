import { problems } from '../../../platform/problem.ts'

export const chainProblem = problems('chain', {
  dayUnlikely: [
    422,
    'Ngày này ở tương lai. Hãy chọn hôm nay hoặc một ngày đã qua.',
    'This day lies in the future. Choose today or a day before.',
  ],
  notYet: [
    422,
    'Đến ngày này chuỗi chưa có ca nào. Hãy chọn ngày muộn hơn.',
    'By this day the chain had no case. Choose a later one.',
  ],
  exposureUnlikely: [
    422,
    'Ngày phơi nhiễm phải trước ngày khởi phát và không quá thời gian ủ bệnh dài nhất.',
    'The day of exposure has to lie before the onset, and no longer before it than the longest incubation.',
  ],
})

export const linkProblem = problems('link', {
  unknown: [
    404,
    'Không tìm thấy liên kết lây truyền này trong phạm vi của bạn.',
    'There is no such link of transmission within your reach.',
  ],
  infectorUnknown: [
    422,
    'Không có ca bệnh mang số này trong phạm vi của bạn. Hãy xem lại số ca.',
    'There is no case of this number within your reach. Please check the number.',
  ],
  placeUnknown: [
    422,
    'Không có địa điểm mang mã này. Hãy xem lại mã trên áp phích.',
    'There is no place of this code. Please check the code on the poster.',
  ],
  sourceMissing: [
    422,
    'Hãy cho biết lây từ ca nào, hoặc ở địa điểm nào.',
    'Say from which case, or at which place, it was caught.',
  ],
  sameCase: [
    422,
    'Một ca bệnh không lây cho chính mình. Hãy ghi số của ca khác.',
    'A case does not infect itself. Give the number of another case.',
  ],
  samePerson: [422, 'Hai ca này là của cùng một người.', 'Both cases are of the same person.'],
  otherDisease: [
    422,
    'Hai ca này mắc hai bệnh khác nhau nên không lây cho nhau.',
    'These two cases have different diseases, so neither infected the other.',
  ],
  alreadyThere: [
    409,
    'Liên kết này đã có. Nếu cần sửa, hãy rút liên kết cũ rồi ghi lại.',
    'This link is already there. To correct it, withdraw it and add it again.',
  ],
  alreadyWithdrawn: [409, 'Liên kết này đã được rút trước đó.', 'This link was withdrawn before.'],
})
