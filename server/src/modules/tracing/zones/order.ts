import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import {
  degrees,
  epidemicOf,
  groundOf,
  inWords,
  type Later,
  number,
  type Order,
  regionOf,
  sayLater,
  situationOf,
  spokenDay,
  spokenMoment,
  validityOf,
} from './order-words.ts'
import type { Shape } from './schema.ts'

const font = (path: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/be-vietnam-pro/${path}`)))
const fonts = {
  plain: font('400Regular/BeVietnamPro_400Regular.ttf'),
  italic: font('400Regular_Italic/BeVietnamPro_400Regular_Italic.ttf'),
  bold: font('700Bold/BeVietnamPro_700Bold.ttf'),
}
type Face = keyof typeof fonts
type Doc = PDFKit.PDFDocument

// Margins and sizes as the decree on administrative documents (30/2020/NĐ-CP) wants them.
const MM = 72 / 25.4
const PAGE = { width: 210 * MM, height: 297 * MM }
const EDGE = { left: 30 * MM, right: 18 * MM, top: 20 * MM, bottom: 22 * MM }
const INNER = PAGE.width - EDGE.left - EDGE.right
const BODY = 11.5
const INK = '#111111'
const LAST_ARTICLE = 85
const SIGNATURE = 125

/** The decision by which a zone is ordered, as it is signed: A4, with the schedule of units. The same zone gives the same bytes. */
export function drawOrder(order: Order): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: EDGE.top, bottom: 0, left: EDGE.left, right: EDGE.right },
    lang: 'vi',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    font: null as never, // none of the built-in ones: they know no Vietnamese
    info: { Title: `Quyết định khoanh vùng: ${order.name}`, CreationDate: order.at, ModDate: order.at },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  for (const [face, bytes] of Object.entries(fonts)) doc.registerFont(face, bytes)
  new Sheet(doc, order.isDraft).write(order)
  doc.end()
  return done
}

type Style = {
  face?: Face
  size?: number
  align?: 'left' | 'center' | 'justify' | 'right'
  /** Of the first line. */
  indent?: number
  x?: number
  width?: number
  gap?: number
}

/** A document that grows downwards and goes on over the page. */
class Sheet {
  readonly #doc: Doc
  readonly #isDraft: boolean
  readonly #all: PDFKit.PDFStructureElement
  #y = EDGE.top

  constructor(doc: Doc, isDraft: boolean) {
    this.#doc = doc
    this.#isDraft = isDraft
    this.#all = doc.struct('Document')
    doc.addStructure(this.#all)
    this.#mark()
  }

  write(order: Order) {
    const unit = order.authority.fullName.toUpperCase()
    this.#head(order, unit)
    this.#gap(14)
    this.#line('QUYẾT ĐỊNH', { face: 'bold', size: 14, align: 'center' }, 'H1')
    this.#line(`Về việc khoanh vùng phòng, chống ${epidemicOf(order)} tại ${regionOf(order)}`, {
      face: 'bold',
      size: 13,
      align: 'center',
      gap: 4,
    })
    this.#rule(EDGE.left + INNER / 2, 80)
    this.#gap(10)
    this.#line(`CHỦ TỊCH ỦY BAN NHÂN DÂN ${unit}`, { face: 'bold', align: 'center', gap: 8 })
    for (const basis of order.legalBasis)
      this.#line(`Căn cứ ${basis.replace(/^căn cứ /i, '').replace(/[;.]$/, '')};`, {
        face: 'italic',
        indent: 28,
      })
    this.#line(situationOf(order), {
      face: 'italic',
      indent: 28,
    })
    this.#line('Theo đề nghị của cơ quan y tế.', { face: 'italic', indent: 28, gap: 8 })
    this.#line('QUYẾT ĐỊNH:', { face: 'bold', align: 'center', gap: 6 })
    this.#articles(order)
    this.#foot(order)
    this.#schedule(order)
  }

  // — parts

  #head(order: Order, unit: string) {
    const left = { x: EDGE.left - 10, width: 190, align: 'center' as const }
    const right = { x: EDGE.left + 185, width: INNER - 180, align: 'center' as const }
    const top = this.#y
    this.#line('ỦY BAN NHÂN DÂN', { ...left, face: 'bold', size: 11, gap: 0 })
    this.#line(unit, { ...left, face: 'bold', size: 11, gap: 1 })
    this.#rule(left.x + left.width / 2, 50)
    const below = this.#y
    this.#y = top
    this.#line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { ...right, face: 'bold', size: 11, gap: 0 })
    this.#line('Độc lập - Tự do - Hạnh phúc', { ...right, face: 'bold', size: 12, gap: 1 })
    this.#rule(right.x + right.width / 2, 150)
    this.#y = Math.max(below, this.#y) + 8
    const row = this.#y
    this.#line(`Số: ${order.number ?? '            /QĐ-UBND'}`, { ...left, size: 11, gap: 0 })
    const after = this.#y
    this.#y = row
    const day = order.isDraft ? 'ngày       tháng       năm' : `ngày ${spokenDay(order.at, order.timeZone)}`
    this.#line(`${order.authority.fullName.replace(/^(Phường|Xã|Tỉnh|Thành phố|Đặc khu) /, '')}, ${day}`, {
      ...right,
      face: 'italic',
      size: 11,
      gap: 0,
    })
    this.#y = Math.max(after, this.#y)
  }

  #articles(order: Order) {
    const { timeZone } = order
    const [start, end] = [spokenMoment(order.startsAt, timeZone), spokenMoment(order.endsAt, timeZone)]
    this.#article(
      1,
      `Khoanh vùng phòng, chống ${epidemicOf(order)} tại ${regionOf(order)}, tên gọi "${order.name}".`,
    )
    this.#point(`1. Phạm vi: ${groundOf(order)}. Chi tiết tại Phụ lục kèm theo.`)
    this.#point(`2. Thời gian áp dụng: từ ${start} đến ${end}.`)
    this.#point(`3. Mức: ${order.level}. ${order.levelText}`)
    if (order.exceptionReason !== null)
      this.#point(`4. Lý do bắt đầu sớm hơn thời hạn thông báo: ${order.exceptionReason.replace(/\.$/, '')}.`)

    this.#article(2, 'Biện pháp áp dụng trong vùng:')
    for (const measure of order.measures) this.#point(`- ${measure.replace(/^[-–•]\s*/, '')}`)
    if (order.closedKinds.length > 0)
      this.#point(`- Tạm ngừng đón khách: ${inWords(order.closedKinds).toLowerCase()}.`)

    this.#article(
      3,
      'Trạm y tế, công an, các cơ quan, tổ chức, hộ gia đình và cá nhân trong vùng chịu trách nhiệm thi hành Quyết định này.',
    )
    this.#need(LAST_ARTICLE + SIGNATURE) // no page has the signature alone
    this.#article(4, validityOf(order))
  }

  #foot(order: Order) {
    this.#need(SIGNATURE)
    this.#gap(8)
    const top = this.#y
    this.#line('Nơi nhận:', { face: 'bold', size: 10, width: 220, gap: 1 })
    for (const [at, recipient] of order.recipients.entries())
      this.#line(`- ${recipient}${at === order.recipients.length - 1 ? '.' : ';'}`, {
        size: 9.5,
        width: 220,
        gap: 0,
      })
    const below = this.#y
    this.#y = top
    this.#line('CHỦ TỊCH', { face: 'bold', align: 'center', x: EDGE.left + 240, width: INNER - 240, gap: 2 })
    this.#line('(Ký tên, đóng dấu)', {
      face: 'italic',
      size: 10,
      align: 'center',
      x: EDGE.left + 240,
      width: INNER - 240,
    })
    this.#y = Math.max(below, this.#y + 70)
  }

  #schedule({ counts, shape, timeZone, at, number: no, later, name }: Order) {
    this.#page()
    this.#line('PHỤ LỤC', { face: 'bold', size: 13, align: 'center', gap: 0 }, 'H2')
    this.#line(`Phạm vi khoanh vùng "${name}"`, { face: 'bold', align: 'center', gap: 2 })
    const of =
      no === null ? 'Kèm theo Quyết định' : `Kèm theo Quyết định số ${no} ngày ${spokenDay(at, timeZone)}`
    this.#line(`(${of})`, { face: 'italic', size: 11, align: 'center', gap: 10 })
    this.#table(
      [
        { label: 'STT', width: 36, align: 'center' },
        { label: 'Xã, phường', width: INNER - 36 - 3 * 78, align: 'left' },
        { label: 'Hộ', width: 78, align: 'right' },
        { label: 'Người', width: 78, align: 'right' },
        { label: 'Địa điểm', width: 78, align: 'right' },
      ],
      [
        ...counts.units.map(({ area, households, people, places }, index) => [
          String(index + 1),
          area.fullName,
          number(households),
          number(people),
          number(places),
        ]),
        ['', 'Cộng', number(counts.households), number(counts.people), number(counts.places)],
      ],
    )
    this.#gap(8)
    const small = { size: 10, gap: 3 }
    this.#line(
      'Hộ và người: theo hồ sơ có ghi nơi ở trong hệ thống Lá Chắn, không phải dân số; một hộ là nhóm người dùng chung một số điện thoại.',
      { ...small, face: 'italic' },
    )
    if (!counts.isWhole)
      this.#line(
        `Khu vực vẽ tay: nơi ở chỉ biết đến xã, phường, nên số hộ và số người là nhiều nhất có thể; địa điểm là những nơi có tọa độ nằm trong khu vực, ${number(counts.placesUnplaced)} nơi chưa có tọa độ không được tính.`,
        { ...small, face: 'italic' },
      )
    if (shape) this.#coordinates(shape)
    this.#later(later, timeZone)
  }

  /** Nobody takes what came later for what was signed. */
  #later(later: readonly Later[], timeZone: string) {
    if (later.length === 0) return
    this.#gap(10)
    this.#line('Diễn biến sau khi ban hành', { face: 'bold', gap: 0 }, 'H2')
    this.#line('(Hệ thống Lá Chắn ghi thêm khi in, không thuộc nội dung đã ký)', {
      face: 'italic',
      size: 10,
    })
    for (const one of later) this.#point(`- ${sayLater(one, timeZone)}`)
  }

  #coordinates(shape: Shape) {
    this.#gap(6)
    if (shape.kind === 'circle') {
      this.#line(
        `Khu vực: hình tròn bán kính ${number(shape.radiusMetres)} m, tâm ở ${degrees(shape.center.lat)} độ vĩ bắc, ${degrees(shape.center.lon)} độ kinh đông.`,
        { size: 11 },
      )
      return
    }
    this.#line('Khu vực: nối lần lượt các điểm sau (vĩ độ bắc; kinh độ đông; WGS 84).', { size: 11 })
    const points = shape.points.map(({ lat, lon }, at) => `${at + 1}) ${degrees(lat)}; ${degrees(lon)}`)
    for (let from = 0; from < points.length; from += 3)
      this.#line(points.slice(from, from + 3).join('      '), { size: 10, gap: 1 })
  }

  // — pieces

  #article(no: number, text: string) {
    this.#need(40)
    this.#paragraph([`Điều ${no}. `, text], BODY)
  }

  #point(text: string) {
    this.#line(text, { align: 'justify', indent: 28 })
  }

  /** Bold words, and plain ones after them in the same lines. */
  #paragraph([bold, plain]: [string, string], size: number) {
    const doc = this.#doc
    doc.font('bold').fontSize(size)
    this.#all.add(
      doc.struct('P', {}, () => {
        doc.fillColor(INK).text(bold, EDGE.left, this.#y, {
          width: INNER,
          indent: 28,
          lineGap: 1.5,
          continued: true,
          align: 'justify',
        })
        doc.font('plain').text(plain, { width: INNER, lineGap: 1.5, align: 'justify' })
      }),
    )
    this.#y = doc.y + 3
  }

  #line(text: string, style: Style = {}, tag = 'P') {
    const {
      face = 'plain',
      size = BODY,
      align = 'left',
      indent = 0,
      x = EDGE.left,
      width = INNER,
      gap = 3,
    } = style
    const doc = this.#doc
    doc.font(face).fontSize(size)
    const options = { width, align, indent, lineGap: 1.5 }
    this.#need(doc.heightOfString(text, options))
    doc.font(face).fontSize(size).fillColor(INK)
    this.#all.add(
      doc.struct(tag as 'P', {}, () => {
        doc.text(text, x, this.#y, options)
      }),
    )
    this.#y = doc.y + gap
  }

  #table(
    columns: readonly { label: string; width: number; align: 'left' | 'center' | 'right' }[],
    rows: readonly (readonly string[])[],
  ) {
    const doc = this.#doc
    const table = doc.struct('Table')
    this.#all.add(table)
    for (const [at, cells] of [columns.map(({ label }) => label), ...rows].entries()) {
      const face: Face = at === 0 || at === rows.length ? 'bold' : 'plain'
      doc.font(face).fontSize(11)
      const height = Math.max(
        ...cells.map((cell, column) => doc.heightOfString(cell, { width: columns[column]!.width - 10 })),
      )
      this.#need(height + 8)
      doc.font(face).fontSize(11)
      const row = doc.struct('TR')
      table.add(row)
      let x = EDGE.left
      for (const [column, { width, align }] of columns.entries()) {
        const [left, y] = [x, this.#y]
        doc
          .lineWidth(0.6)
          .strokeColor(INK)
          .rect(left, y, width, height + 8)
          .stroke()
        row.add(
          doc.struct(at === 0 ? 'TH' : 'TD', {}, () => {
            doc.fillColor(INK).text(cells[column]!, left + 5, y + 4, { width: width - 10, align })
          }),
        )
        x += width
      }
      this.#y += height + 8
    }
  }

  #rule(middle: number, length: number) {
    this.#doc
      .lineWidth(0.8)
      .strokeColor(INK)
      .moveTo(middle - length / 2, this.#y)
      .lineTo(middle + length / 2, this.#y)
      .stroke()
  }

  #gap(height: number) {
    this.#y += height
  }

  #need(height: number) {
    if (this.#y + height > PAGE.height - EDGE.bottom) this.#page()
  }

  #page() {
    this.#doc.addPage()
    this.#y = EDGE.top
    this.#mark()
  }

  /** Nobody takes a draft for an order. */
  #mark() {
    if (!this.#isDraft) return
    const doc = this.#doc
    doc.markContent('Artifact')
    doc.save()
    doc.rotate(-40, { origin: [PAGE.width / 2, PAGE.height / 2] })
    doc
      .font('bold')
      .fontSize(110)
      .fillColor('#c0262d', 0.1)
      .text('DỰ THẢO', 0, PAGE.height / 2 - 70, { width: PAGE.width, align: 'center', lineBreak: false })
    doc.restore()
    doc.endMarkedContent()
    doc.fillColor(INK, 1)
  }
}
