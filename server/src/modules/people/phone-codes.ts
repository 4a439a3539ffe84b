import { randomInt, timingSafeEqual } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { sendSms } from '../../platform/messenger.ts'
import type { Words } from '../../platform/problem.ts'
import { throttle } from '../../platform/throttle.ts'
import { openSession } from '../accounts/index.ts'
import { assertTakesSms, findPhone, normalizePhone } from './phone.ts'
import { phoneCodeProblem } from './problems.ts'
import * as queries from './queries.ts'
import type { PhoneCode, PhoneCodeRequest } from './schema.ts'
import { describe, holderOfPhone, phoneIndexOf } from './service.ts'

/**
 * One-time codes by SMS. A code is good for what it was sent for: to sign in, or to confirm a number at the gate of
 * one place. What is answered is the same whether anybody has the number.
 */

const CODE_LASTS_MS = 5 * 60_000
const RESEND_AFTER_SECONDS = 30
const MOST_ATTEMPTS = 5

/** Pacing: per number, per address (many people share one behind a carrier), and overall. */
export async function throttlePhoneCode(ctx: Context, phone: string) {
  const number = findPhone(phone) ?? phone
  await throttle(ctx, [
    { key: 'phone-code-all', most: 30_000, perSeconds: 60 },
    { key: `phone-code-address:${ctx.address}`, most: 300, perSeconds: 600 },
    { key: `phone-code:${number}`, most: 6, perSeconds: 900 },
  ])
}

/** The same from a gate, where each caller has a pace of their own: anybody may register a place. */
export async function throttleGateCode(ctx: Context, phone: string) {
  const { kind, id } = ctx.actor
  await throttle(ctx, [{ key: `gate-code:${kind}:${id}`, most: 60, perSeconds: 600 }])
  await throttlePhoneCode(ctx, phone)
}

export const requestPhoneCode = (ctx: Context, { phone }: PhoneCodeRequest) =>
  sendCode(ctx, phone, null, (code) => ({
    vi: `Lá Chắn: mã xác nhận của bạn là ${code}, dùng trong 5 phút. Không đưa mã này cho ai.`,
    en: `La Chan: your code is ${code}, valid for 5 minutes. Do not give it to anyone.`,
  }))

/** Names no place: its owner chose the name, and would choose what strangers are sent. */
export const requestGateCode = (ctx: Context, placeId: string, { phone }: PhoneCodeRequest) =>
  sendCode(ctx, phone, placeId, (code) => ({
    vi: `Lá Chắn: ${code} là mã xác nhận số của bạn tại cổng, dùng trong 5 phút. Chỉ đọc cho người trực đang đứng trước mặt bạn.`,
    en: `La Chan: ${code} confirms your number at the gate, valid for 5 minutes. Read it only to the guard in front of you.`,
  }))

async function sendCode(
  ctx: Context,
  written: string,
  placeId: string | null,
  wordsOf: (code: string) => Words,
) {
  const phone = normalizePhone(written)
  assertTakesSms(phone)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const challengeId = uuidv7()
  const expiresAt = new Date(ctx.now.getTime() + CODE_LASTS_MS)
  await queries.insertChallenge(ctx.sql, {
    id: challengeId,
    placeId,
    phoneIndex: phoneIndexOf(ctx, phone),
    sealed: ctx.services.keys.seal({ phone }),
    codeHash: hashOf(ctx, challengeId, code),
    createdAt: ctx.now,
    expiresAt,
  })
  await sendSms(ctx, 'phone-code', { to: phone, text: ctx.say(wordsOf(code)) })
  return { challengeId, expiresAt, resendAfterSeconds: RESEND_AFTER_SECONDS }
}

const hashOf = (ctx: Context, challengeId: string, code: string) =>
  ctx.services.keys.blindIndex('phone-code', `${challengeId}:${code}`)

/** Counts the attempt in a transaction of its own, so that a wrong code stays counted. */
export async function countPhoneCodeAttempt(ctx: Context, challengeId: string) {
  await throttle(ctx, [{ key: `phone-guess-address:${ctx.address}`, most: 600, perSeconds: 600 }])
  const counted = await queries.countAttempt(ctx.sql, challengeId)
  if (counted && counted.attempts > MOST_ATTEMPTS) throw phoneCodeProblem.tooManyAttempts()
}

export async function confirmPhone(ctx: Context, sent: PhoneCode) {
  const { sealed } = await useCode(ctx, sent, null)
  const holder = await holderOfPhone(ctx, ctx.services.keys.unseal<{ phone: string }>(sealed).phone)
  const session = await openSession(ctx, { holderId: holder.id })
  return { ...session, person: await describe(ctx, holder) }
}

/** From now on the scan that has the id of the challenge may say that its number is confirmed. */
export async function confirmPhoneAtGate(ctx: Context, placeId: string, sent: PhoneCode) {
  const { phoneIndex } = await useCode(ctx, sent, placeId)
  await queries.takeUp(ctx.sql, phoneIndex)
}

async function useCode(ctx: Context, { challengeId, code }: PhoneCode, placeId: string | null) {
  const challenge = await queries.findChallenge(ctx.sql, challengeId, placeId)
  if (!challenge) throw phoneCodeProblem.unknown()
  if (challenge.usedAt) throw phoneCodeProblem.used()
  if (challenge.expiresAt <= ctx.now) throw phoneCodeProblem.expired()
  if (!timingSafeEqual(hashOf(ctx, challengeId, code), challenge.codeHash)) throw phoneCodeProblem.wrong()
  await queries.useChallenge(ctx.sql, challengeId, ctx.now)
  return challenge
}
