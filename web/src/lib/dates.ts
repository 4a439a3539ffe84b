/** The day that a `<DateParts name>` was filled in with. */
export interface TypedDate {
  day: string
  month: string
  year: string
  /** `2026-11-22`, if the parts make a day of the calendar. */
  date: string | null
  /** Nothing was typed at all. */
  empty: boolean
}

/** `2026-02-28`, or null for the 30th of February. */
export function dateOf(year: string, month: string, day: string): string | null {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const moment = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== iso ? null : iso
}

/** A time as people type it, 8:15, 8h15, 8h or 0815: `08:15`, or null for what is none. */
export function timeOf(text: string): string | null {
  const found = /^([01]?\d|2[0-3])(?:[:.hg]([0-5]\d)?|([0-5]\d))$/.exec(
    text.replaceAll(/\s/g, '').toLowerCase(),
  )
  return found && `${found[1]!.padStart(2, '0')}:${found[2] ?? found[3] ?? '00'}`
}

/** What is not a time yet, but may become one while somebody types. */
export const mayBecomeTime = (text: string) => /^\d{0,2}\s*([:.hg]\s*[0-5]?)?$/i.test(text.trim())

/** Reads the three parts of a date from a form. */
export function readDate(form: FormData, name: string): TypedDate {
  const part = (which: string) => String(form.get(`${name}_${which}`) ?? '').trim()
  const [day, month, year] = [part('day'), part('month'), part('year')]
  return { day, month, year, date: dateOf(year, month, day), empty: !day && !month && !year }
}
