import type { Context } from '../../platform/context.ts'
import { describeAccount } from '../accounts/index.ts'

/** Names of those who recorded something, by internal id. */
export async function officerNames(ctx: Context, ids: readonly (number | null)[]) {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))]
  return new Map(
    await Promise.all(wanted.map(async (id) => [id, (await describeAccount(ctx, id)).name] as const)),
  )
}

export const officerOf = ({ actor }: Context) => (actor.kind === 'account' ? actor.id : null)
