import { randomUUID } from 'node:crypto'
import { signIn } from './stage/citizen.ts'
import { recordCase, signInAtDesk } from './stage/official.ts'
import { expect, test } from './stage/test.ts'
import type { Visitor } from './stage/visitor.ts'

const HOA = '0905000102'
const SON = '0905000104'
const STRANGER = '0905000777'
const MARKET = 'Chợ cá Vĩnh Lương'
const DOOR = 'Cửa bến cá'

const dayOf = (at: string) => new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10)

/** The same page on a phone and at a desk. */
async function see(guest: Visitor, name: string) {
  const { page } = guest
  const narrow = page.viewportSize()!
  await guest.see(name)
  await page.setViewportSize({ width: 1280, height: 800 })
  await guest.see(`${name}-desk`)
  await page.setViewportSize(narrow)
}

test('a number that the guard vouched for and a line from paper are told from a code, at the desk and at the door', async ({
  invite,
}) => {
  const owner = await invite()
  await owner.page.goto('/signin')
  await signIn(owner.page, HOA)
  await owner.page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const send = async (path: string, data: object) => {
    const answer = await owner.page.request.post(`/api/v1${path}`, { data })
    expect(answer.ok(), await answer.text()).toBe(true)
    return answer.json()
  }
  // Nobody else goes there: what the page shows does not depend on the hour.
  const { id: placeId } = await send('/places', {
    name: MARKET,
    kind: 'market',
    areaCode: '22366',
    address: 'Bến cá Vĩnh Lương',
    phone: HOA,
  })
  const { code: gate } = await send(`/places/${placeId}/gates`, { name: DOOR, direction: 'both' })
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  const scan = (phone: string, minutes: number, direction: 'in' | 'out', more: object) => ({
    id: randomUUID(),
    placeId,
    at: ago(minutes),
    direction,
    code: `tel:${phone}`,
    vouched: true,
    ...more,
  })
  const answer = await send('/scans', {
    scans: [
      scan(SON, 40, 'in', { gate }),
      scan(SON, 2, 'out', { gate }),
      scan(STRANGER, 39, 'in', { keyedIn: true }),
      scan(STRANGER, 3, 'out', { keyedIn: true }),
    ],
  })
  expect(answer.accepted).toBe(4)
  const { id: bus } = await send('/places', {
    name: 'Xe buýt số 4',
    kind: 'vehicle',
    plate: '79B-012.34',
    areaCode: '22366',
    address: 'Bến xe phía Nam',
    phone: HOA,
  })
  const ride = await send('/scans', {
    scans: [
      scan(SON, 90, 'in', { placeId: bus, stop: 'Bến xe phía Nam', skewSeconds: 7200 }),
      scan(STRANGER, 85, 'in', { placeId: bus, stop: 'Suối Dầu' }),
      scan(STRANGER, 60, 'out', { placeId: bus, stop: MARKET }),
      scan(SON, 60, 'out', { placeId: bus, stop: MARKET }),
    ],
  })
  expect(ride.accepted).toBe(4)

  await owner.page.goto(`/places/${placeId}`)
  const today = (minutes: number[]) => minutes.filter((each) => dayOf(ago(each)) === dayOf(ago(0))).length
  const rows = (name: RegExp) => owner.page.getByRole('row', { name })
  await expect(rows(new RegExp(`qua ${DOOR}`))).toHaveCount(today([40, 2]))
  await expect(rows(/nhập từ sổ giấy/)).toHaveCount(today([39, 3]))
  await see(owner, 'place-doors')

  const minh = await invite()
  const { page } = minh
  minh.awaitRefusal(/\/me: .*401/)
  await signInAtDesk(page, 'minh')
  await recordCase(page, SON, dayOf(ago(0)))
  const vouched = `số do người trực cửa xác nhận, qua ${DOOR}`
  await expect(page.getByText(`Vào, ra: ${vouched}`)).toBeVisible()
  await expect(page.getByText(/^Vào: .*lên ở Bến xe phía Nam, đồng hồ cổng lệch 2 giờ/)).toBeVisible()
  await expect(page.getByText(/^Ra: .*xuống ở Chợ cá Vĩnh Lương$/)).toBeVisible()

  await page.getByRole('button', { name: 'Bắt đầu truy vết' }).click()
  await expect(page.getByText(/^\d+ người tiếp xúc gần$/)).toBeVisible({ timeout: 20_000 })
  await page.goto(`${page.url()}&sort=-firstAt`)
  await page
    .getByText(/^Vì sao: 2 lần, tại (Xe buýt số 4, Chợ cá Vĩnh Lương|Chợ cá Vĩnh Lương, Xe buýt số 4)/)
    .first()
    .click()
  const told = 'Người tiếp xúc: số do người trực cửa xác nhận, nhập từ sổ giấy'
  await expect(page.getByText(told, { exact: true })).toBeVisible()
  await expect(page.getByText(`Ca bệnh: ${vouched}`, { exact: true })).toBeVisible()
  await see(minh, 'case-known')

  await page.getByRole('link', { name: 'Phỏng vấn' }).click()
  const edges = page.getByRole('region', { name: 'Tiếp xúc ngoài các lượt quét cùng nơi' }).first()
  await expect(edges.getByText(/^Người tiếp xúc: .*lên ở Suối Dầu$/)).toBeVisible()
  await see(minh, 'edges-known')
})
