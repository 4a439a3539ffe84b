import type { Context } from '../../../platform/context.ts'
import type { Sql } from '../../../platform/database.ts'
import { getProfile } from '../../cases/index.ts'
import * as queries from './queries.ts'
import { chainsOf, type Link, quietDays } from './rules.ts'

/**
 * Finds anew the chains around these cases: all that is linked with them now, or was in one chain with them before.
 * The caller holds the lock on links.
 */
export async function deriveChains(sql: Sql, caseIds: readonly number[]) {
  const cases = new Set<number>()
  const places = new Set<number>()
  const links = new Map<string, Link>()
  let newCases = [...new Set(caseIds)]
  let newPlaces: number[] = []
  while (newCases.length > 0 || newPlaces.length > 0) {
    for (const id of newCases) cases.add(id)
    for (const id of newPlaces) places.add(id)
    const mates = await queries.listChainMates(sql, newCases)
    const found = await queries.listLinksAround(sql, newCases, newPlaces)
    for (const link of found) links.set(`${link.infectedId} ${link.infectorId} ${link.placeId}`, link)
    const next = [
      ...mates,
      ...found.flatMap(({ infectedId, infectorId }) => [infectedId, infectorId ?? infectedId]),
    ]
    newCases = [...new Set(next)].filter((id) => !cases.has(id))
    newPlaces = [...new Set(found.flatMap(({ placeId }) => placeId ?? []))].filter((id) => !places.has(id))
  }

  const linked = new Set(
    [...links.values()].flatMap(({ infectedId, infectorId }) => [infectedId, infectorId]),
  )
  const byDisease = new Map<string, { days: Map<number, string>; gapDays: number }>()
  for (const { id, beganOn, diseaseId, profileVersion } of await queries.listDays(sql, [...cases])) {
    if (!linked.has(id)) continue
    const gapDays = quietDays(getProfile(diseaseId, profileVersion).longestIncubation.days)
    const known = byDisease.get(diseaseId) ?? { days: new Map(), gapDays }
    byDisease.set(diseaseId, known)
    known.days.set(id, beganOn)
    known.gapDays = Math.max(known.gapDays, gapDays)
  }
  const rows = [...byDisease.values()].flatMap(({ days, gapDays }) =>
    chainsOf(days, [...links.values()], gapDays).flatMap((chain) =>
      chain.map((caseId) => ({ caseId, chainId: chain[0]! })),
    ),
  )
  await queries.replaceChains(sql, [...cases], rows)
}

/**
 * The job `tracing.rechain`: the dates of a case were corrected, or it was discarded or counts again, so that chains may
 * fall apart or grow together.
 */
export async function rechain({ sql }: Context, { subjectId }: { subjectId: string }) {
  await queries.lockLinks(sql)
  const id = await queries.findCaseRow(sql, subjectId)
  if (id !== undefined) await deriveChains(sql, [id])
}
