import type { Sql } from '../../../platform/database.ts'
import type { TraceRow } from '../queries.ts'

/** Whether two traces found the same people in the same hops, with the same evidence; their numbers are compared first. */
export const isSameList = async (sql: Sql, id: number, otherId: number) => {
  const hops = (traceId: number) =>
    sql`select hop, people, beside from trace_hops where trace_id = ${traceId} and people > 0`
  const [numbers] = await sql<[{ differ: boolean }]>`
    select exists (
      select from (${hops(id)}) one full join (${hops(otherId)}) other using (hop, people, beside)
      where one.people is null or other.people is null) as differ`
  if (numbers.differ) return false
  const evidence = (traceId: number) => sql`
    select person_id, row(hop, via_id, overlap_seconds, first_at, last_at, isolated_at, by_scans, exposures, beside) as line
    from trace_contacts where trace_id = ${traceId}`
  const [lists] = await sql<[{ differ: boolean }]>`
    select exists (
      select from (${evidence(id)}) one full join (${evidence(otherId)}) other using (person_id)
      where one.line is distinct from other.line) as differ`
  return !lists.differ
}

/** Says when these were looked for again, and found the same. */
export const noteLooked = (sql: Sql, ids: readonly number[], at: Date) => sql`
  update traces set looked_at = ${at} where id = any(${ids as number[]}::int[])`

/** Says that somebody reads a list; it is kept from then on. False where it is deleted already. */
export const noteRead = async (sql: Sql, id: number, at: Date) =>
  (
    await sql`
      update traces set read_at = coalesce(read_at, ${at}) where id = ${id} and list_deleted_at is null`
  ).count > 0

/** Of what a trace found, so many rows at most of each table; lines are kept that a later list shows as gone, and those with whom these were. */
const listOf = (sql: Sql, id: number, most: number) => {
  const of = (rows: ReturnType<Sql>) => sql`${rows} limit ${most}`
  return {
    trace_lines: of(sql`select ctid from trace_lines where trace_id = ${id}`),
    trace_places: of(sql`select ctid from trace_places where trace_id = ${id}`),
    trace_gone: of(sql`select ctid from trace_gone where trace_id = ${id}`),
    trace_contacts: of(sql`
      select ctid from trace_contacts t where trace_id = ${id} and not exists (
        select from (
          select g.person_id from trace_gone g where g.list_id = ${id}
          union
          select c.via_id from trace_gone g join trace_contacts c on c.trace_id = g.list_id and c.person_id = g.person_id
          where g.list_id = ${id}
        ) shown where shown.person_id = t.person_id)`),
  }
}

/** Deletes rows of the list of a trace, so many at most; how many they were. */
export async function deleteFromList(sql: Sql, id: number, most: number) {
  let deleted = 0
  for (const table of Object.keys(listOf(sql, id, most)) as (keyof ReturnType<typeof listOf>)[]) {
    if (deleted === most) break
    const rows = listOf(sql, id, most - deleted)[table]
    deleted += (await sql`delete from ${sql(table)} where ctid = any(array(${rows}))`).count
  }
  return deleted
}

/** Deletes a trace whose list is. */
export async function deleteTrace(sql: Sql, id: number) {
  await sql`delete from trace_hops where trace_id = ${id}`
  await sql`delete from traces where id = ${id}`
}

/**
 * The latest up to a row of those that nobody asked for and whose list serves nobody: it ended before a moment, was not read, nothing
 * was marked or taken back by it, none that still runs is compared with it, and a later one looked for the same as far. Also one whose list was begun to be deleted.
 */
export const lockForgettable = async (sql: Sql, upTo: number | undefined, endedBefore: Date) =>
  (
    await sql<Pick<TraceRow, 'id' | 'askedAt' | 'listDeletedAt'>[]>`
      select id, asked_at, list_deleted_at from traces t
      where by_itself ${upTo === undefined ? sql`` : sql`and id <= ${upTo}`} and (
        list_deleted_at is not null
        or finished_at < ${endedBefore} and read_at is null
          and not exists (select from contact_markings m where m.trace_id = t.id)
          and not exists (select from contacts c where c.trace_id = t.id)
          and not exists (select from traces w where w.follows = t.id and w.finished_at is null)
          and exists (
            select from traces later
            where later.case_id = t.case_id and later.id > t.id and later.status = 'done' and ${looksAsFar(sql)}))
      order by id desc limit 1 for update skip locked`
  )[0]

/** By the same rule, in no shorter window, for no fewer hops and beside the scans too. */
const looksAsFar = (sql: Sql) => {
  const rule = (of: 't' | 'later') =>
    sql`${sql(of)}.parameters - '{from,to,hops,beside,wider,reason}'::text[]`
  return sql`
    ${rule('later')} = ${rule('t')}
    and later.parameters->>'from' <= t.parameters->>'from' and later.parameters->>'to' >= t.parameters->>'to'
    and (later.parameters->>'hops')::int >= (t.parameters->>'hops')::int
    and (later.parameters ? 'beside' or not t.parameters ? 'beside')`
}

/** From now on nobody reads its list. What it followed need not stay for it. */
export const closeList = (sql: Sql, id: number, at: Date) => sql`
  update traces set list_deleted_at = ${at}, follows = null where id = ${id}`

/** Whether something that stays names a trace. */
export const isNamed = async (sql: Sql, id: number) =>
  (
    await sql<[{ isNamed: boolean }]>`
      select exists (select from traces where follows = ${id}) or exists (select from trace_gone where list_id = ${id}) as is_named`
  )[0].isNamed
