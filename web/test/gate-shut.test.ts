import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findShut } from '../src/lib/offline/shut.ts'

test('a gate knows by its own clock when a zone shuts its place', () => {
  const shut = { from: '2026-11-22T11:00:00.000Z', until: '2026-11-22T12:00:00.000Z', instruction: 'Mời về.' }
  const at = (time: string) => findShut([shut], time)?.instruction
  assert.equal(at('2026-11-22T18:00:00+07:00'), 'Mời về.')
  assert.equal(at('2026-11-22T10:59:59.999Z'), undefined)
  assert.equal(at('2026-11-22T12:00:00.000Z'), undefined)
  assert.equal(findShut(undefined, '2026-11-22T11:30:00Z'), undefined)
})
