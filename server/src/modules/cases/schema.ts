import Type from 'typebox'
import {
  AreaCode,
  AreaRef,
  Both,
  Day,
  Id,
  Moment,
  MomentIn,
  oneOf,
  orNull,
  PageQuery,
  Text,
} from '../../platform/shapes.ts'
import { MaskedPerson } from '../people/index.ts'
import { doubtNames, Known } from '../visits/index.ts'

const anchors = ['onsetOn', 'sampledOn'] as const
export type Anchor = (typeof anchors)[number]

const seconds = Type.Integer({ minimum: 0, maximum: 86_400 })
const days = Type.Integer({ minimum: 0, maximum: 60 })

/** What a case is called: what is thought, what speaks for it, what a laboratory says, or that it is none. */
export const Classification = oneOf(['suspected', 'probable', 'confirmed', 'discarded'])
export type Classification = Type.Static<typeof Classification>
/** Where it was caught. */
export const Origin = oneOf(['imported', 'local', 'unknown'])
export type Origin = Type.Static<typeof Origin>

const closed = { additionalProperties: false } as const
const share = Type.Number({ minimum: 0, maximum: 1 })

const AiringSeconds = Type.Object(
  { sealed: seconds, conditioned: seconds, natural: seconds, open: seconds },
  {
    ...closed,
    description: 'How long the air of a place infects after the case has left, by how it is renewed.',
  },
)

/** Who is a contact, where and after how long together. A profile without it has one rule for all places. */
const ContactRules = Type.Object(
  {
    maskedSeconds: Type.Integer({
      minimum: 0,
      maximum: 86_400,
      description: 'So long together makes a contact of somebody where both wore masks.',
    }),
    unmaskedSeconds: Type.Integer({
      minimum: 0,
      maximum: 86_400,
      description: 'The same without masks; 0: any time at all.',
    }),
    unknownMaskAs: Type.Unsafe<'masked' | 'unmasked'>({
      ...oneOf(['masked', 'unmasked']),
      description: 'Which of the two counts where nobody knows; `minOverlapSeconds` is that one.',
    }),
    closedSpaceOnly: Type.Boolean({
      description:
        'Being at the same place counts under a roof only; outside, only who was near is a contact.',
    }),
    airingSeconds: AiringSeconds,
    vehicleZones: Type.Object(
      { same: share, neighbouring: share, apart: share, unknown: share },
      { ...closed, description: 'How sure a contact aboard a vehicle is, by the zones of the seats.' },
    ),
  },
  closed,
)

const CaseDefinition = Type.Object({ classification: Classification, text: Both, source: Text(500) }, closed)

/** What a file of data/diseases holds. */
export const ProfileFile = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 40 }),
    version: Type.Integer({ minimum: 1 }),
    name: Both,
    area: orNull(AreaCode),
    validFrom: Day,
    validTo: orNull(Day),
    anchors: Type.Array(oneOf(anchors), {
      minItems: 1,
      description: 'The days from which the window is counted: the first of these that is known.',
    }),
    onsetLabel: Both,
    windowDaysBefore: days,
    windowEnd: oneOf(['untilIsolated', 'daysAfter']),
    windowDaysAfter: days,
    minOverlapSeconds: seconds,
    airingSeconds: seconds,
    latencyHours: Type.Number({ minimum: 0, maximum: 1000 }),
    followUpDays: days,
    longestIncubation: Type.Object(
      { days: Type.Integer({ minimum: 1, maximum: 60 }), source: Text(500) },
      {
        description:
          'From exposure to onset at the latest: how far back a source is sought, and when a chain ended.',
      },
    ),
    contactRules: Type.Optional(ContactRules),
    caseDefinitions: Type.Optional(Type.Array(CaseDefinition, { minItems: 1, maxItems: 10 })),
    sources: Type.Array(Text(500), { minItems: 1 }),
    assumptions: Both,
  },
  { additionalProperties: false },
)

export const DiseaseProfile = Type.Object(ProfileFile.properties, { title: 'DiseaseProfile' })
export type DiseaseProfile = Type.Static<typeof ProfileFile>

export const NewCase = Type.Object(
  {
    personId: Id,
    diseaseId: Text(40),
    onsetOn: Type.Optional(Day),
    sampledOn: Type.Optional(Day),
    confirmedOn: Type.Optional(Day),
    classification: Type.Optional(
      Type.Unsafe<Exclude<Classification, 'discarded'>>({
        type: 'string',
        enum: ['suspected', 'probable', 'confirmed'],
        description: 'confirmed, unless said.',
      }),
    ),
    origin: Type.Optional(Origin),
    note: Type.Optional(Text(2000)),
  },
  { additionalProperties: false },
)
export type NewCase = Type.Static<typeof NewCase>

export const CaseChange = Type.Object(
  {
    onsetOn: Type.Optional(orNull(Day)),
    sampledOn: Type.Optional(orNull(Day)),
    isolatedAt: Type.Optional(orNull(MomentIn)),
    reason: Type.Optional(Text(1000)),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type CaseChange = Type.Static<typeof CaseChange>

export const Case = Type.Object(
  {
    id: Id,
    number: Type.String(),
    diseaseId: Type.String(),
    disease: Both,
    profileVersion: Type.Integer(),
    status: Classification,
    origin: Origin,
    person: MaskedPerson,
    area: AreaRef,
    onsetOn: orNull(Day),
    sampledOn: orNull(Day),
    confirmedOn: Day,
    isolatedAt: orNull(Moment),
    window: Type.Object({
      from: Moment,
      to: Moment,
      reason: Type.String({
        description: 'Which date, which rule, which source; in the language of the reader.',
      }),
    }),
    note: orNull(Type.String()),
    createdAt: Moment,
    createdBy: orNull(Type.String()),
  },
  { title: 'Case' },
)
export type Case = Type.Static<typeof Case>

const orders = ['createdAt', '-createdAt', 'number', '-number', 'onsetOn', '-onsetOn'] as const
export type CaseOrder = (typeof orders)[number]

export const CaseSearch = Type.Object(
  {
    ...PageQuery,
    area: Type.Optional(AreaCode),
    disease: Type.Optional(Text(40)),
    status: Type.Optional(Classification),
    q: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the number.' })),
    sort: Type.Optional(oneOf(orders)),
  },
  { additionalProperties: false },
)
export type CaseSearch = Type.Static<typeof CaseSearch>

const CaseStay = Type.Object(
  {
    place: Type.Object({
      id: Id,
      code: Type.String(),
      name: Type.String(),
      kind: Type.String(),
      area: orNull(AreaRef),
      lat: orNull(Type.Number()),
      lon: orNull(Type.Number()),
    }),
    arrivedAt: Moment,
    leftAt: Moment,
    estimated: Type.Boolean({
      description: 'Nobody recorded the exit: it is the usual time, or the next check-in elsewhere.',
    }),
    arrival: Type.Unsafe<Known | null>({
      ...orNull(Known),
      description: 'By which scan they came; null of a stay that was imported.',
    }),
    exit: Type.Unsafe<Known | null>({
      ...orNull(Known),
      description: 'By which scan they left, if it was recorded by one.',
    }),
  },
  { title: 'CaseStay' },
)

export const MOST_COUNTED = 1000
const counted = {
  scans: Type.Integer({ description: `How many scans that is of, up to ${MOST_COUNTED}.` }),
  isMore: Type.Boolean({ description: 'There are more than were counted.' }),
}
const Doubt = oneOf(doubtNames)

const SetAside = Type.Object(
  {
    place: CaseStay.properties.place,
    reason: Doubt,
    on: Day,
    firstAt: Moment,
    lastAt: Moment,
    ...counted,
    direction: oneOf(['in', 'out']),
    known: Type.Unsafe<Known | null>({ ...orNull(Known), description: 'By which scan the first was known.' }),
  },
  { title: 'SetAside' },
)

export const SetAsides = Type.Object(
  {
    items: Type.Array(SetAside),
    next: orNull(Type.String()),
    counts: Type.Array(Type.Object({ reason: Doubt, ...counted }), {
      description: 'Of every reason there is, whatever the list is narrowed to.',
    }),
  },
  {
    title: 'SetAsides',
    description:
      'Scans of that time that make no stay, because something about them cannot be: by day, place and reason, the earliest first.',
  },
)
export type SetAsides = Type.Static<typeof SetAsides>

export const SetAsideSearch = Type.Object(
  { ...PageQuery, reason: Type.Optional(Doubt) },
  { additionalProperties: false },
)
export type SetAsideSearch = Type.Static<typeof SetAsideSearch>

export const SetAsideScan = Type.Object(
  {
    place: CaseStay.properties.place,
    at: Moment,
    direction: oneOf(['in', 'out']),
    reason: Doubt,
    known: orNull(Known),
  },
  { title: 'SetAsideScan' },
)

export const SetAsideScanSearch = Type.Object(
  {
    ...PageQuery,
    reason: Type.Optional(Doubt),
    place: Type.Optional(Id),
    on: Type.Optional(Day),
  },
  { additionalProperties: false },
)
export type SetAsideScanSearch = Type.Static<typeof SetAsideScanSearch>

export const CaseStays = Type.Object({
  items: Type.Array(CaseStay),
  setAside: SetAsides,
  next: orNull(Type.String()),
})
