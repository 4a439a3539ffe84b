import type { EntryDecision } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

/** What a door says, as a headline: without the full stop of the sentence. */
export const sayStanding = ({ instruction }: Pick<EntryDecision, 'instruction'>): string =>
  instruction.replace(/\.$/, '')

/** The same where no door is near: nobody is asked to declare "here". */
export const sayAway = (decision: Pick<EntryDecision, 'status' | 'instruction'>): string =>
  decision.status === 'yellow' ? m.me_standing_yellow() : sayStanding(decision)
