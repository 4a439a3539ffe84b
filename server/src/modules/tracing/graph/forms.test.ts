import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getInterviewForm, listInterviewForms, readInterviewForms } from './forms.ts'

test('the form that ships is whole, and stands for its days', () => {
  const [form] = readInterviewForms()
  assert.deepEqual([form!.id, form!.version], ['interview', 1])
  for (const list of [form!.settings, form!.relations, form!.symptoms])
    assert.equal(new Set(list.map(({ value }) => value)).size, list.length)
  // Who lives with the case needs a setting that lasts.
  assert.deepEqual(
    form!.settings.filter(({ lasting }) => lasting).map(({ value }) => value),
    ['household'],
  )
  assert.deepEqual(listInterviewForms('2020-12-02'), [])
  assert.equal(listInterviewForms('2026-11-22')[0], getInterviewForm('interview', 1))
  assert.throws(() => getInterviewForm('interview', 2), { code: 'interview.formUnknown' })
})
