import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19 * 1024, passes: 2, parallelism: 1 }

const run = (password: string, salt: Buffer, cost = COST) =>
  derive('argon2id', { message: Buffer.from(password, 'utf8'), nonce: salt, tagLength: 32, ...cost })

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** argon2id in the PHC string format, so that the cost can rise later and old hashes still verify. */
export async function hashPassword(password: string) {
  const salt = randomBytes(16)
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(await run(password, salt))}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/

export async function isPassword(password: string, hash: string) {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(hash) ?? []
  if (!salt || !tag) return false
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return timingSafeEqual(await run(password, Buffer.from(salt, 'base64'), cost), Buffer.from(tag, 'base64'))
}

/** Somebody's hash for a login that nobody has, so that both answers take as long. */
export const nobodysHash = hashPassword(randomBytes(16).toString('hex'))
