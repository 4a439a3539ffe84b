import type { Outbox } from './outbox.ts'

const KEPT_MS = 90 * 86_400_000

/** Thirty-two bits of a card: enough to know it again, and far too few to tell whose it is. */
function print(card: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < card.length; at++) hash = Math.imul(hash ^ card.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Cards whose bearer was asked for a phone once, or needs none: nobody is asked again, with or without the network. */
export class Phoned {
  readonly #known = new Set<number>()
  #store: Outbox | undefined

  async open(store: Outbox | undefined, now: number): Promise<void> {
    this.#store = store
    for (const key of (await store?.listPhoned(now - KEPT_MS).catch(() => [])) ?? []) this.#known.add(key)
  }

  has(card: string): boolean {
    return this.#known.has(print(card))
  }

  add(card: string, now: number): void {
    const key = print(card)
    this.#known.add(key)
    this.#store?.keepPhoned(key, now).catch(() => {})
  }
}
