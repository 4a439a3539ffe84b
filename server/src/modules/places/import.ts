import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { type CsvKind, type Fault, fault, KnownRefs } from '../../platform/csv-import.ts'
import type { Sql } from '../../platform/database.ts'
import { findAreas, findPhone, holderOfPhone, unknownArea } from '../people/index.ts'
import { readSectors } from './kinds.ts'
import { listKinds, type NewPlace } from './queries.ts'
import { cleanAddress, cleanName, newPlaceCode } from './rules.ts'
import { placeRow } from './service.ts'

const COLUMNS = ['ref', 'name', 'kind', 'area', 'address', 'lat', 'lon', 'sector', 'phone'] as const
const MOST = { ref: 200, name: 255, address: 500 } as const

/** The kind of a place of which we know the ref alone. */
const PLACEHOLDER_KIND = 'other'

type ImportedPlace = {
  ref: string
  name: string
  kind: string
  areaCode: string
  address: string
  lat?: number
  lon?: number
  sector: string
  phone: string | null
}

/** Places of an outside system. A ref that is known already is left as it is, unless all we had of it was the ref. */
export function placesImport(): CsvKind<ImportedPlace> {
  const areas = new KnownRefs(findAreas)
  const sectors = new Set(readSectors())
  let sectorOf: ReadonlyMap<string, string> | undefined
  return {
    action: 'place.import',
    columns: COLUMNS,
    check: (cells) => check(cells, sectors),
    async write(ctx, rows) {
      sectorOf ??= new Map((await listKinds(ctx.sql)).map(({ code, sector }) => [code, sector]))
      const areaIds = await areas.resolve(
        ctx.sql,
        rows.map(({ areaCode }) => areaCode),
      )
      const refused = new Map<number, Fault>()
      const places = new Map<string, ImportedPlace>()
      for (const [at, row] of rows.entries()) {
        if (!areaIds.has(row.areaCode)) refused.set(at, unknownArea)
        else if (!sectorOf.has(row.kind)) refused.set(at, unknownKind)
        else if (!places.has(row.ref)) places.set(row.ref, row)
      }
      const codes = await freshCodes(ctx.sql, places.size)
      const sent = [...places.values()].map(({ areaCode, ...place }) => {
        const sector = place.sector || sectorOf!.get(place.kind)!
        const row = placeRow(ctx, { ...place, sector, areaId: areaIds.get(areaCode)! })
        return { ...row, ref: place.ref, code: codes.pop()! }
      })
      const written = await insertPlaces(ctx, sent)
      await insertOwners(ctx, written, places)
      return { written: written.length, refused }
    },
    finish: (sql) => sql`analyze places`,
  }
}

const unknownKind = fault('kind', 'không có loại địa điểm này', 'no kind of place has this code')

// — one row

function check(cells: readonly string[], sectors: ReadonlySet<string>): ImportedPlace | Fault[] {
  const [ref, name, kind, areaCode, address, lat, lon, sector, phone] = cells as readonly string[] & {
    length: 9
  }
  const faults: Fault[] = []
  for (const [field, text] of [
    ['ref', ref],
    ['name', name],
    ['address', address],
  ] as const)
    if (text!.length > MOST[field])
      faults.push(fault(field, `dài quá ${MOST[field]} ký tự`, `is longer than ${MOST[field]} characters`))
  for (const [field, text] of [
    ['ref', ref],
    ['name', name],
    ['kind', kind],
    ['area', areaCode],
  ] as const)
    if (text === '') faults.push(fault(field, 'để trống', 'is empty'))
  const cleanedName = cleaned(cleanName, name!)
  if (name !== '' && cleanedName === undefined)
    faults.push(fault('name', 'cần có chữ hoặc số', 'needs letters or digits'))
  const cleanedAddress = address === '' ? '' : cleaned(cleanAddress, address!)
  if (cleanedAddress === undefined)
    faults.push(fault('address', 'cần có chữ hoặc số', 'needs letters or digits'))
  const north = degrees(lat!, 90)
  const east = degrees(lon!, 180)
  if (north === undefined) faults.push(fault('lat', 'không phải vĩ độ', 'is no latitude'))
  if (east === undefined) faults.push(fault('lon', 'không phải kinh độ', 'is no longitude'))
  if ((lat === '') !== (lon === ''))
    faults.push(fault(lat === '' ? 'lat' : 'lon', 'thiếu một nửa tọa độ', 'is missing beside the other'))
  if (sector !== '' && !sectors.has(sector!))
    faults.push(fault('sector', 'không có ngành này', 'is no sector'))
  const number = phone === '' ? null : findPhone(phone!)
  if (number === undefined) faults.push(fault('phone', 'không phải số điện thoại', 'is no phone number'))
  if (faults.length > 0) return faults
  return {
    ref: ref!,
    name: cleanedName!,
    kind: kind!,
    areaCode: areaCode!,
    address: cleanedAddress!,
    ...(north == null || east == null ? {} : { lat: north, lon: east }),
    sector: sector!,
    phone: number!,
  }
}

function cleaned(clean: (text: string) => string, text: string) {
  try {
    return clean(text)
  } catch {
    return undefined
  }
}

/** Null when nothing is given, undefined when it is no such number. A decimal comma is one, too. */
function degrees(text: string, most: number): number | null | undefined {
  if (text === '') return null
  const value = /^-?\d{1,3}([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  return Math.abs(value) <= most ? value : undefined
}

// — many rows

/** Codes that no place has. */
async function freshCodes(sql: Sql, count: number): Promise<string[]> {
  const codes = new Set<string>()
  while (codes.size < count) {
    while (codes.size < count) codes.add(newPlaceCode())
    const taken = await sql<
      { code: string }[]
    >`select code from places where code = any(${[...codes]}::text[])`
    for (const { code } of taken) codes.delete(code)
  }
  return [...codes]
}

/** Those that are new, or were only a ref until now; a poster that hangs somewhere keeps its code. */
const insertPlaces = (ctx: Context, rows: readonly (NewPlace & { ref: string })[]) => {
  const hex = (bytes: Buffer | null) => bytes?.toString('hex') ?? null
  return ctx.sql<{ id: number; ref: string }[]>`
    insert into places as known (public_id, ref, code, name, kind, sector, area_id, address, sealed, lat, lon, search_key,
      created_at, changed_at)
    select public_id, ref, code, name, kind, sector, area_id, address, decode(sealed, 'hex'), lat, lon, search_key,
      ${ctx.now}, ${ctx.now}
    from unnest(${rows.map((row) => row.publicId)}::uuid[], ${rows.map((row) => row.ref)}::text[],
      ${rows.map((row) => row.code)}::text[], ${rows.map((row) => row.name)}::text[],
      ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.sector)}::text[],
      ${rows.map((row) => row.areaId)}::int[], ${rows.map((row) => row.address)}::text[],
      ${rows.map((row) => hex(row.sealed))}::text[], ${rows.map((row) => row.lat)}::float8[],
      ${rows.map((row) => row.lon)}::float8[], ${rows.map((row) => row.searchKey)}::text[])
      as sent (public_id, ref, code, name, kind, sector, area_id, address, sealed, lat, lon, search_key)
    order by ref
    on conflict (ref) do update set name = excluded.name, kind = excluded.kind, sector = excluded.sector,
      area_id = excluded.area_id, address = excluded.address, sealed = excluded.sealed, lat = excluded.lat,
      lon = excluded.lon, search_key = excluded.search_key, changed_at = excluded.changed_at
    where known.area_id is null
    returning id, ref`
}

/** Whoever answers the phone of a place runs it, once they confirm the number. */
async function insertOwners(
  ctx: Context,
  written: readonly { id: number; ref: string }[],
  places: ReadonlyMap<string, ImportedPlace>,
) {
  const holders = new Map<string, number>()
  const owned: { id: string; placeId: number; holderId: number }[] = []
  for (const { id: placeId, ref } of written) {
    const { phone } = places.get(ref)!
    if (phone === null) continue
    if (!holders.has(phone)) holders.set(phone, (await holderOfPhone(ctx, phone)).id)
    owned.push({ id: uuidv7(), placeId, holderId: holders.get(phone)! })
  }
  if (owned.length === 0) return
  await ctx.sql`
    insert into place_staff (id, place_id, holder_id, role, since)
    select id, place_id, holder_id, 'owner', ${ctx.now}
    from unnest(${owned.map(({ id }) => id)}::uuid[], ${owned.map(({ placeId }) => placeId)}::int[],
      ${owned.map(({ holderId }) => holderId)}::int[]) as sent (id, place_id, holder_id)
    on conflict (place_id, holder_id) where until is null do nothing`
}

/** Which places have these refs; with `create`, those that nobody knows get a record that says no more than the ref. */
export function placesByRef({ create }: { create: boolean }) {
  const find = (sql: Sql, refs: readonly string[]) =>
    sql<
      { ref: string; id: number }[]
    >`select ref, id from places where ref = any(${refs as string[]}::text[])`
  const known = new KnownRefs(find)
  return async (ctx: Context, refs: readonly string[]) => {
    const ids = await known.resolve(ctx.sql, refs)
    const missing = create ? [...new Set(refs)].filter((ref) => !ids.has(ref)) : []
    if (missing.length === 0) return ids
    await ctx.sql`
      insert into places (public_id, ref, code, name, kind, sector, address, search_key, created_at, changed_at)
      select gen_random_uuid(), ref, code, ref, kind.code_of_kind, kind.sector, '', lower(ref), ${ctx.now}, ${ctx.now}
      from unnest(${missing}::text[], ${await freshCodes(ctx.sql, missing.length)}::text[]) as sent (ref, code)
      cross join (select code as code_of_kind, sector from place_kinds where code = ${PLACEHOLDER_KIND}) as kind
      order by ref
      on conflict (ref) do nothing`
    return known.resolve(ctx.sql, refs)
  }
}
