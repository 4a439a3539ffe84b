import type { Context } from '../../../platform/context.ts'
import { type CaseRow, windowOf } from '../../cases/index.ts'
import { edges } from '../graph/edges.ts'
import type { TraceRow } from '../queries.ts'
import * as queries from './queries.ts'

/** Contacts of a case of whom a trace says something else than they were marked as. */

/** What tells beside the scans who is with the case, where a trace did not look for it. */
const unsought = (ctx: Context, of: CaseRow, { parameters }: TraceRow) =>
  parameters.beside
    ? null
    : edges(ctx.sql, [{ personId: of.personId, ...windowOf(ctx, of) }], {
        timeZone: ctx.services.timeZone,
        aboard: false,
      })

export const foundGone = (ctx: Context, of: CaseRow, trace: TraceRow) =>
  queries.foundGone(ctx.sql, trace, unsought(ctx, of, trace))

export const foundFarther = (ctx: Context, of: CaseRow, trace: TraceRow, hop: number | undefined) =>
  queries.foundFarther(ctx.sql, trace, hop, unsought(ctx, of, trace))
