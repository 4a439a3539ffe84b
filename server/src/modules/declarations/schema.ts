import Type from 'typebox'
import { Both, Day, Id, Moment, oneOf, orNull, PageQuery, Text } from '../../platform/shapes.ts'

// — forms, as data/forms/<id>/<version>.json holds them

const closed = { additionalProperties: false } as const
const Words = Type.Object({ vi: Text(2000), en: Text(2000) }, closed)
const Key = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' })

/** What an answer can mean for the decision at a door. */
export const Signal = oneOf(['symptom', 'contact', 'travel'])
export type Signal = Type.Static<typeof Signal>

export const Question = Type.Object(
  {
    key: Key,
    screen: Key,
    kind: oneOf(['text', 'choice', 'choices', 'yesNo', 'date', 'area', 'country']),
    required: Type.Boolean(),
    label: Words,
    help: Type.Optional(Words),
    max: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 5000, description: 'Of a text, in characters; 500 unless said.' }),
    ),
    choices: Type.Optional(
      Type.Array(Type.Object({ value: Key, label: Words, signal: Type.Optional(Signal) }, closed), {
        minItems: 1,
        maxItems: 100,
      }),
    ),
    showIf: Type.Optional(
      Type.Object({ key: Key, equals: Type.Union([Type.Boolean(), Type.String({ maxLength: 40 })]) }, closed),
    ),
    signal: Type.Optional(Signal),
  },
  closed,
)
export type Question = Type.Static<typeof Question>

export const Form = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
    version: Type.Integer({ minimum: 1, maximum: 9999 }),
    title: Words,
    area: orNull(Type.String({ pattern: '^[0-9]{2,5}$', description: 'null: the whole country.' })),
    validFrom: Day,
    validTo: orNull(Day),
    validForHours: Type.Integer({ minimum: 1, maximum: 24 * 366 }),
    lookBackDays: Type.Integer({ minimum: 1, maximum: 366 }),
    screens: Type.Array(Type.Object({ key: Key, title: Words }, closed), { minItems: 1, maxItems: 20 }),
    questions: Type.Array(Question, { minItems: 1, maxItems: 200 }),
    legalWarning: Type.Optional(Words),
    consent: Type.Optional(Words),
    sources: Type.Optional(Type.Array(Text(500))),
  },
  { ...closed, title: 'Form' },
)
export type Form = Type.Static<typeof Form>

export const FormSummary = Type.Object(
  { id: Type.String(), version: Type.Integer(), title: Both, validForHours: Type.Integer() },
  { title: 'FormSummary' },
)

// — declarations

export const NewDeclaration = Type.Object(
  {
    id: Type.Optional(Id),
    formId: Text(40),
    formVersion: Type.Integer({ minimum: 1, maximum: 9999 }),
    personId: Id,
    answers: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), {
      maxProperties: 300,
      description: 'By the key of the question. What was not asked is left out.',
    }),
  },
  closed,
)
export type NewDeclaration = Type.Static<typeof NewDeclaration>

export const Status = oneOf(['green', 'yellow', 'red'])
export type Status = Type.Static<typeof Status>

export const Declaration = Type.Object(
  {
    id: Id,
    formId: Type.String(),
    formVersion: Type.Integer(),
    personId: Id,
    declaredAt: Moment,
    validUntil: Moment,
    byHolder: Type.Boolean({
      description:
        'Sent from the phone on which the person is; false: by an official, or by a guard for them.',
    }),
    signals: Type.Array(Signal),
    status: Status,
  },
  { title: 'Declaration' },
)
export type Declaration = Type.Static<typeof Declaration>

export const EntryDecision = Type.Object(
  {
    status: Status,
    instruction: Type.String({
      description: "What to say at the door, in the reader's language; no medical detail.",
    }),
    declaration: orNull(Declaration),
    shut: Type.Optional(
      Type.Literal(true, { description: 'Because of the place, not of the person: a zone shuts it.' }),
    ),
  },
  { title: 'EntryDecision' },
)
export type EntryDecision = Type.Static<typeof EntryDecision>

export const HoldReason = oneOf(['case', 'contact'])
export type HoldReason = Type.Static<typeof HoldReason>

export const EntryHold = Type.Object(
  {
    reason: HoldReason,
    since: Moment,
    until: Moment,
    liftedBefore: Type.Unsafe<Date | null>({
      ...orNull(Moment),
      description:
        'An officer had let them in then; since that they were exposed to the same case once more, which holds them again.',
    }),
  },
  { title: 'EntryHold' },
)

export const MyDeclarations = Type.Object({ ...PageQuery, personId: Type.Optional(Id) }, closed)
export type MyDeclarations = Type.Static<typeof MyDeclarations>
