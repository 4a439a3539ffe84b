import type { Words } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { getLocale } from '#paraglide/runtime.js'

/** A sentence of a data file, in the reader's language. */
export const pick = (words: Words): string => words[getLocale()]

/** Why a record was read. */
export function reasonName(reason: string): string {
  const names: Record<string, () => string> = {
    case: m.reason_case,
    followUp: m.reason_follow_up,
    audit: m.reason_audit,
  }
  return names[reason]?.() ?? reason
}

/** Looks at somebody's data. */
const readings: Record<string, () => string> = {
  'person.search': m.action_person_search,
  'person.read': m.action_person_read,
  'place.today': m.action_place_today,
  'case.list': m.action_case_list,
  'case.read': m.action_case_read,
  'case.stays': m.action_case_stays,
  'contact.list': m.action_contact_list,
}

/** Changes: what the audit trail holds. */
const changes: Record<string, () => string> = {
  'session.open': m.action_session_open,
  'case.confirm': m.action_case_confirm,
  'case.edit': m.action_case_edit,
  'case.trace': m.action_case_trace,
  'contact.mark': m.action_contact_mark,
  'person.register': m.action_person_register,
  'person.edit': m.action_person_edit,
  'declaration.send': m.action_declaration_send,
  'place.register': m.action_place_register,
  'place.edit': m.action_place_edit,
  'place.addGuard': m.action_place_add_guard,
  'place.removeGuard': m.action_place_remove_guard,
  'account.add': m.action_account_add,
  'key.add': m.action_key_add,
}

/** What was done, in words; an action that this page does not know keeps its name. */
export const actionName = (action: string): string => (readings[action] ?? changes[action])?.() ?? action

export const changeNames = (): { value: string; label: string }[] =>
  Object.entries(changes).map(([value, name]) => ({ value, label: name() }))

/** Who acted, when there is no name to show. */
export function actorKindName(kind: string): string {
  const names: Record<string, () => string> = {
    citizen: m.actor_citizen,
    account: m.actor_account,
    key: m.actor_key,
    system: m.actor_system,
  }
  return names[kind]?.() ?? kind
}
