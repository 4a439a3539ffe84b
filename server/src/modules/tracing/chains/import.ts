import { v7 as uuidv7 } from 'uuid'
import { type CsvKind, type Fault, fault, KnownRefs } from '../../../platform/csv-import.ts'
import { placesByRef } from '../../places/index.ts'
import { deriveChains } from './keep.ts'
import type { InsertedLink } from './queries.ts'
import * as queries from './queries.ts'
import { confidences, sources } from './schema.ts'

const LONGEST_REF = 200

type ImportedLink = Pick<InsertedLink, 'source' | 'confidence'> & {
  infector: string
  infected: string
  place: string
}

/**
 * Who infected whom, or at which place, by the refs of an outside system. A link that stands already is left as it is;
 * one that somebody withdrew comes back only by hand.
 */
export function linksImport({ createMissing }: { createMissing: boolean }): CsvKind<ImportedLink> {
  const cases = new KnownRefs(queries.listCaseRefs)
  const places = placesByRef({ create: createMissing })
  return {
    action: 'link.import',
    columns: ['infector', 'infected', 'place', 'source', 'confidence'],
    optional: ['place', 'source', 'confidence'],
    check,
    async write(ctx, rows) {
      await queries.lockLinks(ctx.sql)
      const caseIds = await cases.resolve(
        ctx.sql,
        rows.flatMap(({ infector, infected }) => [infector, infected]).filter(Boolean),
      )
      const placeIds = await places(ctx, [...new Set(rows.map(({ place }) => place))].filter(Boolean))
      const named = rows.flatMap(({ infector, infected }) =>
        [caseIds.get(infector) ?? [], caseIds.get(infected) ?? []].flat(),
      )
      const known = new Map(
        (await queries.listCasesByRow(ctx.sql, [...new Set(named)], [])).map((row) => [row.id, row]),
      )
      const refused = new Map<number, Fault>()
      const links: InsertedLink[] = []
      for (const [at, row] of rows.entries()) {
        const infected = known.get(caseIds.get(row.infected) ?? 0)
        const infector = row.infector === '' ? null : known.get(caseIds.get(row.infector) ?? 0)
        const placeId = row.place === '' ? null : placeIds.get(row.place)
        if (!infected) refused.set(at, noCase('infected'))
        else if (infector === undefined) refused.set(at, noCase('infector'))
        else if (placeId === undefined) refused.set(at, noPlace)
        else if (infector?.personId === infected.personId) refused.set(at, samePerson)
        else if (infector && infector.diseaseId !== infected.diseaseId) refused.set(at, otherDisease)
        else
          links.push({
            publicId: uuidv7(),
            infectedId: infected.id,
            infectorId: infector?.id ?? null,
            placeId,
            exposedOn: null,
            source: row.source,
            confidence: row.confidence,
          })
      }
      const fresh = await queries.withoutWithdrawn(ctx.sql, links)
      const written = await queries.insertLinks(ctx.sql, fresh, { at: ctx.now, by: null })
      await deriveChains(
        ctx.sql,
        links.flatMap(({ infectedId, infectorId }) => [infectedId, infectorId ?? infectedId]),
      )
      return { written: written.length, refused }
    },
    finish: (sql) => sql`analyze transmission_links, chain_cases`,
  }
}

const noCase = (field: string) => fault(field, 'không có ca bệnh mang mã này', 'no case has this ref')
const noWord = (field: string, words: readonly string[]) =>
  fault(field, `không phải ${words.join(', ')}`, `is none of ${words.join(', ')}`)
const noPlace = fault('place', 'không có địa điểm mang mã này', 'no place has this ref')
const samePerson = fault('infector', 'là ca của cùng một người', 'is a case of the same person')
const otherDisease = fault('infector', 'mắc bệnh khác', 'has another disease')

function check([infector = '', infected = '', place = '', ...rest]: readonly string[]):
  | ImportedLink
  | Fault[] {
  const faults: Fault[] = []
  for (const [field, text] of [
    ['infector', infector],
    ['infected', infected],
    ['place', place],
  ] as const)
    if (text.length > LONGEST_REF)
      faults.push(fault(field, `dài quá ${LONGEST_REF} ký tự`, `is longer than ${LONGEST_REF} characters`))
  if (infected === '') faults.push(fault('infected', 'để trống', 'is empty'))
  if (infector === '' && place === '')
    faults.push(fault('infector', 'cần ca lây hoặc địa điểm', 'needs a case or a place from which it came'))
  if (infector !== '' && infector === infected)
    faults.push(fault('infector', 'trùng với ca bị lây', 'is the infected case itself'))
  const source = sources.find((one) => one === (rest[0] || 'import'))
  const confidence = confidences.find((one) => one === (rest[1] || 'probable'))
  if (!source) faults.push(noWord('source', sources))
  if (!confidence) faults.push(noWord('confidence', confidences))
  return source && confidence && faults.length === 0
    ? { infector, infected, place, source, confidence }
    : faults
}
