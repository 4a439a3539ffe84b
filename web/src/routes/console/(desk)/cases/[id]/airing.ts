import { formatDuration } from '#lib/format.ts'
import type { DiseaseProfile, Trace } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

type ByVentilation = NonNullable<Trace['parameters']['airingByVentilation']>

const spoken = (seconds: number | null) =>
  seconds === null ? m.airing_no_contact() : formatDuration(seconds)

const byVentilation = ({ sealed, conditioned, natural, open }: ByVentilation) =>
  m.airing_by_ventilation({
    sealed: spoken(sealed),
    conditioned: spoken(conditioned),
    natural: spoken(natural),
    open: spoken(open),
  })

/** For how long air infects, as a trace counted it. */
export const airingWords = ({ airingSeconds, airingByVentilation }: Trace['parameters']) =>
  airingByVentilation
    ? m.trace_aired({ airing: byVentilation(airingByVentilation) })
    : m.trace_aired({ airing: formatDuration(airingSeconds) })

/** What stands in the field at first: nothing where the profile has rules by place. */
export const usualAiring = (profile: DiseaseProfile | undefined) =>
  profile?.contactRules ? '' : String((profile?.airingSeconds ?? 0) / 60)

export function airingHint(profile: DiseaseProfile | undefined) {
  const rules = profile?.contactRules
  if (!rules) return m.trace_airing_hint()
  const { airingSeconds, closedSpaceOnly } = rules
  const open = closedSpaceOnly ? null : airingSeconds.open
  return m.trace_airing_hint_rules({ airing: byVentilation({ ...airingSeconds, open }) })
}
