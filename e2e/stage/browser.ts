import type { LaunchOptions } from '@playwright/test'

/** Debian's Chromium, which is to ask no other host for anything. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

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
