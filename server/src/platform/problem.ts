export type Language = 'vi' | 'en'

/** A sentence in both languages. */
export type Words = { vi: string; en: string }

/** What more a problem can say: the fields at fault, when to try again, and facts that the caller can use. */
export type ProblemExtras = {
  fields?: { field: string; reason: string }[]
  retryAfter?: number
  details?: Record<string, unknown>
}

/** Something that went wrong in a way the caller can act on (RFC 9457). */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly words: Words
  readonly extras: ProblemExtras
  constructor(code: string, status: number, words: Words, extras: ProblemExtras = {}) {
    super(`${code}: ${words.en}`)
    this.code = code
    this.status = status
    this.words = words
    this.extras = extras
  }
}

type Catalogue = Record<string, readonly [status: number, vi: string, en: string]>

/** Names a module's problems: `problems('visit', { placeClosed: [409, 'vi', 'en'] }).placeClosed()`. */
export const problems = <C extends Catalogue>(module: string, catalogue: C) =>
  Object.fromEntries(
    Object.entries(catalogue).map(([name, [status, vi, en]]) => [
      name,
      (extras?: ProblemExtras) => new Problem(`${module}.${name}`, status, { vi, en }, extras),
    ]),
  ) as { [K in keyof C]: (extras?: ProblemExtras) => Problem }

export const requestProblem = problems('request', {
  invalid: [400, 'Dữ liệu gửi lên chưa đúng. Hãy xem từng ô.', 'The request is not valid. See the fields.'],
  malformed: [400, 'Không đọc được dữ liệu gửi lên.', 'The request cannot be read.'],
  tooLarge: [413, 'Dữ liệu gửi lên quá lớn.', 'The request is too large.'],
  unsupportedType: [415, 'Chỉ nhận dữ liệu dạng JSON.', 'Only JSON is accepted.'],
  unknownAddress: [404, 'Không có địa chỉ này.', 'There is nothing at this address.'],
  tooMany: [
    429,
    'Bạn đã thử quá nhiều lần. Hãy chờ một lát rồi thử lại.',
    'Too many attempts. Please wait a little, then try again.',
  ],
  throttled: [
    429,
    'Đã đủ số lượng được nhận lúc này; phần còn lại được nhận sau.',
    'As many as are taken now have been sent; the others are taken later.',
  ],
  crossSite: [
    403,
    'Yêu cầu này đến từ một trang khác nên bị từ chối.',
    'The request came from another site and was refused.',
  ],
})

export const serverProblem = problems('server', {
  failed: [500, 'Hệ thống gặp lỗi. Chưa có gì được ghi lại.', 'Something went wrong. Nothing was saved.'],
  unavailable: [
    503,
    'Hệ thống tạm thời chưa ghi được. Hãy thử lại sau ít giây.',
    'The system cannot save right now. Please try again in a few seconds.',
  ],
})

export const accessProblem = problems('access', {
  signInNeeded: [401, 'Bạn cần đăng nhập trước.', 'Please sign in first.'],
  denied: [403, 'Bạn không có quyền làm việc này.', 'You may not do that.'],
  outOfReach: [404, 'Không tìm thấy trong phạm vi của bạn.', 'Nothing like that is within your reach.'],
})
