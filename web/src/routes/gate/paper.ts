import { dateOf } from '#lib/dates.ts'

/** As the server takes them. */
export const OLDEST_DAYS = 31
const DAY_MS = 24 * 3_600_000
const OLDEST_YEARS = 120

export const earliestAt = (now: number): number => now - OLDEST_DAYS * DAY_MS

/** Whether a time that somebody typed can be that of a scan. */
export const ageOf = (at: number, now: number): 'future' | 'tooOld' | 'taken' =>
  at > now ? 'future' : at < earliestAt(now) ? 'tooOld' : 'taken'

/** Of who is alive: `1965`, `65`, or what a date says (`12/05/1965`, `5.65`, `12051965`); null for what is none of them. */
export function readBirthYear(text: string, now: Date): number | null {
  const parts = text
    .trim()
    .replace(/^(\d\d)(\d\d)(\d{4})$/, '$1/$2/$3')
    .split(/[\s/.-]+/)
  const [year = '', month = '1', day = '1'] = parts.reverse()
  const latest = now.getFullYear()
  const born = /^\d\d$/.test(year) ? latest - ((latest - Number(year)) % 100) : Number(year)
  const isDate = parts.length <= 3 && dateOf(`${born}`, month, day) !== null
  return isDate && born <= latest && born > latest - OLDEST_YEARS ? born : null
}
