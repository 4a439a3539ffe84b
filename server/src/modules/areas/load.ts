import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { type Sql, transact } from '../../platform/database.ts'
import { markedText, plainText } from '../../platform/vietnamese.ts'

const DATA = new URL('../../../../data/', import.meta.url)

type Unit = {
  code: string
  parent: string
  level: number
  kind: string
  name: string
  name_en: string
  valid_from: string
  valid_to: string | null
}
type Succession = {
  on: string
  level: number
  code: string
  successor_level: number
  successor_code: string
  coverage: string
}
type Point = { from: string; code: string; lat: number; lon: number; radius_km: number }
type File = { name: string; text: string }

/**
 * Brings the units into line with the files in `data/areas` (and the label points in `data/boundaries`). A second
 * run with the same files does nothing; with newer ones, rows keep their ids, because records refer to them.
 */
export async function loadAreas(
  sql: Sql,
  dataFolder: URL = DATA,
): Promise<{ changed: boolean; units: number }> {
  const files = [
    ...(await readFiles(new URL('areas/', dataFolder), /\.(csv|json)$/)),
    ...(await readFiles(new URL('boundaries/', dataFolder), /^labels_.*\.csv$/)),
  ]
  const hash = createHash('sha256')
  for (const { name, text } of files) hash.update(`${name}\0${text}\0`)
  const version = hash.digest('hex')

  return transact(sql, async (tx) => {
    await tx`lock table data_loads in share row exclusive mode` // two servers may start at once
    const [loaded] = await tx`select hash from data_loads where name = 'areas'`
    if (loaded?.hash === version) return { changed: false, units: 0 }

    const units = describe(files)
    const ids = await writeUnits(tx, units)
    await writeSuccessors(tx, readAll<Succession>(files, 'successors', 'on'), units, ids)
    await writeEnclosures(tx)
    await tx`
      insert into data_loads (name, hash, at) values ('areas', ${version}, now())
      on conflict (name) do update set hash = excluded.hash, at = excluded.at`
    return { changed: true, units: units.length }
  })
}

async function readFiles(folder: URL, wanted: RegExp): Promise<File[]> {
  const names = (await readdir(folder)).filter((name) => wanted.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
  )
}

const NUMBERS = new Set(['level', 'successor_level', 'lat', 'lon', 'radius_km'])

/** Rows of all files `<kind>_<day>.csv`; the day of each file goes into the column `dayColumn`, when one is named. */
function readAll<Row>(files: readonly File[], kind: string, dayColumn?: string): Row[] {
  return files.flatMap(({ name, text }) => {
    const day = new RegExp(`^${kind}_(\\d{4}-\\d{2}-\\d{2})\\.csv$`).exec(name)?.[1]
    if (!day) return []
    const rows = parse<Record<string, unknown>>(text, {
      columns: true,
      cast: (value, { column }) =>
        NUMBERS.has(String(column)) ? Number(value) : column === 'valid_to' ? value || null : value,
    })
    return rows.map((row) => (dayColumn ? { ...row, [dayColumn]: day } : row) as Row)
  })
}

function byCode<Row extends { code: string }>(rows: readonly Row[]) {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.code, [...(groups.get(row.code) ?? []), row])
  return groups
}

type Described = ReturnType<typeof describe>[number]

const isIn = (unit: Unit, day: string) =>
  unit.valid_from <= day && (unit.valid_to === null || unit.valid_to > day)

/** Each unit with its parent, full name, path, keys, label point and place in the order of all. */
function describe(files: readonly File[]) {
  const kinds = JSON.parse(files.find(({ name }) => name === 'kinds.json')!.text) as {
    code: string
    label: { vi: string }
  }[]
  const labels = new Map(kinds.map(({ code, label }) => [code, label.vi]))
  const units = readAll<Unit>(files, 'units')
  const points = byCode(readAll<Point>(files, 'labels', 'from'))
  const rowsOf = byCode(units)
  const order = orderOf(units)

  const parentOf = (unit: Unit) => {
    if (!unit.parent) return undefined
    const parent = rowsOf
      .get(unit.parent)
      ?.find((other) => other.level < unit.level && isIn(other, unit.valid_from))
    if (!parent) throw new Error(`Unit ${unit.code} of ${unit.valid_from}: no parent ${unit.parent} in force`)
    return parent
  }
  const fullNameOf = (unit: Unit) => {
    const label = labels.get(unit.kind)
    if (!label) throw new Error(`Unit ${unit.code}: kind ${unit.kind} is not in kinds.json`)
    return `${label} ${unit.name}`
  }
  const pathOf = (unit: Unit): string => {
    const parent = parentOf(unit)
    return parent ? `${fullNameOf(unit)}, ${pathOf(parent)}` : fullNameOf(unit)
  }
  return units.map((unit) => {
    const fullName = fullNameOf(unit)
    const point = points.get(unit.code)?.find(({ from }) => unit.valid_to === null || unit.valid_to > from)
    return {
      ...unit,
      parentKey: keyOf(parentOf(unit)),
      full_name: fullName,
      path: pathOf(unit),
      search_key: plainText(fullName),
      search_key_marked: markedText(fullName),
      sort_order: order.get(unit)!,
      lat: point?.lat ?? null,
      lon: point?.lon ?? null,
      radius_km: point?.radius_km ?? null,
    }
  })
}

/** By level, then name as a Vietnamese reader sorts, with Phường 2 before Phường 10. */
function orderOf(units: readonly Unit[]) {
  const { compare } = new Intl.Collator('vi', { numeric: true })
  const sorted = [...units].sort(
    (a, b) =>
      a.level - b.level ||
      compare(a.name, b.name) ||
      compare(a.kind, b.kind) ||
      compare(a.code, b.code) ||
      compare(a.valid_from, b.valid_from),
  )
  return new Map(sorted.map((unit, at) => [unit, at + 1]))
}

const keyOf = (unit: { code: string; level: number; valid_from: string } | undefined) =>
  unit && `${unit.level} ${unit.code} ${unit.valid_from}`

/** Level by level, because a parent must have its id first. */
async function writeUnits(sql: Sql, units: readonly Described[]) {
  const ids = new Map<string, number>()
  const levels = [...new Set(units.map(({ level }) => level))].sort((a, b) => a - b)
  for (const level of levels) {
    const rows = units
      .filter((unit) => unit.level === level)
      .map(({ parent, parentKey, ...unit }) => ({
        ...unit,
        parent_id: parentKey ? ids.get(parentKey) : null,
      }))
    const written = await sql<{ id: number; code: string; level: number; validFrom: string }[]>`
      insert into areas (code, level, kind, name, full_name, name_en, parent_id, path, valid_from, valid_to,
        search_key, search_key_marked, sort_order, lat, lon, radius_km)
      select code, level, kind, name, full_name, name_en, parent_id, path, valid_from, valid_to,
        search_key, search_key_marked, sort_order, lat, lon, radius_km
      from jsonb_to_recordset(${sql.json(rows as never)}) as row (code text, level smallint, kind text, name text,
        full_name text, name_en text, parent_id integer, path text, valid_from date, valid_to date, search_key text,
        search_key_marked text, sort_order integer, lat double precision, lon double precision, radius_km double precision)
      on conflict (code, level, valid_from) do update set kind = excluded.kind, name = excluded.name,
        full_name = excluded.full_name, name_en = excluded.name_en, parent_id = excluded.parent_id,
        path = excluded.path, valid_to = excluded.valid_to, search_key = excluded.search_key,
        search_key_marked = excluded.search_key_marked, sort_order = excluded.sort_order,
        lat = excluded.lat, lon = excluded.lon, radius_km = excluded.radius_km
      returning id, code, level, valid_from`
    for (const { id, code, validFrom } of written) ids.set(keyOf({ code, level, valid_from: validFrom })!, id)
  }
  await sql`delete from area_successors`
  await sql`delete from area_enclosures`
  // A row that the files no longer name goes, unless a record refers to it: then the load fails and says so.
  await sql`delete from areas where id <> all (${[...ids.values()]}::int[])`
  return ids
}

async function writeSuccessors(
  sql: Sql,
  links: readonly Succession[],
  units: readonly Unit[],
  ids: Map<string, number>,
) {
  const ending = new Map(units.map((unit) => [`${unit.level} ${unit.code} ${unit.valid_to}`, unit]))
  const rows = links.map(({ on, level, code, successor_level, successor_code, coverage }) => {
    const old = ids.get(keyOf(ending.get(`${level} ${code} ${on}`)) ?? '')
    const successor = ids.get(keyOf({ code: successor_code, level: successor_level, valid_from: on })!)
    if (!old || !successor)
      throw new Error(`Succession ${code} → ${successor_code} on ${on}: one of them is not listed`)
    return { area_id: old, successor_id: successor, coverage }
  })
  await sql`
    insert into area_successors (area_id, successor_id, coverage)
    select * from jsonb_to_recordset(${sql.json(rows)}) as row (area_id integer, successor_id integer, coverage text)`
}

/**
 * A unit lies within itself, its parents and whatever its successors lie within. A unit that went on whole and
 * alone under its code is still the same: its rows lie within each other, so that a role at it does not lapse.
 */
const writeEnclosures = (sql: Sql) => sql`
  insert into area_enclosures (ancestor_id, area_id)
  with recursive same as (
    select area_id, successor_id from area_successors link
    join areas old on old.id = area_id
    join areas new on new.id = successor_id and new.code = old.code and new.level = old.level
    where coverage = 'full'
      and (select count(*) from area_successors other where other.successor_id = link.successor_id) = 1
  ),
  step (inner_id, outer_id) as (
    select id, parent_id from areas where parent_id is not null
    union select area_id, successor_id from area_successors
    union select successor_id, area_id from same
  ),
  enclosure (area_id, ancestor_id) as (
    select id, id from areas
    union select area_id, outer_id from enclosure join step on inner_id = ancestor_id
  )
  select ancestor_id, area_id from enclosure`
