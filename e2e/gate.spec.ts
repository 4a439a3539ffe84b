import { chromium, type Page } from '@playwright/test'
import { launchOptions } from './stage/browser.ts'
import { asCamera, Camera } from './stage/camera.ts'
import { chooseCommune, signIn } from './stage/citizen.ts'
import { killTab, MARKET, openGate, typeAsReader } from './stage/gate.ts'
import { waitForCode } from './stage/outbox.ts'
import { expect, test } from './stage/test.ts'
import type { Visit, Visitor } from './stage/visitor.ts'

const tu = '0905000103'
const son = '0905000104'
const lan = '0905000101'

type List<T> = { items: T[] }
type Inside = { place: { name: string } }

type State = Exclude<Visit['storageState'], string | undefined>

/** Who has signed in once stays so in the next test: nobody is sent a code every minute. */
const sessions = new Map<string, State>()

async function comeSignedIn(invite: (visit?: Visit) => Promise<Visitor>, phone: string, visit: Visit = {}) {
  const known = sessions.get(phone)
  const guest = await invite({ ...visit, ...(known ? { storageState: known } : {}) })
  if (known) return guest
  await guest.page.goto('/signin')
  await signIn(guest.page, phone)
  await guest.page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const { cookies } = await guest.page.context().storageState()
  sessions.set(phone, { cookies, origins: [] })
  return guest
}

/** Somebody whose code is scanned. */
async function comeAs(invite: (visit?: Visit) => Promise<Visitor>, phone: string) {
  const guest = await comeSignedIn(invite, phone)
  return {
    code: async () => (await guest.ask<{ text: string }>('/me/card')).text,
    isInside: async () =>
      (await guest.ask<List<Inside>>('/me/inside')).items.some(({ place }) => place.name === MARKET),
  }
}

async function openMarket(guard: Visitor) {
  await openGate(guard.page)
  const { items } = await guard.ask<List<{ id: string; name: string }>>('/me/places')
  return items.find(({ name }) => name === MARKET)!.id
}

async function post(guard: Visitor, path: string, data: object) {
  const answer = await guard.page.request.post(`/api/v1${path}`, { data })
  return (await answer.json()) as { id: string }
}

/** A server that knows more than the gate refuses whatever is sent, until `unroute`. */
const refuseAll = (page: Page) =>
  page.route('**/api/v1/scans', async (route) => {
    const { scans } = route.request().postDataJSON() as { scans: { id: string }[] }
    const refused = scans.map(({ id }) => ({ id, code: 'code.altered', title: 'Mã này đã bị sửa.' }))
    const results = scans.map(({ id }) => ({ id, outcome: 'refused', person: null, decision: null }))
    await route.fulfill({ json: { accepted: 0, repeated: 0, refused, results } })
  })

const codeField = (page: Page) => page.getByRole('textbox', { name: 'Nhập số điện thoại hoặc mã' })

/** As a reader that acts as a keyboard, or a guard who types. */
async function type(page: Page, code: string) {
  await codeField(page).fill(code)
  await page.keyboard.press('Enter')
}

test('what one guard scanned waits until somebody who guards the same place signs in', async ({ invite }) => {
  const { code, isInside } = await comeAs(invite, son)
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  await openMarket(guard)

  await page.context().setOffline(true)
  await type(page, await code())
  await expect(page.getByText('1 chờ gửi')).toBeVisible()

  // The session ends while the scan waits, and somebody else signs in on the same device.
  await page.context().clearCookies()
  guard.awaitRefusal(/api\/v1\/(me\/places|scans|places\/[^/]+\/gate).*40[134]/)
  await page.context().setOffline(false)
  await expect(page.getByText('Xin đăng nhập lại để gửi các lượt quét')).toBeVisible()
  await page.context().addCookies(sessions.get(son)!.cookies)
  await page.reload()
  await expect(page.getByText(`Bạn không trực cửa ở ${MARKET}`)).toBeVisible()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await guard.see('gate-stranger')
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  expect(await isInside()).toBe(false)

  await page.context().clearCookies()
  await page.context().addCookies(sessions.get(tu)!.cookies)
  await page.reload()
  await expect.poll(isInside).toBe(true)
  await expect(page.getByText('chờ gửi')).toBeHidden()
})

test('a line that dies while the gate opens is said, and tried again', async ({ invite }) => {
  const { page } = await comeSignedIn(invite, tu, { serviceWorkers: 'block' })
  let isDead = false
  await page.route('**/api/v1/me/places*', async (route) => {
    isDead = true
    await route.continue()
  })
  await page.route(/\.js$/, (route) => (isDead ? route.abort() : route.continue()))
  await page.goto('/gate')
  await expect(page.getByRole('alert')).toContainText('Xin chờ có mạng')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Thử lại' }).click()
  await expect(page.getByRole('radio', { name: MARKET })).toBeVisible()
})

test('a refused scan stays whole on the device until the guard has decided', async ({ invite }) => {
  const { code } = await comeAs(invite, son)
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const { id: placeId } = await post(guard, '/places', {
    name: 'Trường Lê Lợi',
    kind: 'school',
    areaCode: '22366',
    address: '1 Lê Lợi',
    phone: tu,
  })
  await post(guard, `/places/${placeId}/gates`, { name: 'Cổng chính', direction: 'both' })
  await openGate(page, 'Trường Lê Lợi', 'Cổng chính')
  const countOut = async () => (await guard.ask<{ out: number }>(`/places/${placeId}/today`)).out
  const before = await countOut()

  await page.context().setOffline(true)
  await page.getByText('Ra', { exact: true }).click()
  await type(page, await code())
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  // What this gate can tell to be forged it never keeps: only a server that knows more refuses later.
  await refuseAll(page)
  await page.context().setOffline(false)
  await expect(page.getByText('1 lượt không được nhận khi gửi')).toBeVisible()
  await page.unroute('**/api/v1/scans')
  await page.reload()
  await page.getByRole('button', { name: 'Danh sách giấy' }).click()
  await page.getByRole('button', { name: 'Xem và quyết định' }).click()
  await expect(page.getByText('Mã này đã bị sửa.').first()).toBeVisible()
  await expect(page.getByText('Mã trên điện thoại · P. S. 1978', { exact: true })).toBeVisible()
  await expect(page.getByText('Trường Lê Lợi · Cổng chính', { exact: true })).toBeVisible()
  await guard.see('gate-refused')

  await page.getByRole('button', { name: 'Bỏ lượt này' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Không, quay lại' }).click()
  await page.getByRole('button', { name: 'Gửi lại' }).click()
  await expect(page.getByText('Không còn lượt nào')).toBeVisible()
  await expect.poll(countOut).toBe(before + 1)
  await page.getByRole('button', { name: 'Quay lại quét' }).click()
  await expect(codeField(page)).toBeVisible()
})

test('two hundred scans without network, a killed tab, and each arrives once', async ({ invite }) => {
  test.setTimeout(180_000)
  const guard = await comeSignedIn(invite, tu)
  let { page } = guard
  const placeId = await openMarket(guard)
  const today = () => guard.ask<{ in: number; out: number; inside: number }>(`/places/${placeId}/today`)
  const before = await today()

  await page.context().setOffline(true)
  const field = page.getByRole('textbox', { name: 'Nhập số điện thoại hoặc mã' })
  for (let number = 0; number < 200; number++) {
    // The number 000 is of no province: nobody has it.
    const card = `000190${String(number).padStart(6, '0')}`
    await field.fill(`${card}||Người Thử ${'ABCDEFGHIJ'[number % 10]}|01021990|Nam|Thôn Ví Dụ|01032021`)
    await page.keyboard.press('Enter')
    if (number === 0) {
      await guard.seeScreen('gate-ask-phone')
      await page.getByRole('button', { name: 'Đang đông: thôi hỏi số điện thoại' }).click()
      await guard.photograph('gate-result-card-offline')
    }
  }
  await expect(page.getByText('200 chờ gửi')).toBeVisible({ timeout: 60_000 })

  page = await killTab(page)
  await page.goto('/gate')
  await expect(page.getByText('200 chờ gửi')).toBeVisible()
  const sent: string[] = []
  page.on('requestfinished', (request) => {
    if (!request.url().endsWith('/scans')) return
    const { scans } = request.postDataJSON() as { scans: { id: string }[] }
    sent.push(...scans.map(({ id }) => id))
  })
  await page.context().setOffline(false)
  await expect(page.getByText('chờ gửi')).toBeHidden({ timeout: 30_000 })
  await expect(page.getByText('không được nhận khi gửi')).toBeHidden()
  expect(new Set(sent).size).toBe(200)
  const after = await today()
  expect(after.in - before.in).toBe(200)
  await page.close()
})

test('a group goes in and out with one tap, once, without who is absent; it is undone, and a scan is', async ({
  invite,
}) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const placeId = await openMarket(guard)
  const today = () => guard.ask<{ in: number; out: number }>(`/places/${placeId}/today`)
  await page.getByRole('button', { name: 'Nhóm' }).click()
  await page.getByLabel('Tên nhóm mới').fill('Lớp 5A')
  await page.getByRole('button', { name: 'Lập nhóm và quét từng người' }).click()
  for (const [at, name] of ['Lò Thị Thử', 'Vàng A Thử', 'Đèo Văn Thử'].entries()) {
    await type(page, `00031400010${at}||${name}|01092014|Nam|Thôn Ví Dụ|01032021`)
    await expect(page.getByText(`Quét từng người: ${at + 1} đã vào nhóm`)).toBeVisible()
  }
  await page.getByRole('button', { name: 'Xong' }).click()

  const before = await today()
  await page.getByRole('button', { name: 'Lớp 5A' }).click()
  const absent = page.getByRole('checkbox', { name: 'Vàng A T***' })
  const marks = page.getByText(/^Vào \d\d:\d\d$/)
  await absent.uncheck()
  await page.getByRole('button', { name: 'Vào (2)' }).click()
  await expect(page.getByText('Đã ghi 2 lượt')).toBeVisible()
  await expect.poll(async () => (await today()).in - before.in).toBe(2)
  // Who is in goes in once more only if the guard says so.
  await expect(marks).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Vào (0)' })).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Lò Thị T***' }).uncheck()
  await page.getByRole('checkbox', { name: 'Lò Thị T***' }).check()
  await expect(page.getByRole('button', { name: 'Vào (1)' })).toBeEnabled()
  await guard.see('gate-group')

  await page.getByRole('button', { name: 'Quay lại quét' }).click()
  await page.getByRole('button', { name: 'Nhóm' }).click()
  await page.getByRole('button', { name: 'Lớp 5A' }).click()
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect(page.getByText('Đã hoàn tác')).toBeVisible()
  await expect(marks).toHaveCount(0)
  expect(await today()).toMatchObject(before)
  await absent.uncheck()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Vào (2)' }).click()
  await expect(page.getByText('2 chờ gửi')).toBeVisible()
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await page.context().setOffline(false)

  await page.getByRole('button', { name: 'Vào (2)' }).click()
  await expect.poll(async () => (await today()).in - before.in).toBe(2)
  await page.getByRole('button', { name: 'Ra (2)' }).click()
  await expect.poll(async () => (await today()).out - before.out).toBe(2)
  await page.getByRole('button', { name: 'Quay lại quét' }).click()

  // Waiting: it is gone from the device. Sent: the server takes it back.
  await page.context().setOffline(true)
  await type(page, '000190777777||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021')
  await page.getByRole('button', { name: 'Bỏ qua' }).click()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await page.getByRole('button', { name: /Hoàn tác/ }).click()
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await page.context().setOffline(false)
  const between = await today()
  await type(page, '000190777778||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021')
  await page.getByRole('button', { name: 'Chạm để quét tiếp' }).click()
  await page.getByRole('button', { name: 'Bỏ qua' }).click()
  await expect.poll(async () => (await today()).in).toBe(between.in + 1)
  await page.getByRole('button', { name: /Hoàn tác/ }).click()
  await expect(page.getByText('Đã hoàn tác').last()).toBeVisible()
  await expect.poll(async () => (await today()).in).toBe(between.in)
})

test('what was undone is undone, though the line died when the scan was sent', async ({ invite }) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const placeId = await openMarket(guard)
  const countIn = async () => (await guard.ask<{ in: number }>(`/places/${placeId}/today`)).in
  const before = await countIn()
  const undo = page.getByRole('button', { name: /Hoàn tác/ })
  const card = (number: number) => `00019077778${number}||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021`
  const skip = () => page.getByRole('button', { name: 'Bỏ qua' }).click()

  // It never arrived.
  await page.route('**/api/v1/scans', (route) => route.abort())
  await type(page, card(0))
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await skip()
  await undo.click()
  await expect(page.getByText('Đã hoàn tác')).toHaveCount(1)
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await page.unroute('**/api/v1/scans')
  expect(await countIn()).toBe(before)

  // It arrived, and the answer did not; then there is no network for a while.
  await page.route('**/api/v1/scans', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await type(page, card(1))
  await skip()
  await expect(undo).toBeVisible()
  expect(await countIn()).toBe(before + 1)
  await page.context().setOffline(true)
  await undo.click()
  await expect(page.getByText('Sẽ hoàn tác khi có mạng')).toBeVisible()
  await page.unroute('**/api/v1/scans')
  await page.context().setOffline(false)
  await expect(page.getByText('Đã hoàn tác')).toHaveCount(2)
  expect(await countIn()).toBe(before)

  // It is undone while a batch with it is under way.
  await page.context().setOffline(true)
  await type(page, card(2))
  await skip()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  const { promise: free, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/api/v1/scans', async (route) => {
    arrive()
    await free
    await route.continue()
  })
  await page.context().setOffline(false)
  await arrived
  await undo.click()
  await expect(page.getByText('Sẽ hoàn tác khi có mạng')).toBeVisible()
  release()
  await expect(page.getByText('Đã hoàn tác')).toHaveCount(3)
  await page.unroute('**/api/v1/scans')
  expect(await countIn()).toBe(before)

  // Too late it is when the server says so: then the guard is told.
  await page.context().setOffline(true)
  await type(page, card(3))
  await skip()
  const posted = page.waitForRequest('**/api/v1/scans')
  await page.context().setOffline(false)
  const { id } = (await posted).postDataJSON().scans[0] as { id: string }
  await expect.poll(countIn).toBe(before + 1)
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await page.context().setOffline(true)
  await undo.click()
  await expect(page.getByText('Sẽ hoàn tác khi có mạng')).toBeVisible()
  await page.route('**/api/v1/scans/undone', async (route) => {
    if (route.request().postDataJSON().scans[0].id !== id) return route.continue()
    await route.fulfill({ json: { undone: [], tooLate: [id] } })
  })
  await page.context().setOffline(false)
  await expect(page.getByText('1 lượt không kịp hoàn tác, vẫn được ghi')).toBeVisible()
  await expect(page.getByText('Đã quá giờ hoàn tác')).toBeVisible()
  await guard.see('gate-undo-late')
})

test('a scan of a clock two hours ahead gets the true time once the server was heard', async ({ invite }) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  await page.addInitScript(() => {
    const now = Date.now
    let off = 0
    Date.now = () => now() + off
    addEventListener('leap', () => (off = 2 * 3_600_000))
  })
  await openMarket(guard)
  await page.evaluate(() => dispatchEvent(new Event('leap')))
  const posted = () => page.waitForRequest('**/api/v1/scans')
  const hoursOff = (sent: Awaited<ReturnType<typeof posted>>) =>
    Math.round(Math.abs(Date.parse(sent.postDataJSON().scans[0].at) - Date.now()) / 3_600_000)
  const card = '000190777775||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021'
  const [wrong] = await Promise.all([posted(), type(page, card)])
  expect(hoursOff(wrong)).toBe(2)
  await expect(page.getByText('1 lượt chưa được nhận')).toBeVisible()
  await page.getByRole('button', { name: 'Bỏ qua' }).click()
  const [right] = await Promise.all([posted(), page.getByRole('button', { name: 'Gửi ngay' }).click()])
  expect(hoursOff(right)).toBe(0)
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await expect(page.getByText('không được nhận khi gửi')).toBeHidden()
})

test('without network a picture is known by its age, and not by a gate that has lost the time', async ({
  invite,
}) => {
  const { code } = await comeAs(invite, son)
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  await page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + Number(localStorage.getItem('off'))
  })
  const placeId = await openMarket(guard)
  const countIn = async () => (await guard.ask<{ in: number }>(`/places/${placeId}/today`)).in
  const before = await countIn()
  const setClock = async (off: number) => {
    await page.evaluate((ms) => localStorage.setItem('off', String(ms)), off)
    await page.reload()
    await expect(page.getByText('mã được kiểm tra ngay trên máy')).toBeVisible()
  }
  await page.context().setOffline(true)
  const picture = await code()
  await setClock(61_000)
  await type(page, picture)
  await expect(page.getByRole('alert')).toContainText('Mã này đã quá một phút')
  await setClock(-2 * 3_600_000)
  await type(page, await code())
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await expect(page.getByText('không được nhận khi gửi')).toBeHidden()
  expect(await countIn()).toBe(before + 1)
})

test('without network a clock that was set ahead refuses one person and no second one', async ({
  invite,
}) => {
  const one = await comeAs(invite, son)
  const other = await comeAs(invite, lan)
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  await page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + Number(localStorage.getItem('off'))
  })
  await openMarket(guard)
  await page.context().setOffline(true)
  await page.evaluate((ms) => localStorage.setItem('off', String(ms)), 2 * 3_600_000)
  await page.reload()
  await expect(page.getByText('mã được kiểm tra ngay trên máy')).toBeVisible()
  await expect(page.getByText('Đồng hồ máy này')).toBeHidden()
  await type(page, await one.code())
  await expect(page.getByRole('alert')).toContainText('Mã này đã quá một phút')
  await page.getByRole('button', { name: 'Chạm để quét tiếp' }).click()
  await type(page, await other.code())
  await expect(page.getByRole('alert')).toContainText('Đã ghi, chưa kiểm tra được')
  await expect(page.getByText('Đồng hồ máy này có thể đang sai')).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
  await guard.see('gate-clock-unsure')
  await type(page, await one.code())
  await expect(page.getByText('2 chờ gửi')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await expect(page.getByText('không được nhận khi gửi')).toBeHidden()
})

test('a card that was replaced is refused without network, also by the next page, and one that was replaced later', async ({
  invite,
}) => {
  const bearer = await comeSignedIn(invite, son)
  await bearer.page.goto('/me')
  const { items } = await bearer.ask<List<{ id: string }>>('/me/people')
  const replaceCard = () =>
    bearer.page.evaluate(async (id) => {
      const answer = await fetch(`/api/v1/people/${id}/paper-cards`, { method: 'POST' })
      return ((await answer.json()) as { text: string }).text
    }, items[0]!.id)
  const old = await replaceCard()
  const card = await replaceCard()

  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const since: (string | null)[] = []
  page.on('requestfinished', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (/^\/api\/v1\/places\/[^/]+\/gate$/.test(pathname)) since.push(searchParams.get('since'))
  })
  // A long list comes in pieces: of the first one this gate learns nothing.
  const piece = { codes: [], version: `0-${'0'.repeat(16)}`, more: true }
  await page.route(/places\/[^/]+\/gate$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), revoked: piece } })
  })
  await openMarket(guard)
  await expect.poll(() => since).toContain(piece.version)
  const isRefused = async (code: string) => {
    await expect(page.getByText('mã được kiểm tra ngay trên máy')).toBeVisible()
    await type(page, code)
    await expect(page.getByRole('alert')).toContainText('Mã này đã bị hủy')
  }
  await page.context().setOffline(true)
  await isRefused(old)
  await page.reload()
  await isRefused(old)

  const last = await replaceCard()
  since.length = 0
  await page.context().setOffline(false)
  await page.reload()
  await expect.poll(() => since.length).toBeGreaterThan(0)
  expect(since, 'what is known is not told again').not.toContain(null)
  await page.context().setOffline(true)
  await isRefused(card)
  await isRefused(old)

  // Whoever cannot say whose card it is, is told nothing of its bearer.
  await type(page, last)
  await page.getByRole('dialog').getByLabel('Năm sinh').fill('1950')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await page.context().setOffline(false)
  const line = page.getByRole('listitem').filter({ hasText: 'Tên hoặc năm sinh không khớp với thẻ' })
  await expect(line).toContainClass('yellow')
  await expect(line).not.toContainText(/Sơn|S\*\*\*|1978/)
  await page.getByRole('button', { name: 'Chạm để quét tiếp' }).click()
  await guard.see('gate-mismatch')
})

test('codes of a fast reader are on the disk while the first one waits for the line', async ({ invite }) => {
  const guard = await comeSignedIn(invite, tu)
  let { page } = guard
  const placeId = await openMarket(guard)
  const countIn = async () => (await guard.ask<{ in: number }>(`/places/${placeId}/today`)).in
  const before = await countIn()
  const { promise: never } = Promise.withResolvers<void>()
  await page.context().route('**/api/v1/scans', () => never)
  for (const number of [1, 2, 3])
    await typeAsReader(page, `00019077777${number}||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021`)
  await expect(page.getByText('3 chờ gửi')).toBeVisible()

  page = await killTab(page)
  await page.context().unroute('**/api/v1/scans')
  await page.goto('/gate')
  await expect.poll(countIn).toBe(before + 3)
  await page.close()
})

test('a private window keeps what was refused as long as it is open', async ({ invite }) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }))
  const placeId = await openMarket(guard)
  const countIn = async () => (await guard.ask<{ in: number }>(`/places/${placeId}/today`)).in
  const before = await countIn()
  await page.context().setOffline(true)
  await type(page, '000190777774||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021')
  await page.getByRole('button', { name: 'Bỏ qua' }).click()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await refuseAll(page)
  await page.context().setOffline(false)
  await expect(page.getByText('1 lượt không được nhận khi gửi')).toBeVisible()
  await expect(page.getByText('1 lượt chỉ có trong trang này')).toBeVisible()
  await page.unroute('**/api/v1/scans')
  await page.getByRole('button', { name: 'Xem và quyết định' }).click()
  await page.getByRole('button', { name: 'Gửi lại' }).click()
  await expect(page.getByText('Không còn lượt nào')).toBeVisible()
  await expect.poll(countIn).toBe(before + 1)
  await expect(page.getByText('chỉ có trong trang này')).toBeHidden()
})

test('whose codes change goes out with the group, though the way in still waits on the device', async ({
  invite,
}) => {
  const { code, isInside } = await comeAs(invite, son)
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const placeId = await openMarket(guard)
  const today = () => guard.ask<{ in: number; out: number }>(`/places/${placeId}/today`)
  const before = await today()
  await page.getByRole('button', { name: 'Nhóm' }).click()
  await page.getByLabel('Tên nhóm mới').fill('Xe 12')
  await page.getByRole('button', { name: 'Lập nhóm và quét từng người' }).click()

  // The server cannot tell yet whose code this is: the scan waits, and so does what names it.
  await page.route('**/api/v1/scans', async (route) => {
    const { scans } = route.request().postDataJSON() as { scans: { id: string }[] }
    const refused = scans.map(({ id }) => ({ id, code: 'code.keyUnknown', title: 'Chưa có khóa.' }))
    const results = scans.map(({ id }) => ({ id, outcome: 'refused', person: null, decision: null }))
    await route.fulfill({ json: { accepted: 0, repeated: 0, refused, results } })
  })
  await type(page, await code())
  await expect(page.getByText('Quét từng người: 1 đã vào nhóm')).toBeVisible()
  await page.unroute('**/api/v1/scans')
  await page.getByRole('button', { name: 'Xong' }).click()
  await page.getByRole('button', { name: 'Xe 12' }).click()
  await expect(page.getByRole('button', { name: 'Vào (0)' })).toBeDisabled()
  await guard.see('gate-group-seen')
  await page.getByRole('button', { name: 'Ra (1)' }).click()
  await expect(page.getByText('Đã ghi 1 lượt')).toBeVisible()
  await expect(page.getByText('2 chờ gửi')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Gửi ngay' })).toBeEnabled()
  expect(await today()).toMatchObject(before)

  // Of those who go again the server has had its fill: the signed code behind them does not wait.
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Quay lại quét' }).click()
  await page.getByText('Ra', { exact: true }).click()
  await type(page, await code())
  await expect(page.getByText('3 chờ gửi')).toBeVisible()
  guard.awaitRefusal(/api\/v1\/scans.*413/)
  await page.route('**/api/v1/scans', async (route) => {
    const { scans } = route.request().postDataJSON() as { scans: { id: string; code: string }[] }
    const [{ id, code }] = scans as [{ id: string; code: string }]
    if (scans.length > 1) return route.fulfill({ status: 413, json: { code: 'request.tooLarge' } })
    if (!code.startsWith('seen:')) return route.continue()
    const refused = [{ id, code: 'request.throttled', title: 'Xin chờ.' }]
    const results = [{ id, outcome: 'refused', person: null, decision: null }]
    await route.fulfill({ json: { accepted: 0, repeated: 0, refused, results, retryAfter: 600 } })
  })
  await page.context().setOffline(false)
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await page.unroute('**/api/v1/scans')

  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await expect(page.getByText('không được nhận khi gửi')).toBeHidden()
  const after = await today()
  expect([after.in - before.in, after.out - before.out]).toEqual([1, 2])
  expect(await isInside()).toBe(false)
})

test('on a bus the guard chooses stop and seats once, and every scan says them', async ({ invite }) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const bus = await post(guard, '/places', {
    name: 'Xe buýt 04',
    kind: 'vehicle',
    areaCode: '22366',
    address: 'Bến xe phía Nam',
    phone: tu,
    plate: '79B-012.34',
    zones: ['A1-A20', 'B1-B20'],
  })
  await page.goto(`/places/${bus.id}`)
  guard.awaitRefusal(/startTrip.*400/)
  await page.getByRole('button', { name: 'Xuất bến' }).click()
  await expect(page.getByText('Đang để trống.')).toHaveCount(2)
  await guard.see('place-trip-empty')
  await page.getByRole('textbox', { name: 'Từ', exact: true }).fill('Bến xe phía Nam')
  await page.getByRole('textbox', { name: 'Đến', exact: true }).fill('Chợ Đầm')
  await page.getByRole('button', { name: 'Xuất bến' }).click()
  await expect(page.getByRole('button', { name: 'Đã đến nơi' })).toBeVisible()
  await page.goto('/gate')
  await page.getByRole('radio', { name: 'Xe buýt 04' }).check()
  await page.getByRole('radio', { name: 'Bến xe phía Nam' }).check()
  await page.getByRole('radio', { name: 'B1-B20' }).check()
  await guard.see('gate-setup-bus')
  await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
  await expect(page.getByText('Bến xe phía Nam · B1-B20')).toBeVisible()

  const [sent] = await Promise.all([
    page.waitForRequest('**/api/v1/scans'),
    type(page, '000190777776||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021'),
  ])
  expect(sent.postDataJSON().scans[0]).toMatchObject({ stop: 'Bến xe phía Nam', zone: 'B1-B20' })
  await page.getByRole('button', { name: 'Bỏ qua' }).click()
  await guard.see('gate-bus')

  await page.getByRole('button', { name: 'Đổi' }).click()
  await page.getByRole('radio', { name: 'Điểm dừng khác' }).check()
  await page.getByLabel('Tên điểm dừng').fill('Ngã ba Thành')
  await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
  await expect(page.getByText('Ngã ba Thành · B1-B20')).toBeVisible()
})

const there = { timeZone: 'Asia/Ho_Chi_Minh' }
const localTime = () => new Date().toLocaleTimeString('en-GB', there)
const localDay = (days: number) =>
  new Date(Date.now() + days * 24 * 3600_000).toLocaleDateString('en-CA', there)

test('a reader that types, a number that the guard or a code vouches for, a strange code, a list on paper', async ({
  invite,
}) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const placeId = await openMarket(guard)
  const today = () => guard.ask<{ in: number; out: number }>(`/places/${placeId}/today`)
  const start = await today()
  const result = page.getByRole('alert')

  await typeAsReader(page, '000190888888||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021')
  await expect(result).toContainText('Người T***')
  // Else it would stand before the next number, which would be taken for this person again.
  await expect(page.getByRole('textbox', { name: 'Nhập số điện thoại hoặc mã' })).toHaveValue('')
  await page.getByRole('dialog').getByLabel('Số điện thoại').fill('0905 123 699')
  await page.getByRole('dialog').getByRole('button', { name: 'Ghi' }).click()
  await expect.poll(async () => (await today()).in - start.in).toBe(1)

  await type(page, '0905 123 698')
  await expect(page.getByText('Đây có đúng là số của người này?')).toBeVisible()
  await guard.seeScreen('gate-vouch')
  await page.getByRole('button', { name: 'Đúng, tôi xác nhận' }).click()
  await expect(result).toBeVisible()
  await guard.photograph('gate-result-vouched')
  await expect.poll(async () => (await today()).in - start.in).toBe(2)

  // Somebody else reads the code of the message out, at first not quite.
  await type(page, '0905 123 694')
  const since = Date.now()
  await page.getByRole('button', { name: 'Gửi mã đến số này' }).click()
  const code = await waitForCode(new URL(page.url()).origin, '0905123694', since)
  guard.awaitRefusal(/phone-confirmations.*401/)
  await page.getByLabel('Mã trong tin nhắn').fill(code === '111111' ? '222222' : '111111')
  await page.getByRole('button', { name: 'Xác nhận', exact: true }).click()
  await expect(page.getByText('Mã chưa đúng')).toBeVisible()
  await guard.seeScreen('gate-confirm')
  await page.getByLabel('Mã trong tin nhắn').fill(code)
  const readOut = Date.now()
  const [confirmed] = await Promise.all([
    page.waitForRequest('**/api/v1/scans'),
    page.keyboard.press('Enter'),
  ])
  // The clock of the server, from which `at` comes, tells whole seconds.
  expect(Date.parse(confirmed.postDataJSON().scans[0].at)).toBeGreaterThan(readOut - 2000)
  await expect(result).toBeVisible()
  await expect.poll(async () => (await today()).in - start.in).toBe(3)

  await type(page, 'https://example.com/ma-qr')
  await guard.seeScreen('gate-strange')
  await page.getByRole('dialog').getByRole('button', { name: 'Họ tự khai' }).click()
  await expect(page.getByRole('img', { name: 'Mã mở trang khai báo' })).toBeVisible()
  await guard.seeScreen('gate-declare')
  await page.getByRole('button', { name: 'Quay lại quét' }).click()

  await page.getByRole('button', { name: 'Danh sách giấy' }).click()
  // A day that has just begun has no minutes yet that could stand on paper.
  const [hour, minute] = localTime().split(':').map(Number)
  const isYoung = hour === 0 && minute! < 10
  const day = page.getByLabel('Ngày', { exact: true })
  await page.getByLabel('Giờ', { exact: true }).fill('8h')
  await page.getByLabel('Số điện thoại, căn cước, CMND').fill('0905123697')
  await day.fill(localDay(-54))
  await page.keyboard.press('Enter')
  await expect(page.getByText('Chỉ nhận lượt trong 31 ngày qua')).toBeVisible()
  await day.fill(localDay(isYoung ? -1 : 0))
  for (const [time, phone] of [
    ['0:01', '0905123697'],
    ['002', '0905123696'],
  ] as const) {
    await page.getByLabel('Giờ', { exact: true }).fill(time)
    await page.getByLabel('Số điện thoại, căn cước, CMND').fill(phone)
    await page.keyboard.press('Enter')
    await expect(page.getByText(`…${phone.slice(-3)}`, { exact: true })).toBeVisible()
  }
  await page.getByLabel('Giờ', { exact: true }).fill('003')
  await page.keyboard.press('Enter')
  await expect(page.getByText('hoặc họ và tên')).toBeVisible()
  await page.getByLabel('Họ và tên').fill('Trần Thị Lan')
  await page.getByLabel('Tổ, thôn').fill('tổ 5 | Tây Nha Trang')
  await page.getByLabel('Năm sinh').fill('199')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Xin nhập năm sinh như')).toBeVisible()
  await page.getByLabel('Năm sinh').fill('12/05/1990')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Trần Thị L*** 1990', { exact: true })).toBeVisible()

  // A number may be that of a family: what stands beside it goes along.
  await page.getByLabel('Giờ', { exact: true }).fill('004')
  await page.getByLabel('Số điện thoại, căn cước, CMND').fill('0905123697')
  await page.getByLabel('Họ và tên').fill('Võ Thị Sáu')
  await page.getByLabel('Năm sinh').fill('71')
  await page.getByLabel('Tổ, thôn').fill('tổ 7')
  const [row] = await Promise.all([page.waitForRequest('**/api/v1/scans'), page.keyboard.press('Enter')])
  expect(row.postDataJSON().scans[0].given).toEqual({ name: 'Võ Thị Sáu', birthYear: 1971, about: 'tổ 7' })
  await expect(page.getByText('Võ Thị S*** …697 1971', { exact: true })).toBeVisible()
  // The card of before has nine digits; of another day the line says which.
  await day.fill(localDay(-2))
  await page.getByLabel('Giờ', { exact: true }).fill('005')
  await page.getByLabel('Số điện thoại, căn cước, CMND').fill('225 123 456')
  await page.getByLabel('Họ và tên').fill('Lê Văn Bình')
  await page.keyboard.press('Enter')
  const [, month, date] = localDay(-2).split('-')
  const line = page.getByRole('listitem').filter({ hasText: 'Lê Văn B***' })
  await expect(line).toContainText(`${date}/${month} 00:05`)
  await guard.see('gate-list')
  await expect.poll(async () => (await today()).in - start.in).toBe(isYoung ? 3 : 7)

  // The way back leads to the camera, whatever was open when the page was loaded again.
  await page.reload()
  await page.getByRole('button', { name: 'Nhóm' }).click()
  await page.getByRole('button', { name: 'Quay lại quét' }).click()
  await expect(codeField(page)).toBeVisible()
})

test('the guard declares for somebody without a phone at hand, who may then come in', async ({ invite }) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  await openMarket(guard)
  const result = page.getByRole('alert')
  await type(page, '0905 123 695')
  await page.getByRole('button', { name: 'Đúng, tôi xác nhận' }).click()
  await expect(result).toContainText('Mời khai báo tại đây')
  await guard.photograph('gate-result-declare')
  await page.getByRole('button', { name: 'Hỏi và khai giúp' }).first().click()

  guard.awaitRefusal(/declarations.*422/)
  const form = page.getByRole('dialog', { name: 'Khai báo giúp' })
  await form.getByRole('button', { name: 'Gửi' }).click()
  await expect(form.getByText('Còn câu chưa trả lời')).toBeVisible()
  await form.getByRole('button', { name: 'Tất cả: Không' }).click()
  await expect(form.getByRole('radio', { name: 'Không', exact: true, checked: true })).toHaveCount(5)
  await guard.seeScreen('gate-declare-for')
  await form.getByRole('button', { name: 'Gửi' }).click()
  await expect(form.getByText('Hãy điền đủ họ tên, năm sinh và nơi ở')).toBeVisible()
  await form.getByLabel('Họ và tên').fill('Người Thử')
  await form.getByLabel('Năm sinh').fill('1950')
  await chooseCommune(page, 'Xã, phường nơi ở', 'tay nha trang', 'Phường Tây Nha Trang, Tỉnh Khánh Hoà')
  await guard.seeScreen('gate-declare-for-details')
  await form.getByRole('button', { name: 'Gửi' }).click()
  await expect(result).toHaveClass(/green/)
  await expect(result).toContainText('Đã khai báo giúp')
  await guard.photograph('gate-result-declared')
})

test('the camera reads a code without network, and a picture of it does not pass again', async ({
  invite,
}) => {
  const { code } = await comeAs(invite, son)
  const camera = new Camera(test.info().outputPath('gate.y4m'))
  const phone = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), ...asCamera(camera)],
  })
  try {
    const guard = await comeSignedIn(invite, tu, { in: phone, permissions: ['camera'] })
    const { page } = guard
    await openMarket(guard)
    const result = page.getByRole('alert')
    await expect(page.getByLabel('Hình từ máy ảnh')).toBeVisible()
    await page.context().setOffline(true)
    const shown = await code()
    camera.show(shown)
    await expect(result).toHaveClass(/green|yellow/)
    await guard.photograph('gate-result-offline')
    camera.clear()
    await expect(result).toBeHidden()

    await page.waitForTimeout(3500) // longer than one look at the same code
    camera.show(shown)
    await expect(result).toContainText('Mã này vừa được quét')
    await guard.photograph('gate-result-replayed')
    camera.clear()
    const forged = shown.replace(/\d(?=\d{40}$)/, (digit) => String((Number(digit) + 1) % 10))
    await expect(result).toBeHidden()
    camera.show(forged)
    await expect(result).toContainText('Mã này đã bị sửa')
    camera.clear()
    await guard.seeScreen('gate-offline')
    await page.getByRole('button', { name: 'Nền tối' }).click()
    await guard.seeScreen('gate-dark')
    await page.setViewportSize({ width: 1280, height: 800 })
    await guard.seeScreen('gate-tablet')
  } finally {
    camera.close()
    await phone.close()
  }
})

/** Cards of nobody: the number 000 is of no province. */
const cardOf = (number: number) => `000190${number}||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021`

test('while the guard is asked a reader answers nothing; whom it reads is next', async ({ invite }) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const placeId = await openMarket(guard)
  const countIn = async () => (await guard.ask<{ in: number }>(`/places/${placeId}/today`)).in
  const before = await countIn()
  await page.context().setOffline(true)
  await type(page, '0905 123 690')
  const question = page.getByRole('dialog', { name: 'Đây có đúng là số của người này?' })
  await expect(question).toBeVisible()
  await typeAsReader(page, cardOf(660001))
  await expect(question.getByText('Đã nhận mã của 1 người sau')).toBeVisible()
  await guard.seeScreen('gate-ask-next')
  await question.getByRole('button', { name: 'Không ghi lượt này' }).click()

  // The next one is written down before anything is asked, and a field keeps what hands typed.
  const phone = page.getByRole('dialog').getByLabel('Số điện thoại')
  await expect(phone).toBeVisible()
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await phone.fill('0905')
  await typeAsReader(page, cardOf(660002))
  await expect(page.getByRole('dialog').getByText('Đã nhận mã của 1 người sau')).toBeVisible()
  await expect(phone).toHaveValue('0905')
  await page.getByRole('button', { name: 'Bỏ qua' }).click()
  await expect(page.getByText('2 chờ gửi')).toBeVisible()
  await page.getByRole('button', { name: 'Đang đông: thôi hỏi số điện thoại' }).click()

  // Nor does it press what is open beside the camera.
  await page.getByRole('button', { name: 'Nhóm' }).click()
  await page.getByRole('button', { name: 'Quay lại quét' }).focus()
  await typeAsReader(page, cardOf(660003))
  await expect(page.getByText('1 mã đang chờ')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Nhóm' })).toBeVisible()
  await page.getByRole('button', { name: 'Quay lại quét' }).click()
  await expect(page.getByText('3 chờ gửi')).toBeVisible()
  await page.context().setOffline(false)
  await expect.poll(countIn).toBe(before + 3)
})

test('a full house says so first, at the gate and to who checks in; who was inside is counted once', async ({
  invite,
}) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  const place = (await (
    await page.request.post('/api/v1/places', {
      data: {
        name: 'Quán Ba Chỗ',
        kind: 'restaurant',
        areaCode: '22366',
        address: '1 Trần Phú',
        phone: tu,
        capacity: 3,
      },
    })
  ).json()) as { id: string; code: string }
  const result = page.locator('.result')
  // The server is slow to tell of this gate, and counts whom it scanned meanwhile.
  let answer = () => {}
  const isScanned = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/api/v1/places/*/gate*', async (route) => {
    await isScanned
    await route.continue()
  })
  await page.goto('/gate')
  await page.getByRole('radio', { name: 'Quán Ba Chỗ' }).check()
  await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
  const [sent] = await Promise.all([page.waitForRequest('**/api/v1/scans'), type(page, cardOf(670001))])
  expect(sent.postDataJSON().scans[0]).toHaveProperty('skewSeconds')
  await page.getByRole('button', { name: 'Chạm để quét tiếp' }).click()
  answer()
  await page.getByRole('button', { name: 'Đang đông: thôi hỏi số điện thoại' }).click()
  await expect(page.getByText('1 trên 3 người đang ở trong')).toBeVisible()
  await type(page, cardOf(670002))
  await expect(page.getByText('2 trên 3 người đang ở trong')).toBeVisible()
  await type(page, cardOf(670001))
  await expect(result).toContainText('Người này đã vào trước đó')
  await expect(page.getByText('2 trên 3 người đang ở trong')).toBeVisible()
  await type(page, cardOf(670003))
  await expect(result).toContainText('Từ người sau, mời chờ có người ra')
  await type(page, cardOf(670004))
  await expect(result).toHaveClass(/full/)
  await expect(result).toContainText('Đã đủ người: mời chờ')
  await guard.photograph('gate-result-full')
  await page.getByRole('button', { name: 'Người này chờ: hoàn tác lượt vào' }).click()
  await expect(page.getByText('3 trên 3 người đang ở trong')).toBeVisible()
  await expect(page.getByText('Đã hoàn tác')).toBeVisible()

  // Without network too, where each is counted once and who leaves makes room.
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.context().setOffline(true)
  await type(page, cardOf(670005))
  await expect(result).toHaveClass(/full/)
  await page.getByRole('button', { name: 'Người này chờ: hoàn tác lượt vào' }).click()
  await page.getByText('Ra', { exact: true }).click()
  await type(page, cardOf(670003))
  await expect(page.getByText('2 trên 3 người đang ở trong')).toBeVisible()
  await page.getByText('Vào', { exact: true }).click()
  await type(page, cardOf(670005))
  await expect(result).toContainText('Từ người sau, mời chờ có người ra')
  await page.getByRole('button', { name: 'Chạm để quét tiếp' }).click()
  // The second who came.
  await page
    .getByRole('listitem')
    .nth(-2)
    .getByRole('button', { name: /Hoàn tác/ })
    .click()
  await expect(page.getByText('Sẽ hoàn tác khi có mạng')).toBeVisible()
  await expect(page.getByText('2 trên 3 người đang ở trong')).toBeVisible()
  // The next page counts what the server has answered since it last counted, and what waits.
  await page.reload()
  await expect(page.getByText('2 trên 3 người đang ở trong')).toBeVisible()
  await page.getByText('Tự nhận', { exact: true }).click()
  await type(page, cardOf(670006))
  await expect(result).toContainText('Từ người sau, mời chờ có người ra')
  await expect(page.getByText('3 trên 3 người đang ở trong')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByText('chờ gửi')).toBeHidden()
  const countInside = async () => (await guard.ask<{ inside: number }>(`/places/${place.id}/today`)).inside
  await expect.poll(countInside).toBe(3)

  const guest = await comeSignedIn(invite, son)
  await guest.page.goto(`/c/${place.code}`)
  await guest.page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(guest.page.getByText('Đã đủ người: mời chờ ở cửa')).toBeVisible()
  await guest.see('c-full')
  await guest.page.getByRole('button', { name: 'Ra khỏi đây' }).click()
})

test('what was scanned last stays in sight, after refusals and a killed tab; who is declared for, too', async ({
  invite,
}) => {
  const guard = await comeSignedIn(invite, tu)
  let { page } = guard
  const placeId = await openMarket(guard)
  const countIn = async () => (await guard.ask<{ in: number }>(`/places/${placeId}/today`)).in
  const before = await countIn()
  await type(page, cardOf(680001))
  await page.getByRole('button', { name: 'Chạm để quét tiếp' }).click()
  await page.getByRole('button', { name: 'Bỏ qua' }).click()
  await expect.poll(countIn).toBe(before + 1)
  const forged = `71${'1234567890'.repeat(48)}`
  for (let number = 0; number < 6; number++) {
    await type(page, `${forged}${number}`)
    await expect(page.locator('.result')).toContainText('Chưa ghi được')
    await page.getByRole('button', { name: 'Chạm để quét tiếp' }).click()
  }
  const undo = page.getByRole('button', { name: /Hoàn tác/ })
  await expect(undo).toBeVisible()
  await expect(page.getByRole('listitem').getByRole('button', { name: /Hỏi và khai giúp/ })).toBeVisible()
  page = await killTab(page)
  await page.goto('/gate')
  await page.getByRole('button', { name: /Hoàn tác/ }).click()
  await expect.poll(countIn).toBe(before)
  await page.close()
})

test('on the way out nothing is asked, and no alarm is raised; with the session gone nobody blames the network', async ({
  invite,
}) => {
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  await openMarket(guard)
  await page.context().setOffline(true)
  await page.getByText('Ra', { exact: true }).click()
  await type(page, cardOf(690001))
  await expect(page.getByText('1 chờ gửi')).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.route('**/api/v1/scans', async (route) => {
    const { scans } = route.request().postDataJSON() as { scans: { id: string }[] }
    const person = { id: scans[0]!.id, maskedName: 'Người T***', birthYear: 1990, maskedPhone: null }
    const decision = { status: 'red', instruction: 'Mời ở nhà và gọi trạm y tế.', declaration: null }
    const results = scans.map(({ id }) => ({ id, outcome: 'accepted', direction: 'out', person, decision }))
    await route.fulfill({ json: { accepted: 1, repeated: 0, refused: [], results } })
  })
  await page.context().setOffline(false)
  await expect(page.getByText('chờ gửi')).toBeHidden()
  await expect(page.getByText('lẽ ra phải chờ')).toBeHidden()
  // At a door the words are those of a door.
  await expect(page.getByRole('listitem').getByText('Mời chờ, gọi trạm y tế')).toBeVisible()
  await page.unroute('**/api/v1/scans')

  await page.context().clearCookies()
  guard.awaitRefusal(/api\/v1\/(me\/places|scans|places\/[^/]+\/gate).*40[134]/)
  await type(page, cardOf(690002))
  const warning = page.getByText('Xin đăng nhập lại để gửi các lượt quét')
  await expect(warning).toBeVisible()
  await expect(page.getByText('Số ước tính: cần đăng nhập lại.')).toBeVisible()
  await page.evaluate(() => scrollTo(0, 0))
  const bar = (await page.locator('.gate > footer').boundingBox())!.y
  for (const shown of [warning, page.getByText('1 chờ gửi'), page.getByText('Lượt cũ nhất')]) {
    const box = (await shown.boundingBox())!
    expect(box.y + box.height).toBeLessThanOrEqual(bar)
  }
  await expect(page.locator('.result')).toBeHidden()
  await guard.seeScreen('gate-signed-out')
  await guard.see('gate-signed-out-whole')
  await expect(page.getByRole('link', { name: 'Đăng xuất' })).toBeVisible()
  await page.context().addCookies(sessions.get(tu)!.cookies)
})

test('a group asks who answers for a number, says what a phone does, and takes two codes for one person', async ({
  invite,
}) => {
  const { code } = await comeAs(invite, son)
  const guard = await comeSignedIn(invite, tu)
  const { page } = guard
  await openMarket(guard)
  await page.getByText('Tự nhận', { exact: true }).click()
  await page.getByRole('button', { name: 'Nhóm' }).click()
  await expect(page.getByText('quét là ghi luôn một lượt')).toBeVisible()
  await page.getByLabel('Tên nhóm mới').fill('Lớp 5B')
  await page.getByRole('button', { name: 'Lập nhóm và quét từng người' }).click()
  await expect(page.getByText('Mã trên điện thoại: thêm và ghi luôn lượt Vào')).toBeVisible()
  await guard.seeScreen('gate-collecting')

  await type(page, '0905 123 687')
  await page.getByRole('button', { name: 'Không ghi lượt này' }).click()
  await type(page, '0905 123 686')
  await expect(page.getByText('Khi ghi lượt sẽ nói rõ')).toBeVisible()
  await page.getByRole('button', { name: 'Đúng, tôi xác nhận' }).click()
  await expect(page.getByText('Quét từng người: 1 đã vào nhóm')).toBeVisible()

  await type(page, '000078123456||Phạm Văn Sơn|01021978|Nam|Thôn Ví Dụ|01032021')
  await expect(page.getByText('Quét từng người: 2 đã vào nhóm')).toBeVisible()
  const [sent] = await Promise.all([page.waitForRequest('**/api/v1/scans'), type(page, await code())])
  expect(sent.postDataJSON().scans[0].direction).toBe('in')
  const question = page.getByRole('dialog', { name: 'Người này đã có trong nhóm?' })
  await expect(question).toContainText('Phạm Văn S***')
  await guard.seeScreen('gate-ask-same')
  await question.getByRole('button', { name: 'Vẫn là một người' }).click()
  await expect(page.getByText('Quét từng người: 2 đã vào nhóm')).toBeVisible()
  await page.getByRole('button', { name: 'Xong' }).click()
  await page.getByRole('button', { name: 'Lớp 5B' }).click()
  const [group] = await Promise.all([
    page.waitForRequest('**/api/v1/scans'),
    page.getByRole('button', { name: 'Vào (1)' }).click(),
  ])
  expect(group.postDataJSON().scans).toMatchObject([{ code: 'tel:+84905123686', vouched: true }])
  await expect(page.getByText('Đã ghi 1 lượt')).toBeVisible()
  await page.getByRole('button', { name: 'Ra (2)' }).click()
  await expect(page.getByText('Đã ghi 2 lượt')).toBeVisible()
})
