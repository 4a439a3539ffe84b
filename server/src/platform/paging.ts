import { requestProblem } from './problem.ts'

/** An opaque cursor: the sort key and id of the last row seen. */
export const cursorOf = (...parts: (string | number | Date | null)[]) =>
  Buffer.from(JSON.stringify(parts)).toString('base64url')

/** Reads a cursor made by `cursorOf` with as many parts; anything else is a bad request, not a failure. */
export function readCursor(cursor: string | undefined, length: number): (string | number | null)[] | null {
  if (!cursor) return null
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const isPart = (part: unknown) => part === null || typeof part === 'string' || Number.isSafeInteger(part)
    if (Array.isArray(parts) && parts.length === length && parts.every(isPart)) return parts
  } catch {}
  throw unknownCursor()
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The public id in a cursor of a list that goes on after the row of that id. */
export function readIdCursor(cursor: string | undefined): string | undefined {
  const [id] = readCursor(cursor, 1) ?? []
  if (id === undefined) return undefined
  if (typeof id !== 'string' || !UUID.test(id)) throw unknownCursor()
  return id
}

const MOST_SKIPPED = 10_000_000

/** Of a list whose rows have no key of their own, or change their order: a page begins after so many of them. */
export function readOffset(cursor: string | undefined): number {
  const [offset = 0] = readCursor(cursor, 1) ?? []
  if (typeof offset !== 'number' || offset < 0 || offset > MOST_SKIPPED) throw unknownCursor()
  return offset
}

export const unknownCursor = () =>
  requestProblem.invalid({ fields: [{ field: 'cursor', reason: 'unknown' }] })

/** Cuts one row more than asked into a page and the cursor of the next. */
export function pageOf<T>(rows: readonly T[], limit: number, cursor: (last: T) => string) {
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? cursor(items.at(-1)!) : null }
}

const MOMENT = /^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
/** Whether a part of a cursor is a moment as we write them there; a forged one may be none that the database knows. */
export const isMoment = (part: unknown): part is string =>
  typeof part === 'string' && MOMENT.test(part) && !Number.isNaN(Date.parse(part))
