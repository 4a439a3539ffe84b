import { getLocale } from '#paraglide/runtime.js'

// Vietnam is one zone; a phone set to another one must still show the hour of the place.
const ZONE = 'Asia/Ho_Chi_Minh'

const parts = (at: string | Date) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
}

/** `22/11/2026` of a day (`2026-11-22`) or a moment. */
export function formatDate(at: string | Date): string {
  if (typeof at === 'string' && /^\d{4}-\d\d-\d\d$/.test(at)) return at.split('-').reverse().join('/')
  const { day, month, year } = parts(at)
  return `${day}/${month}/${year}`
}

/** `08:15` */
export function formatTime(at: string | Date): string {
  const { hour, minute } = parts(at)
  return `${hour}:${minute}`
}

/** `22/11/2026 08:15` */
export function formatDateTime(at: string | Date): string {
  return `${formatDate(at)} ${formatTime(at)}`
}

/** Today in Vietnam, as `2026-11-22`. */
export function today(now: Date = new Date()): string {
  return formatDate(now).split('/').reverse().join('-')
}

/** `1.234` in Vietnamese, `1,234` in English. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(getLocale() === 'vi' ? 'vi-VN' : 'en-GB').format(value)
}

/** `1 giờ 5 phút` / `1 h 5 min`; less than a minute in seconds. */
export function formatDuration(seconds: number): string {
  const unit = (value: number, name: 'day' | 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(getLocale() === 'vi' ? 'vi-VN' : 'en-GB', {
      style: 'unit',
      unit: name,
      unitDisplay: getLocale() === 'vi' ? 'long' : 'short',
    }).format(value)
  if (seconds < 60) return unit(Math.max(0, Math.round(seconds)), 'second')
  const minutes = Math.round(seconds / 60)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  return [
    days > 0 ? unit(days, 'day') : '',
    hours > 0 ? unit(hours, 'hour') : '',
    days === 0 && minutes % 60 > 0 ? unit(minutes % 60, 'minute') : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** `0905 000 001` */
export function formatPhone(phone: string): string {
  const local = phone.replace(/^\+84/, '0')
  return /^0\d{9}$/.test(local) ? `${local.slice(0, 4)} ${local.slice(4, 7)} ${local.slice(7)}` : local
}

/** `ABCD-EFGH`, as it stands on the poster. */
export function formatPlaceCode(code: string): string {
  return code.length === 8 ? `${code.slice(0, 4)}-${code.slice(4)}` : code
}
