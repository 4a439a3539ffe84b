import { requestProblem } from './problem.ts'

/** Characters that nobody sees: some turn a text around, others hide in it. The joiners of some scripts and of emoji do neither. */
const UNSEEN = /[[[\p{Cf}&&\p{Default_Ignorable_Code_Point}]--[\u200c\u200d]][\ufff9-\ufffb]]/gv
/** Tabs and line ends are texts, too; a NUL is refused, and shown as it came to whoever sent it. */
const CONTROL = /[\p{Cc}--[\0\t\n\r]]/gv

/** Mostly a text of a machine is so already, and only looked at. */
const PLAIN = /^[ -~]*$/

/** A text in NFC with what can be seen of it. */
export const visibleText = (text: string) => (PLAIN.test(text) ? text : seen(text))
const seen = (text: string) => text.replace(UNSEEN, '').replace(CONTROL, ' ').normalize('NFC')

/**
 * What people wrote, as it is kept: with what can be seen of it alone, and in NFC, so that a name typed on one phone equals the same name typed on another.
 * A NUL byte or half a surrogate pair cannot be stored and is refused, wherever in the input it stands; where one
 * rotten item must not harm the others it becomes U+FFFD (`mend`), and the item is refused for what it then says.
 */
export function asWritten<T>(value: T, path: string, mend = false, depth = 0): T {
  if (typeof value === 'string') {
    if (PLAIN.test(value)) return value
    if (mend) return visibleText(value.toWellFormed().replaceAll('\0', '\ufffd')) as T
    if (value.includes('\0') || !value.isWellFormed())
      throw requestProblem.invalid({ fields: [{ field: path, reason: 'NUL or broken Unicode' }] })
    return visibleText(value) as T
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth > 8) throw requestProblem.invalid({ fields: [{ field: path.slice(0, 100), reason: 'too deep' }] })
  if (Array.isArray(value))
    return value.map((item, at) => asWritten(item, `${path}.${at}`, mend, depth + 1)) as T
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      asWritten(key, path, mend, depth),
      asWritten(item, `${path}.${key}`, mend, depth + 1),
    ]),
  ) as T
}
