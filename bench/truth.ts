import { traceContacts } from '../server/src/modules/tracing/index.ts'
import { packDays } from '../server/src/modules/visits/place-days.ts'
import { type Simulation, simulate } from '../server/src/simulation/index.ts'
import { openLoader } from '../server/src/simulation/load.ts'
import { withCluster } from './cluster.ts'
import { foundTown, townOf } from './gates.ts'
import type { Measure, Settings } from './main.ts'

const SIZE = 500_000
const DAYS = 21
const A_DAY = 4
const FROM = '2026-01-05'
const INDEX_CASES = 12
const MOST_CASES = 150
/** Those with whom it is compared are what the profile of COVID-19 says of masked people. */
const limits = { minOverlapSeconds: 900, timeZone: 'Asia/Ho_Chi_Minh' }
const EXITS = [1, 0.5, 0]
const DAY = 86_400

/** What was found of what there is to find; what of that is right. */
type Score = { there: number; found: number; right: number }
/** By kind of place, as `place_kinds` calls them. */
type Scores = Map<string, Score>

/**
 * The outbreak of a simulated province, of which is known who infected whom and who was next to whom: what tracing
 * finds of it, where everybody is scanned when they leave, half of them, and nobody. Three questions, each by the kind of
 * place where the two were together longest:
 * - infected: of those whom a case infected at a place, how many are on the list of that case;
 * - together: who was at the place of a case for a quarter of an hour, by what really happened. What is missing or too
 *   much is due to exits that nobody scanned;
 * - close: who was next to a case for as long, at the same table or in the same class, which no scan knows.
 */
export async function truth({ size = SIZE, say }: Settings): Promise<Measure[]> {
  const simulation = { ...townOf(Math.round(size / (DAYS * A_DAY)), DAYS, FROM), outbreak: INDEX_CASES }
  const measures: Measure[] = []
  for (const exits of EXITS) measures.push(...(await score({ ...simulation, exits }, say)))
  return measures
}

async function score(simulation: Simulation, say: Settings['say']): Promise<Measure[]> {
  const { people, exits } = simulation
  const scanned = `exits ${Math.round(100 * exits)} %`
  say(`truth: a province of ${people.toLocaleString('en')} people, ${scanned} …`)
  return withCluster(async (cluster) => {
    const { sql } = cluster
    await foundTown(cluster, simulation, 10)
    const { outbreak, stays } = simulate(simulation)
    const loader = await openLoader(sql, simulation, { asScans: false })
    const really = new Really()
    for await (const part of stays) {
      await loader.add(part)
      for (let at = 0; at < part.count; at++)
        really.add(part.person[at]!, part.place[at]!, part.arrived[at]!, part.left[at]!)
    }
    await loader.commit()
    loader.close()
    await sql`vacuum (analyze) visits, open_stays, people, places`
    const midnight = Date.parse(`${FROM}T00:00:00+07:00`) / 1000
    const now = new Date((midnight + (DAYS + 3) * DAY) * 1000)
    await packDays({ sql, now, services: { timeZone: limits.timeZone } })
    const personIds = await idsOf(cluster, 'people')
    const placeIds = await idsOf(cluster, 'places')
    const numberOf = new Map([...personIds].map((id, number) => [id, number]))
    const placeOf = new Map([...placeIds].map((id, number) => [id, number]))
    const kinds = await sql<{ kind: string }[]>`select kind from places where ref ~ '^l[0-9]+$' order by ref`
    const kindOf = (place: number) => kinds[place]!.kind

    const { infections } = outbreak!
    const cases = infections.filter(({ onset }) => onset !== null && onset < DAYS - 2).slice(0, MOST_CASES)
    say(`truth: ${cases.length} cases of ${infections.length} infections …`)
    const [infected, together, close]: [Scores, Scores, Scores] = [new Map(), new Map(), new Map()]
    let [atHome, listed] = [0, 0]
    for (const { person, onset, infectiousTo } of cases) {
      const from = (onset! - 2) * DAY
      const to = Math.min(infectiousTo + 1, DAYS) * DAY
      const contacts = await traceContacts(sql, {
        person: personIds[person]!,
        from: new Date((midnight + from) * 1000),
        to: new Date((midnight + to) * 1000),
        ...limits,
      })
      listed += contacts.length
      const found = new Map(
        contacts.map(({ personId, exposures }) => {
          const longest = exposures.reduce((one, other) => (other.seconds > one.seconds ? other : one))
          return [numberOf.get(personId)!, kindOf(placeOf.get(longest.placeId)!)]
        }),
      )
      for (const { by, person: other, place } of infections) {
        if (by !== person) continue
        if (place === null) atHome++
        else count(infected, kindOf(place), { there: 1, right: found.has(other) ? 1 : 0 })
      }
      const cornerOf = (who: number, place: number, arrived: number) =>
        outbreak!.cornerOf(who, place, arrived)
      for (const [scores, met] of [
        [together, really.meet(person, from, to)],
        [close, really.meet(person, from, to, cornerOf)],
      ] as const) {
        for (const [other, { place }] of met)
          count(scores, kindOf(place), { there: 1, right: found.has(other) ? 1 : 0 })
        for (const [other, kind] of found)
          count(scores, met.has(other) ? kindOf(met.get(other)!.place) : kind, { found: 1 })
      }
    }
    const measures: Measure[] = [
      {
        what: `${scanned}: on a list`,
        value: listed / cases.length,
        unit: 'people',
        detail: `of ${cases.length} cases; ${atHome} were infected at home, which no scan tells`,
      },
    ]
    for (const [what, scores] of [
      ['infected', infected],
      ['together', together],
      ['close', close],
    ] as const)
      measures.push(...rowsOf(`${scanned}, ${what}`, scores))
    return measures
  })
}

const idsOf = async ({ sql }: Parameters<Parameters<typeof withCluster>[0]>[0], table: string) =>
  Int32Array.from(
    await sql<{ id: number }[]>`select id from ${sql(table)} where ref ~ '^[pl][0-9]+$' order by ref`,
    ({ id }) => id,
  )

function count(scores: Scores, kind: string, { there = 0, found = 0, right = 0 }: Partial<Score>) {
  const score = scores.get(kind) ?? { there: 0, found: 0, right: 0 }
  scores.set(kind, {
    there: score.there + there,
    found: score.found + found,
    right: score.right + right,
  })
}

/** All kinds together, then each, the commonest first. Of the infected nobody can say who else should not be on the list. */
function rowsOf(what: string, scores: Scores): Measure[] {
  const all = { there: 0, found: 0, right: 0 }
  for (const score of scores.values())
    for (const key of ['there', 'found', 'right'] as const) all[key] += score[key]
  const kinds = [...scores].sort(([, one], [, other]) => other.there - one.there)
  return [['all', all] as const, ...kinds].map(([kind, { there, found, right }]) => ({
    what: `${what}: ${kind}`,
    value: (100 * right) / there,
    unit: '%',
    detail: `found ${right.toLocaleString('en')} of ${there.toLocaleString('en')}${
      found > 0 ? `; right are ${((100 * right) / found).toFixed(1)} % of ${found.toLocaleString('en')}` : ''
    }`,
  }))
}

type Stay = { person: number; place: number; arrived: number; left: number }

const dayOf = (second: number) => Math.floor(second / DAY)
const keyOf = (place: number, day: number) => place * 64 + day

/** Every stay as it was, whatever was scanned. */
class Really {
  /** By place and the day on which they begin; none is longer than a day. */
  readonly #byPlace = new Map<number, Stay[]>()
  readonly #byPerson = new Map<number, Stay[]>()

  add(person: number, place: number, arrived: number, left: number) {
    const stay = { person, place, arrived, left }
    for (const [index, key] of [
      [this.#byPlace, keyOf(place, dayOf(arrived))],
      [this.#byPerson, person],
    ] as const) {
      const stays = index.get(key)
      if (stays) stays.push(stay)
      else index.set(key, [stay])
    }
  }

  *#at(place: number, since: number, until: number) {
    for (let day = dayOf(since) - 1; day <= dayOf(until); day++)
      yield* this.#byPlace.get(keyOf(place, day)) ?? []
  }

  /** Who was with this person for a quarter of an hour in all, and where longest; in the same corner, if that is asked. */
  meet(
    person: number,
    from: number,
    to: number,
    cornerOf: (person: number, place: number, arrived: number) => number = () => 0,
  ) {
    const met = new Map<number, { seconds: number; place: number; longest: number }>()
    for (const own of this.#byPerson.get(person) ?? []) {
      const [since, until] = [Math.max(own.arrived, from), Math.min(own.left, to)]
      if (since >= until) continue
      const corner = cornerOf(person, own.place, own.arrived)
      for (const stay of this.#at(own.place, since, until)) {
        const seconds = Math.min(stay.left, until) - Math.max(stay.arrived, since)
        if (seconds <= 0 || stay.person === person) continue
        if (cornerOf(stay.person, stay.place, stay.arrived) !== corner) continue
        const known = met.get(stay.person) ?? { seconds: 0, place: own.place, longest: 0 }
        const isLonger = seconds > known.longest
        met.set(stay.person, {
          seconds: known.seconds + seconds,
          place: isLonger ? own.place : known.place,
          longest: isLonger ? seconds : known.longest,
        })
      }
    }
    for (const [other, { seconds }] of met) if (seconds < limits.minOverlapSeconds) met.delete(other)
    return met
  }
}
