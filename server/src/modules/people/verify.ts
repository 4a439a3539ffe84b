import { hash } from 'node:crypto'
import type { Verify } from '@lachan/contract/codes.ts'
import { crypto_sign_verify_detached as isSignedBy } from 'sodium-native'
import type { Keys } from '../../platform/keys.ts'

/** Keeps the last so many, by the last time they were asked for. */
class Recent<T> {
  readonly #kept = new Map<string, T>()
  readonly #most: number
  constructor(most: number) {
    this.#most = most
  }
  get(key: string): T | undefined {
    const value = this.#kept.get(key)
    if (value === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, value)
    return value
  }
  set(key: string, value: T) {
    this.#kept.set(key, value)
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value!)
    return value
  }
}

/**
 * A signature costs some 60 µs with libsodium, and twice that with the OpenSSL of Node. What we signed ourselves (a phone's
 * certificate, a card) is shown again and again and is checked once.
 */
function createVerifier(keys: Keys): Verify {
  const ours = new Set(keys.publicKeys.values())
  const checked = new Recent<boolean>(50_000)
  return async (publicKey, body, signature) => {
    if (!ours.has(publicKey)) return isSignedBy(signature, body, publicKey)
    const name = hash('sha256', Buffer.concat([publicKey, signature, body]), 'latin1' as never) as string
    return checked.get(name) ?? checked.set(name, isSignedBy(signature, body, publicKey))
  }
}

const verifiers = new WeakMap<Keys, Verify>()

/** One for all who use the same keys. */
export function verifierOf(keys: Keys): Verify {
  const known = verifiers.get(keys) ?? createVerifier(keys)
  verifiers.set(keys, known)
  return known
}
