import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, type Decoding, openDecodingPage, type Read, type Scene } from '../e2e/stage/decoding.ts'
import type { Measure, Settings } from './main.ts'

const PHOTOS = join(import.meta.dirname, '../e2e/test-data/photos')
const PASSES = 5
const BOUND_MS = 50

/** As long as a code with a signature: version 8. */
const CODE = codeOf('7190382645'.repeat(46)).data

const SIZES: [width: number, height: number][] = [
  [640, 480],
  [1280, 720],
]

/**
 * What a frame of the camera costs in this machine's Chromium, beside zxing-wasm alone on the same frame; and how
 * many photographed codes each reads (`LACHAN_QR_IMAGES` names a folder with more of them).
 */
export async function decode({ seconds, say }: Settings): Promise<Measure[]> {
  const folder = process.env.LACHAN_QR_IMAGES ?? PHOTOS
  const decoding = await openDecodingPage(folder)
  const rounds = Math.max(2, Math.round(seconds / 2))
  const measures: Measure[] = []
  try {
    for (const [width, height] of SIZES) {
      const scene: Scene = { frame: [width, height], noise: 20 }
      say(`decode: ${width} × ${height} …`)
      const { times } = await decoding.ours(scene, rounds * PASSES)
      // The first frame of each kind warms the engine up.
      const ours = times.slice(PASSES)
      const alone = await aloneOn(decoding, scene, rounds)
      const withCode = { ...scene, code: CODE, side: 300, blur: 1 }
      const found = await foundIn(decoding, withCode, rounds)
      const size = `${width} × ${height}`
      measures.push(
        {
          what: `${size}: a frame without a code, median`,
          value: median(ours),
          unit: 'ms',
          of: `${BOUND_MS} ms`,
          detail: `slowest kind of look ${median(slowest(ours)).toFixed(1)} ms, bound ${BOUND_MS} ms`,
        },
        { what: `${size}: the same, zxing-wasm alone`, value: median(alone), unit: 'ms' },
        {
          what: `${size}: until a code is read`,
          value: median(found.map(({ times }) => times.reduce((sum, one) => sum + one, 0))),
          unit: 'ms',
          detail: `${Math.max(...found.map(({ times }) => times.length))} frames at most`,
        },
        {
          what: `${size}: the same, zxing-wasm alone`,
          value: median(await aloneOn(decoding, withCode, rounds)),
          unit: 'ms',
        },
      )
    }
    const photos = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.png'),
    )
    say(`decode: ${photos.length} photographs …`)
    const read = { ours: 0, alone: 0, lost: [] as string[] }
    for (const photo of photos) {
      const [ours, alone] = [(await decoding.ours({ photo })).text, (await decoding.alone({ photo })).text]
      if (ours) read.ours++
      if (alone) read.alone++
      if (alone && !ours) read.lost.push(photo)
    }
    measures.push({
      what: `photographs read, of ${photos.length}`,
      value: read.ours,
      unit: '',
      of: `${read.alone} by zxing-wasm alone`,
      detail: `zxing-wasm alone ${read.alone}; ${read.lost.length ? `lost ${read.lost.join(', ')}` : 'none lost'}`,
    })
    return measures
  } finally {
    await decoding.close()
  }
}

async function foundIn(decoding: Decoding, scene: Scene, rounds: number) {
  const found: Read[] = []
  for (let round = 0; round < rounds; round++) found.push(await decoding.ours(scene))
  return found
}

async function aloneOn(decoding: Decoding, scene: Scene, rounds: number) {
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) times.push(...(await decoding.alone(scene)).times)
  return times.slice(1)
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** Each fifth frame is looked at in the same way; those of the way that takes longest. */
function slowest(times: number[]) {
  const kinds = Array.from({ length: PASSES }, (_, kind) => times.filter((_, at) => at % PASSES === kind))
  return kinds.toSorted((a, b) => median(b) - median(a))[0]!
}
