import type { Page } from '@playwright/test'
import { openDuty, signInAtDesk } from './stage/official.ts'
import type { Server } from './stage/server.ts'
import { expect, test } from './stage/test.ts'

type Case = { id: string; number: string }

/** What an officer recorded before the story begins, through the same API. */
async function prepare({ url }: Server) {
  const ask = async <T>(path: string, body: object, token?: string): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    })
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true)
    return (await answer.json()) as T
  }
  const { token } = await ask<{ token: string }>('/sessions', { login: 'minh', password: 'lachan-demo' })
  const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const fallIll = async (name: string, days: number) => {
    const person = { name, birthYear: 1980, areaCode: '22366' }
    const { id: personId } = await ask<{ id: string }>('/people', person, token)
    return ask<Case>('/cases', { personId, diseaseId: 'covid-19', onsetOn: dayAgo(days) }, token)
  }
  const [first, second, third] = [
    await fallIll('Nguyễn Văn An', 12),
    await fallIll('Nguyễn Thị Bảy', 8),
    await fallIll('Trần Văn Chín', 6),
  ]
  const { places } = (await (await fetch(`${url}/api/v1/demo/accounts`)).json()) as {
    places: { checkInUrl: string; name: string }[]
  }
  const market = places[0]!
  const link = { infectorNumber: first.number, placeCode: market.checkInUrl, confidence: 'possible' }
  await ask(`/cases/${third.id}/links`, link, token)
  return { first, second, third, market }
}

const openTab = (page: Page, name: string) =>
  page.getByRole('main').getByRole('link', { name, exact: true }).click()

test('an officer says where a case was caught, reads the chain, and takes a link back', async ({
  invite,
  server,
}) => {
  const { first, second, third, market } = await prepare(server)
  const desk = await invite({ hasTouch: false, isMobile: false, viewport: { width: 1280, height: 800 } })
  const { page } = desk
  desk.awaitRefusal(/422/) // a number that no case has
  await signInAtDesk(page, 'minh')

  await page.goto(`/console/cases/${second.id}`)
  await openTab(page, 'Chuỗi lây')
  await expect(page.getByText('Chưa rõ lây từ đâu.')).toBeVisible()
  await page.getByRole('button', { name: 'Tìm nguồn lây' }).click()
  await expect(page.getByText('Không thấy nơi nào trùng với ca trước.')).toBeVisible()
  await page.getByRole('button', { name: 'Ghi nguồn lây' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Số của ca lây').fill('22366-0000-0000')
  await form.getByRole('button', { name: 'Ghi nguồn lây' }).click()
  await expect(form.getByText('Không có ca bệnh mang số này').first()).toBeVisible()
  await desk.isAccessible()
  await form.getByLabel('Số của ca lây').fill(first.number)
  await form.getByRole('button', { name: 'Ghi nguồn lây' }).click()
  await expect(page.getByText('Đã ghi nguồn lây.')).toBeVisible()
  await expect(page.getByText('cách 4 ngày')).toBeVisible()
  await desk.isAccessible()

  await openDuty(page, 'Chuỗi lây')
  await expect(page.getByRole('heading', { name: 'Chuỗi lây', level: 1 })).toBeVisible()
  await page.getByRole('link', { name: first.number }).click()
  await expect(page.getByRole('heading', { name: 'Chuỗi lây 3 ca' })).toBeVisible()
  await expect(page.getByText('COVID-19: 3 ca, 1 thế hệ')).toBeVisible()
  await expect(page.getByText('hai lần thời gian ủ bệnh dài nhất (14 ngày')).toBeVisible()
  const drawing = page.getByRole('img', { name: /^Chuỗi lây: 3 ca, 2 liên kết/ })
  await expect(drawing.locator('circle.mark')).toHaveCount(3)
  const x = () => drawing.locator('circle.mark').nth(1).getAttribute('cx')
  const before = await x()
  await page.getByRole('button', { name: 'Phóng to' }).click()
  expect(await x()).not.toBe(before)
  await page.getByRole('application').focus()
  await page.keyboard.press('0')
  await drawing.locator('circle.mark').first().hover()
  const whole = await x()
  await page.mouse.wheel(0, -100)
  await expect.poll(x).not.toBe(whole)
  await page.getByLabel('Tìm số ca hoặc địa điểm').fill(third.number.slice(-4))
  await expect(page.getByText('Tìm thấy 1', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: new RegExp(third.number) }).click()
  await expect(page.getByText(`Lây từ: ${first.number}`)).toBeVisible()
  await desk.seeScreen('chain')
  await openTab(page, 'Sơ đồ mạng')
  await expect(page.getByText('Mỗi vòng là một thế hệ')).toBeVisible()
  await desk.photograph('chain-network')

  // As of a day on which only the first had fallen ill.
  const day = new Date(Date.now() - 10 * 86_400_000).toLocaleDateString('vi-VN', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  })
  await page.getByLabel('Tính đến ngày').fill(day)
  await page.getByRole('button', { name: 'Lọc' }).click()
  await expect(page.getByRole('heading', { name: 'Chuỗi lây 1 ca' })).toBeVisible()

  await page.goto('/console/chains?tab=figures')
  await expect(page.getByText('2 liên kết.')).toBeVisible()
  await expect(page.getByRole('cell', { name: market.name })).toBeVisible()
  await desk.isAccessible()

  await page.goto(`/console/cases/${second.id}?view=chain`)
  await page.getByRole('button', { name: 'Rút liên kết' }).click()
  const confirm = page.getByRole('dialog')
  await confirm.getByLabel('Vì sao rút').selectOption('disproved')
  await confirm.getByRole('button', { name: 'Rút liên kết' }).click()
  await expect(page.getByText('Đã rút liên kết.')).toBeVisible()
  await page.getByText('Liên kết đã rút (1)').click()
  await expect(page.getByRole('paragraph').filter({ hasText: 'Điều tra cho thấy không đúng' })).toBeVisible()
  const { items } = await desk.ask<{ items: { size: number }[] }>('/chains')
  expect(items.map(({ size }) => size)).toEqual([2])

  // On a phone, too.
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`/console/chains?case=${first.id}`)
  await expect(page.getByRole('heading', { name: 'Chuỗi lây 2 ca' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await desk.isAccessible()
})
