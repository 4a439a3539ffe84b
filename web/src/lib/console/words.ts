import { formatDateTime, formatDuration } from '#lib/format.ts'
import type { FoundPerson, Words } from '#lib/shapes.ts'
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
  'card.print': m.action_card_print,
  'case.list': m.action_case_list,
  'case.read': m.action_case_read,
  'case.stays': m.action_case_stays,
  'contact.list': m.action_contact_list,
  'interview.read': m.action_interview_read,
  'place.guests': m.action_place_guests,
  'entry.read': m.action_entry_read,
  'case.links': m.action_case_links,
  'case.chain': m.action_case_chain,
  'case.sources': m.action_case_sources,
  'followUp.list': m.action_follow_up_list,
  'followUp.search': m.action_follow_up_search,
  'followUp.open': m.action_follow_up_open,
  'followUp.export': m.action_follow_up_export,
  'handOver.list': m.action_hand_over_list,
}

/** Changes: what the audit trail holds. */
const changes: Record<string, () => string> = {
  'session.open': m.action_session_open,
  'case.confirm': m.action_case_confirm,
  'case.edit': m.action_case_edit,
  'case.trace': m.action_case_trace,
  'case.classify': m.action_case_classify,
  'lab.record': m.action_lab_record,
  'lab.withdraw': m.action_lab_withdraw,
  'interview.record': m.action_interview_record,
  'interview.withdraw': m.action_interview_withdraw,
  'contact.declare': m.action_contact_declare,
  'contact.undeclare': m.action_contact_undeclare,
  'place.addGuests': m.action_place_add_guests,
  'place.removeGuest': m.action_place_remove_guest,
  'contact.mark': m.action_contact_mark,
  'window.open': m.action_window_open,
  'warning.ask': m.action_warning_ask,
  'warning.release': m.action_warning_release,
  'warning.refuse': m.action_warning_refuse,
  'warning.stop': m.action_warning_stop,
  'warning.recall': m.action_warning_recall,
  'link.add': m.action_link_add,
  'link.withdraw': m.action_link_withdraw,
  'point.judge': m.action_point_judge,
  'notice.draft': m.action_notice_draft,
  'notice.release': m.action_notice_release,
  'notice.refuse': m.action_notice_refuse,
  'notice.withdraw': m.action_notice_withdraw,
  'entry.lift': m.action_entry_lift,
  'followUp.record': m.action_follow_up_record,
  'followUp.export': m.action_follow_up_export,
  'handOver.send': m.action_hand_over_send,
  'handOver.receive': m.action_hand_over_receive,
  'handOver.return': m.action_hand_over_return,
  'handOver.withdraw': m.action_hand_over_withdraw,
  'zone.draft': m.action_zone_draft,
  'zone.edit': m.action_zone_edit,
  'zone.propose': m.action_zone_propose,
  'zone.return': m.action_zone_return,
  'zone.order': m.action_zone_order,
  'zone.notify': m.action_zone_notify,
  'zone.extend': m.action_zone_extend,
  'zone.lift': m.action_zone_lift,
  'person.register': m.action_person_register,
  'person.edit': m.action_person_edit,
  'person.move': m.action_person_move,
  'person.loseNumber': m.action_person_lose_number,
  'card.print': m.action_card_print,
  'card.revoke': m.action_card_revoke,
  'device.revoke': m.action_device_revoke,
  'declaration.send': m.action_declaration_send,
  'place.register': m.action_place_register,
  'place.edit': m.action_place_edit,
  'place.close': m.action_place_close,
  'place.reopen': m.action_place_reopen,
  'place.addGate': m.action_place_add_gate,
  'place.removeGate': m.action_place_remove_gate,
  'place.replacePoster': m.action_place_replace_poster,
  'place.startTrip': m.action_place_start_trip,
  'place.endTrip': m.action_place_end_trip,
  'place.addGuard': m.action_place_add_guard,
  'scan.record': m.action_scan_record,
  'scan.join': m.action_scan_join,
  'scan.setAside': m.action_scan_set_aside,
  'scan.countAgain': m.action_scan_count_again,
  'scan.undo': m.action_scan_undo,
  'visit.forget': m.action_visit_forget,
  'place.removeGuard': m.action_place_remove_guard,
  'account.add': m.action_account_add,
  'account.disable': m.action_account_disable,
  'account.password': m.action_account_password,
  'key.add': m.action_key_add,
  'key.revoke': m.action_key_revoke,
}

/** What was done, in words; an action that this page does not know keeps its name. */
export const actionName = (action: string): string => (readings[action] ?? changes[action])?.() ?? action

export const changeNames = (): { value: string; label: string }[] =>
  Object.entries(changes).map(([value, name]) => ({ value, label: name() }))

/** What stands beside the number of a document that nobody has confirmed. */
export function documentNote(standing: FoundPerson['documentStanding'] | undefined): string {
  const notes: Record<string, () => string> = {
    claimed: m.record_document_claimed,
    contested: m.record_document_contested,
  }
  return notes[standing ?? '']?.() ?? ''
}

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

const seconds = (value: unknown) => formatDuration(Number(value))
const moment = (value: unknown) => formatDateTime(String(value))
const plain = (value: unknown) => String(value)
/** By which list a window was opened. */
function by(value: unknown): string {
  const names: Record<string, () => string> = {
    trace: m.window_trace,
    contacts: m.window_contacts,
    stays: m.window_stays,
    points: m.window_points,
  }
  return names[String(value)]?.() ?? String(value)
}

/** The facts of an entry of the audit trail that can be said in words. */
const facts: Record<string, readonly [name: () => string, say: (value: unknown) => string]> = {
  number: [m.detail_number, plain],
  label: [m.detail_label, plain],
  marked: [m.detail_marked, plain],
  from: [m.detail_from, moment],
  to: [m.detail_to, moment],
  by: [m.detail_by, by],
  stays: [m.detail_stays, plain],
  people: [m.detail_people, plain],
  unsent: [m.detail_unsent, plain],
  told: [m.detail_told, plain],
  points: [m.detail_points, plain],
  hops: [m.detail_hops, plain],
  minOverlapSeconds: [m.detail_overlap, seconds],
  airingSeconds: [m.detail_airing, seconds],
  latencyHours: [m.detail_latency, plain],
  profileVersion: [m.detail_profile, plain],
}
const order = Object.keys(facts)
const rank = (name: string) => (order.indexOf(name) + order.length + 1) % (order.length + 1)

/** What the trail keeps of a change: known facts in words, the others by their own names. */
export function describeDetails(details: Record<string, unknown>): string {
  return Object.entries(details)
    .filter(([name, value]) => value !== null && (name in facts || !/Id$/.test(name)))
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([name, value]) => {
      const fact = facts[name]
      if (fact) return `${fact[0]()}: ${fact[1](value)}`
      return `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`
    })
    .join(' · ')
}
