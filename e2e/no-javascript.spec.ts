import { giveDetailsWithoutScript, signIn } from './stage/citizen.ts'
import { readQr } from './stage/qr.ts'
import { expect, test } from './stage/test.ts'

const COMMUNE = 'Phường Tây Nha Trang, Tỉnh Khánh Hoà'
const owner = {
  phone: '0905123501',
  name: 'Ngô Thị Mai',
  birthYear: '1975',
  sex: 'Nữ',
  communeTyped: 'tay nha trang',
  commune: COMMUNE,
  address: '4 Phương Câu',
} as const

test('everything an owner needs works with scripts switched off', async ({ invite }) => {
  const visitor = await invite({ javaScriptEnabled: false })
  const { page } = visitor
  await page.goto('/places/new')
  await signIn(page, owner.phone)
  await page.getByLabel('Tên địa điểm').fill('Quán phở Phương Câu')
  await page.getByLabel('Loại địa điểm').selectOption('restaurant')
  await page.getByLabel('Địa chỉ').fill(owner.address)
  await page.getByLabel('Vị trí trên bản đồ').fill('12.2388, 109.1967')
  await expect(page.getByText('Dùng vị trí đang đứng')).toBeHidden()
  await page.getByRole('textbox', { name: 'Xã, phường của địa điểm' }).fill('khong co o dau')
  await page.getByRole('button', { name: 'Tìm' }).click()
  await expect(page.getByText('Không tìm thấy xã, phường nào')).toBeVisible()
  await page.getByRole('textbox', { name: 'Xã, phường của địa điểm' }).fill(owner.communeTyped)
  await page.getByRole('button', { name: 'Tìm' }).click()
  await page.getByRole('radio', { name: COMMUNE }).check()
  await page.getByRole('button', { name: 'Đăng ký' }).click()

  await expect(page.getByRole('heading', { name: 'Quán phở Phương Câu' })).toBeVisible()
  await visitor.isAccessible()
  const { items } = await visitor.ask<{ items: { id: string; name: string; code: string }[] }>('/me/places')
  expect(items.map(({ name }) => name)).toEqual(['Quán phở Phương Câu'])
  const poster = await page.request.get(`/api/v1/places/${items[0]!.id}/poster.pdf`)
  expect(poster.headers()['content-type']).toBe('application/pdf')

  const place = () => visitor.ask<{ hours: unknown; lat: number; lon: number }>(`/places/${items[0]!.id}`)
  const openSettings = async () => {
    await page.getByText('Sửa thông tin').click()
    await page.getByText('Giờ khác theo ngày').click()
  }
  const save = page.getByRole('button', { name: 'Lưu', exact: true })
  expect(((at) => [at.lat, at.lon])(await place())).toEqual([12.2388, 109.1967])
  await openSettings()
  await page.getByLabel('Giờ mở cửa', { exact: false }).first().fill('06:00')
  await page.getByLabel('Giờ đóng cửa', { exact: false }).first().fill('21:30')
  for (const day of ['Thứ Hai', 'Thứ Bảy']) await page.getByRole('checkbox', { name: day }).uncheck()
  await page.getByLabel('Thứ Bảy: Giờ mở cửa').fill('17:00')
  await page.getByLabel('Thứ Bảy: Giờ đóng cửa').fill('02:00')
  await visitor.isAccessible()
  await save.click()
  await expect(page.getByText('Sửa thông tin')).toBeVisible()
  expect((await place()).hours).toEqual([
    ...[2, 3, 4, 5].map((weekday) => ({ weekday, opens: '06:00', closes: '21:30' })),
    { weekday: 6, opens: '17:00', closes: '02:00' },
    { weekday: 7, opens: '06:00', closes: '21:30' },
  ])

  await page.getByText('Sửa thông tin').click()
  await expect(page.getByRole('checkbox', { name: 'Thứ Hai' })).not.toBeChecked()
  await expect(page.getByLabel('Thứ Bảy: Giờ đóng cửa')).toHaveValue('02:00')
  await page.getByLabel('Thứ Bảy: Giờ đóng cửa').fill('')
  visitor.awaitRefusal(/edit: .*4\d\d/)
  await page.getByLabel('Vị trí trên bản đồ').fill('sau chợ')
  await save.click()
  await expect(page.locator('#position-error')).toHaveText(/Chưa đọc được tọa độ/)
  await page.getByLabel('Vị trí trên bản đồ').fill('12.2388, 109.1967')
  await page.getByLabel('Thứ Bảy: Giờ đóng cửa').fill('')
  await save.click()
  await expect(page.locator('#days-error')).toHaveText('Ngày mở cửa cần cả giờ mở và giờ đóng.')
  await visitor.photograph('opening-hours', { fullPage: true })

  visitor.awaitRefusal(/addGuard: .*4\d\d/)
  await page.getByLabel('Số điện thoại của người trực cửa').fill('12')
  await page.getByRole('button', { name: 'Thêm người trực cửa' }).click()
  await expect(page.locator('#phone-error')).toBeVisible()
  await page.getByLabel('Số điện thoại của người trực cửa').fill('0905000103')
  await page.getByRole('button', { name: 'Thêm người trực cửa' }).click()
  await page.getByRole('button', { name: /Bỏ người trực cửa 0905/ }).click()
  await expect(page.getByRole('button', { name: /Bỏ người trực cửa 0905/ })).toHaveCount(0)
  expect((await visitor.ask<{ items: unknown[] }>(`/places/${items[0]!.id}/guards`)).items).toEqual([])
})

test('a citizen completes their details, carries a code and reads English with scripts switched off', async ({
  invite,
}) => {
  const visitor = await invite({ javaScriptEnabled: false })
  const { page } = visitor
  await page.goto('/me')
  await signIn(page, '0905123502')
  await page.getByRole('link', { name: 'Điền thông tin của tôi' }).click()
  await giveDetailsWithoutScript(page, { ...owner, name: 'Hồ Thị Nga' })
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click()

  await expect(page.getByRole('heading', { name: 'Hồ Thị Nga' })).toBeVisible()
  await visitor.isAccessible()
  expect(await readQr(await page.getByRole('img', { name: 'Mã QR cá nhân' }).screenshot())).toMatch(/^71\d+$/)
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { name: 'Hồ Thị Nga' })).toBeVisible()
})

test('a mistyped code is told what is wrong, and what was typed can be mended', async ({ invite }) => {
  const visitor = await invite({ javaScriptEnabled: false })
  const { page } = visitor
  visitor.awaitRefusal(/\/c\/.*(422|404)/)
  await page.goto('/')
  await page.getByLabel('Mã địa điểm').fill('abcd-1234')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /Mã này chưa đúng|Không có địa điểm nào mang mã này/,
  )
  await expect(page.getByLabel('Mã địa điểm')).toHaveValue('ABCD-1234')
  await visitor.isAccessible()
})

test('what was chosen before the scripts came stays chosen', async ({ invite, server }) => {
  const visitor = await invite()
  const { page } = visitor
  const scripts = Promise.withResolvers<void>()
  await page.goto('/signin?next=/me')
  await signIn(page, '0905123503')
  await page.getByRole('link', { name: 'Điền thông tin của tôi' }).waitFor()
  const [me] = (await visitor.ask<{ items: { id: string }[] }>('/me/people')).items

  await page.route(`${server.url}/_app/**/*.js`, async (route) => {
    await scripts.promise
    await route.continue()
  })
  await page.goto(`/me/people/${me!.id}?next=/me`, { waitUntil: 'commit' })
  await page.getByLabel('Họ và tên').fill('Lâm Văn Khoa')
  await page.getByRole('radio', { name: 'Nam', exact: true }).check()
  scripts.resolve()
  await expect(page.getByRole('combobox')).toBeVisible() // the scripts are here
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Lâm Văn Khoa')
  await expect(page.getByRole('radio', { name: 'Nam', exact: true })).toBeChecked()
})
