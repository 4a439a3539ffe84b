import type { EntryDecision } from '#lib/shapes.ts'

/** What a door says, as a headline: without the full stop of the sentence. */
export const sayStanding = ({ instruction }: Pick<EntryDecision, 'instruction'>): string =>
  instruction.replace(/\.$/, '')
