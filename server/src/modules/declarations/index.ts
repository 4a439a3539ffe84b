export { clean } from './clean.ts'
export { routes } from './routes.ts'
export { instructions, placeShut } from './rules.ts'
export { Declaration, EntryDecision, NewDeclaration } from './schema.ts'
export {
  atPlace,
  decideMany,
  declareFor,
  holdEntry,
  listDecisions,
  throttleDeclarations,
  withdrawHolds,
} from './service.ts'
