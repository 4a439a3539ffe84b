import Type from 'typebox'
import { Day, Id, Moment, MomentIn, oneOf, orNull, Text } from '../../../platform/shapes.ts'
import { Classification, Origin } from '../schema.ts'

const closed = { additionalProperties: false } as const

export const NewClassification = Type.Object(
  {
    after: Type.String({
      format: 'uuid',
      description:
        'The classification that was in force when this one was decided; another one since is a conflict.',
    }),
    classification: Classification,
    origin: Type.Optional(Origin),
    validFrom: Type.Optional(Day),
    reason: Text(1000),
  },
  closed,
)
export type NewClassification = Type.Static<typeof NewClassification>

export const CaseClassification = Type.Object(
  {
    id: Id,
    classification: Classification,
    origin: Origin,
    definitionVersion: Type.Integer({ description: 'The version of the disease profile with its words.' }),
    definition: orNull(Type.String({ description: "The case definition, in the reader's language." })),
    validFrom: Day,
    reason: orNull(Type.String()),
    recordedAt: Moment,
    recordedBy: orNull(Type.String()),
    current: Type.Boolean(),
  },
  { title: 'CaseClassification' },
)
export type CaseClassification = Type.Static<typeof CaseClassification>

const Dates = Type.Object({ onsetOn: orNull(Day), sampledOn: orNull(Day), isolatedAt: orNull(Moment) })

export const CaseDateChange = Type.Object(
  {
    id: Id,
    before: Dates,
    after: Dates,
    reason: orNull(Type.String()),
    recordedAt: Moment,
    recordedBy: orNull(Type.String()),
  },
  { title: 'CaseDateChange' },
)
export type CaseDateChange = Type.Static<typeof CaseDateChange>

const kinds = ['pcr', 'rapid', 'antibody', 'culture', 'sequencing', 'other'] as const
const results = ['positive', 'negative', 'indeterminate', 'invalid'] as const

const tested = {
  sampledOn: Day,
  kind: oneOf(kinds),
  result: oneOf(results),
  laboratory: Text(200),
}

export const NewLabResult = Type.Object(
  {
    ...tested,
    ct: Type.Optional(
      Type.Number({ minimum: 1, maximum: 50, description: 'Of a PCR: the cycle threshold.' }),
    ),
    receivedAt: Type.Optional(MomentIn),
  },
  closed,
)
export type NewLabResult = Type.Static<typeof NewLabResult>

export const Withdrawal = Type.Object({ reason: Text(1000) }, closed)
export type Withdrawal = Type.Static<typeof Withdrawal>

export const LabResult = Type.Object(
  {
    id: Id,
    ...tested,
    ct: orNull(Type.Number()),
    receivedAt: Moment,
    recordedAt: Moment,
    recordedBy: orNull(Type.String()),
    withdrawnAt: orNull(Moment),
    withdrawnBy: orNull(Type.String()),
    reason: orNull(Type.String({ description: 'Why it was withdrawn.' })),
  },
  { title: 'LabResult' },
)
export type LabResult = Type.Static<typeof LabResult>
