import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { listenToWedge } from '../src/lib/scan/wedge.ts'

const CCCD = '001090000001||Nguyễn Văn A|01021990|Nam|Thôn Ví Dụ, Xã Ví Dụ, Tỉnh Ví Dụ|01032021'

/** A field or a button, as far as the listener looks at one. */
class Element extends EventTarget {
  value = ''
  readonly #isField: boolean
  readonly #isMarked: boolean
  constructor(kind: 'field' | 'marked field' | 'button') {
    super()
    this.#isField = kind !== 'button'
    this.#isMarked = kind === 'marked field'
  }
  closest(selector: string) {
    return (selector === '[data-wedge]' ? this.#isMarked : this.#isField) ? this : null
  }
}

function keyboard(box?: Element) {
  const target = new EventTarget()
  const scans: string[] = []
  let isPaused = false
  const stop = listenToWedge((text) => scans.push(text), {
    target,
    box: () => box as unknown as HTMLInputElement,
    paused: () => isPaused,
  })
  let now = performance.now()
  const send = (type: string, key: string, on?: Element, more: object = {}) => {
    const event = new Event(type, { cancelable: true })
    const facts = {
      key,
      code: '',
      repeat: false,
      altKey: false,
      ctrlKey: false,
      metaKey: false,
      isComposing: false,
    }
    for (const [name, value] of Object.entries({ ...facts, ...more, target: on ?? null, timeStamp: now }))
      Object.defineProperty(event, name, { value })
    target.dispatchEvent(event)
    return event.defaultPrevented
  }
  return {
    scans,
    stop,
    send,
    /** Presses these keys; how many of them the page did not get. */
    type(text: string, gap: number, on?: Element, more?: object) {
      let swallowed = 0
      for (const letter of text) {
        now += gap
        const key = letter === '\n' ? 'Enter' : letter === '\b' ? 'Backspace' : letter
        if (send('keydown', key, on, more)) swallowed++
        else if (on && key.length === 1) on.value += key
        send('keyup', key, on, more)
      }
      return swallowed
    },
    rest: (gap: number) => {
      now += gap
    },
    pause: () => {
      isPaused = true
    },
  }
}

describe('a reader that acts as a keyboard', () => {
  test('is heard wherever the focus is, and presses no button', () => {
    const { scans, type } = keyboard()
    const swallowed = type(`${CCCD}\n`, 5, new Element('button'))
    assert.deepEqual(scans, [CCCD])
    assert.ok(swallowed > CCCD.length - 5, 'Enter and blanks stay with the reader')
  })
  test('is heard without a line end, once it is silent', async () => {
    const { scans, type } = keyboard()
    type(CCCD, 0)
    assert.deepEqual(scans, [])
    await wait(400)
    assert.deepEqual(scans, [CCCD])
  })
  test('is heard to the end by a page that was busy meanwhile', async () => {
    const { scans, type } = keyboard()
    type(CCCD.slice(0, 30), 1)
    for (const until = performance.now() + 300; performance.now() < until; );
    await wait(0)
    type(`${CCCD.slice(30)}\n`, 1)
    assert.deepEqual(scans, [CCCD])
  })
  test('is heard twice when it reads twice', () => {
    const { scans, type } = keyboard()
    type(`${CCCD}\n${CCCD}\n`, 8)
    assert.deepEqual(scans, [CCCD, CCCD])
  })
  test('is heard through an input method that takes letters back', () => {
    const { scans, type } = keyboard()
    type('TE\bÉ010', 5)
    type('123456789\n', 5)
    assert.deepEqual(scans, ['TÉ010123456789'])
  })
  test('is heard when it sends letters as Alt and their numbers', () => {
    const { scans, send, type } = keyboard()
    type('Nguy', 5)
    for (const digit of '7877') send('keydown', digit, undefined, { code: `Numpad${digit}`, altKey: true })
    send('keyup', 'Alt')
    type('n Van A\n', 5)
    assert.deepEqual(scans, ['Nguyễn Van A'])
  })
})

describe('hands', () => {
  test('are not heard, and every key of theirs reaches the page', async () => {
    const { scans, type } = keyboard()
    assert.equal(type('0905123456\n', 120), 0)
    await wait(130)
    assert.deepEqual(scans, [])
  })
  test('are not heard when they hold a key down or press a shortcut', () => {
    const { scans, type } = keyboard()
    assert.equal(type('aaaaaaaaaaaaaa\n', 30, undefined, { repeat: true }), 0)
    assert.equal(type('aaaaaaaaaaaaaa\n', 5, undefined, { ctrlKey: true }), 0)
    assert.deepEqual(scans, [])
  })
  test('that begin before a reader do not spoil what it reads', () => {
    const { scans, type, rest } = keyboard()
    type('x', 5)
    rest(200)
    type(`${CCCD}\n`, 5)
    assert.deepEqual(scans, [CCCD])
  })
})

describe('fields', () => {
  test('are left to those who type, however fast', () => {
    const { scans, type } = keyboard()
    const field = new Element('field')
    assert.equal(type(`${CCCD}\n`, 5, field), 0)
    assert.deepEqual(scans, [])
    assert.equal(field.value, CCCD)
  })
  test('that are marked hear the reader, and hold what they held before', () => {
    const { scans, type, rest } = keyboard()
    const field = new Element('marked field')
    let told = 0
    field.addEventListener('input', () => told++)
    type('09', 150, field)
    rest(150)
    type(`${CCCD}\n`, 5, field)
    assert.deepEqual(scans, [CCCD])
    assert.equal(field.value, '09')
    assert.equal(told, 1)
  })
  test('to which the page takes the first key hold what they held before, not the card of whoever was read', () => {
    const box = new Element('marked field')
    const { scans, type, rest } = keyboard(box)
    for (const before of ['', '09']) {
      box.value = before
      // The page puts the focus there when the key is pressed, and so this key is already written there.
      type(CCCD[0]!, 5)
      box.value += CCCD[0]
      type(`${CCCD.slice(1)}\n`, 5, box)
      assert.equal(box.value, before)
      rest(150)
    }
    assert.deepEqual(scans, [CCCD, CCCD])
  })
  test('give the letters that an input method wrote there and no key told', () => {
    const { scans, send, type } = keyboard()
    const field = new Element('marked field')
    for (const letter of CCCD)
      if (letter < '\x80') type(letter, 5, field)
      else {
        send('keydown', 'Unidentified', field)
        field.value += letter
      }
    type('\n', 5, field)
    assert.deepEqual(scans, [CCCD])
    assert.equal(field.value, '')
  })
  test('that are marked send what hands typed with Enter', () => {
    const { type } = keyboard()
    assert.equal(type('0905123456\n', 150, new Element('marked field')), 0)
  })
})

test('a page that is paused or gone hears nothing', () => {
  const paused = keyboard()
  paused.pause()
  assert.equal(paused.type(`${CCCD}\n`, 5), 0)
  const gone = keyboard()
  gone.stop()
  assert.equal(gone.type(`${CCCD}\n`, 5), 0)
  assert.deepEqual([...paused.scans, ...gone.scans], [])
})
