import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import { lan, minh, tu } from '../../../test/people.ts'
import { insertStays } from '../visits/index.ts'
import { HOUSEHOLD_CONFIDENCE } from './graph/edges.ts'
import { bruteForce, untilOf } from './reference.ts'

const NOW = '2026-11-22T03:00:00Z'
const HOUR = 3600_000
const at = (day: number, hour: number) => new Date(Date.UTC(2026, 10, day, hour - 7))

async function must(ask: Ask, ...request: Parameters<Ask>) {
  const { status, body } = await ask(...request)
  assert.ok(status < 300, JSON.stringify(body))
  return body
}

/** A market, and Bình, who has been ill since the 20th: his window began on the 18th, local. */
async function someCase(ask: Ask, t: Stage) {
  t.now(NOW)
  const [market] = await t.sql<{ id: number }[]>`
    insert into places (public_id, ref, code, name, kind, sector, area_id, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'market', 'BESIDE', 'Chợ Đầm', 'other', 'other', id, '', '', ${NOW}, ${NOW}
    from area_names where code = '22366' and valid_to is null returning id`
  const register = (name: string, phone?: string) =>
    must(ask, 'POST', '/people', { name, birthYear: 1980, areaCode: '22366', ...(phone ? { phone } : {}) })
  const binh = await register('Trần Văn Bình', '0905000199')
  const { id } = await must(ask, 'POST', '/cases', {
    personId: binh.id,
    diseaseId: 'covid-19',
    onsetOn: '2026-11-20',
  })
  return { caseId: id as string, binh, register, market: market!.id }
}

const row = async (t: Stage, id: string) =>
  (await t.sql<{ id: number }[]>`select id from people where public_id = ${id}`)[0]!.id

async function trace(ask: Ask, t: Stage, caseId: string, body: object) {
  const { id } = await must(ask, 'POST', `/cases/${caseId}/traces`, body)
  await t.runJobs()
  const done = await must(ask, 'GET', `/traces/${id}`)
  assert.equal(done.status, 'done', JSON.stringify(done))
  return done
}

/** Whom a household, a story within the window and one of the 15th make contacts, and who was scanned with the case. */
async function told(ask: Ask, t: Stage) {
  const made = await someCase(ask, t)
  const { caseId, binh, register, market } = made
  const child = await register('Trần Bé Na', '0905000199')
  const declare = (day: number, name: string) =>
    must(ask, 'POST', `/cases/${caseId}/declared-contacts`, {
      setting: 'meal',
      from: at(day, 11).toISOString(),
      to: at(day, 12).toISOString(),
      name,
      phone: `09050007${day}`,
    })
  const friend = (await declare(18, 'Lê Thị Hà')).person
  const earlier = (await declare(15, 'Võ Văn Sớm')).person
  for (const personId of [await row(t, binh.id), rowOf(lan).id])
    await insertStays(t.sql, [{ placeId: market, personId, arrivedAt: at(19, 8), leftAt: at(19, 9) }])
  return { ...made, child, friend, earlier }
}

scenario('what if counts beside the scans, where the case was traced so', async (as, t) => {
  const ask = as(minh)
  const { caseId, friend, earlier } = await told(ask, t)
  const whatIf = (body: object) => must(ask, 'POST', `/cases/${caseId}/what-if`, body)
  const ids = (items: any[]) => items.map((one) => one.person.id)
  const first = ({ counts }: any) => counts[0].people
  const bare = await whatIf({ onsetOn: '2026-11-17' })
  assert.deepEqual([bare.beside, first(bare.before), first(bare.after)], [undefined, 1, 1])

  await trace(ask, t, caseId, { beside: true })
  const sooner = await whatIf({ onsetOn: '2026-11-17' })
  assert.deepEqual([sooner.beside, first(sooner.before), first(sooner.after)], [true, 3, 4])
  assert.deepEqual(
    [ids(sooner.enters), sooner.enters[0].overlapSeconds, sooner.leaving],
    [[earlier.id], 0, 0],
  )
  const later = await whatIf({ onsetOn: '2026-11-21' })
  assert.deepEqual([later.entering, ids(later.leaves)], [0, [friend.id]])
  const saved = await must(ask, 'PATCH', `/cases/${caseId}`, { onsetOn: '2026-11-21', reason: 'Hỏi lại' })
  await t.runJobs()
  assert.equal(saved.onsetOn, '2026-11-21')
  const [again] = (await must(ask, 'GET', `/cases/${caseId}/traces`)).items
  assert.equal(again.counts[0].people, first(later.after), 'as it was foretold')
})

scenario('many cases at once are traced beside the scans, each by its own window', async (as, t) => {
  const ask = as(minh)
  const { caseId, child } = await told(ask, t)
  // The child has fallen ill as well: the friend is no contact of theirs, the father is.
  const { id: second } = await must(ask, 'POST', '/cases', {
    personId: child.id,
    diseaseId: 'covid-19',
    onsetOn: '2026-11-21',
  })
  const list = async (body: object) => {
    const batch = await must(ask, 'POST', '/trace-batches', { caseIds: [caseId, second], ...body })
    await t.runJobs()
    const { items } = await must(ask, 'GET', `/trace-batches/${batch.id}/traces`)
    const found: Record<string, number> = {}
    for (const { id, caseId, people } of items) {
      found[caseId] = people
      const alone = await trace(ask, t, caseId, body)
      const of = async (id: string) =>
        (await must(ask, 'GET', `/traces/${id}/contacts`)).items.map(
          ({ person, firstAt, lastAt, beside }: any) => ({
            person: person.id,
            firstAt,
            lastAt,
            beside,
          }),
        )
      assert.deepEqual(await of(id), await of(alone.id), 'as if asked alone')
    }
    return found
  }
  assert.deepEqual(await list({}), { [caseId]: 1, [second]: 0 })
  assert.deepEqual(await list({ beside: true }), { [caseId]: 3, [second]: 1 })
})

scenario('later hops go on from whom a household or a story made a contact', async (as, t) => {
  const ask = as(minh)
  const { caseId, binh, register, market } = await someCase(ask, t)
  const child = await register('Trần Bé Na', '0905000199')
  const stay = (personId: number, from: Date, to: Date) => ({
    placeId: market,
    personId,
    arrivedAt: from,
    leftAt: to,
  })
  const lunch = { from: at(18, 11).toISOString(), to: at(18, 12).toISOString() }
  const declare = (more: object) =>
    must(ask, 'POST', `/cases/${caseId}/declared-contacts`, { setting: 'meal', ...lunch, ...more })
  const { person: friend } = await declare({ name: 'Lê Thị Hà', phone: '0905000777' })
  const wrong = await declare({ name: 'Ai Đó', phone: '0905000778' })
  await must(ask, 'POST', `/declared-contacts/${wrong.id}/withdrawal`)
  const mother = await register('Lê Thị Mẹ', '0905000777')
  await insertStays(t.sql, [
    // Lan was scanned with the case, and had lunch with him before.
    stay(await row(t, binh.id), at(19, 8), at(19, 9)),
    stay(rowOf(lan).id, at(19, 8), at(19, 9)),
    // The friend has no scan with the case; three days after the lunch she was near Tú.
    stay(await row(t, friend.id), at(21, 14), at(21, 15)),
    stay(rowOf(tu).id, at(21, 14), at(21, 15)),
  ])
  await t.sql`update people set area_id = (select area_id from people where public_id = ${binh.id}) where id = ${rowOf(lan).id}`
  await declare({ personId: rowOf(lan).publicId })

  const bare = await trace(ask, t, caseId, { hops: 2 })
  assert.deepEqual(bare.counts, [{ hop: 1, people: 1 }])
  assert.ok(!('beside' in bare.parameters))
  assert.ok(!('beside' in (await must(ask, 'GET', `/traces/${bare.id}/contacts`)).items[0]))

  const done = await trace(ask, t, caseId, { hops: 2, beside: true })
  assert.deepEqual(done.counts, [
    { hop: 1, people: 3, beside: 3 },
    { hop: 2, people: 2, beside: 1 },
  ])
  const list = async (query = '') => (await must(ask, 'GET', `/traces/${done.id}/contacts${query}`)).items
  const said = (items: any[]) =>
    items.map((one) => [
      one.person.id,
      one.hop,
      one.via?.id ?? null,
      one.overlapSeconds,
      one.exposures.length,
      (one.beside ?? []).map((edge: any) => edge.source),
    ])
  const [first, ...others] = await list()
  assert.deepEqual(said([first]), [[rowOf(lan).publicId, 1, null, 3600, 1, ['declared']]])
  assert.equal(first.firstAt, lunch.from, 'by whichever was earlier')
  assert.deepEqual(
    said(others).sort(),
    [
      [child.id, 1, null, 0, 0, ['household']],
      [friend.id, 1, null, 0, 0, ['declared']],
      [mother.id, 2, friend.id, 0, 0, ['household']],
      [rowOf(tu).publicId, 2, friend.id, 3600, 1, []],
    ].sort(),
  )
  // Names are masked as everywhere; whoever was read can see it.
  assert.match(others.find((one: any) => one.person.id === mother.id).beside[0].with.maskedName, /\*/)
  assert.deepEqual(
    said(await list('?beside=true&hop=2')),
    said(others.filter((one: any) => one.beside && one.hop === 2)),
  )

  // They are marked like everybody else on the list; nothing is new until something is told.
  assert.equal(
    (await must(ask, 'POST', `/cases/${caseId}/contacts`, { traceId: done.id, all: true, label: 'F2' }))
      .marked,
    2,
  )
  const refreshed = async () => {
    await t.ctx().addJob('tracing.refresh', {})
    await t.runJobs()
    return (await must(ask, 'GET', `/cases/${caseId}/traces`)).items[0]
  }
  assert.equal((await refreshed()).id, done.id)
  await declare({ name: 'Cô Ba', phone: '0905000779' })
  const after = await refreshed()
  assert.deepEqual(
    [after.follows, after.parameters.beside, after.changes],
    [done.id, true, [{ hop: 1, entering: 1, leaving: 0, gone: 0 }]],
  )
})

const PEOPLE = 7
const who = fc.nat({ max: PEOPLE - 1 })
const hour = fc.nat({ max: 200 })
const story = fc.record({
  stays: fc.array(fc.record({ person: who, hour, hours: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 6,
    maxLength: 25,
    size: 'max',
  }),
  declared: fc.array(fc.record({ person: who, other: who, hour, hours: fc.integer({ min: 1, max: 40 }) }), {
    maxLength: 5,
  }),
  phones: fc.array(fc.option(fc.nat({ max: 2 }), { freq: 2 }), { minLength: PEOPLE, maxLength: PEOPLE }),
  isolations: fc.array(fc.record({ person: who, hour }), { maxLength: 8, size: 'max' }),
  hops: fc.constantFrom(1, 2, 3, 3),
})

scenario('hops by scans and beside them are those of plain loops, whatever is known', async (as, t) => {
  const ask = as(minh)
  const { caseId, binh, market } = await someCase(ask, t)
  const START = at(10, 7).getTime()
  const window = { from: START, to: START + 260 * HOUR }
  const LATENCY = 48
  const index = await row(t, binh.id)
  const rest = await t.sql<{ id: number }[]>`
    insert into people (public_id, sealed, area_id, created_at) select gen_random_uuid(), sealed, area_id, ${NOW}
    from people, generate_series(2, ${PEOPLE}) where id = ${index} returning id`
  const people = [index, ...rest.map(({ id }) => id)]
  await t.sql`update people set ref = 'p' || lpad(id::text, 9, '0'), holder_id = null where id = any(${people})`
  const [dbCase] = await t.sql<{ id: number }[]>`select id from cases where public_id = ${caseId}`
  const met = { hops: new Set<number>(), both: 0, alone: 0, isolated: 0 }
  await t.sql`
    insert into follow_ups (public_id, person_id, disease_id, profile_version, area_id, status, label, exposed_to, watch_until, next_at, opened_at)
    select gen_random_uuid(), id, disease, 3, area_id, 'toTrace', 'F1', '2026-11-01', '2026-11-15', ${NOW}, ${NOW}
    from people, unnest('{covid-19,measles}'::text[]) as disease where id = any(${people})`

  const isCovered = () => met.both > 10 && met.alone > 30 && met.isolated > 10 && met.hops.size === 3
  // What is rare is looked for again rather than counted on.
  for (let round = 0; round < 4 && !isCovered(); round++)
    await fc.assert(
      fc.asyncProperty(story, async ({ stays, declared, phones, isolations, hops }) => {
        for (const table of ['visits', 'open_stays', 'declared_contacts', 'follow_up_events'])
          await t.sql`delete from ${t.sql(table)}`
        const recorded = stays.map((one) => ({
          place: market,
          person: people[one.person]!,
          in: START + one.hour * HOUR,
          out: START + (one.hour + one.hours) * HOUR,
        }))
        await insertStays(
          t.sql,
          [...new Map(recorded.map((one) => [`${one.person} ${one.in}`, one])).values()].map((one) => ({
            placeId: market,
            personId: one.person,
            arrivedAt: new Date(one.in),
            leftAt: new Date(one.out),
          })),
        )
        const kept = [...new Map(recorded.map((one) => [`${one.person} ${one.in}`, one])).values()]
        const isolated = isolations.map(({ person, hour }) => ({
          person: people[person]!,
          at: START + hour * HOUR,
        }))
        for (const { person, at } of isolated)
          await t.sql`
          insert into follow_up_events (follow_up_id, kind, outcome, at, recorded_at)
          select id, 'attempt', 'isolated', ${new Date(at)}, ${NOW} from follow_ups where person_id = ${person} and disease_id = 'covid-19'`
        // Who is isolated with another disease, or cannot be found, goes on infecting others.
        await t.sql`
        insert into follow_up_events (follow_up_id, kind, outcome, at, recorded_at)
        select id, 'attempt', case disease_id when 'measles' then 'isolated' else 'notFound' end, ${new Date(START)}::timestamptz + interval '50 hours', ${NOW}
        from follow_ups`
        const holders = new Map<number, number>()
        for (const [n, phone] of phones.entries())
          if (phone !== null && !holders.has(phone)) holders.set(phone, people[n]!)
        const holderOf = (n: number) => (phones[n] === null ? null : holders.get(phones[n]!)!)
        await t.sql`
        update people p set holder_id = given.holder
        from unnest(${people}::int[], ${people.map((_, n) => holderOf(n))}::int[]) as given (id, holder) where p.id = given.id`
        const told = declared
          .filter(({ person, other }) => person !== other)
          .map((one) => ({ ...one, a: START + one.hour * HOUR, b: START + (one.hour + one.hours) * HOUR }))
        for (const { person, other, a, b } of told)
          await t.sql`
          insert into declared_contacts (case_id, person_id, other_id, from_at, to_at, setting, source, confidence, recorded_at)
          values (${dbCase!.id}, ${people[person]!}, ${people[other]!}, ${new Date(a)}, ${new Date(b)}, 'meal', 'declared', 0.9, ${NOW})
          on conflict do nothing`

        const edgesOf = (seed: { person: number; from: number; to: number }) => {
          const n = people.indexOf(seed.person)
          return [
            ...told
              .filter(({ person, other }) => person === n || other === n)
              .map(({ person, other, a, b }) => ({ other: person === n ? other : person, a, b, sure: 0.9 })),
            ...people.flatMap((_, other) =>
              other !== n && phones[n] !== null && phones[other] === phones[n]
                ? [{ other, a: seed.from, b: seed.to, sure: HOUSEHOLD_CONFIDENCE }]
                : [],
            ),
          ]
            .map((edge) => ({
              ...edge,
              other: people[edge.other]!,
              a: Math.max(edge.a, seed.from),
              b: Math.min(edge.b, seed.to),
            }))
            .filter(({ a, b }) => a < b)
            .map((edge) => ({ ...edge, with: seed.person }))
        }
        const history = { recorded: kept, unfinished: [], usualStay: new Map([[market, 3600]]) }
        const expected: unknown[] = []
        const known = new Set([index])
        let seeds = [{ person: index, ...window }]
        for (let hop = 1; hop <= hops; hop++) {
          const scans = seeds.flatMap((seed) =>
            bruteForce(history, {
              ...seed,
              minOverlapSeconds: 900,
              airingSeconds: 0,
              hops: 1,
              latencyHours: 0,
            }).map((one) => ({
              ...one,
              with: seed.person,
            })),
          )
          const edges = seeds.flatMap(edgesOf)
          const others = [
            ...new Set([...scans.map(({ person }) => person), ...edges.map(({ other }) => other)]),
          ]
          const found = others
            .filter((other) => !known.has(other))
            .map((other) => {
              const byScan = scans
                .filter(({ person }) => person === other)
                .sort((one, two) => two.overlapSeconds - one.overlapSeconds || one.with - two.with)
              const byEdge = edges
                .filter((edge) => edge.other === other)
                .sort(
                  (one, two) => two.sure - one.sure || two.b - two.a - (one.b - one.a) || one.with - two.with,
                )
              if (byScan.length > 0 && byEdge.length > 0) met.both++
              if (byScan.length === 0) met.alone++
              return {
                person: other,
                hop,
                via: hop === 1 ? null : (byScan[0] ?? byEdge[0])!.with,
                seconds: byScan[0]?.overlapSeconds ?? 0,
                first: Math.min(...byScan.map(({ firstAt }) => firstAt), ...byEdge.map(({ a }) => a)),
                last: Math.max(...byScan.map(({ lastAt }) => lastAt), ...byEdge.map(({ b }) => b)),
                byScans: byScan.length > 0,
              }
            })
          for (const { person } of found) known.add(person)
          expected.push(...found.sort((one, two) => one.person - two.person))
          if (found.length > 0) met.hops.add(hop)
          seeds = found
            .map(({ person, first }) => {
              const to = untilOf({ isolated }, { person, firstAt: first }, window.to)
              if (to < window.to) met.isolated++
              return { person, from: first + LATENCY * HOUR, to }
            })
            .filter(({ from, to }) => from < to)
        }

        const { id } = await trace(ask, t, caseId, {
          from: new Date(window.from).toISOString(),
          to: new Date(window.to).toISOString(),
          minOverlapSeconds: 900,
          airingSeconds: 0,
          hops,
          beside: true,
        })
        const rows = await t.sql`
        select person_id as person, hop::int, via_id as via, overlap_seconds as seconds,
          (extract(epoch from first_at) * 1000)::float8 as first, (extract(epoch from last_at) * 1000)::float8 as last, by_scans
        from trace_contacts where trace_id = (select id from traces where public_id = ${id}) order by hop, person_id`
        assert.deepEqual(
          rows.map((one) => ({ ...one })),
          expected,
        )
      }),
      { numRuns: 140 },
    )
  assert.ok(isCovered(), `${met.both}, ${met.alone}, ${met.isolated}, ${[...met.hops]}`)
})
