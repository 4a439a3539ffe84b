import { signIn } from './stage/citizen.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

const tu = '0905000103'
const son = { phone: '0905000104', name: 'Phạm Văn Sơn' }
const MARKET = 'Chợ Đầm'

/** From here on the service worker answers for this page. */
const isServed = ({ page }: Visitor) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
  })

test('a gate that is opened again without network goes on working', async ({ invite }) => {
  const guest = await invite()
  await guest.page.goto('/signin')
  await signIn(guest.page, son.phone)
  await guest.page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const { text } = await guest.ask<{ text: string }>('/me/card')
  const isInside = async () => {
    const { items } = await guest.ask<{ items: { place: { name: string } }[] }>('/me/inside')
    return items.some(({ place }) => place.name === MARKET)
  }
  expect(await isInside()).toBe(false)

  const guard = await invite()
  const { page } = guard
  await page.goto('/signin?next=/gate')
  await signIn(page, tu)
  await page.getByRole('radio', { name: MARKET }).check()
  await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
  await isServed(guard)

  await page.context().setOffline(true)
  await page.reload()
  await expect(page.getByRole('heading', { name: MARKET })).toBeVisible()
  await page.getByRole('textbox', { name: 'Nhập số điện thoại hoặc mã' }).fill(text)
  await page.getByRole('button', { name: 'Ghi', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('Lượt này được giữ trên máy và tự gửi lại.')
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await guard.isAccessible()
  // What is kept outlives the page.
  await page.reload()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  expect(await isInside()).toBe(false)

  await page.context().setOffline(false)
  await expect(page.getByText('chờ gửi')).toBeHidden()
  expect(await isInside()).toBe(true)
})

test('without network a personal page is not shown, to nobody', async ({ invite }) => {
  const visitor = await invite()
  const { page } = visitor
  await page.goto('/signin')
  await signIn(page, son.phone)
  await expect(page.getByRole('heading', { name: son.name })).toBeVisible()
  await isServed(visitor)
  await page.reload()
  await expect(page.getByRole('heading', { name: son.name })).toBeVisible()

  await page.context().setOffline(true)
  await page.goto('/me')
  await expect(page.getByRole('heading', { name: 'Bạn đang mất mạng' })).toBeVisible()
  await expect(page.locator('body')).not.toContainText(son.name)
  await visitor.isAccessible()
  const kept = await page.evaluate(async () => {
    const texts: string[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const answer = await cache.match(request)
        texts.push(`${request.url}\n${await answer?.text()}`)
      }
    }
    return texts
  })
  expect(kept.length).toBeGreaterThan(0)
  expect(
    kept.filter((text) => text.includes(son.name) || /\/me\b.*\n/.test(text.split('\n', 1)[0]!)),
  ).toEqual([])
  await page.context().setOffline(false)

  // Another person on the same phone.
  await page.goto('/me')
  await page.getByRole('link', { name: 'Đăng xuất' }).click()
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await expect(page.getByRole('link', { name: 'Đăng nhập' })).toBeVisible()
  await page.goBack()
  await page.goBack()
  await expect(page.locator('body')).not.toContainText(son.name)
  await page.goto('/signin')
  await signIn(page, tu)
  await expect(page.getByRole('heading', { name: 'Lê Anh Tú' })).toBeVisible()
  await expect(page.locator('body')).not.toContainText(son.name)
})
