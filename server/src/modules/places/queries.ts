import type { Reach } from '../../platform/access.ts'
import type { Sql } from '../../platform/database.ts'
import type { AreaRef } from '../../platform/shapes.ts'
import type { OpeningDay, PlaceForm, Ventilation } from './schema.ts'

/** What other modules see of a place. `id` is the internal one. */
export type PlaceRow = {
  id: number
  publicId: string
  code: string
  name: string
  kind: string
  sector: string
  areaId: number | null
  area: AreaRef | null
  /** From then on nobody comes in: closed by hand, or the end of an event, which may lie ahead. */
  closedAt: Date | null
  /** Of an event. */
  startsAt: Date | null
  endsAt: Date | null
  capacity: number | null
  restrictions: Restriction[]
}

/** What a lower module laid over a place for a time; moments as the database writes them. */
export type Restriction = {
  id: string
  name: string
  number: string | null
  measures: string
  from: string
  until: string
  isClosed: boolean
}

export type PlaceRecord = PlaceRow & {
  address: string
  sealed: Buffer | null
  lat: number | null
  lon: number | null
  approximate: { lat: number; lon: number; marginKm: number } | null
  createdAt: Date
  changedAt: Date
  closedByHandAt: Date | null
  hours: OpeningDay[] | null
  plate: string | null
  route: string | null
  operator: string | null
  zones: string[]
  expectedGuests: number | null
  posterVersion: number
}

const area = (sql: Sql) => sql`
  (select jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path)
   from area_names a where a.id = p.area_id) as area`

const restrictions = (sql: Sql) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'number', r.number, 'measures', r.measures,
     'from', r.from_at, 'until', r.until_at, 'isClosed', r.is_closed) order by r.from_at, r.id), '[]')
   from place_restrictions r where r.place_id = p.id) as restrictions`

const approximate = (sql: Sql) => sql`
  (select jsonb_build_object('lat', at.lat, 'lon', at.lon, 'marginKm', at.margin_km)
   from place_positions at where at.place_id = p.id and at.margin_km > 0) as approximate`

const columns = (sql: Sql) => sql`
  p.id, p.public_id, p.code, p.name, p.kind, p.sector, p.area_id, ${area(sql)},
  least(p.closed_at, p.ends_at) as closed_at, p.starts_at, p.ends_at, p.capacity, ${restrictions(sql)}`

const allColumns = (sql: Sql) => sql`
  ${columns(sql)}, p.address, p.sealed, p.lat, p.lon, ${approximate(sql)}, p.created_at, p.changed_at, p.closed_at as closed_by_hand_at,
  p.hours, p.plate, p.route, p.operator, p.zones, p.expected_guests, p.poster_version`

/** By the canonical code, as `readPlaceCode` gives it. */
export const findPlaceByCode = async (sql: Sql, code: string) =>
  (await sql<PlaceRow[]>`select ${columns(sql)} from places p where code = ${code}`)[0]

export const listPlacesByCode = (sql: Sql, codes: readonly string[]) =>
  sql<PlaceRow[]>`select ${columns(sql)} from places p where code = any(${codes as string[]}::text[])`

export const findPlace = async (sql: Sql, publicId: string) =>
  (await sql<PlaceRow[]>`select ${columns(sql)} from places p where public_id = ${publicId}`)[0]

export const listPlacesById = (sql: Sql, ids: readonly number[]) =>
  sql<PlaceRow[]>`select ${columns(sql)} from places p where id = any(${ids as number[]}::int[])`

export const findRecord = async (sql: Sql, publicId: string) =>
  (await sql<PlaceRecord[]>`select ${allColumns(sql)} from places p where public_id = ${publicId}`)[0]

export const findRecordByCode = async (sql: Sql, code: string) =>
  (await sql<PlaceRecord[]>`select ${allColumns(sql)} from places p where code = ${code}`)[0]

// — kinds

export type KindRow = {
  code: string
  sector: string
  defaultStaySeconds: number
  form: PlaceForm
  group: string
  ventilation: Ventilation
  label: { vi: string; en: string }
}

export const saveKinds = async (sql: Sql, kinds: readonly KindRow[]) => {
  await sql`
    insert into place_kinds (code, sector, default_stay_seconds, form, "group", ventilation, label, position)
    select code, sector, stay, form, "group", ventilation, label, position
    from jsonb_to_recordset(${sql.json(
      kinds.map(({ defaultStaySeconds: stay, ...kind }, position) => ({ ...kind, stay, position })) as never,
    )}) as kind (code text, sector text, stay integer, form text, "group" text, ventilation text, label jsonb, position smallint)
    on conflict (code) do update set sector = excluded.sector, default_stay_seconds = excluded.default_stay_seconds,
      form = excluded.form, "group" = excluded."group", ventilation = excluded.ventilation, label = excluded.label, position = excluded.position`
  await sql`update place_kinds set position = null where code <> all(${kinds.map(({ code }) => code)}::text[])`
}

const kindColumns = ['code', 'sector', 'defaultStaySeconds', 'form', 'group', 'ventilation', 'label'] as const

export const listKinds = (sql: Sql) =>
  sql<KindRow[]>`select ${sql(kindColumns)} from place_kinds where position is not null order by position`

/** What every kind is called, also one that is not offered any more. */
export const listKindLabels = async (sql: Sql) =>
  new Map(
    (await sql<Pick<KindRow, 'code' | 'label'>[]>`select code, label from place_kinds`).map(
      ({ code, label }) => [code, label],
    ),
  )

/** Also one that is not offered any more: places of that kind are still there. */
export const findKind = async (sql: Sql, code: string) =>
  (
    await sql<(KindRow & { offered: boolean })[]>`
      select ${sql(kindColumns)}, position is not null as offered from place_kinds where code = ${code}`
  )[0]

// — registration

export type NewPlace = {
  publicId: string
  ref?: string
  code: string
  name: string
  kind: string
  sector: string
  areaId: number | null
  address: string
  sealed: Buffer | null
  lat: number | null
  lon: number | null
  searchKey: string
  createdAt: Date
  changedAt: Date
} & PlaceDetails

/** What some places have: a vehicle its plate, an event its end. */
export type PlaceDetails = Partial<{
  capacity: number | null
  hours: OpeningDay[] | null
  plate: string
  route: string | null
  operator: string | null
  zones: string[]
  startsAt: Date
  endsAt: Date
  expectedGuests: number | null
}>

const toColumns = (sql: Sql, { hours, ...columns }: PlaceDetails) =>
  sql({ ...columns, ...(hours === undefined ? {} : { hours: hours && sql.json(hours) }) } as never)

/** Undefined when the code is taken already: draw another. */
export const insertPlace = async (sql: Sql, place: NewPlace) =>
  (
    await sql<
      { id: number }[]
    >`insert into places ${toColumns(sql, place)} on conflict (code) do nothing returning id`
  )[0]?.id

/** One registration at a time for each owner: a button pressed twice must not race itself. */
export const waitForOwner = (sql: Sql, ownerId: number) => sql`select pg_advisory_xact_lock(5, ${ownerId})`

export const listRecentOfOwner = (sql: Sql, ownerId: number, areaId: number, since: Date) =>
  sql<{ publicId: string; name: string }[]>`
    select public_id, name from places p
    where area_id = ${areaId} and created_at > ${since} and closed_at is null and exists (
      select from place_staff s where s.place_id = p.id and s.holder_id = ${ownerId} and role = 'owner' and until is null)`

type Change = Partial<
  Pick<NewPlace, 'name' | 'address' | 'sealed' | 'lat' | 'lon' | 'searchKey' | 'changedAt'> & {
    closedAt: Date | null
    posterVersion: number
  } & PlaceDetails
>
/** Waits for whoever is changing the place, so that two changes of different things both stand. */
export const lockPlace = (sql: Sql, id: number) => sql`select from places where id = ${id} for no key update`

export const updatePlace = (sql: Sql, id: number, change: Change) =>
  sql`update places set ${toColumns(sql, change)} where id = ${id}`

// — staff

export type StaffRole = 'owner' | 'guard'
export type StaffRow = { id: string; holderId: number; role: StaffRole; since: Date }

export const insertStaff = async (
  sql: Sql,
  staff: { id: string; placeId: number; holderId: number; role: StaffRole; since: Date },
) =>
  (
    await sql<{ id: string }[]>`
      insert into place_staff ${sql(staff)} on conflict (place_id, holder_id) where until is null do nothing returning id`
  )[0]

export const listStaff = (sql: Sql, placeId: number) =>
  sql<StaffRow[]>`
    select id, holder_id, role, since from place_staff where place_id = ${placeId} and until is null order by since, id`

export const endGuard = async (sql: Sql, placeId: number, id: string, now: Date) =>
  (
    await sql<{ holderId: number }[]>`
      update place_staff set until = ${now}
      where id = ${id} and place_id = ${placeId} and role = 'guard' and until is null returning holder_id`
  )[0]

/** Places on which a phone has a say, open ones first, one's own before those one guards; goes on after `after`. */
export const listPlacesOfHolder = (
  sql: Sql,
  holderId: number,
  { now, after, limit }: { now: Date; after: string | undefined; limit: number },
) => {
  const key = sql`coalesce(least(p.closed_at, p.ends_at) <= ${now}, false), s.role <> 'owner', p.name collate "vi-x-icu", p.id`
  const held = sql`place_staff s join places p on p.id = s.place_id where s.holder_id = ${holderId}`
  return sql<(PlaceRow & { role: StaffRole })[]>`
    select ${columns(sql)}, s.role from ${held} and s.until is null
      ${
        after === undefined
          ? sql``
          : // Also after one on which the phone has had no say since the page before.
            sql`and (${key}) > (select ${key} from ${held} and p.public_id = ${after} order by s.since desc limit 1)`
      }
    order by ${key} limit ${limit}`
}

/** Those among these places that a phone owns. */
export const listOwned = async (sql: Sql, holderId: number, placeIds: readonly number[]) =>
  (
    await sql<{ placeId: number }[]>`
      select place_id from place_staff
      where holder_id = ${holderId} and role = 'owner' and until is null and place_id = any(${placeIds as number[]}::int[])`
  ).map(({ placeId }) => placeId)

// — gates

export type GateRow = { code: string; name: string; direction: 'in' | 'out' | 'both' }

/** The entrances of a place that are told apart, in the order in which they were named. */
export const listGates = (sql: Sql, placeId: number) =>
  sql<GateRow[]>`
    select code, name, direction from place_gates
    where place_id = ${placeId} and removed_at is null order by code::integer`

/** Numbered on from the last there ever was. The place must be locked. */
export const insertGate = async (sql: Sql, placeId: number, { name, direction }: Omit<GateRow, 'code'>) =>
  (
    await sql<GateRow[]>`
      insert into place_gates (place_id, code, name, direction)
      select ${placeId}, (1 + coalesce(max(code::integer), 0))::text, ${name}, ${direction}
      from place_gates where place_id = ${placeId}
      returning code, name, direction`
  )[0]!

export const removeGate = async (sql: Sql, placeId: number, code: string, now: Date) =>
  (
    await sql`
      update place_gates set removed_at = ${now}
      where place_id = ${placeId} and code = ${code} and removed_at is null returning code`
  ).length > 0

// — posters

export type PosterVersionRow = { version: number; issuedAt: Date; withdrawnAt: Date | null }

export const listPosterVersions = (sql: Sql, placeId: number) =>
  sql<PosterVersionRow[]>`
    select version, issued_at, withdrawn_at from poster_versions where place_id = ${placeId} order by version desc`

/** The first version has no row until the second one withdraws it. */
export async function replacePoster(
  sql: Sql,
  { id, posterVersion, createdAt }: PlaceRecord,
  now: Date,
): Promise<PosterVersionRow> {
  const next = { version: posterVersion + 1, issuedAt: now, withdrawnAt: null }
  await sql`
    insert into poster_versions (place_id, version, issued_at, withdrawn_at)
    values (${id}, ${posterVersion}, ${createdAt}, ${now})
    on conflict (place_id, version) do update set withdrawn_at = excluded.withdrawn_at`
  await sql`insert into poster_versions ${sql({ placeId: id, ...next })}`
  await updatePlace(sql, id, { posterVersion: next.version, changedAt: now })
  return next
}

/** Whether this version of the poster was not withdrawn yet at that moment. */
export const isPosterInForce = async (sql: Sql, placeId: number, version: number, at: Date) =>
  (
    await sql`
      select from places p left join poster_versions v on v.place_id = p.id and v.version = ${version}
      where p.id = ${placeId} and (p.poster_version = ${version} or v.withdrawn_at > ${at})`
  ).length > 0

// — trips

export type TripRow = { id: string; from: string; to: string; startedAt: Date; endedAt: Date | null }

// — guests of events

export const listGuestIds = async (sql: Sql, placeId: number) =>
  (await sql<{ personId: number }[]>`select person_id from event_guests where place_id = ${placeId}`).map(
    ({ personId }) => personId,
  )

/** How many were new. */
export const insertGuests = async (sql: Sql, placeId: number, personIds: readonly number[], now: Date) =>
  (
    await sql`
    insert into event_guests (place_id, person_id, added_at)
    select distinct ${placeId}::int, person_id, ${now}::timestamptz from unnest(${personIds as number[]}::int[]) as person_id
    order by person_id on conflict do nothing`
  ).count

export const removeGuest = async (sql: Sql, placeId: number, personId: number) =>
  (await sql`delete from event_guests where place_id = ${placeId} and person_id = ${personId}`).count > 0

/** In the order in which they were added; a page goes on after the person \`after\`. */
export const listGuests = (sql: Sql, placeId: number, after: number | undefined, limit: number) =>
  sql<{ personId: number }[]>`
    select g.person_id from event_guests g
    where g.place_id = ${placeId}
      ${
        after === undefined
          ? sql``
          : sql`and (g.added_at, g.person_id) > (
              select added_at, person_id from event_guests where place_id = ${placeId} and person_id = ${after})`
      }
    order by g.added_at, g.person_id limit ${limit}`

const tripColumns = (sql: Sql) => sql`id, from_stop as "from", to_stop as "to", started_at, ended_at`

export const listTrips = (sql: Sql, placeId: number, limit: number) =>
  sql<TripRow[]>`
    select ${tripColumns(sql)} from place_trips where place_id = ${placeId} order by started_at desc, id desc limit ${limit}`

/** The parts of a vehicle; undefined where the place is none. */
export const findZones = async (sql: Sql, placeId: number) =>
  (
    await sql<{ zones: string[] }[]>`
      select p.zones from places p join place_kinds k on k.code = p.kind
      where p.id = ${placeId} and k.form = 'vehicle'`
  )[0]?.zones

/** A vehicle that sets out again has arrived. The place must be locked. */
export async function insertTrip(
  sql: Sql,
  placeId: number,
  { id, from, to, startedAt }: Omit<TripRow, 'endedAt'>,
) {
  await sql`update place_trips set ended_at = ${startedAt} where place_id = ${placeId} and ended_at is null`
  await sql`
    insert into place_trips (id, place_id, started_at, from_stop, to_stop)
    values (${id}, ${placeId}, ${startedAt}, ${from}, ${to})`
}

/** Ended already: as it was. */
export const endTrip = async (sql: Sql, placeId: number, id: string, now: Date) =>
  (
    await sql<TripRow[]>`
      update place_trips set ended_at = coalesce(ended_at, ${now}) where place_id = ${placeId} and id = ${id}
      returning ${tripColumns(sql)}`
  )[0]

// — lists

export type PlaceFilter = {
  /** Officials: what they reach. */
  reach?: readonly Reach[]
  /** Citizens: whose places. */
  holderId?: number
  /** Gate keys of one place. */
  placeIds?: readonly number[]
  areaId?: number
  kind?: string
  state?: { isClosed: boolean; at: Date }
  /** Without diacritics. */
  q?: string
}
export type PlaceOrder = 'name' | '-name' | 'createdAt' | '-createdAt'

const likeText = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Keyset paged: the row named by `after` and its place in the order decide where the page begins. */
export function listPlaces(
  sql: Sql,
  filter: PlaceFilter,
  { order, after, limit }: { order: PlaceOrder; after: string | undefined; limit: number },
) {
  const { reach, holderId, placeIds, areaId, kind, state, q } = filter
  const key = order.endsWith('name') ? sql`name collate "vi-x-icu"` : sql`created_at`
  const down = order.startsWith('-')
  const way = down ? sql`desc` : sql`asc`
  // An array, not a join: so a commune is read by its own index and not by walking the whole order.
  const within = (ancestorId: number) =>
    sql`p.area_id = any(array(select w.area_id from area_within w where w.ancestor_id = ${ancestorId}))`
  const allowed = [
    ...(reach ?? []).map(
      (one) => sql`(${within(one.areaId)} ${one.sector === null ? sql`` : sql`and sector = ${one.sector}`})`,
    ),
    ...(holderId === undefined
      ? []
      : [
          sql`exists (
            select from place_staff s where s.place_id = p.id and s.holder_id = ${holderId} and s.until is null)`,
        ]),
    ...(placeIds ? [sql`p.id = any(${placeIds as number[]}::int[])`] : []),
  ]
  return sql<PlaceRecord[]>`
    select ${allColumns(sql)} from places p
    where (${allowed.reduce((any, one) => sql`${any} or ${one}`, sql`false`)})
      ${areaId === undefined ? sql`` : sql`and ${within(areaId)}`}
      ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      ${state === undefined ? sql`` : sql`and coalesce(least(closed_at, ends_at) <= ${state.at}, false) = ${state.isClosed}`}
      ${q ? sql`and search_key like ${likeText(q)}` : sql``}
      ${
        after === undefined
          ? sql``
          : sql`and (${key}, id) ${down ? sql`<` : sql`>`} (select ${key}, id from places where public_id = ${after})`
      }
    order by ${key} ${way}, id ${way} limit ${limit}`
}

// — restrictions

export type NewRestriction = {
  id: string
  name: string
  number: string | null
  measures: string
  closedKinds: string[]
  /** As PostgreSQL reads a polygon, longitude first; null: its units whole. */
  outline: string | null
  fromAt: Date
  untilAt: Date
}

/** Lays it over every place of these units, and of those that went into them; said again it changes its times. */
export const saveRestriction = async (
  sql: Sql,
  { id, name, number, measures, closedKinds, outline, fromAt, untilAt }: NewRestriction,
  areaIds: readonly number[],
) => {
  await sql`
    insert into restrictions (id, name, number, measures, closed_kinds, outline, from_at, until_at)
    values (${id}, ${name}, ${number}, ${measures}, ${closedKinds}, ${outline}::text::polygon, ${fromAt}, ${untilAt})
    on conflict (id) do update set from_at = excluded.from_at, until_at = excluded.until_at`
  await sql`
    insert into restriction_areas (area_id, restriction_id)
    select distinct w.area_id, ${id}::uuid from area_within w where w.ancestor_id = any(${areaIds as number[]}::int[])
    on conflict do nothing`
}

/** One that has not begun is taken away. */
export const endRestriction = async (sql: Sql, id: string, at: Date) => {
  await sql`delete from restrictions where id = ${id} and from_at >= ${at}`
  await sql`update restrictions set until_at = ${at} where id = ${id} and until_at > ${at}`
}

export const deleteRestrictionsEndedBefore = (sql: Sql, end: Date) =>
  sql`delete from restrictions where until_at < ${end}`
