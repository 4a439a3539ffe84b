import { type Hint, hintOf } from '@lachan/contract/codes.ts'

/** What stands under a code, for the eye of the guard. */
export const sayHint = ({ initials, birthYear }: Hint): string =>
  [initials, birthYear ?? ''].filter(Boolean).join(' · ')

export function hintFor(name: string | null, birthYear: number | null): string {
  const plain = name?.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd') ?? null
  return sayHint(hintOf(plain, birthYear))
}
