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
/** In points: what a line of text may take, for people with many names. */
const TEXT_HEIGHT = 44
const COLUMNS = 2
const ROWS = 4
const A4 = { width: 210 * MM, height: 297 * MM }
const EDGE = { x: (A4.width - COLUMNS * CARD.width) / 2, y: (A4.height - ROWS * CARD.height) / 2 }
const MARK = 4 * MM
const INK = '#111111'
const GREY = '#444444'

const HOW = [
  'Đưa thẻ cho người trực quét khi vào và khi ra.',
  'Người trực sẽ hỏi họ tên hoặc năm sinh.',
  'Mất thẻ: báo trạm y tế để hủy và in thẻ mới.',
  'Nhặt được: xin gửi trạm y tế.',
]

/** Two lines of them. */
const MOST_INITIALS = 10

/** A card names nobody whole: who finds it must not know what the guard asks for. */
const initialsOf = (name: string) =>
  name
    .split(' ')
    .filter((_, at, { length }) => at < MOST_INITIALS / 2 || at >= length - MOST_INITIALS / 2)
    .flatMap((word) => [...word][0] ?? [])
    .map((letter) => `${letter.toLocaleUpperCase('vi')}.`)
    .join(' ')

/**
 * Cards to cut out of A4 sheets, or one on a page of its own size. Cards of sheets are numbered; the pages after them say
 * whose each is, for whoever hands them out. The same cards give the same bytes.
 */
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
      drawCard(doc, all, card, { x, y, day, number: sheet === 'a4' ? from + at + 1 : null })
    }
    // Five hundred cards take a second; others are served in between.
    await nextTurn()
  }
  if (sheet === 'a4') await drawList(doc, all, cards, day)
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
  { text, name }: PrintedCard,
  { x, y, day, number }: { x: number; y: number; day: string; number: number | null },
) {
  // Level Q: a quarter of it may be worn off in a pocket. A signature looks like chance under any mask: to weigh all
  // eight of them would take most of the time.
  const { data } = encode(text, { ecc: 'Q', border: 0, maskPattern: 0 })
  const side = CARD_CODE_MM * MM
  const module = side / data.length
  const left = x + QUIET * module
  const top = y + (CARD.height - side) / 2
  const initials = initialsOf(name)
  const card = doc.struct('Sect')
  all.add(card)

  card.add(
    doc.struct(
      'Figure',
      { alt: `Mã của ${initials}`, bbox: [left, top, left + side, top + side] } as never,
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
    doc.text(words, column, line, { width, height: TEXT_HEIGHT, ellipsis: true, lineGap: 0.5 })
    line += Math.min(TEXT_HEIGHT, doc.heightOfString(words, { width, lineGap: 0.5 })) + 3
  }
  card.add(
    doc.struct('P', {}, () => {
      write('Lá Chắn', 'bold', 8, GREY)
      write(initials, 'bold', 12, INK)
      if (number !== null) write(`Số ${number}`, 'plain', 9.5, INK)
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

const LIST = { left: 20 * MM, top: 22 * MM, line: 6.5 * MM, lines: 38 }

/** Whose each card is: for the hands of whoever gives them out, not to be cut. */
async function drawList(
  doc: Doc,
  all: PDFKit.PDFStructureElement,
  cards: readonly PrintedCard[],
  day: string,
) {
  const width = A4.width - 2 * LIST.left
  for (let from = 0; from < cards.length; from += LIST.lines) {
    doc.addPage({ size: 'A4', margin: 0 })
    const page = doc.struct('Sect')
    all.add(page)
    const write = (words: string, face: keyof typeof fonts, size: number, y: number) =>
      page.add(
        doc.struct('P', {}, () => {
          doc.font(face).fontSize(size).fillColor(INK)
          doc.text(words, LIST.left, y, { width, height: LIST.line, ellipsis: true })
        }),
      )
    write(`Danh sách phát thẻ · In ngày ${day}`, 'bold', 12, LIST.top - 9 * MM)
    for (const [at, { name, birthYear }] of cards.slice(from, from + LIST.lines).entries())
      write(
        [`Số ${from + at + 1}`, name, birthYear ?? ''].filter(Boolean).join(' · '),
        'plain',
        10,
        LIST.top + at * LIST.line,
      )
    const last = LIST.top + LIST.lines * LIST.line + 2 * MM
    write('Người phát giữ tờ này, không phát kèm thẻ: đây là điều người trực sẽ hỏi.', 'plain', 9, last)
    await nextTurn()
  }
}
