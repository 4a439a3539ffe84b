/**
 * Turns charging sessions of electric cars into stays that `lachan import visits` takes: the user is the person,
 * the garage the place, plug-in to plug-out the stay.
 *
 *   in:  ;-separated, with User_ID, Garage_ID, Start_plugin and End_plugout (21.12.2018 10:20, time in Norway; NA: open)
 *   out: person,place,in,out
 *
 *   node_modules/.bin/node bench/trondheim.ts < sessions.csv | npx lachan import visits - --create-missing
 *
 * A session that was never closed keeps an empty exit, which La Chan estimates.
 */
import { createInterface } from 'node:readline'

const WANTED = ['User_ID', 'Garage_ID', 'Start_plugin', 'End_plugout']
const ZONE = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Oslo', timeZoneName: 'longOffset' })

/** ISO 8601 with the offset of Norway at that time; an hour that came twice is taken for its first coming. */
export function withOffset(text: string): string {
  const [, day, month, year, time] = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d)$/.exec(text) ?? []
  if (!time) throw new Error(`"${text}" is no time like 21.12.2018 10:20`)
  const local = `${year}-${month}-${day}T${time}:00`
  // Summer time lies ahead of the sun, so it is the earlier of the two readings.
  for (const offset of ['+02:00', '+01:00'])
    if (offsetAt(Date.parse(local + offset)) === offset) return local + offset
  return `${local}+01:00` // an hour that was skipped in spring
}

const offsetAt = (moment: number) =>
  ZONE.formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.replace('GMT', '')

export async function* stays(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let columns: number[] | undefined
  for await (const line of lines) {
    const cells = line.replace(/^\ufeff/, '').split(';')
    if (!columns) {
      columns = WANTED.map((name) => cells.indexOf(name))
      if (columns.includes(-1)) throw new Error(`The first line has to name ${WANTED.join(', ')}`)
      yield 'person,place,in,out'
      continue
    }
    const [person, place, start = '', end = ''] = columns.map((at) => cells[at] ?? '')
    yield [person, place, withOffset(start), end === 'NA' || end === '' ? '' : withOffset(end)].join(',')
  }
}

if (import.meta.main) {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of stays(lines)) process.stdout.write(`${line}\n`)
}
