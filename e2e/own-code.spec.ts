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
