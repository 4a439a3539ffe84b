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

/** Who did something when, and why. */
export const sayDeed = (deed: { at: string; by: string; reason: string | null }): string =>
  [deed.by, formatDateTime(deed.at), deed.reason].filter(Boolean).join(' · ')
