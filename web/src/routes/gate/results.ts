import type { ScanOutcome, Taken } from '#lib/offline/sending.svelte.ts'
import type { MaskedPerson } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import type { Direction } from './settings.ts'

/** How a result looks and sounds: the entry decision, not checked yet, or not taken. */
export type Tone = 'green' | 'yellow' | 'red' | 'grey' | 'refused'

export interface Result {
  id: string
  at: string
  direction: Direction
  tone: Tone
  /** The word of the full screen. */
  title: string
  person: MaskedPerson | null
  /** What else to know, or what to do. */
  notes: string[]
}

type Scanned = Pick<Result, 'id' | 'at' | 'direction'>

export function refusedResult(scanned: Scanned, reason: string): Result {
  return { ...scanned, tone: 'refused', title: m.gate_refused(), person: null, notes: [reason] }
}

export function resultOf(scanned: Scanned, taken: Taken): Result {
  if (taken.kind === 'answered') return answeredResult(scanned, taken.outcome)
  if (taken.kind === 'lost') return refusedResult(scanned, m.gate_lost())
  return { ...scanned, tone: 'grey', title: m.gate_kept(), person: null, notes: [m.gate_kept_text()] }
}

export function answeredResult(
  scanned: Scanned,
  { outcome, person, decision, alreadyInside, reason }: ScanOutcome,
): Result {
  if (outcome === 'refused' || !decision) return refusedResult(scanned, reason || m.gate_refused_text())
  const leaving = scanned.direction === 'out'
  const notes: string[] = []
  if (outcome === 'repeated') notes.push(m.gate_repeated())
  if (alreadyInside) notes.push(m.gate_already_inside())
  // Who leaves is not asked to declare; who is ill is asked to wait, on the way out too.
  if (leaving && decision.status !== 'red')
    return { ...scanned, tone: 'green', title: m.gate_left(), person, notes }
  return { ...scanned, tone: decision.status, title: decision.instruction.replace(/\.$/, ''), person, notes }
}

/** A code of ours that belongs to a person; anything else is told at once, without asking the server. */
export const isPersonalCode = (text: string): boolean => /^LC1:/i.test(text)

export function strangeCodeReason(text: string): string {
  return /\/c\/[A-Za-z0-9-]{8,}/.test(text) ? m.gate_code_of_place() : m.gate_code_unknown()
}
