import type { Figures } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

export type FigureName = keyof Figures

/** What the columns of the daily report are called; what they count is told by the report itself. */
export const figures: Record<FigureName, () => string> = {
  places: m.figure_places,
  newPlaces: m.figure_new_places,
  activePlaces: m.figure_active_places,
  scansIn: m.figure_scans_in,
  scansOut: m.figure_scans_out,
  peopleChecked: m.figure_people_checked,
  declarations: m.figure_declarations,
  cases: m.figure_cases,
}

export const figureNames = Object.keys(figures) as FigureName[]
