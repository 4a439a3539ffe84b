import { roleName } from '#lib/console/duties.ts'
import type { OwnReading } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

/** The office that looked, as citizens know it: never the private name of an official. */
export const sayOffice = ({ office }: OwnReading): string =>
  office.map(({ role, area }) => `${roleName(role)}, ${area.fullName}`).join('; ') || m.readings_office_gone()

/** What was done with the data. */
export function sayAction({ action }: OwnReading): string {
  if (action === 'person.search') return m.readings_search()
  if (action === 'person.edit') return m.readings_edit()
  if (action === 'declaration.send') return m.readings_declare()
  if (action === 'place.today') return m.readings_place()
  if (action.startsWith('case.stays')) return m.readings_stays()
  if (action.startsWith('case.') || action.startsWith('contact.') || action.startsWith('trace.'))
    return m.readings_case()
  return m.readings_read()
}

export const sayReason = ({ reason }: OwnReading): string =>
  reason === 'case'
    ? m.readings_for_case()
    : reason === 'audit'
      ? m.readings_for_audit()
      : m.readings_for_follow_up()
