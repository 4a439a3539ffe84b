import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runSimulation } from './command.ts'
import { type Simulation, simulate, writeFiles } from './index.ts'
import { kindList } from './kinds.ts'
import { SHORTEST_MEETING } from './outbreak.ts'
import type { Province } from './province.ts'

const folder = mkdtempSync(join(tmpdir(), 'lachan-simulation-'))
after(() => rmSync(folder, { recursive: true }))

const WEEK: Simulation = {
  people: 10_000,
  days: 7,
  seed: 7,
  area: '56',
  from: '2026-01-05',
  exits: 1,
  outbreak: 20,
}
const DAY = 86_400
const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[values.length >> 1]!

let count = 0
let month: { province: Province; stays: { person: number; place: number; arrived: number; left: number }[] }

/** Writes the files of a simulation and reads them back as text. */
async function filesOf(simulation: Simulation) {
  const out = join(folder, String(count++))
  const written = await writeFiles(simulation, out, () => {})
  const paths = (readdirSync(out, { recursive: true }) as string[])
    .filter((path) => path.endsWith('.csv'))
    .sort()
  const text = Object.fromEntries(paths.map((path) => [path, readFileSync(join(out, path), 'utf8')]))
  const hash = createHash('sha256').update(JSON.stringify(text)).digest('hex')
  return { written, text, hash }
}

const rowsOf = (text: string) => {
  const [header, ...lines] = text.trimEnd().split('\n')
  const names = header!.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    assert.equal(cells.length, names.length, line)
    return Object.fromEntries(names.map((name, at) => [name, cells[at]!]))
  })
}

describe('the files', () => {
  const small = { ...WEEK, people: 300, days: 3, outbreak: 3 }

  test('are the same, byte by byte, for the same seed, and others for another', async () => {
    const one = await filesOf(small)
    assert.equal((await filesOf(small)).hash, one.hash)
    assert.notEqual((await filesOf({ ...small, seed: 8 })).hash, one.hash)
    assert.deepEqual(Object.keys(one.text), [
      'people.csv',
      'places.csv',
      'truth/infections.csv',
      'visits.csv',
    ])
  })

  test('have the rows that imports take, and the truth stays aside', async () => {
    const { text, written } = await filesOf(small)
    const people = rowsOf(text['people.csv']!)
    const places = rowsOf(text['places.csv']!)
    const visits = rowsOf(text['visits.csv']!)
    assert.deepEqual(Object.keys(people[0]!).join(), 'ref,name,birth,sex,phone,id_number,area,address')
    assert.deepEqual(Object.keys(places[0]!).join(), 'ref,name,kind,area,address,lat,lon,sector,phone')
    assert.deepEqual(Object.keys(visits[0]!).join(), 'person,place,in,out')
    assert.equal(people.length, 300)
    assert.equal(visits.length, written.visits)
    assert.equal(people[0]!.ref, 'p0000001')
    assert.equal(places[0]!.ref, 'l000001')
    const known = new Set([...people, ...places].map(({ ref }) => ref))
    assert.equal(known.size, people.length + places.length)
    for (const visit of visits) {
      assert.ok(known.has(visit.person) && known.has(visit.place))
      assert.match(visit.in!, /^2026-01-0[567]T\d\d:\d\d:\d\d\+07:00$/)
      assert.ok(Date.parse(visit.out!) > Date.parse(visit.in!))
    }
    const kinds = JSON.parse(
      readFileSync(new URL('../../../data/places/kinds.json', import.meta.url), 'utf8'),
    )
    const codes = new Set(kinds.map(({ code }: { code: string }) => code))
    assert.deepEqual(
      kindList.filter(({ code }) => !codes.has(code)),
      [],
    )
  })

  test('leave as many exits out as was asked for, and change nothing else', async () => {
    const all = rowsOf((await filesOf(small)).text['visits.csv']!)
    const half = await filesOf({ ...small, exits: 0.5 })
    const none = await filesOf({ ...small, exits: 0 })
    assert.equal(none.written.withoutExit, all.length)
    const known = rowsOf(half.text['visits.csv']!)
    const share = known.filter(({ out }) => out !== '').length / known.length
    assert.ok(Math.abs(share - 0.5) < 0.04, String(share))
    for (const [at, { out, ...rest }] of known.entries()) {
      const { out: left, ...others } = all[at]!
      assert.deepEqual(rest, others)
      if (out !== '') assert.equal(out, left)
    }
  })

  test('any size works, and what cannot be is said', async () => {
    for (const people of [1, 2, 7, 40]) await filesOf({ ...WEEK, people, days: 14, outbreak: 1 })
    const terminal = {
      say: () => {},
      misused: ({ en }: { en: string }) => new Error(en),
      language: 'en' as const,
    }
    const run = (options: Record<string, string>) =>
      runSimulation({ people: '5', days: '1', out: folder, ...options }, terminal)
    await assert.rejects(run({ area: '99999' }), /No province or commune/)
    await assert.rejects(run({ days: '0' }), /--days needs a whole number/)
    await assert.rejects(run({ from: '2026-02-30' }), /--from needs a day/)
    await assert.rejects(run({ exits: '1.5' }), /--exits needs/)
    await assert.rejects(run({ out: '' }), /--out needs/)
  })
})

describe('a month of twenty thousand people', () => {
  before(async () => {
    const { province, stays } = simulate({ ...WEEK, people: 20_000, days: 28, outbreak: 0 })
    month = { province, stays: [] }
    for await (const part of stays)
      for (let at = 0; at < part.count; at++)
        month.stays.push({
          person: part.person[at]!,
          place: part.place[at]!,
          arrived: part.arrived[at]!,
          left: part.left[at]!,
        })
  })

  test('about four stays a person and day, in households of three and a half', () => {
    const { province, stays } = month
    const each = stays.length / province.people.count / 28
    assert.ok(each > 3.7 && each < 4.3, String(each))
    const size = province.people.count / (province.householdStarts.length - 1)
    assert.ok(size > 3.3 && size < 3.7, String(size))
  })

  test('a visit takes 42 minutes, school seven hours, work about eight', () => {
    const { province, stays } = month
    const { people, places } = province
    const visits: number[] = []
    const lessons: number[] = []
    const days = new Map<number, number>()
    for (const { person, place, arrived, left } of stays) {
      const { code } = kindList[places.kind[place]!]!
      if (people.workplace[person] !== place) {
        if (code !== 'vehicle') visits.push((left - arrived) / 60)
      } else if (code === 'school' && people.age[person]! < 18) lessons.push((left - arrived) / 3600)
      else {
        const key = person * 100 + Math.floor(arrived / DAY)
        days.set(key, (days.get(key) ?? 0) + (left - arrived) / 3600)
      }
    }
    assert.ok(Math.abs(median(visits) - 42) < 3, String(median(visits)))
    assert.ok(Math.abs(median(lessons) - 7) < 0.3, String(median(lessons)))
    assert.ok(Math.abs(median([...days.values()]) - 8) < 0.6, String(median([...days.values()])))
  })

  test('places are popular after Zipf, and people stay near home', () => {
    const { province, stays } = month
    const shop = kindList.findIndex(({ code }) => code === 'shop')
    const visits = new Int32Array(province.places.count)
    let near = 0
    let all = 0
    for (const { person, place } of stays) {
      if (province.people.workplace[person] === place) continue
      if (province.places.kind[place] === shop) visits[place]!++
      all++
      if (province.places.commune[place] === province.people.commune[person]) near++
    }
    assert.ok(near / all > 0.7 && near / all < 0.95, String(near / all))
    const ranked = [...visits].filter((number) => number > 0).sort((one, other) => other - one)
    const slope = slopeOf(
      ranked.slice(0, ranked.length >> 1).map((number, at) => [Math.log(at + 1), Math.log(number)]),
    )
    assert.ok(slope < -0.6 && slope > -1.3, String(slope))
  })

  test('nobody is in two places at once', () => {
    const latest = new Int32Array(month.province.people.count)
    for (const { person, arrived, left } of month.stays) {
      assert.ok(left - arrived >= 180)
      assert.ok(arrived > latest[person]! || latest[person] === 0, `person ${person} at ${arrived}`)
      latest[person] = left
    }
  })

  test('nobody is at a place that is closed, nor at an event of another day', () => {
    const { places } = month.province
    for (const { place, arrived, left } of month.stays) {
      const { opens, closes } = kindList[places.kind[place]!]!
      const midnight = Math.floor(arrived / DAY) * DAY
      if (closes - opens < DAY)
        assert.ok(arrived >= midnight + opens && left <= midnight + closes, `${place} at ${arrived}`)
      if (places.day[place]! >= 0) assert.equal(places.day[place], midnight / DAY)
    }
  })

  test('weekends are other days, and somebody works at night', () => {
    const { province, stays } = month
    const atSchool = stays.filter(
      ({ person, place }) => province.people.age[person]! < 15 && province.people.workplace[person] === place,
    )
    assert.ok(atSchool.length > 0)
    assert.ok(atSchool.every(({ arrived }) => province.weekdayOf(Math.floor(arrived / DAY)) < 5))
    assert.ok(stays.some(({ arrived, left }) => Math.floor(left / DAY) > Math.floor(arrived / DAY)))
  })
})

describe('the outbreak', () => {
  test('everybody was infected by somebody infectious who was there for a quarter of an hour', async () => {
    const { text } = await filesOf({ ...WEEK, people: 8000, days: 21 })
    const infections = rowsOf(text['truth/infections.csv']!)
    const byPerson = new Map(infections.map((infection) => [infection.person, infection]))
    assert.equal(byPerson.size, infections.length)
    assert.equal(infections.filter(({ generation }) => generation === '0').length, WEEK.outbreak)
    assert.ok(infections.length > 3 * WEEK.outbreak, `${infections.length} infections`)

    const stays = new Map<string, [string, number, number][]>()
    for (const { person, place, in: arrived, out } of rowsOf(text['visits.csv']!))
      if (byPerson.has(person!)) {
        const own = stays.get(person!) ?? []
        own.push([place!, Date.parse(arrived!), Date.parse(out!)])
        stays.set(person!, own)
      }
    const homes = new Map(
      rowsOf(text['people.csv']!).map(({ ref, area, address }) => [ref, `${area} ${address}`]),
    )
    const isThere = (person: string, place: string, from: number, to: number) =>
      stays.get(person)!.some(([at, arrived, left]) => at === place && arrived <= from && left >= to)
    const settings = new Set<string>()
    for (const infection of infections) {
      const {
        person,
        infected_by: by,
        setting,
        place,
        together_from,
        together_to,
        infected_at,
        onset,
      } = infection
      settings.add(setting!)
      if (onset !== '') assert.ok(onset! > infection.infectious_from!)
      if (setting === 'index') continue
      const [from, to, at] = [together_from!, together_to!, infected_at!].map((text) => Date.parse(text)) as [
        number,
        number,
        number,
      ]
      const source = byPerson.get(by!)!
      assert.equal(Number(infection.generation), Number(source.generation) + 1)
      assert.ok(from < at && at <= to)
      const day = together_from!.slice(0, 10)
      assert.ok(source.infectious_from! <= day && day <= source.infectious_to!, 'the source was infectious')
      assert.ok(infection.infectious_from! > day)
      if (setting === 'household') assert.equal(homes.get(person!), homes.get(by!))
      else {
        assert.ok(to - from >= SHORTEST_MEETING * 1000 && at - from >= SHORTEST_MEETING * 1000)
        assert.ok(
          isThere(person!, place!, from, to) && isThere(by!, place!, from, to),
          `${person} at ${place}`,
        )
      }
    }
    for (const setting of ['household', 'school', 'restaurant', 'market'])
      assert.ok(settings.has(setting), setting)
  })
})

function slopeOf(points: [number, number][]) {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}
