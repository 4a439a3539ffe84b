/**
 * Who may do what to which object, decided here and nowhere else.
 *
 * A permission says what (`case.confirm`); a scope says to what. An official reaches what lies within the area of
 * a role that grants the permission (and its sector, when the role has one); a gate key reaches its place; a
 * citizen reaches what hangs on their own phone.
 */
export type Grant = {
  role: string
  permissions: ReadonlySet<string>
  areaId: number | null
  sector: string | null
  placeId: number | null
}

export type Actor = {
  kind: 'nobody' | 'citizen' | 'account' | 'key' | 'system'
  /** Row in the table that `kind` names: people, accounts or gate keys. */
  id: number | null
  publicId: string | null
  name: string | null
  permissions: ReadonlySet<string>
  grants: readonly Grant[]
  sessionId: number | null
}

export const nobody: Actor = {
  kind: 'nobody',
  id: null,
  publicId: null,
  name: null,
  permissions: new Set(),
  grants: [],
  sessionId: null,
}

/** The server itself, at work in a job or on the command line: it reaches everything, and the audit row says so. */
export const system: Actor = { ...nobody, kind: 'system', name: 'system' }

/** What is being reached: any line that matches the actor is enough. */
export type Target = {
  areaId?: number | null
  sector?: string | null
  placeId?: number | null
  /** Holders (the first person on a phone) to whom the object belongs. */
  holderIds?: readonly number[]
}

/** Whether `areaId` lies within any of `ancestorIds`; the areas module knows. */
export type IsWithin = (ancestorIds: readonly number[], areaId: number) => Promise<boolean>

const sameSector = (grant: Grant, target: Target) => !grant.sector || grant.sector === target.sector

export async function mayReach(actor: Actor, permission: string, target: Target, isWithin: IsWithin) {
  if (actor.kind === 'system') return true
  if (!actor.permissions.has(permission)) return false
  if (actor.kind === 'citizen') return !!target.holderIds?.includes(actor.id!)
  const grants = actor.grants.filter(
    (grant) => grant.permissions.has(permission) && sameSector(grant, target),
  )
  if (grants.some((grant) => grant.placeId !== null && grant.placeId === target.placeId)) return true
  const areaIds = grants.flatMap((grant) =>
    grant.placeId === null && grant.areaId !== null ? [grant.areaId] : [],
  )
  return target.areaId != null && areaIds.length > 0 && isWithin(areaIds, target.areaId)
}

/** A part of an official's reach: an area and, when the role has one, a sector. */
export type Reach = { areaId: number; sector: string | null }

/** Where an official holds a permission: lists of what has a sector join this. */
export const reachOf = (actor: Actor, permission: string): Reach[] =>
  actor.grants.flatMap(({ permissions, areaId, sector, placeId }) =>
    permissions.has(permission) && placeId === null && areaId !== null
      ? [{ areaId, sector: sector || null }]
      : [],
  )

/**
 * The areas in which an official holds a permission for every sector: lists of what has none join these, because a
 * role of one sector reaches no single person or case either.
 */
export const areasOf = (actor: Actor, permission: string) => [
  ...new Set(reachOf(actor, permission).flatMap(({ areaId, sector }) => (sector === null ? [areaId] : []))),
]
