import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../../platform/context.ts'
import { transact } from '../../../platform/database.ts'
import { cursorOf, pageOf, readIdCursor } from '../../../platform/paging.ts'
import {
  assertStands,
  type CaseRow,
  findCase,
  findCaseById,
  getCase,
  whoClassified,
} from '../../cases/index.ts'
import { withdrawHolds } from '../../declarations/index.ts'
import { listPeopleByPublicId } from '../../people/index.ts'
import { endWithdrawn, followContacts, lockFollowUps } from '../follow-up/index.ts'
import { edgesOf } from '../graph/service.ts'
import { asOfficer } from '../measured.ts'
import { contactProblem, traceProblem } from '../problems.ts'
import { findTrace, findTraceById, listFoundAmong } from '../queries.ts'
import { keepList } from '../renewals/service.ts'
import { closeRun, openRun, stopRunsOf, takeBack, takeBackUntold } from '../sending/service.ts'
import { explain, isAsWide, officerOf } from '../service.ts'
import { foundFarther, foundGone } from './found.ts'
import { markingProblem } from './problems.ts'
import type { Label, MarkingRow } from './queries.ts'
import * as queries from './queries.ts'
import type { ContactMarking, MarkContacts, RelabelContacts, WithdrawContacts } from './schema.ts'

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
  return begin(ctx, of, { ...chosen, label, isFarther: false, sealed: null })
}

/**
 * Says that marked people whom a trace finds no more are contacts no more, for a reason that stands in their follow-up's
 * history. Whoever is a contact of another standing case is watched on as they are.
 */
export async function withdrawContacts(ctx: Context, caseId: string, wanted: WithdrawContacts) {
  const { traceId, personIds, all, reason } = wanted
  const of = await getCase(ctx, caseId)
  assertStands(of)
  if ((personIds === undefined) === (all === undefined)) throw contactProblem.choiceUnclear()
  const ids = personIds === undefined ? null : await rowsOf(ctx, personIds)
  const trace = await getDone(ctx, of, traceId)
  // Whom a narrower look does not find may be a contact all the same.
  if (!isAsWide(ctx, of, trace.parameters)) throw contactProblem.tooNarrow()
  const total = await queries.countFound(ctx.sql, foundGone(ctx, of, trace), ids)
  if (ids && total !== ids.length) throw contactProblem.notGone()
  if (total === 0) throw contactProblem.noneGone()
  const sealed = ctx.services.keys.seal({ note: reason })
  return begin(ctx, of, {
    traceId: trace.id,
    personIds: ids,
    total,
    label: null,
    isFarther: false,
    sealed,
  })
}

/**
 * Says that marked people are farther from the case than they were marked, as a renewed trace finds them, for a reason that
 * stands in their follow-up's history. They are told anew, which takes back what they were told before, and watched from the
 * latest exposure that holds now.
 */
export async function relabelContacts(ctx: Context, caseId: string, wanted: RelabelContacts) {
  const { traceId, personIds, all, label, reason } = wanted
  const of = await getCase(ctx, caseId)
  assertStands(of)
  if ((personIds === undefined) === (all === undefined)) throw contactProblem.choiceUnclear()
  const ids = personIds === undefined ? null : await rowsOf(ctx, personIds)
  const trace = await getDone(ctx, of, traceId)
  if (!isAsWide(ctx, of, trace.parameters)) throw contactProblem.tooNarrow()
  const total = await queries.countFound(ctx.sql, foundFarther(ctx, of, trace, queries.hopOf(label)), ids)
  if (ids && total !== ids.length) throw contactProblem.notFarther()
  if (total === 0) throw contactProblem.noneFarther()
  const sealed = ctx.services.keys.seal({ note: reason })
  return begin(ctx, of, { traceId: trace.id, personIds: ids, total, label, isFarther: true, sealed })
}

/**
 * The job `tracing.discarded`: a case that is none any more warns nobody, and has no contacts. What is under way is stopped
 * and they are withdrawn, all of them, as if the officer who discarded the case had asked for it.
 */
export async function endDiscarded(ctx: Context, { subjectId }: { subjectId: string }) {
  const of = await findCase(ctx.sql, subjectId)
  if (of?.classification !== 'discarded') return
  const { by, reason } = await whoClassified(ctx, of)
  const officer = await asOfficer(ctx, by)
  const because = ctx.say({ vi: 'Ca bệnh đã bị loại', en: 'The case was discarded' })
  const note = [because, reason].filter(Boolean).join(': ')
  await queries.lockUnfinished(ctx.sql, of.id)
  await stopRunsOf(officer, of, note)
  const total = await queries.countFound(ctx.sql, queries.foundDiscarded(ctx.sql, of.id), null)
  const sealed = ctx.services.keys.seal({ note })
  if (total === 0) return
  await begin(officer, of, { traceId: null, personIds: null, total, label: null, isFarther: false, sealed })
}

/** Of the withdrawals, those that a case left behind that is none. */
const isOfDiscarded = ({ label, traceId }: Pick<MarkingRow, 'label' | 'traceId'>) =>
  label === null && traceId === null

type Chosen = Pick<MarkingRow, 'traceId' | 'personIds' | 'total' | 'label' | 'isFarther' | 'sealed'>

async function begin(ctx: Context, of: CaseRow, chosen: Chosen) {
  const publicId = uuidv7()
  await queries.insertMarking(ctx.sql, {
    ...chosen,
    publicId,
    caseId: of.id,
    askedBy: officerOf(ctx),
    askedAt: ctx.now,
  })
  // Whoever discards the case waits for what was begun; whoever begins too late sees it here.
  if (!isOfDiscarded(chosen)) assertStands((await findCaseById(ctx.sql, of.id))!)
  if (chosen.total > AT_ONCE) await ctx.addJob('tracing.mark', { id: publicId })
  else await goOn(ctx, of, (await queries.lockMarking(ctx.sql, publicId))!)
  return described(ctx, (await queries.findMarking(ctx.sql, publicId))!)
}

/** The next people, in one transaction with how far it came: whatever ends it, nobody is gone through twice and nobody left out. */
function goOn(ctx: Context, of: CaseRow, marking: MarkingRow) {
  if (marking.label === null) return withdrawNext(ctx, of, marking)
  return (marking.isFarther ? relabelNext : markNext)(ctx, of, marking, marking.label)
}

type Ids = number[] | null

async function rowsOf(ctx: Context, publicIds: readonly string[]) {
  const wanted = [...new Set(publicIds.map((id) => id.toLowerCase()))]
  const rows = await listPeopleByPublicId(ctx.sql, wanted)
  if (rows.length !== wanted.length) throw contactProblem.notFound()
  return rows.map(({ id }) => id)
}

async function getDone(ctx: Context, of: CaseRow, publicId: string) {
  const trace = await findTrace(ctx.sql, publicId)
  if (trace?.caseId !== of.id) throw traceProblem.unknown()
  if (trace.status !== 'done') throw traceProblem.notDone()
  await keepList(ctx, trace)
  return trace
}

async function chooseInTrace(ctx: Context, of: CaseRow, publicId: string, label: Label, personIds: Ids) {
  const { sql } = ctx
  const trace = await getDone(ctx, of, publicId)
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

/** Whoever keys in what the next people said holds their follow-ups first and then their contacts: so do we, or both would wait. */
async function takeNext(ctx: Context, of: CaseRow, marking: MarkingRow, found: queries.Fragment) {
  const personIds = await queries.listNext(ctx.sql, marking, found, AT_ONCE)
  await lockFollowUps(ctx, of, personIds)
  return personIds
}

const isLast = ({ seen, total }: MarkingRow, { length }: readonly number[]) =>
  length < AT_ONCE || seen + length === total

function progressOf(ctx: Context, marking: MarkingRow, personIds: readonly number[]) {
  const lastPersonId = personIds.at(-1) ?? marking.lastPersonId
  return isLast(marking, personIds)
    ? { status: 'done' as const, seen: marking.total, lastPersonId, finishedAt: ctx.now }
    : { status: 'running' as const, seen: marking.seen + personIds.length, lastPersonId }
}

/** Their warnings are gathered until everybody is marked; then they leave, or wait for a second officer, together. */
async function markNext(ctx: Context, of: CaseRow, marking: MarkingRow, label: Label) {
  const { sql } = ctx
  const { traceId } = marking
  const runId = marking.runId ?? (await openRun(ctx, of))
  const found =
    traceId === null ? queries.foundBeside(sql, edgesOf(ctx, of)) : queries.foundByTrace(sql, traceId, label)
  const personIds = await takeNext(ctx, of, marking, found)
  const gone = await queries.insertContacts(sql, marking, {
    label,
    found,
    personIds,
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
  const isOver = isLast(marking, personIds)
  await queries.updateMarking(sql, marking.id, {
    ...progressOf(ctx, marking, personIds),
    marked,
    renewed,
    runId: isOver && marked + renewed === 0 ? null : runId,
  })
  if (isOver) await closeRun(ctx, of, runId, marked + renewed)
  else await ctx.addJob('tracing.mark', { id: marking.publicId })
}

/** As marking goes; but the label is a farther one, and what holds no more makes way. */
async function relabelNext(ctx: Context, of: CaseRow, marking: MarkingRow, label: Label) {
  const { sql } = ctx
  const trace = (await findTraceById(sql, marking.traceId!))!
  const runId = marking.runId ?? (await openRun(ctx, of, { replaces: true }))
  const found = foundFarther(ctx, of, trace, queries.hopOf(label))
  const personIds = await takeNext(ctx, of, marking, found)
  const changed = await queries.relabelContacts(sql, marking, {
    label,
    found,
    personIds,
    runId,
    diseaseId: of.diseaseId,
    profileVersion: of.profileVersion,
    markedAt: ctx.now,
    timeZone: ctx.services.timeZone,
  })
  const fresh = changed.flatMap(({ personId, exposedTo }) =>
    exposedTo === null ? [] : [{ personId, exposedTo, label }],
  )
  await takeBackUntold(
    ctx,
    changed.map(({ contactId }) => contactId),
    runId,
  )
  await followContacts(ctx, of, marking.id, fresh, { sealed: marking.sealed })
  await queries.saveMet(sql, of.id, await findMet(ctx, of, trace.id, personIds))
  await ctx.record('contact.relabel', of.publicId, {
    marking: marking.publicId,
    label,
    relabelled: changed.length,
  })
  const isOver = isLast(marking, personIds)
  const people = await queries.countWarned(sql, runId)
  await queries.updateMarking(sql, marking.id, {
    ...progressOf(ctx, marking, personIds),
    renewed: marking.renewed + changed.length,
    runId: isOver && people === 0 ? null : runId,
  })
  if (isOver) await closeRun(ctx, of, runId, people)
  else await ctx.addJob('tracing.mark', { id: marking.publicId })
}

async function findWithdrawn(ctx: Context, of: CaseRow, marking: MarkingRow) {
  if (isOfDiscarded(marking)) return { found: queries.foundDiscarded(ctx.sql, of.id) }
  return { found: foundGone(ctx, of, (await findTraceById(ctx.sql, marking.traceId!))!) }
}

/** Gates let them in again, and nobody watches them for this case any more. */
async function withdrawNext(ctx: Context, of: CaseRow, marking: MarkingRow) {
  const { found } = await findWithdrawn(ctx, of, marking)
  const personIds = await takeNext(ctx, of, marking, found)
  const gone = await queries.withdrawContacts(ctx.sql, marking, personIds, ctx.now)
  await takeBack(
    ctx,
    gone.map(({ contactId }) => contactId),
  )
  await withdrawHolds(
    ctx,
    of.publicId,
    gone.map(({ personId }) => personId),
  )
  const ended = await endWithdrawn(
    ctx,
    gone.flatMap(({ followUpId }) => followUpId ?? []),
    marking.sealed,
  )
  await ctx.record('contact.withdraw', of.publicId, {
    marking: marking.publicId,
    withdrawn: gone.length,
    ended,
  })
  await queries.updateMarking(ctx.sql, marking.id, {
    ...progressOf(ctx, marking, personIds),
    withdrawn: marking.withdrawn + gone.length,
    ended: marking.ended + ended,
  })
  if (!isLast(marking, personIds)) await ctx.addJob('tracing.mark', { id: marking.publicId })
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
      if (!isOfDiscarded(marking)) assertStands(of)
      await goOn(officer, of, marking)
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
    isFarther,
    status,
    seen,
    total,
    marked,
    renewed,
    withdrawn,
    ended,
    waitsFor,
    problem,
    askedAt,
    finishedAt,
  }: MarkingRow,
): ContactMarking => ({
  id,
  label,
  isFarther,
  status,
  progress: { done: seen, total },
  marked,
  alreadyMarked: label === null || isFarther ? 0 : seen - marked,
  renewed,
  withdrawn,
  ended,
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
