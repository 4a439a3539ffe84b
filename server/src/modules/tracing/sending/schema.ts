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
    labels: Type.Object(
      { F1: Type.Integer(), F2: Type.Integer(), F3: Type.Integer() },
      { description: 'People by how near they were.' },
    ),
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

const Label = oneOf(['F1', 'F2', 'F3'])

export const WarningPreview = Type.Object(
  {
    people: Type.Integer({ description: 'To be warned: everybody reads it on their own page.' }),
    reached: Type.Integer({ description: 'Of them, people whom a message reaches.' }),
    numbers: Type.Integer({ description: 'To so many numbers: a family may share one.' }),
    texts: Type.Array(Type.Object({ label: Label, people: Type.Integer(), text: Type.String() }), {
      description:
        'The messages as they will leave, most people first within a label; each ends in the link to a page of its own.',
    }),
  },
  { title: 'WarningPreview' },
)
export type WarningPreview = Type.Static<typeof WarningPreview>

const shows = ['toRelease', 'own'] as const
export type RunShow = (typeof shows)[number]

const orders = ['-askedAt', 'askedAt', '-people', 'people'] as const
export type RunOrder = (typeof orders)[number]

export const RunSearch = Type.Object(
  {
    ...PageQuery,
    status: Type.Optional(RunStatus),
    show: Type.Optional(
      Type.Unsafe<RunShow>({
        ...oneOf(shows),
        description: "Those that wait for the reader, or the reader's own, which wait for somebody else.",
      }),
    ),
    sort: Type.Optional(oneOf(orders)),
  },
  { additionalProperties: false },
)
export type RunSearch = Type.Static<typeof RunSearch>

export const Reason = Type.Object({ reason: Text(500, 3) }, { additionalProperties: false })
