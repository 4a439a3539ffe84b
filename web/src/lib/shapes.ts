// Short names for what the public API answers. What these are, the contract says.
import type { Schemas } from '@lachan/contract'

/** A part of a list, and the way to the next part. */
export interface Page<T> {
  items: T[]
  next: string | null
}

export type Account = Schemas['Account']
export type Area = Schemas['Area']
export type AreaRef = Schemas['AreaRef']
export type AuditEntry = Schemas['AuditEntry']
export type CallSheet = Schemas['CallSheet']
export type Card = Schemas['Card']
export type CaseClassification = Schemas['CaseClassification']
export type CaseEdge = Schemas['CaseEdge']
export type CaseLinks = Schemas['CaseLinks']
export type CaseRecord = Schemas['Case']
export type CaseStay = Schemas['CaseStay']
export type Chain = Schemas['Chain']
export interface Chains extends Page<Schemas['ChainSummary']> {
  asOf: string
}
export type SetAsideScan = Schemas['SetAsideScan']
export type Contact = Schemas['Contact']
/** Every figure is defined, though the contract leaves their names open. */
export type DailyReport = Schemas['DailyReport'] & { definitions: Record<keyof Figures, Words> }
export type Declaration = Schemas['Declaration']
export type DeclarationForm = Schemas['Form']
export type DemoAccounts = Schemas['DemoCast']
export type Device = Schemas['Device']
export type DiseaseProfile = Schemas['DiseaseProfile']
export type EntryDecision = Schemas['EntryDecision']
export type EntryHold = Schemas['EntryHold']
export type Figures = Schemas['Figures']
export type FollowUp = Schemas['FollowUp']
export type FollowUpFigures = Schemas['FollowUpFigures']
/** Every figure is defined, though the contract leaves their names open. */
export type FollowUpReport = Schemas['FollowUpReport'] & { definitions: Record<keyof FollowUpFigures, Words> }
export type ExposurePoint = Schemas['ExposurePoint']
export type FoundPerson = Schemas['FoundPerson']
export type Gate = Schemas['Gate']
export type Guard = Schemas['Guard']
export type HandOver = Schemas['HandOver']
export type HandOverLine = Schemas['HandOverLine']
export type Interview = Schemas['Interview']
export type InterviewForm = Schemas['InterviewForm']
export type InterviewSummary = Schemas['InterviewSummary']
export type Inside = Schemas['Inside']
export type LabResult = Schemas['LabResult']
export type MaskedPerson = Schemas['MaskedPerson']
export type Me = Schemas['Me']
export type OfficialNotice = Schemas['Notice']
export type OutboxMessage = Schemas['Outbox']['items'][number]
export type OwnPlace = Schemas['OwnPlace']
export type OwnReading = Schemas['OwnReading']
export type PaperCard = Schemas['PaperCard']
export type Person = Schemas['Person']
export type Place = Schemas['Place']
export type PlaceKind = Schemas['PlaceKind']
export type PlaceSummary = Schemas['PlaceSummary']
export type PlaceToday = Schemas['Today']
export type PossibleSources = Schemas['PossibleSources']
export type PosterVersion = Schemas['PosterVersion']
export type PublicNotice = Schemas['PublicNotice']
export type PublicPlace = Schemas['PublicPlace']
export type PublicZone = Schemas['PublicZone']
export type Question = DeclarationForm['questions'][number]
export type Reading = Schemas['Reading']
export type Site = Schemas['Site']
export type Status = EntryDecision['status']
export type ScreenCode = Schemas['ScreenCode']
export type SpreadingPlace = Schemas['SpreadingPlace']
export type SuggestedLink = Schemas['SuggestedLink']
export type Trace = Schemas['Trace']
export type TraceContact = Schemas['TraceContact']
export type TransmissionFigures = Schemas['TransmissionFigures']
export type TransmissionLink = Schemas['TransmissionLink']
export type Trip = Schemas['Trip']
export type Visit = Schemas['Visit']
export type VisitResult = Schemas['VisitResult']
export type Warning = Schemas['Warning']
export type WarningRun = Schemas['WarningRun']
export type Zone = Schemas['Zone']
export type ZoneCounts = Schemas['ZoneCounts']
export type ZoneRules = Schemas['ZoneRules']
export type ZoneSuggestion = Schemas['ZoneSuggestion']
export type ZoneSummary = Schemas['ZoneSummary']

/** A sentence in both languages, as data files have it. */
export type Words = PlaceKind['label']
/** An answer to a question of a declaration. */
export type Answer = string | boolean | string[]
