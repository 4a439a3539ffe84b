import { problems } from '../../../platform/problem.ts'

export const runProblem = problems('warningRun', {
  unknown: [
    404,
    'Không tìm thấy đợt gửi này trong phạm vi của bạn.',
    'There is no such sending within your reach.',
  ],
  notWaiting: [
    409,
    'Đợt gửi này không còn chờ duyệt. Hãy tải lại trang.',
    'This sending no longer waits for a release. Load the page again.',
  ],
  sameOfficer: [
    409,
    'Người xin gửi không tự duyệt được. Hãy nhờ một cán bộ khác.',
    'Whoever asked for it cannot release it. Ask another officer.',
  ],
  notGoing: [
    409,
    'Đợt gửi này không đang gửi, nên không có gì để dừng.',
    'Nothing of this sending is on its way, so there is nothing to stop.',
  ],
  notOver: [
    409,
    'Chỉ xin gửi lại khi đợt gửi đã bị từ chối hoặc đã dừng.',
    'Only a sending that was refused or stopped can be asked for again.',
  ],
  nobodyLeft: [
    409,
    'Trong đợt gửi này không còn ai là người tiếp xúc chưa được báo. Nếu cần báo, hãy đánh dấu họ lại.',
    'Nobody of this sending is a contact who was not told. Mark them again if they are to be warned.',
  ],
  nobodyTold: [
    409,
    'Chưa ai nhận được thông báo của đợt này, nên không có gì để thu hồi.',
    'Nobody was told yet, so there is nothing to recall.',
  ],
})
