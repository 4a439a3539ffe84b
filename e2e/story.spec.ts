import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { launchOptions } from './stage/browser.ts'
import { asCamera, Camera } from './stage/camera.ts'
import {
  answerNo,
  chooseCommune,
  type Details,
  giveDetails,
  giveDetailsWithoutScript,
  signIn,
} from './stage/citizen.ts'
import { photograph, readQr } from './stage/qr.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

test.describe.configure({ mode: 'serial' })

const MARKET = 'Chợ Phương Sài'
const COMMUNE = 'Phường Tây Nha Trang, Tỉnh Khánh Hoà'

const hoa = { phone: '0905000102' }
const tu = { phone: '0905000103' }
const son = { phone: '0905000104', name: 'Phạm Văn Sơn' }
const lan = {
  phone: '0905123401',
  name: 'Đặng Thị Mỹ Lan',
  birthYear: '1991',
  sex: 'Nữ',
  communeTyped: 'tay nha trang',
  commune: COMMUNE,
  address: '15 Phương Sài',
} satisfies Details & { phone: string }
const binh = { ...lan, phone: '0905123402', name: 'Võ Văn Bình', sex: 'Nam' } satisfies Details & {
  phone: string
}

type Place = { id: string; code: string; checkInUrl: string; name: string }
type List<T> = { items: T[] }
type Today = { in: number; out: number; inside: number }
type Stay = { place: { code: string }; arrivedAt: string; leftAt: string; estimated: boolean }

/** What one test leaves to the next. */
const kept = {} as { place: Place; poster: string; lan: Visitor; binh: Visitor }

const pathOf = (address: string) => new URL(address).pathname
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 })

test('somebody reads what this is, in Vietnamese, and in English one click away', async ({ invite }) => {
  const reader = await invite()
  const { page } = reader
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi')
  await expect(heading(page, 'Cùng giữ an toàn trong mùa dịch')).toBeVisible()
  for (const door of ['Khai báo y tế', 'Mã của tôi', 'Đăng ký địa điểm', 'Trực cửa'])
    await expect(page.getByRole('main').getByRole('link', { name: door })).toBeVisible()
  await reader.see('front-page')

  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('main').getByRole('link', { name: 'Health declaration' })).toBeVisible()
  await reader.see('front-page-in-english')
  await page.getByRole('link', { name: 'Tiếng Việt' }).click()
  await expect(heading(page, 'Cùng giữ an toàn trong mùa dịch')).toBeVisible()
})

test('Bà Hoa registers her market and has a poster for its door', async ({ invite, folder }) => {
  const owner = await invite()
  const { page } = owner
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: 'Đăng ký địa điểm' }).click()
  await page.getByLabel('Số điện thoại').fill(hoa.phone)
  await owner.see('sign-in')
  await page.getByRole('button', { name: 'Gửi mã cho tôi' }).click()
  await expect(heading(page, 'Nhập mã xác nhận')).toBeVisible()
  await owner.see('sign-in-code')

  // The message is read on the page of the twin, as on a second phone.
  const popup = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'hộp tin nhắn thử' }).click()
  const outbox = await popup
  const message = outbox.getByRole('listitem').filter({ hasText: 'mã xác nhận' }).first()
  await expect(message).toContainText(/0905\s?000\s?102/)
  const code = (await message.textContent())?.match(/\b\d{6}\b/)?.[0] ?? ''
  await outbox.close()
  await page.getByLabel('Mã trong tin nhắn').fill(code)
  await page.getByRole('button', { name: 'Xác nhận' }).click()

  await expect(heading(page, 'Đăng ký địa điểm')).toBeVisible()
  await page.getByLabel('Tên địa điểm').fill(MARKET)
  await page.getByLabel('Loại địa điểm').selectOption({ label: 'Chợ' })
  await page.getByRole('combobox', { name: 'Xã, phường của địa điểm' }).fill('tay nha tr')
  await expect(page.getByRole('option', { name: COMMUNE })).toBeVisible()
  await owner.see('place-new-commune')
  await chooseCommune(page, 'Xã, phường của địa điểm', 'tay nha trang', COMMUNE)
  await page.getByLabel('Địa chỉ').fill('2 Phương Sài')
  await page.getByRole('button', { name: 'Đăng ký' }).click()

  await expect(heading(page, MARKET)).toBeVisible()
  await expect(page.getByText('Đã đăng ký xong')).toBeVisible()
  await owner.see('place-registered')
  const mine = await owner.ask<List<Place>>('/me/places')
  const place = mine.items.find(({ name }) => name === MARKET)
  expect(place, 'the market is hers').toBeDefined()
  kept.place = await owner.ask<Place>(`/places/${place?.id}`)
  expect(kept.place.code).toMatch(/^[0-9A-Z]{8}$/)

  const { checkInUrl } = kept.place
  const shown = page.getByRole('img', { name: `Mã QR để vào và ra ${MARKET}` })
  expect(await readQr(await shown.screenshot())).toBe(checkInUrl)

  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Tải tờ mã (PDF)' }).click()
  const pdf = join(folder, 'poster.pdf')
  await (await downloading).saveAs(pdf)
  expect((await readFile(pdf)).toString('latin1', 0, 5)).toBe('%PDF-')
  const sheet = await photograph(pdf)
  if (sheet) expect(await readQr(sheet)).toBe(checkInUrl)
  kept.poster = checkInUrl

  await page.getByRole('link', { name: 'In từ trang này' }).click()
  await expect(heading(page, MARKET)).toBeVisible()
  await owner.see('poster-to-print')
  const printed = await page.pdf({ format: 'A4' })
  expect(printed.toString('latin1').match(/\/Type\s*\/Page\b/g), 'one sheet').toHaveLength(1)
  await page.getByRole('link', { name: 'Quay lại' }).click()

  await page.getByLabel('Số điện thoại của người trực cửa').fill(tu.phone)
  await page.getByRole('button', { name: 'Thêm người trực cửa' }).click()
  await expect(page.getByRole('button', { name: /Bỏ người trực cửa 0905/ })).toBeVisible()
  await owner.see('place-with-guard')
  const guards = await owner.ask<List<{ maskedPhone: string }>>(`/places/${kept.place.id}/guards`)
  expect(guards.items).toHaveLength(1)
})

test('Lan, never seen before, enters from the poster, leaves, and sees where she was', async ({ invite }) => {
  const visitor = await invite()
  const { page } = visitor
  kept.lan = visitor
  await page.goto(kept.poster)
  await expect(heading(page, MARKET)).toBeVisible()
  await visitor.see('place')
  await page.getByRole('link', { name: 'Vào', exact: true }).click()
  await signIn(page, lan.phone)

  await expect(heading(page, 'Thông tin của bạn')).toBeVisible()
  await giveDetails(page, lan)
  await visitor.see('details')
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click()

  await answerNo(page, async (number) => {
    if (number === 1) await visitor.see('declaration-question')
  })
  await expect(heading(page, 'Xem lại trước khi gửi')).toBeVisible()
  await visitor.see('declaration-summary')
  await page.getByRole('button', { name: 'Gửi tờ khai' }).click()

  await expect(page).toHaveURL(new RegExp(`${pathOf(kept.poster)}$`))
  await visitor.see('place-after-declaration')
  await page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(heading(page, `Đã vào ${MARKET}`)).toBeVisible()
  await expect(page.getByText('Mời vào')).toBeVisible()
  await visitor.see('inside')
  const inside = await visitor.ask<List<Stay>>('/me/inside')
  expect(inside.items.map(codeOf)).toEqual([kept.place.code])
  const [arrived] = inside.items
  await expect(page.getByText(clock(arrived!.arrivedAt)).first()).toBeVisible()

  await page.getByRole('button', { name: 'Ra khỏi đây' }).click()
  await expect(page.getByText('Bạn đã ra khỏi')).toBeVisible()
  await visitor.see('left')
  expect((await visitor.ask<List<Stay>>('/me/inside')).items).toEqual([])

  // The second time it is one tap.
  await page.goto(kept.poster)
  await page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(heading(page, `Đã vào ${MARKET}`)).toBeVisible()
  await page.getByRole('button', { name: 'Ra khỏi đây' }).click()
  await expect(page.getByText('Bạn đã ra khỏi')).toBeVisible()

  await page.goto('/me/visits')
  await expect(page.getByRole('main').getByText(MARKET)).toHaveCount(2)
  await visitor.see('visits')
  const visits = await visitor.ask<List<Stay>>('/me/visits')
  expect(visits.items.map(({ place, estimated }) => [place.code, estimated])).toEqual([
    [kept.place.code, false],
    [kept.place.code, false],
  ])
})

test('Bình does the same with scripts switched off', async ({ invite }) => {
  const visitor = await invite({ javaScriptEnabled: false })
  const { page } = visitor
  kept.binh = visitor
  await page.goto(kept.poster)
  await page.getByRole('link', { name: 'Vào', exact: true }).click()
  await signIn(page, binh.phone)
  await giveDetailsWithoutScript(page, binh)
  await visitor.see('without-script-details')
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click()

  for (const answer of await page.getByRole('radio', { name: 'Không', exact: true }).all())
    if (await answer.isVisible()) await answer.check()
  await visitor.see('without-script-declaration')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(heading(page, 'Xem lại trước khi gửi')).toBeVisible()
  await page.getByRole('button', { name: 'Gửi tờ khai' }).click()

  await page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(heading(page, `Đã vào ${MARKET}`)).toBeVisible()
  await visitor.see('without-script-inside')
  expect((await visitor.ask<List<Stay>>('/me/inside')).items.map(codeOf)).toEqual([kept.place.code])
  await page.getByRole('button', { name: 'Ra khỏi đây' }).click()
  await expect(page.getByText('Bạn đã ra khỏi')).toBeVisible()
  expect((await visitor.ask<List<Stay>>('/me/inside')).items).toEqual([])
  expect((await visitor.ask<List<Stay>>('/me/visits')).items.map(codeOf)).toEqual([kept.place.code])
})

test('anh Tú scans Lan in and out, also while the network is away', async ({ invite, folder }) => {
  const camera = new Camera(join(folder, 'camera.y4m'))
  const phone = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), ...asCamera(camera)],
  })
  try {
    const guard = await invite({ in: phone, permissions: ['camera'] })
    const { page } = guard
    const today = () => guard.ask<Today>(`/places/${kept.place.id}/today`)
    const result = page.getByRole('alert')
    const direction = page.getByRole('group', { name: 'Chiều quét' })

    guard.awaitRefusal(/me\/places: .*401/) // so the gate learns that nobody is signed in
    await page.goto('/gate')
    await signIn(page, tu.phone)
    await page.getByRole('radio', { name: MARKET }).check()
    await guard.see('gate-choose')
    await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
    await expect(page.getByLabel('Hình từ máy ảnh')).toBeVisible()
    await guard.see('gate-camera')
    const before = await today()

    await kept.lan.page.goto('/me')
    await kept.lan.see('my-code')
    camera.show(await codeOnScreen(kept.lan.page))
    await expect(result).toContainText('Mời vào')
    await expect(result).toHaveClass(/green/)
    await expect(result).toContainText(lan.name.replace('Lan', 'L***'))
    await expect(result).not.toContainText('Lan')
    await guard.photograph('gate-result-in')
    camera.clear()
    expect((await kept.lan.ask<List<Stay>>('/me/inside')).items.map(codeOf)).toEqual([kept.place.code])

    await expect(result).toBeHidden()
    await direction.getByText('Ra', { exact: true }).click()
    await kept.lan.page.getByRole('link', { name: 'Lấy mã mới' }).click()
    camera.show(await codeOnScreen(kept.lan.page))
    await expect(result).toContainText('Đã ghi giờ ra')
    await guard.photograph('gate-result-out')
    camera.clear()
    expect((await kept.lan.ask<List<Stay>>('/me/inside')).items).toEqual([])

    await expect(result).toBeHidden()
    await direction.getByText('Vào', { exact: true }).click()
    await page.context().setOffline(true)
    await kept.lan.page.getByRole('link', { name: 'Lấy mã mới' }).click()
    camera.show(await codeOnScreen(kept.lan.page))
    await expect(result).toContainText('Đã ghi, chưa kiểm tra được')
    await guard.photograph('gate-result-kept')
    camera.clear()
    await expect(page.getByText('1 chờ gửi')).toBeVisible()
    await expect(result).toBeHidden()
    await guard.see('gate-offline')
    expect((await kept.lan.ask<List<Stay>>('/me/inside')).items, 'nothing has arrived').toEqual([])

    const sent: string[] = []
    page.on('request', (request) => {
      if (!request.url().endsWith('/scans')) return
      const { scans } = request.postDataJSON() as { scans: { id: string }[] }
      sent.push(...scans.map(({ id }) => id))
    })
    await page.context().setOffline(false)
    await expect(page.getByText('chờ gửi')).toBeHidden()
    expect((await kept.lan.ask<List<Stay>>('/me/inside')).items.map(codeOf)).toEqual([kept.place.code])
    await guard.see('gate-sent')
    expect(sent, 'sent once').toHaveLength(1)
    const after = await today()
    expect([after.in - before.in, after.out - before.out, after.inside - before.inside]).toEqual([2, 1, 1])
  } finally {
    camera.close()
    await phone.close()
  }
})

const codeOf = ({ place }: Stay) => place.code

/** What a camera reads from the personal code on this screen. */
const codeOnScreen = async (page: Page) =>
  readQr(await page.getByRole('img', { name: 'Mã QR cá nhân' }).screenshot())

/** The time of day in Vietnam. */
const clock = (moment: string) =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(new Date(moment))
