import type { Context } from '../../platform/context.ts'
import { listPeopleOfHolder } from '../people/index.ts'
import { listPlacesById } from '../places/index.ts'
import { findOutweighed, SET_ASIDE, setAside, WEIGH } from './intake.ts'
import * as queries from './queries.ts'
import { CROWD_ON_PHONE, type DoubtName, doubtNumber, ON_PHONE_MS } from './rules.ts'

/**
 * The first of a crowd look like anybody and count; once it is known for one they are set aside as well. So is what somebody
 * made up, once its person is seen elsewhere. A job does it, because it has to wait for whoever writes scans of the
 * same people.
 */

const SET_PHONE_ASIDE = 'visits.setPhoneAside'

/** Whether a phone that checks in many, now this person, checks in more than a family: then nobody of it counts. */
export async function isCrowdOnPhone(ctx: Context, holderId: number, personId: number) {
  // Also for those who are being written just now.
  await ctx.addJob(SET_PHONE_ASIDE, { holderId, until: ctx.now.toISOString() })
  return isCrowd([...(await listOthers(ctx, holderId, ctx.now)), { personId }])
}

const isCrowd = (scans: readonly { personId: number }[]) =>
  new Set(scans.map(({ personId }) => personId)).size > CROWD_ON_PHONE

/** What the phone sent for others in the day until then. */
async function listOthers(ctx: Context, holderId: number, until: Date) {
  const others = (await listPeopleOfHolder(ctx.sql, holderId)).filter(({ id }) => id !== holderId)
  const since = new Date(until.getTime() - ON_PHONE_MS)
  return queries.listSentByPhone(
    ctx.sql,
    others.map(({ id }) => id),
    { since, until },
  )
}

type Aside = { scans: { id: string; placeId: number; at: string }[]; reason: DoubtName }
type Phone = { holderId: number; until: string }
type Weigh = { people: { personId: number; at: string }[] }

export const jobs = {
  [SET_ASIDE]: (ctx: Context, { scans, reason }: Aside) =>
    doubtAll(
      ctx,
      scans.map((scan) => ({ ...scan, at: new Date(scan.at) })),
      reason,
    ),
  async [WEIGH](ctx: Context, { people }: Weigh) {
    const since = people.map(({ personId, at }) => ({ personId, at: new Date(at) }))
    for (const [reason, same] of await findOutweighed(ctx.sql, since))
      await doubtAll(
        ctx,
        same.map(({ scan }) => scan.key),
        reason,
      )
  },
  async [SET_PHONE_ASIDE](ctx: Context, { holderId, until }: Phone) {
    const scans = await listOthers(ctx, holderId, new Date(until))
    if (isCrowd(scans)) await doubtAll(ctx, scans, 'crowd')
  },
}

/** How many there were of which place, and why, stands in the audit. */
async function doubtAll(ctx: Context, scans: readonly queries.ScanKey[], reason: DoubtName) {
  const { timeZone } = ctx.services
  const doubted = await setAside(ctx.sql, scans, { doubt: doubtNumber(reason), timeZone, now: ctx.now })
  const byPlace = Map.groupBy(doubted, ({ placeId }) => placeId)
  for (const { id, publicId } of await listPlacesById(ctx.sql, [...byPlace.keys()]))
    await ctx.record('scan.setAside', publicId, { scans: byPlace.get(id)!.length, reason })
}
