import { formatNumber } from '#lib/format.ts'
import type { OfficialNotice } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

type Doubt = NonNullable<OfficialNotice['entries'][number]['doubt']>

const doubts: Record<Doubt, (count: { count: string }) => string> = {
  discarded: m.doubt_discarded,
  rejected: m.doubt_rejected,
  outside: m.doubt_outside,
}

/** Why what was published should be withdrawn, in sentences; none where it stands. */
export const sayDoubts = ({ entries }: Pick<OfficialNotice, 'entries'>): string[] =>
  Object.entries(doubts).flatMap(([doubt, say]) => {
    const count = entries.filter((entry) => entry.doubt === doubt).length
    return count > 0 ? [say({ count: formatNumber(count) })] : []
  })
