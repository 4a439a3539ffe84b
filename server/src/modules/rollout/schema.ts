import Type from 'typebox'
import { AreaCode, AreaRef, Both, Day, orNull } from '../../platform/shapes.ts'

const figures = {
  places: Type.Integer(),
  newPlaces: Type.Integer(),
  activePlaces: Type.Integer(),
  scansIn: Type.Integer(),
  scansOut: Type.Integer(),
  peopleChecked: Type.Integer(),
  declarations: orNull(Type.Integer({ description: 'null in a report of some sectors only.' })),
  cases: orNull(Type.Integer({ description: 'null in a report of some sectors only.' })),
}
export const Figures = Type.Object(figures, { title: 'Figures' })
export type Figures = Type.Static<typeof Figures>

const ReportRow = Type.Object({ area: AreaRef, ...figures }, { title: 'ReportRow' })

export const DailyReport = Type.Object(
  {
    on: Day,
    area: AreaRef,
    sectors: orNull(
      Type.Array(Type.Object({ code: Type.String(), label: Both }), {
        description: 'Only places of these sectors are counted; null: of all.',
      }),
    ),
    totals: Figures,
    rows: Type.Array(ReportRow),
    definitionsVersion: Type.Integer(),
    definitions: Type.Record(Type.String(), Both),
  },
  { title: 'DailyReport' },
)

export const DailyReportQuery = Type.Object({ on: Type.Optional(Day), area: Type.Optional(AreaCode) })
export type DailyReportQuery = Type.Static<typeof DailyReportQuery>
