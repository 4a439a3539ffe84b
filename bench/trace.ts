import { traceContacts } from '../server/src/modules/tracing/index.ts'
import { median, percentile, withCluster } from './cluster.ts'
import { timeOfTrace } from './command.ts'
import type { Measure, Settings } from './main.ts'
import { MemoryTrace } from './memory.ts'
import { BEGIN, copyStays, insertRefs, inventStays } from './stays.ts'

const SIZES = [100_000, 1_000_000]
const PERSONS = 60
const COMMANDS = 9
const MIN_OVERLAP = 900
const from = BEGIN + 5 * 86_400
const to = from + 14 * 86_400

/**
 * One hop over rows in PostgreSQL, as the product asks, beside the same over typed arrays in memory, and beside the
 * whole command `lachan trace`, which has to start first.
 */
export async function trace({ size, say }: Settings): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const count of size ? [size] : SIZES) {
    say(`trace: inventing and loading ${count.toLocaleString('en')} stays …`)
    const stays = inventStays(count)
    const memory = new MemoryTrace(stays)
    await withCluster(async ({ folder, sql, stop }) => {
      await insertRefs(sql, stays)
      await copyStays(sql, 'visits', stays)
      await sql`vacuum (analyze) visits, people, places`
      const step = Math.max(1, Math.floor(stays.people / PERSONS))
      const persons = Array.from({ length: PERSONS }, (_, at) => 1 + ((at * step) % stays.people))
      const inDatabase: number[] = []
      const inMemory: number[] = []
      let contacts = 0
      for (const round of ['warm', 'measured'])
        for (const person of persons) {
          const began = performance.now()
          const found = await traceContacts(sql, {
            person,
            from: new Date(from * 1000),
            to: new Date(to * 1000),
            minOverlapSeconds: MIN_OVERLAP,
            timeZone: 'Asia/Ho_Chi_Minh',
          })
          const between = performance.now()
          const expected = memory.contacts(person, from, to, MIN_OVERLAP)
          const ended = performance.now()
          if (
            found.length !== expected.size ||
            found.some(({ personId, overlapSeconds }) => expected.get(personId) !== overlapSeconds)
          )
            throw new Error(`Rows and memory do not agree on the contacts of p-${person}`)
          if (round === 'warm') continue
          inDatabase.push(between - began)
          inMemory.push(ended - between)
          contacts += found.length
        }
      const commands = async () => {
        const times: number[] = []
        for (const person of persons.slice(0, COMMANDS)) {
          const { milliseconds, contacts } = await timeOfTrace(folder, person, from, to)
          if (contacts !== memory.contacts(person, from, to, MIN_OVERLAP).size)
            throw new Error(`The command and memory do not agree on the contacts of p-${person}`)
          times.push(milliseconds)
        }
        return median(times)
      }
      const joining = await commands()
      await stop()
      const starting = await commands()
      const sized = `${(count / 1e6).toLocaleString('en')} M stays`
      const detail = `p95 ${percentile(inDatabase, 0.95).toFixed(1)} ms, ${Math.round(contacts / PERSONS)} contacts`
      measures.push(
        { what: `one hop in PostgreSQL, ${sized}`, value: median(inDatabase), unit: 'ms', detail },
        { what: `the same in memory, ${sized}`, value: median(inMemory), unit: 'ms' },
        {
          what: 'PostgreSQL / memory',
          value: median(inDatabase) / median(inMemory),
          unit: '×',
          detail: 'bar: ≤ 25',
        },
        {
          what: `lachan trace, whole command, ${sized}`,
          value: joining,
          unit: 'ms',
          detail: 'database running (bar: < 1,000)',
        },
        {
          what: 'the same',
          value: starting,
          unit: 'ms',
          detail: 'database started and stopped by the command',
        },
      )
    })
  }
  return measures
}
