import { expect, type Page } from '@playwright/test'
import { giveDay, openDuty, recordCase, signInAtDesk } from './stage/official.ts'
import { test } from './stage/test.ts'

const WIDE = { width: 1280, height: 800 }
const son = { phone: '0905000104', masked: 'Phạm Văn S***' }

type List<T> = { items: T[] }
type Edge = { person: { maskedName: string }; setting: string; confidence: number }

/** The day that is so many days ago in Vietnam. */
const dayBefore = (days: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(Date.now() - days * 86_400_000)

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Các phần của ca bệnh' }).getByRole('link', { name }).click()

test('bác sĩ Minh keeps the record of a case: tests, what it is called, and what is told', async ({
  invite,
}) => {
  const doctor = await invite()
  const { page } = doctor
  const narrow = page.viewportSize()!
  /** The same page on a phone and at a desk. */
  const see = async (name: string) => {
    await doctor.see(name)
    await page.setViewportSize(WIDE)
    await doctor.see(`${name}-desk`)
    await page.setViewportSize(narrow)
  }
  doctor.awaitRefusal(/\/me: .*401|interviews: .*422/) // who is asking, and the story that ends before it begins
  await signInAtDesk(page, 'minh')
  await recordCase(page, son.phone, dayBefore(2))
  const caseId = new URL(page.url()).pathname.split('/').at(-1)!

  // Where the case was: the chart is one stop for the keyboard, the arrows tell each stay.
  const chart = page.getByRole('listbox', { name: /Nơi đã đến/ })
  await chart.focus()
  await page.keyboard.press('ArrowRight')
  await expect(chart.getByRole('option', { selected: true })).toHaveCount(1)
  await see('case-stays-chart')

  await tab(page, 'Phân loại và xét nghiệm')
  await expect(page.getByText('Chưa có kết quả nào')).toBeVisible()
  await page.getByRole('button', { name: 'Ghi kết quả' }).click()
  await giveDay(page, 'Ngày lấy mẫu', dayBefore(1))
  await page.getByRole('radio', { name: 'Âm tính' }).check()
  await page.getByLabel('Nơi xét nghiệm').fill('CDC Khánh Hòa')
  await doctor.seeScreen('lab-form')
  await page.getByRole('button', { name: 'Lưu kết quả' }).click()
  await expect(page.getByRole('table', { name: 'Kết quả xét nghiệm' })).toContainText('CDC Khánh Hòa')

  await tab(page, 'Phỏng vấn')
  await expect(page.getByText('Chưa phỏng vấn ai')).toBeVisible()
  await page.getByRole('button', { name: 'Ghi phỏng vấn' }).click()
  const form = page.getByRole('dialog', { name: 'Ghi phỏng vấn' })
  await form.getByRole('group', { name: 'Có triệu chứng không?' }).getByText('Có', { exact: true }).click()
  await form.getByRole('button', { name: 'Thêm triệu chứng' }).click()
  await form.locator('select[name=symptom0]').selectOption({ label: 'Sốt' })
  await form.getByLabel('Từ ngày').fill(dayBefore(2))
  await form.getByRole('button', { name: 'Thêm người' }).click()
  const friend = form.getByRole('group', { name: 'Người 1' })
  await friend.getByLabel('Họ và tên').fill('Lê Thị Hà')
  await friend.getByLabel('Số điện thoại').fill('0905000777')
  await friend.getByLabel('Hoàn cảnh').selectOption({ label: 'Ăn uống cùng' })
  await friend.getByLabel('Từ lúc').fill(`${dayBefore(1)}T11:00`)
  await friend.getByLabel('Đến lúc').fill(`${dayBefore(1)}T10:00`)
  await form.getByRole('button', { name: 'Lưu phỏng vấn' }).click()
  await expect(friend.getByText('Giờ cuối phải sau giờ đầu.')).toBeVisible()
  await doctor.seeScreen('interview-form')
  await friend.getByLabel('Đến lúc').fill(`${dayBefore(1)}T12:30`)
  await form.getByRole('button', { name: 'Lưu phỏng vấn' }).click()
  await expect(page.getByText('Đã ghi phỏng vấn')).toBeVisible()
  await expect(page.getByRole('table', { name: /Tiếp xúc ngoài/ })).toContainText('Lê Thị H***')
  await see('interviews')
  const edges = await doctor.ask<List<Edge>>(`/cases/${caseId}/edges`)
  expect(
    edges.items.map(({ person, setting, confidence }) => [person.maskedName, setting, confidence]),
  ).toContainEqual(['Lê Thị H***', 'meal', 1])
  await page.getByRole('button', { name: /Đọc phỏng vấn/ }).click()
  await expect(page.getByRole('dialog')).toContainText('Sốt')
  await doctor.seeScreen('interview-read')
  await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).last().click()

  // Whom no scan saw is marked and followed like everybody else.
  const told = page.getByRole('table', { name: /Tiếp xúc ngoài/ }).getByRole('row', { name: /Lê Thị H/ })
  await told.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Đánh dấu F1' }).click()
  await page.getByRole('dialog').getByRole('button').first().click()
  await expect(page.getByText('Đã đánh dấu F1 cho 1 người')).toBeVisible()
  await expect(page.getByRole('table', { name: /đánh dấu/ })).toContainText('Lê Thị H***')

  await tab(page, 'Bản đồ')
  await expect(page.getByRole('heading', { name: 'Nơi đã đến trên bản đồ' })).toBeVisible()
  await see('case-map')

  // Discarding says what ends and what stays.
  await tab(page, 'Phân loại và xét nghiệm')
  await page.getByRole('button', { name: 'Phân loại lại' }).click()
  await page.getByRole('radio', { name: 'Đã loại trừ' }).check()
  await page.getByRole('textbox', { name: 'Lý do' }).fill('PCR âm tính hai lần')
  await doctor.seeScreen('classify')
  await page.getByRole('button', { name: 'Lưu phân loại' }).click()
  await expect(page.getByText('Ca bệnh này đã được loại trừ')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Phân loại' }).getByRole('listitem')).toHaveCount(2)
  await see('case-record-history')
  await openDuty(page, 'Ca bệnh')
  await expect(page.getByRole('heading', { name: 'Ca bệnh', exact: true })).toBeVisible()
  await page.getByRole('combobox', { name: 'Phân loại' }).selectOption({ label: 'Đã loại trừ' })
  await page.getByRole('button', { name: 'Lọc' }).click()
  await expect(page.getByRole('table').getByText(son.masked)).toBeVisible()
  await doctor.see('cases-by-class')
})
