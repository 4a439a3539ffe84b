import Type from 'typebox'
import {
  AreaCode,
  AreaRef,
  Both,
  Id,
  Moment,
  oneOf,
  orNull,
  PageQuery,
  Phone,
  Text,
} from '../../platform/shapes.ts'

/** What data/places/kinds.json holds. */
const code = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' })
export const KindFile = Type.Array(
  Type.Object(
    {
      code,
      label: Type.Object({ vi: Text(100), en: Text(100) }, { additionalProperties: false }),
      sector: code,
      group: code,
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
    group: Type.String(),
    defaultStayMinutes: Type.Number(),
  },
  { title: 'PlaceKind' },
)
export type PlaceKind = Type.Static<typeof PlaceKind>

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
    checkInUrl: Type.String(),
    sector: Type.String(),
    address: Type.String(),
    phone: orNull(Type.String({ description: 'For its owner and officers only.' })),
    lat: orNull(Type.Number()),
    lon: orNull(Type.Number()),
    closedAt: orNull(Moment),
    createdAt: Moment,
  },
  { title: 'Place' },
)
export type Place = Type.Static<typeof Place>

export const PublicPlace = Type.Object(
  {
    ...summary,
    kindLabel: Type.String({ description: "In the reader's language." }),
    address: Type.String(),
    closed: Type.Boolean(),
  },
  { title: 'PublicPlace' },
)
export type PublicPlace = Type.Static<typeof PublicPlace>

const lat = Type.Number({ minimum: -90, maximum: 90 })
const lon = Type.Number({ minimum: -180, maximum: 180 })

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
