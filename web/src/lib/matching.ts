/** What a phone knows of its people's visits. */
export interface OwnVisit {
  /** Whose it was, where several people are on the phone. */
  whose: string | null
  placeId: string
  from: string
  to: string
}

/** A line of the public list, as far as it is needed. */
export interface Published {
  id: string
  disease: { vi: string; en: string }
  place: { id: string; name: string } | null
  from: string | null
  to: string | null
  withdrawnOn: string | null
}

export interface Match {
  notice: Published
  visit: OwnVisit
  from: number
  to: number
}

/** Where and when these visits were together with what is published; touching is none. The latest first. */
export function findMatches(notices: readonly Published[], visits: readonly OwnVisit[]): Match[] {
  const byPlace = Map.groupBy(visits, ({ placeId }) => placeId)
  return notices
    .flatMap((notice) => {
      const { place, from, to, withdrawnOn } = notice
      if (!place || !from || !to || withdrawnOn) return []
      return (byPlace.get(place.id) ?? []).map((visit) => ({
        notice,
        visit,
        from: Math.max(Date.parse(from), Date.parse(visit.from)),
        to: Math.min(Date.parse(to), Date.parse(visit.to)),
      }))
    })
    .filter((match) => match.from < match.to)
    .sort((one, other) => other.from - one.from)
}
