import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { modules } from '../src/modules.ts'

/** The shape of the server, read from its source: a rule that only lives in a document is soon broken. */
const order = Object.keys(modules)
const source = new URL('../src/', import.meta.url)
const files = (pattern: string) => globSync(pattern, { cwd: source }).sort()
const read = (path: string) => readFileSync(new URL(path, source), 'utf8')
const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((found) => found[1]!)

test('platform imports no module: it knows transactions, not epidemics', () => {
  const strays = files('platform/**/*.ts').flatMap((file) =>
    importsOf(read(file)).flatMap((path) => (path.includes('modules') ? [`${file} → ${path}`] : [])),
  )
  assert.deepEqual(strays, [])
})

test('modules depend upwards in modules.ts only, and only on what front doors publish', () => {
  const strays: string[] = []
  for (const name of order)
    for (const file of files(`modules/${name}/**/*.ts`)) {
      if (file.endsWith('.test.ts')) continue
      const text = read(file)
      for (const path of importsOf(text)) {
        const target = new URL(path, new URL(file, source)).pathname.slice(source.pathname.length)
        const [, other, door] = /^modules\/([a-z]+)\/(.+)$/.exec(target) ?? []
        if (target.startsWith('platform/') || other === name) continue
        const isAbove = other && order.indexOf(other) < order.indexOf(name)
        const isPublished =
          door === 'index.ts' ||
          namesIn('import', text, path).every((imported) =>
            namesIn('export', read(`modules/${other}/index.ts`), `./${door}`).includes(imported),
          )
        if (!isAbove || !isPublished) strays.push(`${file} → ${path}`)
      }
    }
  assert.deepEqual(strays, [])
})

/** What `import { a, type B } from 'path'` names; all of them, whichever way it is imported otherwise. */
function namesIn(verb: 'import' | 'export', text: string, path: string) {
  const [, names] = new RegExp(`^${verb} (?:type )?\\{([^}]*)\\} from '${path}'`, 'm').exec(text) ?? []
  return (names ?? `everything of ${path}`)
    .split(',')
    .flatMap((name) => name.replace('type ', '').trim() || [])
}

const migrations = new URL('../migrations/', import.meta.url)

/** Who owns each table, from the name of the migration that made it; views are published, anybody may join them. */
function owners() {
  const tables = new Map<string, string>()
  for (const file of globSync('*.sql', { cwd: migrations })) {
    const [, owner] = /^\d{4}_([a-z]+)/.exec(file)!
    const text = readFileSync(new URL(file, migrations), 'utf8')
    for (const [, table] of text.matchAll(/^create table (?:if not exists )?(\w+)/gm))
      tables.set(table!, owner!)
  }
  return tables
}

test('a table belongs to one module: others join only the views that it publishes', () => {
  const tables = owners()
  assert.ok(tables.size > 15)
  const strays: string[] = []
  for (const name of order)
    for (const file of files(`modules/${name}/**/*.ts`)) {
      if (file.endsWith('.test.ts')) continue
      for (const [, table] of read(file).matchAll(/\b(?:from|join|into|update|delete from)\s+(\w+)/g)) {
        const owner = tables.get(table!)
        if (owner && owner !== name && owner !== 'platform') strays.push(`${file} uses ${table} of ${owner}`)
      }
    }
  assert.deepEqual([...new Set(strays)], [])
})

test('constraints and folders say what they are', () => {
  const vague = files('**/*').filter((path) =>
    /(^|\/)(utils?|helpers?|common|manager|misc)(\.ts|\/|$)/.test(path),
  )
  assert.deepEqual(vague, [])
})
