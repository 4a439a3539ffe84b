import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { personProblem, phoneCodeProblem } from './problems.ts'

/** Eleven-digit mobile numbers became ten-digit ones on 15 September 2018; people still write the old ones. */
const OLD_PREFIXES: Record<string, string> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
}

/** E.164, or undefined when it is no phone number. Accepts 0…, 84…, +84…, 0084…, blanks, dots and dashes. */
export function findPhone(text: string): string | undefined {
  let digits = text
    .normalize('NFKC')
    .replace(/[\s.\-()]/g, '')
    .replace(/^00(?=84\d{9,10}$)/, '+')
  if (/^84\d{9,10}$/.test(digits)) digits = `+${digits}`
  const national = digits.replace(/^\+84/, '0')
  const renewed = /^\d{11}$/.test(national) ? OLD_PREFIXES[national.slice(0, 4)] : undefined
  const number = parsePhoneNumberFromString(renewed ? renewed + national.slice(4) : digits, 'VN')
  return number?.isValid() ? number.number : undefined
}

export function normalizePhone(text: string, field = 'phone'): string {
  const phone = findPhone(text)
  if (!phone) throw personProblem.phoneInvalid({ fields: [{ field, reason: 'phone' }] })
  return phone
}

/** What a short message reaches: mobile numbers, and those abroad that cannot be told from one. */
const TAKE_SMS = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'PERSONAL_NUMBER'])

export const takesSms = (phone: string) => TAKE_SMS.has(parsePhoneNumberFromString(phone)?.getType() ?? '')

/** Who signs in by a code in a message needs a number that takes one. */
export function assertTakesSms(phone: string, field = 'phone') {
  if (!takesSms(phone)) throw phoneCodeProblem.phoneWithoutSms({ fields: [{ field, reason: 'sms' }] })
}

/** As people read it aloud: 0905 123 456 at home, +65 … abroad. */
export const nationalPhone = (phone: string) => phone.replace(/^\+84/, '0')
