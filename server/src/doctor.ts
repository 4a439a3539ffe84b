import { existsSync, readdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type postgres from 'postgres'
import type { Config } from './platform/config.ts'
import { connect } from './platform/database.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { loadKeys } from './platform/keys.ts'
import { smsChannel } from './platform/messenger.ts'
import type { Words } from './platform/problem.ts'

export type Finding = { ok: boolean; words: Words }

const finding = (ok: boolean, vi: string, en: string): Finding => ({ ok, words: { vi, en } })

const MIGRATIONS = new URL('../migrations/', import.meta.url)
const OLDEST_VERSION = 150_000
const LEAST_FREE_GIGABYTES = 2
const MOST_SKEW_SECONDS = 2
const LONGEST_WAIT_MINUTES = 15

/** Looks at everything and changes nothing. Later checks need the earlier ones, so it ends where they fail. */
export async function examine(config: Config): Promise<Finding[]> {
  const findings = [await diskSpace(config.dataDir)]
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'postgres', 'PG_VERSION')))
    return [
      ...findings,
      finding(
        false,
        `Chưa có cơ sở dữ liệu trong ${config.dataDir}. Lệnh "lachan migrate" tạo ra nó.`,
        `There is no database in ${config.dataDir} yet. "lachan migrate" makes it.`,
      ),
    ]

  let embedded: Awaited<ReturnType<typeof startEmbeddedPostgres>> | undefined
  let sql: postgres.Sql | undefined
  try {
    embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDir)
    sql = connect(config.databaseUrl ?? embedded!.url, 2)
    const version = await databaseVersion(sql)
    findings.push(version, await clock(sql), await locks(sql))
    const schema = await migrations(sql)
    findings.push(schema)
    if (!schema.ok) return findings
    findings.push(await keyFile(sql, config), await areas(sql), await jobs(sql), await messages(sql, config))
  } catch (error) {
    const { message } = error as Error
    findings.push(
      finding(false, `Không dùng được cơ sở dữ liệu: ${message}`, `The database cannot be used: ${message}`),
    )
  } finally {
    await sql?.end({ timeout: 2 })
    await embedded?.stop()
  }
  return findings
}

/** A query over scans or stays locks every week that it may read, in three tables with their indexes. */
const LEAST_LOCKS = 256

async function locks(sql: postgres.Sql) {
  const [{ most }] = await sql<[{ most: number }]>`
    select current_setting('max_locks_per_transaction')::int as most`
  return most >= LEAST_LOCKS
    ? finding(
        true,
        `Đủ chỗ cho khóa của các tuần (${most}).`,
        `There is room for the locks of all weeks (${most}).`,
      )
    : finding(
        false,
        `max_locks_per_transaction của PostgreSQL là ${most}; cần ít nhất ${LEAST_LOCKS} rồi khởi động lại.`,
        `max_locks_per_transaction of PostgreSQL is ${most}; set it to ${LEAST_LOCKS} or more and restart.`,
      )
}

async function diskSpace(folder: string) {
  const existing = existsSync(folder) ? folder : '.'
  const { bavail, bsize } = await statfs(existing)
  const free = (bavail * bsize) / 2 ** 30
  const size = `${free.toFixed(1)} GB`
  return finding(
    free >= LEAST_FREE_GIGABYTES,
    `Ổ đĩa còn trống ${size}; cần ít nhất ${LEAST_FREE_GIGABYTES} GB.`,
    `The disk has ${size} free; at least ${LEAST_FREE_GIGABYTES} GB are needed.`,
  )
}

async function databaseVersion(sql: postgres.Sql) {
  const [row] = await sql<{ number: number; version: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`
  const { number, version } = row!
  return finding(
    number >= OLDEST_VERSION,
    `Kết nối được PostgreSQL ${version}; cần 15 trở lên.`,
    `PostgreSQL ${version} answers; 15 or later is needed.`,
  )
}

async function clock(sql: postgres.Sql) {
  const asked = Date.now()
  const [row] = await sql<{ now: Date }[]>`select clock_timestamp() as now`
  const middle = (asked + Date.now()) / 2
  const skew = Math.abs(row!.now.getTime() - middle) / 1000
  return finding(
    skew <= MOST_SKEW_SECONDS,
    `Đồng hồ của máy chủ và của cơ sở dữ liệu lệch nhau ${skew.toFixed(1)} giây.`,
    `The clocks of this machine and of the database differ by ${skew.toFixed(1)} s.`,
  )
}

async function migrations(sql: postgres.Sql) {
  const [table] = await sql<
    { found: boolean }[]
  >`select to_regclass('public.migrations') is not null as found`
  const applied = table!.found ? await sql<{ name: string }[]>`select name from migrations` : []
  const known = new Set(applied.map(({ name }) => name))
  const missing = readdirSync(MIGRATIONS)
    .map((file) => file.replace(/\.sql$/, ''))
    .filter((name) => !known.has(name))
  return missing.length === 0
    ? finding(
        true,
        `Lược đồ đầy đủ: ${known.size} bước.`,
        `The schema is complete: ${known.size} migrations.`,
      )
    : finding(
        false,
        `Lược đồ còn thiếu ${missing.join(', ')}. Hãy chạy "lachan migrate".`,
        `The schema lacks ${missing.join(', ')}. Run "lachan migrate".`,
      )
}

async function keyFile(sql: postgres.Sql, { keyFile: path }: Config) {
  const [person] = await sql<{ sealed: Buffer }[]>`select sealed from people order by id desc limit 1`
  if (!existsSync(path))
    return finding(
      !person,
      person
        ? `Mất tệp khóa ${path}: không mở được dữ liệu cá nhân.`
        : `Tệp khóa ${path} sẽ được tạo khi cần.`,
      person
        ? `The key file ${path} is missing: personal data cannot be opened.`
        : `The key file ${path} will be made when it is needed.`,
    )
  try {
    const keys = loadKeys(path, { create: false })
    if (person) keys.unseal(person.sealed)
  } catch {
    return finding(
      false,
      `Tệp khóa ${path} không mở được dữ liệu cá nhân của cơ sở dữ liệu này.`,
      `The key file ${path} does not open the personal data of this database.`,
    )
  }
  return finding(
    true,
    `Tệp khóa ${path} mở được dữ liệu cá nhân.`,
    `The key file ${path} opens the personal data.`,
  )
}

async function areas(sql: postgres.Sql) {
  const [row] = await sql<{ inForce: number; provinces: number }[]>`
    select count(*)::int as in_force, count(*) filter (where level = 1)::int as provinces from areas
    where valid_from <= current_date and (valid_to is null or valid_to > current_date)`
  const { inForce, provinces } = row!
  return finding(
    provinces > 0,
    `Có ${inForce} đơn vị hành chính đang có hiệu lực, trong đó ${provinces} tỉnh, thành phố.`,
    `${inForce} administrative units are in force, ${provinces} of them provinces.`,
  )
}

async function jobs(sql: postgres.Sql) {
  const [row] = await sql<{ waiting: number; failed: number; late: number }[]>`
    select count(*) filter (where attempts < max_attempts)::int as waiting,
      count(*) filter (where attempts >= max_attempts)::int as failed,
      count(*) filter (where attempts < max_attempts and run_at < now() - make_interval(mins => ${LONGEST_WAIT_MINUTES}))::int as late
    from graphile_worker._private_jobs`
  const { waiting, failed, late } = row!
  return finding(
    failed === 0 && late === 0,
    `Việc đang chờ: ${waiting} (${late} việc chờ quá ${LONGEST_WAIT_MINUTES} phút); việc đã hỏng hẳn: ${failed}.`,
    `Jobs waiting: ${waiting} (${late} for more than ${LONGEST_WAIT_MINUTES} minutes); jobs that failed for good: ${failed}.`,
  )
}

async function messages(sql: postgres.Sql, config: Config) {
  const [row] = await sql<{ waiting: number }[]>`
    select count(*)::int as waiting from messages where delivered_at is null`
  const { waiting } = row!
  if (smsChannel(config))
    return finding(true, `Tin nhắn đang chờ gửi: ${waiting}.`, `Messages waiting to be sent: ${waiting}.`)
  return finding(
    waiting === 0,
    `Chưa có cổng tin nhắn (LACHAN_SMS_URL); ${waiting} tin nhắn đang chờ.`,
    `There is no gateway for messages (LACHAN_SMS_URL); ${waiting} are waiting.`,
  )
}
