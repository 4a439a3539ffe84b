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
import { meetBeside } from './beside.ts'
import type { Met } from './contacts.ts'
import { meet } from './meet.ts'
import { findFurthestTrace } from './queries.ts'
import { assertWindow } from './rules.ts'
import type { WhatIf, WhatIfAnswer } from './schema.ts'
import { widen } from './service.ts'
import { recordWindow } from './windows.ts'

const SHOWN = 100

/** No time together: whom no scan knows. */
type Changing = Pick<Met, 'personId' | 'overlapSeconds' | 'firstAt' | 'lastAt'>

const unknownPlace = (): never => {
  throw placeProblem.unknown()
}

/**
 * Who would come onto the list and who would leave it if a date of the case, the rule or the end of a stay were another.
 * As the case was traced last, beside the scans or by them alone. Nothing is kept but that somebody asked, and whom they read.
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
  const beside = (await findFurthestTrace(ctx.sql, row.id))?.parameters.beside
  const index = new Set([row.personId])
  const { longestIncubation } = profile
  const widened = after.from < after.to ? widen(ctx, row, after, wanted.reason, longestIncubation.days) : {}
  const ask = async ({ from, to, ...limits }: typeof before, edited?: typeof ended) => {
    if (from < to) assertWindow({ from, to })
    const seeds = [{ personId: row.personId, from: from.getTime(), to: to.getTime() }]
    const options = {
      ...limits,
      timeZone: ctx.services.timeZone,
      now: ctx.now,
      explain: false,
      ended: edited,
    }
    const found: Changing[] = (await meet(ctx.sql, seeds, index, options)).inOrder()
    if (!beside) return found
    const scanned = new Set(found.map(({ personId }) => personId))
    const also = await meetBeside(ctx.sql, seeds, index.union(scanned), options)
    return [...found, ...also.map((one) => ({ ...one, overlapSeconds: 0 }))]
  }
  const [now, then] = [await ask(before), await ask(after, ended)]
  const only = (some: readonly Changing[], others: readonly Changing[]) => {
    const known = new Set(others.map(({ personId }) => personId))
    return some.filter(({ personId }) => !known.has(personId))
  }
  const [entering, leaving] = [only(then, now), only(now, then)]
  const [enters, leaves] = [entering.slice(0, SHOWN), leaving.slice(0, SHOWN)]
  const people = await maskedPeople(
    ctx,
    [...enters, ...leaves].map(({ personId }) => personId),
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
  })
  const shown = ({ personId, overlapSeconds, firstAt, lastAt }: Changing) => ({
    person: people.get(personId)!,
    overlapSeconds,
    firstAt,
    lastAt,
  })
  const side = ({ from, to, ...rule }: typeof before, contacts: number) => ({
    from,
    to,
    ...ruleOf(rule),
    contacts,
  })
  return {
    ...(beside ? { beside } : {}),
    before: side(before, now.length),
    after: side(after, then.length),
    entering: entering.length,
    leaving: leaving.length,
    enters: enters.map(shown),
    leaves: leaves.map(shown),
  }
}
