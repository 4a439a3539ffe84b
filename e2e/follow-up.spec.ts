import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { giveDay, openDuty, signInAtDesk } from './stage/official.ts'
import { readMessages } from './stage/outbox.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

test.describe.configure({ mode: 'serial' })

const SON = '0905000104'
const TU = { phone: '0905000103', name: 'Lê Anh Tú' }

type List<T> = { items: T[] }
type FollowUp = {
  id: string
  status: string
  sentTo: { code: string } | null
  person: { maskedPhone: string | null }
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 })
const dayBefore = (days: number) =>
  new Date(Date.now() - days * 86_400_000 + 7 * 3600_000).toISOString().slice(0, 10)

/** What another story tells in full: Sơn is a case, and everybody who was near is marked. */
async function markContactsOf(officer: Visitor, phone: string) {
  const post = async <T>(path: string, data: object): Promise<T> => {
    const answer = await officer.page.request.post(`/api/v1${path}`, { data })
    expect(answer.ok(), `POST ${path}: ${await answer.text()}`).toBe(true)
    return answer.json()
  }
  const found = await post<List<{ id: string }>>('/people/searches', { phone, reason: 'case' })
  const { id, number } = await post<{ id: string; number: string }>('/cases', {
    personId: found.items[0]!.id,
    diseaseId: 'covid-19',
    onsetOn: dayBefore(2),
  })
  const trace = await post<{ id: string }>(`/cases/${id}/traces`, { minOverlapSeconds: 60 })
  await expect
    .poll(async () => (await officer.ask<{ status: string }>(`/traces/${trace.id}`)).status, {
      timeout: 20_000,
    })
    .toBe('done')
  const body = { traceId: trace.id, all: true, label: 'F1' }
  const { marked } = await post<{ marked: number }>(`/cases/${id}/contacts`, body)
  return { marked, number, caseId: id }
}

/** What one test leaves to the next. */
const kept = {} as { minh: Visitor; marked: number; number: string; caseId: string }

/** The row of Lê Anh Tú in a call list. */
const rowOfTu = (page: Page) =>
  page.getByRole('main').getByRole('row').filter({ hasText: 'Lê Anh T***' }).filter({ hasText: '0905***03' })

test('a contact is called and reminded from a sheet that is sealed until there is a reason', async ({
  invite,
  server,
}) => {
  const minh = await invite({ stays: true })
  kept.minh = minh
  const { page } = minh
  minh.awaitRefusal(/\/me: .*401|\/(entries|searches): .*4[02]/)
  await signInAtDesk(page, 'minh')
  await openDuty(page, 'Theo dõi tiếp xúc')
  await expect(page.getByText('Không còn ai phải gọi')).toBeVisible()
  Object.assign(kept, await markContactsOf(minh, SON))
  const { marked } = kept
  expect(marked).toBeGreaterThan(2)

  // The desk says how many are to be called, and opens them.
  await page.goto('/console')
  const toCall = page.locator('.figure').filter({ hasText: 'Người cần gọi hôm nay' })
  await expect(toCall).toContainText(String(marked))
  await minh.see('desk')
  await toCall.getByRole('link').click()
  await expect(page.getByText(`${marked} người khớp`)).toBeVisible()
  const row = rowOfTu(page)
  await expect(row).toContainText('Cần liên hệ')
  await minh.see('follow-up-list')
  const all = await minh.ask<List<FollowUp>>('/follow-ups?limit=200')
  expect(all.items).toHaveLength(marked)

  // The sheet is sealed until there is a reason; then one tap writes down the call.
  await row.getByRole('link').first().click()
  const sheet = page.getByRole('dialog')
  await expect(sheet).not.toContainText(TU.name)
  await minh.seeScreen('call-sheet-sealed')
  await sheet.getByRole('button', { name: 'Mở phiếu' }).click()
  await expect(sheet).toContainText(TU.name)
  await expect(sheet.getByRole('link', { name: '0905 000 103' })).toBeVisible()
  await minh.seeScreen('call-sheet')
  // A call of before he was a contact cannot be, nor a note that nobody can read: the field says so.
  await sheet.getByText('Trước đó, nay nhập lại').click()
  await giveDay(page, 'Ngày, giờ đã liên hệ', dayBefore(1))
  const time = sheet.getByLabel('Giờ, phút')
  await time.fill('8 giờ')
  await expect(sheet.getByText('Hãy gõ giờ như 8:15, 8h15 hoặc 8h.')).toBeVisible()
  for (const words of ['8:15', '0815', '8h', '8h15']) {
    await time.fill(words)
    await expect(sheet.getByText('Hãy gõ giờ như')).toHaveCount(0)
  }
  const note = sheet.getByLabel('Ghi chú')
  await note.fill('Hẹn gọi lại\0buổi tối')
  await sheet.getByRole('button', { name: 'Gặp được, có triệu chứng' }).click()
  await expect(sheet.getByText('Trong ô này có ký tự không đọc được.')).toBeVisible()
  await expect(note).toHaveAttribute('aria-invalid', 'true')
  await note.fill('Hẹn gọi lại buổi tối')
  await sheet.getByRole('button', { name: 'Gặp được, có triệu chứng' }).click()
  await expect(sheet.getByRole('group', { name: 'Ngày, giờ đã liên hệ' })).toContainText(
    'Giờ liên hệ sớm hơn lúc',
  )
  await sheet.getByRole('group', { name: 'Ngày, giờ đã liên hệ' }).scrollIntoViewIfNeeded()
  await minh.seeScreen('call-sheet-earlier')
  await sheet.getByText('Vừa xong').click()
  await sheet.getByRole('button', { name: 'Gặp được, có triệu chứng' }).click()
  await expect(sheet.getByText('Đã ghi.')).toBeVisible()
  await expect(sheet).toContainText('Hẹn gọi lại buổi tối')
  await expect(sheet.getByRole('combobox', { name: 'Xét nghiệm' })).toHaveValue('needed')
  await sheet.getByRole('button', { name: 'Nhắn tin nhắc' }).click()
  await expect(sheet.getByText('Tin nhắn đang được gửi.')).toBeVisible()
  const sms = async () => (await readMessages(server.url, TU.phone)).map(({ text }) => text).join('\n')
  await expect.poll(sms).toContain('Tram y te nhac ban')
  expect(await sms()).not.toMatch(/Pham Van Son/i)
  await sheet.getByRole('button', { name: 'Đóng hồ sơ' }).click()
  await expect(page.getByText(TU.name)).toHaveCount(0)
})

test('somebody who calls back is found by name or number, among the contacts of a case', async () => {
  const { minh, marked, number, caseId } = kept
  const { page } = minh
  // From the page of the case, which a phone need not scroll through.
  await page.goto(`/console/cases/${caseId}?view=marked`)
  await page.getByRole('link', { name: 'Xuống bảng người tiếp xúc' }).click()
  const follow = page.getByRole('link', { name: 'Gọi và theo dõi những người này' })
  await expect(follow).toBeInViewport()
  await follow.click()
  await expect(page.getByLabel('Số ca bệnh')).toHaveValue(number)
  await expect(page.getByText(`${marked} người khớp`)).toBeVisible()
  const numbered = page.getByLabel('Số ca bệnh')
  await numbered.fill(number.slice(0, -2))
  await numbered.press('Enter')
  await expect(page).toHaveURL(new RegExp(`caseNumber=${number.slice(0, -2)}(&|$)`))
  await expect(page.getByText(`${marked} người khớp`)).toBeVisible()
  await numbered.fill('0000-9')
  await numbered.press('Enter')
  await expect(page.getByText('Không ca bệnh nào có số như vậy')).toBeVisible()
  await numbered.fill(number)
  await numbered.press('Enter')
  await expect(page.getByText(`${marked} người khớp`)).toBeVisible()
  await page.locator('select[name=show]').selectOption('unseen')
  await page.getByRole('button', { name: 'Lọc' }).click()
  const row = rowOfTu(page)
  await expect(page.getByText(`${marked - 1} người khớp`)).toBeVisible()
  await expect(row).toHaveCount(0)
  const find = page.getByLabel('Tìm người theo họ tên hoặc số điện thoại')
  for (const words of ['tu le', TU.phone]) {
    await find.fill(words)
    await find.press('Enter')
    await expect(page.getByText('Tìm thấy 1 người')).toBeVisible()
    await expect(row).toContainText('Đã liên hệ')
    expect(page.url()).not.toContain(words)
  }
  await minh.see('follow-up-found')
  await find.fill('Không Có Ai')
  await find.press('Enter')
  await expect(page.getByText('Không có ai như vậy')).toBeVisible()
  // What was found before does not stay beside a refusal.
  await find.fill('tu le')
  await find.press('Enter')
  await expect(row).toContainText('Đã liên hệ')
  await find.fill('0905')
  await find.press('Enter')
  await expect(find).toHaveAttribute('aria-invalid', 'true')
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Thôi tìm' }).click()
  await expect(page.getByText(/người khớp$/)).toBeVisible()
})

test('a contact is handed to the ward beside, which gives a receipt; then the sender sees counts', async ({
  invite,
}) => {
  const { minh, marked } = kept
  const { page } = minh
  const row = rowOfTu(page)
  await page.goto('/console/follow-up?show=all&status=reached')
  await expect(row).toContainText('Đã liên hệ')
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Bàn giao', exact: true }).click()
  const send = page.getByRole('dialog')
  await send.getByRole('combobox', { name: 'Xã, phường nhận' }).fill('tay nha trang')
  await send.getByRole('option', { name: /^Phường Tây Nha Trang/ }).click()
  await minh.seeScreen('hand-over-send')
  await send.getByRole('button', { name: 'Bàn giao', exact: true }).click()
  await expect(page.getByText('Đã gửi bàn giao 1 người')).toBeVisible()
  await expect(row).toContainText('Chờ Phường Tây Nha Trang nhận')

  const ha = await invite()
  ha.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(ha.page, 'ha')
  await ha.page.goto('/console/follow-up?tab=handed&direction=in')
  const incoming = ha.page.getByRole('main').getByRole('row').filter({ hasText: 'Phường Nha Trang' }).first()
  await expect(incoming).toContainText('1 người')
  await ha.see('hand-overs-in')
  await incoming.getByRole('button', { name: 'Xem và nhận' }).click()
  await expect(ha.page.getByRole('dialog')).toContainText('0905***03')
  await ha.seeScreen('hand-over-lines')
  await ha.page.getByRole('dialog').getByRole('button', { name: /^Nhận/ }).click()
  await expect(ha.page.getByText('Đã nhận 1 người')).toBeVisible()
  expect((await ha.ask<List<FollowUp>>('/follow-ups')).items.map(({ status }) => status)).toContain('reached')

  await page.goto('/console/follow-up?tab=handed&direction=out')
  await expect(page.getByRole('main')).toContainText('Nhận 1')
  await expect(page.getByRole('main')).not.toContainText('Lê Anh T***')
  await minh.see('hand-overs-out')
  expect((await minh.ask<List<FollowUp>>('/follow-ups?limit=200')).items).toHaveLength(marked - 1)
})

test('the day is counted, and the list is printed', async () => {
  const { minh } = kept
  const { page } = minh
  await page.getByRole('link', { name: 'Chỉ số' }).click()
  await expect(page.getByText('Đang theo dõi').first()).toBeVisible()
  await minh.see('follow-up-figures')

  await page.goto('/console/follow-up?show=all')
  await page.getByRole('button', { name: 'Xuất danh sách' }).click()
  const order = page.getByRole('dialog')
  await order
    .getByRole('radio', { name: /Theo dõi|Gọi/ })
    .first()
    .check()
  await minh.seeScreen('follow-up-export')
  const downloading = page.waitForEvent('download')
  await order.getByRole('button', { name: 'Xuất danh sách' }).click()
  const pdf = test.info().outputPath('f1.pdf')
  await (await downloading).saveAs(pdf)
  expect((await readFile(pdf)).toString('latin1', 0, 5)).toBe('%PDF-')
  await expect(heading(page, 'Theo dõi tiếp xúc')).toBeVisible()
})
