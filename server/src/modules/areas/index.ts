/**
 * Units of the state, dated. Other modules keep `area_id` and may join two views (see 0002_areas.sql):
 * `area_within (ancestor_id, area_id)` for scope, `area_names` for what a unit is called. `areaRef(…).path` is the unit
 * with those above it. A record of a commune that was split lies within each of its successors, so that figures of
 * communes of today may sum to more than that of their province.
 */
export { listShapes, type Ring } from './boundaries.ts'
export { loadAreas } from './load.ts'
export { type AreaRow, areaRef, findArea, isWithin, listAreas } from './queries.ts'
export { routes } from './routes.ts'
export { getAreaInForce } from './service.ts'
