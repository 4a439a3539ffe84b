import { DAY, MOST_A_DAY, Planner, Stays } from './days.ts'
import { kindList, kindNumber } from './kinds.ts'
import { type Province, ROLE } from './province.ts'
import { chanceOf } from './random.ts'

/** Who lives together infects each other at that rate a day, at night, when nobody is scanned. */
const HOUSEHOLD_RISK = 0.05
const NIGHT = 22 * 3600
/** Shorter meetings infect nobody. */
export const SHORTEST_MEETING = 15 * 60
const WITHOUT_SYMPTOMS = 0.3
const STAYS_HOME = 0.6

export type Infection = {
  person: number
  /** Null for those with whom it began. */
  by: number | null
  generation: number
  /** Null at home and for those with whom it began. */
  place: number | null
  /** When the two were together, and when it passed over; seconds. */
  from: number
  to: number
  at: number
  /** Days; the first and the last one on which the person infects others. */
  infectiousFrom: number
  infectiousTo: number
  /** Null without symptoms. */
  onset: number | null
  /** From this day on the person meets nobody outside the household; Infinity: never. */
  homeFrom: number
}

type Presence = { person: number; corner: number; from: number; to: number }

/**
 * An epidemic among the people of the simulation, of which the truth is known. Infectious people infect those who are
 * next to them at the same place for a quarter of an hour or more, and their household. Whoever is infected infects
 * others two days later at the earliest, so that a day is decided by those infected before it.
 */
export class Outbreak {
  readonly infections: Infection[] = []
  readonly #province: Province
  readonly #planner: Planner
  readonly #byPerson = new Map<number, Infection>()
  #day = 0
  /** Where the infectious are today. */
  readonly #isHot: Uint8Array
  #present = new Map<number, Presence[]>()
  #infectious: Infection[] = []
  #caught = new Map<number, { by: number; place: number | null; from: number; to: number; at: number }>()

  constructor(province: Province, indexCases: number) {
    this.#province = province
    this.#planner = new Planner(province)
    this.#isHot = new Uint8Array(province.places.count)
    const { count, role } = province.people
    for (let at = 0; this.infections.length < Math.min(indexCases, count); at++) {
      const person = Math.floor(chanceOf(province.seed, 20, at) * count)
      // Somebody who goes to work, unless there are too few of them.
      const isBusy = role[person] === ROLE.works || role[person] === ROLE.shifts || at > 100 * indexCases
      if (!isBusy || this.#byPerson.has(person)) continue
      const began = Math.floor(3 * chanceOf(province.seed, 21, person))
      this.#add({ person, by: null, generation: 0, place: null, from: 0, to: 0, at: 0 }, began)
    }
  }

  isHome(person: number, day: number) {
    const infection = this.#byPerson.get(person)
    return infection !== undefined && day >= infection.homeFrom
  }

  /** Before the stays of a day are made: where will the infectious be? */
  begin(day: number) {
    this.#day = day
    this.#isHot.fill(0)
    this.#present = new Map()
    this.#caught = new Map()
    this.#infectious = this.infections.filter(
      ({ infectiousFrom, infectiousTo }) => infectiousFrom <= day && day <= infectiousTo,
    )
    const stays = new Stays(MOST_A_DAY)
    for (const { person } of this.#infectious) {
      if (this.isHome(person, day)) continue
      stays.count = 0
      this.#planner.plan(person, day, stays)
      for (let at = 0; at < stays.count; at++) {
        const place = stays.place[at]!
        this.#isHot[place] = 1
        const from = stays.arrived[at]!
        const there = { person, corner: this.cornerOf(person, place, from), from, to: stays.left[at]! }
        const others = this.#present.get(place)
        if (others) others.push(there)
        else this.#present.set(place, [there])
      }
    }
  }

  /** Everybody's stays of the day, a part at a time. */
  see({ count, person, place, arrived, left }: Stays) {
    for (let at = 0; at < count; at++)
      if (this.#isHot[place[at]!]) this.#meet(person[at]!, place[at]!, arrived[at]!, left[at]!)
  }

  #meet(person: number, place: number, arrived: number, left: number) {
    if (this.#byPerson.has(person)) return
    const { seed, places } = this.#province
    let corner: number | undefined
    for (const other of this.#present.get(place)!) {
      const from = Math.max(arrived, other.from)
      const to = Math.min(left, other.to)
      if (to - from < SHORTEST_MEETING) continue
      corner ??= this.cornerOf(person, place, arrived)
      if (corner !== other.corner) continue
      const risk = 1 - Math.exp((-kindList[places.kind[place]!]!.risk * (to - from)) / 3600)
      const share = chanceOf(seed, other.person, person, from)
      if (share >= risk) continue
      const at = from + SHORTEST_MEETING + Math.floor((share / risk) * (to - from - SHORTEST_MEETING))
      this.#catch(person, { by: other.person, place, from, to, at })
    }
  }

  /** Whoever was infected twice on a day was so by the first. */
  #catch(person: number, how: { by: number; place: number | null; from: number; to: number; at: number }) {
    const known = this.#caught.get(person)
    if (!known || how.at < known.at) this.#caught.set(person, how)
  }

  /** After the stays of a day: the households, and what the day brought. */
  end() {
    const { people, householdStarts, seed } = this.#province
    const night = this.#day * DAY + NIGHT
    for (const { person: by } of this.#infectious) {
      const household = people.household[by]!
      for (let other = householdStarts[household]!; other < householdStarts[household + 1]!; other++)
        if (!this.#byPerson.has(other) && chanceOf(seed, 22 + this.#day, by, other) < HOUSEHOLD_RISK)
          this.#catch(other, { by, place: null, from: night, to: night + 8 * 3600, at: night + 3600 })
    }
    for (const [person, how] of [...this.#caught].sort(([one], [other]) => one - other)) {
      const generation = this.#byPerson.get(how.by)!.generation + 1
      const latent = 2 + Math.floor(3 * chanceOf(seed, 23, person))
      this.#add({ person, generation, ...how }, this.#day + latent)
    }
  }

  #add(
    infection: Pick<Infection, 'person' | 'by' | 'generation' | 'place' | 'from' | 'to' | 'at'>,
    infectiousFrom: number,
  ) {
    const { seed } = this.#province
    const falls = chanceOf(seed, 24, infection.person) >= WITHOUT_SYMPTOMS
    const onset = falls ? infectiousFrom + 2 : null
    const isCareful = chanceOf(seed, 25, infection.person) < STAYS_HOME
    const added = {
      ...infection,
      infectiousFrom,
      infectiousTo: infectiousFrom + 8,
      onset,
      homeFrom: onset !== null && isCareful ? onset + 1 : Number.POSITIVE_INFINITY,
    }
    this.infections.push(added)
    this.#byPerson.set(infection.person, added)
  }

  /**
   * In which corner of a place somebody is, who comes at that second: those in one corner are next to each other. People
   * have their corner at work and their class at school; elsewhere it is another one each time.
   */
  cornerOf(person: number, place: number, arrived: number) {
    const { people, places, seed } = this.#province
    const corners = places.corners[place]!
    if (corners === 1) return 0
    if (people.workplace[person] !== place) return Math.floor(corners * chanceOf(seed, 26, person, arrived))
    if (people.role[person] !== ROLE.pupil) return Math.floor(corners * chanceOf(seed, 27, person, place))
    const ages = YEARS[places.kind[place]! - kindNumber.nursery]!
    const classes = Math.max(1, Math.round(corners / ages))
    return (people.age[person]! % ages) * classes + Math.floor(classes * chanceOf(seed, 28, person, place))
  }
}

/** How many ages learn at a school of each kind, from nursery to college. */
const YEARS = [3, 5, 4, 3, 5] as const
