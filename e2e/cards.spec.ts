import { chooseCommune } from './stage/citizen.ts'
import { openDuty, signInAtDesk } from './stage/official.ts'
import { type Box, print } from './stage/paper.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

const WARD = { code: '22366', name: 'Phường Nha Trang, Tỉnh Khánh Hoà' }
/** Long ones, and with marks above and below their letters. */
const NAMES = [
  'Công Tằng Tôn Nữ Thị Diễm Phúc Hoàng Oanh',
  'Trần Đường Thuyền Nghiêng Nguyễn Trường Giang Phương',
  'Nguyễn Phước Vĩnh Thụy Bảo Quỳnh',
  'Đặng Hữu Nghĩa',
  'Hồ Thị Kỷ',
  'Ẵm Ự Ễ',
]

const register = ({ page }: Visitor, name: string) =>
  page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch('/api/v1/people', { method: 'POST', headers, body: JSON.stringify(body) })
      return ((await answer.json()) as { id: string }).id
    },
    { name, birthYear: 1950, areaCode: WARD.code },
  )

const touch = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom

test('the cards of a ward come from the printer with codes that can be read beside names that are whole', async ({
  invite,
}) => {
  test.setTimeout(180_000) // nine sheets are looked at closely
  const doctor = await invite()
  const { page } = doctor
  doctor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  const ids = await Promise.all(NAMES.map((name) => register(doctor, name)))

  await openDuty(page, 'Thẻ giấy')
  await chooseCommune(page, 'Phường, xã, đặc khu', 'nha trang', WARD.name)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Tạo tờ thẻ' }).click()
  const pdf = test.info().outputPath('cards.pdf')
  await (await downloading).saveAs(pdf)
  await expect(page.getByText('Còn 0 người chưa có thẻ')).toBeVisible()
  await doctor.see('cards-printed')

  const pages = await print(pdf)
  const cards = pages.flatMap(({ codes, words }) => codes.map((code) => ({ code, words })))
  expect(new Set(cards.map(({ code }) => code.text)).size, 'everybody has a code of their own').toBe(
    cards.length,
  )
  expect(cards.length).toBeGreaterThan(8 * (pages.length - 1))

  const written = new Map<string, string>()
  for (const { code, words } of cards) {
    const [width, height] = [code.right - code.left, code.bottom - code.top]
    expect(Math.min(width, height), 'millimetres').toBeGreaterThanOrEqual(50)
    expect(code.blank, 'four of its dots').toBeGreaterThan((4 * width) / 45 - 0.2)
    for (const word of words) expect(touch(word, code), `${word.text} on a code`).toBe(false)
    const beside = words.filter(
      ({ left, top }) =>
        left > code.right && left < code.right + 40 && top > code.top - 5 && top < code.bottom,
    )
    written.set(code.text, beside.map(({ text }) => text).join(' '))
  }
  for (const [at, id] of ids.entries()) {
    const { card } = await doctor.ask<{ card: { text: string } }>(`/people/${id}/paper-card`)
    expect(written.get(card.text)).toContain(`Lá Chắn ${NAMES[at]} Sinh năm 1950`)
  }
})
