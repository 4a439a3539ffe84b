import type { ReaderOptions } from 'zxing-wasm/reader'

/** One way of looking at a picture of the camera. */
interface Pass {
  /** How much of the shorter side the square in the middle takes; 0 is the whole picture. */
  middle: number
  /** So many pixels the longer side has at most; small cuts are enlarged up to twice. */
  longest: number
  enlarge?: boolean
  /** Spreads what little difference a dark or pale picture has. */
  stretch?: boolean
  options: ReaderOptions
}

const QR: ReaderOptions = {
  formats: ['QRCode'],
  maxNumberOfSymbols: 1,
  textMode: 'Plain',
  // The three corners of a QR code show which way it is turned.
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
}

/**
 * One pass a picture, in turn: a code that is held well is read by the first or the second, and the next picture is
 * never far away. Together they read more than one thorough look, and none keeps the processor for long.
 */
export const PASSES: readonly Pass[] = [
  { middle: 0.85, longest: 640, options: { ...QR, tryHarder: false } },
  { middle: 0, longest: 1280, options: { ...QR, tryDownscale: true } },
  { middle: 0.85, longest: 640, stretch: true, options: { ...QR, tryInvert: true, tryDenoise: true } },
  {
    middle: 0,
    longest: 800,
    stretch: true,
    options: { ...QR, tryInvert: true, tryDownscale: true, downscaleFactor: 2, downscaleThreshold: 200 },
  },
  { middle: 1, longest: 900, enlarge: true, options: { ...QR, binarizer: 'GlobalHistogram' } },
]

/** What of a picture a pass looks at, and how large. */
export function cutOf({ middle, longest, enlarge }: Pass, width: number, height: number) {
  const side = Math.round(Math.min(width, height) * middle)
  const [w, h] = side ? [side, side] : [width, height]
  const scale = Math.min(enlarge ? 2 : 1, longest / Math.max(w, h))
  return {
    x: (width - w) >> 1,
    y: (height - h) >> 1,
    w,
    h,
    toWidth: Math.max(1, Math.round(w * scale)),
    toHeight: Math.max(1, Math.round(h * scale)),
  }
}

/** A picture has enough difference in it when black and white are this far apart. */
const ENOUGH = 140

/** Makes the darkest black and the brightest white, leaving out the outermost hundredth. In place, in grey. */
export function stretch({ data }: ImageData) {
  const counts = new Uint32Array(256)
  const brightness = (at: number) => (data[at]! * 77 + data[at + 1]! * 151 + data[at + 2]! * 28) >> 8
  const STEP = 4 * 7
  for (let at = 0; at + 3 < data.length; at += STEP) counts[brightness(at)]!++
  const few = data.length / STEP / 100
  const bound = (from: number, step: number) => {
    let level = from
    let seen = counts[level]!
    while (seen <= few && level + step >= 0 && level + step <= 255) {
      level += step
      seen += counts[level]!
    }
    return level
  }
  const darkest = bound(0, 1)
  const brightest = bound(255, -1)
  if (brightest - darkest >= ENOUGH || brightest <= darkest) return
  const factor = 255 / (brightest - darkest)
  for (let at = 0; at + 3 < data.length; at += 4)
    // The array clamps what lies beyond 0 and 255.
    data[at] = data[at + 1] = data[at + 2] = (brightness(at) - darkest) * factor
}
