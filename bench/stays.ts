import { once } from 'node:events'
import type { connect } from '../server/src/platform/database.ts'

/**
 * Invented stays with the shape of real ones: a few places draw many, people return to a few favourites, stays are log-normal around 42 minutes, shifts last eight hours, four stays a person and day.
 * In columns, because a million objects would be measured too. The same every time.
 */
export type Stays = {
  count: number
  people: number
  places: number
  person: Int32Array
  place: Int32Array
  /** Seconds since 1970. */
  arrived: Int32Array
  left: Int32Array
}

export const DAYS = 21
export const BEGIN = Date.UTC(2026, 0, 5) / 1000
const STAYS_A_DAY = 4
const FAVOURITES = 5

export function inventStays(count: number): Stays {
  let state = 42
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const people = Math.max(10, Math.round(count / (DAYS * STAYS_A_DAY)))
  const places = Math.max(10, Math.round(people / 10))
  /** The first of a hundred places draws a tenth of all stays, the last fifty share a third. */
  const anyPlace = () => 1 + Math.floor(places * draw() ** 2)
  const favourites = Int32Array.from({ length: people * FAVOURITES }, anyPlace)
  const stays: Stays = {
    count,
    people,
    places,
    person: new Int32Array(count),
    place: new Int32Array(count),
    arrived: new Int32Array(count),
    left: new Int32Array(count),
  }
  for (let at = 0; at < count; at++) {
    const person = at % people
    const day = Math.floor(at / people / STAYS_A_DAY) % DAYS
    const hour = 6 + 15 * draw()
    const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
    const seconds =
      draw() < 0.1 ? 8 * 3600 : Math.min(11 * 3600, Math.max(120, 2520 * Math.exp(0.9 * normal)))
    stays.person[at] = person + 1
    stays.place[at] =
      draw() < 0.7 ? favourites[person * FAVOURITES + Math.floor(draw() * FAVOURITES)]! : anyPlace()
    stays.arrived[at] = Math.floor(BEGIN + day * 86_400 + hour * 3600)
    stays.left[at] = Math.floor(stays.arrived[at]! + seconds)
  }
  return stays
}

export const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString()

/** Nameless people and places with the ids 1 to n, called p-1 and c-1 outside. */
export async function insertRefs(
  sql: ReturnType<typeof connect>,
  { people, places }: Pick<Stays, 'people' | 'places'>,
) {
  await sql`
    insert into people (public_id, ref, sealed, created_at)
    select gen_random_uuid(), 'p-' || n, '\\x00', now() from generate_series(1, ${people}::int) as n order by n`
  await sql`
    insert into places (public_id, ref, code, name, kind, sector, address, search_key, created_at, changed_at)
    select gen_random_uuid(), 'c-' || n, lpad(n::text, 8, '0'), 'c-' || n, 'other', 'other', '', '', now(), now()
    from generate_series(1, ${places}::int) as n order by n`
}

/** COPY of the stays into a table with the columns of `visits`: the fastest that PostgreSQL takes rows. */
export async function copyStays(sql: ReturnType<typeof connect>, table: string, stays: Stays) {
  const [first, last] = [stays.arrived[0]!, stays.arrived[stays.count - 1]!]
  await sql`select ensure_weeks(${isoOf(Math.min(first, last) - 40 * 86_400)}, ${isoOf(Math.max(first, last) + 40 * 86_400)})`
  const connection = await sql.reserve()
  const into =
    await connection`copy ${connection(table)} (place_id, person_id, arrived_at, left_at, length, source) from stdin`.writable()
  for (let at = 0; at < stays.count; ) {
    let text = ''
    for (const end = Math.min(at + 5000, stays.count); at < end; at++) {
      const arrived = stays.arrived[at]!
      const left = stays.left[at]!
      text += `${stays.place[at]}\t${stays.person[at]}\t${isoOf(arrived)}\t${isoOf(left)}\t${left - arrived <= 7200 ? 0 : 1}\t2\n`
    }
    if (!into.write(text)) await once(into, 'drain')
  }
  const finished = once(into, 'finish')
  into.end()
  await finished
  connection.release()
}
