import Type from 'typebox'
import { Id, Moment, oneOf, orNull, Text } from '../../../platform/shapes.ts'
import { Status } from '../schema.ts'

const Label = oneOf(['F1', 'F2', 'F3'])

export const MarkContacts = Type.Object(
  {
    traceId: Type.Optional(Id),
    personIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000 })),
    all: Type.Optional(Type.Literal(true)),
    label: Label,
  },
  {
    additionalProperties: false,
    description:
      'People of the hop that the label says (F1: hop 1), by name or all of them. Without a trace: of those beside the scans (`/cases/{id}/edges`), who are F1.',
  },
)
export type MarkContacts = Type.Static<typeof MarkContacts>

export const WithdrawContacts = Type.Object(
  {
    traceId: Id,
    personIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000 })),
    all: Type.Optional(Type.Literal(true)),
    reason: Text(500),
  },
  {
    additionalProperties: false,
    description: 'People marked whom the trace finds no more (`gone` of its list), by name or all of them.',
  },
)
export type WithdrawContacts = Type.Static<typeof WithdrawContacts>

export const RelabelContacts = Type.Object(
  {
    traceId: Id,
    personIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000 })),
    all: Type.Optional(Type.Literal(true)),
    label: oneOf(['F2', 'F3']),
    reason: Text(500),
  },
  {
    additionalProperties: false,
    description:
      'People marked nearer than the trace finds them (`farther` of its list) in the hop of the label, by name or all of them.',
  },
)
export type RelabelContacts = Type.Static<typeof RelabelContacts>

export const ContactMarking = Type.Object(
  {
    id: Id,
    label: Type.Unsafe<'F1' | 'F2' | 'F3' | null>({
      ...orNull(Label),
      description: 'null: these are contacts of the case no more.',
    }),
    isFarther: Type.Boolean({
      description: 'These were marked nearer before; `renewed` of them bear the label now.',
    }),
    status: Status,
    progress: Type.Object({ done: Type.Integer(), total: Type.Integer() }, { description: 'People.' }),
    marked: Type.Integer(),
    alreadyMarked: Type.Integer(),
    renewed: Type.Integer({
      description: 'Of those already marked: exposed on a later day, or found nearer, and warned anew.',
    }),
    withdrawn: Type.Integer({ description: 'Who are contacts no more.' }),
    ended: Type.Integer({
      description: 'Of these, whose follow-up ended with it; the others are watched for another case.',
    }),
    waitsFor: Type.Unsafe<string | null>({
      ...orNull(Id),
      description: 'So many that a second officer has to release this sending first.',
    }),
    problem: orNull(Type.String()),
    askedAt: Moment,
    finishedAt: orNull(Moment),
  },
  { title: 'ContactMarking' },
)
export type ContactMarking = Type.Static<typeof ContactMarking>
