import type { Page } from '@playwright/test'
import { signIn } from './stage/citizen.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

const tu = '0905000103'
const son = '0905000104'
const MARKET = 'Chợ Đầm'

type List<T> = { items: T[] }
type Inside = { place: { name: string } }

/** Somebody whose code is scanned. */
async function comeAs(invite: () => Promise<Visitor>, phone: string) {
  const guest = await invite()
  await guest.page.goto('/signin')
  await signIn(guest.page, phone)
  await guest.page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  return {
    guest,
    code: async () => (await guest.ask<{ text: string }>('/me/card')).text,
    isInside: async () =>
      (await guest.ask<List<Inside>>('/me/inside')).items.some(({ place }) => place.name === MARKET),
  }
}

/** From here on the service worker answers for this page. */
const isServed = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
  })

async function openGate(guard: Visitor, phone: string) {
  const { page } = guard
  await page.goto('/signin?next=/gate')
  await signIn(page, phone)
  await page.getByRole('radio', { name: MARKET }).check()
  await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
  await isServed(page)
  const { items } = await guard.ask<List<{ id: string; name: string }>>('/me/places')
  return items.find(({ name }) => name === MARKET)!.id
}

/** As a reader that acts as a keyboard, or a guard who types. */
async function type(page: Page, code: string) {
  await page.getByRole('textbox', { name: 'Nhập số điện thoại hoặc mã' }).fill(code)
  await page.keyboard.press('Enter')
}

test('what one guard scanned waits until somebody who guards the same place signs in', async ({ invite }) => {
  const { code, isInside } = await comeAs(invite, son)
  const guard = await invite()
  const { page } = guard
  await openGate(guard, tu)

  await page.context().setOffline(true)
  await type(page, await code())
  await expect(page.getByText('1 chờ gửi')).toBeVisible()

  // The session ends while the scan waits, and somebody else signs in on the same device.
  await page.context().clearCookies()
  guard.awaitRefusal(/api\/v1\/(me\/places|scans|places\/[^/]+\/gate).*40[134]/)
  await page.context().setOffline(false)
  await expect(page.getByText('Xin đăng nhập lại để gửi các lượt quét')).toBeVisible()
  await page.getByRole('link', { name: 'Đăng nhập' }).click()
  await signIn(page, son)
  await expect(page.getByText(`Bạn không gác ${MARKET}`)).toBeVisible()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await guard.see('gate-stranger')
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  expect(await isInside()).toBe(false)

  await page.context().clearCookies()
  await page.goto('/signin?next=/gate')
  await signIn(page, tu)
  await expect(page.getByRole('heading', { name: MARKET })).toBeVisible()
  await expect.poll(isInside).toBe(true)
  await expect(page.getByText('chờ gửi')).toBeHidden()
})
