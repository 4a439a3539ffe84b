import type { Sql } from '../../platform/database.ts'
import { listPeopleById } from '../people/queries.ts'
import type { AiringByVentilation } from './airing.ts'
import { type Beside, meetBeside } from './beside.ts'
import type { Exposure, MeetOptions, Met, Seed } from './contacts.ts'
import { meet } from './meet.ts'
import { listIsolations } from './queries.ts'

/** Who was together with whom, hop by hop. What one hop is, is in meet.ts. */
export type TraceParameters = {
  person: number
  from: Date
  to: Date
  minOverlapSeconds?: number | undefined
  airingSeconds?: number | undefined
  airingByVentilation?: AiringByVentilation | undefined
  hops?: number | undefined
  latencyHours?: number | undefined
  /** For which disease isolation ends a contact's window; for any if none is named. */
  diseaseId?: string | undefined
  /** In place of the default stay of each kind of place. */
  defaultStaySeconds?: number | undefined
  /** Whether each comes with every overlap that put them on the list. */
  explain?: boolean
  /** Also by declared contacts, households and guest lists: whom no scan knows has no time together. */
  beside?: boolean | undefined
  /** Of the person's own stays. */
  ended?: MeetOptions['ended']
  now?: Date | undefined
  /** In which places close. */
  timeZone: string
}

export type TracedContact = {
  personId: number
  hop: number
  /** The person of the hop before with whom the time was longest; null in hop 1. */
  viaId: number | null
  overlapSeconds: number
  firstAt: Date
  lastAt: Date
  exposures: Exposure[]
}

/** Refs for the order of seeds: the outside system's id, else our public one. Who has no record sorts by row. */
export async function refsOf(sql: Sql, ids: readonly number[]): Promise<Map<number, string>> {
  const people = ids.length === 0 ? [] : await listPeopleById(sql, ids)
  return new Map(people.map(({ id, ref, publicId }) => [id, ref ?? publicId]))
}

/** Seeds of the next hop, smallest ref first, so that a tie for `via` goes to the smallest. */
export async function inOrderOfRef(sql: Sql, seeds: readonly Seed[]): Promise<Seed[]> {
  const refs = await refsOf(
    sql,
    seeds.map((seed) => seed.personId),
  )
  const refOf = ({ personId }: Seed) => refs.get(personId) ?? ''
  return [...seeds].sort(
    (one, other) => compareText(refOf(one), refOf(other)) || one.personId - other.personId,
  )
}

export const compareText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/**
 * The contacts of a person in [from, to), hop by hop; within a hop the longest time first. Nobody appears twice: who was
 * found in an earlier hop, or is the person asked about, is left out of later ones. Who was isolated after they were exposed
 * infects nobody from then on.
 */
export async function traceContacts(sql: Sql, parameters: TraceParameters): Promise<TracedContact[]> {
  const { person, from, to, hops = 1, latencyHours = 48, explain = true, diseaseId, ...others } = parameters
  const { beside = false, ended, ...rest } = others
  const limits = {
    ...rest,
    minOverlapSeconds: rest.minOverlapSeconds ?? 900,
    airingSeconds: rest.airingSeconds ?? 0,
  }
  const isolated = hops > 1 ? await listIsolations(sql, { from, to, diseaseId }) : []
  const isolations = Map.groupBy(isolated, ({ personId }) => personId)
  const untilOf = ({ personId, firstAt }: Met) =>
    (isolations.get(personId)?.find(({ at }) => at >= firstAt)?.at ?? to).getTime()
  const known = new Set([person])
  const contacts: TracedContact[] = []
  let seeds: Seed[] = [{ personId: person, from: from.getTime(), to: to.getTime() }]
  for (let n = 1; n <= hops && seeds.length > 0; n++) {
    const options = { ...limits, explain, ...(n === 1 ? { ended } : {}) }
    const scanned = (await meet(sql, seeds, known, options)).inOrder()
    const found = beside ? withBeside(scanned, await meetBeside(sql, seeds, known, limits)) : scanned
    for (const { viaId, ...contact } of found) {
      contacts.push({ ...contact, hop: n, viaId: n === 1 ? null : viaId })
      known.add(contact.personId)
    }
    if (n === hops) break
    seeds = await inOrderOfRef(
      sql,
      found.map((met) => ({
        personId: met.personId,
        from: met.firstAt.getTime() + latencyHours * 3600_000,
        to: untilOf(met),
      })),
    )
  }
  return contacts
}

/** Whom a scan and an edge know is one, from the earlier moment to the later one. */
function withBeside(scanned: readonly Met[], beside: readonly Beside[]): Met[] {
  const told = new Map(beside.map((one) => [one.personId, one]))
  const both = scanned.map((met) => {
    const also = told.get(met.personId)
    if (!also) return met
    told.delete(met.personId)
    const firstAt = new Date(Math.min(met.firstAt.getTime(), also.firstAt.getTime()))
    const lastAt = new Date(Math.max(met.lastAt.getTime(), also.lastAt.getTime()))
    return { ...met, firstAt, lastAt }
  })
  return [
    ...both,
    ...[...told.values()].map(({ edges: _, ...one }) => ({ ...one, overlapSeconds: 0, exposures: [] })),
  ]
}
