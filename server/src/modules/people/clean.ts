import { daysAgo } from '../../platform/clean.ts'
import type { Context } from '../../platform/context.ts'
import { deleteDevicesRenewedBefore } from './code-queries.ts'
import { deleteChallengesBefore } from './queries.ts'

/** A scan may come a month late: a phone is known for as long after its last certificate has ended. */
export async function clean(ctx: Context) {
  await deleteChallengesBefore(ctx.sql, daysAgo(ctx, 1))
  await deleteDevicesRenewedBefore(ctx.sql, daysAgo(ctx, 60))
}
