import assert from 'node:assert/strict'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { ConfigError, connectionOptions, readConfig, variables } from '../src/platform/config.ts'

const faultsOf = (env: Record<string, string>) => {
  try {
    readConfig(env)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.faults
  }
  return []
}

test('an empty environment is a demo on this machine with its own database', () => {
  const config = readConfig({})
  const root = resolve(import.meta.dirname, '../..')
  assert.deepEqual(config, {
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: undefined,
    dataDir: join(root, '.lachan'),
    keyFile: join(root, '.lachan/keys.json'),
    demo: true,
    origin: 'http://localhost:3000',
    http: true,
    jobs: true,
    logLevel: 'info',
    smsUrl: undefined,
    smsToken: undefined,
    trustProxy: undefined,
    timeZone: 'Asia/Ho_Chi_Minh',
    keepVisitsDays: undefined,
    keepRenewalsDays: 7,
    warnAlone: 200,
  })
  assert.ok(Object.isFrozen(config))
})

test('what is set is taken', () => {
  const config = readConfig({
    PORT: '8080',
    HOST: '0.0.0.0',
    DATABASE_URL: 'postgresql://lachan:pw@db:5433/lachan',
    LACHAN_DATA: '/srv/lachan',
    LACHAN_ORIGIN: 'https://lachan.example/',
    HTTP: 'off',
    LOG_LEVEL: 'silent',
    LACHAN_SMS_URL: 'https://sms.example/send',
    LACHAN_SMS_TOKEN: 'secret',
    LACHAN_TRUST_PROXY: '10.0.0.0/8, ::1',
    LACHAN_TIME_ZONE: 'Asia/Vientiane',
    LACHAN_KEEP_VISITS_DAYS: '31',
    LACHAN_KEEP_RENEWALS_DAYS: '1',
  })
  assert.equal(config.port, 8080)
  assert.equal(config.demo, false, 'a database of one’s own is no demo unless asked')
  assert.equal(config.keyFile, '/srv/lachan/keys.json')
  assert.equal(config.origin, 'https://lachan.example')
  assert.equal(config.http, false)
  assert.deepEqual(config.trustProxy, ['10.0.0.0/8', '::1'])
  assert.equal(config.timeZone, 'Asia/Vientiane')
  assert.equal(config.keepVisitsDays, 31)
  assert.equal(config.keepRenewalsDays, 1)
})

test('an empty variable counts as unset', () => {
  const empty = Object.fromEntries(variables.map(({ name }) => [name, ' ']))
  assert.deepEqual(readConfig(empty), readConfig({}))
})

test('every fault is listed at once, each with its variable and what is allowed', () => {
  const env = {
    PORT: '99999',
    HOST: 'a host',
    DATABASE_URL: 'mysql://secret@db/lachan',
    LACHAN_DEMO: 'yes',
    LACHAN_ORIGIN: 'https://lachan.example/app',
    HTTP: 'true',
    JOBS: '0',
    LOG_LEVEL: 'loud',
    LACHAN_SMS_URL: 'sms.example',
    LACHAN_TRUST_PROXY: '10.0.0.0/33',
    LACHAN_TIME_ZONE: 'Hanoi',
    LACHAN_KEEP_VISITS_DAYS: '30',
    LACHAN_KEEP_RENEWALS_DAYS: '0',
  }
  const faults = faultsOf(env)
  assert.deepEqual(
    faults.map((fault) => fault.split(' ')[0]).sort(),
    Object.keys(env).sort(),
    'one fault for each variable, and no other',
  )
  for (const fault of faults) assert.match(fault, /allowed (is|are) /)
  assert.doesNotMatch(faults.join(), /secret/, 'a database address may hold a password')
})

test('demo accounts are served on this machine alone', () => {
  for (const HOST of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) assert.deepEqual(faultsOf({ HOST }), [])
  for (const HOST of ['0.0.0.0', '::', '192.168.1.2', '127.example.org']) {
    const [fault, ...others] = faultsOf({ HOST })
    assert.match(fault ?? '', /published passwords.*LACHAN_DEMO=off/)
    assert.deepEqual(others, [])
    assert.deepEqual(faultsOf({ HOST, LACHAN_DEMO: 'off' }), [])
  }
})

test('settings that contradict each other are refused', () => {
  assert.match(faultsOf({ HTTP: 'off', JOBS: 'off' })[0] ?? '', /both off/)
  assert.match(faultsOf({ LACHAN_SMS_TOKEN: 'x' })[0] ?? '', /without LACHAN_SMS_URL/)
})

test('the published list names every variable that is read, and no other', () => {
  const read = new Set<string>()
  readConfig(new Proxy({}, { get: (_, name) => void read.add(String(name)) }))
  assert.deepEqual([...read].sort(), variables.map(({ name }) => name).sort())
})

test('a database URL in each of its forms', () => {
  const cases: [url: string, options: object][] = [
    [
      'postgresql://lan:p%40ss@db:5433/la',
      { host: 'db', port: 5433, database: 'la', username: 'lan', password: 'p@ss' },
    ],
    ['postgres://lan@db', { host: 'db', port: 5432, database: 'lan', username: 'lan' }],
    [
      'postgresql://lan@/la?host=/run/pg&port=5499',
      { host: '/run/pg', port: 5499, database: 'la', username: 'lan' },
    ],
    ['postgresql://lan@%2Frun%2Fpg/la', { host: '/run/pg', port: 5432, database: 'la', username: 'lan' }],
    ['postgresql://lan@[::1]:5433/la', { host: '::1', port: 5433, database: 'la', username: 'lan' }],
    [
      'postgresql://lan@db/la?sslmode=require',
      { host: 'db', port: 5432, database: 'la', username: 'lan', ssl: { rejectUnauthorized: false } },
    ],
  ]
  for (const [url, options] of cases) assert.deepEqual(connectionOptions(url), options, url)
  for (const url of [
    'db/la',
    'postgresql://lan@db:x/la',
    'postgresql://db/la?sslmode=prefer',
    'postgresql://a,b/la',
    'postgresql://lan:p%@db/la',
  ])
    assert.match(faultsOf({ DATABASE_URL: url })[0] ?? 'no fault', /^DATABASE_URL (is|has|names) /, url)
})
