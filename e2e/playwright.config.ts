import { defineConfig } from '@playwright/test'
import { launchOptions } from './stage/browser.ts'

/** The story is told on a phone and at a desk; the other files need one size, and say so where it matters. */
export default defineConfig({
  testMatch: '*.spec.ts',
  outputDir: 'results/failures',
  preserveOutput: 'failures-only',
  globalSetup: './stage/template.ts',
  // Much of the time a page waits for something.
  workers: 3,
  timeout: 180_000, // on a machine with much else to do, too
  expect: { timeout: 10_000 },
  globalTimeout: 45 * 60_000, // what hangs fails, and says what it was
  // Where nobody looks on, a story that fails is told once more; if it holds then, it is printed as flaky.
  retries: process.env.CI ? 1 : 0,
  use: {
    actionTimeout: 10_000,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions,
  },
  // The long one goes first, so that both workers are busy until the end.
  projects: [
    { name: '1280', testMatch: 'story.spec.ts', use: { viewport: { width: 1280, height: 800 } } },
    {
      name: '360',
      use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    },
  ],
})
