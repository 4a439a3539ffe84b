import { readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'

const font = (path: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/be-vietnam-pro/${path}`)))
const fonts = {
  plain: font('400Regular/BeVietnamPro_400Regular.ttf'),
  bold: font('700Bold/BeVietnamPro_700Bold.ttf'),
}

const MM = 72 / 25.4
const PAGE = { width: 297 * MM, height: 210 * MM }
const EDGE = 10 * MM
const INK = '#111111'
const GREY = '#555555'
const SIZE = 8
/** High enough to write on. */
const ROW = 9 * MM
/** For who is met on the way and stands on no list. */
const EMPTY_LINES = 6

/** What is written by hand where no screen is. */
const BY_HAND = ['Gọi / gặp lúc', 'Kết quả, triệu chứng']

/** Shares of the width: of the ten columns of the list, and of those to write in. */
const SHARES = [4, 14, 5, 4, 10, 20, 9, 15, 9, 5, 11, 18]

type Doc = PDFKit.PDFDocument
type Sheet = { labels: readonly string[]; unit: string; day: string; at: Date }

/** The list to carry from door to door, on A4 across. The same list gives the same bytes. */
export async function drawLineList(
  head: readonly string[],
  cells: readonly (readonly (string | number)[])[],
  { labels, unit, day, at }: Sheet,
): Promise<Buffer> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    margin: 0,
    lang: 'vi',
    displayTitle: true,
    pdfVersion: '1.7',
    font: null as never, // none of the built-in ones: they know no Vietnamese
    info: { Title: 'Danh sách người tiếp xúc', CreationDate: at, ModDate: at },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  for (const [face, bytes] of Object.entries(fonts)) doc.registerFont(face, bytes)

  const columns = [...head, ...BY_HAND]
  const share = (PAGE.width - 2 * EDGE) / SHARES.reduce((sum, one) => sum + one, 0)
  const widths = SHARES.map((one) => one * share)

  const layout = { title: titleOf(labels), unit, day, columns, widths }
  let y = startSheet(doc, layout)
  let page = 1
  const line = (texts: readonly string[]) => {
    doc.font('plain').fontSize(SIZE)
    const needed = texts.map((text, column) =>
      text ? doc.heightOfString(text, { width: widths[column]! - 4 }) : 0,
    )
    const height = Math.min(Math.max(ROW, ...needed.map((one) => one + 4)), 60 * MM)
    if (y + height > PAGE.height - EDGE - 8 * MM) {
      foot(doc, page)
      page += 1
      y = startSheet(doc, layout)
    }
    drawRow(doc, texts, { y, height, widths, face: 'plain' })
    y += height
  }
  for (const [at, row] of cells.entries()) {
    line([...row.map(String), ...BY_HAND.map(() => '')])
    // Five thousand lines take seconds; others are served in between.
    if (at % 100 === 99) await nextTurn()
  }
  for (let empty = 0; empty < EMPTY_LINES; empty++) line(columns.map(() => ''))
  doc.font('plain').fontSize(9).fillColor(INK)
  if (y + 22 * MM > PAGE.height - EDGE - 8 * MM) {
    foot(doc, page)
    page += 1
    doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 })
    y = EDGE
  }
  doc.text(`Tổng số: ${cells.length} người`, EDGE, y + 4 * MM)
  doc.text('Người lập danh sách (ký, ghi rõ họ tên)', PAGE.width - EDGE - 80 * MM, y + 4 * MM, {
    width: 80 * MM,
    align: 'center',
  })
  foot(doc, page)
  doc.end()
  return done
}

/** Who was near the case is *gần*; beyond it the list is of people related to it. */
const titleOf = (labels: readonly string[]) =>
  labels.join() === 'F1'
    ? 'DANH SÁCH NGƯỜI TIẾP XÚC GẦN (F1)'
    : ['DANH SÁCH NGƯỜI TIẾP XÚC', labels.length > 0 ? `(${labels.join(', ')})` : ''].join(' ').trim()

type Layout = {
  title: string
  unit: string
  day: string
  columns: readonly string[]
  widths: readonly number[]
}

function startSheet(doc: Doc, { title, unit, day, columns, widths }: Layout) {
  doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 })
  doc
    .fillColor(INK)
    .font('bold')
    .fontSize(9)
    .text(unit.toUpperCase(), EDGE, EDGE, { width: 110 * MM })
  doc.font('bold').fontSize(13)
  doc.text(title, EDGE, EDGE + 6 * MM, {
    width: PAGE.width - 2 * EDGE,
    align: 'center',
  })
  doc.font('plain').fontSize(9)
  doc.text(
    `Lập ngày ${day}. Tài liệu có thông tin cá nhân: giữ kín, dùng xong nộp lại.`,
    EDGE,
    EDGE + 12.5 * MM,
    {
      width: PAGE.width - 2 * EDGE,
      align: 'center',
    },
  )
  const y = EDGE + 19 * MM
  drawRow(doc, columns, { y, height: ROW, widths, face: 'bold' })
  return y + ROW
}

type Row = { y: number; height: number; widths: readonly number[]; face: 'plain' | 'bold' }

function drawRow(doc: Doc, texts: readonly string[], { y, height, widths, face }: Row) {
  doc.font(face).fontSize(SIZE).fillColor(INK).lineWidth(0.5).strokeColor(GREY)
  let x = EDGE
  for (const [column, width] of widths.entries()) {
    doc.rect(x, y, width, height).stroke()
    const text = texts[column]
    if (text) doc.text(text, x + 2, y + 2, { width: width - 4, height: height - 3, ellipsis: true })
    x += width
  }
}

function foot(doc: Doc, page: number) {
  doc.font('plain').fontSize(8).fillColor(GREY)
  doc.text(`Trang ${page}`, EDGE, PAGE.height - EDGE - 3 * MM, {
    width: PAGE.width - 2 * EDGE,
    align: 'right',
  })
}
