import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

// The framework takes 50 KB of it, which a cheap phone on a slow line can just bear for a page that needs script.
const LIMIT = 60 * 1024

/** A gate has its page kept on the device: it may weigh more than a page that a visitor opens on the street. */
const GATE_LIMIT = 90 * 1024

const client = join(import.meta.dirname, '..', 'build', 'client')
const immutable = '_app/immutable'
const find = (pattern: string) => globSync(`${immutable}/${pattern}`, { cwd: client })
const read = (file: string) => readFileSync(join(client, file), 'utf8')

/**
 * The nodes of a page as the built app lists them: `"/(public)/c/[code]":[-9,[2],[,3]]` is page 8 within layout 2. The
 * outermost layout and its error page, 0 and 1, come with every page.
 */
function nodesOf(route: string): number[] {
  const [app = ''] = find('entry/app.*.js')
  assert.ok(app, 'the web app is built before its scripts are weighed')
  const text = read(app)
  const at = text.indexOf(`"${route}":[`)
  assert.ok(at >= 0, `${route} is a page`)
  const [, leaf = '', layouts = ''] = /^"[^"]+":\[(-?\d+)(?:,\[([\d,]*)\])?/.exec(text.slice(at)) ?? []
  const page = Number(leaf) < 0 ? ~Number(leaf) : Number(leaf)
  return [0, 1, ...layouts.split(',').filter(Boolean).map(Number), page]
}

/** Every script that a page loads before anything is pressed: the entries, its layouts, itself, and what these import. */
function scriptsOf(route: string): string[] {
  const seen = new Set<string>()
  const runtime = find('entry/start.*.js').flatMap((file) =>
    [...read(file).matchAll(/import\(\s*["'`]\.\.\/(chunks\/[^"'`]+)["'`]/g)].map(
      ([, path]) => `${immutable}/${path}`,
    ),
  )
  const waiting = [
    ...find('entry/*.js'),
    ...runtime,
    ...nodesOf(route).flatMap((node) => find(`nodes/${node}.*.js`)),
  ]
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    for (const [, path = ''] of read(file).matchAll(/(?:from|import)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)) {
      waiting.push(join(file, '..', path))
    }
  }
  return [...seen]
}

const routes = join(import.meta.dirname, '..', 'src', 'routes')
const withScript = globSync('(public)/**/+page.ts', { cwd: routes })
  .filter((file) => readFileSync(join(routes, file), 'utf8').includes('csr = true'))
  .map((file) => `/${dirname(file)}`)
  // Its components are all in one page, which only development serves.
  .filter((route) => route !== '/(public)/ui')

test("a place's page, which the camera opens, needs no script at all", () => {
  assert.ok(!withScript.includes('/(public)/c/[code]'))
  assert.match(readFileSync(join(routes, '(public)/+layout.ts'), 'utf8'), /csr = false/)
})

// A page that only renews a part of itself has one small script of its own.
for (const [route, name, most] of [
  ['/(public)/me', 'show', 10 * 1024],
  ['/(public)/places/[id]', 'follow', 1024],
] as const)
  test(`${route} does without the framework`, () => {
    assert.ok(!withScript.includes(route))
    const [script = ''] = find(`workers/${name}-*.js`)
    assert.ok(gzipSync(read(script)).length <= most)
  })

for (const route of withScript) {
  test(`${route} needs at most 60 KB of script`, () => {
    const scripts = scriptsOf(route)
    const size = scripts.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
    assert.ok(scripts.length > 3)
    assert.ok(size <= LIMIT, `${(size / 1024).toFixed(1)} KB in ${scripts.length} files`)
  })
}

test('the gate needs at most 90 KB of script, and its reader of codes beside', () => {
  const scripts = scriptsOf('/gate')
  const size = scripts.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)
  assert.ok(scripts.length > 3)
  assert.ok(size <= GATE_LIMIT, `${(size / 1024).toFixed(1)} KB in ${scripts.length} files`)
})
