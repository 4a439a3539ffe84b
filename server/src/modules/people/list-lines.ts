import type { Context } from '../../platform/context.ts'
import { plainText } from '../../platform/vietnamese.ts'

/** A line of a paper list that names somebody by no number. What else stands there may tell where they live. */
export type ListLine = { name: string; birthYear: number | null; about: string | null }

const LINE = /^list:([^|]{1,120})\|(\d{4})?\|([^|]{0,300})$/u

/** `list:` and name, birth year and what else is known, of which all but the name may be empty. */
export function readLine(code: string): ListLine | undefined {
  if (!code.includes('list:')) return undefined
  const [, name = '', year, about = ''] = LINE.exec(code.replace(/\s+/g, ' ').trim()) ?? []
  if (!/\p{L}/u.test(name)) return undefined
  return { name: name.trim(), birthYear: year ? Number(year) : null, about: about.trim() || null }
}

/**
 * A name alone tells nobody apart, so that it means nobody beyond its list: that of a place on a day. Beside a phone number
 * it does, on whatever list. The first index is that of a record, whatever its birth year; the second that of records which
 * were made while the year was part of it.
 */
export function lineIndexesOf(ctx: Context, beside: string, { name, birthYear, about }: ListLine): Buffer[] {
  const indexOf = (year: number | '') =>
    ctx.services.keys.blindIndex('list', [beside, plainText(name), year, plainText(about ?? '')].join('|'))
  return birthYear === null ? [indexOf('')] : [indexOf(''), indexOf(birthYear)]
}

/** Of records of the same words, the one of that year; a year that is missing here or there is no other one, unless two could be meant. */
export function lineOfYear<Row>(
  rows: readonly Row[],
  birthYear: number | null,
  yearOf: (row: Row) => number | null,
): { same: Row | undefined; fitting: Row | undefined } {
  const [only, ...others] = rows
  const fits = only && others.length === 0 && (birthYear === null || yearOf(only) === null)
  return { same: rows.find((row) => yearOf(row) === birthYear), fitting: fits ? only : undefined }
}
