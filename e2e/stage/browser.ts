import { existsSync } from 'node:fs'
import type { LaunchOptions } from '@playwright/test'

/** Without a window of its own Chromium takes a third less of the machine. */
const DEBIANS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
const executablePath = process.env.CHROMIUM ?? DEBIANS.find((path) => existsSync(path)) ?? DEBIANS[0]!

/** Chromium, which is to ask no other host for anything. */
export const launchOptions: LaunchOptions = {
  executablePath,
  args: [
    '--no-sandbox',
    '--mute-audio',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-quic',
    '--disable-sync',
  ],
}

export function assertBrowser() {
  if (!existsSync(executablePath))
    throw new Error(
      'There is no Chromium: install it (apt-get install chromium-headless-shell), or set CHROMIUM to its path.',
    )
}
