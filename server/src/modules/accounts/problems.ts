import { problems } from '../../platform/problem.ts'

export const accountProblem = problems('account', {
  wrongCredentials: [401, 'Tên đăng nhập hoặc mật khẩu chưa đúng.', 'The login or the password is wrong.'],
  loginTaken: [409, 'Tên đăng nhập này đã có người dùng.', 'This login is taken.'],
  unknown: [404, 'Không có tài khoản nào đang dùng tên đăng nhập này.', 'No account in use has this login.'],
  keyUnknown: [404, 'Không có khóa nào đang dùng mang mã này.', 'No key in use has this id.'],
  roleUnknown: [422, 'Không có vai trò này.', 'There is no such role.'],
  keyRole: [
    422,
    'Khóa chỉ có vai trò gate: mọi lần xem hồ sơ phải có tên người xem.',
    'A key can only be a gate: every reading of a record needs a person who answers for it.',
  ],
  passwordWeak: [422, 'Mật khẩu cần ít nhất 10 ký tự.', 'A password needs at least 10 characters.'],
})
