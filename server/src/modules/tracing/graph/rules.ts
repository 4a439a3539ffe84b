import type { Words } from '../../../platform/problem.ts'
import { type Answers, faultsIn, faultWords } from '../../declarations/index.ts'
import type { InterviewForm, Met, NewInterview } from './schema.ts'

const DAY_MS = 86_400_000
/** Clocks differ a little. */
const SKEW_MS = 5 * 60_000

export type Fault = { field: string; words: Words }

const words = {
  choice: { vi: 'Hãy chọn trong danh sách.', en: 'Please choose from the list.' },
  order: { vi: 'Giờ cuối phải sau giờ đầu.', en: 'It ends before it begins.' },
  unlikely: { vi: 'Ở tương lai hoặc quá một năm trước.', en: 'In the future, or more than a year ago.' },
  timeMissing: { vi: 'Hãy ghi từ lúc nào đến lúc nào.', en: 'Say from when to when.' },
  nameMissing: { vi: 'Hãy ghi họ tên, hoặc chọn một người.', en: 'Give a name, or choose a person.' },
  twice: { vi: 'Chọn một người thì không ghi tên và số.', en: 'Who is chosen needs no name and number.' },
} as const satisfies Record<string, Words>

type Span = { from: Date; to: Date }

/** From when to when people were together; of what lasts, the window of the case as far as it has come. */
export function spanOf(
  form: Pick<InterviewForm, 'settings'>,
  { setting, from, to }: Pick<Met, 'setting' | 'from' | 'to'>,
  window: Span,
  now: Date,
): Span | undefined {
  const lasting = form.settings.find(({ value }) => value === setting)?.lasting === true
  const end = new Date(Math.min(window.to.getTime(), now.getTime()))
  const begun = from === undefined ? (lasting ? window.from : undefined) : new Date(from)
  const ended = to === undefined ? (lasting ? end : undefined) : new Date(to)
  return begun && ended && { from: begun, to: ended }
}

const isLikely = (at: Date, now: Date) =>
  at.getTime() <= now.getTime() + SKEW_MS && at.getTime() >= now.getTime() - 366 * DAY_MS

function faultInSpan(span: Span, now: Date) {
  if (span.from >= span.to) return words.order
  if (!isLikely(span.from, now) || !isLikely(span.to, now)) return words.unlikely
}

/** What is wrong with what was said of one person. */
export function faultsInMet(
  form: Pick<InterviewForm, 'settings' | 'relations'>,
  met: Met,
  window: Span,
  now: Date,
): Fault[] {
  const faults: Fault[] = []
  if (met.personId === undefined && !met.name?.trim())
    faults.push({ field: 'name', words: words.nameMissing })
  if (met.personId !== undefined && (met.name !== undefined || met.phone !== undefined))
    faults.push({ field: 'personId', words: words.twice })
  if (!form.settings.some(({ value }) => value === met.setting))
    faults.push({ field: 'setting', words: words.choice })
  if (met.relation !== undefined && !form.relations.some(({ value }) => value === met.relation))
    faults.push({ field: 'relation', words: words.choice })
  const span = spanOf(form, met, window, now)
  const fault = span ? faultInSpan(span, now) : words.timeMissing
  if (fault) faults.push({ field: 'from', words: fault })
  return faults
}

/** What is wrong with an interview, by field: all of it at once, so that nobody mends one thing at a time. */
export function faultsInInterview(
  form: InterviewForm,
  interview: NewInterview,
  window: Span,
  now: Date,
): Fault[] {
  const faults: Fault[] = faultsIn(form, interview.answers as Answers).map(({ key, fault }) => ({
    field: `answers.${key}`.slice(0, 100),
    words: faultWords[fault],
  }))
  const heldAt = interview.heldAt === undefined ? now : new Date(interview.heldAt)
  if (!isLikely(heldAt, now)) faults.push({ field: 'heldAt', words: words.unlikely })
  for (const [at, { symptom, from, to }] of (interview.symptoms ?? []).entries()) {
    if (!form.symptoms.some(({ value }) => value === symptom))
      faults.push({ field: `symptoms.${at}.symptom`, words: words.choice })
    if (!isLikely(new Date(from), now)) faults.push({ field: `symptoms.${at}.from`, words: words.unlikely })
    else if (to != null && to < from) faults.push({ field: `symptoms.${at}.to`, words: words.order })
  }
  for (const [at, { from, to }] of (interview.places ?? []).entries()) {
    const fault = faultInSpan({ from: new Date(from), to: new Date(to) }, now)
    if (fault) faults.push({ field: `places.${at}.from`, words: fault })
  }
  for (const [at, met] of (interview.people ?? []).entries())
    for (const { field, words: said } of faultsInMet(form, met, window, heldAt > now ? now : heldAt))
      faults.push({ field: `people.${at}.${field}`, words: said })
  return faults
}
