import { problems } from '../../platform/problem.ts'

export const placeProblem = problems('place', {
  unknown: [404, 'Không tìm thấy địa điểm này.', 'There is no such place.'],
  codeMistyped: [
    422,
    'Mã địa điểm chưa đúng. Hãy xem lại từng ký tự, ví dụ ABCD-EFGH.',
    'The code of the place is not right. Check each character, for example ABCD-EFGH.',
  ],
  nameInvalid: [422, 'Tên địa điểm cần có chữ hoặc số.', 'The name of a place needs letters or digits.'],
  addressInvalid: [422, 'Địa chỉ cần có chữ hoặc số.', 'The address needs letters or digits.'],
  kindUnknown: [422, 'Không có loại địa điểm này.', 'There is no such kind of place.'],
  sectorUnknown: [422, 'Không có ngành quản lý này.', 'There is no such sector.'],
  areaTooWide: [
    422,
    'Hãy chọn đến phường, xã hoặc đặc khu nơi có địa điểm.',
    'Choose the ward, commune or special zone in which the place lies.',
  ],
  pointIncomplete: [422, 'Hãy gửi cả vĩ độ và kinh độ.', 'Send both latitude and longitude.'],
  phoneNotConfirmed: [
    422,
    'Số điện thoại này chưa được xác nhận. Hãy dùng số bạn đã đăng nhập, hoặc đăng nhập bằng số này.',
    'This number is not confirmed. Use the number you signed in with, or sign in with this one.',
  ],
  alreadyRegistered: [
    409,
    'Bạn vừa đăng ký địa điểm này rồi. Hãy dùng lại mã đã có.',
    'You have just registered this place. Please use the code that it has.',
  ],
  ownerAlready: [
    409,
    'Số điện thoại này là của chủ địa điểm, không cần thêm làm người gác cửa.',
    'This number belongs to the owner of the place, who need not be added as a guard.',
  ],
  guardUnknown: [404, 'Không tìm thấy người gác cửa này.', 'There is no such guard.'],
  guardsTooMany: [
    422,
    'Một địa điểm có tối đa 200 người gác cửa. Hãy bớt người đã thôi gác.',
    'A place has at most 200 guards. Remove those who no longer stand there.',
  ],
})
