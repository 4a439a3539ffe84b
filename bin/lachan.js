#!/usr/bin/env node
// The way in, on whatever Node (20 or later) the machine has and before anything is installed: it installs what
// is missing, then hands over to Node 24 from npm. Only results go to stdout, and stdin is the command's alone.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { isatty } from 'node:tty'
import { fileURLToPath } from 'node:url'

// npx runs this file through a link in its cache: the repository is where the file really is.
const ROOT = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))
const MODULES = join(ROOT, 'node_modules')
const WEB = join(ROOT, 'web')
const NODE = 24

const say = (line) => process.stderr.write(`${line}\n`)
const inRoot = (...path) => join(ROOT, ...path)

// ---------------------------------------------------------------- running other programs

const children = new Set()

let isInterrupted = false
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    isInterrupted = true
    // Ctrl-C in a terminal reaches the whole group by itself; passed on, it would arrive twice.
    if (signal !== 'SIGINT' || !isatty(0)) passOn(signal)
  })

// `npm start` runs us in a shell, which dies of a SIGTERM to npm without a word to us. Then we have a new parent.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 200).unref()
}

function passOn(signal) {
  for (const child of children) child.kill(signal)
}

/** Runs a program to its end and resolves with its exit code, as a shell would give it. */
function run(file, args, { onOutput, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options })
    children.add(child)
    if (onOutput) {
      child.stdout.on('data', onOutput)
      child.stderr?.on('data', onOutput)
    }
    child.on('error', (error) => {
      say(`${file}: ${error.message}`)
      children.delete(child)
      resolve(127)
    })
    child.on('close', (code, signal) => {
      children.delete(child)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

/** Node 24 with a script of ours, or with a tool from node_modules. */
const node = (args, options = {}) => run(findNode(), args, { ...options, env: environment(options.env) })
const tool = (name, args, options) => node([join(MODULES, '.bin', name), ...args], options)

/**
 * What a tool starts by the name of `node` is to be Node 24 too. It keeps what it compiled, because half of the time
 * of a short command would go into reading our own sources.
 */
const environment = (env = process.env) => ({
  NODE_COMPILE_CACHE: join(MODULES, '.cache/lachan'),
  ...env,
  PATH: [join(MODULES, '.bin'), env.PATH].filter(Boolean).join(delimiter),
})

/** Progress belongs on stderr, and stdin to the command that is still to come. */
const ASIDE = { stdio: ['ignore', 2, 2] }

function findNode() {
  if (majorOf(process.version) >= NODE) return process.execPath
  const fromNpm = join(MODULES, '.bin/node')
  if (existsSync(fromNpm)) return fromNpm
  say(
    `La Chan runs on Node ${NODE}; npm has none for ${process.platform}-${process.arch}. Please install it.`,
  )
  process.exit(1)
}

const majorOf = (version) => Number(version.replace('v', '').split('.')[0])

// ---------------------------------------------------------------- what has to be there first

/**
 * Installs the pinned packages unless they are there. No package needs a script of its own to run. Not `npm ci`:
 * that refuses a lock file without the packages of other platforms, which one from a mirror may lack.
 */
async function install() {
  if (isInstalled()) return
  say('Installing what is missing, once; this takes about a minute …')
  const flags = [
    '--no-save',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const code = await run('npm', ['install', ...flags], { ...ASIDE, cwd: ROOT, env: withoutNpx(process.env) })
  if (code) {
    if (!isInterrupted) say('npm could not install the packages; its message is above.')
    process.exit(code)
  }
  touch(join(MODULES, '.package-lock.json'))
}

/** npm keeps in node_modules what it has installed. Git gives files new dates, so a newer one is read. */
function isInstalled() {
  const wanted = inRoot('package-lock.json')
  const present = join(MODULES, '.package-lock.json')
  if (!existsSync(present)) return false
  if (modifiedAt(wanted) <= modifiedAt(present)) return true
  const installed = packagesOf(present)
  return Object.entries(packagesOf(wanted)).every(
    ([path, { version, link, optional }]) =>
      !path.startsWith('node_modules/') ||
      link ||
      (optional && !installed[path]) ||
      installed[path]?.version === version,
  )
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** npx tells its children what it was asked for; the npm that we start must not take that for itself. */
const withoutNpx = (env) =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^npm_(config_(package|call|yes|local_prefix)$|lifecycle_|package_)/.test(name),
    ),
  )

const WEB_SOURCES = [
  'src',
  'messages',
  'static',
  'project.inlang/settings.json',
  'vite.config.ts',
  'paraglide.ts',
  'package.json',
]
const BUILT = join(WEB, 'build/.built')
const MESSAGES = join(WEB, 'src/lib/paraglide')

/** What the tools say on the way is of use only when they fail. */
async function buildWeb() {
  const sources = [
    ...WEB_SOURCES.map((path) => join(WEB, path)),
    inRoot('contract'),
    inRoot('package-lock.json'),
  ]
  const version = contentOf(sources)
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === version) return 0
  say('Building the web app; this takes about half a minute …')
  const { code, output } = await captured('vite', ['build', '--logLevel', 'warn'], WEB)
  if (code === 0) writeFileSync(BUILT, version)
  else if (!isInterrupted) say(output)
  return code
}

/** The functions that the messages become, for those who check types before anything was built. */
async function compileMessages() {
  if (modifiedAt(join(MESSAGES, 'messages.js')) >= newestOf([join(WEB, 'messages')])) return 0
  return node([join(WEB, 'paraglide.ts')], ASIDE)
}

const modifiedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
const newestOf = (paths) => Math.max(0, ...paths.flatMap(filesIn).map(modifiedAt))

/** Changes with any byte of these files, whenever Git or a tool has written them. */
function contentOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesIn).sort())
    if (existsSync(file)) hash.update(`${relative(ROOT, file)}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function touch(file) {
  const now = new Date()
  utimesSync(file, now, now)
}

/** All source files in a folder, or the file itself; nothing that is generated. */
function filesIn(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  if (path === MESSAGES) return []
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== 'build' && !name.startsWith('.'))
    .flatMap((name) => filesIn(join(path, name)))
}

// ---------------------------------------------------------------- the habits of those who build

const start = async () => (await buildWeb()) || node([inRoot('server/src/main.ts')])

/** The server and the web app, each anew when its sources change; when one ends, so does the other. */
async function dev() {
  const failed = await buildWeb()
  if (failed) return failed
  const ends = [
    node(['--watch', inRoot('server/src/main.ts')]),
    tool('vite', ['build', '--watch', '--logLevel', 'warn'], { ...ASIDE, cwd: WEB }),
  ]
  const code = await Promise.race(ends)
  passOn('SIGTERM')
  await Promise.all(ends)
  return code
}

/** Beside those in a browser: they run the server as it ships, or weigh its pages. */
const WITH_PAGES = /(crash|disk-full|script-size)\.test\.ts$/

/** Every test, or those in files whose path contains one of the words given. */
async function test(words) {
  const isChosen = (file) => words.length === 0 || words.some((word) => relative(ROOT, file).includes(word))
  const serverTests = ['server', 'contract', 'web/test', 'bench', 'data']
    .flatMap((folder) => testsIn(folder))
    .filter(isChosen)
  const browserTests = testsIn('e2e').filter(isChosen)
  if (serverTests.length + browserTests.length === 0) {
    say(`No test file has ${words.join(' or ')} in its path.`)
    return 1
  }
  const withPages = [...browserTests, ...serverTests.filter((file) => WITH_PAGES.test(file))]
  const failed = withPages.length > 0 ? await buildWeb() : 0
  if (failed) return failed
  const counts = []
  if (serverTests.length) counts.push(await testServer(serverTests))
  if (browserTests.length && !isInterrupted) counts.push(await testInBrowser(browserTests))
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0)
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`)
  return sum('failed') || isInterrupted ? 1 : 0
}

const testsIn = (folder) => filesIn(inRoot(folder)).filter((file) => /\.(test|spec)\.ts$/.test(file))

/** Tests have a database of their own, whatever the environment says about the real one; it may name what they read. */
const testEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(LACHAN_(?!OUTBREAKS$).*|DATABASE_URL|PORT|HOST|HTTP|JOBS|LOG_LEVEL)$/.test(name),
    ),
  )

/** A runner that broke off without a failed test has failed all the same. */
const count = (code, passed = 0, failed = 0) => ({ passed, failed: code && !failed ? 1 : failed })

async function testServer(files) {
  let end = ''
  const code = await node([inRoot('server/test/run.ts'), ...files.map((file) => relative(ROOT, file))], {
    cwd: ROOT,
    env: testEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
    onOutput: (text) => {
      process.stdout.write(text)
      end = (end + text).slice(-200)
    },
  })
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(end) ?? []
  return count(code, Number(passed ?? 0), Number(failed ?? 0))
}

async function testInBrowser(files) {
  const folder = mkdtempSync(join(tmpdir(), 'lachan-report-'))
  const report = join(folder, 'report.json')
  const code = await tool(
    'playwright',
    [
      'test',
      '-c',
      'e2e/playwright.config.ts',
      '--reporter=list,json',
      ...files.map((file) => relative(ROOT, file)),
    ],
    {
      cwd: ROOT,
      env: { ...testEnvironment(), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const stats = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).stats : {}
  rmSync(folder, { recursive: true })
  return count(code, (stats.expected ?? 0) + (stats.flaky ?? 0), stats.unexpected)
}

/** What Git ignores is generated: nobody is to lint it. */
const AS_GIT_IGNORES = ['--vcs-enabled=true', '--vcs-client-kind=git', '--vcs-use-ignore-file=true']

/** Lint, types, dependencies, unused code: side by side, because each keeps only one core busy. */
async function check() {
  const began = Date.now()
  // Types of pages and of messages are generated, and both checks of the web app read them.
  const failed = (await compileMessages()) || (await tool('svelte-kit', ['sync'], { ...ASIDE, cwd: WEB }))
  if (failed) return failed
  const cruiser = readdirSync(ROOT).find((name) => name.startsWith('.dependency-cruiser.'))
  const checks = [
    ['lint', () => captured('biome', ['check', '--error-on-warnings', ...AS_GIT_IGNORES])],
    ['types', () => captured('tsc', ['--noEmit', '--project', 'tsconfig.json'])],
    ['web types', checkWeb],
    ['unused code', () => captured('knip', ['--no-progress'])],
  ]
  if (cruiser)
    checks.push([
      'dependencies',
      () => captured('depcruise', ['--config', cruiser, 'server/src', 'web/src', 'contract']),
    ])
  const results = await Promise.all(
    checks.map(async ([name, run]) => {
      const { code, output } = await run()
      const seconds = ((Date.now() - began) / 1000).toFixed(1)
      process.stdout.write(
        `${code ? `\nFAILED  ${name} (${seconds} s)\n${output}\n` : `ok      ${name} (${seconds} s)\n`}`,
      )
      return { name, code }
    }),
  )
  const faulty = results.filter(({ code }) => code).map(({ name }) => name)
  process.stdout.write(faulty.length ? `\nFailed: ${faulty.join(', ')}\n` : '\nAll is well.\n')
  return faulty.length ? 1 : 0
}

const checkWeb = () => captured('svelte-check', ['--tsconfig', './tsconfig.json', '--output', 'human'], WEB)

async function captured(name, args, cwd = ROOT) {
  let output = ''
  const code = await tool(name, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    onOutput: (text) => {
      output += text
    },
  })
  return { code, output }
}

/** One of the benchmarks, which all are run when none is named, opens pages. */
const bench = async (args) =>
  ((args.includes('offline') || !args.some((word) => /^[a-z]/.test(word))) && (await buildWeb())) ||
  node([inRoot('bench/main.ts'), ...args])

const habits = {
  start,
  dev,
  test,
  check,
  contract: (args) => node([inRoot('server/src/contract.ts'), ...args]),
  bench,
}

// ----------------------------------------------------------------

const [name = 'help', ...args] = process.argv.slice(2)
await install()
const habit = Object.hasOwn(habits, name)
  ? habits[name]
  : () => node([inRoot('server/src/cli.ts'), name, ...args])
process.exitCode = isInterrupted ? 130 : await habit(args)
