import { plainText } from '../../platform/vietnamese.ts'
import { nationalPhone } from './phone.ts'
import { personProblem } from './problems.ts'
import type { Profile } from './queries.ts'

/** What a gate or an owner sees: enough to greet somebody, too little to find them. */
export const maskName = (name: string | null) => {
  const words = name?.split(' ') ?? []
  const last = words.pop()
  return last ? [...words, `${[...last][0]}***`].join(' ') : '***'
}

export const maskPhone = (phone: string | null) => {
  if (!phone) return null
  const digits = nationalPhone(phone)
  return `${digits.slice(0, 4)}***${digits.slice(-2)}`
}

/** Known well enough to be found and called: what a first declaration asks. */
export const isComplete = (profile: Profile, areaId: number | null) =>
  !!profile.name && !!profile.birthYear && areaId !== null

const BLANKS = /\s+/g

export function cleanName(name: string) {
  const clean = name.trim().replace(BLANKS, ' ')
  if (!/\p{L}/u.test(clean))
    throw personProblem.nameInvalid({ fields: [{ field: 'name', reason: 'letters' }] })
  return clean
}

/** Words of a name as they are indexed: no diacritics, each once. */
export const nameWords = (name: string) =>
  [...new Set(plainText(name).split(' ').filter(Boolean))].slice(0, 12)

export const isYearSame = (known: Profile, card: Profile) =>
  !known.birthYear || !card.birthYear || known.birthYear === card.birthYear

/** Whether a card can be that of the person: lists leave out middle names, so the first word and the last one count. */
export function fits(known: Profile, card: Profile) {
  const [one, other] = [known.name, card.name].map((name) => plainText(name ?? '').split(' '))
  const isNameSame = known.name === null || (one![0] === other![0] && one!.at(-1) === other!.at(-1))
  return isNameSame && isYearSame(known, card)
}

export function assertBirth(year: number, now: Date, field = 'birthYear') {
  if (year < 1900 || year > now.getUTCFullYear())
    throw personProblem.birthUnlikely({ fields: [{ field, reason: `1900–${now.getUTCFullYear()}` }] })
}
