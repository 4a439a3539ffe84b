import { ScanBuffer } from '@lachan/contract/documents.ts'

interface Settings {
  target?: EventTarget
  /** Where the page puts what is typed while the focus is in no field. */
  box?: () => HTMLInputElement | undefined
  /** While this says yes, keys are left alone. */
  paused?: () => boolean
}

/** Nobody types so fast for so long: a reader does. */
const FASTEST_HAND_MS = 40
const SHORTEST = 6

/** A little longer than the buffer's silence: keys may wait for a busy page. */
const WAIT_MS = 100

/** What an input method says of a key of which it makes a letter by itself. */
const METHODS_KEY = /^(?:Unidentified|Process)$/

/** So late comes a timer of a page that was busy. */
const LATE_MS = 40

/** Keys between which a reader is certain enough that buttons must not be pressed by them. */
const BURST = 3

const WRITABLE =
  'input:not([type=button],[type=checkbox],[type=radio],[type=range],[type=submit]),select,textarea,[contenteditable]'

/**
 * Hears a reader that acts as a keyboard, wherever on the page the focus is. In fields people type: a reader is heard
 * there only within `data-wedge`, and what it typed is taken out of the field again. Returns what ends the listening.
 */
export function listenToWedge(
  onscan: (text: string) => void,
  { target = window, box, paused = () => false }: Settings = {},
): () => void {
  const buffer = new ScanBuffer()
  let first = 0
  let last = 0
  let keys = 0
  let keypad = ''
  let field: { element: HTMLInputElement; value: string } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const held = new Set<string>()

  const isFast = (length: number) => last - first <= FASTEST_HAND_MS * length

  function finish(heard: string) {
    if (heard.length < SHORTEST || !isFast(heard.length)) return
    let text = heard
    if (field && field.element.value !== field.value) {
      const { element, value } = field
      // Letters that an input method puts there have no key that is heard.
      const written = element.value.startsWith(value) ? element.value.slice(value.length).trim() : ''
      if (written.length > text.length) text = written
      element.value = value
      element.dispatchEvent(new Event('input', { bubbles: true }))
    }
    onscan(text)
  }

  function hear(piece: string, at: number, element: HTMLInputElement | undefined) {
    const before = buffer.idle(at)
    if (before) finish(before)
    if (!buffer.isWaiting) {
      first = at
      keys = 0
      const into = element ?? box?.()
      field = into && { element: into, value: into.value }
    }
    last = at
    keys++
    for (const text of buffer.push(piece, at)) finish(text)
    clearTimeout(timer)
    timer = setTimeout(rest, WAIT_MS, performance.now() + WAIT_MS + LATE_MS)
  }

  /** The reader is silent; where the page was too busy to hear, its keys may still be under way, and it waits once more. */
  function rest(latest: number) {
    const now = performance.now()
    if (now > latest) {
      timer = setTimeout(rest, WAIT_MS, Number.POSITIVE_INFINITY)
      return
    }
    const text = buffer.idle(now)
    if (text) finish(text)
    else if (buffer.isWaiting) timer = setTimeout(rest, WAIT_MS, now + WAIT_MS + LATE_MS)
  }

  /** A key that a reader pressed does nothing else; the release of such a key does not press a button either. */
  function swallow(event: KeyboardEvent) {
    event.preventDefault()
    event.stopPropagation()
    held.add(event.key)
  }

  function pressed(event: KeyboardEvent) {
    if (paused() || event.repeat || event.isComposing || event.ctrlKey || event.metaKey) return
    const element = event.target as HTMLInputElement | null
    const isField = element?.closest?.(WRITABLE) != null
    if (isField && !element.closest('[data-wedge]')) return
    const own = isField && 'value' in element ? element : undefined

    // Windows readers send letters beyond ASCII as Alt and the digits of their number.
    if (event.altKey && /^Numpad\d$/.test(event.code)) {
      keypad += event.code.at(-1)
      return
    }
    const isBurst = keys >= BURST && buffer.isWaiting && isFast(keys)
    if (event.key === 'Enter' || event.key === 'Tab') {
      if (!isBurst) return
      swallow(event)
      hear('\n', event.timeStamp, own)
    } else if (event.key === 'Backspace') {
      // Input methods take a letter back to put another in its place.
      if (buffer.isWaiting && isFast(keys)) hear('\b', event.timeStamp, own)
    } else if (METHODS_KEY.test(event.key)) {
      if (buffer.isWaiting) hear('', event.timeStamp, own)
    } else if (!event.altKey && [...event.key].length === 1) {
      if (isBurst && !isField) swallow(event)
      hear(event.key, event.timeStamp, own)
    }
  }

  function released(event: KeyboardEvent) {
    if (event.key === 'Alt' && keypad) {
      const code = Number(keypad)
      keypad = ''
      if (code >= 0xa0 && code <= 0xffff && !paused())
        hear(String.fromCharCode(code), event.timeStamp, undefined)
    }
    if (!held.delete(event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }

  const capture = { capture: true }
  target.addEventListener('keydown', pressed as EventListener, capture)
  target.addEventListener('keyup', released as EventListener, capture)
  return () => {
    clearTimeout(timer)
    target.removeEventListener('keydown', pressed as EventListener, capture)
    target.removeEventListener('keyup', released as EventListener, capture)
  }
}
