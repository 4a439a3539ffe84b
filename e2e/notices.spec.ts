import { expect, type Page } from '@playwright/test'
import { signIn } from './stage/citizen.ts'
import { openDuty, recordCase, signInAtDesk } from './stage/official.ts'
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
  await recordCase(page, '0905000104', dayBefore(2))

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

test('what was published of a case that is none leads to its withdrawal, and others are waited for apart', async ({
  invite,
}) => {
  const doctor = await invite()
  const { page } = doctor
  doctor.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  const send = async <T>(asker: Page, path: string, data: object = {}): Promise<T> => {
    const answer = await asker.request.post(`/api/v1${path}`, { data })
    expect(answer.ok(), `POST ${path}: ${await answer.text()}`).toBe(true)
    return answer.json()
  }
  type Point = { place: { id: string; name: string }; stay: { arrivedAt: string }; from: string; to: string }
  const found = await send<{ items: { id: string }[] }>(page, '/people/searches', {
    phone: '0905000103',
    reason: 'case',
  })
  const onset = { personId: found.items[0]!.id, diseaseId: 'covid-19', onsetOn: dayBefore(1) }
  const { id: caseId } = await send<{ id: string }>(page, '/cases', onset)
  const { items } = await doctor.ask<{ items: Point[] }>(`/cases/${caseId}/exposure-points`)
  const { place, stay, from, to } = items[0]!
  const point = { placeId: place.id, arrivedAt: stay.arrivedAt, from, to, status: 'confirmed' }
  const { id: pointId } = await send<{ id: string }>(page, `/cases/${caseId}/exposure-points`, point)
  const draft = { points: [{ id: pointId }] }
  const { id: noticeId } = await send<{ id: string }>(page, `/cases/${caseId}/notices`, draft)

  // One's own draft waits for somebody else.
  await page.goto('/console')
  await expect(page.getByRole('link', { name: '1 thông báo bạn soạn' })).toBeVisible()
  await doctor.see('desk-waits-for-others')
  const second = await invite()
  second.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(second.page, 'quang')
  await send(second.page, `/notices/${noticeId}/release`)
  const path = `/cases/${caseId}/classifications`
  const [current] = (await doctor.ask<{ items: { id: string }[] }>(path)).items
  const classified = { after: current!.id, classification: 'discarded', reason: 'PCR âm tính hai lần' }
  await send(page, path, classified)

  await page.goto('/console')
  const task = page.locator('.figure').filter({ hasText: 'Thông báo cần rút lại' })
  await expect(task).toContainText('1')
  await expect(page.getByRole('listitem').filter({ hasText: 'Đã loại trừ' })).toBeVisible()
  await doctor.see('desk-to-withdraw')
  await page.setViewportSize({ width: 1280, height: 800 })
  await doctor.see('desk-to-withdraw-desk')
  await page.setViewportSize({ width: 360, height: 740 })
  await task.getByRole('link').click()
  await expect(page.getByText('Cần rút lại.')).toBeVisible()
  await doctor.see('notices-to-withdraw')
  await page.getByRole('region', { name: 'Thông báo công khai' }).getByRole('link').first().click()
  await expect(page.getByText('Cần rút lại thông báo đã công bố của ca này')).toBeVisible()
  await doctor.see('case-to-withdraw')
  await page.getByRole('button', { name: 'Rút lại thông báo' }).click()
  await expect(page.getByRole('dialog').getByLabel('Lý do')).toHaveValue('Ca bệnh đã được loại trừ.')
  await page.getByRole('dialog').getByRole('button', { name: 'Rút lại' }).click()
  await expect(page.getByText('Cần rút lại thông báo đã công bố của ca này')).toBeHidden()
  await page.goto('/console')
  await expect(task).toContainText('0')
})

test('who releases warnings of many reads them first, as they will leave; the page opens on what waits', async ({
  invite,
}) => {
  const guest = await invite()
  const { page } = guest
  guest.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'quang')
  const at = new Date().toISOString()
  const run = {
    id: '00000000-0000-7000-9000-00000000000b',
    caseId: '00000000-0000-7000-9000-00000000000c',
    caseNumber: '22366-2026-0099',
    disease: { vi: 'COVID-19', en: 'COVID-19' },
    area: { code: '22366', fullName: 'Phường Nha Trang', path: 'Phường Nha Trang, Tỉnh Khánh Hòa' },
    status: 'waiting',
    people: 412,
    labels: { F1: 400, F2: 12, F3: 0 },
    alone: false,
    asked: { at, by: { id: '00000000-0000-7000-9000-00000000000d', name: 'Trần Minh' }, reason: null },
    decided: null,
    stopped: null,
    recalled: null,
    counts: { unsent: 412, queued: 0, delivered: 0, unreachable: 0, recallTold: 0 },
    mayRelease: true,
  }
  const text = (day: number) =>
    `La Chan: Ban hoac nguoi than dung chung so nay co the da o gan nguoi mac COVID-19 trong ngay ${day}/11/2026. Hay theo doi suc khoe den het ngay ${day + 7}/11/2026, han che tiep xuc, va goi tram y te hoac 1022 de duoc huong dan. Chi tiet: https://lachan.example/warnings/…`
  const texts = [18, 19, 20, 21].map((day) => ({
    label: day < 21 ? 'F1' : 'F2',
    people: 103,
    text: text(day),
  }))
  await page.route(/\/warning-runs\?/, (route) => route.fulfill({ json: { items: [run], next: null } }))
  await page.route(/\/warning-runs\/.*\/preview$/, (route) =>
    route.fulfill({ json: { people: 412, reached: 398, numbers: 371, texts } }),
  )
  await page.route(/\/desk$/, async (route) => {
    const answer = await route.fetch()
    const desk = (await answer.json()) as { notices: object }
    const none = { toRelease: 0, own: 0, toWithdraw: 0 }
    await route.fulfill({ json: { ...desk, notices: none, warnings: { toRelease: 1, own: 0 } } })
  })
  await openDuty(page, 'Thông báo')
  await expect(page).toHaveURL(/tab=warnings/)
  await expect(page.getByText('F1: 400 · F2: 12')).toBeVisible()
  await guest.see('runs-waiting')
  await page.getByRole('button', { name: 'Duyệt và gửi' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('398 người nhận tin nhắn, qua 371 số điện thoại; 14 người không có số')
  await expect(dialog.getByText('trong ngay 18/11/2026')).toBeVisible()
  await expect(dialog.getByText('trong ngay 21/11/2026')).toBeHidden()
  await dialog.getByText('1 lời khác').click()
  await expect(dialog.getByText('trong ngay 21/11/2026')).toBeVisible()
  await guest.seeScreen('runs-release')
  await page.setViewportSize({ width: 1280, height: 800 })
  await guest.seeScreen('runs-release-desk')
})
