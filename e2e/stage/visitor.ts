import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import {
  type Browser,
  type BrowserContextOptions,
  expect,
  type Page,
  type PageScreenshotOptions,
} from '@playwright/test'

const SCREENS = fileURLToPath(new URL('../results/screens/', import.meta.url))
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** What Chromium itself says of a request without network: the page is judged by what it makes of it. */
const WITHOUT_NETWORK = /net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|FAILED)/

export interface Visit extends BrowserContextOptions {
  /** Another browser than the usual one, such as one with a camera. */
  in?: Browser
}

let screens = 0

/** Somebody with a browser of their own. What their pages complain of is written down. */
export class Visitor {
  readonly page: Page
  /** Errors on the console, in scripts, and requests to another host. */
  readonly complaints: string[] = []
  #awaited: RegExp | undefined
  readonly #width: string
  readonly #scripted: boolean

  constructor(page: Page, { home, width, scripted }: { home: string; width: string; scripted: boolean }) {
    this.page = page
    this.#width = width
    this.#scripted = scripted
    const context = page.context()
    context.on('console', (message) => {
      const said = `${message.location().url}: ${message.text()}`
      if (message.type() !== 'error' || WITHOUT_NETWORK.test(said) || this.#awaited?.test(said)) return
      this.complaints.push(said)
    })
    context.on('weberror', (error) => this.complaints.push(`${error.page()?.url()}: ${error.error().stack}`))
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== home)
        this.complaints.push(`${page.url()} asked ${request.url()}`)
    })
  }

  /** Chromium itself reports every refused request on the console: this one is meant to be refused. */
  awaitRefusal(said: RegExp) {
    this.#awaited = said
  }

  /** A picture of the whole page for the eye, and axe's judgement of it. */
  async see(name: string) {
    await this.photograph(name, { fullPage: true })
    await this.isAccessible()
  }

  /** The same of what is in sight alone, where something lies over the page. */
  async seeScreen(name: string) {
    await this.photograph(name)
    await this.isAccessible()
  }

  /** A picture of a screen that is gone before axe could judge it. */
  async photograph(name: string, options: PageScreenshotOptions = {}) {
    const folder = `${SCREENS}${this.#width}/`
    // The first picture of a telling forgets those of the one before.
    if (screens === 0) await rm(folder, { recursive: true, force: true })
    screens += 1
    const path = `${folder}${String(screens).padStart(2, '0')}-${name}.png`
    await this.page.screenshot({ path, ...options })
  }

  async isAccessible() {
    const page = this.#scripted ? this.page : await this.#copyWithScript()
    const { violations } = await new AxeBuilder({ page })
      .options({ resultTypes: ['violations'] })
      .withTags(WCAG)
      .setLegacyMode()
      .analyze()
    if (page !== this.page) await page.context().close()
    const found = violations.map(({ id, nodes }) => ({
      id,
      at: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
    }))
    expect(found, `axe on ${this.page.url()}`).toEqual([])
  }

  /** axe is a script: where none runs, it judges a copy of the page as it stands. */
  async #copyWithScript(): Promise<Page> {
    const html = (await this.page.content()).replace(/<script[\s\S]*?<\/script>/g, '')
    const context = await this.page.context().browser()!.newContext({
      viewport: this.page.viewportSize(),
      reducedMotion: 'reduce',
    })
    const copy = await context.newPage()
    await copy.route(this.page.url(), (route) => route.fulfill({ contentType: 'text/html', body: html }))
    await copy.goto(this.page.url())
    return copy
  }

  /** What the API tells this person: what really is, whatever the page says. */
  async ask<T>(path: string): Promise<T> {
    const answer = await this.page.request.get(`/api/v1${path}`)
    expect(answer.ok(), `GET ${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
    return answer.json()
  }
}
