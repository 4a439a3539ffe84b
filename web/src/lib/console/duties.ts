import type { IconName } from '#lib/ui/Icon.svelte'
import { m } from '#paraglide/messages.js'

export interface Duty {
  href: string
  icon: IconName
  label: () => string
  /** What one does there, in a line. */
  text: () => string
  /** The permission that the page asks the API for. */
  permission: string
}

/** The rail of the console, in the order of the day's work. */
const duties: readonly Duty[] = [
  {
    href: '/console/cases',
    icon: 'list',
    label: m.duty_cases,
    text: m.duty_cases_text,
    permission: 'case.read',
  },
  {
    href: '/console/follow-up',
    icon: 'call',
    label: m.duty_follow_up,
    text: m.duty_follow_up_text,
    permission: 'followUp.read',
  },
  {
    href: '/console/notices',
    icon: 'bell',
    label: m.duty_notices,
    text: m.duty_notices_text,
    permission: 'contact.read',
  },
  {
    href: '/console/chains',
    icon: 'people',
    label: m.duty_chains,
    text: m.duty_chains_text,
    permission: 'chain.read',
  },
  {
    href: '/console/zones',
    icon: 'map',
    label: m.duty_zones,
    text: m.duty_zones_text,
    permission: 'zone.read',
  },
  {
    href: '/console/places',
    icon: 'store',
    label: m.duty_places,
    text: m.duty_places_text,
    permission: 'place.read',
  },
  {
    href: '/console/cards',
    icon: 'code',
    label: m.duty_cards,
    text: m.duty_cards_text,
    permission: 'card.print',
  },
  {
    href: '/console/report',
    icon: 'chart',
    label: m.duty_reports,
    text: m.duty_reports_text,
    permission: 'report.read',
  },
  {
    href: '/console/audit',
    icon: 'eye',
    label: m.duty_readings,
    text: m.duty_readings_text,
    permission: 'reading.read',
  },
]

/** A duty shows only to those who may do it. */
export function dutiesOf(permissions: readonly string[]): Duty[] {
  return duties.filter(({ permission }) => permissions.includes(permission))
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
