import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { encode } from 'uqr'
import {
  type Certificate,
  type CodeReader,
  decodeDigits,
  encodeDigits,
  fromHex,
  hintOf,
  isOwnCode,
  makeCertificate,
  makePaperCard,
  makePhoneCode,
  makeServerCode,
  readCertificate,
  readCode,
  stepAt,
  stepEnd,
  toHex,
} from './codes.ts'

const DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const newKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return { privateKey, publicKey: new Uint8Array(der.subarray(DER_PREFIX.length)) }
}
const keyOf = (bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([DER_PREFIX, bytes]), format: 'der', type: 'spki' })

const server = newKey()
const phone = newKey()
const foreign = newKey()
const serverSign =
  (key = server.privateKey, id = 1) =>
  (body: Uint8Array) =>
    Buffer.concat([Buffer.of(id), sign(null, body, key)])
const phoneSign =
  (key = phone.privateKey) =>
  async (body: Uint8Array) =>
    sign(null, body, key)

const at = new Date('2026-11-22T02:00:00Z')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
const reader = (changed: Partial<CodeReader> = {}): CodeReader => ({
  serverKeys: new Map([[1, server.publicKey]]),
  revoked: new Set(),
  at,
  verify: async (key, body, signature) => verify(null, body, keyOf(key), signature),
  ...changed,
})

const whose = {
  personId: '019ab6de-2a4c-7c1e-9d57-0f6f7c1f5a01',
  hint: { initials: 'TL', birthYear: 1990 },
  decision: { status: 'green', until: later(86_400) },
} as const
const certificate: Certificate = {
  ...whose,
  deviceId: '00ff10203040506f',
  publicKey: phone.publicKey,
  expiresAt: later(14 * 86_400),
}
const certified = makeCertificate(certificate, serverSign())
const serverCode = makeServerCode({ ...whose, issuedAt: at }, serverSign())
const phoneCode = await makePhoneCode(certified, at, phoneSign())
const paperCard = makePaperCard('0123456789abcdef', serverSign())

describe('digits', () => {
  test('any bytes that begin with a kind come back as they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), fc.uint8Array({ maxLength: 300 }), (kind, rest) => {
        const bytes = Uint8Array.of(kind, ...rest)
        assert.deepEqual(decodeDigits(encodeDigits(bytes)), bytes)
      }),
    )
  })

  test('one code has one text: no other version, leading zero, sign or blank', () => {
    for (const text of ['', '71', '7100', `71 ${serverCode.slice(2)}`, `710${serverCode.slice(2)}`])
      assert.equal(decodeDigits(text), undefined, text)
    assert.equal(decodeDigits(`72${serverCode.slice(2)}`), undefined)
    assert.equal(decodeDigits('71१२३'), undefined)
  })

  test('a text without end is not made into a number', () => {
    assert.equal(decodeDigits(`71${'9'.repeat(5000)}`), undefined)
  })
})

describe('codes that are as they were made', () => {
  test('a server code says whose it is, what was decided, and when', async () => {
    assert.deepEqual(await readCode(serverCode, reader()), { kind: 'server', ...whose, issuedAt: at })
    assert.ok(isOwnCode(serverCode))
  })

  test('a phone code says the same, and from which phone', async () => {
    const { publicKey: _, expiresAt: __, ...said } = certificate
    assert.deepEqual(await readCode(` ${phoneCode}\r\n`, reader()), { kind: 'phone', ...said, issuedAt: at })
    assert.deepEqual(readCertificate(certified), certificate)
  })

  test('a paper card says nothing but its number', async () => {
    assert.deepEqual(await readCode(paperCard, reader({ at: new Date('2060-01-01') })), {
      kind: 'paper',
      cardId: '0123456789abcdef',
    })
  })

  test('somebody nameless has a code too', async () => {
    const hint = { initials: '', birthYear: null }
    const code = makeServerCode({ ...whose, hint, decision: null, issuedAt: at }, serverSign())
    assert.deepEqual(await readCode(code, reader()), {
      kind: 'server',
      ...whose,
      hint,
      decision: null,
      issuedAt: at,
    })
  })

  test('initials are those of the first and the last word', () => {
    assert.deepEqual(hintOf('tran thi lan', 1990), { initials: 'TL', birthYear: 1990 })
    assert.equal(hintOf('lan', null).initials, 'L')
    assert.equal(hintOf(null, null).initials, '')
    assert.equal(hintOf('Đặng Ước', null).initials, '')
  })

  test('old cameras read them: digits only, the phone code at most version 10', () => {
    const versionOf = (text: string, ecc: 'L' | 'Q') => encode(text, { ecc, border: 0 }).version
    assert.match(phoneCode, /^\d+$/)
    assert.ok(versionOf(phoneCode, 'L') <= 10, `phone: ${versionOf(phoneCode, 'L')}`)
    assert.ok(versionOf(serverCode, 'L') <= 6, `server: ${versionOf(serverCode, 'L')}`)
    assert.ok(versionOf(paperCard, 'Q') <= 7, `paper: ${versionOf(paperCard, 'Q')}`)
  })
})

describe('time', () => {
  test('a code is taken for a minute after the time that it says', async () => {
    for (const code of [serverCode, phoneCode]) {
      assert.notEqual(await readCode(code, reader({ at: later(60) })), 'code.expired')
      assert.equal(await readCode(code, reader({ at: later(61) })), 'code.expired')
    }
  })

  test('a clock that runs ahead by more than a gate may be wrong itself is not believed', async () => {
    for (const code of [serverCode, phoneCode]) {
      assert.notEqual(await readCode(code, reader({ at: later(-5) })), 'code.notYetValid')
      assert.equal(await readCode(code, reader({ at: later(-6) })), 'code.notYetValid')
    }
  })

  /** What a phone shows whose clock is so many seconds fast. */
  const shownBy = (fast: number, moment: Date) => {
    const step = stepAt(new Date(moment.getTime() + fast * 1000))
    return makePhoneCode(certified, step, phoneSign())
  }
  const moments = Array.from({ length: 60 }, (_, half) => later(half / 2))

  test('what a phone shows is taken while its clock is up to 15 s slow or 20 s fast', async () => {
    for (const fast of [-15, -3, 0, 3, 20])
      for (const moment of moments) {
        const read = await readCode(await shownBy(fast, moment), reader({ at: moment }))
        assert.equal(typeof read, 'object', `${fast} s fast: ${read}`)
      }
    for (const fast of [-16, 21]) {
      const read = moments.map(async (moment) =>
        readCode(await shownBy(fast, moment), reader({ at: moment })),
      )
      assert.ok((await Promise.all(read)).some((one) => typeof one === 'string'))
    }
  })

  test('a picture of it is known by its age a minute later, wherever the clock is at most 15 s off', async () => {
    for (const fast of [-15, 0, 15])
      for (const moment of moments) {
        const picture = await shownBy(fast, moment)
        const minuteLater = new Date(moment.getTime() + 61_000)
        assert.equal(await readCode(picture, reader({ at: minuteLater })), 'code.expired')
      }
  })

  test('a phone shows a code for half a minute', () => {
    fc.assert(
      fc.property(fc.date({ min: at, max: later(86_400), noInvalidDate: true }), (now) => {
        const end = stepEnd(stepAt(now)).getTime()
        assert.ok(end > now.getTime() && end <= now.getTime() + 30_000)
        assert.equal(stepAt(new Date(end)).getTime(), stepAt(now).getTime() + 30_000)
      }),
    )
  })

  test('a server may be told later of a code that was shown before it was made', async () => {
    const days = reader({ at: later(-20 * 86_400), now: at })
    assert.equal(typeof (await readCode(phoneCode, days)), 'object')
    assert.equal(await readCode(phoneCode, { ...days, now: later(-400) }), 'code.notYetValid')
  })

  test('a certificate ends: the phone has to come online', async () => {
    const shown = later(14 * 86_400 + 1)
    const code = await makePhoneCode(certified, shown, phoneSign())
    assert.equal(await readCode(code, reader({ at: shown })), 'code.expired')
  })

  test('the decision keeps its own end, and a gate compares', async () => {
    const shown = later(2 * 86_400)
    const code = await makePhoneCode(certified, shown, phoneSign())
    const read = await readCode(code, reader({ at: shown }))
    assert.ok(typeof read === 'object' && read.kind === 'phone' && read.decision!.until! < shown)
  })
})

describe('codes that are not right', () => {
  test('a bit changed anywhere is noticed', async () => {
    for (const code of [serverCode, phoneCode, paperCard]) {
      const bytes = decodeDigits(code)!
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), async (bit) => {
          const altered = bytes.slice()
          altered[bit >> 3]! ^= 1 << (bit & 7)
          // A first byte of 0 cannot even be written down.
          const read = altered[0] ? await readCode(encodeDigits(altered), reader()) : 'code.altered'
          assert.equal(typeof read, 'string', `bit ${bit}`)
        }),
        { numRuns: 300 },
      )
    }
  })

  test('a digit changed, a code cut off or doubled is noticed, whatever it was', async () => {
    for (const code of [serverCode, phoneCode, paperCard]) {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: code.length - 1 }),
          fc.integer({ min: 1, max: 9 }),
          async (position, by) => {
            const digit = (Number(code[position]) + by) % 10
            const read = await readCode(
              `${code.slice(0, position)}${digit}${code.slice(position + 1)}`,
              reader(),
            )
            assert.equal(typeof read, 'string')
          },
        ),
        { numRuns: 100 },
      )
      for (const broken of [code.slice(0, -1), code.slice(0, 170), `${code}1`, code + code])
        assert.match((await readCode(broken, reader())) as string, /^code\.(altered|unknown)$/)
    }
  })

  test('what a foreign key signed is nobody’s, also under our key id', async () => {
    const codes = [
      makeServerCode({ ...whose, issuedAt: at }, serverSign(foreign.privateKey)),
      makePaperCard('0123456789abcdef', serverSign(foreign.privateKey)),
      await makePhoneCode(makeCertificate(certificate, serverSign(foreign.privateKey)), at, phoneSign()),
      await makePhoneCode(certified, at, phoneSign(foreign.privateKey)),
    ]
    for (const code of codes) assert.equal(await readCode(code, reader()), 'code.altered')
  })

  test('a key that this gate does not know yet is said to be unknown', async () => {
    const codes = [
      makeServerCode({ ...whose, issuedAt: at }, serverSign(server.privateKey, 9)),
      makePaperCard('0123456789abcdef', serverSign(server.privateKey, 9)),
      await makePhoneCode(makeCertificate(certificate, serverSign(server.privateKey, 9)), at, phoneSign()),
    ]
    for (const code of codes) assert.equal(await readCode(code, reader()), 'code.keyUnknown')
  })

  test('a revoked phone and a revoked card are told apart from others', async () => {
    const revoked = new Set([certificate.deviceId, '0123456789abcdef'])
    assert.equal(await readCode(phoneCode, reader({ revoked })), 'code.revoked')
    assert.equal(await readCode(paperCard, reader({ revoked })), 'code.revoked')
    assert.equal(typeof (await readCode(serverCode, reader({ revoked }))), 'object')
  })

  test('no signature stands for another kind', async () => {
    for (const code of [serverCode, phoneCode, paperCard]) {
      for (const kind of [0x01, 0x02, 0x03, 0x04, 0xff]) {
        const bytes = decodeDigits(code)!
        if (bytes[0] === kind) continue
        bytes[0] = kind
        assert.equal(typeof (await readCode(encodeDigits(bytes), reader())), 'string')
      }
    }
    // A server signature over the very bytes of another kind, made without its purpose.
    const bare = (body: Uint8Array) => serverSign()(body.subarray(body.indexOf(0x0a) + 1))
    assert.equal(await readCode(makeServerCode({ ...whose, issuedAt: at }, bare), reader()), 'code.altered')
    assert.equal(await readCode(makePaperCard('0123456789abcdef', bare), reader()), 'code.altered')
    // The phone's own key cannot sign for the server.
    const keys = new Map([[1, server.publicKey]])
    const own = makeCertificate(certificate, serverSign(phone.privateKey))
    assert.equal(
      await readCode(await makePhoneCode(own, at, phoneSign()), reader({ serverKeys: keys })),
      'code.altered',
    )
  })

  test('texts of anybody else are unknown, and quickly', async () => {
    const texts = [
      '',
      'LC1:AAAA',
      'https://lachan.example/c/ABCDEFGH',
      '079123456789|123456789|Nguyễn Văn A|01011990|Nam|Hà Nội|01012021',
      '1',
      '9'.repeat(5000),
    ]
    for (const text of texts) {
      assert.equal(await readCode(text, reader()), 'code.unknown')
      assert.equal(isOwnCode(text), false)
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 400 }), async (text) => {
        assert.equal(typeof (await readCode(text, reader())), 'string')
      }),
    )
  })
})

test('hex is what it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => assert.deepEqual(fromHex(toHex(bytes)), bytes)),
  )
})
