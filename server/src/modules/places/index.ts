export { placesByRef, placesImport } from './import.ts'
export { loadKinds } from './kinds.ts'
export { placeProblem } from './problems.ts'
export {
  findKind,
  findPlace,
  findPlaceByCode,
  insertPlace,
  listPlacesById,
  listPlacesByPublicId,
  type PlaceRow,
} from './queries.ts'
export { routes } from './routes.ts'
export { checkInUrl, newPlaceCode, readPlaceCode, spacedCode } from './rules.ts'
export { PlaceSummary } from './schema.ts'
export { mayGuard, placeRow, placeSummary, placeTarget } from './service.ts'
