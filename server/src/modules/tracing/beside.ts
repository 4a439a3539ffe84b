import type { Sql } from '../../platform/database.ts'
import type { Seed } from './contacts.ts'
import { type Edge, listEdges } from './graph/edges.ts'

/** Somebody whom edges beside the scans make a contact of the seeds. */
export type Beside = {
  personId: number
  /** With whom that is surest. */
  viaId: number
  firstAt: Date
  lastAt: Date
  /** The surest first. */
  edges: Edge[]
}

/** At places and events it has to last as long as among those who were scanned; what people tell of counts as it is told. */
const lasts = ({ setting, from, to }: Edge, minOverlapSeconds: number) =>
  (setting !== 'place' && setting !== 'event') || to.getTime() - from.getTime() >= minOverlapSeconds * 1000

const length = ({ from, to }: Edge) => to.getTime() - from.getTime()

type Options = { minOverlapSeconds: number; timeZone: string }

/**
 * Whom the seeds were with by what was declared, by household and by guest lists, in one statement. Who shared a vehicle is
 * met there as at any place, by the stays.
 */
export async function meetBeside(
  sql: Sql,
  seeds: readonly Seed[],
  known: ReadonlySet<number>,
  options: Options,
): Promise<Beside[]> {
  const edges = await edgesOf(sql, seeds, options)
  return byPerson(
    edges.filter(({ personId }) => !known.has(personId)),
    new Map(seeds.map(({ personId }, rank) => [personId, rank])),
  )
}

/** For each of the seeds, as if asked one by one, in one statement. */
export async function meetBesideEach(
  sql: Sql,
  seeds: readonly Seed[],
  options: Options,
): Promise<Beside[][]> {
  const edges = Map.groupBy(await edgesOf(sql, seeds, options), ({ withId }) => withId)
  return seeds.map(({ personId, from, to }) => {
    const own = (edges.get(personId) ?? []).filter(
      (edge) => edge.from.getTime() >= from && edge.to.getTime() <= to,
    )
    return byPerson(own, new Map([[personId, 0]]))
  })
}

async function edgesOf(sql: Sql, seeds: readonly Seed[], { minOverlapSeconds, timeZone }: Options) {
  const windows = seeds.map(({ personId, from, to }) => ({
    personId,
    from: new Date(from),
    to: new Date(to),
  }))
  const edges = await listEdges(sql, windows, { timeZone, aboard: false })
  return edges.filter((edge) => lasts(edge, minOverlapSeconds))
}

/** `ranks`: in which order the seeds came. */
function byPerson(edges: readonly Edge[], ranks: ReadonlyMap<number, number>): Beside[] {
  const rankOf = ({ withId }: Edge) => ranks.get(withId)!
  return [...Map.groupBy(edges, ({ personId }) => personId)].map(([personId, edges]) => {
    edges.sort(
      (one, other) =>
        other.confidence - one.confidence ||
        length(other) - length(one) ||
        rankOf(one) - rankOf(other) ||
        one.from.getTime() - other.from.getTime(),
    )
    return {
      personId,
      viaId: edges[0]!.withId,
      firstAt: new Date(Math.min(...edges.map(({ from }) => from.getTime()))),
      lastAt: new Date(Math.max(...edges.map(({ to }) => to.getTime()))),
      edges,
    }
  })
}
