import { addDays } from '../../platform/days.ts'
import type { Words } from '../../platform/problem.ts'
import { traceProblem } from './problems.ts'

const MOST_DAYS = 92

export function assertWindow({ from, to }: { from: Date; to: Date }) {
  if (from >= to) throw traceProblem.windowEmpty()
  if (to.getTime() - from.getTime() > MOST_DAYS * 86_400_000) throw traceProblem.windowTooLong()
}

type Exposed = { exposedFrom: string; exposedTo: string; label: 'F1' | 'F2' | 'F3' }
type Disease = { name: Words; followUpDays: number }

const spokenDay = (day: string) => day.split('-').reverse().join('/')

const spokenDays = ({ exposedFrom, exposedTo }: Omit<Exposed, 'label'>): Words =>
  exposedFrom === exposedTo
    ? { vi: `trong ngày ${spokenDay(exposedFrom)}`, en: `on ${spokenDay(exposedFrom)}` }
    : {
        vi: `trong những ngày từ ${spokenDay(exposedFrom)} đến ${spokenDay(exposedTo)}`,
        en: `between ${spokenDay(exposedFrom)} and ${spokenDay(exposedTo)}`,
      }

/** The last day on which somebody who was exposed watches their health. */
export const watchUntil = (
  { exposedTo }: Pick<Exposed, 'exposedTo'>,
  { followUpDays }: Pick<Disease, 'followUpDays'>,
) => addDays(exposedTo, followUpDays)

/** F2 and F3 were not near the case, but near people who were, or may have been. */
const spokenNear = ({ label }: Exposed, disease: Words): Words =>
  label === 'F1'
    ? { vi: `người mắc ${disease.vi}`, en: `somebody with ${disease.en}` }
    : {
        vi: `người có tiếp xúc liên quan đến ca ${disease.vi}`,
        en: `somebody who may have been in contact with ${disease.en}`,
      }

/** What a contact is told: days, never a place and never a person. */
export function warningWords(exposed: Exposed, disease: Disease) {
  const near = spokenNear(exposed, disease.name)
  const days = spokenDays(exposed)
  const title: Words = {
    vi: `Bạn có thể đã ở gần ${near.vi} ${days.vi}.`,
    en: `You may have been near ${near.en} ${days.en}.`,
  }
  return { title, instructions: warningInstructions(exposed, disease) }
}

/** What a contact is to do. */
export function warningInstructions(exposed: Pick<Exposed, 'exposedTo'>, disease: Disease): Words[] {
  const until = spokenDay(watchUntil(exposed, disease))
  return [
    {
      vi: `Theo dõi sức khỏe mỗi ngày, đến hết ngày ${until}.`,
      en: `Watch your health every day, to the end of ${until}.`,
    },
    {
      vi: 'Hạn chế tiếp xúc với người khác; đeo khẩu trang khi phải ra ngoài.',
      en: 'Keep away from others as far as you can; wear a mask when you have to go out.',
    },
    {
      vi: 'Gọi trạm y tế nơi bạn ở hoặc 1022 để được hướng dẫn; gọi ngay khi thấy không khỏe.',
      en: 'Call your health station or 1022 for advice; call at once when you feel unwell.',
    },
  ]
}

/** One number may reach several people: the page behind the link says whom it is about. */
export function warningSms(exposed: Exposed, disease: Disease, link: string): Words {
  const near = spokenNear(exposed, disease.name)
  const days = spokenDays(exposed)
  const until = spokenDay(watchUntil(exposed, disease))
  return {
    vi: `Lá Chắn: Bạn hoặc người thân dùng chung số này có thể đã ở gần ${near.vi} ${days.vi}. Hãy theo dõi sức khỏe đến hết ngày ${until}, hạn chế tiếp xúc, và gọi trạm y tế hoặc 1022 để được hướng dẫn. Chi tiết: ${link}`,
    en: `La Chan: You, or family on this number, may have been near ${near.en} ${days.en}. Watch your health to the end of ${until}, keep away from others, and call your health station or 1022 for advice. More: ${link}`,
  }
}
