import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../../platform/context.ts'
import { addDays, dayIn, startOfDay } from '../../../platform/days.ts'
import { cancelBatch, cancelMessages, countWaiting, sendSms } from '../../../platform/messenger.ts'
import { cursorOf, pageOf, readIdCursor } from '../../../platform/paging.ts'
import { unaccented } from '../../../platform/vietnamese.ts'
import { describeAccount } from '../../accounts/index.ts'
import { assertStands, type CaseRow, findCaseById, getProfile } from '../../cases/index.ts'
import { holdEntry, withdrawHolds } from '../../declarations/index.ts'
import { countPhones, findPhoneOf } from '../../people/index.ts'
import { warningSms, watchUntil } from '../rules.ts'
import { runProblem } from './problems.ts'
import type { RunRow, SaidRow } from './queries.ts'
import * as queries from './queries.ts'
import { mayWarnAlone, recallSms, togetherSince } from './rules.ts'
import type { RunSearch, WarningPreview, WarningRun } from './schema.ts'

const officerOf = ({ actor }: Context) => (actor.kind === 'account' ? actor.id : null)

/** No gate lets a contact in while they watch their health: to the end of the last of those days, by all that they were told. */
async function keepAtHome(ctx: Context, of: CaseRow, personIds: readonly number[]) {
  const people = await queries.listToldExposures(ctx.sql, of.id, personIds)
  const disease = getProfile(of.diseaseId, of.profileVersion)
  const endOf = (day: string) => startOfDay(ctx.services.timeZone, addDays(day, 1))
  const holds = people.map(({ personId, exposedTo }) => ({
    personId,
    reason: 'contact' as const,
    caseId: of.publicId,
    until: endOf(watchUntil({ exposedTo }, disease)),
  }))
  await holdEntry(ctx, holds)
  return new Set(people.map(({ personId }) => personId))
}

/** A sending of warnings that are still being gathered: until it is closed nobody hears of it. */
export const openRun = (ctx: Context, of: CaseRow, { replaces = false } = {}) =>
  queries.insertRun(ctx.sql, {
    replaces,
    publicId: uuidv7(),
    caseId: of.id,
    people: 0,
    status: 'gathering',
    alone: false,
    askedBy: officerOf(ctx),
    askedAt: ctx.now,
  })

/**
 * Everybody is marked. Few warnings leave at once; more than an officer may send alone within 24 hours wait for a second
 * one, and until then nobody hears of it: no message, no page, no gate.
 */
export async function closeRun(ctx: Context, of: CaseRow, id: number, people: number) {
  if (people === 0) return queries.deleteRun(ctx.sql, id)
  const askedBy = officerOf(ctx)
  await queries.lockAsker(ctx.sql, askedBy, of.id)
  const before = await queries.countAlone(ctx.sql, askedBy, of.id, togetherSince(ctx.now))
  const alone = mayWarnAlone(before, people, ctx.services.warnAlone)
  await queries.updateRun(ctx.sql, id, {
    people,
    alone,
    status: alone ? 'sending' : 'waiting',
    askedAt: ctx.now,
  })
  if (!alone) return note(ctx, 'warning.ask', await queries.lockRun(ctx.sql, id))
  await letGo(ctx, of, await queries.lockRun(ctx.sql, id))
}

/** From now on people hear of it; what they were told before is taken back, where this is told in its place. */
async function letGo(ctx: Context, of: CaseRow, { id, replaces }: RunRow) {
  if (replaces) await takeBackBefore(ctx, id)
  await keepAtHome(ctx, of, await queries.listPeopleOfRun(ctx.sql, id, 'unsent'))
  await ctx.addJob('tracing.warn', { subjectId: of.publicId })
}

// — what officers see and do

async function getRun(ctx: Context, publicId: string): Promise<RunRow> {
  const row = await queries.findRun(ctx.sql, publicId)
  if (!(await ctx.mayReach({ areaId: row?.areaId ?? null })) || !row) throw runProblem.unknown()
  return row
}

type Reasons = { refused?: string; stopped?: string; recalled?: string }

const reasonsOf = (ctx: Context, { sealed }: RunRow): Reasons =>
  sealed ? ctx.services.keys.unseal<Reasons>(sealed) : {}

const withReason = (ctx: Context, row: RunRow, reason: Reasons) =>
  ctx.services.keys.seal({ ...reasonsOf(ctx, row), ...reason })

async function describeAll(ctx: Context, rows: readonly RunRow[]): Promise<WarningRun[]> {
  const officers = new Set(
    rows.flatMap(({ askedBy, decidedBy, stoppedBy, recalledBy }) =>
      [askedBy, decidedBy, stoppedBy, recalledBy].filter((id) => id !== null),
    ),
  )
  const accounts = new Map(
    await Promise.all([...officers].map(async (id) => [id, await describeAccount(ctx, id)] as const)),
  )
  const counts = await queries.countWarnings(
    ctx.sql,
    rows.map(({ id }) => id),
  )
  const waiting = await countWaiting(
    ctx.sql,
    rows.map(({ publicId }) => publicId),
  )
  return rows.map((row) => {
    const reasons = reasonsOf(ctx, row)
    const deed = (by: number | null, at: Date | null, reason: string | undefined = undefined) => {
      const account = by === null ? undefined : accounts.get(by)
      return account && at ? { at, by: { id: account.id, name: account.name }, reason: reason ?? null } : null
    }
    const {
      f1 = 0,
      f2 = 0,
      f3 = 0,
      unsent = 0,
      sms = 0,
      unreachable = 0,
      recallTold = 0,
    } = counts.find(({ runId }) => runId === row.id) ?? {}
    const queuedFor = (purpose: string) =>
      waiting.find((one) => one.batch === row.publicId && one.purpose === purpose)?.count ?? 0
    const warningsQueued = Math.min(sms, queuedFor('warning'))
    const queued = warningsQueued + queuedFor('reminder')
    return {
      id: row.publicId,
      caseId: row.casePublicId,
      caseNumber: row.caseNumber,
      disease: diseaseOf(row),
      area: row.area,
      status: row.status,
      people: row.people,
      labels: { F1: f1, F2: f2, F3: f3 },
      alone: row.alone,
      asked: deed(row.askedBy, row.askedAt),
      decided: deed(row.decidedBy, row.decidedAt, reasons.refused),
      stopped: deed(row.stoppedBy, row.stoppedAt, reasons.stopped),
      recalled: deed(row.recalledBy, row.recalledAt, reasons.recalled),
      counts: { unsent, queued, delivered: sms - warningsQueued, unreachable, recallTold },
      mayRelease: row.status === 'waiting' && ctx.actor.kind === 'account' && ctx.actor.id !== row.askedBy,
    }
  })
}

/** Version 1 of every profile has the name of the disease. */
const diseaseOf = ({ diseaseId }: Pick<RunRow, 'diseaseId'>) => getProfile(diseaseId, 1).name

const describe = async (ctx: Context, { id }: RunRow) =>
  (await describeAll(ctx, [await queries.lockRun(ctx.sql, id)]))[0]!

/** How many sendings wait for whoever asks, and how many of their own wait for others. */
export const countRuns = (ctx: Context) =>
  queries.countRuns(ctx.sql, ctx.areaIds('warning.release'), officerOf(ctx))

export async function searchRuns(ctx: Context, search: RunSearch) {
  const { status, show, sort = '-askedAt', limit = 50, cursor } = search
  const rows = await queries.listRuns(
    ctx.sql,
    { areaIds: ctx.areaIds(), status, show, readerId: officerOf(ctx) },
    { order: sort, after: readIdCursor(cursor), limit: limit + 1 },
  )
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  return { items: await describeAll(ctx, items), next }
}

export async function readRun(ctx: Context, publicId: string) {
  const row = await getRun(ctx, publicId)
  return (await describeAll(ctx, [row]))[0]!
}

/** In Vietnamese, whatever language the officer reads: nobody asked for the message in another one. */
const smsOf = (warning: Omit<SaidRow, 'people'>, link: string) =>
  warningSms(warning, getProfile(warning.diseaseId, warning.profileVersion), link).vi

/** What a release would send, as it would leave, and to how many: nobody is named. */
export async function previewRun(ctx: Context, publicId: string): Promise<WarningPreview> {
  const { id } = await getRun(ctx, publicId)
  const personIds = await queries.listPeopleOfRun(ctx.sql, id, 'unsent')
  const { people: reached, numbers } = await countPhones(ctx, personIds)
  const texts = (await queries.listToSay(ctx.sql, id)).map(({ people, ...said }) => ({
    label: said.label,
    people,
    text: unaccented(smsOf(said, `${ctx.services.origin}/warnings/…`)),
  }))
  return { people: personIds.length, reached, numbers, texts }
}

async function lockReached(ctx: Context, publicId: string) {
  const { id } = await getRun(ctx, publicId)
  return queries.lockRun(ctx.sql, id)
}

const note = (ctx: Context, action: string, row: RunRow, more: Record<string, unknown> = {}) =>
  ctx.record(action, row.publicId, { caseId: row.casePublicId, people: row.people, ...more })

/** The case, which is one still. */
async function getStanding(ctx: Context, { caseId }: RunRow) {
  const of = (await findCaseById(ctx.sql, caseId))!
  assertStands(of)
  return of
}

/** A second officer lets the warnings go. */
export async function releaseRun(ctx: Context, publicId: string) {
  const row = await lockReached(ctx, publicId)
  if (row.status !== 'waiting') throw runProblem.notWaiting()
  if (row.askedBy === officerOf(ctx)) throw runProblem.sameOfficer()
  const of = await getStanding(ctx, row)
  await queries.updateRun(ctx.sql, row.id, {
    status: 'sending',
    decidedBy: officerOf(ctx),
    decidedAt: ctx.now,
  })
  await letGo(ctx, of, row)
  await note(ctx, 'warning.release', row)
  return describe(ctx, row)
}

/** Nothing is sent. The people stay marked as contacts: whether they are is another question. */
export async function refuseRun(ctx: Context, publicId: string, reason: string) {
  const row = await lockReached(ctx, publicId)
  if (row.status !== 'waiting') throw runProblem.notWaiting()
  const sealed = withReason(ctx, row, { refused: reason })
  await queries.updateRun(ctx.sql, row.id, {
    status: 'refused',
    decidedBy: officerOf(ctx),
    decidedAt: ctx.now,
    sealed,
  })
  await note(ctx, 'warning.refuse', row)
  return describe(ctx, row)
}

/** What was refused or stopped waits again for a second officer, however few are left. */
export async function askAgain(ctx: Context, publicId: string) {
  const row = await lockReached(ctx, publicId)
  if (row.status !== 'refused' && row.status !== 'stopped') throw runProblem.notOver()
  await getStanding(ctx, row)
  if ((await queries.listPeopleOfRun(ctx.sql, row.id, 'unsent')).length === 0) throw runProblem.nobodyLeft()
  await queries.updateRun(ctx.sql, row.id, {
    status: 'waiting',
    alone: false,
    askedBy: officerOf(ctx),
    askedAt: ctx.now,
    decidedBy: null,
    decidedAt: null,
  })
  await note(ctx, 'warning.ask', row)
  return describe(ctx, row)
}

/** Takes back what has not left: nothing more is made, and what lies in the outbox is taken out of it, reminders too. */
async function halt(ctx: Context, row: RunRow) {
  const takenBack = await cancelBatch(ctx.sql, row.publicId, 'skip')
  await queries.unsetReach(ctx.sql, takenBack)
  await ctx.addJob('tracing.halt', { id: row.publicId })
  return { unsent: await queries.listPeopleOfRun(ctx.sql, row.id, 'unsent'), takenBack }
}

/** Gates let these people in again, but for what another warning of the case still tells them. */
async function letIn(ctx: Context, row: RunRow, personIds: readonly number[]) {
  const held = await keepAtHome(ctx, (await findCaseById(ctx.sql, row.caseId))!, personIds)
  await withdrawHolds(
    ctx,
    row.casePublicId,
    personIds.filter((id) => !held.has(id)),
  )
}

const isGoing = ({ status }: RunRow) => status === 'sending' || status === 'sent'

/**
 * Any officer of the case may stop it. It waits for the batch that is being made, which is at most a hundred, and what
 * is leaving at this moment leaves.
 */
export async function stopRun(ctx: Context, publicId: string, reason: string) {
  const row = await lockReached(ctx, publicId)
  if (!isGoing(row) || !(await stop(ctx, row, reason))) throw runProblem.notGoing()
  return describe(ctx, row)
}

/** Whether there was anything left to stop. */
async function stop(ctx: Context, row: RunRow, reason: string) {
  const { unsent, takenBack } = await halt(ctx, row)
  if (unsent.length + takenBack.length === 0) return false
  await queries.updateRun(ctx.sql, row.id, {
    status: 'stopped',
    stoppedBy: officerOf(ctx),
    stoppedAt: ctx.now,
    sealed: withReason(ctx, row, { stopped: reason }),
  })
  await letIn(ctx, row, unsent)
  await note(ctx, 'warning.stop', row, { unsent: unsent.length })
  return true
}

/** Of a case that is none any more nothing is sent, and nothing waits for a release. */
export async function stopRunsOf(ctx: Context, of: CaseRow, reason: string) {
  for (const { id } of await queries.listStoppable(ctx.sql, of.id)) {
    const row = await queries.lockRun(ctx.sql, id)
    if (row.status === 'waiting' || isGoing(row)) await stop(ctx, row, reason)
  }
}

/** Stops it, and tells those who were warned that it was a mistake. */
export async function recallRun(ctx: Context, publicId: string, reason: string) {
  const row = await lockReached(ctx, publicId)
  if (row.status === 'recalling' || row.status === 'recalled') throw runProblem.nobodyTold()
  await halt(ctx, row)
  const told = await queries.recallWarnings(ctx.sql, row.id, ctx.now)
  if (told === 0) throw runProblem.nobodyTold()
  await queries.updateRun(ctx.sql, row.id, {
    status: 'recalling',
    recalledBy: officerOf(ctx),
    recalledAt: ctx.now,
    sealed: withReason(ctx, row, { recalled: reason }),
  })
  await letIn(ctx, row, await queries.listPeopleOfRun(ctx.sql, row.id, 'all'))
  await note(ctx, 'warning.recall', row, { told })
  await ctx.addJob('tracing.recall', { id: row.publicId })
  return describe(ctx, row)
}

/** People who are contacts no more are not told that they are; of what they were told, their page says that it counts no more. */
export const takeBack = async (ctx: Context, contactIds: readonly number[]) =>
  takeOut(ctx, await queries.recallOf(ctx.sql, contactIds, ctx.now))

/** What these contacts were not told yet gives way to what a run tells them. */
export const takeBackUntold = async (ctx: Context, contactIds: readonly number[], runId: number) =>
  takeOut(ctx, await queries.recallOf(ctx.sql, contactIds, ctx.now, { before: runId, isUntold: true }))

const RECALLED_AT_ONCE = 500

/** What the people of a run were told of the case before it. */
async function takeBackBefore(ctx: Context, runId: number) {
  const contactIds = await queries.listContactsOfRun(ctx.sql, runId)
  for (let first = 0; first < contactIds.length; first += RECALLED_AT_ONCE) {
    const some = contactIds.slice(first, first + RECALLED_AT_ONCE)
    await takeOut(ctx, await queries.recallOf(ctx.sql, some, ctx.now, { before: runId }))
  }
}

async function takeOut(ctx: Context, messageIds: readonly string[]) {
  const taken = new Set(await cancelMessages(ctx.sql, messageIds, 'skip'))
  await queries.unsetReach(ctx.sql, [...taken])
  const left = messageIds.filter((id) => !taken.has(id))
  if (left.length > 0) await ctx.addJob('tracing.unsend', { messageIds: left })
}

// — jobs

const AT_ONCE = 100

/**
 * The job `tracing.warn`: sends a batch of what contacts of a case have not been sent yet, and queues itself for the next.
 * It holds the run meanwhile, so that a stop comes between two batches. A warning is taken together with its message, so
 * that it leaves once however often the job runs. Whom no number reaches is listed for a call.
 */
export async function warnContacts(ctx: Context, { subjectId }: { subjectId: string }) {
  const run = await queries.lockSendingRun(ctx.sql, subjectId)
  if (!run) return
  const warnings = await queries.takeUnsent(ctx.sql, run.id, AT_ONCE)
  for (const warning of warnings) {
    const phone = await findPhoneOf(ctx, warning.personId)
    let messageId: string | null = null
    if (phone) {
      const text = smsOf(warning, `${ctx.services.origin}/warnings/${warning.id}`)
      messageId = await sendSms(ctx, 'warning', { to: phone, text }, run.publicId)
    }
    await queries.setReach(ctx.sql, warning.id, { reachedBy: phone ? 'sms' : 'none', messageId, at: ctx.now })
  }
  if (warnings.length < AT_ONCE) await queries.updateRun(ctx.sql, run.id, { status: 'sent' })
  await ctx.addJob('tracing.warn', { subjectId })
}

/** The job `tracing.halt`: what was leaving when the run was stopped has left by now, or never will. */
export const finishHalt = async (ctx: Context, { id }: { id: string }) =>
  queries.unsetReach(ctx.sql, await cancelBatch(ctx.sql, id, 'wait'))

/** The job `tracing.unsend`: the same of messages to people who are contacts no more. */
export const finishTakingBack = async (ctx: Context, { messageIds }: { messageIds: string[] }) =>
  queries.unsetReach(ctx.sql, await cancelMessages(ctx.sql, messageIds, 'wait'))

/** The job `tracing.recall`: the same for the message that takes a warning back. */
export async function recallWarnings(ctx: Context, { id }: { id: string }) {
  const found = await queries.findRun(ctx.sql, id)
  const run = found && (await queries.lockRun(ctx.sql, found.id))
  if (run?.status !== 'recalling') return
  const warnings = await queries.takeUntoldRecalls(ctx.sql, run.id, AT_ONCE)
  for (const warning of warnings) {
    const phone = await findPhoneOf(ctx, warning.personId)
    const words = recallSms({
      toldOn: dayIn(ctx.services.timeZone, warning.toldAt ?? warning.createdAt),
      disease: getProfile(warning.diseaseId, warning.profileVersion).name,
    })
    if (phone) await sendSms(ctx, 'recall', { to: phone, text: ctx.say(words) })
    await queries.setRecallTold(ctx.sql, warning.id, ctx.now)
  }
  if (warnings.length < AT_ONCE) await queries.updateRun(ctx.sql, run.id, { status: 'recalled' })
  else await ctx.addJob('tracing.recall', { id })
}
