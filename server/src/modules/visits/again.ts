import type { Context } from '../../platform/context.ts'
import type { Problem } from '../../platform/problem.ts'
import { listPeopleById, type PersonRow, type Profile, profileOf, unknownPerson } from '../people/index.ts'
import { visitProblem } from './problems.ts'
import * as queries from './queries.ts'
import { type DoubtName, doubtName, viaNumber } from './rules.ts'
import type { Scan, ScanResults } from './schema.ts'

/**
 * A scan may name, instead of a code, an earlier one of the same place: "the same person again". So a class or a bus
 * whose codes change every half minute comes and goes without anybody being asked for a number.
 */

const SEEN = /^seen:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** What a scan that may have no proper form says. */
export function textIn(sent: unknown, key: 'id' | 'code' | 'at' | 'placeId') {
  const text = (sent as Record<string, unknown> | null)?.[key]
  return typeof text === 'string' ? text : ''
}
const textOf = (sent: unknown, key: 'id' | 'code') => textIn(sent, key).toLowerCase()
export const seenBy = (sent: unknown) => SEEN.exec(textOf(sent, 'code'))?.[1]

/** Somebody comes, goes and comes again; whoever makes a longer chain is told of scans that nobody knows. */
const MOST_ROUNDS = 4

/** Which of the scans are kept together, one round after the other: what is named by another comes before it. */
export function roundsOf(sent: readonly unknown[], without: ReadonlySet<number> = new Set()): number[][] {
  const all = [...sent.keys()].filter((at) => !without.has(at))
  if (!sent.some(seenBy)) return [all]
  const rounds: number[][] = []
  for (let left = all; left.length > 0; ) {
    const waiting = new Set(left.map((at) => textOf(sent[at], 'id')))
    const ready = left.filter((at) => {
      const seen = seenBy(sent[at])
      return seen === undefined || !waiting.has(seen)
    })
    // Those that name each other in a circle name nobody.
    const isLast = ready.length === 0 || rounds.length === MOST_ROUNDS - 1
    const round = new Set(isLast ? left : ready)
    rounds.push([...round])
    left = left.filter((at) => !round.has(at))
  }
  return rounds
}

export function joinRounds(rounds: readonly number[][], answers: readonly ScanResults[]): ScanResults {
  const results: ScanResults['results'] = []
  for (const [round, places] of rounds.entries())
    for (const [at, place] of places.entries()) results[place] = answers[round]!.results[at]!
  return {
    accepted: answers.reduce((sum, { accepted }) => sum + accepted, 0),
    repeated: answers.reduce((sum, { repeated }) => sum + repeated, 0),
    refused: answers.flatMap(({ refused }) => refused),
    results,
  }
}

type Seen = { person: PersonRow; via: 'seen' | 'vouched'; doubt?: DoubtName; written?: Profile }

/** What was doubtful about the code, and not about the hour or the way, is so as often as somebody is meant by it. */
const lasting: readonly DoubtName[] = ['mismatch', 'copied', 'beforeIssue']

/** Of these scans of known places, those that name another: whom that was, or that nobody knows it there. */
export async function findSeen(
  ctx: Context,
  scans: readonly { scan: Scan; placeId: number }[],
): Promise<Map<Scan, Seen | Problem>> {
  const again = scans.flatMap(({ scan, placeId }) => {
    const id = seenBy(scan)
    return id ? [{ scan, id, placeId, at: new Date(scan.at) }] : []
  })
  if (again.length === 0) return new Map()
  const rows = await queries.listSeen(ctx.sql, again)
  const ids = new Set(rows.flatMap(({ personId }) => personId ?? []))
  const people = new Map((await listPeopleById(ctx.sql, [...ids])).map((person) => [person.id, person]))
  return new Map<Scan, Seen | Problem>(
    again.map(({ scan }, at) => {
      const { personId, doubt, via } = rows[at]!
      const person = personId === null ? undefined : people.get(personId)
      if (!person) return [scan, visitProblem.seenUnknown()]
      const reason = doubt === null ? undefined : doubtName(doubt)
      const lasts = reason && lasting.includes(reason) ? { doubt: reason } : {}
      // Of who was perhaps somebody else nothing more is told than then, nor is it proven by being said again.
      if (reason === 'mismatch') return [scan, { person, via: 'seen', ...lasts, written: unknownPerson }]
      if (via !== viaNumber('vouched')) return [scan, { person, via: 'seen', ...lasts }]
      const { phone } = profileOf(ctx, person)
      return [scan, { person, via: 'vouched', ...lasts, written: { ...unknownPerson, phone } }]
    }),
  )
}
