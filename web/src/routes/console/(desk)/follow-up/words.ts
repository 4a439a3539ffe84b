import { formatDuration, formatNumber } from '#lib/format.ts'
import type { CallSheet, FollowUp, HandOver, HandOverLine } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

export const statuses = {
  toTrace: { word: m.follow_status_to_trace, mark: 'yellow' },
  reached: { word: m.follow_status_reached, mark: 'green' },
  refused: { word: m.follow_status_refused, mark: 'red' },
  notFound: { word: m.follow_status_not_found, mark: 'red' },
  isolated: { word: m.follow_status_isolated, mark: 'green' },
  released: { word: m.follow_status_released, mark: 'grey' },
} as const

export const outcomes = {
  reached: m.follow_outcome_reached,
  ill: m.follow_outcome_ill,
  noAnswer: m.follow_outcome_no_answer,
  wrongNumber: m.follow_outcome_wrong_number,
  refused: m.follow_outcome_refused,
  notFound: m.follow_outcome_not_found,
  isolated: m.follow_outcome_isolated,
} as const

export const tests: Record<FollowUp['test'], () => string> = {
  none: m.follow_none,
  needed: m.follow_needed,
  ordered: m.follow_ordered,
  taken: m.follow_test_taken,
  negative: m.follow_test_negative,
  positive: m.follow_test_positive,
}

export const quarantines: Record<FollowUp['quarantine'], () => string> = {
  none: m.follow_none,
  needed: m.follow_needed,
  ordered: m.follow_ordered,
  done: m.follow_quarantine_done,
}

export const endReasons: Record<NonNullable<FollowUp['endReason']>, () => string> = {
  watchOver: m.follow_end_watch_over,
  lost: m.follow_end_lost,
  officer: m.follow_end_officer,
  becameCase: m.follow_end_became_case,
  noContact: m.follow_end_no_contact,
}

export const returnReasons: Record<NonNullable<HandOverLine['reason']>, () => string> = {
  notHere: m.handed_reason_not_here,
  moved: m.handed_reason_moved,
  unknownPerson: m.handed_reason_unknown,
  other: m.handed_reason_other,
}

/** A clock is shown as time left and, beside it, as time of day. */
export function timeLeft(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000
  return seconds >= 0
    ? m.follow_clock_left({ duration: formatDuration(seconds) })
    : m.follow_clock_late({ duration: formatDuration(-seconds) })
}

type Event = CallSheet['events'][number]

const found = (names: Record<string, () => string>, key: string | null) =>
  (key && names[key]?.()) || key || ''

/** What happened, as a line of the history. */
export function describeEvent({ kind, channel, outcome, area, caseNumber }: Event): string {
  const says: Record<Event['kind'], () => string> = {
    opened: () => m.follow_event_opened({ label: outcome ?? '', number: caseNumber ?? '' }),
    exposed: () => m.follow_event_exposed({ label: outcome ?? '', number: caseNumber ?? '' }),
    farther: () => m.follow_event_farther({ label: outcome ?? '', number: caseNumber ?? '' }),
    attempt: () =>
      `${channel === 'visit' ? m.follow_channel_visit() : m.follow_channel_phone()}: ${found(outcomes, outcome)}`,
    instructed: m.follow_event_instructed,
    test: () => `${m.follow_test()}: ${found(tests, outcome)}`,
    quarantine: () => `${m.follow_quarantine()}: ${found(quarantines, outcome)}`,
    planned: m.follow_event_planned,
    sent: () => m.follow_event_sent({ area: area ?? '' }),
    received: () => m.follow_event_received({ area: area ?? '' }),
    returned: () => m.follow_event_returned({ area: area ?? '', reason: found(returnReasons, outcome) }),
    withdrawn: () => m.follow_event_withdrawn({ area: area ?? '' }),
    released: () => `${m.follow_status_released()}: ${found(endReasons, outcome)}`,
  }
  return says[kind]()
}

/** How many of each label: 12 F1 · 3 F2. */
export const labelCounts = (labels: HandOver['labels']) =>
  labels.map(({ label, people }) => `${formatNumber(people)} ${label}`).join(' · ')
