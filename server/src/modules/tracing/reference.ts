/**
 * The definition of a trace in plain loops over arrays: slow, obvious, and the judge of the SQL in tests and
 * benchmarks. Moments are milliseconds.
 */
type RecordedStay = { place: number; person: number; in: number; out: number }
type UnfinishedStay = { place: number; person: number; in: number }

export type History = {
  recorded: readonly RecordedStay[]
  unfinished: readonly UnfinishedStay[]
  /** Seconds that people usually stay, by place. */
  usualStay: ReadonlyMap<number, number>
  /** Runs of vehicles; `out` is Infinity where a trip is not over. */
  trips?: readonly { place: number; in: number; out: number }[]
  /** When a place closed for whoever arrived at a moment; Infinity where it did not. */
  closingOf?: (place: number, arrived: number) => number
  isolated?: readonly { person: number; at: number }[]
}

type Parameters = {
  person: number
  from: number
  to: number
  minOverlapSeconds: number
  airingSeconds: number
  /** In place of it, by place; null where nobody becomes a contact. */
  airingOf?: ((place: number) => number | null) | undefined
  hops: number
  latencyHours: number
  defaultStaySeconds?: number | undefined
}

type Stay = RecordedStay & { estimated: boolean }
type Piece = { place: number; with: number; from: number; to: number; estimated: boolean }

export type ReferenceContact = {
  person: number
  hop: number
  via: number | null
  overlapSeconds: number
  firstAt: number
  lastAt: number
  exposures: (Piece & { seconds: number })[]
}

function withEstimatedEnds(
  { recorded, unfinished, usualStay, trips = [], closingOf = () => Infinity }: History,
  defaultStaySeconds: number | undefined,
): Stay[] {
  const checkIns = [...recorded, ...unfinished]
  const estimated = unfinished.map((stay) => {
    const usualEnd = stay.in + (defaultStaySeconds ?? usualStay.get(stay.place)!) * 1000
    const elsewhere = checkIns
      .filter((other) => other.person === stay.person && other.place !== stay.place && other.in > stay.in)
      .map((other) => other.in)
    const tripEnds = trips
      .filter((trip) => trip.place === stay.place && trip.in <= stay.in && stay.in < trip.out)
      .map((trip) => trip.out)
    const ends = [usualEnd, closingOf(stay.place, stay.in), ...elsewhere, ...tripEnds]
    return { ...stay, out: Math.min(...ends), estimated: true }
  })
  return [...recorded.map((stay) => ({ ...stay, estimated: false })), ...estimated]
}

/** Overlapping and touching pieces of one place become one. */
function merge(pieces: Piece[]): Piece[] {
  const merged: Piece[] = []
  for (const piece of [...pieces].sort((a, b) => a.place - b.place || a.from - b.from || a.to - b.to)) {
    const last = merged.at(-1)
    if (last?.place === piece.place && piece.from <= last.to) {
      last.to = Math.max(last.to, piece.to)
      last.estimated ||= piece.estimated
    } else merged.push({ ...piece })
  }
  return merged
}

const secondsOf = (pieces: Piece[]) =>
  Math.floor(pieces.reduce((sum, { from, to }) => sum + (to - from), 0) / 1000)

/** The merged overlaps of each other person with one index person. */
function together(
  stays: Stay[],
  index: { person: number; from: number; to: number },
  airingOf: (place: number) => number | null,
) {
  const found = new Map<number, Piece[]>()
  for (const own of stays) {
    if (own.person !== index.person || own.in >= own.out) continue
    const start = Math.max(own.in, index.from)
    const end = Math.min(own.out, index.to)
    const airing = airingOf(own.place)
    if (start >= end || airing === null) continue
    for (const other of stays) {
      if (other.place !== own.place || other.person === index.person || other.in >= other.out) continue
      const from = Math.max(start, other.in)
      const to = Math.min(end + airing * 1000, other.out)
      if (from >= to) continue
      const piece = {
        place: own.place,
        with: index.person,
        from,
        to,
        estimated: own.estimated || other.estimated,
      }
      found.set(other.person, [...(found.get(other.person) ?? []), piece])
    }
  }
  return new Map([...found].map(([person, pieces]) => [person, merge(pieces)]))
}

/** Until when somebody infects others: they are isolated after they were exposed, or the window ends. */
export const untilOf = (
  { isolated = [] }: Pick<History, 'isolated'>,
  { person, firstAt }: { person: number; firstAt: number },
  to: number,
) => Math.min(to, ...isolated.filter((one) => one.person === person && one.at >= firstAt).map(({ at }) => at))

export function bruteForce(history: History, parameters: Parameters): ReferenceContact[] {
  const { person, from, to, minOverlapSeconds, hops, latencyHours, defaultStaySeconds } = parameters
  const { airingOf = () => parameters.airingSeconds } = parameters
  const stays = withEstimatedEnds(history, defaultStaySeconds)
  const known = new Set([person])
  const contacts: ReferenceContact[] = []
  let seeds = [{ person, from, to }]
  for (let hop = 1; hop <= hops; hop++) {
    const pairs = new Map<number, { with: number; seconds: number; pieces: Piece[] }[]>()
    for (const seed of seeds)
      for (const [other, pieces] of together(stays, seed, airingOf)) {
        const seconds = secondsOf(pieces)
        if (known.has(other) || seconds < minOverlapSeconds) continue
        pairs.set(other, [...(pairs.get(other) ?? []), { with: seed.person, seconds, pieces }])
      }
    const found = [...pairs].map(([other, met]): ReferenceContact => {
      const longest = [...met].sort((a, b) => b.seconds - a.seconds || a.with - b.with)[0]!
      const pieces = met.flatMap((pair) => pair.pieces)
      return {
        person: other,
        hop,
        via: hop === 1 ? null : longest.with,
        overlapSeconds: longest.seconds,
        firstAt: Math.min(...pieces.map((piece) => piece.from)),
        lastAt: Math.max(...pieces.map((piece) => piece.to)),
        exposures: pieces
          .sort((a, b) => a.from - b.from || a.to - b.to || a.place - b.place || a.with - b.with)
          .map((piece) => ({ ...piece, seconds: secondsOf([piece]) })),
      }
    })
    contacts.push(...found.sort((a, b) => b.overlapSeconds - a.overlapSeconds || a.person - b.person))
    for (const contact of found) known.add(contact.person)
    seeds = found.map((contact) => ({
      person: contact.person,
      from: contact.firstAt + latencyHours * 3_600_000,
      to: untilOf(history, contact, to),
    }))
  }
  return contacts
}
