import { stringify } from 'csv-stringify/sync'
import writeXlsxFile from 'write-excel-file/node'
import type { Context } from '../../../platform/context.ts'
import { dayIn } from '../../../platform/days.ts'
import type { Words } from '../../../platform/problem.ts'
import { areaRef } from '../../areas/index.ts'
import { listPeopleById, nationalPhone, profileOf, recordReading } from '../../people/index.ts'
import { drawLineList } from './line-list-sheet.ts'
import type { FollowUpRow } from './queries.ts'
import { listAreaNames } from './queries.ts'
import type { LineListOrder, Status } from './schema.ts'
import { listMet, type Met, takeRows } from './service.ts'

const statusWords: Record<Status, Words> = {
  toTrace: { vi: 'Cần liên hệ', en: 'To trace' },
  reached: { vi: 'Đã liên hệ', en: 'Reached' },
  refused: { vi: 'Từ chối', en: 'Refused' },
  notFound: { vi: 'Không tìm thấy', en: 'Not found' },
  isolated: { vi: 'Đang cách ly', en: 'Isolated' },
  released: { vi: 'Hết theo dõi', en: 'Released' },
}
const sexWords: Record<string, Words> = {
  male: { vi: 'Nam', en: 'Male' },
  female: { vi: 'Nữ', en: 'Female' },
  other: { vi: 'Khác', en: 'Other' },
}

/** With the unit where the person lives, which need not be the one that holds them. */
type Line = { row: FollowUpRow; met: Met[]; profile: ReturnType<typeof profileOf>; home: string | null }
type Cell = string | number
type Column = { name: Words; cell: (line: Line, at: number, ctx: Context) => Cell }

const spokenDay = (day: string) => day.split('-').reverse().join('/')
const places = ({ met }: Line) => [...new Set(met.flatMap((one) => one.places))].join('; ')
const cases = ({ met }: Line) => [...new Set(met.map(({ caseNumber }) => caseNumber))].join('; ')
const phone = ({ profile }: Line) => (profile.phone ? nationalPhone(profile.phone) : '')
const say = (ctx: Context, words: Words | undefined) => (words ? ctx.say(words) : '')
const name = (vi: string, en: string): Words => ({ vi, en })

const f1: readonly Column[] = [
  { name: name('STT', 'No.'), cell: (_line, at) => at + 1 },
  { name: name('Họ và tên', 'Name'), cell: ({ profile }) => profile.name ?? '' },
  { name: name('Năm sinh', 'Year of birth'), cell: ({ profile }) => profile.birthYear ?? '' },
  { name: name('Giới', 'Sex'), cell: ({ profile }, _at, ctx) => say(ctx, sexWords[profile.sex ?? '']) },
  { name: name('Số điện thoại', 'Phone'), cell: phone },
  {
    name: name('Địa chỉ', 'Address'),
    cell: ({ profile, home }) => [profile.address, home].filter(Boolean).join(', '),
  },
  { name: name('Ngày tiếp xúc cuối', 'Last contact'), cell: ({ row }) => spokenDay(row.exposedTo) },
  { name: name('Nơi tiếp xúc', 'Place of contact'), cell: places },
  { name: name('Tình trạng', 'Status'), cell: ({ row }, _at, ctx) => ctx.say(statusWords[row.status]) },
  { name: name('Nhãn', 'Label'), cell: ({ row }) => row.label },
]

/** Columns of the WHO contact line list as Go.Data exports it, in its own words: programs read them. */
const both = (text: string) => name(text, text)
const ageOf = ({ profile }: Line, ctx: Context) =>
  profile.birthYear === null
    ? ''
    : Number(dayIn(ctx.services.timeZone, ctx.now).slice(0, 4)) - profile.birthYear
const who: readonly Column[] = [
  { name: both('contact_id'), cell: ({ row }) => row.publicId },
  { name: both('source_case_ids'), cell: cases },
  { name: both('name'), cell: ({ profile }) => profile.name ?? '' },
  { name: both('sex'), cell: ({ profile }) => profile.sex ?? '' },
  { name: both('birth_year'), cell: ({ profile }) => profile.birthYear ?? '' },
  { name: both('age'), cell: (line, _at, ctx) => ageOf(line, ctx) },
  { name: both('phone'), cell: phone },
  { name: both('address'), cell: ({ profile }) => profile.address ?? '' },
  { name: both('location_code'), cell: ({ row }) => row.area.code },
  { name: both('location'), cell: ({ row }) => row.area.path },
  { name: both('date_of_last_contact'), cell: ({ row }) => row.exposedTo },
  { name: both('place_of_contact'), cell: places },
  { name: both('number_of_exposures'), cell: ({ row }) => row.exposures },
  { name: both('date_of_end_of_followup'), cell: ({ row }) => row.watchUntil },
  { name: both('followup_status'), cell: ({ row }) => row.status },
  { name: both('attempts'), cell: ({ row }) => row.tries },
  { name: both('date_last_seen'), cell: ({ row }) => row.lastSeenOn ?? '' },
  { name: both('test'), cell: ({ row }) => row.test },
  { name: both('quarantine'), cell: ({ row }) => row.quarantine },
  { name: both('outcome'), cell: ({ row }) => row.endReason ?? '' },
  { name: both('contact_label'), cell: ({ row }) => row.label },
]
const forms = { f1, who }

/** A cell that a spreadsheet could run as a formula is made text by a leading apostrophe, also behind full-width signs. */
const harmless = (text: string) => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text)

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}

/** The official list as a file. Everybody on it has been read, for the reason given. */
export async function orderLineList(
  ctx: Context,
  { form: wanted, format, reason, followUpIds, part, label: asked, ...filter }: LineListOrder,
) {
  // What is printed is for people.
  const form = format === 'pdf' ? 'f1' : wanted
  const unlessSaid = form === 'f1' && followUpIds === undefined ? 'F1' : 'all'
  const label = asked ?? unlessSaid
  const wantedRows = label === 'all' ? filter : { ...filter, label }
  const { rows, before } = await takeRows(ctx, wantedRows, { followUpIds, part })
  const labels = label === 'all' ? [...new Set(rows.map((row) => row.label))].sort() : [label]
  const people = new Map(
    (
      await listPeopleById(
        ctx.sql,
        rows.map(({ personId }) => personId),
      )
    ).map((row) => [row.id, row]),
  )
  const met = Map.groupBy(
    await listMet(
      ctx,
      rows.map(({ id }) => id),
    ),
    ({ followUpId }) => followUpId,
  )
  const homes = new Map(
    (
      await listAreaNames(
        ctx.sql,
        [...people.values()].flatMap(({ areaId }) => areaId ?? []),
      )
    ).map(({ id, fullName }) => [id, fullName]),
  )
  await recordReading(ctx, [...people.keys()], 'followUp.export', reason, filter.caseId ?? null)
  await ctx.record('followUp.export', null, {
    people: rows.length,
    ...(part ? { part } : {}),
    form,
    format,
    reason,
  })
  const columns = forms[form]
  const head = columns.map((column) => ctx.say(column.name))
  const cells = rows.map((row, at) => {
    const person = people.get(row.personId)!
    const home = homes.get(person.areaId ?? 0) ?? null
    const line = { row, met: met.get(row.id) ?? [], profile: profileOf(ctx, person), home }
    return columns.map(({ cell }) => cell(line, before + at, ctx))
  })
  const units = [...new Set(rows.map(({ area }) => area.fullName))]
  const day = dayIn(ctx.services.timeZone, ctx.now)
  const bytes =
    format === 'csv'
      ? writeCsv(head, cells)
      : format === 'xlsx'
        ? await writeXlsx(head, cells)
        : await drawLineList(head, cells, {
            labels,
            unit: await unitOf(ctx, units),
            day: spokenDay(day),
            at: ctx.now,
          })
  return {
    bytes,
    type: types[format],
    name: `${form === 'f1' ? ['danh-sach', ...labels].join('-').toLowerCase() : 'contact-line-list'}-${day}${part ? `-${part}` : ''}.${format}`,
  }
}

async function unitOf(ctx: Context, units: readonly string[]) {
  if (units.length === 1) return units[0]!
  const [areaId] = ctx.areaIds()
  return areaId === undefined ? '' : (await areaRef(ctx.sql, areaId))!.fullName
}

const writeCsv = (head: readonly string[], cells: readonly (readonly Cell[])[]) =>
  Buffer.from(
    stringify(
      [head, ...cells.map((line) => line.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell)))],
      {
        bom: true,
        record_delimiter: 'windows',
      },
    ),
  )

const writeXlsx = (head: readonly string[], cells: readonly (readonly Cell[])[]) =>
  writeXlsxFile(
    [
      head.map((text) => ({ value: text, fontWeight: 'bold' as const })),
      ...cells.map((line) =>
        line.map((cell) =>
          typeof cell === 'string' ? { value: harmless(cell), type: String } : { value: cell, type: Number },
        ),
      ),
    ],
    { sheet: 'Danh sách' },
  ).toBuffer()
