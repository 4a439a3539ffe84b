import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { placeLines } from '../server/src/modules/tracing/lines.ts'
import { lookAgain } from '../server/src/modules/tracing/many.ts'
import { system } from '../server/src/platform/access.ts'
import { Context } from '../server/src/platform/context.ts'
import { loadKeys } from '../server/src/platform/keys.ts'
import { median, percentile, withCluster } from './cluster.ts'
import { AREA, type Cluster, lachan, startServer } from './gates.ts'
import type { Measure, Settings } from './main.ts'

const SIZE = 500_000
const FIRST = 5000
const PLACES = 3000
const ROUNDS = 20
const FROM = '2026-01-05T00:00Z'
const TO = '2026-01-20T00:00Z'

/**
 * Pages of 50 of a list of F2, as an officer's browser asks for them, in every order and narrowed in every way: the first
 * one and one further on. Their overlaps are found when they are read, as with any list of so many.
 */
export async function pages({ size = SIZE, say }: Settings): Promise<Measure[]> {
  return withCluster(async (cluster) => {
    const { sql } = cluster
    say(`pages: a case with ${FIRST} F1 and ${size.toLocaleString('en')} F2 …`)
    const traceId = await trace(cluster, size)
    say('pages: where they were met …')
    const began = performance.now()
    const ctx = new Context(sql, system, { timeZone: 'Asia/Ho_Chi_Minh' } as Context['services'])
    await sql`update trace_hops set places = 'asked'`
    for (const hop of [1, 2])
      await sql.begin((tx) => placeLines(ctx.within(tx as never), { id: traceId, hop }))
    const placing = (performance.now() - began) / 1000
    await sql`vacuum (analyze) trace_contacts, trace_lines, trace_places, visits, open_stays, people, places`

    const password = randomBytes(12).toString('hex')
    await lachan(
      cluster,
      ['account', 'add', '--login', 'minh', '--role', 'health_officer', '--area', AREA],
      password,
    )
    const server = await startServer(cluster)
    try {
      const ask = async (path: string, init: RequestInit = {}) => {
        const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, init)
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
        return answer.json()
      }
      const { token } = await ask('/sessions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'minh', password }),
      })
      const get = (path: string) => ask(path, { headers: { authorization: `Bearer ${token}` } })
      const places = `/traces/${traceId}/places?hop=2&limit=200`
      const { items } = await get(places)
      const [most, few] = [items[0], items.at(-1)]
      say(`pages: ${most.people.toLocaleString('en')} at one place, ${few.people} at another …`)
      const narrowings = {
        everything: '',
        'the place of most': `&place=${most.place.id}`,
        'a place of few': `&place=${few.place.id}`,
        'all recorded': '&sure=recorded',
        estimated: '&sure=estimated',
        'who was told of': '&sure=told',
        'estimated, at the place of most': `&sure=estimated&place=${most.place.id}`,
        'recorded, who is new': '&sure=recorded&new=true',
        'at the place of most, unmarked': `&place=${most.place.id}&unmarked=true`,
      }
      const look = () => sql.begin((tx) => lookAgain(ctx.within(tx as never)))
      const measures: Measure[] = [
        { what: 'where they were met, found once', value: placing, unit: 's' },
        measureOf('a look for late scans where none came', await timesOf(look)),
        measureOf('the places, those of most people first', await timesOf(() => get(places))),
      ]
      for (const [what, query] of Object.entries(narrowings)) {
        const times: number[] = []
        for (const sort of ['', '&sort=firstAt', '&sort=-firstAt', '&sort=lastAt', '&sort=-lastAt']) {
          const page = `/traces/${traceId}/contacts?hop=2&limit=50${query}${sort}`
          const { next } = await get(`${page.replace('limit=50', 'limit=1000')}`)
          const asked = [page, ...(next ? [`${page}&cursor=${next}`] : [])]
          for (const path of asked) {
            const some = await timesOf(() => get(path))
            say(
              `pages: ${what}${sort}${path === page ? '' : ', further on'}: ${Math.round(percentile(some, 0.95))} ms`,
            )
            times.push(...some)
          }
        }
        measures.push(measureOf(what, times))
      }
      return measures
    } finally {
      await server.stop()
    }
  })
}

async function timesOf(work: () => Promise<unknown>) {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times
}

const measureOf = (what: string, times: readonly number[]): Measure => ({
  what,
  value: percentile(times, 0.95),
  unit: 'ms p95',
  detail: `median ${Math.round(median(times))} ms`,
})

/**
 * Each F1 stays for four hours at a place, few places having most of them, and a hundred others come while they do; one in
 * ten is not seen to leave, one in a thousand is only told of, one in two hundred is new.
 */
async function trace(cluster: Cluster, size: number) {
  const { sql, folder } = cluster
  const keys = loadKeys(join(folder, 'keys.json'), { create: true })
  const sealed = keys.seal({ name: 'Nguyễn Văn Ai', birthYear: 1980, phone: '+84905199999' })
  const [area] = await sql<
    [{ id: number }]
  >`select id from area_names where code = ${AREA} and valid_to is null`
  await sql`
    insert into people (public_id, sealed, area_id, created_at)
    select gen_random_uuid(), ${sealed}, ${area.id}, ${FROM} from generate_series(0, ${FIRST + size})`
  await sql`
    insert into places (public_id, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'PAGES' || n, 'Chợ số ' || n, 'market', 'trade', ${area.id}, '', '', ${FROM}, ${FROM}
    from generate_series(1, ${PLACES}) n`
  const [of] = await sql<[{ id: number }]>`
    insert into cases (public_id, number, person_id, disease_id, profile_version, onset_on, confirmed_on, area_id, created_at)
    select gen_random_uuid(), 'PAGES-1', min(id), 'covid-19', 3, '2026-01-07', '2026-01-07', ${area.id}, ${FROM} from people
    returning id`
  const parameters = {
    from: FROM,
    to: TO,
    minOverlapSeconds: 900,
    airingSeconds: 1800,
    hops: 2,
    latencyHours: 48,
    diseaseId: 'covid-19',
    profileVersion: 3,
  }
  const [run] = await sql<[{ id: number; publicId: string }]>`
    insert into traces (public_id, case_id, status, parameters, progress, asked_at, finished_at)
    values (gen_random_uuid(), ${of.id}, 'done', ${sql.json(parameters)}, '{"done": 2, "total": 2}', ${FROM}, ${TO})
    returning id, public_id`
  await sql`select ensure_weeks(${FROM}, ${TO})`
  await sql`
    create table met as
    select n, p0.id + n as person_id, p0.id + via as via_id,
      (select min(id) from places where code like 'PAGES%') + floor(${PLACES} * power(via / ${FIRST + 1}::float8, 3))::int as place_id,
      ${FROM}::timestamptz + (3 + via % 12) * interval '1 day' + interval '1 hour' + n % 120 * interval '1 minute' as since,
      (20 + n % 100) * interval '1 minute' as stayed
    from (select min(id) as id from people) p0, generate_series(${FIRST + 1}::int, ${FIRST + size}::int) n,
      lateral (select 1 + n % ${FIRST} as via) of`
  await sql`
    insert into visits (place_id, person_id, arrived_at, left_at, length, source)
    select place_id, person_id, since, since + stayed, length_of_stay(stayed), 2 from met where n % 10 > 0
    union all
    select distinct place_id, via_id, date_trunc('day', since) + interval '1 hour', date_trunc('day', since) + interval '5 hours', 1, 2 from met`
  await sql`
    insert into open_stays (place_id, person_id, arrived_at, source)
    select place_id, person_id, since, 2 from met where n % 10 = 0`
  await sql`
    insert into trace_contacts (trace_id, person_id, hop, via_id, overlap_seconds, first_at, last_at, exposures)
    select distinct ${run.id}::int, via_id, 1, null::int, 3600, ${FROM}::timestamptz, ${FROM}::timestamptz + interval '1 hour', '[]'::jsonb from met`
  await sql`
    insert into trace_contacts (trace_id, person_id, hop, via_id, overlap_seconds, first_at, last_at, exposures, is_new, by_scans)
    select ${run.id}, person_id, 2, via_id, extract(epoch from stayed), since, since + stayed, '[]', n % 200 = 0, n % 1000 > 0
    from met`
  await sql`
    insert into trace_hops (trace_id, hop, people)
    select trace_id, hop, count(*) from trace_contacts group by 1, 2`
  await sql`drop table met`
  await sql`vacuum (analyze) visits, open_stays, trace_contacts, people`
  return run.publicId
}
