import { createReadStream } from 'node:fs'
import { access, constants, type FileHandle, open, realpath, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import type { Context } from './context.ts'
import { type Sql, transact } from './database.ts'
import { type Language, problems, type Words } from './problem.ts'
import { visibleText } from './text.ts'

export { readMoment } from './moments.ts'

/**
 * The one way in for files: any number of rows in constant memory. Good rows are written, a batch a transaction;
 * bad ones go to a file that says why. A row that is already there is counted as repeated, so that a file may
 * come twice, and one that broke off half-way is simply given again.
 */

/** What is wrong with one cell of a row. */
export type Fault = { field: string; reason: Words }

type Outcome = {
  written: number
  /** Rows of the batch, by position, that could only be refused by looking into the database. */
  refused: ReadonlyMap<number, Fault>
}

/** What a file of one kind holds, how a row is understood without the database, and how many are written at once. */
export type CsvKind<Row> = {
  /** The action in the audit trail, e.g. `visit.import`. */
  action: string
  columns: readonly string[]
  /** Columns that a file may leave out. */
  optional?: readonly string[]
  /** Cells come trimmed, in NFC and in the order of `columns`. */
  check(cells: readonly string[], now: Date): Row | Fault[]
  write(ctx: Context, rows: readonly Row[]): Promise<Outcome>
  /** How many batches are written at once; more than one where batches take what they lock in the same order. */
  atOnce?: number
  /** After the last row: statistics for the planner, say. */
  finish?(sql: Sql): Promise<unknown>
}

type Columns = Pick<CsvKind<unknown>, 'columns' | 'optional'>

type Counts = { read: number; written: number; repeated: number; refused: number }

/** With the file that says why rows were refused, when any were. */
type Result = Counts & { errors?: string }

const importProblem = problems('import', {
  notReadable: [422, 'Không đọc được tệp này.', 'This file cannot be read.'],
  notUtf8: [
    422,
    'Tệp không phải UTF-8. Hãy lưu lại dưới dạng "CSV UTF-8".',
    'The file is not UTF-8. Save it again as "CSV UTF-8".',
  ],
  badHeader: [
    422,
    'Dòng tiêu đề chưa đúng. Chưa có gì được ghi.',
    'The header is not the expected one. Nothing was written.',
  ],
  brokenQuotes: [
    422,
    'Có dấu ngoặc kép chưa đóng. Những dòng trước đó có thể đã được ghi; sửa xong hãy nhập lại cả tệp.',
    'A quotation mark is not closed. Rows before it may have been written; correct it and import the whole file again.',
  ],
  errorsFileInUse: [
    422,
    'Không ghi được tệp lỗi. Hãy chọn tệp khác bằng --errors.',
    'The file of errors cannot be written. Choose another one with --errors.',
  ],
})

export const fault = (field: string, vi: string, en: string): Fault => ({ field, reason: { vi, en } })
export const isFaulty = <Row>(checked: Row | Fault[]): checked is Fault[] => Array.isArray(checked)

/** Few enough that two batches, one being read while the other is written, weigh little. */
const BATCH = 4000
const MOST_BYTES_A_ROW = 64 * 1024
const CHUNK = 256 * 1024

type Options = {
  /** A path, or `-` for standard input. */
  input: string
  /** Where refused rows go, with what they held; undefined: beside the input, with line numbers and reasons only. */
  errors?: string | undefined
  sql: Sql
  context: (sql: Sql) => Context
  language: Language
  say: (line: string) => void
}

export async function importCsv<Row>(kind: CsvKind<Row>, options: Options): Promise<Result> {
  const { input, sql, context, language, say } = options
  const refusals = await openRefusals(options, kind.columns)
  const counts: Counts = { read: 0, written: 0, repeated: 0, refused: 0 }
  const progress = sayProgress(counts, language, say)

  /** What can be told without the database, while that is still busy with the batch before. */
  const check = (numbered: readonly Numbered[]): Checked<Row> => {
    const now = new Date()
    const batch: Checked<Row> = { rows: [], sources: [], refused: [] }
    for (const row of numbered) {
      const checked = row.fault ? [row.fault] : kind.check(row.cells, now)
      if (isFaulty(checked)) batch.refused.push({ row, faults: checked })
      else {
        batch.rows.push(checked)
        batch.sources.push(row)
      }
    }
    return batch
  }

  const write = async ({ rows, sources, refused }: Checked<Row>, before: Promise<unknown> | undefined) => {
    const none: Outcome = { written: 0, refused: new Map() }
    const outcome = rows.length > 0 ? await transact(sql, (tx) => kind.write(context(tx), rows)) : none
    await before // refusals stand in the order of the file
    for (const [at, found] of outcome.refused) refused.push({ row: sources[at]!, faults: [found] })
    refused.sort((one, other) => one.row.line - other.row.line)
    await refusals.add(refused)
    counts.read += rows.length - outcome.refused.size + refused.length
    counts.written += outcome.written
    counts.refused += refused.length
    counts.repeated += rows.length - outcome.refused.size - outcome.written
    progress()
  }

  // While the database writes, the next batch is being read and checked.
  const writing: Promise<void>[] = []
  try {
    for await (const batch of batchesOf(readRows(input, kind))) {
      const checked = check(batch)
      if (writing.length === (kind.atOnce ?? 1)) await writing.shift()
      const written = write(checked, writing.at(-1))
      written.catch(() => {}) // it is awaited in its turn
      writing.push(written)
    }
    await Promise.all(writing)
    if (counts.read > 0) await transact(sql, (tx) => context(tx).record(kind.action, null, counts))
    await kind.finish?.(sql)
  } finally {
    await Promise.allSettled(writing)
    await refusals.close()
  }
  return counts.refused > 0 ? { ...counts, errors: refusals.path } : counts
}

// ---------------------------------------------------------------- reading

type Numbered = { line: number; cells: string[]; nulAt?: number; fault?: Fault }
type Refused = { row: Numbered; faults: readonly Fault[] }
/** Good rows with where they came from, and bad ones. */
type Checked<Row> = { rows: Row[]; sources: Numbered[]; refused: Refused[] }

async function* batchesOf(rows: AsyncIterable<Numbered>) {
  let batch: Numbered[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Rows with their line numbers, cells in the order of the kind's columns, blank lines left out. */
async function* readRows(input: string, kind: Columns): AsyncGenerator<Numbered> {
  const source = input === '-' ? process.stdin : createReadStream(input, { highWaterMark: CHUNK })
  const chunks = utf8Chunks(source)
  const { separator, head } = await readHead(chunks)
  let line = 1
  /** At once, because a parser that stumbles forgets the records that it has not handed over yet. */
  const number = (cells: string[]): Numbered => {
    const row: Numbered = { line, cells }
    line += 1
    for (const [at, cell] of cells.entries()) {
      if (PLAIN.test(cell)) continue
      line += newlinesIn(cell)
      cells[at] = visibleText(cell).trim()
      if (cell.includes('\0')) row.nulAt ??= at
    }
    return row
  }
  const parser = parse({
    bom: true,
    delimiter: separator,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MOST_BYTES_A_ROW,
    on_record: number as never,
  })
  const text = Readable.from(joined(head, chunks), { objectMode: false, highWaterMark: CHUNK })
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)

  let order: number[] | undefined
  let width = 0
  try {
    for await (const row of parser as AsyncIterable<Numbered>) {
      const { cells, nulAt } = row
      if (!order) {
        order = readHeader(cells, kind)
        width = cells.length
        continue
      }
      if (cells.length === 1 && cells[0] === '') continue
      if (nulAt !== undefined)
        row.fault = fault(kind.columns[order.indexOf(nulAt)] ?? '', 'có ký tự NUL', 'holds a NUL character')
      if (cells.length !== width)
        row.fault = fault(
          '',
          `có ${cells.length} ô thay vì ${width}`,
          `has ${cells.length} cells instead of ${width}`,
        )
      row.cells = order.map((at) => cells[at] ?? '')
      yield row
    }
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
      throw importProblem.brokenQuotes({ fields: [{ field: `line ${line}`, reason: '"' }] })
    throw unreadable(error)
  }
  if (!order) readHeader([], kind)
}

/** ASCII without control characters and without a blank at either end: the common cell, taken as it is. */
const PLAIN = /^(?:[!-~](?:[ -~]*[!-~])?)?$/

function newlinesIn(text: string) {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

function unreadable(error: unknown) {
  const { code } = error as { code?: string }
  return code && ['ENOENT', 'EACCES', 'EISDIR', 'EIO'].includes(code)
    ? importProblem.notReadable({ fields: [{ field: 'FILE', reason: code }] })
    : error
}

/** The bytes as they are, once they prove to be UTF-8. UTF-16 without a mark is full of NULs, and valid. */
async function* utf8Chunks(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const check = (chunk?: Buffer) => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw importProblem.notUtf8()
    }
  }
  for await (const chunk of source) {
    check(chunk)
    yield chunk
  }
  check()
}

/** Reads on until the first line is whole, and tells what separates its cells. */
async function readHead(chunks: AsyncGenerator<Buffer>) {
  let head: Buffer = Buffer.alloc(0)
  while (!head.includes(0x0a) && head.length < MOST_BYTES_A_ROW) {
    const { value, done } = await chunks.next().catch((error) => {
      throw unreadable(error)
    })
    if (done) break
    head = Buffer.concat([head, value])
  }
  const [first = ''] = head.toString('utf8').split('\n', 1)
  if (first.includes('\0')) throw importProblem.notUtf8()
  return { head, separator: first.split(';').length > first.split(',').length ? ';' : ',' }
}

async function* joined(head: Buffer, rest: AsyncIterable<Buffer>) {
  yield head
  yield* rest
}

/** Where in a record each column stands; -1 for an optional one that is not there. */
function readHeader(names: readonly string[], { columns, optional = [] }: Columns) {
  const found = names.map((name) => name.toLowerCase())
  const fields = [
    ...columns
      .filter((column) => !found.includes(column) && !optional.includes(column))
      .map((field) => ({ field, reason: 'missing' })),
    ...found
      .filter((name) => !columns.includes(name))
      .map((name) => ({ field: name.slice(0, 60), reason: 'unknown' })),
    ...columns
      .filter((column) => found.indexOf(column) !== found.lastIndexOf(column))
      .map((field) => ({ field, reason: 'duplicate' })),
  ]
  if (fields.length > 0) throw importProblem.badHeader({ fields, details: { expected: columns.join(',') } })
  return columns.map((column) => found.indexOf(column))
}

// ---------------------------------------------------------------- what was refused

/**
 * Line, field and reason of every fault: a refused row with two of them has two lines. What the row held may be personal data, so it is copied only into
 * a file that the operator named; either file is readable by its owner alone.
 */
async function openRefusals({ input, errors, language }: Options, columns: readonly string[]) {
  const path = errors ?? (input === '-' ? 'import-errors.csv' : `${input}.errors.csv`)
  const named = errors !== undefined
  const inUse = importProblem.errorsFileInUse({ fields: [{ field: '--errors', reason: path }] })
  const isSame = async () =>
    (await realpath(path).catch(() => path)) === (await realpath(input).catch(() => ''))
  if (named && input !== '-' && (await isSame())) throw inUse

  let file: FileHandle | undefined
  const begin = async () => {
    file = await open(path, 'w', 0o600).catch(() => {
      throw inUse
    })
    await file.write(stringify([['line', 'field', 'reason', ...(named ? columns : [])]]))
    return file
  }
  if (named) await begin()
  else if (input !== '-')
    await access(dirname(path), constants.W_OK).catch(() => {
      throw inUse
    })

  return {
    path,
    async add(refused: readonly Refused[]) {
      if (refused.length === 0) return
      const target = file ?? (await begin())
      const lines = refused.flatMap(({ row, faults }) =>
        faults.map(({ field, reason }) => [row.line, field, reason[language], ...(named ? row.cells : [])]),
      )
      await target.write(stringify(lines, { escape_formulas: true }))
    },
    async close() {
      await file?.close()
      // Left by an earlier run, it would speak of rows that are fine by now.
      if (!file) await rm(path, { force: true })
    },
  }
}

function sayProgress(counts: Counts, language: Language, say: (line: string) => void) {
  const began = performance.now()
  let said = began
  return () => {
    const now = performance.now()
    if (now - said < 1000) return
    said = now
    const rate = Math.round(counts.read / ((now - began) / 1000)).toLocaleString('en')
    const read = counts.read.toLocaleString('en')
    say(language === 'vi' ? `${read} dòng, ${rate} dòng/giây` : `${read} rows, ${rate} rows/s`)
  }
}

// ---------------------------------------------------------------- refs

const MOST_REMEMBERED = 50_000

type FindRefs = (sql: Sql, refs: readonly string[]) => Promise<readonly { ref: string; id: number }[]>

/** Which row each ref of an outside system is; remembered from batch to batch, but not without bound. */
export class KnownRefs {
  #ids = new Map<string, number>()
  readonly #find: FindRefs

  constructor(find: FindRefs) {
    this.#find = find
  }

  /** Holds all of these refs that there are, and others. */
  async resolve(sql: Sql, refs: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const missing = new Set(refs.filter((ref) => !this.#ids.has(ref)))
    if (missing.size === 0) return this.#ids
    if (this.#ids.size + missing.size > MOST_REMEMBERED) {
      this.#ids = new Map()
      for (const ref of refs) missing.add(ref)
    }
    // Another batch may begin anew meanwhile.
    const ids = this.#ids
    for (const { ref, id } of await this.#find(sql, [...missing])) ids.set(ref, id)
    return ids
  }
}
