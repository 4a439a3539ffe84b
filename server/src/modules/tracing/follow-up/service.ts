import type { Context } from '../../../platform/context.ts'
import { addDays, dayBounds, dayIn, startOfDay } from '../../../platform/days.ts'
import { sendSms } from '../../../platform/messenger.ts'
import { cursorOf, pageOf, readIdCursor } from '../../../platform/paging.ts'
import { accessProblem } from '../../../platform/problem.ts'
import { describeAccount } from '../../accounts/index.ts'
import { areaRef, getAreaInForce, listAreas } from '../../areas/index.ts'
import { type CaseRow, getProfile } from '../../cases/index.ts'
import {
  describe,
  findPersonById,
  findPhoneOf,
  type KnownBy,
  listPeopleById,
  maskedPeople,
  peopleKnownBy,
  recordReading,
} from '../../people/index.ts'
import { findSetting } from '../graph/forms.ts'
import { warningInstructions, watchUntil } from '../rules.ts'
import { mayWarnAlone, togetherSince } from '../sending/rules.ts'
import { followUpProblem, handOverProblem } from './problems.ts'
import type { FollowUpRow, HandOverRow, Period } from './queries.ts'
import * as queries from './queries.ts'
import {
  firstTry,
  INDICATORS_VERSION,
  indicatorDefinitions,
  isBeforeMinuteOf,
  isLikelyAhead,
  isLikelyPast,
  isSeen,
  nextTry,
  RECEIPT_HOURS,
  reminderSms,
  statusAfter,
} from './rules.ts'
import type {
  CallSheet,
  FollowUp,
  FollowUpEntry,
  FollowUpFilter,
  FollowUpFinder,
  FollowUpSearch,
  HandOver,
  HandOverAnswer,
  HandOverLine,
  HandOverSearch,
  IndicatorQuery,
  NewHandOver,
} from './schema.ts'

const HOUR_MS = 3600_000
const officerOf = ({ actor }: Context) => (actor.kind === 'account' ? actor.id : null)
const todayOf = (ctx: Context) => dayIn(ctx.services.timeZone, ctx.now)
const earlier = (one: Date, other: Date) => new Date(Math.min(one.getTime(), other.getTime()))
const dueAt = (ctx: Context) => new Date(ctx.now.getTime() + RECEIPT_HOURS * HOUR_MS)

/** What officers who wrote something are called. */
async function namesOf(ctx: Context, accountIds: readonly (number | null)[]) {
  const wanted = [...new Set(accountIds.flatMap((id) => id ?? []))]
  return new Map(
    await Promise.all(wanted.map(async (id) => [id, (await describeAccount(ctx, id)).name] as const)),
  )
}

// — opening

/**
 * Contacts of a case that are new open a follow-up or lengthen the one they are in; of whom less holds than was said before, it
 * goes by what holds. In the transaction that marked them. The
 * unit of the case holds them first; who lives in another commune is handed over to it at once, with the others of the
 * marking who live there.
 */
export async function followContacts(
  ctx: Context,
  of: CaseRow,
  markingId: number,
  fresh: readonly queries.Fresh[],
  /** They are farther from the case than they were said to be, and why. */
  farther?: { sealed: Buffer | null },
) {
  const people = await listPeopleById(
    ctx.sql,
    fresh.map(({ personId }) => personId),
  )
  const residences = new Map(people.flatMap(({ id, areaId }) => (areaId === null ? [] : [[id, areaId]])))
  const areaIds = [...new Set([of.areaId, ...residences.values()])]
  const units = new Map(
    (await queries.listUnitsInForce(ctx.sql, areaIds, todayOf(ctx))).map(({ areaId, unitId }) => [
      areaId,
      unitId,
    ]),
  )
  const unitOfCase = units.get(of.areaId) ?? of.areaId
  const opened = await queries.openFollowUps(ctx.sql, {
    caseId: of.id,
    fresh,
    diseaseId: of.diseaseId,
    profileVersion: of.profileVersion,
    followUpDays: getProfile(of.diseaseId, of.profileVersion).followUpDays,
    areaId: unitOfCase,
    nextAt: firstTry(ctx.now, ctx.services.timeZone),
    now: ctx.now,
    by: officerOf(ctx),
    timeZone: ctx.services.timeZone,
    farther,
  })
  const elsewhere = new Map<number, number[]>()
  for (const { id, personId, isNew } of opened) {
    const home = units.get(residences.get(personId) ?? of.areaId) ?? unitOfCase
    if (isNew && home !== unitOfCase) elsewhere.set(home, [...(elsewhere.get(home) ?? []), id])
  }
  const batch = {
    fromId: unitOfCase,
    diseaseId: of.diseaseId,
    now: ctx.now,
    dueAt: dueAt(ctx),
    by: null,
    markingId,
  }
  for (const [toId, followUpIds] of elsewhere)
    await queries.sendHandOver(ctx.sql, { ...batch, toId, followUpIds })
}

// — lists

const describeRow = ({ diseaseId, profileVersion, ...row }: FollowUpRow, now: Date) => ({
  ...row,
  id: row.publicId,
  disease: getProfile(diseaseId, profileVersion).name,
  late: row.endedAt === null && row.nextAt < now,
})

/** The days and moments that the figures of a day look at. A day that is not over ends now. */
function periodOf(ctx: Context, on: string): Period {
  const { timeZone } = ctx.services
  const day = dayBounds(timeZone, on)
  return {
    on,
    timeZone,
    seenOn: addDays(on, -2),
    isToday: on >= todayOf(ctx),
    from: startOfDay(timeZone, addDays(on, -6)),
    dayFrom: day.from,
    seenFrom: startOfDay(timeZone, addDays(on, -2)),
    to: earlier(day.to, ctx.now),
  }
}

export const unitsWithinReach = (ctx: Context) => queries.findUnits(ctx.sql, [ctx.areaIds()])

/** A list of more cases than these is one by units and days. */
const MOST_CASES = 100

/** The cases whose numbers begin so. */
async function casesNumbered(ctx: Context, beginning: string) {
  const cases = await queries.listCasesNumbered(ctx.sql, beginning, MOST_CASES + 1)
  if (cases.length > MOST_CASES)
    throw followUpProblem.numberTooShort({ fields: [{ field: 'caseNumber', reason: 'short' }] })
  return cases
}

/** What a list asks for, within what the reader reaches. */
async function filterOf(
  ctx: Context,
  filter: FollowUpFilter,
  only: { followUpIds?: readonly string[] | undefined; knownBy?: KnownBy | undefined } = {},
) {
  const {
    state = 'open',
    due,
    status,
    label,
    exposedOn,
    caseId,
    caseNumber,
    area,
    measure,
    on = todayOf(ctx),
  } = filter
  const caseIds = caseId === undefined ? undefined : [caseId]
  const reaches = [ctx.areaIds()]
  if (area !== undefined) reaches.push([(await getAreaInForce(ctx.sql, area, ctx.now)).id])
  return {
    units: await queries.findUnits(ctx.sql, reaches),
    state: status === 'released' ? ('ended' as const) : state,
    status,
    label,
    due: due && {
      kind: due,
      now: ctx.now,
      today: todayOf(ctx),
      tomorrow: startOfDay(ctx.services.timeZone, addDays(todayOf(ctx), 1)),
    },
    exposedOn,
    caseIds: caseNumber === undefined ? caseIds : await casesNumbered(ctx, caseNumber.trim()),
    measure,
    period: periodOf(ctx, on),
    ...only,
  }
}

/** A page of those whom the reader's units hold. Everybody on it has been read, and can see by whom. */
export const listFollowUps = (ctx: Context, search: FollowUpSearch) => readPage(ctx, search, 'followUp.list')

/** The same, of those who are known by a name or a phone. */
export async function findFollowUps(ctx: Context, { phone, name, ...search }: FollowUpFinder) {
  if ((phone === undefined) === (name === undefined)) throw followUpProblem.searchUnclear()
  const knownBy = await peopleKnownBy(ctx, name === undefined ? { phone: phone! } : { name })
  return readPage(ctx, search, 'followUp.search', knownBy)
}

async function readPage(
  ctx: Context,
  { sort, limit = 50, cursor, ...asked }: FollowUpSearch,
  action: string,
  knownBy?: KnownBy,
) {
  const filter = await filterOf(ctx, asked, { knownBy })
  const rows = await queries.listFollowUps(ctx.sql, filter, {
    order: sort,
    after: readIdCursor(cursor),
    limit: limit + 1,
  })
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  const people = await maskedPeople(
    ctx,
    items.map(({ personId }) => personId),
  )
  await recordReading(
    ctx,
    [...people.keys()],
    action,
    'followUp',
    filter.caseIds?.length === 1 ? filter.caseIds[0]! : null,
  )
  return {
    items: items.map(
      (row): FollowUp => ({ ...describeRow(row, ctx.now), person: people.get(row.personId)! }),
    ),
    next,
  }
}

/** Everybody on a file was read: a bound on what one act can carry away. */
const MOST_LINES = 5000

/** How many a list is of; nobody is read. */
export const countFollowUps = async (ctx: Context, filter: FollowUpFilter) => ({
  people: await queries.countFollowUps(ctx.sql, await filterOf(ctx, filter)),
  mostInFile: MOST_LINES,
})

/** Rows for a file, as many as a file holds; how many came before them. In parts they stand by what a call does not change. */
export async function takeRows(
  ctx: Context,
  filter: FollowUpFilter,
  { followUpIds, part }: { followUpIds: readonly string[] | undefined; part: number | undefined },
) {
  const before = part === undefined ? 0 : (part - 1) * MOST_LINES
  const rows = await queries.listFollowUps(ctx.sql, await filterOf(ctx, filter, { followUpIds }), {
    order: part === undefined ? undefined : 'exposedTo',
    after: undefined,
    limit: part === undefined ? MOST_LINES + 1 : MOST_LINES,
    skip: before,
  })
  if (rows.length > MOST_LINES) throw followUpProblem.tooMany()
  return { rows, before }
}

// — one person

/** Everything that is needed to call somebody, for a reason, and on the record. */
export async function openSheet(ctx: Context, publicId: string, reason: string): Promise<CallSheet> {
  const row = await queries.findFollowUp(ctx.sql, publicId)
  if (!(await ctx.mayReach({ areaId: row?.areaId ?? null })) || !row) throw followUpProblem.unknown()
  await recordReading(ctx, [row.personId], 'followUp.open', reason)
  const person = (await findPersonById(ctx.sql, row.personId))!
  const met = await listMet(ctx, [row.id])
  const events = await queries.listEvents(ctx.sql, row.id)
  const names = await namesOf(
    ctx,
    events.map(({ recordedBy }) => recordedBy),
  )
  const disease = getProfile(row.diseaseId, row.profileVersion)
  return {
    ...describeRow(row, ctx.now),
    person: await describe(ctx, person),
    instructions: warningInstructions(row, { ...disease, followUpDays: daysBetween(row) }).map((words) =>
      ctx.say(words),
    ),
    met: await Promise.all(
      met.map(async ({ followUpId: _, casePublicId, caseAreaId, ...one }) => ({
        ...one,
        caseId: (await ctx.mayReach({ areaId: caseAreaId }, 'case.read')) ? casePublicId : null,
      })),
    ),
    events: events.map(({ recordedBy, sealed, ...event }) => ({
      ...event,
      by: recordedBy === null ? null : (names.get(recordedBy) ?? null),
      note: sealed && ctx.services.keys.unseal<{ note: string }>(sealed).note,
    })),
  }
}

export type Met = Omit<queries.MetRow, 'settings'>

/** Where people were exposed: the names of places, and how they met where there is none. */
export async function listMet(ctx: Context, followUpIds: readonly number[]): Promise<Met[]> {
  return (await queries.listMet(ctx.sql, followUpIds)).map(({ places, settings, ...met }) => ({
    ...met,
    places: [...places, ...settings.map((setting) => ctx.say(findSetting(setting)!.label))],
  }))
}

const daysBetween = ({ exposedTo, watchUntil }: FollowUpRow) =>
  Math.round((Date.parse(watchUntil) - Date.parse(exposedTo)) / 86_400_000)

const publicIdsOf = (ids: readonly string[]) => [...new Set(ids.map((id) => id.toLowerCase()))]

/** These follow-ups, open, held within the caller's reach, and nobody else's to change until the end of the transaction. */
async function lockOpen(ctx: Context, followUpIds: readonly string[]) {
  const wanted = publicIdsOf(followUpIds)
  const rows = await queries.lockFollowUps(ctx.sql, wanted)
  const held = [...new Set(rows.map(({ areaId }) => areaId))]
  const isReached = await queries.areWithin(ctx.sql, held, ctx.areaIds())
  if (rows.length !== wanted.length || !isReached) throw followUpProblem.unknown()
  if (rows.some(({ endedAt }) => endedAt !== null)) throw followUpProblem.ended()
  return rows
}

/** Writes down what happened, for one or many people: all of it or nothing. */
export async function recordEntry(ctx: Context, entry: FollowUpEntry) {
  const { followUpIds, attempt, instruct, test, quarantine, nextAt, release, note } = entry
  if (!attempt && !instruct && !test && !quarantine && !nextAt && !release)
    throw followUpProblem.nothingToRecord()
  const at = attempt?.at === undefined ? ctx.now : new Date(attempt.at)
  const planned = nextAt === undefined ? undefined : new Date(nextAt)
  if (!isLikelyPast(at, ctx.now))
    throw followUpProblem.momentUnlikely({ fields: [{ field: 'attempt.at', reason: 'past' }] })
  if (planned && !isLikelyAhead(planned, ctx.now))
    throw followUpProblem.momentUnlikely({ fields: [{ field: 'nextAt', reason: 'ahead' }] })

  const rows = await lockOpen(ctx, followUpIds)
  const ids = rows.map(({ id }) => id)
  const by = officerOf(ctx)
  const common = {
    at: ctx.now,
    recordedAt: ctx.now,
    recordedBy: by,
    sealed: note === undefined ? null : ctx.services.keys.seal({ note }),
  }
  if (attempt) {
    const { channel, outcome } = attempt
    const { timeZone } = ctx.services
    if (rows.some(({ openedAt }) => isBeforeMinuteOf(at, openedAt)))
      throw followUpProblem.beforeKnown({ fields: [{ field: 'attempt.at', reason: 'known' }] })
    const triedAt = earlier(at, ctx.now)
    const tried = {
      at: triedAt,
      day: dayIn(timeZone, triedAt),
      isSeen: isSeen(outcome),
      nextAt: planned ?? nextTry(outcome, triedAt, timeZone),
      isPlanned: planned !== undefined,
    }
    for (const { id, status } of rows)
      if (status !== 'released') await queries.saveAttempt(ctx.sql, id, statusAfter(outcome, status), tried)
    if (tried.isSeen) await queries.markReached(ctx.sql, ids, tried.at)
    if (outcome === 'ill' && test === undefined) await queries.needTest(ctx.sql, ids)
    await queries.insertEvents(ctx.sql, ids, { ...common, kind: 'attempt', at: tried.at, channel, outcome })
  }
  if (test) {
    await queries.updateFollowUps(ctx.sql, ids, { test })
    await queries.insertEvents(ctx.sql, ids, { ...common, kind: 'test', outcome: test })
  }
  if (quarantine) {
    await queries.updateFollowUps(ctx.sql, ids, { quarantine })
    await queries.insertEvents(ctx.sql, ids, { ...common, kind: 'quarantine', outcome: quarantine })
  }
  if (planned && !attempt) {
    await queries.updateFollowUps(ctx.sql, ids, { nextAt: planned })
    await queries.insertEvents(ctx.sql, ids, { ...common, kind: 'planned' })
  }
  const told = instruct ? await sendInstructions(ctx, rows, common) : { sent: 0, unreachable: 0 }
  if (release)
    await queries.endFollowUps(ctx.sql, ids, { reason: 'officer', now: ctx.now, by, sealed: common.sealed })
  await ctx.record('followUp.record', rows.length === 1 ? rows[0]!.publicId : null, {
    people: rows.length,
    ...(attempt ? { channel: attempt.channel, outcome: attempt.outcome } : {}),
    ...(test ? { test } : {}),
    ...(quarantine ? { quarantine } : {}),
    ...(instruct ? told : {}),
    ...(release ? { released: true } : {}),
  })
  return { written: rows.length, ...told }
}

type Written = { at: Date; recordedAt: Date; recordedBy: number | null }

/**
 * Reminds people by SMS until when to watch, with the way to their own page; it names no case and no place. Only of what
 * they were told, and of few at once: so that nobody goes round the second officer, and a stop or recall of the warnings
 * takes these back, too.
 */
async function sendInstructions(
  ctx: Context,
  rows: readonly { id: number; personId: number }[],
  written: Written,
) {
  await queries.lockReminders(ctx.sql, written.recordedBy)
  const told = new Map(
    (
      await queries.takeTold(
        ctx.sql,
        rows.map(({ id }) => id),
      )
    ).map((row) => [row.followUpId, row]),
  )
  if (told.size < rows.length) throw followUpProblem.notWarned()
  const reached: { id: number; phone: string }[] = []
  for (const { id, personId } of rows) {
    const phone = await findPhoneOf(ctx, personId)
    if (phone) reached.push({ id, phone })
  }
  const before = await queries.countReminders(ctx.sql, written.recordedBy, togetherSince(ctx.now))
  if (!mayWarnAlone(before, reached.length, ctx.services.warnAlone)) throw followUpProblem.tooManyReminders()
  for (const { id, phone } of reached) {
    const warning = told.get(id)!
    const until = watchUntil(warning, getProfile(warning.diseaseId, warning.profileVersion))
    const text = reminderSms(until, `${ctx.services.origin}/warnings/${warning.warningId}`)
    const messageId = await sendSms(ctx, 'reminder', { to: phone, text }, warning.run)
    await queries.addReminder(ctx.sql, warning.warningId, messageId)
  }
  await queries.insertEvents(
    ctx.sql,
    reached.map(({ id }) => id),
    { ...written, kind: 'instructed', channel: 'sms' },
  )
  return { sent: reached.length, unreachable: rows.length - reached.length }
}

// — the end

const ENDED_AT_ONCE = 1000

/** The job: ends what is over with nothing under way. Whom nobody saw in the last three days of the watch is lost. */
export async function releaseOver(ctx: Context) {
  const over = await queries.takeOver(ctx.sql, todayOf(ctx), ENDED_AT_ONCE)
  for (const [reason, wanted] of [
    ['watchOver', false],
    ['lost', true],
  ] as const)
    await queries.endFollowUps(
      ctx.sql,
      over.flatMap(({ id, lost }) => (lost === wanted ? [id] : [])),
      { reason, now: ctx.now, by: null },
    )
  if (over.length > 0)
    await ctx.record('followUp.release', null, {
      people: over.length,
      lost: over.filter(({ lost }) => lost).length,
    })
  if (over.length === ENDED_AT_ONCE) await ctx.addJob('tracing.release', {})
}

/** The job: who has become a case is followed as one. */
export async function endFollowUpOfCase(ctx: Context, { subjectId }: { subjectId: string }) {
  const ids = await queries.lockOpenOf(ctx.sql, subjectId)
  if (ids.length > 0)
    await queries.endFollowUps(ctx.sql, ids, { reason: 'becameCase', now: ctx.now, by: null })
}

/** Nobody keys in anything of these people meanwhile. */
export const lockFollowUps = (ctx: Context, { diseaseId }: CaseRow, personIds: readonly number[]) =>
  queries.lockOpenOfPeople(ctx.sql, diseaseId, personIds)

/** Of those that are locked, ends those of whom no standing case knows any more; how many they were. Who became a case meanwhile, or is over, stays as they are. */
export async function endWithdrawn(ctx: Context, followUpIds: readonly number[], sealed: Buffer | null) {
  const ids = await queries.listForsaken(ctx.sql, followUpIds)
  const by = officerOf(ctx)
  await queries.endFollowUps(ctx.sql, ids, { reason: 'noContact', now: ctx.now, by, sealed })
  return ids.length
}

// — hand-overs

/** Hands people to the unit where they are. The sender stays responsible until the other has answered. */
export async function sendHandOver(ctx: Context, { followUpIds, areaCode }: NewHandOver) {
  const to = await getAreaInForce(ctx.sql, areaCode, ctx.now)
  if (to.hasChildren)
    throw handOverProblem.areaTooWide({ fields: [{ field: 'areaCode', reason: 'hasChildren' }] })
  const rows = await lockOpen(ctx, followUpIds)
  if (rows.some(({ sentToId }) => sentToId !== null)) throw handOverProblem.alreadySent()
  if (rows.some(({ areaId }) => areaId === to.id))
    throw handOverProblem.sameUnit({ fields: [{ field: 'areaCode', reason: 'same' }] })
  const batches = new Map<string, { fromId: number; diseaseId: string; ids: number[] }>()
  for (const { id, areaId, diseaseId } of rows) {
    const key = `${areaId} ${diseaseId}`
    const batch = batches.get(key) ?? { fromId: areaId, diseaseId, ids: [] }
    batches.set(key, { ...batch, ids: [...batch.ids, id] })
  }
  const sent: string[] = []
  for (const { fromId, diseaseId, ids } of batches.values())
    sent.push(
      await queries.sendHandOver(ctx.sql, {
        fromId,
        toId: to.id,
        diseaseId,
        followUpIds: ids,
        now: ctx.now,
        dueAt: dueAt(ctx),
        by: officerOf(ctx),
      }),
    )
  await ctx.record('handOver.send', sent[0]!, { people: rows.length, area: to.code })
  return { ids: sent, sent: rows.length }
}

/** How hand-overs stand: counts, for whoever sent or receives them. */
export async function listHandOvers(ctx: Context, { direction, state, limit = 50, cursor }: HandOverSearch) {
  const units = await unitsWithinReach(ctx)
  const rows = await queries.listHandOvers(
    ctx.sql,
    { direction, units, state, now: ctx.now },
    { after: readIdCursor(cursor), limit: limit + 1 },
  )
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  const names = await namesOf(
    ctx,
    items.flatMap(({ sentBy, answeredBy }) => [sentBy, answeredBy]),
  )
  return { items: items.map((row) => describeHandOver(row, names)), next }
}

function describeHandOver(
  {
    id: _,
    publicId,
    diseaseId,
    profileVersion,
    answeredAt,
    answeredBy,
    sentBy,
    isFromUs,
    isToUs,
    ...row
  }: HandOverRow,
  names: ReadonlyMap<number, string>,
): HandOver {
  const nameOf = (id: number | null) => (id === null ? null : (names.get(id) ?? null))
  return {
    ...row,
    id: publicId,
    disease: getProfile(diseaseId, profileVersion).name,
    direction: !isFromUs ? 'in' : isToUs ? 'within' : 'out',
    sentBy: nameOf(sentBy),
    lastAnswer: answeredAt && { at: answeredAt, by: nameOf(answeredBy) },
  }
}

async function getHandOver(ctx: Context, publicId: string, side: 'from' | 'to' | 'any') {
  const row = await queries.findHandOver(ctx.sql, publicId)
  const mayFrom = await ctx.mayReach({ areaId: row?.fromId ?? null })
  const mayTo = await ctx.mayReach({ areaId: row?.toId ?? null })
  const may = side === 'from' ? mayFrom : side === 'to' ? mayTo : mayFrom || mayTo
  if (!row || !may) throw handOverProblem.unknown()
  return row
}

/** Who waits to be taken over, masked: enough to say whether they live here. What the other side holds is not shown. */
export async function listHandOverLines(
  ctx: Context,
  publicId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const row = await getHandOver(ctx, publicId, 'any')
  const holding = await unitsWithinReach(ctx)
  const rows = await queries.listLines(ctx.sql, row.id, holding, {
    after: readIdCursor(cursor),
    limit: limit + 1,
  })
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.followUpPublicId))
  const people = await maskedPeople(
    ctx,
    items.map(({ personId }) => personId),
  )
  await recordReading(ctx, [...people.keys()], 'handOver.list', 'followUp')
  return {
    items: items.map(
      ({ followUpPublicId, personId, ...line }): HandOverLine => ({
        ...line,
        followUpId: followUpPublicId,
        person: people.get(personId)!,
      }),
    ),
    next,
  }
}

const ANSWERS = {
  received: 'handOver.receive',
  returned: 'handOver.return',
  withdrawn: 'handOver.withdraw',
} as const

/** The receiver takes people over or sends them back; the sender may take back whom nobody has taken yet. */
export async function answerHandOver(
  ctx: Context,
  publicId: string,
  { answer, followUpIds, reason }: HandOverAnswer,
) {
  const row = await getHandOver(ctx, publicId, answer === 'withdrawn' ? 'from' : 'to')
  if (answer === 'returned' && reason === undefined)
    throw handOverProblem.reasonMissing({ fields: [{ field: 'reason', reason: 'missing' }] })
  const wanted = followUpIds && publicIdsOf(followUpIds)
  const outcome = await queries.answerLines(ctx.sql, row, wanted, {
    answer,
    reason: answer === 'returned' ? (reason ?? null) : null,
    nextAt: firstTry(ctx.now, ctx.services.timeZone),
    now: ctx.now,
    by: officerOf(ctx),
  })
  if (wanted && outcome.answered + outcome.alreadyAnswered !== wanted.length) throw followUpProblem.unknown()
  if (outcome.answered > 0)
    await ctx.record(ANSWERS[answer], publicId, { people: outcome.answered, ...(reason ? { reason } : {}) })
  return outcome
}

// — figures

/** The indicators of a day for an area and each unit below it; counts only. Without an area: the caller's own. */
export async function readIndicators(ctx: Context, { on = todayOf(ctx), area }: IndicatorQuery) {
  const areaId = area ? (await getAreaInForce(ctx.sql, area, on)).id : ctx.areaIds()[0]
  if (areaId === undefined) throw accessProblem.outOfReach()
  await ctx.assertReach({ areaId })
  const below = await listAreas(ctx.sql, { parentId: areaId, on }, { limit: 1000 })
  const ids = below.length > 0 ? below.map(({ id }) => id) : [areaId]
  const period = periodOf(ctx, on)
  const counted = await queries.countIndicators(ctx.sql, [...new Set([areaId, ...ids])], period)
  const figures = new Map(counted.map((row) => [row.areaId, row]))
  const rows = ids.map(async (id) => ({ area: (await areaRef(ctx.sql, id))!, ...figures.get(id)! }))
  return {
    on,
    asOf: period.to,
    area: (await areaRef(ctx.sql, areaId))!,
    totals: figures.get(areaId)!,
    rows: await Promise.all(rows),
    definitionsVersion: INDICATORS_VERSION,
    definitions: indicatorDefinitions,
  }
}
