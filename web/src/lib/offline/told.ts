import type { EntryDecision, MaskedPerson, Status } from '#lib/shapes.ts'
import type { Shut } from './shut.ts'

/** One of several gates of a place. */
interface Gate {
  /** What a scan says of it. */
  code: string
  name: string
  direction: 'in' | 'out' | 'both'
}

/** What a gate needs to work for days without the network, as the server told it. */
export interface GateFacts {
  place: { id: string; name: string }
  gates: Gate[]
  /** Where people get on and sit; a server of an older release does not tell. */
  vehicle?: { stops: string[]; zones: string[] } | null
  serverKeys: { id: number; publicKey: string }[]
  serverTime: string
  capacity: number | null
  inside: number
  /** What to say to whom. */
  entryRules: Record<Status, string>
  /** When nobody is let in, by order of a zone; a server of an older release does not tell. */
  shut?: Shut[]
  /** The device's clock when this was read. */
  readAt: number
}

/** What the server says of phones and cards that are no longer good: those that came since a version, or all. */
export interface Revoked {
  /** In hex. After `until` the phone makes no codes anyway; cards never end by themselves. */
  codes: { id: string; until?: string }[]
  version: string
  /** The list is long: there is more of it. */
  more: boolean
}

interface Reason {
  code: string
  title: string
  /** In so many seconds it may be sent again. */
  retryAfter?: number | undefined
}

export interface ScanOutcome {
  id: string
  outcome: 'accepted' | 'repeated' | 'refused'
  person: MaskedPerson | null
  decision: EntryDecision | null
  /** What 'auto' was taken for. */
  direction?: 'in' | 'out'
  /** Before this scan, as far as the server can tell. */
  alreadyInside?: boolean
  /** The same code has come in at another entrance just before. */
  sameCode?: boolean
  needs?: 'phone'
  /** Recorded, but doubted: an officer looks at it. */
  setAside?: string
  /** Why it was refused: for programs, and in the reader's language. */
  reason?: Reason | undefined
}
