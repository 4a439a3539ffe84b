import type { Context } from '../../platform/context.ts'
import { listPeopleOfHolder } from '../people/index.ts'
import { listPlacesById } from '../places/index.ts'
import { SET_ASIDE, setAside, WEIGH, weighAnew } from './intake.ts'
import * as queries from './queries.ts'
import { CROWD_ON_PHONE, type DoubtName, doubtName, doubtNumber, ON_PHONE_MS } from './rules.ts'

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
    const moments = people.map(({ personId, at }) => ({ personId, at: new Date(at) }))
    const changed = await weighAnew(ctx, moments)
    for (const [doubt, same] of Map.groupBy(changed, ({ doubt }) => doubt))
      await recordAside(
        ctx,
        same.map(({ scan }) => scan),
        doubt === null ? null : doubtName(doubt),
      )
  },
  async [SET_PHONE_ASIDE](ctx: Context, { holderId, until }: Phone) {
    const scans = await listOthers(ctx, holderId, new Date(until))
    if (isCrowd(scans)) await doubtAll(ctx, scans, 'crowd')
  },
}

async function doubtAll(ctx: Context, scans: readonly queries.ScanKey[], reason: DoubtName) {
  await recordAside(ctx, await setAside(ctx, scans, doubtNumber(reason)), reason)
}

/** How many there were of which place, and why, stands in the audit; without a reason they count again. */
async function recordAside(ctx: Context, scans: readonly { placeId: number }[], reason: DoubtName | null) {
  const byPlace = Map.groupBy(scans, ({ placeId }) => placeId)
  const action = reason ? 'scan.setAside' : 'scan.countAgain'
  for (const { id, publicId } of await listPlacesById(ctx.sql, [...byPlace.keys()]))
    await ctx.record(action, publicId, { scans: byPlace.get(id)!.length, ...(reason ? { reason } : {}) })
}
