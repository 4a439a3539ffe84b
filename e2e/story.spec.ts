import { readFile } from 'node:fs/promises'
import { chromium, type Page } from '@playwright/test'
import { launchOptions } from './stage/browser.ts'
import { asCamera, Camera } from './stage/camera.ts'
import {
  answerNo,
  chooseCommune,
  type Details,
  giveDetails,
  giveDetailsWithoutScript,
  signIn,
} from './stage/citizen.ts'
import { giveDay, openDuty, signInAtDesk } from './stage/official.ts'
import { readMessages } from './stage/outbox.ts'
import { photograph } from './stage/paper.ts'
import { readQr } from './stage/qr.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

test.describe.configure({ mode: 'serial' })

const MARKET = 'Chợ Phương Sài'
const COMMUNE = 'Phường Tây Nha Trang, Tỉnh Khánh Hoà'

const hoa = { phone: '0905000102' }
const tu = { phone: '0905000103', name: 'Lê Anh Tú' }
const son = { phone: '0905000104', name: 'Phạm Văn Sơn' }
const lan = {
  phone: '0905123401',
  name: 'Đặng Thị Mỹ Lan',
  birthYear: '1991',
  sex: 'Nữ',
  communeTyped: 'tay nha trang',
  commune: COMMUNE,
  address: '15 Phương Sài',
} satisfies Details & { phone: string }
const binh = { ...lan, phone: '0905123402', name: 'Võ Văn Bình', sex: 'Nam' } satisfies Details & {
  phone: string
}

/** What columns of the daily report are called, and what they count. */
const FIGURES = {
  'Lượt vào': 'scansIn',
  'Lượt ra': 'scansOut',
  'Tờ khai': 'declarations',
  'Ca bệnh': 'cases',
} as const
type Figures = Record<(typeof FIGURES)[keyof typeof FIGURES], number>

type Place = { id: string; code: string; checkInUrl: string; name: string }
type List<T> = { items: T[] }
type Today = { in: number; out: number; inside: number }
type Case = {
  id: string
  number: string
  onsetOn: string
  sampledOn: string
  window: { from: string; to: string }
}
type Masked = { id: string; maskedName: string; maskedPhone: string }
type Contact = { person: Masked; overlapSeconds: number }
type Reading = { at: string; action: string; reader: { login: string }; caseNumber: string | null }
type Report = { rows: ({ area: { code: string } } & Figures)[] }
type Stay = { place: { code: string }; arrivedAt: string; leftAt: string; estimated: boolean }

/** What one test leaves to the next. */
const kept = {} as { place: Place; poster: string; lan: Visitor; case: Case }

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 })

test('somebody reads what this is, in Vietnamese, and in English one click away', async ({ invite }) => {
  const reader = await invite()
  const { page } = reader
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi')
  await expect(heading(page, 'Cùng giữ an toàn trong mùa dịch')).toBeVisible()
  for (const door of ['Khai báo y tế', 'Mã của tôi', 'Đăng ký địa điểm', 'Trực cửa'])
    await expect(page.getByRole('main').getByRole('link', { name: door })).toBeVisible()
  await reader.see('front-page')

  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('main').getByRole('link', { name: 'Health declaration' })).toBeVisible()
  await reader.see('front-page-in-english')
  await page.getByRole('link', { name: 'Tiếng Việt' }).click()
  await expect(heading(page, 'Cùng giữ an toàn trong mùa dịch')).toBeVisible()
})

test('Bà Hoa registers her market and has a poster for its door', async ({ invite }) => {
  const owner = await invite()
  const { page } = owner
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: 'Đăng ký địa điểm' }).click()
  await page.getByLabel('Số điện thoại').fill(hoa.phone)
  await owner.see('sign-in')
  await page.getByRole('button', { name: 'Gửi mã cho tôi' }).click()
  await expect(heading(page, 'Nhập mã xác nhận')).toBeVisible()
  await owner.see('sign-in-code')

  // The message is read on the page of the twin, as on a second phone.
  const popup = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'hộp tin nhắn thử' }).click()
  const outbox = await popup
  const message = outbox.getByRole('listitem').filter({ hasText: 'ma xac nhan' }).first()
  await expect(message).toContainText(/0905\s?000\s?102/)
  const code = (await message.textContent())?.match(/\b\d{6}\b/)?.[0] ?? ''
  await outbox.close()
  await page.getByLabel('Mã trong tin nhắn').fill(code)
  await page.getByRole('button', { name: 'Xác nhận' }).click()

  await expect(heading(page, 'Đăng ký địa điểm')).toBeVisible()
  await page.getByLabel('Tên địa điểm').fill(MARKET)
  await page.getByLabel('Loại địa điểm').selectOption({ label: 'Chợ' })
  await page.getByRole('combobox', { name: 'Xã, phường của địa điểm' }).fill('tay nha tr')
  await expect(page.getByRole('option', { name: COMMUNE })).toBeVisible()
  await owner.see('place-new-commune')
  await chooseCommune(page, 'Xã, phường của địa điểm', 'tay nha trang', COMMUNE)
  await page.getByLabel('Địa chỉ').fill('2 Phương Sài')
  await page.getByRole('button', { name: 'Đăng ký' }).click()

  await expect(heading(page, MARKET)).toBeVisible()
  await expect(page.getByText('Đã đăng ký xong')).toBeVisible()
  await owner.see('place-registered')
  const mine = await owner.ask<List<Place>>('/me/places')
  const place = mine.items.find(({ name }) => name === MARKET)
  expect(place, 'the market is hers').toBeDefined()
  kept.place = await owner.ask<Place>(`/places/${place?.id}`)
  expect(kept.place.code).toMatch(/^[0-9A-Z]{8}$/)

  const { checkInUrl } = kept.place
  const shown = page.getByRole('img', { name: `Mã QR để vào và ra ${MARKET}` })
  expect(await readQr(await shown.screenshot())).toBe(checkInUrl)

  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Tải tờ mã (PDF)' }).click()
  const pdf = test.info().outputPath('poster.pdf')
  await (await downloading).saveAs(pdf)
  expect((await readFile(pdf)).toString('latin1', 0, 5)).toBe('%PDF-')
  expect(await readQr(await photograph(pdf))).toBe(checkInUrl)
  kept.poster = checkInUrl

  await page.getByRole('link', { name: 'In từ trang này' }).click()
  await expect(heading(page, MARKET)).toBeVisible()
  await owner.see('poster-to-print')
  const printed = await page.pdf({ format: 'A4' })
  expect(printed.toString('latin1').match(/\/Type\s*\/Page\b/g), 'one sheet').toHaveLength(1)
  await page.getByRole('link', { name: 'Quay lại' }).click()

  await page.getByLabel('Số điện thoại của người trực cửa').fill(tu.phone)
  await page.getByRole('button', { name: 'Thêm người trực cửa' }).click()
  await expect(page.getByRole('button', { name: /Bỏ người trực cửa 0905/ })).toBeVisible()
  await owner.see('place-with-guard')
  const guards = await owner.ask<List<{ maskedPhone: string }>>(`/places/${kept.place.id}/guards`)
  expect(guards.items).toHaveLength(1)
})

test('Lan, never seen before, enters from the poster, leaves, and sees where she was', async ({ invite }) => {
  const visitor = await invite({ stays: true })
  const { page } = visitor
  kept.lan = visitor
  await page.goto(kept.poster)
  await expect(heading(page, MARKET)).toBeVisible()
  await visitor.see('place')
  await page.getByRole('link', { name: 'Vào', exact: true }).click()
  await signIn(page, lan.phone)

  await expect(heading(page, 'Thông tin của bạn')).toBeVisible()
  await giveDetails(page, lan)
  await visitor.see('details')
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click()

  await answerNo(page, async (number) => {
    if (number === 1) await visitor.see('declaration-question')
  })
  await expect(heading(page, 'Xem lại trước khi gửi')).toBeVisible()
  await visitor.see('declaration-summary')
  await page.getByRole('button', { name: 'Gửi tờ khai' }).click()

  await expect(page).toHaveURL(({ pathname }) => pathname === new URL(kept.poster).pathname)
  await visitor.see('place-after-declaration')
  await page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(heading(page, `Đã vào ${MARKET}`)).toBeVisible()
  await expect(page.getByText('Mời vào')).toBeVisible()
  await visitor.see('inside')
  const inside = await visitor.ask<List<Stay>>('/me/inside')
  expect(inside.items.map(codeOf)).toEqual([kept.place.code])
  const [arrived] = inside.items
  await expect(page.getByText(clock(arrived!.arrivedAt)).first()).toBeVisible()

  await page.getByRole('button', { name: 'Ra khỏi đây' }).click()
  await expect(page.getByText('Bạn đã ra khỏi')).toBeVisible()
  await visitor.see('left')
  expect((await visitor.ask<List<Stay>>('/me/inside')).items).toEqual([])

  // The second time it is one tap.
  await page.goto(kept.poster)
  await page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(heading(page, `Đã vào ${MARKET}`)).toBeVisible()
  await page.getByRole('button', { name: 'Ra khỏi đây' }).click()
  await expect(page.getByText('Bạn đã ra khỏi')).toBeVisible()

  await page.goto('/me/visits')
  await expect(page.getByRole('main').getByText(MARKET)).toHaveCount(2)
  await visitor.see('visits')
  const visits = await visitor.ask<List<Stay>>('/me/visits')
  expect(visits.items.map(({ place, estimated }) => [place.code, estimated])).toEqual([
    [kept.place.code, false],
    [kept.place.code, false],
  ])
})

test('Bình does the same with scripts switched off', async ({ invite }) => {
  const visitor = await invite({ javaScriptEnabled: false })
  const { page } = visitor
  await page.goto(kept.poster)
  await page.getByRole('link', { name: 'Vào', exact: true }).click()
  await signIn(page, binh.phone)
  await giveDetailsWithoutScript(page, binh)
  await visitor.see('without-script-details')
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click()

  for (const answer of await page.getByRole('radio', { name: 'Không', exact: true }).all())
    if (await answer.isVisible()) await answer.check()
  await visitor.see('without-script-declaration')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(heading(page, 'Xem lại trước khi gửi')).toBeVisible()
  await page.getByRole('button', { name: 'Gửi tờ khai' }).click()

  await page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(heading(page, `Đã vào ${MARKET}`)).toBeVisible()
  await visitor.see('without-script-inside')
  expect((await visitor.ask<List<Stay>>('/me/inside')).items.map(codeOf)).toEqual([kept.place.code])
  await page.getByRole('button', { name: 'Ra khỏi đây' }).click()
  await expect(page.getByText('Bạn đã ra khỏi')).toBeVisible()
  expect((await visitor.ask<List<Stay>>('/me/inside')).items).toEqual([])
  expect((await visitor.ask<List<Stay>>('/me/visits')).items.map(codeOf)).toEqual([kept.place.code])
})

test('anh Tú scans Lan in and out, also while the network is away', async ({ invite }) => {
  const camera = new Camera(test.info().outputPath('camera.y4m'))
  const phone = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), ...asCamera(camera)],
  })
  try {
    const guard = await invite({ in: phone, permissions: ['camera'] })
    const { page } = guard
    const today = () => guard.ask<Today>(`/places/${kept.place.id}/today`)
    const result = page.getByRole('alert')
    const direction = page.getByRole('group', { name: 'Chiều quét' })

    guard.awaitRefusal(/me\/places: .*401/) // so the gate learns that nobody is signed in
    await page.goto('/gate')
    await signIn(page, tu.phone)
    await page.getByRole('radio', { name: MARKET }).check()
    await guard.seeScreen('gate-choose')
    await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
    await expect(page.getByLabel('Hình từ máy ảnh')).toBeVisible()
    await guard.seeScreen('gate-camera')
    const before = await today()

    await kept.lan.page.goto('/me')
    await kept.lan.see('my-code')
    const first = await codeOnScreen(kept.lan.page)
    camera.show(first)
    await expect(result).toContainText('Mời vào')
    await expect(result).toHaveClass(/green/)
    await expect(result).toContainText(masked(lan.name))
    await expect(result).not.toContainText('Lan')
    await guard.photograph('gate-result-in')
    camera.clear()
    expect((await kept.lan.ask<List<Stay>>('/me/inside')).items.map(codeOf)).toEqual([kept.place.code])

    await expect(result).toBeHidden()
    await direction.getByText('Ra', { exact: true }).click()
    await page.waitForTimeout(3500) // one look at a code is one scan, until it was out of sight
    const second = await codeOnScreen(kept.lan.page)
    camera.show(second)
    await expect(result).toContainText('Đã ghi giờ ra')
    await guard.photograph('gate-result-out')
    camera.clear()
    expect((await kept.lan.ask<List<Stay>>('/me/inside')).items).toEqual([])

    await expect(result).toBeHidden()
    await direction.getByText('Vào', { exact: true }).click()
    await page.context().setOffline(true)
    // The code renews itself: one that came in or went out once is not taken again.
    await expect.poll(() => codeOnScreen(kept.lan.page), { timeout: 45_000 }).not.toBe(second)
    camera.show(await codeOnScreen(kept.lan.page))
    await expect(result, 'the code itself says what the server last decided').toContainText('Mời vào')
    await expect(result).toContainText('Lượt này được giữ trên máy và tự gửi lại.')
    await guard.photograph('gate-result-kept')
    camera.clear()
    await expect(page.getByText('1 chờ gửi')).toBeVisible()
    await expect(result).toBeHidden()
    await guard.seeScreen('gate-offline')
    expect((await kept.lan.ask<List<Stay>>('/me/inside')).items, 'nothing has arrived').toEqual([])

    const sent: string[] = []
    page.on('request', (request) => {
      if (!request.url().endsWith('/scans')) return
      const { scans } = request.postDataJSON() as { scans: { id: string }[] }
      sent.push(...scans.map(({ id }) => id))
    })
    await page.context().setOffline(false)
    await expect(page.getByText('chờ gửi')).toBeHidden()
    expect((await kept.lan.ask<List<Stay>>('/me/inside')).items.map(codeOf)).toEqual([kept.place.code])
    await guard.seeScreen('gate-sent')
    expect(sent, 'sent once').toHaveLength(1)
    const after = await today()
    expect([after.in - before.in, after.out - before.out, after.inside - before.inside]).toEqual([2, 1, 1])
  } finally {
    camera.close()
    await phone.close()
  }
})

test('bác sĩ Minh confirms a case, traces it and warns who was near, without a name', async ({
  invite,
  server,
}) => {
  const doctor = await invite()
  const { page } = doctor
  doctor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  await doctor.see('doctor-today')
  await openDuty(page, 'Ca bệnh')
  await expect(heading(page, 'Ca bệnh')).toBeVisible()
  await doctor.see('cases-none')
  await page.getByRole('link', { name: 'Ghi ca bệnh mới' }).click()
  await page.getByRole('searchbox', { name: 'Số điện thoại' }).fill(son.phone)
  await page.getByRole('button', { name: 'Tìm' }).click()
  await expect(page.getByText(masked(son.name))).toBeVisible()
  await page.getByRole('button', { name: 'Chọn người này' }).click()
  await page.getByRole('radio', { name: 'COVID-19' }).check()
  await giveDay(page, /khởi phát/i, dayBefore(2))
  await giveDay(page, 'Ngày lấy mẫu', dayBefore(1))
  await doctor.see('case-new')
  await page.getByRole('button', { name: 'Xác nhận ca bệnh' }).click()

  await expect(page.getByText('Đã ghi ca bệnh')).toBeVisible()
  const caseId = new URL(page.url()).pathname.split('/').at(-1)!
  const record = await doctor.ask<Case>(`/cases/${caseId}`)
  kept.case = record
  await expect(heading(page, `Ca bệnh ${record.number}`)).toBeVisible()
  expect([record.onsetOn, record.sampledOn]).toEqual([dayBefore(2), dayBefore(1)])
  expect(Date.parse(record.window.from)).toBeLessThan(Date.parse(`${dayBefore(2)}T00:00:00+07:00`))
  await expect(page.getByText(`Thời gian có thể lây: từ`)).toContainText(clock(record.window.to))
  await expect(page.getByRole('main')).not.toContainText(son.name)
  await doctor.see('case')

  await page.getByRole('button', { name: 'Xem hồ sơ' }).click()
  const drawer = page.getByRole('dialog')
  await doctor.seeScreen('case-record-sealed')
  await drawer.getByRole('button', { name: 'Xem hồ sơ' }).click()
  await expect(drawer).toContainText(son.name)
  await expect(drawer).toContainText('Các nơi đang mời người này ở nhà, đến hết ngày')
  await expect(drawer.getByRole('button', { name: 'Cho vào lại' })).toBeVisible()
  await doctor.seeScreen('case-record')
  await drawer.getByRole('button', { name: 'Đóng hồ sơ' }).click()
  await expect(page.getByText(son.name)).toHaveCount(0)

  await page.getByRole('button', { name: 'Bắt đầu truy vết' }).click()
  await expect(page.getByText(/^\d+ người tiếp xúc gần$/)).toBeVisible({ timeout: 20_000 })
  await doctor.see('case-traced')
  const traceId = new URL(page.url()).searchParams.get('trace')
  const found = await doctor.ask<List<Contact>>(`/traces/${traceId}/contacts?limit=100`)
  const seconds = found.items.map(({ overlapSeconds }) => overlapSeconds)
  expect(seconds, 'who was near the longest comes first').toEqual(
    seconds.toSorted((one, other) => other - one),
  )
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(15 * 60)
  const rows = page.getByRole('main').getByRole('row')
  const near = rows.filter({ hasText: masked(tu.name) }).filter({ hasText: '0905***03' })
  await near.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Đánh dấu F1' }).click()
  await doctor.seeScreen('contacts-mark')
  await page.getByRole('dialog').getByRole('button').first().click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByText('Đã đánh dấu F1 cho 1 người')).toBeVisible()
  await expect(near).toContainText('Đã nhắn tin', { timeout: 20_000 })
  await doctor.see('contacts-marked')
  const contacts = await doctor.ask<List<{ label: string; person: Masked }>>(`/cases/${caseId}/contacts`)
  expect(contacts.items.map(({ label, person }) => [label, person.maskedPhone])).toEqual([
    ['F1', '0905***03'],
  ])

  const sms = async () => withoutDiacritics((await readMessages(server.url, tu.phone))[0]?.text ?? '')
  await expect.poll(sms).toContain('COVID-19')
  expect(await sms()).not.toMatch(new RegExp(`\\bson\\b|cho dam|${record.number}`, 'i'))
})

test('anh Tú reads on his own page that he was near a case, and not whose', async ({ invite }) => {
  const contact = await invite()
  const { page } = contact
  await page.goto('/signin')
  await signIn(page, tu.phone)
  await page.getByRole('link', { name: 'Xem việc cần làm ngay' }).click()
  await expect(page).toHaveURL(/\/warnings\//)
  await expect(heading(page, /COVID-19/)).toBeVisible()
  await contact.see('warning')
  const main = page.getByRole('main')
  await expect(main).toContainText('1022')
  await expect(main).not.toContainText(new RegExp(`Sơn|${kept.case.number}|Chợ Đầm`))
  const warnings = await contact.ask<List<{ readAt: string | null }>>('/me/warnings')
  expect(warnings.items).toHaveLength(1)
  expect(warnings.items[0]?.readAt, 'it is known that he read it').not.toBeNull()
  await page.goto('/me')
  await expect(main.getByText('Mời ở nhà và gọi trạm y tế').first()).toBeVisible()
})

test('cô Thu sees figures and a map by commune, and no name', async ({ invite }) => {
  const officer = await invite()
  const { page } = officer
  officer.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'thu')
  await openDuty(page, 'Số liệu và bản đồ')
  const report = await officer.ask<Report>('/reports/daily?area=56')
  const table = page.getByRole('table', { name: /^Số liệu/ })
  const nhaTrang = report.rows.find(({ area }) => area.code === '22366')
  expect(nhaTrang?.cases).toBe(1)
  const row = table.getByRole('row', { name: /Phường Nha Trang/ })
  await expect(row).toBeVisible()
  // A narrow screen leaves columns out; those it shows are right.
  const columns = await table.getByRole('columnheader').allInnerTexts()
  expect(columns).toEqual(expect.arrayContaining(['Lượt vào', 'Ca bệnh']))
  for (const [name, figure] of Object.entries(FIGURES))
    if (columns.includes(name))
      await expect(row.getByRole('cell').nth(columns.indexOf(name))).toHaveText(
        formatNumber(nhaTrang![figure]),
      )
  await expect(table.getByRole('row', { name: /Phường Tây Nha Trang/ })).toBeVisible()
  const map = page.getByRole('region', { name: /^Bản đồ/ })
  expect(await map.locator('svg path').count()).toBeGreaterThanOrEqual(report.rows.length)
  await expect(map.getByRole('row', { name: /Phường Nha Trang/ })).toBeVisible()
  await officer.see('report')

  const said = (await page.locator('body').textContent()) ?? ''
  for (const name of [lan.name, binh.name, son.name, tu.name, 'Nguyễn Thị Hoa', 'Trần Thị Lan', '***'])
    expect(said).not.toContain(name)
  for (const path of ['/cases', '/readings'])
    expect((await page.request.get(`/api/v1${path}`)).status(), path).toBe(403)
})

test('chị Nga sees who read the record of the case, and Sơn sees it too', async ({ invite }) => {
  const auditor = await invite()
  const { page } = auditor
  auditor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'nga')
  await openDuty(page, 'Nhật ký xem dữ liệu')
  await page.getByRole('searchbox', { name: 'Số điện thoại' }).fill(son.phone)
  await page.getByRole('button', { name: 'Tìm' }).click()
  await page.getByRole('button', { name: 'Xem ai đã đọc' }).click()
  await expect(
    page.getByRole('heading', { name: `Các lần xem dữ liệu của ${masked(son.name)}` }),
  ).toBeVisible()
  const reading = page
    .getByRole('row')
    .filter({ hasText: 'Bác sĩ Minh' })
    .filter({ hasText: kept.case.number })
    .filter({ hasText: 'Mở hồ sơ đầy đủ' })
  await expect(reading).toBeVisible()
  await auditor.see('readings-of-a-person')
  const personId = new URL(page.url()).searchParams.get('person')
  const readings = await auditor.ask<List<Reading>>(`/readings?personId=${personId}`)
  const read = readings.items.filter(({ caseNumber }) => caseNumber === kept.case.number)
  expect(new Set(read.map(({ reader }) => reader.login))).toEqual(new Set(['minh']))
  const opened = read.filter(({ action }) => action === 'person.read')
  expect(opened).toHaveLength(1)
  await expect(reading).toContainText(clock(opened[0]!.at))

  const patient = await invite()
  await patient.page.goto('/signin')
  await signIn(patient.page, son.phone)
  await expect(heading(patient.page, 'Trang của tôi')).toBeVisible()
  const seen = patient.page.getByRole('region', { name: 'Ai đã xem dữ liệu của tôi' })
  await expect(seen).toContainText('Phường Nha Trang')
  await expect(seen).toContainText('điều tra một ca bệnh')
  await patient.see('me-who-looked')
  const own = await patient.ask<List<{ reason: string; office: { role: string }[] }>>('/me/readings')
  expect(
    own.items.some(({ reason, office }) => reason === 'case' && office[0]?.role === 'health_officer'),
  ).toBe(true)
})

/** As it is shown to those who may know that somebody exists, not who it is. */
const masked = (name: string) => name.replace(/(\S)\S*$/, '$1***')

const codeOf = ({ place }: Stay) => place.code

/** What a camera reads from the personal code on this screen. */
const codeOnScreen = async (page: Page) =>
  readQr(await page.getByRole('img', { name: 'Mã QR cá nhân' }).screenshot())

/** A short message brings no diacritics, so nothing is looked for with them. */
const withoutDiacritics = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

const formatNumber = (value: number) => new Intl.NumberFormat('vi-VN').format(value)

/** The day that is so many days ago in Vietnam, as YYYY-MM-DD. */
const dayBefore = (days: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(Date.now() - days * 86_400_000)

/** The time of day in Vietnam. */
const clock = (moment: string) =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(new Date(moment))
