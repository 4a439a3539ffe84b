import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { loadKeys } from '../server/src/platform/keys.ts'
import { withCluster } from './cluster.ts'
import type { Measure, Settings } from './main.ts'
import { copyStays, insertRefs, inventStays, isoOf, type Stays } from './stays.ts'

const CLI = fileURLToPath(new URL('../server/src/cli.ts', import.meta.url))
const ROWS = 1_000_000

function* csv({ count, person, place, arrived, left }: Stays) {
  yield 'person,place,in,out\n'
  for (let at = 0; at < count; ) {
    let text = ''
    for (const end = Math.min(at + 1000, count); at < end; at++)
      text += `p-${person[at]},c-${place[at]},${isoOf(arrived[at]!)},${isoOf(left[at]!)}\n`
    yield text
  }
}

/** The command line reads, checks and writes a file of visits; beside it COPY of the same rows, unchecked, into the same table. */
export async function imports({ size = ROWS, say }: Settings): Promise<Measure[]> {
  say(`import: inventing ${size.toLocaleString('en')} rows …`)
  const stays = inventStays(size)
  const copied = await withCluster(async ({ sql }) => {
    await insertRefs(sql, stays)
    const distinct = firstOfEach(stays)
    const began = performance.now()
    await copyStays(sql, 'visits', distinct)
    return distinct.count / ((performance.now() - began) / 1000)
  })
  return withCluster(async ({ folder, url, sql }) => {
    await insertRefs(sql, stays)
    const file = join(folder, 'visits.csv')
    await pipeline(Readable.from(csv(stays)), createWriteStream(file))
    const { rate, megabytes, counts } = await runImport(file, url, folder)
    if (counts.written + counts.repeated !== size)
      throw new Error(`Of ${size} rows came back ${JSON.stringify(counts)}`)
    return [
      {
        what: 'rows from CSV, checked and written',
        value: rate,
        unit: 'rows/s',
        detail: `bar: ≥ 50,000; at most ${megabytes} MB resident`,
      },
      { what: 'COPY of the same rows', value: copied, unit: 'rows/s' },
      { what: 'import / COPY', value: rate / copied, unit: '×', detail: 'bar: ≥ 0.25' },
    ]
  })
}

/** COPY stops at a key that is there already: the same person at the same place in the same second. */
function firstOfEach(stays: Stays): Stays {
  const seen = new Set<string>()
  const kept = Array.from({ length: stays.count }, (_, at) => at).filter((at) => {
    const key = `${stays.person[at]} ${stays.place[at]} ${stays.arrived[at]}`
    return !seen.has(key) && seen.add(key)
  })
  const pick = (column: Int32Array) => Int32Array.from(kept, (at) => column[at]!)
  const { person, place, arrived, left } = stays
  return {
    ...stays,
    count: kept.length,
    person: pick(person),
    place: pick(place),
    arrived: pick(arrived),
    left: pick(left),
  }
}

async function runImport(file: string, url: string, folder: string) {
  const keyFile = join(folder, 'keys.json')
  loadKeys(keyFile, { create: true })
  const env = {
    ...process.env,
    DATABASE_URL: url,
    LACHAN_DATA: folder,
    LACHAN_KEY_FILE: keyFile,
    LACHAN_DEMO: 'off',
  }
  const began = performance.now()
  const child = spawn(process.execPath, [CLI, 'import', 'visits', file], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  let megabytes = 0
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    megabytes = Math.max(megabytes, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024))
  }, 200)
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(`The import ended with ${code}: ${out}`)
  const counts = JSON.parse(out) as { read: number; written: number; repeated: number }
  return { rate: counts.read / ((performance.now() - began) / 1000), megabytes, counts }
}
