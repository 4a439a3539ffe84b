import { signIn } from './stage/citizen.ts'
import { readQr } from './stage/qr.ts'
import { expect, test } from './stage/test.ts'

const lan = '0905123701'

test('a phone makes a new code every half minute, also without network, until it is signed out', async ({
  invite,
}) => {
  const visitor = await invite()
  const { page } = visitor
  await page.clock.install()
  await page.goto('/signin')
  await signIn(page, lan)
  const code = page.getByRole('img', { name: 'Mã QR cá nhân' })
  const read = async () => readQr(await code.screenshot())
  await expect(page.getByText('Mã tự đổi sau')).toBeVisible()
  const first = await read()
  expect(first).toMatch(/^71\d{480,}$/)
  await visitor.isAccessible()

  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.context().setOffline(true)
  await page.clock.runFor(31_000)
  await expect.poll(read).not.toBe(first)
  await page.goto('/code')
  await expect(page.getByText('Mã tự đổi sau')).toBeVisible()
  await expect(page.getByText('Mã ghi: chưa có khai báo còn hạn.')).toBeVisible()
  expect(await read()).toMatch(/^71\d{480,}$/)
  await visitor.isAccessible()

  await page.context().setOffline(false)
  const { items } = await visitor.ask<{ items: unknown[] }>('/me/devices')
  expect(items).toHaveLength(1)
  await page.goto('/signout')
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.goto('/code')
  await expect(page.getByText('Máy này chưa giữ mã nào.')).toBeVisible()
  await expect(code).toBeHidden()
})

test('a lost phone is revoked from another one, with scripts switched off', async ({ invite }) => {
  const lost = await invite()
  await lost.page.goto('/signin')
  await signIn(lost.page, '0905123702')
  await expect(lost.page.getByText('Mã tự đổi sau')).toBeVisible()

  const other = await invite({ javaScriptEnabled: false })
  const { page } = other
  await page.goto('/signin')
  await signIn(page, '0905123702')
  await page.getByRole('link', { name: 'Điện thoại tạo mã của tôi' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Từ ' })).toHaveCount(1)
  await page.getByText('Hủy máy này').click()
  await other.see('me-devices')
  await page.getByRole('button', { name: 'Hủy mã trên máy' }).click()
  await expect(page.getByText('Đã hủy. Mã trên máy đó không dùng được nữa.')).toBeVisible()
  await expect(page.getByText('Chưa có máy nào tạo mã.')).toBeVisible()
  await other.isAccessible()
  expect((await lost.page.request.get('/api/v1/me/devices')).status()).toBe(401)
})
