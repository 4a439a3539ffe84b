import { requestProblem } from './problem.ts'

/**
 * What people wrote, as it is kept: NFC, so that a name typed on one phone equals the same name typed on another.
 * A NUL byte or half a surrogate pair cannot be stored and is refused, wherever in the input it stands.
 */
export function asWritten<T>(value: T, path: string, depth = 0): T {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw requestProblem.invalid({ fields: [{ field: path, reason: 'NUL or broken Unicode' }] })
    return value.normalize('NFC') as T
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth > 8) throw requestProblem.invalid({ fields: [{ field: path.slice(0, 100), reason: 'too deep' }] })
  if (Array.isArray(value)) return value.map((item, at) => asWritten(item, `${path}.${at}`, depth + 1)) as T
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      asWritten(key, path, depth),
      asWritten(item, `${path}.${key}`, depth + 1),
    ]),
  ) as T
}
