import type { Context } from '../../platform/context.ts'
import { shareHolds } from '../declarations/index.ts'
import { findPerson } from '../people/index.ts'
import { giveScans } from '../visits/index.ts'
import { hasCase } from './queries.ts'

/**
 * An officer confirmed the number of a card for somebody, and until then gates knew them by it as somebody else. What
 * was scanned of the card is theirs, so that a case of theirs has these stays; but a case keeps its own, and who has a
 * phone keeps what it shows. Whoever is to stay at home is so by whichever record.
 */

const JOIN = 'cases.join'

type Lost = { subjectId: string; to: string; isSame: boolean }

export const listeners = { 'person.loseNumber': [JOIN] }

export const jobs = {
  async [JOIN](ctx: Context, { subjectId, to, isSame }: Lost) {
    if (!isSame) return
    const [known, person] = await Promise.all([findPerson(ctx.sql, subjectId), findPerson(ctx.sql, to)])
    if (!known || !person) return
    await shareHolds(ctx.sql, known.id, person.id)
    if (known.holderId !== null || (await hasCase(ctx.sql, known.id))) return
    const scans = await giveScans(ctx, { from: known.id, to: person.id })
    if (scans > 0) await ctx.record('scan.join', to, { from: subjectId, scans })
  },
}
