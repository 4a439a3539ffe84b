import { problems } from '../../../platform/problem.ts'

export const zoneProblem = problems('zone', {
  unknown: [
    404,
    'Không tìm thấy vùng này trong phạm vi của bạn.',
    'There is no such zone within your reach.',
  ],
  placeUnclear: [
    422,
    'Hãy chọn các xã, phường của vùng hoặc vẽ một khu vực; không làm cả hai.',
    'Choose the communes of the zone or draw an area; not both.',
  ],
  unitUnknown: [
    422,
    'Có đơn vị không phải xã, phường đang có, hoặc nằm ngoài địa bàn của cơ quan ra quyết định.',
    'A unit is not a commune of today, or lies outside the area of the authority.',
  ],
  shapeUnlikely: [
    422,
    'Khu vực đã vẽ không dùng được: các cạnh cắt nhau, quá rộng hoặc quá hẹp. Hãy vẽ lại.',
    'The drawn area cannot be used: its sides cross, or it is too large or too small. Draw it again.',
  ],
  shapeElsewhere: [
    422,
    'Khu vực đã vẽ không chạm xã, phường nào trong địa bàn của cơ quan ra quyết định.',
    'The drawn area touches no commune within the area of the authority.',
  ],
  diseaseUnknown: [422, 'Hệ thống không có hồ sơ của bệnh này.', 'No profile of this disease is known.'],
  kindUnknown: [422, 'Có loại địa điểm không nằm trong danh sách.', 'A kind of place is not on the list.'],
  timesUnlikely: [
    422,
    'Thời gian chưa đúng: vùng phải bắt đầu trước khi kết thúc, kết thúc ở tương lai và không dài quá hạn cho phép.',
    'The times are not right: a zone begins before it ends, ends in the future and is no longer than allowed.',
  ],
  noticeTooShort: [
    409,
    'Lệnh bắt đầu sớm hơn thời hạn thông báo. Hãy lùi giờ bắt đầu, hoặc ghi lý do của trường hợp ngoại lệ.',
    'It would begin sooner than the law asks after its notice. Begin later, or record why this is an exception.',
  ],
  samePerson: [
    403,
    'Người soạn hoặc đề xuất không tự quyết định được. Cần người thứ hai có thẩm quyền.',
    'Whoever drafted or proposed it cannot order it. A second person with the authority has to.',
  ],
  numberTaken: [
    409,
    'Số quyết định này đã dùng cho vùng khác của cơ quan. Hãy xem lại sổ.',
    'Another zone of this authority has this number. Please look into the register.',
  ],
  notNow: [
    409,
    'Vùng này đang ở bước khác nên chưa làm được việc đó. Hãy tải lại trang.',
    'The zone is at another step, so this cannot be done now. Load the page again.',
  ],
  changedMeanwhile: [
    409,
    'Có người vừa thay đổi vùng này. Hãy tải lại trang, xem thay đổi rồi làm tiếp.',
    'Somebody has just changed this zone. Load the page again, see the change, then go on.',
  ],
})
