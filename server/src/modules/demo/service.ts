import type { Context } from '../../platform/context.ts'
import { listOutbox } from '../../platform/messenger.ts'
import { requestProblem } from '../../platform/problem.ts'
import { areaRef, getAreaInForce } from '../areas/index.ts'
import { checkInUrl, findPlaceByCode } from '../places/index.ts'
import { accounts, citizens, PASSWORD } from './cast.ts'

/** Outside the demo these addresses do not exist. */
function assertDemo(ctx: Context) {
  if (!ctx.services.demo) throw requestProblem.unknownAddress()
}

export async function readOutbox(ctx: Context) {
  assertDemo(ctx)
  return { items: await listOutbox(ctx) }
}

/** Whom one can be in the demo; the place is the one whose code was noted when it was filled. */
export async function describeCast(ctx: Context) {
  assertDemo(ctx)
  const [row] = await ctx.sql<
    { value: { placeCode?: string } }[]
  >`select value from settings where name = 'demo'`
  const place = row?.value.placeCode ? await findPlaceByCode(ctx.sql, row.value.placeCode) : undefined
  return {
    items: await Promise.all(
      accounts.map(async ({ areaCode, does, ...account }) => ({
        ...account,
        password: PASSWORD,
        area: (await areaRef(ctx.sql, (await getAreaInForce(ctx.sql, areaCode, ctx.now)).id))!,
        does: ctx.say(does),
      })),
    ),
    people: citizens.map(({ person: { name, phone }, does }) => ({ name, phone, does: ctx.say(does) })),
    places: place
      ? [{ name: place.name, code: place.code, checkInUrl: checkInUrl(ctx.services.origin, place.code) }]
      : [],
  }
}
