export { clean } from './clean.ts'
export { findVehicle } from './gates.ts'
export { placesByRef, placesImport } from './import.ts'
export { listSectors, loadKinds } from './kinds.ts'
export { placeProblem } from './problems.ts'
export {
  endRestriction,
  findPlace,
  findPlaceByCode,
  insertPlace,
  listGates,
  listKindLabels,
  listPlacesById,
  type PlaceRow,
  type Restriction,
  saveRestriction,
} from './queries.ts'
export { routes } from './routes.ts'
export { checkInUrl, isShutNow, newPlaceCode, readPlaceCode } from './rules.ts'
export { countingGuesses, findScannedPlace } from './scanned.ts'
export { Gate, PlaceSummary, Vehicle, type Ventilation, ventilations } from './schema.ts'
export { mayGuard, placeSummary, placeTarget } from './service.ts'
