import { formatNumber } from '#lib/format.ts'
import type { KeptScan } from '#lib/offline/outbox.ts'
import type { Taken, Undone } from '#lib/offline/sending.svelte.ts'
import { findShut } from '#lib/offline/shut.ts'
import type { GateFacts, ScanOutcome } from '#lib/offline/told.ts'
import type { EntryDecision, MaskedPerson } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import type { Reading } from './reading.ts'
import type { Direction } from './settings.ts'

/** How a result looks and sounds: the entry decision, no room left, not checked yet, or not taken. */
export type Tone = 'green' | 'yellow' | 'red' | 'full' | 'grey' | 'refused'

export type Detail = 'name' | 'birthYear' | 'areaCode'

/** Somebody for whom a guard may declare now. */
export interface Declarable {
  personId: string
  /** What their record lacks, as far as a gate can tell. */
  lacks: Detail[]
}

export interface Result {
  id: string
  placeId: string
  at: string
  direction: Direction
  tone: Tone
  /** The word of the full screen. */
  title: string
  person: { maskedName: string; birthYear: number | null } | null
  /** What else to know, or what to do. */
  notes: string[]
  /** Something was recorded or kept, and could be undone. */
  isTaken: boolean
  isUndone?: boolean
  declarable?: Declarable
}

type Scanned = Pick<KeptScan, 'id' | 'placeId' | 'at' | 'direction'>
type Person = Extract<Reading, { is: 'person' }>

const base = ({ id, placeId, at, direction }: Scanned) => ({ id, placeId, at, direction })

export function refusedResult(scanned: Scanned, reason: string): Result {
  return {
    ...base(scanned),
    tone: 'refused',
    title: m.gate_refused(),
    person: null,
    notes: [reason],
    isTaken: false,
  }
}

/** What the guard is told: the server's word, or what the code itself says while the server cannot be asked. */
export function resultOf(
  scanned: Scanned,
  taken: Taken,
  person: Person,
  facts: Pick<GateFacts, 'entryRules' | 'shut'> | undefined,
): Result {
  if (taken.kind === 'answered') return answeredResult(scanned, taken.outcome, facts?.entryRules)
  const notes =
    taken.kind === 'loose'
      ? [m.gate_loose_text()]
      : [taken.kind === 'held' ? m.gate_held_text({ reason: taken.reason.title }) : m.gate_kept_text()]
  const { label, birthYear } = person
  const result: Result = {
    ...base(scanned),
    tone: 'grey',
    title: m.gate_kept(),
    person: label ? { maskedName: label, birthYear } : null,
    notes,
    isTaken: true,
  }
  const status = statusOf(person, scanned.at)
  if (scanned.direction === 'out' && status !== 'red') return { ...result, title: m.gate_left() }
  const shut = findShut(facts?.shut, scanned.at)
  if (shut && status !== 'red') return { ...result, tone: 'red', title: withoutStop(shut.instruction) }
  if (!status) return result
  const words = { green: m.gate_offline_green, yellow: m.gate_offline_yellow, red: m.gate_offline_red }
  return { ...result, tone: status, title: withoutStop(facts?.entryRules[status]) || words[status]() }
}

/** The decision within a code while it holds; a code that is ours and says nothing more is to be asked. */
function statusOf({ isProven, decision, kind }: Person, at: string) {
  if (!isProven || kind === 'paper') return null
  return decision && (!decision.until || decision.until > new Date(at)) ? decision.status : 'yellow'
}

/** Whether this gate says by itself that somebody is to wait. */
export const isRedHere = (person: Person, at: string, shut: GateFacts['shut']): boolean =>
  statusOf(person, at) === 'red' || findShut(shut, at) !== undefined

export function answeredResult(
  scanned: Scanned,
  { outcome, person, decision, alreadyInside, sameCode, direction, setAside, reason }: ScanOutcome,
  rules: GateFacts['entryRules'] | undefined,
): Result {
  if (outcome === 'refused' || !decision)
    return refusedResult(scanned, reason?.title || m.gate_refused_text())
  const way = direction ?? scanned.direction
  // Who was never named is at least told by the number.
  const called = person?.maskedName === '***' ? person.maskedPhone : person?.maskedName
  const shown = person && called ? { maskedName: called, birthYear: person.birthYear } : null
  const result = { ...base(scanned), direction: way, person: shown, isTaken: true }
  const notes: string[] = []
  if (outcome === 'repeated') notes.push(m.gate_repeated())
  if (setAside) notes.push(m.gate_set_aside())
  if (alreadyInside && way === 'in') notes.push(m.gate_already_inside())
  const title = sayDecision(decision, rules)
  // Whose card does not fit is perhaps somebody else, and nobody declares on another's record.
  if (setAside === 'mismatch' && decision.status !== 'red')
    return {
      ...result,
      tone: 'yellow',
      title: m.gate_match_failed(),
      notes: way === 'out' ? notes : [title, ...notes],
    }
  // Who leaves is not asked to declare; who is ill is asked to wait, on the way out too.
  if (way === 'out' && decision.status !== 'red')
    return { ...result, tone: 'green', title: m.gate_left(), notes }
  // One of the two has a picture: the guard has to look up, whatever the code says of its owner.
  if (sameCode && decision.status !== 'red')
    return { ...result, tone: 'yellow', title: m.gate_same_code(), notes: [title, ...notes] }
  const told = { ...result, tone: decision.status, title, notes }
  return decision.status === 'yellow' && person ? { ...told, declarable: declarableOf(person) } : told
}

const withoutStop = (sentence = '') => sentence.replace(/\.$/, '')

/** Whoever is to stay at home stands at the door now, and is told what anybody is told there; a shut place says why. */
const sayDecision = (
  { status, instruction, shut }: EntryDecision,
  rules: GateFacts['entryRules'] | undefined,
) => withoutStop((status === 'red' && !shut && rules?.red) || instruction)

/** With this one there are more inside than the place holds: that goes before all but who has to wait anyway. */
export function overfullResult(result: Result, inside: number, capacity: number): Result {
  const count = m.gate_full_count({ inside: formatNumber(inside), capacity: formatNumber(capacity) })
  if (result.tone === 'red') return { ...result, notes: [...result.notes, count] }
  const first = result.tone === 'yellow' ? [result.title] : []
  return { ...result, tone: 'full', title: m.gate_full_title(), notes: [count, ...first, ...result.notes] }
}

function declarableOf({ id, maskedName, birthYear }: MaskedPerson): Declarable {
  // Who never gave a name has not told where they live either.
  if (maskedName === '***') return { personId: id, lacks: ['name', 'birthYear', 'areaCode'] }
  return { personId: id, lacks: birthYear === null ? ['birthYear'] : [] }
}

/** The result of a scan after a guard has declared for the person. */
export function declaredResult(
  { declarable: _, ...result }: Result,
  decision: EntryDecision,
  rules: GateFacts['entryRules'] | undefined,
): Result {
  const title = sayDecision(decision, rules)
  return { ...result, tone: decision.status, title, notes: [m.gate_for_done()] }
}

export const undoneWords = (undone: Undone): string =>
  ({
    takenBack: m.gate_undone,
    undone: m.gate_undone,
    later: m.gate_undo_later,
    tooLate: m.gate_undo_late,
  })[undone]()

/** Which way a scan was; where nobody can tell yet, that it was one of both. */
export const directionWord = (direction: Direction): string =>
  ({ in: m.gate_in, out: m.gate_out, auto: m.gate_in_or_out })[direction]()
