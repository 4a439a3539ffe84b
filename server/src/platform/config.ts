import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export type Config = Readonly<{
  port: number
  host: string
  /** Undefined: a PostgreSQL of our own, in `dataDir`. */
  databaseUrl: string | undefined
  dataDir: string
  keyFile: string
  demo: boolean
  /** Where people reach this server, without a slash at the end. */
  origin: string
  http: boolean
  jobs: boolean
  logLevel: (typeof LOG_LEVELS)[number]
  smsUrl: string | undefined
  smsToken: string | undefined
  trustProxy: string | string[] | undefined
  timeZone: string
  /** Undefined: until somebody drops them. */
  keepVisitsDays: number | undefined
  /** How many days lists stay that traces made by themselves, a later one superseded and nobody used. */
  keepRenewalsDays: number
  /** More warnings than this at once need a second officer. */
  warnAlone: number
}>

/** Every variable that is read, in the order in which an operator meets them. */
export const variables = [
  { name: 'PORT', default: '3000', meaning: 'The port to listen on; 0 takes any free one.' },
  { name: 'HOST', default: '127.0.0.1', meaning: 'The address to listen on; 0.0.0.0 or :: for all.' },
  {
    name: 'LACHAN_ORIGIN',
    default: 'http://localhost:$PORT',
    meaning: 'Where people reach this server, for codes and links, for example https://lachan.example.',
  },
  {
    name: 'DATABASE_URL',
    default: 'unset',
    meaning: 'A PostgreSQL, postgresql://user:password@host:port/database; unset starts one in LACHAN_DATA.',
  },
  { name: 'LACHAN_DATA', default: './.lachan', meaning: 'The folder of the embedded database and the keys.' },
  {
    name: 'LACHAN_KEY_FILE',
    default: '$LACHAN_DATA/keys.json',
    meaning: 'The keys that seal personal data. Back it up apart from the database.',
  },
  {
    name: 'LACHAN_DEMO',
    default: 'on without DATABASE_URL, else off',
    meaning: 'on fills an imaginary province and opens its demo accounts; on this machine alone.',
  },
  { name: 'HTTP', default: 'on', meaning: 'off: this process serves no requests, only jobs.' },
  { name: 'JOBS', default: 'on', meaning: 'off: this process works on no jobs, only requests.' },
  { name: 'LOG_LEVEL', default: 'info', meaning: `One of ${LOG_LEVELS.join(', ')}.` },
  { name: 'LACHAN_SMS_URL', default: 'unset', meaning: 'An HTTP gateway that takes {to, text} as JSON.' },
  { name: 'LACHAN_SMS_TOKEN', default: 'unset', meaning: 'The bearer token for that gateway.' },
  {
    name: 'LACHAN_TRUST_PROXY',
    default: 'unset',
    meaning: 'Whose X-Forwarded-For is believed: loopback, or addresses and CIDR ranges with commas.',
  },
  {
    name: 'LACHAN_TIME_ZONE',
    default: 'Asia/Ho_Chi_Minh',
    meaning: 'The zone in which a day begins and ends.',
  },
  {
    name: 'LACHAN_KEEP_VISITS_DAYS',
    default: 'unset',
    meaning: 'Weeks of visits that ended more than so many days ago are dropped every night; 31 or more.',
  },
  {
    name: 'LACHAN_KEEP_RENEWALS_DAYS',
    default: '7',
    meaning:
      'Lists of traces that were renewed by themselves are deleted after so many days, where a later one took their place and nobody read or used them; 1 or more.',
  },
  {
    name: 'LACHAN_WARN_ALONE',
    default: '200',
    meaning:
      'How many people an officer may warn, and how many remind, within 24 hours without a second officer; 0 asks always.',
  },
] as const

type Name = (typeof variables)[number]['name']

/** All that is wrong with the environment at once, so that it is put right in one go. */
export class ConfigError extends Error {
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`The configuration has ${faults.length === 1 ? 'a fault' : 'faults'}:\n- ${faults.join('\n- ')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the environment. An empty variable counts as unset. Throws a ConfigError that lists every fault. */
export function readConfig(env: Environment = process.env): Config {
  const faults: string[] = []

  /** The value as `parse` understands it; when it throws, a fault, and the fallback so that reading goes on. */
  const read = <T>(name: Name, fallback: T, parse: (text: string) => T): T => {
    const text = env[name]?.trim()
    if (!text) return fallback
    try {
      return parse(text)
    } catch (error) {
      faults.push(`${name} ${(error as Error).message}`)
      return fallback
    }
  }

  const port = read('PORT', 3000, parsePort)
  const host = read('HOST', '127.0.0.1', parseHost)
  const databaseUrl = read<string | undefined>('DATABASE_URL', undefined, parseDatabaseUrl)
  const hasDatabase = Boolean(env.DATABASE_URL?.trim())
  const dataDir = read('LACHAN_DATA', join(ROOT, '.lachan'), (text) => resolve(text))
  const demo = read('LACHAN_DEMO', !hasDatabase, parseSwitch)
  if (demo && !isLoopback(host))
    faults.push(
      `HOST is ${host} while the demo is on: its accounts have published passwords and are served on this machine alone. Set LACHAN_DEMO=off, or HOST to 127.0.0.1, ::1 or localhost.`,
    )
  const smsUrl = read<string | undefined>('LACHAN_SMS_URL', undefined, parseHttpUrl)
  const smsToken = read<string | undefined>('LACHAN_SMS_TOKEN', undefined, (text) => text)
  if (smsToken && !env.LACHAN_SMS_URL?.trim())
    faults.push('LACHAN_SMS_TOKEN is set without LACHAN_SMS_URL: set both, or neither.')

  const config: Config = {
    port,
    host,
    databaseUrl,
    dataDir,
    keyFile: read('LACHAN_KEY_FILE', join(dataDir, 'keys.json'), (text) => resolve(text)),
    demo,
    origin: read('LACHAN_ORIGIN', `http://localhost:${port}`, parseOrigin),
    http: read('HTTP', true, parseSwitch),
    jobs: read('JOBS', true, parseSwitch),
    logLevel: read('LOG_LEVEL', 'info', parseLogLevel),
    smsUrl,
    smsToken,
    trustProxy: read<string | string[] | undefined>('LACHAN_TRUST_PROXY', undefined, parseTrustProxy),
    timeZone: read('LACHAN_TIME_ZONE', 'Asia/Ho_Chi_Minh', parseTimeZone),
    keepVisitsDays: read<number | undefined>('LACHAN_KEEP_VISITS_DAYS', undefined, parseKeptDays),
    keepRenewalsDays: read('LACHAN_KEEP_RENEWALS_DAYS', 7, parseDays),
    warnAlone: read('LACHAN_WARN_ALONE', 200, parseCount),
  }
  if (!config.http && !config.jobs)
    faults.push('HTTP and JOBS are both off: nothing would be left to do. Leave one of them on.')
  if (faults.length) throw new ConfigError(faults)
  return Object.freeze(config)
}

// Each parser throws the end of a sentence that begins with the variable's name.

const oneOf = <T extends string>(text: string, allowed: readonly T[]): T => {
  if (!(allowed as readonly string[]).includes(text))
    throw new Error(`is "${text}"; allowed are ${allowed.slice(0, -1).join(', ')} and ${allowed.at(-1)}.`)
  return text as T
}

const parseSwitch = (text: string) => oneOf(text, ['on', 'off']) === 'on'

const parseLogLevel = (text: string) => oneOf(text, LOG_LEVELS)

function parsePort(text: string) {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new Error(`is "${text}"; allowed is a whole number from 0 to 65535.`)
  return Number(text)
}

/** Gates hand scans over for so long: what is younger may still be needed. */
const LEAST_DAYS = 31

function parseKeptDays(text: string) {
  if (!/^\d{1,5}$/.test(text) || Number(text) < LEAST_DAYS)
    throw new Error(
      `is "${text}"; allowed is a whole number of days from ${LEAST_DAYS} up, because gates hand scans over for so long.`,
    )
  return Number(text)
}

function parseDays(text: string) {
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1)
    throw new Error(`is "${text}"; allowed is a whole number of days from 1 to 99999.`)
  return Number(text)
}

function parseCount(text: string) {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`is "${text}"; allowed is a whole number from 0 to 999999.`)
  return Number(text)
}

function parseHost(text: string) {
  if (!isIP(text) && !/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text))
    throw new Error(`is "${text}"; allowed is an IP address or a host name, without a port.`)
  return text
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

function parseOrigin(text: string) {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || text.replace(/\/$/, '') !== url.origin)
    throw new Error(
      `is "${text}"; allowed is http:// or https:// with a host and perhaps a port, in lower case, without a path, like https://lachan.example.`,
    )
  return url.origin
}

function parseHttpUrl(text: string) {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new Error(`is "${text}"; allowed is an address that begins with http:// or https://.`)
  return text
}

/** The URL may hold a password, so no fault repeats it. */
function parseDatabaseUrl(text: string) {
  connectionOptions(text)
  return text
}

function parseTrustProxy(text: string) {
  if (text === 'loopback') return text
  const ranges = text.split(',').map((range) => range.trim())
  for (const range of ranges)
    if (!isRange(range))
      throw new Error(
        `has "${range}"; allowed is loopback, or addresses and ranges like 10.0.0.0/8,192.168.1.5.`,
      )
  return ranges
}

function isRange(text: string) {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (!version || rest.length) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function parseTimeZone(text: string) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new Error(`is "${text}"; allowed is the name of a time zone, like Asia/Ho_Chi_Minh.`)
  }
}

export type ConnectionOptions = {
  host: string
  port: number
  database: string
  username: string
  password?: string
  ssl?: { rejectUnauthorized: boolean; ca?: string; checkServerIdentity?: () => undefined }
}

/**
 * A PostgreSQL URL as options, because the client understands neither `?host=/socket/folder` nor an empty host
 * behind a user. A socket's folder may also stand in the place of the host, with %2F for each slash.
 */
export function connectionOptions(url: string): ConnectionOptions {
  const [, credentials = '', rest] = /^postgres(?:ql)?:\/\/([^/?#]*@)?(.*)$/.exec(url) ?? []
  // `//user@/database` is no URL, `//user@localhost/database` is the same thing said in full.
  const filled = rest && /^[/?:]|^$/.test(rest) ? `localhost${rest}` : rest
  const parsed = filled === undefined ? null : URL.parse(`postgresql://${credentials}${filled}`)
  if (!parsed)
    throw new Error(
      'is no address of a PostgreSQL; allowed is postgresql://user:password@host:port/database.',
    )
  const host = parsed.searchParams.get('host') ?? decode(parsed.hostname).replace(/^\[(.*)\]$/, '$1')
  if (host.includes(',')) throw new Error('names several hosts; allowed is one.')
  const port = Number(parsed.searchParams.get('port') ?? (parsed.port || 5432))
  if (!(Number.isInteger(port) && port > 0 && port < 65536))
    throw new Error('has a port that is no whole number from 1 to 65535.')
  const username = decode(parsed.username) || userInfo().username
  const password = decode(parsed.password)
  const ssl = tlsOptions(parsed.searchParams)
  return {
    host,
    port,
    database: decode(parsed.pathname.slice(1)) || username,
    username,
    ...(password ? { password } : {}),
    ...(ssl ? { ssl } : {}),
  }
}

function decode(text: string) {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Error('has a % that begins no %XX; write %25 for the sign itself.')
  }
}

/** `sslmode` as in libpq, but without the two modes that quietly go on in the clear. */
function tlsOptions(parameters: URLSearchParams): ConnectionOptions['ssl'] {
  const mode = parameters.get('sslmode') ?? 'disable'
  if (!['disable', 'require', 'verify-ca', 'verify-full'].includes(mode))
    throw new Error(`has sslmode=${mode}; allowed are disable, require, verify-ca and verify-full.`)
  if (mode === 'disable') return undefined
  const file = parameters.get('sslrootcert')
  return {
    rejectUnauthorized: mode !== 'require',
    ...(file ? { ca: readCertificate(file) } : {}),
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  }
}

function readCertificate(file: string) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Error(`has sslrootcert=${file}, which cannot be read.`)
  }
}
