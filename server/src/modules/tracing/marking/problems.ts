import { problems } from '../../../platform/problem.ts'

export const markingProblem = problems('marking', {
  unknown: [
    404,
    'Không tìm thấy lần đánh dấu này trong phạm vi của bạn.',
    'There is no such marking within your reach.',
  ],
  notFailed: [
    409,
    'Lần đánh dấu này không gặp lỗi, nên không cần chạy tiếp.',
    'This marking did not fail, so there is nothing to take up again.',
  ],
})
