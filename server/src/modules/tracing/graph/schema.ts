import Type from 'typebox'
import {
  AreaCode,
  Both,
  Day,
  Id,
  Moment,
  MomentIn,
  oneOf,
  orNull,
  PageQuery,
  Phone,
  Text,
} from '../../../platform/shapes.ts'
import { Question } from '../../declarations/index.ts'
import { MaskedPerson } from '../../people/index.ts'
import { Known } from '../../visits/index.ts'

const closed = { additionalProperties: false } as const
const Words = Type.Object({ vi: Text(2000), en: Text(2000) }, closed)
const Key = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const Option = Type.Object({ value: Key, label: Words }, closed)

// — the form, as data/forms/<id>/<version>.json holds it

export const InterviewForm = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
    version: Type.Integer({ minimum: 1, maximum: 9999 }),
    use: Type.Literal('interview'),
    title: Words,
    area: orNull(Type.String({ pattern: '^[0-9]{2,5}$' })),
    validFrom: Day,
    validTo: orNull(Day),
    screens: Type.Array(Type.Object({ key: Key, title: Words }, closed), { minItems: 1, maxItems: 20 }),
    questions: Type.Array(Question, { minItems: 1, maxItems: 200 }),
    symptoms: Type.Array(Option, { minItems: 1, maxItems: 100 }),
    relations: Type.Array(Option, { minItems: 1, maxItems: 40 }),
    settings: Type.Array(
      Type.Object(
        {
          ...Option.properties,
          confidence: Share,
          lasting: Type.Optional(
            Type.Boolean({ description: 'Not an hour but the whole time: the window of the case.' }),
          ),
        },
        closed,
      ),
      { minItems: 1, maxItems: 40 },
    ),
    placeConfidence: Share,
    assumptions: Words,
    sources: Type.Array(Text(500), { minItems: 1 }),
  },
  { ...closed, title: 'InterviewForm' },
)
export type InterviewForm = Type.Static<typeof InterviewForm>

// — an interview

const informants = ['self', 'household', 'relative', 'colleague', 'health-worker', 'other'] as const

const Symptom = Type.Object({ symptom: Key, from: Day, to: Type.Optional(orNull(Day)) }, closed)

const visited = {
  name: Text(200),
  address: Type.Optional(Text(300)),
  from: MomentIn,
  to: MomentIn,
  note: Type.Optional(Text(500)),
}

const Met = Type.Object(
  {
    personId: Type.Optional(Id),
    name: Type.Optional(Text(255)),
    phone: Type.Optional(Phone),
    birthYear: Type.Optional(Type.Integer()),
    areaCode: Type.Optional(AreaCode),
    relation: Type.Optional(Key),
    setting: Key,
    from: Type.Optional(MomentIn),
    to: Type.Optional(MomentIn),
    masked: Type.Optional(orNull(Type.Boolean())),
    confidence: Type.Optional(Share),
    placeCode: Type.Optional(Text(40)),
    note: Type.Optional(Text(500)),
  },
  {
    ...closed,
    description:
      'Somebody met: by id, or by name and phone. Times may be left out where the setting lasts: then it is the window.',
  },
)
export type Met = Type.Static<typeof Met>

export const NewInterview = Type.Object(
  {
    formId: Text(40),
    formVersion: Type.Integer({ minimum: 1, maximum: 9999 }),
    informant: oneOf(informants),
    informantName: Type.Optional(Text(255)),
    informantPhone: Type.Optional(Phone),
    heldAt: Type.Optional(MomentIn),
    answers: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 300 }),
    symptoms: Type.Optional(Type.Array(Symptom, { maxItems: 50 })),
    places: Type.Optional(
      Type.Array(Type.Object({ ...visited, placeCode: Type.Optional(Text(40)) }, closed), {
        maxItems: 100,
        description:
          'Where the case was without a scan. With the code of a registered place it joins the graph.',
      }),
    ),
    people: Type.Optional(Type.Array(Met, { maxItems: 200 })),
    note: Type.Optional(Text(4000)),
  },
  closed,
)
export type NewInterview = Type.Static<typeof NewInterview>

export const InterviewSummary = Type.Object(
  {
    id: Id,
    informant: oneOf(informants),
    heldAt: Moment,
    recordedAt: Moment,
    recordedBy: orNull(Type.String()),
    formVersion: Type.Integer(),
    people: Type.Integer({ description: 'How many contacts came from it.' }),
    places: Type.Integer({ description: 'How many registered places without a scan.' }),
    withdrawnAt: orNull(Moment),
  },
  { title: 'InterviewSummary' },
)
export type InterviewSummary = Type.Static<typeof InterviewSummary>

const Setting = orNull(Both)

export const DeclaredContact = Type.Object(
  {
    id: Id,
    person: MaskedPerson,
    setting: Type.String(),
    settingName: Setting,
    place: orNull(Type.Object({ id: Id, name: Type.String() })),
    from: Moment,
    to: Moment,
    masked: orNull(Type.Boolean({ description: 'Both wore masks; null: nobody knows.' })),
    source: oneOf(['interview', 'declared']),
    confidence: Type.Number({ description: 'From 0 to 1.' }),
    interviewId: orNull(Id),
    recordedAt: Moment,
    recordedBy: orNull(Type.String()),
    withdrawnAt: orNull(Moment),
  },
  { title: 'DeclaredContact' },
)
export type DeclaredContact = Type.Static<typeof DeclaredContact>

export const Interview = Type.Object(
  {
    ...InterviewSummary.properties,
    formId: Type.String(),
    informantName: orNull(Type.String()),
    informantPhone: orNull(Type.String()),
    answers: Type.Record(Type.String(), Type.Unknown()),
    symptoms: Type.Array(Type.Object({ symptom: Type.String(), from: Day, to: orNull(Day) })),
    visited: Type.Array(
      Type.Object({
        name: Type.String(),
        address: orNull(Type.String()),
        from: Moment,
        to: Moment,
        note: orNull(Type.String()),
        place: orNull(
          Type.Object({
            id: Id,
            name: Type.String(),
            lat: orNull(Type.Number()),
            lon: orNull(Type.Number()),
          }),
        ),
      }),
    ),
    contacts: Type.Array(DeclaredContact),
    note: orNull(Type.String()),
    reason: orNull(Type.String({ description: 'Why it was withdrawn.' })),
  },
  { title: 'Interview' },
)
export type Interview = Type.Static<typeof Interview>

export const Withdrawal = Type.Object({ reason: Text(1000) }, closed)

export const NewDeclaredContact = Type.Object(Met.properties, closed)

const contactOrders = ['from', '-from', 'confidence', '-confidence', 'recordedAt', '-recordedAt'] as const
export type DeclaredContactOrder = (typeof contactOrders)[number]

export const DeclaredContactSearch = Type.Object(
  {
    ...PageQuery,
    setting: Type.Optional(Key),
    withdrawn: Type.Optional(Type.Boolean()),
    sort: Type.Optional(oneOf(contactOrders)),
  },
  closed,
)
export type DeclaredContactSearch = Type.Static<typeof DeclaredContactSearch>

export const EdgeSearch = Type.Object(PageQuery, closed)

export const BothKnown = Type.Object(
  { person: orNull(Known), with: orNull(Known) },
  {
    title: 'BothKnown',
    description: 'By which scan each of the two came; null of a stay that was imported.',
  },
)
export type BothKnown = Type.Static<typeof BothKnown>

export const CaseEdge = Type.Object(
  {
    person: MaskedPerson,
    from: Moment,
    to: Moment,
    setting: Type.String(),
    settingName: Setting,
    source: oneOf(['interview', 'declared', 'household', 'guest-list', 'scan']),
    confidence: Type.Number(),
    estimated: Type.Boolean(),
    place: orNull(Type.Object({ id: Id, name: Type.String() })),
    known: Type.Optional(BothKnown),
  },
  { title: 'CaseEdge' },
)
export type CaseEdge = Type.Static<typeof CaseEdge>
