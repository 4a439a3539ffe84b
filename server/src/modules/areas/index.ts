/**
 * Units of the state, dated. Other modules keep `area_id` and may join two views (see 0002_areas.sql):
 * `area_within (ancestor_id, area_id)` for scope, `area_names` for what a unit is called.
 */
export { loadAreas } from './load.ts'
export { type AreaRow, areaPath, areaRef, findArea, isWithin, listAreas } from './queries.ts'
export { routes } from './routes.ts'
export { dayOf } from './rules.ts'
export { getAreaInForce } from './service.ts'
