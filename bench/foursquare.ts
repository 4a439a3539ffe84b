/**
 * Turns check-ins without an exit into stays that `lachan import visits` takes.
 *
 *   in:  user,venue,category,local_hour      (a header, then e.g. 6358,3369,126,2012-04-04T02:00+08:00)
 *   out: person,place,in,out
 *
 *   zcat check-ins.csv.gz | node_modules/.bin/node bench/foursquare.ts [--stay MINUTES] | npx lachan import visits - --create-missing
 *
 * The hour is all that such data knows, and nobody checks out. A stay of one hour says just that: whoever checked
 * in at the same venue in the same hour was there together. A shorter one would claim a precision that is not there,
 * a longer one meetings that nobody reported. The stay ends earlier when the person checks in elsewhere meanwhile,
 * which can only happen with a longer `--stay`. With `--stay 0` the exit is left empty and La Chan estimates it.
 */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const HEADER = 'user,venue,category,local_hour'

type CheckIn = { venue: string; local: string; at: number }

/** Lines of visits.csv, a person after the other. */
export async function* stays(lines: AsyncIterable<string>, stayMinutes: number): AsyncGenerator<string> {
  const people = new Map<string, CheckIn[]>()
  let isHeader = true
  for await (const line of lines) {
    if (isHeader) {
      if (line !== HEADER) throw new Error(`The first line has to be ${HEADER}`)
      isHeader = false
      continue
    }
    const [user = '', venue = '', , local = ''] = line.split(',')
    const own = people.get(user) ?? []
    own.push({ venue, local, at: Date.parse(local) })
    people.set(user, own)
  }
  yield 'person,place,in,out'
  for (const [user, own] of people) {
    own.sort((one, other) => one.at - other.at)
    for (const [position, { venue, local, at }] of own.entries()) {
      const next = own
        .slice(position + 1, position + 50)
        .find((later) => later.venue !== venue && later.at > at)
      const left = Math.min(at + stayMinutes * 60_000, next?.at ?? Number.POSITIVE_INFINITY)
      yield `${user},${venue},${local},${stayMinutes === 0 ? '' : new Date(left).toISOString()}`
    }
  }
}

if (import.meta.main) {
  const { stay } = parseArgs({ options: { stay: { type: 'string', default: '60' } } }).values
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  let text = ''
  for await (const line of stays(lines, Number(stay))) {
    text += `${line}\n`
    if (text.length < 65_536) continue
    if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
    text = ''
  }
  process.stdout.write(text)
}
