import type { Sql } from '../../platform/database.ts'
import { listKnownOnArrival } from '../visits/index.ts'
import type { BothKnown } from './graph/schema.ts'

type Met = { personId: number; withId: number; placeId: number; from: Date }

/** By which scans the two of each pair had come to where they met, in the order of the pairs. */
export async function listBothKnown(sql: Sql, met: readonly Met[]): Promise<BothKnown[]> {
  const known = await listKnownOnArrival(
    sql,
    met.flatMap(({ personId, withId, placeId, from }) => [
      { personId, placeId, at: from },
      { personId: withId, placeId, at: from },
    ]),
  )
  return met.map((_, pair) => ({ person: known[2 * pair]!, with: known[2 * pair + 1]! }))
}
