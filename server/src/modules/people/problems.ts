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
  phoneWithoutSms: [
    422,
    'Số này không nhận được tin nhắn SMS, ví dụ số máy bàn. Hãy dùng số di động.',
    'This number takes no SMS, as a landline takes none. Please use a mobile number.',
  ],
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
  unconfirmed: [
    422,
    'Số này chưa được xác nhận bằng mã cho lượt quét này. Mời gửi mã mới, hoặc người trực xác nhận.',
    'This number was not confirmed by a code for this scan. Please send a new code, or let the guard vouch for it.',
  ],
})

export const codeProblem = problems('code', {
  unknown: [
    422,
    'Không nhận ra mã này. Mời dùng số điện thoại hoặc giấy tờ khác.',
    'This code is not known here. Please use a phone number or another document.',
  ],
  altered: [
    422,
    'Mã này đã bị sửa hoặc không phải do hệ thống cấp.',
    'This code was altered or not issued here.',
  ],
  expired: [
    422,
    'Mã đã cũ, có thể là ảnh chụp màn hình. Mời mở lại trang "Mã của tôi".',
    'The code is old, perhaps a picture of a screen. Please open "My code" again.',
  ],
  revoked: [
    422,
    'Mã này đã bị hủy. Mời mở lại trang "Mã của tôi" hoặc xin thẻ mới.',
    'This code was revoked. Please open "My code" again or ask for a new card.',
  ],
  notYetValid: [
    422,
    'Đồng hồ của điện thoại chạy trước giờ thật. Mời chỉnh lại giờ.',
    'The clock of this phone runs ahead. Please set it right.',
  ],
  keyUnknown: [
    422,
    'Cổng này chưa có khóa để kiểm tra mã. Hãy nối mạng cho cổng một lần.',
    'This gate does not have the key of this code yet. Please let it go online once.',
  ],
  ofPlace: [
    422,
    'Đây là mã của một địa điểm, không phải mã của một người.',
    'This is the code of a place, not of a person.',
  ],
})

export const cardProblem = problems('card', {
  unknown: [404, 'Không tìm thấy thẻ này.', 'There is no such card.'],
  phoneInvalid: [
    422,
    'Số điện thoại chưa đúng. Ví dụ: 0905 123 456.',
    'This is not a phone number. For example: 0905 123 456.',
  ],
  phoneUnvouched: [
    422,
    'Số điện thoại này chưa được xác nhận. Mời gửi mã xác nhận, hoặc người trực xác nhận.',
    'This number is neither confirmed nor vouched for. Please send a code, or let the guard vouch for it.',
  ],
  nameAlone: [
    422,
    'Chỉ có họ tên thì chưa vào được: mời cho số điện thoại hoặc giấy tờ.',
    'A name alone is not enough at a gate: please give a phone number or a document.',
  ],
  masked: [
    422,
    'Mã này che số giấy tờ. Mời nhập số điện thoại thay cho mã.',
    'This code hides the number of the document. Please type the phone number instead of it.',
  ],
  byStaff: [
    422,
    'Thẻ giấy cho người khác do trạm y tế in. Bạn in được thẻ của chính mình.',
    'Paper cards for others are printed by the health station. You can print your own.',
  ],
  forWhom: [
    422,
    'Hãy chọn một phường, xã hoặc một danh sách người.',
    'Choose either a unit or a list of people.',
  ],
  listUnknown: [
    404,
    'Không có danh sách này, hoặc không còn ai trong đó có thẻ đang dùng.',
    'There is no such list, or nobody of it has a card in use any more.',
  ],
  nobody: [
    422,
    'Không có ai để in thẻ: mọi người ở đây đã có thẻ, có điện thoại hoặc chưa có tên.',
    'There is nobody to print for: everybody here has a card, a phone, or no name yet.',
  ],
})

export const deviceProblem = problems('device', {
  unknown: [404, 'Không tìm thấy điện thoại này.', 'There is no such phone.'],
  revoked: [
    409,
    'Điện thoại này đã bị hủy mã. Hãy tải lại trang để tạo mã mới.',
    'The codes of this phone were revoked. Reload the page to make new ones.',
  ],
})
