import { randomUUID } from 'node:crypto'
import { signIn } from './stage/citizen.ts'
import { MARKET } from './stage/gate.ts'
import { recordCase, signInAtDesk } from './stage/official.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

const HOA = '0905000102'
const SON = '0905000104'
const STRANGER = '0905000777'
const MINUTE = 60_000
const OFTEN = 60

/** The same screen on a phone and at a desk. */
async function see(guest: Visitor, name: string, picture: 'see' | 'seeScreen' = 'see') {
  const { page } = guest
  const narrow = page.viewportSize()!
  await guest[picture](name)
  await page.setViewportSize({ width: 1280, height: 800 })
  await guest[picture](`${name}-desk`)
  await page.setViewportSize(narrow)
}

test('whoever types a number again and again does not hide what else is set aside', async ({ invite }) => {
  const son = await invite()
  await son.page.goto('/signin')
  await signIn(son.page, SON)
  await son.page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const { text: code } = await son.ask<{ text: string }>('/me/card')

  const owner = await invite()
  await owner.page.goto('/signin')
  await signIn(owner.page, HOA)
  await owner.page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const { items } = await owner.ask<{ items: { id: string; name: string }[] }>('/me/places')
  const market = items.find(({ name }) => name === MARKET)!.id
  const send = async (path: string, data: object) => {
    const answer = await owner.page.request.post(`/api/v1${path}`, { data })
    expect(answer.ok(), await answer.text()).toBe(true)
    return answer.json()
  }
  const { id: far } = await send('/places', {
    name: 'Quán ở Hà Nội',
    kind: 'shop',
    areaCode: '22366',
    address: '1 Hàng Bạc',
    phone: HOA,
    lat: 21.03,
    lon: 105.85,
  })
  // Of SON all within a second, so that a line is of one day.
  const scan = (placeId: string, ago: number, more: object) => ({
    id: randomUUID(),
    placeId,
    at: new Date(Date.now() - ago).toISOString(),
    direction: 'in',
    ...more,
  })
  const typed = { code: `tel:${SON}`, vouched: true }
  const stranger = { code: `tel:${STRANGER}`, vouched: true }
  const gone = scan(market, 30 * MINUTE, { ...stranger, direction: 'out' })
  await send('/scans', {
    scans: [scan(market, 40 * MINUTE, typed), scan(market, 40 * MINUTE, stranger), gone],
  })
  await send('/scans/undone', { scans: [{ id: gone.id, placeId: market }] })
  const shown = scan(market, 0, { code })
  const here = scan(market, 100, typed)
  await send('/scans', { scans: [shown, here] })
  await send('/scans/undone', { scans: [{ id: here.id, placeId: market }] })
  await send('/scans', { scans: Array.from({ length: OFTEN }, (_, n) => scan(far, 10 * n, typed)) })

  const minh = await invite()
  const { page } = minh
  minh.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  await recordCase(page, SON, new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10))

  const aside = page.getByRole('region', { name: `Lượt quét để riêng: ${OFTEN + 1}` })
  const lines = aside.getByRole('listitem').filter({ has: page.locator('time') })
  await expect(lines).toHaveCount(2)
  await expect(lines.filter({ hasText: 'Quán ở Hà Nội' })).toContainText(`${OFTEN} lượt, lượt cuối lúc`)
  await see(minh, 'case-aside')

  await aside.getByRole('button', { name: 'Người trực cửa đã hủy (1)' }).click()
  await expect(lines).toHaveCount(1)
  await expect(lines).toContainText(MARKET)
  await aside.getByRole('button', { name: `Tất cả (${OFTEN + 1})` }).click()
  await expect(lines).toHaveCount(2)

  await aside.getByRole('button', { name: /^Xem từng lượt ở Quán ở Hà Nội/ }).click()
  const opened = page.getByRole('dialog', { name: /^Quán ở Hà Nội, ngày/ })
  const scans = opened.getByRole('listitem').filter({ has: page.locator('time') })
  await expect(scans).toHaveCount(50)
  await see(minh, 'case-aside-scans', 'seeScreen')
  await opened.getByRole('button', { name: 'Xem thêm' }).click()
  await expect(scans).toHaveCount(OFTEN)
  await opened.getByRole('button', { name: 'Đóng' }).click()

  await page.getByRole('button', { name: 'Bắt đầu truy vết' }).click()
  await expect(page.getByText(/^\d+ người tiếp xúc gần$/)).toBeVisible({ timeout: 20_000 })
  await page.goto(`${page.url()}&sort=-firstAt`)
  const found = page.getByRole('row').filter({ hasText: 'còn 1 lượt quét để riêng' })
  await found.getByText(/^Vì sao:/).click()
  await expect(
    found.getByText(/^Người này còn 1 lượt quét để riêng tại Chợ Đầm, ngày .*: Người trực cửa đã hủy/),
  ).toBeVisible()
  await see(minh, 'contact-aside')
})
