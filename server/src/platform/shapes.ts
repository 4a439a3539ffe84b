import Type, { type TSchema } from 'typebox'

/** Shapes that every module's schema is made of. NUL bytes and unpaired surrogates are refused before validation. */
export const Text = (max: number, min = 1) => Type.String({ minLength: min, maxLength: max })
export const Id = Type.String({ format: 'uuid' })
/** A row of `timestamptz`, or ISO 8601 with an offset on the wire. */
export const Moment = Type.Unsafe<Date | string>({ type: 'string', format: 'date-time' })
export const MomentIn = Type.String({ format: 'date-time', maxLength: 35 })
export const Day = Type.String({ format: 'date', maxLength: 10 })
export const AreaCode = Type.String({
  pattern: '^[0-9]{2,5}$',
  description: 'Code of a unit: province 2, district 3, commune 5 digits.',
})
export const Phone = Type.String({
  minLength: 5,
  maxLength: 25,
  description: 'As people write it: 0905 123 456, +84905123456, or a foreign number with +.',
})
export const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] })
export const Both = Type.Object({ vi: Type.String(), en: Type.String() })

export const AreaRef = Type.Object(
  {
    code: Type.String(),
    fullName: Type.String(),
    path: Type.String({ description: 'With the units above it.' }),
  },
  { title: 'AreaRef' },
)
export type AreaRef = Type.Static<typeof AreaRef>

/** A page of a list; `next` is the cursor of the following one. */
export const Page = <S extends TSchema>(item: S) =>
  Type.Object({ items: Type.Array(item), next: orNull(Type.String()) })

export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
}

export const ProblemShape = Type.Object(
  {
    code: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    fields: Type.Optional(Type.Array(Type.Object({ field: Type.String(), reason: Type.String() }))),
    retryAfter: Type.Optional(Type.Integer({ description: 'Seconds.' })),
    details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { title: 'Problem' },
)
