import type { Outbox } from './outbox.ts'
import type { Revoked } from './told.ts'

/** Codes that are no longer good, in the device's store: a country's are too many for a page. */
export class RevokedCodes {
  #store: Promise<Outbox | undefined> | undefined
  /** What was told since the store did not take it any more: only this page knows, and the next one is told again. */
  readonly #loose = new Set<string>()
  #version: string | undefined

  /** While the store is being opened, whoever asks waits: the list is not told twice. */
  open(store: Promise<Outbox>): void {
    this.#store = store.catch(() => undefined)
  }

  /** How far the list is known. */
  async version(): Promise<string | undefined> {
    const store = await this.#store
    return this.#version ?? store?.revokedVersion().catch(() => undefined)
  }

  async has(id: string): Promise<boolean> {
    const store = await this.#store
    return this.#loose.has(id) || (await store?.isRevoked(id)) === true
  }

  async add(revoked: Revoked, serverTime: string): Promise<void> {
    const store = await this.#store
    try {
      if (store && !this.#version) return await store.keepRevoked(revoked, serverTime)
    } catch {
      // Without room the page has to do.
    }
    for (const { id } of revoked.codes) this.#loose.add(id)
    this.#version = revoked.version
  }
}
