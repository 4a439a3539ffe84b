import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Clock, type ClockRecord } from '../src/lib/offline/clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TRUE_START = Date.UTC(2026, 10, 22, 1)

/** A device with a clock that can be set, while the true time goes on evenly. */
function device(off: number, kept?: ClockRecord, started = TRUE_START) {
  let now = started
  let wall = off
  let asleep = 0
  const clock = new Clock(kept, {
    device: () => now + wall,
    steady: () => now - started - asleep,
    built: Date.UTC(2026, 9, 1),
  })
  return {
    clock,
    pass: (ms: number) => {
      now += ms
    },
    /** The steady clock of many phones stands still meanwhile: the other one seems to leap ahead. */
    sleep: (ms: number) => {
      now += ms
      asleep += ms
    },
    /** Somebody sets the clock, or it sets itself. */
    leap: (ms: number) => {
      wall += ms
    },
    get now() {
      return now
    },
    /** An answer comes; its Date has no milliseconds. */
    hear: () => clock.measure(Math.floor(now / 1000) * 1000, now + wall, now + wall),
    /** Takes a scan as the gate keeps it, and says how far from the truth it will be sent, by this page or a later one. */
    scan: () => {
      const taken = { stretch: clock.stretch, at: now + wall, truth: now }
      return (by = clock) => Math.abs(taken.at + by.skewOf(taken.stretch).skew - taken.truth)
    },
  }
}

const NEAR = 2000

/** The next page on the same device. */
const reopen = (gate: ReturnType<typeof device>, off: number) =>
  device(off, JSON.parse(JSON.stringify(gate.clock.record)) as ClockRecord, gate.now + 20 * MINUTE)

test('a clock two hours wrong is known after the first answer, and mends what was scanned before', () => {
  const gate = device(2 * HOUR)
  const early = gate.scan()
  assert.ok(early() > HOUR)
  gate.pass(HOUR)
  gate.hear()
  assert.ok(early() < NEAR)
  assert.ok(Math.abs(gate.clock.now() - gate.now) < NEAR)
  assert.equal(gate.clock.trouble, 'wrong')
})

test('a clock that leaps back while nobody hears from the server is noticed, and every time is right in the end', () => {
  const gate = device(0)
  gate.hear()
  gate.pass(MINUTE)
  const before = gate.scan()
  gate.leap(-3 * HOUR)
  gate.pass(MINUTE)
  const after = gate.scan()
  assert.ok(after() < NEAR, 'the leap itself tells how far the clock is off')
  assert.ok(before() < NEAR)
  gate.pass(HOUR)
  gate.hear()
  assert.ok(before() < NEAR)
  assert.ok(after() < NEAR)
})

test('a leap before the first answer is undone too', () => {
  const gate = device(-5 * HOUR)
  const before = gate.scan()
  gate.pass(MINUTE)
  gate.leap(-HOUR)
  const after = gate.scan()
  assert.equal(gate.clock.trouble, 'back')
  gate.hear()
  assert.ok(before() < NEAR)
  assert.ok(after() < NEAR)
})

test('a clock in 2070 is said, and its scans get the true time once the server was heard', () => {
  const gate = device(44 * 365 * 24 * HOUR)
  const early = gate.scan()
  assert.equal(gate.clock.trouble, 'ahead')
  gate.pass(HOUR)
  gate.hear()
  assert.ok(early() < NEAR)
})

test('a device that slept keeps its skew', () => {
  const kept = device(HOUR)
  kept.hear()
  const before = kept.scan()
  kept.sleep(8 * HOUR)
  assert.ok(Math.abs(kept.clock.skewOf(kept.clock.stretch).skew + HOUR) < NEAR)
  assert.ok(before() < NEAR)
})

test('a dead battery that sets the clock back is noticed when the page is opened again', () => {
  const first = device(0)
  first.hear()
  first.pass(HOUR)
  const before = first.scan()
  const kept = JSON.parse(JSON.stringify(first.clock.record)) as ClockRecord
  const second = device(-6 * 365 * 24 * HOUR, kept, TRUE_START + 2 * HOUR)
  assert.equal(second.clock.trouble, 'back')
  const after = second.scan()
  second.pass(MINUTE)
  second.hear()
  assert.ok(after() < NEAR)
  assert.ok(before() < NEAR)
})

test('a clock that somebody set while the page was closed is mended for what is scanned before the next answer', () => {
  const first = device(0)
  first.hear()
  const before = first.scan()
  const kept = JSON.parse(JSON.stringify(first.clock.record)) as ClockRecord
  const second = device(2 * HOUR, kept, TRUE_START + HOUR)
  const early = second.scan()
  assert.ok(early() > HOUR)
  second.hear()
  assert.ok(early() < NEAR)
  assert.ok(before() < NEAR)
})

test('a clock that is set ahead while nobody hears from the server changes no scan from before', () => {
  const first = device(0)
  first.hear()
  const second = reopen(first, 0)
  const early = second.scan()
  second.sleep(8 * HOUR)
  const before = second.scan()
  second.leap(2 * HOUR)
  const after = second.scan()
  second.sleep(HOUR)
  second.hear()
  for (const scan of [early, before, after]) assert.ok(scan() < NEAR)
})

test('nor does one that is set ahead between two pages without network', () => {
  const first = device(0)
  first.hear()
  const second = reopen(first, 0)
  const before = second.scan()
  const third = reopen(second, 2 * HOUR)
  const after = third.scan()
  third.hear()
  assert.ok(before(third.clock) < NEAR)
  assert.ok(after() < NEAR)
})

test('also where the codes of two people told of it before the server did', () => {
  const gate = device(0)
  gate.hear()
  const ahead = reopen(gate, 2 * HOUR)
  ahead.pass(MINUTE)
  const scan = ahead.scan()
  const next = reopen(ahead, 2 * HOUR)
  for (const who of ['lan', 'tu']) next.clock.contradict(who, 2 * HOUR)
  next.pass(MINUTE)
  next.hear()
  assert.ok(scan(next.clock) < NEAR)
})

test('a page that is opened again and again without network goes on knowing what the server said', () => {
  let gate = device(2 * HOUR)
  gate.hear()
  for (let page = 0; page < 100; page++) {
    gate = reopen(gate, 2 * HOUR)
    gate.scan()
  }
  assert.ok(Math.abs(gate.clock.now() - gate.now) < NEAR)
  assert.equal(gate.clock.trouble, 'wrong')
})

test('an answer that took long, or a second more or less, changes nothing', () => {
  const gate = device(0)
  gate.hear()
  const { stretches } = gate.clock.record
  gate.clock.measure(TRUE_START + HOUR, TRUE_START, TRUE_START + 20_000)
  gate.pass(400)
  gate.hear()
  assert.deepEqual(gate.clock.record.stretches, stretches)
  assert.equal(gate.clock.trouble, null)
})

test('a clock that leapt ahead unheard is doubted once the codes of two people are off alike', () => {
  const gate = device(0)
  gate.hear()
  gate.leap(2 * HOUR)
  assert.equal(gate.clock.contradict('lan', 2 * HOUR + 20_000), false, 'it may be a picture')
  assert.equal(gate.clock.contradict('lan', 2 * HOUR + 50_000), false, 'of the same person')
  assert.equal(gate.clock.contradict('tu', 3 * HOUR), false, 'or another old one')
  assert.equal(gate.clock.skewOf(gate.clock.stretch).sure, true)
  const before = gate.scan()
  assert.equal(gate.clock.contradict('hoa', 2 * HOUR + 5_000), true)
  assert.equal(gate.clock.skewOf(gate.clock.stretch).sure, false)
  assert.equal(gate.clock.trouble, 'unsure')
  // The next page doubts it still.
  const next = reopen(gate, 2 * HOUR)
  assert.equal(next.clock.trouble, 'unsure')
  gate.pass(MINUTE)
  gate.hear()
  assert.ok(before() < NEAR)
  assert.equal(gate.clock.trouble, 'wrong')
})

test('a clock that the server has put right is believed before any number of old pictures', () => {
  const gate = device(HOUR)
  gate.hear()
  gate.pass(HOUR)
  for (const who of ['lan', 'tu', 'hoa']) assert.equal(gate.clock.contradict(who, 2 * HOUR), false)
  assert.equal(gate.clock.skewOf(gate.clock.stretch).sure, true)
  // What was said of another stretch is forgotten.
  gate.leap(MINUTE)
  assert.equal(gate.clock.contradict('lan', MINUTE), false)
  gate.hear()
  gate.leap(MINUTE)
  assert.equal(gate.clock.contradict('tu', MINUTE), false)
})
