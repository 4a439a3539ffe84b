import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { encode } from 'uqr'
import { HEIGHT, readSheet } from '../../../test/sheet.ts'
import { CODE_SIDE_MM, drawCode, drawPoster, modulesOf, type Poster } from './poster.ts'

const poster: Poster = {
  name: 'Chợ Đầm',
  address: 'Số 1 đường Bến Chợ',
  area: 'Phường Nha Trang, Tỉnh Khánh Hòa',
  code: 'ABCD-EFGH',
  url: 'https://lachan.example/c/ABCDEFGH?p=1.0123ABCD',
  version: 1,
  owner: 'Trần Thị Hoa',
  changedAt: new Date('2026-11-22T03:00:00Z'),
  day: '22/11/2026',
}
const LONG =
  'Trường Trung học phổ thông chuyên Lê Quý Đôn và Trung tâm Giáo dục thường xuyên phường Nha Trang, cơ sở hai, khu nhà hiệu bộ và sân vận động ngoài trời dành cho học sinh các khối mười, mười một, mười hai'

const POINT_MM = 25.4 / 72
const WIDTH = 595.28

/** The drawn code as modules, and its side in millimetres. */
function readCode(rectangles: number[][]) {
  const unit = Math.min(...rectangles.map(([, , width]) => width!))
  const [left, top] = [0, 1].map((axis) => Math.min(...rectangles.map((one) => one[axis]!))) as [
    number,
    number,
  ]
  const right = Math.max(...rectangles.map(([x, , width]) => x! + width!))
  const count = Math.round((right - left) / unit)
  const modules = Array.from({ length: count }, () => Array<boolean>(count).fill(false))
  for (const [x, y, width] of rectangles)
    for (let at = 0; at < Math.round(width! / unit); at++)
      modules[Math.round((y! - top) / unit)]![Math.round((x! - left) / unit) + at] = true
  return { modules, unit, left, top, right, bottom: top + count * unit }
}

describe('the poster', () => {
  test('says everything, every diacritic of it, and nothing else is needed to read it', async () => {
    const { texts, objects } = readSheet(await drawPoster(poster))
    assert.deepEqual(
      texts.map(({ text }) => text),
      [
        'Chợ Đầm',
        'Số 1 đường Bến Chợ',
        'Phường Nha Trang, Tỉnh Khánh Hòa',
        'ABCD-EFGH',
        '1. Quét mã bằng máy ảnh',
        'Scan with your camera',
        '2. Bấm Vào',
        'Press Enter',
        '3. Khi về quét lại, bấm Ra',
        'Leaving: scan again, press Leave',
        'Không quét được? Mở lachan.example, gõ mã trên. Cần hỏi: 1022.',
        'Cannot scan? Open lachan.example, type the code. Help: 1022.',
        'Tờ số 1, mẫu 2, ngày 22/11/2026. Chủ địa điểm: Trần Thị Hoa',
      ],
    )
    const largest = texts.toSorted((a, b) => b.size - a.size)[0]!
    assert.equal(largest.text, poster.name)
    const all = [...objects.values()]
    assert.equal(all.filter((object) => object.includes('/FontFile2')).length, 2)
    assert.ok(all.some((object) => object.includes('/Lang (vi)') && object.includes('/MarkInfo')))
    assert.ok(all.some((object) => /\/S \/Figure/.test(object) && object.includes('/Alt')))
  })

  test('what it tells people to do can be read a metre away, and the page that prints it says the same', async () => {
    const { texts } = readSheet(await drawPoster(poster))
    for (const language of ['vi', 'en']) {
      const file = new URL(`../../../../web/messages/${language}.json`, import.meta.url)
      const words = JSON.parse(readFileSync(file, 'utf8'))
      for (const key of ['print_step_scan', 'print_step_press', 'print_step_leave', 'print_no_camera']) {
        const sentence = words[key].replace('{address}', 'lachan.example')
        const written = texts.find(({ text }) => text.replace(/^\d\. /, '') === sentence)
        assert.ok(written, sentence)
        assert.ok(written.size >= 14, `${sentence} in ${written.size} points`)
      }
    }
  })

  test('its code is that of the address, at least 15 cm wide, with four modules of white around', async () => {
    for (const url of [
      poster.url,
      'http://localhost:3000/c/ABCDEFGH',
      `https://${'x'.repeat(60)}.example/c/ABCDEFGH`,
    ]) {
      const { rectangles, texts } = readSheet(await drawPoster({ ...poster, name: LONG, url }))
      const code = readCode(rectangles)
      assert.deepEqual(code.modules, encode(url, { ecc: 'Q', minVersion: 4, border: 0 }).data)
      assert.ok((code.right - code.left) * POINT_MM >= 150)
      assert.ok((code.bottom - code.top) * POINT_MM >= 150)
      assert.ok(Math.abs((code.right - code.left) * POINT_MM - CODE_SIDE_MM) < 0.1)
      const quiet = 4 * code.unit
      assert.ok(code.left >= quiet && WIDTH - code.right >= quiet)
      // A letter stands between its baseline less its height and its baseline plus a quarter of its size.
      for (const { text, y, size } of texts)
        assert.ok(y + size / 4 <= code.top - quiet + 1 || y - size * 0.78 >= code.bottom + quiet - 1, text)
    }
  })

  test('no name and no address is too long for it', async () => {
    const names = [
      LONG.slice(0, 200),
      'W'.repeat(200),
      'Ự'.repeat(200),
      `${'M'.repeat(120)} ${'i'.repeat(79)}`,
      'Đ',
      '🙂 漢字 A',
    ]
    for (const name of names) {
      const { texts } = readSheet(
        await drawPoster({ ...poster, name, address: `${'Ngõ 12 '.repeat(42)}hết`, area: LONG }),
      )
      for (const { text, x, y, width, size } of texts)
        assert.ok(
          x >= 0 && x + width <= WIDTH && y - size >= 0 && y + size / 4 <= HEIGHT,
          `${text} at ${x}, ${y}, ${width} wide`,
        )
      const lines = texts.slice(
        0,
        texts.findIndex(({ text }) => text.startsWith('Ngõ')),
      )
      assert.ok(lines.length <= 3, `${lines.length} lines`)
      assert.equal(
        lines
          .map(({ text }) => text)
          .join('')
          .replaceAll(' ', '')
          .replaceAll('\0', ''),
        readable(name),
      )
      const ys = texts
        .slice(
          0,
          texts.findIndex(({ text }) => text === poster.code),
        )
        .map(({ y }) => y)
      assert.deepEqual(
        ys,
        ys.toSorted((a, b) => a - b),
      )
    }
  })

  test('is the same for the same place', async () => {
    assert.ok((await drawPoster(poster)).equals(await drawPoster(poster)))
    assert.ok(!(await drawPoster(poster)).equals(await drawPoster({ ...poster, day: '23/11/2026' })))
  })
})

/** What the font can draw of a name; a sign that it has not is an empty box on paper. */
const readable = (name: string) => name.replaceAll(' ', '').replace(/[^\p{Script=Latin}\d,]/gu, '')

describe('the code alone', () => {
  test('is the same code at the same size, as vectors', () => {
    const svg = drawCode(poster.url)
    const modules = modulesOf(poster.url)
    const [, side] = /viewBox="0 0 (\d+) \1"/.exec(svg)!
    assert.equal(Number(side), modules.length + 8)
    const [, width] = /width="([\d.]+)mm"/.exec(svg)!
    assert.ok((Number(width) * modules.length) / Number(side) >= 150)
    const drawn = modules.map((row) => row.map(() => false))
    for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
      for (let at = 0; at < Number(run); at++) drawn[Number(y) - 4]![Number(x) - 4 + at] = true
    assert.deepEqual(drawn, modules)
  })

  test('has no way out of its title', () =>
    assert.ok(!drawCode('https://x.example/<script>"&/c/A').includes('<script>')))
})
