import type { Context } from '../../platform/context.ts'
import {
  confirmPhoneAtGate,
  type PhoneCode,
  type PhoneCodeRequest,
  requestGateCode,
} from '../people/index.ts'
import { findPlace, mayGuard, placeProblem } from '../places/index.ts'

/** A number that is typed at a gate is confirmed by a code that its person reads out; then the scan says so. */

export async function requestCodeAtGate(ctx: Context, placeId: string, sent: PhoneCodeRequest) {
  return requestGateCode(ctx, await guardedPlace(ctx, placeId), sent)
}

export async function confirmAtGate(ctx: Context, placeId: string, sent: PhoneCode) {
  await confirmPhoneAtGate(ctx, await guardedPlace(ctx, placeId), sent)
}

async function guardedPlace(ctx: Context, placeId: string) {
  const place = await findPlace(ctx.sql, placeId)
  ctx.scopeDecided = true
  if (!place || !(await mayGuard(ctx, place))) throw placeProblem.unknown()
  return place.publicId
}
