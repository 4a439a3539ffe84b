export { clean } from './clean.ts'
export { currentForms, faultOf } from './forms.ts'
export { shareHolds } from './queries.ts'
export { routes } from './routes.ts'
export { type Answers, faultsIn, faultWords, instructions, keptAnswers, placeShut } from './rules.ts'
export { Declaration, EntryDecision, NewDeclaration, Question } from './schema.ts'
export {
  atPlace,
  decideMany,
  decideUnknown,
  declareFor,
  declareForUnknown,
  holdEntry,
  listDecisions,
  throttleDeclarations,
  withdrawHolds,
} from './service.ts'
