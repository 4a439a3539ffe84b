import type { Context } from '../../platform/context.ts'
import { throttle } from '../../platform/throttle.ts'
import * as queries from './queries.ts'
import { STEP_SECONDS, screenUrl } from './scanned.ts'
import type { PosterVersion, ScreenCode } from './schema.ts'
import { getPlace } from './service.ts'

/** For a screen at the door: another address every half minute, so that a photograph of it is soon of no use. */
export async function readScreenCode(ctx: Context, id: string): Promise<ScreenCode> {
  const { code, name } = await getPlace(ctx, id)
  return { name, code, text: screenUrl(ctx, code), refreshAfterSeconds: STEP_SECONDS }
}

/** Enough for every mishap with a printer. */
export const throttlePosters = (ctx: Context) =>
  throttle(ctx, [{ key: `posters:${ctx.actor.kind}:${ctx.actor.id}`, most: 100, perSeconds: 86_400 }])

export async function listPosters(ctx: Context, id: string): Promise<{ items: PosterVersion[]; next: null }> {
  const place = await getPlace(ctx, id)
  const rows = await queries.listPosterVersions(ctx.sql, place.id)
  const first = { version: 1, issuedAt: place.createdAt, withdrawnAt: null }
  return { items: rows.length > 0 ? rows : [first], next: null }
}

/** A new version; the posters that hang now are good no more. */
export async function replacePoster(ctx: Context, id: string): Promise<PosterVersion> {
  await queries.lockPlace(ctx.sql, (await getPlace(ctx, id)).id)
  const poster = await queries.replacePoster(ctx.sql, await getPlace(ctx, id), ctx.now)
  await ctx.record('place.replacePoster', id, { version: poster.version })
  return poster
}
