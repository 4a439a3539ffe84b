import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { encode } from 'uqr'
import { launchOptions } from './browser.ts'

const SCAN = join(import.meta.dirname, '../../web/src/lib/scan')

// The web app's own bundler, as the web app finds it.
const ofWeb = createRequire(join(SCAN, '../../../package.json'))

type Bundle = { output: { fileName: string; code?: string; source?: string | Uint8Array }[] }
type Build = (settings: object) => Promise<Bundle | Bundle[]>

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
}
const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>Decoding</title>'

/** A photograph as it is or within a frame of the camera; or a code held before the camera in some light. */
export interface Scene {
  photo?: string
  code?: boolean[][]
  frame?: [width: number, height: number]
  /** Pixels of the code's side, of blur and of noise; the angle; the grey of its dots and of what is around them. */
  side?: number
  blur?: number
  turned?: number
  grey?: [dots: number, paper: number]
  noise?: number
}

export interface Read {
  text: string | null
  times: number[]
}

interface Reading {
  /** Our way of reading, which has so many frames for it. */
  ours(scene: Scene, frames: number): Promise<Read>
  /** zxing-wasm alone, with the settings it comes with. */
  alone(scene: Scene): Promise<Read>
}

declare global {
  var reading: Reading
}

/** A code as a phone of ours shows it: as dense as it can be, for it is read from a bright screen. */
export const codeOf = (digits: string) => encode(digits, { ecc: 'L', boostEcc: false, border: 4 })

/** As many frames as a camera shows in a second. */
const FRAMES = 15

export interface Decoding {
  page: Page
  ours(scene: Scene, frames?: number): Promise<Read>
  alone(scene: Scene): Promise<Read>
  close(): Promise<void>
}

/** A page in real Chromium with the scanner's reader as the web app bundles it, and with files from a folder. */
export async function openDecodingPage(folder: string): Promise<Decoding> {
  const files = await bundle()
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url ?? '/').slice(1)
    const found =
      path === '' ? PAGE : (files.get(path) ?? (await readFile(join(folder, path)).catch(() => null)))
    response.setHeader('content-type', path === '' ? 'text/html' : (TYPES[extname(path)] ?? 'text/plain'))
    response.statusCode = found === null ? 404 : 200
    response.end(found)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch(launchOptions)
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.evaluate(prepare, [...files.keys()].find((name) => name.endsWith('.wasm'))!)
  return {
    page,
    ours: (scene, frames = FRAMES) =>
      page.evaluate(([one, count]) => reading.ours(one, count), [scene, frames] as const),
    alone: (scene) => page.evaluate((one) => reading.alone(one), scene),
    async close() {
      await browser.close()
      server.close()
    },
  }
}

async function bundle(): Promise<Map<string, string | Uint8Array>> {
  const { build } = (await import(ofWeb.resolve('vite'))) as { build: Build }
  const built = await build({
    root: SCAN,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          decode: join(SCAN, 'decode.ts'),
          alone: fileURLToPath(import.meta.resolve('zxing-wasm/reader')),
        },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  return new Map(
    outputs.flatMap(({ output }) =>
      output.map((file) => [file.fileName, file.code ?? file.source ?? ''] as const),
    ),
  )
}

/** Runs in the page. */
async function prepare(wasm: string) {
  const at = (path: string): string => new URL(path, location.href).href
  // Ours is measured, also where the browser has a reader of its own.
  Reflect.deleteProperty(globalThis, 'BarcodeDetector')
  const { createDecoder } = await import(at('decode.js'))
  const { prepareZXingModule, readBarcodes } = await import(at('alone.js'))
  await prepareZXingModule({ overrides: { locateFile: () => at(wasm) }, fireImmediately: true })

  async function draw({
    photo,
    code,
    frame,
    side = 300,
    blur = 0,
    turned = 0,
    grey = [20, 235],
    noise = 0,
  }: Scene) {
    const canvas = document.createElement('canvas')
    const image = photo ? new Image() : undefined
    if (image) {
      image.src = at(photo!)
      await image.decode()
    }
    const [width, height] = frame ?? [image?.width ?? 640, image?.height ?? 480]
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d', { willReadFrequently: true })!
    const [dots, paper] = grey
    // Something is always behind what people hold: stripes and spots, the same every time.
    let seed = 1
    const random = () => {
      seed = (seed * 48271) % 2147483647
      return seed / 2147483647
    }
    const between = () => Math.round(dots + (paper - dots) * random())
    if (!image || frame)
      for (let spot = 0; spot < 400; spot++) {
        const level = between()
        context.fillStyle = `rgb(${level} ${level} ${level})`
        context.fillRect(random() * width - 40, random() * height - 40, random() * 120, random() * 120)
      }
    context.translate(width / 2, height / 2)
    context.rotate((turned * Math.PI) / 180)
    context.filter = blur ? `blur(${blur}px)` : 'none'
    if (image) {
      const scale = frame ? Math.min((0.8 * width) / image.width, (0.8 * height) / image.height) : 1
      const [w, h] = [image.width * scale, image.height * scale]
      context.drawImage(image, -w / 2, -h / 2, w, h)
    }
    if (code) {
      const screen = document.createElement('canvas')
      const DOT = 8
      screen.width = screen.height = code.length * DOT
      const ink = screen.getContext('2d')!
      for (const [y, row] of code.entries())
        for (const [x, isDot] of row.entries()) {
          const level = isDot ? dots : paper
          ink.fillStyle = `rgb(${level} ${level} ${level})`
          ink.fillRect(x * DOT, y * DOT, DOT, DOT)
        }
      context.drawImage(screen, -side / 2, -side / 2, side, side)
    }
    if (noise) {
      const picture = context.getImageData(0, 0, width, height)
      for (let pixel = 0; pixel < picture.data.length; pixel += 4) {
        const change = (random() - 0.5) * 2 * noise
        for (let channel = 0; channel < 3; channel++) picture.data[pixel + channel]! += change
      }
      context.putImageData(picture, 0, 0)
    }
    return canvas
  }

  globalThis.reading = {
    async ours(scene, frames) {
      const canvas = await draw(scene)
      const decoder = await createDecoder()
      const times: number[] = []
      let text: string | null = null
      try {
        while (text === null && times.length < frames) {
          const began = performance.now()
          text = await decoder.read(canvas)
          times.push(performance.now() - began)
        }
      } finally {
        decoder.close()
      }
      return { text, times }
    },
    async alone(scene) {
      const canvas = await draw(scene)
      const picture = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      const began = performance.now()
      const [found] = await readBarcodes(picture, { formats: ['QRCode'] })
      return { text: found?.text || null, times: [performance.now() - began] }
    },
  }
}
