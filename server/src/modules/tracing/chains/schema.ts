import Type from 'typebox'
import {
  AreaCode,
  AreaRef,
  Both,
  Day,
  Id,
  Moment,
  oneOf,
  orNull,
  PageQuery,
  Text,
} from '../../../platform/shapes.ts'

export const sources = ['officer', 'import', 'trace'] as const
const Source = oneOf(sources)
export const confidences = ['confirmed', 'probable', 'possible'] as const
const Confidence = oneOf(confidences)
const reasons = ['mistake', 'disproved', 'replaced'] as const

/** Of a case beyond the reader's reach only the day is said. */
const LinkedCase = Type.Object(
  { id: orNull(Id), number: orNull(Type.String()), beganOn: Day },
  { title: 'LinkedCase', description: 'A case beyond the reach of the reader has neither id nor number.' },
)
export type LinkedCase = Type.Static<typeof LinkedCase>

const LinkedPlace = Type.Object(
  { id: Id, code: Type.String(), name: Type.String(), area: orNull(AreaRef) },
  { title: 'LinkedPlace' },
)

export const NewLink = Type.Object(
  {
    infectorNumber: Type.Optional(Text(60)),
    placeCode: Type.Optional(Text(200)),
    exposedOn: Type.Optional(Day),
    confidence: Confidence,
    suggested: Type.Optional(
      Type.Boolean({ description: 'Confirms what a trace suggested: the source of the link is the trace.' }),
    ),
  },
  { additionalProperties: false, description: 'From which case, at which place, or both.' },
)
export type NewLink = Type.Static<typeof NewLink>

export const LinkWithdrawal = Type.Object({ because: oneOf(reasons) }, { additionalProperties: false })
export type LinkWithdrawal = Type.Static<typeof LinkWithdrawal>

export const TransmissionLink = Type.Object(
  {
    id: Id,
    infector: orNull(LinkedCase),
    infected: LinkedCase,
    place: orNull(LinkedPlace),
    exposedOn: orNull(Day),
    source: Source,
    confidence: Confidence,
    serialDays: orNull(
      Type.Integer({ description: 'From the onset of the one to that of the other; may be negative.' }),
    ),
    addedAt: Moment,
    addedBy: orNull(Type.String()),
    withdrawnAt: orNull(Moment),
    withdrawnBy: orNull(Type.String()),
    withdrawnBecause: orNull(oneOf(reasons)),
  },
  { title: 'TransmissionLink' },
)
export type TransmissionLink = Type.Static<typeof TransmissionLink>

const SuggestedLink = Type.Object(
  {
    infector: LinkedCase,
    label: oneOf(['F1', 'F2', 'F3']),
    firstAt: Moment,
    lastAt: Moment,
    place: orNull(LinkedPlace),
    seconds: Type.Integer({ description: 'Together at that place, while the earlier case could infect.' }),
  },
  { title: 'SuggestedLink' },
)
export type SuggestedLink = Type.Static<typeof SuggestedLink>

export const CaseLinks = Type.Object(
  {
    items: Type.Array(TransmissionLink),
    suggestions: Type.Array(SuggestedLink, {
      description: 'Earlier cases of whom this person was marked a contact, and no link says so yet.',
    }),
    next: orNull(Type.String()),
  },
  { title: 'CaseLinks' },
)
export type CaseLinks = Type.Static<typeof CaseLinks>

export const PossibleSource = Type.Object(
  {
    place: LinkedPlace,
    score: Type.Number(),
    why: Type.String({ description: 'How the score came about; in the language of the reader.' }),
    cases: Type.Integer({ description: 'Earlier cases that were there at the same time.' }),
    seconds: Type.Integer(),
    meetings: Type.Array(
      Type.Object({
        with: LinkedCase,
        from: Moment,
        to: Moment,
        seconds: Type.Integer(),
        estimated: Type.Boolean({ description: 'An exit that nobody recorded was estimated.' }),
      }),
    ),
  },
  { title: 'PossibleSource' },
)
export type PossibleSource = Type.Static<typeof PossibleSource>

export const PossibleSources = Type.Object(
  {
    from: Moment,
    to: Moment,
    rule: Type.String({ description: 'In the language of the reader.' }),
    earlierCases: Type.Integer({ description: 'With how many cases this one was compared.' }),
    items: Type.Array(PossibleSource),
    next: orNull(Type.String()),
  },
  { title: 'PossibleSources' },
)
export type PossibleSources = Type.Static<typeof PossibleSources>

// — chains

const figure = orNull(Type.Number())
const Distribution = Type.Object(
  {
    n: Type.Integer(),
    mean: figure,
    median: figure,
    sd: Type.Unsafe<number | null>({ ...figure, description: 'Of a sample: divided by n - 1.' }),
    min: figure,
    max: figure,
    values: Type.Array(Type.Object({ value: Type.Integer(), count: Type.Integer() })),
  },
  { title: 'Distribution' },
)
const Offspring = Type.Object(
  {
    cases: Type.Integer(),
    infections: Type.Integer(),
    mean: figure,
    max: Type.Integer(),
    shareNone: Type.Unsafe<number | null>({ ...figure, description: 'Of cases who infected nobody.' }),
    topFifthShare: Type.Unsafe<number | null>({
      ...figure,
      description: 'Of infections that the fifth of the cases caused who infected most.',
    }),
    counts: Type.Array(Type.Object({ infected: Type.Integer(), cases: Type.Integer() })),
  },
  { title: 'Offspring' },
)

const asOf = Type.Optional(
  Type.Unsafe<string>({ ...Day, description: 'Cases that fell ill later do not count. Today unless asked.' }),
)
const orders = ['size', '-size', 'firstOn', '-firstOn', 'lastOn', '-lastOn'] as const
export type ChainOrder = (typeof orders)[number]

export const AsOf = Type.Object({ asOf }, { additionalProperties: false })
export type AsOf = Type.Static<typeof AsOf>

export const ChainSearch = Type.Object(
  {
    ...PageQuery,
    asOf,
    area: Type.Optional(AreaCode),
    disease: Type.Optional(Text(40)),
    status: Type.Optional(oneOf(['active', 'ended'])),
    minSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    sort: Type.Optional(oneOf(orders)),
  },
  { additionalProperties: false },
)
export type ChainSearch = Type.Static<typeof ChainSearch>

const chainFacts = {
  disease: Both,
  diseaseId: Type.String(),
  size: Type.Integer({ description: 'Cases, also those beyond the reach of the reader.' }),
  beyond: Type.Integer({ description: 'Cases beyond the reach of the reader.' }),
  firstOn: Day,
  lastOn: Day,
  active: Type.Boolean(),
  endsOn: Type.Unsafe<string>({ ...Day, description: 'The last onset and twice the longest incubation.' }),
}

export const ChainSummary = Type.Object(
  {
    case: Type.Object(
      { id: Id, number: Type.String() },
      { description: 'By whom the chain is called: the first case of it within reach.' },
    ),
    place: orNull(Type.Object({ name: Type.String(), cases: Type.Integer() })),
    ...chainFacts,
  },
  { title: 'ChainSummary' },
)
export type ChainSummary = Type.Static<typeof ChainSummary>

export const Chains = Type.Object({
  items: Type.Array(ChainSummary),
  asOf: Day,
  next: orNull(Type.String()),
})

export const Chain = Type.Object(
  {
    asOf: Day,
    ...chainFacts,
    rule: Type.String({
      description: 'When the chain counts as ended, and why; in the language of the reader.',
    }),
    generations: Type.Integer({ description: 'The greatest distance of a case from a beginning.' }),
    shown: Type.Integer({ description: 'Cases among `nodes`: a very large chain is cut after so many.' }),
    serialIntervals: Distribution,
    offspring: Offspring,
    nodes: Type.Array(
      Type.Object({
        key: Type.String(),
        kind: oneOf(['case', 'event']),
        caseId: orNull(Id),
        label: orNull(
          Type.String({ description: 'The number of a case within reach, or the name of a place.' }),
        ),
        area: orNull(Type.String()),
        onsetKnown: Type.Boolean({ description: 'Otherwise the day is that of the sample.' }),
        on: Day,
        generation: Type.Integer(),
        infected: Type.Integer(),
      }),
    ),
    links: Type.Array(
      Type.Object({
        from: Type.String(),
        to: Type.String(),
        place: orNull(Type.String()),
        source: orNull(Source),
        confidence: orNull(Confidence),
        serialDays: orNull(Type.Integer()),
      }),
    ),
  },
  { title: 'Chain' },
)
export type Chain = Type.Static<typeof Chain>

export const FigureSearch = Type.Object(
  { asOf, disease: Text(40), area: Type.Optional(AreaCode) },
  { additionalProperties: false },
)
export type FigureSearch = Type.Static<typeof FigureSearch>

export const TransmissionFigures = Type.Object(
  {
    asOf: Day,
    serialIntervals: Distribution,
    offspring: Offspring,
    definitions: Type.Array(Type.String(), { description: 'In the language of the reader.' }),
  },
  { title: 'TransmissionFigures' },
)
export type TransmissionFigures = Type.Static<typeof TransmissionFigures>

export const SpreadingPlaceSearch = Type.Object(
  { ...PageQuery, asOf, disease: Text(40), area: Type.Optional(AreaCode) },
  { additionalProperties: false },
)
export type SpreadingPlaceSearch = Type.Static<typeof SpreadingPlaceSearch>

export const SpreadingPlace = Type.Object(
  {
    place: LinkedPlace,
    infected: Type.Integer({ description: 'Cases of whom a link says that they were infected there.' }),
    firstOn: Day,
    lastOn: Day,
    from: Type.Unsafe<string>({
      ...Day,
      description: 'The first day on which any of them may have been exposed.',
    }),
    to: Type.Unsafe<string>({ ...Day, description: 'The last one.' }),
    present: Type.Integer({
      description: 'People who were recorded there on these days, but who infected others there.',
    }),
    ill: Type.Integer({ description: 'Those of them who became cases within the longest incubation.' }),
    attackRate: figure,
  },
  { title: 'SpreadingPlace' },
)
export type SpreadingPlace = Type.Static<typeof SpreadingPlace>
