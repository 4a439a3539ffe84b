import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { Database } from './database.ts'
import type { Installation } from './installation.ts'
import { ConfigError, readConfig } from './platform/config.ts'
import type { CsvKind } from './platform/csv-import.ts'
import type { Sql } from './platform/database.ts'
import { type Language, Problem, type Words } from './platform/problem.ts'
import { visibleText } from './platform/text.ts'

/**
 * The command line. Results go to stdout, everything else to stderr; the exit code is 0 only if all was done, 2 when
 * the command itself was not understood. What a command needs is loaded when it runs, so that help comes at once.
 */

const language: Language = /^vi/i.test(
  process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '',
)
  ? 'vi'
  : 'en'
const words = (vi: string, en: string): Words => ({ vi, en })
const say = (line: string) => void process.stderr.write(`${line}\n`)
const print = (text: string) => new Promise<void>((done) => process.stdout.write(`${text}\n`, () => done()))

/** The command was not understood: what is wrong, then how it is used. */
class UsageError extends Error {}
const misused = ({ [language]: message }: Words) => new UsageError(message)

type Options = Record<string, string | boolean | undefined>
type Command = {
  usage: string
  about: Words
  options?: ParseArgsOptionsConfig
  /** How many words without dashes follow, beside the name. */
  operands?: number
  /** Resolves with the exit code. */
  run(options: Options, operands: string[]): Promise<number | undefined>
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

const commands: Record<string, Command> = {
  help: {
    usage: 'help',
    about: words('in trang này', 'prints this page'),
    run: help,
  },
  serve: {
    usage: 'serve',
    about: words('chạy máy chủ', 'runs the server'),
    async run() {
      await import('./main.ts')
      return undefined
    },
  },
  migrate: {
    usage: 'migrate',
    about: words('đưa cơ sở dữ liệu lên bản hiện tại', 'brings the database up to date'),
    run: () =>
      inInstallation(async () => {
        say(language === 'vi' ? 'Cơ sở dữ liệu đã ở bản hiện tại.' : 'The database is up to date.')
        return 0
      }),
  },
  demo: {
    usage: 'demo',
    about: words('nạp một tỉnh tưởng tượng để dùng thử', 'fills an imaginary province to try things out'),
    run: () => inInstallation(fillDemo),
  },
  'account add': {
    usage: 'account add --login L --role R --area CODE [--sector S] [--name N]',
    about: words(
      'tạo tài khoản; mật khẩu đọc từ đầu vào chuẩn, nếu không có thì được tạo và in ra một lần',
      'makes an account; the password is read from standard input, else generated and printed once',
    ),
    options: { login: text, role: text, area: text, sector: text, name: text },
    run: addAccount,
  },
  'account password': {
    usage: 'account password --login L',
    about: words(
      'đặt mật khẩu mới, đọc hoặc tạo như trên; ai đang đăng nhập bằng tài khoản này phải đăng nhập lại',
      'sets a new password, read or generated as above; whoever is signed in with the account has to sign in again',
    ),
    options: { login: text },
    run: changePassword,
  },
  'account disable': {
    usage: 'account disable --login L',
    about: words(
      'khóa tài khoản: không đăng nhập được nữa, phiên đang mở kết thúc ngay',
      'closes an account: it signs in no more, and its open sessions end at once',
    ),
    options: { login: text },
    run: disableAccount,
  },
  'account list': {
    usage: 'account list',
    about: words('liệt kê tài khoản và vai trò', 'lists accounts and their roles'),
    run: listAccounts,
  },
  'key add': {
    usage: 'key add --role R (--place CODE | --area CODE) [--name N]',
    about: words(
      'tạo khóa cho cổng quét hoặc ứng dụng và in ra một lần',
      'makes a key for a gate or an application and prints it once',
    ),
    options: { role: text, place: text, area: text, name: text },
    run: addKey,
  },
  'key revoke': {
    usage: 'key revoke --id ID',
    about: words('thu hồi khóa ngay lập tức', 'revokes a key at once'),
    options: { id: text },
    run: revokeKey,
  },
  'key list': {
    usage: 'key list',
    about: words('liệt kê khóa, không in khóa ra', 'lists keys, without what opens'),
    run: listKeys,
  },
  import: {
    usage: 'import people|places|visits|cases|links FILE.csv|- [--create-missing] [--errors FILE]',
    about: words(
      'nhập tệp CSV (- là đầu vào chuẩn); dòng đúng được ghi, dòng sai nằm trong tệp lỗi kèm lý do. Tệp lỗi chỉ chép lại nội dung dòng sai khi có --errors',
      'imports a CSV file (- is standard input); good rows are written, bad ones listed with reasons in a file of errors, which repeats what they held only with --errors',
    ),
    options: { 'create-missing': flag, errors: text },
    operands: 2,
    run: importFile,
  },
  trace: {
    usage:
      'trace --person REF --from ISO --to ISO [--min-overlap 900] [--airing 0] [--hops 1] [--latency-hours 48] [--default-stay SECONDS] [--json]',
    about: words('ai đã ở cùng chỗ với người này', 'who was at the same places as this person'),
    options: {
      person: text,
      from: text,
      to: text,
      'min-overlap': text,
      airing: text,
      hops: text,
      'latency-hours': text,
      'default-stay': text,
      json: flag,
    },
    run: trace,
  },
  forget: {
    usage: 'forget visits --before DATE',
    about: words(
      'xóa hẳn lượt quét và thời gian có mặt của những tuần đã qua trước ngày này; dưới 31 ngày thì từ chối',
      'deletes the scans and stays of the weeks that ended before this day; what is younger than 31 days is refused',
    ),
    options: { before: text },
    operands: 1,
    run: forget,
  },
  simulate: {
    usage:
      'simulate --people N --days D (--out FOLDER | --load) [--seed S] [--area CODE] [--from DATE] [--exits 1] [--outbreak N]',
    about: words(
      'viết một tỉnh tưởng tượng ra people.csv, places.csv và visits.csv, hoặc nạp thẳng; cùng --seed thì cùng kết quả',
      'writes an imaginary province as people.csv, places.csv and visits.csv, or loads it; the same --seed gives the same',
    ),
    options: {
      people: text,
      days: text,
      out: text,
      load: flag,
      seed: text,
      area: text,
      from: text,
      exits: text,
      outbreak: text,
    },
    async run(options) {
      const { runSimulation } = await import('./simulation/command.ts')
      const run = async (installation?: Installation) => {
        const written = await runSimulation(options, { say, misused, language, installation })
        await print(JSON.stringify(written))
        return 0
      }
      return options.load ? inInstallation(run) : run()
    },
  },
  doctor: {
    usage: 'doctor',
    about: words(
      'kiểm tra hệ thống và nói rõ chỗ nào chưa ổn',
      'checks the installation and says what is wrong',
    ),
    async run() {
      const { examine } = await import('./doctor.ts')
      const findings = await examine(readConfig())
      for (const { ok, words } of findings)
        await print(`${ok ? '   ok  ' : language === 'vi' ? '  LỖI  ' : 'WRONG  '}${words[language]}`)
      return findings.every(({ ok }) => ok) ? 0 : 1
    },
  },
}

async function help() {
  const { roles } = await import('./modules/accounts/roles.ts')
  const { variables } = await import('./platform/config.ts')
  const say = (vi: string, en: string) => (language === 'vi' ? vi : en)
  const lines = [
    say('Lá Chắn: dòng lệnh', 'La Chan: the command line'),
    '',
    ...Object.values(commands).flatMap(({ usage, about }) => [
      `  lachan ${usage}`,
      `      ${about[language]}`,
    ]),
    '',
    `${say('Vai trò', 'Roles')}: ${Object.keys(roles).join(', ')}`,
    '',
    say('Tệp CSV: UTF-8, phân cách bằng , hoặc ;', 'CSV files: UTF-8, separated by , or ;'),
    '  people  ref,name,birth,sex,phone,id_number,area,address',
    '  places  ref,name,kind,area,address,lat,lon,sector,phone',
    '  visits  person,place,in,out',
    '  cases   ref,person,disease,onset,sampled,area',
    '  links   infector,infected,place,source,confidence',
    '',
    say('Biến môi trường', 'Environment'),
    ...variables.map(({ name, meaning, default: value }) => `  ${name.padEnd(20)} ${meaning} (${value})`),
    '',
    say(
      'Mã thoát: 0 khi mọi việc đã xong, 1 khi chưa, 2 khi lệnh chưa đúng.',
      'Exit code: 0 when all was done, 1 when not, 2 when the command was not understood.',
    ),
  ]
  await print(lines.join('\n'))
  return 0
}

// ---------------------------------------------------------------- the installation

let opened: Database | undefined

async function inInstallation(work: (installation: Installation) => Promise<number>) {
  const { openInstallation } = await import('./installation.ts')
  return untilDone(await openInstallation(readConfig(), say), work)
}

/** For what only looks something up: without modules and keys a command answers in half the time. */
async function inDatabase(work: (database: Database) => Promise<number>) {
  const { openDatabase } = await import('./database.ts')
  return untilDone(await openDatabase(readConfig(), say), work)
}

async function untilDone<D extends Database>(database: D, work: (database: D) => Promise<number>) {
  opened = database
  try {
    return await work(database)
  } finally {
    await database.stop()
  }
}

/** What was begun is rolled back; a database of our own must not be left running without us. */
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    if (process.argv[2] === 'serve') return
    const end = () => process.exit(130)
    setTimeout(end, 4500).unref()
    if (opened) opened.stop().then(end, end)
    else end()
  })

// ---------------------------------------------------------------- commands

async function fillDemo(installation: Installation) {
  const { config, sql, services } = installation
  if (!config.demo)
    throw misused(
      words(
        'Chế độ dùng thử đang tắt (LACHAN_DEMO): tài khoản dùng thử sẽ không đăng nhập được.',
        'The demo is off (LACHAN_DEMO): its accounts could not sign in.',
      ),
    )
  const { authenticate } = await import('./modules/accounts/index.ts')
  const { describeDemo, fillDemo } = await import('./modules/demo/index.ts')
  const { routes } = await import('./modules.ts')
  const { askInProcess, createApp } = await import('./platform/http.ts')
  const app = await createApp({
    config: { ...config, logLevel: 'silent' },
    sql,
    services,
    routes,
    authenticate,
  })
  await fillDemo({ ...installation, ask: askInProcess(app), say })
  await app.close()
  const [filled] = await sql`select from settings where name = 'demo'`
  if (filled) {
    await print((await describeDemo(installation)).join('\n').trim())
    return 0
  }
  say(
    language === 'vi'
      ? 'Cơ sở dữ liệu này đã có tài khoản của riêng bạn nên không nạp dữ liệu thử.'
      : 'This database has accounts of your own, so the demo was left out.',
  )
  return 1
}

function required(options: Options, ...names: string[]) {
  const missing = names.filter((name) => !options[name])
  if (missing.length > 0)
    throw misused(words(`Thiếu --${missing.join(', --')}.`, `--${missing.join(', --')} is missing.`))
  return names.map((name) => options[name] as string)
}

async function addAccount(options: Options) {
  const [login, role, areaCode] = required(options, 'login', 'role', 'area') as [string, string, string]
  const { name, sector } = options as { name?: string; sector?: string }
  if (sector !== undefined) await assertSector(sector)
  const given = await readPassword()
  const password = given ?? (await newPassword())
  await inInstallation(async ({ sql, context }) => {
    const { addAccount } = await import('./modules/accounts/index.ts')
    const { transact } = await import('./platform/database.ts')
    const optional = { ...(name ? { name: visibleText(name) } : {}), ...(sector ? { sector } : {}) }
    await transact(sql, (tx) => addAccount(context(tx), { login, role, areaCode, password, ...optional }))
    return 0
  })
  say(language === 'vi' ? `Đã tạo tài khoản ${login}.` : `The account ${login} was made.`)
  if (given === undefined) await printPassword(password)
  return 0
}

async function assertSector(sector: string) {
  const { listSectors } = await import('./modules/places/index.ts')
  const codes = listSectors().map(({ code }) => code)
  if (codes.includes(sector)) return
  const known = codes.join(', ')
  throw misused(
    words(`Không có ngành "${sector}"; có: ${known}.`, `There is no sector "${sector}"; there are ${known}.`),
  )
}

async function changePassword(options: Options) {
  const [login] = required(options, 'login') as [string]
  const given = await readPassword()
  const password = given ?? (await newPassword())
  await inInstallation(async ({ sql, context }) => {
    const { changePassword } = await import('./modules/accounts/index.ts')
    const { transact } = await import('./platform/database.ts')
    await transact(sql, (tx) => changePassword(context(tx), login, password))
    return 0
  })
  say(language === 'vi' ? `Đã đổi mật khẩu của ${login}.` : `The password of ${login} was changed.`)
  if (given === undefined) await printPassword(password)
  return 0
}

async function disableAccount(options: Options) {
  const [login] = required(options, 'login') as [string]
  return inInstallation(async ({ sql, context }) => {
    const { disableAccount } = await import('./modules/accounts/index.ts')
    const { transact } = await import('./platform/database.ts')
    await transact(sql, (tx) => disableAccount(context(tx), login))
    say(language === 'vi' ? `Đã khóa tài khoản ${login}.` : `The account ${login} was closed.`)
    return 0
  })
}

function listAccounts() {
  return inInstallation(async ({ sql, context }) => {
    const { listAccounts } = await import('./modules/accounts/index.ts')
    const head =
      language === 'vi'
        ? ['tài khoản', 'tên', 'vai trò', 'bị khóa lúc (UTC)']
        : ['login', 'name', 'roles', 'closed at (UTC)']
    const rows = (await listAccounts(context(sql))).map(({ login, name, roles, disabledAt }) => [
      login,
      name,
      roles,
      disabledAt ? minuteOf(disabledAt) : '',
    ])
    await print(table(head, rows))
    return 0
  })
}

async function printPassword(password: string) {
  say(
    language === 'vi'
      ? 'Mật khẩu được tạo và chỉ in ra một lần này:'
      : 'Its password was generated and is printed this once:',
  )
  await print(password)
}

/** Four groups of four, without letters that look alike: 80 bits. */
async function newPassword() {
  const { randomInt } = await import('node:crypto')
  const letter = () => 'abcdefghjkmnpqrstuvwxyz23456789'[randomInt(31)]
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, letter).join('')).join('-')
}

/** Who starts us from a program may leave standard input open without ever writing to it. */
const PATIENCE_MS = 3000

/** The first line of standard input, unless that is a terminal or brings nothing. */
async function readPassword(): Promise<string | undefined> {
  if (process.stdin.isTTY) return undefined
  const patience = setTimeout(() => process.stdin.destroy(), PATIENCE_MS)
  const chunks: Buffer[] = []
  try {
    for await (const chunk of process.stdin) {
      clearTimeout(patience)
      chunks.push(chunk)
    }
  } catch {
    // Nothing came.
  }
  clearTimeout(patience)
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)
  return line === '' ? undefined : visibleText(line)
}

async function addKey(options: Options) {
  const [role] = required(options, 'role') as [string]
  const { place: placeCode, area: areaCode, name = role } = options as Record<string, string | undefined>
  if (!placeCode === !areaCode)
    throw misused(words('Cần một trong hai: --place hoặc --area.', 'Give one of the two: --place or --area.'))
  return inInstallation(async ({ sql, context }) => {
    const { addKey } = await import('./modules/accounts/index.ts')
    const { transact } = await import('./platform/database.ts')
    const { token } = await transact(sql, async (tx) => {
      const ctx = context(tx)
      const placeId = placeCode ? await placeIdOf(tx, placeCode) : null
      const areaId = areaCode ? await areaIdOf(tx, areaCode, ctx.now) : null
      return addKey(ctx, { name: visibleText(name), role, placeId, areaId })
    })
    await print(token)
    return 0
  })
}

async function revokeKey(options: Options) {
  const [id] = required(options, 'id') as [string]
  return inInstallation(async ({ sql, context }) => {
    const { revokeKey } = await import('./modules/accounts/index.ts')
    const { transact } = await import('./platform/database.ts')
    await transact(sql, (tx) => revokeKey(context(tx), id))
    say(language === 'vi' ? 'Đã thu hồi khóa.' : 'The key was revoked.')
    return 0
  })
}

function listKeys() {
  return inInstallation(async ({ sql, context }) => {
    const { listKeys } = await import('./modules/accounts/index.ts')
    const [head, onePlace] =
      language === 'vi'
        ? [['mã', 'tên', 'vai trò', 'nơi', 'tạo lúc (UTC)', 'thu hồi lúc (UTC)'], 'một điểm']
        : [['id', 'name', 'role', 'where', 'made at (UTC)', 'revoked at (UTC)'], 'one place']
    const rows = (await listKeys(context(sql))).map(({ id, name, role, areaCode, createdAt, revokedAt }) => [
      id,
      name,
      role,
      areaCode ?? onePlace,
      minuteOf(createdAt),
      revokedAt ? minuteOf(revokedAt) : '',
    ])
    await print(table(head, rows))
    return 0
  })
}

async function placeIdOf(sql: Sql, code: string) {
  const { findPlaceByCode, placeProblem, readPlaceCode } = await import('./modules/places/index.ts')
  const place = await findPlaceByCode(sql, readPlaceCode(code))
  if (!place) throw placeProblem.unknown()
  return place.id
}

async function areaIdOf(sql: Sql, code: string, now: Date) {
  const { getAreaInForce } = await import('./modules/areas/index.ts')
  return (await getAreaInForce(sql, code, now)).id
}

const KINDS = ['people', 'places', 'visits', 'cases', 'links'] as const

async function importFile(options: Options, [kind, input]: string[]) {
  if (!KINDS.includes(kind as 'people'))
    throw misused(words(`Không nhập được "${kind}".`, `There is no import of "${kind}".`))
  const { 'create-missing': createMissing = false, errors } = options as {
    'create-missing'?: boolean
    errors?: string
  }
  if (errors === '' || errors === '-')
    throw misused(words('--errors cần tên một tệp.', '--errors needs the name of a file.'))
  return inInstallation(async ({ sql, context }) => {
    const { importCsv } = await import('./platform/csv-import.ts')
    const rows = await kindNamed(kind!, { createMissing })
    const result = await importCsv(rows, { input: input!, errors, sql, context, language, say })
    await print(JSON.stringify(result))
    return result.refused > 0 ? 1 : 0
  })
}

async function kindNamed(kind: string, options: { createMissing: boolean }): Promise<CsvKind<never>> {
  if (kind === 'people') return (await import('./modules/people/index.ts')).peopleImport() as never
  if (kind === 'places') return (await import('./modules/places/index.ts')).placesImport() as never
  if (kind === 'visits') return (await import('./modules/visits/index.ts')).visitsImport(options) as never
  if (kind === 'links') return (await import('./modules/tracing/index.ts')).linksImport(options) as never
  return (await import('./modules/cases/index.ts')).casesImport(options) as never
}

async function forget({ before }: Options, [what]: string[]) {
  const day = typeof before === 'string' && /^\d{4}-\d\d-\d\d$/.test(before) ? new Date(before) : undefined
  if (what !== 'visits' || !day || Number.isNaN(day.getTime()))
    throw misused(
      words('Cần: forget visits --before NĂM-THÁNG-NGÀY.', 'Needed: forget visits --before YEAR-MONTH-DAY.'),
    )
  return inInstallation(async ({ sql, context }) => {
    const { forgetVisits } = await import('./modules/visits/index.ts')
    const { transact } = await import('./platform/database.ts')
    const gone = await transact(sql, (tx) => forgetVisits(context(tx), day))
    await print(JSON.stringify(gone))
    return 0
  })
}

async function trace(options: Options) {
  const [person, ...moments] = required(options, 'person', 'from', 'to') as [string, string, string]
  const { readMoment } = await import('./platform/moments.ts')
  const [from, to] = moments.map((moment, at) => {
    const time = readMoment(moment)
    const name = at === 0 ? '--from' : '--to'
    if (Number.isNaN(time))
      throw misused(
        words(
          `${name} cần thời điểm ISO 8601 có múi giờ, ví dụ 2026-11-30T08:15:00+07:00.`,
          `${name} needs an ISO 8601 time with an offset, like 2026-11-30T08:15:00+07:00.`,
        ),
      )
    return new Date(time)
  }) as [Date, Date]
  if (from >= to) throw misused(words('--from phải trước --to.', '--from has to lie before --to.'))
  const whole = (name: string, least: number, most: number) => {
    const given = options[name] as string | undefined
    if (given === undefined) return undefined
    const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN
    if (!(value >= least && value <= most))
      throw misused(
        words(
          `--${name} cần một số nguyên từ ${least} đến ${most}.`,
          `--${name} needs a whole number from ${least} to ${most}.`,
        ),
      )
    return value
  }
  const wanted = {
    person,
    from,
    to,
    minOverlapSeconds: whole('min-overlap', 0, 31 * 86_400),
    airingSeconds: whole('airing', 0, 86_400),
    hops: whole('hops', 1, 10),
    latencyHours: whole('latency-hours', 0, 10_000),
    defaultStaySeconds: whole('default-stay', 1, 31 * 86_400),
  }
  return inDatabase(async ({ sql }) => {
    const { traceByRef } = await import('./modules/tracing/by-ref.ts')
    const { transact } = await import('./platform/database.ts')
    const traced = await transact(sql, (tx) => traceByRef({ sql: tx, services: readConfig() }, wanted))
    await print(options.json ? JSON.stringify(traced) : contactTable(traced))
    return 0
  })
}

type Traced = Awaited<ReturnType<typeof import('./modules/tracing/by-ref.ts').traceByRef>>

function contactTable({ contacts }: Traced) {
  const head =
    language === 'vi'
      ? ['vòng', 'người', 'phút', 'từ (UTC)', 'đến (UTC)', 'qua']
      : ['hop', 'person', 'minutes', 'first (UTC)', 'last (UTC)', 'via']
  const rows = contacts.map(({ hop, person, overlapSeconds, firstAt, lastAt, via }) => [
    String(hop),
    person,
    String(Math.round(overlapSeconds / 60)),
    minuteOf(firstAt),
    minuteOf(lastAt),
    via ?? '',
  ])
  return table(head, rows)
}

function table(head: string[], rows: string[][]) {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)))
  const line = (cells: string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd()
  return [line(head), ...rows.map(line)].join('\n')
}

const minuteOf = (moment: Date | string) => new Date(moment).toISOString().slice(0, 16).replace('T', ' ')

// ---------------------------------------------------------------- from words to exit code

async function main(args: string[]): Promise<number | undefined> {
  const [first = 'help', second] = args
  if (first === '--help' || first === '-h') return help()
  const name = Object.hasOwn(commands, `${first} ${second}`) ? `${first} ${second}` : first
  const command = Object.hasOwn(commands, name) ? commands[name]! : undefined
  if (!command) throw misused(words(`Không có lệnh "${first}".`, `There is no command "${first}".`))
  const { values, positionals } = read(command, args.slice(name.split(' ').length))
  return command.run(values, positionals)
}

function read({ options = {}, operands = 0, usage }: Command, args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
    if (positionals.length === operands) return { values: values as Options, positionals }
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. To ')[0]}\n  lachan ${usage}`)
  }
  throw new UsageError(`  lachan ${usage}`)
}

/** What went wrong, in lines for somebody at a terminal. */
function describe(error: unknown): string[] {
  if (error instanceof ConfigError) return error.faults
  if (error instanceof Problem) {
    const { words, code, extras } = error
    return [
      `${words[language]} (${code})`,
      ...(extras.fields ?? []).map(({ field, reason }) => `  ${field}: ${reason}`),
      ...Object.entries(extras.details ?? {}).map(
        ([name, value]) => `  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      ),
    ]
  }
  return [error instanceof Error ? error.message : String(error)]
}

process.stdout.on('error', () => process.exit(1)) // whoever read our results has left

try {
  const code = await main(process.argv.slice(2))
  // The server runs on; whatever else was begun is done, and an open standard input must not keep us.
  if (code !== undefined) process.exit(code)
} catch (error) {
  for (const line of describe(error)) say(line)
  if (error instanceof UsageError) say(language === 'vi' ? 'Xem: lachan help' : 'See: lachan help')
  process.exit(error instanceof UsageError ? 2 : 1)
}
