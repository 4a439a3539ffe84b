import Format from 'typebox/format'
import type { Words } from '../../platform/problem.ts'
import type { Form, Question, Signal, Status } from './schema.ts'

// — the decision at a door

type Declared = { signals: readonly string[]; validUntil: Date }

/** What a declaration alone says: a valid one is needed; a symptom in it asks to wait. */
export function decide(declaration: Declared | undefined, now: Date): Status {
  if (!declaration || declaration.validUntil <= now) return 'yellow'
  return declaration.signals.includes('symptom') ? 'red' : 'green'
}

/** Said aloud at a gate, before others: it tells what to do and nothing about anybody's health. */
export const instructions: Record<Status, Words> = {
  green: { vi: 'Mời vào.', en: 'Please come in.' },
  yellow: { vi: 'Mời khai báo tại đây.', en: 'Please declare here.' },
  red: { vi: 'Mời chờ, gọi trạm y tế.', en: 'Please wait and call the health station.' },
}
const stayHome: Words = {
  vi: 'Mời ở nhà và gọi trạm y tế.',
  en: 'Please stay at home and call the health station.',
}

export const placeShut: Words = {
  vi: 'Nơi này tạm ngừng đón khách theo quyết định khoanh vùng.',
  en: 'By order of the zone this place lets nobody in at present.',
}

/**
 * The one rule of entry: whom the health service holds stays at home; who declared a symptom waits; where a zone shuts the
 * place nobody else comes in either; else the last declaration decides. Of the person and of the place it is asked
 * apart, because many people are decided on at once and their codes carry the answer to other places.
 */
export function decideEntry(
  declaration: Declared | undefined,
  isHeld: boolean,
  now: Date,
): { status: Status; words: Words } {
  if (isHeld) return { status: 'red', words: stayHome }
  const status = decide(declaration, now)
  return { status, words: instructions[status] }
}

/** The place's part of it: what is said there to somebody of whom the first part says this; null: the same. */
export const decideAtPlace = (status: Status, isShut: boolean): Words | null =>
  isShut && status !== 'red' ? placeShut : null

// — answers

export type Answers = Record<string, unknown>
export type Fault =
  | 'unknown'
  | 'notAsked'
  | 'missing'
  | 'type'
  | 'choice'
  | 'tooLong'
  | 'date'
  | 'area'
  | 'country'

export const faultWords: Record<Fault, Words> = {
  unknown: { vi: 'Tờ khai không có câu hỏi này.', en: 'The form has no such question.' },
  notAsked: {
    vi: 'Câu này không được hỏi theo các câu trả lời khác. Hãy bỏ trống.',
    en: 'By the other answers this is not asked. Please leave it empty.',
  },
  missing: { vi: 'Câu này cần có trả lời.', en: 'This question needs an answer.' },
  type: { vi: 'Câu trả lời chưa đúng kiểu.', en: 'The answer is of another type.' },
  choice: { vi: 'Hãy chọn trong danh sách.', en: 'Please choose from the list.' },
  tooLong: { vi: 'Câu trả lời quá dài.', en: 'The answer is too long.' },
  date: { vi: 'Ngày chưa đúng.', en: 'This is not a day.' },
  area: { vi: 'Không có đơn vị hành chính mang mã này.', en: 'There is no unit with this code.' },
  country: { vi: 'Mã nước gồm hai chữ in hoa, ví dụ VN.', en: 'A country has two capitals, for example VN.' },
}

const LONGEST_TEXT = 500

const isGiven = (answer: unknown) =>
  answer !== undefined &&
  answer !== null &&
  !(typeof answer === 'string' && answer.trim() === '') &&
  !(Array.isArray(answer) && answer.length === 0)

/** The questions that these answers bring up, in order; one behind a hidden question is hidden too. */
function shownQuestions({ questions }: Pick<Form, 'questions'>, answers: Answers): Question[] {
  const shown = new Map<string, Question>()
  for (const question of questions) {
    const { key, equals } = question.showIf ?? {}
    const answer = key === undefined ? undefined : answers[key]
    const isMet = Array.isArray(answer) ? answer.includes(equals) : answer === equals
    if (key === undefined || (shown.has(key) && isMet)) shown.set(question.key, question)
  }
  return [...shown.values()]
}

function faultIn(question: Question, answer: unknown): Fault | undefined {
  const values = question.choices?.map(({ value }) => value) ?? []
  switch (question.kind) {
    case 'yesNo':
      return typeof answer === 'boolean' ? undefined : 'type'
    case 'choices':
      if (!Array.isArray(answer)) return 'type'
      return new Set(answer).size === answer.length && answer.every((one) => values.includes(one))
        ? undefined
        : 'choice'
  }
  if (typeof answer !== 'string') return 'type'
  switch (question.kind) {
    case 'text':
      return [...answer].length > (question.max ?? LONGEST_TEXT) ? 'tooLong' : undefined
    case 'choice':
      return values.includes(answer) ? undefined : 'choice'
    case 'date':
      return Format.Test('date', answer) ? undefined : 'date'
    case 'area':
      return /^\d{2,5}$/.test(answer) ? undefined : 'area'
    case 'country':
      return /^[A-Z]{2}$/.test(answer) ? undefined : 'country'
  }
}

/** What is wrong with the answers, question by question. */
export function faultsIn(form: Pick<Form, 'questions'>, answers: Answers): { key: string; fault: Fault }[] {
  const shown = shownQuestions(form, answers)
  const isShown = new Set(shown.map(({ key }) => key))
  const isKnown = new Set(form.questions.map(({ key }) => key))
  const beside = Object.keys(answers)
    .filter((key) => !isKnown.has(key) || (!isShown.has(key) && isGiven(answers[key])))
    .map((key) => ({ key, fault: isKnown.has(key) ? ('notAsked' as const) : ('unknown' as const) }))
  const inside = shown.flatMap((question) => {
    const { key, required } = question
    const answer = answers[key]
    const fault = isGiven(answer) ? faultIn(question, answer) : required ? 'missing' : undefined
    return fault ? [{ key, fault }] : []
  })
  return [...inside, ...beside]
}

/** What is kept: answers to what was asked and answered. */
export const keptAnswers = (form: Pick<Form, 'questions'>, answers: Answers): Answers =>
  Object.fromEntries(
    shownQuestions(form, answers).flatMap(({ key }) => (isGiven(answers[key]) ? [[key, answers[key]]] : [])),
  )

/** All that rules will look at: what the form says these answers mean. */
export function signalsOf(form: Pick<Form, 'questions'>, answers: Answers): Signal[] {
  const signals = shownQuestions(form, answers).flatMap(({ key, signal, choices = [] }) => {
    const answer = answers[key]
    const chosen = choices.filter(({ value }) =>
      Array.isArray(answer) ? answer.includes(value) : answer === value,
    )
    return [...(answer === true ? [signal] : []), ...chosen.map((choice) => choice.signal)]
  })
  return [...new Set(signals.filter((signal) => signal !== undefined))].sort()
}
