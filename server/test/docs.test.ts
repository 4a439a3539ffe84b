import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { variables } from '../src/platform/config.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

test('docs/database.md names every table and every published view', () => {
  const text = read('docs/database.md')
  const migrations = globSync('server/migrations/*.sql', { cwd: root }).map(read).join('\n')
  const made = [...migrations.matchAll(/^create (?:table|view) (\w+)/gm)].map((found) => found[1]!)
  assert.ok(made.length > 20)
  assert.deepEqual(
    made.filter((name) => !text.includes(`\`${name}\``)),
    [],
  )
})

test('docs/operating.md names every variable with its default and meaning', () => {
  const text = read('docs/operating.md')
  for (const { name, default: value, meaning } of variables)
    assert.ok(text.includes(`| \`${name}\` | ${value} | ${meaning} |`), name)
})

test('links between documents lead somewhere', () => {
  for (const file of ['README.md', ...globSync('docs/**/*.md', { cwd: root })])
    for (const [, target] of read(file).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g))
      assert.doesNotThrow(() => readFileSync(new URL(target!, new URL(file, root))), `${file} → ${target}`)
})
