import type { Context } from '../../platform/context.ts'
import { cardProblem } from './problems.ts'

/**
 * The text of a personal QR code: `LC1:` and base32 (a QR code packs upper case tightly) of
 * person (16 bytes), expiry in seconds (4), key id (1) and Ed25519 signature (64).
 */
const PREFIX = 'LC1:'
const LASTS_MS = 15 * 60_000
/** Clocks of cheap phones and gates drift. */
const SKEW_MS = 5 * 60_000
const BODY = 20

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const toBase32 = (bytes: Uint8Array) => {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

function fromBase32(text: string) {
  if (!/^[A-Z2-7]+$/.test(text)) return undefined
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

export function issueCard(ctx: Context, personId: string) {
  const expiresAt = new Date(ctx.now.getTime() + LASTS_MS)
  const body = Buffer.alloc(BODY)
  body.write(personId.replaceAll('-', ''), 'hex')
  body.writeUInt32BE(Math.floor(expiresAt.getTime() / 1000), 16)
  return { text: PREFIX + toBase32(Buffer.concat([body, ctx.services.keys.sign(body)])), expiresAt }
}

/** Whose code this is, if we issued it and it was valid `at` that moment. */
export function readCard(ctx: Context, text: string, at: Date): string {
  const code = text.trim().toUpperCase()
  if (!code.startsWith(PREFIX)) throw cardProblem.unknown()
  const bytes = fromBase32(code.slice(PREFIX.length))
  if (bytes?.length !== BODY + 65) throw cardProblem.altered()
  const body = bytes.subarray(0, BODY)
  if (!ctx.services.keys.isSigned(body, bytes.subarray(BODY))) throw cardProblem.altered()
  if (at.getTime() > body.readUInt32BE(16) * 1000 + SKEW_MS) throw cardProblem.expired()
  const hex = body.toString('hex', 0, 16)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
