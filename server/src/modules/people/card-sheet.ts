import { readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'

export type PrintedCard = { text: string; name: string; birthYear: number | null }

const font = (path: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/be-vietnam-pro/${path}`)))
const fonts = {
  plain: font('400Regular/BeVietnamPro_400Regular.ttf'),
  bold: font('700Bold/BeVietnamPro_700Bold.ttf'),
}

type Doc = PDFKit.PDFDocument

const MM = 72 / 25.4
const CARD = { width: 95 * MM, height: 65 * MM }
/** Of the code itself, without its blank border: 5 cm still where a printer shrinks the page to what it can reach. */
const CARD_CODE_MM = 52.5
const QUIET = 4
/** In points: four lines in the smallest face, for the longest names that there are. */
const NAME_HEIGHT = 44
const COLUMNS = 2
const ROWS = 4
const A4 = { width: 210 * MM, height: 297 * MM }
const EDGE = { x: (A4.width - COLUMNS * CARD.width) / 2, y: (A4.height - ROWS * CARD.height) / 2 }
const MARK = 4 * MM
const INK = '#111111'
const GREY = '#444444'

const HOW = [
  'Đưa thẻ cho người trực quét khi vào và khi ra.',
  'Người trực sẽ hỏi tên hoặc năm sinh.',
  'Mất thẻ: báo trạm y tế để hủy và in thẻ mới.',
]

/** Cards to cut out of A4 sheets, or one on a page of its own size. The same cards give the same bytes. */
export async function drawCards(
  cards: readonly PrintedCard[],
  { sheet, day, at }: { sheet: 'a4' | 'card'; day: string; at: Date },
): Promise<Buffer> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    lang: 'vi',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    font: null as never, // none of the built-in ones: they know no Vietnamese
    info: { Title: 'Thẻ vào, ra', CreationDate: at, ModDate: at },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  for (const [face, bytes] of Object.entries(fonts)) doc.registerFont(face, bytes)
  const all = doc.struct('Document')
  doc.addStructure(all)

  const aPage = sheet === 'a4' ? COLUMNS * ROWS : 1
  for (let from = 0; from < cards.length; from += aPage) {
    doc.addPage({ size: sheet === 'a4' ? 'A4' : [CARD.width, CARD.height], margin: 0 })
    if (sheet === 'a4') drawMarks(doc)
    for (const [at, card] of cards.slice(from, from + aPage).entries()) {
      const x = sheet === 'a4' ? EDGE.x + (at % COLUMNS) * CARD.width : 0
      const y = sheet === 'a4' ? EDGE.y + Math.floor(at / COLUMNS) * CARD.height : 0
      drawCard(doc, all, card, { x, y, day })
    }
    // Five hundred cards take a second; others are served in between.
    await nextTurn()
  }
  doc.end()
  return done
}

/** Where to cut: at the edges of the sheet, and a small cross where four cards meet. */
function drawMarks(doc: Doc) {
  const [right, bottom] = [EDGE.x + COLUMNS * CARD.width, EDGE.y + ROWS * CARD.height]
  doc.markContent('Artifact', { type: 'Layout' })
  doc.lineWidth(0.4).strokeColor(GREY)
  for (let column = 0; column <= COLUMNS; column++) {
    const x = EDGE.x + column * CARD.width
    doc.moveTo(x, EDGE.y - MARK).lineTo(x, EDGE.y - 1)
    doc.moveTo(x, bottom + 1).lineTo(x, bottom + MARK)
    for (let row = 0; row <= ROWS; row++) {
      const y = EDGE.y + row * CARD.height
      doc.moveTo(x - MM, y).lineTo(x + MM, y)
      doc.moveTo(x, y - MM).lineTo(x, y + MM)
    }
  }
  for (let row = 0; row <= ROWS; row++) {
    const y = EDGE.y + row * CARD.height
    doc.moveTo(EDGE.x - MARK, y).lineTo(EDGE.x - 1, y)
    doc.moveTo(right + 1, y).lineTo(right + MARK, y)
  }
  doc.stroke()
  doc.endMarkedContent()
}

/** Dark modules that follow each other in a row are one rectangle. */
function* runsOf(data: readonly boolean[][]) {
  for (const [row, modules] of data.entries())
    for (let column = 0; column < modules.length; column++) {
      if (!modules[column]) continue
      const from = column
      while (modules[column + 1]) column++
      yield `${from} ${row} ${column + 1 - from} 1`
    }
}

function drawCard(
  doc: Doc,
  all: PDFKit.PDFStructureElement,
  { text, name, birthYear }: PrintedCard,
  { x, y, day }: { x: number; y: number; day: string },
) {
  // Level Q: a quarter of it may be worn off in a pocket. A signature looks like chance under any mask: to weigh all
  // eight of them would take most of the time.
  const { data } = encode(text, { ecc: 'Q', border: 0, maskPattern: 0 })
  const side = CARD_CODE_MM * MM
  const module = side / data.length
  const left = x + QUIET * module
  const top = y + (CARD.height - side) / 2
  const card = doc.struct('Sect')
  all.add(card)

  card.add(
    doc.struct(
      'Figure',
      { alt: `Mã của ${name}`, bbox: [left, top, left + side, top + side] } as never,
      () => {
        // Whole numbers in the code's own measure, written as they are: ten times as fast as a rectangle each.
        doc.save().transform(module, 0, 0, module, left, top).fillColor('#000000')
        doc.addContent(`${[...runsOf(data)].join(' re ')} re f`)
        doc.restore()
      },
    ),
  )

  const column = left + side + QUIET * module
  const width = x + CARD.width - column - 3 * MM
  let line = top
  const write = (words: string, face: keyof typeof fonts, size: number, colour: string) => {
    doc.font(face).fontSize(size).fillColor(colour)
    doc.text(words, column, line, { width, height: NAME_HEIGHT, ellipsis: true, lineGap: 0.5 })
    line += Math.min(NAME_HEIGHT, doc.heightOfString(words, { width, lineGap: 0.5 })) + 3
  }
  card.add(
    doc.struct('P', {}, () => {
      write('Lá Chắn', 'bold', 8, GREY)
      doc.font('bold')
      const size = [12, 11, 10, 9, 8].find(
        (one) => doc.fontSize(one).heightOfString(name, { width, lineGap: 0.5 }) <= NAME_HEIGHT,
      )
      write(name, 'bold', size ?? 8, INK)
      if (birthYear !== null) write(`Sinh năm ${birthYear}`, 'plain', 9.5, INK)
    }),
  )
  card.add(
    doc.struct('P', {}, () => {
      line += 4
      for (const sentence of HOW) write(sentence, 'plain', 6.8, INK)
      write(`In ngày ${day}`, 'plain', 6.8, GREY)
    }),
  )
}
