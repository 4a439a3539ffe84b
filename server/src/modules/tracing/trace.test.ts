import assert from 'node:assert/strict'
import fc from 'fast-check'
import { scenario } from '../../../test/app.ts'
import type { Sql } from '../../platform/database.ts'
import type { Ventilation } from '../places/index.ts'
import { prepareWeeks } from '../visits/intake.ts'
import { dayNumber, packDay } from '../visits/place-days.ts'
import { changeStays } from '../visits/queries.ts'
import { meet } from './meet.ts'
import { meetMany } from './meet-many.ts'
import { bruteForce, type History, untilOf } from './reference.ts'
import { type TraceParameters, traceContacts } from './trace.ts'

const START = Date.parse('2026-11-01T00:00:00Z')
const MINUTE = 60_000
/** The same over months, from before the first week of the tables: stays of most of a year, and of weeks ago. */
const LONG_AGO = { start: Date.parse('2019-12-01T00:00:00Z'), stretch: 60, longer: 8 }
const OF_LATE = { start: START, stretch: 1, longer: 1 }
const LONGEST = 366 * 24 * 60 * MINUTE

const FORMS = ['fixed', 'event', 'vehicle'] as const

/** A place of each form, with different default stays, in seconds. */
async function openPlaces(sql: Sql) {
  const rows = await sql<{ id: number; usual: number; ventilation: Ventilation }[]>`
    with kinds as (
      select distinct on (form) form, code from place_kinds order by form, default_stay_seconds, code
    ), made as (
      insert into places (public_id, code, name, kind, sector, address, search_key, created_at, changed_at)
      select gen_random_uuid(), 'TRACE' || n, 'Place ' || n, code, 'other', '', '', ${new Date(START)}, ${new Date(START)}
      from unnest(${[...FORMS]}::text[]) with ordinality as wanted (form, n) join kinds using (form)
      order by n returning id, kind
    )
    select made.id, default_stay_seconds as usual, k.ventilation from made join place_kinds k on k.code = made.kind order by made.id`
  return rows
}

type Hours = { weekday: number; opens: number; closes: number }[] | null
const DAY_MINUTES = 24 * 60
const WEEK_MINUTES = 7 * DAY_MINUTES
/** Monday 00:00 in Vietnam. */
const MONDAY = Date.parse('2019-12-29T17:00:00Z')

const isOpen = (hours: Hours, minute: number) =>
  hours!.some(({ weekday, opens, closes }) => {
    const since =
      (((minute - (weekday - 1) * DAY_MINUTES - opens) % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES
    return since < (closes > opens ? closes - opens : closes - opens + DAY_MINUTES)
  })

/** The first minute from an arrival on at which a place is not open; it is no end for who came when it was not. */
function closingTime(hours: Hours, arrived: number) {
  const begin = Math.floor((arrived - MONDAY) / MINUTE)
  let minute = begin
  while (hours && isOpen(hours, minute)) minute++
  return minute === begin ? Infinity : MONDAY + minute * MINUTE
}

/** Gives a place hours, and an event an end. */
async function close(sql: Sql, [market, wedding]: { id: number }[], hours: Hours, ends: number | null) {
  const clock = (minute: number) => new Date(minute * MINUTE).toISOString().slice(11, 16)
  const spoken = hours?.map(({ weekday, opens, closes }) => ({
    weekday,
    opens: clock(opens),
    closes: clock(closes),
  }))
  await sql`update places set hours = ${spoken ? sql.json(spoken) : null} where id = ${market!.id}`
  await sql`
    update places set starts_at = ${ends && new Date(ends - 1)}, ends_at = ${ends && new Date(ends)} where id = ${wedding!.id}`
  return (place: number, arrived: number) => {
    if (place === market!.id) return closingTime(hours, arrived)
    return place === wedding!.id && ends !== null && ends > arrived ? ends : Infinity
  }
}

/** Runs of a vehicle, one after the other; the last one may not be over. Minutes of waiting and of driving. */
const run = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 5, max: 90 }))
const runs = fc.record({ runs: fc.array(run, { maxLength: 16, size: 'max' }), isOver: fc.boolean() })

async function drive(
  sql: Sql,
  place: number,
  { runs, isOver }: { runs: [number, number][]; isOver: boolean },
  at: (minute: number) => number,
) {
  let minute = 0
  const trips = runs.map(([wait, drive], n) => {
    const from = minute + wait
    minute = from + drive
    return { place, in: at(from), out: isOver || n < runs.length - 1 ? at(minute) : Infinity }
  })
  await sql`delete from place_trips`
  for (const { in: start, out } of trips)
    await sql`
      insert into place_trips (id, place_id, started_at, ended_at, from_stop, to_stop)
      values (gen_random_uuid(), ${place}, ${new Date(start)}, ${out === Infinity ? null : new Date(out)}, '', '')`
  return trips
}

/** Writes a history as it would stand after scans and imports; people are numbers without a record. */
async function write(sql: Sql, { recorded, unfinished }: History) {
  await sql`delete from visits`
  await sql`delete from open_stays`
  await prepareWeeks(
    sql,
    [...recorded, ...unfinished].map((stay) => new Date(stay.in)),
  )
  const moments = (ms: number[]) => ms.map((at) => new Date(at).toISOString())
  // The source is part of the key: so a stay may be there twice.
  await sql`
    insert into visits (place_id, person_id, arrived_at, left_at, length, source)
    select place, person, arrived::timestamptz, gone::timestamptz,
      length_of_stay(gone::timestamptz - arrived::timestamptz), source
    from unnest(${recorded.map((s) => s.place)}::int[], ${recorded.map((s) => s.person)}::int[],
      ${moments(recorded.map((s) => s.in))}::text[], ${moments(recorded.map((s) => s.out))}::text[],
      ${recorded.map((_, at) => at)}::int[]) as stay (place, person, arrived, gone, source)`
  await sql`
    insert into open_stays (place_id, person_id, arrived_at, source)
    select place, person, arrived::timestamptz, source
    from unnest(${unfinished.map((s) => s.place)}::int[], ${unfinished.map((s) => s.person)}::int[],
      ${moments(unfinished.map((s) => s.in))}::text[], ${unfinished.map((_, at) => at)}::int[])
      as stay (place, person, arrived, source)`
}

const inMilliseconds = (contacts: Awaited<ReturnType<typeof traceContacts>>) =>
  contacts.map(({ personId, hop, viaId, overlapSeconds, firstAt, lastAt, exposures }) => ({
    person: personId,
    hop,
    via: viaId,
    overlapSeconds,
    firstAt: firstAt.getTime(),
    lastAt: lastAt.getTime(),
    exposures: exposures.map(({ placeId, withId, from, to, seconds, estimated }) => ({
      place: placeId,
      with: withId,
      from: from.getTime(),
      to: to.getTime(),
      estimated,
      seconds,
    })),
  }))

/** People with a record, in the order of their numbers, each watched by the ward. */
async function watchPeople(sql: Sql) {
  await sql`
    insert into people (id, public_id, sealed, area_id, created_at) overriding system value
    select id, ('00000000-0000-7000-8000-' || lpad(id::text, 12, '0'))::uuid, '', (select min(id) from areas), ${new Date(START)}
    from generate_series(${FIRST}::int, ${FIRST + 5}::int) as id`
  await sql`
    insert into follow_ups (public_id, person_id, disease_id, profile_version, area_id, status, label, exposed_to, watch_until, next_at, opened_at)
    select public_id, id, 'covid-19', 3, area_id, 'toTrace', 'F1', '2026-11-01', '2026-11-15', created_at, created_at
    from people where id >= ${FIRST}`
}

async function isolate(sql: Sql, isolated: NonNullable<History['isolated']>) {
  await sql`delete from follow_up_events`
  for (const { person, at } of isolated)
    await sql`
      insert into follow_up_events (follow_up_id, kind, outcome, at, recorded_at)
      select id, 'attempt', 'isolated', ${new Date(at)}, ${new Date(at)} from follow_ups where person_id = ${person}`
}

async function compare(sql: Sql, history: History, parameters: Question, places: Places = []) {
  await write(sql, history)
  return ask(sql, history, parameters, places)
}

type Places = readonly Awaited<ReturnType<typeof openPlaces>>[number][]

type Question = Omit<TraceParameters, 'from' | 'to' | 'timeZone'> & { from: number; to: number }

function airingOf(places: Places, by: Question['airingByVentilation']) {
  const airings = by && new Map(places.map(({ id, ventilation }) => [id, by[ventilation]]))
  return airings && ((place: number) => airings.get(place)!)
}

/** The contacts, which must be those of the definition. */
async function ask(sql: Sql, history: History, parameters: Question, places: Places) {
  const { from, to, ...rest } = parameters
  const window = { from: new Date(from), to: new Date(to), timeZone: 'Asia/Ho_Chi_Minh' }
  const found = await traceContacts(sql, { ...rest, ...window })
  const { minOverlapSeconds = 900, airingSeconds = 0, hops = 1, latencyHours = 48 } = rest
  const expected = bruteForce(history, {
    ...parameters,
    minOverlapSeconds,
    airingSeconds,
    airingOf: airingOf(places, rest.airingByVentilation),
    hops,
    latencyHours,
  })
  assert.deepEqual(inMilliseconds(found), expected)
  const rule = { ...rest, minOverlapSeconds, airingSeconds, timeZone: window.timeZone, explain: true }
  const index = { personId: parameters.person, from, to }
  for (let hop = 1; hop <= hops; hop++) {
    const seeds = found
      .filter((one) => one.hop === hop - 1)
      .map(({ personId, firstAt }) => ({
        personId,
        from: firstAt.getTime() + latencyHours * 3600_000,
        to: untilOf(history, { person: personId, firstAt: firstAt.getTime() }, to),
      }))
      .sort((one, other) => one.personId - other.personId)
    const some = found.filter((one, at) => one.hop === hop && at % 2 === 0)
    const only = new Set(some.map(({ personId }) => personId))
    const again = await meet(sql, hop === 1 ? [index] : seeds, new Set(), { ...rule, only })
    assert.deepEqual(
      new Map(again.inOrder().map(({ personId, exposures }) => [personId, exposures])),
      new Map(some.map(({ personId, exposures }) => [personId, exposures])),
      'a page of a list says what the whole list says',
    )
  }
  if (many.asked++ % 2 === 0 && rest.defaultStaySeconds === undefined)
    for (const [way, people] of [['fromSeeds', 1] as const, ['fromOthers', 4] as const]) {
      const seeds = Array.from({ length: people }, (_, at) => ({
        personId: FIRST + at,
        from: from + at * 20 * MINUTE,
        to: Math.min(to, from + WEEK - at * 300 * MINUTE),
      }))
      const known = new Set(seeds.map(({ personId }) => personId))
      const one = await meet(sql, seeds, known, { ...rule, explain: false })
      const all = await meetMany(sql, seeds, known, { ...rule, explain: false })
      assert.deepEqual(all.inOrder(), one.inOrder(), 'days that are read whole say the same')
      many[way] += all.count
    }
  return found
}

/** What was found where every place was read: from the seeds where they are few, from the others where those are. */
const many = { asked: 0, fromSeeds: 0, fromOthers: 0 }
const WEEK = 7 * 86_400_000

// Few people, few places and a coarse clock, so that stays meet, touch, nest and repeat; now and then odd moments.
// People without a record: these sort by number, as in the reference.
const FIRST = 1_000_001
const person = fc.integer({ min: FIRST, max: FIRST + 5 })
const place = fc.integer({ min: 0, max: 2 })
const minute = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => n * 15) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 6000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 6_000_000 }).map((n) => n / 1000) },
)
const length = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }).map((n) => n * 15) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 44_640 }) },
  { weight: 1, arbitrary: fc.constantFrom(120, 720, 4320, 44_640) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3_600_000 }).map((n) => n / 1000) },
)
const visit = fc.record({ person, place, minute, length })
const arrival = fc.record({ person, place, minute })
const quarter = fc.integer({ min: 0, max: 95 }).map((n) => n * 15)
const hours = fc
  .uniqueArray(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), opens: quarter, closes: quarter }), {
    minLength: 5,
    selector: ({ weekday }) => weekday,
  })
  .map((days) => days.filter(({ opens, closes }) => opens !== closes))
/** Mostly while people are there who never say that they left. */
const closing = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 16, max: 44 }).map((n) => n * 15) },
  { weight: 1, arbitrary: minute },
)
const airing = fc.constantFrom(null, 0, 900, 7200)
const question = fc.record({
  from: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: minute }),
  lasts: fc.oneof({ weight: 3, arbitrary: fc.constant(50_000) }, { weight: 1, arbitrary: length }),
  minOverlapSeconds: fc.constantFrom(0, 1, 60, 900, 900, 1800, 3600),
  airingSeconds: fc.constantFrom(0, 0, 900, 1800, 7200, 200_000),
  airingByVentilation: fc.option(
    fc.record({ sealed: airing, conditioned: airing, natural: airing, open: airing }),
    { nil: undefined, freq: 3 },
  ),
  hops: fc.constantFrom(1, 2, 3, 3),
  latencyHours: fc.constantFrom(0, 0, 0, 0.5, 1, 5, 48),
  span: fc.constantFrom(OF_LATE, OF_LATE, OF_LATE, LONG_AGO),
  defaultStaySeconds: fc.constantFrom(undefined, undefined, 0, 60, 1800, 90_000, 3_000_000),
})

scenario('a trace finds what the definition says, whatever people did', async (_as, t) => {
  const places = await openPlaces(t.sql)
  const usualStay = new Map(places.map(({ id, usual }) => [id, usual]))
  await watchPeople(t.sql)
  assert.equal(new Set(usualStay.values()).size, 3)
  const history = fc.record({
    visits: fc.array(visit, { minLength: 6, maxLength: 40, size: 'max' }),
    arrivals: fc.array(arrival, { minLength: 4, maxLength: 14, size: 'max' }),
    repeats: fc.array(fc.nat({ max: 39 }), { maxLength: 3 }),
    hours: fc.option(hours),
    ends: fc.option(closing),
    driven: runs,
    isolations: fc.array(fc.record({ person, minute }), { maxLength: 10, size: 'max' }),
  })
  const checked = {
    hops: new Set<number>(),
    estimated: 0,
    closed: 0,
    aboard: 0,
    contacts: 0,
    longAgo: 0,
    isolated: 0,
  }
  // The property says little about histories in which nobody meets. (Hop 3 is rare in them; it has a story of its own.)
  const isCovered = () =>
    checked.contacts > 100 &&
    checked.estimated > 50 &&
    checked.closed > 5 &&
    checked.aboard > 5 &&
    checked.longAgo > 20 &&
    checked.isolated > 5 &&
    checked.hops.size >= 2
  // What is rare is looked for again rather than counted on.
  for (let round = 0; round < 4 && !isCovered(); round++)
    await fc.assert(
      fc.asyncProperty(
        history,
        question,
        async (
          { visits, arrivals, repeats, hours, ends, driven, isolations },
          { from, lasts, span, ...limits },
        ) => {
          const at = (n: number) => Math.round(span.start + n * MINUTE * span.stretch)
          const lasting = (n: number) => Math.min(Math.round(n * MINUTE * span.longer), LONGEST)
          const recorded = visits.map((v) => ({
            place: places[v.place]!.id,
            person: v.person,
            in: at(v.minute),
            out: at(v.minute) + lasting(v.length),
          }))
          const twice = repeats.flatMap((n) => recorded[n] ?? [])
          const unfinished = arrivals.map((a) => ({
            place: places[a.place]!.id,
            person: a.person,
            in: at(a.minute),
          }))
          const closingOf = await close(t.sql, places, hours, ends === null ? null : at(ends))
          const trips = await drive(t.sql, places[2]!.id, driven, at)
          const isolated = isolations.map(({ person, minute }) => ({ person, at: at(minute) }))
          await isolate(t.sql, isolated)
          const asked = {
            person: FIRST,
            from: at(from),
            to: at(from) + Math.round(lasts * MINUTE * span.stretch),
            ...limits,
          }
          const history = { recorded: [...recorded, ...twice], unfinished, usualStay, trips, closingOf }
          const found = await compare(t.sql, { ...history, isolated }, asked, places)
          const free = bruteForce(history, {
            ...asked,
            airingOf: airingOf(places, limits.airingByVentilation),
          })
          if (free.length > found.length) checked.isolated++
          for (const contact of found) {
            checked.hops.add(contact.hop)
            checked.contacts++
            if (contact.exposures.some((exposure) => exposure.estimated)) checked.estimated++
            const isClosing = ({ placeId, to }: { placeId: number; to: Date }) =>
              unfinished.some(
                (stay) => stay.place === placeId && closingOf(placeId, stay.in) === to.getTime(),
              )
            if (contact.exposures.some(isClosing)) checked.closed++
            const isTripEnd = ({ placeId, to }: { placeId: number; to: Date }) =>
              trips.some(({ place, out }) => place === placeId && out === to.getTime())
            if (contact.exposures.some(isTripEnd)) checked.aboard++
            if (span === LONG_AGO) checked.longAgo++
          }
        },
      ),
      { numRuns: 250 },
    )
  assert.ok(
    isCovered(),
    `${checked.contacts} contacts, ${checked.estimated} estimated, ${checked.closed} until closing, ${checked.aboard} until the end of a trip, ${checked.longAgo} long ago, ${checked.isolated} shorter by isolation, hops ${[...checked.hops]}`,
  )
})

scenario('what is packed by place and day says the same, also after late changes', async (_as, t) => {
  const places = await openPlaces(t.sql)
  const usualStay = new Map(places.map(({ id, usual }) => [id, usual]))
  const stay = fc.record({ person, place, minute, length, isOpen: fc.boolean() })
  const history = fc.record({
    stays: fc.array(stay, { minLength: 6, maxLength: 30, size: 'max' }),
    added: fc.array(stay, { minLength: 1, maxLength: 6, size: 'max' }),
    gone: fc.array(fc.nat({ max: 29 }), { maxLength: 6 }),
    hours: fc.option(hours),
    later: fc.option(hours),
    driven: runs,
    packed: fc.uniqueArray(fc.integer({ min: -1, max: 8 }), { minLength: 5, maxLength: 10 }),
  })
  const now = new Date(START + 200 * DAY_MINUTES * MINUTE)
  let contacts = 0
  const isCovered = () => contacts > 100 && many.fromSeeds > 50 && many.fromOthers > 50
  for (let round = 0; round < 4 && !isCovered(); round++)
    await fc.assert(
      fc.asyncProperty(
        history,
        question,
        async ({ stays, added, gone, hours, later, driven, packed }, { from, lasts, span: _, ...limits }) => {
          const at = (n: number) => Math.round(START + n * MINUTE)
          const lasting = (n: number) => Math.min(Math.round(n * MINUTE), LONGEST)
          const sources = [...stays, ...added].map((s, source) => ({
            place: places[s.place]!.id,
            person: s.person,
            in: at(s.minute),
            out: s.isOpen ? null : at(s.minute) + lasting(s.length),
            source,
          }))
          const trips = await drive(t.sql, places[2]!.id, driven, at)
          const historyOf = (rows: typeof sources, closingOf: NonNullable<History['closingOf']>) => ({
            recorded: rows.flatMap(({ out, ...row }) => (out === null ? [] : [{ ...row, out }])),
            unfinished: rows.filter(({ out }) => out === null),
            usualStay,
            trips,
            closingOf,
          })
          const changes = (rows: typeof sources) =>
            rows.map((row) => ({
              placeId: row.place,
              personId: row.person,
              arrivedAt: row.in,
              leftAt: row.out,
              source: row.source,
            }))
          const asked = {
            person: FIRST,
            from: at(from),
            to: at(from) + Math.round(lasts * MINUTE),
            ...limits,
          }

          let rows = sources.slice(0, stays.length)
          let closingOf = await close(t.sql, places, hours, null)
          for (const table of ['visits', 'open_stays', 'place_days', 'packed_days', 'stale_place_days'])
            await t.sql`delete from ${t.sql(table)}`
          await prepareWeeks(
            t.sql,
            sources.map((row) => new Date(row.in)),
          )
          await changeStays(t.sql, [], changes(rows), now)
          for (const day of packed)
            await packDay(t.sql, dayNumber(START) + day, false, { timeZone: 'Asia/Ho_Chi_Minh', now })
          contacts += (await ask(t.sql, historyOf(rows, closingOf), asked, places)).length

          const left = new Set(gone)
          const away = rows.filter((_, n) => left.has(n))
          const fresh = sources.slice(stays.length)
          rows = [...rows.filter((_, n) => !left.has(n)), ...fresh]
          await changeStays(t.sql, changes(away), changes(fresh), now)
          contacts += (await ask(t.sql, historyOf(rows, closingOf), asked, places)).length

          closingOf = await close(t.sql, places, later, null)
          contacts += (await ask(t.sql, historyOf(rows, closingOf), asked, places)).length

          for (const day of packed)
            await packDay(t.sql, dayNumber(START) + day, true, { timeZone: 'Asia/Ho_Chi_Minh', now })
          contacts += (await ask(t.sql, historyOf(rows, closingOf), asked, places)).length
        },
      ),
      { numRuns: 80 },
    )
  assert.ok(isCovered(), `${contacts} contacts, ${JSON.stringify(many)}`)
})

scenario(
  'who met a contact of a contact of the case is found in hop 3, once infection had time to pass on',
  async (_as, t) => {
    const [place] = await openPlaces(t.sql)
    const day = (n: number, person: number, hours = 1) => {
      const arrived = START + n * 24 * 60 * MINUTE
      return { place: place!.id, person, in: arrived, out: arrived + hours * 60 * MINUTE }
    }
    const recorded = [0, 1, 2].flatMap((n) => [day(n * 3, FIRST + n), day(n * 3, FIRST + n + 1)])
    const history = { recorded, unfinished: [], usualStay: new Map([[place!.id, place!.usual]]) }
    const window = { person: FIRST, from: START, to: START + 30 * 24 * 60 * MINUTE, hops: 3 }
    const chain = (found: Awaited<ReturnType<typeof compare>>) =>
      found.map(({ personId, hop, viaId }) => [personId, hop, viaId])
    assert.deepEqual(chain(await compare(t.sql, history, { ...window, latencyHours: 48 })), [
      [FIRST + 1, 1, null],
      [FIRST + 2, 2, FIRST + 1],
      [FIRST + 3, 3, FIRST + 2],
    ])
    assert.deepEqual(chain(await compare(t.sql, history, { ...window, latencyHours: 100 })), [
      [FIRST + 1, 1, null],
    ])
  },
)

scenario(
  'on whole days that are not packed, who has not left was there until now at most',
  async (_as, t) => {
    const [place] = await openPlaces(t.sql)
    const now = START + 20 * 86_400_000 + 5 * 60 * MINUTE
    const usual = place!.usual * 1000
    const arrived = [-0.9, -0.5, -1.2].map((part) => now + part * usual)
    const unfinished = arrived.map((at, n) => ({ place: place!.id, person: FIRST + n, in: at }))
    await write(t.sql, { recorded: [], unfinished, usualStay: new Map([[place!.id, place!.usual]]) })
    const seeds = [{ personId: FIRST, from: START, to: now + 86_400_000 }]
    const rule = { minOverlapSeconds: 0, airingSeconds: 0, timeZone: 'Asia/Ho_Chi_Minh', explain: false }
    const together = async (...[by, options]: [typeof meetMany, object]) =>
      (await by(t.sql, seeds, new Set([FIRST]), { ...rule, ...options }))
        .inOrder()
        .map(({ personId, overlapSeconds, lastAt }) => [personId - FIRST, overlapSeconds, lastAt.getTime()])
    const until = (part: number) => now + part * usual
    const seconds = (part: number) => Math.round((part * usual) / 1000)
    for (const by of [meetMany, meet]) {
      // One stay was over before, by what is usual there.
      assert.deepEqual(await together(by, { now: new Date(now) }), [
        [2, seconds(0.7), until(-0.2)],
        [1, seconds(0.5), until(0)],
      ])
      assert.deepEqual(await together(by, {}), [
        [2, seconds(0.7), until(-0.2)],
        [1, seconds(0.6), until(0.1)],
      ])
    }
  },
)
