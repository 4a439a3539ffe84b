import { formatDate } from '#lib/format.ts'
import type { Answer, Question, Words } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { getLocale } from '#paraglide/runtime.js'
import type { Fault } from './answers.ts'

/** The reader's language of what a data file says in both. */
export const inWords = (words: Words): string => words[getLocale()]

export const faultInWords = (fault: Fault | undefined): string | undefined =>
  fault &&
  {
    missing: m.declare_missing,
    notADate: m.declare_not_a_date,
    tooLong: m.declare_too_long,
    unreadable: m.ui_text_unreadable,
  }[fault]()

/** An answer as the summary says it; areas are said by the page, which knows their names. */
export function sayAnswer(question: Question, answer: Answer | undefined, areaName?: string): string {
  if (answer === undefined || answer === '') return m.declare_no_answer()
  const label = (value: string) => {
    const choice = question.choices?.find((item) => item.value === value)
    return choice ? inWords(choice.label) : value
  }
  if (typeof answer === 'boolean') return answer ? m.declare_yes() : m.declare_no()
  if (Array.isArray(answer)) return answer.length > 0 ? answer.map(label).join(', ') : m.declare_no_answer()
  if (question.kind === 'choice') return label(answer)
  if (question.kind === 'date') return formatDate(answer)
  if (question.kind === 'country')
    return listCountries().find(({ value }) => value === answer)?.label ?? answer
  return question.kind === 'area' ? (areaName ?? answer) : answer
}

/** Codes that name no country, though they have a name. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB'])

/** Every country by its two letters, in the order of the reader's alphabet; Việt Nam first. */
export function listCountries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([getLocale()], { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters
    .flatMap((one) => letters.map((other) => one + other))
    .filter((code) => !NO_COUNTRY.has(code))
  return codes
    .flatMap((value) => ({ value, label: names.of(value) ?? '' }))
    .filter(({ label }) => label !== '')
    .sort(
      (one, other) =>
        Number(other.value === 'VN') - Number(one.value === 'VN') ||
        one.label.localeCompare(other.label, getLocale()),
    )
}
