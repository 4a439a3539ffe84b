import { problems } from '../../../platform/problem.ts'

export const interviewProblem = problems('interview', {
  unknown: [
    404,
    'Không tìm thấy cuộc phỏng vấn này trong phạm vi của bạn.',
    'There is no such interview within your reach.',
  ],
  formUnknown: [
    422,
    'Mẫu phỏng vấn này không còn dùng. Hãy tải lại trang để lấy mẫu mới.',
    'This form is not in use. Load the page again for the one that is.',
  ],
  invalid: [
    422,
    'Một số mục phỏng vấn chưa đúng. Hãy xem từng mục được đánh dấu.',
    'Some parts of the interview are not right. Look at those that are marked.',
  ],
  withdrawn: [409, 'Cuộc phỏng vấn này đã được rút.', 'This interview has been withdrawn already.'],
})

export const declaredContactProblem = problems('declaredContact', {
  unknown: [
    404,
    'Không tìm thấy tiếp xúc này trong phạm vi của bạn.',
    'There is no such contact within your reach.',
  ],
  known: [
    409,
    'Tiếp xúc này đã được ghi. Hãy xem trong danh sách.',
    'This contact is recorded already. See the list.',
  ],
  withdrawn: [409, 'Tiếp xúc này đã được rút.', 'This contact has been withdrawn already.'],
})
