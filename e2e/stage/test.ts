import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type Server, startServer } from './server.ts'
import { type Visit, Visitor } from './visitor.ts'

type World = {
  /** For what the stories download and make; forgotten at the end. */
  folder: string
  server: Server
  guests: Visitor[]
  /** Somebody new, with a browser of their own, who stays until the worker ends. */
  invite: (visit?: Visit) => Promise<Visitor>
}

/** Every worker has a server of its own, on a copy of the filled demo. */
export const test = base.extend<{ calm: undefined }, World>({
  folder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads here which fixtures are needed
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'lachan-e2e-'))
      await use(folder)
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ folder }, use) => {
      const data = join(folder, 'data')
      await cp(process.env.E2E_TEMPLATE!, data, { recursive: true })
      const server = await startServer(data)
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  guests: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads here which fixtures are needed
    async ({}, use) => {
      const guests: Visitor[] = []
      await use(guests)
      for (const { page } of guests) await page.context().close()
    },
    { scope: 'worker' },
  ],
  invite: [
    async ({ browser, server, guests }, use, { project }) => {
      const { contextOptions, viewport, hasTouch, isMobile, locale, timezoneId } = project.use
      const usual = {
        ...contextOptions,
        viewport,
        hasTouch,
        isMobile,
        locale,
        timezoneId,
        baseURL: server.url,
      }
      const given = Object.fromEntries(Object.entries(usual).filter(([, value]) => value !== undefined))
      await use(async ({ in: other = browser, ...options } = {}) => {
        const context = await other.newContext({ ...given, ...options })
        const guest = new Visitor(await context.newPage(), {
          home: server.url,
          width: project.name,
          scripted: options.javaScriptEnabled !== false,
        })
        guests.push(guest)
        return guest
      })
    },
    { scope: 'worker' },
  ],
  /** No page may complain, in any test. */
  calm: [
    async ({ guests }, use) => {
      await use(undefined)
      const complaints = guests.flatMap((guest) => guest.complaints.splice(0))
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
