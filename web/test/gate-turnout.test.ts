import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ScanOutcome } from '../src/lib/offline/told.ts'
import { Turnout } from '../src/routes/gate/turnout.ts'

const told = (
  direction: 'in' | 'out',
  alreadyInside: boolean,
  more: Partial<ScanOutcome> = {},
): ScanOutcome => ({
  id: '',
  outcome: 'accepted',
  person: null,
  decision: null,
  direction,
  alreadyInside,
  ...more,
})

test('who is inside already, or left long ago, moves nothing; neither does what is set aside or refused', () => {
  const turnout = new Turnout()
  turnout.learn('1', 'lan', told('in', false))
  turnout.learn('2', 'lan', told('in', true))
  turnout.learn('3', 'tu', told('out', false))
  turnout.learn('4', 'son', told('in', false, { setAside: 'mismatch' }))
  turnout.learn('5', 'nga', { id: '', outcome: 'refused', person: null, decision: null })
  assert.equal(turnout.moved, 1)
  turnout.learn('6', 'lan', told('out', true))
  assert.equal(turnout.moved, 0)
})

test('without network each person counts once, until the server says better', () => {
  const turnout = new Turnout()
  turnout.keep('1', 'lan', 'in')
  turnout.keep('2', 'lan', 'in')
  turnout.keep('3', 'tu', 'in')
  assert.equal(turnout.moved, 2)
  assert.equal(turnout.wayOf('lan', 'auto'), 'out')
  turnout.keep('4', 'lan', 'out')
  assert.equal(turnout.moved, 1)
  // Tú had come in by another gate, and the line died before the first answer came.
  turnout.learn('3', 'tel:tu', told('in', true))
  turnout.learn('1', 'lan', told('in', false, { outcome: 'repeated' }))
  turnout.learn('1', 'lan', told('in', false, { outcome: 'repeated' }))
  assert.equal(turnout.moved, 0)
})

test('what the server has counted counts no more, what it has still to hear of does', () => {
  const turnout = new Turnout()
  turnout.learn('1', 'lan', told('in', false))
  turnout.keep('2', 'tu', 'in')
  const answered = turnout.answered(true)
  turnout.learn('3', 'son', told('in', false))
  turnout.settle(answered)
  assert.equal(turnout.moved, 2)
  // An undoing of what was counted is news until it is counted, too.
  turnout.undo('1', true)
  assert.equal(turnout.moved, 1)
  turnout.settle(turnout.answered(true))
  assert.equal(turnout.moved, 1)
  turnout.undo('2', true, true)
  assert.equal(turnout.moved, 0)
  turnout.undo('2', false)
  assert.equal(turnout.moved, 1)
})

test('who was not seen inside comes in where the way is left open, and goes out the next time', () => {
  const turnout = new Turnout()
  turnout.keep('1', 'lan', 'auto')
  turnout.keep('2', 'tu', 'auto')
  assert.equal(turnout.moved, 2)
  // What waits on the device is read once more.
  turnout.keep('2', 'tu', 'auto')
  assert.equal(turnout.moved, 2)
  turnout.keep('3', 'lan', 'auto')
  assert.equal(turnout.moved, 1)
  // Another page has sent them all.
  turnout.settle(turnout.answered(false))
  assert.equal(turnout.moved, 0)
})

test('the next page knows how much was heard of what is undone, until the server has undone it or will not', () => {
  const turnout = new Turnout()
  turnout.keep('1', 'lan', 'in')
  assert.equal(turnout.heardOf('1'), 0)
  turnout.learn('1', 'lan', told('in', false))
  assert.equal(turnout.heardOf('1'), 1)
  turnout.settle(turnout.answered(false))
  assert.equal(turnout.heardOf('1'), 1)
  const next = new Turnout()
  next.keepUndone('1', turnout.heardOf('1'))
  next.keepUndone('2', turnout.heardOf('2'))
  assert.equal(next.moved, -1)
  next.settle(next.answered(false))
  assert.equal(next.moved, -1)
  next.undo('1', true)
  next.settle(next.answered(true))
  assert.equal(next.moved, 0)
  next.keepUndone('1', turnout.heardOf('1'))
  next.undo('1', false)
  assert.equal(next.moved, 0)
})

test('whatever was heard, waits or is undone, the next page says the same number', () => {
  const kinds = ['keep', 'learn', 'undo', 'later', 'stands', 'count'] as const
  const step = fc.record({
    kind: fc.constantFrom(...kinds),
    id: fc.integer({ min: 1, max: 5 }),
    way: fc.constantFrom('in' as const, 'out' as const),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const turnout = new Turnout()
      const waiting = new Map<string, 'in' | 'out'>()
      const undoing = new Map<string, number>()
      const done = new Set<string>()
      let counted = 10
      let inside = 10
      for (const { kind, id: number, way } of steps) {
        // Each scan is of somebody else: who of them is scanned again is told above.
        const id = String(number)
        const by = (direction: 'in' | 'out') => (direction === 'in' ? 1 : -1)
        if (kind === 'keep' && !done.has(id)) {
          turnout.keep(id, id, way)
          waiting.set(id, way)
          done.add(id)
        } else if (kind === 'learn' && waiting.has(id)) {
          const direction = waiting.get(id)!
          turnout.learn(id, id, told(direction, direction === 'out'))
          waiting.delete(id)
          inside += by(direction)
        } else if (kind === 'later' && done.has(id) && !waiting.has(id) && !undoing.has(id)) {
          undoing.set(id, turnout.heardOf(id))
          turnout.undo(id, true, true)
        } else if ((kind === 'undo' || kind === 'stands') && undoing.has(id)) {
          if (kind === 'undo') inside -= undoing.get(id)!
          turnout.undo(id, kind === 'undo')
          undoing.delete(id)
        } else if (kind === 'count') {
          turnout.settle(turnout.answered(waiting.size > 0))
          counted = inside
        }
        const next = new Turnout()
        for (const [id, direction] of waiting) next.keep(id, id, direction)
        for (const [id, heard] of undoing) next.keepUndone(id, heard)
        assert.equal(counted + turnout.heard, inside, 'the server has said as much')
        assert.equal(counted + turnout.heard + next.moved, counted + turnout.moved)
      }
    }),
  )
})
