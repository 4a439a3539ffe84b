import { formatDateTime, formatDuration } from '#lib/format.ts'
import type { Zone, ZoneCounts, ZoneSummary } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

type State = ZoneSummary['state']

export const stateNames: Record<State, () => string> = {
  draft: m.zone_state_draft,
  proposed: m.zone_state_proposed,
  ordered: m.zone_state_ordered,
  notified: m.zone_state_notified,
  inForce: m.zone_state_in_force,
  expired: m.zone_state_expired,
  lifted: m.zone_state_lifted,
}

/** The mark before the word: what waits for somebody is a triangle, what holds people an octagon. */
export const marks: Record<State, 'green' | 'yellow' | 'red' | 'grey'> = {
  draft: 'grey',
  proposed: 'yellow',
  ordered: 'yellow',
  notified: 'yellow',
  inForce: 'red',
  expired: 'grey',
  lifted: 'green',
}

export const levelNames: Record<ZoneSummary['level'], () => string> = {
  watch: m.zone_level_watch,
  limited: m.zone_level_limited,
  sealed: m.zone_level_sealed,
}

type Step = Zone['history'][number]['action']

export const stepNames: Record<Step, () => string> = {
  draft: m.action_zone_draft,
  edit: m.action_zone_edit,
  propose: m.action_zone_propose,
  return: m.action_zone_return,
  order: m.action_zone_order,
  notify: m.action_zone_notify,
  extend: m.action_zone_extend,
  lift: m.action_zone_lift,
}

const clocks: Record<NonNullable<ZoneSummary['clock']>['kind'], (at: { at: string }) => string> = {
  notice: m.zone_clock_notice,
  start: m.zone_clock_start,
  end: m.zone_clock_end,
}

/** A clock as the time of day, and as the time that is left. */
export function sayClock(clock: NonNullable<ZoneSummary['clock']>, now: number) {
  const left = (Date.parse(clock.at) - now) / 1000
  const duration = formatDuration(Math.abs(left))
  return {
    at: clocks[clock.kind]({ at: formatDateTime(clock.at) }),
    left: left >= 0 ? m.zone_clock_left({ duration }) : m.zone_clock_over({ duration }),
    isLate: left < 0,
  }
}

/** What is counted, in the order of the columns. */
export const countNames: Record<'people' | 'households' | 'places' | 'cases' | 'contacts', () => string> = {
  households: m.zone_households,
  people: m.zone_people,
  places: m.zone_places,
  cases: m.zone_cases,
  contacts: m.zone_contacts,
}
export const counted = Object.keys(countNames) as (keyof typeof countNames & keyof ZoneCounts)[]
