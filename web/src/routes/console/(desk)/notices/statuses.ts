import { formatDateTime } from '#lib/format.ts'
import type { OfficialNotice, WarningRun } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

export const noticeStatuses: Record<OfficialNotice['status'], () => string> = {
  waiting: m.drafts_waiting,
  released: m.drafts_released,
  refused: m.drafts_refused,
  withdrawn: m.drafts_withdrawn,
}

export const runStatuses: Record<WarningRun['status'], () => string> = {
  gathering: m.runs_gathering,
  waiting: m.runs_waiting,
  sending: m.runs_sending,
  sent: m.runs_sent,
  refused: m.drafts_refused,
  stopped: m.runs_stopped,
  recalling: m.runs_recalling,
  recalled: m.runs_recalled,
}

/** What the lists can be narrowed to: first what waits for somebody. */
export const noticeFilters = {
  toRelease: m.drafts_to_release,
  own: m.drafts_own_waiting,
  toWithdraw: m.drafts_to_withdraw,
  ...noticeStatuses,
}
export const runFilters = { toRelease: m.drafts_to_release, own: m.runs_own_waiting, ...runStatuses }

/** Who did something when, and why. */
export const sayDeed = (deed: { at: string; by: string; reason: string | null }): string =>
  [deed.by, formatDateTime(deed.at), deed.reason].filter(Boolean).join(' · ')
