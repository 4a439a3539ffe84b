/**
 * Scans in and out, and the stays derived from them. Other modules join three views (see 0011_visits_by_week.sql):
 * `recorded_stays (place_id, person_id, arrived_at, left_at, length)`, `unfinished_stays (place_id, person_id,
 * arrived_at, source, elsewhere_at)` and `scan_facts (place_id, person_id, direction, at)`. A look-up for one
 * `length` goes back by its `lookBack`.
 */
import { jobs as aside } from './aside.ts'
import { jobs as cleaning } from './clean.ts'

export const jobs = { ...aside, ...cleaning }
export { clean } from './clean.ts'
export { visitsImport } from './import.ts'
export { giveScans } from './intake.ts'
export { listKnown, listKnownOnArrival } from './known.ts'
export {
  DAY_MS,
  dayNumber,
  type OwnStays,
  type PlaceDay,
  type PlaceDays,
  readEachDay,
  readOwnStays,
  readPlaceDays,
  readPlaceDaysOf,
  SHORT_MS,
  takeLate,
} from './place-days.ts'
export { type ImportedStay, insertStays } from './queries.ts'
export { routes } from './routes.ts'
export {
  type DoubtName,
  doubtName,
  doubtNames,
  doubtNumber,
  LONGEST_USUAL_SECONDS,
  lengthClass,
  lookBack,
  WEEKLY_CLASSES,
} from './rules.ts'
export { Known } from './schema.ts'
export { forgetVisits } from './service.ts'
