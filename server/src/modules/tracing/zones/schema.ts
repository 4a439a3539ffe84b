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
} from '../../../platform/shapes.ts'

const closed = { additionalProperties: false } as const

const levels = ['watch', 'limited', 'sealed'] as const
const Level = oneOf(levels)

// — the rules, as data/zones/<version>.json holds them

const Lines = Type.Array(Text(300), { minItems: 1, maxItems: 20 })
export const ZoneRulesFile = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    validFrom: Day,
    validTo: orNull(Day),
    noticeHours: Type.Integer({ minimum: 0, maximum: 240 }),
    mostDays: Type.Integer({ minimum: 1, maximum: 366 }),
    legalBasis: Lines,
    levels: Type.Array(Type.Object({ code: Level, label: Both, text: Both }, closed), {
      minItems: levels.length,
      maxItems: levels.length,
    }),
    recipients: Lines,
    sources: Lines,
    assumptions: Both,
  },
  closed,
)
export type ZoneRules = Type.Static<typeof ZoneRulesFile>

export const ZoneRulesNow = Type.Object(ZoneRulesFile.properties, { title: 'ZoneRules' })

// — where

const Position = Type.Object(
  { lat: Type.Number({ minimum: 7, maximum: 24 }), lon: Type.Number({ minimum: 101, maximum: 118 }) },
  closed,
)

const Circle = Type.Object(
  {
    kind: Type.Literal('circle'),
    center: Position,
    radiusMetres: Type.Integer({ minimum: 50, maximum: 20_000 }),
  },
  closed,
)
const Polygon = Type.Object(
  { kind: Type.Literal('polygon'), points: Type.Array(Position, { minItems: 3, maxItems: 200 }) },
  closed,
)
export const Shape = Type.Union([Circle, Polygon], {
  description: 'A drawn area. The zone is what of it lies within the communes that it touches.',
})
export type Shape = Type.Static<typeof Shape>

const Geometry = Type.Object(
  {
    type: Type.Literal('Polygon'),
    coordinates: Type.Array(Type.Array(Type.Tuple([Type.Number(), Type.Number()]))),
  },
  { description: 'GeoJSON, WGS 84.' },
)

const unitCodes = Type.Array(AreaCode, { minItems: 1, maxItems: 200 })
const where = {
  areaCode: Type.Unsafe<string>({ ...AreaCode, description: 'The unit whose authority orders the zone.' }),
  unitCodes: Type.Optional(unitCodes),
  shape: Type.Optional(Shape),
}
export type Where = { areaCode: string; unitCodes?: string[]; shape?: Shape }

// — a proposal, and counts

const period = {
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  diseaseId: Type.Optional(Text(40)),
}

export const ZoneSuggestionQuery = Type.Object(
  {
    areaCode: where.areaCode,
    ...period,
    caseIds: Type.Optional(
      Type.Array(Id, { minItems: 1, maxItems: 500, description: 'Only these, e.g. those of a chain.' }),
    ),
    traceId: Type.Optional(Type.Unsafe<string>({ ...Id, description: 'Only the case of this trace.' })),
    share: Type.Number({ minimum: 0.1, maximum: 1, description: 'Of the cases and contacts to be covered.' }),
    of: Type.Optional(oneOf(['cases', 'contacts', 'both'])),
  },
  closed,
)
export type ZoneSuggestionQuery = Type.Static<typeof ZoneSuggestionQuery>

const counted = {
  people: Type.Integer(),
  households: Type.Integer(),
  places: Type.Integer(),
  cases: Type.Integer(),
  contacts: Type.Integer(),
}
export type Counted = Record<keyof typeof counted, number>

const SuggestedUnit = Type.Object({ area: AreaRef, ...counted })

export const ZoneSuggestion = Type.Object(
  {
    from: Day,
    to: Day,
    total: Type.Object(
      {
        cases: Type.Integer(),
        contacts: Type.Integer(),
        outside: Type.Integer({ description: 'Live outside the area of the authority: not to be covered.' }),
        unknown: Type.Integer({ description: 'Their commune is not known.' }),
        beyond: Type.Integer({
          description:
            "People who live in the area and are contacts of cases beyond the reader's reach: in none of these numbers.",
        }),
      },
      { description: "Cases of the period within the reader's reach, and their contacts, each person once." },
    ),
    units: Type.Array(SuggestedUnit, { description: 'As few communes as reach the share.' }),
    covered: Type.Number({
      description: 'The share that they reach, of those within reach who live in the area.',
    }),
    circle: orNull(
      Type.Object(
        {
          shape: Circle,
          places: Type.Integer(),
          covered: Type.Number({
            description: 'Of visits of cases to places with a position: each case once a place.',
          }),
        },
        { description: 'The smallest circle around one of these places. null: no such place is known.' },
      ),
    ),
  },
  { title: 'ZoneSuggestion' },
)

export const ZoneCountQuery = Type.Object({ ...where, ...period }, closed)
export type ZoneCountQuery = Type.Static<typeof ZoneCountQuery>

export const ZoneCounts = Type.Object(
  {
    ...counted,
    isWhole: Type.Boolean({
      description:
        'false: an area was drawn. A residence is known by commune alone, so people, households, cases and contacts are those of its communes: at most so many.',
    }),
    placesUnplaced: Type.Integer({
      description: 'Places of these communes without a position: not counted in a drawn area.',
    }),
    from: Day,
    to: Day,
    units: Type.Array(SuggestedUnit),
    definitions: Type.Record(Type.String(), Both),
  },
  { title: 'ZoneCounts' },
)
export type ZoneCounts = Type.Static<typeof ZoneCounts>

// — zones

const content = {
  name: Text(200),
  diseaseId: Type.Optional(
    Type.Unsafe<string>({
      ...Text(40),
      description: 'Against which disease; the order names it, and its cases are counted.',
    }),
  ),
  level: Level,
  measures: Text(4000),
  legalBasis: Type.Optional(Text(4000)),
  closedKinds: Type.Optional(
    Type.Array(Text(40), { maxItems: 60, description: 'Kinds of places that let nobody in meanwhile.' }),
  ),
  startsAt: MomentIn,
  endsAt: MomentIn,
}

export const NewZone = Type.Object({ ...where, ...content }, closed)
export type NewZone = Type.Static<typeof NewZone>

const version = Type.Integer({
  minimum: 1,
  description: 'Of the zone as the caller saw it; one that changed since is left alone.',
})
export const ZoneEdit = Type.Object({ ...NewZone.properties, version }, closed)
export type ZoneEdit = Type.Static<typeof ZoneEdit>

const Reason = Text(1000, 3)
export const ZoneStep = Type.Object({ version }, closed)
export const ZoneReturn = Type.Object({ version, reason: Reason }, closed)
export const ZoneOrder = Type.Object(
  { version, number: Text(60), exceptionReason: Type.Optional(Reason) },
  closed,
)
export const ZoneNotice = Type.Object({ version, exceptionReason: Type.Optional(Reason) }, closed)
export const ZoneExtension = Type.Object({ version, endsAt: MomentIn, reason: Reason }, closed)
export const ZoneLifting = Type.Object({ version, reason: Reason }, closed)
export type ZoneOrder = Type.Static<typeof ZoneOrder>
export type ZoneNotice = Type.Static<typeof ZoneNotice>
export type ZoneExtension = Type.Static<typeof ZoneExtension>
export type ZoneLifting = Type.Static<typeof ZoneLifting>

const states = ['draft', 'proposed', 'ordered', 'notified', 'inForce', 'expired', 'lifted'] as const
const State = oneOf(states)
export type ZoneState = (typeof states)[number]

export const actions = ['edit', 'propose', 'return', 'order', 'notify', 'extend', 'lift'] as const
export type ZoneAction = (typeof actions)[number]

const Clock = Type.Object(
  {
    kind: oneOf(['notice', 'start', 'end']),
    at: Moment,
  },
  { description: 'What is due next: notice at the latest, the start, the end.' },
)

const summary = {
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  number: orNull(Type.String()),
  area: AreaRef,
  level: Level,
  state: State,
  startsAt: Moment,
  endsAt: Moment,
  clock: orNull(Clock),
}

export const ZoneSummary = Type.Object(
  { ...summary, units: Type.Array(AreaRef), isDrawn: Type.Boolean(), overlaps: Type.Integer() },
  { title: 'ZoneSummary' },
)
export type ZoneSummary = Type.Static<typeof ZoneSummary>

export const Zone = Type.Object(
  {
    ...summary,
    diseaseId: orNull(Type.String()),
    disease: orNull(Both),
    measures: Type.String(),
    legalBasis: Type.String(),
    closedKinds: Type.Array(Type.String()),
    units: Type.Array(AreaRef),
    shape: orNull(Shape),
    geometry: orNull(Geometry),
    noticeHours: Type.Integer(),
    noticeBy: Type.Unsafe<Date | string>({
      ...Moment,
      description: 'The latest moment of the notice, without an exception.',
    }),
    orderedAt: orNull(Moment),
    notifiedAt: orNull(Moment),
    exceptionReason: orNull(Type.String()),
    liftedAt: orNull(Moment),
    counts: ZoneCounts,
    overlaps: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        number: orNull(Type.String()),
        state: State,
        from: Moment,
        to: Moment,
        units: Type.Array(AreaRef),
      }),
      { description: 'Other zones, not lifted or over, of some of its units and of some of its time.' },
    ),
    history: Type.Array(
      Type.Object({
        at: Moment,
        by: Type.String(),
        action: oneOf(['draft', ...actions]),
        reason: orNull(Type.String()),
        details: Type.Record(Type.String(), Type.Unknown()),
      }),
    ),
    may: Type.Array(oneOf(actions), { description: 'What the reader may do with it now.' }),
  },
  { title: 'Zone' },
)
export type Zone = Type.Static<typeof Zone>

const orders = ['startsAt', '-startsAt', 'endsAt', '-endsAt', 'name', '-name'] as const
export type ZoneOrderBy = (typeof orders)[number]

export const ZoneSearch = Type.Object(
  {
    ...PageQuery,
    area: Type.Optional(AreaCode),
    state: Type.Optional(State),
    on: Type.Optional(Type.Unsafe<string>({ ...Day, description: 'Of a time that touches this day.' })),
    q: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name or the number.' })),
    sort: Type.Optional(oneOf(orders)),
  },
  closed,
)
export type ZoneSearch = Type.Static<typeof ZoneSearch>

export const PublicZone = Type.Object(
  {
    id: Id,
    name: Type.String(),
    number: orNull(Type.String()),
    area: AreaRef,
    units: Type.Array(AreaRef),
    geometry: orNull(Geometry),
    level: Level,
    levelLabel: Both,
    measures: Type.String(),
    closedKinds: Type.Array(Type.String()),
    startsAt: Moment,
    endsAt: Moment,
    state: oneOf(['notified', 'inForce']),
  },
  { title: 'PublicZone' },
)

export const PublicZoneSearch = Type.Object({ ...PageQuery, area: Type.Optional(AreaCode) }, closed)
export type PublicZoneSearch = Type.Static<typeof PublicZoneSearch>
