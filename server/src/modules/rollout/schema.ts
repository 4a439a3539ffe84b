import Type from 'typebox'
import { AreaCode, AreaRef, Both, Day } from '../../platform/shapes.ts'

const figures = {
  places: Type.Integer(),
  newPlaces: Type.Integer(),
  activePlaces: Type.Integer(),
  scansIn: Type.Integer(),
  scansOut: Type.Integer(),
  peopleChecked: Type.Integer(),
  declarations: Type.Integer(),
  cases: Type.Integer(),
}
export const Figures = Type.Object(figures, { title: 'Figures' })
export type Figures = Type.Static<typeof Figures>

const ReportRow = Type.Object({ area: AreaRef, ...figures }, { title: 'ReportRow' })

export const DailyReport = Type.Object(
  {
    on: Day,
    area: AreaRef,
    totals: Figures,
    rows: Type.Array(ReportRow),
    definitionsVersion: Type.Integer(),
    definitions: Type.Record(Type.String(), Both),
  },
  { title: 'DailyReport' },
)

export const DailyReportQuery = Type.Object({ on: Type.Optional(Day), area: Type.Optional(AreaCode) })
export type DailyReportQuery = Type.Static<typeof DailyReportQuery>
