import { problems } from '../../platform/problem.ts'

export const declarationProblem = problems('declaration', {
  formUnknown: [404, 'Không có mẫu tờ khai này.', 'There is no such form.'],
  formVersionUnknown: [
    404,
    'Không có phiên bản này của mẫu tờ khai. Hãy mở lại tờ khai.',
    'The form has no such version. Please open it again.',
  ],
  formNotInForce: [
    422,
    'Phiên bản này của mẫu tờ khai không dùng vào hôm nay. Hãy mở lại tờ khai để lấy bản mới.',
    'This version of the form is not in use today. Please open the form again to get the current one.',
  ],
  formElsewhere: [
    422,
    'Mẫu tờ khai này chỉ dùng cho người ở địa phương khác.',
    'This form is for people who live in another area.',
  ],
  answersInvalid: [
    422,
    'Một số câu trả lời chưa đúng. Hãy xem từng câu.',
    'Some answers are not right. See each question.',
  ],
  personIncomplete: [
    422,
    'Hãy điền đủ họ tên, năm sinh và nơi ở của người này trước khi khai báo.',
    'Please give the name, birth year and residence of this person before declaring.',
  ],
  stillValid: [
    409,
    'Người này đã khai báo và tờ khai còn hiệu lực. Chỉ chính họ hoặc nhân viên y tế khai lại được.',
    'This person has declared and it is still valid. Only they themselves or health staff may declare again.',
  ],
  idTaken: [
    409,
    'Mã tờ khai này đã dùng cho tờ khai khác. Hãy gửi lại với mã mới.',
    'This id already belongs to another declaration. Please send it again with a new id.',
  ],
})
