import { api, Problem } from '#lib/api.ts'
import type { Clock } from './clock.ts'
import type { GateFacts, Revoked } from './told.ts'

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
