import { chooseCommune, signIn } from './stage/citizen.ts'
import { openGate, typeAsReader } from './stage/gate.ts'
import { giveDay, openDuty, signInAtDesk } from './stage/official.ts'
import { expect, test } from './stage/test.ts'

const NUMBER = '056190004321'
const CARD = `${NUMBER}|225123456|Trần Thị Sen|01021990|Nữ|12 Lê Lợi, Nha Trang|01012021`

test('somebody whom a gate knows by an identity card alone is found by it, and so are their visits', async ({
  invite,
}) => {
  const guard = await invite()
  await guard.page.goto('/signin')
  await signIn(guard.page, '0905000103')
  await guard.page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  await openGate(guard.page)
  await typeAsReader(guard.page, CARD)
  // It is written down before a phone is asked for, which nobody gives.
  await expect(guard.page.getByText('Trần Thị S***').first()).toBeAttached()

  const doctor = await invite()
  const { page } = doctor
  doctor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  await openDuty(page, 'Ca bệnh')
  await page.getByRole('link', { name: 'Ghi ca bệnh mới' }).click()
  await page.getByLabel('Tìm theo').selectOption('documentNumber')
  await page.getByRole('searchbox').fill(NUMBER)
  await page.getByRole('button', { name: 'Tìm' }).click()
  await page.getByRole('button', { name: 'Chọn người này' }).click()
  await expect(page.getByRole('heading', { name: 'Điền phần còn thiếu' })).toBeVisible()
  await expect(page.getByLabel('Họ và tên'), 'the card has said it').toHaveCount(0)
  await chooseCommune(page, 'Nơi ở', 'nha trang', 'Phường Nha Trang, Tỉnh Khánh Hoà')
  await doctor.see('case-new-complete')
  await page.getByRole('button', { name: 'Lưu hồ sơ và chọn' }).click()
  await page.getByRole('radio', { name: 'COVID-19' }).check()
  await giveDay(page, /khởi phát/i, new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10))
  await page.getByRole('button', { name: 'Xác nhận ca bệnh' }).click()
  await expect(page.getByText('Đã ghi ca bệnh')).toBeVisible()
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  const { items } = await doctor.ask<{ items: { place: { name: string } }[] }>(`/cases/${id}/stays`)
  expect(items.map(({ place }) => place.name)).toEqual(['Chợ Đầm'])
})
