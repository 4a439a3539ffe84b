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

export function assertBirth(year: number, now: Date, field = 'birthYear') {
  if (year < 1900 || year > now.getUTCFullYear())
    throw personProblem.birthUnlikely({ fields: [{ field, reason: `1900–${now.getUTCFullYear()}` }] })
}
