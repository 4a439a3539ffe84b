import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { currentForms, readForms } from './forms.ts'
import { decide, faultsIn, keptAnswers, signalsOf } from './rules.ts'
import type { Form, Question } from './schema.ts'

const words = { vi: 'Chữ', en: 'Words' }
const question = (key: string, kind: Question['kind'], more: Partial<Question> = {}): Question => ({
  key,
  screen: 'only',
  kind,
  required: true,
  label: words,
  ...more,
})
const choices = [
  { value: 'fever', label: words, signal: 'symptom' as const },
  { value: 'tired', label: words },
]
const form: Form = {
  id: 'sample',
  version: 1,
  title: words,
  area: null,
  validFrom: '2021-01-01',
  validTo: null,
  validForHours: 72,
  lookBackDays: 14,
  screens: [{ key: 'only', title: words }],
  questions: [
    question('ill', 'yesNo', { signal: 'contact' }),
    question('signs', 'choices', { choices, showIf: { key: 'ill', equals: true } }),
    question('since', 'date', { showIf: { key: 'signs', equals: 'fever' } }),
    question('mood', 'choice', { choices, required: false }),
    question('note', 'text', { required: false, max: 10 }),
    question('from', 'country', { required: false }),
    question('home', 'area', { required: false }),
  ],
}

describe('the decision at a door', () => {
  const now = new Date('2026-11-20T01:00:00Z')
  const later = new Date(now.getTime() + 1)
  const cases = [
    ['nothing was declared', undefined, 'yellow'],
    ['it holds and is clear', { signals: [], validUntil: later }, 'green'],
    [
      'a contact and a journey are for the health station to follow',
      { signals: ['contact', 'travel'], validUntil: later },
      'green',
    ],
    ['a symptom', { signals: ['symptom', 'travel'], validUntil: later }, 'red'],
    ['it ends in this very moment', { signals: [], validUntil: now }, 'yellow'],
    ['a symptom long ago', { signals: ['symptom'], validUntil: now }, 'yellow'],
  ] as const
  for (const [title, declaration, status] of cases)
    test(`${title}: ${status}`, () => assert.equal(decide(declaration, now), status))
})

describe('answers', () => {
  const cases: [string, Record<string, unknown>, Record<string, string>][] = [
    ['what is asked is answered', { ill: false }, {}],
    [
      'all that a yes brings up',
      { ill: true, signs: ['fever', 'tired'], since: '2026-11-01', mood: 'tired', note: 'ho khan' },
      {},
    ],
    ['nothing at all', {}, { ill: 'missing' }],
    ['blank and empty are not given', { ill: null, note: '  ' }, { ill: 'missing' }],
    ['a yes that brings up two more', { ill: true }, { signs: 'missing' }],
    ['an empty list', { ill: true, signs: [] }, { signs: 'missing' }],
    ['a question behind a hidden one is hidden', { ill: false, since: '2026-11-01' }, { since: 'notAsked' }],
    ['an answer that contradicts', { ill: false, signs: ['fever'] }, { signs: 'notAsked' }],
    ['text for a yes', { ill: 'true' }, { ill: 'type' }],
    ['a number for a text', { ill: false, note: 5 }, { note: 'type' }],
    ['an object for a choice', { ill: false, mood: { value: 'tired' } }, { mood: 'type' }],
    ['one for a list', { ill: true, signs: 'tired' }, { signs: 'type' }],
    ['a choice not offered', { ill: false, mood: 'angry' }, { mood: 'choice' }],
    [
      'a choice not offered in a list',
      { ill: true, signs: ['fever', 'angry'], since: '2026-11-01' },
      { signs: 'choice' },
    ],
    ['a choice twice', { ill: true, signs: ['tired', 'tired'] }, { signs: 'choice' }],
    ['eleven characters where ten fit', { ill: false, note: '12345678901' }, { note: 'tooLong' }],
    ['ten that take two places each', { ill: false, note: '🙂'.repeat(10) }, {}],
    ['30 February', { ill: true, signs: ['fever'], since: '2026-02-30' }, { since: 'date' }],
    ['a country in words', { ill: false, from: 'Lào' }, { from: 'country' }],
    ['an area in words', { ill: false, home: 'Nha Trang' }, { home: 'area' }],
    [
      'a question that the form has not',
      { ill: false, __proto: 1, extra: true },
      { __proto: 'unknown', extra: 'unknown' },
    ],
  ]
  for (const [title, answers, expected] of cases)
    test(title, () =>
      assert.deepEqual(
        Object.fromEntries(faultsIn(form, answers).map(({ key, fault }) => [key, fault])),
        expected,
      ),
    )

  test('signals are those that the form names, each once', () => {
    assert.deepEqual(signalsOf(form, { ill: true, signs: ['fever'], since: '2026-11-01', mood: 'fever' }), [
      'contact',
      'symptom',
    ])
    assert.deepEqual(signalsOf(form, { ill: true, signs: ['tired'] }), ['contact'])
    assert.deepEqual(signalsOf(form, { ill: false }), [])
  })

  test('whatever is sent is judged, and what passes raises only signals of what was asked and kept', () => {
    const keys = fc.constantFrom(...form.questions.map(({ key }) => key), 'extra')
    const values = fc.oneof(
      fc.constantFrom<unknown>(true, false, 'fever', ['fever'], ['tired'], '2026-11-01', null, ''),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(fc.dictionary(keys, values), (answers) => {
        const faults = faultsIn(form, answers)
        if (faults.length > 0) return
        const kept = keptAnswers(form, answers)
        assert.deepEqual(faultsIn(form, kept), [])
        assert.deepEqual(signalsOf(form, kept), signalsOf(form, answers))
      }),
      { numRuns: 500 },
    )
  })
})

describe('form files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lachan-forms-'))
  after(() => rmSync(folder, { recursive: true }))

  const read = (content: unknown, path = 'sample/1.json') => {
    const home = mkdtempSync(join(folder, 'case-'))
    mkdirSync(join(home, 'sample'))
    writeFileSync(join(home, path), typeof content === 'string' ? content : JSON.stringify(content))
    return readForms(pathToFileURL(`${home}/`))
  }

  test('those that ship are read as they are', () => {
    const shipped = new URL('../../../../data/forms/', import.meta.url)
    // Those by which officers ask are read by the module that traces.
    const files = readdirSync(shipped, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.json') && !name.startsWith('interview'))
    const forms = readForms()
    assert.equal(forms.length, files.length)
    for (const one of forms)
      assert.deepEqual(
        one,
        JSON.parse(readFileSync(new URL(`${one.id}/${one.version}.json`, shipped), 'utf8')),
      )
    const general = forms.find(({ id }) => id === 'general')!
    assert.deepEqual(signalsOf(general, { hasSymptoms: true, symptoms: ['fever'] }), ['symptom'])
  })

  const broken: [string, unknown, RegExp][] = [
    ['no JSON', '{', /sample\/1\.json is not as it should be: .*JSON/],
    ['a missing title', { ...form, title: undefined }, /title/],
    ['an unknown kind', { ...form, questions: [question('a', 'essay' as 'text')] }, /\/questions\/0\/kind/],
    ['an unknown property', { ...form, colour: 'red' }, /additional/],
    ['another name inside', { ...form, version: 2 }, /it calls itself sample 2/],
    ['an end before the beginning', { ...form, validTo: '2020-01-01' }, /ends before it begins/],
    [
      'a question twice',
      { ...form, questions: [question('a', 'text'), question('a', 'text')] },
      /two questions are called a/,
    ],
    [
      'an unknown screen',
      { ...form, questions: [question('a', 'text', { screen: 'x' })] },
      /unknown screen x/,
    ],
    ['a choice of nothing', { ...form, questions: [question('a', 'choice')] }, /needs choices/],
    ['a text with choices', { ...form, questions: [question('a', 'text', { choices })] }, /needs choices/],
    [
      'a signal from a text',
      { ...form, questions: [question('a', 'text', { signal: 'symptom' })] },
      /cannot raise/,
    ],
    ['a length of a date', { ...form, questions: [question('a', 'date', { max: 5 })] }, /has no length/],
    [
      'a question that waits for a later one',
      {
        ...form,
        questions: [question('a', 'text', { showIf: { key: 'b', equals: true } }), question('b', 'yesNo')],
      },
      /not asked before/,
    ],
    [
      'a question that waits in vain',
      {
        ...form,
        questions: [question('b', 'yesNo'), question('a', 'text', { showIf: { key: 'b', equals: 'yes' } })],
      },
      /cannot have/,
    ],
    [
      'a choice twice',
      { ...form, questions: [question('a', 'choice', { choices: [...choices, choices[0]!] })] },
      /twice/,
    ],
  ]
  for (const [title, content, sentence] of broken)
    test(`${title} stops the start with a sentence`, () => assert.throws(() => read(content), sentence))

  test('a version is current from its first day to the day before its end', () => {
    const next = { ...form, version: 2, validFrom: '2026-01-01', validTo: '2026-02-01' }
    const old = { ...form, validTo: '2026-01-15' }
    const on = (day: string) => currentForms([next, old], day).map(({ version }) => version)
    assert.deepEqual(['2020-12-31', '2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01'].map(on), [
      [],
      [1],
      [2],
      [2],
      [],
    ])
  })
})
