import { chromium, type Page } from '@playwright/test'
import { launchOptions } from './browser.ts'
import { signIn } from './citizen.ts'

export const MARKET = 'Chợ Đầm'
const GUARD = '0905000103'

/** From here on the service worker answers for this page. */
const isServed = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
  })

/** Whoever is signed in chooses the place; from then on the page needs no network. */
export async function openGate(page: Page, place = MARKET, entrance?: string) {
  await page.goto('/gate')
  await page.getByRole('radio', { name: place }).check()
  if (entrance) await page.getByRole('radio', { name: entrance }).check()
  await page.getByRole('button', { name: 'Bắt đầu quét' }).click()
  await isServed(page)
}

/** A guard of the demo at the gate, in a browser of their own: for who measures, without a test around it. */
export async function standAtGate(url: string) {
  const browser = await chromium.launch(launchOptions)
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 360, height: 740 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  })
  const page = await context.newPage()
  await page.goto('/signin')
  await signIn(page, GUARD)
  await page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  await openGate(page)
  return { page, close: () => browser.close() }
}

/** The tab dies, as it does with an empty battery: nothing of the page has a chance to say goodbye. Another one opens. */
export async function killTab(page: Page): Promise<Page> {
  const context = page.context()
  const watch = await context.newCDPSession(page)
  const isDead = page.waitForEvent('crash')
  watch.send('Page.crash').catch(() => {})
  await isDead
  await page.close()
  return context.newPage()
}

/** A reader that acts as a keyboard, as fast as readers are: a busy machine would press keys with pauses between. */
export const typeAsReader = (page: Page, code: string) =>
  page.evaluate((text) => {
    for (const key of [...text, 'Enter']) {
      const at = document.activeElement ?? document.body
      const isLeft = at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      // The page may have put the focus elsewhere meanwhile: the letter goes there.
      const into = document.activeElement
      if (isLeft && into instanceof HTMLInputElement && into.type !== 'radio') {
        if (key === 'Enter') into.form?.requestSubmit()
        else {
          into.setRangeText(key, into.value.length, into.value.length, 'end')
          into.dispatchEvent(new Event('input', { bubbles: true }))
        }
      } else if (isLeft && key === 'Enter' && at instanceof HTMLElement) at.click()
      const isReleased = at.dispatchEvent(
        new KeyboardEvent('keyup', { key, bubbles: true, cancelable: true }),
      )
      if (isReleased && key === ' ' && at instanceof HTMLButtonElement) at.click()
    }
  }, code)
