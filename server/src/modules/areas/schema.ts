import Type from 'typebox'
import { Day, oneOf, orNull } from '../../platform/shapes.ts'

export const Area = Type.Object(
  {
    code: Type.String(),
    name: Type.String(),
    fullName: Type.String(),
    nameEn: Type.String(),
    kind: Type.String({ description: 'See data/areas/kinds.json: province, city, ward, commune …' }),
    level: Type.Integer({
      description: '1 province, 2 district, 3 commune. Since 1 July 2025 there is no level 2.',
    }),
    parentCode: orNull(Type.String()),
    path: Type.String({ description: 'With the units above it, as an address is written.' }),
    hasChildren: Type.Boolean(),
    validFrom: Day,
    validTo: orNull(
      Type.String({ format: 'date', description: 'The first day on which it is no longer in force.' }),
    ),
    lat: orNull(Type.Number()),
    lon: orNull(Type.Number()),
  },
  { title: 'Area' },
)

const coverages = ['full', 'partial', 'unknown'] as const
export type Coverage = (typeof coverages)[number]

export const Successors = Type.Object(
  {
    from: Area,
    on: Day,
    needsChoice: Type.Boolean({
      description: 'The unit was split, so that an address in it needs a person to choose.',
    }),
    items: Type.Array(
      Type.Object({
        code: Type.String(),
        name: Type.String(),
        fullName: Type.String(),
        kind: Type.String(),
        level: Type.Integer(),
        path: Type.String(),
        coverage: oneOf(coverages),
      }),
    ),
  },
  { title: 'AreaSuccessors' },
)

export const Topology = Type.Object(
  { type: Type.Literal('Topology') },
  { title: 'Topology', additionalProperties: true, description: 'TopoJSON, in degrees (WGS 84).' },
)

export const ByCode = Type.Object({ code: Type.String({ pattern: '^[0-9]{1,10}$', maxLength: 10 }) })
export const ByMapCode = Type.Object({
  code: Type.String({
    maxLength: 40,
    description: '`vn` for the provinces, or the code of a province for its communes.',
  }),
})
const On = Type.Optional(
  Type.String({ format: 'date', maxLength: 10, description: 'The day asked about; today unless given.' }),
)
export const OnDay = Type.Object({ on: On })
export const FromDay = Type.Object({
  from: Type.Optional(
    Type.String({
      format: 'date',
      maxLength: 10,
      description: 'A day on which the code was in force; the last such day unless given.',
    }),
  ),
  on: On,
})
export const AreaList = Type.Object({
  parent: Type.Optional(Type.String({ pattern: '^[0-9]{0,10}$', maxLength: 10 })),
  on: On,
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  q: Type.Optional(
    Type.String({ maxLength: 100, description: 'Part of a name. Diacritics count when there are any.' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
})
