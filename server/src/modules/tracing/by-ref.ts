import type { Context } from '../../platform/context.ts'
import { findPerson, peopleByRef } from '../people/index.ts'
import { traceProblem } from './problems.ts'
import { listPlaceRefs } from './queries.ts'
import { compareText, refsOf, type TraceParameters, traceContacts } from './trace.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const findByPublicId = async (ctx: Context, id: string) =>
  UUID.test(id) ? (await findPerson(ctx.sql, id))?.id : undefined

type Named = { from: string; to: string; place: string; with: string }

/** Moments of one form compare as text. Names settle ties, so that the same data prints the same everywhere. */
const byTimeThenNames = (a: Named, b: Named) =>
  compareText(a.from, b.from) ||
  compareText(a.to, b.to) ||
  compareText(a.place, b.place) ||
  compareText(a.with, b.with)

/** For the command line and outside systems: a trace whose people and places are named by their ref, or by their public id if they have none. */
export async function traceByRef(
  ctx: Context,
  { person: ref, from, to, ...limits }: Omit<TraceParameters, 'person'> & { person: string },
) {
  const person =
    (await peopleByRef({ create: false })(ctx, [ref])).get(ref) ?? (await findByPublicId(ctx, ref))
  if (person === undefined) throw traceProblem.personUnknown()
  const contacts = await traceContacts(ctx.sql, { person, from, to, ...limits })
  const refs = await refsOf(ctx.sql, [person, ...contacts.map(({ personId }) => personId)])
  const placeIds = new Set(contacts.flatMap(({ exposures }) => exposures.map(({ placeId }) => placeId)))
  const places = new Map(
    (await listPlaceRefs(ctx.sql, [...placeIds])).map(({ placeId, ref }) => [placeId, ref]),
  )
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
