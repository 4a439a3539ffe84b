import type { Context } from '../../platform/context.ts'
import {
  assertLikelyDays,
  assertStands,
  getCase,
  getProfile,
  likelihoodOf,
  windowOf,
} from '../cases/index.ts'
import { maskedPeople, recordReading } from '../people/index.ts'
import { findPlace, placeProblem } from '../places/index.ts'
import { airingOf, ruleOf } from './airing.ts'
import { findFurthestTrace } from './queries.ts'
import { assertWindow } from './rules.ts'
import type { WhatIf, WhatIfAnswer } from './schema.ts'
import { widen } from './service.ts'
import { type TracedContact, traceContacts } from './trace.ts'
import { recordWindow } from './windows.ts'

const SHOWN = 100

/** No time together: whom no scan knows. */
type Changing = Pick<TracedContact, 'personId' | 'hop' | 'overlapSeconds' | 'firstAt' | 'lastAt'>

const unknownPlace = (): never => {
  throw placeProblem.unknown()
}

/**
 * Who would come onto the lists, who would leave them altogether and who would stand in another hop if a date of the case, the
 * rule or the end of a stay were another. As far as the case was traced: in hops, and beside the scans or by them alone.
 * Nothing is kept but that somebody asked, and whom they read.
 */
export async function askWhatIf(ctx: Context, caseId: string, wanted: WhatIf): Promise<WhatIfAnswer> {
  const row = await getCase(ctx, caseId)
  assertStands(row)
  assertLikelyDays({ onsetOn: wanted.onsetOn, sampledOn: wanted.sampledOn }, await likelihoodOf(ctx, row))
  const profile = getProfile(row.diseaseId, row.profileVersion)
  const { onsetOn = row.onsetOn, sampledOn = row.sampledOn, stay } = wanted
  const isolatedAt =
    wanted.isolatedAt === undefined
      ? row.isolatedAt
      : wanted.isolatedAt === null
        ? null
        : new Date(wanted.isolatedAt)
  const ended = stay && {
    placeId: (await findPlace(ctx.sql, stay.placeId))?.id ?? unknownPlace(),
    arrivedAt: Date.parse(stay.arrivedAt),
    leftAt: Date.parse(stay.leftAt),
  }
  const before = {
    ...windowOf(ctx, row),
    minOverlapSeconds: profile.minOverlapSeconds,
    ...airingOf(profile, undefined),
  }
  const after = {
    ...windowOf(ctx, { ...row, onsetOn, sampledOn, isolatedAt }),
    minOverlapSeconds: wanted.minOverlapSeconds ?? profile.minOverlapSeconds,
    ...airingOf(profile, wanted.airingSeconds),
  }
  const traced = (await findFurthestTrace(ctx.sql, row.id))?.parameters
  const hops = traced?.hops ?? 1
  const beside = traced?.beside
  const { longestIncubation, latencyHours } = profile
  const widened = after.from < after.to ? widen(ctx, row, after, wanted.reason, longestIncubation.days) : {}
  const ask = async (window: typeof before, edited?: typeof ended): Promise<Changing[]> => {
    if (window.from < window.to) assertWindow(window)
    return traceContacts(ctx.sql, {
      ...window,
      person: row.personId,
      hops,
      latencyHours,
      diseaseId: row.diseaseId,
      beside,
      ended: edited,
      explain: false,
      timeZone: ctx.services.timeZone,
      now: ctx.now,
    })
  }
  const [now, then] = [await ask(before), await ask(after, ended)]
  const [was, is] = [byPerson(now), byPerson(then)]
  const entering = then.filter(({ personId }) => !was.has(personId))
  const leaving = now.filter(({ personId }) => !is.has(personId))
  const moving = then
    .flatMap((one) => {
      const { hop: from = one.hop } = was.get(one.personId) ?? {}
      return from === one.hop ? [] : [{ ...one, from }]
    })
    .sort((one, other) => one.from - other.from)
  const [enters, leaves, moves] = [entering.slice(0, SHOWN), leaving.slice(0, SHOWN), moving.slice(0, SHOWN)]
  const people = await maskedPeople(
    ctx,
    [...enters, ...leaves, ...moves].map(({ personId }) => personId),
  )
  await recordReading(ctx, [row.personId, ...people.keys()], 'contact.list', 'case', row.publicId)
  await recordWindow(ctx, row.publicId, {
    by: 'whatIf',
    from: new Date(Math.min(before.from.getTime(), after.from.getTime())),
    to: new Date(Math.max(before.to.getTime(), after.to.getTime())),
    stays: 0,
    people: 1 + people.size,
    ...widened,
  })
  await ctx.record('case.whatIf', caseId, {
    asked: wanted,
    entering: entering.length,
    leaving: leaving.length,
    moving: moving.length,
  })
  const shown = ({ personId, hop, overlapSeconds, firstAt, lastAt }: Changing) => ({
    person: people.get(personId)!,
    hop,
    overlapSeconds,
    firstAt,
    lastAt,
  })
  const side = ({ from, to, ...rule }: typeof before, contacts: readonly Changing[]) => ({
    from,
    to,
    ...ruleOf(rule),
    counts: Array.from({ length: hops }, (_, at) => ({
      hop: at + 1,
      people: contacts.filter(({ hop }) => hop === at + 1).length,
    })),
  })
  return {
    ...(beside ? { beside } : {}),
    before: side(before, now),
    after: side(after, then),
    entering: entering.length,
    leaving: leaving.length,
    moving: moving.length,
    enters: enters.map(shown),
    leaves: leaves.map(shown),
    moves: moves.map(({ from, ...one }) => ({ ...shown(one), from })),
  }
}

const byPerson = (some: readonly Changing[]) => new Map(some.map((one) => [one.personId, one]))
