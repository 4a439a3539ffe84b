import Type from 'typebox'
import { AreaRef, Both, Day, Id, Moment, MomentIn, oneOf, orNull, PageQuery } from '../../platform/shapes.ts'
import type { Classification } from '../cases/index.ts'
import { MaskedPerson } from '../people/index.ts'
import { doubtNames } from '../visits/index.ts'
import { endReasons, statuses as followUpStatuses } from './follow-up/schema.ts'
import { BothKnown, CaseEdge } from './graph/schema.ts'
import { RunStatus } from './sending/schema.ts'

const MOST_SECONDS = 86_400

const airing = orNull(Type.Integer())
const AiringByVentilation = Type.Object(
  { sealed: airing, conditioned: airing, natural: airing, open: airing },
  {
    description:
      'In place of `airingSeconds`, by how a place is aired; null where being there at the same time makes nobody a contact.',
  },
)

const beside = Type.Optional(
  Type.Boolean({
    description:
      'Also by declared contacts, households and guest lists; false unless said. Later hops go on from these people too.',
  }),
)

const ReasonWider = Type.Optional(
  Type.String({
    maxLength: 500,
    description:
      'Why a window is wider than from the longest incubation before the illness began to the end of the infectious window; the auditor reads it.',
  }),
)

export const NewTrace = Type.Object(
  {
    from: Type.Optional(MomentIn),
    to: Type.Optional(MomentIn),
    minOverlapSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_SECONDS })),
    airingSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_SECONDS })),
    hops: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
    beside,
    reason: ReasonWider,
  },
  {
    additionalProperties: false,
    description: 'What is left out comes from the case: its window, and the profile of its disease.',
  },
)
export type NewTrace = Type.Static<typeof NewTrace>

export const statuses = ['waiting', 'running', 'done', 'failed'] as const
export const Status = oneOf(statuses)

export const StartedTrace = Type.Object({ id: Id, status: Status }, { title: 'StartedTrace' })

const StoredParameters = Type.Object({
  from: Moment,
  to: Moment,
  minOverlapSeconds: Type.Integer(),
  airingSeconds: Type.Integer(),
  airingByVentilation: Type.Optional(AiringByVentilation),
  hops: Type.Integer(),
  latencyHours: Type.Number(),
  diseaseId: Type.String(),
  profileVersion: Type.Integer(),
  beside: Type.Optional(Type.Literal(true)),
  wider: Type.Optional(Type.Literal(true, { description: 'Beyond the window that the case had.' })),
  reason: Type.Optional(Type.String({ description: 'Why.' })),
})

export const Trace = Type.Object(
  {
    id: Id,
    caseId: Id,
    caseStatus: Type.Unsafe<Classification>({
      type: 'string',
      enum: ['suspected', 'probable', 'confirmed', 'discarded'],
      description: 'What the case is called now; a trace of a discarded one stays as it is.',
    }),
    status: Status,
    progress: Type.Object({ done: Type.Integer(), total: Type.Integer() }, { description: 'Hops.' }),
    parameters: StoredParameters,
    counts: Type.Array(
      Type.Object({
        hop: Type.Integer(),
        people: Type.Integer(),
        beside: Type.Optional(
          Type.Integer({ description: 'Of these, whom an edge beside the scans makes one.' }),
        ),
      }),
    ),
    askedAt: Moment,
    startedAt: orNull(Moment),
    finishedAt: orNull(Moment),
    lookedAt: Type.Unsafe<Date | null>({
      ...orNull(Moment),
      description: 'When all of it was last looked for again, and was found the same.',
    }),
    listDeletedAt: Type.Unsafe<Date | null>({
      ...orNull(Moment),
      description:
        'When the list of a trace that nobody asked for, read or acted on began to be deleted, because a later one had taken its place.',
    }),
    problem: orNull(Type.String()),
    follows: Type.Unsafe<string | null>({
      ...orNull(Id),
      description: 'The trace that this one answers anew.',
    }),
    changes: Type.Array(
      Type.Object({
        hop: Type.Integer(),
        entering: Type.Integer(),
        leaving: Type.Integer(),
        gone: Type.Integer({
          description:
            'Who leaves, and who left before, is found no more and is still marked: `gone` of the list shows them.',
        }),
      }),
      { description: 'Against the trace that it follows.' },
    ),
  },
  { title: 'Trace' },
)
export type Trace = Type.Static<typeof Trace>

const TraceEdge = Type.Object(
  { with: MaskedPerson, ...Type.Omit(CaseEdge, ['person', 'known']).properties },
  { title: 'TraceEdge' },
)

/** Above that nobody counts further. */
export const MOST_ASIDE = 100

export const TraceContact = Type.Object(
  {
    person: MaskedPerson,
    hop: Type.Integer(),
    via: orNull(MaskedPerson),
    overlapSeconds: Type.Integer(),
    firstAt: Moment,
    lastAt: Moment,
    label: orNull(oneOf(['F1', 'F2', 'F3'])),
    isNew: Type.Boolean({ description: 'The trace that this one follows did not find them.' }),
    isChanged: Type.Boolean({
      description:
        'The exposures are found from the stays of today, and these changed since the list was made: they no longer give its time.',
    }),
    toMarkAnew: Type.Boolean({
      description:
        'Marked before; by this trace exposed later or found nearer. Marking them begins the watch anew.',
    }),
    exposures: Type.Array(
      Type.Object({
        place: Type.Object({ id: Id, name: Type.String(), area: orNull(AreaRef) }),
        with: orNull(MaskedPerson),
        from: Moment,
        to: Moment,
        seconds: Type.Integer(),
        estimated: Type.Boolean({ description: 'An exit that nobody recorded was estimated.' }),
        known: BothKnown,
      }),
    ),
    setAside: Type.Optional(
      Type.Array(
        Type.Object({
          place: Type.Object({ id: Id, name: Type.String() }),
          on: Day,
          reason: oneOf(doubtNames),
          scans: Type.Integer({ description: `How many scans that is of, up to ${MOST_ASIDE}.` }),
          isMore: Type.Boolean({ description: 'There are more than were counted.' }),
        }),
        { description: 'Their scans that count for nothing, where they were met and on that day.' },
      ),
    ),
    beside: Type.Optional(
      Type.Array(TraceEdge, {
        description: 'What else makes them a contact, the surest first; whom no scan saw has no exposures.',
      }),
    ),
    gone: Type.Optional(
      Type.Object(
        {
          isWithdrawn: Type.Boolean({ description: 'An officer said that they are no contact any more.' }),
          followUp: orNull(oneOf(followUpStatuses)),
          endReason: orNull(oneOf(endReasons)),
          otherCases: Type.Integer({ description: 'For which they are watched as well.' }),
        },
        { description: 'Of who is found no more: how they stand, `label` being what they were marked as.' },
      ),
    ),
  },
  { title: 'TraceContact' },
)
export type TraceContact = Type.Static<typeof TraceContact>

/** What would be otherwise. What is left out is as the case has it. */
export const WhatIf = Type.Object(
  {
    onsetOn: Type.Optional(orNull(Day)),
    sampledOn: Type.Optional(orNull(Day)),
    isolatedAt: Type.Optional(orNull(MomentIn)),
    minOverlapSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_SECONDS })),
    airingSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: MOST_SECONDS })),
    stay: Type.Optional(
      Type.Object(
        { placeId: Id, arrivedAt: MomentIn, leftAt: MomentIn },
        { additionalProperties: false, description: 'A stay of the case, and when it would have ended.' },
      ),
    ),
    reason: ReasonWider,
  },
  { additionalProperties: false, minProperties: 1 },
)
export type WhatIf = Type.Static<typeof WhatIf>

const changing = {
  person: MaskedPerson,
  hop: Type.Integer(),
  overlapSeconds: Type.Integer({ description: '0 of whom no scan knows.' }),
  firstAt: Moment,
  lastAt: Moment,
}
const Changing = Type.Object(changing)
const Moving = Type.Object({
  ...changing,
  from: Type.Integer({ description: 'The hop in which they are as the case stands.' }),
})
const Side = Type.Object({
  from: Moment,
  to: Moment,
  minOverlapSeconds: Type.Integer(),
  airingSeconds: Type.Integer(),
  airingByVentilation: Type.Optional(AiringByVentilation),
  counts: Type.Array(Type.Object({ hop: Type.Integer(), people: Type.Integer() }), {
    description: 'Of each hop that was traced.',
  }),
})

export const WhatIfAnswer = Type.Object(
  {
    beside: Type.Optional(
      Type.Literal(true, {
        description: 'The case was traced beside the scans, so this counts them as well.',
      }),
    ),
    before: Side,
    after: Side,
    entering: Type.Integer({ description: 'In none of the hops as the case stands.' }),
    leaving: Type.Integer({ description: 'In none of the hops as it would be.' }),
    moving: Type.Integer({ description: 'In another hop.' }),
    enters: Type.Array(Changing, { description: 'The first hundred, by hop, the longest time first.' }),
    leaves: Type.Array(Changing, { description: 'The first hundred, by hop, the longest time first.' }),
    moves: Type.Array(Moving, {
      description: 'The first hundred, with the hop and the times that they would have.',
    }),
  },
  {
    title: 'WhatIfAnswer',
    description:
      'Contacts of the hops that the case was traced to, as it stands and as it would be. Nothing is kept.',
  },
)
export type WhatIfAnswer = Type.Static<typeof WhatIfAnswer>

export const NewTraceBatch = Type.Object(
  {
    caseIds: Type.Array(Id, { minItems: 1, maxItems: 2000, uniqueItems: true }),
    beside,
  },
  { additionalProperties: false },
)
export type NewTraceBatch = Type.Static<typeof NewTraceBatch>

export const TraceBatch = Type.Object(
  {
    id: Id,
    total: Type.Integer({ description: 'Cases.' }),
    done: Type.Integer(),
    failed: Type.Integer(),
    people: Type.Integer({ description: 'Different contacts in all, once it is finished.' }),
    askedAt: Moment,
    finishedAt: orNull(Moment),
  },
  { title: 'TraceBatch' },
)
export type TraceBatch = Type.Static<typeof TraceBatch>

export const TraceOfBatch = Type.Object(
  {
    id: Id,
    caseId: Id,
    number: Type.String({ description: 'Of the case.' }),
    area: AreaRef,
    status: Status,
    people: Type.Integer(),
    problem: orNull(Type.String()),
  },
  { title: 'TraceOfBatch' },
)
export type TraceOfBatch = Type.Static<typeof TraceOfBatch>

export const UntracedSearch = Type.Object(
  {
    ...PageQuery,
    from: Type.Optional(Day),
    to: Type.Optional(Day),
  },
  { additionalProperties: false, description: 'Days on which the cases were recorded, both included.' },
)
export type UntracedSearch = Type.Static<typeof UntracedSearch>

const UntracedCase = Type.Object(
  {
    id: Id,
    number: Type.String(),
    status: Type.Unsafe<Classification>({ type: 'string', enum: ['suspected', 'probable', 'confirmed'] }),
    area: AreaRef,
    createdAt: Moment,
  },
  { title: 'UntracedCase' },
)

export const UntracedCases = Type.Object(
  {
    items: Type.Array(UntracedCase),
    next: orNull(Type.String()),
    total: Type.Integer({ description: 'Of all pages.' }),
  },
  { title: 'UntracedCases' },
)
export type UntracedCases = Type.Static<typeof UntracedCases>

const RenewedCase = Type.Object(
  {
    id: Id,
    number: Type.String(),
    area: AreaRef,
    traceId: Id,
    finishedAt: Moment,
    entering: Type.Integer({
      description: 'Who came onto the list since an officer last traced the case, of all hops.',
    }),
  },
  { title: 'RenewedCase' },
)

export const RenewedCases = Type.Object(
  { items: Type.Array(RenewedCase), next: orNull(Type.String()) },
  { title: 'RenewedCases' },
)
export type RenewedCases = Type.Static<typeof RenewedCases>

export const sures = ['recorded', 'partly', 'estimated', 'told'] as const
export type Sure = (typeof sures)[number]

const traceOrders = ['overlapSeconds', '-overlapSeconds', 'firstAt', '-firstAt', 'lastAt', '-lastAt'] as const
export type TraceOrder = (typeof traceOrders)[number]

const traceContactFilter = {
  hop: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
  new: Type.Optional(Type.Boolean({ description: 'Only those whom the trace before did not find.' })),
  beside: Type.Optional(Type.Boolean({ description: 'Only those whom an edge beside the scans makes one.' })),
  unmarked: Type.Optional(Type.Boolean({ description: 'Only those who are no contacts of the case yet.' })),
  place: Type.Optional(
    Type.Unsafe<string>({
      ...Id,
      description:
        'Only those whose line names this place. This and `sure` are known once `/traces/{id}/places` says so of the hop.',
    }),
  ),
  sure: Type.Optional(
    Type.Unsafe<Sure>({
      type: 'string',
      enum: [...sures],
      description:
        'Only those whose line rests on exits that were all recorded, partly or all estimated; or who were not scanned.',
    }),
  ),
  gone: Type.Optional(
    Type.Boolean({
      description:
        'In place of those found, who was on the list that this trace follows and is found no more, as that list has them.',
    }),
  ),
  farther: Type.Optional(
    Type.Boolean({
      description:
        'Only contacts who were marked nearer than this trace finds them, and whom no later one finds nearer.',
    }),
  ),
}

export const TraceContactFilter = Type.Object(traceContactFilter, { additionalProperties: false })
export type TraceContactFilter = Type.Static<typeof TraceContactFilter>

export const TraceContactCounts = Type.Object(
  {
    people: Type.Integer({ description: 'Who match the filter, up to 1,000.' }),
    isMore: Type.Boolean({ description: 'There are more than that.' }),
    toMark: Type.Integer({ description: 'Of all in the hop: not marked yet, or to be marked anew.' }),
    gone: Type.Integer({
      description:
        'Contacts of the case whom the trace and later ones find no more, of all hops, and who can be taken back. 0 where it looked in less than the case has.',
    }),
    farther: Type.Array(Type.Object({ hop: Type.Integer(), people: Type.Integer() }), {
      description:
        'By the hop in which they are found now: contacts who were marked nearer, and can be relabelled. None where nobody can be taken back.',
    }),
  },
  { title: 'TraceContactCounts' },
)
export type TraceContactCounts = Type.Static<typeof TraceContactCounts>

export const TraceContactSearch = Type.Object(
  { ...PageQuery, ...traceContactFilter, sort: Type.Optional(oneOf(traceOrders)) },
  { additionalProperties: false },
)
export type TraceContactSearch = Type.Static<typeof TraceContactSearch>

export const TracePlaceSearch = Type.Object(
  { ...PageQuery, hop: Type.Optional(Type.Integer({ minimum: 1, maximum: 3, default: 1 })) },
  { additionalProperties: false },
)
export type TracePlaceSearch = Type.Static<typeof TracePlaceSearch>

export const TracePlacesAgain = Type.Object(
  { hop: Type.Integer({ minimum: 1, maximum: 3 }) },
  { additionalProperties: false },
)

export const TracePlaces = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        place: Type.Object({ id: Id, name: Type.String(), area: orNull(AreaRef) }),
        people: Type.Integer(),
      }),
    ),
    next: orNull(Type.String()),
    isKnown: Type.Boolean({
      description: 'false: a job is finding out where the people of this hop were met, in seconds.',
    }),
    isLost: Type.Boolean({
      description:
        'The job met an error, or was not done within an hour. It begins anew when it is asked for again.',
    }),
    unplaced: Type.Integer({
      description:
        'How many of the hop have no place, because the stays changed since the trace: no narrowed list has them.',
    }),
  },
  { title: 'TracePlaces' },
)
export type TracePlaces = Type.Static<typeof TracePlaces>

const Reach = oneOf(['sms', 'none'])

export const Contact = Type.Object(
  {
    id: Id,
    person: MaskedPerson,
    label: oneOf(['F1', 'F2', 'F3']),
    firstAt: Moment,
    lastAt: Moment,
    markedAt: Moment,
    reachedBy: Type.Unsafe<'sms' | 'none' | null>({
      ...orNull(Reach),
      description:
        'none: no number is known, so somebody has to call on them. null: the message is being made.',
    }),
    toldAt: orNull(Moment),
    readAt: orNull(Moment),
    recalledAt: Type.Unsafe<Date | null>({
      ...orNull(Moment),
      description: 'Since when the message counts no more: they were told that it was sent by mistake.',
    }),
    withdrawnAt: Type.Unsafe<Date | null>({
      ...orNull(Moment),
      description: 'Since when they are no contact any more: the case was traced anew without them.',
    }),
    sending: Type.Unsafe<RunStatus | null>({
      ...orNull(RunStatus),
      description: 'How far the sending is to which the message belongs.',
    }),
  },
  { title: 'Contact' },
)
export type Contact = Type.Static<typeof Contact>

export const ContactCounts = Type.Object(
  {
    people: Type.Integer(),
    withdrawn: Type.Integer({ description: 'Others, who were contacts and are none any more.' }),
    told: Type.Integer({ description: 'By a message that stands.' }),
    recalled: Type.Integer({ description: 'Their message was taken back.' }),
    unreachable: Type.Integer({ description: 'No number is known: somebody has to call on them.' }),
    going: Type.Integer({ description: 'Their message is being made.' }),
    held: Type.Integer({ description: 'Nobody told them: a second officer decides, or it was stopped.' }),
    read: Type.Integer({ description: 'Have opened their warning.' }),
  },
  { title: 'ContactCounts' },
)
export type ContactCounts = Type.Static<typeof ContactCounts>

export const ContactSearch = Type.Object(
  { ...PageQuery, reachedBy: Type.Optional(Reach) },
  { additionalProperties: false },
)
export type ContactSearch = Type.Static<typeof ContactSearch>

export const Warning = Type.Object(
  {
    id: Id,
    at: Moment,
    person: MaskedPerson,
    disease: Both,
    title: Type.String(),
    instructions: Type.Array(Type.String(), {
      description: 'What to do, a step each; in the language of the reader.',
    }),
    label: Type.Unsafe<'F1' | 'F2' | 'F3'>({
      ...oneOf(['F1', 'F2', 'F3']),
      description: 'F1 were near a case, F2 and F3 near people who were.',
    }),
    exposedFrom: Day,
    exposedTo: Day,
    watchUntil: Day,
    readAt: orNull(Moment),
    recalledAt: orNull(Moment),
  },
  { title: 'Warning' },
)
export type Warning = Type.Static<typeof Warning>
