import { problems } from '../../../platform/problem.ts'

export const pointProblem = problems('exposurePoint', {
  unknown: [
    404,
    'Không tìm thấy mốc dịch tễ này trong phạm vi của bạn.',
    'There is no such exposure point within your reach.',
  ],
  stayUnknown: [
    404,
    'Ca bệnh không có lượt ở nơi này vào lúc đó.',
    'The case was not at this place at that time.',
  ],
  placeUnclear: [
    422,
    'Hãy chọn một lượt của ca bệnh, hoặc mô tả nơi đó và chọn xã, phường.',
    'Name a stay of the case, or describe the place and choose its commune.',
  ],
  windowUnlikely: [
    422,
    'Khoảng thời gian này không nằm trong lượt ở đó, hoặc trong thời gian ca bệnh có thể lây, hoặc dài quá 24 giờ.',
    'This time does not lie within the stay or the infectious window, lies in the future, or is longer than 24 hours.',
  ],
  changed: [
    409,
    'Một cán bộ khác vừa sửa mốc này. Hãy tải lại trang rồi xem lại.',
    'Another officer has just judged this point. Load the page again and look.',
  ],
})

export const noticeProblem = problems('notice', {
  unknown: [
    404,
    'Không tìm thấy thông báo này trong phạm vi của bạn.',
    'There is no such notice within your reach.',
  ],
  pointNotConfirmed: [
    422,
    'Chỉ đưa vào thông báo những mốc đã xác nhận của chính ca bệnh này.',
    'A notice holds only confirmed points of this very case.',
  ],
  pointOutside: [
    422,
    'Một mốc nằm ngoài thời gian lây nhiễm của ca bệnh, tính theo ngày hiện ghi, nên không công bố được.',
    'One of these points is outside the infectious window of the case, by its present dates, so that it cannot be published.',
  ],
  pointPublished: [
    409,
    'Một mốc trong đó đã có trong thông báo khác. Hãy rút hoặc thay thông báo đó trước.',
    'One of these points is in another notice. Withdraw or correct that one first.',
  ],
  areaUnknown: [
    422,
    'Chưa biết xã, phường của một địa điểm, nên không công bố được.',
    'The commune of a place is not known, so that nothing can be published of it.',
  ],
  nothingLeft: [
    422,
    'Mọi mốc trong thông báo này đã quá hạn công bố.',
    'Everything in this notice is too old to be published.',
  ],
  notWaiting: [
    409,
    'Thông báo này không còn chờ duyệt. Hãy tải lại trang.',
    'This notice no longer waits for a release. Load the page again.',
  ],
  sameOfficer: [
    409,
    'Người soạn không tự duyệt được. Hãy nhờ một cán bộ khác.',
    'Whoever drafted it cannot release it. Ask another officer.',
  ],
  notReleased: [
    409,
    'Thông báo này chưa công bố hoặc đã rút lại.',
    'This notice was not released, or is withdrawn already.',
  ],
})
