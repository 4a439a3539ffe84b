import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { rowOf, scenario, services } from '../../../test/app.ts'
import { lan, tu } from '../../../test/people.ts'
import { addPlace } from '../../../test/places.ts'
import { system } from '../../platform/access.ts'
import { Context } from '../../platform/context.ts'
import type { Sql } from '../../platform/database.ts'
import {
  asMark,
  type Draft,
  endsOf,
  keepScans,
  plain,
  readPlaces,
  setAside,
  takeBack,
  WEIGH,
  weighAnew,
} from './intake.ts'
import { countInside, readDay } from './place-view.ts'
import type { MarkRow, PlaceFacts } from './queries.ts'
import { deriveStays, doubtNumber, inOrder, toldDoubt, viaNumber } from './rules.ts'

/** Histories of one person by chance: scans of every kind, early and late, taken back, set aside, weighed anew by jobs. */

const MINUTE = 60_000
const START = Date.parse('2026-09-30T17:00:00Z')
const at = (minutes: number) => new Date(START + minutes * MINUTE)
const minutesOf = (moment: Date | number | null) => moment && (Number(moment) - START) / MINUTE

const towns = { nhaTrang: [12.24, 109.19], haNoi: [21.03, 105.85], unknown: [null, null] } as const

const openPlace = (sql: Sql, kind: string, point: (typeof towns)[keyof typeof towns]) =>
  addPlace(sql, kind, at(0), point)

type Said = {
  via: 'vouched' | 'seen' | 'own' | 'paper' | 'cccd' | 'phone-code'
  direction: Draft['direction']
}
const draftOf = (personId: number, placeId: number, minutes: number, { via, direction }: Said): Draft => ({
  ...plain,
  id: randomUUID(),
  placeId,
  personId,
  direction,
  at: at(minutes),
  source: via === 'own' ? 0 : 1,
  via: viaNumber(via),
  step: via === 'phone-code' || via === 'paper' ? Math.floor(at(minutes).getTime() / 30_000) : null,
})

const keep = async (ctx: Context, scans: readonly Draft[]) =>
  (await keepScans({ ctx, moments: scans.map(({ at }) => at), read: async () => ({ scans }) })).kept

/** Runs the jobs that weigh scans anew. */
async function runJobs(ctx: Context) {
  const jobs = await ctx.sql<{ people: { personId: number; at: string }[] }[]>`
    with gone as (delete from graphile_worker._private_jobs returning task_id, payload)
    select payload -> 'people' as people from gone join graphile_worker._private_tasks on id = task_id where identifier = ${WEIGH}`
  for (const { people } of jobs)
    await weighAnew(
      ctx,
      people.map(({ personId, at }) => ({ personId, at: new Date(at) })),
    )
}

async function forgetAll(sql: Sql) {
  for (const table of ['scans', 'visits', 'open_stays', 'graphile_worker._private_jobs'])
    await sql`delete from ${sql(table)}`
}

const direction = fc.constantFrom<Draft['direction']>('in', 'out', 'auto', 'auto')
const nth = fc.nat(50)
const quarters = (most: number) => fc.nat(most).map((n) => n * 15)

scenario('stays follow from the scans that count, whatever happened to others', async (_as, { sql }) => {
  const placeIds = [
    await openPlace(sql, 'restaurant', towns.nhaTrang),
    await openPlace(sql, 'shop', towns.nhaTrang),
    await openPlace(sql, 'office', towns.haNoi),
    await openPlace(sql, 'hospital', towns.unknown),
  ]
  const personId = rowOf(lan).id
  const places = new Map<number, PlaceFacts>()
  await readPlaces(sql, places, placeIds)
  const ends = endsOf(places, services.timeZone)
  const told = ([placeId, arrivedAt, leftAt, source]: readonly unknown[]) =>
    `place ${placeId}: ${minutesOf(arrivedAt as Date)} to ${minutesOf(leftAt as Date)}, source ${source}`
  const kept = async () =>
    (
      await sql`
        select place_id, arrived_at, left_at, source from visits
        union all select place_id, arrived_at, null, source from open_stays`
    )
      .map((row) => told([row.placeId, row.arrivedAt, row.leftAt, row.source]))
      .sort()
  const derived = async () => {
    const marks = await sql<MarkRow[]>`
      select place_id, at, case when auto then 0 else direction end as direction, source, via, keyed_in from scans
      where doubt is null`
    return deriveStays(marks.map(asMark).sort(inOrder), [], ends)
      .map(({ placeId, arrivedAt, leftAt, source }) => told([placeId, arrivedAt, leftAt, source]))
      .sort()
  }
  const scan = fc.record({
    place: fc.nat(3),
    minutes: quarters(200),
    via: fc.constantFrom<Said['via']>('vouched', 'vouched', 'own', 'paper', 'cccd', 'phone-code', 'seen'),
    direction,
  })
  const deed = fc.oneof(
    { weight: 6, arbitrary: fc.array(scan, { minLength: 1, maxLength: 4 }).map((scans) => ({ scans })) },
    { weight: 1, arbitrary: nth.map((back) => ({ back })) },
    { weight: 1, arbitrary: nth.map((aside) => ({ aside })) },
    { weight: 2, arbitrary: fc.constant({ jobs: true }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 14 }), async (deeds) => {
      await forgetAll(sql)
      const sent: Draft[] = []
      for (const [n, deed] of deeds.entries()) {
        const ctx = new Context(sql, system, services, at(60 * 60 + n))
        if ('scans' in deed) {
          const scans = deed.scans.map((one) => draftOf(personId, placeIds[one.place]!, one.minutes, one))
          sent.push(...scans)
          await keep(ctx, scans)
        } else if ('jobs' in deed) await runJobs(ctx)
        else if (sent.length > 0) {
          const one = sent[('back' in deed ? deed.back : deed.aside) % sent.length]!
          if ('back' in deed) await takeBack(ctx, [one], at(0))
          else await setAside(ctx, [one], doubtNumber('closedHours'))
        }
        assert.deepEqual(await kept(), await derived())
      }
      // And weighing comes to rest.
      const ctx = new Context(sql, system, services, at(61 * 60))
      const all = await sql<{ personId: number; at: Date }[]>`select person_id, at from scans`
      await weighAnew(ctx, all)
      assert.deepEqual(await weighAnew(ctx, all), [])
    }),
    { numRuns: 100, endOnFailure: true },
  )
})

scenario(
  'what a place is told of typed numbers is the same wherever their person is',
  async (_as, { sql }) => {
    const elsewhere = [
      await openPlace(sql, 'restaurant', towns.nhaTrang),
      await openPlace(sql, 'office', towns.haNoi),
      await openPlace(sql, 'hospital', towns.unknown),
    ]
    const openOwn = async () => [
      await openPlace(sql, 'restaurant', towns.haNoi),
      await openPlace(sql, 'hospital', towns.nhaTrang),
    ]
    const own = [await openOwn(), await openOwn()] as const
    const typing = fc.record({
      place: fc.nat(1),
      // Up to five minutes ahead, as clocks of gates may be.
      before: fc.integer({ min: -1, max: 12 }).map((n) => n * 5),
      via: fc.constantFrom<Said['via']>('vouched', 'vouched', 'seen'),
      direction,
    })
    const going = fc.record({
      place: fc.nat(2),
      before: fc.nat(12).map((n) => n * 5),
      via: fc.constantFrom<Said['via']>('own', 'paper', 'cccd', 'phone-code', 'vouched'),
      direction,
    })
    const deed = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ later: quarters(8), typed: fc.array(typing, { minLength: 1, maxLength: 3 }) }),
      },
      { weight: 3, arbitrary: fc.record({ later: quarters(8), goes: going }) },
      { weight: 1, arbitrary: nth.map((back) => ({ back })) },
      { weight: 1, arbitrary: nth.map((again) => ({ again })) },
      { weight: 2, arbitrary: fc.constant({ jobs: true }) },
    )
    /** All that the places of whoever types are told; the person goes elsewhere meanwhile, or nowhere. */
    async function tell(
      deeds: readonly (typeof deed extends fc.Arbitrary<infer T> ? T : never)[],
      isAway: boolean,
    ) {
      const personId = rowOf(isAway ? lan : tu).id
      const ownIds = own[isAway ? 0 : 1]
      const told: unknown[] = []
      const sent: Draft[] = []
      let minutes = 6 * 60
      for (const deed of deeds) {
        minutes += 'later' in deed ? deed.later : 1
        const ctx = new Context(sql, system, services, at(minutes))
        const send = async (scans: readonly Draft[]) => {
          for (const answer of await keep(ctx, scans)) {
            assert.ok('repeated' in answer)
            const { repeated, direction, doubt, seeming, sameCode } = answer
            const stay = seeming && [minutesOf(seeming.arrivedAt), minutesOf(seeming.leftAt)]
            told.push([repeated, direction, toldDoubt(doubt), stay, sameCode])
          }
        }
        const of = (one: { before: number } & Said, placeId: number) =>
          draftOf(personId, placeId, minutes - one.before, one)
        if ('typed' in deed) {
          const scans = deed.typed.map((one) => of(one, ownIds[one.place]!))
          sent.push(...scans)
          await send(scans)
        } else if ('goes' in deed) {
          if (isAway) await keep(ctx, [of(deed.goes, elsewhere[deed.goes.place]!)])
        } else if ('jobs' in deed) await runJobs(ctx)
        else if (sent.length > 0) {
          if ('again' in deed) await send([sent[deed.again % sent.length]!])
          else told.push((await takeBack(ctx, [sent[deed.back % sent.length]!], at(0))).length)
        }
        for (const id of ownIds) {
          const { here, ...day } = await readDay(ctx, { id }, { from: at(0), to: at(24 * 60) }, 10)
          told.push([day, here.map(({ since }) => minutesOf(since)), await countInside(ctx, { id })])
        }
      }
      return told
    }
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 10 }), async (deeds) => {
        await forgetAll(sql)
        assert.deepEqual(await tell(deeds, true), await tell(deeds, false))
      }),
      { numRuns: 50, endOnFailure: true },
    )
  },
)
