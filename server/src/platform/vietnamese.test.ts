import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isMarked, markedText, plainText } from './vietnamese.ts'

const sameMarked = [
  ['Hòa Bình', 'Hoà Bình'],
  ['Xã Hòa Quý', 'xã  hoà quí'],
  ['Thúy', 'Thuý'],
  ['Mỹ Tho', 'Mĩ Tho'],
  ['Kỳ Anh', 'Kì Anh'],
  ['Khoẻ', 'Khỏe'],
  ['Tân Thành', 'Tân Thành'.normalize('NFD')],
  ['Bà Rịa - Vũng Tàu', 'bà rịa vũng tàu'],
  ["Ea H'leo", 'Ea H’Leo'],
  ['Thành Ðạt', 'Thành Đạt'],
] as const

test('two spellings of one name have one key', () => {
  for (const [one, other] of sameMarked) assert.equal(markedText(one), markedText(other), one)
})

const different = [
  ['Tân Thành', 'Tân Thanh'],
  ['Của', 'Cua'],
  ['Huy', 'Hui'],
  ['Thuỷ', 'Thủi'],
  ['Đông', 'Dông'],
  ['Hoàn', 'Hoán'],
] as const

test('two names have two keys', () => {
  for (const [one, other] of different) assert.notEqual(markedText(one), markedText(other), one)
})

test('without diacritics they may meet', () => {
  assert.equal(plainText('Xã Tân Thành'), 'xa tan thanh')
  assert.equal(plainText('  ĐẮK   LẮK '), 'dak lak')
  assert.equal(plainText('Phường Bảy Hiền'), 'phuong bay hien')
  assert.equal(plainText('Nguyễn Thị Mỹ'), plainText('nguyen thi mi'))
  assert.equal(plainText('🙂 - …'), '')
})

test('only a name typed with diacritics counts as marked', () => {
  assert.deepEqual(
    [isMarked('tan thanh'), isMarked('tân thanh'), isMarked('dong nai'), isMarked('đong nai')],
    [false, true, false, true],
  )
})

test('keys do not depend on composition, and a key is its own key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      assert.equal(markedText(text.normalize('NFD')), markedText(text.normalize('NFC')))
      assert.equal(plainText(markedText(text)), plainText(text))
      assert.equal(plainText(plainText(text)), plainText(text))
    }),
  )
})
