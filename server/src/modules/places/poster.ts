import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'

export type Poster = {
  name: string
  address: string
  /** The unit and those above it. */
  area: string
  /** As it is read aloud: ABCD-EFGH. */
  code: string
  url: string
  /** Of the poster; an inspector who sees an older one knows that it was withdrawn. */
  version: number
  /** Who answers for the place. */
  owner: string | null
  /** When what the poster says last changed; its day is printed. */
  changedAt: Date
  day: string
}

/** Of this layout; it is printed, so that an inspector sees that an old poster is old. */
const LAYOUT = 2

const font = (path: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/be-vietnam-pro/${path}`)))
const fonts = {
  plain: font('400Regular/BeVietnamPro_400Regular.ttf'),
  bold: font('700Bold/BeVietnamPro_700Bold.ttf'),
}

/**
 * The code as modules, true where dark. Level Q: a quarter of it may be dirty or torn. At least version 4, so that
 * the blank border of four modules leaves room for the words.
 */
export const modulesOf = (url: string) => encode(url, { ecc: 'Q', minVersion: 4, border: 0 }).data

const QUIET = 4
const MM = 72 / 25.4
/** Of the code itself, without its blank border: 15 cm is what inspectors ask for. */
export const CODE_SIDE_MM = 152

/** Dark modules that follow each other in a row are one rectangle. */
function* runsOf(modules: readonly boolean[][]) {
  for (const [y, row] of modules.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      yield { x: from, y, width: x + 1 - from }
    }
  }
}

/** The code alone, at the size of the poster, for those who design their own. */
export function drawCode(url: string) {
  const modules = modulesOf(url)
  const side = modules.length + 2 * QUIET
  const millimetres = ((side * CODE_SIDE_MM) / modules.length).toFixed(2)
  const path = [...runsOf(modules)]
    .map(({ x, y, width }) => `M${x + QUIET} ${y + QUIET}h${width}v1h-${width}z`)
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${millimetres}mm" height="${millimetres}mm" viewBox="0 0 ${side} ${side}" role="img" shape-rendering="crispEdges"><title>${url.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</title><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>\n`
}

// — the sheet

type Doc = PDFKit.PDFDocument
type Face = keyof typeof fonts

const [WIDTH, HEIGHT] = [595.28, 841.89]
const MARGIN = 34
const INNER = WIDTH - 2 * MARGIN
const INK = '#111111'
const GREY = '#444444'

/** Lines no wider than `width`: broken at blanks, and inside a word only when it is wider than a line. */
function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && measure(`${line} ${word}`) <= width) {
      line = `${line} ${word}`
      continue
    }
    if (line) lines.push(line)
    line = ''
    for (const letter of word) {
      if (line && measure(line + letter) > width) {
        lines.push(line)
        line = ''
      }
      line += letter
    }
  }
  return [...lines, line]
}

type Box = { face: Face; most: number; least: number; lines: number; height: number }
const LEADING = 1.22

/** The largest size at which the text fits its box; a text too long for the least size ends in an ellipsis. */
function fit(doc: Doc, text: string, { face, most, least, lines, height }: Box) {
  doc.font(face)
  const measure = (part: string) => doc.widthOfString(part)
  for (let size = most; ; size--) {
    doc.fontSize(size)
    const found = wrap(text, INNER, measure)
    const room = Math.min(lines, Math.floor(height / (size * LEADING)))
    if (found.length <= room) return { face, size, found }
    if (size > least) continue
    const kept = found.slice(0, Math.max(1, room))
    let last = kept.pop()!
    while (measure(`${last}…`) > INNER) last = [...last].slice(0, -1).join('')
    return { face, size, found: [...kept, `${last}…`] }
  }
}

/** One line in the middle of `[x, x + width)`, its upper edge at `y`. */
function writeLine(
  doc: Doc,
  text: string,
  y: number,
  style: { face: Face; size: number; colour?: string; x?: number; width?: number; spacing?: number },
) {
  const { face, size, colour = INK, x = 0, width = WIDTH, spacing = 0 } = style
  doc.font(face).fontSize(size).fillColor(colour)
  const long = doc.widthOfString(text, { characterSpacing: spacing })
  doc.text(text, x + (width - long) / 2, y, { lineBreak: false, characterSpacing: spacing })
}

const heightOf = ({ size, found }: ReturnType<typeof fit>) => found.length * size * LEADING

/** Writes a fitted text and returns where it ends. */
function writeBlock(doc: Doc, { face, size, found }: ReturnType<typeof fit>, y: number, colour = INK) {
  for (const [at, line] of found.entries())
    writeLine(doc, line, y + at * size * LEADING, { face, size, colour })
  return y + heightOf({ face, size, found })
}

/** A poster of one A4 sheet. The same place gives the same bytes. */
export function drawPoster(poster: Poster): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: 'vi',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    font: null as never, // none of the built-in ones: they know no Vietnamese
    info: {
      Title: `${poster.name}: mã quét vào, ra`,
      CreationDate: poster.changedAt,
      ModDate: poster.changedAt,
    },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  for (const [face, bytes] of Object.entries(fonts)) doc.registerFont(face, bytes)
  drawSheet(doc, poster)
  doc.end()
  return done
}

function drawSheet(doc: Doc, poster: Poster) {
  const modules = modulesOf(poster.url)
  const side = CODE_SIDE_MM * MM
  const module = side / modules.length
  const quiet = QUIET * module
  const foot = HEIGHT - 28
  const codeTop = 172

  // The words above end where the blank border of the code begins; the name takes what address and unit leave.
  const above = codeTop - quiet - 20
  const address = fit(doc, poster.address, { face: 'plain', most: 13, least: 7, lines: 2, height: 20 })
  const area = fit(doc, poster.area, { face: 'plain', most: 12, least: 7, lines: 1, height: 16 })
  const details = heightOf(address) + heightOf(area) + 2
  const name = fit(doc, poster.name, { face: 'bold', most: 46, least: 7, lines: 3, height: above - details })

  const sheet = doc.struct('Document')
  doc.addStructure(sheet)
  let y = codeTop - quiet - details - heightOf(name)
  sheet.add(
    doc.struct('H1', {}, () => {
      y = writeBlock(doc, name, y)
    }),
  )
  sheet.add(
    doc.struct('P', {}, () => {
      y = writeBlock(doc, address, y + 2, GREY)
      writeBlock(doc, area, y, GREY)
    }),
  )

  sheet.add(
    doc.struct('Figure', { alt: `Mã QR của ${poster.url}`, bbox: [0, 0, side, side] } as never, () => {
      const left = (WIDTH - side) / 2
      for (const { x, y: row, width } of runsOf(modules))
        doc.rect(left + x * module, codeTop + row * module, width * module, module)
      doc.fill('#000000')
    }),
  )

  // Never larger than the name: that is what people look for first.
  const codeSize = Math.min(32, Math.max(18, name.size))
  const below = codeTop + side + quiet
  sheet.add(
    doc.struct('P', { actual: poster.code }, () => {
      writeLine(doc, poster.code, below - codeSize / 4, {
        face: 'bold',
        size: codeSize,
        spacing: codeSize / 8,
      })
    }),
  )
  drawSteps(doc, sheet, foot - 120)
  // The one who has no camera begins at the front page and types the short code there.
  const site = poster.url.replace(/^https?:\/\//, '').replace(/\/c\/.*$/, '')
  for (const [at, words] of [
    `Không quét được? Mở ${site}, gõ mã trên. Cần hỏi: 1022.`,
    `Cannot scan? Open ${site}, type the code. Help: 1022.`,
  ].entries())
    sheet.add(
      doc.struct('P', {}, () => {
        const line = fit(doc, words, { face: 'plain', most: INSTRUCTION, least: 6, lines: 1, height: 20 })
        writeBlock(doc, line, foot - 42 + at * 19, at === 0 ? INK : GREY)
      }),
    )
  sheet.add(
    doc.struct('P', {}, () => {
      const owner = poster.owner === null ? '' : ` Chủ địa điểm: ${poster.owner}`
      const words = `Tờ số ${poster.version}, mẫu ${LAYOUT}, ngày ${poster.day}.${owner}`
      writeBlock(doc, fit(doc, words, { face: 'plain', most: 9, least: 6, lines: 1, height: 12 }), foot, GREY)
    }),
  )
}

/** What people read while they stand before it: so large that a metre away it can still be read. */
const INSTRUCTION = 14

// The page that prints a poster has the same words, in web/messages.
const steps = [
  { vi: 'Quét mã bằng máy ảnh', en: 'Scan with your camera', draw: drawPhone },
  { vi: 'Bấm Vào', en: 'Press Enter', draw: drawEntry },
  { vi: 'Khi về quét lại, bấm Ra', en: 'Leaving: scan again, press Leave', draw: drawExit },
]

function drawSteps(doc: Doc, sheet: PDFKit.PDFStructureElement, top: number) {
  const written = steps.map(({ vi, en, draw }, at) => {
    const words = `${at + 1}. ${vi}`
    doc.fontSize(INSTRUCTION)
    const width = Math.max(doc.font('bold').widthOfString(words), doc.font('plain').widthOfString(en))
    return { words, en, draw, width }
  })
  const gap = (INNER - written.reduce((sum, { width }) => sum + width, 0)) / (steps.length - 1)
  const list = doc.struct('L')
  sheet.add(list)
  let x = MARGIN
  for (const { words, en, draw, width } of written) {
    const item = doc.struct('LI')
    list.add(item)
    item.add(
      doc.struct('LBody', {}, () => {
        doc
          .save()
          .translate(x + width / 2 - 18, top)
          .scale(0.9)
          .lineWidth(1.8)
          .lineJoin('round')
          .lineCap('round')
          .strokeColor(INK)
        draw(doc)
        doc.restore()
        writeLine(doc, words, top + 38, { face: 'bold', size: INSTRUCTION, x, width })
        writeLine(doc, en, top + 55, { face: 'plain', size: INSTRUCTION, colour: GREY, x, width })
      }),
    )
    x += width + gap
  }
}

// Each drawing is 40 points square.

function drawPhone(doc: Doc) {
  doc.roundedRect(9, 1, 22, 38, 4).stroke()
  doc.moveTo(17, 34).lineTo(23, 34).stroke()
  for (const [x, y] of [
    [13, 8],
    [22, 8],
    [13, 17],
  ] as const)
    doc.polygon([x, y], [x + 5, y], [x + 5, y + 5], [x, y + 5]).stroke()
  doc.moveTo(22, 17).lineTo(22, 22).moveTo(27, 17).lineTo(27, 22).stroke()
}

function drawEntry(doc: Doc) {
  drawDoor(doc)
  doc.moveTo(0, 20).lineTo(24, 20).moveTo(18, 14).lineTo(24, 20).lineTo(18, 26).stroke()
}

function drawExit(doc: Doc) {
  drawDoor(doc)
  doc.moveTo(24, 20).lineTo(0, 20).moveTo(6, 14).lineTo(0, 20).lineTo(6, 26).stroke()
}

function drawDoor(doc: Doc) {
  doc.moveTo(12, 39).lineTo(12, 1).lineTo(36, 1).lineTo(36, 39).stroke()
  doc.moveTo(8, 39).lineTo(40, 39).stroke()
}
