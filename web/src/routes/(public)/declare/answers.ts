import { dateOf } from '#lib/dates.ts'
import type { Answer, DeclarationForm, Question } from '#lib/shapes.ts'

export type Answers = Record<string, Answer>
/** What is wrong with an answer; the words are the page's. */
export type Fault = 'missing' | 'notADate' | 'tooLong' | 'unreadable'

/** The name of a question's field in an HTML form. */
export const fieldOf = (question: Pick<Question, 'key'>) => `q_${question.key}`

/** Whether the answers so far call for this question. */
function isShown(form: DeclarationForm, question: Question, answers: Answers): boolean {
  const { showIf } = question
  if (!showIf) return true
  const cause = form.questions.find(({ key }) => key === showIf.key)
  if (!cause || !isShown(form, cause, answers)) return false
  const answer = answers[showIf.key]
  return Array.isArray(answer) ? answer.includes(String(showIf.equals)) : answer === showIf.equals
}

/** What no text can hold: NUL, and half of a letter that takes two. */
const UNREADABLE = /\0|\p{Surrogate}/u

/** Where a form does not say how long a text may be. */
export const LONGEST_TEXT = 500

export const shownQuestions = (form: DeclarationForm, answers: Answers) =>
  form.questions.filter((question) => isShown(form, question, answers))

function readAnswer(question: Question, data: FormData): Answer | undefined {
  const name = fieldOf(question)
  const text = String(data.get(name) ?? '').trim()
  switch (question.kind) {
    case 'yesNo':
      return text === 'yes' ? true : text === 'no' ? false : undefined
    case 'choices':
      return data.getAll(name).map(String)
    case 'date': {
      const part = (which: string) => String(data.get(`${name}_${which}`) ?? '').trim()
      const parts = [part('year'), part('month'), part('day')] as const
      // What is no day is kept as it was typed, so that it can be mended.
      return parts.every((typed) => !typed) ? undefined : (dateOf(...parts) ?? parts.join('-'))
    }
    default:
      return text || undefined
  }
}

/** What was filled in, whether called for or not. */
export function readAnswers(form: DeclarationForm, data: FormData): Answers {
  const answers: Answers = {}
  for (const question of form.questions) {
    const answer = readAnswer(question, data)
    if (answer !== undefined) answers[question.key] = answer
  }
  return answers
}

function faultOf(question: Question, answer: Answer | undefined): Fault | undefined {
  const empty = answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)
  if (empty) return question.required ? 'missing' : undefined
  if (question.kind === 'date' && (typeof answer !== 'string' || !dateOf(...splitDay(answer))))
    return 'notADate'
  if (question.kind === 'text' && [...String(answer)].length > (question.max ?? LONGEST_TEXT))
    return 'tooLong'
  if (question.kind === 'text' && UNREADABLE.test(String(answer))) return 'unreadable'
  return undefined
}

const splitDay = (day: string) => {
  const [year = '', month = '', date = ''] = day.split('-')
  return [year, month, date] as const
}

/** The answers that are called for, and what is wrong with them. */
export function checkAnswers(form: DeclarationForm, answers: Answers) {
  const kept: Answers = {}
  const faults: Record<string, Fault> = {}
  for (const question of shownQuestions(form, answers)) {
    const answer = answers[question.key]
    const fault = faultOf(question, answer)
    if (fault) faults[question.key] = fault
    else if (answer !== undefined && answer !== '' && (answer as string[]).length !== 0)
      kept[question.key] = answer
  }
  return { answers: kept, faults }
}

/** "No" to everything that must be answered, if this form can be answered so. */
export function quietAnswers(form: DeclarationForm): Answers | null {
  const answers: Answers = {}
  for (const question of form.questions) {
    if (!isShown(form, question, answers)) continue
    if (question.kind === 'yesNo') answers[question.key] = false
    else if (question.required) return null
  }
  return answers
}

/** The answers that a page sent along from one step to the next. */
export function parseAnswers(text: FormDataEntryValue | null): Answers {
  try {
    const parsed: unknown = JSON.parse(String(text ?? '{}'))
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return {}
    return Object.fromEntries(Object.entries(parsed).filter(([, answer]) => isAnswer(answer))) as Answers
  } catch {
    return {}
  }
}

const isAnswer = (value: unknown) =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string'))
