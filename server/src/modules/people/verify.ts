import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { Verify } from '@lachan/contract/codes.ts'
import type { Keys } from '../../platform/keys.ts'

/** What stands before an Ed25519 key of 32 bytes in DER. */
const DER = Buffer.from('302a300506032b6570032100', 'hex')

const inThreadPool = promisify(verify)

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
 * A signature costs a tenth of a millisecond, in the thread pool. What we signed ourselves (a phone's certificate, a
 * card) is shown again and again and is checked once; making a key object costs half as much, and is done once too.
 */
function createVerifier(keys: Keys): Verify {
  const ours = new Set(keys.publicKeys.values())
  const checked = new Recent<Promise<boolean>>(50_000)
  const keyObjects = new Recent<KeyObject>(20_000)

  const keyOf = (publicKey: Uint8Array) => {
    const name = Buffer.from(publicKey).toString('latin1')
    const known = keyObjects.get(name)
    if (known) return known
    const key = createPublicKey({ key: Buffer.concat([DER, publicKey]), format: 'der', type: 'spki' })
    return keyObjects.set(name, key)
  }
  const check = (publicKey: Uint8Array, body: Uint8Array, signature: Uint8Array) =>
    inThreadPool(null, body, keyOf(publicKey), signature)

  return (publicKey, body, signature) => {
    if (!ours.has(publicKey)) return check(publicKey, body, signature)
    const name = hash('sha256', Buffer.concat([publicKey, signature, body]), 'latin1' as never) as string
    return checked.get(name) ?? checked.set(name, check(publicKey, body, signature))
  }
}

const verifiers = new WeakMap<Keys, Verify>()

/** One for all who use the same keys. */
export function verifierOf(keys: Keys): Verify {
  const known = verifiers.get(keys) ?? createVerifier(keys)
  verifiers.set(keys, known)
  return known
}
