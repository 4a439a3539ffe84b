import type { Account } from '#lib/shapes.ts'
import type { IconName } from '#lib/ui/Icon.svelte'
import { m } from '#paraglide/messages.js'

export interface Duty {
  href: string
  icon: IconName
  label: () => string
  /** What one does there, in a line. */
  text: () => string
  roles: readonly string[]
}

/** The rail of the console, in the order of the day's work. A duty shows only to the roles that have it. */
const duties: readonly Duty[] = [
  {
    href: '/console/cases',
    icon: 'list',
    label: m.duty_cases,
    text: m.duty_cases_text,
    roles: ['health_officer'],
  },
  {
    href: '/console/reports',
    icon: 'chart',
    label: m.duty_reports,
    text: m.duty_reports_text,
    roles: ['health_officer', 'area_officer', 'sector_officer'],
  },
  {
    href: '/console/readings',
    icon: 'eye',
    label: m.duty_readings,
    text: m.duty_readings_text,
    roles: ['auditor'],
  },
]

export function dutiesOf(account: Account | null): Duty[] {
  const roles = new Set(account?.roles.map(({ role }) => role))
  return duties.filter((duty) => duty.roles.some((role) => roles.has(role)))
}

/** The name of a role, as its bearer would say it. */
export function roleName(role: string): string {
  const names: Record<string, () => string> = {
    health_officer: m.role_health_officer,
    quarantine_officer: m.role_quarantine_officer,
    hotline_agent: m.role_hotline_agent,
    area_officer: m.role_area_officer,
    sector_officer: m.role_sector_officer,
    communications_officer: m.role_communications_officer,
    auditor: m.role_auditor,
    administrator: m.role_administrator,
    gate: m.role_gate,
  }
  return names[role]?.() ?? role
}
