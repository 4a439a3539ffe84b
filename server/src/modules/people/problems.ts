import { problems } from '../../platform/problem.ts'

export const personProblem = problems('person', {
  unknown: [404, 'Không tìm thấy người này.', 'There is no such person.'],
  birthUnlikely: [422, 'Năm sinh phải từ 1900 đến nay.', 'The year of birth must lie between 1900 and now.'],
  phoneInvalid: [
    422,
    'Số điện thoại chưa đúng. Ví dụ: 0905 123 456.',
    'This is not a phone number. For example: 0905 123 456.',
  ],
  nameInvalid: [422, 'Họ tên cần có ít nhất một chữ cái.', 'A name needs at least one letter.'],
  areaTooWide: [422, 'Hãy chọn đến phường, xã hoặc đặc khu nơi ở.', 'Choose the commune of residence.'],
  tooManyOnPhone: [
    422,
    'Một số điện thoại chỉ khai cho tối đa 50 người. Hãy nhờ cán bộ y tế đăng ký thêm.',
    'One phone can stand for 50 people at most. Ask a health officer to register more.',
  ],
  searchUnclear: [
    422,
    'Hãy nhập một trong ba: số điện thoại, số giấy tờ hoặc họ tên.',
    'Give one of three: phone, document number or name.',
  ],
})

export const phoneCodeProblem = problems('phoneCode', {
  unknown: [
    404,
    'Mã này không có hoặc đã bị xóa. Hãy yêu cầu mã mới.',
    'There is no such request. Ask for a new code.',
  ],
  wrong: [401, 'Mã chưa đúng. Hãy xem lại tin nhắn.', 'The code is wrong. Look at the message again.'],
  expired: [410, 'Mã đã hết hạn. Hãy yêu cầu mã mới.', 'The code has expired. Ask for a new one.'],
  used: [410, 'Mã này đã được dùng. Hãy yêu cầu mã mới.', 'The code was already used. Ask for a new one.'],
  tooManyAttempts: [
    429,
    'Đã nhập sai quá nhiều lần. Hãy yêu cầu mã mới.',
    'Too many wrong codes. Ask for a new one.',
  ],
})

export const cardProblem = problems('card', {
  unknown: [422, 'Không nhận ra mã này.', 'This code is not one of ours.'],
  altered: [
    422,
    'Mã này đã bị sửa hoặc không phải do hệ thống cấp.',
    'This code was altered or not issued here.',
  ],
  expired: [
    422,
    'Mã đã hết hạn. Mời mở lại trang "Mã của tôi".',
    'The code has expired. Open "My code" again.',
  ],
})
