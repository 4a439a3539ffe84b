import { randomUUID } from 'node:crypto'
import { insertPlace, newPlaceCode } from '../src/modules/places/index.ts'
import type { Sql } from '../src/platform/database.ts'

type Point = readonly [lat: number | null, lon: number | null]

/** A place of that kind without an owner, as an import writes it; answers its key. */
export async function addPlace(sql: Sql, kind: string, createdAt: Date, [lat, lon]: Point = [null, null]) {
  const id = await insertPlace(sql, {
    publicId: randomUUID(),
    code: newPlaceCode(),
    name: 'A place',
    kind,
    sector: 'trade',
    areaId: null,
    address: '1 Lê Lợi',
    sealed: null,
    lat,
    lon,
    searchKey: 'a place',
    createdAt,
    changedAt: createdAt,
  })
  return id!
}
