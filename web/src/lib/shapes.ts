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
  places: PlaceSummary[]
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
  items: { login: string; password: string; name: string; role: string; area: string; page: string }[]
  people: { name: string; phone: string; note: string }[]
  places: { code: string; name: string }[]
}

export interface OutboxMessage {
  to: string
  text: string
  at: string
}
