import type { Tone } from './results.ts'

// Told apart with eyes shut: one high note, two, three low ones, two that fall and rise, one short, one buzz. Hertz, seconds.
const tunes: Record<Tone, readonly [hertz: number, seconds: number][]> = {
  green: [[1320, 0.12]],
  yellow: [
    [880, 0.14],
    [880, 0.14],
  ],
  red: [
    [440, 0.28],
    [330, 0.28],
    [440, 0.28],
  ],
  full: [
    [880, 0.14],
    [587, 0.14],
    [880, 0.14],
  ],
  grey: [[660, 0.08]],
  refused: [[220, 0.4]],
}
const shakes: Record<Tone, number[]> = {
  green: [60],
  yellow: [90, 60, 90],
  red: [250, 80, 250, 80, 250],
  full: [90, 60, 90, 60, 90],
  grey: [40],
  refused: [300],
}

let audio: AudioContext | undefined

/** Browsers stay silent until somebody touches the page: call this at every touch. */
export function wakeSound(): void {
  audio ??= new AudioContext()
  if (audio.state === 'suspended') audio.resume().catch(() => {})
}

export function signal(tone: Tone, sound: boolean): void {
  navigator.vibrate?.(shakes[tone])
  if (!sound || !navigator.userActivation?.hasBeenActive) return
  wakeSound()
  if (!audio) return
  let at = audio.currentTime
  for (const [hertz, seconds] of tunes[tone]) {
    const note = audio.createOscillator()
    const volume = audio.createGain()
    note.type = tone === 'refused' ? 'sawtooth' : 'sine'
    note.frequency.value = hertz
    volume.gain.setValueAtTime(0.25, at)
    volume.gain.linearRampToValueAtTime(0, at + seconds)
    note.connect(volume).connect(audio.destination)
    note.start(at)
    note.stop(at + seconds)
    at += seconds + 0.06
  }
}
