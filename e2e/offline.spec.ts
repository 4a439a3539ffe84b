import { signIn } from './stage/citizen.ts'
import { openLine } from './stage/line.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

const tu = '0905000103'
const son = { phone: '0905000104', name: 'Phạm Văn Sơn' }
const MARKET = 'Chợ Đầm'
const card = '000190777771||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021'

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

test('a gate is opened again although the proxy finds no server, or the network hangs', async ({
  invite,
  server,
}) => {
  const line = await openLine(server.url)
  const guard = await invite({ baseURL: line.url })
  // What is asked behind the page fails, as it must.
  guard.awaitRefusal(/502|favicon\.ico/)
  const { page } = guard
  try {
    await page.goto('/signin?next=/gate')
    await signIn(page, tu)
    await page.getByRole('radio', { name: MARKET }).check()
    await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
    await isServed(guard)

    const market = page.getByRole('heading', { name: MARKET })
    line.become('badGateway')
    await page.reload()
    await expect(market).toBeVisible()
    line.become('hangs')
    const began = Date.now()
    await page.reload({ waitUntil: 'commit' })
    await expect(market).toBeVisible()
    expect(Date.now() - began).toBeLessThan(10_000)
    await page.getByRole('textbox', { name: 'Nhập số điện thoại hoặc mã' }).fill(card)
    await page.getByRole('button', { name: 'Ghi', exact: true }).click()
    await expect(page.getByText('1 chờ gửi')).toBeVisible()

    // A page that is not kept waits for its answer, and shows it.
    line.become('badGateway')
    const answer = await page.goto('/me')
    expect(answer?.status()).toBe(502)
    line.become('well')
    await page.goto('/gate')
    await expect(market).toBeVisible()
    await expect(page.getByText('chờ gửi')).toBeHidden()
  } finally {
    line.close()
  }
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

test('of an outbox full of cards so many go as are taken, the screen says why, and the door stays open', async ({
  invite,
}) => {
  test.setTimeout(150_000)
  const guard = await invite()
  const { page } = guard
  await page.goto('/signin')
  await signIn(page, son.phone)
  await page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const place = {
    name: 'Xưởng May Mới',
    kind: 'factory',
    areaCode: '22366',
    address: '1 Ví Dụ',
    phone: son.phone,
  }
  const { id } = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/api/v1/places', { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as { id: string }
  }, place)
  await page.goto('/gate')
  await page.getByRole('radio', { name: place.name }).check()
  await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
  await isServed(guard)

  await page.context().setOffline(true)
  await page.evaluate(
    async ({ count, placeId, placeName }) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('lachan-gate')
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      const write = db.transaction('waiting', 'readwrite')
      for (let n = 0; n < count; n++) {
        const made = Date.now() - 3_600_000 + n
        const hex = made.toString(16).padStart(12, '0')
        write.objectStore('waiting').put({
          id: `${hex.slice(0, 8)}-${hex.slice(8)}-7${crypto.randomUUID().slice(15)}`,
          placeId,
          placeName,
          at: new Date(made).toISOString(),
          direction: 'in',
          code: `0001907${String(n).padStart(5, '0')}||Người Thử|01021990|Nam||`,
          kind: 'cccd',
          sent: false,
          notBefore: 0,
        })
      }
      await new Promise((resolve) => write.addEventListener('complete', resolve))
      db.close()
    },
    { count: 700, placeId: id, placeName: place.name },
  )
  const bodies: number[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/scans')) bodies.push(request.postDataJSON().scans.length)
  })
  await page.context().setOffline(false)
  await expect(page.getByText('460 chờ gửi')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Thẻ và số gõ tay được nhận dần')).toBeVisible()
  await expect(page.getByText('Máy chủ đang bận')).toBeHidden()
  // Neither is more sent than the server takes, nor is any of it taken for refused.
  expect(bodies).toEqual([250])
  await expect(page.getByText('không được nhận khi gửi')).toBeHidden()
  await guard.see('gate-throttled')

  await page.getByRole('textbox', { name: 'Nhập số điện thoại hoặc mã' }).fill(card)
  await page.getByRole('button', { name: 'Ghi', exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('alert')).not.toContainText('chưa kiểm tra được')
  await expect(page.getByText('460 chờ gửi')).toBeVisible()
})
