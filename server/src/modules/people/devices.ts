import { randomBytes } from 'node:crypto'
import {
  CODE_LASTS_SECONDS,
  type CodeDecision,
  hintOf,
  makeCertificate,
  makeServerCode,
} from '@lachan/contract/codes.ts'
import type { Context } from '../../platform/context.ts'
import type { Keys } from '../../platform/keys.ts'
import { throttle } from '../../platform/throttle.ts'
import { plainText } from '../../platform/vietnamese.ts'
import { closeSessions } from '../accounts/index.ts'
import * as codeQueries from './code-queries.ts'
import { deviceProblem } from './problems.ts'
import { listPeopleOfHolder, type PersonRow } from './queries.ts'
import type { Device, DeviceCodes, NewDevice } from './schema.ts'
import { getOwnPerson, getPerson, profileOf } from './service.ts'

/** So long may a phone be without network; its decision may end earlier. */
export const CERTIFICATE_LASTS_MS = 14 * 24 * 3600_000
/** A family's phones and some that were lost. */
const MOST_DEVICES = 20

const sign = (ctx: Context) => (body: Uint8Array) => ctx.services.keys.sign(body)

/** What a code says beside whose it is: initials, birth year, and the decision with its own end. */
async function sayings(ctx: Context, people: readonly PersonRow[]) {
  const decisions = await ctx.services.listDecisions(
    ctx,
    people.map(({ id }) => id),
  )
  return (person: PersonRow) => {
    const { name, birthYear } = profileOf(ctx, person)
    const decision: CodeDecision | null = decisions.get(person.id) ?? null
    return { personId: person.publicId, hint: hintOf(name && plainText(name), birthYear), decision }
  }
}

/** For phones that make no codes of their own. */
export async function ownCode(ctx: Context, personId: string | undefined) {
  const person = await getOwnPerson(ctx, personId)
  const said = (await sayings(ctx, [person]))(person)
  return {
    text: makeServerCode({ ...said, issuedAt: ctx.now }, sign(ctx)),
    expiresAt: new Date(ctx.now.getTime() + CODE_LASTS_SECONDS * 1000),
  }
}

export const throttleDevices = (ctx: Context) =>
  throttle(ctx, [{ key: `device:${ctx.actor.kind}:${ctx.actor.id}`, most: 120, perSeconds: 3600 }])

/** A phone gets certificates for everybody on it, or newer ones. */
export async function registerDevice(
  ctx: Context,
  { publicKey, personIds, name }: NewDevice,
): Promise<DeviceCodes> {
  const holderId = ctx.holderId()
  const saved = await codeQueries.saveDevice(ctx.sql, {
    id: randomBytes(8),
    holderId,
    publicKey: Buffer.from(publicKey, 'base64'),
    name: name ?? null,
    sessionId: ctx.actor.sessionId,
    now: ctx.now,
  })
  if (!saved) throw deviceProblem.revoked()
  await codeQueries.revokeOldDevices(ctx.sql, holderId, MOST_DEVICES, ctx.now)
  const all = await listPeopleOfHolder(ctx.sql, holderId)
  const people = personIds ? all.filter(({ publicId }) => personIds.includes(publicId)) : all
  const saidOf = await sayings(ctx, people)
  const expiresAt = new Date(ctx.now.getTime() + CERTIFICATE_LASTS_MS)
  const certificates = people.map((person) => {
    const said = {
      ...saidOf(person),
      deviceId: saved.id,
      publicKey: Buffer.from(publicKey, 'base64'),
      expiresAt,
    }
    const certificate = Buffer.from(makeCertificate(said, sign(ctx))).toString('base64')
    return { personId: person.publicId, certificate, expiresAt }
  })
  return { id: saved.id, certificates, serverTime: ctx.now }
}

export async function listOwnDevices(ctx: Context): Promise<{ items: Device[]; next: null }> {
  const rows = await codeQueries.listDevices(ctx.sql, ctx.holderId())
  const items = rows.map(({ sessionId, ...row }) => ({ ...row, current: sessionId === ctx.actor.sessionId }))
  return { items, next: null }
}

/** A lost phone: its codes are refused from now on, and who has it is signed out. */
export async function revokeOwnDevice(ctx: Context, id: string) {
  const holderId = ctx.holderId()
  const [revoked] = await codeQueries.revokeDevices(ctx.sql, holderId, id, ctx.now)
  if (!revoked) throw deviceProblem.unknown()
  if (revoked.sessionId !== null && revoked.sessionId !== ctx.actor.sessionId)
    await closeSessions(ctx, { ids: [revoked.sessionId] })
  await ctx.record('device.revoke', null, { devices: 1 })
}

/** The same by the health station, for somebody who has no phone left to do it with: all of them. */
export async function revokeDevicesOf(ctx: Context, personId: string) {
  const person = await getPerson(ctx, personId)
  const revoked =
    person.holderId === null ? [] : await codeQueries.revokeDevices(ctx.sql, person.holderId, null, ctx.now)
  if (person.holderId !== null) await closeSessions(ctx, { holderId: person.holderId })
  await ctx.record('device.revoke', person.publicId, { devices: revoked.length })
}

/** What a gate checks codes with. */
export const serverPublicKeys = (keys: Keys) =>
  [...keys.publicKeys].map(([id, key]) => ({ id, publicKey: Buffer.from(key).toString('base64') }))
