import type { Words } from '../../../platform/problem.ts'

const DAY_MS = 86_400_000

/** What an officer warned within so long counts as one sending, in however many parts. */
export const togetherSince = (now: Date) => new Date(now.getTime() - DAY_MS)

/** Whether one officer may send so many more, after those of the last 24 hours. */
export const mayWarnAlone = (before: number, people: number, most: number) => before + people <= most

/** What those are told who were warned by mistake. It takes nothing back but the message that it names. */
export function recallWords({ toldOn, disease }: { toldOn: string; disease: Words }): {
  title: Words
  instructions: Words[]
} {
  const day = toldOn.split('-').reverse().join('/')
  return {
    title: {
      vi: `Thông báo ngày ${day} về ${disease.vi} đã được thu hồi: thông báo đó gửi nhầm.`,
      en: `The warning of ${day} about ${disease.en} was recalled: it was sent by mistake.`,
    },
    instructions: [
      { vi: 'Bạn không cần làm theo thông báo đó.', en: 'You need not follow that warning.' },
      {
        vi: 'Thông báo khác, nếu có, vẫn còn hiệu lực.',
        en: 'Other warnings, if you have any, still hold.',
      },
      {
        vi: 'Nếu thấy không khỏe, hãy gọi trạm y tế hoặc 1022.',
        en: 'If you feel unwell, call your health station or 1022.',
      },
    ],
  }
}

export function recallSms(what: { toldOn: string; disease: Words }): Words {
  const { title, instructions } = recallWords(what)
  const say = (language: keyof Words) => [title, ...instructions].map((words) => words[language]).join(' ')
  return { vi: `Lá Chắn: ${say('vi')}`, en: `La Chan: ${say('en')}` }
}
