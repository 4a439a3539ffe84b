import { daysAgo } from '../../platform/clean.ts'
import type { Context } from '../../platform/context.ts'
import { deleteDevicesRenewedBefore } from './code-queries.ts'
import { deleteChallengesBefore } from './queries.ts'

/** A scan may come a month late: until then it is known which number was confirmed for it, and whose phone made its code. */
export async function clean(ctx: Context) {
  await deleteChallengesBefore(ctx.sql, daysAgo(ctx, 1), daysAgo(ctx, 32))
  await deleteDevicesRenewedBefore(ctx.sql, daysAgo(ctx, 60))
}
