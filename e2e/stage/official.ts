import { expect, type Page } from '@playwright/test'

const PASSWORD = 'lachan-demo'

/** Signs in at the desk and waits for the day's work. */
export async function signInAtDesk(page: Page, login: string) {
  await page.goto('/console')
  await page.getByLabel('Tên đăng nhập').fill(login)
  await page.getByLabel('Mật khẩu').fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await expect(page.getByRole('heading', { name: 'Việc hôm nay', level: 1 })).toBeVisible()
}

/** Opens one of the duties in the rail, which a narrow screen hides behind its menu. */
export async function openDuty(page: Page, name: string) {
  const menu = page.getByRole('button', { name: 'Danh mục công việc' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('navigation', { name: 'Công việc' }).getByRole('link', { name }).click()
}

/** Types a day in the three fields of this group. */
export async function giveDay(page: Page, group: string | RegExp, day: string) {
  const fields = page.getByRole('group', { name: group })
  const [year, month, date] = day.split('-')
  await fields.getByLabel('Ngày').fill(date!)
  await fields.getByLabel('Tháng').fill(month!)
  await fields.getByLabel('Năm').fill(year!)
}

/** Finds whoever has the number, and confirms that they have been ill since that day; what was recorded is open then. */
export async function recordCase(page: Page, phone: string, onsetOn: string) {
  await openDuty(page, 'Ca bệnh')
  await page.getByRole('link', { name: 'Ghi ca bệnh mới' }).click()
  await page.getByRole('searchbox', { name: 'Số điện thoại' }).fill(phone)
  await page.getByRole('button', { name: 'Tìm' }).click()
  await page.getByRole('button', { name: 'Chọn người này' }).click()
  await page.getByRole('radio', { name: 'COVID-19' }).check()
  await giveDay(page, /khởi phát/i, onsetOn)
  await page.getByRole('button', { name: 'Xác nhận ca bệnh' }).click()
  await expect(page.getByText('Đã ghi ca bệnh')).toBeVisible()
}
