import type { Services } from '../../platform/context.ts'
import type { Sql } from '../../platform/database.ts'
import { findPerson, listPeopleByRef } from '../people/queries.ts'
import { traceProblem } from './problems.ts'
import { listPlaceRefs } from './queries.ts'
import { compareText, refsOf, type TraceParameters, traceContacts } from './trace.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const findByPublicId = async (sql: Sql, id: string) =>
  UUID.test(id) ? (await findPerson(sql, id))?.id : undefined

type Named = { from: string; to: string; place: string; with: string }

/** Moments of one form compare as text. Names settle ties, so that the same data prints the same everywhere. */
const byTimeThenNames = (a: Named, b: Named) =>
  compareText(a.from, b.from) ||
  compareText(a.to, b.to) ||
  compareText(a.place, b.place) ||
  compareText(a.with, b.with)

/** For the command line and outside systems: a trace whose people and places are named by their ref, or by their public id if they have none. */
export async function traceByRef(
  { sql, services: { timeZone } }: { sql: Sql; services: Pick<Services, 'timeZone'> },
  { person: ref, from, to, ...limits }: Omit<TraceParameters, 'person' | 'timeZone'> & { person: string },
) {
  const [known] = await listPeopleByRef(sql, [ref])
  const person = known?.id ?? (await findByPublicId(sql, ref))
  if (person === undefined) throw traceProblem.personUnknown()
  const contacts = await traceContacts(sql, { person, from, to, timeZone, ...limits })
  const refs = await refsOf(sql, [person, ...contacts.map(({ personId }) => personId)])
  const placeIds = new Set(contacts.flatMap(({ exposures }) => exposures.map(({ placeId }) => placeId)))
  const places = new Map((await listPlaceRefs(sql, [...placeIds])).map(({ placeId, ref }) => [placeId, ref]))
  return {
    person: ref,
    from: from.toISOString(),
    to: to.toISOString(),
    contacts: contacts
      .map(({ personId, hop, viaId, overlapSeconds, firstAt, lastAt, exposures }) => ({
        person: refs.get(personId)!,
        hop,
        via: viaId === null ? null : refs.get(viaId)!,
        overlapSeconds,
        firstAt: firstAt.toISOString(),
        lastAt: lastAt.toISOString(),
        exposures: exposures
          .map(({ placeId, withId, from, to, seconds, estimated }) => ({
            place: places.get(placeId)!,
            with: refs.get(withId)!,
            from: from.toISOString(),
            to: to.toISOString(),
            seconds,
            estimated,
          }))
          .sort(byTimeThenNames),
      }))
      .sort(
        (a, b) => a.hop - b.hop || b.overlapSeconds - a.overlapSeconds || compareText(a.person, b.person),
      ),
  }
}
