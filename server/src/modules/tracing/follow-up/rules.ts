import { addDays, dayIn, momentIn } from '../../../platform/days.ts'
import type { Words } from '../../../platform/problem.ts'
import type { Outcome, Status } from './schema.ts'

/** Somebody spoke with the person, or saw them. */
const seen: ReadonlySet<Outcome> = new Set(['reached', 'ill', 'isolated'])
export const isSeen = (outcome: Outcome) => seen.has(outcome)

/** A call that reached nobody leaves the status: who was reached yesterday is not lost for one unanswered call. */
export function statusAfter(
  outcome: Outcome,
  before: Exclude<Status, 'released'>,
): Exclude<Status, 'released'> {
  if (outcome === 'noAnswer' || outcome === 'wrongNumber') return before
  if (outcome === 'ill') return before === 'isolated' ? 'isolated' : 'reached'
  if (outcome === 'reached') return before === 'isolated' ? 'isolated' : 'reached'
  return outcome
}

const HOUR_MS = 3600_000
const WORK_BEGINS = 8 * 60
const WORK_ENDS = 20 * 60

/**
 * When to try next, unless the officer says otherwise: two hours after a call that nobody answered, at once by a visit after
 * a wrong number, else the next morning, counted from the call, however late it is keyed in. Nobody is called between 20:00 and 08:00. An assumption of ours, not a rule of law.
 */
export function nextTry(outcome: Outcome, at: Date, timeZone: string): Date {
  const today = dayIn(timeZone, at)
  const morning = momentIn(timeZone, addDays(today, 1), WORK_BEGINS)
  if (outcome !== 'noAnswer' && outcome !== 'wrongNumber') return morning
  const soon = outcome === 'noAnswer' ? new Date(at.getTime() + 2 * HOUR_MS) : at
  if (soon >= momentIn(timeZone, today, WORK_ENDS)) return morning
  const opening = momentIn(timeZone, today, WORK_BEGINS)
  return new Date(Math.max(soon.getTime(), opening.getTime()))
}

/** When somebody new is to be called: within two hours, and still today. Then the 24 hours of WHO can be kept. */
export function firstTry(now: Date, timeZone: string): Date {
  const lastMinute = momentIn(timeZone, dayIn(timeZone, now), 24 * 60 - 1)
  return new Date(Math.max(now.getTime(), Math.min(now.getTime() + 2 * HOUR_MS, lastMinute.getTime())))
}

/** Within how long a unit answers what was handed to it: an assumption of ours, so that 24 hours can be kept. */
export const RECEIPT_HOURS = 4

const MOST_AWAY_MS = 60 * 24 * HOUR_MS
/** A phone's clock may be ahead a little. */
const SLACK_MS = 5 * 60_000

export const isLikelyPast = (at: Date, now: Date) =>
  at.getTime() <= now.getTime() + SLACK_MS && at.getTime() > now.getTime() - MOST_AWAY_MS
const MINUTE_MS = 60_000
/** What is keyed in from paper is known to the minute. */
export const isBeforeMinuteOf = (at: Date, moment: Date) =>
  at.getTime() < Math.floor(moment.getTime() / MINUTE_MS) * MINUTE_MS

export const isLikelyAhead = (at: Date, now: Date) => at > now && at.getTime() < now.getTime() + MOST_AWAY_MS

const spokenDay = (day: string) => day.split('-').reverse().join('/')

/** A reminder says until when and what to do; never who, and never where. The language of a phone is not known: Vietnamese. */
export const reminderSms = (watchUntil: string, link: string) =>
  `Lá Chắn: Trạm y tế nhắc bạn hoặc người thân dùng chung số này theo dõi sức khỏe mỗi ngày đến hết ngày ${spokenDay(watchUntil)}, hạn chế tiếp xúc, và gọi trạm y tế hoặc 1022 khi thấy không khỏe. Việc cần làm: ${link}`

/** What each figure counts. A change of meaning is a new version, so that an old report can be understood. */
export const INDICATORS_VERSION = 1
const SOURCE = {
  vi: 'WHO, truy vết tiếp xúc (2021)',
  en: 'WHO, contact tracing (2021)',
}
export const indicatorDefinitions: Record<string, Words> = {
  due24h: {
    vi: 'Người tiếp xúc của những ca được ghi nhận trong 7 ngày tính đến 24 giờ trước cuối ngày báo cáo; mỗi người tính một lần.',
    en: 'Contacts of cases recorded in the 7 days that end 24 hours before the end of the day; each person once.',
  },
  traced24h: {
    vi: `Trong số đó, người đã nói chuyện hoặc gặp được trong 24 giờ kể từ lúc ghi nhận mỗi ca. (${SOURCE.vi})`,
    en: `Of these, people who were spoken with or seen within 24 hours of the recording of each case. (${SOURCE.en})`,
  },
  watched: {
    vi: 'Người đang trong thời gian theo dõi vào cuối ngày báo cáo.',
    en: 'People whose watch was running at the end of the day.',
  },
  seen: {
    vi: `Trong số đó, người đã nói chuyện hoặc gặp được trong ngày. (${SOURCE.vi})`,
    en: `Of these, people who were spoken with or seen on the day. (${SOURCE.en})`,
  },
  lost: {
    vi: `Trong số đang theo dõi, người đã biết từ ít nhất 3 ngày mà 3 ngày liền, kể cả ngày báo cáo, chưa ai liên hệ được. (${SOURCE.vi}; mốc 3 ngày là giả định)`,
    en: `Of those watched, people known for at least 3 days whom nobody reached for 3 days in a row, this day included. (${SOURCE.en}; the 3 days are an assumption)`,
  },
  cases: {
    vi: 'Ca bệnh được ghi nhận trong 7 ngày đến hết ngày báo cáo, tính theo nơi ở của ca.',
    en: 'Cases recorded in the 7 days to the end of the day, by the residence of the case.',
  },
  knownCases: {
    vi: `Trong số đó, ca đã là người tiếp xúc của một ca khác cùng bệnh và còn trong thời gian theo dõi khi được ghi nhận. (${SOURCE.vi})`,
    en: `Of these, cases who were contacts of another case of the same disease, within their watch, before they were recorded. (${SOURCE.en})`,
  },
}
