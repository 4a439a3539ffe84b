import { formatNumber } from '#lib/format.ts'
import type { SetAside } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

type Reason = SetAside['reason']

/** Why a scan is set aside, in a sentence. */
const sentences: Record<Reason, () => string> = {
  travel: m.aside_travel,
  crowd: m.aside_crowd,
  closedHours: m.aside_closed_hours,
  mismatch: m.aside_mismatch,
  farAway: m.aside_far_away,
  copied: m.aside_copied,
  beforeIssue: m.aside_before_issue,
  takenBack: m.aside_taken_back,
}

const names: Record<Reason, () => string> = {
  travel: m.aside_name_travel,
  crowd: m.aside_name_crowd,
  closedHours: m.aside_name_closed_hours,
  mismatch: m.aside_name_mismatch,
  farAway: m.aside_name_far_away,
  copied: m.aside_name_copied,
  beforeIssue: m.aside_name_before_issue,
  takenBack: m.aside_name_taken_back,
}

export const whyAside = (reason: Reason): string => sentences[reason]()
export const asideName = (reason: Reason): string => names[reason]()

/** How many there are; of very many no more is counted. */
export const sayScans = ({ scans, isMore }: { scans: number; isMore: boolean }): string =>
  isMore ? m.aside_more_than({ count: formatNumber(scans) }) : formatNumber(scans)
