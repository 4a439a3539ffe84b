const EARLIEST = Date.UTC(1900, 0)

/** `2026-11-30T08:15[:30[.123]]` and `Z` or an offset; a blank may stand for the T. */
const MOMENT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/

/** Milliseconds, or NaN: an offset is required, and the day has to be one of the calendar. */
export function readMoment(text: string): number {
  const [, day] = MOMENT.exec(text) ?? []
  if (day === undefined) return Number.NaN
  // Date.parse takes 31 February for a day in March.
  if (day > '28' && new Date(`${text.slice(0, 10)}T00:00Z`).getUTCDate() !== Number(day)) return Number.NaN
  const moment = Date.parse(text)
  return moment >= EARLIEST ? moment : Number.NaN
}
