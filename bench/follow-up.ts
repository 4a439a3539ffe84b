import { createHash, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { loadKeys } from '../server/src/platform/keys.ts'
import { Calendar, simulate, writeProvince } from '../server/src/simulation/index.ts'
import { percentile, withCluster } from './cluster.ts'
import { type Cluster, lachan, startServer, townOf } from './gates.ts'
import type { Measure, Settings } from './main.ts'

/** Follow-ups that are open; a fifth as many have ended. */
const SIZE = 500_000
const CASES = 1000
const COMMUNE = '22366'
const PROVINCE = '56'
/** Of all follow-ups, how many the commune holds, and how many its province. */
const OF_COMMUNE = 0.4
const OF_PROVINCE = 0.8
const TIMES = 40
/** People handed over at once. */
const A_BATCH = 50
/** No page may take longer for anybody, 95 times of 100. */
const BAR_MS = 200

type Session = { role: string; token: string }
type Ask = { what: string; path: string; body?: object }
type Answer = { items?: unknown[]; next?: string | null }

/**
 * The call list, what narrows it, searches in it and the numbers of the desk over HTTP, one request after the other, for an
 * officer of a commune that holds two fifths of half a million open follow-ups, one of its province, and one of every province.
 */
export async function followUp({ size = SIZE, say }: Settings): Promise<Measure[]> {
  return withCluster(async (cluster) => {
    say(`follow-up: ${(size * 1.2).toLocaleString('en')} contacts …`)
    await fill(cluster, size)
    const sessions = await signIn(cluster)
    const server = await startServer(cluster)
    try {
      const measures: Measure[] = []
      for (const session of sessions) {
        say(`follow-up: ${session.role} …`)
        for (const ask of asks) measures.push(await measure(server.port, session, ask))
        measures.push(await measurePages(server.port, session), await measureReadings(cluster))
      }
      return measures
    } finally {
      await server.stop()
    }
  })
}

/** People with sealed names and numbers, cases, contacts and their follow-ups, as markings of two weeks leave them. */
async function fill(cluster: Cluster, size: number) {
  const { sql, folder } = cluster
  const people = Math.round(size * 1.2) + CASES
  const town = join(folder, 'town')
  const simulation = townOf(people, 1, '2026-01-05')
  writeProvince(simulate(simulation).province, new Calendar(simulation.from), town)
  loadKeys(join(folder, 'keys.json'), { create: true })
  await lachan(cluster, ['import', 'people', join(town, 'people.csv')])
  await rm(town, { recursive: true })

  const units = await sql<{ id: number; code: string; near: boolean }[]>`
    select a.id, a.code, exists (
      select from area_within w join area_names p on p.id = w.ancestor_id
      where w.area_id = a.id and p.code = ${PROVINCE} and p.valid_to is null) as near
    from area_names a
    where a.valid_to is null and not exists (
      select from area_names c where c.parent_id = a.id and c.valid_to is null)
    order by a.id`
  const commune = units.find(({ code }) => code === COMMUNE)!.id
  const unitsOf = (near: boolean) => units.filter((unit) => unit.near === near).map(({ id }) => id)
  const [near, far] = [unitsOf(true), unitsOf(false)]
  await sql`
    insert into cases (public_id, number, person_id, disease_id, profile_version, onset_on, confirmed_on, area_id, created_at)
    select gen_random_uuid(), ${`${COMMUNE}-2026-`} || lpad(id::text, 4, '0'), id, 'covid-19', 1,
      current_date - 3, current_date - 1, ${commune}, now() - interval '1 day'
    from people where id <= ${CASES} order by id`
  await sql`
    insert into follow_ups (public_id, person_id, disease_id, profile_version, area_id, status, label, exposed_to,
      watch_until, tries, last_seen_on, next_at, opened_at, ended_at, end_reason)
    select gen_random_uuid(), id, 'covid-19', 1,
      case when place < ${OF_COMMUNE} then ${commune}
        when place < ${OF_PROVINCE} then (${near}::int[])[1 + id % ${near.length}::int]
        else (${far}::int[])[1 + id % ${far.length}::int] end,
      case when is_over then 'released' when dice < 0.3 then 'toTrace' when dice < 0.9 then 'reached'
        when dice < 0.95 then 'refused' else 'isolated' end,
      case when other < 0.2 then 'F1' when other < 0.7 then 'F2' else 'F3' end,
      current_date - age, current_date - age + 14, age / 2, case when dice > 0.3 then current_date - (other * 3)::int end,
      date_trunc('day', now()) + dice * interval '36 hours', now() - age * interval '1 day',
      case when is_over then now() - dice * interval '9 days' end, case when is_over then 'watchOver' end
    from (
      select id, random() as place, random() as dice, random() as other, 1 + floor(random() * 14)::int as age,
        id > ${CASES + size} as is_over
      from people where id > ${CASES}) as contact`
  await sql`
    insert into contacts (public_id, case_id, person_id, label, first_at, last_at, marked_at, follow_up_id)
    select gen_random_uuid(), 1 + (f.person_id::bigint * turn * 7) % ${CASES}::int, f.person_id, f.label, f.opened_at,
      f.opened_at, f.opened_at, f.id
    from follow_ups f cross join generate_series(1, 2) as turn where turn = 1 or f.id % 3 = 0
    on conflict do nothing`
  const batches = Math.round(size / A_BATCH)
  await sql`
    insert into hand_overs (public_id, from_id, to_id, disease_id, sent_at, due_at)
    select gen_random_uuid(), ${commune}, (${near}::int[])[1 + n % ${near.length}::int], 'covid-19',
      now() - n * interval '1 minute', now() - n * interval '1 minute' + interval '4 hours'
    from generate_series(1, ${batches}::int) as n`
  await sql`
    insert into hand_over_lines (hand_over_id, follow_up_id, answer, answered_at)
    select 1 + id % ${batches}::int, id, case when id % 20 > 0 then 'received' end, case when id % 20 > 0 then now() end
    from follow_ups`
  await sql`vacuum (analyze) people, cases, contacts, follow_ups, hand_overs, hand_over_lines`
}

/** An officer of the commune, one of its province, and one of all provinces. */
async function signIn({ sql }: Cluster): Promise<Session[]> {
  const sessions: Session[] = []
  for (const [role, codes] of [
    ['commune', sql`code = ${COMMUNE}`],
    ['province', sql`code = ${PROVINCE}`],
    ['country', sql`parent_id is null`],
  ] as const) {
    const token = randomBytes(16).toString('base64url')
    const hash = createHash('sha256').update(token).digest()
    await sql`
      with account as (
        insert into accounts (public_id, login, name, password_hash) values (gen_random_uuid(), ${role}, ${role}, '')
        returning id),
      held as (
        insert into account_roles (account_id, role, area_id)
        select account.id, 'health_officer', a.id from account, area_names a where a.valid_to is null and ${codes})
      insert into sessions (token_hash, account_id, created_at, expires_at)
      select ${hash}, id, now(), now() + interval '1 day' from account`
    sessions.push({ role, token })
  }
  return sessions
}

/** A name that a third bears, one that few bear, one that nobody bears; a number; a case. */
const asks: Ask[] = [
  { what: 'the list', path: '/follow-ups?limit=50' },
  { what: 'to call today', path: '/follow-ups?limit=50&due=today' },
  { what: 'to call today, not yet seen', path: '/follow-ups?limit=50&due=unseen' },
  { what: 'late', path: '/follow-ups?limit=50&due=late' },
  { what: 'the watch ends', path: '/follow-ups?limit=50&due=ending' },
  { what: 'F3 who refused', path: '/follow-ups?limit=50&label=F3&status=refused' },
  { what: 'by the end of the watch', path: '/follow-ups?limit=50&sort=-watchUntil' },
  { what: 'ended', path: '/follow-ups?limit=50&state=ended' },
  { what: 'contacts of a case', path: `/follow-ups?limit=50&caseNumber=${COMMUNE}-2026-0007` },
  { what: 'search: a common name', path: '/follow-ups/searches', body: { name: 'nguyen' } },
  { what: 'search: a name of some', path: '/follow-ups/searches', body: { name: 'tran thi lan' } },
  { what: 'search: a name of nobody', path: '/follow-ups/searches', body: { name: 'zyx' } },
  { what: 'search: a number', path: '/follow-ups/searches', body: { phone: '0905000101' } },
  { what: 'count of the list', path: '/follow-up-counts' },
  { what: 'hand-overs that wait', path: '/hand-overs?direction=in&state=waiting' },
  { what: 'the desk', path: '/desk' },
]

async function send(port: number, token: string, { path, body }: Ask) {
  const began = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  const milliseconds = performance.now() - began
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return { milliseconds, page: JSON.parse(text) as Answer }
}

async function measure(port: number, { role, token }: Session, ask: Ask): Promise<Measure> {
  const times: number[] = []
  let rows: number | undefined
  for (let turn = 0; turn < TIMES; turn++) {
    const { milliseconds, page } = await send(port, token, ask)
    times.push(milliseconds)
    rows = page.items?.length
  }
  return describe(`${role}: ${ask.what}`, times, rows === undefined ? '' : `, ${rows} rows`)
}

/** The list page after page, as somebody reads it. */
async function measurePages(port: number, { role, token }: Session): Promise<Measure> {
  const times: number[] = []
  let cursor: string | null | undefined = ''
  while (times.length < TIMES && cursor != null) {
    const path = `/follow-ups?limit=50${cursor ? `&cursor=${cursor}` : ''}`
    const { milliseconds, page } = await send(port, token, { what: '', path })
    times.push(milliseconds)
    cursor = page.next
  }
  return describe(`${role}: page after page`, times, `, ${times.length} pages`)
}

/** What the machine makes of the readings of a page alone: written and committed. */
async function measureReadings({ sql }: Cluster): Promise<Measure> {
  const times: number[] = []
  for (let turn = 0; turn < TIMES; turn++) {
    const began = performance.now()
    await sql`
      insert into readings (at, account_id, person_id, action, reason)
      select now(), (select min(id) from accounts), id, 'followUp.list', 'followUp' from people order by id limit 50`
    times.push(performance.now() - began)
  }
  return describe('beside it: 50 readings, committed', times, '')
}

const describe = (what: string, times: readonly number[], rows: string): Measure => {
  const p95 = percentile(times, 0.95)
  return {
    what,
    value: p95,
    unit: 'ms p95',
    detail: `p50 ${percentile(times, 0.5).toFixed(1)} ms${rows}${p95 > BAR_MS ? '  ABOVE THE BAR OF 200 ms' : ''}`,
  }
}
