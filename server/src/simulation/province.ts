import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { type KindName, kindList, kindNames, kindNumber } from './kinds.ts'
import { chanceOf, mix, positionOf, Random } from './random.ts'

const DATA = new URL('../../../data/', import.meta.url)
const PEOPLE_A_COMMUNE = 10_000

type Commune = { code: string; lat: number; lon: number }

/** What somebody does on a weekday. */
export const ROLE = { home: 0, pupil: 1, works: 2, shifts: 3, outdoors: 4, small: 5 } as const

/** The places that somebody returns to, by position. */
export const FAVOURITE = {
  market: 0,
  shop: 1,
  otherShop: 2,
  cafe: 3,
  restaurant: 4,
  supermarket: 5,
  leisure: 6,
  religious: 7,
  bus: 8,
  hospital: 9,
} as const
const FAVOURITES = Object.keys(FAVOURITE).length

/** Everything that does not change from day to day, in columns; people and places by number from 0. */
export type Province = {
  seed: number
  communes: readonly Commune[]
  people: {
    count: number
    commune: Uint16Array
    household: Int32Array
    age: Uint8Array
    isMale: Uint8Array
    role: Uint8Array
    /** Where they work or learn, or -1. */
    workplace: Int32Array
    favourites: Int32Array
  }
  places: {
    count: number
    kind: Uint8Array
    commune: Uint16Array
    /** In how many corners people there are next to each other. */
    corners: Int32Array
    /** The day of the only event there, or -1. */
    day: Int16Array
  }
  /** The first person of each household, and one more at the end. */
  householdStarts: Int32Array
  /** Some place of a kind, the popular ones more often: near home when there is one, or anywhere. */
  placeOf(kind: number, commune: number, share: number): number
  /** The commune itself and those around it, the nearest first. */
  near: readonly Uint16Array[]
  favouriteOf(person: number, position: number): number
  /** What is held in a commune on a day, or -1. */
  eventOf(day: number, commune: number, share: number): number
  /** 0 is Monday. */
  weekdayOf(day: number): number
}

type Settings = { people: number; days: number; seed: number; area: string; from: string }

export class UnknownArea extends Error {}

/** The communes in force of a province (or one commune), as many as so many people need. */
function communesOf(area: string, people: number): Commune[] {
  const read = (path: string) =>
    parse<Record<string, string>>(readFileSync(new URL(path, DATA), 'utf8'), { columns: true })
  const units = read('areas/units_2025-07-01.csv').filter(
    ({ level, valid_to, code, parent }) =>
      level === '3' && valid_to === '' && (code === area || parent === area),
  )
  if (units.length === 0) throw new UnknownArea(area)
  const points = new Map(read('boundaries/labels_2025-07-01.csv').map((row) => [row.code, row]))
  return units.slice(0, Math.max(1, Math.ceil(people / PEOPLE_A_COMMUNE))).map(({ code }) => {
    const { lat, lon } = points.get(code!)!
    return { code: code!, lat: Number(lat), lon: Number(lon) }
  })
}

export function foundProvince({ people: count, days, seed, area, from }: Settings): Province {
  const communes = communesOf(area, count)
  const random = new Random(mix(seed, 1))
  const { people, householdStarts } = settle(count, communes.length, random)
  const near = neighbours(communes)
  const firstWeekday = (new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7
  const weekdayOf = (day: number) => (firstWeekday + day) % 7

  const wanted = assignRoles(people, communes.length, random)
  const { places, sums, starts, events } = openPlaces(people, wanted, communes.length, days, weekdayOf, seed)

  const placeOf = (kind: number, commune: number, share: number) => {
    const at = kind * (communes.length + 1) + commune
    let [low, high] = [starts[at]!, starts[at + 1]!]
    if (commune < 0 || low === high) {
      low = starts[kind * (communes.length + 1)]!
      high = starts[kind * (communes.length + 1) + communes.length]!
    }
    return low === high ? -1 : positionOf(sums, low, high, share)
  }
  const province: Province = {
    seed,
    communes,
    people,
    places,
    householdStarts,
    near,
    placeOf,
    weekdayOf,
    favouriteOf: (person, position) => people.favourites[person * FAVOURITES + position]!,
    eventOf(day, commune, share) {
      const at = day * communes.length + commune
      const [low, high] = [events[at]!, events[at + 1]!]
      return low === high ? -1 : low + Math.floor(share * (high - low))
    },
  }
  sendToWork(province, wanted.workKind, random)
  chooseFavourites(province, random)
  countCorners(province)
  return province
}

// ---------------------------------------------------------------- people

/** Shares of households of one to seven people; 3.5 on average. */
const SIZES = Float64Array.of(0.11, 0.29, 0.51, 0.76, 0.89, 0.96, 1)

function settle(count: number, communes: number, random: Random) {
  const people: Province['people'] = {
    count,
    commune: new Uint16Array(count),
    household: new Int32Array(count),
    age: new Uint8Array(count),
    isMale: new Uint8Array(count),
    role: new Uint8Array(count),
    workplace: new Int32Array(count).fill(-1),
    favourites: new Int32Array(count * FAVOURITES),
  }
  const shares = Float64Array.from({ length: communes }, () => 0.4 + random.next() + random.next())
  for (let at = 1; at < communes; at++) shares[at]! += shares[at - 1]!
  const whole = shares[communes - 1]!
  const householdStarts: number[] = []
  let commune = 0
  for (let person = 0; person < count; ) {
    while (person >= (shares[commune]! / whole) * count && commune < communes - 1) commune++
    const size = Math.min(1 + positionOf(SIZES, 0, SIZES.length, random.next()), count - person)
    const ages = agesOf(size, random)
    for (const [at, age] of ages.entries()) {
      people.commune[person + at] = commune
      people.household[person + at] = householdStarts.length
      people.age[person + at] = age
      people.isMale[person + at] = at === 0 ? 1 : at === 1 ? 0 : random.between(0, 1)
    }
    householdStarts.push(person)
    person += size
  }
  householdStarts.push(count)
  return { people, householdStarts: Int32Array.from(householdStarts) }
}

/** A head, mostly a partner, children, sometimes a grandparent; with an old head, grown children and theirs. */
function agesOf(size: number, random: Random): number[] {
  if (size === 1) return [random.between(20, 84)]
  const head = 24 + Math.floor(52 * random.next() ** 1.4)
  const ages = [head, Math.max(19, head + random.between(-5, 3))]
  if (size >= 4 && head < 52 && random.isLucky(0.4)) ages.push(Math.min(95, head + random.between(22, 29)))
  while (ages.length < size) {
    const child = head - 22 - random.between(0, 14)
    ages.push(child < 0 ? random.between(0, 5) : child > 32 ? random.between(0, 14) : child)
  }
  return ages.slice(0, size)
}

const schoolOf = (age: number): KindName =>
  age < 6 ? 'nursery' : age < 11 ? 'primary' : age < 15 ? 'secondary' : age < 18 ? 'high' : 'college'

/** Where those with work have it; what is missing to 1 is outdoors: fields, building sites, the road. */
const WORK: readonly (readonly [KindName, number])[] = [
  ['office', 0.17],
  ['factory', 0.18],
  ['zone', 0.08],
  ['business', 0.15],
  ['shop', 0.1],
  ['market', 0.06],
  ['restaurant', 0.06],
  ['supermarket', 0.01],
  ['mall', 0.01],
  ['entertainment', 0.01],
  ['primary', 0.02],
  ['secondary', 0.015],
  ['hospital', 0.025],
]
const SHIFTS: ReadonlySet<KindName> = new Set(['factory', 'zone', 'hospital'])

type Wanted = {
  /** The kind of place where each person works or learns, or 255. */
  workKind: Uint8Array
  /** How many of a commune want a kind: kind × communes + commune. */
  demand: Int32Array
}

function assignRoles(
  { count, age, role, commune }: Province['people'],
  communes: number,
  random: Random,
): Wanted {
  const workKind = new Uint8Array(count).fill(255)
  const demand = new Int32Array(kindNames.length * communes)
  const go = (person: number, what: KindName) => {
    workKind[person] = kindNumber[what]
    demand[kindNumber[what] * communes + commune[person]!]!++
  }
  for (let person = 0; person < count; person++) {
    const years = age[person]!
    if (years < 3) role[person] = ROLE.small
    else if (years < 18 || (years < 23 && random.isLucky(0.35))) {
      role[person] = ROLE.pupil
      go(person, schoolOf(years))
    } else if (random.isLucky(years < 61 ? 0.82 : years < 75 ? 0.25 : 0)) {
      const [where] = chosen(WORK, random.next()) ?? []
      role[person] = where === undefined ? ROLE.outdoors : ROLE.works
      if (where === undefined) continue
      if (SHIFTS.has(where) && random.isLucky(0.55)) role[person] = ROLE.shifts
      go(person, where)
    }
  }
  return { workKind, demand }
}

function chosen<T extends readonly [unknown, number]>(list: readonly T[], share: number): T | undefined {
  let rest = share
  return list.find(([, part]) => {
    rest -= part
    return rest < 0
  })
}

// ---------------------------------------------------------------- places

const PEOPLE_AN_EVENT = 9000

/** Places by kind and by commune, with popularity after Pareto, whose ranks follow Zipf's law. */
function openPlaces(
  people: Province['people'],
  { demand }: Wanted,
  communes: number,
  days: number,
  weekdayOf: (day: number) => number,
  seed: number,
) {
  const inhabitants = new Int32Array(communes)
  for (const commune of people.commune) inhabitants[commune]!++
  const kind: number[] = []
  const commune: number[] = []
  const day: number[] = []
  const starts = new Int32Array(kindNames.length * (communes + 1))
  for (const [number, name] of kindNames.entries()) {
    const { perThousand, size = 0, everywhere = false } = kindOf(name)
    for (let home = 0; home <= communes; home++) {
      starts[number * (communes + 1) + home] = kind.length
      if (home === communes) continue
      const need = size ? demand[number * communes + home]! / size : (perThousand * inhabitants[home]!) / 1000
      const least = everywhere || (home === 0 && need > 0) ? 1 : 0
      const places = Math.max(least, Math.floor(need + chanceOf(seed, 2, number, home)))
      for (let at = 0; at < places; at++) {
        kind.push(number)
        commune.push(home)
        day.push(-1)
      }
    }
  }
  const events = new Int32Array(days * communes + 1)
  for (let on = 0; on < days; on++)
    for (let home = 0; home < communes; home++) {
      events[on * communes + home] = kind.length
      const isWeekend = weekdayOf(on) >= 5
      const need = (inhabitants[home]! / PEOPLE_AN_EVENT) * (isWeekend ? 1 : 0.2)
      const held = Math.floor(need + chanceOf(seed, 3, on, home))
      for (let at = 0; at < held; at++) {
        kind.push(isWeekend ? kindNumber.wedding : kindNumber.funeral)
        commune.push(home)
        day.push(on)
      }
    }
  events[days * communes] = kind.length

  const sums = new Float64Array(kind.length)
  for (let place = 0; place < kind.length; place++) {
    const popularity = Math.min(kindList[kind[place]!]!.spread, (1 - chanceOf(seed, 4, place)) ** (-1 / 1.1))
    sums[place] = (place === 0 ? 0 : sums[place - 1]!) + popularity
  }
  const places: Province['places'] = {
    count: kind.length,
    kind: Uint8Array.from(kind),
    commune: Uint16Array.from(commune),
    corners: new Int32Array(kind.length).fill(1),
    day: Int16Array.from(day),
  }
  return { places, sums, starts, events }
}

const kindOf = (name: KindName) => kindList[kindNumber[name]]!

function neighbours(communes: readonly Commune[]): Uint16Array[] {
  return communes.map(({ lat, lon }) =>
    Uint16Array.from(
      communes
        .map((other, at) => ({ at, apart: (other.lat - lat) ** 2 + (other.lon - lon) ** 2 }))
        .sort((one, other) => one.apart - other.apart || one.at - other.at)
        .slice(0, 6)
        .map(({ at }) => at),
    ),
  )
}

// ---------------------------------------------------------------- who goes where

/** Pupils go to school near home; of those with work, half. */
function sendToWork({ people, placeOf }: Province, workKind: Uint8Array, random: Random) {
  for (let person = 0; person < people.count; person++) {
    const kind = workKind[person]!
    if (kind === 255) continue
    const isNear = people.role[person] === ROLE.pupil || random.isLucky(0.5)
    people.workplace[person] = placeOf(kind, isNear ? people.commune[person]! : -1, random.next())
    // A hamlet has no factory.
    if (people.workplace[person]! < 0) people.role[person] = ROLE.outdoors
  }
}

function chooseFavourites({ people, placeOf, near }: Province, random: Random) {
  const { shop, market, restaurant, supermarket, religious, vehicle, hospital } = kindNumber
  const kindsWanted = [
    market,
    shop,
    shop,
    restaurant,
    restaurant,
    supermarket,
    -1,
    religious,
    vehicle,
    hospital,
  ]
  for (let person = 0; person < people.count; person++) {
    const around = near[people.commune[person]!]!
    for (const [position, wanted] of kindsWanted.entries()) {
      const kind = wanted < 0 ? leisureOf(people.age[person]!, random.next()) : wanted
      const far = random.next()
      const commune =
        far < 0.86 ? around[0]! : far < 0.97 ? around[random.between(0, around.length - 1)]! : -1
      people.favourites[person * FAVOURITES + position] = placeOf(kind, commune, random.next())
    }
  }
}

function leisureOf(age: number, share: number) {
  if (age < 16 || age > 60) return share < 0.5 ? kindNumber.tourism : kindNumber.mall
  if (share < 0.4) return kindNumber.entertainment
  return share < 0.7 ? kindNumber.gym : share < 0.9 ? kindNumber.mall : kindNumber.tourism
}

/** So many of those to whom a place is a favourite are there at the same time, at a busy hour. */
const PRESENT = 0.05

/** A school has classes, an office has rooms, a market has rows. */
function countCorners({ people, places }: Province) {
  const present = new Float64Array(places.count)
  for (const place of people.workplace) if (place >= 0) present[place]!++
  for (const place of people.favourites) if (place >= 0) present[place]! += PRESENT
  for (let place = 0; place < places.count; place++) {
    const { close } = kindList[places.kind[place]!]!
    const most = places.day[place]! >= 0 ? 150 : present[place]!
    places.corners[place] = Math.max(1, Math.round(most / close))
  }
}
