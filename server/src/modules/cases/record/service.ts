import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../../platform/context.ts'
import { dayIn, startOfDay } from '../../../platform/days.ts'
import { recordReading } from '../../people/index.ts'
import { officerNames, officerOf } from '../officers.ts'
import { caseProblem } from '../problems.ts'
import { getProfile, profileInForce } from '../profiles.ts'
import { type CaseRow, findCaseById, lockCase } from '../queries.ts'
import { assertLikelyDays } from '../rules.ts'
import { getCase, likelihoodOf } from '../service.ts'
import type { ClassificationRow, DateChangeRow, LabRow } from './queries.ts'
import * as queries from './queries.ts'
import type {
  CaseClassification,
  CaseDateChange,
  LabResult,
  NewClassification,
  NewLabResult,
  Withdrawal,
} from './schema.ts'

/** Clocks differ a little. */
const SKEW_MS = 5 * 60_000

const readingOf = (ctx: Context, row: CaseRow, action: string) =>
  recordReading(ctx, [row.personId], action, 'case', row.publicId)

const reasonOf = (ctx: Context, { sealed }: { sealed: Buffer | null }) =>
  sealed && ctx.services.keys.unseal<{ reason: string }>(sealed).reason

// — what the case is called

function definitionOf(ctx: Context, { diseaseId }: CaseRow, row: ClassificationRow) {
  const { caseDefinitions = [] } = getProfile(diseaseId, row.definitionVersion)
  const found = caseDefinitions.find(({ classification }) => classification === row.classification)
  return found ? ctx.say(found.text) : null
}

async function describeClassifications(
  ctx: Context,
  of: CaseRow,
  rows: readonly ClassificationRow[],
): Promise<CaseClassification[]> {
  const names = await officerNames(
    ctx,
    rows.map(({ recordedBy }) => recordedBy),
  )
  return rows.map((row, at) => ({
    id: row.publicId,
    classification: row.classification,
    origin: row.origin,
    definitionVersion: row.definitionVersion,
    definition: definitionOf(ctx, of, row),
    validFrom: row.validFrom,
    reason: reasonOf(ctx, row),
    recordedAt: row.recordedAt,
    recordedBy: row.recordedBy === null ? null : (names.get(row.recordedBy) ?? null),
    current: at === 0,
  }))
}

export async function listClassifications(ctx: Context, caseId: string) {
  const of = await getCase(ctx, caseId)
  await readingOf(ctx, of, 'case.read')
  return {
    items: await describeClassifications(ctx, of, await queries.listClassifications(ctx.sql, of.id)),
    next: null,
  }
}

/** Dates of the case that were corrected, and why. */
export async function listDateChanges(ctx: Context, caseId: string) {
  const of = await getCase(ctx, caseId)
  await readingOf(ctx, of, 'case.read')
  const rows = await queries.listDateChanges(ctx.sql, of.id)
  const names = await officerNames(
    ctx,
    rows.map(({ recordedBy }) => recordedBy),
  )
  const items = rows.map(
    ({ publicId, before, after, recordedAt, recordedBy, ...row }): CaseDateChange => ({
      id: publicId,
      before: withMoment(before),
      after: withMoment(after),
      reason: reasonOf(ctx, row),
      recordedAt,
      recordedBy: recordedBy === null ? null : (names.get(recordedBy) ?? null),
    }),
  )
  return { items, next: null }
}

const withMoment = ({ isolatedAt, ...days }: DateChangeRow['before']) => ({
  ...days,
  isolatedAt: isolatedAt === null ? null : new Date(isolatedAt),
})

/** The version whose words were in force where the case lives; before the first of them, that of the case. */
async function definitionVersion(ctx: Context, of: CaseRow, day: string) {
  try {
    return (await profileInForce(ctx, of.diseaseId, of.areaId, day)).version
  } catch (error) {
    if ((error as { code?: string }).code === 'case.diseaseUnknown') return of.profileVersion
    throw error
  }
}

/**
 * Calls a case something else from a day on. What it was called stays in the history; so do its traces and what people
 * were told, whatever it is called now. Who decided by what is not in force any more is told so.
 */
export async function classifyCase(ctx: Context, caseId: string, input: NewClassification) {
  const { id } = await getCase(ctx, caseId)
  await lockCase(ctx.sql, id)
  const of = (await findCaseById(ctx.sql, id))!
  const history = await queries.listClassifications(ctx.sql, id)
  const [current] = history
  if (current?.publicId !== input.after.toLowerCase())
    throw caseProblem.classifiedMeanwhile({
      details: { current: current ? (await describeClassifications(ctx, of, [current]))[0] : null },
    })
  const { classification, origin = current.origin, validFrom = dayIn(ctx.services.timeZone, ctx.now) } = input
  assertLikelyDays({ validFrom }, await likelihoodOf(ctx, of))
  if (classification === current.classification && origin === current.origin)
    throw caseProblem.classifiedSo({ fields: [{ field: 'classification', reason: 'same' }] })
  await queries.insertClassification(ctx.sql, id, {
    classification,
    origin,
    definitionVersion: await definitionVersion(ctx, of, validFrom),
    validFrom,
    sealed: ctx.services.keys.seal({ reason: input.reason }),
    recordedAt: ctx.now,
    recordedBy: officerOf(ctx),
  })
  const named = (row: Pick<ClassificationRow, 'classification' | 'origin'>) =>
    `${row.classification}, ${row.origin}`
  await ctx.record('case.classify', caseId, {
    before: named(current),
    after: named({ classification, origin }),
    validFrom,
  })
  await readingOf(ctx, of, 'case.classify')
  return (await describeClassifications(ctx, of, await queries.listClassifications(ctx.sql, id)))[0]!
}

/** Who called a case what it is called now, and why. */
export async function whoClassified(ctx: Context, { id }: Pick<CaseRow, 'id'>) {
  const [current] = await queries.listClassifications(ctx.sql, id)
  const { reason } = current?.sealed ? ctx.services.keys.unseal<{ reason: string }>(current.sealed) : {}
  return { by: current?.recordedBy ?? null, reason: reason ?? null }
}

// — what laboratories found

async function describeLabResults(ctx: Context, rows: readonly LabRow[]): Promise<LabResult[]> {
  const names = await officerNames(
    ctx,
    rows.flatMap(({ recordedBy, withdrawnBy }) => [recordedBy, withdrawnBy]),
  )
  const nameOf = (id: number | null) => (id === null ? null : (names.get(id) ?? null))
  return rows.map((row) => ({
    id: row.publicId,
    sampledOn: row.sampledOn,
    kind: row.kind,
    result: row.result,
    ct: row.ct === null ? null : Number(row.ct),
    laboratory: row.laboratory,
    receivedAt: row.receivedAt,
    recordedAt: row.recordedAt,
    recordedBy: nameOf(row.recordedBy),
    withdrawnAt: row.withdrawnAt,
    withdrawnBy: nameOf(row.withdrawnBy),
    reason: reasonOf(ctx, row),
  }))
}

export async function listLabResults(ctx: Context, caseId: string) {
  const of = await getCase(ctx, caseId)
  await readingOf(ctx, of, 'case.read')
  return { items: await describeLabResults(ctx, await queries.listLabResults(ctx.sql, of.id)), next: null }
}

export async function recordLabResult(ctx: Context, caseId: string, input: NewLabResult) {
  const of = await getCase(ctx, caseId)
  const { sampledOn, kind, result, ct } = input
  const laboratory = input.laboratory.trim().replace(/\s+/g, ' ')
  if (laboratory === '')
    throw caseProblem.laboratoryMissing({ fields: [{ field: 'laboratory', reason: 'missing' }] })
  assertLikelyDays({ sampledOn }, await likelihoodOf(ctx, of))
  const receivedAt = input.receivedAt === undefined ? ctx.now : new Date(input.receivedAt)
  const isLikely =
    receivedAt >= startOfDay(ctx.services.timeZone, sampledOn) &&
    receivedAt.getTime() <= ctx.now.getTime() + SKEW_MS
  if (!isLikely)
    throw caseProblem.receivedUnlikely({ fields: [{ field: 'receivedAt', reason: 'sampledOn … now' }] })
  if (ct !== undefined && kind !== 'pcr')
    throw caseProblem.ctWithoutPcr({ fields: [{ field: 'ct', reason: 'pcr' }] })
  const row = await queries.insertLabResult(ctx.sql, {
    publicId: uuidv7(),
    caseId: of.id,
    sampledOn,
    kind,
    result,
    ct: ct ?? null,
    laboratory,
    receivedAt,
    recordedAt: ctx.now,
    recordedBy: officerOf(ctx),
  })
  if (!row) throw caseProblem.resultKnown()
  await ctx.record('lab.record', caseId, { lab: row.publicId, kind, result })
  await readingOf(ctx, of, 'case.edit')
  return (await describeLabResults(ctx, [row]))[0]!
}

/** A result that was wrong, or somebody else's: it stays to be seen, with the reason. */
export async function withdrawLabResult(ctx: Context, publicId: string, { reason }: Withdrawal) {
  const row = await queries.lockLabResult(ctx.sql, publicId)
  const of = row && (await findCaseById(ctx.sql, row.caseId))
  if (!(await ctx.mayReach({ areaId: of?.areaId ?? null })) || !of) throw caseProblem.resultUnknown()
  if (row.withdrawnAt) throw caseProblem.resultWithdrawn()
  const withdrawn = await queries.withdrawLabResult(ctx.sql, row.id, {
    withdrawnAt: ctx.now,
    withdrawnBy: officerOf(ctx),
    sealed: ctx.services.keys.seal({ reason }),
  })
  await ctx.record('lab.withdraw', of.publicId, { lab: publicId })
  await readingOf(ctx, of, 'case.edit')
  return (await describeLabResults(ctx, [withdrawn]))[0]!
}
