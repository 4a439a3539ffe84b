import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The key file: `sealing` keys by id (the last one seals, all of them open, so that adding one is a rotation),
 * one `index` key for blind indexes (never rotated: every index would have to be computed again), and
 * `signing` keys (Ed25519, PKCS#8) by id for codes. Base64 throughout.
 */
type KeyFile = {
  sealing: { id: number; key: string }[]
  index: string
  signing: { id: number; key: string }[]
}

const newKeyFile = (): KeyFile => ({
  sealing: [{ id: 1, key: randomBytes(32).toString('base64') }],
  index: randomBytes(32).toString('base64'),
  signing: [
    {
      id: 1,
      key: generateKeyPairSync('ed25519')
        .privateKey.export({ type: 'pkcs8', format: 'der' })
        .toString('base64'),
    },
  ],
})

/** Held as key objects: handing the bytes over at each call takes four times as long (22 against 5 µs). */
const secretOf = (base64: string) => createSecretKey(Buffer.from(base64, 'base64'))

/** The 32 bytes themselves, without what DER says around them. */
const rawKey = (key: KeyObject) => new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-32))

const IV = 12
const TAG = 16

/** Seals and opens personal data, computes blind indexes, signs codes. Holds the only secrets of the server. */
export class Keys {
  readonly #sealing = new Map<number, KeyObject>()
  readonly #current: number
  readonly #index: KeyObject
  readonly #signing = new Map<number, { private: KeyObject; public: KeyObject }>()
  readonly #signer: number
  readonly #publicKeys: ReadonlyMap<number, Uint8Array>

  constructor(file: KeyFile) {
    for (const { id, key } of file.sealing) this.#sealing.set(id, secretOf(key))
    this.#current = file.sealing.at(-1)!.id
    this.#index = secretOf(file.index)
    for (const { id, key } of file.signing) {
      const secret = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' })
      this.#signing.set(id, { private: secret, public: createPublicKey(secret) })
    }
    this.#signer = file.signing.at(-1)!.id
    this.#publicKeys = new Map([...this.#signing].map(([id, key]) => [id, rawKey(key.public)]))
  }

  /** AES-256-GCM: key id (1 byte), nonce (12), tag (16), ciphertext. */
  seal(value: unknown): Buffer {
    const nonce = randomBytes(IV)
    const cipher = createCipheriv('aes-256-gcm', this.#sealing.get(this.#current)!, nonce)
    const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.of(this.#current), nonce, cipher.getAuthTag(), body])
  }

  unseal<T>(sealed: Uint8Array): T {
    const bytes = Buffer.from(sealed)
    const key = this.#sealing.get(bytes[0]!)
    if (!key)
      throw new Error(`No sealing key with id ${bytes[0]}: the key file does not belong to this database.`)
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV))
    cipher.setAuthTag(bytes.subarray(1 + IV, 1 + IV + TAG))
    return JSON.parse(cipher.update(bytes.subarray(1 + IV + TAG), undefined, 'utf8') + cipher.final('utf8'))
  }

  /** Keyed hash for exact look-up of what is sealed; `kind` keeps a phone number and a document number apart. */
  blindIndex(kind: string, value: string): Buffer {
    return createHmac('sha256', this.#index).update(`${kind}\0${value}`).digest().subarray(0, 16)
  }

  /** Ed25519 over `body`, with the id of the key in front: 1 + 64 bytes. */
  sign(body: Uint8Array): Buffer {
    return Buffer.concat([
      Buffer.of(this.#signer),
      sign(null, body, this.#signing.get(this.#signer)!.private),
    ])
  }

  /** What others check our signatures with: 32 bytes by the id of the key. */
  get publicKeys(): ReadonlyMap<number, Uint8Array> {
    return this.#publicKeys
  }

  isSigned(body: Uint8Array, signature: Uint8Array) {
    const key = this.#signing.get(signature[0] ?? 0)
    return !!key && signature.length === 65 && verify(null, body, key.public, signature.subarray(1))
  }
}

/** Reads the key file, making one (readable by its owner only) when there is none and `create` allows it. */
export function loadKeys(path: string, { create }: { create: boolean }) {
  if (!existsSync(path)) {
    if (!create)
      throw new Error(
        `The database holds sealed data, but there is no key file at ${path}. Restore it from the backup or set LACHAN_KEY_FILE.`,
      )
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, `${JSON.stringify(newKeyFile(), null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  }
  return new Keys(JSON.parse(readFileSync(path, 'utf8')))
}

/** Throw-away keys, for tests. */
export const randomKeys = () => new Keys(newKeyFile())
