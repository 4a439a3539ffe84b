import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { checkInUrl, cleanName, newPlaceCode, readPlaceCode, searchKeyOf, spacedCode } from './rules.ts'

const ALPHABET = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
const codes = fc.uint8Array({ minLength: 7, maxLength: 7 }).map((random) => newPlaceCode(random))
const refused = (text: string) => assert.throws(() => readPlaceCode(text), { code: 'place.codeMistyped' })

describe('short codes', () => {
  test('are eight characters of the alphabet, and read as they are', () =>
    fc.assert(
      fc.property(codes, (code) => {
        assert.match(code, /^[0-9A-HJKMNP-TV-Z]{8}$/)
        assert.equal(readPlaceCode(code), code)
      }),
    ))

  test('one wrong character, anywhere, whichever, is caught', () =>
    fc.assert(
      fc.property(codes, (code) => {
        for (let at = 0; at < 8; at++)
          for (const other of ALPHABET)
            if (other !== code[at]) refused(code.slice(0, at) + other + code.slice(at + 1))
      }),
      { numRuns: 50 },
    ))

  test('two characters in each other’s place, neighbours or not, are caught', () =>
    fc.assert(
      fc.property(codes, (code) => {
        for (let one = 0; one < 8; one++)
          for (let other = one + 1; other < 8; other++) {
            if (code[one] === code[other]) continue
            const letters = [...code]
            letters[one] = code[other]!
            letters[other] = code[one]!
            refused(letters.join(''))
          }
      }),
      { numRuns: 200 },
    ))

  test('one character too few or too many is caught', () =>
    fc.assert(
      fc.property(codes, fc.constantFrom(...ALPHABET), (code, more) => {
        refused(code.slice(1))
        refused(code + more)
      }),
    ))

  test('whatever is sent is a code or refused by name', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          assert.match(readPlaceCode(text), /^[0-9A-Z]{8}$/)
        } catch (error) {
          assert.equal((error as { code: string }).code, 'place.codeMistyped')
        }
      }),
    ))

  test('are read however they are typed, and from a check-in address', () =>
    fc.assert(
      fc.property(codes, (code) => {
        const forms = [
          code.toLowerCase(),
          spacedCode(code),
          ` ${[...code].join(' ')} `,
          code.replaceAll('0', 'o').replaceAll('1', 'l'),
          code.replaceAll('0', 'O').replaceAll('1', 'I'),
          code.replaceAll('1', 'i'),
          checkInUrl('https://lachan.example', code),
          `http://localhost:3000/c/${spacedCode(code).toLowerCase()}/?from=poster#top`,
        ]
        for (const form of forms) assert.equal(readPlaceCode(form), code, form)
      }),
    ))

  test('an address of something else is no code', () => {
    const code = newPlaceCode()
    for (const text of [
      `https://lachan.example/${code}`,
      `https://lachan.example/c/`,
      `javascript:/c/${code}`,
      '',
    ])
      refused(text)
  })

  test('differ', () => assert.equal(new Set(Array.from({ length: 2000 }, () => newPlaceCode())).size, 2000))
})

describe('names', () => {
  const cases = [
    ['  Chợ   Đầm\n', 'Chợ Đầm'],
    ['=1+1', '=1+1'],
    ["Quán 'Bà Năm' <b>", "Quán 'Bà Năm' <b>"],
    ['Chợ\u202eĐầm\u200b', 'ChợĐầm'],
    ['A\tB\u0007C', 'A B C'],
  ] as const
  for (const [written, kept] of cases)
    test(JSON.stringify(written), () => assert.equal(cleanName(written), kept))
  for (const written of ['---', ' ', '\u200b\u200d', '!!!', '🙂'])
    test(`${JSON.stringify(written)} is none`, () =>
      assert.throws(() => cleanName(written), { code: 'place.nameInvalid' }))
  test('are found without diacritics, by name and address', () =>
    assert.equal(searchKeyOf('Chợ Đầm', 'Số 1, Bến Chợ'), 'cho dam so 1 ben cho'))
})
