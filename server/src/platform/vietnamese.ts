/**
 * Keys for finding Vietnamese names however they were typed: composed or decomposed, with the tone of "hoà" on
 * either vowel, with "quí" or "quý", with or without diacritics. A key is for comparing, never for showing.
 */

const TONE = '[\u0300\u0301\u0303\u0309\u0323]'
const TONE_BEFORE_VOWEL = new RegExp(`(o)(${TONE})([ae]\\p{M}*)|(u)(${TONE})(y)`, 'gu')
const LONE_Y = new RegExp(`(?<![\\p{L}\\p{M}])(qu|[bcdđghklmnprstvx]+)y(${TONE}?)(?![\\p{L}\\p{M}])`, 'gu')

/** Lower case and decomposed; dashes and dots are blanks, apostrophes nothing ("H'Leo" is also written "Hleo"). */
const spelled = (text: string) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ð', 'đ') // the Icelandic letter that looks the same in capitals
    .replace(/['’ʼ`´]/g, '')
    .replace(/(?:[^\p{L}\p{M}\p{N}]\p{M}*)+|^\p{M}+/gu, ' ')
    .trim()
    // The tone goes to the second vowel, where it stands in "hoàn" and "huỳnh" too, so that "hoà" begins them.
    .replace(TONE_BEFORE_VOWEL, '$1$4$3$6$2$5')
    .replace(LONE_Y, '$1i$2')

/** The key with diacritics: `Xã Hòa Quý` and `xã hoà quí` have the same. */
export const markedText = (text: string) => spelled(text).normalize('NFC')

/** The key without diacritics: that of `Xã Tân Thành` is `xa tan thanh`. */
export const plainText = (text: string) => spelled(text).replace(/\p{M}/gu, '').replaceAll('đ', 'd')

/** Whether somebody took the trouble to type diacritics: then they count. */
export const isMarked = (text: string) => markedText(text) !== plainText(text)

/** The text as old phones and cheap messages carry it: an SMS holds 160 letters without diacritics, 70 with them. */
export const unaccented = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').normalize('NFC')
