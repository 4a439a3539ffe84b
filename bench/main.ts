/**
 * Benchmarks, each beside its bound or its peer in the same run, because absolute figures of a shared machine say
 * little. `npm run bench [-- name …] [-- --json] [-- --size N] [-- --seconds N]`. Each has a database of its own in
 * a temporary folder, and takes a minute or two unless told otherwise.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { crash } from './crash.ts'
import { decode } from './decode.ts'
import { followUp } from './follow-up.ts'
import { growth } from './growth.ts'
import { imports } from './import.ts'
import { offline } from './offline.ts'
import { pages } from './pages.ts'
import { retention } from './retention.ts'
import { scans } from './scans.ts'
import { trace } from './trace.ts'
import { truth } from './truth.ts'

export type Settings = { size: number | undefined; seconds: number; say: (line: string) => void }

/** One line of the table; `of` is what it is measured against. */
export type Measure = { what: string; value: number; unit: string; of?: string | undefined; detail?: string }

const benchmarks: Record<string, { about: string; run: (settings: Settings) => Promise<Measure[]> }> = {
  scans: { about: 'scans over HTTP, one by one and in bodies, each durable before its answer', run: scans },
  growth: { about: 'what one scan costs beside few stays and beside many', run: growth },
  crash: { about: 'server and database are killed under load', run: crash },
  offline: { about: 'a day at a gate without network, in Chromium, and what comes of it', run: offline },
  trace: {
    about: 'contacts over one hop and more, and of a thousand cases, in a simulated province',
    run: trace,
  },
  pages: { about: 'pages of a list of half a million contacts, narrowed and sorted', run: pages },
  'follow-up': {
    about: 'the call list, searches in it and the desk with half a million contacts',
    run: followUp,
  },
  truth: { about: 'what tracing finds of an outbreak of which everything is known', run: truth },
  decode: { about: 'QR codes in frames of a camera, in Chromium', run: decode },
  retention: { about: 'forgetting the oldest week of visits', run: retention },
  import: { about: 'visits.csv through the command line', run: imports },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    size: { type: 'string' },
    seconds: { type: 'string', default: '20' },
  },
})
const unknown = positionals.filter((name) => !Object.hasOwn(benchmarks, name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark "${unknown[0]}"; there are ${Object.keys(benchmarks).join(', ')}.\n`,
  )
  process.exit(2)
}

const say = (line: string) => void process.stderr.write(`${line}\n`)
const size = values.size === undefined ? undefined : Number(values.size)
const chosen = positionals.length > 0 ? positionals : Object.keys(benchmarks)
if (!values.json)
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}\n`)

for (const name of chosen) {
  const { about, run } = benchmarks[name]!
  const measures = await run({ size, seconds: Number(values.seconds), say })
  if (values.json)
    for (const measure of measures)
      process.stdout.write(`${JSON.stringify({ benchmark: name, ...measure })}\n`)
  else process.stdout.write(`\n${name}: ${about}\n${measures.map(line).join('')}`)
}

function line({ what, value, unit, detail = '' }: Measure) {
  const digits = value >= 100 ? 0 : value >= 1 ? 1 : 3
  const number = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `  ${what.padEnd(48)} ${number.padStart(12)} ${unit.padEnd(8)} ${detail}`.trimEnd().concat('\n')
}
