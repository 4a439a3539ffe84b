import Type from 'typebox'
import {
  AreaCode,
  AreaRef,
  Both,
  Id,
  Moment,
  MomentIn,
  oneOf,
  orNull,
  PageQuery,
  Phone,
  Text,
} from '../../platform/shapes.ts'

/** Somewhere that stays, a vehicle with trips, or an event with an end. */
export const PlaceForm = oneOf(['fixed', 'vehicle', 'event'])
export type PlaceForm = Type.Static<typeof PlaceForm>

/** How the air is renewed: hardly, by a machine or now and then, through wide openings, or as it is outside. */
export const ventilations = ['sealed', 'conditioned', 'natural', 'open'] as const
export const Ventilation = oneOf(ventilations)
export type Ventilation = Type.Static<typeof Ventilation>

/** What data/places/kinds.json holds. */
const code = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' })
export const KindFile = Type.Array(
  Type.Object(
    {
      code,
      label: Type.Object({ vi: Text(100), en: Text(100) }, { additionalProperties: false }),
      sector: code,
      form: PlaceForm,
      group: code,
      ventilation: Ventilation,
      defaultStayMinutes: Type.Integer({ minimum: 1, maximum: 31 * 24 * 60 }),
    },
    { additionalProperties: false },
  ),
  { minItems: 1 },
)

/** What data/places/sectors.json holds. */
export const SectorFile = Type.Array(
  Type.Object(
    { code, label: Type.Object({ vi: Text(100), en: Text(100) }, { additionalProperties: false }) },
    { additionalProperties: false },
  ),
  { minItems: 1 },
)

export const PlaceKind = Type.Object(
  {
    code: Type.String(),
    label: Both,
    sector: Type.String(),
    form: PlaceForm,
    group: Type.String({ description: 'Kinds that are shown together.' }),
    ventilation: Ventilation,
    defaultStayMinutes: Type.Number(),
  },
  { title: 'PlaceKind' },
)
export type PlaceKind = Type.Static<typeof PlaceKind>

const Clock = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'Local time, 06:30.' })

export const OpeningDay = Type.Object(
  {
    weekday: Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday.' }),
    opens: Clock,
    closes: Type.String({ ...Clock, description: 'Not later than `opens`: on the next day.' }),
  },
  { title: 'OpeningDay', additionalProperties: false },
)
export type OpeningDay = Type.Static<typeof OpeningDay>

const capacity = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'How many people it holds.' })
const hours = Type.Array(OpeningDay, {
  minItems: 1,
  maxItems: 7,
  description: 'When it is open; a day left out is a day off.',
})
const plate = Text(20)
const route = Text(200)
const operator = Text(200)
const zones = Type.Array(Text(20), {
  maxItems: 20,
  uniqueItems: true,
  description: 'Parts of a vehicle that are told apart, for example A1-A20.',
})
const expectedGuests = Type.Integer({ minimum: 1, maximum: 1_000_000 })
const host = Text(200)

const summary = {
  id: Id,
  code: Type.String({ description: 'The short code, 8 characters.' }),
  name: Type.String(),
  kind: Type.String(),
  area: orNull(AreaRef),
}

export const PlaceSummary = Type.Object(summary, { title: 'PlaceSummary' })
export type PlaceSummary = Type.Static<typeof PlaceSummary>

export const OwnPlace = Type.Object(
  { ...summary, role: oneOf(['owner', 'guard', 'key']), closed: Type.Boolean() },
  { title: 'OwnPlace' },
)
export type OwnPlace = Type.Static<typeof OwnPlace>

export const Place = Type.Object(
  {
    ...summary,
    checkInUrl: Type.String({ description: 'What its poster says, signed.' }),
    sector: Type.String(),
    address: Type.String(),
    phone: orNull(Type.String({ description: 'For its owner and officers only.' })),
    lat: orNull(Type.Number()),
    lon: orNull(Type.Number()),
    approximate: orNull(
      Type.Object(
        { lat: Type.Number(), lon: Type.Number(), marginKm: Type.Number() },
        {
          description:
            'Of a place without a position that is no vehicle: the middle of its commune, and how far the place may be from there.',
        },
      ),
    ),
    capacity: orNull(Type.Integer()),
    hours: orNull(Type.Array(OpeningDay)),
    plate: orNull(Type.String({ description: 'Of a vehicle.' })),
    route: orNull(Type.String()),
    operator: orNull(Type.String()),
    zones: Type.Array(Type.String()),
    startsAt: orNull(Moment),
    endsAt: orNull(Type.Unsafe<Date | string>({ ...Moment, description: 'Of an event: it closes then.' })),
    expectedGuests: orNull(Type.Integer()),
    host: orNull(Type.String({ description: 'For its owner and officers only.' })),
    posterVersion: Type.Integer({ description: 'Of the poster in force.' }),
    closedAt: orNull(
      Type.Unsafe<Date | string>({ ...Moment, description: 'It takes nobody in from then on.' }),
    ),
    createdAt: Moment,
  },
  { title: 'Place' },
)
export type Place = Type.Static<typeof Place>

const lat = Type.Number({ minimum: -90, maximum: 90 })
const lon = Type.Number({ minimum: -180, maximum: 180 })

export const PublicPlace = Type.Object(
  {
    ...summary,
    kindLabel: Type.String({ description: "In the reader's language." }),
    address: Type.String(),
    closed: Type.Boolean(),
    position: orNull(Type.Object({ lat, lon })),
    zones: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        number: orNull(Type.String()),
        measures: Type.String(),
        from: Moment,
        until: Moment,
        isClosed: Type.Boolean({ description: 'Places of this kind let nobody in meanwhile.' }),
      }),
      { description: 'Areas of restriction in force or announced in which it lies.' },
    ),
  },
  { title: 'PublicPlace' },
)
export type PublicPlace = Type.Static<typeof PublicPlace>

export const NewPlace = Type.Object(
  {
    name: Text(200),
    kind: Text(40),
    areaCode: AreaCode,
    address: Text(300),
    phone: Phone,
    sector: Type.Optional(Text(40)),
    lat: Type.Optional(lat),
    lon: Type.Optional(lon),
    capacity: Type.Optional(capacity),
    hours: Type.Optional(hours),
    plate: Type.Optional(plate),
    route: Type.Optional(route),
    operator: Type.Optional(operator),
    zones: Type.Optional(zones),
    startsAt: Type.Optional(MomentIn),
    endsAt: Type.Optional(MomentIn),
    expectedGuests: Type.Optional(expectedGuests),
    host: Type.Optional(host),
  },
  { additionalProperties: false },
)
export type NewPlace = Type.Static<typeof NewPlace>

export const PlaceChange = Type.Object(
  {
    name: Type.Optional(Text(200)),
    address: Type.Optional(Text(300)),
    phone: Type.Optional(Phone),
    lat: Type.Optional(orNull(lat)),
    lon: Type.Optional(orNull(lon)),
    capacity: Type.Optional(orNull(capacity)),
    hours: Type.Optional(orNull(hours)),
    plate: Type.Optional(plate),
    route: Type.Optional(orNull(route)),
    operator: Type.Optional(orNull(operator)),
    zones: Type.Optional(zones),
    startsAt: Type.Optional(MomentIn),
    endsAt: Type.Optional(MomentIn),
    expectedGuests: Type.Optional(orNull(expectedGuests)),
    host: Type.Optional(orNull(host)),
    closed: Type.Optional(Type.Boolean({ description: 'true closes the place, false opens it again.' })),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type PlaceChange = Type.Static<typeof PlaceChange>

export const PlaceSearch = Type.Object(
  {
    ...PageQuery,
    area: Type.Optional(AreaCode),
    kind: Type.Optional(Text(40)),
    q: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'Part of the name or address, with or without diacritics.',
      }),
    ),
    state: Type.Optional(oneOf(['open', 'closed'])),
    sort: Type.Optional(oneOf(['name', '-name', 'createdAt', '-createdAt'])),
  },
  { additionalProperties: false },
)
export type PlaceSearch = Type.Static<typeof PlaceSearch>

export const MyPlaces = Type.Object(PageQuery, { additionalProperties: false })
export type MyPlaces = Type.Static<typeof MyPlaces>

export const NewGuard = Type.Object(
  { phone: Phone, name: Type.Optional(Text(255)) },
  { additionalProperties: false },
)
export type NewGuard = Type.Static<typeof NewGuard>

export const Guard = Type.Object(
  { id: Id, maskedPhone: orNull(Type.String()), since: Moment },
  { title: 'Guard' },
)
export type Guard = Type.Static<typeof Guard>

// — entrances, posters, trips

const direction = oneOf(['in', 'out', 'both'])

export const Gate = Type.Object(
  {
    code: Type.String({ description: 'What a scan names as its gate.' }),
    name: Type.String(),
    direction,
  },
  { title: 'Gate' },
)
export type Gate = Type.Static<typeof Gate>

export const NewGate = Type.Object({ name: Text(60), direction }, { additionalProperties: false })
export type NewGate = Type.Static<typeof NewGate>

export const NewGuests = Type.Object(
  {
    guests: Type.Array(
      Type.Object({ name: Text(255), phone: Type.Optional(Phone) }, { additionalProperties: false }),
      { minItems: 1, maxItems: 500 },
    ),
  },
  { additionalProperties: false },
)
export type NewGuests = Type.Static<typeof NewGuests>

export const AddedGuests = Type.Object(
  { added: Type.Integer(), known: Type.Integer({ description: 'Who was on the list already.' }) },
  { title: 'AddedGuests' },
)

/** What a poster or a screen adds to the address of the place. */
export const Marks = Type.Object(
  {
    p: Type.Optional(Type.String({ maxLength: 40, description: 'Version and signature of a poster.' })),
    s: Type.Optional(
      Type.String({ maxLength: 40, description: 'Time and signature of a code on a screen.' }),
    ),
  },
  { additionalProperties: false },
)
export type Marks = Type.Static<typeof Marks>

export const PosterVersion = Type.Object(
  { version: Type.Integer(), issuedAt: Moment, withdrawnAt: orNull(Moment) },
  { title: 'PosterVersion' },
)
export type PosterVersion = Type.Static<typeof PosterVersion>

export const ScreenCode = Type.Object(
  {
    name: Type.String(),
    code: Type.String({ description: 'The short code, 8 characters.' }),
    text: Type.String({ description: 'An address, to be shown as a QR code.' }),
    refreshAfterSeconds: Type.Integer(),
  },
  { title: 'ScreenCode' },
)
export type ScreenCode = Type.Static<typeof ScreenCode>

export const Trip = Type.Object(
  { id: Id, from: Type.String(), to: Type.String(), startedAt: Moment, endedAt: orNull(Moment) },
  { title: 'Trip' },
)
export type Trip = Type.Static<typeof Trip>

export const Vehicle = Type.Object(
  {
    stops: Type.Array(Type.String(), { description: 'Of the latest trips, where people get on and off.' }),
    zones: Type.Array(Type.String(), { description: 'Front to back.' }),
  },
  { title: 'Vehicle' },
)
export type Vehicle = Type.Static<typeof Vehicle>

export const NewTrip = Type.Object({ from: Text(100), to: Text(100) }, { additionalProperties: false })
export type NewTrip = Type.Static<typeof NewTrip>

export const TripEnd = Type.Object({ ended: Type.Literal(true) }, { additionalProperties: false })
