import { createHash } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database.ts'
import { addDays, startOfDay } from '../../platform/days.ts'
import { cursorOf, pageOf, readIdCursor, readOffset } from '../../platform/paging.ts'
import { assertStands, findCaseById, listCasesWithin, windowOf } from '../cases/index.ts'
import { takeLate } from '../visits/index.ts'
import { ruleOf } from './airing.ts'
import { type Beside, meetBesideEach } from './beside.ts'
import type { Contacts } from './contacts.ts'
import { meetEach } from './meet.ts'
import { traceProblem } from './problems.ts'
import type { TraceRow } from './queries.ts'
import * as queries from './queries.ts'
import { noteLooked } from './renewals/queries.ts'
import { refreshed } from './renewals/service.ts'
import { findHop } from './run.ts'
import type {
  NewTraceBatch,
  RenewedCases,
  TraceBatch,
  TraceOfBatch,
  UntracedCases,
  UntracedSearch,
} from './schema.ts'
import { failureOf, officerOf, parametersOf, renew } from './service.ts'

/** Asks for the first contacts of many cases, each as if asked alone; one job finds them. */
export async function startBatch(
  ctx: Context,
  { caseIds, beside = false }: NewTraceBatch,
): Promise<TraceBatch> {
  const cases = await listCasesWithin(ctx, [...new Set(caseIds.map((id) => id.toLowerCase()))])
  cases.forEach(assertStands)
  const publicId = uuidv7()
  const askedBy = officerOf(ctx)
  const batchId = await queries.insertBatch(ctx.sql, {
    publicId,
    askedBy,
    askedAt: ctx.now,
    total: cases.length,
  })
  const latest = new Map(
    (
      await queries.listFollowed(
        ctx.sql,
        cases.map(({ id }) => id),
        { hops: 1, beside },
      )
    ).map(({ caseId, id }) => [caseId, id]),
  )
  const rows = cases.map((row) => {
    const { from, to } = windowOf(ctx, row)
    const parameters = parametersOf(row, { from, to, hops: 1, beside })
    return { publicId: uuidv7(), caseId: row.id, parameters, follows: latest.get(row.id) ?? null }
  })
  await queries.insertTraces(ctx.sql, rows, { askedBy, askedAt: ctx.now, batchId })
  await ctx.record('case.traceMany', publicId, { cases: cases.length })
  await ctx.addJob('tracing.runMany', { id: publicId })
  return readBatch(ctx, publicId)
}

const described = ({ id: _, askedBy: __, publicId: id, ...batch }: queries.BatchRow): TraceBatch => ({
  id,
  ...batch,
})

/** Only who asked for it may know of it. */
async function getBatch(ctx: Context, publicId: string) {
  const row = await queries.findBatch(ctx.sql, publicId)
  if (!row || row.askedBy !== officerOf(ctx)) throw traceProblem.unknown()
  ctx.scopeDecided = true
  return row
}

/** How far it is. */
export const readBatch = async (ctx: Context, publicId: string) => described(await getBatch(ctx, publicId))

export async function listBatches(ctx: Context, { limit = 50, cursor }: { limit?: number; cursor?: string }) {
  ctx.scopeDecided = true
  const officer = officerOf(ctx)
  if (officer === null) return { items: [], next: null }
  const rows = await queries.listBatches(ctx.sql, officer, readIdCursor(cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.publicId))
  return { items: items.map(described), next }
}

/** What came of each case. The order changes while the job runs, so pages are counted. */
export async function listTracesOfBatch(
  ctx: Context,
  publicId: string,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
) {
  const batch = await getBatch(ctx, publicId)
  const seen = readOffset(cursor)
  const rows = await queries.listTracesOfBatch(ctx.sql, batch.id, seen, limit + 1)
  const { items, next } = pageOf(rows, limit, () => cursorOf(seen + limit))
  return {
    items: items.map(
      ({ publicId: id, problem, ...row }): TraceOfBatch => ({ id, ...row, problem: failureOf(ctx, problem) }),
    ),
    next,
  }
}

/** Cases within reach that nobody traced yet, of the days on which they were recorded. */
export async function listUntraced(
  ctx: Context,
  { from, to, limit = 50, cursor }: UntracedSearch,
): Promise<UntracedCases> {
  const { timeZone } = ctx.services
  const of = {
    areaIds: ctx.areaIds(),
    from: from === undefined ? undefined : startOfDay(timeZone, from),
    to: to === undefined ? undefined : startOfDay(timeZone, addDays(to, 1)),
  }
  const rows = await queries.listUntraced(ctx.sql, of, readIdCursor(cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, (last) => cursorOf(last.id))
  return {
    items: items.map(({ classification, ...row }) => ({
      ...row,
      status: classification as UntracedCases['items'][number]['status'],
    })),
    next,
    total: await queries.countUntraced(ctx.sql, of),
  }
}

/** Cases within reach that were traced anew of late, with people who are new, and that nobody has traced since. */
export async function listRenewed(
  ctx: Context,
  { limit = 50, cursor }: { limit?: number; cursor?: string },
): Promise<RenewedCases> {
  const of = { areaIds: ctx.areaIds(), since: refreshed(ctx).since }
  const rows = await queries.listRenewed(ctx.sql, of, readIdCursor(cursor), limit + 1)
  return pageOf(rows, limit, (last) => cursorOf(last.traceId))
}

const AT_ONCE = 200

/** The job `tracing.runMany`: some cases a transaction, then it queues itself for the next, so that it can be followed. */
export async function runMany(ctx: Context, { id }: { id: string }) {
  const batch = await queries.findBatch(ctx.sql, id)
  if (!batch || batch.finishedAt) return
  const traces = await queries.takeWaiting(ctx.sql, batch.id, AT_ONCE)
  // Where one cannot be traced, each is tried alone, so that the others are.
  if (await whatStopped(ctx, traces))
    for (const trace of traces) {
      const problem = await whatStopped(ctx, [trace])
      if (problem)
        await queries.updateTrace(ctx.sql, trace.id, { status: 'failed', finishedAt: ctx.now, problem })
    }
  if (traces.length < AT_ONCE) await queries.finishBatch(ctx.sql, batch.id, ctx.now)
  else await ctx.addJob('tracing.runMany', { id })
}

/** Traces all of these, or none; then says what stopped it. */
async function whatStopped(ctx: Context, traces: readonly TraceRow[]) {
  try {
    await transact(ctx.sql, async (tx) => {
      await forEachFirstHop(ctx.within(tx), traces, traces[0]!.askedAt, async (trace, found, also) => {
        await queries.insertHop(tx, trace, 1, found, also)
        if (trace.follows !== null) await queries.keepGone(tx, trace)
      })
      await queries.finishTraces(
        tx,
        traces.map(({ id }) => id),
        ctx.now,
      )
    })
    return null
  } catch (error) {
    const { code, name } = error as { code?: string; name: string }
    return code ?? name
  }
}

/** Tries the cases of a batch again that failed. */
export async function retryBatch(ctx: Context, publicId: string) {
  const batch = await getBatch(ctx, publicId)
  if ((await queries.reopenFailed(ctx.sql, batch.id)).count === 0) throw traceProblem.noneFailed()
  await ctx.addJob('tracing.runMany', { id: publicId })
  return readBatch(ctx, publicId)
}

/** Finds the first hop of each of these traces, those of one rule together. */
async function forEachFirstHop(
  { sql, services: { timeZone } }: Context,
  traces: readonly TraceRow[],
  now: Date,
  take: (trace: TraceRow, found: Contacts, also: Beside[]) => Promise<unknown>,
) {
  const sameRule = Map.groupBy(traces, ({ parameters: { beside, ...rule } }) =>
    JSON.stringify([beside, ruleOf(rule)]),
  )
  for (const group of sameRule.values()) {
    const { parameters } = group[0]!
    const options = { ...ruleOf(parameters), timeZone, now, explain: false }
    const seeds = await queries.listIndexSeeds(sql, group)
    const found = await meetEach(sql, seeds, options)
    const also = parameters.beside ? await meetBesideEach(sql, seeds, options) : []
    for (const [at, trace] of group.entries()) await take(trace, found[at]!, also[at] ?? [])
  }
}

/**
 * The job `tracing.refresh`, each night: where scans came late, or an interview, and any hop finds others than the trace did, or
 * the same people for another time, the case is traced anew, and the officer sees who is new. Some cases a transaction, then
 * it queues itself for the next.
 */
export async function refreshTraces(ctx: Context, { after = 0 }: { after?: number }) {
  const traces = await queries.listFurthestTraces(ctx.sql, refreshed(ctx), { after, limit: AT_ONCE })
  await refresh(ctx, traces, 3)
  if (traces.length === AT_ONCE) await ctx.addJob('tracing.refresh', { after: traces.at(-1)!.caseId })
}

/**
 * The job `tracing.look`, every few minutes: the same for cases who were where scans came late since it last looked, by their
 * own contacts; where only later hops differ, that waits for the night. However many batches came, a case is traced anew once.
 */
export async function lookAgain(ctx: Context) {
  const late = await takeLate(ctx.sql)
  if (late.length === 0) return
  const caseIds = await queries.listCasesAt(ctx.sql, late, refreshed(ctx).since)
  for (let first = 0; first < caseIds.length; first += AT_ONCE)
    await ctx.addJob('tracing.lookAt', { caseIds: caseIds.slice(first, first + AT_ONCE) })
}

/** The job `tracing.lookAt`. */
export async function refreshCases(ctx: Context, { caseIds }: { caseIds: number[] }) {
  await refresh(ctx, await queries.listFurthestTraces(ctx.sql, refreshed(ctx), { caseIds }), 1)
}

/** Traces anew where one of so many hops is not what it was; where all are, it stands when that was seen. */
async function refresh(ctx: Context, traces: readonly TraceRow[], hops: number) {
  const prints = await queries.printHops(
    ctx.sql,
    traces.map(({ id }) => id),
    hops,
  )
  const known = new Map(prints.map(({ traceId, hop, print }) => [`${traceId} ${hop}`, print]))
  const same: number[] = []
  await forEachFirstHop(ctx, traces, ctx.now, async (trace, found, also) => {
    const printOf = (hop: number) => known.get(`${trace.id} ${hop}`)
    if (!isSame(printOf(1), found, also) || (hops > 1 && !(await isSameBeyond(ctx, trace, printOf))))
      await renew(ctx, (await findCaseById(ctx.sql, trace.caseId))!, trace.parameters, trace)
    else if (hops >= trace.parameters.hops) same.push(trace.id)
  })
  await noteLooked(ctx.sql, same, ctx.now)
}

/** Whether a hop finds the same people for the same time, by what is printed of them; who was not scanned has none. */
function isSame(print: string | undefined, found: Contacts, also: readonly Beside[]) {
  const now = new Map(also.map(({ personId }) => [personId, 0]))
  const { person, seconds } = found.columns()
  for (const [at, id] of person.entries()) now.set(id, seconds[at]!)
  if (print === undefined || now.size === 0) return print === undefined && now.size === 0
  const people = [...now].sort(([one], [other]) => one - other).map((pair) => pair.join(':'))
  return createHash('md5').update(people.join()).digest('hex') === print
}

/** The same of the later hops, each from the one that is kept before it. */
async function isSameBeyond(ctx: Context, trace: TraceRow, printOf: (hop: number) => string | undefined) {
  for (let hop = 2; hop <= trace.parameters.hops; hop++) {
    const { found, beside } = await findHop(ctx, trace, hop, { explained: 0, now: ctx.now })
    const print = printOf(hop)
    if (!isSame(print, found, beside)) return false
    if (print === undefined) return true
  }
  return true
}
