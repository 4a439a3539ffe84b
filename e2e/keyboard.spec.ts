import type { Locator, Page } from '@playwright/test'
import { waitForCode } from './stage/outbox.ts'
import { expect, test } from './stage/test.ts'

const PHONE = '0905123601'
const MOST_TABS = 40

/** Whether somebody who looks at the screen can tell where the keyboard is. */
const isFocusShown = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body) return true
    const shows = (element: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
    }
    const label = focused.closest('label')
    const { width, height, bottom } = focused.getBoundingClientRect()
    return (width > 1 && height > 1 && bottom > 0 && shows(focused)) || (label !== null && shows(label))
  })

/** Presses Tab until this is where the keyboard is; every stop on the way has to be seen. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
    expect(await isFocusShown(page), `the focus is seen on ${focused}`).toBe(true)
  }
  throw new Error(`Tab does not reach ${target}`)
}

/** Goes there and types, as on a keyboard. */
async function typeIn(page: Page, field: Locator, text: string) {
  await tabTo(page, field)
  await page.keyboard.type(text)
}

async function press(page: Page, target: Locator, key = 'Enter') {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

/** Finds a commune in the list that opens while one types. */
async function chooseCommune(page: Page, label: string, typed: string, commune: string) {
  const box = page.getByRole('combobox', { name: label })
  await typeIn(page, box, typed)
  await expect(page.getByRole('option', { name: commune })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(box).toHaveValue(commune)
}

test('one can sign in, register, check in and open a place with the keyboard alone', async ({
  invite,
  server,
}) => {
  const visitor = await invite({ hasTouch: false, isMobile: false, viewport: { width: 1280, height: 800 } })
  const { page } = visitor
  const answer = await fetch(`${server.url}/api/v1/demo/accounts`)
  const { places } = (await answer.json()) as { places: { checkInUrl: string; name: string }[] }
  const market = places[0]!

  await page.goto(market.checkInUrl)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Đến phần chính' })).toBeFocused()
  expect(await isFocusShown(page)).toBe(true)
  await page.keyboard.press('Enter')
  await press(page, page.getByRole('link', { name: 'Vào', exact: true }))

  const since = Date.now()
  await typeIn(page, page.getByLabel('Số điện thoại'), PHONE)
  await page.keyboard.press('Enter')
  const code = page.getByLabel('Mã trong tin nhắn')
  await typeIn(page, code, await waitForCode(server.url, PHONE, since))
  await page.keyboard.press('Enter')

  await expect(page.getByRole('combobox')).toBeVisible()
  await typeIn(page, page.getByLabel('Họ và tên'), 'Phan Thị Kim')
  await typeIn(page, page.getByLabel('Năm sinh'), '1988')
  await press(page, page.getByRole('radio', { name: 'Nữ', exact: true }), 'Space')
  await chooseCommune(page, 'Xã, phường nơi ở', 'nha trang', 'Phường Nha Trang, Tỉnh Khánh Hoà')
  await typeIn(page, page.getByLabel('Địa chỉ'), '9 Hàn Thuyên')
  await page.keyboard.press('Enter')

  const summary = page.getByRole('heading', { name: 'Xem lại trước khi gửi' })
  for (let number = 1; !(await summary.isVisible()); number++) {
    const count = page.getByText(new RegExp(`^Câu ${number} trên`))
    await expect(count.or(summary)).toBeVisible()
    if (await summary.isVisible()) break
    await press(page, page.getByRole('radio', { name: 'Không', exact: true }), 'Space')
    await press(page, page.getByRole('button', { name: 'Tiếp tục' }))
    await expect(count).toBeHidden()
  }
  await press(page, page.getByRole('button', { name: 'Gửi tờ khai' }))
  await press(page, page.getByRole('button', { name: 'Vào', exact: true }))
  await expect(page.getByRole('heading', { name: `Đã vào ${market.name}` })).toBeVisible()
  const inside = async () => (await visitor.ask<{ items: unknown[] }>('/me/inside')).items.length
  expect(await inside()).toBe(1)
  await press(page, page.getByRole('button', { name: 'Ra khỏi đây' }))
  await expect(page.getByText('Bạn đã ra khỏi')).toBeVisible()
  expect(await inside()).toBe(0)

  await page.goto('/places/new')
  await expect(page.getByRole('combobox', { name: 'Xã, phường của địa điểm' })).toBeVisible()
  await typeIn(page, page.getByLabel('Tên địa điểm'), 'Tiệm may Kim')
  await tabTo(page, page.getByLabel('Loại địa điểm'))
  await page.keyboard.press('ArrowDown')
  await typeIn(page, page.getByLabel('Địa chỉ'), '9 Hàn Thuyên')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Tiệm may Kim' })).toBeVisible()
  const mine = await visitor.ask<{ items: { name: string }[] }>('/me/places')
  expect(mine.items.map(({ name }) => name)).toEqual(['Tiệm may Kim'])
})
