import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readCodes } from './qr.ts'

const run = promisify(execFile)

/** What poppler makes of a PDF. */
async function poppler(tool: 'pdftoppm' | 'pdftotext', ...args: string[]): Promise<Buffer> {
  try {
    return (await run(tool, args, { encoding: 'buffer', maxBuffer: 500_000_000 })).stdout
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error('Sheets are looked at with poppler: apt-get install poppler-utils', { cause: error })
  }
}

/** The first page of a PDF as a picture. */
export const photograph = (pdf: string) => poppler('pdftoppm', '-png', '-r', '60', '-singlefile', pdf)

/** Millimetres from the left and the upper edge of the paper. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

interface PrintedCode extends Box {
  text: string
  /** As wide as the ring around it is without any ink. */
  blank: number
}

export interface Paper {
  codes: PrintedCode[]
  /** Line by line, across the whole page. */
  words: (Box & { text: string })[]
}

const PIXELS_A_MM = 6
const MM_A_POINT = 25.4 / 72
/** What is as dark as this is ink. */
const INK = 128

/** The pages of a PDF as they come from the printer: what is read and measured on them. */
export async function print(pdf: string): Promise<Paper[]> {
  const resolution = String(PIXELS_A_MM * 25.4)
  const [pictures, written] = await Promise.all([
    poppler('pdftoppm', '-gray', '-r', resolution, pdf),
    poppler('pdftotext', '-bbox', pdf, '-'),
  ])
  const words = written.toString().split('<page ').slice(1).map(wordsOf)
  const pages: Paper[] = []
  for (const page of pagesOf(pictures))
    pages.push({ codes: await codesOn(page), words: words[pages.length]! })
  return pages
}

interface Picture {
  width: number
  height: number
  grey: Uint8Array
}

/** Netpbm's grey pictures follow each other without anything between. */
function* pagesOf(pictures: Buffer): Generator<Picture> {
  for (let at = 0; at < pictures.length; ) {
    const [head, width, height] = /^P5\s(\d+) (\d+)\s255\s/.exec(pictures.toString('latin1', at, at + 40))!
    const from = at + head.length
    at = from + Number(width) * Number(height)
    yield { width: Number(width), height: Number(height), grey: pictures.subarray(from, at) }
  }
}

function wordsOf(page: string) {
  const word = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g
  const words = [...page.matchAll(word)].map(([, ...said]) => {
    const [left, top, right, bottom] = said.slice(0, 4).map((points) => Number(points) * MM_A_POINT)
    return { left: left!, top: top!, right: right!, bottom: bottom!, text: said[4]! }
  })
  return words.sort((one, other) => one.top - other.top || one.left - other.left)
}

/** The outermost line of dots on each side of a box, and which way is outwards. */
const SIDES = {
  left: { line: (box: Box): Box => ({ ...box, right: box.left + 1 }), out: -1 },
  top: { line: (box: Box): Box => ({ ...box, bottom: box.top + 1 }), out: -1 },
  right: { line: (box: Box): Box => ({ ...box, left: box.right - 1 }), out: 1 },
  bottom: { line: (box: Box): Box => ({ ...box, top: box.bottom - 1 }), out: 1 },
}
const sides = Object.keys(SIDES) as (keyof Box)[]

function hasInk({ width, grey }: Picture, { left, top, right, bottom }: Box) {
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) if (grey[y * width + x]! < INK) return true
  return false
}

/** The reader finds corners to a dot or two: the edge of a code is where the ink ends. */
function fit(picture: Picture, box: Box) {
  for (const side of sides) {
    const { line, out } = SIDES[side]
    while (hasInk(picture, line(box))) box[side] += out
    while (!hasInk(picture, line(box))) box[side] -= out
  }
  return box
}

const convert = (box: Box, each: (dots: number, side: keyof Box) => number) =>
  Object.fromEntries(sides.map((side) => [side, each(box[side], side)])) as unknown as Box

function blankAround(picture: Picture, box: Box) {
  for (let by = 1; ; by++) {
    const grown = convert(box, (dots, side) => dots + by * SIDES[side].out)
    if (sides.some((side) => hasInk(picture, SIDES[side].line(grown)))) return by - 1
  }
}

async function codesOn(picture: Picture): Promise<PrintedCode[]> {
  const { width, height, grey } = picture
  const dots = Uint32Array.from(grey, (shade) => 0xff000000 | (shade * 0x010101))
  const data = new Uint8ClampedArray(dots.buffer)
  const found = await readCodes({ data, width, height, colorSpace: 'srgb' } as ImageData)
  return found.map(({ text, position: { topLeft, bottomRight } }) => {
    const { x: left, y: top } = topLeft
    const { x: right, y: bottom } = bottomRight
    const box = fit(picture, { left, top, right, bottom })
    const blank = blankAround(picture, box) / PIXELS_A_MM
    return { text, blank, ...convert(box, (dots) => dots / PIXELS_A_MM) }
  })
}
