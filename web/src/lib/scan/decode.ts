import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { cutOf, PASSES } from './passes.ts'
import type { Answered, Asked } from './worker.ts'

type Frame = HTMLVideoElement | HTMLCanvasElement

/** Reads a QR code from what the camera shows. Each call looks in another way; see `PASSES`. */
export interface Decoder {
  read(frame: Frame): Promise<string | null>
  close(): void
}

interface NativeDetector {
  detect(source: Frame): Promise<{ rawValue: string }[]>
}
interface NativeDetectorClass {
  new (options: { formats: string[] }): NativeDetector
  getSupportedFormats(): Promise<string[]>
}

const MOST_FAILURES = 3

/** The phone's own reader where it has one (Android), else our own copy of zxing, fetched only then. */
export async function createDecoder(): Promise<Decoder> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector
  const formats = (await Native?.getSupportedFormats().catch(() => null)) ?? []
  return Native && formats.includes('qr_code')
    ? nativeDecoder(new Native({ formats: ['qr_code'] }))
    : createOwnDecoder()
}

/** Some phones promise a reader and lack the service behind it: ours takes over. */
function nativeDecoder(detector: NativeDetector): Decoder {
  let failures = 0
  let other: Decoder | undefined
  return {
    async read(frame) {
      if (other) return other.read(frame)
      try {
        const [found] = await detector.detect(frame)
        failures = 0
        return found?.rawValue || null
      } catch {
        if (++failures >= MOST_FAILURES) other = await createOwnDecoder()
        return null
      }
    },
    close: () => other?.close(),
  }
}

async function createOwnDecoder(): Promise<Decoder> {
  const reader = await startWorker().catch(readHere)
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let turn = 0
  return {
    async read(frame) {
      const isVideo = frame instanceof HTMLVideoElement
      const width = isVideo ? frame.videoWidth : frame.width
      const height = isVideo ? frame.videoHeight : frame.height
      if (!context || width === 0 || height === 0) return null
      const pass = turn
      const { x, y, w, h, toWidth, toHeight } = cutOf(PASSES[pass]!, width, height)
      canvas.width = toWidth
      canvas.height = toHeight
      context.drawImage(frame, x, y, w, h, 0, 0, toWidth, toHeight)
      const text = await reader.read(context.getImageData(0, 0, toWidth, toHeight), pass)
      // What has read a code reads the next one, too: people hold theirs alike.
      if (text === null) turn = (turn + 1) % PASSES.length
      return text
    },
    close: reader.close,
  }
}

interface Reader {
  read(picture: ImageData, pass: number): Promise<string | null>
  close(): void
}

async function startWorker(): Promise<Reader> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const ask = (asked: Asked, moved: Transferable[] = []) =>
    new Promise<string | null>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answered>) =>
        'failed' in data ? reject(new Error(data.failed)) : resolve(data.text)
      worker.onerror = () => reject(new Error('The worker does not start'))
      worker.postMessage(asked, moved)
    })
  try {
    await ask({ wasm: new URL(wasm, location.href).href })
  } catch (error) {
    worker.terminate()
    throw error
  }
  return {
    read: (picture, pass) => ask({ picture, pass }, [picture.data.buffer]),
    close: () => worker.terminate(),
  }
}

/** Browsers from before workers could import modules read on the page itself. */
async function readHere(): Promise<Reader> {
  const { prepare, read } = await import('./zxing.ts')
  await prepare(wasm)
  return { read, close: () => {} }
}
