import type { Sql } from '../../../platform/database.ts'
import type { AreaRef } from '../../../platform/shapes.ts'
import type { OwnStays } from '../../visits/index.ts'
import { LONGEST_USUAL_SECONDS, lookBack } from '../../visits/rules.ts'
import type { Link } from './rules.ts'
import type { ChainOrder, LinkWithdrawal, NewLink, sources } from './schema.ts'

/** Whether a case lies within the areas of the reader. */
const isWithin = (sql: Sql, areaIds: readonly number[]) => sql`
  d.area_id in (select w.area_id from area_within w where w.ancestor_id = any(${areaIds as number[]}::int[]))`

// — cases

/** A case as links and chains see it. */
export type DatedCase = {
  id: number
  publicId: string
  number: string
  personId: number
  areaId: number
  diseaseId: string
  profileVersion: number
  onsetOn: string | null
  sampledOn: string | null
  isolatedAt: Date | null
  beganOn: string
}

const caseColumns = (sql: Sql) => sql`
  d.case_id as id, d.public_id, d.number, d.person_id, d.area_id, d.disease_id, d.profile_version, d.onset_on, d.sampled_on,
  d.isolated_at, d.began_on`

export const findCaseByNumber = async (sql: Sql, number: string) =>
  (await sql<DatedCase[]>`select ${caseColumns(sql)} from case_dates d where number = ${number}`)[0]

export const findCaseRow = async (sql: Sql, publicId: string) =>
  (await sql<{ caseId: number }[]>`select case_id from case_facts where public_id = ${publicId}`)[0]?.caseId

export const listCasesByRow = (sql: Sql, ids: readonly number[], areaIds: readonly number[]) =>
  sql<(DatedCase & { isReached: boolean })[]>`
    select ${caseColumns(sql)}, ${isWithin(sql, areaIds)} as is_reached
    from case_dates d where d.case_id = any(${ids as number[]}::int[])`

type Earlier = { of: Pick<DatedCase, 'diseaseId' | 'personId'>; from: string; to: string }

const isEarlier = (sql: Sql, { of, from, to }: Earlier) => sql`
  d.disease_id = ${of.diseaseId} and d.person_id <> ${of.personId} and d.began_on between ${from} and ${to}`

/** How many cases of the same disease, of other people, began in [from, to]. */
export const countEarlierCases = async (sql: Sql, earlier: Earlier) =>
  (
    await sql<[{ count: number }]>`
      select count(*)::int as count from counted_cases d where ${isEarlier(sql, earlier)}`
  )[0].count

/**
 * Those of them who may have met the person of the case: they were at a place while the person was there, or had left no
 * longer ago than the air stays infectious. Found by these places, however many cases there are elsewhere.
 */
export const listEarlierCases = (
  sql: Sql,
  earlier: Earlier,
  own: OwnStays,
  { from, to, longestAiring }: { from: Date; to: Date; longestAiring: number },
) => {
  // The bounds are said as they are, so that weeks in which nothing can be found are not planned.
  const between = (column: string, mostSeconds: number) =>
    sql`${sql(column)} > ${new Date(from.getTime() - longestAiring - mostSeconds * 1000)} and ${sql(column)} < ${to}`
  return sql<DatedCase[]>`
    with own as materialized (
      select place_id, to_timestamp((since - ${longestAiring}) / 1000) as a, to_timestamp(until / 1000) as b
      from unnest(${[...own.place].map(Math.abs)}::int[], ${[...own.since]}::float8[], ${[...own.until]}::float8[])
        as given (place_id, since, until)
    ),
    met as materialized (
      select distinct o.person_id from own cross join lateral (
        ${lookBack.map(
          (most, length) => sql`
        select r.person_id from recorded_stays r
        where r.place_id = own.place_id and r.length = ${length}::smallint and ${between('r.arrived_at', most)}
          and r.arrived_at < own.b and r.left_at > own.a and r.arrived_at > own.a - ${most}::int * interval '1 second'
        union all`,
        )}
        select u.person_id from unfinished_stays u join place_facts p on p.place_id = u.place_id
        where u.place_id = own.place_id and ${between('u.arrived_at', LONGEST_USUAL_SECONDS)} and u.arrived_at < own.b
          and u.arrived_at > own.a - p.default_stay_seconds * interval '1 second'
        offset 0
      ) o
    )
    select ${caseColumns(sql)} from counted_cases d join met on met.person_id = d.person_id
    where ${isEarlier(sql, earlier)} order by d.case_id`
}

export const listCaseRefs = (sql: Sql, refs: readonly string[]) =>
  sql<
    { ref: string; id: number }[]
  >`select ref, case_id as id from case_dates where ref = any(${refs as string[]}::text[])`

// — places

export type PlaceRow = { placeId: number; id: string; code: string; name: string; area: AreaRef | null }

const placeColumns = (sql: Sql) => sql`
  p.place_id, p.public_id as id, p.code, p.name,
  case when a.id is not null then
    jsonb_build_object('code', a.code, 'fullName', a.full_name, 'path', a.path) end as area`

export const listPlaces = async (sql: Sql, ids: readonly number[]) =>
  new Map(
    (
      await sql<PlaceRow[]>`
        select ${placeColumns(sql)} from place_facts p left join area_names a on a.id = p.area_id
        where p.place_id = any(${ids as number[]}::int[])`
    ).map((row) => [row.placeId, row]),
  )

export const findPlaceByCode = async (sql: Sql, code: string) =>
  (await sql<{ placeId: number }[]>`select place_id from place_facts where code = ${code}`)[0]?.placeId

// — links

export type LinkRow = Link & {
  id: number
  publicId: string
  exposedOn: string | null
  source: (typeof sources)[number]
  confidence: NewLink['confidence']
  addedAt: Date
  addedBy: number | null
  withdrawnAt: Date | null
  withdrawnBy: number | null
  withdrawnBecause: LinkWithdrawal['because'] | null
}

const linkColumns = [
  'id',
  'publicId',
  'infectedId',
  'infectorId',
  'placeId',
  'exposedOn',
  'source',
  'confidence',
  'addedAt',
  'addedBy',
  'withdrawnAt',
  'withdrawnBy',
  'withdrawnBecause',
] as const

/** Whoever changes links does it alone: chains are derived from all of them. */
export const lockLinks = (sql: Sql) => sql`select pg_advisory_xact_lock(19)`

export type InsertedLink = Pick<
  LinkRow,
  'publicId' | 'infectedId' | 'infectorId' | 'placeId' | 'exposedOn' | 'source' | 'confidence'
>

/** The infected cases of those that were new. One stands already of the others. */
export const insertLinks = async (
  sql: Sql,
  links: readonly InsertedLink[],
  { at, by }: { at: Date; by: number | null },
) =>
  (
    await sql<{ publicId: string }[]>`
      insert into transmission_links
        (public_id, infected_id, infector_id, place_id, exposed_on, source, confidence, added_at, added_by)
      select "publicId", "infectedId", "infectorId", "placeId", "exposedOn", source, confidence, ${at}, ${by}
      from jsonb_to_recordset(${sql.json(links as never)}) as sent ("publicId" uuid, "infectedId" int, "infectorId" int,
        "placeId" int, "exposedOn" date, source text, confidence text)
      on conflict (infected_id, coalesce(infector_id, -place_id)) where withdrawn_at is null do nothing
      returning public_id`
  ).map(({ publicId }) => publicId)

/** Those of which nobody took one back that says the same. */
export async function withoutWithdrawn<L extends Link>(sql: Sql, links: readonly L[]): Promise<L[]> {
  const withdrawn = await sql<Pick<Link, 'infectedId' | 'infectorId' | 'placeId'>[]>`
    select infected_id, infector_id, place_id from transmission_links
    where withdrawn_at is not null and infected_id = any(${links.map(({ infectedId }) => infectedId)}::int[])`
  const keyOf = ({ infectedId, infectorId, placeId }: Link) =>
    `${infectedId} ${infectorId ?? `at ${placeId}`}`
  const taken = new Set(withdrawn.map(keyOf))
  return links.filter((link) => !taken.has(keyOf(link)))
}

export const findLink = async (sql: Sql, publicId: string) =>
  (await sql<LinkRow[]>`select ${sql(linkColumns)} from transmission_links where public_id = ${publicId}`)[0]

/** Whether it stood until now. */
export const withdrawLink = async (
  sql: Sql,
  id: number,
  { at, by, because }: { at: Date; by: number | null; because: string },
) =>
  (
    await sql`
      update transmission_links set withdrawn_at = ${at}, withdrawn_by = ${by}, withdrawn_because = ${because}
      where id = ${id} and withdrawn_at is null`
  ).count === 1

/** Every link from and to a case, newest first, also those that were withdrawn; a page goes on after the link `after`. */
export const listLinksOf = (sql: Sql, caseId: number, after: string | undefined, limit: number) =>
  sql<LinkRow[]>`
    select ${sql(linkColumns)} from transmission_links
    where (infected_id = ${caseId} or infector_id = ${caseId})
      ${after === undefined ? sql`` : sql`and id < (select id from transmission_links where public_id = ${after})`}
    order by id desc limit ${limit}`

export const listLinksAmong = (sql: Sql, caseIds: readonly number[]) =>
  sql<LinkRow[]>`
    select ${sql(linkColumns)} from standing_links
    where infected_id = any(${caseIds as number[]}::int[]) order by id`

/** Links that touch these cases or name these places. */
export const listLinksAround = (sql: Sql, caseIds: readonly number[], placeIds: readonly number[]) =>
  sql<Link[]>`
    select infected_id, infector_id, place_id from standing_links
    where (infected_id = any(${caseIds as number[]}::int[])
      or infector_id = any(${caseIds as number[]}::int[]) or place_id = any(${placeIds as number[]}::int[]))`

// — which case belongs to which chain

/** Cases of the chains of these cases. */
export const listChainMates = async (sql: Sql, caseIds: readonly number[]) =>
  (
    await sql<{ caseId: number }[]>`
      select case_id from chain_cases where chain_id in
        (select chain_id from chain_cases where case_id = any(${caseIds as number[]}::int[]))`
  ).map(({ caseId }) => caseId)

export const listDays = (sql: Sql, caseIds: readonly number[]) =>
  sql<{ id: number; beganOn: string; diseaseId: string; profileVersion: number }[]>`
    select case_id as id, began_on, disease_id, profile_version from counted_cases
    where case_id = any(${caseIds as number[]}::int[])`

export async function replaceChains(
  sql: Sql,
  caseIds: readonly number[],
  rows: readonly { caseId: number; chainId: number }[],
) {
  await sql`
    delete from chain_cases where case_id = any(${caseIds as number[]}::int[])
      and case_id <> all(${rows.map(({ caseId }) => caseId)}::int[])`
  await sql`
    insert into chain_cases (case_id, chain_id)
    select * from unnest(${rows.map(({ caseId }) => caseId)}::int[], ${rows.map(({ chainId }) => chainId)}::int[])
    on conflict (case_id) do update set chain_id = excluded.chain_id where chain_cases.chain_id <> excluded.chain_id`
}

// — chains

export type Incubation = { diseaseId: string; profileVersion: number; days: number }

const incubations = (sql: Sql, known: readonly Incubation[]) => sql`
  unnest(${known.map(({ diseaseId }) => diseaseId)}::text[], ${known.map(({ profileVersion }) => profileVersion)}::int[],
    ${known.map(({ days }) => days)}::int[]) as i (disease_id, profile_version, days)`

export type ChainRow = {
  id: string
  number: string
  diseaseId: string
  size: number
  beyond: number
  firstOn: string
  lastOn: string
  endsOn: string
  active: boolean
  place: { name: string; cases: number } | null
}

type ChainFilter = {
  areaIds: readonly number[]
  areaId?: number
  diseaseId?: string
  status?: 'active' | 'ended'
  minSize?: number
  asOf: string
}
type ChainWindow = { order: ChainOrder; after: readonly [key: string, id: string] | undefined; limit: number }

/** Chains with a case within reach, as they were known by a day; a page goes on after the chain called `after`. */
export function listChains(
  sql: Sql,
  { areaIds, areaId, diseaseId, status, minSize = 1, asOf }: ChainFilter,
  { order, after, limit }: ChainWindow,
  known: readonly Incubation[],
) {
  const keys = { size: sql`size`, firstOn: sql`first_on`, lastOn: sql`last_on` }
  const by = order.replace('-', '') as keyof typeof keys
  const [key, cast] = [keys[by], by === 'size' ? sql`int` : sql`date`]
  const down = order.startsWith('-')
  const way = down ? sql`desc` : sql`asc`
  return sql<ChainRow[]>`
    with touched as (
      select distinct m.chain_id from chain_cases m join counted_cases d on d.case_id = m.case_id
      where d.began_on <= ${asOf} and ${isWithin(sql, areaIds)}
        ${areaId === undefined ? sql`` : sql`and ${isWithin(sql, [areaId])}`}
        ${diseaseId === undefined ? sql`` : sql`and d.disease_id = ${diseaseId}`}
    ),
    member as (
      select m.chain_id, d.case_id, d.public_id, d.number, d.disease_id, d.began_on, i.days,
        ${isWithin(sql, areaIds)} as is_reached
      from touched t join chain_cases m on m.chain_id = t.chain_id join counted_cases d on d.case_id = m.case_id
      join ${incubations(sql, known)} on i.disease_id = d.disease_id and i.profile_version = d.profile_version
      where d.began_on <= ${asOf}
    ),
    chain as (
      select chain_id, min(disease_id) as disease_id, count(*)::int as size,
        count(*) filter (where not is_reached)::int as beyond, min(began_on) as first_on, max(began_on) as last_on,
        max(began_on) + 2 * max(days) as ends_on, max(began_on) + 2 * max(days) >= ${asOf}::date as active,
        (array_agg(public_id order by began_on, case_id) filter (where is_reached))[1] as id,
        (array_agg(number order by began_on, case_id) filter (where is_reached))[1] as number
      from member group by chain_id having count(*) >= ${minSize}
    ),
    page as (
      select * from chain
      where true
        ${status === undefined ? sql`` : sql`and active = ${status === 'active'}`}
        ${after === undefined ? sql`` : sql`and (${key}, id) ${down ? sql`<` : sql`>`} (${after[0]}::${cast}, ${after[1]}::uuid)`}
      order by ${key} ${way}, id ${way} limit ${limit}
    )
    select page.id, page.number, disease_id, size, beyond, first_on, last_on, ends_on, active, (
      select jsonb_build_object('name', p.name, 'cases', count(distinct m.case_id))
      from chain_cases m join counted_cases d on d.case_id = m.case_id and d.began_on <= ${asOf}
      join standing_links l on l.infected_id = m.case_id
      join place_facts p on p.place_id = l.place_id
      where m.chain_id = page.chain_id group by p.place_id, p.name order by count(distinct m.case_id) desc, p.place_id limit 1
    ) as place
    from page order by ${key} ${way}, page.id ${way}`
}

type Member = DatedCase & {
  isReached: boolean
  area: string | null
  /** Of the whole chain, also where the list is cut. */
  size: number
  lastOn: string
  beyond: number
}

/** The cases of the chain to which a case belongs, as far as they began by a day; itself, if it belongs to none. */
export const listMembers = (
  sql: Sql,
  caseId: number,
  { areaIds, asOf, limit }: { areaIds: readonly number[]; asOf: string; limit: number },
) =>
  sql<Member[]>`
    select ${caseColumns(sql)}, ${isWithin(sql, areaIds)} as is_reached, a.full_name as area,
      count(*) over ()::int as size, max(d.began_on) over () as last_on,
      count(*) filter (where not ${isWithin(sql, areaIds)}) over ()::int as beyond
    from case_dates d left join area_names a on a.id = d.area_id
    where d.began_on <= ${asOf} and (d.case_id = ${caseId} or d.case_id in (
      select c.case_id from chain_cases m join counted_cases c on c.case_id = m.case_id
      where m.chain_id = (select m.chain_id from chain_cases m join counted_cases c on c.case_id = m.case_id
        where c.case_id = ${caseId})))
    order by d.began_on, d.case_id limit ${limit}`

// — figures

type Counted = { areaIds: readonly number[]; areaId?: number; diseaseId: string; asOf: string }

const counted = (sql: Sql, { areaIds, areaId, diseaseId, asOf }: Counted) => sql`
  d.disease_id = ${diseaseId} and d.began_on <= ${asOf} and ${isWithin(sql, areaIds)}
  ${areaId === undefined ? sql`` : sql`and ${isWithin(sql, [areaId])}`}`

/** Days from onset to onset, of each link that stands between two cases of known onset. */
export const countSerialIntervals = (sql: Sql, filter: Counted) =>
  sql<{ value: number; count: number }[]>`
    select d.onset_on - o.onset_on as value, count(*)::int
    from counted_cases d join standing_links l on l.infected_id = d.case_id
    join counted_cases o on o.case_id = l.infector_id
    where ${counted(sql, filter)} and d.onset_on is not null and o.onset_on is not null and o.began_on <= ${filter.asOf}
    group by 1 order by 1`

/** How many cases infected how many. */
export const countOffspring = (sql: Sql, filter: Counted) =>
  sql<{ infected: number; cases: number }[]>`
    select coalesce(n.infected, 0)::int as infected, count(*)::int as cases
    from counted_cases d left join (
      select l.infector_id, count(*) as infected
      from standing_links l join counted_cases o on o.case_id = l.infected_id
      where o.began_on <= ${filter.asOf} group by 1) n on n.infector_id = d.case_id
    where ${counted(sql, filter)} group by 1 order by 1`

export type SpreadingPlaceRow = {
  placeId: number
  infected: number
  firstOn: string
  lastOn: string
  from: string
  to: string
}

/** Places by how many cases links say were infected there, and when these may have been exposed. */
export function listSpreadingPlaces(
  sql: Sql,
  filter: Counted,
  { after, limit }: { after: readonly [infected: number, placeId: string] | undefined; limit: number },
  known: readonly Incubation[],
) {
  return sql<SpreadingPlaceRow[]>`
    select l.place_id, count(distinct d.case_id)::int as infected, min(d.began_on) as first_on,
      max(d.began_on) as last_on, min(coalesce(l.exposed_on, d.began_on - i.days)) as from,
      max(coalesce(l.exposed_on, d.began_on)) as to
    from counted_cases d join standing_links l on l.infected_id = d.case_id
    join place_facts p on p.place_id = l.place_id
    join ${incubations(sql, known)} on i.disease_id = d.disease_id and i.profile_version = d.profile_version
    where ${counted(sql, filter)}
    group by l.place_id, p.public_id
    ${
      after === undefined
        ? sql``
        : sql`having (-count(distinct d.case_id), p.public_id) > (${-after[0]}::bigint, ${after[1]}::uuid)`
    }
    order by -count(distinct d.case_id), p.public_id limit ${limit}`
}

/** Who was recorded at a place in a time, and how many of them became cases; without those who infected others there. */
export const countIll = async (
  sql: Sql,
  {
    placeId,
    diseaseId,
    from,
    to,
    illFrom,
    illTo,
  }: { placeId: number; diseaseId: string; from: Date; to: Date; illFrom: string; illTo: string },
) =>
  (
    await sql<{ present: number; ill: number }[]>`
      with present as (
        select person_id from recorded_stays
        where place_id = ${placeId} and length in (0, 1, 2) and arrived_at < ${to}
          and arrived_at > ${new Date(from.getTime() - 3 * 86_400_000)} and left_at > ${from}
        union
        select person_id from recorded_stays
        where place_id = ${placeId} and length in (3, 4) and arrived_at < ${to} and left_at > ${from}
        union
        select person_id from unfinished_stays where place_id = ${placeId} and arrived_at >= ${from} and arrived_at < ${to}
        except
        select d.person_id from standing_links l join case_dates d on d.case_id = l.infector_id
        where l.place_id = ${placeId}
      )
      select count(*)::int as present, count(*) filter (where exists (
        select from counted_cases d where d.person_id = present.person_id and d.disease_id = ${diseaseId}
          and d.began_on between ${illFrom} and ${illTo}))::int as ill
      from present`
  )[0]!

// — backward

export type SuggestionRow = { caseId: number; label: 'F1' | 'F2' | 'F3'; firstAt: Date; lastAt: Date }

/** Cases of whom this person is a marked contact, and no standing link says that they infected this case. */
export const listSuggestions = (sql: Sql, of: DatedCase, { from, to }: { from: Date; to: Date }) =>
  sql<SuggestionRow[]>`
    select c.case_id, c.label, c.first_at, c.last_at
    from contacts c join counted_cases d on d.case_id = c.case_id
    where c.withdrawn_at is null and c.person_id = ${of.personId} and d.disease_id = ${of.diseaseId} and d.person_id <> ${of.personId}
      and d.began_on <= ${of.beganOn} and c.first_at < ${to} and c.last_at > ${from}
      and not exists (select from transmission_links l
        where l.infected_id = ${of.id} and l.infector_id = c.case_id and l.withdrawn_at is null)
    order by c.last_at desc, c.id limit 20`
