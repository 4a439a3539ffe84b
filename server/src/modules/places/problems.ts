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
  detailMisplaced: [422, 'Loại địa điểm này không có mục đó.', 'A place of this kind has no such detail.'],
  hoursInvalid: [
    422,
    'Mỗi ngày chỉ ghi một lần, giờ đóng cửa khác giờ mở cửa. Nơi mở cửa suốt ngày đêm thì để trống.',
    'Name each day once, with a closing time that differs from the opening time. Leave it empty if it never closes.',
  ],
  plateNeeded: [422, 'Hãy ghi biển số của phương tiện.', 'Write the number plate of the vehicle.'],
  plateInvalid: [
    422,
    'Biển số chưa đúng. Hãy ghi như trên biển, ví dụ 79B-012.34.',
    'This is no number plate. Write it as on the plate, for example 79B-012.34.',
  ],
  plateTaken: [
    409,
    'Phương tiện có biển số này đã có mã. Hãy dùng mã đó, hoặc nhờ chủ cũ đóng mã.',
    'The vehicle with this plate has a code. Use that one, or ask its former owner to close it.',
  ],
  eventTimesNeeded: [422, 'Hãy ghi giờ bắt đầu và giờ kết thúc.', 'Write when it begins and when it ends.'],
  eventTimesWrong: [
    422,
    'Giờ kết thúc phải sau giờ bắt đầu, tối đa 31 ngày.',
    'It must end after it begins, within 31 days.',
  ],
  eventOver: [
    409,
    'Sự kiện đã kết thúc. Hãy ghi giờ kết thúc mới trước khi mở lại.',
    'The event is over. Write a new end before you open it again.',
  ],
  gateUnknown: [404, 'Không tìm thấy cửa này.', 'There is no such gate.'],
  gatesTooMany: [422, 'Một địa điểm có tối đa 40 cửa.', 'A place has at most 40 gates.'],
  notVehicle: [409, 'Chỉ phương tiện mới có chuyến.', 'Only vehicles have trips.'],
  notEvent: [409, 'Chỉ sự kiện mới có danh sách khách.', 'Only events have guests.'],
  guestsTooMany: [
    422,
    'Một sự kiện ghi tối đa 3.000 khách.',
    'An event has 3,000 guests on its list at most.',
  ],
  guestUnknown: [404, 'Không có người này trong danh sách khách.', 'Nobody of this id is on the list.'],
  tripUnknown: [404, 'Không tìm thấy chuyến này.', 'There is no such trip.'],
  posterWithdrawn: [
    422,
    'Tờ mã này không còn dùng hoặc không phải của địa điểm. Hãy quét tờ mã mới, hoặc nhập mã chữ.',
    'This poster is no longer in use, or not of this place. Scan the new one, or type the short code.',
  ],
  screenCodeOld: [
    422,
    'Mã trên màn hình đã đổi. Hãy quét lại màn hình.',
    'The code on the screen has changed. Please scan the screen again.',
  ],
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
    'Số điện thoại này là của chủ địa điểm, không cần thêm làm người trực cửa.',
    'This number belongs to the owner of the place, who need not be added as a guard.',
  ],
  guardUnknown: [404, 'Không tìm thấy người trực cửa này.', 'There is no such guard.'],
  guardsTooMany: [
    422,
    'Một địa điểm có tối đa 200 người trực cửa. Hãy bớt người đã thôi trực.',
    'A place has at most 200 guards. Remove those who no longer stand there.',
  ],
})
