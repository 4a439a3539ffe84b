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
 * it does, on whatever list.
 */
export const lineIndexOf = (ctx: Context, beside: string, { name, birthYear, about }: ListLine) =>
  ctx.services.keys.blindIndex(
    'list',
    [beside, plainText(name), birthYear ?? '', plainText(about ?? '')].join('|'),
  )
