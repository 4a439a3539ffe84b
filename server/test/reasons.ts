import { type DoubtName, doubtName } from '../src/modules/visits/rules.ts'
import type { Stage } from './app.ts'

/** Why these scans are set aside, as whoever traces would see it; null where they count. */
export async function reasonsOf(t: Stage, ids: readonly string[]): Promise<(DoubtName | null)[]> {
  const rows = await t.sql<{ id: string; doubt: number | null }[]>`
    select id, doubt from scans where id = any(${ids as string[]}::uuid[])`
  const doubts = new Map(rows.map(({ id, doubt }) => [id, doubt]))
  return ids.map((id) => {
    const doubt = doubts.get(id)!
    return doubt === null ? null : doubtName(doubt)
  })
}
