export { findVehicle } from './gates.ts'
export { placesByRef, placesImport } from './import.ts'
export { listSectors, loadKinds } from './kinds.ts'
export { placeProblem } from './problems.ts'
export {
  findPlace,
  findPlaceByCode,
  insertPlace,
  listGates,
  listPlacesById,
  type PlaceRow,
} from './queries.ts'
export { routes } from './routes.ts'
export { checkInUrl, newPlaceCode, readPlaceCode } from './rules.ts'
export { assertNoGuesser, countGuess, findScannedPlace } from './scanned.ts'
export { Gate, PlaceSummary, Vehicle, type Ventilation } from './schema.ts'
export { mayGuard, placeSummary, placeTarget } from './service.ts'
