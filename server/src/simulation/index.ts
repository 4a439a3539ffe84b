import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Calendar, CsvFile, personRef, placeRef, VisitsFile } from './csv.ts'
import { MOST_A_DAY, Planner, Stays } from './days.ts'
import { kindList } from './kinds.ts'
import { Outbreak } from './outbreak.ts'
import { foundProvince, type Province, UnknownArea } from './province.ts'
import { chanceOf, positionOf } from './random.ts'

/**
 * An imaginary province, as large as wanted and the same every time: households, work, schools, markets, buses, and
 * an outbreak of which the truth is known. Day after day in the same memory; nothing here knows a database.
 */
export { Calendar, UnknownArea }

/** The database holds an imaginary province already. */
export class AlreadyLoaded extends Error {}

export type Simulation = {
  people: number
  days: number
  seed: number
  /** Code of a province or commune of today. */
  area: string
  /** The first day. */
  from: string
  /** The share of those who are scanned when they leave. */
  exits: number
  /** With how many people an outbreak begins. */
  outbreak: number
}

const PART = 20_000

type World = { province: Province; outbreak: Outbreak | undefined; stays: AsyncGenerator<Stays> }

/** The stays come in parts that are overwritten by the next; the outbreak is known when all have come. */
export function simulate(simulation: Simulation): World {
  const province = foundProvince(simulation)
  const outbreak = simulation.outbreak > 0 ? new Outbreak(province, simulation.outbreak) : undefined
  return { province, outbreak, stays: staysOf(province, simulation.days, outbreak) }
}

async function* staysOf(province: Province, days: number, outbreak: Outbreak | undefined) {
  const planner = new Planner(province)
  const { count } = province.people
  const stays = new Stays(Math.min(PART, count) * MOST_A_DAY)
  for (let day = 0; day < days; day++) {
    outbreak?.begin(day)
    for (let person = 0; person < count; ) {
      stays.count = 0
      for (const end = Math.min(person + PART, count); person < end; person++)
        if (!outbreak?.isHome(person, day)) planner.plan(person, day, stays)
      outbreak?.see(stays)
      yield stays
      await nextTurn() // so that Ctrl-C is heard
    }
    outbreak?.end()
  }
}

export type Written = {
  people: number
  places: number
  visits: number
  withoutExit: number
  infections: number
}

/** Writes people.csv, places.csv and visits.csv as imports take them, and the truth about the outbreak beside. */
export async function writeFiles(
  simulation: Simulation,
  folder: string,
  say: (line: string) => void,
): Promise<Written> {
  const calendar = new Calendar(simulation.from)
  const { province, outbreak, stays } = simulate(simulation)
  writeProvince(province, calendar, folder)
  const file = new VisitsFile(join(folder, 'visits.csv'), calendar, simulation.seed, simulation.exits)
  const written: Written = {
    people: simulation.people,
    places: province.places.count,
    visits: 0,
    withoutExit: 0,
    infections: 0,
  }
  const progress = reportProgress(say)
  for await (const part of stays) {
    written.withoutExit += file.add(part)
    written.visits += part.count
    progress(written.visits)
  }
  file.close()
  if (outbreak) {
    writeTruth(province, outbreak, calendar, folder)
    written.infections = outbreak.infections.length
  }
  return written
}

/** How far it is, every other second. */
export function reportProgress(say: (line: string) => void) {
  const began = performance.now()
  let said = began
  return (visits: number) => {
    const now = performance.now()
    if (now - said < 2000) return
    said = now
    const rate = Math.round(visits / ((now - began) / 1000))
    say(`${visits.toLocaleString('en')} visits, ${rate.toLocaleString('en')}/s`)
  }
}

/** people.csv and places.csv alone. */
export function writeProvince(province: Province, calendar: Calendar, folder: string) {
  mkdirSync(folder, { recursive: true })
  writePeople(province, calendar, join(folder, 'people.csv'))
  writePlaces(province, join(folder, 'places.csv'))
}

// ---------------------------------------------------------------- people

type Weighted = [string, number][]
type BySex = Record<'male' | 'female', Weighted>

const NAMES = new URL('../../../data/people/names.json', import.meta.url)

function chooser(list: Weighted) {
  const sums = Float64Array.from(list, ([, weight]) => weight)
  for (let at = 1; at < sums.length; at++) sums[at]! += sums[at - 1]!
  return (share: number) => list[positionOf(sums, 0, sums.length, share)]![0]
}

/** A prefix of a network with hardly any subscribers: nobody is to be rung up because of an invented person. */
const PREFIXES = ['0592', '0593', '0598', '0599']
const A_PREFIX = 1_000_000
/** No province has this number on identity cards. */
const NO_PROVINCE = '099'

function writePeople({ people, communes, seed }: Province, calendar: Calendar, path: string) {
  const { surnames, middles, givens } = JSON.parse(readFileSync(NAMES, 'utf8')) as {
    surnames: Weighted
    middles: BySex
    givens: BySex
  }
  const surname = chooser(surnames)
  const [middle, given] = [middles, givens].map(({ male, female }) => [chooser(female), chooser(male)]) as [
    [(share: number) => string, (share: number) => string],
    [(share: number) => string, (share: number) => string],
  ]
  const file = new CsvFile(path, 'ref,name,birth,sex,phone,id_number,area,address')
  for (let person = 0; person < people.count; person++) {
    const household = people.household[person]!
    const age = people.age[person]!
    const sex = people.isMale[person] as 0 | 1
    const born = calendar.day(-Math.floor((age + chanceOf(seed, 51, person)) * 365.2425) - 1)
    const name = [
      surname(chanceOf(seed, 52, household)),
      middle[sex](chanceOf(seed, 53, person)),
      given[sex](chanceOf(seed, 54, person)),
    ].join(' ')
    const hasPhone = chanceOf(seed, 55, person) < (age < 13 ? 0 : age < 18 ? 0.5 : age < 65 ? 0.9 : 0.55)
    const prefix = PREFIXES[Math.floor(person / A_PREFIX)]
    const phone = hasPhone && prefix ? prefix + String(person % A_PREFIX).padStart(6, '0') : ''
    const century = Number(born.slice(0, 4)) < 2000 ? 1 - sex : 3 - sex
    const number = `${NO_PROVINCE}${century}${born.slice(2, 4)}${String(person % 1_000_000).padStart(6, '0')}`
    file.add(
      personRef(person),
      name,
      born,
      sex ? 'male' : 'female',
      phone,
      age < 14 ? '' : number,
      communes[people.commune[person]!]!.code,
      `${1 + (household % 300)} Đường số ${1 + Math.floor(household / 300)}`,
    )
  }
  file.close()
}

// ---------------------------------------------------------------- places

/** About a kilometre and a half around the middle of the commune. */
const SPREAD_DEGREES = 0.03

function writePlaces({ places, communes, seed }: Province, path: string) {
  const file = new CsvFile(path, 'ref,name,kind,area,address,lat,lon,sector,phone')
  for (let place = 0; place < places.count; place++) {
    const { code, name } = kindList[places.kind[place]!]!
    const commune = communes[places.commune[place]!]!
    const degrees = (middle: number, turn: number) =>
      (middle + SPREAD_DEGREES * (chanceOf(seed, turn, place) - 0.5)).toFixed(5)
    file.add(
      placeRef(place),
      `${name} ${place + 1}`,
      code,
      commune.code,
      `${1 + (place % 300)} Đường số ${1 + Math.floor(place / 300)}`,
      degrees(commune.lat, 56),
      degrees(commune.lon, 57),
      '',
      '',
    )
  }
  file.close()
}

// ---------------------------------------------------------------- the truth

/** Beside the files that imports take, in a folder of its own. */
export function writeTruth(
  { places }: Province,
  { infections }: Outbreak,
  calendar: Calendar,
  folder: string,
) {
  mkdirSync(join(folder, 'truth'), { recursive: true })
  const file = new CsvFile(
    join(folder, 'truth', 'infections.csv'),
    'person,infected_by,generation,setting,place,together_from,together_to,infected_at,infectious_from,infectious_to,onset',
  )
  for (const infection of infections) {
    const { person, by, generation, place, from, to, at } = infection
    const moments = by === null ? ['', '', ''] : [from, to, at].map((moment) => calendar.moment(moment))
    const setting = place !== null ? kindList[places.kind[place]!]!.code : by === null ? 'index' : 'household'
    file.add(
      personRef(person),
      by === null ? '' : personRef(by),
      generation,
      setting,
      place === null ? '' : placeRef(place),
      ...moments,
      calendar.day(infection.infectiousFrom),
      calendar.day(infection.infectiousTo),
      infection.onset === null ? '' : calendar.day(infection.onset),
    )
  }
  file.close()
}
