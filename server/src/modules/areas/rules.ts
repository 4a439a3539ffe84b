import type { Coverage } from './schema.ts'

const dayIn = (timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
const vietnam = dayIn('Asia/Ho_Chi_Minh')

/** The day in Vietnam: units change at its midnight, whatever zone the server is in. */
export const dayOf = (moment: Date | string) => (typeof moment === 'string' ? moment : vietnam.format(moment))

/** How much of a unit went to one successor, when it went by several ways (through its parts, or in steps). */
export function combinedCoverage(ways: readonly Coverage[], successors: number): Coverage {
  if (ways.includes('unknown')) return 'unknown'
  return successors === 1 && ways.every((way) => way === 'full') ? 'full' : 'partial'
}
