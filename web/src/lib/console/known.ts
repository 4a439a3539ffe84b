import { formatDuration } from '#lib/format.ts'
import type { BothKnown, CaseStay, Known } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

/** By which code, card or number somebody was known. */
const vias: Record<Known['via'], () => string> = {
  own: m.known_via_own,
  'phone-code': m.known_via_phone_code,
  'server-code': m.known_via_server_code,
  paper: m.known_via_paper,
  cccd: m.known_via_cccd,
  bhyt: m.known_via_bhyt,
  mic: m.known_via_mic,
  tel: m.known_via_tel,
  vouched: m.known_via_vouched,
  confirmed: m.known_via_confirmed,
  seen: m.known_via_seen,
  line: m.known_via_line,
  later: m.known_via_later,
}

/** Clocks of gates differ a little; only more than that says something of the time. */
const SKEW_SECONDS = 60

/** How somebody was known at a scan, and where: short enough for a line of a list. */
export function howKnown({ via, gate, stop, keyedIn, skewSeconds }: Known, direction: 'in' | 'out'): string {
  const skew = Math.abs(skewSeconds ?? 0)
  return [
    vias[via](),
    gate && m.known_gate({ gate }),
    stop && (direction === 'in' ? m.known_stop_in({ stop }) : m.known_stop_out({ stop })),
    keyedIn && m.known_keyed_in(),
    skew >= SKEW_SECONDS && m.known_skew({ duration: formatDuration(skew) }),
  ]
    .filter(Boolean)
    .join(', ')
}

/** How a case was known when they came and when they left, a line each. */
export function sayKnown({ arrival, exit }: Pick<CaseStay, 'arrival' | 'exit'>): string[] {
  const [came, left] = [arrival && howKnown(arrival, 'in'), exit && howKnown(exit, 'out')]
  if (came && came === left) return [m.known_in_out({ how: came })]
  return [...(came ? [m.known_in({ how: came })] : []), ...(left ? [m.known_out({ how: left })] : [])]
}

/** How a contact and the other one were known where they met, a line each; of a stay that was imported there is nothing to say. */
export function sayBothKnown({ person, with: other }: BothKnown, otherName: string): string[] {
  const [one, two] = [person, other].map((known) => known && howKnown(known, 'in'))
  if (one && one === two) return [m.known_both({ how: one })]
  return [
    ...(one ? [m.known_who({ name: m.known_contact(), how: one })] : []),
    ...(two ? [m.known_who({ name: otherName, how: two })] : []),
  ]
}
