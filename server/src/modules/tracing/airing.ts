import type { Sql } from '../../platform/database.ts'
import { type DiseaseProfile, ruleFor } from '../cases/index.ts'
import { type Ventilation, ventilations } from '../places/index.ts'

/**
 * For how many seconds the air of a place infects when somebody has left it, by how places are aired; null where being
 * there at the same time makes nobody a contact.
 */
export type AiringByVentilation = Readonly<Record<Ventilation, number | null>>

export type Airing = {
  airingSeconds: number
  /** In place of the same for every place. */
  airingByVentilation?: AiringByVentilation
}

type Asked = { airingSeconds: number; airingByVentilation?: AiringByVentilation | undefined }

/** What was asked for everywhere, else what the profile says of each kind of place. */
export function airingOf(profile: DiseaseProfile, asked: number | undefined): Airing {
  if (asked !== undefined || !profile.contactRules) return { airingSeconds: asked ?? profile.airingSeconds }
  const by = ventilations.map((ventilation) => {
    const { sameSpaceCounts, airingSeconds } = ruleFor(profile, { ventilation }, null)
    return [ventilation, sameSpaceCounts ? airingSeconds : null]
  })
  return { airingSeconds: profile.airingSeconds, airingByVentilation: Object.fromEntries(by) }
}

/** Who is a contact, by what a trace keeps. */
export const ruleOf = ({
  minOverlapSeconds,
  airingSeconds,
  airingByVentilation,
}: Airing & { minOverlapSeconds: number }) => ({
  minOverlapSeconds,
  airingSeconds,
  ...(airingByVentilation ? { airingByVentilation } : {}),
})

/** Milliseconds. */
export const longestAiring = ({ airingSeconds, airingByVentilation: by }: Asked) =>
  1000 * (by ? Math.max(0, ...Object.values(by).map((seconds) => seconds ?? 0)) : airingSeconds)

/** Milliseconds at each of these places; undefined where nobody is a contact. */
export async function airingAt(
  sql: Sql,
  placeIds: Iterable<number> | 'everywhere',
  { airingSeconds, airingByVentilation: by }: Asked,
): Promise<(placeId: number) => number | undefined> {
  if (!by) return () => airingSeconds * 1000
  const rows = await sql<{ placeId: number; ventilation: Ventilation }[]>`
    select place_id, ventilation from place_facts join kind_facts using (kind)
    ${placeIds === 'everywhere' ? sql`` : sql`where place_id = any(${[...placeIds]}::int[])`}`
  const known = new Map<number, number>()
  for (const { placeId, ventilation } of rows) {
    const seconds = by[ventilation]
    if (seconds !== null) known.set(placeId, seconds * 1000)
  }
  return (placeId) => known.get(placeId)
}
