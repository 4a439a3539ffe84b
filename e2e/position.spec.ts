import { chooseCommune, signIn } from './stage/citizen.ts'
import { expect, test } from './stage/test.ts'

test('an owner puts the place on the map from where they stand, and takes it off again', async ({
  invite,
}) => {
  const visitor = await invite({
    permissions: ['geolocation'],
    geolocation: { latitude: 12.2388, longitude: 109.19674, accuracy: 2000 },
  })
  const { page } = visitor
  await page.goto('/places/new')
  await signIn(page, '0905123521')
  await page.getByLabel('Tên địa điểm').fill('Tạp hóa Bà Sáu')
  await page.getByLabel('Loại địa điểm').selectOption('shop')
  await chooseCommune(page, 'Xã, phường của địa điểm', 'nha trang', 'Phường Nha Trang, Tỉnh Khánh Hoà')
  await page.getByLabel('Địa chỉ').fill('6 Phương Câu')

  const here = page.getByRole('button', { name: 'Dùng vị trí đang đứng' })
  await here.click()
  await expect(page.getByText('chưa xác định được vị trí đủ rõ')).toBeVisible()
  await expect(page.getByLabel('Vị trí trên bản đồ')).toHaveValue('')
  await page.context().setGeolocation({ latitude: 12.2388, longitude: 109.19674, accuracy: 12 })
  await here.click()
  await expect(page.getByLabel('Vị trí trên bản đồ')).toHaveValue('12.23880, 109.19674')
  await visitor.see('place-position')
  await page.getByRole('button', { name: 'Đăng ký' }).click()
  await expect(page.getByRole('heading', { name: 'Tạp hóa Bà Sáu' })).toBeVisible()

  const { items } = await visitor.ask<{ items: { id: string }[] }>('/me/places')
  const place = () =>
    visitor.ask<{ lat: number; lon: number; approximate: unknown }>(`/places/${items[0]!.id}`)
  const { lat, lon, approximate } = await place()
  expect([lat, lon, approximate]).toEqual([12.2388, 109.19674, null])

  await page.getByText('Sửa thông tin').click()
  await expect(page.getByLabel('Vị trí trên bản đồ')).toHaveValue('12.2388, 109.19674')
  await expect(here).toBeVisible()
  await page.getByLabel('Vị trí trên bản đồ').fill('')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await page.getByText('Sửa thông tin').click()
  await expect(page.getByText(/Hiện tạm lấy giữa xã, phường, có thể lệch đến [\d,]+ km/)).toBeVisible()
  expect((await place()).lat).toBeNull()
})
