import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type Server, startServer } from './server.ts'
import { type Visit, Visitor } from './visitor.ts'

type Scene = {
  server: Server
  /** Somebody new, with a browser of their own. They leave when the test ends, unless they stay for the file. */
  invite: (visit?: Visit & { stays?: boolean }) => Promise<Visitor>
  calm: undefined
}

/** The server of one file of tests, on a copy of the filled demo of its own: no file finds what another left. */
class World {
  readonly file: string
  readonly server: Server
  readonly #folder: string
  /** Who is there, and whether they stay for the next test of the file. */
  #guests: { guest: Visitor; stays: boolean }[] = []

  static async open(file: string) {
    const folder = await mkdtemp(join(tmpdir(), 'lachan-e2e-'))
    await cp(process.env.E2E_TEMPLATE!, folder, { recursive: true })
    return new World(file, await startServer(folder), folder)
  }

  constructor(file: string, server: Server, folder: string) {
    this.file = file
    this.server = server
    this.#folder = folder
  }

  welcome(guest: Visitor, stays: boolean) {
    this.#guests.push({ guest, stays })
  }

  complaints() {
    return this.#guests.flatMap(({ guest }) => guest.complaints.splice(0))
  }

  /** A page that nobody looks at any more goes on working: the camera of a gate costs as much as a test. */
  async seeOff({ everybody = false } = {}) {
    const leaving = this.#guests.filter(({ stays }) => everybody || !stays)
    this.#guests = this.#guests.filter((one) => !leaving.includes(one))
    for (const { guest } of leaving) await guest.page.context().close()
  }

  async close() {
    await this.seeOff({ everybody: true })
    await this.server.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

type Theatre = { worldOf: (file: string) => Promise<World> }

export const test = base.extend<Scene & { world: World }, { theatre: Theatre }>({
  theatre: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads here which fixtures are needed
    async ({}, use) => {
      let open: World | undefined
      await use({
        worldOf: async (file) => {
          if (open?.file === file) return open
          await open?.close()
          open = await World.open(file)
          return open
        },
      })
      await open?.close()
    },
    { scope: 'worker' },
  ],
  world: [
    async ({ theatre }, use, { file }) => {
      const world = await theatre.worldOf(file)
      await use(world)
      await world.seeOff()
    },
    { timeout: 120_000 },
  ],
  server: async ({ world }, use) => use(world.server),
  invite: async ({ browser, world }, use, { project }) => {
    const { contextOptions, viewport, hasTouch, isMobile, locale, timezoneId } = project.use
    const usual = {
      ...contextOptions,
      viewport,
      hasTouch,
      isMobile,
      locale,
      timezoneId,
      baseURL: world.server.url,
    }
    const given = Object.fromEntries(Object.entries(usual).filter(([, value]) => value !== undefined))
    await use(async ({ in: other = browser, stays = false, ...options } = {}) => {
      const context = await other.newContext({ ...given, ...options })
      const guest = new Visitor(await context.newPage(), {
        home: options.baseURL ?? world.server.url,
        width: project.name,
        scripted: options.javaScriptEnabled !== false,
      })
      world.welcome(guest, stays)
      return guest
    })
  },
  /** No page may complain, in any test. */
  calm: [
    async ({ world }, use) => {
      await use(undefined)
      expect(world.complaints()).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
