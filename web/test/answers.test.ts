import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { DeclarationForm } from '../src/lib/shapes.ts'
import {
  type Answers,
  checkAnswers,
  parseAnswers,
  quietAnswers,
  readAnswers,
  shownQuestions,
} from '../src/routes/(public)/declare/answers.ts'

const general: DeclarationForm = JSON.parse(
  readFileSync(new URL('../../data/forms/general/1.json', import.meta.url), 'utf8'),
)
const words = { vi: 'a', en: 'a' }
const question = (key: string, kind: string, more: object = {}) => ({
  key,
  kind,
  screen: 'one',
  required: true,
  label: words,
  ...more,
})
const formOf = (...questions: object[]) => ({ ...general, questions }) as DeclarationForm

const filled = (fields: Record<string, string | string[]>) => {
  const data = new FormData()
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) data.append(name, value)
  return data
}
const keys = (form: DeclarationForm, answers: Answers) => shownQuestions(form, answers).map(({ key }) => key)

describe('answers of a form', () => {
  it('brings up what a yes calls for, and drops what a no makes idle', () => {
    assert.ok(!keys(general, { hasSymptoms: false }).includes('symptoms'))
    assert.ok(keys(general, { hasSymptoms: true }).includes('symptoms'))
    const quiet = quietAnswers(general) ?? {}
    const { answers, faults } = checkAnswers(general, { ...quiet, travelPlaces: 'Huế', symptoms: ['fever'] })
    assert.deepEqual(answers, quiet)
    assert.deepEqual(faults, {})
  })

  it('hides a question behind a hidden one, whatever was answered there', () => {
    const form = formOf(
      question('a', 'yesNo'),
      question('b', 'yesNo', { showIf: { key: 'a', equals: true } }),
      question('c', 'text', { showIf: { key: 'b', equals: true } }),
    )
    assert.deepEqual(keys(form, { a: false, b: true }), ['a'])
    assert.deepEqual(keys(form, { a: true, b: true }), ['a', 'b', 'c'])
  })

  it('follows a choice among several', () => {
    const form = formOf(
      question('a', 'choices', { choices: [{ value: 'x', label: words }] }),
      question('b', 'text', { showIf: { key: 'a', equals: 'x' } }),
    )
    assert.deepEqual(keys(form, { a: ['x'] }), ['a', 'b'])
    assert.deepEqual(keys(form, { a: [] }), ['a'])
  })

  it('reads every kind of field', () => {
    const form = formOf(
      question('yes', 'yesNo'),
      question('unsaid', 'yesNo'),
      question('many', 'choices'),
      question('day', 'date'),
      question('text', 'text'),
    )
    const data = filled({
      q_yes: 'yes',
      q_many: ['x', 'y'],
      q_day_day: '2',
      q_day_month: '3',
      q_day_year: '2026',
      q_text: '  Huế ',
    })
    assert.deepEqual(readAnswers(form, data), { yes: true, many: ['x', 'y'], day: '2026-03-02', text: 'Huế' })
  })

  it('says what is missing, too long or no day', () => {
    const form = formOf(
      question('day', 'date', { required: false }),
      question('text', 'text', { max: 3 }),
      question('yes', 'yesNo'),
    )
    const data = filled({ q_day_day: '30', q_day_month: '2', q_day_year: '2026', q_text: 'four' })
    const { faults } = checkAnswers(form, readAnswers(form, data))
    assert.deepEqual(faults, { day: 'notADate', text: 'tooLong', yes: 'missing' })
  })

  it('says where a text cannot be kept as it came', () => {
    const form = formOf(question('nul', 'text'), question('half', 'text'), question('whole', 'text'))
    const { faults } = checkAnswers(form, { nul: 'Hu\0ế', half: 'Hu\ud83d', whole: 'Huế 🌊' })
    assert.deepEqual(faults, { nul: 'unreadable', half: 'unreadable' })
  })

  it('can be answered quietly only where a no is enough', () => {
    assert.ok(quietAnswers(general))
    assert.equal(quietAnswers(formOf(question('a', 'yesNo'), question('b', 'text'))), null)
    assert.deepEqual(
      quietAnswers(formOf(question('a', 'yesNo'), question('b', 'text', { required: false }))),
      {
        a: false,
      },
    )
  })

  it('takes nothing but answers from what a page sends along', () => {
    assert.deepEqual(parseAnswers('{"a":true,"b":"x","c":["y"],"d":1,"e":{"f":2},"g":[1]}'), {
      a: true,
      b: 'x',
      c: ['y'],
    })
    for (const text of ['', 'null', '[]', '{', '"x"']) assert.deepEqual(parseAnswers(text), {})
    assert.deepEqual(parseAnswers(null), {})
  })
})
