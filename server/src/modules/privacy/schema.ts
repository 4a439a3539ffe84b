import Type from 'typebox'
import { AreaRef, Id, Moment, orNull, PageQuery } from '../../platform/shapes.ts'
import { MaskedPerson } from '../people/index.ts'

const office = Type.Array(Type.Object({ role: Type.String(), area: AreaRef }))

/** What a person may know of who looked at their data: the office, the day, the purpose; not a private name. */
export const OwnReading = Type.Object(
  {
    at: Type.Unsafe<Date | string>({ ...Moment, description: 'The last time on that day.' }),
    count: Type.Integer({ description: 'How often on that day.' }),
    person: MaskedPerson,
    office,
    action: Type.String(),
    reason: Type.String(),
  },
  { title: 'OwnReading' },
)

export const Reading = Type.Object(
  {
    at: Moment,
    reader: Type.Object({ login: Type.String(), name: Type.String(), office }),
    action: Type.String(),
    person: MaskedPerson,
    reason: Type.String(),
    caseId: orNull(Id),
    caseNumber: orNull(Type.String()),
  },
  { title: 'Reading' },
)

export const ReadingQuery = Type.Object({ personId: Type.Optional(Id), ...PageQuery })

export const AuditEntry = Type.Object(
  {
    at: Moment,
    actorKind: Type.String(),
    actorName: orNull(Type.String()),
    action: Type.String(),
    subjectId: orNull(Type.String()),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { title: 'AuditEntry' },
)
export const AuditQuery = Type.Object({
  action: Type.Optional(Type.String({ maxLength: 60 })),
  subjectId: Type.Optional(Type.String({ maxLength: 60 })),
  ...PageQuery,
})

export const OwnPage = Type.Object(PageQuery)
