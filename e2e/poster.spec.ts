import { signIn } from './stage/citizen.ts'
import { MARKET } from './stage/gate.ts'
import { expect, test } from './stage/test.ts'

const tu = '0905000103'

type List<T> = { items: T[] }
type Place = { name: string; code: string }
type PublicPlace = { position: { lat: number; lon: number } }

test('a poster does not count where the phone knows itself far away, and does where it hangs', async ({
  invite,
}) => {
  const visitor = await invite({
    geolocation: { latitude: 16.05, longitude: 108.2 },
    permissions: ['geolocation'],
  })
  const { page } = visitor
  await page.goto('/signin')
  await signIn(page, tu)
  await page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const { items } = await visitor.ask<List<Place>>('/me/places')
  const { code } = items.find(({ name }) => name === MARKET)!
  const { position } = await visitor.ask<PublicPlace>(`/public/places/${code}`)
  const metres = async () => Number(await page.locator('input[name=metresAway]').first().inputValue())
  const insideOf = async () => (await visitor.ask<List<unknown>>('/me/inside')).items.length

  await page.goto(`/c/${code}`)
  await expect.poll(metres).toBeGreaterThan(400_000)
  await page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(page.getByText('Lượt này chưa được tính')).toBeVisible()
  await visitor.see('poster-far-away')
  expect(await insideOf()).toBe(0)

  await page.context().setGeolocation({ latitude: position.lat, longitude: position.lon + 0.001 })
  await page.goto(`/c/${code}`)
  await expect.poll(metres).toBeLessThan(200)
  await page.getByRole('button', { name: 'Vào', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Ra khỏi đây' })).toBeVisible()
  await expect.poll(insideOf).toBe(1)
})
