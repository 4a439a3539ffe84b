import type { Direction, Outbox, SeenCode } from './outbox.ts'

/** Longer than any rotating code is good for. */
const KEPT_MS = 10 * 60_000

/** Rotating codes that passed here, so that a picture of one does not pass again. All tabs of the device know them. */
export class SeenCodes {
  readonly #seen = new Map<string, SeenCode>()
  #store: Outbox | undefined
  #channel: BroadcastChannel | undefined

  async open(store: Outbox | undefined, now: number): Promise<void> {
    this.#store = store
    for (const one of (await store?.listSeen(now - KEPT_MS).catch(() => [])) ?? [])
      this.#seen.set(one.key, one)
    if (!('BroadcastChannel' in globalThis)) return
    this.#channel = new BroadcastChannel('lachan-gate-seen')
    this.#channel.onmessage = ({ data }: MessageEvent<SeenCode>) => this.#seen.set(data.key, data)
  }

  /** When this code passed, if it may not pass again: leaving with the code of the arrival is no replay. */
  find(key: string, direction: Direction): number | null {
    const seen = this.#seen.get(key)
    if (!seen) return null
    const another = seen.direction !== direction && seen.direction !== 'auto' && direction !== 'auto'
    return another ? null : seen.at
  }

  add(key: string, direction: Direction, at: number): void {
    for (const [old, one] of this.#seen) if (one.at < at - KEPT_MS) this.#seen.delete(old)
    const seen = { key, at, direction }
    this.#seen.set(key, seen)
    this.#channel?.postMessage(seen)
    this.#store?.keepSeen(seen).catch(() => {})
  }

  close(): void {
    this.#channel?.close()
  }
}
