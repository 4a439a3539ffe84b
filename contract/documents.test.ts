import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { minimise, type Recognised, recognise, ScanBuffer } from './documents.ts'

const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase()

const CCCD = '001090000001||Nguyễn Văn A|01021990|Nam|Thôn Ví Dụ, Xã Ví Dụ, Tỉnh Ví Dụ|01032021'
const BHYT = `GD4000000000000|${hex('NGUYỄN VĂN A')}|01/02/1990|1|${hex('Xã Ví Dụ')}|01-001|01/01/2021|-|31/12/2021|-|-|4|01/01/2015|abc-123|$`
const MIC = '001090000001|NGUYEN VAN A|1990-02-01|0|100000000000000001|<1<00<0905123456'

/** What a CCCD reads as, but for what a case is about. */
const card = (differing: Partial<Recognised> = {}) => ({
  kind: 'cccd',
  number: '001090000001',
  oldNumber: null,
  name: 'Nguyễn Văn A',
  birthOn: '1990-02-01',
  birthYear: 1990,
  sex: 'male',
  address: 'Thôn Ví Dụ, Xã Ví Dụ, Tỉnh Ví Dụ',
  issuedOn: '2021-03-01',
  warnings: [],
  ...differing,
})
const insurance = (differing: Partial<Recognised> = {}) => ({
  kind: 'bhyt',
  number: 'GD4000000000000',
  name: 'NGUYỄN VĂN A',
  birthOn: '1990-02-01',
  birthYear: 1990,
  sex: 'male',
  address: 'Xã Ví Dụ',
  warnings: [],
  ...differing,
})
const national = (differing: Partial<Recognised> = {}) => ({
  kind: 'mic',
  number: '001090000001',
  qid: '100000000000000001',
  name: 'NGUYEN VAN A',
  birthOn: '1990-02-01',
  birthYear: 1990,
  sex: 'male',
  phone: '+84905123456',
  warnings: [],
  ...differing,
})
const year = { birthOn: null, birthYear: 1990 }

const HUU = BHYT.replace(hex('NGUYỄN VĂN A'), hex('Lê Hữu'))
const VNI_KEYS: Record<string, string> = {
  1: '\u0301',
  2: '\u0300',
  3: '\u0309',
  4: '\u0303',
  5: '\u0323',
  6: '\u0302',
}
const throughVni = (text: string) =>
  text.replace(/([AE])([1-6])/g, (_, letter, key) => letter + VNI_KEYS[key]).normalize('NFC')

type Case = [what: string, text: string, reads: object]
const tell = (title: string, cases: Case[]) =>
  describe(title, () => {
    for (const [what, text, reads] of cases) test(what, () => assert.deepEqual(recognise(text), reads))
  })

describe('500 identity cards', () => {
  const [, ...lines] = readFileSync(join(import.meta.dirname, 'test-data/cccd_qr_synthetic_500.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
  const cells = (line: string) =>
    [...line.matchAll(/("([^"]*)"|[^,]*)(?:,|$)/g)].map((cell) => cell[2] ?? cell[1]!)
  const rows = lines.map(cells)

  test('read as their truth says, in every field', () => {
    assert.equal(rows.length, 500)
    for (const [text, number, old, name, birthOn, sex, address, issuedOn] of rows)
      assert.deepEqual(recognise(text!), {
        kind: 'cccd',
        number,
        oldNumber: old || null,
        name,
        birthOn,
        birthYear: Number(birthOn!.slice(0, 4)),
        sex: sex === 'M' ? 'male' : 'female',
        address,
        issuedOn,
        warnings: [],
      })
  })

  test('read the same in pieces, decomposed, byte by byte, and with the family of the card of 2024', () => {
    for (const [text] of rows) {
      const truth = recognise(text!)
      const buffer = new ScanBuffer()
      const pieces = text!.match(/.{1,7}/gsu)!.map((piece, at) => buffer.push(piece, at * 10))
      assert.deepEqual(pieces.flat(), [])
      assert.deepEqual(buffer.push('\r\n', 1000 * pieces.length), [text])
      assert.deepEqual(recognise(text!.normalize('NFD')), truth)
      assert.deepEqual(recognise(Buffer.from(text!).toString('latin1')), truth)
      assert.deepEqual(recognise(`${text}|Lê Thị Mẹ|001160000002|Nguyễn Cha|001058000003`), truth)
    }
  })
})

tell('identity cards', [
  ['seven fields', CCCD, card()],
  ['with the number before it', CCCD.replace('||', '|012345678|'), card({ oldNumber: '012345678' })],
  [
    'eleven fields: the family leaves no trace',
    `${CCCD}|Trần Thị B|001060000002|Nguyễn C|001058000003`,
    card(),
  ],
  ['fourteen fields and more', `${CCCD}${'|Trần Thị B|001060000002'.repeat(4)}`, card()],
  [
    'fourteen fields with an old number of twelve digits that are hexadecimal for nothing',
    `${CCCD.replace('||', '|001090000009|')}${'|Trần Thị B|001060000002'.repeat(4)}`,
    card({ oldNumber: '001090000009' }),
  ],
  [
    'the nine digits of the card of before, from a list',
    '225123456||Nguyễn Văn A|1990|||',
    card({
      number: '225123456',
      ...year,
      sex: null,
      address: null,
      issuedOn: null,
      warnings: ['sex.unreadable'],
    }),
  ],
  ['without the field of the old number', CCCD.replace('||', '|'), card()],
  ['without the date of issue', CCCD.slice(0, CCCD.lastIndexOf('|')), card({ issuedOn: null })],
  ['dates with slashes', CCCD.replace('01021990', '01/02/1990').replace('01032021', '1/3/2021'), card()],
  ['dates as ISO writes them', CCCD.replace('01021990', '1990-02-01'), card()],
  ['a year of birth alone', CCCD.replace('01021990', '1990'), card(year)],
  ['zeros where day and month are not known', CCCD.replace('01021990', '00001990'), card(year)],
  ['a day that does not exist', CCCD.replace('01021990', '31021990'), card(year)],
  [
    'no birth date at all: the number knows the year',
    CCCD.replace('01021990', ''),
    card({ ...year, warnings: ['birth.unreadable'] }),
  ],
  ['a line end after it', `${CCCD}\r\n`, card()],
  ['line ends within it', CCCD.replace('Văn', 'V\r\năn').replace('2021', '20\n21'), card()],
  ['blanks around the fields', CCCD.replaceAll('|', ' | '), card()],
  ['what kind of code it is before it', `]Q1${CCCD}`, card()],
  ['decomposed accents', CCCD.normalize('NFD'), card()],
  ['bytes taken for characters of Latin-1', Buffer.from(CCCD).toString('latin1'), card()],
  [
    'bytes taken for characters of Windows',
    new TextDecoder('windows-1252').decode(Buffer.from(CCCD)),
    card(),
  ],
  [
    'a woman born in this century',
    CCCD.replace('001090', '001305').replace('1990|Nam', '2005|Nữ'),
    card({ number: '001305000001', birthOn: '2005-02-01', birthYear: 2005, sex: 'female' }),
  ],
  [
    'a sex that the number denies',
    CCCD.replace('|Nam|', '|Nữ|'),
    card({ sex: 'female', warnings: ['number.sex'] }),
  ],
  [
    'a year that the number denies',
    CCCD.replace('1990', '1991'),
    card({ birthOn: '1991-02-01', birthYear: 1991, warnings: ['number.birthYear'] }),
  ],
  [
    'a province that there is not',
    CCCD.replace('001090', '003090'),
    card({ number: '003090000001', warnings: ['number.province'] }),
  ],
  ['born abroad', CCCD.replace('001090', '127090'), card({ number: '127090000001' })],
  [
    'an accent lost from the sex',
    CCCD.replace('001090', '001190').replace('Nam', 'N?'),
    card({ number: '001190000001', sex: 'female' }),
  ],
  [
    'a sex nobody can read: the number knows it',
    CCCD.replace('Nam', '#'),
    card({ warnings: ['sex.unreadable'] }),
  ],
  [
    'accents lost from the name',
    CCCD.replace('ễ', '?'),
    card({ name: 'Nguy?n Văn A', warnings: ['name.damaged'] }),
  ],
  ['no address', CCCD.replace(/Thôn.*Dụ/, ''), card({ address: null })],
  ['cut off in the middle', '001090000001||Nguyễn Văn A|0102', { kind: 'unknown', why: 'damaged' }],
  ['without a name', CCCD.replace('Nguyễn Văn A', ''), { kind: 'unknown', why: 'damaged' }],
  ['a fifteenth month', CCCD.replace('01021990', '13151988'), { kind: 'unknown', why: 'damaged' }],
  ['a month for a day', CCCD.replace('01021990', '15131988'), { kind: 'unknown', why: 'damaged' }],
  ['a fortieth day', CCCD.replace('01021990', '40121988'), { kind: 'unknown', why: 'damaged' }],
])

tell('insurance cards', [
  ['fifteen parts', BHYT, insurance()],
  ['sixteen parts', BHYT.replace('|$', '|x|$'), insurance()],
  [
    'the number of the identity card',
    BHYT.replace(/^\w+/, '001090000001'),
    insurance({ number: '001090000001' }),
  ],
  [
    'that number and no name',
    BHYT.replace(/^\w+\|\w+/, '001090000001|-'),
    insurance({ number: '001090000001', name: null }),
  ],
  ['a number of ten digits', BHYT.replace(/^\w+/, '0123456789'), insurance({ number: '0123456789' })],
  ['lower-case letters', BHYT.toLowerCase(), insurance()],
  ['a year of birth alone', BHYT.replace('01/02/1990', '1990'), insurance(year)],
  ['month and year of birth', BHYT.replace('01/02/1990', '02/1990'), insurance(year)],
  ['a woman', BHYT.replace('|1|', '|2|'), insurance({ sex: 'female' })],
  [
    'no name and no address',
    BHYT.replace(hex('NGUYỄN VĂN A'), '-').replace(hex('Xã Ví Dụ'), '-'),
    insurance({ name: null, address: null }),
  ],
  [
    'decomposed accents under the hexadecimal',
    BHYT.replace(hex('NGUYỄN VĂN A'), hex('NGUYỄN VĂN A'.normalize('NFD'))),
    insurance(),
  ],
  [
    'a name that is no UTF-8',
    BHYT.replace(hex('NGUYỄN VĂN A'), '4EFF41'),
    insurance({ name: null, warnings: ['name.unreadable'] }),
  ],
  [
    'a name cut in half a byte',
    BHYT.replace(hex('NGUYỄN VĂN A'), '4E4'),
    insurance({ name: null, warnings: ['name.unreadable'] }),
  ],
  [
    'a name that Telex would have made something of',
    BHYT.replace(hex('NGUYỄN VĂN A'), hex('LEE MIN HO')),
    insurance({ name: 'LEE MIN HO' }),
  ],
  ['a name as it is', BHYT.replace(hex('NGUYỄN VĂN A'), 'NGUYỄN VĂN A'), insurance()],
  ['a separator hidden in the name', BHYT.replace(hex('NGUYỄN VĂN A'), hex('NGUYỄN|VĂN A')), insurance()],
  ['a line end after it', `${BHYT}\r\n`, insurance()],
  ['a number that is none', BHYT.replace('GD4', 'G4'), { kind: 'unknown', why: 'damaged' }],
])

tell('the national code of 2021', [
  ['all of it', MIC, national()],
  ['declared by somebody else', MIC.replace('|0|', '|1|'), national()],
  ['the number masked', MIC.replace('001090', '******'), national({ number: null })],
  ['the number masked with letters', MIC.replace('001090', 'xxxxxx'), national({ number: null })],
  ['day and month masked', MIC.replace('1990-02-01', '1990-**-**'), national(year)],
  ['a passport', MIC.replace('001090000001', 'c1234567'), national({ number: 'C1234567' })],
  [
    'a passport of somebody called Lee',
    MIC.replace('001090000001|NGUYEN VAN A', 'M12345678|LEE MIN HO'),
    national({ number: 'M12345678', name: 'LEE MIN HO' }),
  ],
  ['no document', MIC.replace('001090000001', ''), national({ number: null })],
  ['sex first', MIC.replace('<1<00<', '1<00<'), national()],
  ['who declared it first', MIC.replace('<1<00<', '100000000000000002<1<00<'), national()],
  ['a signature after the phone', `${MIC}<MEUCIQDx+/=`, national()],
  [
    'nothing after the number of the platform',
    MIC.slice(0, MIC.lastIndexOf('|') + 1),
    national({ phone: null }),
  ],
  ['a phone that nobody has', MIC.replace('0905123456', '0000000000'), national({ phone: null })],
  ['line ends', MIC.replace('|1990', '\r\n|1990'), national()],
])

tell('what readers and input methods did to it', [
  [
    'Telex keys of a name',
    CCCD.replace('Nguyễn Văn A', 'Nguyeenx Vawn A'),
    card({ warnings: ['name.rewritten'] }),
  ],
  [
    'in capitals',
    CCCD.replace('Nguyễn Văn A', 'NGUYEENX VAWN A'),
    card({ name: 'NGUYỄN VĂN A', warnings: ['name.rewritten'] }),
  ],
  [
    'VNI keys of a name',
    CCCD.replace('Nguyễn Văn A', 'Nguye6n4 Va8n A'),
    card({ warnings: ['name.rewritten'] }),
  ],
  [
    'every kind of syllable',
    CCCD.replace('Nguyễn Văn A', 'Ddoox Thuyf Huyeenf Hoaf Quys Giangf Uowng Khuyeens Nghieem'),
    card({ name: 'Đỗ Thùy Huyền Hòa Quý Giàng Ương Khuyến Nghiêm', warnings: ['name.rewritten'] }),
  ],
  [
    'an address, too',
    CCCD.replace(/Thôn.*Dụ/, 'Toor 4, Nam Linhx, Ngheej An'),
    card({ address: 'Tổ 4, Nam Lĩnh, Nghệ An' }),
  ],
  [
    'not all of it makes sense: it stays',
    CCCD.replace('Nguyễn Văn A', 'Nguyeenx Vawqn A'),
    card({ name: 'Nguyeenx Vawqn A' }),
  ],
  [
    'a tone that no such syllable has',
    CCCD.replace('Nguyễn Văn A', 'Nguyeenx Batf'),
    card({ name: 'Nguyeenx Batf' }),
  ],
  ['a name without accents is a name', CCCD.replace('Nguyễn Văn A', 'Lan Anh'), card({ name: 'Lan Anh' })],
  [
    'names of other peoples stay',
    CCCD.replace('Nguyễn Văn A', 'Ksor H’Bloos'),
    card({ name: 'Ksor H’Bloos' }),
  ],
  [
    'Caps Lock',
    CCCD.replace(/Nguyễn.*Dụ/, (text) =>
      [...text].map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join(''),
    ),
    card({ warnings: ['name.rewritten'] }),
  ],
  [
    'Telex of a hexadecimal name',
    HUU.replace('AA', 'Â').replace('AF', 'À'),
    insurance({ name: 'Lê Hữu', warnings: ['name.rewritten'] }),
  ],
  [
    'VNI of a hexadecimal name',
    BHYT.replace(hex('NGUYỄN VĂN A'), throughVni),
    insurance({ warnings: ['name.rewritten'] }),
  ],
  [
    'a hexadecimal name of which a key was lost',
    HUU.replace('AA', 'Â').replace('AF', ''),
    insurance({ name: null, warnings: ['name.unreadable'] }),
  ],
  ['VNI of the number of a child', BHYT.replace('GD4', 'TÉ'), insurance({ number: 'TE1000000000000' })],
])

tell('our own codes', [
  ['digits, and many of them', '12'.repeat(150), { kind: 'own', text: '12'.repeat(150) }],
  ['with a line end', `${'12'.repeat(150)}\r`, { kind: 'own', text: '12'.repeat(150) }],
])

tell('phones typed by hand', [
  ['ten digits', '0905123456', { kind: 'phone', phone: '+84905123456' }],
  ['blanks and dots', ' 0905.123 456 ', { kind: 'phone', phone: '+84905123456' }],
  ['the country before it', '+84 905 123 456', { kind: 'phone', phone: '+84905123456' }],
  ['without its plus', '84905123456', { kind: 'phone', phone: '+84905123456' }],
  ['a number as from abroad', '0084 905 123 456', { kind: 'phone', phone: '+84905123456' }],
  [
    'a number without the zero that a spreadsheet took',
    '905123456',
    { kind: 'phone', phone: '+84905123456' },
  ],
  ['a card of before, or a number without its zero', '351234567', { kind: 'unknown', why: 'numberAlone' }],
  ['a number of before 2018', '0123 456 7890', { kind: 'phone', phone: '+84834567890' }],
  ['a house', '0258 3 822 222', { kind: 'phone', phone: '+842583822222' }],
  ['another country', '+65 6123 4567', { kind: 'phone', phone: '+6561234567' }],
  ['as gates send it', 'tel:0905123456', { kind: 'phone', phone: '+84905123456' }],
  ['full-width digits', '０９０５１２３４５６', { kind: 'phone', phone: '+84905123456' }],
])

const wrongPlace = { kind: 'unknown', why: 'placeCodeMistyped' }
const place = (code: string) => ({ kind: 'place', code })

tell('places', [
  ['a poster', 'https://lachan.example/c/AW5ASDD7', place('AW5ASDD7')],
  [
    'a poster of another host, with more after it',
    'HTTP://LOCALHOST:3000/C/aw5a-sdd7/?s=1#top',
    place('AW5ASDD7'),
  ],
  ['typed', 'xxz2 345z', place('XXZ2345Z')],
  ['typed with letters that look like digits', 'l234-567y', place('1234567Y')],
  ['typed through Telex', 'Ă5ÁĐ7', place('AW5ASDD7')],
  ['a poster through Telex', 'https://lachan.example/c/D9DSÊW5', place('D9DSEEW5')],
  ['through VNI', 'ĐDSEEW5', place('D9DSEEW5')],
  ['a W alone through Telex', 'https://lachan.example/c/Ư7Ư389ƯZ', place('W7W389WZ')],
  ['mistyped', 'AW5A-SDD8', wrongPlace],
  ['a poster mistyped', 'https://lachan.example/c/AW5ASDD8', wrongPlace],
  ['two letters swapped', 'WA5A-SDD7', wrongPlace],
])

tell('nothing we know', [
  ['nothing', ' \r\n\0', { kind: 'unknown', why: 'empty' }],
  ['another address', 'https://qr.example/p/123', { kind: 'unknown', why: 'link' }],
  ['an address in capitals', 'WWW.EXAMPLE.VN', { kind: 'unknown', why: 'link' }],
  ['a script', 'javascript://x', { kind: 'unknown', why: 'link' }],
  ['the number of a card, without the card', '001090000001', { kind: 'unknown', why: 'numberAlone' }],
  ['a barcode', '8934588012345', { kind: 'unknown', why: 'numberAlone' }],
  ['half a code of ours', '12'.repeat(15), { kind: 'unknown', why: 'numberAlone' }],
  [
    "a shop's code for payments",
    '00020101021138570010A00000072701270006970436011306901230000010208QRIBFTTA53037045802VN6304B2C1',
    { kind: 'unknown', why: 'payment' },
  ],
  [
    "the same of MoMo's",
    '2|99|0905123456|Quán Bà Hoa||0|0|0||transfer_myqr',
    { kind: 'unknown', why: 'payment' },
  ],
  ['words', 'xin chào', { kind: 'unknown', why: 'other' }],
  ['bars alone', '||||||||||||||||||', { kind: 'unknown', why: 'damaged' }],
  ['a table row of others', 'a|b|c', { kind: 'unknown', why: 'other' }],
])

describe('what a gate sends', () => {
  const sent = (text: string) => minimise(recognise(text))

  test('has no address, no date of issue, and nothing that was not understood', () => {
    assert.equal(
      sent(CCCD.replace('||', '|012345678|')),
      '001090000001|012345678|Nguyễn Văn A|01021990|Nam||',
    )
    assert.equal(sent(BHYT), `GD4000000000000|${hex('NGUYỄN VĂN A')}|01/02/1990|1|-|-|-|-|-|-|-|-|-|-|$`)
    assert.equal(sent(MIC), '001090000001|NGUYEN VAN A|1990-02-01|0|100000000000000001|<1<<+84905123456')
    assert.equal(sent('0905 123 456'), 'tel:+84905123456')
    assert.equal(sent(`${'12'.repeat(150)}\n`), '12'.repeat(150))
    assert.equal(sent('https://lachan.example/c/AW5ASDD7'), null)
    assert.equal(sent('xin chào'), null)
  })

  const masked = MIC.replace('001090', '******').replace('1990-02-01', '1990-**-**')
  const bare = BHYT.replace(hex('NGUYỄN VĂN A'), '-').replace('01/02/1990', '-')
  for (const text of [CCCD, CCCD.replace('01021990', '1990'), BHYT, bare, HUU, MIC, masked, '0905123456'])
    test(`reads as before, without what was dropped: ${text.slice(0, 40)}`, () => {
      const before: Record<string, unknown> = { ...recognise(text) }
      if ('address' in before) before.address = null
      if ('issuedOn' in before) before.issuedOn = null
      assert.deepEqual(recognise(sent(text)!), before)
      assert.equal(sent(sent(text)!), sent(text))
    })
})

describe('hostile texts', () => {
  test('ten million characters are refused before anybody works on them', () => {
    for (const piece of ['|', '1', 'ễ', 'e\u0302\u0303', '\u202e', '$|', 'C3', ' ']) {
      const text = piece.repeat(10_000_000 / piece.length)
      const began = performance.now()
      assert.deepEqual(recognise(text), { kind: 'unknown', why: 'tooLong' })
      assert.ok(performance.now() - began < 20)
    }
  })

  test('the longest that is looked at takes no time either', () => {
    for (const piece of [
      '|',
      '1',
      'ễ',
      'e\u0302\u0303',
      '\u202e',
      'a1 ',
      'nguyeenx ',
      'a.',
      '0-',
      '<',
      'A',
      ' ',
      'aA',
    ]) {
      for (const head of ['', '001090000001||', 'GD4000000000000|', '001090000001|', '0', 'https://x/c/']) {
        const text = `${head}${piece.repeat(5000)}`.slice(0, 4950)
        const began = performance.now()
        for (const whole of [text, `${text}|1990-02-01|0|1|<${text.slice(0, 9)}`, `${text}|1|1|1|$`])
          recognise(whole)
        assert.ok(performance.now() - began < 100, `${head} and ${piece}`)
      }
    }
  })

  const nameOf = (name: string) => {
    const read = recognise(CCCD.replace('Nguyễn Văn A', name))
    return read.kind === 'cccd' ? read.name : read
  }
  test('what cannot be seen is taken out of names', () => {
    assert.equal(nameOf('Nguyễn\0 Văn\u200b A\ufeff'), 'Nguyễn Văn A')
    assert.equal(nameOf('\u202eNguyễn \u2066Văn\u2069 A'), 'Nguyễn Văn A')
    assert.equal(nameOf('Nguyễn\tVăn\u0007 A'), 'Nguyễn Văn A')
    assert.equal(nameOf('Nguyễn Văn A\ud800'), 'Nguyễn Văn A')
    assert.equal(nameOf(`Nguyễn Văn A${'\u0315'.repeat(200)}`), 'Nguyễn Văn A')
  })
  test('no name or address begins a formula', () => {
    assert.equal(nameOf('=HYPERLINK("x")'), 'HYPERLINK("x")')
    assert.equal(nameOf('@+-=Nguyễn Văn A'), 'Nguyễn Văn A')
    const read = recognise(CCCD.replace('Thôn', '=-+@Thôn'))
    assert.equal('address' in read && read.address, 'Thôn Ví Dụ, Xã Ví Dụ, Tỉnh Ví Dụ')
  })
  test('a name longer than any is none', () => {
    assert.deepEqual(nameOf('A'.repeat(121)), { kind: 'unknown', why: 'damaged' })
  })

  test('whatever comes, there is an answer, and what is sent of it reads again', () => {
    const pieces = fc.oneof(
      fc.constantFrom(...CCCD.split('|'), ...BHYT.split('|'), ...MIC.split('|'), '|', '$', '<', '\r\n', '-'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    const texts = fc
      .array(pieces, { maxLength: 30 })
      .chain((parts) => fc.constantFrom(parts.join('|'), parts.join('')))
    fc.assert(
      fc.property(texts, (text) => {
        const read = recognise(text)
        const sent = minimise(read)
        if (sent === null) return
        const again = recognise(sent)
        assert.equal(again.kind, read.kind)
        assert.equal(minimise(again), sent)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('readers that send piecemeal', () => {
  const feed = (...pieces: [piece: string, at: number][]) => {
    const buffer = new ScanBuffer()
    const texts = pieces.flatMap(([piece, at]) => buffer.push(piece, at))
    const last = buffer.idle(1_000_000)
    return last === null ? texts : [...texts, last]
  }

  test('a line end ends a text, whichever it is, and its second character begins none', () => {
    assert.deepEqual(feed(['0905', 0], ['123456\r', 10], ['\n', 12], [`${CCCD}\n${CCCD}\r\n`, 20]), [
      '0905123456',
      CCCD,
      CCCD,
    ])
  })
  test('the $ ends an insurance card without a line end', () => {
    const buffer = new ScanBuffer()
    assert.deepEqual(buffer.push(BHYT.slice(0, 60), 0), [])
    assert.deepEqual(buffer.push(BHYT.slice(60), 9), [BHYT])
    assert.equal(buffer.isWaiting, false)
  })
  test('a reader without a wire may stop for a breath within a card', () => {
    assert.deepEqual(feed([CCCD.slice(0, 40), 0], [`${CCCD.slice(40)}\n`, 300]), [CCCD])
    assert.deepEqual(feed([CCCD.slice(0, 40), 0], ['0905123456\n', 500]), [CCCD.slice(0, 40), '0905123456'])
  })
  test('a card whose last fields are empty ends where its line does', () => {
    assert.deepEqual(feed([`${CCCD}||||\r\n`, 0], [`${CCCD}||||\r\n`, 300]), [`${CCCD}||||`, `${CCCD}||||`])
  })
  test('lines may end after each field', () => {
    assert.deepEqual(feed([CCCD.replaceAll('|', '|\r\n'), 0]), [CCCD])
  })
  test('silence ends a text', () => {
    const buffer = new ScanBuffer()
    buffer.push(CCCD, 0)
    assert.equal(buffer.idle(79), null)
    assert.equal(buffer.isWaiting, true)
    assert.equal(buffer.idle(80), CCCD)
    assert.equal(buffer.idle(200), null)
    assert.deepEqual(buffer.push('09', 300), [])
    assert.deepEqual(buffer.push('08', 400), ['09'])
  })
  test('a line end within a card that has only begun is no end', () => {
    assert.deepEqual(feed([`${CCCD.slice(0, 20)}\r\n`, 0], [`${CCCD.slice(20)}\r\n`, 30]), [CCCD])
    assert.deepEqual(feed([`${BHYT.slice(0, 80)}\r\n`, 0], [`${BHYT.slice(80)}\r\n`, 30]), [BHYT])
  })
  test('a backspace takes back, as input methods do', () => {
    assert.deepEqual(feed(['TE\bÉ', 0], ['01\n', 5]), ['TÉ01'])
  })
  test('what never ends is kept up to the length that is refused', () => {
    const [text = '', ...more] = feed(['1'.repeat(20_000), 0], ['1'.repeat(20_000), 10], ['\n', 20])
    assert.equal(text.length, 5001)
    assert.deepEqual(recognise(text), { kind: 'unknown', why: 'tooLong' })
    assert.deepEqual(more, [])
  })
})
