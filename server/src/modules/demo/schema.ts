import Type from 'typebox'
import { AreaRef, Moment } from '../../platform/shapes.ts'

export const Site = Type.Object({ demo: Type.Boolean(), name: Type.String() }, { title: 'Site' })

export const Outbox = Type.Object(
  { items: Type.Array(Type.Object({ to: Type.String(), text: Type.String(), at: Moment })) },
  { title: 'Outbox' },
)

export const DemoCast = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        login: Type.String(),
        password: Type.String(),
        name: Type.String(),
        role: Type.String(),
        area: AreaRef,
        does: Type.String(),
      }),
    ),
    people: Type.Array(Type.Object({ name: Type.String(), phone: Type.String(), does: Type.String() })),
    places: Type.Array(Type.Object({ name: Type.String(), code: Type.String(), checkInUrl: Type.String() })),
  },
  { title: 'DemoCast' },
)
