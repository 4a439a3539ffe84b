import { api, Problem } from '#lib/api.ts'
import type { Status } from '#lib/shapes.ts'
import type { Clock } from './clock.ts'
import type { Revoked } from './revoked.ts'
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

type Told = Omit<GateFacts, 'readAt'> & { revoked: Revoked }

/** A server of an older release does not know this question; then the gate does without. */
export async function readFacts(
  clock: Clock,
  placeId: string,
  since: string | undefined,
): Promise<{ facts: GateFacts; revoked: Revoked } | undefined> {
  try {
    const { revoked, ...facts } = await api(clock.fetch).get<Told>('/places/{id}/gate', {
      params: { path: { id: placeId }, query: { since } },
      signal: AbortSignal.timeout(20_000),
    })
    return { facts: { ...facts, readAt: clock.deviceNow }, revoked }
  } catch (error) {
    if (error instanceof Problem && [404, 405].includes(error.status)) return undefined
    throw error
  }
}
