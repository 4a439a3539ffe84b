import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import type { Installation } from '../installation.ts'
import { peopleImport } from '../modules/people/index.ts'
import { placesImport } from '../modules/places/index.ts'
import { lengthClass } from '../modules/visits/index.ts'
import { importCsv } from '../platform/csv-import.ts'
import type { Language } from '../platform/problem.ts'
import { Calendar, hasExit, personRef } from './csv.ts'
import { DAY, type Stays } from './days.ts'
import {
  AlreadyLoaded,
  reportProgress,
  type Simulation,
  simulate,
  type Written,
  writeProvince,
  writeTruth,
} from './index.ts'
import { mix } from './random.ts'

type Options = { say: (line: string) => void; language: Language; truth: string | undefined }

/**
 * Into the database without the way through files: people and places as imports write them, visits by COPY, which
 * believes what it is given and is the faster for it. For benchmarks and demos.
 */
export async function loadProvince(
  simulation: Simulation,
  { sql, context }: Installation,
  { say, language, truth }: Options,
): Promise<Written> {
  const [taken] = await sql`select from people where ref = ${personRef(0)}`
  if (taken) throw new AlreadyLoaded()
  const calendar = new Calendar(simulation.from)
  const { province, outbreak, stays } = simulate(simulation)
  const folder = await mkdtemp(join(tmpdir(), 'lachan-simulation-'))
  try {
    writeProvince(province, calendar, folder)
    const options = { errors: undefined, sql, context, language, say }
    await importCsv(peopleImport(), { ...options, input: join(folder, 'people.csv') })
    await importCsv(placesImport(), { ...options, input: join(folder, 'places.csv') })
  } finally {
    await rm(folder, { recursive: true })
  }
  const written: Written = {
    people: simulation.people,
    places: province.places.count,
    visits: 0,
    withoutExit: 0,
    infections: outbreak?.infections.length ?? 0,
  }
  const progress = reportProgress(say)
  const loader = await openLoader(sql, simulation, { asScans: false })
  for await (const part of stays) {
    written.withoutExit += await loader.add(part)
    written.visits += part.count
    progress(written.visits)
  }
  await loader.commit()
  loader.close()
  await sql`vacuum (analyze) visits, open_stays`
  if (outbreak && truth) {
    writeTruth(province, outbreak, calendar, truth)
    written.infections = outbreak.infections.length
  }
  return written
}

const IMPORTED = 2
const BY_GATE = 1
const ROOM = 1 << 18

/**
 * COPY of stays, side by side with that of those whose exit nobody scanned; or, `asScans`, with that of the scans from
 * which they would have been derived.
 */
export async function openLoader(
  sql: Installation['sql'],
  { from, days, seed, exits }: Pick<Simulation, 'from' | 'days' | 'seed' | 'exits'>,
  { asScans }: { asScans: boolean },
) {
  const midnight = Date.parse(`${from}T00:00:00+07:00`) / 1000
  const moment = (seconds: number) => new Date((midnight + seconds) * 1000)
  await sql`select ensure_weeks(${moment(0)}, ${moment((days + 1) * DAY)})`
  const idsOf = async (table: string) =>
    Int32Array.from(
      await sql<{ id: number }[]>`select id from ${sql(table)} where ref ~ '^[pl][0-9]+$' order by ref`,
      ({ id }) => id,
    )
  const [personIds, placeIds] = [await idsOf('people'), await idsOf('places')]
  const tables = [
    'visits (place_id, person_id, arrived_at, left_at, length, source)',
    'open_stays (place_id, person_id, arrived_at, source)',
    'scans (id, place_id, person_id, direction, at, received_at, source)',
  ]
  const connections = await Promise.all(tables.map(() => sql.reserve()))
  const streams = new Map<number, Writable>()
  const source = asScans ? BY_GATE : IMPORTED

  async function write(table: number, text: string) {
    if (text === '') return
    let stream = streams.get(table)
    if (!stream) {
      stream = await connections[table]!.unsafe(`copy ${tables[table]} from stdin`).writable()
      streams.set(table, stream)
    }
    if (!stream.write(text)) await once(stream, 'drain')
  }

  return {
    /** Returns how many have no exit. */
    async add({ count, person, place, arrived, left }: Stays) {
      let open = 0
      let texts = ['', '', '']
      for (let at = 0; at < count; at++) {
        const there = `${placeIds[place[at]!]}\t${personIds[person[at]!]}`
        const [begin, end] = [moment(arrived[at]!).toISOString(), moment(left[at]!).toISOString()]
        const isEnded = hasExit(seed, person[at]!, arrived[at]!, exits)
        if (isEnded)
          texts[0] += `${there}\t${begin}\t${end}\t${lengthClass(left[at]! - arrived[at]!)}\t${source}\n`
        else {
          texts[1] += `${there}\t${begin}\t${source}\n`
          open++
        }
        if (asScans) {
          texts[2] += `${uuidOf(person[at]!, arrived[at]!)}\t${there}\t1\t${begin}\t${begin}\t1\n`
          if (isEnded) texts[2] += `${uuidOf(person[at]!, left[at]!)}\t${there}\t-1\t${end}\t${end}\t1\n`
        }
        if (texts[0]!.length + texts[1]!.length < ROOM && at < count - 1) continue
        await Promise.all(texts.map((text, table) => write(table, text)))
        texts = ['', '', '']
      }
      return open
    },

    /** What was added is there for all to see; more may follow. */
    async commit() {
      const finished = [...streams.values()].map((stream) => once(stream, 'finish'))
      for (const stream of streams.values()) stream.end()
      await Promise.all(finished)
      streams.clear()
    },

    close() {
      for (const connection of connections) connection.release()
    },
  }
}

function uuidOf(person: number, second: number) {
  const hex = [1, 2, 3, 4].map((turn) => mix(person, second, turn).toString(16).padStart(8, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}
