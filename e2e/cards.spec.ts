import { chooseCommune, signIn } from './stage/citizen.ts'
import { MARKET } from './stage/gate.ts'
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

/** All that a card says of somebody: who finds it must not know what the guard asks for. */
const initials = (name: string) =>
  name
    .split(' ')
    .map((word) => `${word[0]}.`)
    .join(' ')

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
  const list = pages.filter(({ codes }) => codes.length === 0)
  const cards = pages.flatMap(({ codes, words }) => codes.map((code) => ({ code, words })))
  expect(new Set(cards.map(({ code }) => code.text)).size, 'everybody has a code of their own').toBe(
    cards.length,
  )
  expect(cards.length).toBeGreaterThan(8 * (pages.length - list.length - 1))

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
    const name = NAMES[at]!
    const [, number] = /^Lá Chắn (?:\S\. ?)+ ?Số (\d+) /.exec(written.get(card.text)!) ?? []
    expect(written.get(card.text)).toContain(`Lá Chắn ${initials(name)} Số ${number} `)
    for (const secret of [name, '1950']) expect(written.get(card.text)).not.toContain(secret)
    const lines = list.map(({ words }) => words.map(({ text }) => text).join(' ')).join(' ')
    expect(lines).toContain(`Số ${number} · ${name} · 1950`)
  }

  // The file was lost: the same cards come again.
  const again = page.waitForEvent('download')
  await page.getByRole('button', { name: 'In lại' }).first().click()
  const same = test.info().outputPath('again.pdf')
  await (await again).saveAs(same)
  const texts = (await print(same)).flatMap(({ codes }) => codes.map(({ text }) => text))
  expect(new Set(texts)).toEqual(new Set(cards.map(({ code }) => code.text)))
})

test('a class gets cards of its own, from a list', async ({ invite }) => {
  const doctor = await invite()
  const { page } = doctor
  doctor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  const pupils = ['Bùi Gia Hân Lớp Năm', 'Bùi Minh Khôi Lớp Năm']
  await Promise.all(pupils.map((name) => register(doctor, name)))
  await openDuty(page, 'Thẻ giấy')
  const list = page.getByRole('region', { name: 'Cho một danh sách người' })
  await list.getByLabel('Tìm theo').selectOption('name')
  await list.getByRole('searchbox').fill('Bùi Lớp Năm')
  await list.getByRole('button', { name: 'Tìm' }).click()
  await expect(list.getByRole('button', { name: 'Thêm vào danh sách' })).toHaveCount(2)
  for (const at of [0, 1]) await list.getByRole('button', { name: 'Thêm vào danh sách' }).nth(at).click()
  await doctor.see('cards-class')
  await list.getByLabel('Tên danh sách').fill('Lớp Năm, Trường Vĩnh Hải')
  const downloading = page.waitForEvent('download')
  await list.getByRole('button', { name: 'Tạo tờ thẻ cho 2 người' }).click()
  const pdf = test.info().outputPath('class.pdf')
  await (await downloading).saveAs(pdf)
  const [sheet, names] = await print(pdf)
  expect(sheet!.codes.length).toBe(2)
  expect(names!.words.map(({ text }) => text).join(' ')).toContain('Bùi Minh Khôi Lớp Năm · 1950')
  await expect(list.getByText('Đã tạo tờ thẻ cho 2 người.')).toBeVisible()

  // The sheet was lost: the class gets other cards, by itself.
  await page.reload()
  const again = page.waitForEvent('download')
  await list.getByRole('button', { name: 'Cấp thẻ mới Lớp Năm, Trường Vĩnh Hải' }).click()
  const renewed = test.info().outputPath('class-again.pdf')
  await (await again).saveAs(renewed)
  await expect(list.getByText('Đã tạo tờ thẻ cho 2 người.')).toBeVisible()
  await doctor.see('cards-class-again')
  const texts = (await print(renewed)).flatMap(({ codes }) => codes.map(({ text }) => text))
  expect(texts.length).toBe(2)
  for (const { text } of sheet!.codes) expect(texts).not.toContain(text)
})

test('a scan from before its card was printed counts for nothing, and the owner is told why', async ({
  invite,
}) => {
  const doctor = await invite()
  doctor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(doctor.page, 'minh')
  const id = await register(doctor, 'Lương Văn Can')
  const text = await doctor.page.evaluate(async (person) => {
    const answer = await fetch(`/api/v1/people/${person}/paper-cards`, { method: 'POST' })
    return ((await answer.json()) as { text: string }).text
  }, id)

  const owner = await invite()
  const { page } = owner
  await page.goto('/signin')
  await signIn(page, '0905000102')
  await page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const { items } = await owner.ask<{ items: { id: string; name: string }[] }>('/me/places')
  const placeId = items.find(({ name }) => name === MARKET)!.id
  await page.evaluate(
    async ({ placeId, code, at }) => {
      const scans = [{ id: crypto.randomUUID(), placeId, at, direction: 'in', code }]
      const headers = { 'content-type': 'application/json' }
      await fetch('/api/v1/scans', { method: 'POST', headers, body: JSON.stringify({ scans }) })
    },
    { placeId, code: text, at: new Date(Date.now() - 10 * 60_000).toISOString() },
  )
  await page.goto(`/places/${placeId}`)
  await expect(
    page.getByText('Lượt quét ghi giờ trước khi thẻ giấy được in. Chưa tính: cán bộ y tế xem lại'),
  ).toBeVisible()
})
