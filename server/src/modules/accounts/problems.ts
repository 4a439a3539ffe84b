import { problems } from '../../platform/problem.ts'

export const accountProblem = problems('account', {
  wrongCredentials: [401, 'Tên đăng nhập hoặc mật khẩu chưa đúng.', 'The login or the password is wrong.'],
  loginTaken: [409, 'Tên đăng nhập này đã có người dùng.', 'This login is taken.'],
  roleUnknown: [422, 'Không có vai trò này.', 'There is no such role.'],
  passwordWeak: [422, 'Mật khẩu cần ít nhất 10 ký tự.', 'A password needs at least 10 characters.'],
})
