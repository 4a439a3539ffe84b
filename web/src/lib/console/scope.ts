import { listAreas } from '#lib/areas.ts'
import type { Account, Area, AreaRef } from '#lib/shapes.ts'

export type Unit = Pick<AreaRef, 'code' | 'fullName'>

const known = new Map<string, Promise<Area[]>>()

/** The units right under another one, asked for once: they do not change while one works. */
function listUnder(fetch: typeof globalThis.fetch, code: string): Promise<Area[]> {
  let units = known.get(code)
  if (!units) {
    units = listAreas(fetch, code).catch((error) => {
      known.delete(code)
      throw error
    })
    known.set(code, units)
  }
  return units
}

/** The units that an officer may narrow a list to: those under each area of theirs. */
export async function listScope(fetch: typeof globalThis.fetch, account: Account): Promise<Unit[]> {
  const codes = [...new Set(account.roles.map(({ area }) => area.code))]
  const lists = await Promise.all(codes.map((code) => listUnder(fetch, code)))
  const units = new Map(lists.flat().map(({ code, fullName }) => [code, { code, fullName }]))
  return [...units.values()].sort((one, other) => one.fullName.localeCompare(other.fullName, 'vi'))
}
