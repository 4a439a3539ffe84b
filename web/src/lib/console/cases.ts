import type { CaseEdge, CaseRecord, InterviewSummary, LabResult } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

/** What a case is called. */
const classifications: Record<CaseRecord['status'], () => string> = {
  suspected: m.class_suspected,
  probable: m.class_probable,
  confirmed: m.class_confirmed,
  discarded: m.class_discarded,
}
export const className = (status: CaseRecord['status']) => classifications[status]()
export const classOptions = () =>
  Object.entries(classifications).map(([value, name]) => ({ value, label: name() }))

/** Each class has a colour and a word of its own. */
export const classTone = (status: CaseRecord['status']) =>
  ({ suspected: 'amber', probable: 'amber', confirmed: 'red', discarded: 'plain' })[status] as
    | 'amber'
    | 'red'
    | 'plain'

const origins: Record<CaseRecord['origin'], () => string> = {
  local: m.origin_local,
  imported: m.origin_imported,
  unknown: m.origin_unknown,
}
export const originName = (origin: CaseRecord['origin']) => origins[origin]()
export const originOptions = () => Object.entries(origins).map(([value, name]) => ({ value, label: name() }))

const kinds: Record<LabResult['kind'], () => string> = {
  pcr: m.lab_pcr,
  rapid: m.lab_rapid,
  antibody: m.lab_antibody,
  culture: m.lab_culture,
  sequencing: m.lab_sequencing,
  other: m.lab_other,
}
export const labKindName = (kind: LabResult['kind']) => kinds[kind]()
export const labKinds = () => Object.entries(kinds).map(([value, name]) => ({ value, label: name() }))

const results: Record<LabResult['result'], () => string> = {
  positive: m.lab_positive,
  negative: m.lab_negative,
  indeterminate: m.lab_indeterminate,
  invalid: m.lab_invalid,
}
export const labResultName = (result: LabResult['result']) => results[result]()
export const labResults = () => Object.entries(results).map(([value, name]) => ({ value, label: name() }))

const informants: Record<InterviewSummary['informant'], () => string> = {
  self: m.informant_self,
  household: m.informant_household,
  relative: m.informant_relative,
  colleague: m.informant_colleague,
  'health-worker': m.informant_health_worker,
  other: m.informant_other,
}
export const informantName = (informant: InterviewSummary['informant']) => informants[informant]()
export const informantOptions = () =>
  Object.entries(informants).map(([value, name]) => ({ value, label: name() }))

const sources: Record<CaseEdge['source'], () => string> = {
  interview: m.edge_interview,
  declared: m.edge_declared,
  household: m.edge_household,
  'guest-list': m.edge_guest_list,
  scan: m.edge_scan,
}
export const sourceName = (source: CaseEdge['source']) => sources[source]()

/** Settings that are of no interview. */
const settings: Record<string, () => string> = {
  household: m.setting_household,
  vehicle: m.setting_vehicle,
  event: m.setting_event,
  place: m.setting_place,
}
/** In steps of ten, because it is a judgement and no measurement. */
export const sure = (confidence: number) => `${Math.round(confidence * 10) * 10} %`

export const settingName = (setting: string) => settings[setting]?.() ?? setting
