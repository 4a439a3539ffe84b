import type { KeptScan } from '#lib/offline/outbox.ts'

/** Within which a scan can be undone. */
export const UNDO_MS = 60_000
const SHOWN = 5
const REFUSED_SHOWN = 2
const MOST = 20
const KEPT_MS = 12 * 3_600_000

/** What the guard keeps in sight, the latest first: all that can be undone, and no refusal pushes any of it out. */
export function keepInSight<Row extends { at: string; isTaken: boolean }>(
  rows: readonly Row[],
  now: number,
): Row[] {
  let taken = 0
  let refused = 0
  return rows.filter(({ isTaken, at }) => {
    if (!isTaken) return ++refused <= REFUSED_SHOWN
    const age = now - Date.parse(at)
    return ++taken <= SHOWN ? age < KEPT_MS : taken <= MOST && age < UNDO_MS
  })
}

/** Somebody who should have waited has gone in meanwhile, and nobody at the door was told. */
export const isMissed = (
  { tone, direction }: { tone: string; direction: string },
  { keyedIn, shownRed }: KeptScan,
): boolean => tone === 'red' && direction !== 'out' && !keyedIn && !shownRed

type Called = { kind: string; label: string; birthYear?: number | null }

const lettersOf = (label: string) =>
  label
    .normalize('NFD')
    .replace(/[\p{M}.*]/gu, '')
    .replace(/đ/gi, 'd')
    .toUpperCase()
    .split(/\s+/)
    .filter(Boolean)

/** Whether two may be one person with another code: born in the same year, called by the same name or initials. */
export function mayBeSame(one: Called, other: Called): boolean {
  if (one.kind === other.kind || !one.birthYear || one.birthYear !== other.birthYear) return false
  const [names, others] = [lettersOf(one.label), lettersOf(other.label)]
  if (names.length === 0 || others.length === 0) return false
  // A code on a phone says the first and the last initial alone.
  const isShort = [names, others].some((words) => words.every((word) => word.length === 1))
  const ends = (words: string[]) => `${words[0]?.[0]}${words.at(-1)?.[0]}`
  return isShort ? ends(names) === ends(others) : names.join(' ') === others.join(' ')
}
