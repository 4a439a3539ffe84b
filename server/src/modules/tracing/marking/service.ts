import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../../platform/context.ts'
import { transact } from '../../../platform/database.ts'
import { cursorOf, pageOf, readIdCursor } from '../../../platform/paging.ts'
import { type CaseRow, caseProblem, findCaseById, getCase } from '../../cases/index.ts'
import { listPeopleByPublicId } from '../../people/index.ts'
import { followContacts } from '../follow-up/index.ts'
import { edgesOf } from '../graph/service.ts'
import { asOfficer } from '../measured.ts'
import { contactProblem, traceProblem } from '../problems.ts'
import { findTrace, findTraceById, listFoundAmong } from '../queries.ts'
import { closeRun, openRun } from '../sending/service.ts'
import { explain, officerOf } from '../service.ts'
import { markingProblem } from './problems.ts'
import type { MarkingRow } from './queries.ts'
import * as queries from './queries.ts'
import type { ContactMarking, MarkContacts } from './schema.ts'

/** So many are marked in one transaction; and no more than that while an officer waits. */
const AT_ONCE = 500

/**
 * Makes people whom a trace found in a hop contacts of the case, or those beside the scans. Each who is new, exposed again
 * or found nearer is watched, and warned, on their page and by SMS; of many, a second officer decides. Many are marked by a job.
 */
export async function markContacts(ctx: Context, caseId: string, wanted: MarkContacts) {
  const { traceId, personIds, all, label } = wanted
  const of = await getCase(ctx, caseId)
  assertStands(of)
  if ((personIds === undefined) === (all === undefined)) throw contactProblem.choiceUnclear()
  const ids = personIds === undefined ? null : await rowsOf(ctx, personIds)
  const chosen =
    traceId === undefined
      ? await chooseBeside(ctx, of, label, ids)
      : await chooseInTrace(ctx, of, traceId, label, ids)
  const publicId = uuidv7()
  await queries.insertMarking(ctx.sql, {
    ...chosen,
    publicId,
    caseId: of.id,
    label,
    askedBy: officerOf(ctx),
    askedAt: ctx.now,
  })
  if (chosen.total > AT_ONCE) await ctx.addJob('tracing.mark', { id: publicId })
  else await markNext(ctx, of, (await queries.lockMarking(ctx.sql, publicId))!)
  return described(ctx, (await queries.findMarking(ctx.sql, publicId))!)
}

/** Nobody is a contact of a case that is none. */
function assertStands({ classification }: CaseRow) {
  if (classification === 'discarded') throw caseProblem.discarded()
}

type Label = MarkContacts['label']
type Ids = number[] | null

async function rowsOf(ctx: Context, publicIds: readonly string[]) {
  const wanted = [...new Set(publicIds.map((id) => id.toLowerCase()))]
  const rows = await listPeopleByPublicId(ctx.sql, wanted)
  if (rows.length !== wanted.length) throw contactProblem.notFound()
  return rows.map(({ id }) => id)
}

async function chooseInTrace({ sql }: Context, of: CaseRow, publicId: string, label: Label, personIds: Ids) {
  const trace = await findTrace(sql, publicId)
  if (trace?.caseId !== of.id) throw traceProblem.unknown()
  if (trace.status !== 'done') throw traceProblem.notDone()
  const total = await queries.countFound(sql, queries.foundByTrace(sql, trace.id, label), personIds)
  if (personIds && total !== personIds.length) throw contactProblem.notFound()
  return { traceId: trace.id, personIds, total }
}

/** Who was with the case but not by scans alone: declared, of the household, guests, seats of vehicles. */
async function chooseBeside(ctx: Context, of: CaseRow, label: Label, chosen: Ids) {
  if (label !== 'F1') throw contactProblem.besideIsFirst()
  const found = await queries.listFound(ctx.sql, queries.foundBeside(ctx.sql, edgesOf(ctx, of)))
  if (chosen?.some((id) => !found.includes(id))) throw contactProblem.notBeside()
  const personIds = chosen ?? found
  return { traceId: null, personIds, total: personIds.length }
}

/**
 * The next people, in one transaction with how far it came: whatever ends it, nobody is marked twice and nobody left out.
 * Their warnings are gathered until everybody is marked; then they leave, or wait for a second officer, together.
 */
async function markNext(ctx: Context, of: CaseRow, marking: MarkingRow) {
  const { sql } = ctx
  const { traceId, label } = marking
  const runId = marking.runId ?? (await openRun(ctx, of))
  const gone = await queries.insertContacts(sql, marking, {
    found:
      traceId === null
        ? queries.foundBeside(sql, edgesOf(ctx, of))
        : queries.foundByTrace(sql, traceId, label),
    most: AT_ONCE,
    runId,
    diseaseId: of.diseaseId,
    profileVersion: of.profileVersion,
    markedAt: ctx.now,
    timeZone: ctx.services.timeZone,
  })
  const fresh = gone.flatMap(({ personId, exposedTo }) =>
    exposedTo === null ? [] : [{ personId, exposedTo, label }],
  )
  const added = gone.filter(({ isNew }) => isNew).length
  const again = fresh.length - added
  if (fresh.length > 0) {
    await followContacts(ctx, of, marking.id, fresh)
    const met = await findMet(
      ctx,
      of,
      traceId,
      fresh.map(({ personId }) => personId),
    )
    await queries.saveMet(sql, of.id, met)
    await ctx.record('contact.mark', of.publicId, {
      marking: marking.publicId,
      label,
      marked: added,
      ...(again > 0 ? { renewed: again } : {}),
    })
  }
  const marked = marking.marked + added
  const renewed = marking.renewed + again
  const isOver = gone.length < AT_ONCE || marking.seen + gone.length === marking.total
  await queries.updateMarking(sql, marking.id, {
    status: isOver ? 'done' : 'running',
    seen: isOver ? marking.total : marking.seen + gone.length,
    marked,
    renewed,
    lastPersonId: gone.at(-1)?.personId ?? marking.lastPersonId,
    runId: isOver && marked + renewed === 0 ? null : runId,
    ...(isOver ? { finishedAt: ctx.now } : {}),
  })
  if (isOver) await closeRun(ctx, of, runId, marked + renewed)
  else await ctx.addJob('tracing.mark', { id: marking.publicId })
}

/** Where these people were exposed, by the trace or beside the scans: whoever lists or calls them needs to know. */
async function findMet(ctx: Context, of: CaseRow, traceId: number | null, personIds: readonly number[]) {
  if (traceId === null) return queries.listMetBeside(ctx.sql, edgesOf(ctx, of), personIds)
  const rows = await listFoundAmong(ctx.sql, traceId, personIds)
  await explain(ctx, (await findTraceById(ctx.sql, traceId))!, of, rows)
  return rows.map(({ personId, exposures, beside }) => ({
    personId,
    met: [
      ...exposures.map(({ place }) => ({ place, setting: null })),
      ...(beside ?? []).map(({ place, setting }) => ({ place, setting })),
    ],
  }))
}

/** The job `tracing.mark`: some people a transaction, then it queues itself for the next. */
export async function runMarking(ctx: Context, { id }: { id: string }) {
  const marking = await queries.lockMarking(ctx.sql, id)
  if (!marking || marking.finishedAt) return
  try {
    await transact(ctx.sql, async (tx) => {
      const officer = await asOfficer(ctx.within(tx), marking.askedBy)
      const of = (await findCaseById(tx, marking.caseId))!
      assertStands(of)
      await markNext(officer, of, marking)
    })
  } catch (error) {
    // As for a trace (run.ts): what stopped it would stop it again, until somebody looked.
    const { code, name } = error as { code?: string; name: string }
    await queries.updateMarking(ctx.sql, marking.id, {
      status: 'failed',
      finishedAt: ctx.now,
      problem: code ?? name,
    })
  }
}

const described = (
  ctx: Context,
  {
    publicId: id,
    label,
    status,
    seen,
    total,
    marked,
    renewed,
    waitsFor,
    problem,
    askedAt,
    finishedAt,
  }: MarkingRow,
): ContactMarking => ({
  id,
  label,
  status,
  progress: { done: seen, total },
  marked,
  alreadyMarked: seen - marked,
  renewed,
  waitsFor,
  problem:
    problem &&
    ctx.say({
      vi: `Đánh dấu gặp lỗi và đã dừng. Hãy chạy tiếp; nếu vẫn lỗi, báo quản trị viên mã ${problem}.`,
      en: `Marking met an error and stopped. Take it up again; if it fails again, tell an administrator the code ${problem}.`,
    }),
  askedAt,
  finishedAt,
})

/** A marking of a case within the caller's reach. */
async function getMarking(ctx: Context, publicId: string) {
  const row = await queries.findMarking(ctx.sql, publicId)
  const of = row && (await findCaseById(ctx.sql, row.caseId))
  if (!(await ctx.mayReach({ areaId: of?.areaId ?? null })) || !row) throw markingProblem.unknown()
  return row
}

export const readMarking = async (ctx: Context, publicId: string) =>
  described(ctx, await getMarking(ctx, publicId))

export async function listMarkings(
  ctx: Context,
  caseId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const of = await getCase(ctx, caseId)
  const rows = await queries.listMarkings(ctx.sql, of.id, readIdCursor(cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  return { items: items.map((row) => described(ctx, row)), next }
}

/** Goes on after the last part that was done. */
export async function retryMarking(ctx: Context, publicId: string) {
  await getMarking(ctx, publicId)
  const { id, status } = (await queries.lockMarking(ctx.sql, publicId))!
  if (status !== 'failed') throw markingProblem.notFailed()
  await queries.updateMarking(ctx.sql, id, { status: 'running', finishedAt: null, problem: null })
  await ctx.addJob('tracing.mark', { id: publicId })
  return described(ctx, (await queries.findMarking(ctx.sql, publicId))!)
}
