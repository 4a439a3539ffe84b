import { formatNumber } from '#lib/format.ts'
import type { Place } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

/** What the field for the position of a place says; of a place that has none, also what stands for it. */
export function positionWords(approximate: Place['approximate'] = null) {
  const km = approximate && formatNumber(approximate.marginKm)
  return {
    label: m.place_position(),
    hint: [m.place_position_hint(), km && m.place_position_approximate({ km })].filter(Boolean).join(' '),
    here: m.place_position_here(),
    done: m.place_position_done(),
    failed: m.place_position_failed(),
  }
}
