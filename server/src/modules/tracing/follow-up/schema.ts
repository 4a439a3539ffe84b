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
  Phone,
  Text,
} from '../../../platform/shapes.ts'
import { MaskedPerson, Person } from '../../people/index.ts'

export const statuses = ['toTrace', 'reached', 'refused', 'notFound', 'isolated', 'released'] as const
export type Status = (typeof statuses)[number]
const outcomes = ['reached', 'ill', 'noAnswer', 'wrongNumber', 'refused', 'notFound', 'isolated'] as const
export type Outcome = (typeof outcomes)[number]
export const labels = ['F1', 'F2', 'F3'] as const
export type Label = (typeof labels)[number]
const tests = ['none', 'needed', 'ordered', 'taken', 'negative', 'positive'] as const
const quarantines = ['none', 'needed', 'ordered', 'done'] as const
const channels = ['phone', 'visit', 'sms'] as const
export const endReasons = ['watchOver', 'lost', 'officer', 'becameCase', 'noContact'] as const
export type EndReason = (typeof endReasons)[number]
const kinds = [
  'opened',
  'exposed',
  'farther',
  'attempt',
  'instructed',
  'test',
  'quarantine',
  'planned',
  'sent',
  'received',
  'returned',
  'withdrawn',
  'released',
] as const
export type EventKind = (typeof kinds)[number]
const measures = ['due24h', 'traced24h', 'watched', 'seen', 'lost', 'knownCases'] as const
export type Measure = (typeof measures)[number]
const dues = ['late', 'today', 'unseen', 'ending'] as const
export type Due = (typeof dues)[number]
const orders = ['nextAt', '-nextAt', 'watchUntil', '-watchUntil', 'exposedTo', '-exposedTo'] as const
export type FollowUpOrder = (typeof orders)[number]

const line = {
  id: Id,
  status: oneOf(statuses),
  disease: Both,
  area: AreaRef,
  sentTo: orNull(AreaRef),
  label: Type.Unsafe<Label>({
    type: 'string',
    enum: [...labels],
    description: 'The nearest that the person is to any of these cases.',
  }),
  exposures: Type.Integer({ description: 'Cases that the person was near.' }),
  exposedTo: Day,
  watchUntil: Day,
  tries: Type.Integer(),
  lastTryAt: orNull(Moment),
  reachedAt: orNull(Moment),
  lastSeenOn: orNull(Day),
  nextAt: Moment,
  late: Type.Boolean({ description: 'The moment of the next call has gone by.' }),
  test: oneOf(tests),
  quarantine: oneOf(quarantines),
  openedAt: Moment,
  endedAt: orNull(Moment),
  endReason: orNull(oneOf(endReasons)),
}

export const FollowUp = Type.Object({ ...line, person: MaskedPerson }, { title: 'FollowUp' })
export type FollowUp = Type.Static<typeof FollowUp>

const filter = {
  state: Type.Optional(oneOf(['open', 'ended'])),
  due: Type.Optional(
    Type.Unsafe<Due>({
      type: 'string',
      enum: [...dues],
      description:
        'late, today: the next call; unseen: today, and nobody has spoken with them today; ending: the watch ends today, or should have.',
    }),
  ),
  status: Type.Optional(oneOf(statuses)),
  label: Type.Optional(oneOf(labels)),
  exposedOn: Type.Optional(Day),
  caseId: Type.Optional(Id),
  caseNumber: Type.Optional({ ...Text(60), description: 'How the numbers of the cases begin.' }),
  area: Type.Optional(AreaCode),
  measure: Type.Optional(
    Type.Unsafe<Measure>({
      type: 'string',
      enum: [...measures],
      description: 'The rows of an indicator of the day `on`, open or ended; `state` does not matter then.',
    }),
  ),
  on: Type.Optional(Day),
}

export const FollowUpSearch = Type.Object(
  { ...PageQuery, ...filter, sort: Type.Optional(oneOf(orders)) },
  { additionalProperties: false },
)
export type FollowUpSearch = Type.Static<typeof FollowUpSearch>
export const FollowUpFinder = Type.Object(
  {
    ...FollowUpSearch.properties,
    phone: Type.Optional(Phone),
    name: Type.Optional({ ...Text(255), description: 'Any words of it, with or without diacritics.' }),
  },
  { additionalProperties: false },
)
export type FollowUpFinder = Type.Static<typeof FollowUpFinder>
export const FollowUpFilter = Type.Object(filter, { additionalProperties: false })
export type FollowUpFilter = Type.Static<typeof FollowUpFilter>

export const FollowUpCount = Type.Object(
  {
    people: Type.Integer({ description: 'Over all pages of the list.' }),
    mostInFile: Type.Integer({ description: 'A line list of more people is refused.' }),
  },
  { title: 'FollowUpCount' },
)

const Why = oneOf(['case', 'followUp'])
export const SheetQuery = Type.Object({ reason: Why }, { additionalProperties: false })

export const CallSheet = Type.Object(
  {
    ...line,
    person: Person,
    instructions: Type.Array(Type.String(), {
      description: 'What to tell the person; nothing in it names the case.',
    }),
    met: Type.Array(
      Type.Object({
        caseNumber: Type.String(),
        caseId: orNull(Id),
        label: oneOf(labels),
        firstAt: Moment,
        lastAt: Moment,
        places: Type.Array(Type.String()),
        recalledAt: Type.Unsafe<Date | null>({
          ...orNull(Moment),
          description: 'When their warning of it was taken back.',
        }),
      }),
    ),
    events: Type.Array(
      Type.Object({
        kind: oneOf(kinds),
        at: Moment,
        recordedAt: Moment,
        by: orNull(Type.String({ description: 'null: the server.' })),
        channel: orNull(oneOf(channels)),
        outcome: orNull(Type.String()),
        area: orNull(Type.String()),
        caseNumber: orNull(Type.String()),
        note: orNull(Type.String()),
      }),
      { description: 'Newest first.' },
    ),
  },
  { title: 'CallSheet' },
)
export type CallSheet = Type.Static<typeof CallSheet>

const Chosen = Type.Array(Id, { minItems: 1, maxItems: 500 })

export const FollowUpEntry = Type.Object(
  {
    followUpIds: Chosen,
    attempt: Type.Optional(
      Type.Object(
        {
          channel: oneOf(['phone', 'visit']),
          outcome: oneOf(outcomes),
          at: Type.Optional(
            Type.String({
              format: 'date-time',
              maxLength: 35,
              description: 'Of a sheet keyed in later; else now.',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    instruct: Type.Optional(Type.Literal(true)),
    test: Type.Optional(oneOf(tests)),
    quarantine: Type.Optional(oneOf(quarantines)),
    nextAt: Type.Optional(MomentIn),
    release: Type.Optional(Type.Literal(true)),
    note: Type.Optional(Text(1000)),
  },
  {
    additionalProperties: false,
    description: 'One entry for one or many people: all of it is written, or nothing.',
  },
)
export type FollowUpEntry = Type.Static<typeof FollowUpEntry>

export const WrittenEntry = Type.Object(
  {
    written: Type.Integer(),
    sent: Type.Integer({ description: 'Messages on their way.' }),
    unreachable: Type.Integer({ description: 'No number that takes messages is known.' }),
  },
  { title: 'WrittenEntry' },
)

// — hand-overs

const LabelCounts = Type.Array(Type.Object({ label: oneOf(labels), people: Type.Integer() }))

export const NewHandOver = Type.Object(
  { followUpIds: Chosen, areaCode: AreaCode },
  { additionalProperties: false },
)
export type NewHandOver = Type.Static<typeof NewHandOver>
export const SentHandOvers = Type.Object(
  { ids: Type.Array(Id), sent: Type.Integer() },
  { title: 'SentHandOvers' },
)

export const HandOver = Type.Object(
  {
    id: Id,
    direction: oneOf(['in', 'out', 'within']),
    from: AreaRef,
    to: AreaRef,
    disease: Both,
    sentAt: Moment,
    dueAt: Moment,
    sentBy: orNull(Type.String({ description: 'null: by residence, when the contacts were marked.' })),
    people: Type.Integer(),
    labels: Type.Unsafe<Type.Static<typeof LabelCounts>>({
      ...LabelCounts,
      description: 'As who these people are watched now: counts of all of them, never names.',
    }),
    waiting: Type.Integer(),
    received: Type.Integer(),
    returned: Type.Integer(),
    withdrawn: Type.Integer(),
    lateReceipts: Type.Integer({ description: 'Received, or still waiting, after it was due.' }),
    lastAnswer: orNull(Type.Object({ at: Moment, by: orNull(Type.String()) })),
    statuses: Type.Array(Type.Object({ status: oneOf(statuses), people: Type.Integer() }), {
      description: 'How those stand who were received: counts, never names.',
    }),
  },
  { title: 'HandOver' },
)
export type HandOver = Type.Static<typeof HandOver>

export const HandOverSearch = Type.Object(
  {
    ...PageQuery,
    direction: oneOf(['in', 'out']),
    state: Type.Optional(oneOf(['waiting', 'late'])),
  },
  { additionalProperties: false },
)
export type HandOverSearch = Type.Static<typeof HandOverSearch>

const ReturnReason = oneOf(['notHere', 'moved', 'unknownPerson', 'other'])
export const HandOverLine = Type.Object(
  {
    followUpId: Id,
    person: MaskedPerson,
    label: oneOf(labels),
    exposedTo: Day,
    watchUntil: Day,
    answer: orNull(oneOf(['received', 'returned', 'withdrawn'])),
    answeredAt: orNull(Moment),
    reason: orNull(ReturnReason),
  },
  { title: 'HandOverLine' },
)
export type HandOverLine = Type.Static<typeof HandOverLine>

export const HandOverAnswer = Type.Object(
  {
    answer: oneOf(['received', 'returned', 'withdrawn']),
    followUpIds: Type.Optional(Chosen),
    reason: Type.Optional(ReturnReason),
  },
  { additionalProperties: false, description: 'Of the named people, or of all who wait. A return says why.' },
)
export type HandOverAnswer = Type.Static<typeof HandOverAnswer>
export const AnsweredHandOver = Type.Object(
  {
    answered: Type.Integer(),
    alreadyAnswered: Type.Integer(),
    labels: Type.Unsafe<Type.Static<typeof LabelCounts>>({
      ...LabelCounts,
      description: 'Of those answered.',
    }),
  },
  { title: 'AnsweredHandOver' },
)

// — figures and files

const figures = {
  due24h: Type.Integer(),
  traced24h: Type.Integer(),
  watched: Type.Integer(),
  seen: Type.Integer(),
  lost: Type.Integer(),
  cases: Type.Integer(),
  knownCases: Type.Integer(),
}
const Indicators = Type.Object(figures, { title: 'FollowUpFigures' })
export const IndicatorQuery = Type.Object(
  { on: Type.Optional(Day), area: Type.Optional(AreaCode) },
  { additionalProperties: false },
)
export type IndicatorQuery = Type.Static<typeof IndicatorQuery>
export const IndicatorReport = Type.Object(
  {
    on: Day,
    asOf: Moment,
    area: AreaRef,
    totals: Indicators,
    rows: Type.Array(Type.Object({ area: AreaRef, ...figures })),
    definitionsVersion: Type.Integer(),
    definitions: Type.Record(Type.String(), Both),
  },
  { title: 'FollowUpReport' },
)

export const LineListOrder = Type.Object(
  {
    ...filter,
    followUpIds: Type.Optional(Chosen),
    part: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description:
          'Of a list that is longer than a file: which 5,000, by the day of the last contact. Without it such a list is refused.',
      }),
    ),
    label: Type.Optional(
      Type.Unsafe<Label | 'all'>({
        type: 'string',
        enum: [...labels, 'all'],
        description: 'Unless said, and unless people are named: F1 in the F1 form, all in the other.',
      }),
    ),
    form: oneOf(['f1', 'who']),
    format: oneOf(['csv', 'xlsx', 'pdf']),
    reason: Why,
  },
  { additionalProperties: false, description: 'Everybody in the file has been read, for this reason.' },
)
export type LineListOrder = Type.Static<typeof LineListOrder>
