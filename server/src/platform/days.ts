const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string) => {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(timeZone, format)
  return format
}

/** The day (`YYYY-MM-DD`) that a moment falls on in a zone. */
export const dayIn = (timeZone: string, at: Date) => formatOf(timeZone).format(at).slice(0, 10)

/** The Monday of the week that a moment falls in, and the minutes since it began, as clocks in a zone show them. */
export function weekIn(timeZone: string, at: Date) {
  const [day, time] = formatOf(timeZone).format(at).split(', ') as [string, string]
  const [hours, minutes] = time.split(':').map(Number)
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  return { monday: addDays(day, -weekday), minute: (weekday * 24 + hours!) * 60 + minutes! }
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(timeZone: string, at: Date) {
  const [day, time] = formatOf(timeZone).format(at).split(', ')
  return Date.parse(`${day}T${time}Z`) - Math.floor(at.getTime() / 1000) * 1000
}

/** The moment at which clocks in a zone show so many minutes after the midnight of a day, also where they change in between. */
export function momentIn(timeZone: string, day: string, minute: number) {
  const utc = Date.parse(`${day}T00:00:00Z`) + minute * 60_000
  const guess = new Date(utc - offsetAt(timeZone, new Date(utc)))
  return new Date(utc - offsetAt(timeZone, guess))
}

/** The moment at which a day begins in a zone. */
export const startOfDay = (timeZone: string, day: string) => momentIn(timeZone, day, 0)

export const addDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** A day as a half-open interval of moments. */
export const dayBounds = (timeZone: string, day: string) => ({
  from: startOfDay(timeZone, day),
  to: startOfDay(timeZone, addDays(day, 1)),
})
