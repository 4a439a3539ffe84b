import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database.ts'
import { findCaseById } from '../cases/index.ts'
import { ruleOf } from './airing.ts'
import type { Piece } from './contacts.ts'
import { explainEach } from './meet.ts'
import type { TraceRow } from './queries.ts'
import * as queries from './queries.ts'
import type { Sure } from './schema.ts'

/**
 * Where and how surely the people of a list were met, as its lines say it, so that the list can be narrowed to a place or to
 * what is certain. Where the overlaps are kept with the list this is known with it; where they are found when a line is read,
 * a job finds them all, the first time that somebody asks for the places.
 */

/** The overlaps with so many people of the hop before are found together. */
const VIAS_AT_ONCE = 1000

/** With the hop itself, where nobody's stays have to be looked at again. */
export async function placeKept(ctx: Context, trace: TraceRow, hop: number) {
  if (!(await queries.hasBare(ctx.sql, trace.id, hop))) await placeHop(ctx, trace, hop)
}

/** The job `tracing.place`: the same of any hop. */
export async function placeLines(ctx: Context, { id, hop }: { id: string; hop: number }) {
  const trace = await queries.findTrace(ctx.sql, id)
  if (!trace || (await queries.lockPlaces(ctx.sql, trace.id, hop)) !== 'asked') return
  try {
    await transact(ctx.sql, (tx) => placeHop(ctx.within(tx), trace, hop))
  } catch {
    // As for a trace (run.ts): what stopped it would stop it again, until somebody asks.
    await queries.failPlaces(ctx.sql, trace.id, hop)
  }
}

async function placeHop({ sql, services }: Context, trace: TraceRow, hop: number) {
  await queries.insertKeptLines(sql, trace.id, hop)
  const options = {
    ...ruleOf(trace.parameters),
    timeZone: services.timeZone,
    now: trace.askedAt,
    explain: true,
  }
  const { from, to } = trace.parameters
  const index = (await findCaseById(sql, trace.caseId))!.personId
  const vias = await queries.listBareByVia(sql, trace, hop)
  for (let first = 0; first < vias.length; first += VIAS_AT_ONCE) {
    const some = vias.slice(first, first + VIAS_AT_ONCE)
    const found = await explainEach(
      sql,
      some.map((via) => ({
        personId: via.personId ?? index,
        from: via.from ?? Date.parse(from),
        to: via.to ?? Date.parse(to),
      })),
      some.map(({ people }) => new Set(people)),
      options,
    )
    const lines = found.flatMap((people) => [...people].flatMap(([id, pieces]) => linesOf(id, pieces)))
    await queries.insertLines(sql, trace.id, lines)
  }
  await queries.insertLinesBeside(sql, trace.id, hop)
  await queries.countPlaces(sql, trace.id, hop)
}

/** One of each place, and one of the line itself. Where the stays of today know of no overlap, nothing is sure. */
function linesOf(personId: number, pieces: readonly Piece[]): queries.Line[] {
  if (pieces.length === 0) return []
  const estimated = pieces.filter((piece) => piece.estimated).length
  const sure: Sure = estimated === 0 ? 'recorded' : estimated === pieces.length ? 'estimated' : 'partly'
  const placeIds = new Set([queries.EVERYWHERE, ...pieces.map(({ place }) => place)])
  return [...placeIds].map((placeId) => ({ personId, placeId, sure }))
}
