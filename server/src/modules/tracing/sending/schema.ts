import Type from 'typebox'
import { AreaRef, Both, Id, Moment, oneOf, orNull, PageQuery, Text } from '../../../platform/shapes.ts'

export const runStatuses = [
  'gathering',
  'waiting',
  'sending',
  'sent',
  'refused',
  'stopped',
  'recalling',
  'recalled',
] as const
export const RunStatus = oneOf(runStatuses)
export type RunStatus = (typeof runStatuses)[number]

const Deed = orNull(
  Type.Object({
    at: Moment,
    by: Type.Object({ id: Id, name: Type.String() }),
    reason: orNull(Type.String()),
  }),
)

export const WarningRun = Type.Object(
  {
    id: Id,
    caseId: Id,
    caseNumber: Type.String(),
    disease: Both,
    area: AreaRef,
    status: RunStatus,
    people: Type.Integer(),
    alone: Type.Boolean({ description: 'So few that one officer sent them.' }),
    asked: Deed,
    decided: Deed,
    stopped: Deed,
    recalled: Deed,
    counts: Type.Object({
      unsent: Type.Integer(),
      queued: Type.Integer({
        description: 'In the outbox, with reminders to its people: a stop takes these back, too.',
      }),
      delivered: Type.Integer(),
      unreachable: Type.Integer({ description: 'No number is known: somebody has to call on them.' }),
      recallTold: Type.Integer(),
    }),
    mayRelease: Type.Boolean({ description: 'The reader may release it: somebody else asked for it.' }),
  },
  { title: 'WarningRun' },
)
export type WarningRun = Type.Static<typeof WarningRun>

const orders = ['-askedAt', 'askedAt', '-people', 'people'] as const
export type RunOrder = (typeof orders)[number]

export const RunSearch = Type.Object(
  { ...PageQuery, status: Type.Optional(RunStatus), sort: Type.Optional(oneOf(orders)) },
  { additionalProperties: false },
)
export type RunSearch = Type.Static<typeof RunSearch>

export const Reason = Type.Object({ reason: Text(500, 3) }, { additionalProperties: false })
