import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const web = join(import.meta.dirname, '..')
const messagesIn = (locale: string): Map<string, string> => {
  const file = JSON.parse(readFileSync(join(web, 'messages', `${locale}.json`), 'utf8')) as Record<
    string,
    string
  >
  return new Map(Object.entries(file).filter(([key]) => key !== '$schema'))
}
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

const vi = messagesIn('vi')
const en = messagesIn('en')
const source = globSync('src/**/*.{ts,svelte}', { cwd: web, exclude: ['src/lib/paraglide/**'] })
  .map((file) => readFileSync(join(web, file), 'utf8'))
  .join('\n')
const used = new Set([...source.matchAll(/\bm\.([a-z][a-z0-9_]*)/g)].map(([, key]) => key ?? ''))

test('both languages say the same things', () => {
  assert.deepEqual([...en.keys()].sort(), [...vi.keys()].sort())
})

test('no message is empty', () => {
  const empty = [...vi, ...en].filter(([, text]) => !text.trim()).map(([key]) => key)
  assert.deepEqual(empty, [])
})

test('a message takes the same values in both languages', () => {
  const different = [...vi].filter(([key, text]) => {
    return placeholders(text).join() !== placeholders(en.get(key) ?? '').join()
  })
  assert.deepEqual(different, [])
})

test('every message that a page asks for exists', () => {
  assert.deepEqual([...used].filter((key) => !vi.has(key)).sort(), [])
})

test('every message is asked for by a page', () => {
  assert.deepEqual([...vi.keys()].filter((key) => !used.has(key)).sort(), [])
})

test('messages keep their order, one a line, so that two people can add to them', () => {
  for (const locale of ['vi', 'en']) {
    const keys = [...messagesIn(locale).keys()]
    assert.deepEqual(keys, [...keys].sort())
    const lines = readFileSync(join(web, 'messages', `${locale}.json`), 'utf8')
      .trimEnd()
      .split('\n')
    assert.equal(lines.length, keys.length + 3)
  }
})
