/**
 * The codes that people show at a door, as bytes and as digits. Pure: keys, clocks and verifiers are handed in, so
 * that server, phone and gate read one code alike.
 *
 * A text is decimal digits only: a QR code packs them most densely, and neither a scanner that types nor a
 * Vietnamese input method can mangle them. `VERSION` comes first, then one big number whose first byte is the kind:
 *
 *   1  server code   person 16, hint 3, decision 5, issued 4, lasts 2, key id 1, signature 64
 *   2  phone code    certificate 133, time 4, signature of the device 64
 *   3  paper card    card 8, key id 1, signature 64
 *
 *   certificate      person 16, device 8, public key of the device 32, hint 3, decision 5, expires 4, key id 1,
 *                    signature 64
 *   hint             two initials (ASCII, 0: none), birth year - 1899 (0: unknown)
 *   decision         0 none 1 green 2 yellow 3 red, until 4 (0: nobody said)
 *
 * Times are whole seconds since 1970, big-endian. Every signature is Ed25519, nothing in a code names an algorithm,
 * and what is signed begins with its purpose, so that no signature can stand for another.
 */

const VERSION = '71'
const KIND = { server: 1, phone: 2, paper: 3 } as const
const SIGNATURE = 64
/** Key id and signature. */
const SIGNED = 1 + SIGNATURE
const SERVER_BODY = 30
const CERTIFICATE_BODY = 68
const CERTIFICATE = CERTIFICATE_BODY + SIGNED
const PAPER_BODY = 8

/** A code is taken for a minute after the time that it says, and no longer: an older one may be a picture. */
export const CODE_LASTS_SECONDS = 60
/** So far may that time lie ahead of whoever reads it: gates know theirs to a second or two. */
const AHEAD_MS = 5_000
const STEP_MS = 30_000

/**
 * When the code is to be said to be made that a phone shows at a moment: a new one every 30 s, 15 s early. So it lies
 * in the middle of its minute while it is shown, and is taken wherever the phone is up to 15 s slow or 20 s fast.
 */
export const stepAt = (now: Date) => new Date(Math.floor((now.getTime() - STEP_MS / 2) / STEP_MS) * STEP_MS)

/** When the phone is to show another code. */
export const stepEnd = (step: Date) => new Date(step.getTime() + 1.5 * STEP_MS)

export type CodeReason =
  | 'code.unknown'
  | 'code.altered'
  | 'code.expired'
  | 'code.revoked'
  | 'code.notYetValid'
  | 'code.keyUnknown'

/** For the eye of the guard: whose code this should be. */
export type Hint = { initials: string; birthYear: number | null }
/** What the server last said, and until when it holds. */
export type CodeDecision = { status: 'green' | 'yellow' | 'red'; until: Date | null }

export type ServerCode = { personId: string; hint: Hint; decision: CodeDecision | null; issuedAt: Date }
export type Certificate = {
  personId: string
  /** 16 hex digits. */
  deviceId: string
  publicKey: Uint8Array
  hint: Hint
  decision: CodeDecision | null
  expiresAt: Date
}

export type ReadCode =
  | ({ kind: 'server' } & ServerCode)
  | ({ kind: 'phone'; issuedAt: Date } & Omit<Certificate, 'publicKey' | 'expiresAt'>)
  | { kind: 'paper'; cardId: string }

/** Ed25519 over the bytes, with the id of the key in front. */
export type Sign = (body: Uint8Array) => Uint8Array
export type Verify = (publicKey: Uint8Array, body: Uint8Array, signature: Uint8Array) => Promise<boolean>

export type CodeReader = {
  serverKeys: ReadonlyMap<number, Uint8Array>
  /** Ids of revoked devices and paper cards, 16 hex digits each. */
  revoked: { has(id: string): boolean | Promise<boolean> }
  /** When it was shown. */
  at: Date
  /** When it is read, where that may be later: a code that was shown before it was made is still one of ours. */
  now?: Date
  verify: Verify
}

// — digits

/** The bytes as digits. The first byte must not be 0: it would be lost. */
export function encodeDigits(bytes: Uint8Array): string {
  if (!bytes[0]) throw new RangeError('The first byte of a code is its kind.')
  return VERSION + BigInt(`0x${toHex(bytes)}`).toString()
}

const DIGITS = /^[1-9]\d{0,999}$/

export function decodeDigits(text: string): Uint8Array | undefined {
  if (!text.startsWith(VERSION)) return undefined
  const digits = text.slice(VERSION.length)
  if (!DIGITS.test(digits)) return undefined
  const hex = BigInt(digits).toString(16)
  return fromHex(hex.length % 2 ? `0${hex}` : hex)
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += HEX[byte]
  return hex
}

/** Of `0` to `9` and `a` to `f`, whatever their case. */
const nibble = (letter: number) => (letter & 15) + (letter > 57 ? 9 : 0)

export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2)
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = nibble(hex.charCodeAt(2 * at)) * 16 + nibble(hex.charCodeAt(2 * at + 1))
  return bytes
}

// — fields

const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000)
const dateOf = (seconds: number) => new Date(seconds * 1000)

const STATUSES = ['green', 'yellow', 'red'] as const

class Writer {
  readonly #view: DataView
  #at = 0
  constructor(length: number) {
    this.#view = new DataView(new ArrayBuffer(length))
  }
  number(value: number, bytes: 1 | 2 | 4) {
    if (bytes === 1) this.#view.setUint8(this.#at, value)
    else if (bytes === 2) this.#view.setUint16(this.#at, value)
    else this.#view.setUint32(this.#at, value)
    this.#at += bytes
    return this
  }
  bytes(value: Uint8Array, length: number) {
    if (value.length !== length) throw new RangeError(`${length} bytes are needed, not ${value.length}.`)
    for (const byte of value) this.number(byte, 1)
    return this
  }
  person(id: string) {
    return this.bytes(fromHex(id.replaceAll('-', '')), 16)
  }
  time(at: Date | null) {
    return this.number(at ? secondsOf(at) : 0, 4)
  }
  hint({ initials, birthYear }: Hint) {
    for (const at of [0, 1]) this.number(initials.charCodeAt(at) || 0, 1)
    const year = (birthYear ?? 1899) - 1899
    return this.number(year > 0 && year < 256 ? year : 0, 1)
  }
  decision(decision: CodeDecision | null) {
    const status = decision ? STATUSES.indexOf(decision.status) + 1 : 0
    return this.number(status, 1).time(decision?.until ?? null)
  }
  get done() {
    return new Uint8Array(this.#view.buffer)
  }
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }
  bytes(length: number) {
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
  number(bytes: 1 | 2 | 4) {
    return this.bytes(bytes).reduce((value, byte) => value * 256 + byte, 0)
  }
  person() {
    return toHex(this.bytes(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
  time() {
    return dateOf(this.number(4))
  }
  hint(): Hint {
    const initials = String.fromCharCode(...this.bytes(2).filter((letter) => letter !== 0))
    const year = this.number(1)
    return { initials, birthYear: year === 0 ? null : year + 1899 }
  }
  decision(): CodeDecision | null {
    const status = STATUSES[this.number(1) - 1]
    const until = this.number(4)
    return status ? { status, until: until === 0 ? null : dateOf(until) } : null
  }
}

const INITIAL = /^[A-Z]$/

/** First letters of the first and the last word of a name that was written without diacritics. */
export function hintOf(plainName: string | null, birthYear: number | null): Hint {
  const words = plainName?.trim().toUpperCase().split(/\s+/) ?? []
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '')
  return { initials: letters.filter((letter) => INITIAL.test(letter)).join(''), birthYear }
}

// — what is signed

const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

const PURPOSES = {
  server: letters('lachan server code 1\n'),
  certificate: letters('lachan certificate 1\n'),
  step: letters('lachan phone code 1\n'),
  paper: letters('lachan paper card 1\n'),
}

const join = (...parts: Uint8Array[]) => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const forPurpose = (purpose: keyof typeof PURPOSES, body: Uint8Array) => join(PURPOSES[purpose], body)

const signed = (purpose: keyof typeof PURPOSES, body: Uint8Array, sign: Sign) =>
  join(body, new Writer(SIGNED).bytes(sign(forPurpose(purpose, body)), SIGNED).done)

// — making

export function makeServerCode({ personId, hint, decision, issuedAt }: ServerCode, sign: Sign): string {
  const body = new Writer(SERVER_BODY)
    .person(personId)
    .hint(hint)
    .decision(decision)
    .time(issuedAt)
    .number(CODE_LASTS_SECONDS, 2).done
  return encodeDigits(join(Uint8Array.of(KIND.server), signed('server', body, sign)))
}

/** What a phone gets from the server, to make codes of its own while it has no network. */
export function makeCertificate(certificate: Certificate, sign: Sign): Uint8Array {
  const body = new Writer(CERTIFICATE_BODY)
    .person(certificate.personId)
    .bytes(fromHex(certificate.deviceId), 8)
    .bytes(certificate.publicKey, 32)
    .hint(certificate.hint)
    .decision(certificate.decision)
    .time(certificate.expiresAt).done
  return signed('certificate', body, sign)
}

/** What the phone says with a certificate that was handed to it, not whether the server signed it. */
export function readCertificate(bytes: Uint8Array): Certificate | undefined {
  if (bytes.length !== CERTIFICATE) return undefined
  const fields = new Reader(bytes)
  return {
    personId: fields.person(),
    deviceId: toHex(fields.bytes(8)),
    publicKey: fields.bytes(32),
    hint: fields.hint(),
    decision: fields.decision(),
    expiresAt: fields.time(),
  }
}

/** A code of the phone itself: the certificate and the time, signed with the key that never leaves the phone. */
export async function makePhoneCode(
  certificate: Uint8Array,
  at: Date,
  sign: (body: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const body = new Writer(CERTIFICATE + 4).bytes(certificate, CERTIFICATE).time(at).done
  const signature = new Writer(SIGNATURE).bytes(await sign(forPurpose('step', body)), SIGNATURE).done
  return encodeDigits(join(Uint8Array.of(KIND.phone), body, signature))
}

export function makePaperCard(cardId: string, sign: Sign): string {
  const body = new Writer(PAPER_BODY).bytes(fromHex(cardId), PAPER_BODY).done
  return encodeDigits(join(Uint8Array.of(KIND.paper), signed('paper', body, sign)))
}

// — reading

/** Whether this looks like a code of ours, whole or broken; nothing is verified. */
export const isOwnCode = (text: string) => /^71\d{150,700}$/.test(text.trim())

const LENGTHS: Readonly<Record<number, number>> = {
  [KIND.server]: 1 + SERVER_BODY + SIGNED,
  [KIND.phone]: 1 + CERTIFICATE + 4 + SIGNATURE,
  [KIND.paper]: 1 + PAPER_BODY + SIGNED,
}

/** Whose code this is, or why it is nobody's. Nothing it says is believed before its signatures hold. */
export async function readCode(text: string, reader: CodeReader): Promise<ReadCode | CodeReason> {
  const code = text.trim()
  const bytes = decodeDigits(code)
  if (!bytes) return 'code.unknown'
  const length = LENGTHS[bytes[0]!]
  if (length !== bytes.length) return isOwnCode(code) ? 'code.altered' : 'code.unknown'
  switch (bytes[0]) {
    case KIND.server:
      return readServerCode(bytes.subarray(1), reader)
    case KIND.phone:
      return readPhoneCode(bytes.subarray(1), reader)
    default:
      return readPaperCard(bytes.subarray(1), reader)
  }
}

/** Whose code this is and when it was made, as it says itself; undefined for a card. Nothing is verified. */
export function readSaid(text: string): { personId: string; hint: Hint; issuedAt: Date } | undefined {
  const bytes = decodeDigits(text.trim())
  if (!bytes || LENGTHS[bytes[0]!] !== bytes.length || bytes[0] === KIND.paper) return undefined
  const fields = new Reader(bytes.subarray(1))
  if (bytes[0] === KIND.phone) {
    const { personId, hint } = readCertificate(fields.bytes(CERTIFICATE))!
    return { personId, hint, issuedAt: fields.time() }
  }
  const personId = fields.person()
  const hint = fields.hint()
  fields.decision()
  return { personId, hint, issuedAt: fields.time() }
}

function reasonOfTime(issuedAt: Date, lastsSeconds: number, { at, now = at }: CodeReader) {
  if (at.getTime() > issuedAt.getTime() + lastsSeconds * 1000) return 'code.expired'
  if (issuedAt.getTime() > now.getTime() + AHEAD_MS) return 'code.notYetValid'
  return undefined
}

/** Undefined when the server signed it for this purpose. */
async function reasonOfServer(
  purpose: 'server' | 'certificate' | 'paper',
  bytes: Uint8Array,
  { serverKeys, verify }: CodeReader,
): Promise<CodeReason | undefined> {
  const end = bytes.length - SIGNED
  const key = serverKeys.get(bytes[end]!)
  if (!key) return 'code.keyUnknown'
  const body = forPurpose(purpose, bytes.subarray(0, end))
  return (await verify(key, body, bytes.subarray(end + 1))) ? undefined : 'code.altered'
}

async function readServerCode(bytes: Uint8Array, reader: CodeReader): Promise<ReadCode | CodeReason> {
  const fields = new Reader(bytes)
  const code = {
    personId: fields.person(),
    hint: fields.hint(),
    decision: fields.decision(),
    issuedAt: fields.time(),
  }
  const reason = await reasonOfServer('server', bytes, reader)
  return reason ?? reasonOfTime(code.issuedAt, fields.number(2), reader) ?? { kind: 'server', ...code }
}

async function readPhoneCode(bytes: Uint8Array, reader: CodeReader): Promise<ReadCode | CodeReason> {
  const certificate = bytes.subarray(0, CERTIFICATE)
  const { publicKey, expiresAt, ...whose } = readCertificate(certificate)!
  const issuedAt = new Reader(bytes.subarray(CERTIFICATE)).time()
  const unsigned = await reasonOfServer('certificate', certificate, reader)
  if (unsigned) return unsigned
  const end = bytes.length - SIGNATURE
  const step = forPurpose('step', bytes.subarray(0, end))
  if (!(await reader.verify(publicKey, step, bytes.subarray(end)))) return 'code.altered'
  if (await reader.revoked.has(whose.deviceId)) return 'code.revoked'
  const late = reasonOfTime(issuedAt, CODE_LASTS_SECONDS, reader)
  if (late) return late
  return issuedAt > expiresAt ? 'code.expired' : { kind: 'phone', issuedAt, ...whose }
}

async function readPaperCard(bytes: Uint8Array, reader: CodeReader): Promise<ReadCode | CodeReason> {
  const cardId = toHex(bytes.subarray(0, PAPER_BODY))
  const reason = await reasonOfServer('paper', bytes, reader)
  if (reason) return reason
  return (await reader.revoked.has(cardId)) ? 'code.revoked' : { kind: 'paper', cardId }
}
