/**
 * Reads what people hold before a gate's scanner: our own codes, the identity card (CCCD, Căn cước), the health
 * insurance card (BHYT), the national personal QR of September 2021, the address on a place's poster, a phone number
 * typed by hand. Pure: the same on a phone without network, on a server, and behind a turnstile.
 *
 * Of a card only what is needed leaves this file; the family data of the 2024 card is dropped before anything looks
 * at it. Checks between the fields only warn: a person is not turned away because a registrar made a mistake.
 */

export type Warning =
  | 'number.province'
  | 'number.sex'
  | 'number.birthYear'
  | 'name.rewritten'
  | 'name.damaged'
  | 'name.unreadable'
  | 'birth.unreadable'
  | 'sex.unreadable'

/** Why nothing could be made of a text. */
export type Why =
  | 'empty'
  | 'tooLong'
  | 'link'
  | 'numberAlone'
  | 'placeCodeMistyped'
  | 'payment'
  | 'damaged'
  | 'other'

interface Birth {
  /** YYYY-MM-DD, or null where the card knows the year alone. */
  birthOn: string | null
  birthYear: number | null
}

interface Bearer extends Birth {
  sex: 'male' | 'female' | null
  warnings: Warning[]
}

export interface IdentityCard extends Bearer {
  kind: 'cccd'
  /** Of twelve digits; of nine where a list was written by somebody with the card of before. */
  number: string
  oldNumber: string | null
  name: string
  address: string | null
  issuedOn: string | null
}

export interface InsuranceCard extends Bearer {
  kind: 'bhyt'
  number: string
  name: string | null
  address: string | null
}

export interface NationalCode extends Bearer {
  kind: 'mic'
  /** Null where the screen masked it. */
  number: string | null
  /** The number given by the national platform, which is never masked. */
  qid: string | null
  name: string
  phone: string | null
}

export type Recognised =
  | { kind: 'own'; text: string }
  | IdentityCard
  | InsuranceCard
  | NationalCode
  | { kind: 'phone'; phone: string }
  | { kind: 'place'; code: string }
  | { kind: 'unknown'; why: Why }

/** No code that we or others print is longer; longer texts are refused before anybody works on them. */
const LONGEST = 5000
const LONGEST_NAME = 120
const LONGEST_ADDRESS = 300

export function recognise(raw: string): Recognised {
  if (raw.length > LONGEST) return unknown('tooLong')
  const text = OWN.test(raw) ? raw : tidy(raw)
  if (text === '') return unknown('empty')
  if (PAYMENT.test(text)) return unknown('payment')
  if (text.includes('|')) return readCard(text.split('|').map((part) => part.trim()))
  if (OWN.test(text)) return { kind: 'own', text }
  const phone = findPhone(text)
  if (phone) return { kind: 'phone', phone }
  return readPlace(text)
}

/** What a gate sends of it: no address, no date of issue, and in a form that `recognise` reads again. */
export function minimise(recognised: Recognised): string | null {
  switch (recognised.kind) {
    case 'own':
      return recognised.text
    case 'phone':
      return `tel:${recognised.phone}`
    case 'cccd': {
      const { number, oldNumber, name, birthOn, birthYear, sex } = recognised
      const birth = birthOn ? birthOn.split('-').reverse().join('') : (birthYear ?? '')
      return [number, oldNumber ?? '', name, birth, sex ? SEX_WORDS[sex] : '', '', ''].join('|')
    }
    case 'bhyt': {
      const { number, name, birthOn, birthYear, sex } = recognised
      const birth = birthOn ? birthOn.split('-').reverse().join('/') : (birthYear ?? '-')
      return [number, name ? toHex(name) : '-', birth, sex ? SEX_DIGITS[sex] : '-', ...TAIL].join('|')
    }
    case 'mic': {
      const { number, name, birthOn, birthYear, qid, sex, phone } = recognised
      const birth = birthOn ?? `${birthYear ?? '****'}-**-**`
      const more = `<${sex ? SEX_DIGITS[sex] : ''}<<${phone ?? ''}`
      return [number ?? '', name, birth, '0', qid ?? '', more].join('|')
    }
    default:
      return null
  }
}

const unknown = (why: Why): Recognised => ({ kind: 'unknown', why })

// — the text as a whole

/** Our codes are digits alone, far more of them than any number that people have. */
const OWN = /^\d{40,}$/

/** What shops hang beside the till: VietQR and all of EMVCo begin with these fields, MoMo's own with its number. */
const PAYMENT = /^(?:0002010102\d\d|2\|99\|)/

/** One line, composed, without what cannot be seen and could turn a name around or hide in it. */
const tidy = (raw: string) =>
  fromBytes(raw)
    .normalize('NFC')
    .replace(/[\r\n\0\p{Cf}\p{Cs}]/gu, '')
    .replace(/\p{M}{3,}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    // Some readers put before the text what kind of code it was, and its character set.
    .replace(/^\][A-Za-z]\d(?:\\\d{6})?/, '')
    .trim()

/** The characters that Windows puts at 0x80 to 0x9F. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** A reader that took each byte of UTF-8 for a character ("Nguyá»…n"): certain when the bytes are UTF-8 again. */
function fromBytes(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const windows = code > 0xff ? WINDOWS.indexOf(text[at]!) : -1
    if (code > 0xff && windows < 0) return text
    bytes[at] = windows < 0 ? code : 0x80 + windows
  }
  return fromUtf8(bytes) ?? text
}

function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

// — cards

function readCard(parts: string[]): Recognised {
  const [first = '', , third = '', fourth = ''] = parts
  if (parts.length >= 14 && !isFamilyCard(parts)) return readInsurance(parts)
  if (parts.length >= 6 && MIC_DATE.test(third) && /^[01]$/.test(fourth)) return readMic(parts)
  if (parts.length >= 6 && /^(?:\d{9}|\d{12})$/.test(first)) return readIdentity(parts.slice(0, 7))
  return unknown(parts.length > 3 || /^\d{9,12}$/.test(first) ? 'damaged' : 'other')
}

/** The card of 2024 may tell of so many that it is as long as an insurance card, which ends or says its name otherwise. */
const isFamilyCard = ([first = '', second = '', ...others]: string[]) =>
  /^\d{12}$/.test(first) && others.at(-1) !== '$' && hexText(second) === null

function readIdentity(parts: string[]): Recognised {
  const number = parts.shift()!
  // Some cards leave out the field of the old number altogether.
  const old = /^\d*$/.test(parts[0]!) ? parts.shift()! : ''
  const [writtenName = '', birth = '', sex = '', address = '', issued = ''] = parts
  const warnings: Warning[] = []
  const name = readName(writtenName, warnings)
  if (!name || NO_DAY.test(birth)) return unknown('damaged')
  return {
    kind: 'cccd',
    number,
    oldNumber: /^(?:\d{9}|\d{12})$/.test(old) ? old : null,
    name,
    ...readBearer(number, readDate(birth), readSex(sex), warnings),
    address: readAddress(address, writtenName),
    issuedOn: readDate(issued).birthOn,
    warnings,
  }
}

/** Cards differ after the seventh field: nothing there is looked at. */
const TAIL = [...Array(9).fill('-'), '-', '$']

function readInsurance(parts: string[]): Recognised {
  const [number] = spellings(parts[0]!).filter((one) => /^(?:[A-Z]{2}\d{13}|\d{10}|\d{12})$/.test(one))
  if (!number) return unknown('damaged')
  const warnings: Warning[] = []
  const named = fromHex(parts[1]!)
  if (named.isRewritten) warnings.push('name.rewritten')
  const name = named.text ? readName(named.text, warnings, named.text === parts[1]) : null
  if (!name && !isBlank(parts[1]!)) warnings.push('name.unreadable')
  const bearer = readBearer('', readDate(parts[2]!), readSex(parts[3]!), warnings)
  const address = fromHex(parts[4]!).text
  return { kind: 'bhyt', number, name, ...bearer, address: address ? readAddress(address) : null, warnings }
}

const MIC_DATE = /^(?:\d{4}|[*xX]{4})-(?:\d\d|[*xX]{2})-(?:\d\d|[*xX]{2})$/

function readMic(parts: string[]): Recognised {
  const [document = '', writtenName = '', birth = '', , qid = '', ...more] = parts
  const warnings: Warning[] = []
  // The bearer of a passport may well be called Lee.
  const name = readName(writtenName, warnings, /^[\dxX*]*$/.test(document))?.toUpperCase()
  if (!name) return unknown('damaged')
  const number = /^[A-Za-z0-9]{6,15}$/.test(document) && !/x{3}/i.test(document) ? document : null
  // The order of what follows is not the same everywhere: each is known by its looks.
  const extra = more.join('<').split('<').slice(0, 12)
  const sex = extra.slice(0, 3).find((one) => /^[12]$/.test(one)) ?? ''
  const phone = extra.map(findPhone).findLast((one) => one !== undefined) ?? null
  return {
    kind: 'mic',
    number: number?.toUpperCase() ?? null,
    qid: /^[A-Za-z0-9-]{6,40}$/.test(qid) ? qid : null,
    name,
    ...readBearer(number ?? '', readDate(birth), readSex(sex), warnings, 'sexMayLack'),
    phone,
    warnings,
  }
}

// — what cards say about their bearers

/** The provinces of 2021, whose codes the numbers keep whatever has been merged since. */
const PROVINCES =
  ' 01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 ' +
  '56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96 '

/** Looks at a number of twelve digits and at what stands beside it, and fills what is not legible there. */
function readBearer(
  number: string,
  { birthOn, birthYear }: Birth,
  sex: Bearer['sex'],
  warnings: Warning[],
  lacking?: 'sexMayLack',
) {
  let numberYear: number | null = null
  let numberSex: Bearer['sex'] = null
  if (/^\d{12}$/.test(number)) {
    // Three digits from 100 on are those of other countries.
    if (number[0] === '0' && !PROVINCES.includes(` ${number.slice(1, 3)} `)) warnings.push('number.province')
    numberYear = 1900 + 100 * Math.floor(Number(number[3]) / 2) + Number(number.slice(4, 6))
    numberSex = Number(number[3]) % 2 ? 'female' : 'male'
  }
  if (birthYear === null) warnings.push('birth.unreadable')
  else if (numberYear !== null && numberYear !== birthYear) warnings.push('number.birthYear')
  if (sex === null) {
    if (!lacking) warnings.push('sex.unreadable')
  } else if (numberSex !== null && numberSex !== sex) warnings.push('number.sex')
  return { birthOn, birthYear: birthYear ?? numberYear, sex: sex ?? numberSex }
}

const SEX_WORDS = { male: 'Nam', female: 'Nữ' }
const SEX_DIGITS = { male: '1', female: '2' }

/** Readers that lose accents write "N?"; "Nam" has none to lose. */
function readSex(text: string): Bearer['sex'] {
  const word = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if (/^(?:1|m|nam|male)$/.test(word)) return 'male'
  return /^(?:2|f|female|n(?:u|\?|\ufffd).{0,3})$/.test(word) ? 'female' : null
}

const NO_DATE: Birth = { birthOn: null, birthYear: null }

/** 01021990, 01/02/1990, 1990-02-01; 1990, 00/00/1990 and 1990-**-** are a year alone. */
function readDate(text: string): Birth {
  const forward = /^(\d{4})-(..)-(..)$/.exec(text)
  if (forward) return dateOf(forward[1]!, forward[2]!, forward[3]!)
  const parted = /^([\d*xX]{1,2})[/.-]([\d*xX]{1,2})[/.-](\d{4})$/.exec(text)
  const plain = parted ?? /^(\d\d)(\d\d)(\d{4})$/.exec(text)
  if (plain) return dateOf(plain[3]!, plain[2]!, plain[1]!)
  const [, year] = /^(?:\d{1,2}[/.-])?(\d{4})$/.exec(text) ?? []
  return year ? dateOf(year, '', '') : NO_DATE
}

function dateOf(year: string, month: string, day: string): Birth {
  if (!/^(?:18[7-9]|19|20)\d+$/.test(year)) return NO_DATE
  const birthYear = Number(year)
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${on}T00:00:00Z`)
  // 31 February would become a day of March.
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(on)
  return { birthOn: isReal ? on : null, birthYear }
}

/** Day and month that no calendar has: no registry prints that, whereas the 31st of a short month it does. */
const NO_DAY = /^(?:(?:3[2-9]|[4-9]\d)\d\d|\d\d(?:1[3-9]|[2-9]\d))\d{4}$/

const isBlank = (text: string) => text === '' || text === '-'

/** In a spreadsheet a text that begins with one of these would be a formula; no name does. */
const withoutFormula = (text: string) => text.replace(/^[^\p{L}\p{N}]+/u, '')

/** `isTyped`: its letters may have come through a keyboard, as those of hexadecimal digits have not. */
function readName(written: string, warnings: Warning[], isTyped = true): string | null {
  const name = withoutFormula(written.replace(/[|\s]+/g, ' ')).trim()
  if (!/\p{L}/u.test(name) || name.length > LONGEST_NAME) return null
  const restored = isTyped ? restore(name) : name
  if (restored !== name) warnings.push('name.rewritten')
  if (!/^\p{L}[\p{L}\p{M} .,'’`-]*$/u.test(restored)) warnings.push('name.damaged')
  return restored
}

/** `beside`: a name that came through the same keyboard, where Caps Lock shows. */
function readAddress(written: string, beside = ''): string | null {
  const address = withoutFormula(written.replace(/[|\s]+/g, ' ')).trim()
  if (isBlank(address) || address.length > LONGEST_ADDRESS) return null
  return restore(address, isCapsLocked(beside))
}

// — hexadecimal names of insurance cards

function fromHex(field: string): { text: string | null; isRewritten: boolean } {
  if (isBlank(field)) return { text: null, isRewritten: false }
  const texts = spellings(field).map(hexText)
  const [text = null, ...others] = new Set(texts.filter((one) => one !== null))
  if (text !== null && others.length === 0) return { text, isRewritten: texts[0] === null }
  // Some cards carry the name as it is.
  return { text: /\p{L}.*\s/u.test(field) ? field : null, isRewritten: false }
}

function hexText(hex: string): string | null {
  if (!/^(?:[0-9A-F]{2})+$/.test(hex)) return null
  const text = fromUtf8(Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16)))
  return text && tidy(text)
}

const toHex = (text: string) =>
  Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()

// — what Vietnamese input methods do to the keys of a reader that acts as a keyboard

const TELEX: Record<string, string> = { '\u0306': 'W', '\u031b': 'W', '\u0301': 'S', '\u0300': 'F' }
Object.assign(TELEX, { '\u0309': 'R', '\u0303': 'X', '\u0323': 'J' })
const VNI: Record<string, string> = {
  '\u0302': '6',
  '\u031b': '7',
  '\u0306': '8',
  '\u0301': '1',
  '\u0300': '2',
}
Object.assign(VNI, { '\u0309': '3', '\u0303': '4', '\u0323': '5' })

/**
 * The plain letters and digits that may have been typed where an input method has made "Đ" of "DD" (Telex) or of
 * "D9" (VNI). A method that left its own keys alone elsewhere was not at work; whoever asks decides by what makes
 * sense, and takes nothing where two readings do.
 */
function spellings(field: string): string[] {
  const upper = field.toUpperCase().replace(/\s/g, '')
  if (!/[\u0080-\uffff]/.test(upper)) return [upper]
  const letters = [...upper.normalize('NFD')]
  const undo = (keys: Record<string, string>, crossed: string) =>
    letters
      .map((letter, at) => {
        if (letter === 'Đ') return crossed
        return keys[letter] ?? (letter === '\u0302' ? letters[at - 1] : letter)
      })
      .join('')
  const found = [upper]
  if (!/AA|EE|OO|DD|[AEIOUY][SFRXJ]/.test(upper)) found.push(undo(TELEX, 'DD'))
  if (!/[AEIOUY][1-5]|[AEO]6|[OU]7|A8|D9/.test(upper)) found.push(undo(VNI, 'D9'))
  return found
}

const isCapsLocked = (text: string) => /^(?:\p{Ll}[\p{Lu}'.-]*\s?)+$/u.test(text) && /\p{Lu}/u.test(text)

/** Undoes what a keyboard did to a name or an address, when all of it makes sense afterwards; else leaves it alone. */
function restore(text: string, isSwapped = isCapsLocked(text)): string {
  if (isSwapped)
    return text.replace(/\p{L}/gu, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    )
  if (/[\u0080-\uffff]/.test(text)) return text
  return (
    convert(text, /[A-Za-z]+/g, (word) => word) ?? convert(text, /[A-Za-z][A-Za-z0-9]*/g, asTelex) ?? text
  )
}

/** Every word must be a syllable, or the text was not typed with this method. */
function convert(text: string, words: RegExp, telexOf: (word: string) => string | null): string | null {
  let isWhole = true
  const converted = text.replace(words, (word) => {
    const telex = telexOf(word)
    const syllable = telex && syllableOf(telex)
    if (!syllable) isWhole = false
    return syllable || word
  })
  return isWhole && converted !== text ? converted : null
}

/** VNI's digits as the letters that Telex has for them: "Nguye6n4" is "Nguyeenx". */
function asTelex(word: string): string | null {
  const telex = word
    .replace(/([aeo])6/gi, '$1$1')
    .replace(/(d)9/gi, '$1$1')
    .replace(/(?<=[aou])[78]/gi, 'w')
    .replace(/[1-5]/g, (digit) => 'sfrxj'[Number(digit) - 1]!)
  return /\d/.test(telex) ? null : telex
}

const ONSET = '(ngh?|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?'
const RIME =
  '(a(?:[cimnoptuy]|ch|n[gh])?|ă(?:[cmnpt]|ng)|â(?:[cmnptuy]|ng)|e(?:[cmnopt]|ng)?|ê(?:ch|[mnptu]|n[gh])?|' +
  'i(?:[amnptu]|ch|nh)?|iê(?:[cmnptu]|ng)|o(?:[cimnpt]|ng)?|oa(?:[cimnopty]|ch|n[gh])?|oă(?:[cmnt]|ng)|oe[not]?|' +
  'ô(?:[cimnpt]|ng)?|ơ[imnpt]?|u(?:[acimnpt]|ng)?|uâ(?:[nty]|ng)|uê(?:ch|nh)?|uô(?:[cimnt]|ng)|uơ|' +
  'uy(?:[antu]|ch|nh)?|uyê[nt]|ư(?:[acimntu]|ng)?|ươ(?:[cimnptu]|ng)|y(?:t|ch|nh)?|yê(?:[mntu]|ng))'
const SYLLABLE = new RegExp(`^${ONSET}${RIME}$`)
const TONES: Record<string, string> = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' }

/** "Nguyeenx" is "Nguyễn"; undefined when it is no Vietnamese syllable. */
function syllableOf(telex: string): string | undefined {
  const lower = telex.toLowerCase()
  const isUpper = telex === telex.toUpperCase()
  if (!isUpper && telex.slice(1) !== lower.slice(1)) return
  // After the first vowel these letters are tones alone.
  const vowel = lower.search(/[aeiouyw]/)
  const tail = lower.slice(vowel)
  const tones = tail.match(/[sfrxj]/g) ?? []
  if (vowel < 0 || tones.length > 1) return
  const plain = (lower.slice(0, vowel) + tail.replace(/[sfrxj]/, ''))
    .replace(/^dd/, 'đ')
    .replace(/aa/, 'â')
    .replace(/ee/, 'ê')
    .replace(/oo/, 'ô')
    .replace(/uw?ow/, 'ươ')
    .replace(/aw/, 'ă')
    .replace(/ow/, 'ơ')
    .replace(/uw|^w/, 'ư')
  const [, onset = '', rime] = SYLLABLE.exec(plain) ?? []
  if (!rime) return
  const [tone = ''] = tones
  if (/(?:[cpt]|ch)$/.test(rime) && !/[sj]/.test(tone)) return
  const syllable = tone ? onset + withTone(rime, TONES[tone]!) : plain
  if (isUpper && telex.length > 1) return syllable.toUpperCase()
  return telex[0] === lower[0] ? syllable : syllable[0]!.toUpperCase() + syllable.slice(1)
}

/** On the vowel that has a mark, else the last before a consonant, else the first of two and the second of three. */
function withTone(rime: string, tone: string): string {
  const vowels = /^[aăâeêioôơuưy]+/.exec(rime)![0].length
  const marked = Math.max(...[...'ăâêôơư'].map((letter) => rime.lastIndexOf(letter)))
  const unmarked = rime.length > vowels ? vowels - 1 : vowels === 3 ? 1 : 0
  const at = rime.includes('ươ') ? 1 : marked >= 0 ? marked : unmarked
  return `${rime.slice(0, at + 1)}${tone}${rime.slice(at + 1)}`.normalize('NFC')
}

// — phones

/** Numbers of eleven digits became ten in September 2018; people still say the old ones. */
const OLD_PREFIXES =
  '0120070 0121079 0122077 0126076 0128078 0123083 0124084 0125085 0127081 0129082 0162032 0163033 0164034 ' +
  '0165035 0166036 0167037 0168038 0169039 0186056 0188058 0199059'

function findPhone(text: string): string | undefined {
  const digits = text
    .normalize('NFKC')
    .replace(/^tel:/i, '')
    .replace(/[\s.\-()]/g, '')
    .replace(/^00(?=84\d{9,10}$)/, '+')
    // A spreadsheet took the zero away; no card of nine digits begins so.
    .replace(/^(?=[5789]\d{8}$)/, '0')
  if (/^\+(?!84)[1-9]\d{7,14}$/.test(digits)) return digits
  const national = digits.replace(/^\+?84(?=\d{9,10}$)/, '0')
  const renewed =
    national.length === 11 && new RegExp(`\\b${national.slice(0, 4)}(\\d{3})`).exec(OLD_PREFIXES)
  const number = renewed ? renewed[1] + national.slice(4) : national
  return /^0(?:[35789]\d{8}|2\d{9})$/.test(number) ? `+84${number.slice(1)}` : undefined
}

// — places

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Whatever host it was printed with: posters outlive the names of servers. */
const POSTER = /^https?:\/\/[^/\s]+\/c\/([^/?#\s]+)/i

/** The sum over GF(32) that the check character of a place's code brings to zero. */
function isPlaceCode(code: string): boolean {
  let sum = 0
  for (const character of code) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) return false
    sum = (sum & 16 ? (sum << 1) ^ 0b100101 : sum << 1) ^ value
  }
  return code.length === 8 && sum === 0
}

function readPlace(text: string): Recognised {
  const address = POSTER.exec(text)?.[1]
  const codes = spellings((address ?? text).slice(0, 40)).map((one) =>
    one
      .replace(/[\s\-–—_.]/g, '')
      .replaceAll('UW', 'W') // Telex makes "Ư" of a W alone, and no code of ours has a U
      .replaceAll('O', '0')
      .replace(/[IL]/g, '1'),
  )
  const [code, ...others] = new Set(codes.filter(isPlaceCode))
  if (code && others.length === 0) return { kind: 'place', code }
  if (address) return unknown('placeCodeMistyped')
  if (/^(?:[a-z][a-z\d+.-]*:\/\/|www\.)/i.test(text)) return unknown('link')
  if (/^\d[\d .-]{4,}$/.test(text)) return unknown('numberAlone')
  return unknown(/^[\dA-Z]{4}[ -]?[\dA-Z]{4}$/i.test(text) ? 'placeCodeMistyped' : 'other')
}

// — readers that send piecemeal

const SILENCE_MS = 80

/** Within a card a reader without a wire takes longer over its breath than between two codes. */
const BREATH_MS = 400

/**
 * Joins what a reader on a serial line or acting as a keyboard sends in pieces: up to a line's end, to the `$` of an
 * insurance card, or until it has been silent. A line's end within a card that is not whole yet is no end.
 * It reads no clock: whoever owns the reader says when a piece came, and calls `idle` when none does.
 */
export class ScanBuffer {
  #text = ''
  /** Lines end within it. */
  #isBroken = false
  #lastAt = Number.NEGATIVE_INFINITY

  /** Adds a piece, and answers the texts that are whole now. */
  push(piece: string, at: number): string[] {
    const before = this.idle(at)
    const whole = before === null ? [] : [before]
    this.#lastAt = at
    for (const character of piece) {
      const isEnd = character === '\r' || character === '\n'
      if (character === '\b') this.#text = this.#text.slice(0, -1)
      // What is too long is refused whole: there is no need to keep more of it than shows this.
      else if (!isEnd && this.#text.length <= LONGEST) this.#text += character
      const parts = isEnd || character === '$' ? this.#text.split('|') : undefined
      if (!parts) continue
      const isBegun = isCardBegun(parts, this.#isBroken)
      if (isEnd && isBegun) this.#isBroken = true
      if (isEnd ? isBegun : parts.length < 14) continue
      const text = this.#take()
      if (text) whole.push(text)
    }
    return whole
  }

  /** What came before the reader fell silent, once it has been silent for long enough. */
  idle(at: number): string | null {
    const silence = isCardBegun(this.#text.split('|'), this.#isBroken) ? BREATH_MS : SILENCE_MS
    return at - this.#lastAt >= silence ? this.#take() : null
  }

  get isWaiting(): boolean {
    return this.#text !== ''
  }

  #take(): string | null {
    const text = this.#text.trim()
    this.#text = ''
    this.#isBroken = false
    return text || null
  }
}

/** A card's fields that cannot be all of it. */
function isCardBegun(parts: string[], isBroken: boolean): boolean {
  const [first = ''] = parts
  if (parts.length === 1) return false
  if (/^(?:\p{L}{2,3}\d{12,13}|\d{10})$/u.test(first.trim())) return !parts.at(-1)!.trim().endsWith('$')
  // Where lines end after fields, another field follows what ends one.
  return parts.length < 6 || (parts.length < (isBroken ? 12 : 7) && parts.at(-1)!.trim() === '')
}
