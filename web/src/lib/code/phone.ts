import { type Certificate, makePhoneCode, readCertificate } from '@lachan/contract/codes.ts'
import { openDB } from 'idb'
import { bytes, ED25519, knowsEd25519 } from '#lib/offline/verify.ts'

/** What this phone keeps to make codes without the network. The key never leaves it. */
interface Kept {
  /** A pair that cannot be read, where the browser has such, else the secret itself. */
  key: CryptoKeyPair | Uint8Array
  publicKey: string
  deviceId: string | null
  certificates: Uint8Array[]
  /** The clock of the server minus this one. */
  aheadMs: number
}

interface Answer {
  id: string
  certificates: { certificate: string }[]
  serverTime: string
}

const NAME = 'lachan-code'
const STORE = 'phone'

const toBase64 = (view: Uint8Array) => btoa(String.fromCharCode(...view))
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

const openStore = () =>
  openDB(NAME, 1, {
    upgrade(fresh) {
      fresh.createObjectStore(STORE)
    },
  })

async function newKey(): Promise<Pick<Kept, 'key' | 'publicKey'>> {
  if (await knowsEd25519()) {
    const pair = (await crypto.subtle.generateKey(ED25519, false, ['sign', 'verify'])) as CryptoKeyPair
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    return { key: pair, publicKey: toBase64(raw) }
  }
  const { getPublicKeyAsync, utils } = await import('@noble/ed25519')
  const secret = utils.randomSecretKey()
  return { key: secret, publicKey: toBase64(await getPublicKeyAsync(secret)) }
}

async function sign(key: Kept['key'], body: Uint8Array): Promise<Uint8Array> {
  if (!(key instanceof Uint8Array))
    return new Uint8Array(await crypto.subtle.sign(ED25519, key.privateKey, bytes(body)))
  const { signAsync } = await import('@noble/ed25519')
  return signAsync(body, key)
}

/** A phone that makes the codes of its people by itself. */
export class Phone {
  #kept: Kept | undefined

  static async open(): Promise<Phone> {
    const phone = new Phone()
    const store = await openStore()
    phone.#kept = await store.get(STORE, 'kept')
    store.close()
    return phone
  }

  get deviceId(): string | null {
    return this.#kept?.deviceId ?? null
  }

  /** What the server's clock shows now, as far as it was ever heard. */
  get now(): number {
    return Date.now() + (this.#kept?.aheadMs ?? 0)
  }

  /** Whose codes can be made now. */
  listCertificates(): Certificate[] {
    return (this.#kept?.certificates ?? [])
      .map(readCertificate)
      .filter((one) => one !== undefined)
      .filter(({ expiresAt }) => expiresAt.getTime() > this.now)
  }

  async makeCode(personId: string, at: Date): Promise<string | undefined> {
    const { key, certificates = [] } = this.#kept ?? {}
    const certificate = certificates.find((one) => readCertificate(one)?.personId === personId)
    return key && certificate ? makePhoneCode(certificate, at, (body) => sign(key, body)) : undefined
  }

  /** Asks for certificates; false when nobody is signed in any more: then nothing of them stays here. */
  async renew(): Promise<boolean> {
    let kept = this.#kept ?? { ...(await newKey()), deviceId: null, certificates: [], aheadMs: 0 }
    let { answer, at } = await ask(kept.publicKey)
    if (answer.status === 409) {
      kept = { ...kept, ...(await newKey()) }
      ;({ answer, at } = await ask(kept.publicKey))
    }
    if (answer.status === 401 || answer.status === 403) {
      await this.forget()
      return false
    }
    if (!answer.ok) throw new Error(`No certificates: ${answer.status}`)
    const { id, certificates, serverTime } = (await answer.json()) as Answer
    await this.#keep({
      ...kept,
      deviceId: id,
      certificates: certificates.map(({ certificate }) => fromBase64(certificate)),
      aheadMs: Date.parse(serverTime) - at,
    })
    return true
  }

  async forget(): Promise<void> {
    this.#kept = undefined
    const store = await openStore()
    await store.clear(STORE)
    store.close()
  }

  async #keep(kept: Kept) {
    const store = await openStore()
    await store.put(STORE, kept, 'kept')
    store.close()
    this.#kept = kept
  }
}

/** Enough to tell one's own phones from each other. */
const deviceName = () => /iPhone|iPad|Android|Windows|Mac|Linux/.exec(navigator.userAgent)?.[0]

/** The answer, and when by this clock the server will have given it: on a slow line seconds before it arrives. */
async function ask(publicKey: string) {
  const from = Date.now()
  const answer = await fetch('/api/v1/me/devices', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ publicKey, name: deviceName() }),
    signal: AbortSignal.timeout(15_000),
  })
  return { answer, at: (from + Date.now()) / 2 }
}
