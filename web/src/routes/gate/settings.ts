import type { Direction } from '#lib/offline/outbox.ts'
import type { PlaceSummary } from '#lib/shapes.ts'

export type { Direction } from '#lib/offline/outbox.ts'

/** What this device remembers of the gate where it stands. */
export interface Settings {
  place: { id: string; name: string; area: string } | null
  /** Which of the place's gates. */
  gate: { code: string; name: string } | null
  /** Of a vehicle: where people get on or off, and where they sit. */
  stop: string
  zone: string
  direction: Direction
  sound: boolean
  dark: boolean
}

const KEY = 'lachan.gate'
export const standard: Settings = {
  place: null,
  gate: null,
  stop: '',
  zone: '',
  direction: 'in',
  sound: true,
  dark: false,
}

const isDirection = (kept: unknown): kept is Direction => kept === 'in' || kept === 'out' || kept === 'auto'

export function readSettings(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings>
    const { id, name } = kept.place ?? {}
    return {
      place: kept.place && typeof id === 'string' && typeof name === 'string' ? kept.place : null,
      gate: typeof kept.gate?.code === 'string' && typeof kept.gate.name === 'string' ? kept.gate : null,
      stop: typeof kept.stop === 'string' ? kept.stop : '',
      zone: typeof kept.zone === 'string' ? kept.zone : '',
      direction: isDirection(kept.direction) ? kept.direction : 'in',
      sound: kept.sound !== false,
      dark: kept.dark === true,
    }
  } catch {
    return standard
  }
}

export function keepSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings))
  } catch {
    // Without storage the guard chooses again next time.
  }
}

export const placeOf = ({ id, name, area }: PlaceSummary): Settings['place'] => ({
  id,
  name,
  area: area?.fullName ?? '',
})
