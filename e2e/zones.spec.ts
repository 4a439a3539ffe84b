import type { Page } from '@playwright/test'
import { openDuty, signInAtDesk } from './stage/official.ts'
import { expect, test } from './stage/test.ts'

type Zone = { id: string; state: string; number: string | null; counts: { places: number } }
type PublicPlace = { zones: { name: string; isClosed: boolean }[] }

const NAME = 'Chợ Đầm và quanh chợ'
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

/** Answers the question that lies over the page. */
async function confirm(page: Page, act: string) {
  await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

test('bác sĩ Minh drafts a zone, cô Thu orders it, the market says so, and she lifts it', async ({
  invite,
  server,
}) => {
  const answer = await fetch(`${server.url}/api/v1/demo/accounts`)
  const { places } = (await answer.json()) as { places: { name: string; checkInUrl: string }[] }
  const market = places[0]!
  const code = market.checkInUrl.split('/').at(-1)!.split('?')[0]!

  const doctor = await invite()
  const { page } = doctor
  doctor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  await openDuty(page, 'Khoanh vùng')
  await expect(page.getByText('Chưa có vùng nào')).toBeVisible()
  await doctor.see('zones-none')
  await page.getByRole('link', { name: 'Soạn vùng mới' }).click()
  await expect(heading(page, 'Soạn vùng mới')).toBeVisible()

  // Nobody is ill yet: the machine has nothing to propose, and says so.
  await page.getByRole('button', { name: 'Tìm vùng nhỏ nhất' }).click()
  await expect(page.getByText('Hãy tự chọn phạm vi bên dưới')).toBeVisible()
  const figure = (name: string) =>
    page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) })
  await expect(figure('Người')).toContainText(/[1-9]/)
  const whole = (await figure('Địa điểm').textContent()) ?? ''
  await page.getByRole('radio', { name: 'Hình tròn' }).check()
  await page.getByLabel('Vĩ độ').fill('12.2547')
  await page.getByLabel('Kinh độ').fill('109.1921')
  await page.getByLabel('Bán kính (m)').fill('400')
  await expect(page.getByText('Khu vực chạm: Phường Nha Trang.')).toBeVisible()
  await expect(figure('Địa điểm')).not.toHaveText(whole)
  await page.getByRole('button', { name: 'Lưu dự thảo' }).click()
  await expect(page.getByText('Hãy điền ô này.')).toHaveCount(3)
  await page.getByRole('radio', { name: 'COVID-19' }).check()
  await page.getByLabel('Tên vùng').fill(NAME)
  await page.getByLabel('Biện pháp').fill('Không tụ tập quá 10 người.')
  // By the keyboard: what is counted above may still come, and move what a finger aims at.
  await page.getByText('Chọn loại địa điểm tạm ngừng đón khách').press('Enter')
  await page.getByRole('checkbox', { name: 'Chợ', exact: true }).check()
  await doctor.see('zone-draft')
  await page.getByRole('button', { name: 'Lưu dự thảo' }).click()
  await expect(heading(page, NAME)).toBeVisible()
  await expect(page.getByText(/^Còn .+ thông báo chậm nhất/)).toBeVisible()
  const id = new URL(page.url()).searchParams.get('zone')!
  expect((await doctor.ask<Zone>(`/zones/${id}`)).counts.places).toBeGreaterThan(0)
  const pdf = await page.request.get(`/api/v1/zones/${id}/order.pdf`)
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')

  // A title of one long word, with marks that nobody sees, neither widens the page nor turns it around.
  const times = [2, 3].map((days) => new Date(Date.now() + days * 86_400_000).toISOString())
  const word = 'X'.repeat(180)
  const long = await page.request.post('/api/v1/zones', {
    data: {
      areaCode: '22366',
      unitCodes: ['22366'],
      name: `\u202e${word}\u2066`,
      level: 'watch',
      measures: word,
      startsAt: times[0],
      endsAt: times[1],
    },
  })
  await page.goto(`/console/zones?zone=${((await long.json()) as Zone).id}`)
  await expect(heading(page, word)).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await doctor.see('zone-long-name')
  await page.goto('/console/zones')
  await expect(page.getByRole('link', { name: word })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await page.goto(`/console/zones?zone=${id}`)

  await page.getByRole('button', { name: 'Đề xuất' }).click()
  await confirm(page, 'Đề xuất')
  await expect(page.getByText('Đang chờ người thứ hai')).toBeVisible()

  const chair = await invite({ hasTouch: false, isMobile: false, viewport: { width: 1280, height: 800 } })
  chair.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(chair.page, 'thu')
  await openDuty(chair.page, 'Khoanh vùng')
  await chair.page.getByRole('link', { name: NAME }).click()
  await chair.page.getByRole('button', { name: 'Quyết định', exact: true }).click()
  await chair.page.getByLabel('Số quyết định').fill('125/QĐ-UBND')
  await chair.seeScreen('zone-order')
  await confirm(chair.page, 'Quyết định')
  await expect(chair.page.getByText('Đã quyết định, chờ thông báo')).toBeVisible()

  await page.reload()
  await page.getByRole('button', { name: 'Thông báo và công bố' }).click()
  await confirm(page, 'Thông báo và công bố')
  await expect(page.getByText('Đã thông báo', { exact: true })).toBeVisible()
  await doctor.see('zone-notified')
  expect((await doctor.ask<Zone>(`/zones/${id}`)).state).toBe('notified')

  const visitor = await invite({ javaScriptEnabled: false })
  await visitor.page.goto(market.checkInUrl)
  await expect(visitor.page.getByText(`Nơi này nằm trong vùng khoanh: ${NAME}`)).toBeVisible()
  await expect(visitor.page.getByText('nơi này tạm ngừng đón khách')).toBeVisible()
  await visitor.see('zone-place')
  const [known] = (await visitor.ask<PublicPlace>(`/public/places/${code}`)).zones
  expect(known).toMatchObject({ name: NAME, isClosed: true })

  await openDuty(chair.page, 'Số liệu và bản đồ')
  const ward = chair.page.getByRole('rowheader', { name: 'Phường Nha Trang' })
  await expect(ward).toContainText(`Vùng khoanh ${NAME}`)
  await chair.photograph('zone-report', { fullPage: true })
  await openDuty(chair.page, 'Khoanh vùng')
  await chair.see('zones')
  await chair.page.getByRole('link', { name: NAME }).click()
  await chair.page.getByRole('button', { name: 'Kết thúc vùng' }).click()
  await chair.page.getByLabel('Lý do').fill('Xét nghiệm lại đều âm tính')
  await confirm(chair.page, 'Kết thúc vùng')
  await expect(chair.page.getByText('Đã kết thúc sớm', { exact: true })).toBeVisible()
  await expect(chair.page.getByText(/Xét nghiệm lại đều âm tính/)).toBeVisible()
  await visitor.page.reload()
  await expect(visitor.page.getByText('Nơi này nằm trong vùng khoanh')).toHaveCount(0)
})
