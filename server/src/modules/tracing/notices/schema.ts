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

// — exposure points

const judgements = ['confirmed', 'rejected'] as const
const settings = ['closed', 'open', 'vehicle', 'unknown'] as const
export type Setting = (typeof settings)[number]

const judged = {
  status: oneOf(judgements),
  from: MomentIn,
  to: MomentIn,
  setting: Type.Optional(oneOf(settings)),
  note: Type.Optional(Text(1000)),
}

export const NewPoint = Type.Object(
  {
    ...judged,
    placeId: Type.Optional(Id),
    arrivedAt: Type.Optional(MomentIn),
    placeText: Type.Optional(Text(200)),
    areaCode: Type.Optional(AreaCode),
  },
  {
    additionalProperties: false,
    description: 'A stay of the case (placeId, arrivedAt), or a place without a code (placeText, areaCode).',
  },
)
export type NewPoint = Type.Static<typeof NewPoint>

export const PointChange = Type.Object(
  {
    ...judged,
    version: Type.Integer({ minimum: 1, description: 'The one that the officer saw.' }),
    placeText: Type.Optional(Text(200)),
    areaCode: Type.Optional(AreaCode),
  },
  { additionalProperties: false },
)
export type PointChange = Type.Static<typeof PointChange>

const Place = Type.Object({ id: Id, name: Type.String(), kind: Type.String() })

const decided = {
  status: oneOf(judgements),
  from: Moment,
  to: Moment,
  setting: oneOf(settings),
  placeText: orNull(Type.String()),
  note: orNull(Type.String()),
  by: orNull(Type.String()),
  at: Moment,
}

export const ExposurePoint = Type.Object(
  {
    id: orNull(Id),
    version: Type.Integer({ description: '0: nobody has judged this stay.' }),
    status: oneOf(['open', ...judgements]),
    place: orNull(Place),
    placeText: orNull(Type.String()),
    area: orNull(AreaRef),
    stay: orNull(
      Type.Object(
        { arrivedAt: Moment, leftAt: Moment, estimated: Type.Boolean() },
        { description: 'As recorded.' },
      ),
    ),
    from: Moment,
    to: Moment,
    setting: oneOf(settings),
    note: orNull(Type.String()),
    history: Type.Array(Type.Object(decided), { description: 'Every judgement, the last one first.' }),
    notice: orNull(oneOf(['waiting', 'released'])),
  },
  { title: 'ExposurePoint' },
)
export type ExposurePoint = Type.Static<typeof ExposurePoint>

// — notices

const noticeStatuses = ['waiting', 'released', 'refused', 'withdrawn'] as const
export type NoticeStatus = (typeof noticeStatuses)[number]

const precisions = ['place', 'area'] as const
export type Precision = (typeof precisions)[number]
/** Why only the commune and the day of a point are published. */
const coarseReasons = ['kind', 'few', 'uncounted', 'wish'] as const
export type CoarseReason = (typeof coarseReasons)[number]

const doubts = ['discarded', 'rejected', 'outside'] as const
export type Doubt = (typeof doubts)[number]

export const DraftNotice = Type.Object(
  {
    points: Type.Array(
      Type.Object(
        {
          id: Id,
          coarse: Type.Optional(
            Type.Boolean({
              description: 'Only the commune and the day, even where the rule would let more pass.',
            }),
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 100 },
    ),
    corrects: Type.Optional(
      Type.Unsafe<string>({ ...Id, description: 'The released notice that this one takes the place of.' }),
    ),
  },
  { additionalProperties: false },
)
export type DraftNotice = Type.Static<typeof DraftNotice>

const Deed = orNull(Type.Object({ at: Moment, by: Type.String(), reason: orNull(Type.String()) }))

export const Notice = Type.Object(
  {
    id: Id,
    caseId: Id,
    caseNumber: Type.String(),
    area: AreaRef,
    disease: Both,
    status: oneOf(noticeStatuses),
    corrects: orNull(Id),
    drafted: Deed,
    decided: Deed,
    withdrawn: Deed,
    entries: Type.Array(
      Type.Object({
        id: Id,
        place: orNull(Type.String()),
        area: AreaRef,
        precision: oneOf(precisions),
        because: orNull(oneOf(coarseReasons)),
        visitors: orNull(
          Type.Integer({ description: 'Other people there in that time, by recorded stays.' }),
        ),
        from: Moment,
        to: Moment,
        expiresOn: Day,
        withdrawnOn: orNull(Day),
        withdrawnWhy: orNull(oneOf(['mistake', 'corrected'])),
        doubt: Type.Unsafe<Doubt | null>({
          ...orNull(oneOf(doubts)),
          description:
            'Why this line, which everybody reads now, should be withdrawn: the case was discarded, the point rejected, or it is outside the infectious window as the dates stand now.',
        }),
      }),
    ),
    mayRelease: Type.Boolean({ description: 'The reader may release it: somebody else drafted it.' }),
  },
  { title: 'Notice' },
)
export type Notice = Type.Static<typeof Notice>

const shows = ['toRelease', 'own', 'toWithdraw'] as const
export type NoticeShow = (typeof shows)[number]

const orders = ['-draftedAt', 'draftedAt'] as const
export type NoticeOrder = (typeof orders)[number]

export const NoticeSearch = Type.Object(
  {
    ...PageQuery,
    status: Type.Optional(oneOf(noticeStatuses)),
    show: Type.Optional(
      Type.Unsafe<NoticeShow>({
        ...oneOf(shows),
        description:
          "Drafts that wait for the reader; the reader's own, which wait for somebody else; published ones with a line that should be withdrawn.",
      }),
    ),
    caseId: Type.Optional(Id),
    sort: Type.Optional(oneOf(orders)),
  },
  { additionalProperties: false },
)
export type NoticeSearch = Type.Static<typeof NoticeSearch>

export const Reason = Type.Object({ reason: Text(500, 3) }, { additionalProperties: false })

// — what everybody may read

export const PublicNotice = Type.Object(
  {
    id: Id,
    disease: Both,
    place: orNull(
      Type.Object(
        { id: Id, name: Type.String() },
        { description: 'null: only the commune and the day are published, so that nobody is recognised.' },
      ),
    ),
    area: AreaRef,
    day: Day,
    lastDay: Day,
    from: orNull(Moment),
    to: orNull(Moment),
    withdrawnOn: orNull(Day),
    withdrawnWhy: orNull(oneOf(['mistake', 'corrected'])),
    expiresOn: Day,
  },
  { title: 'PublicNotice' },
)
export type PublicNotice = Type.Static<typeof PublicNotice>

export const PublicSearch = Type.Object(
  {
    day: Type.Optional(Day),
    q: Type.Optional(Type.String({ maxLength: 100 })),
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 31, description: 'How many days a page holds.' }),
    ),
    cursor: Type.Optional(Day),
  },
  { additionalProperties: false },
)
export type PublicSearch = Type.Static<typeof PublicSearch>

export const PublicPage = Type.Object({
  items: Type.Array(PublicNotice),
  next: orNull(
    Type.Unsafe<string>({ ...Day, description: 'The cursor: pages hold whole days, the latest first.' }),
  ),
})
