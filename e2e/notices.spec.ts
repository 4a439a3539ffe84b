import { expect, type Page } from '@playwright/test'
import { signIn } from './stage/citizen.ts'
import { giveDay, openDuty, signInAtDesk } from './stage/official.ts'
import { test } from './stage/test.ts'

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 })

/** The day that is so many days ago in Vietnam, as YYYY-MM-DD. */
const dayBefore = (days: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(Date.now() - days * 86_400_000)

test('two officers publish where a case was, and a phone compares it with its visits by itself', async ({
  invite,
}) => {
  const doctor = await invite()
  const { page } = doctor
  doctor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  await openDuty(page, 'Ca bệnh')
  await page.getByRole('link', { name: 'Ghi ca bệnh mới' }).click()
  await page.getByRole('searchbox', { name: 'Số điện thoại' }).fill('0905000104')
  await page.getByRole('button', { name: 'Tìm' }).click()
  await page.getByRole('button', { name: 'Chọn người này' }).click()
  await page.getByRole('radio', { name: 'COVID-19' }).check()
  await giveDay(page, /khởi phát/i, dayBefore(2))
  await page.getByRole('button', { name: 'Xác nhận ca bệnh' }).click()
  await expect(page.getByText('Đã ghi ca bệnh')).toBeVisible()

  await page.getByRole('link', { name: 'Mốc dịch tễ' }).click()
  const table = page.getByRole('region', { name: 'Mốc dịch tễ' })
  const market = table.getByRole('row').filter({ hasText: 'Chợ Đầm' }).first()
  await expect(market).toContainText('Chưa xét')
  await doctor.see('points-open')
  await market.getByRole('button', { name: 'Xét' }).click()
  await doctor.seeScreen('point-judge')
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click()
  await expect(market).toContainText('Đã xác nhận')
  await market.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Soạn thông báo (1)' }).click()
  await doctor.seeScreen('points-draft')
  await page.getByRole('button', { name: 'Soạn và chờ duyệt' }).click()
  await expect(page.getByText('Đã soạn thông báo')).toBeVisible()
  await page.getByRole('link', { name: 'Xem các thông báo chờ duyệt' }).click()
  await expect(page.getByText('Bạn soạn: cần cán bộ khác duyệt')).toBeVisible()

  const second = await invite()
  second.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(second.page, 'quang')
  await openDuty(second.page, 'Thông báo')
  await expect(heading(second.page, 'Thông báo')).toBeVisible()
  await second.see('notices-waiting')
  await second.page.getByRole('button', { name: 'Duyệt và công bố' }).click()
  await second.seeScreen('notices-release')
  await second.page.getByRole('dialog').getByRole('button', { name: 'Duyệt và công bố' }).click()
  await expect(second.page.getByRole('strong').filter({ hasText: 'Đang công bố' })).toBeVisible()

  const citizen = await invite()
  const phone = citizen.page
  await phone.goto('/notices')
  await expect(heading(phone, 'Nơi có ca bệnh đã đến')).toBeVisible()
  await citizen.see('notices-public')
  await phone.getByRole('link', { name: 'Đăng nhập để so' }).click()
  await signIn(phone, '0905000103')
  await expect(heading(phone, 'Nơi có ca bệnh đã đến')).toBeVisible()
  const { items } = await citizen.ask<{ items: { id: string; place: { id: string } | null }[] }>(
    '/public/notices',
  )
  const compared = phone.getByRole('button', { name: 'So với các lượt của tôi' })
  await expect(compared).toBeVisible()

  const asked: { url: string; method: string; cookie: string | undefined; body: string | null }[] = []
  phone.context().on('request', async (request) => {
    const one = {
      url: request.url(),
      method: request.method(),
      cookie: undefined as string | undefined,
      body: request.postData(),
    }
    asked.push(one)
    one.cookie = (await request.allHeaders()).cookie
  })
  await compared.click()
  const result = phone.locator('[data-result]')
  await expect(result).toHaveAttribute('data-state', /found|none/)
  await phone.waitForTimeout(500)
  expect(asked.length).toBeGreaterThan(0)
  for (const { url, method, cookie, body } of asked) {
    expect(new URL(url).pathname + new URL(url).search).toMatch(
      /^\/api\/v1\/public\/notices\?days=31(&cursor=\d{4}-\d\d-\d\d)?$/,
    )
    expect([method, cookie, body]).toEqual(['GET', undefined, null])
    for (const { id, place } of items) expect(url).not.toMatch(new RegExp(`${id}|${place?.id ?? id}`))
  }
  await citizen.see('notices-compared')

  // Ten thousand lines, on a phone.
  const visits = JSON.parse((await phone.locator('[data-check]').getAttribute('data-visits')) ?? '[]')
  expect(visits.length).toBeGreaterThan(0)
  const many = Array.from({ length: 10_000 }, (_, n) => ({
    id: String(n),
    disease: { vi: 'COVID-19', en: 'COVID-19' },
    place: { id: n === 5000 ? visits[0].placeId : `place-${n}`, name: `Nơi số ${n}` },
    from: visits[0].from,
    to: visits[0].to,
    withdrawnOn: null,
  }))
  await phone.route('**/api/v1/public/notices?**', (route) =>
    route.fulfill({ json: { items: many, next: null } }),
  )
  await compared.click()
  await expect(result.getByRole('listitem')).toHaveCount(1)
  await expect(result).toContainText('Nơi số 5000')
  expect(Number(await result.getAttribute('data-took'))).toBeLessThan(1000)

  // It was a mistake, and the list says so.
  await second.page.getByRole('button', { name: 'Rút lại' }).click()
  await second.page.getByRole('dialog').getByLabel('Lý do').fill('Xét nghiệm lại âm tính')
  await second.page.getByRole('dialog').getByRole('button', { name: 'Rút lại' }).click()
  await expect(second.page.getByRole('strong').filter({ hasText: 'Đã rút lại' })).toBeVisible()
  const reader = await invite({ javaScriptEnabled: false })
  await reader.page.goto('/notices')
  await expect(reader.page.getByText(/Đã rút lại ngày/).first()).toBeVisible()
  await reader.page.getByLabel('Tìm nơi, xã, phường, tỉnh').fill('nha trang')
  await reader.page.getByRole('button', { name: 'Tìm' }).click()
  await expect(reader.page.getByText(/Đã rút lại ngày/).first()).toBeVisible()
  await reader.see('notices-withdrawn')
})
