import type { Context } from '../../platform/context.ts'
import { type CsvKind, type Fault, fault, KnownRefs } from '../../platform/csv-import.ts'
import type { Sql } from '../../platform/database.ts'
import { findPhone } from './phone.ts'
import { listPeopleByRef, type Profile } from './queries.ts'
import { toRow, unknownPerson } from './service.ts'

const COLUMNS = ['ref', 'name', 'birth', 'sex', 'phone', 'id_number', 'area', 'address'] as const
const MOST = { ref: 200, name: 255, address: 500 } as const

type ImportedPerson = { ref: string; areaCode: string; profile: Profile }

/** People of an outside system. A ref that is known already is left as it is, unless all we had of it was the ref. */
export function peopleImport(): CsvKind<ImportedPerson> {
  const areas = new KnownRefs(findAreas)
  return {
    action: 'person.import',
    columns: COLUMNS,
    check,
    async write(ctx, rows) {
      const areaIds = await areas.resolve(
        ctx.sql,
        rows.map(({ areaCode }) => areaCode).filter((code) => code !== ''),
      )
      const refused = new Map<number, Fault>()
      const people = new Map<string, ImportedPerson>()
      for (const [at, row] of rows.entries()) {
        if (row.areaCode !== '' && !areaIds.has(row.areaCode)) refused.set(at, unknownArea)
        else if (!people.has(row.ref)) people.set(row.ref, row)
      }
      const written = await insertPeople(
        ctx,
        [...people.values()].map(({ ref, areaCode, profile }) =>
          toRow(ctx, profile, areaIds.get(areaCode) ?? null, ref),
        ),
      )
      return { written, refused }
    },
    finish: (sql) => sql`analyze people`,
  }
}

export const unknownArea = fault('area', 'không có đơn vị mang mã này', 'no unit has this code')

// — one row

const SEXES: Record<string, Profile['sex']> = {
  male: 'male',
  nam: 'male',
  m: 'male',
  '1': 'male',
  female: 'female',
  nữ: 'female',
  nu: 'female',
  f: 'female',
  '2': 'female',
  other: 'other',
  khác: 'other',
  khac: 'other',
  '3': 'other',
}

function check(cells: readonly string[], now: Date): ImportedPerson | Fault[] {
  const [ref, name, birth, sex, phone, idNumber, areaCode, address] = cells as string[] & { length: 8 }
  const faults: Fault[] = []
  const profile: Profile = { ...unknownPerson, name: name!.replace(/\s+/g, ' '), address: address || null }
  if (ref === '') faults.push(fault('ref', 'để trống', 'is empty'))
  for (const [field, text] of [
    ['ref', ref],
    ['name', name],
    ['address', address],
  ] as const)
    if (text!.length > MOST[field])
      faults.push(fault(field, `dài quá ${MOST[field]} ký tự`, `is longer than ${MOST[field]} characters`))
  if (!/\p{L}/u.test(profile.name!)) faults.push(fault('name', 'cần có chữ cái', 'needs a letter'))
  if (birth !== '') {
    const born = readBirth(birth!, now)
    if (born) Object.assign(profile, born)
    else
      faults.push(
        fault(
          'birth',
          'không phải năm hoặc ngày sinh từ 1900 đến nay',
          'is no year or day of birth from 1900 to now',
        ),
      )
  }
  if (sex !== '') {
    profile.sex = SEXES[sex!.toLowerCase()] ?? null
    if (!profile.sex) faults.push(fault('sex', 'không rõ là nam hay nữ', 'is none of male, female, other'))
  }
  if (phone !== '') {
    profile.phone = findPhone(phone!) ?? null
    if (!profile.phone) faults.push(fault('phone', 'không phải số điện thoại', 'is no phone number'))
  }
  if (idNumber !== '') {
    profile.documentNumber = idNumber!.replace(/[\s.-]/g, '')
    if (!/^[A-Za-z0-9]{4,20}$/.test(profile.documentNumber))
      faults.push(fault('id_number', 'không phải số giấy tờ', 'is no document number'))
  }
  return faults.length > 0 ? faults : { ref: ref!, areaCode: areaCode!, profile }
}

/** `1978`, `1978-11-30` or `30/11/1978`. */
function readBirth(text: string, now: Date): Pick<Profile, 'birthYear' | 'birthOn'> | undefined {
  const [, alone, year, month, day, dayFirst, monthFirst, yearLast] =
    /^(?:(\d{4})|(\d{4})-(\d\d)-(\d\d)|(\d\d?)\/(\d\d?)\/(\d{4}))$/.exec(text) ?? []
  const born = Number(alone ?? year ?? yearLast)
  if (!(born >= 1900 && born <= now.getUTCFullYear())) return undefined
  if (alone) return { birthYear: born, birthOn: null }
  const on = new Date(Date.UTC(born, Number(month ?? monthFirst) - 1, Number(day ?? dayFirst)))
  const birthOn = on.toISOString().slice(0, 10)
  const isReal = birthOn.endsWith(`-${(day ?? dayFirst)!.padStart(2, '0')}`) && on.getUTCFullYear() === born
  return isReal && on <= now ? { birthYear: born, birthOn } : undefined
}

// — many rows

/** By code: the unit in force, else the last one that had this code, so that addresses of 2021 keep their unit. */
export const findAreas = (sql: Sql, codes: readonly string[]) => sql<{ ref: string; id: number }[]>`
  select distinct on (code) code as ref, id from area_names where code = any(${codes as string[]}::text[])
  order by code, valid_to is null desc, valid_from desc`

/** How many are new or were only a ref until now. Who shares the number of a holder is reached through them. */
async function insertPeople(ctx: Context, rows: readonly ReturnType<typeof toRow>[]) {
  const hex = (bytes: Buffer | null) => bytes?.toString('hex') ?? null
  const written = await ctx.sql`
    insert into people as known (public_id, ref, holder_id, sealed, phone_index, document_index, name_tokens, area_id, created_at)
    select public_id, ref,
      (select h.id from people h where h.phone_index = decode(phone, 'hex') and h.holder_id = h.id),
      decode(sealed, 'hex'), decode(phone, 'hex'), decode(document, 'hex'),
      (select coalesce(array_agg(decode(token, 'hex')), '{}') from unnest(string_to_array(tokens, ' ')) as token),
      area_id, ${ctx.now}
    from unnest(${rows.map(({ publicId }) => publicId)}::uuid[], ${rows.map(({ ref }) => ref!)}::text[],
      ${rows.map(({ sealed }) => hex(sealed))}::text[], ${rows.map(({ phoneIndex }) => hex(phoneIndex))}::text[],
      ${rows.map(({ documentIndex }) => hex(documentIndex))}::text[],
      ${rows.map(({ nameTokens }) => nameTokens.map(hex).join(' '))}::text[],
      ${rows.map(({ areaId }) => areaId)}::int[])
      as sent (public_id, ref, sealed, phone, document, tokens, area_id)
    order by ref
    on conflict (ref) do update set sealed = excluded.sealed, holder_id = excluded.holder_id,
      phone_index = excluded.phone_index, document_index = excluded.document_index,
      name_tokens = excluded.name_tokens, area_id = excluded.area_id
    where known.name_tokens = '{}' and known.phone_index is null and known.document_index is null
      and known.area_id is null and known.holder_id is null`
  return written.count
}

/** Who has these refs; with `create`, those whom nobody knows get a record that says no more than the ref. */
export function peopleByRef({ create }: { create: boolean }) {
  let sealed: Buffer | undefined
  const known = new KnownRefs(listPeopleByRef)
  return async (ctx: Context, refs: readonly string[]) => {
    const ids = await known.resolve(ctx.sql, refs)
    const missing = create ? [...new Set(refs)].filter((ref) => !ids.has(ref)) : []
    if (missing.length === 0) return ids
    sealed ??= ctx.services.keys.seal(unknownPerson) // sealing one by one would tell nobody more
    await ctx.sql`
      insert into people (public_id, ref, sealed, created_at)
      select gen_random_uuid(), ref, ${sealed}, ${ctx.now} from unnest(${missing}::text[]) as ref order by ref
      on conflict (ref) do nothing`
    return known.resolve(ctx.sql, refs)
  }
}
