import Type from 'typebox'
import { AreaCode, Id, Moment, MomentIn, oneOf, orNull, PageQuery, Text } from '../../platform/shapes.ts'
import { EntryDecision, NewDeclaration } from '../declarations/index.ts'
import { MaskedPerson, RevokedCodes } from '../people/index.ts'
import { Gate, PlaceSummary, Vehicle } from '../places/index.ts'
import { doubtNames, toldDoubtNames, vias } from './rules.ts'

const Direction = oneOf(['in', 'out'])

export const Known = Type.Object(
  {
    via: Type.Unsafe<(typeof vias)[number]>({
      ...oneOf(vias),
      description:
        'By what: their own phone, a code of ours on a phone or on paper, another card, a number that the guard `vouched` for or that was `confirmed` by a code, an earlier scan of this place (`seen`), or a `line` of a paper list without a number.',
    }),
    keyedIn: Type.Boolean({ description: 'From a paper list, afterwards.' }),
    gate: orNull(Type.String({ description: 'The name of the entrance.' })),
    stop: orNull(Type.String({ description: 'Of a vehicle: where they got on or off.' })),
    skewSeconds: orNull(
      Type.Integer({ description: "By how much the gate's clock was wrong; the time is put right." }),
    ),
  },
  { title: 'Known', description: 'How somebody was known at a scan.' },
)
export type Known = Type.Static<typeof Known>

export const NewVisit = Type.Object(
  {
    placeCode: Type.String({
      minLength: 1,
      maxLength: 300,
      description: 'As typed, or the address from the poster.',
    }),
    direction: Direction,
    at: MomentIn,
    personId: Type.Optional(Id),
    metresAway: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 20_100_000,
        description:
          'How far the phone is from the place at least; the phone finds out by itself and keeps to itself where it is.',
      }),
    ),
  },
  { additionalProperties: false },
)
export type NewVisit = Type.Static<typeof NewVisit>

const Stay = Type.Object({ arrivedAt: Moment, leftAt: orNull(Moment) }, { title: 'Stay' })

export const VisitResult = Type.Object(
  {
    id: Id,
    repeated: Type.Boolean({ description: 'This visit was known already; nothing changed.' }),
    place: PlaceSummary,
    direction: Direction,
    at: Moment,
    person: MaskedPerson,
    decision: EntryDecision,
    stay: orNull(Stay),
    setAside: Type.Optional(oneOf(doubtNames)),
    full: Type.Optional(
      Type.Boolean({ description: 'On the way in: with this person there are more than the place holds.' }),
    ),
  },
  { title: 'VisitResult' },
)
export type VisitResult = Type.Static<typeof VisitResult>

export const Visit = Type.Object(
  {
    place: PlaceSummary,
    arrivedAt: Moment,
    leftAt: Moment,
    estimated: Type.Boolean({
      description: 'Nobody recorded the exit: it is the usual stay, or the next check-in.',
    }),
  },
  { title: 'Visit' },
)
export type Visit = Type.Static<typeof Visit>

export const Inside = Type.Object({ ...Visit.properties, person: MaskedPerson }, { title: 'Inside' })
export type Inside = Type.Static<typeof Inside>

export const OwnVisits = Type.Object({ ...PageQuery, personId: Type.Optional(Id) })
export type OwnVisits = Type.Static<typeof OwnVisits>

const MOST_SKEW = 2_000_000_000

/** A personal code holds 140 characters; a camera may read any other code, and that one scan is then refused. */
export const Scan = Type.Object(
  {
    id: Id,
    placeId: Id,
    at: MomentIn,
    direction: oneOf(['in', 'out', 'auto']),
    code: Type.String({
      minLength: 1,
      maxLength: 5000,
      description:
        'What the scanner read, `tel:` and a number that is `vouched` for or `confirmed`, `list:` and `name|birth year|what else` where a paper list (`keyedIn`) has no number, or `seen:` and the id of a scan of this place in the last 24 hours: the same person again.',
    }),
    gate: Type.Optional(Text(40)),
    skewSeconds: Type.Optional(
      Type.Integer({
        minimum: -MOST_SKEW,
        maximum: MOST_SKEW,
        description: "By how much the gate's clock was ahead of the server's; `at` is put right already.",
      }),
    ),
    keyedIn: Type.Optional(Type.Boolean({ description: 'From a paper list, afterwards.' })),
    phone: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 30,
        description: 'Asked for once where a card names none: a number to call, which opens nothing.',
      }),
    ),
    vouched: Type.Optional(
      Type.Boolean({ description: 'The guard vouches that the typed number is theirs.' }),
    ),
    confirmed: Type.Optional(
      Type.Boolean({
        description: 'The person confirmed the typed number by a code: the `id` is that of the challenge.',
      }),
    ),
    given: Type.Optional(
      Type.Object(
        {
          birthYear: Type.Optional(Type.Integer({ minimum: 1900, maximum: 2199 })),
          name: Type.Optional(Text(120)),
          about: Type.Optional(Text(300)),
        },
        {
          additionalProperties: false,
          description:
            'What the holder of a paper card answered, or what stands on a paper list beside a number: name and birth year tell apart whom one phone reaches, `about` is what else stands there.',
        },
      ),
    ),
    stop: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'Of a vehicle: where they got on or off.' }),
    ),
    zone: Type.Optional(
      Type.String({ minLength: 1, maxLength: 20, description: 'Of a vehicle: the zone of the seat.' }),
    ),
  },
  { title: 'Scan', additionalProperties: false },
)
export type Scan = Type.Static<typeof Scan>

const MOST_SCANS = 1000

export const ScanBody = Type.Object(
  { scans: Type.Array(Scan, { minItems: 1, maxItems: MOST_SCANS }) },
  { additionalProperties: false },
)

/** What is checked before any scan is looked at: a bad one is refused alone. */
export const ScanEnvelope = Type.Object(
  { scans: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MOST_SCANS }) },
  { additionalProperties: false },
)
export type ScanEnvelope = Type.Static<typeof ScanEnvelope>

const RefusedScan = Type.Object(
  { id: Type.String(), code: Type.String(), title: Type.String() },
  { title: 'RefusedScan' },
)

export const ScanOutcome = Type.Object(
  {
    id: Type.String(),
    outcome: oneOf(['accepted', 'repeated', 'refused']),
    direction: Type.Optional(Direction),
    needs: Type.Optional(oneOf(['phone'])),
    setAside: Type.Optional(oneOf(toldDoubtNames)),
    person: orNull(MaskedPerson),
    decision: orNull(EntryDecision),
    alreadyInside: Type.Optional(
      Type.Boolean({ description: 'Before this scan the person had checked in here and had not left.' }),
    ),
    unknown: Type.Optional(
      Type.Array(oneOf(['gate', 'zone']), {
        description: 'What the scan names and the place does not have: it is kept without that.',
      }),
    ),
    sameCode: Type.Optional(
      Type.Literal(true, {
        description:
          'The same code has come in at another entrance just before: one of the two is a picture.',
      }),
    ),
  },
  { title: 'ScanOutcome' },
)
export type ScanOutcome = Type.Static<typeof ScanOutcome>

export const ScanResults = Type.Object(
  {
    accepted: Type.Integer(),
    repeated: Type.Integer(),
    refused: Type.Array(RefusedScan),
    results: Type.Array(ScanOutcome, { description: 'In the order of the scans.' }),
    retryAfter: Type.Optional(
      Type.Integer({
        description: 'In so many seconds those may be sent again that were refused with `request.throttled`.',
      }),
    ),
  },
  { title: 'ScanResults' },
)
export type ScanResults = Type.Static<typeof ScanResults>

const UndoneScan = Type.Object({ id: Id, placeId: Id }, { additionalProperties: false })
export const UndoBody = Type.Object(
  {
    scans: Type.Array(UndoneScan, { minItems: 1, maxItems: MOST_SCANS }),
    undoneAt: Type.Optional({
      ...MomentIn,
      description:
        'When the guard asked for it, where the line was down then: in the last 24 hours, and for 100 scans of a place.',
    }),
  },
  { additionalProperties: false },
)
export type UndoBody = Type.Static<typeof UndoBody>

export const Undone = Type.Object(
  {
    undone: Type.Array(Type.String(), { description: 'The scans that are taken back now.' }),
    tooLate: Type.Array(Type.String(), {
      description: 'The scans that stand. Those in neither list are not known at these places.',
    }),
  },
  { title: 'UndoneScans' },
)
export type Undone = Type.Static<typeof Undone>

export const Today = Type.Object(
  {
    in: Type.Integer({ description: 'Scans on the way in today.' }),
    out: Type.Integer({ description: 'Scans on the way out today.' }),
    inside: Type.Integer({ description: 'People who are there now, as far as anybody can tell.' }),
    capacity: orNull(Type.Integer()),
    exits: Type.Object(
      { recorded: Type.Integer(), estimated: Type.Integer() },
      {
        description:
          'Of the stays that began today and are over: whose exit somebody recorded, and the others.',
      },
    ),
    here: Type.Array(Type.Object({ since: Moment, person: MaskedPerson }), {
      description: 'Who is there now, the latest first, at most 50.',
    }),
    items: Type.Array(
      Type.Object({
        at: Moment,
        direction: Direction,
        person: MaskedPerson,
        setAside: Type.Optional(oneOf(toldDoubtNames)),
        gate: Type.Optional(Type.String({ description: 'The name of the entrance.' })),
        keyedIn: Type.Optional(Type.Boolean({ description: 'From a paper list, afterwards.' })),
      }),
    ),
    next: orNull(Type.String()),
  },
  { title: 'Today' },
)
export type Today = Type.Static<typeof Today>

const ServerKey = Type.Object({
  id: Type.Integer(),
  publicKey: Type.String({ description: 'Ed25519, base64.' }),
})

export const GateFactsQuery = Type.Object({
  since: Type.Optional(
    Type.String({
      maxLength: 50,
      description: 'The version of the list of revoked codes that the gate has: it is told what came since.',
    }),
  ),
})
export type GateFactsQuery = Type.Static<typeof GateFactsQuery>

export const GateFacts = Type.Object(
  {
    place: PlaceSummary,
    gates: Type.Array(Gate),
    vehicle: orNull(Vehicle),
    serverKeys: Type.Array(ServerKey, { description: 'With which codes are verified.' }),
    revoked: RevokedCodes,
    serverTime: Moment,
    capacity: orNull(Type.Integer()),
    inside: Type.Integer(),
    entryRules: Type.Object(
      { green: Type.String(), yellow: Type.String(), red: Type.String() },
      { description: 'What to say to whom, in the language of the reader.' },
    ),
    shut: Type.Array(Type.Object({ from: Moment, until: Moment, instruction: Type.String() }), {
      description: 'When nobody is let in here, by order of a zone, and what to say then.',
    }),
  },
  { title: 'GateFacts' },
)
export type GateFacts = Type.Static<typeof GateFacts>

export const GateDeclaration = Type.Object(
  {
    ...NewDeclaration.properties,
    name: Type.Optional(Text(255)),
    birthYear: Type.Optional(Type.Integer({ minimum: 1900, maximum: 2199 })),
    areaCode: Type.Optional(AreaCode),
  },
  {
    additionalProperties: false,
    description:
      'For the `person.id` of a scan of the last 30 minutes. Name, birth year and area are taken only where the record lacks them; where a number was typed they have to come along, and a record that somebody has takes nothing.',
  },
)
export type GateDeclaration = Type.Static<typeof GateDeclaration>

export const TodayQuery = Type.Object(PageQuery)
export type TodayQuery = Type.Static<typeof TodayQuery>
