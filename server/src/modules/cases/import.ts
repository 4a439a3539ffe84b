import { v7 as uuidv7 } from 'uuid'
import type { Context } from '../../platform/context.ts'
import { type CsvKind, type Fault, fault, KnownRefs } from '../../platform/csv-import.ts'
import { dayIn } from '../../platform/days.ts'
import { holdEntry } from '../declarations/index.ts'
import { findAreas, listPeopleById, peopleByRef, unknownArea } from '../people/index.ts'
import { getProfile, listProfiles, profileInForce } from './profiles.ts'
import { insertCases, listAreaCodes, reserveNumbers } from './queries.ts'
import { caseNumber, findAnchor, stayHomeUntil } from './rules.ts'

const COLUMNS = ['ref', 'person', 'disease', 'onset', 'sampled', 'area'] as const
const LONGEST_REF = 200

type ImportedCase = {
  ref: string
  person: string
  disease: string
  onsetOn: string | null
  sampledOn: string | null
  areaCode: string
}

/** Cases of an outside system. A ref that is known already is left as it is, and so is the same illness of a person. */
export function casesImport({ createMissing }: { createMissing: boolean }): CsvKind<ImportedCase> {
  const people = peopleByRef({ create: createMissing })
  const areas = new KnownRefs(findAreas)
  return {
    action: 'case.import',
    columns: COLUMNS,
    optional: ['area'],
    check,
    async write(ctx, rows) {
      const personIds = await people(
        ctx,
        rows.map(({ person }) => person),
      )
      const areaIds = await areas.resolve(ctx.sql, rows.map(({ areaCode }) => areaCode).filter(Boolean))
      const residences = await residencesOf(
        ctx,
        rows.flatMap(({ person }) => personIds.get(person) ?? []),
      )
      const refused = new Map<number, Fault>()
      const cases = []
      for (const [at, row] of rows.entries()) {
        const personId = personIds.get(row.person)
        if (personId === undefined) {
          refused.set(at, unknownPerson)
          continue
        }
        const areaId = row.areaCode === '' ? residences.get(personId) : areaIds.get(row.areaCode)
        if (areaId === undefined || areaId === null)
          refused.set(at, row.areaCode === '' ? noResidence : unknownArea)
        else {
          const profile = await profileInForce(ctx, row.disease, areaId)
          if (!findAnchor(profile, row)) refused.set(at, noAnchor)
          else cases.push({ ...row, personId, areaId, profileVersion: profile.version })
        }
      }
      return { written: cases.length > 0 ? await insert(ctx, cases) : 0, refused }
    },
    finish: (sql) => sql`analyze cases`,
  }
}

const unknownPerson = fault('person', 'không có người mang mã này', 'nobody has this ref')
const noResidence = fault(
  'area',
  'chưa biết nơi ở của người này',
  'the residence of this person is not known',
)
const noAnchor = fault(
  'onset',
  'cần ngày khởi phát hoặc ngày lấy mẫu',
  'needs the day of onset or of the sample',
)

function check(cells: readonly string[], now: Date): ImportedCase | Fault[] {
  const [ref, person, disease, onset, sampled, areaCode = ''] = cells as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const faults: Fault[] = []
  for (const [field, text] of [
    ['ref', ref],
    ['person', person],
  ] as const) {
    if (text === '') faults.push(fault(field, 'để trống', 'is empty'))
    if (text.length > LONGEST_REF)
      faults.push(fault(field, `dài quá ${LONGEST_REF} ký tự`, `is longer than ${LONGEST_REF} characters`))
  }
  // A day ends first where the date line is; a day of the future is one nowhere on earth.
  const latest = dayIn('Pacific/Kiritimati', now)
  if (!listProfiles(latest).some(({ id }) => id === disease))
    faults.push(fault('disease', 'chưa có hồ sơ cho bệnh này', 'there is no profile of this disease'))
  for (const [field, day] of [
    ['onset', onset],
    ['sampled', sampled],
  ] as const)
    if (day !== '' && !(isDay(day) && day <= latest))
      faults.push(fault(field, 'không phải ngày YYYY-MM-DD đã qua', 'is no past day YYYY-MM-DD'))
  if (onset === '' && sampled === '') faults.push(noAnchor)
  if (faults.length > 0) return faults
  return { ref, person, disease, onsetOn: onset || null, sampledOn: sampled || null, areaCode }
}

function isDay(text: string) {
  const at = /^(19|20)\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

const residencesOf = async (ctx: Context, ids: readonly number[]) =>
  new Map((await listPeopleById(ctx.sql, [...new Set(ids)])).map(({ id, areaId }) => [id, areaId]))

type Located = ImportedCase & { personId: number; areaId: number; profileVersion: number }

/** How many were new. Numbers of those that were not stay unused. */
async function insert(ctx: Context, cases: readonly Located[]) {
  const today = dayIn(ctx.services.timeZone, ctx.now)
  const year = Number(today.slice(0, 4))
  const codes = new Map(
    (
      await listAreaCodes(
        ctx.sql,
        cases.map(({ areaId }) => areaId),
      )
    ).map(({ id, code }) => [id, code]),
  )
  const wanted = new Map<string, number>()
  for (const { areaId } of cases) wanted.set(codes.get(areaId)!, (wanted.get(codes.get(areaId)!) ?? 0) + 1)
  const next = new Map(
    (await reserveNumbers(ctx.sql, [...wanted].sort(), year)).map(({ areaCode, first }) => [areaCode, first]),
  )
  const rows = cases.map(({ ref, personId, disease, onsetOn, sampledOn, areaId, profileVersion }) => {
    const code = codes.get(areaId)!
    const running = next.get(code)!
    next.set(code, running + 1)
    return {
      publicId: uuidv7(),
      ref,
      number: caseNumber(code, year, running),
      personId,
      diseaseId: disease,
      profileVersion,
      onsetOn,
      sampledOn,
      confirmedOn: today,
      areaId,
      createdAt: ctx.now,
    }
  })
  const written = new Set(await insertCases(ctx.sql, rows))
  await holdEntry(
    ctx,
    rows
      .filter(({ publicId }) => written.has(publicId))
      .map(({ publicId: caseId, personId, ...row }) => ({
        personId,
        reason: 'case' as const,
        caseId,
        until: stayHomeUntil(
          getProfile(row.diseaseId, row.profileVersion),
          { ...row, isolatedAt: null },
          ctx.services.timeZone,
        ),
      }))
      .filter(({ until }) => until > ctx.now),
  )
  return written.size
}
