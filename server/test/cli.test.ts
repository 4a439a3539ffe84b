import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createServices } from '../src/installation.ts'
import { authenticate } from '../src/modules/accounts/index.ts'
import { isPassword } from '../src/modules/accounts/password.ts'
import { bruteForce, type History } from '../src/modules/tracing/reference.ts'
import { routes } from '../src/modules.ts'
import { readConfig } from '../src/platform/config.ts'
import { connect } from '../src/platform/database.ts'
import { createApp } from '../src/platform/http.ts'
import { loadKeys } from '../src/platform/keys.ts'
import { administer, inDatabase, startTestCluster, TEMPLATE } from './cluster.ts'
import { KHANH_HOA, NHA_TRANG } from './people.ts'

// Real processes against a database of their own.
const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
/** Where the launcher has it kept, too. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/lachan', import.meta.url))
const USAGE = fileURLToPath(new URL('usage.ts', import.meta.url))
const cluster = process.env.TEST_CLUSTER_URL
  ? { url: process.env.TEST_CLUSTER_URL, stop: async () => {} }
  : await startTestCluster()
const database = `lachan_cli_${randomBytes(6).toString('hex')}`
await administer(cluster.url, `create database ${database} template ${TEMPLATE}`)
const url = inDatabase(cluster.url, database)
const folder = await mkdtemp(join(tmpdir(), 'lachan-cli-'))
const keyFile = join(folder, 'keys.json')
const sql = connect(url, 2)

after(async () => {
  await sql.end({ timeout: 1 })
  await administer(cluster.url, `drop database if exists ${database} with (force)`)
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
})

type Input = string | Buffer | Readable
type Settings = { input?: Input; env?: Record<string, string> }
type Ended = { code: number | null; out: string; err: string; seconds: number; megabytes: number }
type Result = { read: number; written: number; repeated: number; refused: number; errors?: string }

/**
 * Runs `lachan …` to its end, and says what it took: seconds of the processor, and megabytes at its peak. Without
 * input, standard input is closed at once.
 */
function lachan(args: string[], { input = '', env = {} }: Settings = {}) {
  return new Promise<Ended>((resolve) => {
    const child = spawn(process.execPath, ['--import', USAGE, CLI, ...args], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: url,
        LACHAN_KEY_FILE: keyFile,
        LACHAN_DATA: folder,
        LACHAN_DEMO: 'off',
        LANG: 'C.UTF-8',
        NODE_COMPILE_CACHE: CACHE,
        ...env,
      },
    })
    let out = ''
    let err = ''
    let usage = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text
    })
    child.stdio[3]!.on('data', (text) => {
      usage += text
    })
    child.stdin.on('error', () => {}) // it may end without having read everything
    if (input instanceof Readable) input.pipe(child.stdin)
    else child.stdin.end(input)
    child.on('close', (code) => resolve({ code, out, err, ...JSON.parse(usage || '{}') }))
  })
}

const file = async (name: string, content: string | Buffer) => {
  await writeFile(join(folder, name), content)
  return name
}
const written = (name: string) => readFile(join(folder, name), 'utf8')
const resultOf = (out: string) => JSON.parse(out) as Result

describe('the command line', () => {
  test('help comes without a database, at once, in both languages', async () => {
    const english = await lachan(['help'], { env: { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' } })
    assert.equal(english.code, 0)
    assert.match(english.out, /lachan import people\|places\|visits\|cases/)
    assert.equal(english.err, '')
    assert.ok(english.seconds < 1, `${english.seconds} s of the processor, whatever else the machine does`)
    const vietnamese = await lachan(['--help'], { env: { LANG: 'vi_VN.UTF-8' } })
    assert.match(vietnamese.out, /dòng lệnh/)
  })

  test('what is not understood says what is wrong, and ends with 2', async () => {
    for (const [args, wrong] of [
      [['dance'], /no command "dance"/],
      [['help', '--fast'], /Unknown option '--fast'/],
      [['import', 'cats', 'cats.csv'], /no import of "cats"/],
      [['import', 'people'], /lachan import people\|/],
      [['account', 'add', '--login', 'x'], /--role, --area is missing/],
      [
        [
          'account',
          'add',
          '--login',
          'x',
          '--role',
          'area_officer',
          '--area',
          NHA_TRANG,
          '--sector',
          'nonsense',
        ],
        /no sector "nonsense"; there are health, education, /,
      ],
      [['key', 'add', '--role', 'gate'], /--place or --area/],
      [
        ['trace', '--person', 'p', '--from', '2026-11-20', '--to', '2026-11-21T00:00Z'],
        /--from needs an ISO 8601/,
      ],
      [
        ['trace', '--person', 'p', '--from', '2026-11-20T00:00Z', '--to', '2026-11-20T00:00Z'],
        /--from has to lie before/,
      ],
    ] as [string[], RegExp][]) {
      const { code, out, err } = await lachan(args)
      assert.deepEqual([code, out], [2, ''], args.join(' '))
      assert.match(err, wrong)
      assert.match(err, /lachan help/)
    }
  })

  test('a new database is brought up to date, and doctor finds nothing wrong with it', async () => {
    const fresh = `${database}_fresh`
    await administer(cluster.url, `create database ${fresh}`)
    const env = { DATABASE_URL: inDatabase(cluster.url, fresh) }
    const sick = await lachan(['doctor'], { env })
    assert.equal(sick.code, 1)
    assert.match(sick.out, /WRONG +The schema lacks 0001_platform/)
    assert.equal((await lachan(['migrate'], { env })).code, 0)
    const well = await lachan(['doctor'], { env })
    assert.deepEqual([well.code, /WRONG/.test(well.out)], [0, false], well.out)
    await administer(cluster.url, `drop database ${fresh} with (force)`)
  })

  test('an account signs in with the password that was given, or that was printed', async () => {
    const args = ['account', 'add', '--role', 'health_officer', '--area', NHA_TRANG, '--login']
    const given = await lachan([...args, 'given'], { input: 'correct horse\n' })
    assert.deepEqual([given.code, given.out], [0, ''])
    const generated = await lachan([...args, 'generated'])
    assert.equal(generated.code, 0)
    const again = await lachan([...args, 'given'], { input: 'correct horse\n' })
    assert.deepEqual([again.code, again.out], [1, ''])
    assert.match(again.err, /account\.loginTaken/)

    const config = readConfig({ LOG_LEVEL: 'silent', LACHAN_DEMO: 'off', DATABASE_URL: url })
    const services = createServices(config, loadKeys(keyFile, { create: false }))
    const app = await createApp({ config, sql, services, routes, authenticate })
    for (const [login, password] of [
      ['given', 'correct horse'],
      ['generated', generated.out.trim()],
    ]) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        payload: { login, password },
      })
      assert.equal(answer.statusCode, 201, login)
    }
    await app.close()

    // Whoever is signed in is out: after a new password, and for good when the account is closed.
    const isOpen = async (login: string) =>
      (
        await sql`
        select from sessions s join accounts a on a.id = s.account_id
        where a.login = ${login} and s.revoked_at is null`
      ).length > 0
    const hashOf = async (login: string) =>
      (await sql`select password_hash from accounts where login = ${login}`)[0]!.passwordHash as string
    assert.equal(await isOpen('given'), true)
    const weak = await lachan(['account', 'password', '--login', 'given'], { input: 'short\n' })
    assert.deepEqual([weak.code, weak.out, await isOpen('given')], [1, '', true])
    const changed = await lachan(['account', 'password', '--login', 'GIVEN'])
    assert.deepEqual([changed.code, await isOpen('given')], [0, false])
    assert.equal(await isPassword(changed.out.trim(), await hashOf('given')), true)
    const closed = await lachan(['account', 'disable', '--login', 'generated'])
    assert.deepEqual([closed.code, closed.out, await isOpen('generated')], [0, '', false])
    const twice = await lachan(['account', 'disable', '--login', 'generated'])
    assert.match(twice.err, /account\.unknown/)
    const { out } = await lachan(['account', 'list'])
    assert.match(
      out,
      /^login +name +roles +closed at \(UTC\)\ngenerated +generated +health_officer 22366 +20.+\ngiven +given +health_officer 22366\n$/,
    )
    const recorded = await sql`
      select action, login from audit_log join accounts a on a.public_id::text = subject_id
      where actor_kind = 'system' and action in ('account.password', 'account.disable') order by audit_log.id`
    assert.deepEqual(
      recorded.map(({ action, login }) => [action, login]),
      [
        ['account.password', 'given'],
        ['account.disable', 'generated'],
      ],
    )
  })

  test('a key is printed once and works; a place that nobody knows has none', async () => {
    const { code, out } = await lachan([
      'key',
      'add',
      '--role',
      'gate',
      '--area',
      KHANH_HOA,
      '--name',
      'Cổng',
    ])
    assert.equal(code, 0)
    const actor = await authenticate(sql, { token: out.trim() }, new Date())
    assert.deepEqual([actor.kind, actor.name], ['key', 'Cổng'])
    const list = (await lachan(['key', 'list'])).out
    const [, id] = /^id .*\n([0-9a-f-]{36}) +Cổng +gate +56 +20\S+ \S+\n$/.exec(list) ?? []
    assert.ok(id, list)
    assert.equal((await lachan(['key', 'revoke', '--id', id])).code, 0)
    assert.equal((await authenticate(sql, { token: out.trim() }, new Date())).kind, 'nobody')
    const again = await lachan(['key', 'revoke', '--id', id])
    assert.deepEqual([again.code, /account\.keyUnknown/.test(again.err)], [1, true])
    assert.equal(
      (await sql`select from audit_log where action = 'key.revoke' and subject_id = ${id}`).length,
      1,
    )
    const unknown = await lachan(['key', 'add', '--role', 'gate', '--place', '22222222'])
    assert.deepEqual([unknown.code, unknown.out], [1, ''])
    assert.match(unknown.err, /place\./)
  })
})

describe('importing', () => {
  const PEOPLE = 'ref,name,birth,sex,phone,id_number,area,address\n'

  test('people, with ; and a byte order mark; bad rows come back with line, field and reason', async () => {
    const name = await file(
      'people.csv',
      `\ufeff${PEOPLE.replaceAll(',', ';')}p-1;"Nguyễn ""Lan""";1985;nữ;0905000111;;${NHA_TRANG};\n` +
        `p-2;Trần\0Tú;1985;nam;;;;\n\np-3;=1+1;1850;;;;;"two\nlines"\np-4;short\n`,
    )
    const first = await lachan(['import', 'people', name, '--errors', 'bad.csv'])
    assert.equal(first.code, 1)
    assert.deepEqual(resultOf(first.out), { read: 4, written: 1, repeated: 0, refused: 3, errors: 'bad.csv' })
    assert.equal(
      await written('bad.csv'),
      'line,field,reason,ref,name,birth,sex,phone,id_number,area,address\n' +
        '3,name,holds a NUL character,p-2,Trần\0Tú,1985,nam,,,,\n' +
        `5,name,needs a letter,p-3,'=1+1,1850,,,,,"two\nlines"\n` +
        `5,birth,is no year or day of birth from 1900 to now,p-3,'=1+1,1850,,,,,"two\nlines"\n` +
        '7,,has 2 cells instead of 8,p-4,short,,,,,,\n',
    )
    assert.equal((await stat(join(folder, 'bad.csv'))).mode & 0o077, 0)

    const second = await lachan(['import', 'people', name])
    const errors = 'people.csv.errors.csv'
    assert.deepEqual(resultOf(second.out), { read: 4, written: 0, repeated: 1, refused: 3, errors })
    const unnamed = await written(errors)
    assert.match(unnamed, /^line,field,reason\n3,name,holds a NUL character\n/)
    assert.doesNotMatch(unnamed, /Tú/, 'what a row held is repeated only into a file that was named')
  })

  test('a file that cannot be understood writes nothing and leaves no result', async () => {
    const name = await file('wrong.csv', `${PEOPLE.replace('birth', 'born')}p-9,Lan,,,,,,\n`)
    const { code, out, err } = await lachan(['import', 'people', name], { env: { LANG: 'vi_VN.UTF-8' } })
    assert.deepEqual([code, out], [1, ''])
    assert.match(err, /Dòng tiêu đề chưa đúng.*import\.badHeader[\s\S]*birth: missing[\s\S]*born: unknown/)
    assert.equal((await sql`select from people where ref = 'p-9'`).length, 0)
  })

  test('places, then visits to them; who came before they arrived is refused', async () => {
    const places = 'ref,name,kind,area,address,lat,lon,sector,phone\n'
    const taken = await lachan(['import', 'places', '-'], {
      input: `${places}c-1,Chợ Đầm,market,${NHA_TRANG},1 Phan Bội Châu,12.25,109.19,,0905000222\n`,
    })
    assert.deepEqual([taken.code, resultOf(taken.out)], [0, { read: 1, written: 1, repeated: 0, refused: 0 }])

    const future = new Date(Date.now() + 86_400_000).toISOString()
    const visits = await file(
      'visits.csv',
      `out,in,place,person\n2026-01-05T09:00:00+07:00,2026-01-05T08:00:00+07:00,c-1,p-1\n,2026-01-06T08:00:00+07:00,c-1,p-1\n` +
        `2026-01-05T07:00:00+07:00,2026-01-05T08:00:00+07:00,c-1,p-1\n,${future},c-1,p-1\n,2026-01-05T08:00:00,c-1,p-1\n` +
        `,2026-01-05T08:00:00+07:00,c-1,nobody\n,2026-01-05T08:00:00+07:00,nowhere,p-1\n`,
    )
    const first = await lachan(['import', 'visits', visits])
    const errors = 'visits.csv.errors.csv'
    assert.deepEqual(
      [first.code, resultOf(first.out)],
      [1, { read: 7, written: 2, repeated: 0, refused: 5, errors }],
    )
    assert.deepEqual(
      (await written(errors))
        .trim()
        .split('\n')
        .map((line) => line.split(',').slice(0, 2).join()),
      ['line,field', '4,out', '5,in', '6,in', '7,person', '8,place'],
    )
    const second = await lachan(['import', 'visits', visits])
    assert.deepEqual(resultOf(second.out), { read: 7, written: 0, repeated: 2, refused: 5, errors })
  })

  test('cases, of people who are known', async () => {
    const cases = 'ref,person,disease,onset,sampled\n'
    const { code, out } = await lachan(['import', 'cases', '-', '--errors', 'cases-bad.csv'], {
      input: `${cases}k-1,p-1,covid-19,2026-01-07,2026-01-08\nk-2,nobody,covid-19,2026-01-07,\nk-3,p-1,unheard-of,2026-01-07,\n`,
    })
    const errors = 'cases-bad.csv'
    assert.deepEqual([code, resultOf(out)], [1, { read: 3, written: 1, repeated: 0, refused: 2, errors }])
    assert.match(await written(errors), /^line,.*\n3,person,.*\n4,disease,/)
  })
})

// — many rows, and what a trace makes of them

type Row = { person: string; place: string; in: number; out: number | null }

/** A week of 400 people at 60 places; one stay in twenty has no exit. The same every time. */
function week(): Row[] {
  let state = 20_261_120
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const monday = Date.UTC(2026, 0, 5)
  return Array.from({ length: 20_000 }, () => {
    const arrived = monday + draw(7 * 24 * 60) * 60_000
    const minutes = draw(10) === 0 ? 300 + draw(600) : 5 + draw(115)
    return {
      person: `w-${draw(400)}`,
      place: `place-${draw(8) === 0 ? draw(5) : draw(60)}`,
      in: arrived,
      out: draw(20) === 0 ? null : arrived + minutes * 60_000,
    }
  })
}

const asCsv = (rows: readonly Row[]) =>
  `person,place,in,out\n${rows
    .map(({ person, place, ...row }) =>
      [
        person,
        place,
        new Date(row.in).toISOString(),
        row.out === null ? '' : new Date(row.out).toISOString(),
      ].join(),
    )
    .join('\n')}\n`

/** The reference works with numbers; in the order of the refs, so that ties fall the same way. */
function numbered(refs: Iterable<string>) {
  const sorted = [...new Set(refs)].sort()
  return { numberOf: (ref: string) => sorted.indexOf(ref), refOf: (number: number) => sorted[number]! }
}

describe('tracing what was imported', () => {
  const rows = week()
  const people = numbered(rows.map(({ person }) => person))
  const places = numbered(rows.map(({ place }) => place))
  const stays = rows.map((row) => ({
    person: people.numberOf(row.person),
    place: places.numberOf(row.place),
    in: row.in,
    out: row.out,
  }))
  const history: History = {
    recorded: stays.filter((stay): stay is typeof stay & { out: number } => stay.out !== null),
    unfinished: stays.filter(({ out }) => out === null),
    usualStay: new Map(),
  }

  test('20,000 stays come in, once', async () => {
    const name = await file('week.csv', asCsv(rows))
    const first = await lachan(['import', 'visits', name, '--create-missing'])
    assert.equal(first.code, 0)
    const { read, refused, written: fresh, repeated } = resultOf(first.out)
    assert.deepEqual([read, refused, fresh + repeated], [20_000, 0, 20_000])
    const second = await lachan(['import', 'visits', name])
    assert.deepEqual(resultOf(second.out), { read: 20_000, written: 0, repeated: 20_000, refused: 0 })
  })

  const traces: [person: string, hops: number, airingMinutes: number][] = [
    ['w-0', 1, 0],
    ['w-17', 1, 30],
    ['w-399', 2, 0],
  ]
  for (const [person, hops, airingMinutes] of traces)
    test(`the contacts of ${person} over ${hops} hops are those of the definition`, async () => {
      const from = '2026-01-06T00:00:00.000Z'
      const to = '2026-01-11T00:00:00.000Z'
      const options = { hops, airing: airingMinutes * 60, 'latency-hours': 24, 'default-stay': 3600 }
      const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
      const traced = await lachan([
        'trace',
        '--person',
        person,
        '--from',
        from,
        '--to',
        to,
        ...args,
        '--json',
      ])
      assert.equal(traced.code, 0, traced.err)
      const expected = bruteForce(history, {
        person: people.numberOf(person),
        from: Date.parse(from),
        to: Date.parse(to),
        minOverlapSeconds: 900,
        airingSeconds: options.airing,
        hops,
        latencyHours: 24,
        defaultStaySeconds: 3600,
      })
      assert.ok(expected.length > 50, 'somebody was met')
      assert.deepEqual(JSON.parse(traced.out), {
        person,
        from,
        to,
        contacts: expected.map((contact) => ({
          person: people.refOf(contact.person),
          hop: contact.hop,
          via: contact.via === null ? null : people.refOf(contact.via),
          overlapSeconds: contact.overlapSeconds,
          firstAt: new Date(contact.firstAt).toISOString(),
          lastAt: new Date(contact.lastAt).toISOString(),
          exposures: contact.exposures.map((exposure) => ({
            place: places.refOf(exposure.place),
            with: people.refOf(exposure.with),
            from: new Date(exposure.from).toISOString(),
            to: new Date(exposure.to).toISOString(),
            seconds: exposure.seconds,
            estimated: exposure.estimated,
          })),
        })),
      })
    })

  test('without --json it is a table; somebody unknown is a problem', async () => {
    const window = ['--from', '2026-01-06T00:00Z', '--to', '2026-01-07T00:00Z']
    const { out } = await lachan(['trace', '--person', 'w-1', ...window])
    assert.match(out, /^hop +person +minutes +first \(UTC\) +last \(UTC\) +via\n1 +w-/)
    const unknown = await lachan(['trace', '--person', 'nobody-at-all', ...window, '--json'])
    assert.deepEqual([unknown.code, unknown.out], [1, ''])
    assert.match(unknown.err, /personUnknown/)
  })
})

describe('a stream of any length', () => {
  /** Good rows, every one of another person and each four of another place: whatever is kept by name would grow. */
  function* manyRows(name: string, count: number) {
    yield 'person,place,in,out\n'
    for (let at = 0; at < count; at += 1000)
      yield Array.from({ length: 1000 }, (_, n) => {
        const place = `${name}-place-${Math.floor((at + n) / 4)}`
        return `${name}-person-${at + n},${place},2026-01-05T08:00:00+07:00,2026-01-05T09:00:00+07:00\n`
      }).join('')
  }

  // How much the runtime takes before it tidies up is its own affair. Given no more than this many megabytes for what
  // is still in use, it dies of anything that is kept of each row: some 150 bytes would be enough.
  const HEAP = { NODE_OPTIONS: '--max-old-space-size=64' }

  test('takes no more memory, however many rows come', async () => {
    const count = 240_000
    const { code, out, err, megabytes } = await lachan(['import', 'visits', '-', '--create-missing'], {
      input: Readable.from(manyRows('many', count)),
      env: HEAP,
    })
    assert.equal(code, 0, err)
    assert.deepEqual(resultOf(out), { read: count, written: count, repeated: 0, refused: 0 })
    assert.ok(megabytes < 450, `${megabytes} MB`)
  })

  test('gives back what was wrong with each of its rows', async () => {
    const count = 40_000
    const rows = `p,c,2026-01-05T08:00:00+07:00,2026-01-04T08:00\n`.repeat(count)
    const errors = 'many.csv'
    const { out, megabytes } = await lachan(['import', 'visits', '-', '--errors', errors], {
      input: `person,place,in,out\n${rows}`,
      env: HEAP,
    })
    assert.deepEqual(resultOf(out), { read: count, written: 0, repeated: 0, refused: count, errors })
    assert.equal((await written(errors)).split('\n').length, count + 2)
    assert.ok(megabytes < 450, `${megabytes} MB`)
  })
})
