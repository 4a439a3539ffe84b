/** What each role may do. A permission is `noun.verb`; the areas to which it applies come with the role's grant. */
export const roles = {
  administrator: ['report.read'],
  health_officer: [
    'person.register',
    'person.search',
    'person.read',
    'card.print',
    'card.revoke',
    'place.register',
    'place.read',
    'place.edit',
    'visit.read',
    'declaration.send',
    'entry.lift',
    'case.confirm',
    'case.read',
    'case.edit',
    'case.trace',
    'contact.mark',
    'contact.read',
    'followUp.read',
    'followUp.record',
    'followUp.export',
    'warning.release',
    'notice.draft',
    'notice.release',
    'chain.read',
    'link.edit',
    'zone.read',
    'zone.draft',
    'zone.notify',
    'report.read',
  ],
  quarantine_officer: ['report.read'],
  hotline_agent: ['report.read'],
  area_officer: [
    'report.read',
    'place.read',
    'place.register',
    'place.edit',
    'zone.read',
    'zone.order',
    'zone.notify',
  ],
  sector_officer: ['report.read', 'place.read'],
  communications_officer: ['report.read'],
  auditor: ['reading.read', 'audit.read', 'person.search'],
  gate: ['scan.record', 'place.read', 'visit.read'],
} as const satisfies Record<string, readonly string[]>

export type Role = keyof typeof roles

export const isRole = (name: string): name is Role => Object.hasOwn(roles, name)

/** What anyone may do with what hangs on their own phone, and with places that they own or guard. */
export const citizenPermissions = [
  'me.read',
  'person.register',
  'card.read',
  'card.print',
  'card.revoke',
  'place.register',
  'place.read',
  'place.edit',
  'place.staff',
  'declaration.send',
  'visit.read',
  'visit.record',
  'scan.record',
] as const

/** Every signed-in account may ask who it is and leave. */
export const accountPermissions = ['me.read'] as const
