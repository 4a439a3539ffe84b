import assert from 'node:assert/strict'
import fc from 'fast-check'
import { scenario } from '../../../../test/app.ts'
import type { Sql } from '../../../platform/database.ts'
import { prepareWeeks } from '../../visits/intake.ts'
import {
  type EdgeSeed,
  GUEST_CONFIDENCE,
  HOUSEHOLD_CONFIDENCE,
  listEdges,
  MOST_IN_HOUSEHOLD,
} from './edges.ts'

const START = Date.parse('2026-11-02T00:00:00Z')
const MINUTE = 60_000
const ZONE = 'Asia/Ho_Chi_Minh'
const ZONES = ['A', 'B', 'C', 'D']
const PEOPLE = 6

type Span = { a: number; b: number }
type Stay = Span & { person: number; place: number; zone: string | null }
type Open = { person: number; place: number; a: number; zone: string | null }
type Story = {
  stays: Stay[]
  open: Open[]
  trip: Span | null
  guests: number[]
  visits: (Span & { person: number; place: number; confidence: number; withdrawn: boolean })[]
  declared: (Span & {
    person: number
    other: number
    confidence: number
    masked: boolean | null
    withdrawn: boolean
  })[]
  /** Whose phone each person is on; null: nobody's. */
  phones: (number | null)[]
}

/** Place 0 is a bus with zones, 1 an event of the first six hours, 2 a shop. */
const EVENT: Span = { a: START, b: START + 360 * MINUTE }

/** The definition in plain loops: slow, obvious, and the judge of the SQL. */
function bruteForce(
  story: Story,
  usual: readonly number[],
  seeds: { person: number; a: number; b: number }[],
) {
  const endOf = ({ person, place, a }: Open) => {
    const elsewhere = [...story.stays, ...story.open]
      .filter((one) => one.person === person && one.place !== place && one.a > a)
      .map((one) => one.a)
    const ends = place === 1 && EVENT.b > a ? EVENT.b : Infinity
    const { trip } = story
    const ofTrip = place === 0 && trip && trip.a <= a && a < trip.b ? trip.b : Infinity
    return Math.min(a + usual[place]! * 1000, ends, ofTrip, ...elsewhere)
  }
  const stays = [
    ...story.stays.map((stay) => ({ ...stay, estimated: false })),
    ...story.open.map((stay) => ({ ...stay, b: endOf(stay), estimated: true })),
  ].filter(({ a, b }) => a < b)
  // A scan at that place and time says more than a list or a story.
  const absent = [
    ...story.guests.map((person) => ({
      person,
      place: 1,
      ...EVENT,
      confidence: GUEST_CONFIDENCE,
      source: 'guest-list',
    })),
    ...story.visits.filter(({ withdrawn }) => !withdrawn).map((visit) => ({ ...visit, source: 'interview' })),
  ].filter(
    (one) =>
      !story.stays.some(
        (stay) =>
          stay.person === one.person &&
          stay.place === one.place &&
          stay.a < stay.b &&
          stay.a < one.b &&
          stay.b > one.a,
      ) &&
      !story.open.some(
        (stay) =>
          stay.person === one.person &&
          stay.place === one.place &&
          stay.a < one.b &&
          stay.a > one.a - usual[one.place]! * 1000,
      ),
  )
  const found: string[] = []
  for (const seed of seeds) {
    const add = (edge: {
      person: number
      spans: Span[]
      setting: string
      source: string
      confidence: number
      place?: number
      masked?: boolean | null
      estimated?: boolean
    }) => {
      const a = Math.max(seed.a, ...edge.spans.map((span) => span.a))
      const b = Math.min(seed.b, ...edge.spans.map((span) => span.b))
      const { person, setting, source, confidence, place = null, masked = null, estimated = false } = edge
      if (a < b && person !== seed.person)
        found.push(
          line({ person, with: seed.person, a, b, setting, source, confidence, place, masked, estimated }),
        )
    }
    for (const { person, other, a, b, confidence, masked, withdrawn } of story.declared)
      if (!withdrawn && (person === seed.person || other === seed.person))
        add({
          person: person === seed.person ? other : person,
          spans: [{ a, b }],
          setting: 'meal',
          source: 'declared',
          confidence,
          masked,
        })
    const phone = story.phones[seed.person]
    if (phone != null)
      for (let person = 0; person < PEOPLE; person++)
        if (story.phones[person] === phone)
          add({
            person,
            spans: [],
            setting: 'household',
            source: 'household',
            confidence: HOUSEHOLD_CONFIDENCE,
          })
    const setting = (place: number) => (place === 1 ? 'event' : 'place')
    for (const own of stays) {
      if (own.person !== seed.person) continue
      for (const other of stays)
        if (own.place === 0 && other.place === 0) {
          const apart = Math.abs(ZONES.indexOf(own.zone!) - ZONES.indexOf(other.zone!))
          const known = own.zone !== null && other.zone !== null
          const confidence = known ? ([1, 0.6][apart] ?? 0.3) : 0.6
          const estimated = own.estimated || other.estimated
          add({
            person: other.person,
            spans: [own, other],
            setting: 'vehicle',
            source: 'scan',
            confidence,
            place: 0,
            estimated,
          })
        }
      for (const { person, place, source, confidence, ...span } of absent)
        if (place === own.place)
          add({
            person,
            spans: [own, span],
            setting: setting(place),
            source,
            confidence,
            place,
            estimated: own.estimated,
          })
    }
    for (const own of absent) {
      if (own.person !== seed.person) continue
      const { place, source, confidence } = own
      for (const other of stays)
        if (other.place === place)
          add({
            person: other.person,
            spans: [own, other],
            setting: setting(place),
            source,
            confidence,
            place,
            estimated: other.estimated,
          })
      for (const other of absent)
        if (other.place === place)
          add({
            person: other.person,
            spans: [own, other],
            setting: setting(place),
            source: [source, other.source].sort()[1]!,
            confidence: Math.min(confidence, other.confidence),
            place,
          })
    }
  }
  return found.sort()
}

type Line = Record<'person' | 'with' | 'a' | 'b' | 'confidence', number> & {
  setting: string
  source: string
  place: number | null
  masked: boolean | null
  estimated: boolean
}
const line = ({ a, b, confidence, ...edge }: Line) =>
  JSON.stringify({
    person: edge.person,
    with: edge.with,
    a: new Date(a).toISOString(),
    b: new Date(b).toISOString(),
    setting: edge.setting,
    source: edge.source,
    confidence: Math.round(confidence * 1000) / 1000,
    place: edge.place,
    masked: edge.masked,
    estimated: edge.estimated,
  })

async function makePlaces(sql: Sql) {
  const rows = await sql<{ id: number; usual: number }[]>`
    with made as (
      insert into places (public_id, code, name, kind, sector, address, search_key, created_at, changed_at, zones, starts_at,
        ends_at)
      select gen_random_uuid(), 'EDGE' || n, 'Place ' || n, kind, 'other', '', '', ${new Date(START)}, ${new Date(START)},
        case when kind = 'vehicle' then ${ZONES}::text[] else '{}' end,
        case when kind = 'wedding' then ${new Date(EVENT.a)}::timestamptz end,
        case when kind = 'wedding' then ${new Date(EVENT.b)}::timestamptz end
      from unnest(array['vehicle', 'wedding', 'shop']) with ordinality as wanted (kind, n)
      order by n returning id, kind
    )
    select made.id, default_stay_seconds as usual from made join place_kinds k on k.code = made.kind order by made.id`
  return rows
}

const makePeople = async (sql: Sql, count: number) =>
  (
    await sql<{ id: number }[]>`
    insert into people (public_id, sealed, created_at)
    select gen_random_uuid(), '', ${new Date(START)} from generate_series(1, ${count}) returning id`
  ).map(({ id }) => id)

const moments = (list: readonly number[]) => list.map((at) => new Date(at).toISOString())

async function write(
  sql: Sql,
  story: Story,
  people: number[],
  places: number[],
  caseId: number,
  interviewId: number,
) {
  for (const table of [
    'visits',
    'open_stays',
    'scans',
    'place_trips',
    'event_guests',
    'declared_visits',
    'declared_contacts',
  ])
    await sql.unsafe(`delete from ${table}`)
  const { stays, open } = story
  await sql`
    insert into visits (place_id, person_id, arrived_at, left_at, length, source)
    select place, person, a::timestamptz, b::timestamptz, length_of_stay(b::timestamptz - a::timestamptz), n
    from unnest(${stays.map((s) => places[s.place]!)}::int[], ${stays.map((s) => people[s.person]!)}::int[],
      ${moments(stays.map((s) => s.a))}::text[], ${moments(stays.map((s) => s.b))}::text[]) with ordinality
      as stay (place, person, a, b, n)`
  await sql`
    insert into open_stays (place_id, person_id, arrived_at, source)
    select place, person, a::timestamptz, n from unnest(${open.map((s) => places[s.place]!)}::int[],
      ${open.map((s) => people[s.person]!)}::int[], ${moments(open.map((s) => s.a))}::text[]) with ordinality
      as stay (place, person, a, n)`
  const seats = [...stays, ...open].filter(({ place, zone }) => place === 0 && zone !== null)
  await sql`
    insert into scans (id, place_id, person_id, at, received_at, direction, source, zone)
    select gen_random_uuid(), ${places[0]!}, person, a::timestamptz, a::timestamptz, 1, 1, zone
    from unnest(${seats.map((s) => people[s.person]!)}::int[], ${moments(seats.map((s) => s.a))}::text[],
      ${seats.map((s) => s.zone!)}::text[]) as seat (person, a, zone)`
  if (story.trip)
    await sql`
      insert into place_trips values (gen_random_uuid(), ${places[0]!}, ${new Date(story.trip.a)}, ${new Date(story.trip.b)},
        'Bến xe', 'Chợ')`
  await sql`
    insert into event_guests select ${places[1]!}, person, ${new Date(START)}
    from unnest(${story.guests.map((guest) => people[guest]!)}::int[]) as person`
  for (const { person, place, a, b, confidence, withdrawn } of story.visits)
    await sql`
      insert into declared_visits (interview_id, person_id, place_id, from_at, to_at, confidence, withdrawn_at)
      values (${interviewId}, ${people[person]!}, ${places[place]!}, ${new Date(a)}, ${new Date(b)}, ${confidence},
        ${withdrawn ? new Date(START) : null})`
  for (const { person, other, a, b, confidence, masked, withdrawn } of story.declared)
    await sql`
      insert into declared_contacts (case_id, person_id, other_id, from_at, to_at, setting, source, masked, confidence,
        recorded_at, withdrawn_at)
      values (${caseId}, ${people[person]!}, ${people[other]!}, ${new Date(a)}, ${new Date(b)}, 'meal', 'declared', ${masked},
        ${confidence}, ${new Date(START)}, ${withdrawn ? new Date(START) : null})
      on conflict do nothing`
  await sql`update people set holder_id = null where id = any(${people})`
  for (const [person, phone] of story.phones.entries())
    if (phone !== null)
      await sql`update people set holder_id = ${people[phone]!} where id = ${people[person]!}`
}

const person = fc.integer({ min: 0, max: PEOPLE - 1 })
const place = fc.integer({ min: 0, max: 2 })
// A coarse clock, so that things meet, touch, nest and repeat; across midnight of Vietnam and the end of a week.
const at = fc.integer({ min: 0, max: 40 }).map((n) => START + (n * 15 - 60) * MINUTE)
const span = fc.tuple(at, fc.integer({ min: 1, max: 12 })).map(([a, n]) => ({ a, b: a + n * 15 * MINUTE }))
const zone = fc.option(fc.constantFrom(...ZONES))
const confidence = fc.constantFrom(0.25, 0.5, 0.9, 1)
const withdrawn = fc.integer({ min: 0, max: 5 }).map((n) => n === 0)

/** Nobody is twice in the same zone row: a seat is known by person, place and moment. */
const distinct = <T extends { person: number; place: number; a: number }>(list: T[]) => [
  ...new Map(list.map((one) => [`${one.person} ${one.place} ${one.a}`, one])).values(),
]

const story: fc.Arbitrary<Story> = fc
  .record({
    stays: fc.array(
      fc
        .tuple(span, person, place, zone)
        .map(([s, who, where, z]) => ({ ...s, person: who, place: where, zone: z })),
      {
        maxLength: 14,
      },
    ),
    open: fc.array(fc.record({ person, place, a: at, zone }), { maxLength: 6 }),
    trip: fc.option(span),
    guests: fc.uniqueArray(person, { maxLength: 4 }),
    visits: fc.array(
      fc.tuple(span, person, place, confidence, withdrawn).map(([s, who, where, sure, gone]) => ({
        ...s,
        person: who,
        place: where,
        confidence: sure,
        withdrawn: gone,
      })),
      { maxLength: 3 },
    ),
    declared: fc.uniqueArray(
      fc
        .tuple(
          span,
          person,
          fc.integer({ min: 1, max: PEOPLE - 1 }),
          confidence,
          fc.option(fc.boolean()),
          withdrawn,
        )
        .map(([s, who, more, sure, masked, gone]) => ({
          ...s,
          person: who,
          other: (who + more) % PEOPLE,
          confidence: sure,
          masked,
          withdrawn: gone,
        })),
      { maxLength: 5, selector: ({ person: who, other, a, b }) => `${who} ${other} ${a} ${b}` },
    ),
    phones: fc.array(fc.option(fc.constantFrom(0, 1)), { minLength: PEOPLE, maxLength: PEOPLE }),
  })
  .map(({ stays, open, ...rest }) => {
    const kept = distinct([...stays, ...open.map((one) => ({ ...one, b: null }))])
    return {
      ...rest,
      stays: kept.flatMap((one) => (one.b === null ? [] : [{ ...one, b: one.b }])),
      open: kept.flatMap(({ b, ...one }) => (b === null ? [one] : [])),
    }
  })

const someCase = async (sql: Sql, personId: number) => {
  const [made] = await sql`
    insert into cases (public_id, number, person_id, disease_id, profile_version, onset_on, confirmed_on, area_id, created_at)
    values (gen_random_uuid(), 'EDGES', ${personId}, 'covid-19', 3, '2026-11-01', '2026-11-01',
      (select id from area_names where code = '22366' and valid_to is null), ${new Date(START)}) returning id`
  const [interview] = await sql`
    insert into interviews (public_id, case_id, informant, form_id, form_version, sealed, held_at, recorded_at)
    values (gen_random_uuid(), ${made!.id}, 'self', 'interview', 1, '', ${new Date(START)}, ${new Date(START)}) returning id`
  return { caseId: made!.id as number, interviewId: interview!.id as number }
}

scenario('edges are those of plain loops, for any story', async (_as, { sql }) => {
  const made = await makePlaces(sql)
  const places = made.map(({ id }) => id)
  const usual = made.map((row) => row.usual)
  const people = await makePeople(sql, PEOPLE)
  const { caseId, interviewId } = await someCase(sql, people[0]!)
  await prepareWeeks(sql, [new Date(START - 86_400_000), new Date(START + 86_400_000)])
  const seeds = fc.array(
    fc
      .tuple(span, person)
      .map(([{ a, b }, who]) => ({ person: who, a: a - 120 * MINUTE, b: b + 240 * MINUTE })),
    { minLength: 1, maxLength: 3 },
  )
  const sources = new Set<string>()
  await fc.assert(
    fc.asyncProperty(story, seeds, async (told, wanted) => {
      await write(sql, told, people, places, caseId, interviewId)
      const asked = wanted.map((seed) => ({
        personId: people[seed.person]!,
        from: new Date(seed.a),
        to: new Date(seed.b),
      }))
      const list = async (aboard: boolean) =>
        (await listEdges(sql, asked, { timeZone: ZONE, aboard })).map((edge) =>
          line({
            ...edge,
            person: people.indexOf(edge.personId),
            with: people.indexOf(edge.withId),
            a: edge.from.getTime(),
            b: edge.to.getTime(),
            place: edge.placeId === null ? null : places.indexOf(edge.placeId),
          }),
        )
      const found = await list(true)
      const sourceOf = (text: string) => JSON.parse(text).source
      for (const text of found) sources.add(sourceOf(text))
      const expected = bruteForce(told, usual, wanted)
      assert.deepEqual(found.sort(), expected)
      const unscanned = expected.filter((text) => sourceOf(text) !== 'scan')
      assert.deepEqual((await list(false)).sort(), unscanned)
    }),
    { numRuns: 150 },
  )
  // All of it was told of.
  assert.deepEqual([...sources].sort(), ['declared', 'guest-list', 'household', 'interview', 'scan'])
})

scenario('a class on the phone of its teacher is no household', async (_as, { sql }) => {
  const pupils = await makePeople(sql, MOST_IN_HOUSEHOLD + 1)
  const [teacher] = pupils
  const window = { personId: pupils[1]!, from: new Date(START), to: new Date(START + MINUTE) }
  const join = (count: number) =>
    sql`update people set holder_id = ${teacher!} where id = any(${pupils.slice(0, count)})`
  await join(MOST_IN_HOUSEHOLD)
  assert.equal((await listEdges(sql, [window], { timeZone: ZONE })).length, MOST_IN_HOUSEHOLD - 1)
  await join(MOST_IN_HOUSEHOLD + 1)
  assert.deepEqual(await listEdges(sql, [window], { timeZone: ZONE }), [])
})

scenario('two thousand seeds are answered in one statement, soon', async (_as, { sql }) => {
  const places = (await makePlaces(sql)).map(({ id }) => id)
  const people = await makePeople(sql, 4000)
  const { caseId } = await someCase(sql, people[0]!)
  await prepareWeeks(sql, [new Date(START), new Date(START + 14 * 86_400_000)])
  // Two weeks of a bus line and a shop: 20,000 stays, each ride shared with some thirty others; a phone for four people.
  await sql`
    insert into visits (place_id, person_id, arrived_at, left_at, length, source)
    select place, person, at, at + interval '30 minutes', 0, 1 from (
      select case n % 2 when 0 then ${places[0]!}::int else ${places[2]!}::int end as place,
        (${people}::int[])[1 + (n * 7919) % 4000] as person,
        ${new Date(START)}::timestamptz + n * interval '1 minute' as at
      from generate_series(0, 19999) as n) ride on conflict do nothing`
  await sql`update people set holder_id = ${people[0]!}::int + ((id - ${people[0]!}::int) / 4) * 4 where id = any(${people})`
  await sql`
    insert into declared_contacts (case_id, person_id, other_id, from_at, to_at, setting, source, confidence, recorded_at)
    select ${caseId}, id, id + 1, ${new Date(START)}, ${new Date(START + MINUTE)}, 'meal', 'declared', 1, ${new Date(START)}
    from people where id = any(${people.slice(0, 3000)})`
  await sql`analyze visits, people, declared_contacts`
  const seeds: EdgeSeed[] = people
    .slice(0, 2000)
    .map((personId) => ({ personId, from: new Date(START), to: new Date(START + 14 * 86_400_000) }))
  const begun = performance.now()
  const found = await listEdges(sql, seeds, { timeZone: ZONE })
  const took = performance.now() - begun
  process.stdout.write(`2,000 seeds: ${found.length} edges in ${Math.round(took)} ms\n`)
  assert.ok(found.length > 10_000)
  assert.ok(took < 15_000, `${took} ms`)
})
