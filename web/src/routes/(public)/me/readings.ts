import { roleName } from '#lib/console/duties.ts'
import type { OwnReading, Person } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

/** A reading as its reader understands it. Said on the server, so that no phone loads the words of all offices. */
export interface ToldReading {
  /** The last time on that day. */
  at: string
  count: number
  office: string
  what: string
  why: string
  whose: string
}

export const tellReading = (
  reading: OwnReading,
  people: readonly Pick<Person, 'id' | 'name'>[],
): ToldReading => ({
  at: reading.at,
  count: reading.count,
  office: sayOffice(reading),
  what: sayAction(reading),
  why: sayReason(reading),
  whose: people.find(({ id }) => id === reading.person.id)?.name ?? reading.person.maskedName,
})

/** The office that looked, as citizens know it: never the private name of an official. */
const sayOffice = ({ office }: OwnReading): string =>
  office.map(({ role, area }) => `${roleName(role)}, ${area.fullName}`).join('; ') || m.readings_office_gone()

/** What was done with the data. */
function sayAction({ action }: OwnReading): string {
  if (action === 'person.search') return m.readings_search()
  if (action === 'person.edit') return m.readings_edit()
  if (action === 'declaration.send') return m.readings_declare()
  if (action === 'place.today') return m.readings_place()
  if (action === 'followUp.search') return m.readings_search()
  if (action === 'followUp.open') return m.readings_call()
  if (action === 'followUp.export') return m.readings_file()
  if (/^(followUp|handOver|contact|case)\.list$/.test(action)) return m.readings_list()
  if (action.startsWith('case.stays')) return m.readings_stays()
  if (/^(case|contact|trace|entry)\./.test(action)) return m.readings_case()
  return m.readings_read()
}

const sayReason = ({ reason }: OwnReading): string =>
  reason === 'case'
    ? m.readings_for_case()
    : reason === 'audit'
      ? m.readings_for_audit()
      : m.readings_for_follow_up()
