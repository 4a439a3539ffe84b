import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { launchOptions } from './stage/browser.ts'
import { signIn } from './stage/citizen.ts'
import { findFreePort, type Server } from './stage/server.ts'
import { expect, test } from './stage/test.ts'

const MOST_SCRIPT = 60 * 1024
const MOST_SCRIPT_OF_GATE = 90 * 1024
const LEAST_SCORE = 95
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']

async function findMarket({ url }: Server) {
  const answer = await fetch(`${url}/api/v1/demo/accounts`)
  const { places } = (await answer.json()) as { places: { checkInUrl: string }[] }
  return places[0]!.checkInUrl
}

test('the page of a place brings at most 60 KB of script', async ({ invite, server }) => {
  const { page } = await invite({ serviceWorkers: 'block' })
  const watch = await page.context().newCDPSession(page)
  const scripts = new Map<string, number>()
  watch.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.set(requestId, 0)
  })
  watch.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength)
  })
  await watch.send('Network.enable')
  await page.goto(await findMarket(server), { waitUntil: 'networkidle' })
  const bytes = [...scripts.values()].reduce((sum, one) => sum + one, 0)
  test.info().annotations.push({ type: 'script', description: `${scripts.size} files, ${bytes} bytes` })
  expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT)
})

test('the page of a gate brings at most 90 KB of script, gzipped, until the guard can choose the place', async ({
  invite,
}) => {
  const { page } = await invite({ serviceWorkers: 'block' })
  await page.goto('/signin')
  await signIn(page, '0905000103')
  await page.getByRole('heading', { name: 'Trang của tôi' }).waitFor()
  const scripts: Promise<number>[] = []
  // As many proxies send it: Brotli would be a tenth less.
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script')
      scripts.push(answer.body().then((body) => gzipSync(body).length))
  })
  await page.goto('/gate', { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Bắt đầu quét' }).waitFor()
  const bytes = (await Promise.all(scripts)).reduce((sum, one) => sum + one, 0)
  test.info().annotations.push({ type: 'script', description: `${scripts.length} files, ${bytes} bytes` })
  expect(scripts.length).toBeGreaterThan(3)
  expect(bytes).toBeLessThanOrEqual(MOST_SCRIPT_OF_GATE)
})

test('Lighthouse finds nothing to mend on the page of a place', async ({ server }) => {
  test.setTimeout(100_000)
  const port = await findFreePort()
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`],
  })
  try {
    const url = await findMarket(server)
    const judge = async () => {
      const judged = await lighthouse(url, {
        port,
        output: 'json',
        logLevel: 'silent',
        onlyCategories: CATEGORIES,
      })
      const { categories, audits } = judged!.lhr
      const scores = CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100))
      const faults = Object.values(audits).filter(({ score }) => score !== null && score < 0.9)
      return { scores, faults: faults.map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`) }
    }
    let judgement = await judge()
    // Other work on the machine slows a page down and never speeds it up: the second time counts.
    if (judgement.scores[0]! < LEAST_SCORE) judgement = await judge()
    test.info().annotations.push({ type: 'lighthouse', description: judgement.scores.join(' ') })
    expect(Math.min(...judgement.scores), JSON.stringify(judgement)).toBeGreaterThanOrEqual(LEAST_SCORE)
  } finally {
    await browser.close()
  }
})
