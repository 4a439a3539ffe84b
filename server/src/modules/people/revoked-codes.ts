import type { Context } from '../../platform/context.ts'
import { countRevoked, listRevokedAfter, type Position } from './code-queries.ts'
import { CERTIFICATE_LASTS_MS } from './devices.ts'
import type { RevokedCodes } from './schema.ts'

/**
 * What a gate refuses without asking. A country's list is long, and every gate asks for it again and again: it comes
 * in pieces, in the order in which codes were revoked, and a version says how far a gate has it.
 */

/** So many a slow line carries in seconds. */
const MOST = 5000
/** A transaction that takes its time puts what it revoked among what was told already, but no earlier than this. */
const SETTLED_MS = 10 * 60_000

type Asking = Pick<Context, 'sql' | 'now'>

export async function listRevokedCodes(ctx: Asking, since?: string): Promise<RevokedCodes> {
  const now = ctx.now.getTime()
  // Counted before it is read: what comes in between is told twice rather than never.
  const version = versionOf(now, await countUnsettled(ctx, now))
  const rows = await listRevokedAfter(ctx.sql, await findPosition(ctx, since), {
    renewedAfter: new Date(now - CERTIFICATE_LASTS_MS),
    most: MOST,
  })
  const codes = rows.map(({ id, renewedAt }) => ({
    id,
    ...(renewedAt && { until: new Date(renewedAt.getTime() + CERTIFICATE_LASTS_MS) }),
  }))
  if (rows.length < MOST) return { codes, version, more: false }
  const last = rows.at(-1)!
  return { codes, version: `${last.revokedAt.getTime()}-${last.id}`, more: true }
}

const countUnsettled = ({ sql }: Asking, at: number) =>
  countRevoked(sql, new Date(at - SETTLED_MS), new Date(at))

/** Of who has the whole list: when, and how many of it were not settled. */
const versionOf = (at: number, unsettled: number) => `${at}.${unsettled}`

/** After all that was revoked up to then. */
const endOf = (at: number): Position => ({ at: new Date(at), id: 'ff'.repeat(8) })

/** From where a gate is to be told: from the beginning if it knows nothing, or something that we did not say. */
async function findPosition(ctx: Asking, version = ''): Promise<Position> {
  const [, time, id, unsettled] = /^(\d{1,14})(?:-([0-9a-f]{16})|\.(\d{1,9}))$/.exec(version) ?? []
  const at = Number(time ?? Number.NaN)
  // A server whose clock ran ahead said it: nothing that came since would be told.
  if (!(at <= ctx.now.getTime() + SETTLED_MS)) return endOf(0)
  if (id !== undefined) return { at: new Date(at), id }
  const isAsItWas = (await countUnsettled(ctx, at)) === Number(unsettled)
  return endOf(isAsItWas ? at : at - SETTLED_MS)
}
