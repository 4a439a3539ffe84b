import { type CsvKind, type Fault, fault, readMoment } from '../../platform/csv-import.ts'
import { peopleByRef } from '../people/index.ts'
import { placesByRef } from '../places/index.ts'
import { prepareWeeks } from './intake.ts'
import { insertStays } from './queries.ts'
import { LONGEST_STAY_SECONDS } from './rules.ts'

const LONGEST_REF = 200
const SKEW_MS = 5 * 60_000

type ImportedVisit = { person: string; place: string; arrivedAt: Date; leftAt: Date | null }

/** Stays of an outside system. With `createMissing` a ref that nobody knows becomes a person or place without a name. */
export function visitsImport({ createMissing }: { createMissing: boolean }): CsvKind<ImportedVisit> {
  const people = peopleByRef({ create: createMissing })
  const places = placesByRef({ create: createMissing })
  return {
    action: 'visit.import',
    columns: ['person', 'place', 'in', 'out'],
    check,
    async write(ctx, rows) {
      const personIds = await people(
        ctx,
        rows.map(({ person }) => person),
      )
      const placeIds = await places(
        ctx,
        rows.map(({ place }) => place),
      )
      const refused = new Map<number, Fault>()
      const stays = []
      for (const [at, { person, place, arrivedAt, leftAt }] of rows.entries()) {
        const personId = personIds.get(person)
        const placeId = placeIds.get(place)
        if (personId === undefined) refused.set(at, unknownPerson)
        else if (placeId === undefined) refused.set(at, unknownPlace)
        else stays.push({ personId, placeId, arrivedAt, leftAt })
      }
      await prepareWeeks(
        ctx.sql,
        stays.map(({ arrivedAt }) => arrivedAt),
      )
      const written = stays.length > 0 ? await insertStays(ctx.sql, stays) : 0
      return { written, refused }
    },
    atOnce: 2,
    finish: (sql) => sql`vacuum (analyze) visits, open_stays`,
  }
}

const unknownPerson = fault('person', 'không có người mang mã này', 'nobody has this ref')
const unknownPlace = fault('place', 'không có địa điểm mang mã này', 'no place has this ref')
const noMoment = (field: string) =>
  fault(
    field,
    'không phải thời điểm ISO 8601 có múi giờ, ví dụ 2026-11-30T08:15:00+07:00',
    'is no ISO 8601 time with an offset, like 2026-11-30T08:15:00+07:00',
  )
const inFuture = (field: string) => fault(field, 'ở tương lai', 'lies in the future')

function check(cells: readonly string[], now: Date): ImportedVisit | Fault[] {
  const [person, place, arrived, left] = cells as [string, string, string, string]
  const arrivedAt = readMoment(arrived)
  const leftAt = left === '' ? null : readMoment(left)
  const latest = now.getTime() + SKEW_MS
  const faults: Fault[] = []
  for (const [field, ref] of [
    ['person', person],
    ['place', place],
  ] as const) {
    if (ref === '') faults.push(fault(field, 'để trống', 'is empty'))
    if (ref.length > LONGEST_REF)
      faults.push(fault(field, `dài quá ${LONGEST_REF} ký tự`, `is longer than ${LONGEST_REF} characters`))
  }
  if (Number.isNaN(arrivedAt)) faults.push(noMoment('in'))
  else if (arrivedAt > latest) faults.push(inFuture('in'))
  if (leftAt !== null) {
    if (Number.isNaN(leftAt)) faults.push(noMoment('out'))
    else if (leftAt < arrivedAt) faults.push(fault('out', 'trước lúc vào', 'lies before in'))
    else if (leftAt > latest) faults.push(inFuture('out'))
    else if (leftAt - arrivedAt > LONGEST_STAY_SECONDS * 1000)
      faults.push(fault('out', 'quá một năm sau lúc vào', 'lies more than a year after in'))
  }
  if (faults.length > 0) return faults
  return { person, place, arrivedAt: new Date(arrivedAt), leftAt: leftAt === null ? null : new Date(leftAt) }
}
