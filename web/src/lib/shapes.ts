// The shapes of the public API that screens name. Field for field what the contract says.

export interface AreaRef {
  code: string
  fullName: string
  path: string
}

export interface Page<T> {
  items: T[]
  next: string | null
}

export type Status = 'green' | 'yellow' | 'red'

export interface Site {
  demo: boolean
  name: string
}

export interface Account {
  id: string
  login: string
  name: string
  roles: { role: string; area: AreaRef; sector: string | null }[]
}

export interface Person {
  id: string
  name: string | null
  birthYear: number | null
  sex: 'male' | 'female' | 'other' | null
  phone: string | null
  documentNumber: string | null
  areaCode: string | null
  area: AreaRef | null
  address: string | null
  healthInsuranceNumber: string | null
  nationality: string | null
  isHolder: boolean
  complete: boolean
}

export interface MaskedPerson {
  id: string
  maskedName: string
  birthYear: number | null
  maskedPhone: string | null
}

export interface PlaceSummary {
  id: string
  code: string
  name: string
  kind: string
  area: AreaRef
}

export interface Place extends PlaceSummary {
  checkInUrl: string
  sector: string | null
  address: string
  phone: string | null
  lat: number | null
  lon: number | null
  closedAt: string | null
  createdAt: string
}

export interface PublicPlace {
  id: string
  code: string
  name: string
  kind: string
  kindLabel: string
  area: AreaRef
  address: string
  closed: boolean
}

export interface Me {
  kind: 'nobody' | 'citizen' | 'account' | 'key'
  permissions: string[]
  account: Account | null
  person: Person | null
}

export interface Declaration {
  id: string
  formId: string
  formVersion: number
  personId: string
  declaredAt: string
  validUntil: string
  byHolder: boolean
  signals: string[]
  status: Status
}

export interface EntryDecision {
  status: Status
  instruction: string
  declaration: Declaration | null
}

export interface DemoAccounts {
  items: { login: string; password: string; name: string; role: string; area: AreaRef; does: string }[]
  people: { name: string; phone: string; does: string }[]
  places: { code: string; name: string; checkInUrl: string }[]
}

export interface OutboxMessage {
  to: string
  text: string
  at: string
}

/** A sentence in both languages, as data files have it. */
export interface Words {
  vi: string
  en: string
}

export interface OwnPlace extends PlaceSummary {
  role: 'owner' | 'guard' | 'key'
  closed: boolean
}

export interface PlaceKind {
  code: string
  label: Words
  sector: string
  group: string
  defaultStayMinutes: number
}

export interface Guard {
  id: string
  maskedPhone: string | null
  since: string
}

export interface PlaceToday {
  in: number
  out: number
  inside: number
  items: { at: string; direction: 'in' | 'out'; person: MaskedPerson }[]
  next: string | null
}

/** A stay of somebody on my phone; an estimated end was recorded by nobody. */
export interface Visit {
  place: PlaceSummary
  arrivedAt: string
  leftAt: string
  estimated: boolean
}

export interface Inside extends Visit {
  person: MaskedPerson
}

export interface VisitResult {
  id: string
  repeated: boolean
  place: PlaceSummary
  direction: 'in' | 'out'
  at: string
  person: MaskedPerson
  decision: EntryDecision
  stay: { arrivedAt: string; leftAt: string | null } | null
}

/** The text of a personal QR code. */
export interface Card {
  text: string
  expiresAt: string
}

/** An office that looked at the data of somebody on my phone. */
export interface OwnReading {
  at: string
  person: MaskedPerson
  office: { role: string; area: AreaRef }[]
  action: string
  reason: string
}

export type Answer = string | boolean | string[]

export interface Question {
  key: string
  screen: string
  kind: 'text' | 'choice' | 'choices' | 'yesNo' | 'date' | 'area' | 'country'
  required: boolean
  label: Words
  help?: Words
  max?: number
  signal?: string
  showIf?: { key: string; equals: string | boolean }
  choices?: { value: string; label: Words; signal?: string }[]
}

/** A declaration form, as the data file has it. */
export interface DeclarationForm {
  id: string
  version: number
  title: Words
  validForHours: number
  screens: { key: string; title: Words }[]
  questions: Question[]
  legalWarning?: Words
  consent?: Words
}

/** What somebody who may have been exposed is told: days, never whose case it is. */
export interface Warning {
  id: string
  at: string
  person: MaskedPerson
  disease: Words
  title: string
  /** What to do, a step each. */
  instructions: string[]
  exposedFrom: string
  exposedTo: string
  watchUntil: string
  readAt: string | null
}

/** The rules of a disease, as the data file has them. */
export interface DiseaseProfile {
  id: string
  version: number
  name: Words
  anchors: ('onsetOn' | 'sampledOn')[]
  onsetLabel: Words
  windowDaysBefore: number
  windowDaysAfter: number
  minOverlapSeconds: number
  airingSeconds: number
  latencyHours: number
  followUpDays: number
  sources: string[]
  assumptions: Words
}

export interface FoundPerson extends MaskedPerson {
  area: AreaRef | null
}

export interface CaseRecord {
  id: string
  number: string
  diseaseId: string
  disease: Words
  profileVersion: number
  status: 'confirmed'
  person: MaskedPerson
  area: AreaRef
  onsetOn: string | null
  sampledOn: string | null
  confirmedOn: string
  isolatedAt: string | null
  window: { from: string; to: string; reason: string }
  note: string | null
  createdAt: string
  createdBy: string | null
}

export interface CaseStay {
  place: PlaceSummary
  arrivedAt: string
  leftAt: string
  estimated: boolean
}

/** What belongs to no place is not told in a report of some sectors only. */
export interface Figures {
  places: number
  newPlaces: number
  activePlaces: number
  scansIn: number
  scansOut: number
  peopleChecked: number
  declarations: number | null
  cases: number | null
}

export interface DailyReport {
  on: string
  area: AreaRef
  /** Only places of these are counted; null: of all. */
  sectors: { code: string; label: Words }[] | null
  totals: Figures
  rows: ({ area: AreaRef } & Figures)[]
  definitionsVersion: number
  definitions: Record<keyof Figures, Words>
}

/** Who read whose record, as an auditor sees it. */
export interface Reading {
  at: string
  reader: { login: string; name: string; office: { role: string; area: AreaRef }[] }
  action: string
  person: MaskedPerson
  reason: string
  caseId: string | null
  caseNumber: string | null
}

export interface AuditEntry {
  at: string
  actorKind: string
  actorName: string | null
  action: string
  subjectId: string | null
  details: Record<string, unknown>
}

export interface Trace {
  id: string
  caseId: string
  status: 'waiting' | 'running' | 'done' | 'failed'
  progress: { done: number; total: number }
  parameters: {
    from: string
    to: string
    minOverlapSeconds: number
    airingSeconds: number
    hops: number
    latencyHours: number
    profileVersion: number
  }
  counts: { hop: number; people: number }[]
  askedAt: string
  startedAt: string | null
  finishedAt: string | null
  problem: string | null
}

type ContactLabel = 'F1' | 'F2' | 'F3'

interface Exposure {
  place: { id: string; name: string; area: AreaRef | null }
  with: MaskedPerson | null
  from: string
  to: string
  seconds: number
  estimated: boolean
}

export interface TraceContact {
  person: MaskedPerson
  hop: number
  via: MaskedPerson | null
  overlapSeconds: number
  firstAt: string
  lastAt: string
  label: ContactLabel | null
  exposures: Exposure[]
}

/** Somebody whom an officer marked, and whether they could be told. */
export interface Contact {
  id: string
  person: MaskedPerson
  label: ContactLabel
  firstAt: string
  lastAt: string
  markedAt: string
  /** `none`: no number is known; null: the message is being made. */
  reachedBy: 'sms' | 'none' | null
  toldAt: string | null
  readAt: string | null
}
